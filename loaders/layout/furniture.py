"""Set aside what a web page prints around its text: consent to cookies, ways through the site, places to share it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from loaders.language.patterns import any_case
from loaders.layout.lines import Line

_CONSENT = any_case(
    r"[^.]{0,60}\b(?:we|site|website|websites|page|you)\b.*\bcookies?\b.*",
    r"(?:these|some|other|[\w-]+(?: [\w-]+)?) cookies (?:allow|help|are|collect|enable|may|let|make|track)\b.*",
    r"(?:your |about |our |the )?cookies? (?:settings|preferences|policy|notice|list|details|consent|banner|choices)",
    r"cookies? (?:on|and) (?:this|our|your|the) .{3,40}|your (?:privacy|cookie) (?:choices|preferences|settings)",
    r"(?:(?:strictly|essential|necessary|non-?essential|performance|functional(?:ity)?|targeting|analytic(?:s|al)?"
    r"|marketing|advertising|statistics|statistical|preference|social media|third[- ]party)[/, ]*)+ cookies",
    r"(?:i )?(?:accept|reject|allow|refuse|decline|manage|use|customi[sz]e)(?: [\w-]+){0,3} cookies(?: settings)?",
    r"(?:we )?(?:value|respect|care about) your privacy|privacy preference cent(?:re|er)|powered by onetrust.*",
    r"manage (?:consent|cookie|privacy)(?: preferences| settings)?",
)
_CHOICE = any_case(
    r"(?:i |do not |don't )*(?:accept|reject|allow|decline|refuse|agree)"
    r"(?: (?:all|recommended|additional|non-essential|selected|settings|cookies|and close))*",
    r"(?:save|confirm)(?: and close)?(?: my| your)?(?: choices| preferences| settings)?|always active|on|off|close|ok",
    r"got it|necessary|functional|performance|targeting|statistics|marketing|preferences|settings|customi[sz]e|clear",
    r"(?:show|hide|view|read|find out|learn|more)(?: more)?(?: details| information| options| vendors)?|apply|cancel",
    r"back button|filter button|consent|leg\.? ?interest|checkbox label|label",
)
_PLACES = (
    r"(?:share on |share via |share by |tweet|follow us on )?(?:facebook|x|x \(twitter\)|twitter|x / twitter|linked-?in"
    r"|whatsapp|e-?mail|instagram|you ?tube|tik ?tok|threads|messenger|reddit|pinterest|snapchat|flickr|blue ?sky|sms"
    r"|nextdoor|telegram|copy(?: the)? link|print|more)"
)
_SHARES = (
    r"(?:share|tweet|follow us|connect with us)"
    r"(?: (?:this|the|with|on|via|your|a|page|job|vacancy|role|post|article|network|friend|social media))*:?"
)
_SHARING = any_case(_SHARES, _PLACES)
_SHARED = any_case(rf"(?:{_SHARES}\s+)?(?:{_PLACES}(?:[\s,|/•]+|$)){{2,}}|{_SHARES}\s+{_PLACES}")
_WAY = any_case(
    r"home|jobs|careers|vacancies|news|contact(?: us)?|about us|search(?: jobs)?|menu|(?:log|sign) ?(?:in|out)",
    r"accessibility|privacy(?: notice| policy)?|terms of use|cookies?(?: policy| notice)?|site ?map|help|faqs?",
    r"(?:current|all|latest) vacancies|job alerts|my account|sign up|your area|events",
)
_DEED = any_case(
    r"(?:<\s*)?(?:back|return) to (?:the )?(?:(?:all|search|list|our|job) )*"
    r"(?:results|jobs|vacancies|list|listings|search|top|home ?page)",
    r"apply (?:now|online|here|for (?:this|the) (?:job|role|vacancy|post))|skip to .{3,30}",
    r"(?:save|print|e-?mail|bookmark|download)(?: this)? (?:job|vacancy|page|advert)(?: to a friend)?",
    r"(?:create|set up|sign up (?:for|to)|get)(?: an?| e-?mail| job)* alerts?|(?:previous|next) (?:job|vacancy)",
    r"(?:view|see) (?:all|more|similar|other) (?:jobs|vacancies)",
)
_FEWEST = 2


def without_furniture(lines: Sequence[Line]) -> tuple[tuple[Line, ...], list[Line]]:
    """Return the lines of a document and, apart from them, what is known to stand around the text of a web page.

    What a text may say too, such as "Contact us", is furniture only where several such lines follow each other.
    """
    kept: list[Line] = []
    aside: list[Line] = []
    for kind, run in groupby(lines, key=_kind):
        together = list(run)
        (aside if kind and _is_known(kind, together) else kept).extend(together)
    return tuple(kept), aside


def _kind(line: Line) -> str:
    """Return of which furniture a line may be: lines of one kind that follow each other are one piece of it."""
    kinds = (("deed", _DEED), ("shared", _SHARED), ("sharing", _SHARING), ("way", _WAY))
    consent = () if line.mark else (("consent", _CONSENT), ("consent", _CHOICE))
    found = (kind for kind, pattern in (*kinds, *consent) if pattern.fullmatch(line.text))
    return "" if line.cell else next(found, "")


def _is_known(kind: str, lines: Sequence[Line]) -> bool:
    if kind == "consent":
        return sum(bool(_CONSENT.fullmatch(line.text)) for line in lines) >= _FEWEST
    listed = kind == "way" and any(line.mark for line in lines)
    first = not listed or lines[0].text.casefold() == "home"
    return kind in {"deed", "shared"} or (len(lines) >= _FEWEST and first)
