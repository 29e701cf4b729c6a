"""How often a trial of some size would find what there is to find.

People are drawn with replacement from two large arms of virtual people, so that a thousand trials cost as much as one.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np

from lessons.models.ancova import Estimate, ancova
from lessons.models.trial import Arm, days_of, follow_arm
from lessons.models.trial_parameters import Trial
from lessons.models.trial_people import enrol, luck
from lessons.models.trigger_point_people import times

POOL = 1000  # people in each large arm
REPETITIONS = 1000
SIZES = (10, 20, 30, 50, 75, 100, 150, 200, 300, 400, 500)
ENOUGH = 0.8  # the share of trials that is usually asked for


class Power(NamedTuple):
    """Over `sizes` (people in each arm): the share of trials that are significant; and `of_this_size`, many trials of
    the size that the parameters ask for. `arms`: treated first."""

    parameters: Trial
    arms: tuple[str, str]
    sizes: np.ndarray
    share: np.ndarray
    of_this_size: Estimate
    expected: float

    @property
    def smallest(self) -> int | None:
        """The smallest of the sizes that finds it in four of five trials."""
        enough = np.flatnonzero(self.share >= ENOUGH)
        return int(self.sizes[enough[0]]) if len(enough) else None


@functools.lru_cache(maxsize=8)
def large_arm(trial: Trial, name: str) -> Arm:
    """Many people in one arm. The same ones in every arm, so that no luck of theirs looks like an effect."""
    people = enrol(trial, POOL)
    return follow_arm(trial, name, people, luck(trial, people, len(times(trial.weeks))), days_of(trial))


def power(trial: Trial, arms: tuple[str, str] = ("retention", "sham"), outcome: str = "pain") -> Power:
    """Simulate many trials of every size. Raises as `trial.run_trial`."""
    large = trial.changed(per_arm=10)  # the size plays no part in the large arms, so another size uses them again
    found = [large_arm(large, name) for name in arms]
    read = [(getattr(arm.start, outcome), getattr(arm.measured, outcome)[-1]) for arm in found]
    chance = np.random.default_rng([trial.seed, 8])
    shares = [float(np.mean(_trials(read, size, chance).significant)) for size in SIZES]
    everybody = ancova(*read[0], *read[1])
    own = _trials(read, trial.per_arm, np.random.default_rng([trial.seed, 9]))
    return Power(trial, arms, np.array(SIZES), np.array(shares), own, float(everybody.difference))


def _trials(read: list[tuple[np.ndarray, np.ndarray]], size: int, chance: np.random.Generator) -> Estimate:
    drawn = []
    for start, end in read:
        who = chance.integers(0, POOL, (REPETITIONS, size))
        drawn += [start[who], end[who]]
    return ancova(*drawn)


def rated_trials(
    trial: Trial, start: np.ndarray, ends: np.ndarray, times_over: int, seed: int
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Trials of the size of `trial` among people whose true pain is known: `start` (n,), `ends` (arms, n).

    Every arm of every trial draws its people with replacement and rates their pain with an error. For each arm:
    ratings before and at the end, (times_over, per_arm).
    """
    chance = np.random.default_rng([seed, 10])
    arms = []
    for end in ends:
        who = chance.integers(0, len(start), (times_over, trial.per_arm))
        error = trial.rating_noise * chance.standard_normal((2, *who.shape))
        before, after = (np.clip(true[who] + wrong, 0, 10) for true, wrong in zip((start, end), error, strict=True))
        arms.append((before, after))
    return arms
