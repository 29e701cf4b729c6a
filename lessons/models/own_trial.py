"""A trial of one's own between two arms: what it finds, what others like it would, and what there is to find.

Differences are signed so that above 0 the first arm did better.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lessons.models.ancova import Estimate, ancova
from lessons.models.neuromodulation_parameters import LEARNER
from lessons.models.trial import run_trial
from lessons.models.trial_parameters import TRIAL, Trial
from lessons.models.trial_power import Power, power
from lessons.simulation import parameter

COMPARED = {
    "needles that stay, sham": ("retention", "sham"),
    "needles that stay, usual care": ("retention", "usual care"),
    "release, sham": ("release", "sham"),
    "release, needles that stay": ("release", "retention"),
}
ALIKE = 20  # other trials that are drawn


@dataclass(frozen=True, kw_only=True)
class OwnTrial(Trial):
    """A trial with two arms: who is treated, and against what."""

    comparison: int = parameter(
        0, 0, len(COMPARED) - 1, "", "treated, and against what", LEARNER, "assumed", group=TRIAL,
        choices=tuple(COMPARED),
    )  # fmt: skip

    @property
    def arms(self) -> tuple[str, str]:
        return list(COMPARED.values())[self.comparison]


class Finished(NamedTuple):
    """`own`: the trial's estimate (floats, points of pain); `others`: twenty more trials of that size; `power`: over
    sizes; `expected`: the difference of very many people; `spread`: standard deviation of pain at the end."""

    parameters: OwnTrial
    own: Estimate
    others: Estimate
    power: Power
    expected: float
    spread: float


def finish(trial: OwnTrial) -> Finished:
    """Run the trial. Raises as `trial.run_trial`."""
    first, second = run_trial(trial, trial.arms).arms.values()
    own = ancova(second.start.pain, second.measured.pain[-1], first.start.pain, first.measured.pain[-1])
    # Without the comparison, so that an arm is followed once for all comparisons that it stands in.
    plain = Trial(**{name: getattr(trial, name) for name in Trial.described()})
    found = power(plain, trial.arms)
    others = _better(found.of_this_size, ALIKE)
    spread = np.concatenate((first.measured.pain[-1], second.measured.pain[-1])).std(ddof=1)
    return Finished(trial, own, others, found, -found.expected, float(spread))


def _better(estimate: Estimate, count: int) -> Estimate:
    """The first trials of many, signed so that less pain is better."""
    e = estimate
    return Estimate(-e.difference[:count], -e.high[:count], -e.low[:count], e.p[:count], -e.standardised[:count])
