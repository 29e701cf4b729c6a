"""Question cards, asked from Python: messages in, verdicts out, and nothing that gives the answer away before it."""

import json
import re

import pytest
from quiz_page import Page
from right_answers import right_answer

from lessons.grading import record
from lessons.grading.bank import banks, misconceptions
from lessons.grading.items import Choice, Numeric
from lessons.interface.quiz import Quiz, answer

EVERY = [item for bank in banks().values() for item in bank.items.values()]
CHOICE = next(item for item in banks()["03"].items.values() if isinstance(item, Choice))
NUMBER = next(item for item in banks()["03"].items.values() if isinstance(item, Numeric))
FACT = next(item for item in banks()["03"].items.values() if isinstance(item, Choice) and not item.by_model)
WRONG = next(option for option in CHOICE.options if not option.correct)


def secrets(item):
    """All that only somebody who has answered may read."""
    yield item.explanation
    if isinstance(item, Choice):
        for option in item.options:
            yield option.feedback
            yield from (
                (option.misconception, misconceptions()[option.misconception].belief) if option.misconception else ()
            )
    elif isinstance(item, Numeric):
        yield from (slip.say for slip in item.diagnoses)
    else:
        yield from (part.feedback for parts in item.tagged.values() for part in parts)


# ---- what the page may know ----


@pytest.mark.parametrize("lesson", list(banks()))
def test_neither_key_nor_feedback_is_in_what_a_saved_page_would_hold(lesson):
    page = Page(lesson)
    for item in banks()[lesson].items.values():
        page.say(kind="answer", id=item.id, raw=right_answer(item))
    state = page.state()
    for item in banks()[lesson].items.values():
        assert item.stem in state
        assert [secret for secret in secrets(item) if secret in state.replace(item.stem, "")] == []
    assert not re.search(r'"(correct|truth|misconception|feedback|value|key|diagnoses)"', state)


def test_a_verdict_tells_only_of_the_option_that_was_chosen():
    told = json.dumps(Page().say(kind="answer", id=CHOICE.id, raw=WRONG.id), ensure_ascii=False)
    assert WRONG.feedback in told
    others = [text for option in CHOICE.options if option is not WRONG for text in (option.feedback, option.id)]
    assert [
        text for text in (*others, CHOICE.explanation) if f'"{text}"' in told or len(text) > 20 and text in told
    ] == []


def test_options_stand_in_one_order_that_says_nothing_about_the_key():
    places = []
    for lesson in banks():
        first, second = Page(lesson).quiz.questions, Page(lesson).quiz.questions
        assert first == second
        shown = {question["id"]: [option["id"] for option in question.get("options", ())] for question in first}
        places += [
            shown[item.id].index(item.correct.id) for item in EVERY if item.id in shown and isinstance(item, Choice)
        ]
    assert len(set(places)) > 1


def test_nothing_is_chosen_or_filled_in_beforehand():
    for question in Page().quiz.questions:
        more = {"choice": {"options"}, "numeric": {"unit"}, "match": {"left", "right"}}[question["type"]]
        assert set(question) == {"id", "type", "stem", *more}
        parts = [part for name in more - {"unit"} for part in question[name]]
        assert all(set(part) == {"id", "text"} for part in parts)


# ---- answers ----


def test_a_wrong_choice_is_told_why_and_which_belief_stands_behind_it():
    told = Page().say(kind="answer", id=CHOICE.id, raw=WRONG.id)
    assert (told["verdict"]["status"], told["verdict"]["note"]) == ("incorrect", WRONG.feedback)
    assert told["verdict"]["beliefs"] == [misconceptions()[WRONG.misconception].belief]
    assert told["verdict"]["explanation"] == "" and told["verdict"]["sources"] == []


def test_a_right_choice_is_explained():
    told = Page().say(kind="answer", id=CHOICE.id, raw=CHOICE.correct.id)
    assert (told["verdict"]["status"], told["verdict"]["explanation"]) == ("correct", CHOICE.explanation)
    assert told["verdict"]["beliefs"] == []


def test_a_question_about_trials_names_where_to_look_it_up():
    told = Page().say(kind="answer", id=FACT.id, raw=FACT.correct.id)
    assert told["verdict"]["sources"] and all(re.search(r"\d{4}", source) for source in told["verdict"]["sources"])


def test_a_number_is_echoed_before_it_is_marked():
    page = Page()
    assert page.say(kind="echo", id=NUMBER.id, raw="1,2 kg/cm2")["echo"]["text"].startswith(
        "Read as 1.2 kg/cm2, which is"
    )
    assert "could mean 4800 or 4.800" in page.say(kind="echo", id=NUMBER.id, raw="4,800")["echo"]["text"]
    assert page.say(kind="echo", id=NUMBER.id, raw="  ")["echo"]["text"] == ""
    assert record.answers("03") == {}


def test_what_cannot_be_read_uses_up_no_attempt_and_is_not_kept():
    told = Page().say(kind="answer", id=NUMBER.id, raw="4,800")
    assert told["verdict"]["status"] == "invalid"
    assert told["progress"]["answered"] == 0
    assert record.answers("03") == {}


def test_progress_counts_answered_questions_and_says_when_it_saved():
    page = Page()
    assert page.say(kind="hello")["progress"] == {
        "kind": "progress", "answered": 0, "total": len(banks()["03"].items), "saved": "", "trouble": ""
    }  # fmt: skip
    told = page.say(kind="answer", id=NUMBER.id, raw="5 kPa")["progress"]
    assert told["answered"] == 1 and re.fullmatch(r"Saved \d\d:\d\d\.", told["saved"])
    assert page.say(kind="answer", id=NUMBER.id, raw=NUMBER.value)["progress"]["answered"] == 1


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"kind": "unheard of"},
        {"kind": "answer"},
        {"kind": "answer", "id": "nobody"},
        {"kind": "echo", "id": CHOICE.id, "raw": "4"},
        {"kind": "hint", "id": CHOICE.id},
        {"kind": "hint", "id": None},
    ],
)
def test_a_message_that_makes_no_sense_changes_nothing(message):
    page = Page()
    told = page.say(**message)
    assert "verdict" not in told and told.get("echo", {"text": ""})["text"] == ""
    assert record.history("03") == ()


@pytest.mark.parametrize(
    "raw", [None, "", [WRONG.id], {"a": 1}, 3, True, "\ud800", "<img src=x onerror=alert(1)>", "x" * 10**6]
)
def test_whatever_a_page_sends_as_an_answer_comes_back_as_a_sentence(raw):
    for item in (CHOICE, NUMBER):
        told = Page().say(kind="answer", id=item.id, raw=raw)["verdict"]
        assert told["status"] in ("invalid", "unanswered") and told["note"].endswith(".")
        assert len(json.dumps(told).encode("utf-8")) < 2000


def test_a_page_without_questions_says_so():
    with pytest.raises(LookupError, match="Page 99 has no questions"):
        Quiz("99")


# ---- hints ----


@pytest.fixture
def hinted():
    page = Page()
    hints = ("Look at the EMG.", "Set 5 mm.")
    page.quiz._bank = {**page.quiz._bank, CHOICE.id: CHOICE.model_copy(update={"hints": hints})}
    page.quiz._choose_forms()
    return page


def test_a_hint_is_given_after_an_attempt_and_the_next_one_only_after_another(hinted):
    assert hinted.say(kind="hint", id=CHOICE.id) == {}
    assert hinted.say(kind="answer", id=CHOICE.id, raw=WRONG.id)["verdict"]["hint"] == "ready"
    first = hinted.say(kind="hint", id=CHOICE.id)["hint"]
    assert (first["text"], first["next"]) == ("Look at the EMG.", "later")
    assert hinted.say(kind="hint", id=CHOICE.id) == {}
    assert hinted.say(kind="answer", id=CHOICE.id, raw="no option")["verdict"]["hint"] == "later"
    assert hinted.say(kind="answer", id=CHOICE.id, raw=WRONG.id)["verdict"]["hint"] == "ready"
    second = hinted.say(kind="hint", id=CHOICE.id)["hint"]
    assert (second["text"], second["next"]) == ("Set 5 mm.", "over")
    assert hinted.say(kind="answer", id=CHOICE.id, raw=WRONG.id)["verdict"]["hint"] == "over"
    assert hinted.say(kind="hint", id=CHOICE.id) == {}


def test_a_right_answer_needs_no_hint_and_starting_over_begins_with_the_first(hinted):
    hinted.say(kind="answer", id=CHOICE.id, raw=WRONG.id)
    hinted.say(kind="hint", id=CHOICE.id)
    assert hinted.say(kind="answer", id=CHOICE.id, raw=CHOICE.correct.id)["verdict"]["hint"] == ""
    hinted.say(kind="over")
    assert hinted.say(kind="hint", id=CHOICE.id) == {}
    hinted.say(kind="answer", id=CHOICE.id, raw=WRONG.id)
    assert hinted.say(kind="hint", id=CHOICE.id)["hint"]["text"] == "Look at the EMG."


def test_no_hint_is_in_what_a_saved_page_would_hold(hinted):
    hinted.say(kind="answer", id=CHOICE.id, raw=WRONG.id)
    hinted.say(kind="hint", id=CHOICE.id)
    assert "Look at the EMG." not in hinted.state()


# ---- what is kept ----


def test_answers_are_there_again_after_the_kernel_was_restarted():
    page = Page()
    page.say(kind="answer", id=CHOICE.id, raw=WRONG.id)
    page.say(kind="answer", id=NUMBER.id, raw="1,2 kg/cm2")
    again = Page()
    again.say(kind="hello")
    verdicts = {told["id"]: told for told in again.heard if told["kind"] == "verdict"}
    assert set(verdicts) == {CHOICE.id, NUMBER.id}
    assert (verdicts[CHOICE.id]["raw"], verdicts[CHOICE.id]["note"]) == (WRONG.id, WRONG.feedback)
    assert verdicts[NUMBER.id]["raw"] == "1,2 kg/cm2" and verdicts[NUMBER.id]["echo"].startswith("Read as 1.2")
    assert again.heard[-1]["answered"] == 2


def test_the_mark_is_that_of_the_key_of_today_and_not_of_the_file():
    record.save_answer("03", CHOICE.id, WRONG.id, "correct")
    page = Page()
    assert page.say(kind="hello")["verdict"]["status"] == "incorrect"


def test_answers_to_questions_that_no_longer_exist_or_ask_otherwise_are_passed_over():
    record.save_answer("03", "a-question-of-long-ago", "yes", "correct")
    record.save_answer("03", CHOICE.id, "an-option-of-long-ago", "correct")
    assert set(Page().say(kind="hello")) == {"progress"}


def test_starting_over_empties_the_cards_and_keeps_the_history():
    page = Page()
    page.say(kind="answer", id=CHOICE.id, raw=WRONG.id)
    told = page.say(kind="over")
    assert "cleared" in told and told["progress"]["answered"] == 0
    assert set(Page().say(kind="hello")) == {"progress"}
    assert [event["raw"] for event in record.history("03") if event["kind"] == "answer"] == [WRONG.id]


def test_two_pages_of_one_lesson_lose_no_answer():
    one, other = Page(), Page()
    one.say(kind="answer", id=CHOICE.id, raw=WRONG.id)
    other.say(kind="answer", id=NUMBER.id, raw="5")
    assert record.answers("03") == {CHOICE.id: WRONG.id, NUMBER.id: "5"}


def test_where_nothing_can_be_saved_the_page_says_so_and_keeps_the_answer(record_folder):
    record_folder.parent.joinpath(record_folder.name).write_text("a file where the folder should be", encoding="utf-8")
    page = Page()
    told = page.say(kind="answer", id=CHOICE.id, raw=CHOICE.correct.id)
    assert told["verdict"]["status"] == "correct"
    assert str(record_folder) in told["progress"]["trouble"] and told["progress"]["saved"] == ""
    again = page.say(kind="hello")
    assert again["verdict"]["raw"] == CHOICE.correct.id and again["progress"]["answered"] == 1


# ---- the same from a cell ----


def test_a_damaged_file_is_told_once_it_was_moved_aside_and_answers_are_saved_all_the_same(record_folder):
    record.save_answer("03", NUMBER.id, "5", "incorrect")
    record.path("03").write_text("{ half a fi", encoding="utf-8")
    told = Page().say(kind="answer", id=CHOICE.id, raw=WRONG.id)["progress"]
    assert "damaged" in told["trouble"] and told["saved"].startswith("Saved ")


def test_starting_over_where_nothing_can_be_saved_says_so_and_empties_the_cards(record_folder):
    page = Page()
    page.say(kind="answer", id=CHOICE.id, raw=WRONG.id)
    for file in [*record_folder.iterdir()]:
        file.unlink()
    record_folder.rmdir()
    record_folder.write_text("a file where the folder should be", encoding="utf-8")
    told = page.say(kind="over")
    assert "cleared" in told and str(record_folder) in told["progress"]["trouble"]


def test_a_question_can_be_answered_from_a_cell_and_answers_in_words():
    said = repr(answer(NUMBER.id, f"{NUMBER.value} {NUMBER.unit}"))
    assert said.startswith(f"Read as {NUMBER.value} {NUMBER.unit}. Right. The answer is {NUMBER.value} {NUMBER.unit}.")
    assert record.answers("03") == {NUMBER.id: f"{NUMBER.value} {NUMBER.unit}"}
    said = repr(answer(CHOICE.id, WRONG.id))
    assert said == f"Not quite. {WRONG.feedback} The belief behind it: “{misconceptions()[WRONG.misconception].belief}”"
    said = repr(answer(FACT.id, FACT.correct.id))
    assert said.startswith(f"Right. {FACT.correct.feedback} {FACT.explanation} To look it up: ")
    assert repr(answer(NUMBER.id, "about 5")).startswith("Not read. “about 5” does not begin with a number.")


def test_an_unknown_question_is_refused_with_those_that_exist():
    with pytest.raises(LookupError, match=f"There is no question 'nobody'.*{CHOICE.id}"):
        answer("nobody", "yes")


# ---- variants ----


def test_who_starts_over_is_asked_the_next_variant_and_in_the_end_the_first_again():
    page = Page()
    item = banks()["03"].items[NUMBER.id]
    forms = list(item.forms.values())
    for form in [*forms[1:], forms[0]]:
        cleared = page.say(kind="over")["cleared"]
        asked = next(question for question in cleared["questions"] if question["id"] == item.id)
        assert asked["stem"] == form.stem and page.quiz.questions == cleared["questions"]
        told = page.say(kind="answer", id=item.id, raw=f"{form.value} {form.unit}")["verdict"]
        assert told["status"] == "correct"


def test_an_answer_is_kept_with_its_variant_and_the_hints_read_before():
    page = Page()
    item = banks()["03"].items[NUMBER.id]
    page.say(kind="over")
    page.quiz.answer(item.id, "1 kPa")
    variant = list(item.forms)[1]
    kept = [event for event in record.history("03") if event["kind"] == "answer"][-1]
    assert kept["variant"] == variant and "hints" not in kept
    page.quiz._hints[item.id] = 2
    page.quiz.answer(item.id, "1 kPa")
    assert [event for event in record.history("03") if event["kind"] == "answer"][-1]["hints"] == 2


def test_a_page_opened_again_asks_the_variant_that_was_left():
    first = Page()
    first.say(kind="over")
    assert Page().quiz.questions == first.quiz.questions
