"""Belief against allocation: real or sham, believed or doubted, in the thousand people of three arms.

Each person is compared with himself or herself without treatment, so that what would have happened anyway drops out.
That belief does more than the needle, or less, follows from what is put in: a doubter has the share `blinding_leak`
less expectation, and what expectation does was fitted to trials. Lots decide who doubts. In patients relief itself
makes people believe, and that is left out.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lessons.models.three_arms import NOTHING, REAL, SHAM_ARM, Found, ThreeArms

HALF_INTERVAL = 1.96  # standard errors


class Belief(NamedTuple):
    """(2, 2) arrays: sham and real, then doubted and believed. `less`: points of pain less than without treatment,
    mean; `half`: of its 95 % interval; `count`: people. NaN where there is nobody."""

    parameters: ThreeArms
    less: np.ndarray
    half: np.ndarray
    count: np.ndarray

    @property
    def believing(self) -> float:
        """Points that believing adds, mean of both arms."""
        return float(np.mean(self.less[:, 1] - self.less[:, 0]))

    @property
    def needled(self) -> float:
        """Points that the real treatment adds, mean of those who believe and those who doubt."""
        return float(np.mean(self.less[1] - self.less[0]))


def belief(found: Found) -> Belief:
    """Read from the people of three arms."""
    people = found.people
    cells = []
    for arm in (SHAM_ARM, REAL):
        less = people.end[NOTHING] - people.end[arm]
        cells.append([_mean(less[people.believed[arm] == believed]) for believed in (False, True)])
    less, half, count = np.moveaxis(np.array(cells), -1, 0)
    return Belief(found.parameters, less, half, count)


def _mean(values: np.ndarray) -> tuple[float, float, float]:
    count = len(values)
    if count < 2:
        return np.nan, np.nan, float(count)
    return float(values.mean()), float(HALF_INTERVAL * values.std(ddof=1) / np.sqrt(count)), float(count)
