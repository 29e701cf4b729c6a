"""What a newcomer meets: the course opens, starts by itself, survives a save and a restart, asks nobody."""

import json
import re

import pytest
from course_page import LESSONS, ROOT, SLOW, windows

WITH_OUTPUT = [name for name in LESSONS if '"output_type"' in (ROOT / f"notebooks/{name}.ipynb").read_text("utf-8")]
FOREIGN = {
    "cell_type": "code",
    "id": "foreign",
    "metadata": {},
    "source": "print('foreign')",
    "execution_count": None,
    "outputs": [],
}


def widget_cells(path):
    """How many code cells of a notebook store no output: those that show something live."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return sum(cell["cell_type"] == "code" and not cell["outputs"] for cell in cells)


@pytest.mark.parametrize("lesson", [LESSONS[0], LESSONS[-1]])
def test_a_reopened_page_shows_no_dead_widget_before_it_runs_and_says_how_to_run_it(lesson, open_page, course):
    open_page(lesson).wait_until_started().save()
    again = open_page(lesson, extension=False)
    again.page.wait_for_timeout(1500)
    again.picture(f"{lesson} reopened before any run")
    shown = again.panel.inner_text()
    assert not re.search(r"Loading widget|Error displaying widget|model_id|Traceback", shown)
    filled = again.panel.locator(".jp-CodeCell:has(.jp-OutputArea-output)").count()
    assert again.panel.locator(".jp-CodeCell").count() - filled == widget_cells(course.file_of(lesson))
    # It is opened without the course's settings here, so it also has to say how to start, and to do so.
    assert "Run ▸ Run All Cells" in again.panel.locator("big").inner_text()
    assert again.panel.locator("[data-course]").count() == 0
    again.page.get_by_role("menuitem", name="Run", exact=True).click()
    again.page.get_by_role("menuitem", name=re.compile("^Run All Cells")).click()
    again.page.wait_for_function(
        "least => document.querySelectorAll('.jp-CodeCell .jp-OutputArea-output').length > least", arg=filled
    )


def test_a_page_starts_again_when_it_is_loaded_anew_and_offers_to_after_a_restart(open_page):
    page = open_page(LESSONS[-1]).wait_until_started()
    page.open().wait_until_started()
    page.restart_kernel()
    page.state("restarted")
    page.picture("after a restart")
    page.panel.get_by_role("button", name="Start again").click()
    page.wait_until_started()
    assert "Error displaying widget" not in page.panel.inner_text()


def test_on_a_slow_computer_no_widget_is_deaf_to_its_model(open_page):
    page = open_page("02_the_knot")
    page.first_of_all(SLOW)
    page.open().begun()
    twin = page.panel.locator(".ror-explorer .ror-twin").first
    before = twin.inner_text()
    page.panel.get_by_role("slider").first.press("End")
    twin.filter(has_not_text=before).wait_for(timeout=30_000)


def test_a_page_with_a_foreign_output_waits_for_one_click(own_course, open_page):
    path = own_course.file_of(WITH_OUTPUT[0])
    before = path.read_text("utf-8")
    at = before.index('"text": [') + len('"text": [\n      "')
    path.write_text(before[:at] + "?" + before[at:], encoding="utf-8", newline="\n")
    page = open_page(WITH_OUTPUT[0], course=own_course)
    assert page.state("ready", "started") == "ready"
    assert page.panel.locator(".course-start").is_visible()
    page.picture("before the start")
    page.panel.get_by_role("button", name="Start this page").click()
    page.wait_until_started().save()
    assert path.read_text("utf-8") == before
    assert page.open().state("ready", "started") == "started"


def test_foreign_code_never_starts_by_itself_even_when_jupyter_trusts_the_page(own_course, open_page):
    """Jupyter trusts what it saved without unsafe outputs, so its word alone would run code that nobody has seen."""
    path = own_course.file_of(LESSONS[0])
    node = json.loads(path.read_text("utf-8"))
    node["cells"].insert(1, FOREIGN)
    path.write_text(json.dumps(node), encoding="utf-8")
    page = open_page(LESSONS[0], course=own_course)
    assert page.state("ready", "started") == "ready"
    page.save()
    page.open()
    assert page.state("ready", "started") == "ready"
    trusted = page.page.evaluate(
        """async path => (await (await fetch(path)).json()).content.cells
           .filter(cell => cell.cell_type === 'code').map(cell => cell.metadata.trusted)""",
        f"/api/contents/notebooks/{LESSONS[0]}.ipynb",
    )
    assert all(trusted) and len(trusted) >= 2
    assert "foreign" not in page.panel.locator(".jp-OutputArea-output").all_inner_texts()


def test_the_links_lead_from_page_to_page_of_learners_and_the_next_one_starts_too(open_page):
    *_, last, teachers = LESSONS
    assert teachers == "11_for_teachers"
    page = open_page(LESSONS[0]).wait_until_started()
    onward = page.panel.get_by_role("link", name=re.compile("^Next: "))
    for lesson in LESSONS[1:-1]:
        onward.first.click()
        page.page.wait_for_url(f"**/{lesson}.ipynb*")
        page.page.locator(f'.jp-NotebookPanel:not(.lm-mod-hidden)[data-course="started"] >> text="{title(lesson)}"')
        page.wait_until_started()
        assert page.panel.locator("h1").first.inner_text() == title(lesson)
    assert lesson == last and onward.count() == 0


def title(lesson):
    cells = json.loads((ROOT / f"notebooks/{lesson}.ipynb").read_text("utf-8"))["cells"]
    return cells[0]["source"][0].removeprefix("# ").strip()


@pytest.fixture(scope="module")
def shared_page(browser, course):
    """The first page on a dark computer, opened once for the tests that only look at it."""
    with windows(browser, lambda: course) as open_page:
        yield open_page(LESSONS[0], theme="dark")


@pytest.fixture
def first_page(shared_page):
    """That page, and whether it stayed quiet during this one test."""
    yield shared_page
    shared_page.must_have_been_quiet()


def test_a_word_of_art_is_explained_on_hover_and_on_focus_and_leads_to_the_list(first_page):
    page = first_page.wait_until_started()
    word, box = page.panel.locator("a.term").first, page.page.locator("#course-word")
    plain = word.get_attribute("title")
    word.hover()
    assert box.is_visible() and box.inner_text() == plain
    page.page.mouse.move(5, 5)
    assert not box.is_visible()
    word.focus()
    assert box.is_visible() and word.get_attribute("aria-describedby") == "course-word"
    page.page.keyboard.press("Escape")
    assert not box.is_visible()
    word.click()
    page.panel.get_by_role("heading", name="Words on this page").wait_for()
    assert plain in page.panel.locator("details").last.inner_text()


def test_code_is_out_of_sight_and_one_click_away(first_page):
    page = first_page.wait_until_started()
    cell = page.panel.locator(".jp-CodeCell").first
    assert not cell.locator(".cm-content").is_visible()
    cell.locator(".jp-InputPlaceholder .jp-Placeholder-contentContainer").click()
    assert cell.locator(".cm-content").is_visible()


def test_the_theme_follows_the_computer(first_page):
    page = first_page.page
    assert page.locator('body[data-jp-theme-light="false"]').count() == 1
    page.emulate_media(color_scheme="light")
    page.locator('body[data-jp-theme-light="true"]').wait_for(state="attached")


def test_the_course_leaves_the_home_folder_of_the_learner_alone(course, first_page):
    first_page.wait_until_started()
    assert [path.name for path in course.home.rglob("*")] == []
    assert (course.record / ".jupyterlab").is_dir()
