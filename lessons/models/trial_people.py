"""The people of a virtual trial: those whose pain on the day of screening lets them in, and all that chance decides.

People differ in usual pain, mean load of the muscle, sleep, expectation, response to needles and tenderness. Usual
pain, load and sleep go together (`correlation`); expectation and response are drawn by themselves. Whoever is screened
on a bad day is more likely to get in, so that a group improves whatever is done (regression to the mean).
"""

from __future__ import annotations

import functools
import math
from typing import NamedTuple

import numpy as np

from lessons.models import trigger_point_people
from lessons.models import trigger_point_readings as readings
from lessons.models.trial_parameters import Trial
from lessons.models.trigger_point_people import Chance, recruit, wander
from lessons.models.trigger_point_tables import Branches, branch_tables
from lessons.simulation import ParameterError

MOST_SCREENED = 60  # people for each one who takes part
FEWEST = 256  # screened at a time


class People(NamedTuple):
    """(n,) arrays of those who take part.

    `muscle`, `load`, `departure` as in `trigger_point_people.People`; `usual` pain, `deviation` from it at screening;
    `screening`, the rating that let them in; `sleep` (PSQI); `expectancy`, `responsiveness`; `threshold`: a factor.
    """

    muscle: np.ndarray
    load: np.ndarray
    departure: np.ndarray
    usual: np.ndarray
    deviation: np.ndarray
    screening: np.ndarray
    sleep: np.ndarray
    expectancy: np.ndarray
    responsiveness: np.ndarray
    threshold: np.ndarray

    def some(self, who: np.ndarray) -> People:
        """Those of some indices."""
        return People(*(part[who] for part in self))

    @property
    def knots(self) -> trigger_point_people.People:
        return trigger_point_people.People(self.muscle, self.load, self.departure)


def muscle_table(trial: Trial) -> Branches:
    """Both branches of the muscle that all have."""
    return branch_tables([trial.knots().muscle()])


@functools.lru_cache(maxsize=16)
def enrol(trial: Trial, count: int) -> People:
    """`count` people whose rating at screening is high enough. Raises ParameterError where hardly anybody's is."""
    found: list[People] = []
    missing, waves = count, ()
    while missing > 0 and sum(waves) < MOST_SCREENED * count:
        waves = (*waves, max(2 * (sum(waves) or missing), FEWEST))
        wave = _screen(trial, _drawn(trial.load, trial.weeks_before, trial.seed, waves))
        found.append(wave.some(np.flatnonzero(wave.screening >= trial.enrolled_from)))
        missing -= len(found[-1].usual)
    if missing <= 0:
        return People(*(np.concatenate(parts)[:count] for parts in zip(*found, strict=True)))
    raise ParameterError("Hardly anybody has the pain that lets people into this trial. Lower it, or raise usual pain.")


class Drawn(NamedTuple):
    """Who comes to be screened: their knots, seven standard normal numbers of each, and how far chance has got."""

    knots: trigger_point_people.People
    normal: np.ndarray
    state: dict


@functools.lru_cache(maxsize=16)
def _drawn(load: float, weeks_before: int, seed: int, waves: tuple[int, ...]) -> Drawn:
    """The last of some waves of people. Nothing else of a trial decides it, so it is kept while the rest is moved."""
    weeks = Trial(load=load, weeks_before=weeks_before).knots()
    generator = np.random.default_rng([seed, 0])
    if waves[:-1]:
        generator.bit_generator.state = _drawn(load, weeks_before, seed, waves[:-1]).state
    knots = recruit(weeks, branch_tables([weeks.muscle()]), generator, waves[-1])
    normal = np.array([generator.standard_normal(waves[-1]) for _ in range(7)])
    return Drawn(knots, normal, generator.bit_generator.state)


def _screen(trial: Trial, drawn: Drawn) -> People:
    weeks, course, table, knots = trial.knots(), trial.course(0), muscle_table(trial), drawn.knots
    pain, sleep, mood, rating, response, belief, threshold = drawn.normal
    of_load = (knots.load - knots.load.mean()) / max(float(knots.load.std()), 1e-9)
    kept = math.sqrt(1 - trial.correlation**2)
    usual = trial.pain_mean + course.pain_spread * (trial.correlation * of_load + kept * pain)
    sleep = np.clip(trial.sleep_mean + trial.sleep_spread * (trial.correlation * of_load + kept * sleep), 0, 21)
    deviation = trial.fluctuation * mood
    rest = table.at(knots.muscle, np.maximum(knots.load + knots.departure, 0), np.ones(len(mood), dtype=bool))
    real = mixed(trial, usual, readings.pain(rest, weeks.descending_inhibition)) + deviation
    screening = np.clip(real + trial.rating_noise * rating, 0, 10)
    variance = math.log1p(course.responsiveness_spread**2)
    response = np.exp(math.sqrt(variance) * response - variance / 2)
    middle = min(max(trial.expectancy, 1e-9), 1 - 1e-9)
    belief = 1 / (1 + np.exp(-(math.log(middle / (1 - middle)) + course.expectancy_spread * belief)))
    threshold = np.exp(trial.threshold_spread * threshold - trial.threshold_spread**2 / 2)
    return People(*knots, usual, deviation, screening, sleep, belief, trial.needle_effect * response, threshold)


def mixed(trial: Trial, usual: np.ndarray, of_knot: np.ndarray) -> np.ndarray:
    """Pain of which a share comes from the knot and the rest does not."""
    return (1 - trial.local_share) * usual + trial.local_share * trial.central_sensitisation * of_knot


def luck(trial: Trial, people: People, steps: int) -> Chance:
    """How load and pain wander from screening on, and where each needle goes; the same in every arm."""
    weeks = trial.knots()
    load, mood, aim = (np.random.default_rng([trial.seed, part]) for part in (1, 2, 3))
    return Chance(
        wander(load, people.departure, weeks.load_spread, weeks.load_memory, steps),
        wander(mood, people.deviation, trial.fluctuation, weeks.fluctuation_memory, steps),
        np.abs(weeks.miss + weeks.aim_spread * aim.standard_normal((weeks.visits, len(people.usual)))),
    )
