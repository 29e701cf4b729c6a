"""What the pictures of pages 04 and 05 compare is what single runs of the model give."""

from __future__ import annotations

import numpy as np
import pytest

from lessons.models.neuromodulation import (
    ALTERNATING,
    BY_HAND,
    ELECTRICAL,
    MINUTE,
    OBSERVABLES,
    SIMULTANEOUS,
    STILL,
    Neuromodulation,
    sham_of,
    simulate,
)
from lessons.models.neuromodulation_blockers import ROWS, survey
from lessons.models.neuromodulation_frequencies import FREQUENCIES, PEPTIDES, frequencies
from lessons.models.neuromodulation_series import INTERVALS, MINUTES, UNTOUCHED, compare, surface
from lessons.models.neuromodulation_settings import BLINDED, CURRENT_FLUID, ONE_NEEDLE_TURNED, STRONG_LABORATORY


def read(parameters, minute, name="pain_threshold"):
    return OBSERVABLES[name].at(simulate(parameters, MINUTE * np.unique([0.0, minute])), MINUTE * minute)


def last_look(parameters):
    """Minutes at which needles are looked at last: six seconds before they come out."""
    return parameters.retention - 0.1


# One visit, two arms


def test_two_arms_differ_by_the_needle_only():
    arms = compare(BLINDED)
    assert arms.sham.parameters == sham_of(BLINDED) and arms.removal == MINUTE * BLINDED.retention
    at = BLINDED.retention
    assert arms.gap == pytest.approx(read(BLINDED, at) - read(sham_of(BLINDED), at), abs=1e-3)


def test_half_is_gone_when_the_threshold_is_half_of_what_it_was_at_removal():
    arms = compare(STRONG_LABORATORY)
    at_removal = arms.at("pain_threshold", arms.removal)
    later = read(STRONG_LABORATORY, STRONG_LABORATORY.retention + arms.half_gone)
    assert later == pytest.approx(at_removal / 2, rel=0.005)


def test_where_nothing_was_half_of_it_is_never_gone():
    assert compare(Neuromodulation(needles=0, expectancy=0.0)).half_gone == np.inf


# Minutes and turns


@pytest.mark.parametrize(("interval", "minute"), [(1.0, 5), (3.0, 21), (10.0, 30), (30.0, 45), (UNTOUCHED, 21)])
def test_a_place_of_the_surface_is_one_visit_of_that_length(interval, minute):
    found = surface(ONE_NEEDLE_TURNED)
    assert found.intervals == (*INTERVALS, UNTOUCHED) and found.rise.shape == (len(INTERVALS) + 1, len(MINUTES))
    handling = {"stimulation": STILL} if interval == UNTOUCHED else {"stimulation": BY_HAND, "interval": interval}
    p = ONE_NEEDLE_TURNED.changed(retention=60.0, **handling)
    there = found.rise[found.intervals.index(interval), minute - 1]
    # Before removal it does not matter when removal comes.
    assert there == pytest.approx(read(p, float(minute)), abs=1e-3)
    shorter = p.changed(retention=minute + 0.05)
    assert there == pytest.approx(read(shorter, float(minute)), abs=1e-3)


def test_the_learner_s_own_visit_lies_on_the_surface():
    found = surface(ONE_NEEDLE_TURNED.changed(retention=20.5, interval=3.0))
    row = found.rise[found.intervals.index(3.0)]
    assert row[19] - 0.5 <= found.here <= row[20] + 0.5


# What survives


@pytest.mark.parametrize("p", [BLINDED, STRONG_LABORATORY], ids=["blinded", "strong"])
@pytest.mark.parametrize("row", ROWS)
def test_what_is_left_is_one_blocked_visit_as_a_share_of_the_open_one(p, row):
    found = survey(p).left()[0][list(ROWS).index(row)]
    for column, (one, name) in enumerate(
        ((p, "pain_threshold"), (sham_of(p), "pain_threshold"), (p, "pain_threshold_needle"))
    ):
        share = 100 * read(one.changed(**ROWS[row]), last_look(p), name) / read(one, last_look(p), name)
        assert found[column] == pytest.approx(share, abs=0.02)


def test_the_learner_s_own_mix_is_measured_against_the_same_visit_without_blockers():
    mixed = BLINDED.changed(naloxone=0.3, serotonin_block=0.2, anaesthetic=0.1)
    found = survey(mixed)
    share = 100 * read(mixed, last_look(mixed)) / read(BLINDED, last_look(BLINDED))
    assert found.left()[1][0] == pytest.approx(share, abs=0.02)


def test_a_share_of_nothing_is_no_number():
    shares, own = survey(BLINDED.changed(needles=0, expectancy=0.0)).left()
    assert np.isnan(shares).all() and np.isnan(own).all()


# Frequencies


def test_peptides_by_frequency_are_single_treatments():
    found = frequencies(CURRENT_FLUID)
    rest = dict(zip(PEPTIDES, (1.0, CURRENT_FLUID.beta_endorphin_rest, 1.0), strict=True))
    for k in (0, 12, 24):
        p = CURRENT_FLUID.changed(stimulation=ELECTRICAL, frequency=float(FREQUENCIES[k]))
        for row, name in enumerate(PEPTIDES):
            assert found.current[row, k] == pytest.approx(read(p, last_look(p), name) / rest[name], rel=1e-4)
    for values, pattern in ((found.alternating, ALTERNATING), (found.together, SIMULTANEOUS)):
        p = CURRENT_FLUID.changed(pattern=pattern)
        assert values[0] == pytest.approx(read(p, last_look(p), "enkephalin"), rel=1e-4)


def test_low_frequency_calls_up_one_peptide_and_high_frequency_the_other():
    enkephalin, _, dynorphin = frequencies(CURRENT_FLUID).current
    low, high = FREQUENCIES < 5, FREQUENCIES > 50
    assert enkephalin[low].min() > 2 * enkephalin[high].max()
    assert dynorphin[high].min() > dynorphin[low].max()
    assert 2 < FREQUENCIES[enkephalin.argmax()] < 6


def test_a_treatment_without_time_releases_nothing():
    np.testing.assert_array_equal(frequencies(CURRENT_FLUID.changed(retention=0.0)).own, 1.0)
