"""A learner answers questions in the real course: by keyboard alone, in any window and theme."""

import math
import re

import pytest
from asked import CHOICE, ITEMS, LESSON, NUMBER, card, choose, progress, told
from course_page import windows

from lessons.grading import record
from lessons.grading.items import Choice

TOO_LOW = (
    "e => [...e.querySelectorAll('label:has(input[type=radio]), button:not([hidden]), input[type=text]')]"
    ".filter(n => n.checkVisibility() && n.getBoundingClientRect().height < 35).map(n => n.outerHTML.slice(0, 80))"
)


@pytest.fixture(scope="module")
def shared_page(browser, course):
    """The page of the questions, opened once for all tests here."""
    course.forget()
    with windows(browser, lambda: course) as open_page:
        yield open_page(LESSON).wait_until_started()


@pytest.fixture
def empty_cards(shared_page, own_record):
    """That page with nothing answered: as it opened, or started over after an earlier test."""
    page, quiz = shared_page, shared_page.panel.locator(".ror-quiz")
    progress(page).get_by_text(" of ").wait_for()
    if not progress(page).inner_text().startswith("0 of"):
        for _ in range(math.lcm(*(len(item.forms) for item in ITEMS)) - 1):
            record.start_over("03")  # so that the next time asks no variant, but the questions as they were written
        quiz.get_by_role("button", name="Start over").click()
        quiz.get_by_role("button", name="Yes, start over").click()
        progress(page).get_by_text("0 of").wait_for()
    yield page
    page.must_have_been_quiet()


def test_a_card_asks_natively_with_nothing_chosen(empty_cards):
    page = empty_cards
    for item in ITEMS:
        group = page.panel.get_by_role("group", name=item.stem)
        assert group.count() == 1
        assert group.get_by_role("button", name="Check").is_disabled()
        if isinstance(item, Choice):
            assert group.get_by_role("radio").count() == len(item.options)
            assert group.locator(":checked").count() == 0
        else:
            assert group.get_by_role("textbox", name=f"Your answer in {item.unit}").input_value() == ""


def test_a_choice_is_made_by_keyboard_moving_never_marks_and_enter_does(empty_cards):
    page = empty_cards
    keys = page.page.keyboard
    card(page, CHOICE).get_by_role("radio").first.focus()
    keys.press("Space")
    for _ in range(len(CHOICE.options)):
        keys.press("ArrowDown")
        page.page.wait_for_timeout(150)
        assert told(page, CHOICE).inner_text() == ""
    while page.page.evaluate("document.activeElement.value") != CHOICE.correct.id:
        keys.press("ArrowDown")
    keys.press("Enter")
    told(page, CHOICE).get_by_text("Right.").wait_for()
    assert CHOICE.explanation in told(page, CHOICE).inner_text()
    assert page.page.evaluate("document.activeElement.value") == CHOICE.correct.id, "the focus moved"
    keys.press("Tab")
    assert page.page.evaluate("document.activeElement.closest('.ror-sure') !== null")
    keys.press("Tab")
    assert page.page.evaluate("document.activeElement.textContent") == "Check"


def test_a_number_is_typed_echoed_and_marked_by_keyboard(empty_cards):
    page = empty_cards
    keys = page.page.keyboard
    card(page, NUMBER).get_by_role("textbox").focus()
    keys.type("4,800")
    card(page, NUMBER).get_by_text("could mean 4800 or 4.800").wait_for()
    keys.press("Enter")
    told(page, NUMBER).get_by_text("Not read.").wait_for()
    assert progress(page).inner_text().startswith("0 of")
    keys.press("Control+A")
    keys.type(f"{NUMBER.value} {NUMBER.unit}")
    card(page, NUMBER).get_by_text(f"Read as {NUMBER.value} {NUMBER.unit}.").wait_for()
    assert "Right." not in told(page, NUMBER).inner_text(), "the number was marked before Enter"
    keys.press("Enter")
    told(page, NUMBER).get_by_text("Right.").wait_for()
    assert re.match(r"1 of \d answered\. Saved \d\d:\d\d\.", progress(page).inner_text())


def test_answered_cards_are_accessible_and_fit_wide_and_narrow_in_both_themes(empty_cards):
    page = empty_cards
    for item in ITEMS:
        if isinstance(item, Choice):
            choose(page, item, item.options[ITEMS.index(item) % len(item.options)])
        else:
            card(page, item).get_by_role("textbox").fill("1,2 kg/cm2")
            card(page, item).get_by_role("textbox").press("Enter")
        told(page, item).locator("strong").wait_for()
    quiz = page.panel.locator(".ror-quiz")
    for width, theme in ((1280, "light"), (800, "dark")):
        page.page.emulate_media(color_scheme=theme)
        is_light = "true" if theme == "light" else "false"
        page.page.locator(f'body[data-jp-theme-light="{is_light}"]').wait_for(state="attached")
        page.page.set_viewport_size({"width": width, "height": 7000})
        page.page.wait_for_timeout(300)
        assert [found for found in page.violations() if "ror-quiz" in found or "ror-item" in found] == []
        assert quiz.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
        assert quiz.evaluate(TOO_LOW) == []
        quiz.screenshot(path=page.picture(f"questions {width} {theme}"))
