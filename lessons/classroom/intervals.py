"""How much a number of answers can say: nothing but counts under 30 learners, intervals from 30, flags from 100.

With fewer, a share or a correlation is mostly chance: of good questions, 14 in 100 seem bad to 30 learners, and 2 in
100 to 100 learners.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import NamedTuple

FOR_INTERVALS, FOR_FLAGS = 30, 100  # learners
Z = statistics.NormalDist().inv_cdf(0.975)


class Estimate(NamedTuple):
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float


def share(count: int, learners: int) -> Estimate | None:
    """A share with Wilson's interval; None for too few learners."""
    if learners < FOR_INTERVALS:
        return None
    part, weight = count / learners, Z * Z / learners
    middle = (part + weight / 2) / (1 + weight)
    reach = Z / (1 + weight) * math.sqrt(part * (1 - part) / learners + weight / (4 * learners))
    # The bounds of nobody and of everybody are exact; rounding must not put them outside.
    return Estimate(part, 0.0 if not count else middle - reach, 1.0 if count == learners else middle + reach)


def correlation(one: Sequence[float], other: Sequence[float]) -> Estimate | None:
    """Pearson's r with Fisher's interval; None for too few learners, or if all are alike in either."""
    if len(one) < FOR_INTERVALS or len(set(one)) == 1 or len(set(other)) == 1:
        return None
    r = max(-1.0, min(1.0, statistics.correlation(one, other)))
    if abs(r) == 1:
        return Estimate(r, r, r)
    reach = Z / math.sqrt(len(one) - 3)
    return Estimate(r, math.tanh(math.atanh(r) - reach), math.tanh(math.atanh(r) + reach))


def mean(values: Sequence[float]) -> Estimate | None:
    """A mean with the interval of the normal distribution, which fits from about 30 on; None for too few learners."""
    if len(values) < FOR_INTERVALS:
        return None
    middle = statistics.fmean(values)
    reach = Z * statistics.stdev(values) / math.sqrt(len(values))
    return Estimate(middle, middle - reach, middle + reach)
