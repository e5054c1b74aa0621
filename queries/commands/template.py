"""`rankgraph template staff`."""

from __future__ import annotations

from pathlib import Path

import click

from queries.commands import options
from queries.commands.options import FORMATS, Made, examples

_COLUMNS = ("file", "holds")


@click.command("template", epilog=examples("template staff", "template staff --out export --overwrite"))
@click.argument("what", metavar="staff", type=click.Choice(["staff"]))
@click.option("--out", metavar="FOLDER", default="staff-template", show_default=True, help="Where to write them.")
@click.option("--overwrite", is_flag=True, help="Let them take the place of files that are there.")
@options.output(*FORMATS)
def command(what: str, *, out: str, overwrite: bool, kind: str) -> Made:
    """Write empty staff files to fill in.

    FOLDER gets a CSV file a sheet (in csv), one workbook with the same sheets, and a data dictionary:
    what each column means, an example, and the other headers that are read.
    """
    del what
    from queries.answers.answer import Composed

    folder = Path(out)
    written = _write(folder, overwrite=overwrite)
    notes = [f"fill in {folder / 'csv'} or {folder / 'staff.xlsx'}, then: rankgraph staff load {folder / 'csv'}"]
    return Made(Composed(_COLUMNS, [dict(zip(_COLUMNS, row, strict=True)) for row in written], notes), kind)


def _write(folder: Path, *, overwrite: bool) -> list[tuple[str, str]]:
    from graph.errors import OutputError
    from loaders.staff.sheets import SHEETS
    from loaders.staff.templates import csv_texts, dictionary_page, workbook

    texts = {folder / "csv" / name: text for name, text in csv_texts().items()}
    page, book = folder / "data-dictionary.md", folder / "staff.xlsx"
    there = [str(path) for path in (*texts, page, book) if path.exists()]
    if there and not overwrite:
        raise OutputError(str(folder), f"found {', '.join(there)}; name another folder, or give --overwrite")
    try:
        (folder / "csv").mkdir(parents=True, exist_ok=True)
        for path, text in {**texts, page: dictionary_page()}.items():
            path.write_text(text, encoding="utf-8", newline="")
        workbook(book)
    except OSError as error:
        raise OutputError(str(folder), f"cannot be written ({error.strerror}); name another place") from error
    sheets = [(str(path), sheet.says) for path, sheet in zip(texts, SHEETS, strict=True)]
    return [*sheets, (str(book), "All sheets, and the data dictionary"), (str(page), "The data dictionary")]
