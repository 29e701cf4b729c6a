"""The numbers of a virtual trial: who takes part, what each arm is given, how it is measured."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from lessons.models.neuromodulation_course import Course
from lessons.models.neuromodulation_course_parameters import SHAMS
from lessons.models.neuromodulation_parameters import LEARNER, OURS
from lessons.models.trigger_point_weeks import Weeks
from lessons.simulation import Parameters, parameter

TRIAL = "The trial"
PATIENTS = "Who takes part"
RETENTION = "Retained needles"
RELEASE = "Release"
SHAM = "Sham and belief"
MEASURED = "How it is measured"

MOST_TREATED = 6  # visits at which a knot is treated, as in the weeks of one patient


def _from(owner: type[Parameters], name: str, group: str, default: float | None = None) -> Any:
    """A field that means what it means in a course, under another heading and perhaps with another default."""
    about = owner.described()[name]
    value = about.default if default is None else default
    return dataclasses.field(
        default=value, metadata={"parameter": dataclasses.replace(about, default=value, typical=value, group=group)}
    )


@dataclass(frozen=True, kw_only=True)
class Trial(Parameters):
    """A trial with any of the arms. The defaults: sixty an arm, neck pain of which half comes from one knot."""

    per_arm: int = parameter(60, 10, 500, "", "people in each arm", LEARNER, "assumed", group=TRIAL, step=10)
    visits: int = parameter(6, 1, 12, "", "weekly visits", LEARNER, "assumed", group=TRIAL)
    weeks: int = parameter(12, 1, 52, "weeks", "weeks until the result", LEARNER, "assumed", group=TRIAL)
    seed: int = parameter(1, 0, 9999, "", "which people take part (any number)", LEARNER, "assumed", group=TRIAL)

    enrolled_from: float = _from(Course, "enrolled_from", PATIENTS)
    local_share: float = parameter(
        0.5, 0, 1, "", "share of the pain that comes from one knot", OURS, "assumed", group=PATIENTS, step=0.05
    )
    central_sensitisation: float = _from(Weeks, "central_sensitisation", PATIENTS)
    flare: float = parameter(
        1.0, 0, 3, "", "soreness added for each whole of central sensitisation above 1", OURS, "assumed",
        group=PATIENTS, step=0.1,
    )  # fmt: skip
    weeks_before: int = _from(Weeks, "weeks_before", PATIENTS, 12)
    load: float = _from(Weeks, "load", PATIENTS)
    pain_mean: float = _from(Course, "pain_mean", PATIENTS)
    fluctuation: float = _from(Course, "fluctuation", PATIENTS)
    trend: float = _from(Course, "trend", PATIENTS)
    correlation: float = parameter(
        0.3, 0, 0.9, "", "how far usual pain, load and poor sleep go together", OURS, "assumed", group=PATIENTS
    )
    sleep_mean: float = parameter(
        9.0, 0, 21, "points", "sleep problems (PSQI), mean", OURS, "assumed", group=PATIENTS, step=0.5
    )
    sleep_spread: float = parameter(
        3.0, 0, 6, "points", "sleep problems, spread between people", OURS, "assumed", group=PATIENTS, step=0.5
    )
    threshold_spread: float = parameter(
        0.15, 0, 0.5, "", "spread of pressure pain thresholds (SD / mean)", OURS, "assumed", group=PATIENTS
    )

    needles: int = _from(Course, "needles", RETENTION)
    strength: float = _from(Course, "strength", RETENTION)
    retention: float = _from(Course, "retention", RETENTION)
    interval: float = _from(Course, "interval", RETENTION)

    passes: int = _from(Weeks, "passes", RELEASE)
    twitch: float = _from(Weeks, "strength", RELEASE)
    miss: float = _from(Weeks, "miss", RELEASE)
    aim_spread: float = _from(Weeks, "aim_spread", RELEASE)
    pressure: float = _from(Weeks, "pressure", RELEASE, 200.0)
    pressure_seconds: float = _from(Weeks, "pressure_seconds", RELEASE, 90.0)

    needle_effect: float = parameter(
        1.0, 0, 1, "", "share of its effect that the needle has of its own", LEARNER, "assumed", group=SHAM, step=0.05
    )
    expectancy: float = _from(Course, "expectancy", SHAM)
    sham: int = parameter(0, 0, 2, "", "sham", LEARNER, "assumed", group=SHAM, choices=SHAMS)
    blinding: float = parameter(
        0.95, 0.5, 1, "", "share of the sham arm who believe that it is real", OURS, "assumed", group=SHAM, step=0.05
    )
    blinding_leak: float = _from(Course, "blinding_leak", SHAM)
    usual_care: float = parameter(
        0.25, 0, 1, "", "context of usual care, as a share of the context of needling", OURS, "assumed", group=SHAM,
        step=0.05,
    )  # fmt: skip

    rating_noise: float = _from(Course, "rating_noise", MEASURED)
    threshold_noise: float = parameter(
        17.0, 0, 60, "kPa", "error of one pressure pain threshold", OURS, "assumed", group=MEASURED, step=1
    )
    range_noise: float = parameter(
        4.0, 0, 15, "°", "error of one range of motion", OURS, "assumed", group=MEASURED, step=0.5
    )
    sleep_noise: float = parameter(
        1.5, 0, 5, "points", "error of one sleep questionnaire", OURS, "assumed", group=MEASURED, step=0.5
    )

    def course(self, arm: int) -> Course:
        """The visits as the course of retained needles sees them; `arm` as there."""
        shared = "enrolled_from pain_mean fluctuation trend needles strength retention interval sham rating_noise"
        values = {name: getattr(self, name) for name in (*shared.split(), "expectancy", "blinding_leak")}
        return Course(arm=arm, weeks=self.visits, visits_per_week=1.0, **values)

    def knots(self, by_thumb: bool = False) -> Weeks:
        """The visits as the weeks of a trigger point see them."""
        touch = {"passes": 0, "pressure": self.pressure, "pressure_seconds": self.pressure_seconds}
        if not by_thumb:
            touch = {"passes": self.passes, "pressure": 0.0, "pressure_seconds": 0.0}
        shared = "central_sensitisation weeks_before load fluctuation miss aim_spread"
        return Weeks(
            visits=min(self.visits, MOST_TREATED),
            strength=self.twitch * self.needle_effect,
            **{name: getattr(self, name) for name in shared.split()},
            **touch,
        )
