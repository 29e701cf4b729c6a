"""One patient runs through the pages: kept on one, taken on another, told under her chart, brought back by a button."""

from __future__ import annotations

import pytest

from lessons.benches.patient import MARA
from lessons.grading import record

AS_SHE_CAME = "load moderate (0.35), sympathetic tone a little raised (0.12)"


def press(place, name):
    """Press a button with the keyboard alone."""
    button = place.get_by_role("button", name=name)
    button.focus()
    button.press("Enter")


def figure(page, place=0):
    return page.panel.locator(".ror-explorer").nth(place)


def chart(page):
    return page.panel.get_by_role("region", name="How she is now")


def number(root, name):
    return root.locator(f"input[type=range][data-name={name}]").get_attribute("aria-valuetext")


def wait_for_text(place, text):
    place.filter(has_text=text).first.wait_for(timeout=10_000)


def test_what_is_kept_on_page_03_is_hers_on_page_07_until_she_is_brought_back(own_record, open_page):
    page = open_page("03_release", course=own_record).begun()
    root = figure(page)
    box = root.get_by_role("spinbutton", name="load afterwards, number")
    box.fill("0.62")
    box.press("Enter")
    press(root, "Treat Mara like this")
    told = root.locator(".ror-patient-told")
    wait_for_text(told, "Mara now: load heavy (0.62); before: 0.35.")
    wait_for_text(chart(page), "load heavy (0.62)")
    wait_for_text(chart(page), "on page 03")
    assert page.violations() == []

    page.open("07_side_by_side").begun()
    root = figure(page)
    assert number(root, "load") == "0.35"
    wait_for_text(chart(page), "load heavy (0.62)")
    press(root, "Mara as she is now")
    wait_for_text(root.locator(".ror-patient-told"), "Mara as she is now: load heavy (0.62)")
    assert number(root, "load") == "0.62" and number(root, "sympathetic_tone") == "0.12"
    assert number(root, "expectancy") == "0.60" and number(root, "sensitisation") == "1.0 ×"

    page.open().begun()
    assert number(figure(page), "load") == "0.35", "a figure opens with her as she came"
    wait_for_text(chart(page), "load heavy (0.62)")
    back = chart(page).get_by_role("button", name="Back to how she came")
    press(chart(page), "Back to how she came")
    wait_for_text(chart(page), AS_SHE_CAME)
    assert back.get_attribute("aria-disabled") == "true"
    assert back.evaluate("button => document.activeElement === button")
    assert "Treatments so far: none." in chart(page).inner_text()
    assert MARA.now() == MARA.came and len(record.history(record.PATIENT)) == 2
    press(chart(page), "Back to how she came")
    page.page.wait_for_timeout(300)
    assert len(record.history(record.PATIENT)) == 2, "nothing is left to bring back"


@pytest.mark.parametrize(("width", "theme"), [(1280, "dark"), (800, "light")])
def test_her_line_and_the_buttons_are_accessible_and_fit(width, theme, own_record, open_page):
    MARA.keep("03", {"load": 0.62, "expectancy": 0.1}, {"release": 3, "stay": 12}, {})
    MARA.keep("06", {"sensitisation": 3.5}, {"sham": 2, "failed release": 1}, {})
    page = open_page("02_the_knot", width=width, theme=theme, course=own_record).begun()
    root = figure(page)
    root.get_by_role("button", name="Mara as she is now").click()
    wait_for_text(root.locator(".ror-patient-told"), "load heavy (0.62)")
    chart(page).get_by_text("What this line means").click()
    for place in (chart(page), root.locator(".ror-patient")):
        place.scroll_into_view_if_needed()
        assert place.evaluate("place => place.scrollWidth <= place.clientWidth")
        page.picture(f"02 {width} {theme} {'chart' if place.get_by_text('What this').count() else 'buttons'}")
    assert page.violations() == []


def test_a_record_that_cannot_be_written_is_one_sentence_and_the_picture_stays(own_record, open_page):
    page = open_page("03_release", course=own_record).begun()
    root = figure(page)
    twin = root.locator(".ror-twin").inner_text()
    lock = own_record.record / ".patient.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()  # in its place nobody can lock, so nobody may write
    try:
        press(root, "Treat Mara like this")
        wait_for_text(root.locator(".ror-patient-wrong"), "The patient's notes cannot be kept in")
    finally:
        lock.rmdir()
    assert root.locator(".ror-twin").inner_text() == twin
    assert MARA.now() == MARA.came
    press(root, "Treat Mara like this")
    wait_for_text(root.locator(".ror-patient-told"), "Noted: one release with the needle")
    assert root.locator(".ror-patient-wrong").inner_text() == ""


def test_after_reset_a_figure_is_no_longer_hers(own_record, open_page):
    page = open_page("03_release", course=own_record).begun()
    root = figure(page)
    press(root, "Mara as she is now")
    wait_for_text(root.locator(".ror-patient-told"), "a little raised")
    root.locator(".ror-reset").click()
    assert root.locator(".ror-patient-told").inner_text() == ""
    press(root, "Treat Mara like this")
    wait_for_text(root.locator(".ror-patient-told"), "Mara herself stays as she was.")
    assert MARA.now().values == MARA.came.values
