"""What published trials found, measured in virtual ones. Each function takes a `Trial` first.

Expectations are those of many people (`MANY`), with the same people in both arms, so that chance is small; what a
trial of the published size would find stands in `guard_rails` and `trial_power`.
"""

from __future__ import annotations

import numpy as np

from lessons.models import trigger_point_readings as readings
from lessons.models.ancova import ancova
from lessons.models.trial import Outcomes, days_of, same_people
from lessons.models.trial_first_visit import AtOnce, first_visit
from lessons.models.trial_parameters import Trial
from lessons.models.trigger_point_course import group
from lessons.models.trigger_point_weeks import CourseState

MANY = 2000
A_FEW = 400  # people whose loop is run
DAY_STEPS = 4


def pain_at_once(parameters: Trial) -> float:
    """Mean pain ten minutes after one release less that after sham, points of 10 (E-T2a)."""
    found = _first(parameters, "release", "sham")
    return float(found[0].pain.mean() - found[1].pain.mean())


def threshold_at_once(parameters: Trial, arm: str = "release") -> float:
    """Pressure pain threshold ten minutes after one treatment less that after sham, kPa (E-T1b, E-T1c)."""
    found = _first(parameters, arm, "sham")
    return float(found[0].tenderness.mean() - found[1].tenderness.mean())


def twitching(parameters: Trial) -> float:
    """Per cent of people whose muscle twitches at the first visit (E-T6a)."""
    return 100 * float(_first(parameters, "release")[0].twitched.mean())


def correlation(parameters: Trial, sign: str, reading: str) -> float:
    """How a sign of the spot and what the patient reports go together over people before treatment (E-T4d, e, E-T7c).

    `sign`: "noise" or "stiffness"; `reading`: "pain_before" or "tenderness_before".
    """
    found = _first(parameters, "no treatment")[0]
    return float(np.corrcoef(getattr(found, sign), getattr(found, reading))[0, 1])


def _first(trial: Trial, *arms: str) -> list[AtOnce]:
    found = first_visit(trial, arms, A_FEW)
    return [found[name] for name in arms]


def pain_apart(parameters: Trial, day: float, arm: str = "release", other: str = "sham") -> tuple[float, float]:
    """Pain in an arm less that in the other, at the weekly question nearest to a day: points, and SD (E-T2b to d)."""
    first, second = (outcomes.pain[_nearest(parameters, day)] for outcomes in _outcomes(parameters, arm, other))
    apart = first.mean() - second.mean()
    return float(apart), float(apart / np.sqrt((first.var(ddof=1) + second.var(ddof=1)) / 2))


def twitch_or_not(parameters: Trial, day: float = 7) -> float:
    """Pain a week after one needling with twitches less that after one without, points (E-T6c)."""
    with_twitch, without = (
        _outcomes(trial, "release")[0].pain[_nearest(trial, day)]
        for trial in (parameters, parameters.changed(twitch=0.0))
    )
    return float(with_twitch.mean() - without.mean())


def range_in_half_widths(parameters: Trial, day: float = 7, per_arm: int = 30) -> float:
    """Change of range of motion, release less sham, in half-widths of the interval of a trial of this size (E-T3)."""
    run = same_people(parameters, ("release", "sham"), MANY)
    k = _nearest(parameters, day)
    changes = [a.measured.range_of_motion[k] - a.start.range_of_motion for a in run.arms.values()]
    half = 1.96 * np.sqrt(sum(change.var(ddof=1) for change in changes) / per_arm)
    return float((changes[0].mean() - changes[1].mean()) / half)


def spots_that_stopped(parameters: Trial, visits: int = 3, day: float = 21) -> float:
    """Per cent whose spot does not hurt by itself, a week after the last of three weekly visits (E-T8d)."""
    weeks = parameters.knots().changed(visits=visits)
    run = group(weeks, "release", MANY, seed=parameters.seed)
    now = CourseState(*(column[round(day * DAY_STEPS)] for column in run.state))
    return 100 * float(np.mean(readings.pain(now, weeks.descending_inhibition) < 1))


def adjusted(parameters: Trial, day: float, arm: str, other: str, spread: float = 1.0) -> float:
    """Pain adjusted for the start, an arm less the other, in SD times `spread` (E-N11n, E-N11o)."""
    run = same_people(parameters, (arm, other), MANY)
    first, second = run.arms.values()
    k = _nearest(parameters, day)
    found = ancova(first.start.pain, first.measured.pain[k], second.start.pain, second.measured.pain[k])
    return spread * float(found.standardised)


def responders(parameters: Trial, day: float, arm: str, other: str) -> float:
    """Points of per cent by which more people of an arm feel at most half of their first pain (E-N11p)."""
    run = same_people(parameters, (arm, other), MANY)
    k = _nearest(parameters, day)
    shares = [np.mean(one.measured.pain[k] <= one.people.screening / 2) for one in run.arms.values()]
    return 100 * float(shares[0] - shares[1])


def _outcomes(trial: Trial, *arms: str) -> list[Outcomes]:
    run = same_people(trial, arms, MANY)
    return [run.arms[name].measured for name in arms]


def _nearest(trial: Trial, day: float) -> int:
    return int(np.abs(days_of(trial) - day).argmin())
