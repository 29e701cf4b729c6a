"""The analysis of trials against a library that is trusted for it, and against what an interval promises."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.models.ancova import ancova

# Vickers 2004 (10.1136/bmj.38029.421863.EB): headache score at the start and after 12 months, mean and SD, two arms.
ACUPUNCTURE, USUAL_CARE = (25.6, 15.5, 16.2, 13.7, 161), (27.4, 16.9, 22.3, 17.0, 140)


def drawn(chance, n=30, m=40):
    start, other = chance.normal(5, 2, n), chance.normal(6, 2, m)
    return start, 0.6 * start + chance.normal(1, 1, n), other, 0.6 * other + chance.normal(2, 1.5, m)


@given(st.integers(0, 10_000), st.integers(2, 60), st.integers(2, 60))
@settings(max_examples=60, deadline=None)
def test_difference_interval_and_p_are_those_of_a_regression(seed, n, m):
    x1, y1, x0, y0 = drawn(np.random.default_rng(seed), n, m)
    if n + m < 5:
        return
    treated, start = np.repeat([1.0, 0.0], [n, m]), np.concatenate((x1, x0))
    fit = sm.OLS(np.concatenate((y1, y0)), sm.add_constant(np.column_stack((treated, start)))).fit()
    ours = ancova(x1, y1, x0, y0)
    assert ours.difference == pytest.approx(fit.params[1], rel=1e-8, abs=1e-9)
    assert (ours.low, ours.high) == pytest.approx(tuple(fit.conf_int()[1]), rel=1e-7, abs=1e-8)
    assert ours.p == pytest.approx(fit.pvalues[1], rel=1e-6, abs=1e-12)


def test_many_trials_at_once_are_many_trials():
    trials = [drawn(np.random.default_rng(seed)) for seed in range(5)]
    together = ancova(*(np.array(parts) for parts in zip(*trials, strict=True)))
    for k, trial in enumerate(trials):
        alone = ancova(*trial)
        assert [part[k] for part in together] == pytest.approx([float(part) for part in alone])


def test_intervals_hold_the_truth_in_95_of_100_trials_and_nothing_is_found_in_5():
    chance = np.random.default_rng(1)
    start, other = chance.normal(5, 2, (4000, 25)), chance.normal(5, 2, (4000, 35))
    for truth in (0.0, -0.7):
        outcome = 0.5 * start + chance.normal(0, 1.5, start.shape) + truth
        found = ancova(start, outcome, other, 0.5 * other + chance.normal(0, 1.5, other.shape))
        assert 0.94 < np.mean((found.low <= truth) & (truth <= found.high)) < 0.96
        if truth == 0:
            assert 0.04 < np.mean(found.significant) < 0.06


def test_adjusting_takes_out_a_difference_at_the_start():
    chance = np.random.default_rng(2)
    start, other = chance.normal(6, 2, 4000), chance.normal(5, 2, 4000)
    found = ancova(start, start + chance.normal(0, 1, 4000), other, other + chance.normal(0, 1, 4000))
    assert found.low < 0 < found.high and abs(found.difference) < 0.1


@pytest.mark.parametrize("together", [0.6, 0.75, 0.9])
def test_the_headache_trial_drawn_from_its_printed_means_gives_its_printed_difference(together):
    """How start and end go together is not printed; whatever it is, the adjusted difference must be as published."""
    chance = np.random.default_rng(3)
    arms = []
    for start_mean, start_spread, mean, spread, n in (ACUPUNCTURE, USUAL_CARE):
        z, other = chance.standard_normal((2, 2000, n))
        start = start_mean + start_spread * z
        arms += [start, mean + spread * (together * z + np.sqrt(1 - together**2) * other)]
    found = ancova(*arms)
    assert -7.0 < np.mean(found.difference) < -2.2
    assert np.mean(found.significant) > 0.6


def test_people_who_do_not_differ_give_a_difference_and_no_error():
    found = ancova(np.ones(5), np.full(5, 3.0), np.ones(6), np.full(6, 4.0))
    assert (found.difference, found.low, found.high) == (-1, -1, -1) and found.p == 0


def test_an_arm_of_one_is_refused():
    with pytest.raises(ValueError, match="two people"):
        ancova(np.ones(1), np.ones(1), np.ones(5), np.ones(5))
