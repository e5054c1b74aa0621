"""The words that say how a role stands to a body or to another rank: one declaration for each way of saying it."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from loaders.language.patterns import any_case

_OTHERS = r"(?:(?:\w+ly|together|alongside|in partnership|in close partnership|in conjunction)\s+)*"
_THE = r"(?:(?:the|a|an|any|our|its|his|her|their|other|fellow|both)\s+)*"


class Cue(NamedTuple):
    """One way of saying a relation: the words, what they may be followed by, and about whom."""

    kind: str
    words: re.Pattern[str]
    reach: Literal["next", "list"]
    ends: Literal["any", "body", "rank"] = "any"
    after: re.Pattern[str] | None = None
    about: re.Pattern[str] | None = None
    by_role: bool = False


def _cue(
    kind: str,
    words: str,
    *,
    reach: Literal["next", "list"] = "list",
    ends: Literal["any", "body", "rank"] = "any",
    after: str | None = None,
    about: str | None = None,
    by_role: bool = False,
) -> Cue:
    return Cue(
        kind,
        any_case(rf"(?<![\w-]){words}"),
        reach,
        ends,
        re.compile(after, re.IGNORECASE) if after else None,
        re.compile(about, re.IGNORECASE) if about else None,
        by_role,
    )


CUES: tuple[Cue, ...] = (
    _cue("ADVISES", r"(?:advis(?:e|es|ing)|provid(?:e|es|ing)(?:\s+\w+){0,3}?\s+advice\s+to)\s+"),
    _cue("LIAISES_WITH", r"(?:liais(?:e|es|ing)|(?:maintain|provid|conduct)\w*\s+liaison)\s+(?:\w+ly\s+)?with\s+"),
    _cue("COLLABORATES_WITH", r"in\s+(?:close\s+)?collaboration\s+with\s+"),
    _cue("COLLABORATES_WITH", r"collaborat(?:e|es|ing)\s+(?:\w+ly\s+)?with\s+"),
    _cue("COLLABORATES_WITH", r"work(?:s|ing)?\s+(?:\w+ly\s+)?(?:collaboratively|in\s+collaboration)\s+with\s+"),
    _cue("WORKS_WITH", rf"work(?:s|ing)?\s+(?!collaboratively|in\s+collaboration){_OTHERS}(?:with|alongside)\s+"),
    _cue("WORKS_WITH", r"in\s+(?:close\s+)?partnership\s+with\s+"),
    _cue("WORKS_WITH", r"engag(?:e|es|ing)\s+(?:\w+ly\s+)?with\s+", ends="body"),
    _cue(
        "WORKS_WITH",
        r"(?:develop|build|maintain|manag|strengthen|improv|foster|establish|sustain|creat)\w*\s+(?:and\s+\w+\s+)?(?:(?:an?|the)\s+)?(?:[\w-]+\s+){0,4}?"
        r"(?:relationships?|partnerships?|links?)\s+with\s+",
    ),
    _cue("SUPPORTS", rf"(?:support(?:s|ing)?|assist(?:s|ing)?)\s+{_THE}"),
    _cue(
        "MEMBER_OF",
        rf"(?:(?:as\s+)?(?:an?\s+)?(?:\w+\s+)?members?\s+of|as\s+(?:an?\s+\w+\s+)?part\s+of)\s+{_THE}",
        ends="body",
        reach="next",
    ),
    _cue("MEMBER_OF", rf"(?:sits?|sitting)\s+on\s+{_THE}", ends="body", reach="next"),
    _cue(
        "LEADS",
        rf"(?:lead(?:s|ing)?|head(?:s|ing)?)(?:,?\s+(?:and\s+)?(?:\w+ing|inspire|motivate|engage|develop|manage)\b,?)*\s+{_THE}",
        ends="body",
        reach="next",
    ),
    _cue(
        "INFORMS",
        r"provid(?:e|es|ing)\s+(?:[\w-]+\s+){0,4}?(?:information|updates|briefings?|assurance|reports?)\s+(?:\w+\s+){0,2}?to\s+",
    ),
    _cue(
        "INFORMS",
        rf"(?:brief(?:s|ing)?|inform(?:s|ing)?|updat(?:e|es|ing))\s+{_THE}",
        after=r"^\s*(?:$|[.,;)]|and\b|on\b|about\b|of\b|in\b|to\b|with\b)",
        reach="next",
    ),
    _cue(
        "INFORMS",
        rf"enabl(?:e|es|ing)\s+{_THE}",
        after=r"^\s+to\b",
        about=r"\b(?:information|intelligence|figures|data|evidence|findings|reports?|updates?|briefings?)\b",
        reach="next",
    ),
    _cue(
        "ACCOUNTABLE_TO",
        r"(?:accountab(?:le|ility)|answerable)\s+(?:\w+ly\s+|in\s+law\s+)*(?:(?:in\s+law\s+)?for\s+[^;.]{1,90}?,?\s+and,?\s+|for\s+[^;.,]{1,60}?\s+)?to\s+",
    ),
    _cue("ACCOUNTABLE_TO", r"(?:must|shall|will|to)\s+answer\s+to\s+"),
    _cue("ACCOUNTABLE_TO", r"held\s+to\s+account\s+by\s+"),
    _cue("ACCOUNTABLE_TO", r"responsible\s+(?:directly\s+)?to\s+", ends="any", reach="next"),
    _cue(
        "REPORTS_TO",
        r"report(?:s|ing)?\s+(?:directly\s+|functionally\s+|operationally\s+)?(?:in\s+)?to\s+",
        ends="any",
        reach="next",
    ),
    _cue(
        "REPORTS_TO",
        r"(?:your|the)\s+(?:immediate\s+)?(?:line\s+manager|supervisor)(?:\s+(?:for|of|in)\s+(?:this|the)\s+\w+)?"
        r"\s+(?:is|will\s+be)\s+",
        ends="any",
        reach="next",
        by_role=True,
    ),
    _cue("REPORTS_TO", r"(?:line[\s-]?managed|supervised|directly\s+managed)\s+by\s+", ends="any", reach="next"),
    _cue(
        "CONTRIBUTES_TO_INVESTIGATIONS_OF",
        r"(?:contribut(?:e|es|ing)\s+to|participat(?:e|es|ing)\s+in|support(?:s|ing)?|co-?operat(?:e|es|ing)\s+with|assist(?:s|ing)?(?:\s+with)?)\s+",
        ends="body",
        after=r"^(?:'s)?\s+(?:\w+\s+)?investigations?\b",
    ),
    _cue(
        "CONTRIBUTES_TO_INVESTIGATIONS_OF",
        rf"(?:contribut(?:e|es|ing)\s+to|support(?:s|ing)?)\s+(?:[\w-]+\s+){{0,4}}?investigations?\s+(?:by|of|led\s+by)\s+{_THE}",
        ends="body",
        reach="next",
    ),
    _cue(
        "LINE_MANAGES",
        r"(?:lines?[\s-]manag(?:e|es|ing)|(?:direct(?:ly)?\s+)?line[\s-]management\s+of|direct(?:ly)?\s+manag(?:e|es|ing))\s+",
    ),
    _cue("DEPUTISES_FOR", rf"deputi[sz](?:e|es|ing)\s+for\s+{_THE}", ends="rank"),
    _cue("INSPECTED_BY", rf"(?:inspected|subject\s+to\s+(?:regular\s+)?inspections?)\s+by\s+{_THE}", ends="body"),
    _cue("INVESTIGATED_BY", rf"(?<!be )(?<!if )investigated\s+by\s+{_THE}", ends="body"),
    _cue(
        "AUTHORISES_AS",
        rf"authorising\s+(?:responsibilities|powers|functions)\s+of\s+{_THE}",
        ends="rank",
        reach="next",
    ),
    _cue(
        "EXEMPTED_BY",
        rf"(?:at|by)\s+{_THE}",
        after=r"^(?:'s)?\s+discretion\b",
        about=r"\bexempt",
        by_role=True,
        reach="next",
    ),
    _cue("EXEMPTED_BY", rf"at\s+the\s+discretion\s+of\s+{_THE}", about=r"\bexempt", by_role=True, reach="next"),
    _cue(
        "APPOINTMENT_CONSULTS",
        rf"(?:have|having|has)\s+regard\s+to\s+(?:\w+\s+)?(?:recommendations?|representations?|views?)\s+(?:made\s+)?(?:by|of|from)\s+{_THE}",
        about=r"\bappoint",
        by_role=True,
        reach="next",
    ),
    _cue(
        "APPOINTMENT_CONSULTS",
        rf"(?:after|following|in|having)\s+(?:consult(?:ation|ing|ed)\s+)(?:with\s+)?{_THE}",
        about=r"\bappoint",
        by_role=True,
        reach="next",
    ),
    _cue(
        "RECOMMENDED_BY",
        rf"(?:on|following|after|upon)\s+(?:the|a)\s+recommendation\s+(?:made\s+)?(?:by|of|from)\s+{_THE}",
        about=r"\bappoint",
        by_role=True,
        reach="next",
    ),
    _cue(
        "APPOINTED_BY",
        rf"(?:appointed|appointments?\s+(?:will\s+be|is|are|to\s+be)\s+made)\s+by\s+{_THE}",
        by_role=True,
        reach="next",
    ),
    _cue(
        "SUSPENDED_BY",
        rf"(?:suspended|removed|called\s+upon\s+to\s+(?:resign|retire))\s+(?:from\s+office\s+)?by\s+{_THE}",
        by_role=True,
        reach="next",
    ),
)
