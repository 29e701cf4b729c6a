"""Many people in a course: each with a pain, a response to needles, a belief, and ups and downs of their own.

A person enrols on a day on which the rating is high enough; that alone lets the group improve (regression to the mean).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from lessons.models.neuromodulation_course import (
    DAY,
    NOTHING,
    REAL,
    SHAM_ARM,
    Course,
    after_each_visit,
    dose,
    effective_expectancy,
    over_time,
)

MANY = 200_000  # people for an expectation: leaves less than .005 SD of chance


class People(NamedTuple):
    """(n,) arrays of those who enrolled: usual pain, deviation on the first day, response, belief, first rating."""

    usual: np.ndarray
    deviation: np.ndarray
    responsiveness: np.ndarray
    expectancy: np.ndarray
    screening: np.ndarray


class Contrast(NamedTuple):
    """Three arms of very many people: differences (SD, positive = better) and shares of responders (%)."""

    real_none: float
    real_sham: float
    sham_none: float
    specific_share: float
    responders_none: float
    responders_sham: float
    responders_real: float


def enrol(c: Course, count: int, random: np.random.Generator) -> People:
    """`count` people whose first rating lets them enrol."""
    kept: list[np.ndarray] = []
    found = 0
    while found < count:
        draw = max(2 * (count - found), 64)
        usual = random.normal(c.pain_mean, c.pain_spread, draw)
        deviation = random.normal(0, c.fluctuation, draw)
        rating = np.clip(usual + deviation + random.normal(0, c.rating_noise, draw), 0, 10)
        taken = rating >= c.enrolled_from
        kept.append(np.stack([usual, deviation, rating])[:, taken])
        found += int(taken.sum())
        if len(kept) > 1000:
            raise ValueError("Hardly anybody reaches the pain that lets a person enrol. Lower it.")
    usual, deviation, rating = np.concatenate(kept, axis=1)[:, :count]
    variance = math.log1p(c.responsiveness_spread**2)
    response = c.responsiveness * np.exp(random.normal(-variance / 2, math.sqrt(variance), count))
    middle = min(max(c.expectancy, 1e-9), 1 - 1e-9)
    belief = 1 / (1 + np.exp(-(math.log(middle / (1 - middle)) + c.expectancy_spread * random.normal(size=count))))
    return People(usual, deviation, response, belief, rating)


def ratings(c: Course, people: People, days: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """(d, n) pain from 0 to 10 of people in the arm of `c`, at `days` (d,) from the first visit on."""
    share = effective_expectancy(c) / c.expectancy if c.expectancy else 0.0
    visits = after_each_visit(c, dose(c), share * people.expectancy, people.responsiveness)
    state = over_time(c, visits, days)
    deviation, before, rows = people.deviation, 0.0, []
    for day in days:
        kept = math.exp(-(day - before) / c.fluctuation_time)
        deviation = deviation * kept + c.fluctuation * math.sqrt(1 - kept * kept) * random.normal(size=len(deviation))
        before = day
        rows.append(deviation)
    natural = (c.trend * -np.expm1(-days / c.trend_time))[:, None] + np.stack(rows)
    noise = random.normal(0, c.rating_noise, (len(days), len(people.usual)))
    shift = state.needle_shift + state.context_shift
    return np.clip(people.usual + natural - c.pain_per_shift * shift + noise, 0, 10)


def cohort(c: Course, people: int = 1000, seed: int = 1) -> np.ndarray:
    """(weeks_shown + 1, people) weekly ratings of one arm. Same seed, same people."""
    random = np.random.default_rng(seed)
    return ratings(c, enrol(c, people, random), 7.0 * np.arange(c.weeks_shown + 1), random)


def expectation(c: Course, day: float = 84.0, people: int = MANY, seed: int = 1) -> Contrast:
    """What trials of any size would find on average: the same very many people in all three arms."""
    enrolled = enrol(c, people, np.random.default_rng(seed))
    arms = [
        ratings(c.changed(arm=arm), enrolled, np.array([day]), np.random.default_rng(seed + 1))[0]
        for arm in (NOTHING, SHAM_ARM, REAL)
    ]
    none, sham, real = arms

    def apart(worse: np.ndarray, better: np.ndarray) -> float:
        return float((worse.mean() - better.mean()) / math.sqrt((worse.var() + better.var()) / 2))

    total, specific = apart(none, real), apart(sham, real)
    responders = [100 * float((arm <= enrolled.screening / 2).mean()) for arm in arms]
    return Contrast(total, specific, apart(none, sham), 100 * specific / total if total else 0.0, *responders)


def persistence(c: Course, end: float = 84.0, later: float = 449.0) -> tuple[float, float]:
    """Per cent of the difference at `end` (day) that is left at `later`: against nothing, and against sham."""
    first, last = expectation(c, end), expectation(c, later)
    return 100 * last.real_none / first.real_none, 100 * last.real_sham / first.real_sham


def specific_falls_with_sham(c: Course, beliefs: tuple[float, ...] = (0.2, 0.35, 0.5, 0.65, 0.8, 0.9)) -> float:
    """Slope of the specific effect over the effect of sham, both in SD, as the population's belief varies."""
    found = [expectation(c.changed(expectancy=e)) for e in beliefs]
    return float(np.polyfit([f.sham_none for f in found], [f.real_sham for f in found], 1)[0])


def sleep_after(c: Course, visit_days: list[float], day: float, people: int = MANY, seed: int = 1) -> float:
    """Mean change of the sleep questionnaire (points) on `day`, for visits on the days of a published schedule."""
    enrolled = enrol(c, people, np.random.default_rng(seed))
    share = effective_expectancy(c) / c.expectancy if c.expectancy else 0.0
    each = c.calm_context * share * enrolled.expectancy
    each = each + c.calm_needle * c.small_trial_discount * enrolled.responsiveness * dose(c)
    decayed = sum(math.exp(-(day - when) / c.calm_memory) for when in visit_days if when <= day)
    return -c.sleep_per_calm * decayed * float(each.mean())


__all__ = [
    "DAY",
    "Contrast",
    "People",
    "cohort",
    "enrol",
    "expectation",
    "persistence",
    "ratings",
    "sleep_after",
    "specific_falls_with_sham",
]
