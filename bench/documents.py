"""Measure how documents are read: pages a second and peak memory by format, and time by how many documents.

Usage: python bench/documents.py [DOCUMENTS], 500 unless said. The documents are the sample of a sergeant with other
names and items in it; LibreOffice makes Word, OpenDocument and PDF files of them. Each measurement is a process of
its own. Memory is told where the system tells it, with that of the process that reads PDF; a page is 3,000 characters.
"""

from __future__ import annotations

import html
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

SAMPLE = ROOT / "loaders" / "samples" / "sergeant.txt"
PAGE = 3000
OF_A_FORMAT = 40
SHARES = (4, 2, 1)

LEADS = {"Able to": "Able to arrange", "Experience": "Experience of", "Knowledge": "Knowledge of"}
HOW = (
    *("careful", "daily", "early", "fair", "frank", "joint", "lawful", "lean", "monthly", "open", "patient", "prompt"),
    *("quiet", "regular", "thorough", "weekly"),
)
WHAT = (
    *("briefings", "checks of exhibits", "custody visits", "disclosure of files", "drone flights", "fleet repairs"),
    *("handovers", "house searches", "interviews", "knife sweeps", "licence hearings", "lost property", "patrols"),
    *("rota changes", "school visits", "speed checks", "store audits", "traffic stops", "victim calls", "warrants"),
)
WHOM = (
    *("ambulance crews", "bailiffs", "border officers", "carers", "charities", "coroners", "councillors", "doormen"),
    *("firefighters", "headteachers", "landlords", "magistrates", "nurses", "rangers", "shopkeepers", "wardens"),
)
WHERE = (
    *(
        "at airports",
        "at court",
        "at football grounds",
        "at night",
        "by radio",
        "in hostels",
        "in parks",
        "in villages",
    ),
    *("on campus", "on estates", "on ferries", "on motorways", "on trains", "over weekends", "under canvas", "online"),
)


def text(number: int) -> str:
    """Return the sample as that of another role, every third item of its lists with words of its own.

    Roles differ so in what they ask for; that of two sentences which differ in a number only would be joined by
    SIMILAR_TO, each with each, and the edges of as many near copies as there are documents grow with their square.
    """
    role, place = f"Shift Sergeant of Area {number}", 0
    draw = random.Random(number)  # noqa: S311 -- the same text each time

    def item(match: re.Match[str]) -> str:
        nonlocal place
        place += 1
        if place % 3:
            return match[0]
        lead = next((lead for first, lead in LEADS.items() if match[2].startswith(first)), "Answer for")
        return f"{match[1]}{lead} {draw.choice(HOW)} {draw.choice(WHAT)} with {draw.choice(WHOM)} {draw.choice(WHERE)}."

    words = re.sub(r"^Sergeant$", role, SAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    words = words.replace("CR-TL-Sergeant", f"CR-TL-Area {number}")
    return re.sub(r"(?m)^(\s*•\s*)(.*)\.$", item, words)


def page(words: str) -> str:
    """Return a text as a web page."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    body = (
        f"<li>{html.escape(line[1:].strip())}</li>" if line[0] == "•" else f"<p>{html.escape(line)}</p>"
        for line in lines
    )
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body><main>{''.join(body)}</main></body></html>"


def write(folder: Path, count: int, ending: str) -> None:
    """Write documents of one format into a folder."""
    folder.mkdir()
    for number in range(count):
        words = text(number)
        file = folder / f"{number:03}.{'txt' if ending == 'txt' else 'html'}"
        file.write_text(words if ending == "txt" else page(words), encoding="utf-8")
    if ending in {"docx", "odt", "pdf"}:
        office = shutil.which("soffice") or sys.exit(f"found no soffice, which makes the {ending} files")
        target = {"docx": "docx:MS Word 2007 XML", "pdf": "pdf:writer_web_pdf_Export"}.get(ending, ending)
        made = folder / "made"
        options = [
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            str(made),
            *map(str, sorted(folder.glob("*.html"))),
        ]
        profile = f"-env:UserInstallation={(folder.parent / 'office').as_uri()}"
        subprocess.run([office, profile, *options], check=True, capture_output=True)
        for file in folder.glob("*.html"):
            file.unlink()
        for file in made.iterdir():
            file.rename(folder / file.name)
        made.rmdir()


READ = """
import sys, time
UNIT = 1 << (20 if sys.platform == "darwin" else 10)
from loaders import files, read
inputs = files.find(sys.argv[1:])
began = time.perf_counter()
profiles = files.read_all(inputs, read)
seconds = time.perf_counter() - began
try:
    from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
    memory = sum(getrusage(who).ru_maxrss for who in (RUSAGE_SELF, RUSAGE_CHILDREN)) / UNIT
except ImportError:
    memory = float("nan")
print(len(profiles), seconds, memory, sum(len(one.accountabilities) for one in profiles))
"""


def read(folder: Path) -> tuple[int, float, float, int]:
    """Return how many documents were read, the seconds, the MiB, and how many duties they have."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(folder)], check=True, capture_output=True, text=True, cwd=ROOT
    )
    count, seconds, memory, duties = done.stdout.split()
    return int(count), float(seconds), float(memory), int(duties)


def load(folder: Path, home: Path) -> float:
    """Return the seconds of loading a folder into an embedded graph of its own."""
    began = time.perf_counter()
    own = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    words = [sys.executable, "-m", "cli", "load", str(folder)]
    subprocess.run(words, check=True, capture_output=True, cwd=ROOT, env={**own, "RANKGRAPH_HOME": str(home)})
    return time.perf_counter() - began


def main() -> None:
    """Print a line for each format and each number of documents."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        pages = sum(len(text(number)) for number in range(OF_A_FORMAT)) / PAGE
        for ending in ("txt", "html", "docx", "odt", "pdf"):
            write(folder / ending, OF_A_FORMAT, ending)
            count, seconds, memory, duties = read(folder / ending)
            print(
                f"{ending}: {pages / seconds:.0f} pages/s, peak {memory:.0f} MiB, {count} read, {duties} duties",
                flush=True,
            )
        before = 0.0
        for share in SHARES:
            count = most // share
            write(folder / f"many-{share}", count, "txt")
            seconds = load(folder / f"many-{share}", folder / f"home-{share}")
            growth = f", {seconds / before:.2f} times the line before" if before else ""
            print(
                f"load of {count} documents: {seconds:.1f} s, {1000 * seconds / count:.0f} ms each{growth}", flush=True
            )
            before = seconds


if __name__ == "__main__":
    main()
