"""A learner answers questions in the real course: by keyboard alone, through a restart, in two windows."""

import json
import re

from lessons.grading import record
from lessons.grading.bank import banks
from lessons.grading.items import Choice, Numeric

LESSON = "03_release"
ITEMS = list(banks()["03"].items.values())
CHOICE = next(item for item in ITEMS if isinstance(item, Choice))
NUMBER = next(item for item in ITEMS if isinstance(item, Numeric))
TOO_LOW = (
    "e => [...e.querySelectorAll('label:has(input[type=radio]), button:not([hidden]), input[type=text]')]"
    ".filter(n => n.checkVisibility() && n.getBoundingClientRect().height < 35).map(n => n.outerHTML.slice(0, 80))"
)


def card(page, item):
    """The card of a question."""
    return page.panel.locator("form.ror-item").filter(has=page.page.locator("legend", has_text=item.stem))


def told(page, item):
    return card(page, item).get_by_role("status")


def choose(page, item, option):
    card(page, item).get_by_role("radio", name=option.text).check()
    card(page, item).get_by_role("button", name="Check").click()


def progress(page):
    return page.panel.locator(".ror-progress")


def test_a_card_asks_natively_with_nothing_chosen(open_page):
    page = open_page(LESSON).wait_until_started()
    for item in ITEMS:
        group = page.panel.get_by_role("group", name=item.stem)
        assert group.count() == 1
        assert group.get_by_role("button", name="Check").is_disabled()
        if isinstance(item, Choice):
            assert group.get_by_role("radio").count() == len(item.options)
            assert group.locator(":checked").count() == 0
        else:
            assert group.get_by_role("textbox", name=f"Your answer in {item.unit}").input_value() == ""


def test_a_choice_is_made_by_keyboard_moving_never_marks_and_enter_does(own_record, open_page):
    page = open_page(LESSON, course=own_record).wait_until_started()
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
    assert page.page.evaluate("document.activeElement.textContent") == "Check"


def test_a_number_is_typed_echoed_and_marked_by_keyboard(own_record, open_page):
    page = open_page(LESSON, course=own_record).wait_until_started()
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


def test_answers_outlive_a_restart_and_a_closed_window_and_starting_over_empties_the_cards(own_record, open_page):
    wrong = next(option for option in CHOICE.options if not option.correct)
    page = open_page(LESSON, course=own_record).wait_until_started()
    choose(page, CHOICE, wrong)
    told(page, CHOICE).get_by_text(wrong.feedback).wait_for()
    page.restart_kernel()
    page.state("restarted")
    page.panel.get_by_role("button", name="Start again").click()
    page.wait_until_started()
    told(page, CHOICE).get_by_text(wrong.feedback).wait_for()
    page.close()
    again = open_page(LESSON, course=own_record).wait_until_started()
    told(again, CHOICE).get_by_text(wrong.feedback).wait_for()
    assert card(again, CHOICE).get_by_role("radio", name=wrong.text).is_checked()
    again.panel.locator(".ror-quiz").get_by_role("button", name="Start over").click()
    again.panel.locator(".ror-quiz").get_by_role("button", name="Yes, start over").click()
    progress(again).get_by_text("0 of").wait_for()
    assert told(again, CHOICE).inner_text() == "" and card(again, CHOICE).locator(":checked").count() == 0
    kept = json.loads((own_record.record / "lesson_03.json").read_text("utf-8"))
    assert [event["raw"] for event in kept["events"] if event["kind"] == "answer"] == [wrong.id]


def test_two_windows_on_one_page_lose_no_answer(own_record, open_page):
    one = open_page(LESSON, course=own_record).wait_until_started()
    other = open_page(LESSON, course=own_record).wait_until_started()
    choose(one, CHOICE, CHOICE.correct)
    told(one, CHOICE).get_by_text("Right.").wait_for()
    card(other, NUMBER).get_by_role("textbox").fill(NUMBER.value)
    card(other, NUMBER).get_by_role("button", name="Check").click()
    told(other, NUMBER).get_by_text("Right.").wait_for()
    kept = json.loads((own_record.record / "lesson_03.json").read_text("utf-8"))
    assert {event["id"] for event in kept["events"] if event["kind"] == "answer"} == {CHOICE.id, NUMBER.id}


def test_the_start_page_ticks_a_finished_page_and_leads_back_to_it(own_record, open_page):
    page = open_page(LESSON, course=own_record).wait_until_started()
    for item in ITEMS:
        if isinstance(item, Choice):
            choose(page, item, item.options[0])
        else:
            card(page, item).get_by_role("textbox").fill("1")
            card(page, item).get_by_role("button", name="Check").click()
        page.panel.locator(f"form.ror-item[data-status] legend:has-text({json.dumps(item.stem)})").wait_for()
    progress(page).get_by_text(f"{len(ITEMS)} of {len(ITEMS)} answered").wait_for()
    page.close()
    start = open_page("00_start_here", course=own_record).wait_until_started()
    row = start.panel.locator(".ror-pages li", has_text="Release:")
    assert "done" in row.inner_text() and row.get_by_title("all questions answered").count() == 1
    start.picture("00 with a finished page")
    loaded = []
    start.page.on("load", lambda _: loaded.append("JupyterLab was loaded anew"))
    start.panel.get_by_role("link", name="03 Release: the twitch and the reset").click()
    start.page.wait_for_url(re.compile("03_release.ipynb"))
    start.lesson = LESSON
    start.panel.locator(".jp-MarkdownOutput h1", has_text="Release").wait_for()
    start.wait_until_started()
    assert told(start, NUMBER).inner_text() != ""
    assert loaded == []


def test_the_start_page_notices_what_was_answered_while_it_stayed_open(own_record, open_page):
    start = open_page("00_start_here", course=own_record).wait_until_started()
    row = start.panel.locator(".ror-pages li", has_text="Release:")
    row.scroll_into_view_if_needed()
    assert f"0 of {len(ITEMS)} questions" in row.inner_text()
    record.save_answer("03", CHOICE.id, CHOICE.correct.id, "correct")
    start.panel.locator("h1").first.scroll_into_view_if_needed()
    start.page.wait_for_timeout(500)
    row.scroll_into_view_if_needed()
    row.get_by_text(f"1 of {len(ITEMS)} questions").wait_for()


def test_answered_cards_are_accessible_and_fit_wide_and_narrow_in_both_themes(own_record, open_page):
    page = open_page(LESSON, course=own_record).wait_until_started()
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
