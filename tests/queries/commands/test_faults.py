"""Bad input and bad luck: one clear message, the right exit code, no traceback, nothing written, nothing lost."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cli import COMMANDS
from graph.engine.data_folder import OPEN_FILES
from graph.engine.embedded import depart, enter
from queries import catalogue
from tests.harness.commands import SERGEANT, command, documents, environment, process, run
from tests.harness.loaded import prepared


def _file(content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / "bad.txt"
        path.write_bytes(content)
        return path

    return make


def _folder(*names: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / "bad"
        path.mkdir()
        for name in names:
            (path / name).write_bytes(b"no document")
        return path

    return make


def _long_line(folder: Path) -> Path:
    path = folder / "bad.txt"
    with path.open("wb") as file:
        for _ in range(200):
            file.write(b"a" * 1_000_000)
    return path


BAD_DOCUMENTS = {
    "missing file": lambda folder: folder / "bad.txt",
    "empty file": _file(b""),
    "blank file": _file(b"\n  \n\n"),
    "empty folder": _folder(),
    "folder without documents": _folder("picture.png", "table.csv"),
    "binary file": _file(bytes(range(256)) * 40),
    "word file": _file(b"PK\x03\x04" + b"\0" * 4000),
    "unreadable encoding": _file("Polizeioberkommissar in Köln ".encode("utf-32-le") * 40),
    "no profile": _file(b"Cake sale\n\nThe station sells cakes on Friday.\n\n- Bring a cake.\n- Bring a friend.\n"),
    "200 MB line": _long_line,
}


@pytest.mark.parametrize("fault", BAD_DOCUMENTS)
def test_a_bad_document_is_named_once_and_nothing_is_written(fault: str, tmp_path: Path) -> None:
    """A good document beside a bad one is not written either."""
    good = documents(tmp_path / "good") / "sergeant.txt"
    bad = BAD_DOCUMENTS[fault](tmp_path)

    found = run("load", str(good), str(bad))

    assert (1, "") == (found.exit_code, found.stdout)
    notes = (f"{good}: ", f"{bad}: left out ", f"{bad}/table.csv is left out: ")
    messages = [line for line in found.stderr.splitlines() if not line.startswith(notes)]
    assert [True] == [message.startswith("Error: ") and bad.name in message for message in messages]
    assert 4 > len(messages[0]) / 100
    assert ({}, {}) == _held()


def _held() -> tuple[dict[str, int], dict[str, int]]:
    found = json.loads(run("status", "--format", "json").stdout)
    return found["nodes"], found["edges"]


def test_all_bad_documents_are_named_at_once(tmp_path: Path) -> None:
    """Every problem of a load is reported, one a line."""
    names = [tmp_path / f"{number}.txt" for number in range(3)]
    names[1].write_bytes(b"")

    found = run("load", *map(str, names))

    lines = found.stderr.removeprefix("Error: ").splitlines()
    assert [name.name for name in names] == [Path(line.partition(": ")[0]).name for line in lines]


def test_a_known_encoding_is_read_and_said(tmp_path: Path) -> None:
    """A file in Windows-1252 is read, with a note."""
    path = tmp_path / "sergeant.txt"
    path.write_bytes(SERGEANT.replace("team.", "team\u2019s.").encode("cp1252"))

    found = run("read", str(path), "--format", "json")

    assert (0, 1) == (found.exit_code, len(found.stderr.splitlines()))
    assert "Able to plan the work of one team\u2019s." == json.loads(found.stdout)["skills"][0]["text"]


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("rank", "sargent"), "Error: no rank is called 'sargent': did you mean uk/sergeant"),
        (("ask", "gates", "--rank", "ac"), "Error: 'ac' is the name of more than one rank: "),
        (
            ("gap", "role/special-sergeant", "role/special-inspector"),
            "Error: found no profile of role/special-sergeant or of role/special-inspector, and no gate of",
        ),
    ],
)
def test_a_question_that_has_no_answer_exits_with_1(arguments: tuple[str, ...], says: str) -> None:
    """Unknown and ambiguous names, and a gap of nothing, are faults of the data."""
    found = run(*arguments)

    assert (1, "", True) == (found.exit_code, found.stdout, found.stderr.startswith(says))


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    "arguments",
    [
        ("pathwya", "constable", "inspector"),
        ("pathway", "constable"),
        ("pathway", "constable", "constable"),
        ("gap", "sergeant", "PS"),
        ("gap", "sergeant", "inspector", "--as-of", "2021"),
        ("gap", "sergeant", "inspector", "--format", "xml"),
        ("gap", "sergeant", "inspector", "--force", "narnia"),
        ("ask", "bodies-off", "--rank", "dac"),
        ("ask", "../duties/bodies-of", "--rank", "dac"),
        ("ask", "bodies-of"),
        ("ask", "bodies-of", "--rank", "dac", "--body", "mopac"),
        ("ask", "who-is-accountable", "--words", "~^"),
        ("ask", "shared-requirements", "--first", "sergeant", "--second", "sergeant"),
        ("load", "--fast"),
        ("read",),
        ("reset",),
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...]) -> None:
    """What the user has to write otherwise is said in one error, and nothing is answered."""
    found = run(*arguments)

    errors = [line for line in found.stderr.splitlines() if line.startswith("Error: ")]
    assert (2, "", 1) == (found.exit_code, found.stdout, len(errors))


def test_a_mistyped_name_is_answered_with_its_likeness() -> None:
    """Commands and questions that are nearly right, or begin so, are suggested; what is like none is not."""
    whole = f'`rankgraph --help` lists the {len(COMMANDS)} that there are, `rankgraph ask "WORDS"` finds one'
    mistyped = (("pathwya",), ("training",), ("exam",), ("ask", "gate"))
    found = [run(*arguments).stderr.splitlines()[-1] for arguments in mistyped]

    assert [
        "Error: no command is called 'pathwya': did you mean pathway, pathway-gap?",
        "Error: no command is called 'training': did you mean training-plan?",
        f"Error: no command is called 'exam': {whole}",
        "Error: no question is called 'gate': did you mean gates, gate-status, gates-without-options?",
    ] == found


def test_a_sentence_is_answered_with_the_questions_that_it_may_mean() -> None:
    """Three commands, with the ranks that it names, to run as they stand."""
    found = run("ask", "what do I need for inspector?")
    expected = ["gates inspector", "pathway sergeant inspector", "gap sergeant inspector"]
    assert (2, "") == (found.exit_code, found.stdout)
    lines = ["No question is called that. Did you mean:", *(f"  rankgraph {one}" for one in expected)]
    assert lines == found.stderr.splitlines()


def test_an_address_where_nothing_answers_fails_in_time() -> None:
    """Within five seconds the address and the settings are named, and the password is not."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        before = time.monotonic()

        found = process("ask", "counts", NEO4J_URI=f"bolt://neo4j:hunter2@127.0.0.1:{port}", NEO4J_PASSWORD="hunter3")

    assert 5 > time.monotonic() - before
    assert (1, "", True) == (found.returncode, found.stdout, found.stderr.startswith("Error: "))
    assert {"address": True, "setting": True, "password": False} == {
        "address": f"bolt://127.0.0.1:{port}" in found.stderr,
        "setting": "NEO4J_URI" in found.stderr,
        "password": "hunter" in found.stderr,
    }


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A graph below a file has no place."""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    home = tmp_path / "file" / "home"

    found = run("load", RANKGRAPH_HOME=str(home))

    assert (1, "", 1) == (found.exit_code, found.stdout, len(found.stderr.splitlines()))
    assert found.stderr.startswith(f"Error: {home}: ")


def test_a_full_disk_is_said_and_what_was_there_stays(tmp_path: Path) -> None:
    """A load that runs out of room fails with one message, and the graph is as before."""
    run("load")
    before = _held()
    largest = max(file.stat().st_size for file in Path(os.environ["RANKGRAPH_HOME"]).rglob("*") if file.is_file())

    found = subprocess.run(
        command("load", str(documents(tmp_path / "documents"))),
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest)),
    )

    errors = [line for line in found.stderr.splitlines() if line.startswith("Error: ")]
    assert (1, "", 1, False) == (found.returncode, found.stdout, len(errors), "Traceback" in found.stderr)
    assert before == _held()


@pytest.mark.parametrize("arguments", [("load",), ("ask", "counts")], ids=" ".join)
def test_too_few_open_files_are_said_and_nothing_is_left_behind(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """Where the limit cannot be raised no folder is made, and the next command without that limit goes through."""
    home = tmp_path / "graph"

    found = subprocess.run(
        command(*arguments),
        env=environment({"RANKGRAPH_HOME": str(home)}),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (200, 200)),
    )

    needs = f"the engine needs {OPEN_FILES} open files, and this process may have 200"
    expected = f"Error: {home}: {needs}; allow more (`ulimit -n {OPEN_FILES}`) and run this again\n"
    assert (1, "", expected, False) == (found.returncode, found.stdout, found.stderr, home.exists())


@pytest.mark.parametrize(
    "half_made",
    [("VERTEX TYPE Body",), ("EDGE TYPE DESCRIBES",), ("VERTEX TYPE StaffLoad", "VERTEX TYPE Rank", "EDGE TYPE LEADS")],
    ids=" ".join,
)
def test_kinds_of_facts_that_are_half_made_are_mended_by_the_next_load(
    half_made: tuple[str, ...], loaded_home: Path, tmp_path: Path
) -> None:
    """What an engine short of files leaves is a kind without a place for its records; what is loaded is whole then."""
    store = enter(tmp_path / "half", lambda _: None)
    for kind in half_made:
        store.sql(f"CREATE {kind} BUCKETS 0")
    depart(store)

    found = run("load", str(documents(tmp_path / "documents")), RANKGRAPH_HOME=str(tmp_path / "half"))

    whole, mended = (
        json.loads(run("status", "--format", "json", RANKGRAPH_HOME=str(home)).stdout)
        for home in (loaded_home, tmp_path / "half")
    )
    assert (0, whole["nodes"], whole["edges"]) == (found.exit_code, mended["nodes"], mended["edges"])


def test_a_closed_pipe_is_quiet() -> None:
    """A reader that has seen enough is no fault."""
    with subprocess.Popen(
        command("questions"), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()

        assert "" == running.stderr.read()


def test_an_interrupt_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is said in one line."""

    def interrupted() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(5)

    monkeypatch.setattr(catalogue, "questions", interrupted)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background has it switched off
    try:
        found = run("questions")
    finally:
        signal.signal(signal.SIGINT, before)

    assert (130, "", 1) == (found.exit_code, found.stdout, len(found.stderr.splitlines()))


@pytest.mark.parametrize("debug", ["", "1"])
def test_a_fault_of_our_own_is_one_line_unless_debugged(debug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The traceback shows only with RANKGRAPH_DEBUG."""

    def broken() -> None:
        raise ZeroDivisionError("no\nway")

    monkeypatch.setattr(catalogue, "questions", broken)

    found = run("questions", RANKGRAPH_DEBUG=debug)

    expected = (
        "Error: ZeroDivisionError: no way; this is a fault of rankgraph, please report it with what "
        "RANKGRAPH_DEBUG=1 shows\n"
    )
    assert (1, "" if debug else expected) == (found.exit_code, found.stderr)
    assert isinstance(found.exception, ZeroDivisionError if debug else SystemExit)


def test_text_of_a_document_cannot_steer_the_terminal(tmp_path: Path) -> None:
    """Escape signs in a document are shown as signs that could not be read."""
    path = tmp_path / "sergeant.txt"
    path.write_text(SERGEANT.replace("plan the work", "plan \x9b31m the work"), encoding="utf-8")

    found = run("read", str(path))

    assert {False} == {sign in found.stdout + found.stderr for sign in ("\x1b", "\x9b")}


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (("--help",), {"neo4j", "arcadedb", "pydantic", "networkx", "rich", "yaml", "rapidfuzz"}),
        (
            ("ask", "gates", "--rank", "sergeant", "--format", "json"),
            {"pydantic", "networkx", "rich", "yaml", "rapidfuzz", "numpy", "pandas"},
        ),
    ],
    ids=["help", "ask"],
)
def test_a_command_imports_only_what_it_needs(arguments: tuple[str, ...], heavy: set[str], common: Path) -> None:
    """Help needs nothing heavy; a question needs the driver and the engine, and no more."""
    shutil.copytree(prepared(common, "reference"), os.environ["RANKGRAPH_HOME"])
    code = (
        f"import sys, cli; cli.main({list(arguments)!r}, standalone_mode=False); print(*sys.modules, file=sys.stderr)"
    )

    found = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True)

    assert set() == heavy & set(found.stderr.split())
