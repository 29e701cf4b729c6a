r"""Analysis of covariance of a trial with two arms: the difference of outcomes, adjusted for where people started.

    y = a + d [treated] + b x + error
    b = Sxy/Sxx,  d = (y1 - y0) - b (x1 - x0),  s^2 = (Syy - b Sxy)/(n - 3)
    var d = s^2 (1/n1 + 1/n0 + (x1 - x0)^2/Sxx)

S are sums of squares and products within the arms, pooled; x1, x0, y1, y0 means. The interval is that of Student's t
with n - 3 degrees of freedom. Many trials at once: the people of each lie on the last axis.

Paper. Why adjust for the start: Vickers & Altman 2001, BMJ 323:1123, 10.1136/bmj.323.7321.1123.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lessons.parts_of_scipy.special import stdtr, stdtrit

CONFIDENCE = 0.95


class Estimate(NamedTuple):
    """Floats for one trial, arrays for many: `difference` (unit of the outcome), `low`, `high` (95 % interval), `p`
    (two-sided), `standardised` (difference by the pooled standard deviation of the outcomes)."""

    difference: np.ndarray
    low: np.ndarray
    high: np.ndarray
    p: np.ndarray
    standardised: np.ndarray

    @property
    def significant(self) -> np.ndarray:
        """Whether the interval leaves 0 out."""
        return self.p < 1 - CONFIDENCE


def ancova(start: np.ndarray, outcome: np.ndarray, start_other: np.ndarray, outcome_other: np.ndarray) -> Estimate:
    """The first arm less the other: arrays (..., n) and (..., m). Raises ValueError for an arm of fewer than two."""
    x1, y1, x0, y0 = (np.asarray(part, dtype=float) for part in (start, outcome, start_other, outcome_other))
    n1, n0 = x1.shape[-1], x0.shape[-1]
    if min(n1, n0) < 2:
        raise ValueError("An arm needs two people or more to be compared.")
    Sxx, Sxy, Syy = (_within(a1, b1) + _within(a0, b0) for a1, b1, a0, b0 in (
        (x1, x1, x0, x0), (x1, y1, x0, y0), (y1, y1, y0, y0)
    ))  # fmt: skip
    apart = x1.mean(-1) - x0.mean(-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        slope = np.where(Sxx > 0, Sxy / Sxx, 0.0)
        lever = np.where(Sxx > 0, apart**2 / Sxx, 0.0)
        freedom = n1 + n0 - 3
        difference = y1.mean(-1) - y0.mean(-1) - slope * apart
        error = np.sqrt(np.maximum(Syy - slope * Sxy, 0) / freedom * (1 / n1 + 1 / n0 + lever))
        half = stdtrit(freedom, 0.5 + CONFIDENCE / 2) * error
        p = 2 * stdtr(freedom, -np.abs(difference) / error)
        spread = np.sqrt(Syy / (n1 + n0 - 2))
        standardised = np.where(spread > 0, difference / spread, 0.0)
    return Estimate(difference, difference - half, difference + half, p, standardised)


def _within(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return ((a - a.mean(-1, keepdims=True)) * (b - b.mean(-1, keepdims=True))).sum(-1)
