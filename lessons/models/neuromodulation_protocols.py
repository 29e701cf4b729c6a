"""What published experiments measured, measured on the model: the functions that assets/calibration.yaml names.

Each takes a parameter set as its first argument and gives a float, or a tuple to pick from.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from lessons.models.neuromodulation import MINUTE, OBSERVABLES, Neuromodulation, sham_of, simulate
from lessons.models.neuromodulation_equations import Inputs as Acting
from lessons.models.neuromodulation_equations import State, rates, rest
from lessons.models.neuromodulation_parameters import ALTERNATING, ELECTRICAL, SIMULTANEOUS, STILL
from lessons.models.neuromodulation_readings import at_needle, body_wide, kappa, region
from lessons.models.neuromodulation_settings import BLINDED
from lessons.simulation import solve

PERCENT = 100.0
HOUR = 60 * MINUTE
FAR = 5.0  # segments between the needles and a rat's tail
BEFORE_THE_ACT = 0.1  # min


class Course(NamedTuple):
    """Shape of one treatment's effect: time of the peak (min), its height (%), half-life after removal (min)."""

    peak_time: float
    peak: float
    half_life: float


def reading(parameters: Neuromodulation, minutes: list[float], name: str = "pain_threshold") -> tuple[float, ...]:
    """An observable at some minutes of one treatment."""
    order = np.unique([0.0, *minutes])
    run = simulate(parameters, MINUTE * order)
    return tuple(OBSERVABLES[name].at(run, MINUTE * m) for m in minutes)


def states(parameters: Neuromodulation, minutes: list[float]) -> State:
    """All states at the last of some minutes."""
    run = simulate(parameters, MINUTE * np.unique([0.0, *minutes]))
    return State(*(float(column[-1]) for column in run.state))


def shape(parameters: Neuromodulation) -> Course:
    """Rise and fall of one treatment; the half-life is that of ln R from 2 to 60 min after removal."""
    end = parameters.retention
    time = np.unique(np.concatenate([np.arange(0.0, end + 0.05, 0.1), np.linspace(end, end + 60, 61)]))
    run = simulate(parameters, MINUTE * time)
    R = body_wide(parameters, run.state)
    highest = int(np.argmax(R))
    after = (time >= end + 2) & (time <= end + 60)
    slope = np.polyfit(time[after], np.log(R[after]), 1)[0]
    return Course(float(time[highest]), PERCENT * float(R[highest]), -math.log(2) / slope)


def left_after(parameters: Neuromodulation, minutes: float) -> float:
    """Share (%) of the effect at removal that is left `minutes` later."""
    end = parameters.retention
    at_end, later = reading(parameters, [end, end + minutes])
    return PERCENT * later / at_end


def sham_share(parameters: Neuromodulation, minute: float) -> float:
    """Effect of sham as a share of the effect of real needles."""
    return reading(sham_of(parameters), [minute])[0] / reading(parameters, [minute])[0]


def over_sham(parameters: Neuromodulation, minute: float, name: str = "pain_threshold") -> float:
    """Real needles less sham, in the observable's unit."""
    return reading(parameters, [minute], name)[0] - reading(sham_of(parameters), [minute], name)[0]


def turned_against_untouched(parameters: Neuromodulation) -> tuple[float, float, float, float]:
    """Threshold (%) 0.2 min after removal: turned 1 min, turned 21 min, untouched 1 min, untouched 21 min."""
    untouched = parameters.changed(stimulation=STILL)
    return tuple(
        reading(p.changed(retention=minutes), [minutes + 0.2])[0]
        for p in (parameters, untouched)
        for minutes in (1.0, 21.0)
    )


def longer_less_brief(parameters: Neuromodulation) -> tuple[float, float]:
    """21 min less 1 min (points of %), turned and untouched."""
    a, b, c, d = turned_against_untouched(parameters)
    return b - a, d - c


def by_duration(parameters: Neuromodulation) -> tuple[float, float, float, float]:
    """Threshold (%) as the current is switched off after 20, 30 and 40 min; and the minutes of the best of these."""
    found = [reading(parameters.changed(retention=m), [m - 0.01])[0] for m in (20.0, 30.0, 40.0)]
    return *found, (20.0, 30.0, 40.0)[int(np.argmax(found))]


def naloxone_takes(parameters: Neuromodulation, minute: float, dose: float = 1.0) -> float:
    """Per cent of the effect at `minute` that naloxone takes away."""
    open_, blocked = (reading(parameters.changed(naloxone=d), [minute])[0] for d in (0.0, dose))
    return PERCENT * (1 - blocked / open_)


def rat_naloxone_takes(parameters: Neuromodulation) -> float:
    """Per cent of a rat's tail-flick latency that naloxone takes away."""
    return PERCENT * (1 - rat_sessions(parameters.changed(naloxone=1.0), 1)[0] / rat_sessions(parameters, 1)[0])


def _tail(p: Neuromodulation, s: State) -> np.ndarray:
    """Inhibition at a rat's tail after the current is off: without gate and fast path."""
    blocked = p.naloxone / (p.naloxone + p.naloxone_half)
    slow = p.opioid_share * s.opioid_inhibition * (1 - blocked) + (1 - p.opioid_share) * s.monoamine_inhibition
    reach = math.exp(-(FAR**2) / (2 * p.kappa_width**2))
    return PERCENT * (p.species_gain * p.slow_gain * slow + reach * kappa(p, s))


def _carried(p: Neuromodulation, path: np.ndarray) -> State:
    none = np.zeros(len(path))
    return State(*path.T, none, none, none, none, none)


def rat_sessions(parameters: Neuromodulation, count: int = 6, every: float = 60.0) -> tuple[float, ...]:
    """Rise (%) of a rat's tail-flick latency at the end of each of `count` treatments that begin `every` min apart."""
    p, state, found = parameters, np.array(rest(parameters)), []
    of = rates(p)
    for _ in range(count):
        path = solve(of, state, MINUTE * np.array([0.0, p.retention]), Acting(0.0, True))
        found.append(float(_tail(p, _carried(p, path))[-1]))
        gap = MINUTE * np.array([0.0, every - p.retention])
        state = solve(of, path[-1], gap, Acting(0.0, False))[-1]
    return tuple(found)


def last_of_first(parameters: Neuromodulation, count: int = 6) -> tuple[float, float]:
    """Last session as per cent of the first; and the largest rise from one session to the next (below 0: all fall)."""
    found = np.array(rat_sessions(parameters, count))
    return PERCENT * found[-1] / found[0], float(np.diff(found).max())


def fading(parameters: Neuromodulation, days: float) -> float:
    """Second treatment as a share of the first, `days` apart."""
    first, second = rat_sessions(parameters, 2, 24 * 60 * days)
    return second / first


def hours_until_nil(parameters: Neuromodulation) -> float:
    """Hours of current without a pause until less than a tenth of the highest effect is left."""
    minutes = np.arange(0.0, 720.5, 0.5)
    path = solve(rates(parameters), rest(parameters), MINUTE * minutes, Acting(0.0, True))
    R = _tail(parameters, _carried(parameters, path))
    highest = int(np.argmax(R))
    below = np.flatnonzero(R[highest:] < R[highest] / 10)
    return float(minutes[highest + below[0]] / 60) if len(below) else math.inf


def neuron_inhibition(parameters: Neuromodulation) -> tuple[float, float]:
    """Inhibition (%) of a wide dynamic range neuron at the end of the current: beside the needle, and far from it."""
    run = simulate(parameters, MINUTE * np.array([0.0, parameters.retention - 1e-6]))
    last = State(*(column[-1] for column in run.state))
    local = region(parameters, last, 0.0, False) + at_needle(parameters, last)
    far = body_wide(parameters, last)
    return tuple(PERCENT * float(R / (1 + R)) for R in (local, far))


def adenosine(parameters: Neuromodulation) -> tuple[float, float]:
    """Adenosine at the needle (fold) as it comes out, and half an hour later."""
    end = parameters.retention
    return reading(parameters, [end - 0.01, 2 * end], "adenosine")


def peptides(parameters: Neuromodulation) -> tuple[float, float]:
    """Enkephalin and dynorphin (fold) at the end of the current."""
    end = parameters.retention - 1e-6
    return reading(parameters, [end], "enkephalin")[0], reading(parameters, [end], "dynorphin")[0]


def alternating_over_simultaneous(parameters: Neuromodulation) -> float:
    """Effect on a rat's tail of alternating frequencies, divided by that of both at once."""
    alternating, both = (
        rat_sessions(parameters.changed(stimulation=ELECTRICAL, pattern=pattern), 1)[0]
        for pattern in (ALTERNATING, SIMULTANEOUS)
    )
    return alternating / both


def crossover_interval(parameters: Neuromodulation, people: int = 56, spread: float = 25.0) -> tuple[float, float]:
    """95 % interval (points of %) of real needles less sham in a crossover of `people`, at 29.9 min.

    `spread`: standard deviation of one person's difference; assumed.
    """
    middle, half = over_sham(parameters, 30 - BEFORE_THE_ACT), 1.96 * spread / math.sqrt(people)
    return middle - half, middle + half


def rest_needle_input(parameters: Neuromodulation = BLINDED) -> float:
    """Discharge of the endings of an untouched needle after twenty minutes, as a share of that under the hand."""
    still = reading(parameters.changed(stimulation=STILL), [20.0], "afferent_input")[0]
    return still / reading(parameters, [0.0], "afferent_input")[0]
