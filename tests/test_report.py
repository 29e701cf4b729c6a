"""What a record says of a learner: first answers, mastery, beliefs, sureness, what comes back when, and the gain."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from examples import EXAMPLES
from hypothesis import given
from hypothesis import strategies as st

from lessons.grading import record
from lessons.grading.attempts import attempts, dated, predicted
from lessons.grading.choices import Choice
from lessons.grading.question import Variant
from lessons.grading.report import DAYS, FORMS_NEEDED, report
from lessons.grading.sealed import seal

NEAR, TWITCH = "five-millimetres-beside", "must-it-twitch"
RIGHT, WRONG = {NEAR: "same", TWITCH: "early"}, {NEAR: "gone", TWITCH: "lasting"}
BELIEF = "m03-more-passes"
TODAY = date(2026, 11, 27)


def another(item, name, **changes):
    """The same question under another id."""
    return item.model_copy(update={"id": name, **changes})


# Two questions of one claim, the first of which has a second form.
ITEMS = {
    **EXAMPLES,
    NEAR: another(EXAMPLES[NEAR], NEAR, variants=(Variant(id="ten", stem="Ten millimetres beside?"),)),
    "again": another(EXAMPLES[NEAR], "again"),
}
CLAIM = "T4a"


def at(day, hour=12):
    """A time of a day of November 2026 as the record writes it; days after the 30th are in December."""
    return (datetime(2026, 11, 1, hour, tzinfo=UTC) + timedelta(day - 1)).isoformat(timespec="milliseconds")


def said(item, raw, day, status="incorrect", **more):
    return {
        "kind": "answer",
        "time": day if isinstance(day, str) else at(day),
        "id": item,
        "raw": raw,
        "status": status,
        **more,
    }


def right(item, day, **more):
    return said(item, RIGHT.get(item, "same"), day, **more)


def wrong(item, day, **more):
    return said(item, WRONG.get(item, "gone"), day, **more)


def about(*events, today=TODAY, **more):
    return report({"03": events}, ITEMS, today, **more)


def mastered(found):
    return [one.claim for one in found.mastery if one.mastered]


# ---- first answers ----


def test_without_a_record_there_is_nothing_to_say():
    found = report({}, ITEMS, TODAY)
    assert not any((found.first, found.mastery, found.beliefs, found.revisit, found.predictions, found.unmarked))
    assert found.gain is None and [one.answers for one in found.sureness] == [0, 0, 0]


def test_the_first_answer_is_kept_whatever_came_later_also_when_the_lesson_was_begun_anew():
    found = about(wrong(NEAR, 1), right(NEAR, 1), {"kind": "start over", "time": at(2)}, right(NEAR, 2))
    assert found.first[NEAR].raw == "gone" and not found.first[NEAR].right


def test_no_mark_in_the_file_is_believed():
    found = about(wrong(NEAR, 1, status="correct"), right(TWITCH, 1, status="incorrect"))
    assert (found.first[NEAR].right, found.first[TWITCH].right) == (False, True)


def test_what_could_not_be_read_when_it_was_given_is_no_answer():
    found = about(said("threshold-after-a-day", "4,800", 1, "invalid"), said(NEAR, "", 1, "unanswered"))
    assert found.first == {} and found.unmarked == ()


def test_answers_to_questions_that_are_gone_are_listed_apart_each_once():
    events = [said("old", "x", 1), said("old", "y", 2), said(NEAR, "same", 2, variant="gone"), said(NEAR, ["same"], 2)]
    found = about(*events)
    assert [(one.item, one.variant, one.raw) for one in found.unmarked] == [
        ("old", "", "y"),
        (NEAR, "gone", "same"),
        (NEAR, "", ["same"]),
    ]
    assert found.first == {}


def test_an_answer_that_our_mistake_leaves_unmarked_is_listed_apart():
    def fails(item, setting):
        raise RuntimeError("no model today")

    found = about(said("enough-but-gentle", {"passes": 2, "miss": 0.0}, 1), run=fails)
    assert [one.item for one in found.unmarked] == ["enough-but-gentle"]


# ---- mastery ----


def test_two_forms_on_two_days_are_mastery():
    assert CLAIM in mastered(about(right(NEAR, 1), right("again", 2)))
    assert CLAIM in mastered(about(right(NEAR, 1), right(NEAR, 2, variant="ten")))


@pytest.mark.parametrize(
    "events",
    [
        [right(NEAR, 1), right(NEAR, 2)],
        [right(NEAR, 1), right("again", 1)],
        [right(NEAR, 1), right("again", 2, hints=1)],
        [right(NEAR, 1), wrong("again", 2)],
        [right(NEAR, 1), wrong("again", 2), right("again", 2)],
        [right(NEAR, 1, hints=2), right("again", 2)],
        [right(NEAR, at(1, 0)), right("again", at(1, 23))],
        [right(NEAR, 1), right("again", "no time at all")],
        [right(NEAR, 5), right("again", 3)],
        [right(NEAR, 1), right("again", 28)],
    ],
    ids=[
        "one form",
        "one day",
        "with a hint",
        "one of them wrong",
        "right only after being told",
        "the first with hints",
        "from midnight to midnight in UTC",
        "without a time",
        "a clock set back",
        "a day to come",
    ],
)
def test_less_than_that_is_on_the_way(events):
    found = about(*events)
    assert mastered(found) == [] and any(one.claim == CLAIM for one in found.mastery)


def test_days_are_those_of_utc_whatever_the_offset():
    evening = "2026-11-01T23:30:00.000-02:00"  # the second of November in UTC
    assert mastered(about(right(NEAR, 2), right("again", evening))) == []
    assert CLAIM in mastered(about(right(NEAR, 1), right("again", evening)))


def test_a_right_answer_on_a_later_day_counts_after_a_wrong_one():
    assert CLAIM in mastered(about(wrong(NEAR, 1), right("again", 1), right(NEAR, 2)))


def test_answers_from_before_starting_over_count():
    assert CLAIM in mastered(
        about(right(NEAR, 1), {"kind": "start over", "time": at(2)}, right(NEAR, 3, variant="ten"))
    )


def test_answers_of_two_lessons_add_up():
    found = report({"03": [right(NEAR, 1)], "10": [right("again", 2)]}, ITEMS, TODAY)
    assert CLAIM in mastered(found)


EVENTS = st.lists(
    st.builds(
        said,
        st.sampled_from([NEAR, "again", TWITCH, "gone"]),
        st.sampled_from(["same", "gone", "early", "lasting", 3, None]),
        st.one_of(
            st.integers(1, 40),
            st.just("1970-01-01T00:00:00+00:00"),
            st.just("9999-12-31T23:59:59+00:00"),
            st.text(max_size=5),
        ),
        status=st.sampled_from(["correct", "incorrect", "invalid"]),
    ).flatmap(
        lambda event: st.fixed_dictionaries(
            {name: st.just(value) for name, value in event.items()},
            optional={
                "sure": st.sampled_from([1, 2, 3]),
                "hints": st.integers(0, 2),
                "variant": st.sampled_from(["ten", "none"]),
            },
        )
    ),
    max_size=12,
)


@given(EVENTS)
def test_whatever_was_kept_has_a_report_and_mastery_rests_on_two_forms_and_two_days(events):
    found = about(*events)
    marked, _ = attempts(dated({"03": events}, TODAY), ITEMS)
    for one in found.mastery:
        good = [a for a in marked if one.claim in a.claims and a.right and not a.hints and a.day]
        assert one.forms <= len({a.form for a in good}) and one.days <= len({a.day for a in good})
        if one.mastered:
            assert len({a.form for a in good}) >= FORMS_NEEDED and len({a.day for a in good}) >= 2
    assert sum(one.answers for one in found.sureness) <= len(found.first)
    assert all(0 <= one.right <= one.answers for one in found.sureness)
    assert {one.item for one in found.revisit} <= {a.item for a in marked if not a.right}
    assert len(found.first) == len({a.item for a in marked})


@given(EVENTS)
def test_there_is_no_mastery_with_hints_on_one_day_or_in_one_form(events):
    assert mastered(about(*[{**event, "hints": 1} for event in events])) == []
    assert mastered(about(*[{**event, "time": at(3)} for event in events])) == []
    assert mastered(about(*[{**event, "id": NEAR, "variant": ""} for event in events])) == []


@given(EVENTS, st.integers(0, 12))
def test_what_was_mastered_stays_mastered_and_first_answers_stay_first(events, many):
    before, after = about(*events[:many]), about(*events)
    assert set(mastered(before)) <= set(mastered(after))
    assert all(after.first[name] == one for name, one in before.first.items())


# ---- beliefs ----


def test_the_belief_that_showed_last_stands_first_and_says_whether_it_was_put_right():
    found = about(wrong(NEAR, 1), wrong("again", 2), right(NEAR, 3), wrong(TWITCH, 4))
    assert [(one.belief, one.times, one.put_right) for one in found.beliefs] == [
        ("m02-must-twitch", 1, False),
        (BELIEF, 2, True),
    ]
    assert [one.day for one in found.beliefs] == [date(2026, 11, 4), date(2026, 11, 2)]


def test_a_belief_that_shows_again_is_no_longer_put_right():
    (found,) = about(wrong(NEAR, 1), right(NEAR, 2), wrong("again", 3)).beliefs
    assert not found.put_right


def test_another_question_that_could_not_betray_a_belief_does_not_put_it_right():
    (found,) = about(wrong(NEAR, 1), right(TWITCH, 2)).beliefs
    assert not found.put_right


# ---- how sure and how right ----


def test_only_first_answers_say_how_sure_one_was():
    found = about(wrong(NEAR, 1, sure=3), right(NEAR, 2, sure=3), right("again", 2, sure=3), wrong(TWITCH, 2, sure=1))
    assert [(one.sure, one.answers, one.right, one.share) for one in found.sureness] == [
        (1, 1, 0, 0),
        (2, 0, 0, None),
        (3, 2, 1, Fraction(1, 2)),
    ]


def test_answers_that_do_not_say_it_are_left_out():
    assert [one.answers for one in about(right(NEAR, 1)).sureness] == [0, 0, 0]


# ---- what comes back ----


def comes_back(*events, **more):
    return [(one.due.isoformat(), one.step) for one in about(*events, **more).revisit]


@pytest.mark.parametrize(
    ("events", "due"),
    [
        ([wrong(NEAR, 1)], [("2026-11-02", 0)]),
        ([wrong(NEAR, 1), right(NEAR, 1)], [("2026-11-02", 0)]),
        ([wrong(NEAR, 1), right(NEAR, 2)], [("2026-11-09", 1)]),
        ([wrong(NEAR, 1), right(NEAR, 5)], [("2026-11-12", 1)]),
        ([wrong(NEAR, 1), right(NEAR, 2), right(NEAR, 4)], [("2026-11-09", 1)]),
        ([wrong(NEAR, 1), right(NEAR, 2), right(NEAR, 9)], [("2026-12-09", 2)]),
        ([wrong(NEAR, 1), right(NEAR, 2), wrong(NEAR, 4)], [("2026-11-05", 0)]),
        ([wrong(NEAR, 1), wrong(NEAR, 2), right(NEAR, 2)], [("2026-11-03", 0)]),
        ([wrong(NEAR, 1), right(NEAR, 2, hints=1)], [("2026-11-03", 0)]),
        ([right(NEAR, 1)], []),
        ([wrong(NEAR, 1), wrong(NEAR, 2, variant="ten")], [("2026-11-03", 0)]),
    ],
)
def test_what_was_missed_comes_back_after_a_day_then_a_week_then_a_month(events, due):
    assert comes_back(*events) == due


def test_a_question_that_was_right_three_times_when_it_was_due_is_done():
    events = [wrong(NEAR, 1), right(NEAR, 2), right(NEAR, 9), right(NEAR, 39)]
    assert comes_back(*events, today=date(2027, 1, 1)) == []
    assert comes_back(*events, wrong(NEAR, 40), today=date(2027, 1, 1)) == [("2026-12-11", 0)]
    assert DAYS == (1, 7, 30)


def test_an_answer_that_is_partly_right_comes_back_too():
    assert comes_back(said("sore-is-not-worse", {"answer": "helped", "because": "one"}, 1)) == [("2026-11-02", 0)]


def test_who_was_sure_and_wrong_is_asked_first_among_those_of_a_day():
    found = about(wrong(TWITCH, 1, sure=1), wrong(NEAR, 1, sure=3), wrong("again", 3, sure=3))
    assert [(one.item, one.was_sure) for one in found.revisit] == [(NEAR, True), (TWITCH, False), ("again", True)]
    assert [one.item for one in found.due(date(2026, 11, 2))] == [NEAR, TWITCH]


def test_a_miss_with_an_impossible_time_comes_back_today():
    assert comes_back(wrong(NEAR, "9999-12-31T23:59:59+00:00")) == [(TODAY.isoformat(), 0)]


def test_the_last_day_that_there_is_has_no_day_after():
    assert comes_back(wrong(NEAR, "9999-12-31T12:00:00+00:00"), today=date.max) == [("9999-12-31", 0)]


def test_questions_of_the_forms_do_not_come_back():
    assert about(wrong(NEAR, 1), wrong(TWITCH, 1), never_again={NEAR}).revisit[0].item == TWITCH


# ---- times ----


def test_a_clock_that_was_set_back_changes_neither_the_order_nor_the_day():
    events = [right(NEAR, 5), right(NEAR, "1970-01-01T00:00:00+00:00"), right(NEAR, 6)]
    assert [one.day for one in dated({"03": events}, TODAY)] == [
        date(2026, 11, 5),
        date(2026, 11, 5),
        date(2026, 11, 6),
    ]


def test_a_day_to_come_is_believed_by_nobody_and_spoils_no_later_one():
    events = [right(NEAR, "9999-12-31T00:00:00+00:00"), right(NEAR, 6)]
    assert [one.day for one in dated({"03": events}, TODAY)] == [None, date(2026, 11, 6)]
    assert about(*events).odd_times == 1


def test_events_of_several_lessons_are_ordered_by_time_and_those_of_one_as_they_were_kept():
    histories = {"02": [right("a", 1), right("b", 9), right("c", 3)], "03": [right("d", 4), right("e", 10)]}
    assert "".join(one.event["id"] for one in dated(histories, TODAY)) == "adbce"


@pytest.mark.parametrize("time", ["", "yesterday", "2026-11-31", "0001-01-01T00:00:00+23:00", "2026-11-05"])
def test_no_time_stops_the_report(time):
    assert about(right(NEAR, time), wrong(TWITCH, time)).first.keys() == {NEAR, TWITCH}


# ---- before and after ----

FORMS = {"opening": (NEAR, TWITCH), "closing": ("again", "after")}
BOTH = {**ITEMS, "after": another(EXAMPLES[TWITCH], "after")}
LATER = [said("again", "same", 20), said("after", "early", 20)]


def forms(*events, **more):
    return report({"00": events[:2], "10": events[2:]}, BOTH, TODAY, **{**FORMS, **more})


def test_the_gain_is_the_share_of_what_was_still_to_learn():
    found = forms(wrong(NEAR, 1), right(TWITCH, 1), *LATER).gain
    assert (found.pairs, found.before, found.after, found.gain) == (2, Fraction(1, 2), 1, 1)
    found = forms(wrong(NEAR, 1), wrong(TWITCH, 1), LATER[0], said("after", "lasting", 20)).gain
    assert (found.before, found.after, found.gain) == (0, Fraction(1, 2), Fraction(1, 2))


def test_who_knew_everything_before_had_nothing_to_gain():
    assert forms(right(NEAR, 1), right(TWITCH, 1), *LATER).gain.gain is None


def test_a_loss_is_a_negative_gain():
    assert (
        forms(right(NEAR, 1), wrong(TWITCH, 1), said("again", "gone", 20), said("after", "lasting", 20)).gain.gain == -1
    )


def test_first_answers_count_in_both_forms():
    found = report(
        {"00": [wrong(NEAR, 1), right(NEAR, 1)], "10": [said("again", "gone", 9), *LATER]}, BOTH, TODAY, **FORMS
    )
    assert (found.gain.pairs, found.gain.before, found.gain.after) == (1, 0, 0)


def test_without_one_of_the_forms_there_is_no_gain():
    assert forms(wrong(NEAR, 1), wrong(TWITCH, 1)).gain is None
    assert forms(wrong(NEAR, 1), wrong(TWITCH, 1), LATER[0]).gain is None
    assert report({"10": LATER}, BOTH, TODAY, **FORMS).gain is None
    assert forms(wrong(NEAR, 1), wrong(TWITCH, 1), *LATER, closing=()).gain is None


def test_nothing_betrays_the_opening_form_before_the_closing_one_is_answered():
    before = forms(wrong(NEAR, 1, sure=3), right(TWITCH, 1, sure=3))
    assert not any((before.mastery, before.beliefs, before.revisit)) and before.sureness[2].answers == 0
    after = forms(wrong(NEAR, 1, sure=3), right(TWITCH, 1, sure=3), *LATER)
    assert after.mastery and after.beliefs and after.sureness[2].answers == 2


# ---- of real files ----


def test_the_first_prediction_of_each_question_is_kept():
    record.save_prediction("03", "fuel", 3.0)
    record.start_over("03")
    record.save_prediction("03", "fuel", 4.0)
    record.save_prediction("02", "fuel", "unsure")
    found = predicted(dated({lesson: record.history(lesson) for lesson in ("02", "03")}, date.max))
    assert {(one.lesson, one.id): one.answer for one in found} == {("03", "fuel"): 3.0, ("02", "fuel"): "unsure"}


def test_a_damaged_file_of_one_lesson_leaves_the_others_their_report(record_folder):
    for lesson, item in (("02", NEAR), ("03", TWITCH), ("04", "again")):
        record.save_answer(lesson, item, RIGHT.get(item, "same"), "correct", 2)
    record.path("03").write_bytes(b"\x00")
    found = report({lesson: record.history(lesson) for lesson in ("02", "03", "04")}, ITEMS, date.max)
    assert set(found.first) == {NEAR, "again"}


def test_the_questions_of_these_tests_share_a_claim():
    assert all(isinstance(ITEMS[name], Choice) and CLAIM in ITEMS[name].claim for name in (NEAR, "again"))


# ---- the exam ----

EXAM = {
    name: another(EXAMPLES[NEAR], name, safety=name.startswith("safe"))
    for name in ("safe-one", "safe-two", "a", "b", "c", "d", "e", "f", "g", "h")
}


def sat(*wrong_ones, day=1, left_out=()):
    """Answers to the exam, right but for some."""
    return [(wrong if name in wrong_ones else right)(name, day) for name in EXAM if name not in left_out]


def examined(*events):
    return report({"10": events}, {**ITEMS, **EXAM}, TODAY, examined=tuple(EXAM)).exam


def test_without_an_answer_to_the_exam_there_is_no_result():
    assert examined() is None and examined(right(NEAR, 1)) is None


def test_seven_tenths_and_all_on_safety_pass():
    found = examined(*sat("a", "b", "c"))
    assert (found.share, found.safety_right, found.passed) == (Fraction(7, 10), 2, True)
    assert not examined(*sat("a", "b", "c", "d")).passed


def test_one_miss_on_safety_does_not_pass_whatever_else_was_right():
    found = examined(*sat("safe-two"))
    assert (found.share, found.safe, found.passed) == (Fraction(9, 10), False, False)


def test_what_was_left_out_is_worth_nothing_and_a_safety_question_left_out_is_not_right():
    found = examined(*sat(left_out=("safe-one", "a")))
    assert (found.answered, found.share, found.safe) == (8, Fraction(8, 10), False)


def test_only_first_answers_of_a_sitting_count():
    again = [*sat("safe-one"), right("safe-one", 2)]
    assert not examined(*again).passed


def test_who_starts_over_sits_it_again_and_a_pass_is_kept():
    over = {"kind": "start over", "time": at(2)}
    assert examined(*sat("safe-one"), over, *sat("a", day=3)).passed
    kept = examined(*sat("a"), over, *sat("safe-one", day=3))
    assert kept.passed and kept.share == Fraction(9, 10)
    assert examined(*sat("safe-one"), over).answered == 10, "an empty sitting is none"


def test_what_else_of_the_page_is_begun_anew_divides_no_sitting():
    half, rest = sat()[:5], sat(day=3)[5:]
    files = {"10_exam": [*half, *rest], "10": [{"kind": "start over", "time": at(2)}]}
    found = report(files, {**ITEMS, **EXAM}, TODAY, examined=tuple(EXAM)).exam
    assert found.answered == 10 and found.passed


def test_of_an_exam_that_only_the_teacher_can_mark_there_is_no_result():
    shut = {name: seal(item, {}) for name, item in EXAM.items()}
    found = report({"10_exam": sat()}, {**ITEMS, **shut}, TODAY, examined=tuple(EXAM))
    assert found.exam is None and {one.item for one in found.unmarked if one.sealed} == set(EXAM)


def test_answers_to_cases_of_the_clinic_are_no_answers_to_questions_that_are_gone():
    found = about(said("case-mara-gate", ["over-the-lung"], 1), said("case-mara-plan", {"choice": "release"}, 1))
    assert found.unmarked == () and found.first == {}
