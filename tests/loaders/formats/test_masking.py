"""What identifies a person is put out of sight: addresses, numbers, and whatever is said of a faulty file."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from graph.errors import DocumentError, RankgraphError
from loaders import read
from loaders.formats.masking import mask

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_SIGNS = str.maketrans({"⓪": "0", "④": "4", "⋅": ".", "¶": "\n", "→": "\t"})
"""The lines below are written with them: a case is one line, and no number or address stands in this file."""

ADDRESSES = r"""
Write to avery.sample@force.example now => Write to [e-mail] now
A.Sample2@northshire.pnn.police⋅uk => [e-mail]
avery.sample [at] force [dot] example => [e-mail]
avery.sample(at)force(dot)example or ring => [e-mail] or ring
avery (dot) sample (at) force (dot) example => [e-mail]
Mail avery.sample at force dot police dot uk today => Mail [e-mail] today
avery_sample{at}force.example => [e-mail]
avery.sample @ force.example => [e-mail]
avery‑sample@north‑shire.example => [e-mail]
avery.sample＠force.example => [e-mail]
mailto:avery.sample@force.example?subject=Post => mailto:[e-mail]?subject=Post
Write to [email protected] => Write to [e-mail]
avery.sample@northshire (internal) => [e-mail] (internal)
o'sample@force.example, and => [e-mail], and
Send it to avery.sample@¶force.example by noon => Send it to [e-mail]¶ by noon
Send it to avery.sample¶@force.example by noon => Send it to [e-mail]¶ by noon
E-mail: avery.¶sample@force.example => E-mail: [e-mail]¶
avery.sample@force.¶police.uk => [e-mail]¶
avery.sample@force.police.¶uk => [e-mail]¶
Write to jobs@force.example.¶The post is open. => Write to [e-mail].¶The post is open.
"""

NUMBERS = r"""
Call ⓪1632 960001. => Call [telephone].
Call ⓪1632960001 => Call [telephone]
(⓪1632) 960 001 => [telephone]
⓪1632-960-001 => [telephone]
⓪1632.960.001 => [telephone]
⓪1632 960001 => [telephone]
⓪1632‑960‑001 => [telephone]
⓪7700 900123 => [telephone]
⓪7700900123 or ⓪7700 900 124 => [telephone] or [telephone]
+④4 7700 900123 => [telephone]
+④47700900123 => [telephone]
+④4 (0)1632 960001 => [telephone]
+④4(0) 1632 960 001 => [telephone]
(+④4) 1632 960001 => [telephone]
0044 1632 960001 => [telephone]
0044 (0)1632 960001 => [telephone]
00 44 1632 960001 => [telephone]
44 (0)1632 960001 => [telephone]
+353 20 910 1234 => [telephone]
⓪20 7946 0000 => [telephone]
⓪1632 960001 ext 1234 => [telephone]
⓪1632 960001 ext. 1234 => [telephone]
⓪1632 960001 x1234 => [telephone]
⓪1632 960001 (extension 1234) => [telephone]
⓪1632 960001, Ext: 1234 => [telephone]
⓪1632 960001/2 => [telephone]
⓪1632 960001 or 960002 => [telephone]
Tel: 960001 => Tel: [telephone]
Telephone number: 7946 0000 => Telephone number: [telephone]
Ext. 45678 => [telephone]
Ext 4567 => [telephone]
Extension: 45678 => [telephone]
Extension no. 45678 => [telephone]
Internal: 45678 => [telephone]
Internal 45678 => [telephone]
Call 101 ext 45678 => Call 101 [telephone]
on 101 (ext. 45678) => on 101 ([telephone])
Mobile ⓪7700 900 123 (day) => Mobile [telephone] (day)
Please ring ⓪1632¶960001 by Friday => Please ring [telephone]¶ by Friday
Please ring +④4 (0)1632¶960 001 => Please ring [telephone]¶
(0)1632 960001 => [telephone]
⓪1632/960001 => [telephone]
+④4-1632-960-001 => [telephone]
⓪370 4960 2222 => [telephone]
TEL (⓪1632) 960 808 => TEL [telephone]
mil 95771 4400, civ ⓪1632-960-977 => mil [telephone], civ [telephone]
MIL: 95771 4400. => MIL: [telephone].
Headquarters, x 2277 => Headquarters, [telephone]
EXT 5541 220 => [telephone]
(call ⓪1632 960 050) => (call [telephone])
T: 960 001 => T: [telephone]
"""

NO_NUMBERS = r"""
Call 101, or 999 in an emergency.
Telephone: 101
Tel: 999 or 101
Act of 2011, SI 2014/2376, £156,693, 1st September 2020
Hours: 0800-1600, 1400 - 2200 and 2200-0700
Shifts 0700-1900 12 hours each
Closing 01/09/2020 10:00, interviews 01.10.2020 0900
Post number 0123456, grade 07, 37.5 hours
From 2019 to 2022 over 43,000 officers and 9,500 staff
Budget £⓪1632 960001
Months 01 02 03 04 05 06 07 08 09 10 11 12
Paid at £38,000 @ 37 hours
Shifts: 0700/1500/2300
Ring 999, never 0700/1900 12 hours
Prepared by: Date: 12 May 2020
Grade B / Scale 5, 01/04/2020 - 31/03/2021
Extension of the contract to 2024 is possible.
An internal 360 degree review
Hours 0600 1400 2200
Carries 4 x 1200 and 2 x 4000 litres
Military service 1999 to 2004
"""


def _cases(block: str) -> list[str]:
    return block.strip().split("\n")


def _masked(text: str) -> str:
    return "\n".join(mask(text.split("\n")))


@pytest.mark.parametrize("case", _cases(ADDRESSES) + _cases(NUMBERS))
def test_what_identifies_a_person_is_put_out_of_sight(case: str) -> None:
    """All of it goes, the words around it and the breaks of lines stay."""
    text, expected = (part.translate(_SIGNS) for part in case.split(" => "))
    assert expected == _masked(text)


@pytest.mark.parametrize("case", _cases(NO_NUMBERS))
def test_what_only_looks_alike_stays(case: str) -> None:
    """Days, times of a day, sums and numbers that anybody may call are facts."""
    assert case.translate(_SIGNS) == _masked(case.translate(_SIGNS))


@pytest.mark.parametrize("sign", "'’ʼ`&=~!#$%*?^{|}/+_-")
def test_no_part_of_an_address_stays_whatever_sign_is_in_it(sign: str) -> None:
    """All that RFC 5322 allows before the @, and what printers make of an apostrophe."""
    assert "Write to [e-mail] today" == _masked(f"Write to avery.s{sign}ample@force.example today")


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u2060", "\ufeff"])
def test_signs_that_nobody_sees_hide_nothing(sign: str) -> None:
    """They stand inside words after a copy from the web, and are gone before anything is looked for."""
    assert "Write to [e-mail]" == _masked(f"Write to avery{sign}.sam{sign}ple@for{sign}ce.example")


_HOSTILE = (
    *("a/", "’", "{|}~", "a=b&"),
    *("Commander ", "1", "0123456789 ", "@", "a@", "(0", "(at)", "a.", "a dot ", "a at ", "DC ", "Mr ", "Contact: ,"),
    *("Contact\n", "reports to ", "chief ", "Avery ", "A. ", "+44 ", "ext ", "\n", " ", "Signed: .....", "0700-0"),
    *("\n\nYes.\n\nAvery Sample\nCommissioner", "Avery Sample\n", f"{'x' * 1_999} ", "Name of the ", "Tel: 1"),
)


@pytest.mark.parametrize("piece", _HOSTILE)
def test_masking_takes_time_in_step_with_the_length(piece: str) -> None:
    """Of 100 kB of the same piece nothing is looked at again and again."""
    text = (piece * (100_000 // len(piece))).split("\n")
    start = time.process_time()
    masked = mask(text)
    assert (len(text), True) == (len(masked), time.process_time() - start < 2)


_PERSON = ("avery.sample@force.example", "Avery Sample", "960001")


def _faults(folder: Path) -> Iterable[RankgraphError]:
    """Yield the errors of files that hold a person's data and are each at fault in another way."""
    words = f"Contact: {_PERSON[1]}, {_PERSON[0]}, 01632 {_PERSON[2]}\n"
    for raw in (
        words.encode() + b"x" * 5_000,
        words.encode() * 20_000,
        words.encode() + b"\x00",
        b"\xff\xfe" + words.encode() + b"x",
        words.encode() + b"\x81\x8d\xff",
    ):
        path = folder / "a.txt"
        path.write_bytes(raw)
        try:
            read(path)
        except DocumentError as error:
            yield error


def test_no_error_quotes_a_person(tmp_path: Path) -> None:
    """Whatever is wrong with a file, what is said of it holds nothing that identifies somebody."""
    messages = [str(error) for error in _faults(tmp_path)]
    assert (5, []) == (len(messages), [one for one in messages for part in _PERSON if part in one])


def test_what_is_read_of_a_document_holds_no_person(tmp_path: Path) -> None:
    """The profile has the roles that stand beside a name, and not the name."""
    path = tmp_path / "a.txt"
    path.write_text(
        "Role profile\nJob title: Custody Sergeant\nReports to: Detective Inspector Avery Sample\n"
        "Line manager: Robin Specimen, Head of Custody\n\nRole purpose\n\nRuns the custody suite of the force.\n\n"
        "Key accountabilities\n\n• Keeps the custody record.\n• Sees to the welfare of all who are held.\n",
        encoding="utf-8",
    )
    profile = read(path)
    relations = {(one.kind, one.target) for one in profile.relations}
    said = profile.model_dump_json()
    assert {("REPORTS_TO", "role/detective-inspector"), ("REPORTS_TO", "role/head-of-custody")} == relations
    assert [] == [name for name in ("Avery", "Sample", "Robin", "Specimen") if name in said]
