"""The clinic: a case by keyboard alone, a red flag that locks, what a reload brings back, and the drawn course."""

import json

import pytest
from board_window import BoardWindow, Keys
from clinic_board import board, fan_of_three

from lessons.grading.clinic import cases

PAGE = "10_clinic"
MARA, HELGA, AISHA = (cases()[name] for name in ("mara", "helga", "aisha"))
TOO_WIDE = """() => [...document.querySelectorAll('.ror, .ror *')].filter(e => e.offsetParent && e.tagName !== 'svg')
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(e => e.className)"""


@pytest.fixture
def live(empty_page):
    """live(theme=..., width=..., **of the board) -> the board in a window."""

    def live(theme="light", width=1280, **more):
        empty_page.set_viewport_size({"width": width, "height": 900})
        return BoardWindow(empty_page, board(**more), theme)

    return live


def tab(page, name):
    return page.panel.get_by_role("navigation", name="Cases").get_by_role("button", name=name)


# ---- the real course ----


def test_one_case_by_keyboard_alone_from_the_story_to_the_panel_and_back_after_a_reload(own_record, open_page):
    page = open_page(PAGE, course=own_record).begun()
    keys = Keys(page.page)
    tab(page, "1 Mara").focus()
    keys.press("Enter")
    assert keys.at()[1] == f"1. {MARA.title}"
    keys.go_to("The needle would go in over the chest").press("Space")
    keys.go_to("Confirm what holds").press("Enter")
    case = page.panel.locator(".ror-clinic-case")
    case.get_by_role("heading", name="The gate is passed").wait_for()
    assert keys.at()[1] == "The gate is passed" and not case.get_by_text("Beside the panel").is_visible()
    keys.plan()
    case.get_by_role("heading", name="Beside the panel").wait_for()
    assert keys.at()[1] == "Beside the panel"
    shares = case.get_by_role("list", name="Shares of the panel").locator("li")
    assert [text.replace("\n", " ") for text in shares.all_inner_texts()][0] == (
        "Release the spot with a needle you 80 of 100, most"
    )
    assert case.get_by_text(MARA.visits[0].flip).is_visible() and case.get_by_text("authors' proposal").is_visible()
    page.page.wait_for_timeout(500)
    assert page.violations() == []
    page.save()
    assert page.course.file_of(PAGE).read_bytes() == page.written, "the page was saved with an answer"
    before = case.inner_text()
    page.open().wait_until_started()
    case.get_by_text(MARA.visits[0].flip).wait_for()
    assert case.inner_text() == before and tab(page, "1 Mara").text_content() == "1 Mara ✓, done"
    assert page.panel.get_by_text("1 of 8 cases done.").is_visible()
    kept = json.loads((own_record.record / "lesson_10_cases.json").read_text("utf-8"))["events"]
    assert [event["id"] for event in kept] == ["case-mara-gate", "case-mara-plan"] and kept[1]["sure"] == 2


def test_a_red_flag_that_was_missed_locks_every_control_and_still_teaches(own_record, open_page):
    page = open_page(PAGE, course=own_record).begun()
    tab(page, "6 Helga").click()
    case = page.panel.locator(".ror-clinic-case")
    case.get_by_role("checkbox", name="Nothing on this list holds here").check()
    case.get_by_role("button", name="Confirm what holds").click()
    case.get_by_role("heading", name="Missed: this case has failed").wait_for()
    stop = case.get_by_role("group", name="All treatment is locked")
    assert "Doctor today, eyes first" in stop.inner_text()
    assert all(one.is_disabled() for one in case.locator("input").all())
    able = [one.inner_text() for one in case.locator("button:visible:enabled").all()]
    assert able == ["Refer", "Start this case over"]
    assert page.violations() == []
    stop.get_by_role("button", name="Refer").click()
    case.get_by_text(HELGA.visits[0].why).wait_for()
    assert "Failed." in case.locator(".ror-clinic-said").inner_text()
    assert tab(page, "6 Helga").text_content() == "6 Helga ✗, failed"
    assert page.panel.get_by_text("1 failed on safety; none may.").is_visible()


# ---- the board alone ----


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 800])
def test_a_case_with_everything_open_is_accessible_and_fits(live, theme, width):
    window = live(theme, width, fan=fan_of_three)
    window.check("The needle would go in over the chest", "One calf swollen")
    window.keys.plan()
    window.exchange()
    window.page.locator(".ror-clinic-fan .main-svg").first.wait_for()
    window.page.evaluate("document.querySelectorAll('details').forEach(one => (one.open = true))")
    window.page.wait_for_timeout(300)
    assert window.violations() == []
    assert window.page.evaluate(TOO_WIDE) == []


def test_the_course_of_a_plan_is_drawn_with_its_sentence_and_its_table_and_goes_with_the_case(live):
    window = live(fan=fan_of_three)
    window.check("The needle would go in over the chest")
    assert not window.page.locator(".ror-clinic-fan").is_visible()
    window.keys.plan()
    window.exchange()
    fan = window.page.locator(".ror-clinic-fan")
    fan.locator(".main-svg").first.wait_for()
    assert fan.get_by_text("Pain falls in the test.").is_visible()
    assert fan.get_by_text("It is a forecast for nobody.").is_visible()
    fan.get_by_text("Table and picture").click()
    assert fan.locator("tbody tr").last.inner_text().split() == ["12", "3.0"]
    window.page.get_by_role("button", name="Start this case over").click()
    window.page.get_by_role("button", name="Yes, start over").click()
    window.exchange()
    assert not fan.is_visible() and not window.page.get_by_text("Beside the panel").is_visible()


def test_without_a_course_nothing_is_drawn_and_the_panel_comes_all_the_same(live):
    window = live(fan=lambda *_: None)
    window.check("The needle would go in over the chest")
    window.keys.plan()
    window.exchange()
    assert window.page.get_by_text("Beside the panel").is_visible()
    assert not window.page.locator(".ror-clinic-fan").is_visible()


def test_a_red_flag_that_was_seen_is_credited_and_locks_all_the_same(live):
    window = live()
    window.open("6 Helga")
    window.check("Over 50 with a new headache")
    page = window.page
    assert page.get_by_role("heading", name="Seen: a red flag").is_visible()
    assert all(one.is_disabled() for one in page.locator(".ror-clinic-case input").all())
    assert "Stop. All treatment controls are locked." in page.get_by_role("status").first.inner_text()
    page.get_by_role("button", name="Refer", exact=True).click()
    assert [message["answer"] for message in window.exchange()] == [{"choice": "refer"}]
    assert page.get_by_text("Worth 100 of 100").is_visible()


def test_nothing_and_something_exclude_one_another_and_neither_confirms_by_itself(live):
    window = live()
    confirm = window.gate().get_by_role("button", name="Confirm what holds")
    nothing = window.gate().get_by_role("checkbox", name="Nothing on this list")
    pregnant = window.gate().get_by_role("checkbox", name="Pregnant")
    assert confirm.is_disabled()
    nothing.check()
    assert confirm.is_enabled()
    pregnant.check()
    assert not nothing.is_checked() and confirm.is_enabled()
    nothing.check()
    assert not pregnant.is_checked()
    nothing.uncheck()
    assert confirm.is_disabled() and window.exchange() == []


def test_a_plan_says_what_is_still_open_and_nothing_is_chosen_beforehand(live):
    window = live()
    window.check("The needle would go in over the chest")
    page = window.page
    assert page.locator(".ror-clinic-one input:checked").count() == 0
    commit = page.get_by_role("button", name="Commit")
    assert commit.is_disabled() and "Still open: " in page.locator("form", has=commit).inner_text()
    page.get_by_role("radio", name="Refer, no needle today").check()
    dose = page.get_by_role("group", name="How much?")
    assert all(one.is_disabled() for one in dose.get_by_role("radio").all())
    assert dose.get_by_role("radio", name="none").is_checked()
    page.get_by_role("radio", name="Both", exact=True).check()
    assert dose.locator(":checked").count() == 0 and dose.get_by_role("radio", name="low").is_enabled()


def test_a_second_visit_comes_only_after_the_first_and_is_announced(live):
    window = live()
    window.open("4 Aisha")
    page, second = window.page, AISHA.visits[1]
    assert second.story not in page.content()
    window.check("Nothing on this list holds here")
    page.get_by_role("radio", name="Refer, no needle today").check()
    for legend, place in (("Local driver", 5), ("Central driver", 2), ("What do you expect", 6), ("How sure", 0)):
        page.get_by_role("group", name=legend).get_by_role("radio").nth(place).check()
    page.get_by_role("button", name="Commit").click()
    window.exchange()
    assert page.get_by_text(second.story).is_visible() and page.get_by_role("heading", name=second.when).is_visible()
    window.check("Lost reflex")
    assert page.get_by_role("group", name="All treatment is locked").is_visible()


def test_all_that_is_told_is_shown_as_text(live):
    window = live()
    tag = "<img src=x onerror=alert(1)>"
    told = {"ticked": [], "status": "correct", "note": tag, "failed": False, "locked": True, "entries": []}
    told |= {"near": [{"ask": tag, "why": tag}], "locks": [{"ask": tag, "do": tag}]}
    public = {"when": tag, "story": tag, "examination": [tag]}
    state = {"done": False, "failed": False, "begun": True, "news": None}
    visits = [{"public": public, "gate": told, "plan": None}]
    window.page.evaluate("told => tell(told)", [{"kind": "case", "id": "mara", **state, "visits": visits}, []])
    assert window.page.locator(".ror-clinic img").count() == 0
    assert window.page.locator(".ror-clinic-story").inner_text() == tag
