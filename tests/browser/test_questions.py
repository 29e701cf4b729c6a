"""What becomes of a learner's answers in the real course: through a restart, in two windows, on the start page."""

import json
import re

from asked import CHOICE, ITEMS, LESSON, NUMBER, answer, card, choose, progress, start_over, told

from lessons.grading import record
from lessons.grading.items import Choice

PLACE = ITEMS.index(NUMBER) + 1


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
    start_over(again)
    progress(again).get_by_text("0 of").wait_for()
    assert told(again, CHOICE).inner_text() == "" and card(again, CHOICE).locator(":checked").count() == 0
    kept = json.loads((own_record.record / "lesson_03.json").read_text("utf-8"))
    assert [event["raw"] for event in kept["events"] if event["kind"] == "answer"] == [wrong.id]


def test_starting_over_asks_a_number_in_its_next_variant_which_comes_back_with_its_answer(own_record, open_page):
    (_, plain), (name, variant), *_ = NUMBER.forms.items()
    page = open_page(LESSON, course=own_record).wait_until_started()
    assert card(page, variant).count() == 0
    answer(page, plain, plain.value)
    told(page, plain).get_by_text("Right.").wait_for()
    start_over(page)
    card(page, variant).wait_for()
    assert card(page, plain).count() == 0, "the question that was answered is still asked"
    place = page.panel.locator("form.ror-item legend").all_inner_texts().index(f"{PLACE}. {variant.stem}")
    assert place == PLACE - 1, "the next variant stands in another place"
    box = card(page, variant).get_by_role("textbox")
    assert box.input_value() == "" and told(page, variant).inner_text() == ""
    answer(page, variant, plain.value)
    told(page, variant).get_by_text("Not quite.").wait_for()  # the value of the question before is none of this one
    answer(page, variant, variant.value)
    told(page, variant).get_by_text("Right.").wait_for()
    page.open().wait_until_started()
    told(page, variant).get_by_text("Right.").wait_for()
    assert box.input_value() == variant.value and card(page, plain).count() == 0
    progress(page).get_by_text("1 of").wait_for()
    kept = json.loads((own_record.record / "lesson_03.json").read_text("utf-8"))["events"]
    answers = [(event["raw"], event.get("variant", "")) for event in kept if event["kind"] == "answer"]
    assert answers == [(plain.value, ""), (plain.value, name), (variant.value, name)]


def test_two_windows_on_one_page_lose_no_answer(own_record, open_page):
    one = open_page(LESSON, course=own_record).wait_until_started()
    other = open_page(LESSON, course=own_record).wait_until_started()
    choose(one, CHOICE, CHOICE.correct)
    told(one, CHOICE).get_by_text("Right.").wait_for()
    answer(other, NUMBER, NUMBER.value)
    told(other, NUMBER).get_by_text("Right.").wait_for()
    kept = json.loads((own_record.record / "lesson_03.json").read_text("utf-8"))
    assert {event["id"] for event in kept["events"] if event["kind"] == "answer"} == {CHOICE.id, NUMBER.id}


def test_the_start_page_ticks_a_finished_page_and_leads_back_to_it(own_record, open_page):
    page = open_page(LESSON, course=own_record).wait_until_started()
    for item in ITEMS:
        if isinstance(item, Choice):
            choose(page, item, item.options[0])
        else:
            answer(page, item, "1")
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
