"""Weeks of a trigger point: is the load the process it claims to be, and do the folds alone decide over a knot?"""

import dataclasses

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lessons.figures.weeks import weeks as weeks_figure
from lessons.interface.packing import difference, pack
from lessons.interface.palette import COLOURS
from lessons.models.trigger_point import TriggerPoint, simulate
from lessons.models.trigger_point_course import ARMS, OBSERVABLES_WEEKS, Weeks, compare, course, group
from lessons.models.trigger_point_people import DAY, STEP, draw, recruit, times, wander
from lessons.models.trigger_point_protocols import is_released, untreated
from lessons.models.trigger_point_tables import branch_tables, largest_load, releases
from lessons.simulation import STATUSES, ParameterError

QUIET = Weeks(load_spread=0.0, people_spread=0.0, fluctuation=0.0, aim_spread=0.0)
LOW, HIGH = 0.242, 0.733


def pain(run):
    return OBSERVABLES_WEEKS["pain"].read(run)


def at(run, day):
    return int(round(day * DAY / STEP))


# The load


def test_the_load_has_the_spread_and_the_memory_of_its_closed_form():
    start = 0.12 * np.random.default_rng(5).standard_normal(6000)
    path = wander(np.random.default_rng(6), start, 0.12, 5.0, 81)
    assert np.std(path[-1]) == pytest.approx(0.12, rel=0.03)
    for days in (1, 5, 10):
        lag = int(days * DAY / STEP)
        found = np.mean(path[-1] * path[-1 - lag]) / 0.12**2
        assert found == pytest.approx(np.exp(-days / 5.0), abs=0.04)


def test_the_load_returns_to_its_mean_from_anywhere_as_its_closed_form_does():
    path = wander(np.random.default_rng(7), np.full(20_000, 0.5), 0.12, 5.0, 41)
    for days in (1, 5, 10):
        k, faded = int(days * DAY / STEP), np.exp(-days / 5.0)
        assert path[k].mean() == pytest.approx(0.5 * faded, abs=0.005)
        assert path[k].std() == pytest.approx(0.12 * np.sqrt(1 - faded**2), rel=0.02)


def test_steps_of_six_hours_lose_nothing():
    faded = np.exp(-STEP / (5 * DAY))
    path = wander(np.random.default_rng(8), np.zeros(50_000), 0.12, 5.0, 3)
    assert path[2].var() == pytest.approx(0.12**2 * (1 - faded**4), rel=0.03)


def test_everyone_who_starts_has_a_load_at_which_a_knot_can_be():
    p = Weeks(weeks_before=0)
    table = branch_tables([p.muscle()])
    people = recruit(p, table, np.random.default_rng(9), 2000)
    assert np.all(people.load + people.departure >= table.low[0] - 1e-9)
    lasted = recruit(p.changed(weeks_before=8), table, np.random.default_rng(9), 2000)
    assert lasted.load.mean() > people.load.mean() + 0.03


def test_a_changed_treatment_leaves_load_and_luck_alone():
    p = Weeks()
    people = recruit(p, branch_tables([p.muscle()]), np.random.default_rng(1), 20)
    one, other = (draw(p.changed(visits=v, passes=n), people, 169, v, 3) for v, n in ((1, 2), (6, 12)))
    assert np.array_equal(one.departure, other.departure) and np.array_equal(one.fluctuation, other.fluctuation)


# The folds


def test_without_treatment_and_noise_nothing_changes_for_six_weeks():
    run = group(QUIET, "nothing", 5)
    assert np.ptp(pain(run)) < 1e-9 and run.state.knot.all()
    expected = OBSERVABLES_WEEKS["tenderness"].read(run)[0, 0]
    knot = simulate(untreated(TriggerPoint()), [0.0])
    assert pain(run)[0, 0] == pytest.approx(10 * knot.before.nociceptor / (knot.before.nociceptor + 0.45), abs=0.01)
    assert expected == pytest.approx(175, abs=1)


@pytest.mark.parametrize(("load", "stays"), [(0.20, False), (0.235, False), (0.25, True), (0.6, True)])
def test_a_knot_resolves_by_itself_only_below_the_low_fold(load, stays):
    run = group(QUIET.changed(load=load, weeks_before=0), "nothing", 1)
    assert run.state.knot[-1, 0] == stays


@pytest.mark.parametrize(("extra", "returns"), [(0.0, 0), (0.30, 0), (0.37, 0), (0.39, 1), (0.6, 1)])
def test_a_released_knot_returns_only_above_the_high_fold(extra, returns):
    run = course(QUIET.changed(visits=1, hard_week=14, hard_week_load=extra))
    assert run.notes["released"] == 1
    assert run.notes["returns"] == returns
    assert run.state.knot[at(run, 14) - 1] == 0 and run.state.knot[-1] == returns
    assert run.notes["folds"] == pytest.approx((LOW, HIGH), abs=0.01)


def test_a_knot_that_a_hard_week_brought_back_stays_after_it():
    run = course(QUIET.changed(visits=1, hard_week=14, hard_week_load=0.5))
    assert np.all(run.state.knot[at(run, 15) :] == 1)
    assert run.state.load[-1] == pytest.approx(0.35)


def test_a_week_of_rest_lets_a_knot_go_without_any_treatment():
    run = group(QUIET.changed(hard_week=7, hard_week_load=-0.2), "nothing", 1)
    assert run.state.knot[at(run, 6), 0] == 1 and run.state.knot[at(run, 8), 0] == 0 and run.state.knot[-1, 0] == 0


def test_the_loop_itself_is_as_quick_as_steps_of_six_hours_assume():
    lets_go = simulate(untreated(TriggerPoint(), load=0.35).changed(load_after=LOW - 0.01), [6 * 3600.0])
    comes_back = simulate(untreated(TriggerPoint(), knot=0).changed(load_after=HIGH + 0.01), [6 * 3600.0])
    assert lets_go.state.phosphocreatine[0] > 25 and comes_back.state.phosphocreatine[0] < 5


# The visits


@settings(max_examples=25, deadline=None)
@given(size=st.floats(0.06, 1), load=st.floats(0.25, 0.7))
@example(size=0.09375, load=0.25)
def test_the_table_of_releases_says_what_the_loop_says(size, load):
    treatment = TriggerPoint(passes=6)
    border = largest_load(treatment)
    room = 0.03  # of load: twice what the table promises, as it is linear between sizes
    if releases(border, np.array(size), np.array(load + room)):
        assert is_released(treatment.changed(strength=size, load=load))
    if not releases(border, np.array(size), np.array(load - room)):
        assert not is_released(treatment.changed(strength=size, load=load))


def test_a_thumb_releases_by_the_same_rule():
    thumb = QUIET.changed(passes=0, pressure=230.0, pressure_seconds=90.0, visits=1)
    assert course(thumb).notes["released"] == 1 and group(thumb, "release", 3).released.all()
    weak = thumb.changed(pressure=60.0)
    assert course(weak).notes["released"] == 0 and not group(weak, "release", 3).released.any()


def test_single_course_and_group_agree():
    for strength, released in ((0.1, 0), (0.9, 1)):
        p = QUIET.changed(strength=strength, visits=2)
        one, many = course(p), group(p, "release", 2)
        assert one.notes["released"] == many.released[:, 0].sum() == released
        np.testing.assert_allclose(pain(one), pain(many)[:, 0], atol=1e-9)


def test_no_needle_and_a_silent_needle_release_nothing():
    for arm in ("sham", "nothing", "release without twitch"):
        assert not group(Weeks(), arm, 50).released.any()
    assert not group(Weeks(reflex_arc=0.0), "release", 50).released.any()


def test_soreness_and_context_come_where_they_belong():
    arms = {arm: group(QUIET, arm, 2) for arm in ARMS}
    soreness = {arm: run.state.soreness[0, 0] for arm, run in arms.items()}
    assert soreness["release"] > soreness["release without twitch"] > 0 == soreness["sham"] == soreness["nothing"]
    context = {arm: run.state.context[-1, 0] for arm, run in arms.items()}
    assert context["sham"] == context["release"] > 0 == context["nothing"]
    assert np.all(np.diff(pain(arms["sham"])[:, 0]) <= 1e-3)


def test_a_release_hurts_first_and_helps_from_the_next_day_on():
    run = course(QUIET.changed(visits=1))
    before = OBSERVABLES_WEEKS["pain"].before(run)
    assert pain(run)[0] + 0.5 > 3 and pain(run)[at(run, 2)] < before - 3
    assert pain(run)[at(run, 7)] < 0.2


def test_arms_of_those_released_and_not_drift_together():
    p = Weeks(visits=1)
    released, not_released = (group(p, arm, 400) for arm in ("release", "release without twitch"))
    gap = pain(not_released).mean(axis=1) - pain(released).mean(axis=1)
    assert gap[at(released, 3)] > 2 and 0 <= gap[-1] < 0.5 * gap[at(released, 3)]


def test_visits_after_the_last_day_are_not_made():
    run = course(Weeks(visits=6, days_between=14))
    assert run.events == (0.0, 14 * DAY, 28 * DAY, 42 * DAY)
    assert len(group(Weeks(visits=6, days_between=14), "release", 3).visits) == 4


# Soundness


def test_the_same_seed_gives_the_same_weeks_and_another_gives_others():
    first, again, other = course(Weeks()), course(Weeks()), course(Weeks(seed=2))
    for a, b in zip(first.state, again.state, strict=True):
        assert np.array_equal(a, b)
    assert not np.array_equal(first.state.load, other.state.load)
    one, two, three = (group(Weeks(), "sham", 10, seed) for seed in (5, 5, 6))
    assert np.array_equal(one.state.fluctuation, two.state.fluctuation)
    assert not np.array_equal(one.state.fluctuation, three.state.fluctuation)


PARTS = {
    "visits": st.integers(1, 6), "days_between": st.integers(1, 14), "strength": st.floats(0, 1),
    "miss": st.floats(0, 10), "aim_spread": st.floats(0, 4), "load": st.floats(0, 1), "load_spread": st.floats(0, 0.3),
    "load_memory": st.floats(1, 20), "hard_week": st.integers(0, 35), "hard_week_load": st.floats(-0.6, 0.6),
    "expectation": st.floats(0, 1), "fluctuation": st.floats(0, 3), "central_sensitisation": st.floats(0.5, 2),
    "descending_inhibition": st.sampled_from([0.0, 0.3, 0.7]), "people_spread": st.floats(0, 0.2),
    "seed": st.integers(0, 9999),
}  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(values=st.fixed_dictionaries(PARTS), arm=st.sampled_from(ARMS))
def test_every_reading_stays_within_its_range(values, arm):
    run = group(Weeks(weeks_before=0, **values), arm, 12)
    for column in run.state:
        assert column.shape == (169, 12) and np.all(np.isfinite(column))
    assert run.state.load.min() >= 0 and set(np.unique(run.state.knot)) <= {0.0, 1.0}
    ranges = {"pain": (0, 10), "referred_pain": (0, 10), "soreness": (0, 4), "stiffness": (5, 40)}
    for name, (low, high) in ranges.items():
        reading = OBSERVABLES_WEEKS[name].read(run)
        assert low <= reading.min() and reading.max() <= high
    assert 0 <= OBSERVABLES_WEEKS["tenderness"].read(run).max() <= 330


def test_a_muscle_that_cannot_hold_a_knot_has_none_after_the_first_step():
    run = group(Weeks(weeks_before=0, capillary_reserve=14.0, load_spread=0.0, load=0.1), "nothing", 3)
    assert not run.state.knot.any()


def test_results_cannot_be_altered():
    run = group(Weeks(), "sham", 2)
    with pytest.raises(ValueError):
        run.state.knot[0] = 0
    with pytest.raises(dataclasses.FrozenInstanceError):
        run.arm = "release"


def test_every_parameter_says_what_it_is():
    for name, about in Weeks.described().items():
        assert about.label and about.source and about.group and about.status in STATUSES, name
        assert about.low < about.high


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda: Weeks(visits=7), r"visits \(visits\) is 7; it must lie within 1 to 6\."),
        (lambda: Weeks(load=float("nan")), "must be a number from 0 to 1, not nan"),
        (lambda: Weeks(days_between=2.5), "must be a whole number"),
        (lambda: Weeks().changed(vists=2), "did you mean 'visits'"),
        (lambda: group(Weeks(), "placebo"), "There is no arm 'placebo'; choose one of release, "),
        (lambda: group(Weeks(), "sham", 0), "A group needs at least one patient."),
        (lambda: group(Weeks(load=0.0), "sham"), "hardly any knot lasts 4 weeks. Raise the load"),
        (lambda: course(Weeks(load=0.0)), "hardly any knot lasts 4 weeks. Raise the load"),
    ],
)
def test_nonsense_is_refused_in_a_sentence(wrong, says):
    with pytest.raises(ParameterError, match=says):
        wrong()


def test_other_lengths_than_six_weeks_keep_the_step():
    assert len(times(6)) == 169 and len(times(11)) == 309 and times(11)[-1] == 77 * DAY


# The figure


def test_all_pictures_of_weeks_are_built_alike_and_can_be_stacked():
    base = pack(weeks_figure(compare(Weeks(), patients=30)))
    for p in (Weeks(visits=1), Weeks(visits=6, days_between=3), Weeks(hard_week_load=0.5), Weeks(nodule_radius=4.0)):
        assert difference(base, pack(weeks_figure(compare(p, patients=30)))) is not None


def test_a_picture_of_weeks_names_known_colours_and_says_what_it_found():
    figure = weeks_figure(compare(Weeks(hard_week_load=0.5), patients=100))
    assert figure["title"] == "A hard week brings the knots back, released or not"
    for trace in figure["data"]:
        look = trace.get("line", trace.get("marker"))["color"]
        assert look[1:].partition("/")[0] in COLOURS["light"]
    rows = len(figure["table"]["rows"])
    assert all(len(column) == rows for column in figure["table"]["values"])
    assert "day 3" in figure["twin"]
