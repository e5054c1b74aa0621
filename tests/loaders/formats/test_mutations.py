"""Whatever a file of any format holds, it is read or refused in one sentence, in little time and memory."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections import Counter
from email.message import EmailMessage
from pathlib import Path
from random import Random

from tests.builders.mutations import mutated
from tests.builders.odf_file import items, odf_file
from tests.builders.odf_file import p as odf_p
from tests.builders.pdf_file import pdf_file
from tests.builders.prints import web_page
from tests.builders.word_file import item, p, word_file
from tests.harness.project_files import ROOT
from tests.loaders.documents.test_framework_table import MAPPING, TABLE
from tests.loaders.formats.test_table import book

COUNT = int(os.environ.get("RANKGRAPH_MUTATIONS", "200"))
"""Files in all; 1,000 take two minutes."""

MOST_SECONDS, MOST_MEGABYTES = 5.0, 500
_SEED = 20261130
_HEAD = "Custody Sergeant"
_PARTS = {
    "Role purpose": ["The custody sergeant runs the suite of Northshire Police and answers to the custody inspector."],
    "Key responsibilities": [
        "Decide on the detention of each person who is brought in, and review it at the times that the law sets.",
        "Work with the Independent Office for Police Conduct (IOPC) where somebody is harmed.",
        "Lead a team of 12 officers and staff.",
    ],
    "Education, qualifications and experience": [
        "Passed the national police promotion framework (NPPF) exam before 1 March 2024, or is an inspector.",
        "Completed the custody officer course.",
    ],
    "Skills": ["Able to stay calm.", "Able to write plain reports."],
    "Salary": ["£48,231 to £51,408 a year, and an allowance of £2,000."],
}
TEXT = "\n\n".join(
    [_HEAD, *(f"{head}\n\n" + "\n".join(f"  • {line}" for line in lines) for head, lines in _PARTS.items())]
)
_READ_FILES = """
import os, re, resource, sys
from pathlib import Path
from graph.errors import RankgraphError
from loaders import read
from loaders.facts.document import facts
from loaders.facts.framework import framework_facts
from loaders.facts.reference import known
from loaders.files import find, read_all, read_tables
for path in sorted(Path(sys.argv[1]).iterdir()):
    before = sum(os.times()[:4])
    try:
        inputs = find([path], Path(sys.argv[2]))
        for profile in read_all(inputs, read):
            facts(profile, known())
        for framework in read_tables(inputs):
            framework_facts(framework, known())
        ended = "read"
    except RankgraphError:
        ended = "refused"
    except Exception as error:
        ended = f"{type(error).__name__} of {path}"
    print(ended, round(sum(os.times()[:4]) - before, 2), sep="|", flush=True)
own = Path("/proc/self/status")
kilobytes = int(re.search(r"VmHWM:\\s+(\\d+)", own.read_text())[1]) if own.exists() else 0
print("memory", max(kilobytes, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1_000, sep="|")
"""


def samples(folder: Path) -> dict[str, bytes]:
    """Return a file of each format by its ending."""
    message = EmailMessage()
    message["Subject"] = _HEAD
    message.set_content(web_page(TEXT), subtype="html")
    page = [line for head, lines in _PARTS.items() for line in ("", head, "", *(f"- {line[:90]}" for line in lines))]
    word = [p(head, style="berschrift1") + "".join(map(item, lines)) for head, lines in _PARTS.items()]
    odf = [odf_p(head) + items(*lines) for head, lines in _PARTS.items()]
    rows: list[list[object]] = [[*row] for row in csv.reader(io.StringIO(TABLE))]
    profile = ROOT / "loaders" / "documents" / "templates" / "profile.yaml"
    return {
        "txt": TEXT.encode(),
        "md": TEXT.replace("  • ", "- ").replace(_HEAD, f"# {_HEAD}").encode(),
        "html": web_page(TEXT).encode(),
        "mhtml": message.as_bytes(),
        "pdf": pdf_file([(60.0, 780.0 - 14 * place, line) for place, line in enumerate([_HEAD, *page]) if line]),
        "docx": word_file(p(_HEAD, style="Titel") + "".join(word)),
        "odt": odf_file(odf_p(_HEAD) + "".join(odf)),
        "yaml": profile.read_bytes(),
        "csv": TABLE.encode(),
        "xlsx": book(folder / "roles.xlsx", ("Roles", rows)).read_bytes(),
    }


def test_damaged_files_are_read_or_refused(tmp_path: Path) -> None:
    """No other error comes out, whatever was changed; each is done in five seconds, and all in 500 MB."""
    random = Random(_SEED)  # noqa: S311 -- no secret
    folder = tmp_path / "mutated"
    folder.mkdir()
    (tmp_path / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    found = samples(tmp_path)
    for number in range(COUNT):
        ending = list(found)[number % len(found)]
        named = random.choice(list(found)) if random.random() < 0.1 else ending
        (folder / f"{number:04}-{ending}.{named}").write_bytes(mutated(found[ending], random))
    words = [sys.executable, "-c", _READ_FILES, str(folder), str(tmp_path / "mapping.yaml")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    *ends, (_, megabytes) = [line.split("|") for line in done.stdout.splitlines()]
    ended, slowest = Counter(end for end, _ in ends), max(float(seconds) for _, seconds in ends)
    assert (COUNT, {"read", "refused"}) == (ended.total(), set(ended)), ended
    assert ended["read"] > COUNT / 5
    assert (True, True) == (slowest < MOST_SECONDS, int(megabytes) < MOST_MEGABYTES), (slowest, megabytes)
