"""Shading for two treatments and committing it: on a page of its own, and on the course's first page as it is used."""

from __future__ import annotations

import pytest
from body_window import BodyWindow, body_windows

from lessons import benches
from lessons.grading import record
from lessons.interface.palette import COLOURS
from lessons.treated_body import chart

SHADED = {"release": ("nape-r", "shoulder_top_back-r"), "retention": ("nape-r", "nape-l", "shin-r")}
PIECES = 3  # neighbours are drawn as one
OUTLINES = """() => [...document.querySelectorAll('.ror-explorer .ror-plot')].flatMap((plot) =>
  [...plot.querySelectorAll('path.js-line')].filter((line) => line.style.strokeDasharray.includes('px'))
  .map((line) => [line.closest('.subplot').classList[1], line.getAttribute('d')]))"""
# Of both bodies, whether a region has another colour than at rest.
COLOURED = """(rest) => [...[...document.querySelectorAll('.ror-explorer')].at(-1).querySelectorAll('.subplot')]
  .map((plot) => [...plot.querySelectorAll('path.js-fill')].some((area) => getComputedStyle(area).fill !== rest))"""
REST = f"rgb({', '.join(str(int(COLOURS['light']['line'][i : i + 2], 16)) for i in (1, 3, 5))})"


class Shading(BodyWindow):
    """The prediction in its window, by mouse and by name."""

    def click(self, name):
        self.page.locator(f"polygon[data-region={name}]").click()
        return self.answer().shadings

    def turn(self, name):
        self.page.locator(".ror-plans label", has_text=name).click()
        return self.answer().plan

    def messages(self):
        """Hand the object what the page said, beyond what it set."""
        for message in self.page.evaluate("messages.splice(0)"):
            self.widget._handle_custom_msg(message, [])
        self.tell()


@pytest.fixture
def body(browser):
    with body_windows(browser, Shading, height=1200) as open_body:
        yield open_body


def test_each_treatment_has_its_own_shading_and_the_switch_says_how_much(body):
    page = body(benches.where_will_it_act())
    assert page.page.get_by_role("radio", name="Release").is_checked()
    assert page.click("nape-r") == {"release": {"nape-r": 1}, "retention": {}}
    assert page.turn("Retain") == "retention"
    assert page.page.locator(".ror-body-marks text").count() == 0, "a fresh body"
    page.click("shin-l")
    assert page.click("calf-l") == {"release": {"nape-r": 1}, "retention": {"shin-l": 1, "calf-l": 1}}
    assert page.page.locator(".ror-plans label").all_inner_texts() == ["Release (1 shaded)", "Retain (2 shaded)"]
    assert "4 needles stay" in page.page.locator(".ror-plan-does").inner_text()
    page.turn("Release")
    assert page.page.locator(".ror-body-marks text").count() == 1
    assert page.click("nape-r")["release"] == {}


def test_the_keyboard_alone_is_enough(body):
    page = body(benches.where_will_it_act())
    commit = page.page.get_by_role("button", name="Commit my prediction")
    assert commit.is_disabled()
    page.page.get_by_role("radio", name="Release").focus()
    page.page.keyboard.press("ArrowRight")
    assert page.answer().plan == "retention"
    page.page.get_by_text("List of the front").focus()
    page.page.keyboard.press("Enter")
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("Space")
    assert page.answer().shadings == {"release": {}, "retention": {"forehead-r": 1}}
    commit.focus()
    page.page.keyboard.press("Enter")
    page.messages()
    assert page.widget.committed
    assert record.prediction("00", "where-each-acts") == {"release": [], "retention": ["forehead-r"]}


def test_the_whole_body_is_one_press_for_one_treatment_and_one_press_takes_it_back(body):
    page = body(benches.where_will_it_act())
    page.turn("Retain")
    page.page.get_by_role("button", name="Shade the whole body").click()
    assert page.answer().shadings == {"release": {}, "retention": dict.fromkeys(chart().regions, 1)}
    assert page.page.get_by_role("status").filter(has_text="74 of 74 regions shaded").count() == 1
    page.page.get_by_role("button", name="Clear").click()
    assert page.answer().shadings == {"release": {}, "retention": {}}


def test_what_is_committed_at_once_after_a_click_is_what_was_clicked(body):
    """The message may overtake the state that was set a moment before, so it carries the answer."""
    page = body(benches.where_will_it_act())
    page.page.locator("polygon[data-region=nape-r]").click()
    page.page.get_by_role("button", name="Commit my prediction").click()
    page.messages()
    assert page.widget.shadings == {"release": {"nape-r": 1}, "retention": {}}


def test_a_committed_shading_stays_in_sight_for_both_and_cannot_be_changed(body):
    page = body(benches.where_will_it_act())
    page.click("nape-r")
    page.page.get_by_role("button", name="Commit my prediction").click()
    page.messages()
    assert not page.page.get_by_role("button", name="Commit").is_visible()
    assert page.page.get_by_text("Your prediction is kept.").is_visible()
    page.click("shin-l")
    assert page.widget.shadings == {"release": {"nape-r": 1}, "retention": {}}
    assert page.page.locator(".ror-body-marks text").count() == 1
    page.turn("Retain")
    assert page.page.locator(".ror-body-marks text").count() == 0
    assert page.page.get_by_role("img", name="Back").count() == 1


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (800, "dark"), (400, "light")])
def test_it_fits_every_width_and_axe_finds_nothing(body, width, theme):
    page = body(benches.where_will_it_act(), width, theme)
    page.click("nape-r")
    for summary in page.page.locator("summary:visible").all():
        summary.click()
    for _ in range(2):
        assert page.violations() == []
        assert page.page.evaluate("document.documentElement.scrollWidth") <= width
        heights = page.page.locator(".ror-plans label").evaluate_all("all => all.map((one) => one.offsetHeight)")
        assert min(heights) >= 44
        page.widget.commit({"release": {"nape-r": 1}})
        page.tell()


def shade(page):
    for name, ids in SHADED.items():
        page.panel.locator(".ror-plans label", has_text={"release": "Release", "retention": "Retain"}[name]).click()
        for id in ids:
            page.panel.locator(f".ror-body-map polygon[data-region={id}]").click()


def test_the_shading_is_kept_drawn_over_both_bodies_and_there_again_later(own_record, open_page):
    page = open_page("00_start_here", course=own_record, height=1200).wait_until_started()
    assert page.panel.get_by_text("This picture waits for your prediction above.").is_visible()
    shade(page)
    page.panel.get_by_role("button", name="Commit my prediction").click()
    page.panel.get_by_text("Release: you shaded 2 regions").wait_for()
    page.page.wait_for_function(f"({OUTLINES})().length === {PIECES}")
    drawn = page.page.evaluate(OUTLINES)
    assert {axes for axes, _ in drawn} == {"xy", "x2y2"}
    kept = record.prediction("00", "where-each-acts")
    assert {name: set(ids) for name, ids in kept.items()} == {name: set(ids) for name, ids in SHADED.items()}
    page.open().wait_until_started()
    page.panel.get_by_text("Release: you shaded 2 regions").wait_for()
    page.page.wait_for_function(f"({OUTLINES})().length === {PIECES}")
    assert page.page.evaluate(OUTLINES) == drawn
    assert not page.panel.get_by_role("button", name="Commit my prediction").is_visible()


def test_each_button_colours_its_body_and_the_clock_still_only_moves_the_drawing(own_record, open_page):
    page = open_page("00_start_here", course=own_record, height=1200).wait_until_started()
    shade(page)
    page.panel.get_by_role("button", name="Commit my prediction").click()
    page.page.wait_for_function(f"({OUTLINES})().length === {PIECES}")
    bodies = page.panel.locator(".ror-explorer").last
    release, retain = (bodies.get_by_role("button", name=name, exact=True) for name in ("Release", "Retain"))
    states = [(release.get_attribute("aria-pressed"), retain.get_attribute("aria-pressed"))]
    assert page.page.evaluate(COLOURED, REST) == [False, False], "both grey"
    for button, coloured in ((release, [True, False]), (retain, [True, True]), (release, [False, True])):
        button.click()
        page.page.wait_for_function(
            f"([rest, expected]) => String(({COLOURED})(rest)) === String(expected)", arg=[REST, coloured]
        )
        states.append((release.get_attribute("aria-pressed"), retain.get_attribute("aria-pressed")))
        assert len(page.page.evaluate(OUTLINES)) == PIECES, "the prediction stays"
    assert states == [("false", "false"), ("true", "false"), ("true", "true"), ("false", "true")]
    page.page.evaluate(
        "document.addEventListener('ror-painted', (e) => { if (e.detail.moved) window.moved_ = true; }, true)"
    )
    bodies.locator("input[data-name=clock]").press("ArrowRight")
    page.page.wait_for_function("window.moved_", timeout=5000)
    bodies.get_by_role("button", name="Reset", exact=True).click()
    page.page.wait_for_function(f"rest => !({COLOURED})(rest).some(Boolean)", arg=REST)
    assert release.get_attribute("aria-pressed") == retain.get_attribute("aria-pressed") == "false"


def test_who_is_not_sure_sees_the_bodies_too(own_record, open_page):
    page = open_page("00_start_here", course=own_record).wait_until_started()
    page.panel.get_by_role("button", name="Not sure, show me").click()
    page.panel.locator(".ror-explorer").last.locator(".ror-plot .main-svg").first.wait_for(timeout=30_000)
    assert page.panel.get_by_text("In the model: Release reaches").is_visible()
    assert page.page.evaluate(OUTLINES) == []
