"""The report on a class in a real browser: axe finds nothing, nothing is asked for, its tables scroll by keyboard."""

from importlib.resources import files

import pytest
from whole_class import answer, export, files_of, handed_in

from lessons import classroom


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The page on a class of eight, one of whom is called by a tag and one of whom handed in nothing sound."""
    folder = handed_in(tmp_path_factory.mktemp("place") / "class", {"<img src=x>": {"03": [answer("<b>", 1)]}, "z": {}})
    (folder / "z.json").write_bytes(b"{")
    for seed in range(6):
        (folder / f"learner-{seed}.json").write_bytes(export(files_of(seed)))
    return classroom.grade(folder).paths["report.html"]


@pytest.fixture
def page(report, empty_page):
    asked = []
    empty_page.on("request", lambda request: asked.append(request.url))
    empty_page.goto(report.as_uri())
    yield empty_page
    assert set(asked) == {report.as_uri()}, "the page asks for nothing but itself"


def test_axe_finds_nothing_wide_or_narrow(page):
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    page.context.new_cdp_session(page).send("Page.setBypassCSP", {"enabled": True})  # for axe alone
    page.reload()
    page.evaluate(axe)
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 720})
        assert page.evaluate("axe.run().then(found => found.violations.map(one => one.id))") == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "only tables scroll sideways"


def test_a_table_scrolls_by_keyboard_and_a_link_leads_to_it(page):
    page.set_viewport_size({"width": 500, "height": 700})
    page.get_by_role("link", name="Learners").press("Enter")
    assert page.evaluate("location.hash") == "#gradebook"
    region = page.get_by_role("region", name="Learners")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")


def test_the_counts_of_the_class_can_be_read(page):
    assert page.get_by_text("8 files: 7 read, 1 damaged.").is_visible()
    assert page.locator("img, script, b").count() == 0 and page.get_by_role("cell", name="<img src=x>").count() == 0
    assert page.get_by_role("rowheader", name="<img src=x>").first.is_visible()
