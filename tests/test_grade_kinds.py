"""All that apply, steps in order, two tiers, predictions, sliders to set, curves: each gets the mark it earned."""

import json
from fractions import Fraction
from itertools import product

import pytest
from examples import BY_TYPE
from hypothesis import given
from hypothesis import strategies as st

from lessons.grading.grade import MARKED, STATUSES, grade
from lessons.grading.verdict import EntryMark

KINDS = ("many", "order", "two_tier", "prediction", "target", "curve")
MANY, ORDER, TIERS, PREDICTION, TARGET, CURVE = (BY_TYPE[kind] for kind in KINDS)
GOOD, BAD = ["oxygen", "sore"], ["none", "lower"]
STEPS = ["one", "two", "six"]
ROWS, PHASES, WAYS = ["pain", "soreness"], ["hour", "week"], ["up", "same", "down"]
KEY = {"pain": {"hour": "down", "week": "down"}, "soreness": {"hour": "up", "week": "same"}}
SET = {"passes": 2, "miss": 0.0}
DRAWN = list(CURVE.key)
HUGE, NAN = 10**400, float("nan")


def meets(item, setting):
    """A model that lets go from two passes on and is sore from each of them."""
    return [setting["passes"] >= 2 and setting["miss"] < 2.5, setting["passes"] < 3]


def mark(item, response):
    return grade(item, response, meets)


def earned(item, response):
    verdict = mark(item, response)
    return verdict.status, verdict.fraction


# ---- all that apply ----


@pytest.mark.parametrize(
    ("ticked", "status", "fraction"),
    [
        (GOOD, "correct", 1),
        (GOOD[:1], "partial", Fraction(1, 2)),
        ([*GOOD, BAD[0]], "partial", Fraction(1, 2)),
        ([GOOD[0], BAD[0]], "incorrect", 0),
        (BAD, "incorrect", 0),
        (GOOD + BAD, "incorrect", 0),
        ([GOOD[0]] * 5, "partial", Fraction(1, 2)),
    ],
)
def test_a_right_tick_earns_what_a_wrong_one_costs(ticked, status, fraction):
    assert earned(MANY, ticked) == (status, fraction)


def test_ticks_are_told_of_with_their_beliefs_and_what_was_not_ticked_is_not():
    verdict = mark(MANY, [GOOD[0], BAD[0]])
    assert [(m.entry, m.right) for m in verdict.entries] == [("none", False), ("oxygen", True)]
    assert verdict.tags == ("m15-soreness-signal",)
    assert verdict.note == "1 of 2 ticks are right; 1 more belong here."
    said = json.dumps([vars(m) for m in verdict.entries])
    assert 'sore"' not in said and "lower" not in said


@given(st.lists(st.sampled_from(GOOD + BAD), min_size=1))
def test_one_more_right_tick_never_lowers_the_mark_and_one_more_wrong_tick_never_raises_it(ticked):
    before = mark(MANY, ticked).fraction
    assert all(mark(MANY, [*ticked, name]).fraction >= before for name in GOOD)
    assert all(mark(MANY, [*ticked, name]).fraction <= before for name in BAD)


@given(st.permutations(GOOD + BAD))
def test_ticking_everything_earns_nothing(ticked):
    assert earned(MANY, ticked) == ("incorrect", 0)


# ---- steps in order ----


@pytest.mark.parametrize(
    ("steps", "fraction"),
    [
        (["one", "two", "six"], 1),
        (["six", "one", "two"], Fraction(1, 2)),
        (["two", "six", "one"], Fraction(1, 2)),
        (["one", "six", "two"], 0),
        (["six", "two", "one"], 0),
    ],
)
def test_an_order_is_worth_its_right_neighbours(steps, fraction):
    verdict = mark(ORDER, steps)
    assert verdict.fraction == fraction
    assert verdict.tags == (() if fraction == 1 else ("m28-twitch-means-nothing",))
    assert verdict.entries == ()


@pytest.mark.parametrize("steps", [["one"], ["one", "two"], ["one", "two", "two"], ["one", "two", "six", "six"]])
def test_each_step_takes_one_place(steps):
    verdict = mark(ORDER, steps)
    assert (verdict.status, verdict.note) == ("invalid", "Give each step one place.")


@given(st.permutations(STEPS))
def test_only_the_right_order_is_correct(steps):
    assert (mark(ORDER, steps).status == "correct") == (steps == STEPS)


# ---- two tiers ----


@pytest.mark.parametrize(
    ("answer", "because", "status", "fraction", "note"),
    [
        ("helped", "two", "correct", 1, "Answer and reason both hold."),
        ("helped", "one", "partial", Fraction(1, 2), "The answer holds, the reason does not."),
        ("harmed", "two", "incorrect", 0, "The answer does not hold."),
        ("harmed", "one", "incorrect", 0, "The answer does not hold."),
    ],
)
def test_the_answer_alone_is_worth_a_half_and_the_reason_alone_nothing(answer, because, status, fraction, note):
    verdict = mark(TIERS, {"answer": answer, "because": because})
    assert (verdict.status, verdict.fraction, verdict.note) == (status, fraction, note)
    assert {m.entry: (m.place, m.right) for m in verdict.entries} == {
        "answer": (answer, answer == "helped"),
        "because": (because, because == "two"),
    }


def test_half_an_answer_uses_up_no_attempt_and_says_what_is_missing():
    assert mark(TIERS, {"answer": "helped"}).note == "Still to choose: because."
    assert mark(TIERS, {"answer": "", "because": "two"}).note == "Still to choose: answer."
    assert earned(TIERS, {"answer": "", "because": None}) == ("unanswered", None)


# ---- what rises and falls ----


def filled(*ways):
    cells = iter(ways)
    return {row: {phase: next(cells) for phase in PHASES} for row in ROWS}


def test_the_key_is_correct_and_each_cell_is_marked():
    verdict = mark(PREDICTION, KEY)
    assert (verdict.status, verdict.fraction, verdict.tags) == ("correct", 1, ())
    assert verdict.note == "4 of 4 cells are right."
    assert [m.entry for m in verdict.entries] == ["pain/hour", "pain/week", "soreness/hour", "soreness/week"]


def test_a_wrong_cell_comes_first_with_the_feedback_of_its_row():
    verdict = mark(PREDICTION, {**KEY, "soreness": {"hour": "up", "week": "up"}})
    assert (verdict.status, verdict.fraction, verdict.tags) == ("partial", Fraction(3, 4), ("m15-soreness-signal",))
    assert verdict.entries[0] == EntryMark("soreness/week", "up", False, PREDICTION.rows[1].feedback)


@given(st.fixed_dictionaries({row: st.fixed_dictionaries({p: st.sampled_from(WAYS) for p in PHASES}) for row in ROWS}))
def test_a_prediction_is_worth_the_share_of_right_cells_and_one_more_never_lowers_it(ways):
    right = sum(ways[row][phase] == KEY[row][phase] for row, phase in product(ROWS, PHASES))
    assert mark(PREDICTION, ways).fraction == Fraction(right, 4)
    for row, phase in product(ROWS, PHASES):
        better = {**ways, row: {**ways[row], phase: KEY[row][phase]}}
        assert mark(PREDICTION, better).fraction >= mark(PREDICTION, ways).fraction


def test_cells_left_out_earn_nothing_and_none_at_all_is_unanswered():
    assert mark(PREDICTION, {"pain": {"hour": "down"}}).fraction == Fraction(1, 4)
    assert mark(PREDICTION, {"pain": {"hour": "down", "week": ""}, "soreness": {}}).fraction == Fraction(1, 4)
    assert earned(PREDICTION, {"pain": {"hour": None}, "soreness": {}}) == ("unanswered", None)


# ---- sliders to set ----


@pytest.mark.parametrize(
    ("passes", "miss", "fraction"), [(2, 0.0, 1), (2, 5, Fraction(1, 2)), (12, 0.0, Fraction(1, 2)), (12, 4.0, 0)]
)
def test_any_setting_that_meets_the_goals_is_right(passes, miss, fraction):
    verdict = mark(TARGET, {"passes": passes, "miss": miss})
    assert verdict.fraction == fraction
    assert verdict.tags == (() if fraction == 1 else ("m03-more-passes",))
    assert all((m.note == "") == m.right for m in verdict.entries)


@pytest.mark.parametrize("value", [HUGE, -HUGE, NAN, float("inf"), "2", None, True, [2], {"value": 2}])
def test_what_is_no_number_that_a_slider_takes_is_refused_in_a_sentence(value):
    verdict = mark(TARGET, {"passes": value, "miss": 0.0})
    assert (verdict.status, verdict.note) == ("invalid", "passes needs a number.")


@pytest.mark.parametrize("setting", [{"passes": 2}, {**SET, "pain": 0}, {"passes": 2, "Miss": 0.0}])
def test_a_slider_too_few_or_too_many_is_refused(setting):
    assert mark(TARGET, setting).note == "Give each of passes, miss a number."


def test_a_slider_that_the_question_bounds_on_one_side_is_refused_beyond_it():
    assert mark(TARGET, {"passes": 2, "miss": 5.1}).note == "miss must not lie above 5."
    sliders = [s.model_copy(update={"low": 1.0} if s.id == "passes" else {}) for s in TARGET.sliders]
    bounded = TARGET.model_copy(update={"sliders": tuple(sliders)})
    assert mark(bounded, {"passes": 0.5, "miss": 0.0}).note == "passes must not lie below 1."
    assert mark(bounded, SET).status == "correct"


def test_what_the_model_refuses_is_said_in_its_words_and_what_breaks_it_is_our_mistake():
    def refuses(item, setting):
        raise ValueError("needle passes must be a whole number.")

    def breaks(item, setting):
        raise RuntimeError("the solver gave up")

    assert grade(TARGET, SET, refuses).note == "needle passes must be a whole number."
    assert grade(TARGET, SET, refuses).status == "invalid"
    for run in (breaks, None, lambda item, setting: [True]):
        verdict = grade(TARGET, SET, run)
        assert (verdict.status, verdict.fraction) == ("grader-error", None)


# ---- a curve ----


def test_the_curve_of_the_model_is_correct_though_its_size_is_off():
    assert earned(CURVE, DRAWN) == ("correct", 1)
    assert earned(CURVE, [1.5 * value for value in DRAWN]) == ("correct", 1)
    assert mark(CURVE, [0.5 * value for value in DRAWN]).fraction >= Fraction(9, 10)


def test_what_of_the_shape_fails_is_told_first():
    verdict = mark(CURVE, [0, 1, 2, 3, 4, 5])
    assert verdict.status == "partial" and verdict.tags == ("m40-acute-effect-is-lasting",)
    assert {m.entry: m.right for m in verdict.entries} == {
        "direction": False, "turning-point": False, "plateau": False, "order": False
    }  # fmt: skip
    flat = mark(CURVE, [1] * 6)
    assert flat.entries[-1] == EntryMark("plateau", "", True, "It rests where the model rests.")


@pytest.mark.parametrize(
    ("curve", "said"),
    [
        (DRAWN[:-1], "Draw a value for each of 1 s, 1 min"),
        ([*DRAWN, 0], "Draw a value for each of"),
        (dict(enumerate(DRAWN)), "Draw a value for each of"),
        ([*DRAWN[:-1], None], "Every value of the curve is a number."),
        ([*DRAWN[:-1], HUGE], "Every value of the curve is a number."),
        ([*DRAWN[:-1], NAN], "Every value of the curve is a number."),
        ([*DRAWN[:-1], True], "Every value of the curve is a number."),
        ([*DRAWN[:-1], "1"], "Every value of the curve is a number."),
        ([*DRAWN[:-1], 10.1], "The curve stays within 0 to 10."),
        ([*DRAWN[:-1], -0.1], "The curve stays within 0 to 10."),
    ],
)
def test_what_is_no_curve_is_refused_in_a_sentence(curve, said):
    verdict = mark(CURVE, curve)
    assert verdict.status == "invalid" and verdict.note.startswith(said)


@given(st.lists(st.floats(0, 10), min_size=6, max_size=6))
def test_a_curve_is_worth_something_between_nothing_and_all_and_only_its_shape_counts(values):
    verdict = mark(CURVE, values)
    assert 0 <= verdict.fraction <= 1
    assert (verdict.status == "correct") == all(m.right for m in verdict.entries) == (verdict.fraction == 1)


# ---- anything at all ----

NAMES = [*GOOD, *BAD, *STEPS, *ROWS, *PHASES, *WAYS, "answer", "because", "helped", "two", "passes", "miss"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from([*NAMES, HUGE, -HUGE]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(NAMES), inner),
    max_leaves=20,
)
NEARLY = (
    st.lists(st.sampled_from(NAMES) | ANYTHING)
    | st.lists(st.floats() | st.integers() | ANYTHING, min_size=6, max_size=6)
    | st.fixed_dictionaries({"passes": ANYTHING, "miss": ANYTHING})
    | st.fixed_dictionaries({"answer": ANYTHING, "because": ANYTHING})
    | st.dictionaries(st.sampled_from(ROWS), st.dictionaries(st.sampled_from(PHASES), ANYTHING))
)


@pytest.mark.parametrize("kind", KINDS)
@given(response=ANYTHING | NEARLY)
def test_any_response_has_a_verdict_and_none_is_our_mistake(kind, response):
    verdict = mark(BY_TYPE[kind], response)
    assert verdict.status in STATUSES and verdict.status != "grader-error", verdict.note
    assert (verdict.fraction is None) == (verdict.status not in MARKED)
    assert verdict.fraction is None or 0 <= verdict.fraction <= 1
    assert verdict.note.endswith((".", "%."))
    assert verdict.status in MARKED or verdict.entries == ()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("response", [None, "", " \n", [], {}])
def test_nothing_is_unanswered(kind, response):
    assert earned(BY_TYPE[kind], response) == ("unanswered", None)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "response",
    [HUGE, NAN, True, 0, "oxygen", b"x", "\ud800", [[["one"]]], [{}], [None], {"a": {"b": {"c": 1}}}, {1: 2}, ("one",),
     ["x" * 10**6], [NAN] * 6, {"answer": ["helped"], "because": {}}, {"pain": "down"}, {"pain": {"hour": ["down"]}}],
)  # fmt: skip
def test_what_belongs_to_no_question_is_refused_in_a_short_sentence(kind, response):
    verdict = mark(BY_TYPE[kind], response)
    assert (verdict.status, verdict.fraction) == ("invalid", None)
    assert len(verdict.note) < 300


def test_a_deeply_nested_answer_is_refused():
    deep = {}
    for _ in range(100_000):
        deep = {"pain": deep}
    for kind in KINDS:
        assert mark(BY_TYPE[kind], deep).status == "invalid"
    while deep:  # taken apart link by link: freeing it at once would go as deep
        deep = deep["pain"]
