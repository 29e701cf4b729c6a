"""Pooling of published effects by inverse variance: one common effect, or effects that differ from trial to trial.

Equations (effect y and standard error s of each of k sources, w = 1 / s^2)

    common effect      m = sum(w y) / sum(w),  standard error 1 / sqrt(sum(w))
    disagreement       Q = sum(w (y - m)^2),  I^2 = max(0, (Q - (k - 1)) / Q)
    spread of effects  tau^2 = max(0, (Q - (k - 1)) / (sum(w) - sum(w^2) / sum(w)))
    random effects     v = 1 / (s^2 + tau^2),  M = sum(v y) / sum(v),  standard error 1 / sqrt(sum(v))
    its interval       M +- t(k - 1) sqrt(q / sum(v)),  q = sum(v (y - M)^2) / (k - 1), but never less than 1
    of one more trial  M +- t(k - 2) sqrt(tau^2 + 1 / sum(v))

What is left out: everything that makes sources depend on one another. Two reviews that share trials must not be put
in here together; what calls this decides that, and says so.

DerSimonian & Laird 1986, 10.1016/0197-2456(86)90046-2 (tau^2); Higgins & Thompson 2002, 10.1002/sim.1186 (I^2);
Hartung & Knapp 2001, 10.1002/sim.791 (the interval), with the floor under q that Röver, Knapp & Friede 2015,
10.1186/s12874-015-0091-1, advise where sources are few; Higgins, Thompson & Spiegelhalter 2009,
10.1111/j.1467-985X.2008.00552.x (one more trial).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from lessons.parts_of_scipy.special import ndtri, stdtrit

LEVEL = 0.95


class Interval(NamedTuple):
    low: float
    high: float


class Pooled(NamedTuple):
    """What pooling gives, in the unit of the effects. `weights`: shares that add up to 1.

    `one_more`: where the effect of one more trial of the same kind may lie; None with fewer than three sources.
    """

    effect: float
    standard_error: float
    interval: Interval
    weights: np.ndarray
    disagreement: float
    tau_squared: float
    share_of_disagreement: float
    one_more: Interval | None


def standard_error(low: float, high: float, level: float = LEVEL) -> float:
    """The standard error behind a printed interval, taken as symmetric and normal. Raises ValueError if low >= high."""
    if not low < high:
        raise ValueError(f"An interval goes from low to high, not from {low:g} to {high:g}.")
    return (high - low) / (2 * float(ndtri((1 + level) / 2)))


def common_effect(effects: Sequence[float], errors: Sequence[float]) -> Pooled:
    """As if all sources measured one and the same effect. Effects and standard errors: (k,), k >= 1, errors > 0."""
    y, s = _checked(effects, errors)
    w = 1 / s**2
    mean, error = float(np.average(y, weights=w)), float(1 / np.sqrt(w.sum()))
    reach = error * float(ndtri((1 + LEVEL) / 2))
    q, _, share = _disagreement(y, w)
    return Pooled(mean, error, Interval(mean - reach, mean + reach), w / w.sum(), q, 0.0, share, None)


def random_effects(effects: Sequence[float], errors: Sequence[float], floor: bool = True) -> Pooled:
    """As if each source had an effect of its own around a mean. Effects and standard errors: (k,), k >= 2, errors > 0.

    `floor`: the interval may not become narrower than the weights alone allow. Raises ValueError for one source.
    """
    y, s = _checked(effects, errors)
    k = len(y)
    if k < 2:
        raise ValueError("One source has nothing to be pooled with.")
    q, tau_squared, share = _disagreement(y, 1 / s**2)
    v = 1 / (s**2 + tau_squared)
    mean, error = float(np.average(y, weights=v)), float(1 / np.sqrt(v.sum()))
    stretch = float(np.sum(v * (y - mean) ** 2) / (k - 1))
    reach = error * np.sqrt(max(1.0, stretch) if floor else stretch) * float(stdtrit(k - 1, (1 + LEVEL) / 2))
    one_more = prediction_interval(mean, error, tau_squared, k) if k > 2 else None
    return Pooled(mean, error, Interval(mean - reach, mean + reach), v / v.sum(), q, tau_squared, share, one_more)


def prediction_interval(mean: float, error: float, tau_squared: float, k: int) -> Interval:
    """Where the effect of one more trial may lie, from a pooled mean of `k` >= 3 sources and its standard error."""
    reach = float(stdtrit(k - 2, (1 + LEVEL) / 2)) * float(np.sqrt(tau_squared + error**2))
    return Interval(mean - reach, mean + reach)


def _disagreement(y: np.ndarray, w: np.ndarray) -> tuple[float, float, float]:
    """Q, tau^2 and I^2."""
    q = float(np.sum(w * (y - np.average(y, weights=w)) ** 2))
    beyond = max(0.0, q - (len(y) - 1))
    scale = float(w.sum() - np.sum(w**2) / w.sum())
    return q, beyond / scale if beyond else 0.0, beyond / q if beyond else 0.0


def _checked(effects: Sequence[float], errors: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    y, s = np.asarray(effects, dtype=float), np.asarray(errors, dtype=float)
    if y.ndim != 1 or y.shape != s.shape or not len(y):
        raise ValueError(f"{y.size} effects cannot be pooled with {s.size} standard errors.")
    if not (np.all(np.isfinite(y)) and np.all(np.isfinite(s)) and np.all(s > 0)):
        raise ValueError("Every effect needs a standard error above 0.")
    return y, s
