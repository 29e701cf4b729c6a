"""One patient, one plan: where both models touch, and what a plan does that its parts do not."""

import numpy as np
import pytest

from lessons.models import neuromodulation, treatment, trigger_point
from lessons.models.treatment import NONE, REAL, SHAM, Treatment, knot_of, needles_of, simulate
from lessons.models.trigger_point import LOG_TIME
from lessons.simulation import ParameterError

# Documented in the model's science: four good twitches, and some sympathetic tone.
STRESSED = Treatment(sympathetic_tone=0.12, passes=4, twitch=0.75)
CALM = Treatment(sympathetic_tone=0.0, passes=6, twitch=0.9)
AT_ONCE = {"release_after": 0.0}


def test_without_a_plan_nothing_changes():
    course = simulate(Treatment(retention=NONE, release=NONE))
    assert course.pain == pytest.approx(course.pain_before, rel=1e-4)
    assert np.all(course.brake == 0) and not course.released


def test_release_alone_is_the_trigger_point_model_itself():
    plan = Treatment(retention=NONE, calm=0.0, **AT_ONCE)
    alone = trigger_point.simulate(knot_of(plan), LOG_TIME)
    for mine, theirs in zip(simulate(plan).knot.state, alone.state, strict=True):
        assert np.array_equal(mine, theirs)


def test_retention_alone_is_the_model_of_retained_needles_itself():
    plan = Treatment(release=NONE)
    alone = neuromodulation.simulate(needles_of(plan), LOG_TIME)
    for mine, theirs in zip(simulate(plan).needles.state, alone.state, strict=True):
        assert np.array_equal(mine, theirs)


def test_a_later_release_is_the_same_release_later():
    """Without coupling: a muscle in equilibrium does not mind waiting."""
    plan = Treatment(retention=NONE, calm=0.0)
    minutes = 60.0 * np.arange(1, 120)
    at_once = simulate(plan.changed(**AT_ONCE), minutes).knot.state.contracture
    later = simulate(plan.changed(release_after=25.0), minutes + 1500.0).knot.state.contracture
    assert later == pytest.approx(at_once, rel=2e-3, abs=2e-4)


def test_the_tone_follows_the_vagal_shift_and_comes_back():
    tones = treatment._tones(Treatment())
    times, tone = np.array(tones).T
    assert np.all(np.diff(times) > 0) and tone[-1] == 0.12 and times[-1] == 60 * (30 + 60)
    assert tone.min() < 0.8 * 0.12 and np.all(tone <= 0.12 + 1e-12)


def test_shorter_steps_of_the_tone_change_nothing_that_is_seen(monkeypatch):
    coarse = simulate(STRESSED)
    monkeypatch.setattr(treatment, "STEP", 20.0)
    fine = simulate(STRESSED)
    assert coarse.released and fine.released
    # A tenth of a point of pain is the last digit that a page prints.
    assert np.abs(coarse.pain - fine.pain).max() < 0.1


def test_release_alone_fails_retention_alone_fades_and_both_succeed():
    release = simulate(STRESSED.changed(retention=NONE, **AT_ONCE))
    retention = simulate(STRESSED.changed(release=NONE))
    both = simulate(STRESSED)
    assert not release.released and release.pain[-1] == pytest.approx(release.pain_before, rel=0.01)
    assert retention.at(retention.pain, 1790) < 0.75 * retention.pain_before
    assert retention.at(retention.pain, 7200) > 0.95 * retention.pain_before
    assert both.released and both.pain[-1] < 0.1


def test_sham_before_the_release_succeeds_as_well_for_much_of_it_is_rest():
    sham = simulate(STRESSED.changed(retention=SHAM))
    assert sham.released
    shifts = [simulate(STRESSED.changed(retention=kind)).needles.state.vagal_shift.max() for kind in (REAL, SHAM)]
    assert shifts[1] > 0.9 * shifts[0]


@pytest.mark.parametrize("after", [0.0, 25.0])
def test_for_a_calm_patient_the_order_does_not_matter(after):
    assert simulate(CALM.changed(release_after=after)).released
    assert simulate(CALM.changed(retention=NONE, release_after=after)).released


def test_a_sham_release_releases_nothing_and_leaves_soreness():
    course = simulate(STRESSED.changed(release=SHAM))
    assert course.knot.notes["twitches"] == 0 and not course.released
    assert course.knot.notes["soreness_peak"] > 0


def test_passes_are_a_small_needle_for_the_nervous_system():
    plan = Treatment(retention=NONE, expectancy=0.0, **AT_ONCE)
    brake = simulate(plan).brake
    assert 0.005 < brake.max() < 0.1 and brake[-1] < 1e-6


def test_all_of_a_visit_but_its_dose_has_faded_within_a_day():
    run = neuromodulation.simulate(needles_of(Treatment()), np.array([1500.0, 86400.0]))
    brake = treatment.body_wide(run.parameters, run.state)
    assert brake[1] < 0.001 * brake[0]


def test_a_second_visit_is_like_the_first_for_the_nervous_system():
    week, minutes = 7 * 86400.0, 60.0 * np.arange(1, 90)
    course = simulate(Treatment(visits=3), np.concatenate((minutes, week + minutes, 2 * week + minutes)))
    first, second, third = np.split(course.brake, 3)
    assert second == pytest.approx(first) and third == pytest.approx(first)
    dose = course.needles.state.needle_dose
    assert np.all(np.diff(dose) >= -1e-12) and dose[-1] == pytest.approx(3 * dose[88], rel=1e-6)


def test_each_visit_makes_its_passes_and_calms_the_vessels():
    plan = STRESSED.changed(visits=2, days_between=2.0)
    course = simulate(plan)
    assert course.knot.notes["passes"] == 2 * plan.passes
    first, second = course.knot.events[0], course.knot.events[plan.passes]
    assert second - first == pytest.approx(2 * 86400.0) and first == 60 * plan.release_after


def test_a_knot_that_one_visit_does_not_release_yields_to_none_of_six():
    """The muscle forgets a failed visit within days, so in this model repeating it changes nothing."""
    alone = STRESSED.changed(retention=NONE, **AT_ONCE)
    assert not simulate(alone).released and not simulate(alone.changed(visits=6)).released


def test_no_pass_is_no_release_and_no_minute_is_no_retention():
    assert np.all(simulate(Treatment(passes=0, retention=NONE)).brake == 0)
    nothing = simulate(Treatment(minutes=0.0, release=NONE))
    assert np.all(nothing.brake == 0) and nothing.pain == pytest.approx(nothing.pain_before, rel=1e-4)


@pytest.mark.parametrize("time", [[], [3.0, 2.0], [-1.0, 2.0], [0.0, np.inf]])
def test_impossible_times_are_refused(time):
    with pytest.raises(ParameterError, match="increasing order"):
        simulate(Treatment(), time)
