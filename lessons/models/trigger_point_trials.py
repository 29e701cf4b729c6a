"""Virtual trials of trigger-point treatment: people with different muscles, loads and luck, in arms that are compared.

What is assumed, none of it chosen to meet a number: people vary as in `trigger_point_cohort`; those enter whose knot
has lasted twelve weeks and who rate their pain 3 or more. Practice varies as there too: 1 to 12 passes, strengths from
a Beta(5, 3), a miss of |normal(0, 1)| mm at each visit; a thumb presses 60 s with 100 to 300 kPa. At every visit the
loop of every patient is run. All functions take the typical muscle and use a fixed seed; the same people are followed
in every arm. Chance is small, not gone: four other draws of 1,500 people and four times as many muscles gave
standardised differences of -0.15, -0.28 and -0.22 on average (two days, two weeks, eight weeks), where these 400 people
give -0.21, -0.35 and -0.24.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from lessons.models import trigger_point_readings as readings
from lessons.models.trigger_point import State, TriggerPoint
from lessons.models.trigger_point_cohort import Cohort, CohortRun, bistable, run, virtual_patients
from lessons.models.trigger_point_course import Group, Visit, follow
from lessons.models.trigger_point_people import DAY, STEP, Chance, People, draw, recruit, times
from lessons.models.trigger_point_protocols import untreated
from lessons.models.trigger_point_readings import RELEASED_ABOVE, SETTLING
from lessons.models.trigger_point_tables import Branches, branch_tables
from lessons.models.trigger_point_weeks import Weeks, pain

SEED = 20
MUSCLES, PATIENTS = 90, 400  # muscles drawn, of which those that can hold a knot are used; people who enter
ENTRY_WEEKS, ENTRY_PAIN = 12, 3.0
RATING_ERROR = 0.6  # points, as in the model of neuromodulation
GONIOMETER_ERROR = 4.0  # degrees, standard deviation of one reading; assumed
AT_ONCE = 600.0  # s after the first touch
ARMS: Mapping[str, str] = {"needle": "release", "without twitch": "release without twitch", "thumb": "release"}
FOLLOW_UP = 11  # weeks from the first visit


class Clinic(NamedTuple):
    """Who entered, and their luck: `cohort` holds each patient's muscle, passes and strength."""

    weeks: Weeks
    cohort: Cohort
    table: Branches
    people: People
    chance: Chance
    thumb: np.ndarray


@lru_cache(maxsize=2)
def clinic(typical: TriggerPoint) -> Clinic:
    """Recruit the patients of all trials around a typical muscle."""
    generator = np.random.default_rng([SEED, 0])
    drawn = virtual_patients(generator, MUSCLES, typical)
    holding = np.flatnonzero(bistable(drawn) != "healthy")
    muscles = [untreated(drawn.patient(int(k)), load=0.0, knot=1, miss=0.0) for k in holding]
    table = branch_tables(muscles)
    weeks = Weeks(load=typical.load, weeks_before=ENTRY_WEEKS, visits=3, days_between=7, miss=0.0, aim_spread=1.0)
    people = recruit(weeks, table, generator, 2 * PATIENTS)
    chance = draw(weeks, people, len(times(FOLLOW_UP)), weeks.visits, SEED)
    rest = table.at(people.muscle, people.load + people.departure, np.ones(2 * PATIENTS, dtype=bool))
    rated = readings.pain(rest, typical.descending_inhibition) + chance.fluctuation[0]
    rated = rated + RATING_ERROR * generator.standard_normal(2 * PATIENTS)
    enter = np.flatnonzero(rated >= ENTRY_PAIN)[:PATIENTS]
    people = People(*(part[enter] for part in people))
    chance = Chance(*(part[:, enter] for part in chance))
    fields = {name: column[holding][people.muscle] for name, column in drawn.values.items()}
    fields.update(knot=np.ones(len(enter)), miss=np.zeros(len(enter)), load=people.load, load_after=people.load)
    fields["passes"] = generator.integers(1, 13, len(enter)).astype(float)
    fields["strength"] = generator.beta(5, 3, len(enter))
    return Clinic(weeks, Cohort(fields), table, people, chance, generator.uniform(100, 300, len(enter)))


def _treated(of: Clinic, arm: str, visit: int, load: np.ndarray, who: np.ndarray) -> CohortRun:
    """Run the loops of some patients through a visit: stored at once and an hour after the last act."""
    chosen = Cohort({name: column[who] for name, column in of.cohort.values.items()})
    at = np.minimum(load[who], 1.0)
    act = {"miss": np.minimum(of.chance.aim[visit][who], 10.0)}
    if arm == "thumb":
        act = {"passes": 0, "pressure": of.thumb[who], "pressure_seconds": 60.0}
    elif arm == "without twitch":
        act = {"strength": 0.0}
    return run(chosen.changed(load=at, load_after=at, **act), [AT_ONCE, AT_ONCE + SETTLING])


@lru_cache(maxsize=16)
def trial_arm(typical: TriggerPoint, arm: str, visits: int = 1) -> Group:
    """Follow the patients through weekly visits and eleven weeks in "needle", "without twitch", "thumb" or "sham"."""
    of = clinic(typical)
    count = len(of.people.load)

    def treat(visit, load, knot, drive):
        released, sore, twitched = np.zeros(count, dtype=bool), np.zeros(count), np.zeros(count, dtype=bool)
        if arm in ("needle", "without twitch"):
            sore = of.cohort.values["passes"] * of.cohort.values["soreness_per_pass"]
        who = np.flatnonzero(knot)
        if arm in ARMS and len(who):
            after = _treated(of, arm, visit, load, who)
            released[who] = after.state.phosphocreatine[-1] > RELEASED_ABOVE
            twitched[who] = after.twitches > 0
            if arm != "thumb":
                faded = np.exp(-(AT_ONCE + SETTLING) / (3600 * of.cohort.values["soreness_time"][who]))
                sore[who] = after.state.soreness[-1] / faded
        return Visit(released, sore, twitched)

    weeks = of.weeks.changed(visits=visits)
    return follow(weeks, ARMS.get(arm, "sham"), times(FOLLOW_UP), of.table, of.people, of.chance, treat)


@lru_cache(maxsize=4)
def _at_once(typical: TriggerPoint, arm: str) -> tuple[State, State]:
    """States of all patients before the first visit and ten minutes after its first touch."""
    of = clinic(typical)
    load = np.maximum(of.people.load + of.chance.departure[0], 0)
    after = _treated(of, arm, 0, load, np.arange(len(load)))
    return after.before, State(*(column[0] for column in after.state))


def _rating(group: Group, seconds: float, arm_number: int) -> np.ndarray:
    """Pain that the patients would rate at so many seconds."""
    luck = np.random.default_rng([SEED, 9, arm_number, int(seconds)])
    now = type(group.state)(*(column[int(round(seconds / STEP))] for column in group.state))
    rated = pain(now, group.parameters) + RATING_ERROR * luck.standard_normal(now.load.shape)
    return np.clip(rated, 0, 10)


def pain_at_once(parameters: TriggerPoint, soreness_counts: float = 1.0) -> float:
    """Mean pain ten minutes after one needling less that after sham, points of 10 (E-T2a)."""
    before, after = _at_once(parameters, "needle")
    of = clinic(parameters)
    mood = of.chance.fluctuation[0]
    knot = [readings.pain(s, parameters.descending_inhibition) for s in (after, before)]
    needled = np.clip(knot[0] + soreness_counts * 4 * after.soreness + mood, 0, 10)
    return float(np.mean(needled - np.clip(knot[1] + mood, 0, 10)))


def pain_difference(parameters: TriggerPoint, days: float, visits: int = 1, arms: tuple = ("needle", "sham")) -> float:
    """Mean pain in the first arm less that in the second, so many days after the last of the weekly visits, points."""
    first, second = _readings(parameters, days, visits, arms)
    return float(first.mean() - second.mean())


def standardised_difference(
    parameters: TriggerPoint, days: float, visits: int = 1, arms: tuple = ("needle", "sham")
) -> float:
    """`pain_difference` in units of the pooled standard deviation of the ratings at that time (E-T2b to E-T2d)."""
    first, second = _readings(parameters, days, visits, arms)
    return float((first.mean() - second.mean()) / np.sqrt(0.5 * (first.var(ddof=1) + second.var(ddof=1))))


def _readings(parameters, days, visits, arms):
    when = (7 * (visits - 1) + days) * DAY
    return [_rating(trial_arm(parameters, arm, visits), when, k) for k, arm in enumerate(arms)]


def twitch_or_not(parameters: TriggerPoint, days: float = 7) -> float:
    """Mean pain of those needled with twitches less that of those needled without, points (E-T6c)."""
    return pain_difference(parameters, days, arms=("needle", "without twitch"))


def share_that_twitches(parameters: TriggerPoint) -> float:
    """Share of patients in whom at least one pass of the first visit elicits a twitch (E-T6a)."""
    return float(trial_arm(parameters, "needle").twitched[0].mean())


def threshold_gain(parameters: TriggerPoint, arm: str = "needle") -> float:
    """Mean rise of the pressure pain threshold ten minutes after the first touch, kPa (E-T1b, c); sham's is 0."""
    before, after = _at_once(parameters, arm)
    return float(np.mean(readings.tenderness(after) - readings.tenderness(before)))


class RangeOfMotion(NamedTuple):
    """`difference`: needle less sham, degrees; `in_half_widths`: as a share of the half-width of a trial's interval."""

    difference: float
    in_half_widths: float


def range_of_motion_difference(parameters: TriggerPoint, days: float = 7, per_arm: int = 30) -> RangeOfMotion:
    """Change of range after one visit, needle less sham, against the 95 % interval of a trial of this size (E-T3)."""
    changes = []
    for k, arm in enumerate(("needle", "sham")):
        group = trial_arm(parameters, arm)
        now, start = (readings.range_of_motion(s) for s in (_state_at(group, days * DAY), group.before))
        luck = np.random.default_rng([SEED, 8, k])
        changes.append(now - start + np.sqrt(2) * GONIOMETER_ERROR * luck.standard_normal(len(now)))
    difference = float(changes[0].mean() - changes[1].mean())
    half_width = 1.96 * np.sqrt(sum(c.var(ddof=1) for c in changes) / per_arm)
    return RangeOfMotion(difference, float(difference / half_width))


def _state_at(group: Group, seconds: float):
    return type(group.state)(*(column[int(round(seconds / STEP))] for column in group.state))


def responders(parameters: TriggerPoint, visits: int = 3, days: float = 7, arm: str = "needle") -> float:
    """Share whose spot does not hurt by itself so many days after the last of the weekly visits (E-T8d)."""
    group = trial_arm(parameters, arm, visits)
    now = _state_at(group, (7 * (visits - 1) + days) * DAY)
    return float(np.mean(readings.pain(now, parameters.descending_inhibition) < 1))
