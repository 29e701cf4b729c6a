"""Every kind of question within JupyterLab: keys belong to the cards, answers outlive a reload, any theme and width."""

import json
from pathlib import Path

import nbformat
import pytest
from examples import BY_TYPE

LESSON = "03_release"
KINDS = ("many", "order", "two_tier", "prediction", "target", "curve")
CODE = f"""import sys
from types import MappingProxyType
sys.path.insert(0, {str(Path(__file__).resolve().parents[1])!r})
from examples import BY_TYPE
from lessons import benches
from lessons.grading.bank import Bank
from lessons.interface import quiz
asked = {{BY_TYPE[kind].id: BY_TYPE[kind] for kind in {KINDS!r}}}
quiz.bank = lambda lesson: Bank(lesson, MappingProxyType(asked), "")
benches.quiz("03")"""
KEYS = {
    "many": "Space Tab Tab Space",
    "order": "2 Tab 3 Tab 1",
    "two_tier": "ArrowDown Tab Space",
    "prediction": "ArrowDown Tab Space Tab ArrowUp Tab Space",
    "target": "Tab Home ArrowRight ArrowRight",
    "curve": "0 Tab 4 Tab 4 Tab 4 Tab 4 Tab 3",
}


@pytest.fixture
def page(own_course, open_page):
    """A page of the course that asks one question of each kind."""
    file = own_course.file_of(LESSON)
    notebook = nbformat.read(file, 4)
    notebook.cells = [notebook.cells[0], nbformat.v4.new_code_cell(CODE)]
    nbformat.write(notebook, file)
    page = open_page(LESSON, course=own_course)
    start(page)
    return page


def start(page):
    if page.state("ready", "started") == "ready":
        page.panel.get_by_role("button", name="Start this page").click()
    page.panel.locator("form.ror-item").nth(len(KINDS) - 1).wait_for(timeout=60_000)


def card(page, kind):
    return page.panel.locator("form.ror-item").nth(KINDS.index(kind))


def focused(page, script):
    return page.page.evaluate(f"(({script}))(document.activeElement)")


def test_every_kind_is_answered_by_keyboard_kept_shown_again_and_emptied(page):
    press = page.page.keyboard.press
    for kind in KINDS:
        card(page, kind).locator("input, select").first.focus()
        for name in KEYS[kind].split():
            press(name)
        for _ in range(10):
            if focused(page, "e => e.closest('.ror-sure') !== null"):
                break
            press("Tab")
        press("Space")
        press("Tab")
        assert focused(page, "e => e.textContent") == "Check", kind
        press("Enter")
        card(page, kind).get_by_role("status").locator("strong").wait_for()
        assert focused(page, "e => e.textContent").startswith("Check"), kind
    assert page.panel.locator(".jp-Cell").count() == 2, "a key reached the notebook"
    shown = [card(page, kind).inner_text() for kind in KINDS]
    assert all("Not quite." in text or "ight." in text for text in shown)
    kept = json.loads((page.course.record / "lesson_03.json").read_text("utf-8"))["events"]
    assert {event["id"]: event["sure"] for event in kept if event["kind"] == "answer"} == {
        BY_TYPE[kind].id: 1 for kind in KINDS
    }
    quiz = page.panel.locator(".ror-quiz")
    for width, theme in ((1280, "light"), (1280, "dark"), (800, "light"), (800, "dark")):
        page.page.emulate_media(color_scheme=theme)
        is_light = "true" if theme == "light" else "false"
        page.page.locator(f'body[data-jp-theme-light="{is_light}"]').wait_for(state="attached")
        page.page.set_viewport_size({"width": width, "height": 4200})
        page.page.wait_for_timeout(300)
        assert page.violations() == []
        assert quiz.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
        quiz.screenshot(path=page.picture(f"every kind {width} {theme}"))

    page.page.set_viewport_size({"width": 1280, "height": 800})
    page.open()
    start(page)
    for kind, before in zip(KINDS, shown, strict=True):
        card(page, kind).get_by_role("status").locator("strong").wait_for()
        assert card(page, kind).inner_text() == before, kind
    quiz.get_by_role("button", name="Start over").click()
    quiz.get_by_role("button", name="Yes, start over").click()
    page.panel.locator(".ror-progress").get_by_text("0 of 6").wait_for()
    assert quiz.locator(".ror-item :is(:checked, .ror-sign, circle)").count() == len(BY_TYPE["order"].steps)
    assert all(button.is_disabled() for button in quiz.get_by_role("button", name="Check").all())
