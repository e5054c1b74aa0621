"""Try the seeds that stand on stdin, one a line, and answer each with a line of JSON."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
import traceback
from pathlib import Path

from tests.campaign.parts import PARTS
from tests.campaign.trial import Part


def main() -> None:
    """Serve until stdin ends; what anybody else writes to stdout goes to stderr."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    name, *folders = sys.argv[1:]
    shared, scratch = map(Path, folders)
    part = PARTS[name]
    with part.around(shared):
        for line in sys.stdin:
            print(json.dumps(tried(part, shared, scratch, int(line))), file=answers, flush=True)


def tried(part: Part, shared: Path, scratch: Path, seed: int) -> tuple[float, str]:
    """Return the seconds that a try took and why it fell; the folder of one that fell stays."""
    own, began = scratch / f"{part.name}-{seed}", time.monotonic()
    shutil.rmtree(own, ignore_errors=True)
    own.mkdir(parents=True)
    try:
        why = part.attempt(shared, own, seed)
    except Exception:  # noqa: BLE001 -- whatever it is, it is why this try fell
        why = f"{' '.join(traceback.format_exc().splitlines()[-3:])}"
    if not why:
        shutil.rmtree(own, ignore_errors=True)
    return time.monotonic() - began, why


if __name__ == "__main__":
    main()
