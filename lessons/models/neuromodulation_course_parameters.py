"""The numbers of a course of treatments: visits, arms, what lasts, and the people who take part."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from lessons.models.neuromodulation_parameters import HAAKE_2007, LEARNER, OURS, TARGETS, Neuromodulation
from lessons.simulation import Parameters, parameter

COURSE = "The course"
VISIT = "One visit"
SHAM = "The sham arm"
LASTING = "What lasts"
PEOPLE = "The people"

NOTHING, SHAM_ARM, REAL = range(3)
SHAMS = ("thin needle, shallow", "blunt, not through the skin", "no needle")
PENETRATING, BLUNT, NO_NEEDLE = range(len(SHAMS))


def as_in_one_treatment(name: str, default: float | None = None) -> Any:
    """A field that means what it means in one treatment, with another default where the course has one."""
    about = Neuromodulation.described()[name]
    value = about.default if default is None else type(about.default)(default)
    about = dataclasses.replace(about, default=value, typical=value)
    return dataclasses.field(default=value, metadata={"parameter": about})


@dataclass(frozen=True, kw_only=True)
class Course(Parameters):
    """A course of visits. The defaults are ten weekly visits with the real needles of a blinded trial.

    `arm`: 0 no treatment, 1 sham, 2 real needles. `sham`: 0 penetrating (thin, shallow, left alone), 1 blunt (does not
    go through the skin), 2 no needle at all (a lamp that is off, a switched-off current).
    """

    visits_per_week: float = parameter(
        1.0, 0.5, 3, "per week", "visits per week", LEARNER, "assumed", group=COURSE, step=0.5
    )
    weeks: int = parameter(10, 0, 12, "weeks", "weeks of treatment", LEARNER, "assumed", group=COURSE)
    arm: int = parameter(2, 0, 2, "", "arm", LEARNER, "assumed", group=COURSE)
    weeks_shown: int = parameter(26, 4, 65, "weeks", "weeks that are followed", LEARNER, "assumed", group=COURSE)

    needles: int = as_in_one_treatment("needles", 8)
    strength: float = as_in_one_treatment("strength")
    retention: float = as_in_one_treatment("retention")
    interval: float = as_in_one_treatment("interval")
    posture: int = as_in_one_treatment("posture")
    expectancy: float = as_in_one_treatment("expectancy")
    responsiveness: float = as_in_one_treatment("responsiveness")

    # n, s and bl of the shams; how much lost blinding takes from belief.
    sham: int = parameter(0, 0, 2, "", "kind of sham", LEARNER, "assumed", group=SHAM, choices=SHAMS)
    sham_needles: int = parameter(4, 0, 12, "", "needles in the sham arm", OURS, "assumed", group=SHAM)
    sham_strength_penetrating: float = parameter(
        2.5, 0, 20, "x threshold", "strength of a penetrating sham", OURS, "assumed", group=SHAM
    )
    sham_strength_blunt: float = parameter(
        1.0, 0, 20, "x threshold", "strength of a blunt sham", OURS, "assumed", group=SHAM
    )
    blinding_penetrating: float = parameter(
        0.95, 0, 1, "", "blinding by a penetrating sham", OURS, "assumed", group=SHAM
    )
    blinding_blunt: float = parameter(0.85, 0, 1, "", "blinding by a blunt sham", OURS, "assumed", group=SHAM)
    blinding_no_needle: float = parameter(
        0.60, 0, 1, "", "blinding by a sham without a needle", OURS, "assumed", group=SHAM
    )
    blinding_leak: float = parameter(
        0.5, 0, 1, "", "belief that is lost where blinding fails", OURS, "assumed", group=SHAM
    )

    # ks, kc, Bmax, tau_s, tau_c, J50, tau_W, wc, ws, delta; PSQI and anxiety per calm.
    set_point_needle: float = parameter(
        0.095, 0, 0.3, "SD", "shift of the set point by the needle, each visit", TARGETS, "fitted", group=LASTING
    )
    set_point_context: float = parameter(
        0.082, 0, 0.3, "SD", "shift of the set point by the context, each visit", TARGETS, "fitted", group=LASTING
    )
    set_point_room: float = parameter(
        0.8, 0.5, 1.5, "SD", "furthest that the set point can shift", TARGETS, "fitted", group=LASTING
    )
    memory_needle: float = parameter(
        700.0, 100, 10_000, "days", "memory of the needle's part", TARGETS, "fitted", group=LASTING
    )
    memory_context: float = parameter(
        5000.0, 100, 10_000, "days", "memory of the context's part", TARGETS, "fitted", group=LASTING
    )
    dose_half: float = as_in_one_treatment("dose_half")
    calm_memory: float = parameter(14.0, 2, 60, "days", "memory of calm", TARGETS, "fitted", group=LASTING)
    calm_context: float = as_in_one_treatment("calm_context")
    calm_needle: float = as_in_one_treatment("calm_needle")
    small_trial_discount: float = as_in_one_treatment("small_trial_discount")
    anxiety_per_calm: float = as_in_one_treatment("anxiety_per_calm")
    sleep_per_calm: float = parameter(
        2.9, 0.5, 10, "points", "points of the sleep questionnaire (PSQI) per unit of calm", TARGETS, "fitted",
        group=LASTING,
    )  # fmt: skip

    # SDu, mu, sd_mu, sd_x, tau_x, noise, trend, tau_tr, screen, CV r, sd e.
    pain_per_shift: float = parameter(
        2.0, 1, 3, "of 10 per SD", "points of pain per SD", HAAKE_2007, "checked", group=PEOPLE
    )
    pain_mean: float = parameter(5.0, 2, 8, "of 10", "usual pain, mean", OURS, "assumed", group=PEOPLE, step=0.1)
    pain_spread: float = parameter(
        1.5, 0, 3, "of 10", "usual pain, spread between people", OURS, "assumed", group=PEOPLE
    )
    fluctuation: float = parameter(
        1.5, 0, 3, "of 10", "ups and downs of one person's pain", OURS, "assumed", group=PEOPLE
    )
    fluctuation_time: float = parameter(
        30.0, 2, 120, "days", "how long an up or down lasts", OURS, "assumed", group=PEOPLE
    )
    rating_noise: float = parameter(0.6, 0, 2, "of 10", "noise of a rating", OURS, "assumed", group=PEOPLE)
    trend: float = parameter(
        -0.5, -3, 1, "of 10", "natural course: change in the long run", OURS, "assumed", group=PEOPLE, step=0.1
    )
    trend_time: float = parameter(120.0, 20, 400, "days", "time of the natural course", OURS, "assumed", group=PEOPLE)
    flare: float = parameter(
        0.0, -4, 4, "of 10", "pain above the usual on the first day", OURS, "assumed", group=PEOPLE, step=0.1
    )
    enrolled_from: float = parameter(5.0, 0, 9, "of 10", "pain that lets a person enrol", OURS, "assumed", group=PEOPLE)
    responsiveness_spread: float = parameter(
        0.7, 0, 1.5, "", "spread of the response to needles (SD / mean)", OURS, "assumed", group=PEOPLE
    )
    expectancy_spread: float = parameter(
        0.8, 0, 2, "logits", "spread of expectation between people", OURS, "assumed", group=PEOPLE
    )
