"""Page 09 in use: tabs by mouse and key, the comparator alone, an experiment, and the table of all claims."""

from __future__ import annotations

import pytest
from course_page import PICTURE, windows

LESSON = "09_evidence_lab"
TOO_WIDE = """() => [...document.querySelectorAll('.ror')].filter(e => e.offsetParent)
    .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.className)"""
CELLS = "line => [...line.children].map(c => c.getBoundingClientRect()).map(box => [box.left, box.right])"
CUT_OFF = """() => [...document.querySelectorAll('.ror-plot .annotation')].filter(e => e.getBoundingClientRect().width)
    .filter(e => { const own = e.getBoundingClientRect(), plot = e.closest('.ror-plot').getBoundingClientRect();
        return own.left < plot.left - 1 || own.right > plot.right + 1; }).map(e => e.textContent)"""


@pytest.fixture(scope="module")
def kept_lab(browser, course):
    """The page with its prediction left open and the first picture drawn, once for all tests."""
    course.forget()
    with windows(browser, lambda: course) as open_page:
        yield open_page(LESSON, height=1400).begun()
    course.forget()


@pytest.fixture
def lab(kept_lab):
    """The kept page at its first tab, whose figure is as it opens."""
    kept_lab.page.set_viewport_size({"width": 1280, "height": 1400})
    tabs(kept_lab).first.click()
    kept_lab.panel.locator(".ror-current .ror-reset").click()
    wait_for_title(kept_lab, "Against nothing or usual care")
    yield kept_lab
    kept_lab.must_have_been_quiet()


def tabs(page):
    return page.panel.locator(".ror-tab")


def open_tab(page, name):
    page.panel.get_by_role("tab", name=name, exact=True).click()


def title(page):
    return page.panel.locator(".ror-current .ror-title").inner_text()


def wait_for_title(page, words):
    page.panel.locator(".ror-current .ror-title", has_text=words).wait_for(timeout=10_000)


def choose(page, group, answer):
    page.panel.get_by_role("group", name=group).get_by_role("radio", name=answer, exact=True).check()


def experiment(page, done, reading, knot, rival):
    """Design an experiment, say what each account expects, and run it."""
    choose(page, "what is done", done)
    choose(page, "what is read", reading)
    choose(page, "With the knot", knot)
    choose(page, "With the rival", rival)
    page.panel.get_by_role("button", name="Commit and run").click()


def test_a_picture_behind_a_tab_is_drawn_when_the_tab_is_opened(lab):
    """First, for it needs a tab that nobody has opened yet."""
    open_tab(lab, "Point or acupoint")
    lab.panel.locator(".ror-current").locator(PICTURE).first.wait_for(timeout=10_000)
    slider = lab.slider("how far apart still counts as one place")
    slider.focus()
    before = title(lab)
    lab.page.keyboard.press("PageUp")
    lab.page.wait_for_function(
        "before => document.querySelector('.ror-current .ror-title').textContent !== before", arg=before
    )


def test_an_experiment_shows_nothing_before_both_expectations_and_its_result_afterwards(lab):
    open_tab(lab, "Two accounts")
    run = lab.panel.get_by_role("button", name="Commit and run")
    choose(lab, "With the knot", "falls")
    assert run.is_disabled() and not lab.panel.locator(".ror-current").locator(PICTURE).count()
    choose(lab, "With the rival", "falls")
    run.click()
    wait_for_title(lab, "separates the two accounts clearly")
    assert "You foresaw both." in lab.panel.locator(".ror-current .ror-verdict").inner_text()
    choose(lab, "what is read", "stiffness")
    assert run.is_disabled(), "another design needs expectations of its own"
    assert lab.panel.get_by_role("region", name="Experiments so far").locator("tbody tr").count() == 1


def test_the_table_of_numbers_reads_line_by_line_with_words_from_the_left(lab):
    lab.panel.locator(".ror-current .ror-more > summary").click()
    line = lab.panel.locator(".ror-current .ror-table tbody tr").nth(1)
    cells = line.evaluate(CELLS)  # at once, for a picture that is still settling makes its table anew
    assert len(cells) == 10
    assert all(right <= left + 1 for (_, right), (left, _) in zip(cells, cells[1:], strict=False))
    assert "Yes, 35 % of the weight." in line.inner_text()


def test_arrow_keys_move_along_the_tabs_and_each_shows_its_own_panel(lab):
    first, *_, last = tabs(lab).all()
    first.focus()
    seen = []
    for _ in range(tabs(lab).count()):
        shown = lab.panel.locator("[role=tabpanel].ror-tab-panel:visible")
        shown.first.wait_for()  # what is shown for the first time has no height yet
        assert shown.count() == 1
        focused = lab.page.evaluate("document.activeElement.id")
        assert shown.get_attribute("aria-labelledby") == focused
        assert lab.page.locator(f"#{focused}").get_attribute("aria-selected") == "true"
        seen.append(focused)
        lab.page.keyboard.press("ArrowRight")
    assert len(set(seen)) == len(seen) and lab.page.evaluate("document.activeElement.id") == seen[0]
    lab.page.keyboard.press("End")
    assert last.get_attribute("aria-selected") == "true" and first.get_attribute("tabindex") == "-1"


def test_the_comparator_alone_changes_the_answer_by_key(lab):
    assert title(lab).startswith("Against nothing or usual care: 0.5 SD")
    lab.panel.get_by_role("radio", name="nothing or usual care").focus()
    lab.page.keyboard.press("ArrowDown")
    wait_for_title(lab, "Against sham: 0.2 SD")
    lab.panel.locator(".ror-current .ror-met").first.wait_for()


def test_no_comparator_makes_a_label_that_is_cut_off(lab):
    for comparator in lab.panel.get_by_role("group", name="compared with").get_by_role("radio").all():
        comparator.check()
        lab.page.wait_for_timeout(400)
        for width in (1280, 800):
            lab.page.set_viewport_size({"width": width, "height": 1400})
            lab.page.wait_for_timeout(400)
            assert lab.page.evaluate(CUT_OFF) == []


def test_the_table_of_claims_opens_a_line_by_key_and_is_narrowed_by_two_lists(lab):
    open_tab(lab, "All claims")
    claim = lab.panel.locator(".ror-claim").first
    claim.focus()
    lab.page.keyboard.press("Enter")
    assert claim.get_attribute("aria-expanded") == "true"
    opened = lab.panel.locator(".ror-claim-opened:visible")
    assert opened.count() == 1 and "Caution" in opened.inner_text()
    lab.panel.get_by_label("Direction").select_option("finds nothing")
    assert opened.count() == 0 and lab.panel.locator(".ror-claim:visible").count() == 5
    lab.panel.get_by_label("Strength").select_option("consistent human trials")
    assert lab.panel.locator(".ror-claims-said").inner_text() == "3 of 37 claims shown."


def test_every_task_is_accessible_and_nothing_is_cut_off_wide_or_narrow_in_both_themes(lab):
    open_tab(lab, "Two accounts")
    experiment(lab, "thumb on the spot", "blood flow", "rises", "stays as it was")
    wait_for_title(lab, "This experiment")
    for theme in ("light", "dark"):
        lab.page.emulate_media(color_scheme=theme)
        for width in (1280, 800):
            lab.page.set_viewport_size({"width": width, "height": 1400})
            for k, tab in enumerate(tabs(lab).all()):
                tab.click()
                lab.page.wait_for_timeout(600)
                assert lab.violations() == [], (theme, width, tab.inner_text())
                assert lab.page.evaluate(TOO_WIDE) == [], (width, tab.inner_text())
                assert lab.page.evaluate(CUT_OFF) == [], (width, tab.inner_text())
                lab.picture(f"{LESSON} {k} {width} {theme}")
