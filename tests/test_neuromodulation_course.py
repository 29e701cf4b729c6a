"""Courses of visits: what each leaves, what fades, who takes part, and the three arms side by side."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.benches.whole_body import ACCOUNTS, THREE_WEEKS, one_visit, whole_body
from lessons.figures.whole_body_session import ANXIETY, PANELS, whole_body_session
from lessons.figures.whole_body_weeks import DEEPEST, HIGHEST, LOWEST, whole_body_weeks
from lessons.interface.packing import difference, pack
from lessons.interface.palette import COLOURS
from lessons.models import neuromodulation
from lessons.models.neuromodulation_course import (
    BLUNT,
    DAY,
    NO_NEEDLE,
    NOTHING,
    OBSERVABLES,
    PENETRATING,
    REAL,
    SHAM_ARM,
    Course,
    dose,
    effective_expectancy,
    session,
    simulate,
    visit_days,
)
from lessons.models.neuromodulation_people import cohort, enrol, expectation, ratings
from lessons.models.neuromodulation_whole_body import ARMS, CLOSED, compare, compare_visit
from lessons.simulation import ParameterError

ONE_VISIT = Course(visits_per_week=1.0, weeks=1)


def read(name, c, day):
    return OBSERVABLES[name].at(simulate(c), DAY * day)


# The map


def test_a_single_visit_fades_exactly():
    days = np.array([0.0, 0.5, 14.0, 100.0, 180.0])
    run = simulate(ONE_VISIT, DAY * days)
    c, ds = ONE_VISIT, dose(ONE_VISIT)
    start = (c.set_point_needle * ds, c.set_point_context * 0.6, c.calm_context * 0.6 + c.calm_needle * 0.5 * ds)
    for state, first, tau in zip(run.state, start, (c.memory_needle, c.memory_context, c.calm_memory), strict=True):
        np.testing.assert_allclose(state, first * np.exp(-days / tau), rtol=1e-12)


@pytest.mark.parametrize(("per_week", "weeks"), [(1.0, 10), (3.0, 12), (0.5, 8), (2.5, 4)])
def test_visits_add_up_as_a_geometric_sum(per_week, weeks):
    c = Course(visits_per_week=per_week, weeks=weeks, memory_context=700.0)
    n, gap = len(visit_days(c)), 7 / per_week
    last = visit_days(c)[-1]
    run = simulate(c, [0.0, DAY * last] if last else [0.0])
    fade, each = math.exp(-gap / c.calm_memory), c.calm_context * 0.6 + c.calm_needle * 0.5 * dose(c)
    assert run.state.calm[-1] == pytest.approx(each * (1 - fade**n) / (1 - fade), rel=1e-12)
    # The set point has room: with one memory for both parts, the whole shift is geometric, too.
    by_one = c.set_point_needle * dose(c) + c.set_point_context * 0.6
    ratio = math.exp(-gap / 700) * (1 - by_one / c.set_point_room)
    whole = run.state.needle_shift[-1] + run.state.context_shift[-1]
    assert whole == pytest.approx(by_one * (1 - ratio**n) / (1 - ratio), rel=1e-12)


@given(days=st.lists(st.floats(0, 400), min_size=2, max_size=30, unique=True))
def test_the_course_does_not_depend_on_when_it_is_looked_at(days):
    days = np.unique(np.round(days, 3))
    one_by_one = [simulate(Course(), [DAY * day]).state for day in days]
    together = simulate(Course(), DAY * days).state
    for column, single in zip(together, zip(*one_by_one, strict=True), strict=True):
        np.testing.assert_allclose(column, np.ravel(single), rtol=1e-12, atol=0)


def test_nothing_happens_before_its_time_and_at_a_visit_the_value_after_it_counts():
    run = simulate(Course(), DAY * np.array([0.0, 6.999, 7.0]))
    assert run.state.calm[1] < run.state.calm[0] < run.state.calm[2]


BOX = {
    name: st.integers(int(about.low), int(about.high)) if about.whole else st.floats(about.low, about.high)
    for name, about in Course.described().items()
    if name
    in (
        "visits_per_week", "weeks", "arm", "weeks_shown", "needles", "strength", "retention", "interval", "posture",
        "expectancy", "sham", "small_trial_discount", "flare", "trend", "responsiveness",
    )
}  # fmt: skip


@settings(max_examples=120)
@given(values=st.fixed_dictionaries(BOX))
def test_whatever_the_sliders_say_shifts_find_room_and_everything_is_a_number(values):
    c = Course(**values)
    run = simulate(c)
    for column in run.state:
        assert np.all(np.isfinite(column)) and column.min() >= 0
    for name in ("baseline_shift", "needle_shift", "context_shift", "pain"):
        low, high = OBSERVABLES[name].axis
        values = OBSERVABLES[name].read(run)
        assert low <= values.min() and values.max() <= high
    assert OBSERVABLES["baseline_shift"].read(run).max() <= c.set_point_room
    for name in (n for n in OBSERVABLES if n.startswith("session_")):
        assert math.isfinite(float(OBSERVABLES[name].read(run)))


@settings(max_examples=60)
@given(values=st.fixed_dictionaries({k: v for k, v in BOX.items() if k not in ("arm", "posture")}))
def test_sham_with_the_same_belief_does_no_more_than_needles_that_put_in_no_less(values):
    real = Course(arm=REAL, blinding_leak=0.0, **values)
    sham = real.changed(arm=SHAM_ARM)
    assert effective_expectancy(sham) == effective_expectancy(real)
    if dose(real) < dose(sham):
        return
    for name in ("sleep", "mood"):
        a, b = (OBSERVABLES[name].read(simulate(arm)) for arm in (sham, real))
        assert np.all(a - b >= -1e-9), name
    # The set point is shared out between a part that fades and one that hardly does: after many visits the arm with
    # more of the fading part sinks faster, so its lead is promised only up to the last visit.
    if len(visit_days(real)):
        end = [DAY * float(visit_days(real)[-1])]
        a, b = (float(OBSERVABLES["baseline_shift"].read(simulate(arm, end))[0]) for arm in (sham, real))
        assert b - a >= -0.005


def test_lost_blinding_takes_belief_from_sham_only():
    for kind, blinded in ((PENETRATING, 0.95), (BLUNT, 0.85), (NO_NEEDLE, 0.6)):
        c = Course(sham=kind)
        assert effective_expectancy(c.changed(arm=SHAM_ARM)) == pytest.approx(0.6 * (1 - 0.5 * (1 - blinded)))
        assert effective_expectancy(c) == 0.6 and effective_expectancy(c.changed(arm=NOTHING)) == 0


@given(values=st.fixed_dictionaries({k: v for k, v in BOX.items() if k != "arm"}))
def test_without_treatment_everything_stays_at_its_baseline_but_the_natural_course(values):
    c = Course(arm=NOTHING, **values)
    run = simulate(c)
    assert not any(np.any(column) for column in run.state) and not run.events
    days = run.time / DAY
    natural = c.trend * (1 - np.exp(-days / c.trend_time)) + c.flare * np.exp(-days / c.fluctuation_time)
    np.testing.assert_allclose(OBSERVABLES["pain"].read(run), np.clip(c.pain_mean + natural, 0, 10), atol=1e-12)


def test_the_document_s_numbers_of_a_course_come_out():
    assert dose(Course()) == pytest.approx(0.8296, rel=0.01)
    for kind, size in ((PENETRATING, 0.3014), (BLUNT, 0.0712), (NO_NEEDLE, 0.0)):
        assert dose(Course(arm=SHAM_ARM, sham=kind)) == pytest.approx(size, rel=0.01)
    for name, day, size in (
        ("needle_shift", 84, 0.37896), ("context_shift", 84, 0.25509),
        ("needle_shift", 449, 0.22498), ("context_shift", 449, 0.23713),
    ):  # fmt: skip
        assert read(name, Course(weeks_shown=65), day) == pytest.approx(size, rel=0.01)
    assert read("sleep", Course(), 84) == pytest.approx(-2.9 * 0.13994, rel=0.01)


def test_a_visit_of_an_arm_is_that_arm_s_treatment():
    real, sham, nothing = (session(Course(arm=arm)) for arm in (REAL, SHAM_ARM, NOTHING))
    assert (real.needles, sham.needles, nothing.needles) == (8, 0, 0)
    assert nothing.expectancy == 0 < sham.expectancy < real.expectancy
    assert real.posture == sham.posture == nothing.posture == 1
    assert session(Course(posture=0)).posture == 0


@pytest.mark.parametrize("times", [[], [1.0, 1.0], [-1.0, 0.0], [0.0, math.nan], [[0.0, 1.0]]])
def test_impossible_times_are_refused_in_a_sentence(times):
    with pytest.raises(ParameterError, match="finite seconds from 0 on"):
        simulate(Course(), times)


# The people


def test_the_same_seed_gives_the_same_people_and_another_gives_others():
    first, again, other = (cohort(Course(), 200, seed) for seed in (3, 3, 4))
    assert np.array_equal(first, again) and not np.array_equal(first, other)


def test_a_thousand_people_are_rated_every_week():
    rated = cohort(Course(), 1000)
    assert rated.shape == (27, 1000) and np.all((rated >= 0) & (rated <= 10))


def test_who_enrols_on_a_bad_day_is_better_later_without_any_treatment():
    c = Course(arm=NOTHING, trend=0.0)
    random = np.random.default_rng(1)
    people = enrol(c, 20_000, random)
    assert people.screening.min() >= c.enrolled_from
    rated = ratings(c, people, np.array([0.0, 7.0, 84.0, 300.0]), random).mean(axis=1)
    assert people.screening.mean() - rated[-1] > 0.7  # regression to the mean, points
    assert rated[1] > rated[2] >= rated[3] - 0.05
    assert rated[-1] == pytest.approx(people.usual.mean(), abs=0.05)
    # Who enrols whatever the day was does not get better.
    all_of_them = c.changed(enrolled_from=0.0, pain_mean=5.0)
    everybody = enrol(all_of_them, 20_000, random)
    later = ratings(all_of_them, everybody, np.array([84.0]), random).mean()
    assert everybody.screening.mean() - later == pytest.approx(0.0, abs=0.05)


def test_large_trials_would_find_what_the_document_says():
    found = expectation(Course())
    assert found.real_none == pytest.approx(0.589, abs=0.01)
    assert found.real_sham == pytest.approx(0.122, abs=0.01)
    assert found.sham_none == pytest.approx(0.467, abs=0.01)


def test_a_trial_in_which_nobody_can_enrol_says_so():
    with pytest.raises(ValueError, match="Hardly anybody reaches the pain"):
        enrol(
            Course(pain_mean=2.0, pain_spread=0.0, fluctuation=0.0, rating_noise=0.0, enrolled_from=9.0),
            5,
            np.random.default_rng(1),
        )


# Three arms side by side


def test_the_three_arms_are_the_course_of_each_arm():
    weeks = compare(THREE_WEEKS)
    assert len(weeks.visits) == 9 and weeks.end == pytest.approx(8 * 7 / 3)
    for arm in ARMS:
        for name in ("sleep", "baseline_shift", "pain"):
            for day in (0.0, 10.0, weeks.end, 100.0, 182.0):
                alone = OBSERVABLES[name].read(simulate(THREE_WEEKS.changed(arm=arm), [DAY * day]))
                assert weeks.at(name, arm, day) == pytest.approx(float(alone[0]), abs=0.02), (arm, name, day)
    assert weeks.gap("sleep", weeks.end) == pytest.approx(0.706, abs=0.001)


@settings(max_examples=60)
@given(values=st.fixed_dictionaries({k: v for k, v in BOX.items() if k not in ("arm", "posture", "responsiveness")}))
def test_the_gap_in_sleep_is_closed_from_the_day_that_is_named(values):
    weeks = compare(Course(**values))
    closed = weeks.closes()
    assert len(weeks.days) <= 131 + 72
    if math.isnan(closed):
        assert np.abs(weeks.read("sleep", SHAM_ARM) - weeks.read("sleep", REAL)).max() <= CLOSED
        return
    fine = np.linspace(0, 7 * weeks.parameters.weeks_shown, 4000)
    sham, real = (
        OBSERVABLES["sleep"].read(simulate(weeks.parameters.changed(arm=arm), DAY * fine)) for arm in (SHAM_ARM, REAL)
    )
    gap = np.abs(sham - real)
    if math.isinf(closed):
        assert gap[-1] > CLOSED - 1e-6
    else:
        assert gap[fine > closed + 0.6].max(initial=0.0) <= CLOSED + 1e-6


def test_one_visit_splits_into_lying_context_and_needle():
    visit = compare_visit(THREE_WEEKS)
    before, alone, sham, real = visit.steps("rmssd")
    assert (before, alone) == (pytest.approx(35), pytest.approx(44.67, abs=0.01))
    assert alone < sham < real < sham + 0.3
    for name in ("rmssd", "heart_rate", "cortisol", "muscle_tone"):
        for arm, level in zip(ARMS, visit.steps(name)[1:], strict=True):
            one = OBSERVABLES[f"session_{name}"].read(simulate(THREE_WEEKS.changed(arm=arm), [0.0]))
            assert level == pytest.approx(float(one), rel=1e-4)
    upright = compare_visit(THREE_WEEKS.changed(posture=0))
    assert upright.steps("rmssd")[1] == pytest.approx(35)
    assert visit.anxiety()[NOTHING] == 0 > visit.anxiety()[SHAM_ARM] > visit.anxiety()[REAL]


@settings(max_examples=25)
@given(
    values=st.fixed_dictionaries(
        {k: BOX[k] for k in ("posture", "expectancy", "strength", "retention", "needles", "interval")}
    )
)
def test_needles_and_sham_never_part_far_in_heart_or_hormone(values):
    """The guard rail: unless the needle hurts, the vagal shift differs by less than .3 SD from sham."""
    visit = compare_visit(THREE_WEEKS.changed(**values))
    shifts = [run.state.vagal_shift for run in (visit.sham, visit.real)]
    if visit.parameters.strength <= 4:
        assert np.abs(shifts[0] - shifts[1]).max() < 0.3
    for name, _, _, _, (low, high), _ in PANELS:
        for arm in ARMS:
            line = visit.read(name, arm)
            assert low <= line.min() and line.max() <= high


# The figures


def colours(value):
    if isinstance(value, dict):
        return [c for inner in value.values() for c in colours(inner)]
    if isinstance(value, (list, tuple)):
        return [c for inner in value for c in colours(inner)]
    return [value] if isinstance(value, str) and value.startswith("@") else []


def ends(names):
    """The corners of the box of some sliders."""
    about = Course.described()
    return [
        dict(zip(names, corner, strict=True))
        for corner in itertools.product(*((about[n].low, about[n].high) for n in names))
    ]


WEEK_CORNERS = ends(["visits_per_week", "weeks", "expectancy", "strength", "small_trial_discount"])
VISIT_CORNERS = ends(["posture", "expectancy", "strength", "retention", "needles"])


def test_all_pictures_of_a_course_are_built_alike_and_stay_on_their_scales():
    base = pack(whole_body_weeks(compare(THREE_WEEKS)))
    for corner in [{}, *WEEK_CORNERS, {"weeks_shown": 4}, {"weeks_shown": 65}]:
        corner = {k: int(v) if Course.described()[k].whole else v for k, v in corner.items()}
        result = compare(THREE_WEEKS.changed(**corner))
        figure = whole_body_weeks(result)
        assert difference(base, pack(figure)) is not None, corner
        for arm in ARMS:
            assert LOWEST <= result.read("sleep", arm).min() and result.read("baseline_shift", arm).max() <= DEEPEST
        assert all(c[1:].partition("/")[0] in COLOURS["light"] for c in colours(figure))
        assert figure["twin"].endswith(".") and "nan" not in figure["title"] + figure["twin"]


def test_all_pictures_of_a_visit_are_built_alike():
    base = pack(whole_body_session(compare_visit(THREE_WEEKS)))
    for corner in [{}, *VISIT_CORNERS]:
        corner = {k: int(v) if Course.described()[k].whole else v for k, v in corner.items()}
        figure = whole_body_session(compare_visit(THREE_WEEKS.changed(**corner)))
        assert difference(base, pack(figure)) is not None, corner
        assert all(c[1:].partition("/")[0] in COLOURS["light"] for c in colours(figure))


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({}, "Sleep: needles lead sham by 0.7 points, and are level from week 7"),
        ({"weeks": 0}, "No visits: all three lines are one, and pain follows its natural course"),
        ({"needles": 0}, "Here sham does more for sleep than the needle, by 0.3 points"),
        (
            {"weeks": 12, "weeks_shown": 4},
            "Sleep: needles lead sham by 0.8 points, and are not level by week 4",
        ),
        (
            {"weeks": 1, "visits_per_week": 1.0, "expectancy": 0.0, "small_trial_discount": 0.0},
            "Sham does as well as the needle: sleep is the same in both",
        ),
    ],
)
def test_the_title_of_the_weeks_says_what_the_run_shows(changes, title):
    assert whole_body_weeks(compare(THREE_WEEKS.changed(**changes)))["title"] == title


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({}, "Heart and cortisol: lying down does most, and needles and sham run together"),
        ({"posture": 0}, "Upright, only the context is left, and it is the same in sham"),
        ({"strength": 9.0, "interval": 1.0}, "The strong needle takes from the heart's calm what the context gives"),
        ({"retention": 0.0}, "No time, no visit: all lines stay where they are"),
    ],
)
def test_the_title_of_a_visit_says_what_the_run_shows(changes, title):
    assert whole_body_session(compare_visit(THREE_WEEKS.changed(**changes)))["title"] == title


# The benches


def moved(explorer, values, name, value):
    """Whether a slider moves any line, bar or number of the table."""
    before, after = (explorer._frame({**explorer.values, **values, **more}) for more in ({}, {name: value}))
    return before.lengths() != after.lengths() or any(
        not np.allclose(a, b, rtol=0, atol=1e-4, equal_nan=True)
        for a, b in zip(before.arrays, after.arrays, strict=True)
    )


BENCHES = {"weeks": whole_body, "visit": one_visit}
SITUATIONS = {
    "weeks": [0, 1, 3],
    "visits_per_week": [0.5, 3.0],
    "retention": [0.0, 30.0],
    "needles": [0, 8],
    "strength": [0.0, 3.0],
    "expectancy": [0.0, 0.6],
    "sham": [0, 1, 2],
    "small_trial_discount": [0.0, 0.5],
    "posture": [0, 1],
}


@settings(max_examples=60)
@given(
    bench=st.sampled_from(list(BENCHES)),
    values=st.fixed_dictionaries({name: st.sampled_from(found) for name, found in SITUATIONS.items()}),
)
def test_a_slider_moves_the_picture_unless_it_says_why_not(bench, values):
    explorer = BENCHES[bench]()
    idle = explorer._disabled({**explorer.values, **values})
    for control in explorer.controls:
        name, places = control["name"], control["positions"]
        tried = (places[0], places[len(places) // 2], places[-1])
        moves = any(moved(explorer, values, name, place) for place in tried)
        assert moves != (name in idle), (values, name)


def drawn(bench, parameters):
    """Every line of a picture as a share of its scale."""
    if bench is whole_body:
        result = compare(parameters)
        scales = (("sleep", LOWEST, HIGHEST), ("baseline_shift", 0.0, DEEPEST), ("pain", 0.0, 10.0))
        days = np.linspace(0, 7 * parameters.weeks_shown, 400)
        return [
            np.interp(days, result.days, result.read(name, arm)) / (high - low)
            for name, low, high in scales
            for arm in ARMS
        ]
    visit = compare_visit(parameters)
    minutes = np.linspace(0, 120, 400)
    lines = [
        np.interp(minutes, visit.minutes, visit.read(name, arm)) / (high - low)
        for name, _, _, _, (low, high), _ in PANELS
        for arm in ARMS
    ]
    return [*lines, np.array(visit.anxiety()) / (ANXIETY[1] - ANXIETY[0])]


@pytest.mark.parametrize("bench", BENCHES.values(), ids=list(BENCHES))
def test_each_slider_moves_something_by_more_than_the_width_of_a_line(bench):
    explorer = bench()
    at_first = drawn(bench, explorer._parameters)
    for control in explorer.controls:
        moves = 0.0
        for place in (control["positions"][0], control["positions"][-1]):
            whole = Course.described()[control["name"]].whole
            changed = explorer._parameters.changed(**{control["name"]: int(place) if whole else place})
            pairs = zip(at_first, drawn(bench, changed), strict=True)
            moves = max(moves, *(float(np.abs(a - b).max()) for a, b in pairs))
        assert moves > 3.5 / 120, (control["name"], moves)  # pixels of a line, and of the lowest row


SOLUTIONS = {
    (whole_body, 0): {"weeks": 2, "expectancy": 0.95},
    (whole_body, 1): {"strength": 0.5},
    (whole_body, 2): {"weeks": 1},
    (one_visit, 0): {"posture": 0},
    (one_visit, 1): {"strength": 9.0},
}


@pytest.mark.parametrize(("bench", "number"), SOLUTIONS)
def test_a_challenge_is_open_at_first_and_can_be_met(bench, number):
    explorer = bench()
    explorer.set(expectancy=explorer.values["expectancy"])
    assert not explorer.met[number]
    explorer.set(**SOLUTIONS[bench, number])
    assert explorer.met[number]


def test_every_challenge_has_a_solution():
    for bench in (whole_body, one_visit):
        assert len(bench().challenges) == sum(b is bench for b, _ in SOLUTIONS)


def test_two_hours_are_followed_and_end_where_they_began():
    visit = compare_visit(THREE_WEEKS)
    assert visit.minutes[-1] == 120
    for name in ("rmssd", "heart_rate", "blood_pressure", "cortisol"):
        start = neuromodulation.OBSERVABLES[name].before(visit.real)
        assert visit.read(name, REAL)[-1] == pytest.approx(start, abs=0.05)


def test_what_was_not_measured_in_people_fades_and_nothing_else_moves():
    class People:
        human_only = 1

    for figure, run in ((whole_body_weeks, compare(THREE_WEEKS)), (whole_body_session, compare_visit(THREE_WEEKS))):
        plain, faded = pack(figure(run)), pack(figure(run, People()))
        changed = difference(plain, faded)
        assert changed, "nothing fades"
        assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(plain.arrays, faded.arrays, strict=True))
        assert not any(path[0] in ("title", "twin", "table") for path, _ in changed)


def test_the_two_accounts_differ_and_the_paper_s_promises_more():
    paper, trials = (
        compare(
            THREE_WEEKS.changed(**{name: value for name, value in ACCOUNTS[account].items() if name != "human_only"})
        )
        for account in ("As the paper says", "What trials in people show")
    )
    assert paper.gap("sleep", paper.end) > 1.5 * trials.gap("sleep", trials.end)
    assert trials.parameters == THREE_WEEKS
