"""Where relief goes: one field for both models, and the two numbers that sum it up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lessons.models import body
from lessons.models.body import (
    Knot,
    Regions,
    Spread,
    evenness,
    reach,
    released,
    retained,
    thresholds,
    through_the_cord,
    together,
)
from lessons.models.neuromodulation import OBSERVABLES
from lessons.models.neuromodulation import simulate as needle
from lessons.models.neuromodulation_settings import BLINDED, CURRENT_FLUID
from lessons.models.treatment import NONE, SHAM, Treatment
from lessons.models.trigger_point import OBSERVABLES as OF_A_KNOT
from lessons.models.trigger_point import TriggerPoint
from lessons.models.trigger_point import simulate as needle_a_knot
from lessons.treated_body import PLACES, chart, knot, regions, spread_at, treated

SMALL = Regions(("here", "near", "far", "other"), np.array([4.0, 5.0, 30.0, 4.0]), np.array([True, True, True, False]))
HALF_HOUR = np.array([0.0, 600.0, 1790.0])
RELIEF = arrays(float, st.integers(1, 90), elements=st.floats(0, 500))


def test_without_a_needle_all_regions_have_the_body_wide_relief():
    run = needle(BLINDED.changed(needles=0), HALF_HOUR)
    field = retained(SMALL, [], run)
    assert field == pytest.approx(np.repeat(OBSERVABLES["pain_threshold"].read(run)[:, None] / 100, 4, axis=1))


def test_at_near_and_far_from_a_needle_the_field_is_what_the_model_of_needles_says():
    run = needle(CURRENT_FLUID.changed(frequency=100.0), HALF_HOUR)
    here, near, far, other = 100 * retained(SMALL, ["here"], run)[-1]
    assert here == pytest.approx(OBSERVABLES["pain_threshold_needle"].read(run)[-1])
    for found, place in ((near, {"distance": 1.0}), (other, {"opposite_side": 1})):
        moved = needle(run.parameters.changed(**place), HALF_HOUR)
        assert found == pytest.approx(OBSERVABLES["pain_threshold_region"].read(moved)[-1])
    assert far == pytest.approx(OBSERVABLES["pain_threshold"].read(run)[-1], rel=1e-6)
    assert here > near > other > far


def test_each_weight_of_retained_needles_moves_its_own_part():
    run = needle(BLINDED, HALF_HOUR)
    whole = retained(SMALL, ["here"], run)[-1]
    without = {
        name: retained(SMALL, ["here"], run, Spread(**{name: 0}))[-1] for name in ("body_wide", "segmental", "local")
    }
    assert np.all(without["body_wide"] < whole)
    assert without["local"][0] < whole[0] and np.array_equal(without["local"][1:], whole[1:])
    assert without["segmental"][1] < whole[1] and without["segmental"][2] == pytest.approx(whole[2], rel=1e-6)


def test_a_released_knot_helps_its_own_region_most_then_where_it_refers_and_others_hardly():
    run = needle_a_knot(TriggerPoint(), np.array([0.0, 3600.0, 86400.0]))
    here, near, far, other = released(SMALL, Knot("here", {"near": 0.8, "far": 0.2}), run)[-1]
    own = OF_A_KNOT["tenderness"]
    assert here == pytest.approx(own.read(run)[-1] / own.before(run) - 1)
    assert here > near > far > other > 0
    # Where the knot does not refer, only what a sensitised cord did is left to gain.
    assert other <= 0.05
    assert released(SMALL, Knot("here", {"near": 0.8}), run, Spread(referral=0, elsewhere=0))[-1][1] == 0


def test_the_overlap_weighs_what_each_way_does_of_the_others_work_and_nothing_else():
    run = needle(BLINDED, HALF_HOUR)
    full, half, none = (retained(SMALL, ["here"], run, Spread(overlap=o))[-1] for o in (1.0, 0.5, 0.0))
    assert np.allclose(none, none[0]) and np.allclose(half, (full + none) / 2)
    through = [through_the_cord(SMALL, Knot("here", {}), run, Spread(overlap=o))[-1] for o in (1.0, 0.5, 0.0)]
    assert np.allclose(through[0], full) and np.allclose(through[1], full / 2) and np.all(through[2] == 0)


def test_a_calm_cord_has_the_thresholds_of_the_knots_model():
    state = needle_a_knot(TriggerPoint(), np.array([60.0, 86400.0])).state
    found = thresholds(SMALL, Knot("here", {}), state)
    assert found[:, 0] == pytest.approx(
        OF_A_KNOT["tenderness"].read(needle_a_knot(TriggerPoint(), np.array([60.0, 86400.0])))
    )


def test_a_sensitised_cord_lowers_every_threshold_and_spreads_soreness():
    run = needle_a_knot(TriggerPoint(), np.array([3600.0, 30 * 86400.0]))
    knot_ = Knot("here", {"near": 0.8})
    calm, sensitised = (thresholds(SMALL, knot_, run.before, Spread(sensitisation=g)) for g in (1.0, 3.0))
    assert np.all(sensitised < calm - 20)
    sore, later = released(SMALL, knot_, run, Spread(sensitisation=3.0))
    assert sore[2] < 0 < released(SMALL, knot_, run)[0][2]  # far away, an hour and a month after the passes
    assert later[2] > 0


def test_strong_needles_flare_up_in_a_sensitised_cord_after_their_relief_is_gone():
    day = needle(BLINDED.changed(strength=9.0), np.array([0.0, 1700.0, 6 * 3600.0, 7 * 86400.0]))
    calm, sensitised = (retained(SMALL, ["here"], day, Spread(sensitisation=g))[:, 2] for g in (1.0, 3.0))
    assert sensitised[1] < calm[1] and sensitised[2] < -0.005 and abs(sensitised[3]) < 1e-3
    assert abs(calm[2]) < 1e-3


def test_reliefs_multiply():
    assert together(np.array([0.5]), np.array([0.2])) == pytest.approx(80.0)


def test_a_region_that_is_not_on_the_chart_is_named():
    run = needle(BLINDED, HALF_HOUR)
    with pytest.raises(KeyError, match="no region 'elbow'"):
        retained(SMALL, ["elbow"], run)


@given(RELIEF)
def test_evenness_lies_between_one_region_and_all_and_has_no_scale(relief):
    found = float(evenness(relief))
    if not (relief**2).sum() > 0:
        assert np.isnan(found)
        return
    assert 1 / len(relief) - 1e-9 <= found <= 1 + 1e-9
    if relief.max() > 1e-3:
        assert float(evenness(3 * relief)) == pytest.approx(found)


@given(RELIEF, st.floats(0, 50))
def test_more_relief_never_reaches_less(relief, more):
    assert reach(relief + more) >= reach(relief)


def test_one_region_and_all_regions_are_the_ends_of_both_numbers():
    one, all_ = np.zeros(40), np.full(40, 30.0)
    one[3] = 30.0
    assert (evenness(one), reach(one)) == (1 / 40, 1 / 40)
    assert (evenness(all_), reach(all_)) == (1.0, 1.0)
    assert reach(np.full(40, 9.0)) == 0 and evenness(np.full(40, 9.0)) == 1


def test_the_chart_knows_the_places_of_the_needles_and_maras_knot():
    names = regions().names
    assert len(names) == len(chart().regions) >= 70 and set(PLACES) <= set(names)
    assert knot().region in names and set(knot().refers) <= set(names) and knot().region not in knot().refers


@pytest.mark.parametrize(
    ("plan", "minute", "even", "reached"),
    [
        (Treatment(release=NONE), 29.9, (0.85, 1), (60.1, 100)),
        (Treatment(retention=NONE, release_after=0), 60, (0, 0.35), (0, 20)),
        (Treatment(release=NONE, minutes=1), 11, (0, 1), (0, 0)),
    ],
)
def test_how_evenly_and_how_far_tell_retention_from_release(plan, minute, even, reached):
    found_even, found_reach = spread_at(plan, minute)
    assert even[0] <= found_even <= even[1] and reached[0] <= found_reach <= reached[1]


def test_sham_of_retention_goes_as_far_and_sham_of_release_nowhere():
    assert spread_at(Treatment(retention=SHAM, release=NONE), 29.9)[1] > 60
    assert spread_at(Treatment(retention=NONE, release=SHAM, release_after=0), 60)[1] == 0


def test_the_parts_of_a_plan_are_the_field_of_the_plan():
    done = treated(Treatment())
    assert done.relief.shape == (240, len(regions().names)) and np.all(np.isfinite(done.relief))
    own = regions().names.index(knot().region)
    parts = (
        body.released(regions(), knot(), done.course.knot)[:, own],
        body.retained(regions(), PLACES[:4], done.course.needles)[:, own],
        body.retained(regions(), [knot().region], done.course.passed)[:, own],
    )
    assert done.relief[:, own] == pytest.approx(100 * (np.prod([1 + part for part in parts], axis=0) - 1))
