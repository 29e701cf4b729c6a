"""What a change after treatment is made of: what would have happened anyway, the context, the needle.

*Anyway* has two parts. People enrolled on a bad day are better on most others (regression to the mean), and pain
changes by itself (natural course). The same virtual people, with the same luck, are followed in every arm, which no
trial can do.
"""

from __future__ import annotations

import numpy as np

from lessons.models.trial import TrialRun

DAYS_A_WEEK = 7.0


def taken_apart(same: TrialRun) -> tuple[float, float, float, float]:
    """Regression, natural course, context and needle, in points of pain by which people are better at the end.

    `same`: the same people in three arms, in this order: no treatment, sham, real. The first two parts add up to what
    happens anyway; context is sham less nothing, needle real less sham.
    """
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
