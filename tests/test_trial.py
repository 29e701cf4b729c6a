"""Virtual trials: the same luck in every arm, nulls that are null, and parts that add up."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.models import guard_rails
from lessons.models.guard_rails import Found
from lessons.models.trial import ARMS, days_of, follow_arm, run_trial, same_people
from lessons.models.trial_first_visit import first_visit
from lessons.models.trial_parameters import Trial
from lessons.models.trial_parts import taken_apart
from lessons.models.trial_people import enrol, luck
from lessons.models.trial_power import power
from lessons.models.trigger_point_people import times
from lessons.simulation import ParameterError

SMALL = Trial(per_arm=40, weeks=4, visits=4)


def mean(run, arm, outcome="pain", k=-1):
    return float(getattr(run.arms[arm].measured, outcome)[k].mean())


def test_the_same_seed_gives_the_same_trial_and_another_one_another():
    one, again, other = (run_trial(trial) for trial in (SMALL, SMALL, SMALL.changed(seed=2)))
    assert np.array_equal(one.arms["sham"].measured.pain, again.arms["sham"].measured.pain)
    assert not np.array_equal(one.arms["sham"].measured.pain, other.arms["sham"].measured.pain)


def test_lots_put_everybody_into_one_arm():
    run = run_trial(SMALL, ARMS)
    screened = np.concatenate([arm.people.screening for arm in run.arms.values()])
    assert len(screened) == len(ARMS) * SMALL.per_arm
    assert sorted(screened) == sorted(enrol(SMALL, len(screened)).screening)
    assert screened.min() >= SMALL.enrolled_from


def test_who_comes_depends_on_the_seed_and_not_on_what_is_done_or_believed():
    one = enrol(SMALL, 60)
    for other in ({"expectancy": 0.1}, {"needle_effect": 0.3}, {"blinding": 0.5}, {"needles": 2}, {"weeks": 2}):
        again = enrol(SMALL.changed(**other), 60)
        assert all(np.array_equal(getattr(one, name), getattr(again, name)) for name in ("load", "usual", "screening"))
    assert not np.array_equal(one.usual, enrol(SMALL.changed(seed=2), 60).usual)


def test_knots_that_nobody_touches_are_the_same_whether_followed_together_or_arm_by_arm():
    people = enrol(SMALL, 50)
    chance = luck(SMALL, people, len(times(SMALL.weeks)))
    same = same_people(SMALL, ARMS, 50)
    for name in ARMS:
        again = follow_arm(SMALL, name, people, chance, days_of(SMALL))
        assert all(np.array_equal(a, b) for a, b in zip(same.arms[name].measured, again.measured, strict=True))


def test_usual_pain_load_and_sleep_go_together_as_asked():
    for correlation in (0.0, 0.6):
        people = enrol(Trial(correlation=correlation, enrolled_from=0.0), 4000)
        for a, b, expected in (("usual", "load", correlation), ("sleep", "load", correlation)):
            found = np.corrcoef(getattr(people, a), getattr(people, b))[0, 1]
            assert found == pytest.approx(expected, abs=0.06)  # three standard errors of a correlation of 4000
        assert abs(np.corrcoef(people.expectancy, people.responsiveness)[0, 1]) < 0.06


THREE = ("no treatment", "sham", "retention")


def parts(trial):
    """Regression, natural course, context and needle of six hundred people."""
    return taken_apart(same_people(trial, THREE, 600))


def test_who_is_taken_at_the_worst_improves_without_treatment_and_who_is_not_does_not():
    flat = Trial(local_share=0.0, trend=0.0, weeks=26)
    taken, everybody = (parts(flat.changed(enrolled_from=least)) for least in (6.0, 0.0))
    assert taken[0] > 1 and abs(everybody[0]) < 0.15
    assert abs(taken[1]) < 0.2 and abs(everybody[1]) < 0.2


def test_parts_add_up_to_the_improvement_of_the_treated():
    _, _, context, needle = found = parts(Trial())
    same = same_people(Trial(), ("retention",), 600).arms["retention"]
    assert sum(found) == pytest.approx(float(np.mean(same.people.screening - same.measured.pain[-1])), abs=1e-9)
    assert context > needle > 0


@pytest.mark.parametrize("outcome", ["pain", "range_of_motion", "sleep", "tenderness"])
def test_a_needle_without_an_effect_of_its_own_is_found_in_5_of_100_trials(outcome):
    nothing = Trial(needle_effect=0.0, blinding=1.0, weeks=6)
    found = power(nothing, ("retention", "sham"), outcome)
    assert abs(found.expected) < 0.15 * np.std(found.of_this_size.difference) + 1e-9
    assert 0.03 <= np.mean(found.of_this_size.significant) <= 0.08
    assert np.all((found.share >= 0.03) & (found.share <= 0.08))


@pytest.mark.parametrize("arms", [("retention", "sham"), ("release", "sham"), ("retention", "no treatment")])
def test_intervals_of_virtual_trials_hold_the_truth_in_93_to_97_of_100(arms):
    for outcome in ("pain", "range_of_motion"):
        found = power(Trial(weeks=6), arms, outcome)
        own = found.of_this_size
        assert 0.93 <= np.mean((own.low <= found.expected) & (found.expected <= own.high)) <= 0.97


def test_larger_trials_find_more():
    found = power(Trial(weeks=12), ("retention", "no treatment"))
    assert found.share[-1] > 0.95 > found.share[0]
    assert np.all(np.diff(found.share) > -0.05)
    assert found.share[list(found.sizes).index(found.smallest)] >= 0.8


def test_retention_acts_on_sleep_a_release_on_range_and_both_on_both():
    """On expectation: the same people in every arm; a share of the pain is local."""
    run = same_people(Trial(local_share=0.7), ARMS, 800)
    assert mean(run, "retention", "sleep", 6) < mean(run, "no treatment", "sleep", 6) - 0.5
    assert mean(run, "release", "range_of_motion", 3) > mean(run, "sham", "range_of_motion", 3) + 1
    assert mean(run, "both", "pain", 6) < min(mean(run, "retention", "pain", 6), mean(run, "release", "pain", 6))
    assert mean(run, "sham", "range_of_motion", 3) == pytest.approx(
        mean(run, "no treatment", "range_of_motion", 3), abs=0.4
    )


def test_the_arms_of_a_local_pain_drift_together():
    gaps = []
    for week in (3, 26):
        run = same_people(Trial(local_share=1.0, visits=3, weeks=week), ("release", "sham"), 800)
        gaps.append(mean(run, "sham") - mean(run, "release"))
    assert gaps[0] > 1.5 > 0.3 > abs(gaps[1])


def test_soreness_follows_needles_that_pass_and_no_others():
    run = same_people(SMALL, ARMS, 100)
    for name, arm in run.arms.items():
        sore = arm.measured.soreness[0].max() > 0
        assert sore == (name in ("release", "both")), name


def test_doubt_costs_belief_and_belief_relief():
    full, lost = (
        same_people(Trial(blinding=blinding, local_share=0.0), ("sham",), 800).arms["sham"] for blinding in (1.0, 0.5)
    )
    assert full.believed.all() and 0.4 < lost.believed.mean() < 0.6
    more = lost.measured.pain[-1] - full.measured.pain[-1]
    assert np.all(more >= 0) and np.all(more[lost.believed] == 0)
    assert more[~lost.believed].mean() > 0.1


def test_ten_minutes_after_a_release_the_soreness_is_there_and_the_relief_is_not():
    found = first_visit(Trial(local_share=1.0), ("sham", "release", "manual pressure"), 150)
    assert found["release"].pain.mean() > found["sham"].pain.mean()
    assert found["manual pressure"].tenderness.mean() > found["sham"].tenderness.mean() + 10
    assert found["release"].twitched.all() and not found["sham"].twitched.any()


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_whatever_the_numbers_outcomes_stay_on_their_scales(data):
    about = Trial.described()
    free = set(about) - {"per_arm", "weeks", "enrolled_from", "load", "weeks_before", "seed"}
    name = data.draw(st.sampled_from(sorted(free)))
    field = about[name]
    value = data.draw(st.integers(int(field.low), int(field.high)) if field.whole else st.floats(field.low, field.high))
    trial = Trial(per_arm=10, weeks=3, enrolled_from=2.0).changed(**{name: value})
    try:
        run = run_trial(trial, ARMS)
    except ParameterError as error:
        assert "Lower" in str(error) or "load" in str(error)
        return
    for arm in run.arms.values():
        for outcomes in (arm.start, arm.measured):
            assert np.all((outcomes.pain >= 0) & (outcomes.pain <= 10))
            assert np.all((outcomes.sleep >= 0) & (outcomes.sleep <= 21))
            assert all(np.isfinite(part).all() for part in outcomes)
        assert arm.measured.pain.shape == (len(days_of(trial)), 10)


def test_an_unknown_arm_or_one_twice_is_refused():
    with pytest.raises(ParameterError, match="no arm 'placebo'"):
        run_trial(SMALL, ("sham", "placebo"))
    with pytest.raises(ParameterError, match="stands once"):
        run_trial(SMALL, ("sham", "sham"))


def test_where_hardly_anybody_has_such_pain_it_says_so():
    with pytest.raises(ParameterError, match="Lower it"):
        run_trial(Trial(pain_mean=2.0, enrolled_from=9.0, local_share=0.0, fluctuation=0.5))


def test_every_guard_rail_holds_and_where_nothing_is_there_chance_is_found():
    found = list(guard_rails.found(400))
    assert [one.rail.target for one in found if not one.holds] == []
    assert {one.rail.target for one in found if one.rail.built_in} == {"E-NG1", "E-NG2a"}
    assert all(abs(one.difference) < 0.1 for one in found if one.rail.built_in)


def test_a_rail_that_is_crossed_says_so():
    rail = guard_rails.RAILS[0]
    assert not Found(rail, 0.0, 0.2).holds and not Found(rail, 0.0, 0.0).holds and Found(rail, 0.0, 0.05).holds
    with pytest.raises(ValueError, match="at least 200"):
        list(guard_rails.found(100))
