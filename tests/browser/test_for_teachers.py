"""The page for teachers in use, and its handouts on paper: each prints on exactly one sheet of A4."""

from __future__ import annotations

import re

import pytest
from whole_class import export, files_of, handed_in

from lessons.grading.bank import banks
from lessons.teaching.guide import guide
from lessons.teaching.handouts import handout

A_SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")


@pytest.fixture
def sheets(empty_page):
    """sheets(html, scale=1) -> how many sheets of paper it takes in Chromium."""

    def count(html, scale=1.0):
        empty_page.set_content(html)
        return len(A_SHEET.findall(empty_page.pdf(prefer_css_page_size=True, scale=scale)))

    return count


def test_each_handout_is_one_sheet_also_in_somewhat_larger_type(sheets):
    made = {page: handout(page) for page in guide().lessons}
    assert {page: sheets(html) for page, html in made.items()} == dict.fromkeys(made, 1)
    assert {page: sheets(html, 1.05) for page, html in made.items()} == dict.fromkeys(made, 1)
    longer = made["09"].replace("</ul></section>", f"{'<li>One more line of text.</li>' * 90}</ul></section>", 1)
    assert sheets(longer) == 2, "a page that is too long is found"


def test_a_teacher_opens_a_key_grades_a_class_and_leaves_no_trace_of_it(own_course, open_page, tmp_path):
    page = open_page("11_for_teachers", course=own_course).wait_until_started()
    panel = page.panel
    panel.get_by_label("Page", exact=True).select_option(label="03 Release: the twitch and the reset")
    secret = next(iter(banks()["03"].items.values())).explanation
    assert panel.get_by_text(secret).count() == 0
    panel.get_by_text("Answer key of page 03, with reasons").click()
    panel.get_by_text(secret).wait_for()

    folder = handed_in(tmp_path / "class", {})
    for seed, name in enumerate(("<img src=x onerror=alert(1)>", "ben", "carla")):
        (folder / f"{name}.json").write_bytes(export(files_of(seed)))
    (folder / "<b>z.json").write_bytes(b"{")
    panel.get_by_label("Folder or zip of the class").fill(str(folder))
    panel.get_by_role("button", name="Grade this class").click()
    panel.get_by_text("4 files: 3 read, 1 damaged.").wait_for(timeout=60_000)
    assert panel.get_by_role("rowheader", name="<b>z").is_visible()
    assert panel.get_by_role("region", name="Misconceptions").locator("tbody tr").count() > 5
    assert panel.locator(".ror-sheet :is(img, b, script)").count() == 0
    assert page.violations() == []

    panel.get_by_label("What to add").select_option(label="A situation to try (a preset)")
    panel.get_by_text("Make a mistake in it and see what you are told").click()
    panel.get_by_text("did you mean 'strength'?").wait_for(timeout=30_000)
    panel.get_by_label("Model", exact=True).select_option(label="The trigger point")
    formula = panel.locator(".ror-formula math").nth(0)
    assert formula.evaluate("math => math.getBoundingClientRect().height") > 20, "it is drawn as maths"
    panel.get_by_role("button", name="Write the handout of this page").click()
    panel.get_by_text("1 file in").wait_for()
    assert (own_course.record / "Handouts" / "handout-03_release.html").exists()
    page.picture("11 in use")

    page.save()
    assert own_course.file_of("11_for_teachers").read_bytes() == page.written
    assert secret not in own_course.file_of("11_for_teachers").read_text("utf-8")
