"""The cards of a class's copy, whose questions carry no keys: answered as ever, kept, and nothing told."""

from types import MappingProxyType

import pytest
from examples import BY_TYPE
from question_cards import LiveCards
from right_answers import right_answer
from test_cards_of_every_kind import ANSWER, KINDS
from test_what_you_know import EMPTY, Shown

from lessons.grading import record
from lessons.grading.bank import Bank
from lessons.grading.sealed import seal
from lessons.interface import quiz
from lessons.interface.quiz import Quiz
from lessons.lesson_models import MODELS

FIELDS = MODELS["03"].parameters.described()
NOTE = "Your teacher marks it; this copy of the course does not know what is right."


@pytest.fixture
def sealed(empty_page, monkeypatch):
    """sealed(kind) -> the card of a question of that kind without its key."""

    def sealed(kind):
        closed = seal(BY_TYPE[kind], FIELDS)
        monkeypatch.setattr(quiz, "bank", lambda lesson: Bank(lesson, MappingProxyType({closed.id: closed}), ""))
        empty_page.goto("about:blank")
        return LiveCards(empty_page, Quiz("03", FIELDS))

    return sealed


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_is_answered_by_keyboard_and_only_that_it_is_kept_is_told(kind, sealed):
    cards = sealed(kind)
    keep = cards.form.get_by_role("button", name="Keep", exact=True)
    assert keep.is_disabled() and cards.form.get_by_role("button", name="Check").count() == 0
    cards.page.keyboard.press("Tab")
    ANSWER[kind](lambda *names: [cards.page.keyboard.press(name) for name in names])
    keep.press("Enter")
    (said,) = cards.exchange()
    assert record.answers("03") == {said["id"]: said["raw"]} and cards.quiz._bank[said["id"]].type == kind
    assert " ".join(cards.status.inner_text().split()) == f"•Kept. {NOTE}"
    assert cards.form.locator(".ror-mark .ror-sign").count() == 0
    assert not cards.form.get_by_text("The model").is_visible()
    assert cards.focused() == "Keep", "the focus stays, and the button says the same"
    assert cards.violations() == []
    assert cards.page.get_by_role("button", name="Start over").is_enabled()


def test_a_number_is_read_aloud_kept_and_there_again(sealed):
    cards = sealed("numeric")
    cards.form.get_by_role("textbox").fill("4,800")
    cards.form.get_by_role("button", name="Keep").click()
    cards.exchange()
    assert "could mean 4800 or 4.800" in cards.status.inner_text() and record.answers("03") == {}
    assert cards.form.get_by_role("button", name="Keep again").is_visible()
    cards.form.get_by_role("textbox").fill(right_answer(BY_TYPE["numeric"]))
    cards.form.get_by_role("button", name="Keep").click()
    cards.exchange()
    again = sealed("numeric")
    assert again.form.get_by_role("textbox").input_value() == right_answer(BY_TYPE["numeric"])
    assert again.form.get_by_text("Read as 120 kPa.").is_visible() and NOTE in again.status.inner_text()


def test_the_report_has_a_block_for_what_the_teacher_marks_and_none_without(empty_page):
    shown = Shown(empty_page)
    block = empty_page.get_by_role("region", name="With your teacher")
    for teacher in (None, {"told": "Your answers to 3 questions are kept."}, None):
        shown.tell({**EMPTY, "teacher": teacher})
        assert block.all_inner_texts() == (
            ["With your teacher\n\nYour answers to 3 questions are kept."] if teacher else []
        )
    assert empty_page.get_by_role("heading", name="Kept apart").count() == 0
