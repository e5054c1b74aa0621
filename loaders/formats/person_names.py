"""Find the names of people: after a rank or title, after a label such as "Prepared by", and below a letter.

No list holds all names, so a name is told by its shape, one to four words with capitals, and by what its words are not:
no word of roles, units, bodies and courses, and none that the document itself prints in lower case. What is left
undecided is one unknown word. Below "Mr", after a rank or where somebody is to be spoken to it counts as a name, though
it may be a place that no list here has: "Inspector Borsetshire" loses its place, and that is cheaper than a name in
the graph. The other way round, a surname that is a word of roles shows unless a given name stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from loaders.formats.name_words import COMMON_SURNAMES, GIVEN_NAMES, PLACE_WORDS, ROLE_WORDS

_LETTERS = r"[^\W\d_]"
_WORD = rf"(?:{_LETTERS}\.){{1,3}}(?!\w)|{_LETTERS}+(?:['’‐‑-]{_LETTERS}+)*(?!\w)"
_NEXT = re.compile(rf"(?P<gap>[^\S\n]?|[^\S\n]{{0,2}}\n[^\S\n]{{0,8}})(?P<word>{_WORD})")
_PARTICLES = frozenset(("al", "ap", "da", "de", "del", "den", "der", "di", "du", "la", "le", "mac", "st", "van", "von"))
_SUFFIX = re.compile(
    r".{2,}(?:[st]ion|(?<!cle)ment|ship|ity|itie|ology|[gmt]ic|tive|ional|ical|graphy|ware|[^l]ance|ising|icing|eering|[^l]torial|(?:[^jr]|[^t]r)ee)s?$"
)
_COMMON = re.compile(r"(?<![\w'’-])[a-z]{3,}(?![\w'’-])")
_MOST_WORDS = 4
_LONGEST_ACRONYM = 4
_WRAPPED = 40
"""From this column on a line of running text may break inside a name."""

RANK = (
    r"(?:(?:constable|sergeant|inspector|superintendent|commander|commissioner|pcso|mayor|chief executive"
    r"|(?:home|foreign) secretary)|(?-i:Insp|Supt|Sgt|Con|Cons|Const|Cmdr|Comm|DCI|DI|DS|DC|PC|PS|WPC|PCSO|ACC|DCC|CC"
    r"|DAC|AC|DCS|DSU|CI|C?Supt|D?Supt|D?Insp|D?Sgt|[DP]/[CSI]|TDC|TDS|TDI|TDCI|TPS|APS)\b\.?"
    r"|(?-i:SC|CSO|SPC|SI)(?=\s+\d{2,6}\s))"
)
_RANKED = re.compile(
    rf"(?<![\w-]){RANK}(?:[^\S\n]{{1,2}}(?P<number>(?:no\.?[^\S\n]?)?\d{{1,6}}))?(?P<gap>\s?[:,(–—-]\s?|\s{{1,3}})(?=\w)",
    re.IGNORECASE,
)
_HONOURED = re.compile(
    r"(?<![\w-])(?:(?P<any>Mr|Mrs|Ms|Miss|Mx|Dr)|Sir|Dame|Prof(?:essor)?|Rev(?:erend)?|Cllr|Councillor|Lord|Lady|Baroness"
    r"|(?:Rt\.? )?Hon)\.?\s(?=\w)"
)
_BY = (
    r"(?:prepared|approved|written|drafted|compiled|completed|produced|reviewed|authori[sz]ed|submitted|issued|created"
    r"|updated|agreed|signed|signed off|verified|checked|evaluated|sponsored|endorsed|countersigned|chaired"
    r"|witnessed|line managed) by"
)
_HIGH_POST = (
    r"(?:(?:vice[ -]?)?chair(?:man|woman|person)?|chief (?:executive|constable|of staff)(?: officer)?|commissioner"
    r"|(?:managing )?director|head|secretary|clerk|treasurer|(?-i:P\.?A)|solicitor|registrar|president|convenor)"
)
_POST = (
    rf"(?:{_HIGH_POST}|manager|officer|assistant|advis[eo]r|partner|co-?ordinator|administrator|lead|champion|sponsor"
    r"|author|consultant|recruiter|representative|rep|supervisor|sro)"
)
"""Words of what one person is; what more the title says may follow: "Head of Estates"."""
_TO_SPEAK_TO = (
    r"(?:contacts?|(?:speak|talk|chat)(?: directly)? (?:to|with)|call|ring|telephone|phone|e-?mail|write to|reach"
    r"|talk with|ask for|liaise with|f\.?a\.?o\.?|(?:for the )?attention(?: of)?|c/o|care of|post(?:ed)? to|sent to"
    r"|return(?:ed)? to|(?:directed|addressed|submitted|forwarded|referred|go) to|(?:policy|document) lead"
    r"|(?:message|letter|foreword|welcome|introduction|statement) (?:from|by)"
    r"|(?:enquir(?:y|ies)|quer(?:y|ies)|questions?|applications?|forms?|interest|cvs?|complaints?"
    r"|appeals?|requests?|nominations?|letters?|pdrs?|copy|copies|regards|thanks)(?: (?:in writing|by e-?mail))? to"
    rf"|dear|signed(?: off)?|signature|{_BY})"
)
_OVER = r"(?:reports?(?: directly)? to|reporting(?: directly)? to|(?:line |hiring )?manager|supervisor|author|owner)"
_CUE = re.compile(
    rf"(?<![\w-])(?:(?P<person>{_TO_SPEAK_TO})|{_OVER}|(?:(?:line )?manag|supervis)ed by)(?: (?:is|are|will be))?"
    r"[^\S\n]{1,2}(?=\w)",
    re.IGNORECASE,
)
_NAME_OF = (
    r"(?:(?:full|officer|manager|employee|print(?:ed)?|your|first|last|sur|(?:post|job|role) ?holder)(?:['’]?s)? ?name"
    r"|(?<!\w )(?:name|enw)s?(?! of))"
)
_THOSE_PRESENT = (
    r"attending|employee|applicant|candidate|referee|reviewer|approver|signatory"
    r"|present|those present|in attendance|attendees|attended by|attendance|apologies(?: for absence)?|members(?:hip)?"
    r"|panel(?: members)?|board members|interviewers|distribution(?: list)?|circulation|cc|copies|minutes(?: taken)?"
)
_LABEL = (
    rf"(?:(?P<person>{_TO_SPEAK_TO}|contact (?:names?|persons?|officers?|details|points?|for[^:\n]{{1,40}})|{_NAME_OF}"
    rf"|(?<!\w )name of (?:the )?[\w ]{{1,20}}|point of contact|{_BY.removesuffix(' by')}"
    r"|(?:(?:further|more) information|enquir(?:y|ies)|quer(?:y|ies)|questions|cyswllt|ymholiadau|llofnod\w*)"
    rf"(?: to| from)?)|{_OVER}|(?:managed|supervised) by|policy owner"
    r"|(?:responsible|accountable) to|lead|sponsor|head of [\w &]{1,40}|director|chair|sro"
    r"|holder|(?:post|job|role)holder|incumbent|assessor|mentor|tutor)"
)
_ASIDE = r"(?:[^\S\n]?\([^()\n]{1,40}\))?[*_]{0,3}"
_SKIP = r"(?:[^\S\n]|[*_.…·|/:–—>-]|</?[a-z]{1,6}>){0,60}"
_BREAK = rf"(?P<break>(?:\n{_SKIP}){{0,2}})"
_FIELDS = (
    re.compile(rf"(?<![\w-]){_LABEL}{_ASIDE}[^\S\n]?:{_SKIP}{_BREAK}", re.IGNORECASE),
    re.compile(
        rf"(?<![\w-])(?:(?P<person>{_THOSE_PRESENT}|[a-z]{{1,12}}(?:ed|ten|wn|eld) by)|{_POST}){_ASIDE}"
        rf"[^\S\n]?:{_SKIP}{_BREAK}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^[^\w\n]{{0,8}}(?:[\w'’-]+[^\S\n](?:/[^\S\n])?){{0,3}}?{_LABEL}{_ASIDE}"
        rf"(?:[^\S\n]?(?:\t|[|/–—-](?=\s)|\.{{3}}|_{{3}})|[^\S\n]{{2}}|$){_SKIP}{_BREAK}",
        re.IGNORECASE | re.MULTILINE,
    ),
)
_CUT = re.compile(r"[,;|/()\t]|[^\S\n]{2,}|[^\S\n][–—-][^\S\n]")
_CELLS = ("|", "/", "\t", "  ")
_JOIN = re.compile(r"[^\S\n](?:and|&|or)[^\S\n]")
_OFFICE = re.compile(
    rf"(?<![\w-])(?:(?P<one>{_HIGH_POST})|{_POST})(?:(?: of| for)(?: the)?(?: (?:[A-Z][\w&-]*|and|&)){{1,6}}"
    r"| [A-Z][\w-]*)?(?P<apart>,)? (?=[A-Z])",
    re.IGNORECASE,
)
_ONE_OF_THEM = re.compile(r"(?:\b(?:the|our|your|my|his|her|their|its)|['’]s)\s[^.,;:\n]*$", re.IGNORECASE)
_TITLE = (
    rf"(?:the |our )?(?-i:(?=[A-Z]))(?:[^\W\d_][\w'’&/-]*,? ){{0,5}}?(?:{_POST}|{RANK})(?![\w-])"
    r"(?:,? (?:of |for |and |the |& )*(?-i:[A-Z])[\w'’&/-]*){0,6}"
)
_TITLE_AFTER = re.compile(
    rf"(?:,[^\S\n]| [–—-][^\S\n]| \(){_TITLE}[)]?\s?(?:[.,;:]|\[|$)", re.IGNORECASE | re.MULTILINE
)
TITLE_LINE = re.compile(rf"\s*{_TITLE}[\s,.)]*(?:[|,:(–-]? ?\(?\[(?:telephone|e-mail)\].*)?", re.IGNORECASE)
"""A line that is the title of somebody's post, with or without how to reach them."""
_DAY = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}"
_VERSION_ENTRY = re.compile(
    rf"^[^\w\n]{{0,4}}(?:v(?:ersion)?\.? ?)?\d+(?:\.\d+)*[\s|]{{1,4}}(?P<day>{_DAY}[\s|]{{1,4}})?(?P<name>[A-Z])",
    re.IGNORECASE | re.MULTILINE,
)
_DAY_NEXT = re.compile(rf"[^\S\n|]*\|?[^\S\n]{{0,3}}{_DAY}")
"""Who wrote a version stands beside its day in the history of a document."""
_LINE_START = re.compile(r"^[ •*_|-]{0,4}(?=\w)", re.MULTILINE)
_MARK = re.compile(r"\[(?:telephone|e-mail)\]")
_CAPITAL = re.compile(r"(?<![\w'’-])(?=[^\W\d_a-z])")
_BOUND = re.compile(
    r"[ *_]{0,3}(?:$|[,;:()\[|/\t]|[–—-]\s|\.(?:\s|$)|(?:on|at|by|via|in|or|and|who|tel\w*|e-?mail|ext|mob\w*)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_BEFORE_COLON = re.compile(rf"[^\S\n](?:{_WORD})(?=: ?\[(?:telephone|e-mail))")
_ASIDE_NAME = re.compile(r"[ ,]{0,2}\((?=[^\W\d_])")
_ADDRESS = re.compile(
    r"(?:Police|Constabulary|HQ|Headquarters|Station|House|Hall|Centre|Office|Road|Street|Lane|Avenue|Court|Building|Park"
    r"|Way|Campus|College|Square|Drive|Close|Box \d+),\s*$|[A-Z]{1,2}\d[\dA-Z]?\s?\d[A-Z]{2}\b",
)
_NEAR = 140
_ALONE = re.compile(rf"[\s*_.'’,;|/()–—-]*(?:$|\[|\d)|{_JOIN.pattern}[^\W\d_]+[\s*_]*$")
_REACHED = re.compile(r",?(?: (?:on|at|by|via|tel|telephone|e-?mail)\.?:?){0,2} ?\(?\[(?:telephone|e-mail)")
_QUOTED = re.compile(r"[\s*_\"'“‘\[(]*")
_LETTERS_AFTER = re.compile(r"(?:,? (?:QPM|KPM|CBE|OBE|MBE|CVO|BEM|KC|QC|MP))*\s*")
_LONGEST_VALUE = 160
_AROUND = 30


class _Run(NamedTuple):
    """Words with capitals that may be a name."""

    end: int
    words: int = 0
    """How many they are, initials together counted as one; none where there is no more than initials."""
    sure: bool = False
    """Whether a given name or initials with stops come first."""
    followed: bool = False
    """Whether a word of roles or units stands right behind them."""


class People:
    """Finds the names of people in one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._common = frozenset(_COMMON.findall(text)) - COMMON_SURNAMES

    def spans(self) -> list[tuple[int, int]]:
        """Return where names stand; they may overlap."""
        called = [*self._honoured(), *self._ranked(), *self._called(), *self._labelled()]
        found = [*called, *self._apposed(), *self._reached()]
        joined = (join.end() for _, end in found if (join := _JOIN.match(self.text, end)))
        runs = ((start, self._run(start)) for start in joined)
        return [*found, *((start, run.end) for start, run in runs if run.words > 1 and not run.followed)]

    def is_name(self, start: int, end: int, fewest: int = 2) -> bool:
        """Return whether what stands between two places is nothing but a name of two words or more."""
        run = self._run(start)
        return run.words >= fewest and _LETTERS_AFTER.fullmatch(self.text, run.end, end) is not None

    def _honoured(self) -> Iterator[tuple[int, int]]:
        for match in _HONOURED.finditer(self.text):
            run = self._run(match.end(), any_word=bool(match["any"]))
            if run.words:
                yield match.start(), run.end

    def _ranked(self) -> Iterator[tuple[int, int]]:
        for match in _RANKED.finditer(self.text):
            if "\n" in match["gap"] and not self._is_wrapped(match.start("gap")):
                continue
            run = self._run(match.end())
            apart = bool(match["gap"].strip())
            if run.words > apart and (not run.followed or (run.sure and run.words > 1)):
                yield (match.start("number") if match["number"] else match.end()), run.end

    def _called(self) -> Iterator[tuple[int, int]]:
        for match in _CUE.finditer(self.text):
            run = self._run(match.end(), places=not match["person"])
            reached = run.words and match["person"] and _REACHED.match(self.text, run.end)
            if (run.sure and run.words) or reached or (run.words > 1 and not run.followed):
                yield match.end(), run.end

    def _apposed(self) -> Iterator[tuple[int, int]]:
        """Yield the names that stand behind the title of a post and a comma, or at the head of a line before one."""
        for match in _OFFICE.finditer(self.text):
            run = self._run(match.end())
            one = match["one"] or _ONE_OF_THEM.search(self.text, max(0, match.start() - _AROUND), match.start())
            if run.words > 1 and (run.sure or (match["apart"] and one)) and self._is_bound(run.end):
                yield match.end(), run.end
        for line in _LINE_START.finditer(self.text):
            run = self._run(line.end())
            letters = _LETTERS_AFTER.match(self.text, run.end)
            end = letters.end() if letters and letters[0].strip() else run.end
            whole = not run.followed or end > run.end
            if run.words > 1 and whole and _TITLE_AFTER.match(self.text, end):
                yield line.end(), run.end
        for entry in _VERSION_ENTRY.finditer(self.text):
            run = self._run(entry.start("name"))
            if run.words > 1 and not run.followed and (entry["day"] or _DAY_NEXT.match(self.text, run.end)):
                yield entry.start("name"), run.end

    def _reached(self) -> Iterator[tuple[int, int]]:
        """Yield the names beside a number or an address: they are a part of the line by themselves."""
        last = 0
        for mark in _MARK.finditer(self.text):
            near, last = max(last, mark.start() - _NEAR), mark.end()
            start = max(self.text.rfind("\n", near, mark.start()) + 1, near)
            place = start
            while capital := _CAPITAL.search(self.text, place, mark.start()):
                run = self._run(capital.start())
                place = max(run.end, capital.end() + 1) if run.words else capital.end() + 1
                if run.words > 1 and run.end <= mark.start() and self._is_part(start, capital.start(), run):
                    yield capital.start(), run.end
                elif run.sure and (tail := _BEFORE_COLON.match(self.text, run.end)):
                    yield capital.start(), tail.end()
            aside = _ASIDE_NAME.match(self.text, mark.end())
            if aside and (run := self._run(aside.end())).words > 1 and self._is_bound(run.end):
                yield aside.end(), run.end

    def _is_part(self, start: int, begin: int, run: _Run) -> bool:
        """Return whether a name ends where a part of its line does, and is no place in an address."""
        apart = not run.followed and self._is_bound(run.end)
        return apart and (run.sure or not _ADDRESS.search(self.text, start, begin))

    def _is_bound(self, end: int) -> bool:
        """Return whether a name, with the letters after it, is no part of something longer."""
        letters = _LETTERS_AFTER.match(self.text, end)
        return any(_BOUND.match(self.text, place) for place in (end, letters.end() if letters else end))

    def _labelled(self) -> Iterator[tuple[int, int]]:
        for field in _FIELDS:
            for match in field.finditer(self.text):
                most = match.end() + _LONGEST_VALUE
                end = self.text.find("\n", match.end(), most)
                yield from self._in_value(match, end if end >= 0 else min(len(self.text), most))

    def _in_value(self, label: re.Match[str], end: int) -> Iterator[tuple[int, int]]:
        """Yield the names in the value of a field, the parts of which stand between commas, brackets and the like."""
        start, person = label.end(), bool(label["person"])
        cuts = [start, *(cut.end() for cut in _CUT.finditer(self.text, start, end)), end]
        fewest = 2 if label["break"] else 1
        for place, stop in pairwise(cuts):
            begin = place + len(_QUOTED.match(self.text, place, stop)[0])  # type: ignore[index]  # it matches nothing too
            names = list(self._in_part(begin, stop, fewest, person=person))
            yield from names
            other_cell = not names and begin < stop and self.text[place:stop].endswith(_CELLS)
            if other_cell or ":" in self.text[place:stop]:
                return
            fewest = 1 if names and self._run(begin).words == 1 else 2

    def _in_part(self, start: int, stop: int, fewest: int, *, person: bool) -> Iterator[tuple[int, int]]:
        run = self._run(start, places=not person)
        alone = not run.followed or (run.words > 1 and (run.sure or person))
        long = run.words >= fewest and (run.words > 1 or _ALONE.match(self.text, run.end, stop))
        if alone and run.end <= stop and (long or (run.sure and run.words)):
            yield start, run.end
            if join := _JOIN.match(self.text, run.end, stop):
                yield from self._in_part(join.end(), stop, fewest, person=person)

    def _run(self, start: int, *, places: bool = True, any_word: bool = False) -> _Run:
        """Return the words from a place on that may be a name; all may be where `any_word` says so."""
        words: list[str] = []
        end = place = start
        capitals = not any(letter.islower() for letter in self.text[max(0, start - _AROUND) : start + _AROUND])
        for _ in range(_MOST_WORDS):
            token = self._token(place)
            if token is None or not (token["word"][0].isupper() or (token["word"] in _PARTICLES)):
                break
            torn = "\n" in token["gap"]
            word, place = token["word"], token.end()
            known = not any_word and self._is_known(word, places=places, capitals=capitals)
            if (known and not (_is_first(words) and not self._is_upper(place))) or (torn and len(words) > 1):
                return self._as_run(words, end)._replace(followed=not torn)
            if word[0].isupper():
                words.append(word)
                end = place
        return self._as_run(words, end)

    def _as_run(self, words: Sequence[str], end: int) -> _Run:
        longer = [word for word in words if len(word) > 1 and "." not in word]
        initials = len(longer) < len(words)
        return _Run(end, len(longer) + initials if longer else 0, _is_first(words[:1]))

    def _token(self, place: int) -> re.Match[str] | None:
        """Return the next word of a name, if the line does not end before it, or is running text that goes on."""
        token = _NEXT.match(self.text, place)
        if token is None or ("\n" in token["gap"] and not self._is_wrapped(place)):
            return None
        return None if self.text[token.end() : token.end() + 1] == ":" else token

    def _is_upper(self, place: int) -> bool:
        token = self._token(place)
        return token is not None and token["word"][0].isupper()

    def _is_wrapped(self, place: int) -> bool:
        return place - self.text.rfind("\n", 0, place) > _WRAPPED

    def _is_known(self, word: str, *, places: bool, capitals: bool) -> bool:
        """Return whether a word is one of roles, units or places, one of the text's own, or an abbreviation."""
        if len(word) == 1 or "." in word or word in _PARTICLES:
            return False
        if word.isupper() and len(word) <= _LONGEST_ACRONYM - capitals and not (capitals and _is_given(word)):
            return True
        return any(self._is_ordinary(part, places=places) for part in re.split(r"['’‐‑-]", word.casefold()))

    def _is_ordinary(self, word: str, *, places: bool) -> bool:
        forms = {word, word.removesuffix("s"), word.removesuffix("es"), re.sub("ies$", "y", word)}
        if places and (forms & PLACE_WORDS or word.endswith("shire")):
            return True
        return bool(forms & ROLE_WORDS) or word in self._common or _SUFFIX.match(word) is not None


def _is_first(words: Sequence[str]) -> bool:
    """Return whether words are a given name, or initials with stops: what comes next is a surname."""
    return bool(words) and (all("." in word for word in words) or (len(words) == 1 and _is_given(words[0])))


def _is_given(word: str) -> bool:
    return word.casefold() in GIVEN_NAMES
