"""What docs/spreadsheets.md says of files and of the month, as far as it can be run without Excel."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.project.test_docs import ROOT

PAGE = (ROOT / "docs" / "spreadsheets.md").read_text(encoding="utf-8")


def test_the_month_leaves_a_workbook_that_says_what_changed_and_what_comes(folder: Path) -> None:
    """Since the load before, by what is assumed, with the pay of vacancies."""
    book = openpyxl.load_workbook(folder / "force.xlsx")
    facts = {str(row[0]): str(row[1]) for row in book["in short"].iter_rows(min_row=2, values_only=True)}
    assert {"Strength on 2026-07-01", "Pay of vacancies"} <= set(facts)
    assert book["changes"].max_row >= 1
    rows = list(book["years ahead"].iter_rows(min_row=2, values_only=True))
    assert any(low != high for *_, low, _, high in rows)
