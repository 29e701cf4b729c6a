"""Entries sorted to places: marked one by one, whatever is sent; kept and shown again; nothing told too early."""

import json
import re
from fractions import Fraction
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from quiz_page import Page

from lessons.grading import record
from lessons.grading.bank import Bank
from lessons.grading.grade import MARKED, STATUSES, EntryMark, grade
from lessons.grading.items import Item
from lessons.interface import quiz
from lessons.interface.quiz import answer

LEVELS = TypeAdapter(Item).validate_json(
    json.dumps(
        {
            "id": "levels",
            "type": "match",
            "claim": ["T5"],
            "stem": "Sort each observation to its level.",
            "truth": "none",
            "evidence": ["twitch-gap-now-none-later"],
            "left": [
                {"id": "band", "text": "The band softens", "feedback": "Only the fibres under the needle change."},
                {
                    "id": "sleep",
                    "text": "Sleep improves",
                    "misconception": "m01-clean-dichotomy",
                    "feedback": "No nerve of the segment ends there.",
                },
                {
                    "id": "told",
                    "text": "The group told so does better.",
                    "misconception": "m07-placebo-nothing",
                    "feedback": "Both groups had the same needle.",
                },
                {"id": "hum", "text": "The motor point is silent", "feedback": "It is read with one electrode."},
            ],
            "right": [
                {"id": "local", "text": "Local"},
                {"id": "whole", "text": "Whole body"},
                {"id": "context", "text": "Context"},
            ],
            "key": {"band": "local", "sleep": "whole", "told": "context", "hum": "local"},
            "explanation": "Most effects have more than one level.",
        }
    )
)
KEY = dict(LEVELS.key)
PARTLY = {**KEY, "told": "whole", "sleep": "local"}
SORT = "Sort band, sleep, told, hum, each to one of local, whole, context."
ENTRIES, PLACES = list(KEY), [place.id for place in LEVELS.right]
SORTED = st.fixed_dictionaries({name: st.sampled_from(PLACES) for name in ENTRIES})


# ---- marks ----


def test_the_key_is_correct_and_each_entry_is_marked():
    verdict = grade(LEVELS, KEY)
    assert (verdict.status, verdict.fraction, verdict.tags) == ("correct", 1, ())
    assert verdict.note == "4 of 4 are where they belong."
    assert [mark.entry for mark in verdict.entries] == ENTRIES and all(mark.right for mark in verdict.entries)


def test_entries_in_the_wrong_place_come_first_with_their_feedback_and_beliefs():
    verdict = grade(LEVELS, PARTLY)
    assert (verdict.status, verdict.fraction) == ("partial", Fraction(1, 2))
    assert verdict.tags == ("m01-clean-dichotomy", "m07-placebo-nothing")
    assert verdict.entries[:2] == (
        EntryMark("sleep", "local", False, "No nerve of the segment ends there."),
        EntryMark("told", "whole", False, "Both groups had the same needle."),
    )
    assert [(mark.entry, mark.right) for mark in verdict.entries[2:]] == [("band", True), ("hum", True)]


def test_nothing_right_is_incorrect():
    turned = {"band": "whole", "sleep": "context", "told": "local", "hum": "context"}
    assert (grade(LEVELS, turned).status, grade(LEVELS, turned).fraction) == ("incorrect", 0)


@pytest.mark.parametrize("response", [None, "", "  ", {}, {"band": ""}, {"band": None, "sleep": ""}])
def test_no_place_at_all_is_unanswered(response):
    assert (grade(LEVELS, response).status, grade(LEVELS, response).fraction) == ("unanswered", None)


def test_entries_without_a_place_are_named_and_use_up_no_attempt():
    verdict = grade(LEVELS, {"band": "local", "sleep": "whole", "told": ""})
    assert (verdict.status, verdict.fraction, verdict.entries) == ("invalid", None, ())
    assert verdict.note == "Still without a place: told, hum."


@pytest.mark.parametrize(
    "response",
    [
        "local",
        ["local", "whole", "context", "local"],
        3,
        True,
        {**KEY, "nobody": "local"},
        {**KEY, "band": "nowhere"},
        {**KEY, "band": "Local"},
        {**KEY, "band": ["local"]},
        {**KEY, "band": {"local": 1}},
        {**KEY, "band": 0},
        {**KEY, "band": True},
        {**KEY, "band": "\ud800"},
        {1: "local"},
    ],
)
def test_what_is_no_entry_or_no_place_is_refused_in_a_sentence(response):
    verdict = grade(LEVELS, response)
    assert (verdict.status, verdict.fraction, verdict.note) == ("invalid", None, SORT)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(PLACES),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(ENTRIES), inner),
    max_leaves=20,
)


@given(ANYTHING | st.dictionaries(st.sampled_from(ENTRIES), ANYTHING))
def test_any_response_has_a_verdict(response):
    verdict = grade(LEVELS, response)
    assert verdict.status in STATUSES and verdict.status != "grader-error"
    assert (verdict.fraction is None) == (verdict.status not in MARKED)
    assert verdict.fraction is None or 0 <= verdict.fraction <= 1
    assert (verdict.fraction == 1) == (response == KEY)


@given(SORTED)
def test_the_mark_is_the_share_of_entries_in_their_place_and_only_the_key_earns_all(places):
    verdict = grade(LEVELS, places)
    assert verdict.fraction == Fraction(sum(places[name] == KEY[name] for name in ENTRIES), len(ENTRIES))
    assert (verdict.status == "correct") == (verdict.fraction == 1) == (places == KEY)
    assert (verdict.status == "incorrect") == (verdict.fraction == 0)


@given(SORTED, st.permutations(ENTRIES), st.permutations(LEVELS.left), st.permutations(LEVELS.right))
def test_no_order_changes_a_mark(places, order, left, right):
    verdict = grade(LEVELS, places)
    assert grade(LEVELS, {name: places[name] for name in order}) == verdict
    turned = grade(LEVELS.model_copy(update={"left": tuple(left), "right": tuple(right)}), places)
    assert (turned.status, turned.fraction, set(turned.tags)) == (verdict.status, verdict.fraction, set(verdict.tags))
    assert set(turned.entries) == set(verdict.entries)


# ---- the card and the record ----


@pytest.fixture(autouse=True)
def asked(monkeypatch):
    """A page 03 that asks this one question."""
    monkeypatch.setattr(quiz, "bank", lambda lesson: Bank(lesson, MappingProxyType({LEVELS.id: LEVELS}), ""))
    monkeypatch.setattr(quiz, "find", lambda name: ("03", LEVELS))


def test_the_page_knows_entries_and_places_and_nothing_of_the_key():
    page = Page()
    page.say(kind="answer", id="levels", raw=KEY)
    (question,) = page.quiz.questions
    assert set(question) == {"id", "type", "stem", "left", "right"}
    assert all(set(part) == {"id", "text"} for part in (*question["left"], *question["right"]))
    state = json.dumps(page.quiz.get_state(), default=str)
    for secret in (*(entry.feedback for entry in LEVELS.left), LEVELS.explanation, "m01-clean-dichotomy"):
        assert secret not in state
    assert not re.search(r'"(key|truth|misconception|feedback)"', state)


def test_entries_are_shuffled_always_alike_and_places_stand_as_written():
    (question,) = Page().quiz.questions
    assert Page().quiz.questions == [question]
    assert [place["id"] for place in question["right"]] == PLACES
    shown = [entry["id"] for entry in question["left"]]
    assert sorted(shown) == sorted(ENTRIES) and shown != ENTRIES


def test_a_partly_right_answer_is_told_entry_by_entry_without_the_places_that_are_right():
    told = Page().say(kind="answer", id="levels", raw=PARTLY)
    verdict = told["verdict"]
    assert (verdict["status"], verdict["explanation"], verdict["sources"]) == ("partial", "", [])
    assert verdict["entries"][0] == {
        "entry": "sleep", "place": "local", "right": False, "note": "No nerve of the segment ends there."
    }  # fmt: skip
    assert len(verdict["beliefs"]) == 2
    assert '"context"' not in json.dumps(told) and "Context" not in json.dumps(told)
    assert told["progress"]["answered"] == 1


def test_the_answer_is_kept_and_there_again_after_the_kernel_was_restarted():
    Page().say(kind="answer", id="levels", raw=PARTLY)
    assert record.answers("03") == {"levels": PARTLY}
    assert record.progress() == {"03": ("levels",)}
    verdict = Page().say(kind="hello")["verdict"]
    assert (verdict["raw"], verdict["status"], verdict["restored"]) == (PARTLY, "partial", True)
    assert {mark["entry"]: mark["right"] for mark in verdict["entries"]} == {
        "band": True, "sleep": False, "told": False, "hum": True
    }  # fmt: skip


@pytest.mark.parametrize("kept", ["local", {"band": "local"}, {**KEY, "gone": "local"}, {**KEY, "band": "gone"}])
def test_a_kept_answer_that_fits_the_question_no_longer_is_passed_over(kept):
    record.save_answer("03", "levels", kept, "correct")
    assert set(Page().say(kind="hello")) == {"progress"}


@pytest.mark.parametrize("raw", [None, 3, "x" * 10**6, {"x" * 10**6: "local"}, {**KEY, "band": "<img src=x>"}])
def test_whatever_a_page_sends_comes_back_as_a_short_sentence_and_is_not_kept(raw):
    told = Page().say(kind="answer", id="levels", raw=raw)
    assert told["verdict"]["status"] in ("invalid", "unanswered") and told["verdict"]["note"].endswith(".")
    assert len(json.dumps(told)) < 2000
    assert record.answers("03") == {}


def test_an_echo_is_for_numbers_only():
    assert Page().say(kind="echo", id="levels", raw="4")["echo"]["text"] == ""


def test_it_can_be_answered_from_a_cell_and_answers_in_words():
    said = repr(answer("levels", {**KEY, "told": "whole"}))
    assert said.startswith(
        "Partly right. 3 of 4 are where they belong. Not there: “The group told so does better.” Both groups had the "
        "same needle. Right: “The band softens” Only"
    )
    assert "The belief behind it: “Placebo means no effect.”" in said and LEVELS.explanation not in said
    assert LEVELS.explanation in repr(answer("levels", KEY))
    assert record.answers("03") == {"levels": KEY}
    assert repr(answer("levels", {"band": "local"})) == "Not read. Still without a place: sleep, told, hum."
