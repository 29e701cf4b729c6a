"""Three arms of the same people, belief against allocation, a clinic that treats nobody, and their pictures."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.figures import bad_day as untreated
from lessons.figures import belief as groups
from lessons.figures import three_arms as stacks
from lessons.interface.packing import pack
from lessons.models.bad_day import bad_day
from lessons.models.three_arms import BETTER, PEOPLE, REPEATS, ThreeArms, three_arms
from lessons.models.trial_belief import belief
from lessons.models.trial_parameters import Trial
from lessons.models.trial_power import rated_trials
from lessons.simulation import ParameterError


def found(**changes):
    return three_arms(ThreeArms(**changes))


def test_the_parts_add_up_to_what_each_arm_improves_by():
    for changes in ({}, {"real": 1, "local_share": 0.7, "weeks": 4}, {"expectancy": 0.2, "trend": 1.0}):
        one = found(**changes)
        regression, natural, context, needle = one.parts
        assert one.anyway == pytest.approx(regression + natural)
        stairs = np.cumsum([one.anyway, context, needle])
        assert one.improved == pytest.approx(stairs, abs=1e-9)


def test_each_world_as_somebody_believes_it_lacks_one_of_the_parts():
    assert found(expectancy=0.0, sham=2).parts[2] == pytest.approx(0, abs=1e-6)
    assert found(needle_effect=0.0, blinding=1.0).parts[3] == 0
    assert abs(found(enrolled_from=0.0).parts[0]) < 0.05 < 0.9 < found().parts[0]
    assert min(found().parts) > 0.1


def test_a_part_is_moved_by_what_it_is_made_of_and_by_nothing_else():
    regression, natural, context, needle = found().parts
    taken = found(enrolled_from=7.0).parts
    assert taken[0] > regression + 0.5 and taken[1:] == pytest.approx((natural, context, needle), abs=0.06)
    hoped = found(expectancy=1.0).parts
    assert hoped[:2] == pytest.approx((regression, natural)) and hoped[2] > context + 0.1
    knotted = found(local_share=0.6).parts
    assert knotted[1] > natural + 0.3


def test_a_needle_without_effect_is_ahead_of_a_sham_that_people_see_through():
    assert found(needle_effect=0.0, blinding=0.5, blinding_leak=1.0).parts[3] > 0.1
    assert found(needle_effect=0.0, blinding=0.5, blinding_leak=0.0).parts[3] == pytest.approx(0, abs=1e-9)


def test_luck_and_size_change_the_one_trial_and_leave_the_people_as_they_are():
    one = found()
    for other in (found(seed=2), found(per_arm=200)):
        assert other.parts == one.parts
        assert all(np.array_equal(a, b) for a, b in zip(one.people, other.people, strict=True))
        assert other.trial[0].difference != one.trial[0].difference
    assert np.array_equal(found(seed=2).repeats[1].difference, one.repeats[1].difference)


def test_intervals_of_the_trials_hold_the_truth_in_about_95_of_100_and_larger_ones_find_more():
    for size in (20, 200):
        one = found(per_arm=size)
        for truth, many in zip(one.parts[2:], one.repeats, strict=True):
            held = np.mean((many.low <= truth) & (truth <= many.high))
            assert len(many.low) == REPEATS and held == pytest.approx(0.95, abs=0.03)
    told = [found(per_arm=size).told_apart(1) for size in (20, 60, 200, 500)]
    assert told == sorted(told) and told[-1] > 4 * told[0]


def test_where_nothing_is_found_to_find_one_trial_in_forty_finds_it_all_the_same():
    assert found(needle_effect=0.0, blinding=1.0).told_apart(1) == pytest.approx(2.5, abs=1.5)


def test_rated_trials_draw_true_pain_and_add_an_error():
    start, ends = np.full(50, 6.0), np.array([np.full(50, 5.0), np.full(50, 3.0)])
    arms = rated_trials(Trial(per_arm=100, rating_noise=0.5), start, ends, 200, 1)
    for (before, after), true in zip(arms, (5.0, 3.0), strict=True):
        assert before.shape == after.shape == (200, 100)
        assert before.mean() == pytest.approx(6, abs=0.02) and after.mean() == pytest.approx(true, abs=0.02)
        assert (before - 6).std() == pytest.approx(0.5, abs=0.02)


def test_who_is_better_is_counted_person_by_person():
    one = found()
    by_hand = [100 * np.mean(one.people.screening - end >= BETTER) for end in one.people.end]
    assert list(one.better) == by_hand and len(one.people.screening) == PEOPLE
    assert by_hand[0] > 30, "most of what a clinic counts as success needs no treatment"


def test_believing_counts_as_much_as_doubt_costs():
    gaps = [belief(found(blinding=0.5, blinding_leak=leak)).believing for leak in (0.0, 0.5, 1.0)]
    assert abs(gaps[0]) < 0.08 and gaps[0] < gaps[1] - 0.08 and gaps[1] < gaps[2] - 0.08
    one = belief(found(blinding=0.5, blinding_leak=1.0, expectancy=0.8))
    assert one.believing > one.needled > 0.2
    assert one.count.sum(axis=1) == pytest.approx([PEOPLE, PEOPLE])


def test_where_nobody_doubts_belief_is_not_told_from_treatment():
    one = belief(found(blinding=1.0))
    assert np.isnan(one.believing) and np.isnan(one.less[0, 0]) and one.count[0, 0] == 0
    drawn = groups.belief(one)
    assert drawn["title"].startswith("Here nobody doubts")
    assert len(drawn["layout"]["annotations"]) == len(groups.belief(belief(found()))["layout"]["annotations"])


def test_pain_has_a_peak_on_the_day_people_come_and_is_the_same_before_and_after():
    clinic = bad_day(ThreeArms(enrolled_from=6.0))
    mean = clinic.pain.mean(axis=1)
    assert mean.argmax() == len(mean) // 2 and clinic.weeks[mean.argmax()] == 0
    assert mean[0] == pytest.approx(mean[-1], abs=0.15) and mean.max() > mean[0] + 0.8
    assert mean[-1] == pytest.approx(clinic.usual.mean(), abs=0.15)
    kept = np.exp(-7 / 30)  # of a departure, from week to week
    fallen = (mean - clinic.usual.mean())[mean.argmax() :]
    assert fallen[1:4] / fallen[:3] == pytest.approx(kept, abs=0.08)


def test_nothing_changes_where_everybody_is_taken_or_pain_never_moves():
    everybody = bad_day(ThreeArms(enrolled_from=0.0))
    assert everybody.on_the_day == pytest.approx(everybody.later, abs=0.1)
    still = bad_day(ThreeArms(enrolled_from=6.0, fluctuation=0.0, rating_noise=0.0))
    assert np.ptp(still.pain, axis=0).max() == 0 and still.on_the_day == pytest.approx(still.later)
    assert "sees nothing change" in untreated.bad_day(still)["title"]


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_whatever_is_chosen_the_pictures_stay_on_their_scales(data):
    values = {}
    for name, about in ThreeArms.described().items():
        low, high = about.low, about.high
        low, high = {"weeks": (2, 6), "enrolled_from": (0.0, 6.0), "per_arm": (10, 60)}.get(name, (low, high))
        values[name] = data.draw(st.integers(int(low), int(high)) if about.whole else st.floats(low, high), label=name)
    try:
        one = found(**values)
        drawn = [stacks.three_arms(one), groups.belief(belief(one)), untreated.bad_day(bad_day(one.parameters))]
    except ParameterError as refusal:
        assert "Lower" in str(refusal)
        return
    for figure in drawn:
        packed = pack(figure)
        assert "nan" not in json.dumps(packed.skeleton["twin"]).split() and figure["title"]
    heights = [label["y"] for label in drawn[0]["layout"]["annotations"][:5]]
    assert heights == sorted(heights), "the parts are named in one order, from below"
    for trace in drawn[0]["data"]:
        low, high = drawn[0]["layout"][trace["yaxis"].replace("y", "yaxis")]["range"]
        y = trace["y"][np.isfinite(trace["y"])]
        assert np.all((y >= low - 1e-9) & (y <= high + 1e-9))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "would have come anyway; the context adds"),
        ({"expectancy": 0.0, "sham": 2}, "sham adds nothing to that"),
        ({"needle_effect": 0.0, "blinding": 1.0}, "the needle next to nothing"),
        ({"real": 2}, "the thumb takes"),
        ({"expectancy": 0.0, "sham": 2, "needle_effect": 0.0}, "the treatment adds nothing"),
        ({"enrolled_from": 0.0, "local_share": 0.0, "trend": 0.3}, "Without treatment nobody would be better"),
        ({"enrolled_from": 0.0, "local_share": 0.0, "trend": 1.0, "weeks": 26, "expectancy": 0.0}, "Nobody is better"),
    ],
)
def test_the_title_says_what_is_seen(changes, says):
    assert says in stacks.three_arms(found(**changes))["title"]


def test_a_pinned_run_keeps_the_heights_of_the_stacks():
    kept = [trace for trace in stacks.three_arms(found())["data"] if trace.get("meta") == "pin"]
    assert len(kept) == 3  # the tops, and two intervals
    assert np.nanmax(kept[0]["y"]) == pytest.approx(found().improved[2])
