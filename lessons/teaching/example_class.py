"""A class that is made up: virtual learners who answer what one commits to, the same ones for the same seed.

Nobody's answers went into it. Each of them knows with a chance of two in five, is not sure with one in ten, and
otherwise answers as people do who have not thought of it: any wrong option, or a curve that falls slowly, falls at
once, or stays. None of these numbers was measured.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence
from typing import Any

from lessons.predictions import Question

KNOWS, UNSURE_SHARE = 0.4, 0.1
NEAR_THE_MODEL = 0.08  # of the range: how far somebody who knows draws beside the curve
SPREAD = 0.14  # of the range, of those who do not


def made_up(question: Question, learners: int, seed: int, model: Sequence[float], before: float) -> list[Any]:
    """One answer for each learner. `model`: its values at the question's times; `before`: the value at the start."""
    found = []
    for learner in range(learners):
        choose = random.Random(zlib.crc32(f"{seed} {question.id} {learner}".encode()))
        drawn = choose.random()
        if drawn < UNSURE_SHARE:
            found.append("unsure")
        elif question.kind == "choice":
            right = [one.id for one in question.options if one.correct]
            wrong = [one.id for one in question.options if not one.correct]
            found.append(right[0] if drawn < UNSURE_SHARE + KNOWS else choose.choice(wrong))
        else:
            found.append(_curve(question, choose, drawn < UNSURE_SHARE + KNOWS, model, before))
    return found


def _curve(
    question: Question, choose: random.Random, knows: bool, model: Sequence[float], before: float
) -> list[float]:
    count, width = len(model), question.high - question.low
    last = max(1, count - 1)
    shape = list(model)
    if not knows:
        shape = choose.choice(
            [
                [before - (before - question.low) * i / last for i in range(count)],
                [question.low + (before - question.low) * 0.6] * count,
                [before] * count,
            ]
        )
    reach = (NEAR_THE_MODEL if knows else SPREAD) * width
    steps = [round((value + choose.gauss(0, reach / 2)) / question.step) * question.step for value in shape]
    return [float(min(question.high, max(question.low, step))) for step in steps]
