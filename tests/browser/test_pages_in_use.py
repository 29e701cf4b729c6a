"""A learner at work: predict, move every slider, tick a challenge, answer, restart, come back."""

from __future__ import annotations

import re

import pytest
from course_page import PICTURE

from lessons.lab.server import EXTENSIONS

DRAWN = """() => [...document.querySelectorAll('.ror-explorer .ror-plot')].filter(p => p.offsetParent)
    .map(p => [...p.querySelectorAll('.scatterlayer path')]
    .map(path => path.getAttribute('d') + path.getAttribute('transform')))"""


SAID = "() => [...document.querySelectorAll('.ror-twin')].map(twin => twin.textContent).join()"
TOO_WIDE = """() => [...document.querySelectorAll('.ror')].filter(e => e.offsetParent)
    .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.className)"""
TWICE = """() => [...document.querySelectorAll('[id^=ror-]')].map(e => e.id)
    .filter((id, i, all) => all.indexOf(id) < i)"""
FILLS_ITS_PLACE = """() => [...document.querySelectorAll('.ror-plot')].filter(p => p.offsetParent)
    .every(p => p.querySelector(`.main-svg[width="${Math.floor(parseFloat(getComputedStyle(p).width))}"]`))"""


def on(lesson):
    """For a test that needs one page only: it comes while that page is open for the tests of every page."""
    return pytest.mark.parametrize("kept_page", [lesson], indirect=True)


@pytest.fixture
def opened_page(used_page):
    """The kept page in use; afterwards it says again what it said, for those that come next."""
    page = used_page.begun()
    said = page.page.evaluate(SAID)
    yield page
    for button in page.panel.get_by_role("button", name="Remove pins").all():
        button.click()
    page.page.evaluate("document.querySelectorAll('.ror-more').forEach(more => (more.open = false))")
    for reset in page.panel.locator(".ror-reset:visible").all():
        reset.click()
    page.page.wait_for_function(f"said => ({SAID})() === said", arg=said)


def unfold(page):
    """Open every folded figure, one after the other, and wait until each is drawn."""
    for fold in page.panel.locator(".ror-under").all():
        if not fold.evaluate("fold => fold.open"):
            fold.locator("summary").first.click()
        fold.locator(PICTURE).first.wait_for(timeout=30_000)


def seen(page, root):
    """What a learner sees of a figure: sentence, title, lines and marks."""
    return (root.locator(".ror-twin").inner_text(), root.locator(".ror-title").inner_text(), page.page.evaluate(DRAWN))


def changes(page, root, slider, before, key):
    """Whether a key that moves the slider changes what is seen, within three seconds."""
    place = slider.input_value()
    page.page.keyboard.press(key)
    if slider.input_value() == place:
        return False
    for _ in range(20):
        page.page.wait_for_timeout(150)
        if seen(page, root) != before:
            return True
    return False


def test_a_page_starts_by_itself_accessible_and_saving_leaves_its_file_as_it_was(used_page):
    page = used_page.wait_until_started()
    assert not page.panel.locator(".course-bar").is_visible()
    assert not page.panel.locator(".course-start").is_visible()
    assert page.panel.locator(".jp-OutputArea-output").count() >= 1
    loaded = {found[1] for one in page.requests if (found := re.search(r"/lab/extensions/((?:@[^/]+/)?[^/]+)/", one))}
    assert loaded == set(EXTENSIONS), "a page loads what it does not need"
    page.page.wait_for_timeout(500)
    assert page.violations() == []  # as it opens; a later test looks again, unfolded and in both themes
    page.save()
    assert page.course.file_of(page.lesson).read_bytes() == page.written


@on("00_start_here")
def test_time_plays_step_by_step_when_motion_is_unwelcome(opened_page):
    page = opened_page
    clock = page.panel.locator("input[type=range][data-name=clock]").first
    start = int(clock.input_value())
    page.panel.get_by_role("button", name="▶ Play").first.click()
    page.page.wait_for_timeout(2200)
    page.panel.get_by_role("button", name="❚❚ Pause").first.click()
    moved = int(clock.input_value()) - start
    assert moved and moved % 10 == 0


@on("02_the_knot")
def test_a_challenge_ticks_itself(opened_page):
    page = opened_page
    root = page.panel.locator(".ror-explorer").first
    root.locator(".ror-more > summary").click()
    root.get_by_role("button", name="Five hard minutes").click()
    root.locator(".ror-tasks li.ror-met").first.wait_for()
    assert root.locator(".ror-tasks li.ror-met").count() == 1


@on("03_release")
def test_a_number_out_of_range_is_refused_beside_the_slider_and_the_picture_stays(opened_page):
    page = opened_page
    before = page.panel.locator(".ror-explorer .ror-twin").first.inner_text()
    box = page.panel.get_by_role("spinbutton", name="strength of each twitch, number")
    box.fill("7")
    box.press("Enter")
    error = page.panel.locator(".ror-explorer .ror-error").first
    assert "goes from 0 to 1" in error.inner_text()
    assert page.panel.locator(".ror-explorer .ror-twin").first.inner_text() == before
    box.fill("0.4")
    box.press("Enter")
    page.page.wait_for_timeout(400)
    assert error.inner_text() == ""


@on("03_release")
def test_what_is_moved_quickly_is_what_a_full_redraw_would_draw(opened_page):
    """While a slider moves, paths are rewritten in place; at rest plotly draws the exact answer anew.

    Compared where no line leaves its axes: plotly cuts such lines, ours are hidden by the edge of the axes.
    """
    page = opened_page
    slider = page.panel.locator("input[type=range][data-name=strength]")
    slider.focus()
    page.page.wait_for_timeout(2500)
    marks = """tags => new Promise((done, failed) => { setTimeout(() => failed(new Error('nothing was painted')), 9000);
        document.addEventListener('ror-painted', function heard(e) {
        if (Boolean(e.detail.tag?.settle) !== tags) return;
        document.removeEventListener('ror-painted', heard, true);
        const plot = document.querySelector('.ror-explorer .ror-plot');
        const parts = ['xy', 'x2y2', 'x3y3', 'x5y5'].map(n => `.subplot.${n} .trace`).join();
        const box = path => path.getBBox();
        done([...plot.querySelectorAll(parts)].map(t => [...t.querySelectorAll('path.js-line')])
            .filter(paths => paths.length).map(paths => {
                const drawn = paths.filter(p => p.getTotalLength() > 0);
                return [drawn.reduce((sum, p) => sum + p.getTotalLength(), 0), Math.min(...drawn.map(p => box(p).x)),
                        Math.min(...drawn.map(p => box(p).y))]; }));
    }, true); })"""
    page.page.evaluate(f"() => {{ window.quick_ = ({marks})(false); window.whole_ = ({marks})(true); }}")
    page.page.keyboard.press("ArrowLeft")
    quick, whole = page.page.evaluate("async () => [await window.quick_, await window.whole_]")
    assert len(quick) == len(whole) >= 10
    for (length, x, y), (full, full_x, full_y) in zip(quick, whole, strict=True):
        assert abs(x - full_x) < 1 and abs(y - full_y) < 1
        assert abs(length - full) < 0.02 * full + 2


@on("03_release")
def test_pins_undo_reset_presets_and_table_work(opened_page):
    page = opened_page
    root = page.panel.locator(".ror-explorer").first
    twin = root.locator(".ror-twin")
    first = twin.inner_text()
    root.locator(".ror-more > summary").click()
    root.get_by_role("button", name="Pin this run").click()
    assert "1 pinned" in root.locator(".ror-pins").inner_text()
    root.get_by_role("button", name="Five millimetres beside it").click()
    page.page.wait_for_function(
        "before => document.querySelector('.ror-explorer .ror-twin').textContent !== before", arg=first
    )
    assert "No twitch" in root.locator(".ror-title").inner_text()
    page.picture("03 pinned and beside the spot")
    root.get_by_role("button", name="Undo").click()
    page.page.wait_for_function(
        "before => document.querySelector('.ror-explorer .ror-twin').textContent === before", arg=first
    )
    root.get_by_role("radio", name="Thumb").check()
    page.page.wait_for_function(
        "document.querySelector('.ror-explorer .ror-title').textContent.startsWith('Steady pressure')"
    )
    root.get_by_role("button", name="Reset", exact=True).click()
    page.page.wait_for_function(
        "before => document.querySelector('.ror-explorer .ror-twin').textContent === before", arg=first
    )
    cells = root.locator(".ror-table tbody tr").first.locator("th, td").all_inner_texts()
    assert cells[0] == "before" and cells[1] == "4.9"
    with page.page.expect_download() as download:
        root.get_by_role("button", name="Save picture (PNG)").click()
    assert download.value.suggested_filename == "release.png"


def test_every_slider_in_sight_moves_its_picture_by_key(used_page):
    """Those of questions that set sliders have none."""
    page = used_page.begun()
    unfold(page)
    for slider in page.panel.locator(".ror-explorer input[type=range]:visible").all():
        if slider.is_disabled():
            continue
        root = slider.locator("xpath=ancestor::*[contains(@class,'ror-explorer')]")
        before = seen(page, root)
        slider.focus()
        if not any(changes(page, root, slider, before, key) for key in ("PageUp", "Home", "End")):
            pytest.fail(f"{slider.get_attribute('data-name')} moves nothing on {page.lesson}")
        assert root.locator(".ror-error").inner_text() == ""


def test_a_page_in_use_is_accessible_and_fits_wide_and_narrow_in_both_themes(used_page):
    page = used_page.begun()
    unfold(page)
    for reset in page.panel.locator(".ror-reset:visible").all():
        reset.click()
    for more in page.panel.locator(".ror-more > summary:visible").all():
        more.click()
    assert page.page.evaluate(TWICE) == [], "two things on the page have the same id"
    for theme in ("light", "dark"):
        page.page.emulate_media(color_scheme=theme)
        is_light = "true" if theme == "light" else "false"
        page.page.locator(f'body[data-jp-theme-light="{is_light}"]').wait_for(state="attached")
        page.page.wait_for_timeout(300)
        assert page.violations() == [], theme
        for width in (1280, 800):
            page.page.set_viewport_size({"width": width, "height": 7000})
            page.page.wait_for_function(FILLS_ITS_PLACE)
            assert page.page.evaluate(TOO_WIDE) == [], f"wider than the page at {width} px"
            page.picture(f"{page.lesson} {width} {theme}")


def test_a_page_that_was_used_is_saved_as_it_was_and_closes_without_a_question(used_page):
    page = used_page.begun()
    page.save()
    assert page.course.file_of(page.lesson).read_bytes() == page.written
    assert page.close() == [], "the browser asked about unsaved work"
