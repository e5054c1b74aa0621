"""Find what surrounds the text of a page or only serves it: navigation, banners, forms, scripts, what is hidden.

Tags and roles speak first, then how much of a block is links and where it stands; names of classes only support them.
What holds the page's title, its main part or most of its words stays, whatever its tag: an end tag may be missing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from loaders.formats.html_tree import SCRIPTS, UNSEEN, Element, Tree, names, walk

HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_EMBEDDED = names("iframe frame object embed applet video audio canvas svg map")
_CONTROLS = names("input select textarea datalist")
_WIDGETS = names("select textarea datalist meter progress")
_GROUPS = names("a article aside center div dl fieldset footer header ol menu p section span table tbody td tr ul")
_SECTIONS = names("article blockquote main section td")
_NAVIGATION_ROLES = names("navigation menu menubar toolbar doc-toc tree")
_WITHIN = frozenset([*HEADINGS, *_SECTIONS, "form", "summary", "dt"])

_NAVIGATION_NAMES = names(
    "nav navbar navigation subnav menu breadcrumb breadcrumbs crumbs sidebar pagination pager toolbar social toc"
)
_COOKIE_NAMES = names("cookie cookies consent gdpr")
_FOLDING_NAMES = names("accordion collapsible collapse expander disclosure")
_COOKIES, _COPYRIGHT = re.compile(r"\bcookies?\b", re.IGNORECASE), re.compile(r"©|\bcopyright\b", re.IGNORECASE)
_ANY = re.compile(r"\S")
_SHARING = re.compile(
    r"sharer|[/?&]share\b|sharearticle|/intent/|addtoany|addthis|//wa\.me/|whatsapp\.com/send|^mailto:\?|pin/create",
    re.IGNORECASE,
)
_SKIP = re.compile(r"(?:skip|jump|back|return) to\b", re.IGNORECASE)
_FOOT = re.compile(
    r"privacy|cookies?|accessibility|terms|site ?map|disclaimer|copyright|legal|modern slavery|freedom of information",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"[\s.…]*\d*$")

_ABOUT = "data about the page"
_MOSTLY = 0.5
"""Share of the words of a block that stand in links; prose of forces has up to 0.2."""
_MOST = 2 / 3
_FEWEST_OF_MOST = 100
_FEW, _SENTENCE, _FORM, _NOTICE = 3, 12, 40, 150
"""Words: of a label, of a line, of a form with its explanation, of a notice."""
_SMALL = 50


def leave_out(tree: Tree) -> Counter[str]:
    """Mark what is no part of a page's text; return how many of each kind there are."""
    page = _Page(tree)
    _set_tabs_above_their_parts(tree, page)
    _mark(tree, page.unread)
    tree.count_words()
    _mark(tree, page.surrounding)
    kinds = Counter(kind for one in _outermost(tree) if (kind := one.left_out))
    kinds["comment"], kinds[_ABOUT] = tree.comments, 0
    return +kinds


def _set_tabs_above_their_parts(tree: Tree, page: _Page) -> None:
    """Make a heading of each tab, above the part that it opens; a row of tabs would be read apart from the parts."""
    titled = set()
    for tab in tree.elements:
        for part in page.parts_opened(tab) if tab.role == "tab" and _is_small(tab) else ():
            if part.order not in titled and not part.order <= tab.order <= part.last:
                titled.add(part.order)
                tab.left_out = "tab, set above its part"
                begun = "".join(one for one, _ in islice(walk(part), _SMALL) if isinstance(one, str))
                if not " ".join(begun.split()).casefold().startswith(tab.text.casefold()):
                    part.children.insert(0, Element("h2", {}, part, part.order, children=[tab.text]))


def _mark(tree: Tree, kind: Callable[[Element], str]) -> None:
    for one in _outermost(tree):
        one.left_out = one.left_out or kind(one)


def _outermost(tree: Tree) -> Iterable[Element]:
    """Yield the elements, without those that stand in one that is left out."""
    after = 0
    for one in tree.elements[1:]:
        if one.order >= after:
            yield one
            after = one.last + 1 if one.left_out else after


class _Page:
    """What has to be known of the whole page before one of its elements can be judged."""

    def __init__(self, tree: Tree) -> None:
        elements = tree.elements
        self.all = elements[0]
        self.within = _within(elements)
        self.ids = {one.attributes["id"]: one for one in reversed(elements) if "id" in one.attributes}
        self.opened = {name for one in elements for name in _opened(one)}
        self.main = next((one for one in elements if one.tag == "main" or one.role == "main"), None)
        titles = [one for one in elements if one.tag == "h1" and one.words]
        self.title = next((one for one in titles if one.linked < one.words), titles[0] if titles else None)
        self.start = self._start(elements)
        self.beside_words = {one.order for one in elements if _says(one, _ANY)}
        links = [one for one in elements if one.tag == "a" and one.linked and "href" in one.attributes]
        headings = {_folded(one) for one in elements if one.tag in HEADINGS and _is_small(one)}
        self.links = _orders(links)
        self.to_headings = _orders(one for one in links if self._leads_to(one, headings))
        self.sharing = _orders(one for one in links if _SHARING.search(one.attributes["href"]))
        self.foot = _orders(one for one in links if _is_small(one) and _FOOT.search(one.text))
        self.facts = _orders(one for one in elements if one.tag in {"dl", "table"})
        self.controls = _orders(one for one in elements if one.tag in _CONTROLS)
        self.buttons = _orders(one for one in elements if _is_button(one) or one.tag in _CONTROLS)
        self.cookies = _orders(one for one in elements if _says(one, _COOKIES))
        self.copyright = _orders(one for one in elements if _says(one, _COPYRIGHT))

    def _start(self, elements: list[Element]) -> int:
        """Return where the text begins: at the title, else the main part, else the first sentence."""
        lines = (one for one in elements if one.tag in {"p", "li", "td", "dd"} and _own(one) >= _SENTENCE)
        first = self.title or self.main or next(lines, None)
        return first.order if first else 0

    def _leads_to(self, link: Element, headings: set[str]) -> bool:
        """Return whether a link leads to a heading of this page, whose words it has, or past the navigation."""
        if not link.attributes["href"].startswith("#") or not _is_small(link):
            return False
        return _folded(link) in headings or _SKIP.match(link.text) is not None

    def parts_opened(self, one: Element) -> Iterator[Element]:
        """Yield the parts of the page that it opens or leads to."""
        return (self.ids[name] for name in dict.fromkeys(_opened(one)) if name in self.ids)

    def unread(self, one: Element) -> str:
        """Return why an element is not read for itself, or nothing."""
        if one.tag in UNSEEN:
            return "script or style" if one.tag in SCRIPTS else _ABOUT
        if self._holds_text(one):
            return ""
        if one.tag in _EMBEDDED:
            return "embedded object"
        if one.tag in {"del", "s", "strike"}:
            return "struck-out text"
        is_button = self._is_label(one) or (_is_button(one) and not self._opens(one))
        if one.tag in _WIDGETS or (is_button and one.words <= _FORM):
            return "form or button"
        return "hidden part" if _is_hidden(one) and not self._is_shown_later(one) else ""

    def _is_label(self, one: Element) -> bool:
        if one.tag not in {"label", "legend"}:
            return False
        control = self.ids.get(one.attributes.get("for", ""))
        # Folding lists without a script are a box to tick with their title as its label.
        is_title = control is not None and control.attributes.get("type") in {"checkbox", "radio"}
        if is_title and "form" not in self.within[one.order]:
            return False
        around = one.parent if one.tag == "legend" and one.parent else one
        return _count(self.controls, around) > 0 or (control is not None and control.tag in _CONTROLS)

    def _opens(self, button: Element) -> bool:
        """Return whether a button is the title of a part that it opens."""
        is_title = self.within[button.order] & {*HEADINGS, "summary", "dt"}
        folds = "aria-expanded" in button.attributes or bool(_names(button) & _FOLDING_NAMES)
        return (
            bool(is_title)
            or (folds and _goes_on(button))
            or any(part.words and _share(part) < _MOSTLY for part in self.parts_opened(button))
        )

    def _is_shown_later(self, one: Element) -> bool:
        """Return whether something on the page opens it, as a list unfolds."""
        opened = one.attributes.get("id") in self.opened or one.role == "tabpanel"
        return opened and not _is_dialogue(one) and _share(one) < _MOSTLY

    def _holds_text(self, one: Element) -> bool:
        if any(part and one.order <= part.order <= one.last for part in (self.main, self.title)):
            return True
        return _own(one) >= max(_FEWEST_OF_MOST, _MOST * _own(self.all))

    def surrounding(self, one: Element) -> str:
        """Return what an element is, if it stands around the text of the page, or nothing."""
        if self._holds_text(one):
            return ""
        tag, role, of_page = one.tag, one.role, not self.within[one.order] & _SECTIONS
        is_navigation = tag == "nav" or role in _NAVIGATION_ROLES
        is_beside = tag == "aside" or role == "complementary"
        is_form = (tag in {"form", "search"} or role == "search") and _count(self.controls, one)
        kinds = {
            "dialogue": _is_dialogue(one),
            "cookie notice": self._is_cookie_notice(one),
            "navigation": is_navigation and (_share(one) >= _MOSTLY or _own(one) < _FORM),
            "page header": role == "banner" or (tag == "header" and of_page),
            "page footer": role == "contentinfo" or (tag == "footer" and of_page),
            "part beside the text": is_beside and self._is_beside(one, of_page=of_page),
            "form or button": is_form and _own(one) <= _FORM,
        }
        kind = next((kind for kind, fits in kinds.items() if fits), "")
        return kind or (self._by_links(one) if self._may_be_links(one) else "")

    def _is_cookie_notice(self, one: Element) -> bool:
        if not _count(self.cookies, one) or not _count(self.buttons, one):
            return False
        return bool(_names(one) & _COOKIE_NAMES) or (one.words <= _NOTICE and not self._is_in_main(one))

    def _is_beside(self, one: Element, *, of_page: bool) -> bool:
        is_form = _count(self.controls, one) > 0 and _own(one) <= _FORM
        return _share(one) >= _MOSTLY or is_form or (of_page and not _count(self.facts, one))

    def _is_in_main(self, one: Element) -> bool:
        return self.main is None or self.main.order <= one.order <= self.main.last

    def _may_be_links(self, one: Element) -> bool:
        if one.tag not in _GROUPS or self.within[one.order] & HEADINGS or 2 * _own(one) > _own(self.all):
            return False
        in_sentence = one.tag in {"a", "span"} and one.parent is not None and one.parent.order in self.beside_words
        return not in_sentence

    def _by_links(self, one: Element) -> str:
        links, share = _count(self.links, one), _share(one)
        if links and links == _count(self.sharing, one) and _own(one) <= _FEW:
            return "share links"
        if share >= _MOSTLY:
            if links == _count(self.to_headings, one):
                return "contents list"
            if one.last < self.start or not self._is_in_main(one) or _names(one) & _NAVIGATION_NAMES:
                return "navigation"
            if _count(self.foot, one) > 1:
                return "page footer"
        if "footer" in _names(one) and one.order > self.start and _count(self.copyright, one):
            return "page footer"
        is_widget = not self._is_in_main(one) and _count(self.buttons, one) and _own(one) <= _SENTENCE
        return "form or button" if is_widget else ""


def _within(elements: list[Element]) -> list[frozenset[str]]:
    """Return for each element which of the tags that matter it stands in."""
    within: list[frozenset[str]] = []
    for one in elements:
        above = within[one.parent.order] if one.parent else frozenset[str]()
        tag = "" if one.parent is None else one.parent.role if one.parent.role in _SECTIONS else one.parent.tag
        within.append(above | {tag} if tag in _WITHIN and tag not in above else above)
    return within


def _opened(one: Element) -> list[str]:
    """Return the ids of the parts that it opens or leads to."""
    names = one.attributes.get("aria-controls", "").split()
    places = (one.attributes.get(name, "") for name in ("href", "data-target", "data-bs-target"))
    return names + [place[1:] for place in places if place.startswith("#")]


def _is_dialogue(one: Element) -> bool:
    return one.tag == "dialog" or one.role in {"dialog", "alertdialog"}


def _is_hidden(one: Element) -> bool:
    if one.attributes.get("hidden", "until-found").lower() != "until-found":
        return True
    return one.style.get("display") == "none" or one.style.get("visibility") == "hidden"


def _is_button(one: Element) -> bool:
    return one.tag == "button" or one.role == "button"


def _goes_on(title: Element) -> bool:
    """Return whether text stands below a title, in what it is in."""
    beside = title.parent.children if title.parent else []
    below = [one for one in beside if isinstance(one, Element) and one.order > title.last]
    return bool(below) and below[0].words >= _FEW and _share(below[0]) < _MOSTLY


def _is_small(one: Element) -> bool:
    return one.last - one.order <= _SMALL


def _says(one: Element, words: re.Pattern[str]) -> bool:
    return any(isinstance(child, str) and words.search(child) for child in one.children)


def _folded(one: Element) -> str:
    return _PAGE_NUMBER.sub("", one.text.casefold())


def _names(one: Element) -> set[str]:
    """Return the words of its class, id and label: "mainNav-list" is main, nav and list."""
    names = " ".join(one.attributes.get(name, "") for name in ("class", "id", "aria-label"))
    return {name.lower() for name in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", names)}


def _own(one: Element) -> int:
    return one.words - one.linked


def _share(one: Element) -> float:
    return one.linked / one.words if one.words else 0.0


def _orders(elements: Iterable[Element]) -> list[int]:
    return [one.order for one in elements]


def _count(orders: list[int], one: Element) -> int:
    return bisect_right(orders, one.last) - bisect_left(orders, one.order)
