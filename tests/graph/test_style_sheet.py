"""The circles of the style sheet hold the names of ranks, whatever letters the analyst's machine has."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.nodes import Rank
from graph.style_sheet import style_sheet
from graph.text.captions import circle_caption
from tests.harness.captions import between, caption_lines
from tests.harness.loaded import reference


def _pixels(name: str) -> int:
    """Return a size in the rule of ranks."""
    rule = style_sheet().partition("node.Rank {")[2].partition("}")[0]
    return int(re.findall(rf"^  {name}: (\d+)px;$", rule, re.MULTILINE)[0])


RANKS = sorted(
    " ".join(str(getattr(node, name)) for name in Rank.caption.split())
    for node in reference().nodes
    if isinstance(node, Rank)
)


@pytest.mark.parametrize("share", [0, 0.25, 0.5, 0.75, 1, 1.1], ids="{:.0%}".format)
def test_the_name_of_every_rank_fits_its_circle(share: float) -> None:
    """In letters as wide as Arial's, as DejaVu Sans's and Verdana's, between them, and a little wider."""
    diameter, size = _pixels("diameter"), _pixels("font-size")
    measure = between(share, size)

    lines = {caption: caption_lines(caption, diameter, size, measure) for caption in RANKS}

    assert {caption: caption for caption in RANKS} == {
        caption: " ".join(found) if found else "cut" for caption, found in lines.items()
    }


@pytest.mark.parametrize(
    ("diameter", "share", "lines"),
    [
        (74, 1, None),
        (80, 1, ["Assistant", "Commissioner", "city"]),
        (96, 1, None),  # two words fit the middle line, which leaves the last one empty
        (96, 0, ["Assistant", "Commissioner city"]),
        (112, 0, ["Assistant Commissioner", "city"]),
        (112, 1, ["Assistant", "Commissioner city"]),
    ],
)
def test_a_wider_circle_can_cut_what_a_narrower_one_holds(diameter: int, share: float, lines: list[str] | None) -> None:
    """So no diameter may be taken for safe because it is large."""
    assert lines == caption_lines("Assistant Commissioner city", diameter, 10, between(share, 10))


WORDS = st.text("abcdefghijklmnopqrstuvwxyzABCMW-/.,'()0189", min_size=1, max_size=9)  # wider ones fit no circle
NAMES = st.lists(WORDS, min_size=1, max_size=40).map(" ".join)


@example("Implementation of counter-terrorism responsibilities: telecommunications data, superintendents", 1)
@example("met-deputy-assistant-commissioner-2021-pack.txt", 1)
@example("Executive leaders programme", 0.5)
@given(NAMES, st.sampled_from([0, 0.25, 0.5, 0.75, 1, 1.1]))
@settings(max_examples=150, deadline=None)
def test_a_circle_ends_at_a_word_whatever_the_name(name: str, share: float) -> None:
    """Browser cuts nothing of what it is given, in any letters; its words are the first of the name, or all."""
    caption = circle_caption(name)
    measure = between(share, _pixels("font-size"))
    lines = caption_lines(caption, _pixels("diameter"), _pixels("font-size"), lambda text: measure(_plain(text)))
    words = itertools.accumulate(re.findall(r"[^\s/_.-]*[/_.-]+|[^\s/_.-]+", name))
    shown = "".join(_plain(caption).split())
    assert lines is not None
    assert shown == "".join(name.split()) or shown in {f"{word.rstrip(' ,;:-')}…" for word in words}


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_caption_that_is_too_long_for_the_area_is_cut() -> None:
    """Browser counts signs first: as many as squares of the letters' size fill the circle."""
    words = ("on " * 40).strip()
    assert (None, words) == (
        caption_lines(words[:79], 100, 10, lambda _: 0.1),
        " ".join(caption_lines(words, 124, 10, lambda _: 0.1) or ()),
    )
