"""What a change after treatment is made of: what would have happened anyway, the context, the needle.

*Anyway* has two parts. People enrolled on a bad day are better on most others (regression to the mean), and pain
changes by itself (natural course). The same virtual people, with the same luck, are followed in every arm, which no
trial can do; beside that stands what a trial of some size would say.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lessons.models.ancova import Estimate, ancova
from lessons.models.trial import Arm, TrialRun, run_trial, same_people
from lessons.models.trial_parameters import Trial

THREE = ("no treatment", "sham", "retention")
PEOPLE = 600  # for the expectation
DAYS_A_WEEK = 7.0


class Parts(NamedTuple):
    """Points of pain by which people are better (positive) at the end, and the trial that estimates them.

    `regression` and `natural` add up to what happens anyway; `context` is sham less nothing, `needle` real less sham.
    `trial`: people of a trial with three arms; `context_in_trial`, `needle_in_trial`: what it says.
    """

    parameters: Trial
    regression: float
    natural: float
    context: float
    needle: float
    trial: TrialRun
    context_in_trial: Estimate
    needle_in_trial: Estimate

    @property
    def anyway(self) -> float:
        return self.regression + self.natural

    @property
    def improved(self) -> dict[str, float]:
        """Points by which each arm of the trial improved."""
        return {name: float(np.mean(a.people.screening - a.measured.pain[-1])) for name, a in self.trial.arms.items()}


def parts(trial: Trial, real: str = THREE[2]) -> Parts:
    """Take the improvement of people apart. Raises as `trial.run_trial`."""
    arms = (*THREE[:2], real)
    true = taken_apart(same_people(trial, arms, PEOPLE))
    run = run_trial(trial, arms)
    found = [run.arms[name] for name in arms]
    return Parts(trial, *true, run, apart(found[1], found[0]), apart(found[2], found[1]))


def taken_apart(same: TrialRun) -> tuple[float, float, float, float]:
    """Regression, natural course, context and needle of the same people in three arms: nothing, sham, real."""
    trial = same.parameters
    nothing, sham, needled = same.arms.values()
    anyway = float(np.mean(nothing.people.screening - nothing.measured.pain[-1]))
    left = np.exp(-DAYS_A_WEEK * trial.weeks / trial.knots().fluctuation_memory)
    bad_luck = (1 - left) * nothing.people.deviation.mean()  # what is forgotten of how far the day was above the usual
    error = nothing.people.screening.mean() - nothing.start.pain.mean()  # a second rating has an error of its own
    regression = float(bad_luck + error)
    context = float(np.mean(nothing.measured.pain[-1] - sham.measured.pain[-1]))
    needle = float(np.mean(sham.measured.pain[-1] - needled.measured.pain[-1]))
    return regression, anyway - regression, context, needle


def apart(first: Arm, second: Arm) -> Estimate:
    """How much better the first arm is than the second, adjusted for the start."""
    return ancova(second.start.pain, second.measured.pain[-1], first.start.pain, first.measured.pain[-1])
