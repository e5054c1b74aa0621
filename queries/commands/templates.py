"""The command that writes files to fill in: staff files, a profile by hand, a framework of roles and skills."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click

from graph.errors import OutputError, UsageError
from queries.answers.answer import Answer
from queries.commands import options
from queries.commands.running import Result

_SCHEMA = "profile.schema.json"


@options.command(
    "template staff",
    "template profile",
    "template profile --out my-rank.yaml",
    "template profile --schema",
    "template framework --out roles",
)
@click.argument("what", metavar="staff|profile|framework", type=click.Choice(["staff", "profile", "framework"]))
@click.option("--out", metavar="PATH", help="Folder, or file of a profile, to write; else {what}-template, or stdout.")
@click.option("--overwrite", is_flag=True, help="Let them take the place of files that are there.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a profile, or of a mapping, for an editor.")
@options.output()
def template(*, what: str, out: str | None, overwrite: bool, schema: bool) -> Result:
    """Write files to fill in: staff files, a profile by hand, or a table of roles and skills.

    staff: a CSV file a sheet (in csv), one workbook with the same sheets, and a data dictionary: what
    each column means, an example, and the other headers that are read.

    profile: YAML for one rank or role, with an example behind each key, on stdout; with --out into a file,
    its JSON Schema beside it.

    framework: a table of roles, their levels, skills and levels of skills, and the mapping that says in
    which order the levels stand.
    """
    if schema and what == "staff":
        raise UsageError(f"found --schema with {what}; expected it with profile or framework")
    if schema:
        return Result(Answer((), [], []), text=_schema(what))
    if what == "profile" and out is None:
        return Result(Answer((), [], []), text=_template("profile.yaml"))
    place = Path(out or f"{what}-template")
    files, do = _FILES[what](place)
    _write(place, files, overwrite=overwrite)
    rows = [{"file": str(path), "holds": holds} for path, (holds, _) in files.items()]
    return Result(Answer(("file", "holds"), rows, [do]))


_Files = dict[Path, tuple[str, str | Callable[[Path], None]]]
"""Files to write, what each holds, and its text or what writes it."""


def _staff(folder: Path) -> tuple[_Files, str]:
    from loaders.staff.sheets import SHEETS
    from loaders.staff.templates import csv_texts, dictionary_page, workbook

    sheets = zip(csv_texts().items(), SHEETS, strict=True)
    files: _Files = {folder / "csv" / name: (sheet.says, text) for (name, text), sheet in sheets}
    files[folder / "staff.xlsx"] = ("All sheets, and the data dictionary", workbook)
    files[folder / "data-dictionary.md"] = ("The data dictionary", dictionary_page())
    do = f"fill in {folder / 'csv'} or {folder / 'staff.xlsx'}, then: rankgraph staff load {folder / 'csv'}"
    return files, do


def _profile(path: Path) -> tuple[_Files, str]:
    schema = path.with_name(_SCHEMA)
    files: _Files = {
        path: ("A profile, with an example behind each key", _template("profile.yaml")),
        schema: ("Its JSON Schema, for an editor", _schema("profile")),
    }
    return files, f"fill in {path}, then: rankgraph load {path}"


def _framework(folder: Path) -> tuple[_Files, str]:
    files: _Files = {
        folder / "framework.csv": ("Roles, their levels, skills and levels of skills", _template("framework.csv")),
        folder / "framework.yaml": ("What the table does not say: its name, the order", _template("framework.yaml")),
    }
    return files, f"fill in both, then: rankgraph load {folder}"


_FILES: dict[str, Callable[[Path], tuple[_Files, str]]] = {
    "staff": _staff,
    "profile": _profile,
    "framework": _framework,
}


def _template(name: str) -> str:
    from importlib.resources import files

    return (files("loaders") / "documents" / "templates" / name).read_text(encoding="utf-8")


def _schema(what: str) -> str:
    """Return the JSON Schema of a profile by hand, or of the mapping of a framework."""
    from loaders.documents.framework_mapping import FrameworkMapping
    from loaders.documents.written_profile import WrittenProfile

    model = WrittenProfile if what == "profile" else FrameworkMapping
    return json.dumps(model.model_json_schema(), indent=2, ensure_ascii=False) + "\n"


def _write(place: Path, files: _Files, *, overwrite: bool) -> None:
    taken = [str(path) for path in files if path.exists()]
    if taken and not overwrite:
        raise OutputError(str(place), f"found {', '.join(taken)}; name another place, or give --overwrite")
    try:
        for path, (_, content) in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, str):
                path.write_text(content, encoding="utf-8", newline="")
            else:
                content(path)
    except OSError as error:
        raise OutputError(str(place), f"cannot be written ({error.strerror}); name another place") from error
