"""An experiment between two accounts of a trigger point: what is done, what is read, and when.

Both accounts are run with the same hands on the patient: the knot of model T, and the sensitised cord of its rival. An
experiment separates them if the changes that they expect lie further apart than the reading can tell. That tolerance
is a tenth of the reading's axis here, an assumption: no study tells it for all readings. Smaller changes count as none.

    separation = |change with the knot - change with the rival| / tolerance

What is left out: chance. One patient of each kind is run, and nobody measures twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lessons.models import central_account, trigger_point
from lessons.models.central_account import CentralAccount
from lessons.models.duel import DAY, HOUR, LEARNER, MINUTE
from lessons.models.trigger_point import LOG_TIME, TriggerPoint
from lessons.simulation import Parameters, Trajectory, parameter

ACCOUNTS = ("knot", "cord")
NEEDLE = {"passes": 6, "strength": 0.9}
NO_NEEDLE = {"passes": 0}
# What is done -> what differs in both accounts, and what only the rival knows of.
DONE: dict[str, tuple[dict, dict]] = {
    "needle on the spot": (NEEDLE, {}),
    "needle a centimetre beside it": ({**NEEDLE, "miss": 10.0}, {}),
    "needle, the twitch reflex cut": ({**NEEDLE, "reflex_arc": 0.0}, {}),
    "thumb on the spot": ({**NO_NEEDLE, "pressure": 230.0, "pressure_seconds": 60.0}, {}),
    "sham, and full hope": (NO_NEEDLE, {"expectation": 1.0}),
    "no hands, but less load": ({**NO_NEEDLE, "load_after": 0.05}, {"treated": 0}),
}
READINGS = {
    "pain": "pain",
    "pressure threshold": "tenderness",
    "range of motion": "range_of_motion",
    "stiffness": "stiffness",
    "endplate noise": "endplate_noise",
    "blood flow": "blood_flow",
}
TIMES = {"10 min": 10 * MINUTE, "1 hour": HOUR, "1 day": DAY, "1 week": 7 * DAY}
TOLERANCE = 0.1  # share of a reading's axis
BARELY, CLEARLY = 1.0, 2.0  # tolerances


@dataclass(frozen=True, kw_only=True)
class Design(Parameters):
    """What is done to both patients, what is read, and when."""

    done: int = parameter(0, 0, 5, "", "what is done", LEARNER, "assumed", choices=tuple(DONE))
    reading: int = parameter(0, 0, 5, "", "what is read", LEARNER, "assumed", choices=tuple(READINGS))
    when: int = parameter(0, 0, 3, "", "how long afterwards", LEARNER, "assumed", choices=tuple(TIMES))


class Expected(NamedTuple):
    """What one account expects: the reading over time, before, its change, and the direction of that."""

    curve: np.ndarray
    before: float
    change: float
    direction: str


@dataclass(frozen=True)
class Outcome:
    """Both accounts, (n,) seconds, and the tolerance of the reading. `separation` is in tolerances."""

    design: Design
    time: np.ndarray
    knot: Expected
    cord: Expected
    label: str
    unit: str
    digits: int
    axis: tuple[float, float]

    @property
    def seconds(self) -> float:
        return list(TIMES.values())[self.design.when]

    @property
    def tolerance(self) -> float:
        return tolerance(self.axis)

    @property
    def separation(self) -> float:
        return abs(self.knot.change - self.cord.change) / self.tolerance


def tolerance(axis: tuple[float, float]) -> float:
    """The smallest change that counts, in the unit of a reading with this axis."""
    return TOLERANCE * (axis[1] - axis[0])


def carry_out(design: Design) -> Outcome:
    """Run both accounts. About a dozen milliseconds."""
    both, rival = list(DONE.values())[design.done]
    name = list(READINGS.values())[design.reading]
    seconds = list(TIMES.values())[design.when]
    knot = trigger_point.simulate(TriggerPoint(**both))
    cord = central_account.simulate(CentralAccount(**both, **rival))
    reading = trigger_point.OBSERVABLES[name]
    expected = [
        _expected(readings[name], run, seconds)
        for readings, run in ((trigger_point.OBSERVABLES, knot), (central_account.OBSERVABLES, cord))
    ]
    return Outcome(design, LOG_TIME, *expected, reading.label, reading.unit, reading.digits, reading.axis)


def _expected(reading, run: Trajectory, seconds: float) -> Expected:
    before = reading.before(run)
    change = reading.at(run, seconds) - before
    least = tolerance(reading.axis)
    direction = "up" if change > least else "down" if change < -least else "same"
    return Expected(np.asarray(reading.read(run), dtype=float), before, change, direction)
