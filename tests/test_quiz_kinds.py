"""Cards of six kinds, asked from Python: nothing told too early, each part told after, kept with how sure it was."""

import json
import re
from types import MappingProxyType

import pytest
from examples import BY_TYPE
from quiz_page import Page

from lessons import benches
from lessons.benches import every_page
from lessons.grading import record
from lessons.grading.bank import Bank, misconceptions
from lessons.interface import quiz
from lessons.interface.quiz import Quiz, answer, public
from lessons.lesson_models import MODELS

FIELDS = MODELS["03"].parameters.described()
RIGHT = {
    "many": ["sore", "oxygen"],
    "order": ["one", "two", "six"],
    "two_tier": {"answer": "helped", "because": "two"},
    "prediction": {"pain": {"hour": "down", "week": "down"}, "soreness": {"hour": "up", "week": "same"}},
    "target": {"passes": 2, "miss": 0.0},
    "curve": list(BY_TYPE["curve"].key),
}
PARTLY = {
    "many": ["sore"],
    "order": ["six", "one", "two"],
    "two_tier": {"answer": "helped", "because": "one"},
    "prediction": {"pain": {"hour": "down", "week": "down"}, "soreness": {"hour": "up", "week": "up"}},
    "target": {"passes": 12, "miss": 0.0},
    "curve": [0.0, 4.0, 4.0, 4.0, 4.0, 4.0],
}
PARTS = {
    "many": {"options"},
    "order": {"steps"},
    "two_tier": {"options", "because"},
    "prediction": {"rows", "phases"},
    "target": {"goals"},
    "curve": set(),
}
MORE = {"target": {"sliders"}, "curve": {"at", "low", "high", "label"}}


def meets(item, setting):
    return [setting["passes"] >= 2, setting["passes"] < 3]


@pytest.fixture(params=list(RIGHT))
def item(request, monkeypatch):
    """The one question of page 03."""
    asked = BY_TYPE[request.param]
    monkeypatch.setattr(quiz, "find", lambda name: ("03", asked))
    asks(monkeypatch, asked)
    return asked


def asks(monkeypatch, *items):
    one = Bank("03", MappingProxyType({item.id: item for item in items}), "")
    monkeypatch.setattr(quiz, "bank", lambda lesson: one)


def page():
    return Page("03", FIELDS, meets)


def secrets(item):
    """All that only somebody who has answered may read."""
    yield item.explanation
    yield from (misconceptions()[tag].belief for tag in item.misconceptions)
    yield from item.misconceptions
    for field in ("options", "because", "rows", "goals"):
        yield from (part.feedback for part in getattr(item, field, ()))


# ---- what the page may know ----


def test_neither_key_nor_feedback_nor_truth_is_in_what_a_saved_page_would_hold(item):
    here = page()
    (question,) = here.quiz.questions
    assert set(question) == {"id", "type", "stem", *PARTS[item.type], *MORE.get(item.type, ())}
    assert all(set(part) == {"id", "text"} for field in PARTS[item.type] for part in question[field])
    for raw in (PARTLY[item.type], RIGHT[item.type]):
        here.say(kind="answer", id=item.id, raw=raw, sure=2)
    state = here.state()
    assert item.stem in state and [secret for secret in secrets(item) if secret in state] == []
    assert not re.search(r'"(correct|truth|misconception|feedback|key|holds|solution|band|of|set|read|falling)"', state)


def test_options_and_steps_are_shuffled_always_alike_and_rows_and_goals_stand_as_written(item):
    question = public(item, FIELDS)
    assert public(item, FIELDS) == question
    written = {field: [part.id for part in getattr(item, field)] for field in PARTS[item.type]}
    shown = {field: [part["id"] for part in question[field]] for field in PARTS[item.type]}
    assert {field: sorted(ids) for field, ids in shown.items()} == {f: sorted(ids) for f, ids in written.items()}
    if item.type in ("prediction", "target"):
        assert shown == written
    if item.type == "order":
        assert shown != written, "the steps stand in the right order"


def test_a_slider_is_that_of_the_figures_within_the_range_of_the_question():
    passes, miss = public(BY_TYPE["target"], FIELDS)["sliders"]
    assert (passes["name"], passes["label"], passes["start"]) == ("passes", FIELDS["passes"].label, 12)
    assert (passes["positions"][0], passes["positions"][-1]) == (0, 15)
    assert (miss["unit"], miss["positions"][0], miss["positions"][-1], miss["start"]) == ("mm", 0, 5, 0)
    with pytest.raises(KeyError):
        public(BY_TYPE["target"])


# ---- verdicts ----


def test_the_right_answer_is_explained_and_kept(item):
    told = page().say(kind="answer", id=item.id, raw=RIGHT[item.type])
    assert (told["verdict"]["status"], told["verdict"]["explanation"]) == ("correct", item.explanation)
    assert all(mark["right"] for mark in told["verdict"]["entries"])
    assert record.answers("03") == {item.id: RIGHT[item.type]} and record.sureness("03") == {}
    assert "sure" not in record.history("03")[0]


def test_a_partly_right_answer_is_told_part_by_part_and_not_explained(item):
    verdict = page().say(kind="answer", id=item.id, raw=PARTLY[item.type])["verdict"]
    assert (verdict["status"], verdict["explanation"], verdict["sources"]) == ("partial", "", [])
    wrong = [mark for mark in verdict["entries"] if not mark["right"]]
    assert len(wrong) == {"many": 0, "order": 0, "curve": 2}.get(item.type, 1)
    assert all(mark["note"] for mark in wrong)


def test_only_a_drawn_curve_is_told_the_models_and_only_once_it_was_read(item):
    here = page()
    told = here.say(kind="answer", id=item.id, raw=PARTLY[item.type])["verdict"]
    assert told["curve"] == (list(item.key) if item.type == "curve" else [])
    for unread in (None, [], [1.0], "x", {"a": 1}):
        assert here.say(kind="answer", id=item.id, raw=unread)["verdict"]["curve"] == []


@pytest.mark.parametrize(
    "raw",
    [None, 3, True, "x" * 10**6, ["x" * 10**6], {"x" * 10**6: 1}, [10**400] * 6, ["<img src=x onerror=alert(1)>"]],
)
def test_whatever_a_page_sends_comes_back_as_a_short_sentence_and_is_not_kept(item, raw):
    told = page().say(kind="answer", id=item.id, raw=raw, sure=3)
    assert told["verdict"]["status"] in ("invalid", "unanswered") and told["verdict"]["note"].endswith(".")
    assert len(json.dumps(told)) < 2000 and "<img" not in json.dumps(told)
    assert record.answers("03") == {}


# ---- how sure ----


@pytest.mark.parametrize("sure", [1, 2, 3])
def test_how_sure_an_answer_is_is_kept_and_shown_again_and_changes_no_mark(item, sure):
    plain = page().say(kind="answer", id=item.id, raw=PARTLY[item.type])["verdict"]
    told = page().say(kind="answer", id=item.id, raw=PARTLY[item.type], sure=sure)["verdict"]
    assert told == plain
    assert record.history("03")[-1]["sure"] == sure and record.sureness("03") == {item.id: sure}
    restored = page().say(kind="hello")["verdict"]
    assert (restored["raw"], restored["sure"]) == (PARTLY[item.type], sure)


@pytest.mark.parametrize("sure", [0, 4, 2.0, True, "2", [2], {"a": 2}, "<b>", None])
def test_what_is_no_way_of_being_sure_is_passed_over_and_the_answer_counts(item, sure):
    here = page()
    assert here.say(kind="answer", id=item.id, raw=RIGHT[item.type], sure=sure)["verdict"]["status"] == "correct"
    assert record.answers("03") == {item.id: RIGHT[item.type]} and record.sureness("03") == {}
    assert here.say(kind="hello")["verdict"]["sure"] is None


def test_the_last_answer_tells_how_sure_it_was_and_not_the_one_before(item):
    here = page()
    here.say(kind="answer", id=item.id, raw=PARTLY[item.type], sure=3)
    here.say(kind="answer", id=item.id, raw=RIGHT[item.type])
    assert here.say(kind="hello")["verdict"]["sure"] is None
    assert page().say(kind="hello")["verdict"]["sure"] is None


# ---- what is kept ----


def test_the_answer_is_there_again_with_its_parts_after_the_kernel_was_restarted(item):
    first = page().say(kind="answer", id=item.id, raw=PARTLY[item.type])["verdict"]
    again = page().say(kind="hello")["verdict"]
    assert (again["raw"], again["restored"]) == (PARTLY[item.type], True)
    assert {**again, "raw": None, "restored": False} == first


def test_an_answer_to_a_question_that_has_another_kind_now_is_passed_over(item):
    kept = {**RIGHT, "numeric": "120 kPa", "match": {"pain": "falls", "oxygen": "rises"}}
    for before in set(kept) - {item.type}:
        record.save_answer("03", item.id, kept[before], "correct", 3)
        told = page().say(kind="hello")
        assert set(told) == {"progress"} and told["progress"]["answered"] == 0, before


def test_starting_over_forgets_answer_and_sureness_and_keeps_the_history(item):
    here = page()
    here.say(kind="answer", id=item.id, raw=PARTLY[item.type], sure=1)
    assert "cleared" in here.say(kind="over")
    assert set(here.say(kind="hello")) == set(page().say(kind="hello")) == {"progress"}
    assert record.sureness("03") == {} and record.history("03")[0]["sure"] == 1


def test_without_a_model_sliders_are_our_mistake_and_what_was_kept_stays_kept(monkeypatch):
    target = BY_TYPE["target"]
    asks(monkeypatch, target)
    record.save_answer("03", target.id, RIGHT["target"], "correct")
    blind = Page("03", FIELDS)
    assert set(blind.say(kind="hello")) == {"progress"}
    assert blind.say(kind="answer", id=target.id, raw=RIGHT["target"])["verdict"]["status"] == "grader-error"
    assert record.answers("03") == {target.id: RIGHT["target"]}


def test_all_kinds_stand_on_one_page_and_each_hears_its_own(monkeypatch):
    asks(monkeypatch, *(BY_TYPE[kind] for kind in RIGHT))
    here = page()
    for count, kind in enumerate(RIGHT, start=1):
        told = here.say(kind="answer", id=BY_TYPE[kind].id, raw=RIGHT[kind])
        assert (told["verdict"]["id"], told["progress"]["answered"]) == (BY_TYPE[kind].id, count)
    assert len(Quiz("03", FIELDS, meets)._given) == len(RIGHT)


# ---- the same from a cell ----

SAID = {
    "many": "Partly right. 1 of 1 ticks are right; 1 more belong here. Right: “The needled place is sore” Yes.",
    "order": "Partly right. 1 of 2 steps follow the one before as they should. The belief",
    "two_tier": "Partly right. The answer holds, the reason does not. Not so: because “What is sore has not healed” "
    "Uncouple soreness from benefit and run again. Right: answer “It did” Yes.",
    "prediction": "Partly right. 3 of 4 cells are right. Not so: “Soreness” “a week later” up. It comes from the "
    "passes, and fades within days. Right: “Pain” “an hour later” down. Pain follows what the fibres release, and they "
    "let go. Right: “Pain” “a week later” down. Right: “Soreness” “an hour later” up. The belief",
    "target": "Partly right. 1 of 2 goals are met. Not reached: “Soreness never reaches 2.” Each pass adds a little "
    "soreness. Reached: “An hour later the pain is below 1.” The belief",
    "curve": "Partly right. The shape agrees by 68 %. Not so: Look at where it rises and where it falls. Not so: Look",
}


def test_it_can_be_answered_from_a_cell_with_how_sure_and_answers_in_words(item):
    said = repr(answer(item.id, PARTLY[item.type], sure=2, run=meets))
    assert said.startswith(SAID[item.type]), said
    assert item.explanation not in said
    assert record.answers("03") == {item.id: PARTLY[item.type]} and record.sureness("03") == {item.id: 2}
    assert item.explanation in repr(answer(item.id, RIGHT[item.type], run=meets))
    assert record.sureness("03") == {}


def test_a_cell_of_a_page_asks_the_model_of_its_lesson_which_goals_are_met(monkeypatch):
    target = BY_TYPE["target"]
    for module in (quiz, every_page):
        monkeypatch.setattr(module, "find", lambda name: ("03", target))
    assert repr(benches.answer(target.id, target.solution)).startswith("Right. 2 of 2 goals are met.")
    assert repr(benches.answer(target.id, {"passes": 2.5, "miss": 0.0})).startswith("Not read. ")
    assert "pain is below 1.” The spot" in repr(benches.answer(target.id, {"passes": 1, "miss": 0.0}, sure=1))
    assert record.sureness("03") == {target.id: 1}


def test_a_curve_from_a_cell_is_told_the_models(monkeypatch):
    monkeypatch.setattr(quiz, "find", lambda name: ("03", BY_TYPE["curve"]))
    model = "The model: 1 s, 0.67; 1 min, 4; 6 h, 2.75; 1 d, 0.89; 2 d, 0.2; 7 d, 0."
    assert model in repr(answer("how-sore", PARTLY["curve"]))
    assert "The model" not in repr(answer("how-sore", [1.0]))


def test_what_is_no_way_of_being_sure_is_refused_in_a_cell(item):
    with pytest.raises(ValueError, match=r"1 \(guessed\), 2 \(fairly sure\) or 3 \(sure\), not 4"):
        answer(item.id, RIGHT[item.type], sure=4)
    assert record.history("03") == ()
