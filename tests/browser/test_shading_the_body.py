"""The body chart on a page of its own: click, list and theme, with the real object behind it and no kernel."""

from __future__ import annotations

import pytest
from body_to_shade import to_shade
from body_window import BodyWindow, body_windows

from lessons.benches.the_body import MARAS_PAIN, mara
from lessons.interface.body_map import BodyMap
from lessons.interface.palette import COLOURS
from lessons.treated_body import chart

CYCLE = [1, 2, 3, None]


class Body(BodyWindow):
    """A chart to shade, in its window."""

    def answer(self):
        """Gives the shades."""
        return super().answer().shades

    def region(self, name):
        return self.page.locator(f"polygon[data-region={name}]")

    def fill(self, name):
        """The colour of a region as the browser draws it."""
        return self.region(name).evaluate("shape => getComputedStyle(shape).fill")

    def click(self, name):
        """Click where the region's name would stand."""
        x, y = next(area["point"] for area in self.widget.areas if area["id"] == name)
        self.region(name).scroll_into_view_if_needed()
        at = self.region(name).evaluate(
            "(shape, [x, y]) => (({ x: left, y: top }) => [left, top])"
            "(new DOMPoint(x, y).matrixTransform(shape.getScreenCTM()))",
            [x, y],
        )
        self.page.mouse.click(*at)


@pytest.fixture
def body(browser):
    with body_windows(browser, Body) as open_body:
        yield open_body


def test_a_click_goes_through_the_steps_and_back_to_nothing(body):
    page = body(to_shade())
    at_rest = page.fill("nape-r")
    seen = set()
    for step in CYCLE:
        page.click("nape-r")
        assert page.answer().get("nape-r") == step
        seen.add(page.fill("nape-r"))
    assert at_rest in seen and len(seen) == 4
    assert page.fill("nape-l") == at_rest


def test_each_region_is_what_lies_where_its_label_would_stand(body):
    page = body(to_shade())
    page.page.set_viewport_size({"width": 1280, "height": 1100})
    hit = page.page.evaluate(
        """areas => areas.map(({ id, point: [x, y] }) => {
          const shape = document.querySelector(`polygon[data-region=${id}]`);
          const at = new DOMPoint(x, y).matrixTransform(shape.getScreenCTM());
          return document.elementFromPoint(at.x, at.y).dataset.region;
        })""",
        page.widget.areas,
    )
    assert hit == list(chart().regions)


def test_chart_and_list_always_agree(body):
    page = body(to_shade())
    page.page.get_by_text("List of the back").click()
    listed = page.page.get_by_label("right side of the neck, back")
    page.click("nape-r")
    assert listed.locator("option:checked").inner_text() == "a little"
    listed.select_option("strongly")
    assert page.answer() == {"nape-r": 3}
    assert page.page.get_by_text("List of the back (1 shaded)").is_visible()
    assert page.page.locator(".ror-body-marks text").all_text_contents() == ["3"]
    page.widget.shades = {"nape-r": 2}
    page.tell()
    assert listed.locator("option:checked").inner_text() == "clearly"
    assert page.page.get_by_role("status").first.inner_text() == "1 of 74 regions shaded"


def test_the_keyboard_alone_is_enough(body):
    page = body(to_shade())
    assert page.page.locator("svg [tabindex], svg a").count() == 0
    page.page.get_by_text("List of the front").focus()
    page.page.keyboard.press("Enter")
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("ArrowDown")
    assert page.answer() == {"forehead-r": 1}
    assert page.page.locator(".ror-body-name").inner_text() == "Right forehead and temple: a little"


def test_with_one_word_the_list_has_boxes(body):
    page = body(BodyMap(chart().regions.values(), "Where?", words=("expected",), clickable=True))
    page.page.get_by_text("List of the front").click()
    box = page.page.get_by_role("checkbox", name="right shin")
    assert page.page.get_by_role("checkbox", checked=True).count() == 0
    box.check()
    assert page.answer() == {"shin-r": 1}
    page.click("shin-r")
    assert page.answer() == {} and not box.is_checked()


def test_clear_and_copy_do_what_they_say_and_rest_when_there_is_nothing_to_do(body):
    page = body(to_shade())
    clear = page.page.get_by_role("button", name="Clear")
    copy = page.page.get_by_role("button", name="Copy right to left")
    page.widget.shades = {"shin-l": 1, "calf-l": 3}
    page.tell()
    assert copy.get_attribute("aria-disabled") == "true", "nothing on the right would wipe out the left"
    copy.click(force=True)
    assert page.answer() == {"shin-l": 1, "calf-l": 3}
    page.widget.shades = {"shin-l": 1, "nape-r": 3, "palm-r": 2}
    page.tell()
    copy.click()
    assert page.answer() == {"nape-r": 3, "nape-l": 3, "palm-r": 2, "palm-l": 2}
    clear.focus()
    page.page.keyboard.press("Enter")
    assert page.answer() == {} and clear.get_attribute("aria-disabled") == "true"
    assert page.page.evaluate("document.activeElement.textContent") == "Clear"


@pytest.mark.parametrize("widget", [mara, to_shade])
def test_r_and_l_are_the_patients_in_both_views(body, widget):
    page = body(widget())
    for view, viewers_left in (("Front", "R"), ("Back", "L")):
        drawn = page.page.locator("figure", has_text=view)
        letters = {t.text_content(): t.bounding_box()["x"] for t in drawn.locator(".ror-body-letters text").all()}
        assert set(letters) == {"R", "L"} and min(letters, key=letters.get) == viewers_left
        box = drawn.locator("svg").bounding_box()
        middle = box["x"] + box["width"] / 2
        for letter in "RL":
            shapes = drawn.locator(f"polygon[data-region$='-{letter.lower()}']")
            middles = shapes.evaluate_all(
                "all => all.map((one) => one.getBoundingClientRect()).map((box) => box.x + box.width / 2)"
            )
            assert len(middles) in (18, 19)
            assert {own < middle for own in middles} == {letters[letter] < middle}


def test_a_still_chart_is_an_image_with_a_name_and_a_description(body):
    page = body(mara())
    back = page.page.get_by_role("img", name="Back")
    described = page.page.locator(f"#{back.get_attribute('aria-describedby')}").evaluate("d => d.textContent")
    for words in ("top of the right shoulder, back: strong", "back of the head, right side: mild"):
        assert words in described
    assert page.page.get_by_text("Shaded: top of the right shoulder, back (strong)").is_visible()
    page.click("nape-r")
    assert page.page.evaluate("sent") == []
    assert page.page.locator(".ror-body-name").inner_text() == "Right side of the neck, back: moderate"
    controls = page.page.locator("select, input, button").all()
    assert [one.inner_text() for one in controls if one.is_visible()] == ["Back to how she came"]


def test_the_prediction_stays_drawn_over_what_is_compared(body):
    page = body(to_shade())
    page.click("nape-r")
    page.answer()
    page.widget.compare({"head_back-r": 2})
    page.tell()
    own = page.page.locator(".ror-body-own polygon:not(.ror-body-halo)")
    assert own.count() == 1 and own.get_attribute("points") == page.region("nape-r").get_attribute("points")
    assert page.fill("nape-r") == page.fill("calf-l") != page.fill("head_back-r")
    assert page.page.get_by_role("status").nth(0).inner_text().endswith("overlap 0.00 of 1.")
    page.region("nape-r").hover()
    assert (
        page.page.locator(".ror-body-name").inner_text() == "Right side of the neck, back: you a little, the model none"
    )
    page.click("calf-l")
    assert page.answer() == {"nape-r": 1}, "a prediction that was compared stays"
    assert page.page.get_by_role("img", name="Back").count() == 1


def test_the_theme_is_followed_live(body):
    page = body(mara())
    light = page.fill("shoulder_top_back-r")
    page.follow("dark")
    page.page.wait_for_timeout(50)
    for theme, drawn in (("light", light), ("dark", page.fill("shoulder_top_back-r"))):
        hexadecimal = COLOURS[theme]["blood"]
        assert drawn == f"rgb({', '.join(str(int(hexadecimal[i : i + 2], 16)) for i in (1, 3, 5))})"


def test_two_charts_on_a_page_share_no_id(body):
    page = body(mara())
    page.load()
    ids = page.page.evaluate("[...document.querySelectorAll('main [id]')].map((node) => node.id)")
    assert len(ids) > 2 * len(chart().regions) and len(set(ids)) == len(ids)


def test_what_data_say_is_shown_as_text(body):
    tag = "<img src=x onerror=alert(1)>"
    regions = [region._replace(label=f"{region.label} {tag}") for region in chart().regions.values()]
    muscle = next(iter(chart().muscles.values()))._replace(name=tag)
    page = body(BodyMap(regions, tag, MARAS_PAIN, words=(tag, "b", "c"), clickable=True, muscle=muscle))
    page.region("nape-r").hover()
    assert page.page.locator("img").count() == 0 and tag in page.page.locator(".ror-body-name").inner_text()


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (800, "dark"), (400, "light"), (400, "dark")])
def test_it_fits_every_width_and_axe_finds_nothing(body, width, theme):
    for widget in (mara, to_shade):
        page = body(widget(), width, theme)
        for summary in page.page.locator("summary:visible").all():
            summary.click()
        assert page.violations() == []
        assert page.page.evaluate("document.documentElement.scrollWidth") <= width
        front, back = (page.page.locator("figure").nth(i).bounding_box() for i in (0, 1))
        stacked = back["y"] > front["y"]
        assert stacked == (width == 400 and widget is to_shade)
        if widget is to_shade:
            a_thousandth = page.page.locator("svg").first.bounding_box()["width"] / 466
            assert 30 * a_thousandth >= 24, "the smallest region"
            rows = page.page.locator(".ror-body-row")
            assert rows.evaluate_all("rows => Math.min(...rows.map((row) => row.offsetHeight))") >= 24


def test_a_name_stands_beside_its_region_and_within_the_drawing(body):
    page = body(to_shade(), width=400)
    for name in ("forehead-r", "palm-r", "hand_back-r", "heel-l"):
        page.region(name).hover()
        told, region = page.page.locator(".ror-body-name").bounding_box(), page.region(name).bounding_box()
        drawing = page.page.locator(".ror-body-views").bounding_box()
        assert told["x"] >= drawing["x"] and told["x"] + told["width"] <= drawing["x"] + drawing["width"] + 1
        assert told["y"] >= drawing["y"]
        assert told["y"] + told["height"] <= region["y"] or told["y"] >= region["y"] + region["height"]


def test_a_closed_chart_hears_nothing_more(body):
    page = body(mara())
    page.page.evaluate("leave()")
    page.widget.shades = {}
    page.tell()
    assert page.page.locator(".ror-body-marks text").count() == len(MARAS_PAIN)
