"""What may become of one patient under a plan: two hundred virtual patients like this one, in that plan.

Like this one: of two thousand who differ in usual pain, load, luck, expectation and response, those whose rating on the
first day lies nearest to the patient's. How local and how central a pain is enters as the share that comes from one
knot, and as central sensitisation: local / (local + central), and 1 + central / 10. That translation is assumed; so is
what a dose means. The numbers show what this model makes of its assumptions, for nobody in particular.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lessons.models.neuromodulation_parameters import LEARNER, OURS
from lessons.models.trial import OUTCOMES, days_of, follow_arm
from lessons.models.trial_parameters import Trial
from lessons.models.trial_people import People, enrol, luck
from lessons.models.trigger_point_course import needle_soreness
from lessons.models.trigger_point_people import Chance, times
from lessons.simulation import Parameters, parameter

PATIENT, PLAN = "The patient", "The plan"
SCREENED, ALIKE = 2000, 200
WEEKS = 12
PERCENTILES = (10.0, 25.0, 50.0, 75.0, 90.0)
KINDS = ("neither", "retain", "release", "both", "thumb")
ARM_OF = {
    "neither": "no treatment",
    "retain": "retention",
    "release": "release",
    "both": "both",
    "thumb": "manual pressure",
}
DOSES = ("low", "usual", "high")
# What a dose is: visits, needles that stay and their strength and minutes, passes, seconds of pressure.
AMOUNTS = {
    "low": {"visits": 3, "needles": 3, "strength": 2.0, "retention": 15.0, "passes": 3, "pressure_seconds": 60.0},
    "usual": {"visits": 6, "needles": 8, "strength": 3.0, "retention": 30.0, "passes": 6, "pressure_seconds": 90.0},
    "high": {"visits": 10, "needles": 12, "strength": 5.0, "retention": 45.0, "passes": 12, "pressure_seconds": 150.0},
}
NOTICED = {"pain": 2.0, "sleep": 3.0, "range_of_motion": 5.0}  # what counts as clearly better; assumed for this course


@dataclass(frozen=True, kw_only=True)
class Case(Parameters):
    """A patient as the gauges tell, and a plan."""

    pain: float = parameter(6.0, 0, 10, "of 10", "pain on the first day", LEARNER, "assumed", group=PATIENT, step=0.5)
    local: float = parameter(8.0, 0, 10, "", "local driver", LEARNER, "assumed", group=PATIENT, step=1)
    central: float = parameter(2.0, 0, 10, "", "central driver", LEARNER, "assumed", group=PATIENT, step=1)
    weeks_before: int = parameter(
        4, 0, 12, "weeks", "weeks for which it has lasted, at most twelve", LEARNER, "assumed", group=PATIENT
    )
    sleep: float = parameter(9.0, 0, 21, "points", "sleep problems (PSQI)", LEARNER, "assumed", group=PATIENT, step=1)
    expectancy: float = parameter(0.6, 0, 1, "", "expectation of help", OURS, "assumed", group=PATIENT, step=0.05)
    kind: int = parameter(2, 0, 4, "", "plan", LEARNER, "assumed", group=PLAN, choices=KINDS)
    dose: int = parameter(1, 0, 2, "", "dose", LEARNER, "assumed", group=PLAN, choices=DOSES)


class Course(NamedTuple):
    """What becomes of the people who are like the patient. `days` (d,) from the first visit on, 0 just before it.

    Arrays (d, n): `pain`, `tenderness`, `range_of_motion`, `sleep`, `soreness`. `visits`: how many there are;
    `sore_after_a_visit`: soreness (0 to 10) right after one that goes as it should.
    """

    case: Case
    days: np.ndarray
    pain: np.ndarray
    tenderness: np.ndarray
    range_of_motion: np.ndarray
    sleep: np.ndarray
    soreness: np.ndarray
    visits: int
    sore_after_a_visit: float

    @property
    def kind(self) -> str:
        return KINDS[self.case.kind]

    def percentiles(self, name: str = "pain") -> np.ndarray:
        """(5, d) of one of the arrays."""
        return np.percentile(getattr(self, name), PERCENTILES, axis=1)

    def better(self, name: str, day: float) -> np.ndarray:
        """(n,) by how much each is better at the day asked that is nearest."""
        k = int(np.abs(self.days - day).argmin())
        values = getattr(self, name)
        change = values[k] - values[0]
        return change if name in ("range_of_motion", "tenderness") else -change

    def chance(self, name: str, day: float) -> float:
        """Share of those like the patient who are clearly better in pain, sleep or range of motion."""
        return float(np.mean(self.better(name, day) >= NOTICED[name]))


def prognosis(case: Case) -> Course:
    """Follow two hundred people like the patient through a plan. Raises ParameterError where nobody is like that."""
    kind, amount = KINDS[case.kind], AMOUNTS[DOSES[case.dose]]
    trial, people, chance = _alike(case.pain, case.local, case.central, case.weeks_before, case.sleep, case.expectancy)
    plan = trial.changed(**amount)
    days = days_of(plan)
    arm = follow_arm(plan, ARM_OF[kind], people, chance, days)
    rows = {name: np.vstack([getattr(arm.start, name), getattr(arm.measured, name)]) for name in OUTCOMES}
    visits = 0 if kind == "neither" else plan.visits
    return Course(case, np.concatenate(([0.0], days)), **rows, visits=visits, sore_after_a_visit=_soreness(plan, kind))


def every_plan(case: Case) -> tuple[Course, ...]:
    """The same people in each kind of plan, in the order of `KINDS`."""
    return tuple(prognosis(case.changed(kind=k)) for k in range(len(KINDS)))


def _soreness(plan: Trial, kind: str) -> float:
    if kind not in ("release", "both"):
        return 0.0
    weeks = plan.knots()
    worse = 1 + plan.flare * max(plan.central_sensitisation - 1, 0.0)
    return float(np.clip(4 * worse * needle_soreness(weeks, np.array(weeks.strength)), 0, 10))


@functools.lru_cache(maxsize=16)
def _alike(
    pain: float, local: float, central: float, weeks_before: int, sleep: float, expectancy: float
) -> tuple[Trial, People, Chance]:
    """Trial parameters, the people who are like the patient, and their luck."""
    together = local + central
    trial = Trial(
        weeks=WEEKS,
        enrolled_from=0.0,
        pain_mean=min(max(pain, 2.0), 8.0),
        local_share=local / together if together else 0.5,
        central_sensitisation=1 + central / 10,
        weeks_before=weeks_before,
        sleep_mean=sleep,
        sleep_spread=0.0,
        expectancy=expectancy,
        blinding=1.0,
    )
    everybody = enrol(trial, SCREENED)
    near = np.argsort(np.abs(everybody.screening - pain), kind="stable")[:ALIKE]
    people = everybody.some(np.sort(near))
    return trial, people, luck(trial, people, len(times(WEEKS)))
