"""The guide's page, in a real browser: on a screen and on a telephone, with script and without."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser

from queries.browser.guide import guide_steps, other_questions
from queries.browser.links import params_line
from queries.catalogue import questions
from tests.harness.chromium import Opened, opened_quietly
from tests.harness.commands import run
from tests.harness.contrast import least_contrast


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the pack."""
    folder = tmp_path_factory.mktemp("pack")
    found = run("browser-pack", str(folder / "pack.zip"))
    assert found.exit_code == 0, found.stderr
    return folder / "pack.html"


@pytest.fixture(params=["with script", "without script"])
def page(request: pytest.FixtureRequest, chromium: Browser, file: Path) -> Iterator[Opened]:
    """Open the page, and note what it asks the network for and what it complains of."""
    with opened_quietly(
        chromium,
        file.as_uri(),
        viewport={"width": 1280, "height": 900},
        java_script_enabled=request.param == "with script",
    ) as found:
        yield found


def test_the_page_is_silent_and_asks_for_nothing(page: Opened) -> None:
    """No request, no message on the console, no error; and a picture can be taken of it whole."""
    opened, heard = page
    picture = opened.screenshot(full_page=True)
    assert ([], b"\x89PNG") == (heard, picture[:4])


def test_each_step_has_a_heading_its_parameters_and_links_that_bring_its_texts(page: Opened) -> None:
    """Titles, parameters and texts are those of the catalogue; the form that is drawn comes first."""
    opened, _ = page
    shown = []
    for number in range(1, len(guide_steps()) + 1):
        step = opened.locator(f"#step-{number}")
        links = [link.get_attribute("href") or "" for link in step.locator(".open a").all()]
        texts = [parse_qs(urlsplit(link).query)["arg"][0] for link in links]
        shown.append((step.locator("h2").inner_text(), step.locator("pre").first.text_content(), texts))
    wanted = [
        (
            step.title,
            params_line(step.question.example),
            [form.text for form in (step.graph, step.question) if form is not None],
        )
        for step in guide_steps()
    ]
    assert wanted == shown


def test_all_other_questions_follow_with_their_parameters_and_links(page: Opened) -> None:
    """A new question stands there by itself."""
    opened, _ = page
    shown = []
    for part in opened.locator("#others details").all():
        hrefs = [link.get_attribute("href") or "" for link in part.locator(".open a").all()]
        texts = tuple(parse_qs(urlsplit(href).query)["arg"][0] for href in hrefs)
        shown.append((part.locator("summary").text_content(), part.locator("pre").first.text_content(), texts))
    wanted = [
        (
            entry.title,
            params_line(entry.question.example),
            tuple(form.text for form in (entry.graph, entry.question) if form is not None),
        )
        for _, entries in other_questions()
        for entry in entries
    ]
    assert (wanted, len(questions())) == (shown, len(shown) + len(guide_steps()))


def test_headings_are_in_order_and_the_language_is_said(page: Opened) -> None:
    """One first heading, and no level left out."""
    opened, _ = page
    levels = [int(tag[1]) for tag in opened.locator("h1, h2, h3, h4").evaluate_all("all => all.map(h => h.tagName)")]
    leaps = [(above, below) for above, below in pairwise(levels) if below > above + 1]
    assert ([], 1, 1, "en-GB") == (
        leaps,
        levels[0],
        levels.count(1),
        opened.locator("html").get_attribute("lang"),
    )


def test_no_two_links_are_called_alike(page: Opened) -> None:
    """Whoever hears the links alone knows which step they belong to."""
    opened, _ = page
    opened.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    names = opened.locator("a").all_inner_texts()
    assert len(names) == len(set(names))


def test_text_stands_out_from_what_is_behind_it(page: Opened) -> None:
    """WCAG AA asks for 4.5 to 1."""
    opened, _ = page
    assert least_contrast(opened, "h1, h2, h3, p, li, a, pre, code, summary, button") >= 4.5


def test_the_page_is_no_wider_than_a_phone(page: Opened) -> None:
    """Also with every text unfolded."""
    opened, _ = page
    opened.set_viewport_size({"width": 390, "height": 844})
    opened.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_text_can_be_copied_by_a_button_where_script_runs(page: Opened) -> None:
    """Without script there is no button that does nothing."""
    opened, _ = page
    buttons, texts = opened.locator("button"), opened.locator(".copied")
    if buttons.count() == 0:
        assert opened.locator("script").count() == 1
        return
    assert texts.count() == buttons.count()
    buttons.first.click()
    told_by = opened.locator("button", has_text="Copied").or_(opened.locator("button", has_text="Marked"))
    told_by.first.wait_for(timeout=5000)
    copied = opened.evaluate("getSelection().toString()") or texts.first.text_content()
    assert texts.first.text_content() == copied
