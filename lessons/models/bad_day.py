"""A clinic in which nobody is treated: people come on a bad day, and their pain is followed before it and after it.

    pain(t) = usual + x(t),  x an Ornstein-Uhlenbeck process: each keeps to the same ups and downs all the time

They come when a rating reaches some height. Their pain is no more part of the visit than the weather, and yet its mean
has a peak on that day: on average they were better before, and they are better afterwards. The process is the same in
both directions of time, so the weeks before are drawn like those after.

Left out: the natural course, knots, habits that change after a bad day; a person who comes whenever it is bad.

Papers as in `trial`; the arithmetic is that of any textbook of statistics.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lessons.models.three_arms import BETTER, PEOPLE, THEIR_SEED, ThreeArms
from lessons.models.trial_people import enrol
from lessons.models.trigger_point_people import times, wander

STEPS_A_WEEK = 28
PART = 11  # of chance: the weeks before


class Clinic(NamedTuple):
    """`weeks` (w,) from the first week that is followed to the last, 0 the day they came; `pain` (w, n), as it is;
    `rated` (n,), that day's rating; `usual` (n,), what each person's pain keeps coming back to."""

    parameters: ThreeArms
    weeks: np.ndarray
    pain: np.ndarray
    rated: np.ndarray
    usual: np.ndarray

    @property
    def on_the_day(self) -> float:
        """Mean rating on the day they came."""
        return float(self.rated.mean())

    @property
    def later(self) -> float:
        """Mean pain in the last week."""
        return float(self.pain[-1].mean())

    @property
    def better(self) -> float:
        """Per cent of people who are better by `BETTER` points or more, with nothing done."""
        return 100 * float(np.mean(self.rated - self.pain[-1] >= BETTER))


def bad_day(parameters: ThreeArms) -> Clinic:
    """Raises ParameterError where hardly anybody has such pain."""
    p = parameters
    trial = p.trial(seed=THEIR_SEED, local_share=0.0, trend=0.0)
    people = enrol(trial, PEOPLE)
    weeks = np.arange(p.weeks + 1) * STEPS_A_WEEK
    memory = trial.knots().fluctuation_memory
    after, before = (
        wander(np.random.default_rng([THEIR_SEED, part]), people.deviation, p.fluctuation, memory, len(times(p.weeks)))
        for part in (2, PART)
    )
    ups_and_downs = np.concatenate([before[weeks[:0:-1]], after[weeks]])
    return Clinic(
        p,
        np.arange(-p.weeks, p.weeks + 1.0),
        np.clip(people.usual + ups_and_downs, 0, 10),
        people.screening,
        people.usual,
    )
