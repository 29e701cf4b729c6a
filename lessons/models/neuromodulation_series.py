"""Several treatments side by side: real needles with their sham, and the threshold over minutes and manipulation."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lessons.models.neuromodulation import (
    BY_HAND,
    MINUTE,
    OBSERVABLES,
    STILL,
    Neuromodulation,
    sham_of,
    simulate,
)
from lessons.simulation import Trajectory

LONGEST = 60.0  # min
INTERVALS = (1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0)
UNTOUCHED = 0.0  # stands for "never" among the intervals
MINUTES = np.arange(1.0, LONGEST + 1)
MINUTES.flags.writeable = False


class Arms(NamedTuple):
    """One visit with real needles, and the same visit without a needle."""

    parameters: Neuromodulation
    real: Trajectory
    sham: Trajectory

    def read(self, name: str, sham: bool = False) -> np.ndarray:
        """(n,) an observable over the time of both runs."""
        return np.asarray(OBSERVABLES[name].read(self.sham if sham else self.real), dtype=float)

    def at(self, name: str, seconds: float, sham: bool = False) -> float:
        """An observable at one time (s)."""
        return OBSERVABLES[name].at(self.sham if sham else self.real, seconds)

    @property
    def removal(self) -> float:
        """When the needles come out, s."""
        return self.real.notes["removal"]

    @property
    def gap(self) -> float:
        """Real needles less sham as they come out, points of %."""
        return self.at("pain_threshold", self.removal) - self.at("pain_threshold", self.removal, sham=True)

    @property
    def half_gone(self) -> float:
        """Minutes from removal until half of the effect of the real needles is gone; inf if that is not seen."""
        R, time = self.read("pain_threshold"), self.real.time
        after = np.flatnonzero((time >= self.removal) & (R <= self.at("pain_threshold", self.removal) / 2))
        if not len(after) or self.at("pain_threshold", self.removal) < 0.1:
            return float("inf")
        k = after[0]
        share = (self.at("pain_threshold", self.removal) / 2 - R[k - 1]) / (R[k] - R[k - 1]) if k else 1.0
        return float(time[k - 1] + share * (time[k] - time[k - 1]) - self.removal) / MINUTE


def compare(parameters: Neuromodulation) -> Arms:
    """Both arms over two hours."""
    return Arms(parameters, simulate(parameters), simulate(sham_of(parameters)))


class Surface(NamedTuple):
    """Threshold as the needle comes out, %: `rise` is (intervals, minutes); the last row is the untouched needle.

    `here` is that of the parameters' own minutes and handling.
    """

    parameters: Neuromodulation
    intervals: tuple[float, ...]
    minutes: np.ndarray
    rise: np.ndarray
    here: float


def surface(parameters: Neuromodulation) -> Surface:
    """The threshold for every retention up to an hour, and every interval between manipulations.

    What happens before removal does not depend on when removal comes, so one long run gives a whole row.
    """
    p, time = parameters, MINUTE * np.concatenate(([0.0], MINUTES))
    rows = []
    for interval in INTERVALS:
        long = p.changed(stimulation=BY_HAND, interval=interval, retention=LONGEST)
        rows.append(OBSERVABLES["pain_threshold"].read(simulate(long, time))[1:])
    rows.append(OBSERVABLES["pain_threshold"].read(simulate(p.changed(stimulation=STILL, retention=LONGEST), time))[1:])
    here = OBSERVABLES["at_removal"].read(simulate(p, np.array([0.0, max(MINUTE * p.retention, 1.0)])))
    return Surface(p, (*INTERVALS, UNTOUCHED), MINUTES, np.array(rows), float(here))
