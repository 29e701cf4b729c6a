r"""Virtual trials: people who enrol, arms that are compared, outcomes with the error of their measurement.

    pain(t)  = clip((1 - w) (usual + trend) + w cs P(knot) + x - SDu (Bs + Bc) + sore, 0, 10)
    w, cs    : share of the pain that comes from one knot; central sensitisation;  P: the knot's pain
    sore     = 4 K (1 + flare (cs - 1)+)      K: soreness (`trigger_point_course`)
    Bs, Bc   : what retained needles and the context of all visits leave in the set point (`neuromodulation_course`)
    x        : ups and downs, wherever they stood on the day of screening

Arms. *no treatment*: what happens anyway. *usual care*: a share of the context, no needle. *sham*: the visits, the
context as far as it is believed, and what the chosen sham does as a needle. *retention*, *release*, *manual pressure*
(a thumb), *both*: with the context of their visits. In a sham arm a share `blinding` believes that it is real; who does
not, loses the share `blinding_leak` of the expectation. In the arms that are real as many doubt as half of those who do
in sham, and lose as much.

No published effect size goes in. The numbers of the lasting shift were fitted to trials of retained needles at very
many people (`neuromodulation_course`); a release was fitted to nothing of the kind.

Left out: drop-out, missing answers, treatment elsewhere, therapists who differ, clusters; one kind of muscle. That the
parts add up is an assumption. Relief within the hours of a visit is not in these weeks (`first_visit` has it).

Papers as in the two courses; regression to the mean as in any textbook of statistics.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from lessons.models import trigger_point_readings as readings
from lessons.models.neuromodulation_course import NOTHING, REAL, SHAM_ARM, after_each_visit, dose, over_time
from lessons.models.trial_parameters import Trial
from lessons.models.trial_people import People, enrol, luck, mixed, muscle_table
from lessons.models.trigger_point_course import by_table, follow
from lessons.models.trigger_point_people import Chance, times
from lessons.models.trigger_point_weeks import CourseState
from lessons.simulation import ParameterError

ARMS = ("no treatment", "usual care", "sham", "retention", "release", "manual pressure", "both")
RETAINED, RELEASED = ("retention", "both"), ("release", "manual pressure", "both")
OUTCOMES = ("pain", "tenderness", "range_of_motion", "sleep", "soreness")
ERRORS = ("rating_noise", "threshold_noise", "range_noise", "sleep_noise")
PER_DAY = 4  # steps of the weeks
JUST_BEFORE = 0.25  # days before a visit is due, when people are asked


class Outcomes(NamedTuple):
    """Arrays of one shape: pain and soreness (0 to 10), pressure pain threshold (kPa), range of motion (degrees), sleep
    problems (PSQI points)."""

    pain: np.ndarray
    tenderness: np.ndarray
    range_of_motion: np.ndarray
    sleep: np.ndarray
    soreness: np.ndarray


class Arm(NamedTuple):
    """One arm: who is in it, who believes that the treatment is real, `start` (n,) and `measured` (d, n) at `days`."""

    name: str
    people: People
    believed: np.ndarray
    start: Outcomes
    measured: Outcomes


class Knots(NamedTuple):
    """The knots of some people: `state` (d, n) at the days that are asked for, `before` (n,) the first visit."""

    state: CourseState
    before: CourseState

    def some(self, who: np.ndarray) -> Knots:
        """Those of some people."""
        state, before = (CourseState(*(column[..., who] for column in part)) for part in self)
        return Knots(state, before)


class TrialRun(NamedTuple):
    """A finished trial: `days` (d,) from the first visit on, and its arms by name."""

    parameters: Trial
    days: np.ndarray
    arms: dict[str, Arm]


def days_of(trial: Trial) -> np.ndarray:
    """(d,) days at which people are asked: after two days, then every week to the last one, just before any visit."""
    return np.concatenate(([2.0], 7.0 * np.arange(1, trial.weeks + 1) - JUST_BEFORE))


def run_trial(trial: Trial, arms: Sequence[str] = ("no treatment", "sham", "retention")) -> TrialRun:
    """Enrol, draw lots and follow everybody. Raises ParameterError for unknown arms or where nobody can enrol."""
    check_arms(arms)
    everybody = enrol(trial, trial.per_arm * len(arms))
    lots = np.random.default_rng([trial.seed, 4]).permutation(len(everybody.usual)).reshape(len(arms), -1)
    days = days_of(trial)
    chance = luck(trial, everybody, len(times(trial.weeks)))
    untouched = _left_alone(trial, arms, everybody, chance, days)
    found = {}
    for name, who in zip(arms, lots, strict=True):
        knots = untouched.some(who) if name not in RELEASED else None
        found[name] = follow_arm(trial, name, everybody.some(who), _luck_of(chance, who), days, knots)
    return TrialRun(trial, days, found)


def same_people(trial: Trial, arms: Sequence[str], count: int | None = None, rated: bool = True) -> TrialRun:
    """What no trial can do: the same people, with the same luck, in every arm.

    `rated`: outcomes with the error of their measurement; else as they are, as nobody can know them.
    """
    check_arms(arms)
    people = enrol(trial, trial.per_arm if count is None else count)
    days = days_of(trial)
    chance = luck(trial, people, len(times(trial.weeks)))
    exact = trial if rated else trial.changed(**dict.fromkeys(ERRORS, 0.0))
    untouched = _left_alone(exact, arms, people, chance, days)
    found = {}
    for name in arms:
        knots = untouched if name not in RELEASED else None
        found[name] = follow_arm(exact, name, people, chance, days, knots)
    return TrialRun(trial, days, found)


def check_arms(arms: Sequence[str]) -> None:
    """Raise ParameterError for an arm that there is not, or one that stands twice."""
    if unknown := [name for name in arms if name not in ARMS]:
        raise ParameterError(f"There is no arm '{unknown[0]}'; choose from {', '.join(ARMS)}.")
    if len(set(arms)) < len(arms):
        raise ParameterError("Every arm stands once in a trial.")


def _luck_of(chance: Chance, who: np.ndarray) -> Chance:
    return Chance(*(part[:, who] for part in chance))


def follow_arm(
    trial: Trial, name: str, people: People, chance: Chance, days: np.ndarray, knots: Knots | None = None
) -> Arm:
    """Take people through one arm and measure them at `days`. `knots`: theirs in this arm, if they are known."""
    luck_of_arm = np.random.default_rng([trial.seed, 5, ARMS.index(name)])
    believed, expectancy = belief_of(trial, name, people, luck_of_arm)
    knots = _knots(trial, name, people, chance, days) if knots is None else knots
    shift, calm = _lasting(trial, name, people, expectancy, days)
    now = _true(trial, people, knots.state, days, shift, calm)
    nothing = np.zeros((1, len(people.usual)))
    before = CourseState(*(column[None] for column in knots.before))
    start = _true(trial, people, before, np.zeros(1), nothing, nothing)
    start = Outcomes(*(part[0] for part in _measured(trial, start, luck_of_arm)))
    return Arm(name, people, believed, start, _measured(trial, now, luck_of_arm))


def belief_of(trial: Trial, name: str, people: People, chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """(n,) who believes that it is real, and the expectation that acts in each."""
    share = chance.random(len(people.usual))
    if name == "no treatment":
        return np.zeros(len(share), dtype=bool), np.zeros(len(share))
    if name == "usual care":
        return np.zeros(len(share), dtype=bool), trial.usual_care * people.expectancy
    doubt = 1 - trial.blinding
    believed = share >= (doubt if name == "sham" else doubt / 2)
    return believed, people.expectancy * np.where(believed, 1.0, 1 - trial.blinding_leak)


def _left_alone(trial: Trial, arms: Sequence[str], people: People, chance: Chance, days: np.ndarray) -> Knots | None:
    """Knots that nobody touches, followed once for all arms in which that is so; None if there is no such arm."""
    alone = [name for name in arms if name not in RELEASED]
    return _knots(trial, alone[0], people, chance, days) if alone else None


def _knots(trial: Trial, name: str, people: People, chance: Chance, days: np.ndarray) -> Knots:
    """The knots of an arm, followed at steps of six hours."""
    weeks = trial.knots(by_thumb=name == "manual pressure")
    arm = "release" if name in RELEASED else "nothing"
    table = muscle_table(trial)
    group = follow(weeks, arm, times(trial.weeks), table, people.knots, chance, by_table(weeks, arm, chance))
    steps = np.round(days * PER_DAY).astype(int)
    return Knots(CourseState(*(column[steps] for column in group.state)), group.before)


def _lasting(
    trial: Trial, name: str, people: People, expectancy: np.ndarray, days: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """(d, n) shift of the set point (SD) and calm that the visits leave."""
    if name == "no treatment":
        return np.zeros((len(days), len(people.usual))), np.zeros((len(days), len(people.usual)))
    of = REAL if name in RETAINED else SHAM_ARM if name == "sham" else NOTHING
    course = trial.course(REAL if of == NOTHING else of)  # usual care and a release have visits, without needle input
    visits = after_each_visit(course, 0.0 if of == NOTHING else dose(course), expectancy, people.responsiveness)
    state = over_time(course, visits, days)
    return state.needle_shift + state.context_shift, state.calm


def _true(
    trial: Trial, people: People, state: CourseState, days: np.ndarray, shift: np.ndarray, calm: np.ndarray
) -> Outcomes:
    """(d, n) what is so, before it is measured."""
    course, weeks = trial.course(NOTHING), trial.knots()
    trend = trial.trend * -np.expm1(-days / course.trend_time)
    of_knot = readings.pain(state, weeks.descending_inhibition)
    sore = 4 * state.soreness * (1 + trial.flare * max(trial.central_sensitisation - 1, 0.0))
    pain = mixed(trial, people.usual + trend[:, None], of_knot) + state.fluctuation - course.pain_per_shift * shift
    return Outcomes(
        np.clip(pain + weeks.soreness_counts * sore, 0, 10),
        people.threshold * readings.tenderness(state),
        readings.range_of_motion(state),
        np.clip(people.sleep - course.sleep_per_calm * calm, 0, 21),
        sore,
    )


def _measured(trial: Trial, true: Outcomes, chance: np.random.Generator) -> Outcomes:
    noise = [chance.standard_normal(true.pain.shape) for _ in range(4)]
    return Outcomes(
        np.clip(true.pain + trial.rating_noise * noise[0], 0, 10),
        np.maximum(true.tenderness + trial.threshold_noise * noise[1], 0),
        true.range_of_motion + trial.range_noise * noise[2],
        np.clip(true.sleep + trial.sleep_noise * noise[3], 0, 21),
        true.soreness,
    )
