"""Every command that a page shows is run, and what the page shows is what was printed."""

from __future__ import annotations

import difflib
import re
import shlex
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cli import main
from docs.shown import CUT, Block, blocks, inline, kept, matches, rewritten, run
from tests.harness.engines import engine_stays
from tests.project.test_docs import ROOT, update

SHOWING = update().SHOWING
PAGES = ["README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]
MOST_SECONDS = 60

LANGUAGES = {"console", "yaml", "csv", "python", "sh", "powershell", "cypher", "text"}
"""`console` blocks are run; a block with a title is a file that they use; the others are listed in NOT_RUN."""


def _page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _blocks(name: str) -> list[Block]:
    return blocks(_page(name))


@pytest.mark.parametrize("name", SHOWING)
def test_a_page_shows_what_its_commands_print(name: str, tmp_path: Path) -> None:
    """From an empty folder, every line is there to the byte, soon enough; `python docs/update.py` mends a page."""
    empty = tmp_path / "page"
    empty.mkdir()
    began = time.monotonic()
    with engine_stays():
        wrong = [
            "\n".join(difflib.unified_diff(one.expected, one.printed, "shown", one.command, lineterm=""))
            for one in run(_page(name), empty, in_process=True)
            if not one.true
        ]
    assert [] == wrong, "\n".join(wrong)
    assert time.monotonic() - began < MOST_SECONDS


def test_the_pages_with_commands_are_those_that_are_run() -> None:
    """No page shows a command that no test runs."""
    assert {name for name in PAGES if any(block.language == "console" for block in _blocks(name))} == set(SHOWING)


def _shown_commands() -> Iterator[tuple[str, str]]:
    for name in SHOWING:
        for block in _blocks(name):
            if block.language == "console":
                yield from ((name, command) for command, _ in block.steps)


def test_a_command_is_the_same_on_every_machine() -> None:
    """Nothing that one shell alone understands stands in a command."""
    assert [shown for shown in _shown_commands() if _is_of_one_shell(shown[1])] == []


def _is_of_one_shell(command: str) -> bool:
    """Say whether there is a pipe, redirection, pattern or single quote outside of double quotes, or a variable."""
    outside = re.sub(r'"[^"]*"', "", command)
    return re.search(r"['|<>&;*?\\~]", outside) is not None or re.search(r"[$`%!]", command) is not None


@pytest.mark.parametrize("command", ["a | b", "a > b", "a & b", "a 'b'", "a *.txt", "a ~/b", 'a "$B"', "a %B%", "a\\b"])
def test_a_command_of_one_shell_is_noticed(command: str) -> None:
    """What works in some shells only is found."""
    assert _is_of_one_shell(f"rankgraph {command}")


MARKED = {
    ("README.md", "load"),
    ("docs/operations.md", "load"),
    ("docs/operations.md", "reset"),
    ("docs/tutorial-analyst.md", "ask"),
    ("docs/tutorial-analyst.md", "load"),
    ("docs/tutorial-analyst.md", "serve"),
    ("docs/tutorial-officer.md", "load"),
    ("docs/tutorial-planner.md", "staff"),
}
"""Of which command a part of a line is not compared: a folder or process of this machine, or a long link."""


def test_few_lines_are_shown_in_part() -> None:
    """A mark within a line stands only where the text depends on the machine."""
    marked = {
        (name, command.split()[1])
        for name in SHOWING
        for block in _blocks(name)
        if block.language == "console"
        for command, lines in block.steps
        if any(CUT in line and line != CUT for line in lines)
    }
    assert MARKED == marked


NOT_RUN = {
    "docs/assistants.md": [
        '{"mcpServers": {"rankgraph": {"command": "rankgraph", "args": ["mcp"], "env": {"NEO4J_URI": "neo4j://graph.example:7687"}}}}',
    ],
    "README.md": [
        "make demo    # installs into .venv, loads samples into a graph of its own, asks two questions, draws a way",
        "make test    # runs all tests on three workers, most of them on a real Neo4j and in a browser",
        "rankgraph load --college core    # the College's published profiles of ranks; what does not answer is listed",
    ],
    "docs/install.md": [
        "python3 -m venv .venv",
        ".venv/bin/pip install --require-hashes -r requirements.txt",
        ".venv/bin/pip install --no-deps --no-build-isolation .",
        "py -m venv .venv",
        ".venv\\Scripts\\pip install --require-hashes -r requirements.txt",
        ".venv\\Scripts\\pip install --no-deps --no-build-isolation .",
        ".venv\\Scripts\\rankgraph --version",
    ],
    "docs/operations.md": [
        "export NEO4J_URI=neo4j+s://graph.example:7687",
        "export NEO4J_USERNAME=neo4j",
        "export NEO4J_PASSWORD=the-password-of-that-user",
        "rankgraph load folder-of-documents",
        "rankgraph staff load export",
        "rankgraph check",
        "cp .env.example .env",
        "docker compose up --detach --wait",
        "set -a; . ./Neo4j-1a2b3c4d-Created-2026-10-01.txt; set +a",
        "rankgraph status",
        "CREATE ROLE rankgraph_reader IF NOT EXISTS;",
        "GRANT ACCESS ON DATABASE neo4j TO rankgraph_reader;",
        "GRANT MATCH {*} ON GRAPH neo4j TO rankgraph_reader;",
        "GRANT EXECUTE PROCEDURE db.index.fulltext.queryNodes ON DBMS TO rankgraph_reader;",
        "",
        "CREATE ROLE rankgraph_loader IF NOT EXISTS AS COPY OF rankgraph_reader;",
        "GRANT WRITE ON GRAPH neo4j TO rankgraph_loader;",
        "GRANT NAME MANAGEMENT ON DATABASE neo4j TO rankgraph_loader;",
        "GRANT INDEX MANAGEMENT ON DATABASE neo4j TO rankgraph_loader;",
        "GRANT CONSTRAINT MANAGEMENT ON DATABASE neo4j TO rankgraph_loader;",
        "GRANT EXECUTE PROCEDURE db.awaitIndexes ON DBMS TO rankgraph_loader;",
        "",
        "CREATE USER anna IF NOT EXISTS SET PASSWORD 'for the first login only' CHANGE REQUIRED;",
        "GRANT ROLE rankgraph_reader TO anna;",
        "CREATE USER loader IF NOT EXISTS SET PASSWORD 'for the first login only' CHANGE REQUIRED;",
        "GRANT ROLE rankgraph_loader TO loader;",
        "CREATE USER service IF NOT EXISTS SET PASSWORD 'for the first login only' CHANGE REQUIRED;",
        "CREATE ROLE rankgraph_service IF NOT EXISTS;",
        "GRANT IMPERSONATE (anna) ON DBMS TO rankgraph_service;",
        "GRANT ROLE rankgraph_service TO service;",
        "RANKGRAPH_IMPERSONATE=anna rankgraph gap sergeant inspector",
        "30 6 1 * *  sh /srv/month.sh 2>>/srv/errors.txt",
        "set -e",
        "export RANKGRAPH_HOME=/srv/rankgraph",
        "rankgraph check --against /srv/state.json",
        'rankgraph staff load /srv/export --mapping /srv/force.yaml --full --as-of "$(date +%F)"',
        "rankgraph report --out /srv/gap.xlsx --overwrite",
        "rankgraph check --save /srv/state.json --overwrite",
    ],
    "docs/tutorial-analyst.md": [
        "mvn dependency:copy -Dartifact=org.neo4j.client:neo4j-browser:5.24.0 -DoutputDirectory=.",
        "cp .env.example .env",
        "docker compose up --detach --wait",
    ],
}
"""Every line that is shown and not run: it installs or fetches, or needs Docker or a server of somebody."""


def test_blocks_that_are_not_run_are_known() -> None:
    """The exceptions are few and named."""
    found = {name: [line for block in _blocks(name) if _is_only_shown(block) for line in block.lines] for name in PAGES}
    tested = {*update().PAGES, update().COOKBOOK}  # tests/queries/test_cookbook.py
    assert NOT_RUN == {name: lines for name, lines in found.items() if lines and name not in tested}


def _is_only_shown(block: Block) -> bool:
    return block.language != "console" and block.title is None


@pytest.mark.parametrize("name", PAGES)
def test_every_block_has_a_language_that_means_something(name: str) -> None:
    """A block without a language, or of another, would be neither run nor looked at."""
    assert {block.language for block in _blocks(name)} <= LANGUAGES


def _faults(text: str) -> Iterator[str]:
    """Yield what a command within a sentence names and is not there: a command, a question or an option."""
    command: click.Command = main
    for word in shlex.split(text)[1:]:
        if word.startswith("--"):
            if word.partition("=")[0] not in {name for option in command.params for name in option.opts} | {"--help"}:
                yield f"{text}: {word}"
        elif isinstance(command, click.Group) and not word.isupper():
            found = command.get_command(click.Context(command), word)
            if found is None:
                yield f"{text}: {word}"
                return
            command = found
        elif isinstance(command, click.Group):
            return


@pytest.mark.parametrize("name", [name for name in PAGES if name != "docs/cli.md"])
def test_a_command_in_a_sentence_is_one_of_ours(name: str) -> None:
    """What is only named, and not run, exists with its options."""
    assert [fault for text in sorted(inline(_page(name))) for fault in _faults(text)] == []


def test_a_command_that_is_not_ours_is_noticed() -> None:
    """A mistyped command, question or option is a fault; a word in capitals stands for something."""
    texts = ("rankgraph gates RANK --me FILE", "rankgraph ask QUESTION --graph", "rankgraph gap a b --nothing")
    more = ("rankgraph nothing", "rankgraph ask nothing", "rankgraph staff load FOLDER --dates uk")
    wrong = ["rankgraph gap a b --nothing: --nothing", "rankgraph nothing: nothing", "rankgraph ask nothing: nothing"]
    assert wrong == [fault for text in (*texts, *more) for fault in _faults(text)]


@pytest.mark.parametrize("name", PAGES)
def test_every_link_within_the_project_leads_somewhere(name: str) -> None:
    """A file that a page links to is there, and so is its heading."""
    page = _page(name)
    links = re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)", re.sub(r"```.*?```", "", page, flags=re.DOTALL))
    missing = []
    for file, heading in links:
        path = (ROOT / name).parent / file if file else ROOT / name
        if not path.exists() or (heading and heading not in _headings(path)):
            missing.append(f"{file}#{heading}")
    assert missing == []


def _headings(path: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


PAGE = """# Page

```yaml title=folder/me.yaml
rank: sergeant
```

```console exit=2
$ rankgraph gates
Usage: ...
...
Error: Missing argument 'RANK'.
$ rankgraph gates sergeant --in nowhere
Usage: rankgraph gates
```

```console EXTRA=1
$ python -c "import os; print(os.environ['EXTRA'], open('folder/me.yaml').read().strip(), os.environ.get('NEO4J_URI'))"
2
```
"""


@pytest.mark.parametrize("in_process", [False, True])
def test_what_is_printed_is_compared_line_by_line(
    in_process: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files are written, settings are those of the block alone, and lines that differ are found."""
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    (tmp_path / "page").mkdir()
    found = list(run(PAGE, tmp_path / "page", in_process=in_process))
    assert [True, False, False] == [one.true for one in found]
    assert ("1 rank: sergeant None",) == found[-1].printed


def test_a_page_is_mended(tmp_path: Path) -> None:
    """What was printed takes the place of what is shown; what is left out stays left out."""
    (tmp_path / "page").mkdir()
    mended = rewritten(PAGE, tmp_path / "page")
    (tmp_path / "again").mkdir()
    assert (True, True) == ("Usage: ...\n...\nError:" in mended, "1 rank: sergeant None" in mended)
    assert [True, True, True] == [one.true for one in run(mended, tmp_path / "again")]


@pytest.mark.parametrize("in_process", [False, True])
def test_another_exit_code_is_a_fault(in_process: bool, tmp_path: Path) -> None:
    """A command that fails, or does not fail, where the page says otherwise ends the run."""
    with pytest.raises(RuntimeError, match="expected exit code 0, found 2"):
        list(run("```console\n$ rankgraph gates\n$ rankgraph questions\n```\n", tmp_path, in_process=in_process))
    with pytest.raises(RuntimeError, match="expected exit code 0, found 3"):
        list(run('```console\n$ python -c "raise SystemExit(3)"\n```\n', tmp_path))


def test_a_command_that_goes_on_is_ended_with_its_page(tmp_path: Path) -> None:
    """It is started, is ready when it has said its line, and is gone at the end; ending badly is a fault."""
    script = (
        "import signal, sys, time; signal.signal(signal.SIGINT, lambda *_: sys.exit({code})); "
        "print('note', file=sys.stderr, flush=True); print('ready', flush=True); time.sleep(50)"
    )
    page = f'```console background\n$ python -c "{script}"\nnote\nready\n```\n'
    assert [True] == [one.true for one in run(page.format(code=0), tmp_path)]
    with pytest.raises(RuntimeError, match="expected exit code 0 at the end, found 4"):
        list(run(page.format(code=4), tmp_path))


def test_a_port_that_a_page_shows_is_another_one_here(tmp_path: Path) -> None:
    """Commands and files get a port that is free, and what is printed is shown with the port of the page."""
    page = """```console ports=7687
$ python -c "import sys; print(sys.argv[1], sys.argv[1] == ':76' '87')" :7687
:7687 False
```

```text title=it
at%3A7687, not 17687
```

```console
$ python -c "text = open('it').read(); print(text.strip(), '76' '87,' in text)"
at%3A7687, not 17687 False
```
"""
    assert [True, True] == [one.true for one in run(page, tmp_path)]


def test_a_jar_that_is_only_named_is_stood_in_for(tmp_path: Path) -> None:
    """A block that would fetch Neo4j Browser is not run; a jar with an empty page is there in its place."""
    list(run("```sh gives=page.jar\nfetch it\n```\n", tmp_path))
    with zipfile.ZipFile(tmp_path / "page.jar") as jar:
        assert ["browser/index.html"] == jar.namelist()


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a", "b"], ["a", "b", "c"], False),
        (["a", "b"], ["a", "b "], False),
        (["a.b"], ["axb"], False),
        (["a", "...", "d"], ["a", "b", "c", "d"], True),
        (["a", "...", "d"], ["a", "d"], False),
        (["...", "d"], ["a", "d", "e"], False),
        (["at ...: 7"], ["at here: 7"], True),
        (["at ...: 7"], ["at : 7"], False),
        (["at ...: 7"], ["at here", ": 7"], False),
    ],
)
def test_a_mark_stands_for_something_and_not_for_more(expected: list[str], printed: list[str], same: bool) -> None:
    """Within a line it stands for a part of that line, alone for one line or more."""
    assert same == matches(expected, printed)


@pytest.mark.parametrize(
    ("expected", "printed", "mended"),
    [
        (["a", "...", "d"], ["a", "x", "y", "d", "e"], ["a", "...", "d", "e"]),
        (["a", "..."], ["a", "x", "y"], ["a", "..."]),
        (["a", "...", "d", "...", "f"], ["a", "x", "d", "y", "f"], ["a", "...", "d", "...", "f"]),
        (["a", "...", "d"], ["a", "x"], ["a", "x"]),
        (["a", "...", "d"], ["a", "d"], ["a", "d"]),
        (["...: it"], ["here: it", "there: that"], ["...: it", "there: that"]),
    ],
)
def test_what_was_left_out_stays_left_out(expected: list[str], printed: list[str], mended: list[str]) -> None:
    """As long as the lines around it are still printed; else all is shown."""
    assert mended == kept(expected, printed)
