"""The same person three times over: no needle and no visit that heals, sham, and real needles, side by side.

Two spans: one visit, followed for two hours, and a course, followed for weeks. The gap is what real needles add to
sham. Nothing here adds a number to the model; `CLOSED` only says from when on a gap is called closed.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import numpy as np

from lessons.models import neuromodulation
from lessons.models import neuromodulation_course as course
from lessons.models.neuromodulation import EVERY_HALF_MINUTE, LAST_LOOK, MINUTE, Neuromodulation
from lessons.models.neuromodulation_course import DAY, NOTHING, REAL, SHAM_ARM, Course, visit_days
from lessons.simulation import Trajectory

__all__ = ["ARMS", "CLOSED", "Visit", "Weeks", "compare", "compare_visit"]

ARMS = (NOTHING, SHAM_ARM, REAL)
CLOSED = 0.1  # points of the sleep questionnaire: less could not be told from nothing in any trial
STEPS = 131  # times between the visits, however long the course is followed
JUST_BEFORE = 1e-3  # days


@dataclass(frozen=True)
class Weeks:
    """A course in three arms, on one grid of times: every visit, the moment before it, and even steps between."""

    parameters: Course
    nothing: Trajectory
    sham: Trajectory
    real: Trajectory

    @property
    def days(self) -> np.ndarray:
        """(n,) days since the first visit, the same in all arms."""
        return self.real.time / DAY

    @property
    def visits(self) -> np.ndarray:
        """(v,) days of the visits that fall into the time that is followed."""
        when = visit_days(self.parameters.changed(arm=REAL))
        return when[when <= 7 * self.parameters.weeks_shown + 1e-9]

    @property
    def end(self) -> float:
        """Day of the last visit, or of the end of the picture if that comes first; 0 without visits."""
        return float(self.visits[-1]) if len(self.visits) else 0.0

    def read(self, name: str, arm: int) -> np.ndarray:
        """(n,) an observable of the course in one arm."""
        return course.OBSERVABLES[name].read((self.nothing, self.sham, self.real)[arm])

    def at(self, name: str, arm: int, day: float) -> float:
        """An observable of the course in one arm on a day."""
        return float(np.interp(day, self.days, self.read(name, arm)))

    def gap(self, name: str, day: float) -> float:
        """Sham less real needles: above 0 if the needles lower a score further."""
        return self.at(name, SHAM_ARM, day) - self.at(name, REAL, day)

    def closes(self) -> float:
        """Day from which sleep differs by no more than `CLOSED` from sham.

        NaN if the gap never opens; infinity if it is still open at the end of the time that is followed.
        """
        if not len(self.visits):
            return math.nan
        wide = np.flatnonzero(np.abs(self.read("sleep", SHAM_ARM) - self.read("sleep", REAL)) > CLOSED)
        if not len(wide):
            return math.nan
        last = float(self.days[wide[-1]])
        if wide[-1] + 1 == len(self.days):
            return math.inf
        if last < self.end - JUST_BEFORE / 2:  # it closed between two visits and never opened again
            return last
        # After the last visit both arms fade alike: the day is exact, whatever the grid.
        tau = self.parameters.calm_memory
        return self.end + tau * math.log(abs(self.gap("sleep", self.end)) / CLOSED)


@dataclass(frozen=True)
class Visit:
    """One visit in three arms. In the first nobody treats: the person lies there, or stays upright."""

    parameters: Course
    nothing: Trajectory
    sham: Trajectory
    real: Trajectory

    @property
    def minutes(self) -> np.ndarray:
        """(n,) minutes since the beginning of the visit."""
        return self.real.time / MINUTE

    def read(self, name: str, arm: int) -> np.ndarray:
        """(n,) an observable of one treatment in one arm."""
        return neuromodulation.OBSERVABLES[name].read((self.nothing, self.sham, self.real)[arm])

    @property
    def end(self) -> float:
        """Minute at which the end of the visit is read: six seconds before the needles come out."""
        return max(MINUTE * self.parameters.retention - LAST_LOOK, 0.0) / MINUTE

    def steps(self, name: str) -> tuple[float, float, float, float]:
        """An observable before the visit, and at its end in the three arms: nobody treats, sham, real needles."""
        before = neuromodulation.OBSERVABLES[name].before(self.real)
        return before, *(float(np.interp(self.end, self.minutes, self.read(name, arm))) for arm in ARMS)

    def anxiety(self) -> tuple[float, float, float]:
        """Change of state anxiety (points) after the visit in the three arms; a sham's needle counts as its kind."""
        read = course.OBSERVABLES["session_anxiety"].read
        return tuple(read(course.simulate(self.parameters.changed(arm=arm), np.zeros(1))) for arm in ARMS)


def grid(parameters: Course) -> np.ndarray:
    """Increasing seconds: even steps, and each visit of a treated arm with the moment before it."""
    end = 7.0 * parameters.weeks_shown
    visits = visit_days(parameters.changed(arm=REAL))
    days = np.concatenate([np.linspace(0, end, STEPS), visits, visits[1:] - JUST_BEFORE])
    return DAY * np.unique(np.round(days[days <= end + 1e-9], 9))


def compare(parameters: Course) -> Weeks:
    """The three arms of a course. `arm` of the parameters does not matter."""
    time = grid(parameters)
    return Weeks(parameters, *(course.simulate(parameters.changed(arm=arm), time) for arm in ARMS))


def compare_visit(parameters: Course) -> Visit:
    """The three arms of one visit, for two hours. `arm` of the parameters does not matter."""
    return Visit(parameters, *(_two_hours(course.session(parameters.changed(arm=arm))) for arm in ARMS))


@functools.lru_cache(maxsize=256)
def _two_hours(treatment: Neuromodulation) -> Trajectory:
    """One arm of a visit, with a last look just before the needles come out, on as many times in every arm."""
    look = max(MINUTE * treatment.retention - LAST_LOOK, 0.0)
    time = np.unique(np.append(EVERY_HALF_MINUTE, look))
    if len(time) == len(EVERY_HALF_MINUTE):  # the look is on the grid already; pictures have one length
        time = np.insert(time, 1, MINUTE / 4)
    return neuromodulation.simulate(treatment, time)
