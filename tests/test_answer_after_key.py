"""Who has seen the key of a question is told so, may answer again, and is never taken to have known it that day."""

import errno
from datetime import UTC, date, datetime

import pytest
from examples import EXAMPLES
from failing_disk import fail
from quiz_page import FormPage
from test_report import CLAIM, ITEMS, NEAR, TODAY, about, at, mastered, right, said

from lessons.grading import record
from lessons.grading.attempts import attempts, dated
from lessons.grading.bank import sets
from lessons.grading.report import report

DRAWN = EXAMPLES["how-sore"]
FLAT, KEY = [5.0] * len(DRAWN.at), list(DRAWN.key)
EXAM = sets()["exam"].items
CURVE = EXAM["exam-draw-the-threshold-after-release"]
OTHER = next(name for name, item in EXAM.items() if item.type == "choice")


def drawn(points, day, **more):
    return said(DRAWN.id, points, day, **more)


# ---- what counts ----


def test_the_curve_of_these_tests_shares_a_claim_with_the_other_question():
    assert CLAIM in DRAWN.claim and CLAIM in ITEMS[NEAR].claim


def test_a_curve_drawn_right_at_once_counts():
    assert CLAIM in mastered(about(right(NEAR, 1), drawn(KEY, 2)))


@pytest.mark.parametrize("first", [FLAT, KEY], ids=["wrong at first", "right at first"])
def test_a_curve_drawn_again_after_the_models_was_shown_counts_for_nothing_that_day(first):
    events = [drawn(first, at(2, 9), sure=1), drawn(KEY, at(2, 10), sure=3), drawn(KEY, at(2, 23), sure=3)]
    marked, _ = attempts(dated({"03": events}, TODAY), ITEMS)
    assert [one.unaided for one in marked] == [True, False, False]
    found = about(right(NEAR, 1), *events)
    assert (found.first[DRAWN.id].raw, [one.answers for one in found.sureness]) == (first, [1, 0, 0])
    assert (CLAIM in mastered(found)) == (first == KEY)


def test_starting_over_makes_no_first_answer_of_a_curve_whose_key_was_shown_that_day():
    anew = {"kind": "start over", "time": at(2, 10)}
    found = about(right(NEAR, 1), drawn(FLAT, at(2, 9)), anew, drawn(KEY, at(2, 11)))
    assert mastered(found) == [] and found.first[DRAWN.id].raw == FLAT
    assert [(one.item, one.due) for one in found.revisit] == [(DRAWN.id, date(2026, 11, 3))]


def test_on_another_day_it_counts_as_recalled_and_still_not_as_the_first():
    found = about(right(NEAR, 1), drawn(FLAT, 2), drawn(KEY, 2), drawn(KEY, 3))
    assert CLAIM in mastered(found) and found.first[DRAWN.id].raw == FLAT


@pytest.mark.parametrize("time", ["9999-12-31T00:00:00+00:00", "", "yesterday"])
def test_a_key_that_was_shown_on_a_day_that_nobody_knows_may_have_been_shown_on_that_of_the_next_answer(time):
    events = [right(NEAR, 1), drawn(FLAT, time), drawn(KEY, 2)]
    assert mastered(about(*events)) == []
    assert mastered(about(*events, drawn(KEY, 2))) == []
    assert CLAIM in mastered(about(*events, drawn(KEY, 3)))


def test_the_key_of_another_form_is_another_key():
    events = [right(NEAR, 1), right(NEAR, 1, variant="ten")]
    marked, _ = attempts(dated({"03": events}, TODAY), ITEMS)
    assert [one.unaided for one in marked] == [True, True]


# ---- on the card ----


def now():
    """What the report says of the record, with the questions of the exam."""
    histories, _ = record.histories()
    return report(histories, EXAM, datetime.now(UTC).date())


def test_a_card_shows_the_models_curve_and_keeps_what_is_drawn_after_it_as_a_later_answer():
    page = FormPage("exam")
    flat = [CURVE.low] * len(CURVE.at)
    assert page.say(kind="answer", id=CURVE.id, raw=flat, sure=3)["verdict"]["curve"] == list(CURVE.key)
    for _ in range(2):
        assert page.say(kind="answer", id=CURVE.id, raw=list(CURVE.key), sure=3)["verdict"]["status"] == "correct"
        page.say(kind="over")
    found = now()
    assert found.first[CURVE.id].raw == flat and found.mastery == () and found.sureness[2].right == 0


def test_an_answer_that_could_not_be_saved_is_kept_before_the_one_that_follows_its_key(monkeypatch):
    """Else the second drawing, after the model's curve was shown, would be the first on the disk."""
    page = FormPage("exam")
    flat = [CURVE.low] * len(CURVE.at)
    with monkeypatch.context() as patch:
        fail(patch, "write", errno.ENOSPC)
        told = page.say(kind="answer", id=CURVE.id, raw=flat, sure=3)
        assert told["verdict"]["curve"] and "No space left" in told["progress"]["trouble"]
        assert told["progress"]["saved"] == "" and record.history("10_exam") == ()
    told = page.say(kind="answer", id=CURVE.id, raw=list(CURVE.key), sure=3)
    assert told["progress"]["saved"].startswith("Saved ") and told["progress"]["trouble"] == ""
    assert [event["raw"] for event in record.history("10_exam")] == [flat, list(CURVE.key)]
    assert now().first[CURVE.id].raw == flat and now().mastery == ()


def test_answers_that_could_not_be_saved_come_with_the_next_of_any_question_in_their_order(monkeypatch):
    page = FormPage("exam")
    raws = [[height] * len(CURVE.at) for height in (CURVE.low, CURVE.high)]
    with monkeypatch.context() as patch:
        fail(patch, "fsync", errno.ENOSPC)
        for raw in raws:
            page.say(kind="answer", id=CURVE.id, raw=raw)
    option = EXAM[OTHER].options[0].id
    assert page.say(kind="answer", id=OTHER, raw=option)["progress"]["saved"]
    assert [event["raw"] for event in record.history("10_exam")] == [*raws, option]


def test_answers_that_could_not_be_saved_come_before_starting_over(monkeypatch):
    page = FormPage("exam")
    with monkeypatch.context() as patch:
        fail(patch, "replace", errno.ENOSPC)
        page.say(kind="answer", id=CURVE.id, raw=list(CURVE.key))
    page.say(kind="over")
    assert [event["kind"] for event in record.history("10_exam")] == ["answer", "start over"]
    assert FormPage("exam").say(kind="hello")["progress"]["answered"] == 0


def test_an_answer_that_never_can_be_kept_holds_up_no_other(monkeypatch):
    page = FormPage("exam")
    many = next(item for item in EXAM.values() if item.type == "many")
    monkeypatch.setattr(record, "LONGEST_ANSWER", 200)
    assert "too long" in page.say(kind="answer", id=many.id, raw=[many.options[0].id] * 50)["progress"]["trouble"]
    told = page.say(kind="answer", id=OTHER, raw=EXAM[OTHER].options[0].id)["progress"]
    assert told["saved"] and told["trouble"] == "" and record.answers("10_exam").keys() == {OTHER}
