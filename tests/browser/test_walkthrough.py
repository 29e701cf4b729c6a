"""The walkthrough: every lesson shown by Voila part by part, by keyboard, wide and on a phone, asking nobody else."""

import json
import re

import pytest
from asked import CHOICE
from course_page import SLOW
from walkthrough_page import OpenWalk, Walk, WalkPage, lessons_of

from lessons.pages import page_files, read_front

LESSONS = [path.stem for path in page_files() if read_front(path).readers == "learners"]
FOR_TEACHERS = [path.stem for path in page_files() if path.stem not in LESSONS]
FAILED = '[data-mime-type="application/vnd.jupyter.stderr"], [data-mime-type="application/vnd.jupyter.error"]'
FIRST_SLIDER = ".ror-explorer input[type=range]:visible:enabled"
SEEN = """root => root.querySelector('.ror-twin').textContent +
    [...root.querySelectorAll('.ror-plot .scatterlayer path')]
    .map(path => path.getAttribute('d') + path.getAttribute('transform')).join()"""


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    walk = Walk(tmp_path_factory.mktemp("walkthrough"))
    yield walk
    walk.stop()


@pytest.fixture
def open_web(tmp_path):
    served = OpenWalk(tmp_path)
    yield served
    served.stop()


@pytest.fixture
def open_walk(browser, walk):
    walk.forget()
    opened = []

    def open_lesson(lesson, course=walk, width=1280, ours=True):
        opened.append(WalkPage(course, browser, lesson, width, 900, "light", ours))
        return opened[-1]

    yield open_lesson
    for page in opened:
        page.must_have_been_quiet()
        page.close()  # as a reader would, which stops the kernel


def moves_its_picture(page):
    """Whether the first slider, moved by keys, changes its picture and leaves the walkthrough where it is."""
    slider = page.panel.locator(FIRST_SLIDER).first
    root = slider.locator("xpath=ancestor::*[contains(@class,'ror-explorer')]").element_handle()
    where, before = page.position(), root.evaluate(SEEN)
    slider.focus()
    for key in ("ArrowRight", "PageUp", "End", "Home"):
        page.page.keyboard.press(key)
        for _ in range(20):
            page.page.wait_for_timeout(100)
            if root.evaluate(SEEN) != before:
                return page.position() == where
    return False


def test_on_a_slow_computer_no_picture_is_deaf_to_its_model(open_walk):
    page = open_walk("02_the_knot")
    page.first_of_all(SLOW)
    page.open().wait_until_started()
    page.page.keyboard.press("a")
    page.panel.get_by_role("button", name="Not sure, show me").first.click()
    page.panel.locator(".ror-explorer .ror-plot .main-svg").first.wait_for()
    assert moves_its_picture(page), "the first slider moves nothing"


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_is_shown_part_by_part_works_and_is_accessible_wide_and_on_a_phone(open_walk, lesson):
    page = open_walk(lesson).wait_until_started()
    keys, panel = page.page.keyboard, page.panel
    assert panel.locator(FAILED).count() == 0 and panel.locator(".ror").count() >= 3
    names = [re.sub("¶$", "", name) for name in panel.locator("h2").all_text_contents()]
    assert len(names) >= 6 and page.position() == f"{len(names)} parts"
    assert not panel.locator("h2:visible").count()
    for number, name in enumerate(names, 1):
        keys.press("ArrowRight")
        assert page.position() == f"{number} of {len(names)}: {name}"
        assert panel.locator("h2:visible").count() == number
        assert page.page.evaluate("document.activeElement.textContent").startswith(name)
        unsure = panel.locator(f"[data-part='{number}']").get_by_role("button", name="Not sure, show me").first
        if unsure.count() and unsure.is_visible():
            unsure.click()
            unsure.wait_for(state="hidden")
    panel.locator(".ror-explorer .ror-plot .main-svg").first.wait_for()
    assert moves_its_picture(page), "the first slider moves nothing"
    assert page.violations() == []
    page.picture(f"walkthrough {lesson} 1280")
    page.page.set_viewport_size({"width": 390, "height": 844})
    page.page.evaluate("document.documentElement.style.setProperty('--walk-size', 1)")  # as it opens on a phone
    page.page.wait_for_timeout(500)
    assert page.violations() == [], "on a phone"
    assert (page.too_wide(), page.too_small()) == ([], [])
    page.picture(f"walkthrough {lesson} 390")


def test_a_prediction_unlocks_its_picture_an_answer_is_marked_and_both_are_kept_in_the_learner_s_folder(
    open_walk, walk
):
    page = open_walk("03_release").wait_until_started()
    page.page.keyboard.press("a")
    assert page.position().startswith("All ")
    form = page.panel.locator("form.ror-item").filter(has=page.page.locator("legend", has_text=CHOICE.stem))
    form.get_by_role("radio", name=CHOICE.options[0].text).check()
    form.get_by_role("button", name="Check").click()
    form.locator(".ror-sign").first.wait_for()
    kept = json.loads((walk.record / "lesson_03.json").read_text(encoding="utf-8"))
    assert CHOICE.id in json.dumps(kept)
    page.page.emulate_media(color_scheme="dark")
    page.page.locator('body[data-jp-theme-light="false"]').wait_for(state="attached")
    assert page.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 17, 17)"
    assert page.violations() == []
    address = page.page.evaluate("JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId")
    kernel = f"{walk.address}/api/kernels/{address}?token={walk.token}"
    assert page.page.request.get(kernel).status == 200
    page.page.locator(".walk-more summary").click()
    page.page.get_by_role("link", name="All lessons").click()
    page.page.get_by_role("heading", name="Keys").wait_for()
    for _ in range(20):
        if page.page.request.get(kernel).status == 404:
            break
        page.page.wait_for_timeout(500)
    else:
        pytest.fail("a page that was left keeps its kernel")
    assert lessons_of(page.page) == LESSONS and page.violations() == []


def test_keys_mean_in_controls_what_they_always_mean_and_can_be_switched_off(open_walk):
    page = open_walk("01_signal_to_pain").wait_until_started()
    keys = page.page.keyboard
    size = "getComputedStyle(document.querySelector('main')).zoom"
    opened = float(page.page.evaluate(size))
    keys.press("+")
    larger = float(page.page.evaluate(size))
    assert larger > opened > 1
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    choices = page.panel.get_by_role("radio")
    choices.nth(0).check()
    keys.press("ArrowDown")
    keys.press("ArrowRight")
    assert choices.nth(2).is_checked() and page.position() == "2 of 7: Predict"
    keys.press("a")
    keys.press("+")
    assert page.position() == "2 of 7: Predict" and float(page.page.evaluate(size)) == larger
    page.page.evaluate("document.activeElement.blur()")
    keys.press("ArrowLeft")
    assert page.position() == "1 of 7: The patient" and not page.part("Predict").is_visible()
    while page.position() == "1 of 7: The patient":  # down the page first, then on
        before = page.page.evaluate("scrollY")
        keys.press("PageDown")
        page.page.wait_for_timeout(300)
        assert page.page.evaluate("scrollY") > before
    assert page.position() == "2 of 7: Predict"
    page.page.get_by_role("button", name="Next part").click()
    assert page.position() == "3 of 7: Play"
    page.page.locator(".walk-more summary").click()
    page.page.get_by_role("checkbox", name="These keys work").uncheck()
    page.page.keyboard.press("Escape")
    page.page.evaluate("document.activeElement.blur()")
    keys.press("ArrowRight")
    assert page.position() == "3 of 7: Play"
    page.open().state("waiting", "started")
    assert float(page.page.evaluate(size)) == larger, "the size is forgotten within the session"


def test_without_the_course_s_script_all_parts_are_there(open_walk):
    page = open_walk("01_signal_to_pain", ours=False)
    page.part("What this model cannot tell you").wait_for(timeout=60_000)
    assert page.panel.locator("h2:visible").count() == page.panel.locator("h2").count()


def test_two_visitors_share_no_answers_and_a_third_is_asked_to_wait(open_web, open_walk):
    anna = open_walk("01_signal_to_pain", open_web).wait_until_started()
    anna.page.keyboard.press("a")
    anna.panel.get_by_role("button", name="Not sure, show me").click()
    anna.panel.locator(".ror-plot .main-svg").first.wait_for()
    assert moves_its_picture(anna), "the first slider moves nothing"
    bert = open_walk("01_signal_to_pain", open_web).wait_until_started()
    bert.page.keyboard.press("a")
    assert bert.panel.get_by_role("button", name="Not sure, show me").is_visible()
    full = bert.page.request.get(open_web.address_of("02_the_knot"))
    assert full.status == 503 and "All places are taken" in full.text()
    for name in FOR_TEACHERS:  # such a page tells answers, and reads any folder of the computer that serves it
        assert bert.page.request.get(open_web.address_of(name)).status == 404
    anna.open().wait_until_started()
    anna.page.keyboard.press("a")
    anna.panel.locator(".ror-plot .main-svg").first.wait_for()
    assert not anna.panel.get_by_role("button", name="Not sure, show me").is_visible()
    assert not list(open_web.record.glob("lesson_*")), "answers of visitors lie in the record of whoever serves them"
