"""The chart of muscles on a page of its own: each can be clicked, named and chosen from the list, on its own side."""

from __future__ import annotations

import json

import pytest
from body_window import body_windows
from course_page import LESSONS

from lessons import benches
from lessons.interface.body_map import capital
from lessons.interface.muscle_map import MuscleMap
from lessons.treated_body import chart

MUSCLES = chart().muscles
# Where in a muscle a click finds it: [x, y, its place among the muscles there, 0 on top]; of the places where it lies
# highest the middle one, away from its edge.
PLACES = """() => Object.fromEntries([...document.querySelectorAll('polygon[data-muscle]')].map((shape) => {
  const box = shape.getBBox(), turn = shape.getScreenCTM(), found = [];
  for (let i = 1; i < 24; i++) for (let j = 1; j < 24; j++) {
    const own = new DOMPoint(box.x + box.width * i / 24, box.y + box.height * j / 24);
    if (!shape.isPointInFill(own)) continue;
    const at = own.matrixTransform(turn);
    const there = document.elementsFromPoint(at.x, at.y).filter((node) => node.dataset.muscle);
    found.push([at.x, at.y, there.indexOf(shape)]);
  }
  const highest = found.filter(([, , depth]) => depth === Math.min(...found.map(([, , depth]) => depth)));
  return [shape.dataset.muscle, highest[Math.floor(highest.length / 2)]];
}))"""


@pytest.fixture
def body(browser):
    with body_windows(browser, height=1100) as open_body:
        yield open_body


def name(page):
    return page.page.locator(".ror-body-name").inner_text()


def test_every_muscle_of_both_sides_is_named_and_chosen_where_it_lies(body):
    page = body(benches.muscles(""))
    places = page.page.evaluate(PLACES)
    assert set(places) == set(MUSCLES)
    assert {depth for _, _, depth in places.values()} == {0}, "each can be clicked at once"
    for id, (x, y, _) in places.items():
        page.page.mouse.move(5, 5)
        page.page.mouse.move(x, y)
        assert name(page).startswith(capital(MUSCLES[id].name))
        page.page.mouse.click(x, y)
        assert page.answer().chosen == id
        assert page.page.locator(".ror-muscle-name").inner_text().lower() == MUSCLES[id].name.lower()
        outlined = page.page.evaluate(
            "[...document.querySelectorAll('.ror-muscle-chosen polygon:not(.ror-body-halo)')]"
            ".map((one) => one.getAttribute('points')).filter(Boolean)"
        )
        assert outlined == [page.page.locator(f"polygon[data-muscle={id}]").get_attribute("points")]


def test_every_muscle_is_drawn_on_the_patients_side_in_the_view_in_which_it_is_needled(body):
    page = body(benches.muscles())
    for view, viewers_left in (("Front", "right"), ("Back", "left")):
        drawn = page.page.locator("figure", has=page.page.locator("figcaption", has_text=view))
        box = drawn.locator("svg").bounding_box()
        middle = box["x"] + box["width"] / 2
        letters = {
            text.text_content(): text.bounding_box()["x"] for text in drawn.locator(".ror-body-letters text").all()
        }
        assert min(letters, key=letters.get) == viewers_left[0].upper()
        boxes = drawn.locator("polygon[data-muscle]").evaluate_all(
            "all => all.map((one) => [one.dataset.muscle, one.getBoundingClientRect()])"
            ".map(([id, box]) => [id, box.left, box.right])"
        )
        here = {id for id, muscle in MUSCLES.items() if muscle.view == view.lower()}
        assert {id for id, _, _ in boxes} == here
        for id, left, right in boxes:
            assert right <= middle + 1 if MUSCLES[id].side == viewers_left else left >= middle - 1


def test_a_second_click_at_the_same_place_goes_one_deeper_and_another_place_starts_on_top(body):
    page = body(benches.muscles(""))
    places = page.page.evaluate(PLACES)
    x, y, _ = places["rhomboids-r"]
    deep = page.page.evaluate(
        "([x, y]) => document.elementsFromPoint(x, y).map((node) => node.dataset.muscle).filter(Boolean)", [x, y]
    )
    assert len(deep) >= 2 and deep[0] == "rhomboids-r"
    page.page.mouse.move(x, y)
    assert name(page).endswith(f"(and {len(deep) - 1} more here)")
    for id in [*deep, deep[0]]:
        page.page.mouse.click(x, y)
        assert page.answer().chosen == id
    page.page.mouse.click(*places["soleus-l"][:2])
    assert page.answer().chosen == "soleus-l"


def test_a_click_beside_all_muscles_changes_nothing(body):
    page = body(benches.muscles("soleus-l"))
    box = page.page.locator("polygon[data-region=hand_back-l]").bounding_box()
    page.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert page.page.evaluate("sent") == [] and page.answer().chosen == "soleus-l"


def test_the_keyboard_alone_reaches_every_muscle(body):
    page = body(benches.muscles(""))
    assert page.page.locator("svg [tabindex], svg a").count() == 0
    for view in ("front", "back"):
        page.page.get_by_text(f"Muscles of the {view}").focus()
        page.page.keyboard.press("Enter")
    page.page.get_by_text("Muscles of the front").focus()
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("Space")
    seen = []
    for _ in MUSCLES:
        seen.append(page.answer().chosen)
        assert name(page).lower() == MUSCLES[seen[-1]].name.lower(), "the one in focus is named on the body"
        page.page.keyboard.press("ArrowDown")
    assert sorted(seen) == sorted(MUSCLES)


def test_closed_lists_take_no_part_in_the_keyboards_way(body):
    page = body(benches.muscles(""))
    page.page.get_by_text("Muscles of the front").focus()
    page.page.keyboard.press("Enter")
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("ArrowUp")
    assert MUSCLES[page.answer().chosen].view == "front"


def test_what_is_said_is_heard_and_the_way_back_shows_all_muscles(body):
    page = body(benches.muscles())
    said = page.page.get_by_role("status")
    for words in ("Right upper trapezius", "the patient's right", "C3 and C4 (checked)", "lies over the lung"):
        assert words in said.inner_text()
    steps = page.page.locator(".ror-body-marks text").all_text_contents()
    assert sorted(steps) == ["1", "2", "2", "3"]
    assert page.page.get_by_role("radio", checked=True).count() == 0, "the lists are closed"
    page.page.get_by_text("Muscles of the back").click()
    assert page.page.get_by_role("radio", name="right upper trapezius").is_checked()
    page.page.get_by_role("button", name="Show all muscles").click()
    assert page.answer().chosen == ""
    assert said.inner_text() == "No muscle is chosen."
    assert page.page.locator(".ror-body-marks text").count() == 0


def test_what_data_say_is_shown_as_text(body):
    tag = "<img src=x onerror=alert(1)>"
    muscle = next(iter(MUSCLES.values()))._replace(name=tag)
    page = body(MuscleMap(chart().regions.values(), [muscle], tag, lambda _: tag, chosen=muscle.id))
    assert page.page.locator("img").count() == 0 and tag in page.page.locator(".ror-muscle-name").inner_text()


@pytest.mark.parametrize(
    ("width", "theme"), [(1280, "light"), (1280, "dark"), (800, "light"), (800, "dark"), (400, "dark")]
)
@pytest.mark.parametrize("chosen", ["trapezius_upper-r", ""])
def test_it_fits_every_width_and_axe_finds_nothing(body, width, theme, chosen):
    page = body(benches.muscles(chosen), width, theme)
    for summary in page.page.locator("summary:visible").all():
        summary.click()
    assert page.violations() == []
    assert page.page.evaluate("document.documentElement.scrollWidth") <= width
    front, back = (page.page.locator("figure").nth(i).bounding_box() for i in (0, 1))
    assert (back["y"] > front["y"]) == (width == 400)
    for control in (".ror-body-row", "button:visible", "summary"):
        heights = page.page.locator(control).evaluate_all("all => all.map((one) => one.offsetHeight)")
        assert min(heights, default=44) >= 44, control


def test_two_charts_on_a_page_share_no_id_and_no_radio_group(body):
    page = body(benches.muscles())
    page.load()
    ids = page.page.evaluate("[...document.querySelectorAll('main [id]')].map((node) => node.id)")
    assert len(ids) > 2 * len(chart().regions) and len(set(ids)) == len(ids)
    groups = page.page.evaluate(
        "[...document.querySelectorAll('main')].map((one) => one.querySelector('[type=radio]').name)"
    )
    assert len(set(groups)) == 2


def test_a_closed_chart_hears_nothing_more(body):
    page = body(benches.muscles())
    page.page.evaluate("leave()")
    page.widget.chosen = "soleus-l"
    page.tell()
    assert page.page.locator(".ror-muscle-name").inner_text() == "Right upper trapezius"


def test_it_works_on_a_page_of_the_course_too(own_course, open_page):
    path = own_course.file_of(LESSONS[0])
    node = json.loads(path.read_text("utf-8"))
    code = next(cell for cell in node["cells"] if cell["cell_type"] == "code")
    node["cells"] = [node["cells"][0], {**code, "source": "from lessons import benches\nbenches.muscles()"}]
    path.write_text(json.dumps(node), encoding="utf-8")
    page = open_page(LESSONS[0], course=own_course)
    page.state("ready")
    page.panel.get_by_role("button", name="Start this page").click()
    chart = page.panel.locator(".ror-muscle-map")
    chart.locator("polygon[data-muscle=soleus-l]").click()
    chart.get_by_text("Left soleus", exact=True).first.wait_for()
    chart.get_by_text("Muscles of the front").click()
    chart.get_by_role("radio", name="right deltoid").check()
    chart.get_by_text("C5 and C6 (checked)").wait_for()
    assert page.violations() == []
