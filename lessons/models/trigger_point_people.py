"""The people of the weeks: who has a knot, how their load wanders, and all else that chance decides."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lessons.models.trigger_point_tables import Branches
from lessons.models.trigger_point_weeks import Weeks
from lessons.parts_of_scipy.special import ndtr, ndtri
from lessons.simulation import ParameterError

DAY, STEP = 86_400.0, 21_600.0  # s
SIX_WEEKS = np.arange(0, 42 * DAY + 1, STEP)
SIX_WEEKS.flags.writeable = False
ATTEMPTS, LEAST = 60, 64  # rounds in which people are sought whose knot has lasted, and how many at least in each


class People(NamedTuple):
    """Who takes part, one entry each: index of the muscle, mean load, and its departure l at time 0."""

    muscle: np.ndarray
    load: np.ndarray
    departure: np.ndarray


class Chance(NamedTuple):
    """All that chance decides: departures of load and ups and downs (times, people), aims (visits, people)."""

    departure: np.ndarray
    fluctuation: np.ndarray
    aim: np.ndarray


def wander(generator: np.random.Generator, start: np.ndarray, spread: float, memory: float, steps: int) -> np.ndarray:
    """An Ornstein-Uhlenbeck process at steps of six hours from `start` (people,): (steps, people), exact in law.

    `spread`: its standard deviation; `memory` in days.
    """
    kept = np.exp(-STEP / (memory * DAY))
    path = generator.standard_normal((steps, len(start))) * (spread * np.sqrt(1 - kept**2))
    path[0] = start
    for k in range(1, steps):
        path[k] += kept * path[k - 1]
    return path


def times(weeks: float) -> np.ndarray:
    """Six-hourly times (s) of so many weeks."""
    return SIX_WEEKS if weeks == 6 else np.arange(0, weeks * 7 * DAY + 1, STEP)


def recruit(p: Weeks, table: Branches, generator: np.random.Generator, patients: int, alike: bool = False) -> People:
    """People who have a knot: their load is above the low fold, or has been for `weeks_before` weeks.

    Muscles of the table take turns. `alike`: all have the same mean load. Raises ParameterError where knots do not
    last so long.
    """
    usable = np.flatnonzero(table.low < 1.0)
    found: list[np.ndarray] = []
    steps = 28 * p.weeks_before
    asked = max(patients, LEAST)
    muscle = np.resize(usable, asked) if len(usable) else np.zeros(asked, dtype=int)
    for _ in range(ATTEMPTS if steps else 1):
        between = 0.0 if alike else p.people_spread
        load = np.clip(p.load + between * generator.standard_normal(asked), 0, 1)
        low = table.low[muscle]
        departure = _above(generator, low - load, p.load_spread)
        lasted = np.ones(asked, dtype=bool)
        if steps:
            path = wander(generator, departure, p.load_spread, p.load_memory, steps + 1)
            lasted = np.all(np.maximum(load + path, 0) >= low, axis=0)
            departure = path[-1]
        found.append(np.array([muscle, load, departure])[:, lasted])
        if sum(part.shape[1] for part in found) >= patients:
            muscle, load, departure = np.concatenate(found, axis=1)[:, :patients]
            return People(muscle.astype(int), load, departure)
    raise ParameterError(
        f"At a mean load of {p.load:g} hardly any knot lasts {p.weeks_before} weeks. "
        "Raise the load, or ask for fewer weeks before."
    )


def _above(generator: np.random.Generator, least: np.ndarray, spread: float) -> np.ndarray:
    """Normal departures of this spread, each at least `least` where that can be."""
    share = generator.random(np.shape(least))
    if spread == 0:
        return np.zeros(np.shape(least))
    with np.errstate(divide="ignore", over="ignore"):  # a spread of next to nothing
        drawn = -spread * ndtri(share * ndtr(-least / spread))
    return np.where(np.isfinite(drawn), drawn, 0.0)


def draw(p: Weeks, people: People, steps: int, visits: int, seed: int) -> Chance:
    """Chance for these people; each part has its own stream, so that a changed slider leaves the others' luck alone."""
    load, mood, aim = (np.random.default_rng([seed, part]) for part in (1, 2, 3))
    start = p.fluctuation * mood.standard_normal(len(people.load))
    return Chance(
        wander(load, people.departure, p.load_spread, p.load_memory, steps),
        wander(mood, start, p.fluctuation, p.fluctuation_memory, steps),
        np.abs(p.miss + p.aim_spread * aim.standard_normal((max(visits, 1), len(people.load)))),
    )
