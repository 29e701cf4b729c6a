r"""A course of visits: what each leaves of the needle and of the context, in the set point of pain and in calm.

Time t in days; symbols of the equations, names in `State` and `Course`.
    J  = integral of un over one treatment (min);  ds = J/(J+J50)        more of it soon matters little
    Bs -> Bs exp(-dt/tau_s);  Bc -> Bc exp(-dt/tau_c);  W -> W exp(-dt/tau_W)                between visits
    Bs -> Bs + ks r ds room;  Bc -> Bc + kc e_eff room;  W -> W + wc e_eff + ws delta r ds   at a visit
    room  = max(0, 1-(Bs+Bc)/Bmax)
    e_eff = e                          with real needles
          = e [1 - leak (1-bl)]        in a sham that blinds with success bl
          = 0                          without treatment
    NRS(t) = clip(mu + trend (1-exp(-t/tau_tr)) + x - SDu (Bs+Bc) + noise, 0, 10)
    dx = -x/tau_x dt + sd sqrt(2/tau_x) dw                               ups and downs of one person's pain
The map is exact: between two visits nothing but decay happens, and after a day the fast states of a treatment are back
at rest (cholecystokinin within 0.2 %).

Left out: how a treatment's input becomes a shift that lasts. That link is bookkeeping, not physiology; the memory of
the context is badly identified ("almost permanent" fits, and so do bias and treatment elsewhere). Sleep and mood share
one variable. No 24-hour rhythm, no stress, no drugs.

Papers. Size against nothing and against sham: Vickers 2018, 10.1016/j.jpain.2017.11.005; persistence: MacPherson 2017,
10.1097/j.pain.0000000000000747; spread of pain: Haake 2007, 10.1001/archinte.167.17.1892; sleep: Wang 2021,
10.2147/NSS.S326762.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from lessons.models import neuromodulation
from lessons.models.neuromodulation import BY_HAND, MINUTE, STILL, Neuromodulation
from lessons.models.neuromodulation_course_parameters import (
    BLUNT,
    NO_NEEDLE,
    NOTHING,
    PENETRATING,
    REAL,
    SHAM_ARM,
    Course,
)
from lessons.simulation import Observable, ParameterError, Trajectory

__all__ = [
    "BLUNT",
    "DAY",
    "NOTHING",
    "NO_NEEDLE",
    "OBSERVABLES",
    "PENETRATING",
    "REAL",
    "SHAM_ARM",
    "Course",
    "State",
    "dose",
    "effective_expectancy",
    "session",
    "simulate",
    "visit_days",
]

DAY = 86_400.0


class State(NamedTuple):
    """needle_shift and context_shift (SD of pain, how far the set point has moved down) and calm (relative)."""

    needle_shift: np.ndarray | float
    context_shift: np.ndarray | float
    calm: np.ndarray | float


def visit_days(c: Course) -> np.ndarray:
    """(v,) days of the visits, evenly spaced from day 0; none without treatment."""
    count = 0 if c.arm == NOTHING else round(c.visits_per_week * c.weeks)
    return np.arange(count) * 7.0 / c.visits_per_week


def blinding(c: Course) -> float:
    """How well the chosen sham blinds, 0 to 1."""
    return (c.blinding_penetrating, c.blinding_blunt, c.blinding_no_needle)[c.sham]


def effective_expectancy(c: Course) -> float:
    """Belief that acts in this arm."""
    if c.arm == NOTHING:
        return 0.0
    return c.expectancy if c.arm == REAL else c.expectancy * (1 - c.blinding_leak * (1 - blinding(c)))


def session(c: Course) -> Neuromodulation:
    """One visit of this arm as a treatment: real needles; the same visit without a needle; or lying down only."""
    return Neuromodulation(
        needles=c.needles if c.arm == REAL else 0,
        strength=c.strength,
        retention=c.retention,
        interval=c.interval,
        stimulation=BY_HAND,
        posture=c.posture,
        expectancy=effective_expectancy(c),
        responsiveness=c.responsiveness,
        **{n: getattr(c, n) for n in ("dose_half", "calm_context", "calm_needle", "small_trial_discount")},
        anxiety_per_calm=c.anxiety_per_calm,
    )


def dose(c: Course) -> float:
    """ds: what one visit's needle input amounts to for the mean responder, 0 to 1."""
    if c.arm == NOTHING or (c.arm == SHAM_ARM and c.sham == NO_NEEDLE):
        return 0.0
    if c.arm == REAL:
        one = (c.needles, c.strength, c.retention, c.interval, BY_HAND)
    else:
        strength = c.sham_strength_penetrating if c.sham == PENETRATING else c.sham_strength_blunt
        one = (c.sham_needles, strength, c.retention, c.interval, STILL)
    J = _input(*one)
    return J / (J + c.dose_half)


@functools.lru_cache(maxsize=1024)
def _input(needles: int, strength: float, retention: float, interval: float, stimulation: int) -> float:
    """J: needle input (min) over one treatment of a mean responder."""
    if needles == 0 or retention == 0:
        return 0.0
    p = Neuromodulation(
        needles=needles, strength=strength, retention=retention, interval=interval, stimulation=stimulation
    )
    return float(neuromodulation.simulate(p, np.array([0.0, MINUTE * retention])).state.needle_dose[-1])


def after_each_visit(c: Course, ds: float, e: np.ndarray | float, r: np.ndarray | float) -> np.ndarray:
    """(3, v) or (3, v, people): the states just after each visit, for people of expectation `e` and response `r`."""
    days = visit_days(c)
    shape = np.broadcast(np.asarray(e), np.asarray(r)).shape
    found = np.zeros((3, len(days), *shape))
    Bs = Bc = W = np.zeros(shape) if shape else 0.0
    gap = 7.0 / c.visits_per_week
    fade_s, fade_c, fade_W = (math.exp(-gap / tau) for tau in (c.memory_needle, c.memory_context, c.calm_memory))
    by_needle, by_context = c.set_point_needle * r * ds, c.set_point_context * e
    calmer = c.calm_context * e + c.calm_needle * c.small_trial_discount * r * ds
    for k in range(len(days)):
        if k:
            Bs, Bc, W = Bs * fade_s, Bc * fade_c, W * fade_W
        filled = (Bs + Bc) / c.set_point_room
        room = np.maximum(0.0, 1 - filled) if shape else max(0.0, 1 - filled)
        Bs, Bc, W = Bs + by_needle * room, Bc + by_context * room, W + calmer
        found[:, k] = Bs, Bc, W
    return found


def over_time(c: Course, visits: np.ndarray, days: np.ndarray) -> State:
    """The states at `days` (n,), just after a visit that falls on the same day; `visits` as after_each_visit gives."""
    when = visit_days(c)
    if not len(when):
        zero = np.zeros((len(days), *visits.shape[2:]))
        return State(zero, zero.copy(), zero.copy())
    last = np.searchsorted(when, days + 1e-9, side="right") - 1
    since = np.maximum(days - when[last], 0.0).reshape(-1, *(1,) * (visits.ndim - 2))
    memories = (c.memory_needle, c.memory_context, c.calm_memory)
    return State(*(part[last] * np.exp(-since / tau) for part, tau in zip(visits, memories, strict=True)))


def simulate(parameters: Course, time: Sequence[float] | np.ndarray | None = None) -> Trajectory:
    """The expected course of one person in one arm, from the first visit at 0 s.

    `time`: seconds, increasing, from 0 on; default every day for `weeks_shown`. On the day of a visit the values are
    those just after it. Notes: "dose" (ds), "visits" (days). Raises ParameterError for impossible times.
    """
    c = parameters
    time = DAY * np.arange(7 * c.weeks_shown + 1.0) if time is None else np.array(time, dtype=float)
    if time.ndim != 1 or not len(time) or not np.all(np.isfinite(time)) or np.any(np.diff(time) <= 0) or time[0] < 0:
        raise ParameterError("Times must be finite seconds from 0 on, in increasing order.")
    ds = dose(c)
    visits = after_each_visit(c, ds, effective_expectancy(c), c.responsiveness)
    when = visit_days(c)
    return Trajectory(
        time=time,
        state=over_time(c, visits, time / DAY),
        before=State(0.0, 0.0, 0.0),
        parameters=c,
        events=tuple(DAY * when),
        notes={"dose": ds, "visits": tuple(when)},
    )


def expected_pain(c: Course, days: np.ndarray, shift: np.ndarray | float) -> np.ndarray:
    """Pain (0 to 10) of one person with the usual pain `pain_mean`, a flare that passes, and the natural course."""
    natural = c.trend * -np.expm1(-days / c.trend_time) + c.flare * np.exp(-days / c.fluctuation_time)
    return np.clip(c.pain_mean + natural - c.pain_per_shift * shift, 0, 10)


def _pain(run: Trajectory) -> np.ndarray:
    return expected_pain(run.parameters, run.time / DAY, run.state.needle_shift + run.state.context_shift)


def _pain_before(run: Trajectory) -> float:
    return float(expected_pain(run.parameters, np.zeros(1), 0.0)[0])


def _by_state(name: str, label: str, unit: str, of, axis: tuple[float, float], digits: int = 2) -> Observable:
    return Observable(
        name,
        label,
        unit,
        lambda run: np.asarray(of(run.parameters, run.state), dtype=float),
        lambda run: float(of(run.parameters, run.before)),
        digits,
        axis,
    )


@functools.lru_cache(maxsize=256)
def _session_end(p: Neuromodulation) -> Trajectory:
    return neuromodulation.simulate(p, np.array([0.0, max(MINUTE * p.retention - neuromodulation.LAST_LOOK, 1.0)]))


def _in_session(name: str) -> Observable:
    """An observable of one treatment, read six seconds before the needles of one visit come out."""
    one = neuromodulation.OBSERVABLES[name]

    def read(run: Trajectory) -> float:
        visit = _session_end(session(run.parameters))
        return float(one.read(visit)[-1])

    return Observable(f"session_{name}", f"{one.label}, end of a visit", one.unit, read, None, one.digits, one.axis)


def _session_anxiety(run: Trajectory) -> float:
    """After one visit of this arm; the sham's needle counts as its kind does."""
    c = run.parameters
    if c.arm == NOTHING or c.retention == 0:
        return 0.0
    needle = c.small_trial_discount * c.responsiveness * run.notes["dose"]
    return -c.anxiety_per_calm * (c.calm_context * effective_expectancy(c) + c.calm_needle * needle)


IN_ONE_VISIT = ("rmssd", "heart_rate", "blood_pressure", "cortisol", "muscle_tone", "pain_threshold")
OBSERVABLES = {
    o.name: o
    for o in (
        _by_state(
            "baseline_shift",
            "shift of the set point of pain",
            "SD",
            lambda c, s: s.needle_shift + s.context_shift,
            (0, 0.9),
        ),
        _by_state("needle_shift", "the needle's part of the shift", "SD", lambda c, s: s.needle_shift, (0, 0.9)),
        _by_state("context_shift", "the context's part of the shift", "SD", lambda c, s: s.context_shift, (0, 0.9)),
        Observable("pain", "pain (0 to 10)", "", _pain, _pain_before, 1, (0, 10)),
        _by_state(
            "sleep", "change of sleep problems (PSQI)", "points", lambda c, s: -c.sleep_per_calm * s.calm, (-8, 1), 1
        ),
        _by_state("mood", "change of state anxiety", "points", lambda c, s: -c.anxiety_per_calm * s.calm, (-80, 5), 1),
        *(
            _in_session(n)
            for n in ("rmssd", "heart_rate", "blood_pressure", "cortisol", "muscle_tone", "pain_threshold")
        ),
        Observable(
            "session_anxiety", "change of state anxiety after one visit", "points", _session_anxiety, None, 1, (-25, 2)
        ),
    )
}
