"""The cards of questions on a page of their own, with a kernel that says what the test wants it to say."""

import pytest
from question_cards import Cards

QUESTIONS = [
    {
        "id": "choice",
        "type": "choice",
        "stem": "Which <b>one</b>?",
        "options": [{"id": "a", "text": "This"}, {"id": "b", "text": "That <img src=x onerror=alert(1)>"}],
    },
    {"id": "number", "type": "numeric", "stem": "How much?", "unit": "kPa"},
]


@pytest.fixture
def cards(browser):
    page = browser.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    cards = Cards(page, QUESTIONS)
    assert cards.sent() == [{"kind": "here"}, {"kind": "hello"}]
    yield cards
    page.close()
    assert errors == []


def test_nothing_is_marked_before_something_was_chosen(cards):
    cards.form.get_by_role("radio").first.focus()
    cards.page.keyboard.press("Enter")
    assert cards.sent() == []
    cards.page.keyboard.press("Space")
    cards.page.keyboard.press("ArrowDown")
    assert cards.sent() == []
    cards.page.keyboard.press("Enter")
    assert cards.sent() == [{"kind": "answer", "id": "choice", "raw": "b"}]


@pytest.mark.parametrize(
    ("status", "sign", "word"),
    [
        ("correct", "✓", "Right."),
        ("incorrect", "✗", "Not quite."),
        ("invalid", "?", "Not read."),
        ("unanswered", "?", "Nothing answered yet."),
        ("grader-error", "!", "Our mistake."),
    ],
)
def test_a_verdict_has_a_sign_and_a_word(cards, status, sign, word):
    cards.verdict(status, note="Because.")
    assert cards.status.inner_text() == f"{sign}{word} Because."


def test_all_that_a_kernel_says_is_shown_as_text(cards):
    assert "Which <b>one</b>?" in cards.form.inner_text() and "<img src=x" in cards.form.inner_text()
    tag = "<img src=x onerror=alert(1)>"
    cards.verdict("correct", note=tag, beliefs=[tag], explanation=tag, sources=[tag], hint="ready")
    cards.tell("hint", id="choice", text=tag, next="over")
    assert cards.status.inner_text().count(tag) == 5
    assert cards.page.locator("img").count() == 0


def test_an_answer_is_read_out_and_one_that_is_only_restored_is_not(cards):
    cards.verdict(restored=True, raw="b", note="Because.")
    assert cards.status.get_attribute("aria-live") == "off"
    assert cards.form.get_by_role("radio").nth(1).is_checked()
    cards.verdict(note="Because.")
    assert cards.status.get_attribute("aria-live") == "polite"
    cards.verdict("correct", id="number", restored=True, raw="3,5 kPa", echo="Read as 3.5 kPa.")
    assert cards.page.get_by_role("textbox").input_value() == "3,5 kPa"
    assert cards.page.get_by_text("Read as 3.5 kPa.").is_visible()


def test_what_could_not_be_read_is_told_once(cards):
    cards.tell("echo", id="number", text="“4,800” could mean 4800 or 4.800.")
    cards.verdict("invalid", id="number", note="“4,800” could mean 4800 or 4.800.")
    assert cards.page.get_by_text("could mean").count() == 1


def test_a_hint_is_offered_by_name_and_keeps_the_focus(cards):
    assert not cards.hint.is_visible()
    cards.verdict(hint="ready")
    cards.hint.focus()
    cards.page.keyboard.press("Enter")
    assert cards.sent() == [{"kind": "hint", "id": "choice"}]
    cards.tell("hint", id="choice", text="Look at the EMG.", next="later")
    assert "Look at the EMG." in cards.status.inner_text()
    assert cards.hint.get_attribute("aria-disabled") == "true"
    assert cards.focused() == "Another hint after another answer"
    cards.tell("hint", id="choice", text="Set 5 mm.", next="over")
    assert cards.focused() == "No more hints"
    assert cards.status.get_by_role("listitem").all_inner_texts() == ["Look at the EMG.", "Set 5 mm."]
    cards.verdict("correct")
    assert not cards.hint.is_visible()


def test_starting_over_asks_first_and_can_be_declined_by_keyboard(cards):
    over = cards.page.get_by_role("button", name="Start over", exact=True)
    assert over.is_enabled()
    cards.tell("progress", answered=0, total=2, saved="", trouble="")
    assert over.is_disabled()
    cards.tell("progress", answered=1, total=2, saved="Saved 10:42.", trouble="")
    assert cards.page.get_by_text("1 of 2 answered. Saved 10:42.").is_visible()
    for key in ("Enter", "Escape"):
        over.focus()
        cards.page.keyboard.press("Enter")
        assert cards.focused() == "No, keep them"
        cards.page.keyboard.press(key)
        assert cards.focused() == "Start over" and cards.sent() == []
    cards.verdict(hint="ready", restored=True, raw="a")
    over.click()
    cards.page.get_by_role("button", name="Yes, start over").click()
    assert cards.sent() == [{"kind": "over"}]
    cards.tell("cleared")
    cards.tell("progress", answered=0, total=2, saved="", trouble="")
    assert cards.status.inner_text() == "" and cards.page.locator(":checked").count() == 0
    assert cards.focused() == "a", "the focus belongs on the first question"


def test_a_trouble_with_saving_stands_in_a_visible_line(cards):
    cards.tell("progress", answered=1, total=2, saved="", trouble="Your answers cannot be kept there.")
    assert cards.page.get_by_role("alert").inner_text() == "Your answers cannot be kept there."


def test_a_kernel_that_does_not_answer_is_told(cards):
    cards.form.get_by_role("radio").first.check()
    cards.page.clock.install()
    cards.form.get_by_role("button", name="Check").click()
    cards.page.clock.fast_forward(7000)
    cards.status.get_by_text("No answer yet.").wait_for()
    cards.verdict("correct")
    assert "No answer yet." not in cards.status.inner_text()
