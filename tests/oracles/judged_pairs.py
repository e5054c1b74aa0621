"""Pairs of sentences of the real documents, judged by hand: whether the one asks for what the other asks for.

A sentence is named by its document and line, a pair by both. Judged was whether somebody who meets the one meets the
other; two of one subject that ask for different things (a plan and the money for it) are not the same.
"""

from __future__ import annotations

import re
from functools import cache

from tests.harness.real import DOCUMENTS, SHARED, gold, path_of

Pair = tuple[str, str]


def _pairs(text: str) -> tuple[Pair, ...]:
    pairs = (pair.partition("=") for pair in text.split())
    return tuple((one, other) for one, _, other in pairs)


SAME_THEME = _pairs("""
    000:76=001:80 000:76=003:268 001:80=003:268
    000:77=003:269 001:82=002:65
    000:78=001:83 000:78=002:66 000:78=003:270 001:83=002:66 001:83=003:270 002:66=003:270
    000:79=002:67 000:79=003:271 001:84=002:67 001:84=003:271 002:67=003:271
    001:85=002:68 001:85=003:272 002:68=003:272
    001:86=002:69 001:86=003:276 002:69=003:276
    001:88=002:70 001:88=003:277 002:70=003:277
    001:89=002:71 001:89=003:278 002:71=003:278
    001:90=002:72 001:90=003:279
    001:91=002:73 001:91=003:280
    000:63=001:67 000:63=003:257 001:67=002:54 001:67=003:257 002:54=003:257
    000:65=001:69 000:65=002:56 000:65=003:259
    000:67=001:71 000:67=002:58 000:67=003:261
    000:68=002:59 000:68=003:262 001:72=002:59 001:72=003:262
    000:69=001:73 000:69=003:263 001:73=002:60 001:73=003:263 002:60=003:263
""")
"""Skills, then experience and knowledge; a row has one theme. Every two are printed differently."""

OTHER_THEME = _pairs("""
    000:77=001:82 000:77=002:65 001:82=003:269 002:65=003:269
    000:77=001:81 001:81=003:269 001:81=001:82 001:81=002:65
    000:76=001:81 001:81=003:268 001:80=001:81
    000:78=000:79 000:78=002:67 001:83=001:84 001:83=002:67 002:66=002:67 003:270=003:271
    001:83=001:91 002:66=002:73 000:66=000:78 001:70=001:83 003:260=003:270
    001:83=001:86 002:66=002:69 001:86=001:88 003:276=003:277
    001:89=001:90 002:71=002:72 000:77=001:85 003:269=003:272
    000:65=000:67 001:69=001:71 002:56=002:58 003:259=003:261 001:71=001:82 000:67=000:77
    000:65=000:66 000:69=000:70 001:73=001:74 002:60=003:264 000:68=000:70
    000:62=000:63 002:53=003:257 001:66=001:72
    004:33=004:34 004:33=004:35 004:32=004:34 000:64=004:40 004:36=004:41
    pool:27=pool:29 entry:17=entry:18 short:15=short:17 short:17=short:21 short:18=short:22
""")
"""What asks for something else; in the first rows money and all resources, money and plans, change and foresight."""

LIKE_DUTIES = _pairs("""
    001:31=002:28 001:32=002:19 001:33=002:20 001:35=002:22 001:36=002:23 001:37=002:24 001:38=002:24 001:39=002:25
    001:42=002:27 000:28=001:32 000:29=001:35
""")
"""Duties of a rank, and the like duty of the rank next below."""

OTHER_DUTIES = _pairs("001:34=002:26 000:35=001:42")
"""Duties of which the one shares only its second half with the other."""

_PAGES = {
    "pool": "other_afp_executive_pool_2017.txt",
    "entry": "chief-officer_advert_mdp_superintendents_2022.txt",
    "short": "person-specification_investigator_short_list.txt",
}
_FIELDS = ("skills", "education_experience", "selection_criteria")
_COURSES = {"000:59", "000:60", "000:61", "001:64", "001:65", "002:51", "002:52", "003:254", "003:255"}
"""Lines that ask for a course or a rank, which have names and no themes."""


def sentence(key: str) -> str:
    """Return the sentence of a document and line, without its bullet or number."""
    name, _, line = key.partition(":")
    path = SHARED / "documents" / "pages" / _PAGES[name] if name in _PAGES else path_of(name)
    printed = path.read_text(encoding="utf-8").replace("\xa0", " ").split("\n")[int(line) - 1]
    return re.sub(r"^\W*(?:\d+\.)?\s*", "", printed)


@cache
def sentences() -> dict[str, str]:
    """Return all sentences by which the five documents ask for something, and what else is judged, by their names."""
    asked = {
        f"{number}:{line}"
        for number in DOCUMENTS
        for field in _FIELDS
        for line in gold()[number].get(field, {"lines": []})["lines"]
    }
    return {key: sentence(key) for key in sorted(asked.union(*SAME_THEME, *OTHER_THEME) - _COURSES)}
