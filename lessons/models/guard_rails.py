"""Where trials found nothing: trials of the published size, simulated many times, and how often each finds something.

A trial tests at the level of 5 %. Where the model has no effect, 3 to 8 of 100 such trials must be "significant", no
more and no less: that checks the simulation and its statistics. Where the model has an effect that the published trial
did not find, a trial of that size must miss it more often than not; otherwise the model contradicts the trial.

The spread between people and the error of each measurement are assumed; the sizes of the trials are published.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from lessons.models import neuromodulation_protocols as protocols
from lessons.models.ancova import ancova
from lessons.models.neuromodulation_settings import BLINDED, NEUTRAL_LABORATORY, ONE_NEEDLE_TURNED
from lessons.models.neuromodulation_targets import vagal_over_sham
from lessons.models.trial import Arm, same_people
from lessons.models.trial_parameters import Trial
from lessons.parts_of_scipy.special import stdtr

REPETITIONS, FEWEST = 1000, 200
LEVEL = 0.05
NULL_RATES = (0.03, 0.08)  # share of significant trials where there is nothing
MISSED = 0.5  # share below which a trial misses an effect more often than not
POOL = 2000  # people among whom a trial draws


@dataclass(frozen=True)
class Rail:
    """One null result. `target` names its entry among the targets; `people` in each arm, or in both periods of a
    crossover, as in the trial `like`; `built_in`: the equations leave no effect; `difference()` the model's effect;
    `spread`: standard deviation of one person's outcome (of the difference, in a crossover), assumed."""

    target: str
    what: str
    people: int
    like: str
    crossover: bool
    built_in: bool
    difference: Callable[[], float]
    spread: float
    unit: str


@dataclass(frozen=True)
class Found:
    """How often simulated trials of a rail's size are significant."""

    rail: Rail
    difference: float
    rate: float

    @property
    def bound(self) -> tuple[float, float]:
        """Lowest and highest rate allowed."""
        return NULL_RATES if self.rail.built_in else (0.0, MISSED)

    @property
    def holds(self) -> bool:
        return self.bound[0] <= self.rate <= self.bound[1]


def _range() -> float:
    first, second = (arm.measured.range_of_motion[1] - arm.start.range_of_motion for arm in _release_and_sham())
    return float(first.mean() - second.mean())


RAILS = (
    Rail(
        "E-NG1", "blood pressure ten weeks after the start, real needles against sham", 64, "Macklin 2006", False, True,
        lambda: protocols.over_sham(BLINDED, 24 * 60, "blood_pressure"), 12.0, "mmHg",
    ),
    Rail(
        "E-NG2a", "heart rate variability at the end of a visit, real needles against sham", 30, "Huang 2015", False,
        True, lambda: vagal_over_sham(BLINDED, 29.9), 1.0, "SD",
    ),
    Rail(
        "E-NG3", "pain threshold in a blinded crossover, real needles against sham", 56, "Takakura 2009", True, False,
        lambda: protocols.over_sham(BLINDED, 29.9), 25.0, "points of %",
    ),
    Rail(
        "E-NG4a", "one untouched needle, 21 minutes against one, in a crossover", 24, "Loyeung 2013", True, False,
        lambda: protocols.longer_less_brief(ONE_NEEDLE_TURNED)[1], 25.0, "points of %",
    ),
    Rail(
        "E-NG5a", "manual needling in a neutral laboratory, another segment, against rest", 24, "Baeumler 2015", False,
        False, lambda: protocols.reading(NEUTRAL_LABORATORY, [35])[0], 25.0, "points of %",
    ),
    Rail(
        "E-T3", "range of motion a week after a release, against sham", 30, "a usual trial", False, False, _range,
        math.nan, "°",
    ),
)  # fmt: skip


def found(repetitions: int = REPETITIONS) -> Iterator[Found]:
    """Simulate every rail's trial so many times. Raises ValueError for fewer than 200."""
    if repetitions < FEWEST:
        raise ValueError(f"Simulate each trial at least {FEWEST} times, not {repetitions}.")
    for k, rail in enumerate(RAILS):
        difference, chance = rail.difference(), np.random.default_rng([7, k])
        if math.isnan(rail.spread):
            significant = _among_virtual_people(rail.people, repetitions, chance)
        else:
            trial = _crossover if rail.crossover else _two_arms
            significant = trial(rail, difference, repetitions, chance)
        yield Found(rail, difference, float(np.mean(significant)))


def _crossover(rail: Rail, difference: float, repetitions: int, chance: np.random.Generator) -> np.ndarray:
    changes = difference + rail.spread * chance.standard_normal((repetitions, rail.people))
    t = changes.mean(1) / (changes.std(1, ddof=1) / math.sqrt(rail.people))
    return 2 * stdtr(rail.people - 1, -np.abs(t)) < LEVEL


def _two_arms(rail: Rail, difference: float, repetitions: int, chance: np.random.Generator) -> np.ndarray:
    """Half of the variance of each outcome was there at the start."""
    start, later = chance.standard_normal((2, 2, repetitions, rail.people))
    end = rail.spread * math.sqrt(0.5) * (start + later)
    return ancova(rail.spread * start[0], end[0] + difference, rail.spread * start[1], end[1]).significant


def _among_virtual_people(people: int, repetitions: int, chance: np.random.Generator) -> np.ndarray:
    drawn = []
    for arm in _release_and_sham():
        who = chance.integers(0, POOL, (repetitions, people))
        drawn += [arm.start.range_of_motion[who], arm.measured.range_of_motion[1][who]]
    return ancova(*drawn).significant


@functools.lru_cache(maxsize=1)
def _release_and_sham() -> tuple[Arm, Arm]:
    run = same_people(Trial(local_share=1.0, visits=1, weeks=1), ("release", "sham"), POOL)
    return run.arms["release"], run.arms["sham"]
