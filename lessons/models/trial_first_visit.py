r"""What people of a trial would say and show ten minutes after their first visit.

The loop of every patient who is needled or pressed is run; and what a visit does in cord and brain while it lasts and
just after (R, see `neuromodulation`) lowers pain by min(.7, R/(1+R)) and raises thresholds by the share R. A person's R
is that of rest, plus a part that goes with expectation, plus a part of needles that stay, which goes with response.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from lessons.models import neuromodulation
from lessons.models import trigger_point_readings as readings
from lessons.models.neuromodulation import MINUTE, Neuromodulation
from lessons.models.neuromodulation_course import REAL, SHAM_ARM, session
from lessons.models.neuromodulation_readings import body_wide
from lessons.models.treatment import HIGHEST_BRAKE
from lessons.models.trial import RELEASED, RETAINED, belief_of, check_arms
from lessons.models.trial_parameters import Trial
from lessons.models.trial_people import People, enrol, luck, mixed
from lessons.models.trigger_point import State, TriggerPoint
from lessons.models.trigger_point_cohort import Cohort, run
from lessons.models.trigger_point_protocols import untreated

AT_ONCE = 600.0  # s after the first touch, or after the needles that stay came out
BRIEF = 1.0  # min, a visit in which no needle stays


class AtOnce(NamedTuple):
    """(n,) arrays of one arm: `pain` (0 to 10) and pressure pain threshold `tenderness` (kPa), each with what they were
    before; `twitched` (bool); `noise` (root mean square microvolt) and `stiffness` (kPa) of the spot before."""

    pain_before: np.ndarray
    pain: np.ndarray
    tenderness_before: np.ndarray
    tenderness: np.ndarray
    twitched: np.ndarray
    noise: np.ndarray
    stiffness: np.ndarray


def first_visit(trial: Trial, arms: Sequence[str], count: int) -> dict[str, AtOnce]:
    """The same `count` people in each arm, ten minutes after their first visit. Raises as `trial.run_trial`."""
    check_arms(arms)
    people = enrol(trial, count)
    weeks = trial.knots()
    aim = np.minimum(luck(trial, people, 1).aim[0], 10.0)
    load = np.minimum(np.maximum(people.load + people.departure, 0), 1.0)
    noise = trial.rating_noise * np.random.default_rng([trial.seed, 6]).standard_normal((2, count))
    return {name: _arm(trial, name, people, weeks.muscle(), load, aim, noise) for name in arms}


def _arm(
    trial: Trial, name: str, people: People, muscle: TriggerPoint, load: np.ndarray, aim: np.ndarray, noise: np.ndarray
) -> AtOnce:
    by_thumb = name == "manual pressure"
    own = trial.knots(by_thumb).muscle() if name in RELEASED else untreated(muscle, load=0.0, knot=1)
    lanes = Cohort({field: np.full(len(load), float(getattr(own, field))) for field in TriggerPoint.described()})
    touched = run(lanes.changed(load=load, load_after=load, knot=1, miss=aim), [AT_ONCE])
    before, after = touched.before, State(*(column[0] for column in touched.state))
    R = _brake(trial, name, people)
    felt = 1 - np.minimum(HIGHEST_BRAKE, R / (1 + R))
    weeks = trial.knots()

    def pain(state: State, brake: np.ndarray | float, error: np.ndarray) -> np.ndarray:
        real = mixed(trial, people.usual, readings.pain(state, weeks.descending_inhibition)) + people.deviation
        sore = weeks.soreness_counts * 4 * state.soreness
        return np.clip(np.clip(real + sore, 0, 10) * brake + error, 0, 10)

    return AtOnce(
        pain(before, 1.0, noise[0]),
        pain(after, felt, noise[1]),
        people.threshold * readings.tenderness(before),
        people.threshold * readings.tenderness(after) * (1 + R),
        touched.twitches > 0,
        readings.endplate_noise(before, own),
        readings.stiffness(before.contracture),
    )


def _brake(trial: Trial, name: str, people: People) -> np.ndarray:
    """(n,) R ten minutes after the visit."""
    if name in ("no treatment", "usual care"):
        return np.zeros(len(people.usual))
    stays = name in (*RETAINED, "sham")
    visit = session(trial.course(SHAM_ARM)).changed(needles=0, retention=trial.retention if stays else BRIEF)
    mean = max(trial.expectancy, 1e-9)
    rest = _left(visit.changed(expectancy=0.0))
    context = _left(visit.changed(expectancy=trial.expectancy)) - rest
    needles = _left(session(trial.course(REAL))) - rest - context if name in RETAINED else 0.0
    chance = np.random.default_rng([trial.seed, 7])
    _, expectancy = belief_of(trial, name, people, chance)
    return np.maximum(rest + context * expectancy / mean + needles * people.responsiveness, 0.0)


def _left(visit: Neuromodulation) -> float:
    when = MINUTE * visit.retention + AT_ONCE
    return float(body_wide(visit, neuromodulation.simulate(visit, np.array([0.0, when])).state)[-1])
