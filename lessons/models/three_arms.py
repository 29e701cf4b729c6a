"""Three arms of a trial: what is so for the same people in each of them, and what one trial, or many, would say.

`people`: a thousand virtual people, each followed without treatment, with sham and with a real treatment, with the same
luck. No trial can do that. `trial`: a trial of some size, which draws people like these into its arms, each into one,
and has them rate their pain with an error. `repeats`: a thousand such trials. The seed is the luck of the one trial
alone; the thousand stay who they are.

Where the real treatment is a release, its needle passes through the knot; all else is as in `trial`.
"""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from lessons.models.ancova import Estimate, ancova
from lessons.models.neuromodulation_parameters import LEARNER
from lessons.models.trial import same_people
from lessons.models.trial_parameters import MEASURED, PATIENTS, SHAM, TRIAL, Trial
from lessons.models.trial_parts import taken_apart
from lessons.models.trial_power import rated_trials
from lessons.simulation import Parameters, parameter

TREATMENTS = ("needles that stay", "release with the needle", "release with the thumb", "both needles")
REAL_ARMS = ("retention", "release", "manual pressure", "both")
PEOPLE = 1000
REPEATS = 1000
THEIR_SEED = 0  # of the thousand; trials have the numbers from 1 on
BETTER = 2.0  # points
NOTHING, SHAM_ARM, REAL = range(3)


def _as_in_a_trial(name: str, group: str, default: float | None = None, **other: Any) -> Any:
    """A field that means what it means in `Trial`, perhaps with another default, range or label."""
    about = Trial.described()[name]
    value = about.default if default is None else default
    about = dataclasses.replace(about, default=value, typical=value, group=group, **other)
    return dataclasses.field(default=value, metadata={"parameter": about})


@dataclass(frozen=True, kw_only=True)
class ThreeArms(Parameters):
    """A trial as the page on context has it. The defaults: neck pain of which a fifth comes from one knot."""

    per_arm: int = _as_in_a_trial("per_arm", TRIAL)
    seed: int = _as_in_a_trial("seed", TRIAL, low=1, high=99, label="another trial, another luck (any number)")
    weeks: int = _as_in_a_trial("weeks", TRIAL, low=2, high=26)
    visits: int = _as_in_a_trial("visits", TRIAL)
    real: int = parameter(0, 0, 3, "", "real treatment", LEARNER, "assumed", group=TRIAL, choices=TREATMENTS)

    enrolled_from: float = _as_in_a_trial(
        "enrolled_from", PATIENTS, high=7.0, step=0.5, label="least pain of those taken"
    )
    local_share: float = _as_in_a_trial("local_share", PATIENTS, 0.2)
    fluctuation: float = _as_in_a_trial("fluctuation", PATIENTS, step=0.1)
    trend: float = _as_in_a_trial("trend", PATIENTS)

    needle_effect: float = _as_in_a_trial("needle_effect", SHAM, label="what the needle itself does (0 = nothing)")
    expectancy: float = _as_in_a_trial("expectancy", SHAM)
    sham: int = _as_in_a_trial("sham", SHAM)
    blinding: float = _as_in_a_trial("blinding", SHAM)
    blinding_leak: float = _as_in_a_trial("blinding_leak", SHAM, step=0.05, label="expectation that doubt takes away")

    rating_noise: float = _as_in_a_trial("rating_noise", MEASURED, step=0.1)

    @property
    def arms(self) -> tuple[str, str, str]:
        """No treatment, sham and the real arm, by their names in a trial."""
        return ("no treatment", "sham", REAL_ARMS[self.real])

    def trial(self, **changes: float) -> Trial:
        """The same as a `Trial`."""
        values = {name: getattr(self, name) for name in self.described() if name != "real"}
        return Trial(**{**values, **changes})


class People(NamedTuple):
    """The thousand: `screening` (n,), the rating that let them in; `start` (n,) and `end` (3, n), their true pain
    before and at the end in each arm; `believed` (3, n), who takes the treatment for real."""

    screening: np.ndarray
    start: np.ndarray
    end: np.ndarray
    believed: np.ndarray

    @property
    def improved(self) -> np.ndarray:
        """(3, n) points by which each person is better in each arm than on the day of screening."""
        return self.screening - self.end


@dataclass(frozen=True)
class Found:
    """What a figure or a question reads of three arms, computed when it is first asked for.

    Points of pain by which people are better are positive.
    """

    parameters: ThreeArms

    @functools.cached_property
    def _same(self) -> tuple[People, tuple[float, float, float, float]]:
        p = self.parameters
        return _the_thousand(p.trial(seed=THEIR_SEED, per_arm=Trial().per_arm), p.arms)

    @property
    def people(self) -> People:
        return self._same[0]

    @property
    def parts(self) -> tuple[float, float, float, float]:
        """Regression to the mean, natural course, context and needle, in points; they add up to the real arm."""
        return self._same[1]

    @property
    def anyway(self) -> float:
        return self.parts[0] + self.parts[1]

    @property
    def improved(self) -> np.ndarray:
        """(3,) points by which people are better, mean of each arm."""
        return self.people.improved.mean(axis=1)

    @property
    def better(self) -> np.ndarray:
        """(3,) per cent of people who are better by `BETTER` points or more, in each arm."""
        return 100 * np.mean(self.people.improved >= BETTER, axis=1)

    @functools.cached_property
    def trial(self) -> tuple[Estimate, Estimate]:
        """What the one trial says: sham over no treatment, and real over sham. Floats."""
        one = self._trials(1, self.parameters.seed)
        return tuple(Estimate(*(float(value[0]) for value in found)) for found in one)

    @functools.cached_property
    def repeats(self) -> tuple[Estimate, Estimate]:
        """The same of many trials of this size, arrays (REPEATS,)."""
        return self._trials(REPEATS, THEIR_SEED)

    def _trials(self, times_over: int, seed: int) -> tuple[Estimate, Estimate]:
        people = self.people
        nothing, sham, real = rated_trials(self.parameters.trial(), people.start, people.end, times_over, seed)
        return ancova(*nothing, *sham), ancova(*sham, *real)

    def told_apart(self, which: int) -> float:
        """Per cent of such trials that tell sham from no treatment (0), or real from sham (1), from no difference."""
        found = self.repeats[which]
        return 100 * float(np.mean(found.significant & (found.difference > 0)))


@functools.lru_cache(maxsize=8)
def _the_thousand(trial: Trial, arms: tuple[str, str, str]) -> tuple[People, tuple[float, float, float, float]]:
    """Kept while only the luck or the size of the one trial changes."""
    same = same_people(trial, arms, PEOPLE, rated=False)
    nothing, *others = same.arms.values()
    people = People(
        nothing.people.screening,
        nothing.start.pain,
        np.array([arm.measured.pain[-1] for arm in (nothing, *others)]),
        np.array([arm.believed for arm in (nothing, *others)]),
    )
    for array in people:
        array.flags.writeable = False
    return people, taken_apart(same)


def three_arms(parameters: ThreeArms) -> Found:
    """Raises ParameterError, when it is read, where hardly anybody can enrol."""
    return Found(parameters)
