"""Own words: in the real course from the first letter to starting over, and as a card of its own by keyboard alone."""

import json
import re
from importlib.resources import files

import pytest
from asked import CHOICE, LESSON, choose, progress, start_over, told
from question_cards import DARK, GRAVE, LOAD

from lessons import benches
from lessons.explanations import explanations
from lessons.grading import own_words

ASKED = next(one for one in explanations().values() if one.lesson == LESSON[:2])
POINTS = [point.text for point in ASKED.points]
NASTY = "It <img src=x onerror=\"alert('!')\"> hurts <b>less</b> soon. </textarea><script>alert(1)</script>"
TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
FOCUSED = "document.activeElement.tagName + ' ' + (document.activeElement.value || document.activeElement.textContent)"


def card(page):
    return page.panel.locator(".ror-own-words")


# ---- the real course ----


def test_words_and_ticks_outlive_the_window_and_starting_over_empties_the_card(own_record, open_page):
    page = open_page(LESSON, course=own_record).wait_until_started()
    box, compare = card(page).get_by_label("Your words"), card(page).get_by_role("button", name="Compare")
    compare.click()
    card(page).get_by_role("status").get_by_text("Write a sentence or two first. Then compare.").wait_for()
    assert not card(page).get_by_text(POINTS[0]).count()
    box.fill(NASTY)
    compare.click()
    card(page).get_by_text(ASKED.example).wait_for()
    card(page).get_by_role("checkbox", name=POINTS[1]).check()
    page.page.wait_for_timeout(500)
    assert page.violations() == []
    page.save()
    assert page.course.file_of(page.lesson).read_bytes() == page.written, "the page was saved with what was written"
    page.open().wait_until_started()
    card(page).get_by_text(ASKED.example).wait_for()
    assert box.input_value() == NASTY and card(page).locator("img, b, script").count() == 0
    ticked = [card(page).get_by_role("checkbox", name=text).is_checked() for text in POINTS]
    assert ticked == [False, True, False, False]
    assert card(page).get_by_role("status").inner_text() == ""
    choose(page, CHOICE, CHOICE.correct)
    told(page, CHOICE).get_by_text("Right.").wait_for()
    start_over(page)
    progress(page).get_by_text("0 of").wait_for()
    card(page).get_by_text(ASKED.example).wait_for(state="hidden")
    assert box.input_value() == "" and card(page).get_by_role("checkbox").count() == 0
    page.open().wait_until_started()
    card(page).get_by_role("button", name="Compare", exact=True).wait_for()
    assert box.input_value() == ""
    kept = json.loads((own_record.record / f"lesson_{ASKED.lesson}.json").read_text("utf-8"))["events"]
    assert own_words.PREFIX + ASKED.id in {event.get("id") for event in kept}, "starting over erased something"


def test_writing_moves_no_cell_and_runs_none(own_record, open_page):
    """JupyterLab has commands on single letters and on Enter with Shift, Control or Alt."""
    page = open_page(LESSON, course=own_record).wait_until_started()
    box = card(page).get_by_label("Your words")
    box.focus()
    cells = page.panel.locator(".jp-Cell").count()
    page.page.keyboard.type("abdxyz c\n")
    page.page.keyboard.press("Shift+Enter")
    page.page.keyboard.type("m0 ")
    page.page.keyboard.press("Alt+Enter")
    page.page.keyboard.press("Escape")
    page.page.keyboard.type("dd")
    page.page.wait_for_timeout(500)
    assert re.fullmatch(r"abdxyz c\n\nm0 \n?dd", box.input_value())
    assert page.panel.locator(".jp-Cell").count() == cells
    page.page.keyboard.press("Control+Enter")
    card(page).get_by_text(ASKED.example).wait_for()
    assert box.evaluate("box => box === document.activeElement")


# ---- a page of its own ----


class LiveCard:
    """A card with its kernel, which hears and answers whenever the test calls `exchange`."""

    def __init__(self, page):
        self.page, self.told = page, []
        self.kernel = benches.explain_it(ASKED.id)
        self.kernel.send = lambda content, buffers=None: self.told.append(json.loads(json.dumps(content)))
        page.evaluate(LOAD, [self.kernel._esm, self.kernel._css, self.kernel.asked])
        self.box, self.status = page.get_by_label("Your words"), page.get_by_role("status")
        self.exchange()

    def exchange(self):
        """Hand over what the page said and tell it the answers; gives the kinds of what it said."""
        said = self.page.evaluate("sent.splice(0)")
        for message in said:
            self.kernel._handle_custom_msg(message, [])
        while self.told:
            self.page.evaluate("message => tell(message)", self.told.pop(0))
        return [message["kind"] for message in said]

    def focused(self):
        return self.page.evaluate(FOCUSED)


@pytest.fixture
def live(empty_page):
    return LiveCard(empty_page)


def test_all_of_it_goes_by_keyboard_and_the_focus_stays(live):
    keys = live.page.keyboard
    live.box.focus()
    keys.type("It may hurt less soon.")
    keys.press("Tab")
    assert live.exchange() == ["write"] and live.focused() == "BUTTON Compare"
    keys.press("Enter")
    assert live.exchange() == ["compare"]
    assert live.focused() == "BUTTON Compare again" and "Now compare." in live.status.inner_text()
    for point in ASKED.points:
        keys.press("Tab")
        assert live.focused() == f"INPUT {point.id}"
    keys.press("Space")
    assert live.exchange() == ["tick"] and live.focused() == f"INPUT {ASKED.points[-1].id}"
    assert live.kernel.words == own_words.Words("It may hurt less soon.", (ASKED.points[-1].id,))


def test_prompt_box_points_and_status_have_names(live):
    page = live.page
    assert page.get_by_role("group", name=ASKED.prompt).get_by_role("textbox", name="Your words").count() == 1
    assert "Nobody marks or counts this." in page.locator(f"#{live.box.get_attribute('aria-describedby')}").inner_text()
    assert page.get_by_role("checkbox").count() == 0 and live.status.count() == 1
    live.box.fill("One.")
    page.get_by_role("button", name="Compare").click()
    live.exchange()
    points = page.get_by_role("group", name="A good explanation says this. What did you say?")
    assert points.get_by_role("checkbox").count() == len(POINTS)
    for text in POINTS:
        assert points.get_by_role("checkbox", name=f"I said this {text}").count() == 1


def test_who_has_written_nothing_is_told_so_each_time_and_the_kernel_is_not_asked(live):
    for text in ("", "  \n "):
        live.box.fill(text)
        live.page.get_by_role("button", name="Compare").click()
        assert live.status.inner_text() == "Write a sentence or two first. Then compare."
    assert "compare" not in live.exchange()


def test_more_than_fits_cannot_be_typed(live):
    live.box.fill("x" * (own_words.LONGEST - 1))
    live.box.press("End")
    live.page.keyboard.type("yyy")
    assert live.box.input_value().endswith("xy") and len(live.box.input_value()) == own_words.LONGEST


def test_what_is_restored_does_not_replace_what_is_being_written(live):
    live.box.fill("Begun.")
    live.kernel.write("Kept.")
    live.kernel._handle_custom_msg({"kind": "hello"}, [])
    live.page.evaluate("sent.splice(0)")
    live.exchange()
    assert live.box.input_value() == "Begun."


def test_a_stopped_kernel_is_said_and_the_words_stay(live):
    live.page.clock.install()
    live.box.fill("One.")
    live.page.get_by_role("button", name="Compare").click()
    live.page.clock.fast_forward(6500)
    assert "No answer yet." in live.status.inner_text() and live.box.input_value() == "One."


def test_what_the_kernel_refuses_is_said_and_stays(live):
    live.page.clock.install()
    live.box.evaluate(f"box => (box.value = 'x'.repeat({own_words.LONGEST} + 1))")  # as another browser may let it be
    live.page.get_by_role("button", name="Compare").click()
    live.exchange()
    live.page.clock.fast_forward(7000)
    assert live.status.inner_text().startswith(f"Shorten it to {own_words.LONGEST} characters")


def test_an_answer_in_time_is_not_followed_by_the_word_that_there_was_none(live):
    live.page.clock.install()
    live.box.fill("One.")
    live.page.get_by_role("button", name="Compare").click()
    live.exchange()
    live.page.clock.fast_forward(7000)
    assert "Now compare." in live.status.inner_text()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 800, 400])
def test_it_is_accessible_and_fits_wide_and_narrow_in_both_themes(live, theme, width):
    page = live.page
    page.set_viewport_size({"width": width, "height": 900})
    if theme == "dark":
        page.evaluate(DARK)
    live.box.fill(NASTY + "long" * 100)
    page.get_by_role("button", name="Compare").click()
    live.exchange()
    page.get_by_role("checkbox").first.check()
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    assert page.evaluate(GRAVE) == []
    assert not page.evaluate(TOO_WIDE)
    assert page.locator("main :is(img, b, script)").count() == 0
