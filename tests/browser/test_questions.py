"""What becomes of a learner's answers in the real course: through a restart, in two windows, on the start page."""

import json
import re

from asked import CHOICE, ITEMS, LESSON, NUMBER, card, choose, progress, told

from lessons.grading import record
from lessons.grading.items import Choice


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
