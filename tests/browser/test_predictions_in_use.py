"""A learner predicts before anything is shown, and a page that is loaded anew with its picture is not large."""

from __future__ import annotations

import re

from course_page import PICTURE


def test_a_figure_waits_for_its_prediction_and_says_so(own_record, open_page):
    page = open_page("02_the_knot", course=own_record).wait_until_started()
    assert "waits for your prediction" in page.panel.locator(".ror-lock").first.inner_text()
    assert not page.panel.locator(".ror-explorer .ror-body").first.is_visible()
    commit = page.panel.get_by_role("button", name="Commit my prediction")
    assert commit.is_disabled()
    page.panel.get_by_role("radio", name=re.compile("Still knotted")).check()
    commit.click()
    page.panel.locator(PICTURE).first.wait_for(timeout=30_000)
    assert "The model agrees with you" in page.panel.locator(".ror-verdict").first.inner_text()


def test_a_drawn_prediction_can_be_typed_and_stays_on_the_figure(own_record, open_page):
    page = open_page("03_release", course=own_record).wait_until_started()
    boxes = page.panel.locator(".ror-points input")
    for box, value in zip(boxes.all(), ("4", "3", "2", "1", "0"), strict=True):
        box.fill(value)
    page.panel.get_by_role("button", name="Commit my prediction").click()
    page.panel.locator(PICTURE).first.wait_for(timeout=30_000)
    page.panel.locator(".ror-plot .textpoint >> text=you").wait_for()
    assert "points lie close to the model" in page.panel.locator(".ror-verdict").first.inner_text()
    page.picture("03 with a drawn prediction")
    # Nor does the drawn prediction slow the figure down: a step of a slider is still moved, not drawn anew.
    slider = page.panel.locator("input[type=range][data-name=strength]")
    page.page.evaluate(
        "document.addEventListener('ror-painted', e => { if (e.detail.tag?.settle) window.moved_ = true; }, true)"
    )
    slider.press("ArrowLeft")
    page.page.wait_for_function("window.moved_", timeout=5000)


def test_the_page_receives_no_more_than_six_megabytes(own_course, open_page):
    page = open_page("03_release", course=own_course)
    received = []
    page.page.on("websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data))))
    page.open().begun()
    page.page.wait_for_timeout(500)
    assert 1e6 < sum(received) <= 6e6
