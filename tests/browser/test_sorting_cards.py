"""The card of a question that sorts entries to places: by keyboard, marked row by row, at any width."""

import pytest
from question_cards import DARK, Cards

TAG = "<img src=x onerror=alert(1)>"
QUESTIONS = [
    {
        "id": "sorted",
        "type": "match",
        "stem": "Sort each to its place.",
        "left": [
            {"id": "band", "text": "The needled band softens within minutes of the last twitch of the muscle"},
            {"id": "sleep", "text": "Sleep improves"},
            {"id": "told", "text": f"Told {TAG}"},
        ],
        "right": [
            {"id": "local", "text": "Local"},
            {"id": "whole", "text": "Whole body"},
            {"id": "context", "text": "W" * 16 + "i" * 16},
        ],
    }
]
MARKS = [
    {"entry": "sleep", "place": "local", "right": False, "note": f"No nerve ends there. {TAG}"},
    {"entry": "band", "place": "local", "right": True, "note": "Only the fibres change."},
    {"entry": "told", "place": "context", "right": True, "note": "Both had the same needle."},
]
CHOSEN = {"band": "local", "sleep": "local", "told": "context"}


@pytest.fixture
def cards(empty_page):
    empty_page.set_viewport_size({"width": 800, "height": 900})
    cards = Cards(empty_page, QUESTIONS)
    cards.check = cards.form.get_by_role("button").first
    cards.sent()
    return cards


def places(cards):
    """What each row shows, top down."""
    return cards.form.get_by_role("combobox").evaluate_all("rows => rows.map((row) => row.value)")


def row(cards, text):
    return cards.form.locator(".ror-entry", has_text=text)


def choose(cards):
    for select, place in zip(cards.form.get_by_role("combobox").all(), CHOSEN.values(), strict=True):
        select.select_option(place)


def test_each_entry_names_a_native_list_in_which_nothing_is_chosen(cards):
    for entry in QUESTIONS[0]["left"]:
        select = cards.form.get_by_role("combobox", name=entry["text"], exact=True)
        assert select.input_value() == ""
        offered = select.locator("option").all_inner_texts()
        assert offered == ["choose …", *(place["text"] for place in QUESTIONS[0]["right"])]
    assert cards.check.is_disabled()
    assert cards.form.get_by_text("3 of 3 left to choose.").is_visible()
    assert cards.page.locator("img").count() == 0


def test_it_is_answered_by_keyboard_and_moving_never_marks(cards):
    keys = cards.page.keyboard
    cards.form.get_by_role("combobox").first.focus()
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.type("l")
    assert cards.form.get_by_text("1 of 3 left to choose.").is_visible()
    assert cards.check.is_disabled()
    keys.press("Tab")
    for _ in range(3):
        keys.press("ArrowDown")
    assert places(cards) == list(CHOSEN.values())
    assert cards.form.get_by_text("All 3 chosen.").is_visible()
    assert cards.sent() == []
    keys.press("Tab")
    assert cards.asked_how_sure()
    keys.press("Tab")
    assert cards.focused() == "Check"
    keys.press("Enter")
    assert cards.sent() == [{"kind": "answer", "id": "sorted", "raw": CHOSEN}]
    assert cards.focused() == "Check"


def test_arrows_and_letters_belong_to_the_list_and_not_to_the_notebook(cards):
    for select in cards.form.get_by_role("combobox").all():
        assert select.get_attribute("data-lm-suppress-shortcuts") == "true"


def test_a_place_taken_back_disables_the_check_again(cards):
    choose(cards)
    assert cards.check.is_enabled()
    cards.form.get_by_role("combobox").nth(1).select_option("")
    assert cards.check.is_disabled()
    assert cards.form.get_by_text("1 of 3 left to choose.").is_visible()


def test_each_row_is_marked_in_sign_word_and_feedback_that_its_list_is_described_by(cards):
    choose(cards)
    cards.verdict("partial", entries=MARKS, note="2 of 3 are where they belong.")
    assert cards.status.inner_text() == "◐Partly right. 2 of 3 are where they belong."
    for text, said in (
        ("The needled", "✓Right. Only the"),
        ("Sleep", "✗Not there. No nerve"),
        ("Told", "✓Right. Both"),
    ):
        mark = row(cards, text).locator("p")
        assert mark.inner_text().startswith(said)
        assert row(cards, text).get_by_role("combobox").get_attribute("aria-describedby") == mark.get_attribute("id")
    assert TAG in row(cards, "Sleep").inner_text() and cards.page.locator("img").count() == 0


def test_changing_a_row_clears_its_mark_and_no_other(cards):
    choose(cards)
    cards.verdict("partial", entries=MARKS)
    row(cards, "Sleep").get_by_role("combobox").select_option("whole")
    assert row(cards, "Sleep").locator("p").inner_text() == ""
    assert row(cards, "Told").locator("p").inner_text().startswith("✓Right.")


def test_a_mark_that_comes_after_its_row_was_changed_is_not_shown(cards):
    choose(cards)
    row(cards, "Sleep").get_by_role("combobox").select_option("whole")
    cards.verdict("partial", entries=MARKS)
    assert row(cards, "Sleep").locator("p").inner_text() == ""


def test_a_kept_answer_is_shown_again_and_starting_over_empties_the_rows(cards):
    cards.verdict("partial", entries=MARKS, raw=CHOSEN, restored=True)
    assert places(cards) == list(CHOSEN.values()) and cards.check.is_enabled()
    assert row(cards, "Sleep").locator("p").inner_text().startswith("✗Not there.")
    assert cards.status.get_attribute("aria-live") == "off"
    cards.tell("cleared")
    assert places(cards) == ["", "", ""] and cards.check.is_disabled()
    assert cards.form.get_by_text("3 of 3 left to choose.").is_visible()
    assert cards.form.locator(".ror-entry p").all_inner_texts() == ["", "", ""]


def test_a_refused_answer_marks_no_row(cards):
    choose(cards)
    cards.verdict("invalid", note="Still without a place: told.")
    assert cards.form.locator(".ror-entry p").all_inner_texts() == ["", "", ""]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [800, 400])
def test_the_marked_card_is_accessible_and_fits(cards, width, dark):
    cards.page.set_viewport_size({"width": width, "height": 900})
    if dark:
        cards.page.evaluate(DARK)
    choose(cards)
    cards.verdict("partial", entries=MARKS, note="2 of 3 are where they belong.", beliefs=["A belief."])
    assert cards.violations() == []
    assert cards.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for select in cards.form.get_by_role("combobox").all():
        assert select.bounding_box()["height"] >= 35
        assert select.evaluate(
            "e => e.getBoundingClientRect().right <= e.closest('form').getBoundingClientRect().right"
        )
