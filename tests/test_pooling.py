"""Pooling against an independent library, published worked examples and closed forms."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from lessons.models.pooling import Pooled, common_effect, prediction_interval, random_effects, standard_error

# Colditz et al. 1994, the 13 trials of the BCG vaccine: cases and others, vaccinated and not.
BCG = [
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600),
    (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
]  # fmt: skip


def log_risk_ratios():
    a, b, c, d = np.array(BCG, dtype=float).T
    effects = np.log((a / (a + b)) / (c / (c + d)))
    return effects, np.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))


def test_the_trials_of_the_bcg_vaccine_give_the_published_numbers():
    """As metafor prints them for dat.bcg with method="DL" (Viechtbauer 2010), to its four decimals."""
    effects, errors = log_risk_ratios()
    fixed, random = common_effect(effects, errors), random_effects(effects, errors)
    assert (fixed.effect, fixed.standard_error) == pytest.approx((-0.4303, 0.0405), abs=5e-5)
    assert (random.effect, random.standard_error) == pytest.approx((-0.7141, 0.1787), abs=5e-5)
    assert random.tau_squared == pytest.approx(0.3088, abs=5e-5)
    assert random.disagreement == pytest.approx(152.2330, abs=5e-5)
    assert 100 * random.share_of_disagreement == pytest.approx(92.12, abs=5e-3)


def test_the_room_for_one_more_trial_is_that_of_a_published_example():
    """Riley, Higgins & Deeks 2011, ten trials: mean -0.33 (-0.48 to -0.18), tau^2 0.0282, one more -0.76 to 0.09."""
    error = standard_error(-0.48, -0.18)
    assert prediction_interval(-0.3341, error, 0.02825, 10) == pytest.approx((-0.7598, 0.0917), abs=5e-3)


hundredths = st.integers(-300, 300).map(lambda i: i / 100)
sources = st.lists(st.tuples(hundredths, st.floats(0.05, 2)), min_size=2, max_size=12)


@settings(max_examples=80, deadline=None)
@given(sources)
def test_an_independent_library_gives_the_same_numbers(sources):
    effects, errors = (np.array(column) for column in zip(*sources, strict=True))
    assume(np.ptp(effects) > 0)
    with warnings.catch_warnings():  # where sources agree its spread is below zero, and it takes the root of it
        warnings.simplefilter("ignore", RuntimeWarning)
        theirs = combine_effects(effects, errors**2, method_re="dl", use_t=True)
    ours, fixed = random_effects(effects, errors, floor=False), common_effect(effects, errors)
    assert fixed.effect == pytest.approx(theirs.mean_effect_fe, rel=1e-9, abs=1e-12)
    assert fixed.standard_error == pytest.approx(theirs.sd_eff_w_fe, rel=1e-9)
    assert ours.tau_squared == pytest.approx(max(0.0, theirs.tau2), rel=1e-7, abs=1e-9)
    assert ours.disagreement == pytest.approx(theirs.q, rel=1e-7, abs=1e-9)
    assert ours.share_of_disagreement == pytest.approx(max(0.0, theirs.i2), rel=1e-6, abs=1e-9)
    if theirs.tau2 > 1e-6:  # below zero it weighs with a negative spread, which we do not
        assert ours.effect == pytest.approx(theirs.mean_effect_re, rel=1e-7, abs=1e-9)
        assert ours.standard_error == pytest.approx(theirs.sd_eff_w_re, rel=1e-7)
        assert ours.interval == pytest.approx(theirs.conf_int()[3], rel=1e-6, abs=1e-8)


@given(sources)
def test_few_sources_never_give_a_narrower_interval_than_their_weights_allow(sources):
    effects, errors = zip(*sources, strict=True)
    with_floor, without = random_effects(effects, errors), random_effects(effects, errors, floor=False)
    assert width(with_floor) >= width(without) - 1e-12
    assert width(with_floor) >= 2 * 1.95 * with_floor.standard_error


def width(pooled: Pooled) -> float:
    return pooled.interval.high - pooled.interval.low


def test_sources_that_agree_are_pooled_alike_either_way():
    fixed, random = common_effect([0.3, 0.3, 0.3], [0.1, 0.2, 0.3]), random_effects([0.3, 0.3, 0.3], [0.1, 0.2, 0.3])
    assert random.tau_squared == random.share_of_disagreement == 0
    assert random.effect == pytest.approx(fixed.effect) and random.weights == pytest.approx(fixed.weights)


def test_two_sources_leave_no_room_to_tell_where_a_third_would_lie():
    assert random_effects([0.1, 0.5], [0.1, 0.1]).one_more is None


def test_the_error_behind_an_interval_gives_that_interval_back():
    error = standard_error(0.13, 0.33)
    assert (0.23 - 1.96 * error, 0.23 + 1.96 * error) == pytest.approx((0.13, 0.33), abs=1e-4)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: random_effects([0.1], [0.1]), "nothing to be pooled with"),
        (lambda: random_effects([0.1, 0.2], [0.1]), "2 effects cannot be pooled with 1"),
        (lambda: random_effects([], []), "0 effects"),
        (lambda: random_effects([0.1, 0.2], [0.1, 0.0]), "above 0"),
        (lambda: random_effects([0.1, float("nan")], [0.1, 0.1]), "above 0"),
        (lambda: standard_error(0.4, 0.2), "from low to high"),
    ],
)
def test_what_cannot_be_pooled_is_said_in_a_sentence(call, says):
    with pytest.raises(ValueError, match=says):
        call()
