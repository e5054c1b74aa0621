"""The title of the role that a document is about, where its family has no place of its own for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile

from graph.ids import even_marks
from loaders.fields.dates import days
from loaders.fields.form_labels import Form, label_of
from loaders.fields.title_block import force_in, is_body_name, is_label, rank_wanted
from loaders.language.number_words import NUMBER
from loaders.language.patterns import any_case
from loaders.language.rank_titles import COUNT, POST_NOUN, RankMention, find_ranks, stripped
from loaders.language.sentences import split_sentences
from loaders.layout.bilingual import in_english
from loaders.layout.headings import heading
from loaders.layout.lines import Line
from loaders.layout.outline import is_titled
from loaders.reference import ranks as reference

_NONE = any_case(
    r"(?:(?:the|new|force|police|national|our|staff|officer) )*(?:role|job|post|position|vacancy|person"
    r"|personal|candidates?"
    r"|applicants?|information|recruitment|application|policing|professional|advert\w*|specification|profile|description"
    r"|details?|pack|booklet|brief|form|document|page|staff|police|constabulary|official|sensitive|restricted|restrictions"
    r"|not|no|number|ref|reference|issue|protectively|marked|unclassified|title|guidance|notes?|appendix|annex|part|section|short|list|copy|final|draft"
    r"|version|publi\w+|updated?|issued?|review\w*|dated?|\d+(?:st|nd|rd|th)|v?[\d.]+|of|for|the|and|to|a|an|in|on|at|us|internal|external|internally|externally|open|all|welcome|introduction|foreword|home|menu|english|cymraeg|bulletin|orders?"
    r"|search|back|share|print|current|latest|live|careers?|jobs?|vacanc(?:y|ies)|opportunit(?:y|ies)|apply|now|login|log|sign|register"
    r"|accept|reject|manage|allow|decline|cookies?|settings|preferences|skip|main|content|contact|news|site|navigation|close|our|work|join|with|here|you|are"
    r"|about|terms|conditions|appointment|policy|procedure|promotion|framework|transcript\w*|contents|overview|summary"
    r"|[-–—|/:&(),.>\s])+",
)
_MAILED = any_case(r"^(?:subject|re)\s*:\s*")
_AROUND = any_case(
    r"^(?:(?:role|job|post|position|vacancy|person|candidate) (?:profile|description|specification|information"
    r"|title|details)"
    r"|(?:application|recruitment|candidate|information|appointment|selection|promotion) (?:pack|brief|booklet|notice)"
    r"|(?:proposed )?appointment|recruitment|terms(?: and conditions)?(?: of (?:appointment|service|employment))?"
    r"|(?:[a-z]+ )?opportunit(?:y|ies)|expressions? of interest|eoi|profile|vacancy|advert(?:isement)?"
    r"|job advert)\s*(?:for|of|to|[:|]|[-–—])\s*"
    r"(?:(?:the|an?) (?:role|post|position|rank) of )?",
    r"^(?:[a-z]+ ){0,2}(?:role|job|post) (?:profile|description|specification) (?-i:(?=[A-Z]))",
    r"\s*[-–—:|,]?\s*(?:(?:role|job|post|person) (?:profile|description|specification)s?|(?:candidates? )?information"
    r" (?:pack|booklet|about\b.*)|candidate brief|vacanc(?:y|ies)\b.*|recruitment pack|application pack)$",
    r"\s*[-–—(]\s*police staff(?: post| role)?\)?$",
    r"\s*[-–—:|(]\s*expressions? of interest\b.*$",
    r"\s+[-–—:|]\s+(?:[\w’']+ ){0,2}(?:card|sheet|facts|summary|leaflet|flyer|overview|brief(?:ing)?|guide|notes?"
    r"|at a glance)$",
)
_FORCE = re.compile(
    r"(?:[A-Z][\w’'&-]*,? (?:(?:and|of|&) )*)+(?:Police|Constabulary)(?: Service| Force)?(?: of [A-Z][a-z]+)?"
)
_MAIL = any_case(
    r"(?:from|sent|to|cc|bcc|date)\s*:.*",
    rf"(?:contact(?!(?: [\w&-]+){{0,4}} {POST_NOUN}\b)|enquiries|deadline|expires|rank(?! of))\b.*",
)
_QUESTION = any_case(
    r"(?:what does (?:an?|the) (?P<one>.+?) do\b.*|(?:becom\w+|working as|life as"
    r"|apply to be) (?:an?|the) (?P<two>.+))"
)
_PHRASE = re.compile(
    rf"(?P<title>(?:[A-Z][\w’'&/-]*|of|and|for|&)(?: (?:[A-Z(][\w’'&/)-]*|of|and|for|the|&))*? ?{POST_NOUN}s?\b"
    rf"|(?:Chief|Head|Director) of "
    r"(?:[A-Z][\w’'-]+(?: (?:and )?)?)+|[A-Z]{0,4}\b(?<!\w)" + rf"{POST_NOUN}s?\b)"
)
_SUBJECT = re.compile(r"^(?:The|A|An|As (?:the|an?)|In a \w+ cadre of|Our|[A-Z][a-z]+ing a team of) ?")
_PAPER = any_case(
    r"(?:minutes|agenda|notes|guidance|guide|report|how|what|why|who|when|where|promotions? of"
    r"|(?:policy|procedure|scheme|framework) (?:for|on|of))\b.*",
    r".*\b(?:policy|policies|procedures?|programme|process|framework|minutes|guide|handbook|strategy|scheme|promotions?"
    r"|competition|campaign|pool|boards?|transfers?(?: and rejoiners)?|rejoiners)(?: (?:[-–—].*|\d.*|v\d.*)|[:,(].*)?",
)
"""What a document is called that is about no one role, unless a rank or a kind of post is left of its title."""
_RULES = any_case(r"\b(?:polic(?:y|ies)|procedures?|scheme|programme|frameworks?|minutes|notes on|handbook|strategy)\b")
_PROMOTES = any_case(r"\b(?:promotions?|promotional|boards?|selection)\b")
_OWNS = any_case(
    r"(?:['’]s?)? (?:(?:substantive|temporary|internal|(?:19|20)\d\d) )*(?:promotions?|promotional|boards?|selection)\b"
)
_AIM = any_case(r"\bpromotion to (?:(?:the )?(?:substantive )?rank of |substantive |temporary )*$")
_PAIR = 2
_ONLY_RANKS = re.compile(r"(?:to|and|or|the|ranks?|of|for|from|s|[\s,&;:/-])*")
_NO_END = any_case(r".*\b(?:an?|the|of|for|to|as|with|and|in|on|at|or|by|from|your|our)")
_MENU = re.compile(
    r"[>›»→]|(?:\w \| \w.*){3}|^[^:]*\w / [^:]* / |^(?:you are (?:here|in)|skip to|log (?:in|out)|menu)\b",
    re.IGNORECASE,
)
_NAVIGATES = any_case(
    r"(?:skip to|home$|menu$|search$|log ?in|sign in|(?:accept|reject) (?:all|cookies)|cookies?\b"
    r"|you are (?:here|in)|back to\b)"
)
"""How the first line of what leads through a web page begins; its other lines follow right below."""
_WAY = re.compile(r"\s*[>›»→]\s*")
_ADDRESS = any_case(
    r".*\b(?-i:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})",
    r"(?:tel|telephone|phone|fax|e-?mail|web(?:site)?)\b.{0,60}|(?:www\.|https?:)\S+|\[(?:telephone|e-mail)\].*",
)
_SENDER = any_case(
    r"(?:(?:from|the|office|of) )*(?:chief (?:constable|executive|officer)|commissioner)"
    r"(?: officer|['’]s office| of .*)?",
    r".*\bpolice (?:and|&) crime commissioner\b.*",
    r".*\b(?:street|road|close|lane|avenue|drive|square|crescent|terrace|gardens|house|building|headquarters)\b.*",
)
"""Lines of a letterhead that may name a rank: who writes, and where."""
_MOST_OF_LETTERHEAD = 20
_LONGEST = 14
_SENTENCES = 12


def is_title(text: str) -> bool:
    """Return whether a line can name a role: it is no date, marking, label, page heading or force."""
    even = even_marks(text).strip(" .:-–")
    if text.rstrip().endswith("?") and not _QUESTION.fullmatch(even.strip(" ?")):
        return False
    if len(even.split()) > _LONGEST or not re.search(r"^[^£]*[A-Za-z]{2}[^£]*$", even) or even.endswith((".", ";")):
        return False
    if (
        label_of(text)
        or heading(text)
        or _MAIL.fullmatch(even)
        or _NONE.fullmatch(even)
        or "[" in even
        or _MENU.search(even)
    ):
        return False
    if (
        _NO_END.fullmatch(even)
        or names_several(even)
        or (_FORCE.fullmatch(_post_of(even)) and not _names_post(_post_of(even)))
    ):
        return False
    for day in reversed(days(even)):
        even = even[: day.start] + even[day.end :]
    return not _NONE.fullmatch(even) and bool(re.search(r"[A-Za-z]{2}", even)) and not is_body_name(stripped(even))


def names_several(title: str) -> bool:
    """Return whether a title is that of a paper on several ranks, or on none: "Sergeants and Inspectors Process".

    >>> [names_several(one) for one in ("Promotion Policy - Annex 2", "Policy Officer", "Inspector promotion process")]
    [True, False, False]
    """
    ranks = {mention.text.casefold() for mention in find_ranks(title)}
    if promoted_to(title):
        return False
    plural = len(ranks) > 1 or any(rank.endswith("s") for rank in ranks)
    others = re.sub("|".join(map(re.escape, ranks)) or "^", "", title.casefold())
    if len(ranks) > 1 and (_ONLY_RANKS.fullmatch(others) or _PROMOTES.search(title)):
        return True
    return bool(_PAPER.fullmatch(title)) and (plural or not (ranks or _names_post(stripped(title))))


def _names_ranks(title: str) -> bool:
    """Return whether a title is that of a paper on several ranks."""
    return len(find_ranks(title)) > 1 and names_several(title)


def promoted_to(title: str) -> str | None:
    """Return the one rank that a title says a promotion is to, none for a policy and for several ranks.

    >>> titles = "Superintendents' Board", "Promotion: PC to Sergeant", "Promotion: PC to Inspector"
    >>> [promoted_to(one) for one in titles]
    ['Superintendent', 'Sergeant', None]
    """
    match = None if _RULES.search(title) else _PROMOTES.search(title)
    ranks = find_ranks(title) if match else ()
    between = [title[one.end : two.start].strip(" -–—>→").casefold() for one, two in pairwise(ranks)]
    led = bool(ranks) and _AIM.search(title[: ranks[0].start])
    if led and between and not _ONLY_RANKS.fullmatch(between[0]):
        return ranks[0].text
    owner = len(ranks) == 1 and (led or _OWNS.match(title, ranks[0].end))
    aims = owner or (len(ranks) == _PAIR and between[0] in {"to", "to detective", ""} and _is_next(*ranks))
    return re.sub(r"(?<=\w{3})s$", "", ranks[-1].text, flags=re.IGNORECASE) if aims else None


def _is_next(one: RankMention, two: RankMention) -> bool:
    """Return whether a rank is promoted to from another, and does not only end a range of ranks that begins there."""
    steps = {rank.id: rank.step for rank in reference.ranks()}
    return not (one.rank_id and two.rank_id) or steps[two.rank_id] == steps[one.rank_id] + 1


def _names_post(text: str) -> bool:
    """Return whether the last words of a title are a kind of post, or its first the head of what it names."""
    text = COUNT.sub("", text)
    even = text.title() if text.isupper() else text
    return bool(re.search(rf"\b{POST_NOUN}s?(?=$|\s*[-–—:,(])|^(?:Chief(?: Officer)?|Head|Director) [Oo]f\b", even))


def without_frame(text: str) -> str:
    """Return a title without the words that say what kind of paper it heads.

    >>> without_frame("Job description: Custody Officer")
    'Custody Officer'
    """
    if promoted := promoted_to(text):
        return promoted
    even = _bare(_ASIDE.sub("", text))
    asked = _QUESTION.fullmatch(even)
    even = (asked["one"] or asked["two"]) if asked else even
    return _post_of(_AROUND.sub("", _AROUND.sub("", _MAILED.sub("", even)))).strip(" :-–|,?")


def _post_of(text: str) -> str:
    """Return the piece of a line that names a post, where strokes set pieces apart, else the first."""
    pieces = text.split(" | ")
    return next((piece for piece in pieces if _names_post(piece) or find_ranks(piece)), pieces[0])


_ASIDE = any_case(
    r"\s*\((?:internal|external|ref\b|vacanc|temporary|fixed|up to|secondment|\d)[^()]*\)",
    rf"(?<=\w)(?:,| -)? \(?{NUMBER} (?:months?|years?)\)?$",
)
"""What a bracket says of the vacancy and not of the role."""


def _bare(text: str) -> str:
    return even_marks(text).strip(" :-–|,?")


def title_of(top: Sequence[Line], form: Form, lines: Sequence[Line], statements: Iterable[str]) -> str:
    """Return the title of a document's role, empty where it has none, without what it says of the vacancy.

    Args:
        top: Its lines above the first part of a profile.
        form: The form among them.
        lines: All of its lines.
        statements: Its purpose and duties, which may name who does them.
    """
    return in_english(_ASIDE.sub("", _title_of(top, form, lines, statements)))


def _title_of(top: Sequence[Line], form: Form, lines: Sequence[Line], statements: Iterable[str]) -> str:
    organisation = force_in(line.text for line in top)
    if form.title and is_title(form.title):
        return form.title
    if framed := framed_title(top):
        return framed
    page = below_letterhead(below_menus(top))
    titled = [line for line in page if is_titled(line) and not _MENU.search(line.text)]
    plain = [line.text for line in titled if line not in form.lines and not line.cell]
    ranked = next((text for text in plain if is_title(text) and _names_one(text, organisation)), None)
    if ranked and any(map(_names_ranks, plain[: plain.index(ranked)])):
        return ""
    first = _first_title(plain)
    above = plain[: plain.index(first)] if first and _names_post(first) else plain
    if ranked or any(map(names_several, above)):
        return ranked or ""
    wanted = rank_wanted((line.text for line in lines), organisation)
    return wanted or first or _who_acts(statements) or last_of_way(top) or form.grade or ""


def below_menus(lines: Iterable[Line]) -> list[Line]:
    """Return the lines without those that lead through a web page, one right below the other."""
    page: list[Line] = []
    leads = False
    for line in lines:
        leads = bool(_NAVIGATES.match(line.text)) or (leads and not line.gap and is_titled(line))
        page += [] if leads else [line]
    return page


def below_letterhead(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines below the last one of an address, where a title stands there, and only who writes above."""
    ends = (n for n, line in enumerate(lines[:_MOST_OF_LETTERHEAD], 1) if _ADDRESS.fullmatch(line.text))
    end = max(ends, default=0)
    posts = [
        is_titled(line) and is_title(line.text) and (_names_post(line.text) or bool(find_ranks(line.text)))
        for line in lines
    ]
    senders = [_SENDER.fullmatch(line.text) is not None for line in lines[:end]]
    own = any(post and not sender for post, sender in zip(posts, senders, strict=False))
    return lines if own or not any(posts[end:]) else lines[end:]


def page_title(lines: Iterable[Line]) -> str | None:
    """Return the first line below the menus that can name a role, and is no force's name."""
    page = below_letterhead(below_menus(lines))
    titled = (line.text for line in page if is_titled(line) and not is_label(line.text))
    titles = (without_frame(text) for text in titled if is_title(text))
    return next((text for text in titles if is_title(text) and not force_in([text])), None)


def last_of_way(lines: Sequence[Line]) -> str | None:
    """Return where the way through a web page ends, which is the page itself: "Home > Jobs > Vetting Manager"."""
    below = {line.first for line in below_menus(lines)}
    ways = (_WAY.split(line.text)[-1] for line in reversed(lines) if line.first not in below or _WAY.search(line.text))
    return next((text for text in ways if is_title(text)), None)


def framed_title(lines: Iterable[Line]) -> str | None:
    """Return the first title that stands in the words of a paper: "Job description: ...", "Become a ..."."""
    page = below_letterhead(below_menus(lines))
    texts = (line.text for line in page if is_titled(line) and not _MENU.search(line.text))
    titled = takewhile(lambda text: not _names_ranks(text), texts)
    framed = ((title, text) for text in titled if (title := without_frame(text)) != _bare(_ASIDE.sub("", text)))
    sure = (title for title, text in framed if " | " not in text or _names_post(title) or find_ranks(title))
    return next((title for title in sure if is_title(title)), None)


def _names_one(text: str, organisation: str | None) -> bool:
    """Return whether a line names a rank in the singular: "Short interview with two Inspectors" is no title."""
    ranks = find_ranks(text, organisation)
    return bool(ranks) and not any(rank.text.endswith(("s", "S")) and rank.text.upper() != "PS" for rank in ranks)


def _first_title(plain: Sequence[str]) -> str:
    """Return the first line that names a role by its last words, or by standing alone at the top."""
    titles = [text for text in plain if is_title(text) and not text.endswith(":")]
    last = next((text for text in titles if _names_post(text)), None)
    named = last or next((text for text in titles if re.search(rf"\b{POST_NOUN}s?\b", text)), None)
    return named or next((text for text in titles if not force_in([text]) and not is_label(text)), "")


def _who_acts(statements: Iterable[str]) -> str:
    """Return who the first sentences on the role say does it."""
    for text in list(statements)[:_SENTENCES]:
        for sentence in split_sentences(text)[:2]:
            subject = _SUBJECT.match(sentence)
            named = _PHRASE.match(sentence[subject.end() :]) if subject else None
            if named:
                title = re.sub(r"s$", "", named["title"].strip())
                return "" if _NONE.fullmatch(stripped(title)) else title
    return ""
