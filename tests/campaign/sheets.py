"""Mutated staff files, as CSV and as workbooks: rows are taken or named as faulty, and none is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from graph.errors import RankgraphError
from loaders.staff.read import Staff, read
from loaders.staff.sheets import SHEETS
from tests.builders.mutations import mutated
from tests.builders.odf_file import spreadsheet
from tests.builders.staff_export import Export, KnownNames, export, write_csv, write_workbook
from tests.builders.staff_plants import PLANTS, Planter
from tests.campaign.homes import kept_open, whole
from tests.campaign.judge import inside
from tests.campaign.trial import Part

_ODD = (
    *(
        "",
        " ",
        "-1",
        "0",
        "1e999",
        "nan",
        "9" * 400,
        "31/02/2026",
        "2026-13-01",
        "0000-00-00",
        "9999-12-31",
        "10000-01-01",
    ),
    *(
        "=1+1",
        "+44",
        "@x",
        "\ufeff",
        "\u202eabc",
        "\x1b[31mred",
        "a\nb",
        "'",
        '"',
        "é" * 3000,
        "P1",
        "U0",
        "uk/sergeant",
    ),
)


def _csv(rows: Export, own: Path, random: Random) -> Path:
    folder = write_csv(rows, own / "export", delimiter=random.choice((",", ",", ";", "\t")))
    _damage(random.choice(sorted(folder.iterdir())), random)
    return folder


def _xlsx(rows: Export, own: Path, random: Random) -> Path:
    return _damage(write_workbook(_writable(rows), own / "staff.xlsx"), random)


def _ods(rows: Export, own: Path, random: Random) -> Path:
    path = own / "staff.ods"
    tables = {name: [list(some[0]), *(row.values() for row in some)] for name, some in _writable(rows).items() if some}
    path.write_bytes(spreadsheet(tables))
    return _damage(path, random)


_WRITERS: tuple[Callable[[Export, Path, Random], Path], ...] = (_csv, _xlsx, _ods)


def _writable(rows: Export) -> Export:
    """Return rows without the signs that no workbook can hold."""
    return {
        name: [{key: value.replace("\x1b", "")[:32_000] for key, value in row.items()} for row in some]
        for name, some in rows.items()
    }


def _damage(path: Path, random: Random) -> Path:
    """Damage the bytes of a file, in three of five."""
    if random.random() < 0.6:
        path.write_bytes(mutated(path.read_bytes(), random))
    return path


def drawn(random: Random) -> Export:
    """Return an export with odd cells, doubled rows and faults of the kinds that tests plant."""
    planter = Planter(export(), random)
    for plant in random.choices(PLANTS, k=random.randint(0, 3)):
        plant(planter)
    rows = planter.rows
    for _ in range(random.choice((0, 1, 5))):
        name = random.choice(sorted(name for name in rows if rows[name]))
        row = random.choice(rows[name])
        row[random.choice(sorted(row))] = random.choice(_ODD)
        if random.random() < 0.2:
            rows[name].append(dict(row))
    return rows


def attempt(shared: Path, own: Path, seed: int) -> str:
    """Read one mutated export, count its rows, and have the command compare it with a graph."""
    del shared
    random = Random(seed)
    path = random.choice(_WRITERS)(drawn(random), own, random)
    try:
        with read(path, KnownNames()) as staff:
            why = _miscounted(staff)
    except RankgraphError:
        why = ""
    return (
        why or inside("staff", "load", str(path), "--dry-run").wrong() or inside("staff", "mapping", str(path)).wrong()
    )


def _miscounted(staff: Staff) -> str:
    """Return a sheet in which a row is neither taken nor faulty."""
    taken = {sheet.name: len(list(staff.rows(sheet.name))) for sheet in SHEETS}
    faulty = Counter(sheet for sheet, _ in {(fault.sheet, fault.row) for fault in staff.faults})
    for name, count in staff.counts.items():
        if (count.read, count.taken, count.skipped) != (taken[name] + faulty[name], taken[name], faulty[name]):
            return f"{name}: {count}, {taken[name]} taken, {faulty[name]} faulty"
    return ""


PART = Part(
    "sheets",
    count=1000,
    means="each row is taken or named as faulty; `staff load --dry-run` and `staff mapping` answer or say why in one "
    "message",
    attempt=attempt,
    prepare=lambda shared: whole(shared, "samples"),
    around=kept_open("samples"),
)
