"""Write the pages that are made from the code: run `python docs/update.py` when a test says one is stale."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from graph.model import model_page  # noqa: E402

PAGES = {"docs/model.md": model_page}
"""What makes each page."""

if __name__ == "__main__":
    for name, make in PAGES.items():
        (ROOT / name).write_text(make(), encoding="utf-8", newline="\n")
