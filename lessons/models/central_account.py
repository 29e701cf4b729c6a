"""The rival account: no knot at all, only a sensitised spinal cord, its inhibition, and what a person expects.

Equations (time in s; I segmental inhibition, D descending inhibition, W sensitisation of the dorsal horn, K soreness,
A axon reflex at the needle, all from 0 up; n sensory nerve, d descending inhibition from elsewhere)

    dI/dt = thumb (1 - I) - I / tau_I                         thumb = n k_P P / (P + P50) while it presses
    dD/dt = w thumb (1 - D) - D / tau_D
    dW/dt = (2 L' / (L' + L50) - W) / tau_W - k_W D W         L' = load + sympathetic tone / 2
    dK/dt = -K / tau_K,   dA/dt = -A / tau_A
    a = strength exp(-miss^2 / (2 r^2))                       at each needle pass, which then does this:
        I -> 1 - (1 - I) exp(-k_N n a),  D -> 1 - (1 - D) exp(-w k_N n a)
        K -> min(1, K + k_K),  A -> 1 - (1 - A)(1 - k_A a)
    D -> 1 - (1 - D)(1 - k_E expectation)    the treatment itself, at 0 s, if there is one (a sham counts)
    felt = W (1 - I)(1 - D)(1 - d);  pain = 10 c felt / (c felt + 0.5)
    referred pain = 10 v / (v + 0.6), v = 0.4 felt^2
    pressure pain threshold = 330 / (1 + b felt + 0.05 K) kPa;  range = 45 - 2 pain degrees;  soreness = 4 K
    flow = flow at rest (1 - 0.4 sympathetic tone)(1 + 0.8 A)

What is left out: muscle. Stiffness and endplate noise are constants, so that nothing done here can change them, and a
twitch is counted but does nothing: what helps is the input to the cord. So it matters which fibres are cut. With only
the way out to the muscle gone (reflex arc 0) relief is the same; with the way in gone (sensory nerve 0) expectation
alone is left. Pain is kept up by the cord, so that a cut nerve by itself does not end it here. A needle's place matters
only over centimetres. The taut band is not explained, only taken over as a number.

The account follows Quintner, Bove & Cohen 2015, 10.1093/rheumatology/keu471, in spirit; the equations are this course's
own. Its pain and tenderness were fitted to published intervals (E-T1a, E-T1b, E-T1c, E-T2 at once) as the mean of many
people ten minutes after the first touch; those of model T were not. So meeting them is no merit of this account: they
show that no knot is needed to meet them, and nothing more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from lessons.models.trigger_point import LOG_TIME
from lessons.simulation import Event, Observable, Parameters, Trajectory, parameter, solve

OURS = "this course's rival account; no measurement stands behind it"
LEARNER = "set by the learner"
HEALTHY_THRESHOLD = 330.0


@dataclass(frozen=True, kw_only=True)
class CentralAccount(Parameters):
    """Everything that one run of the rival account needs; inputs bear the same names as in the trigger-point model."""

    load: float = parameter(0.35, 0, 1, "", "perpetuating load (posture, stress, cold)", OURS, "assumed", step=0.01)
    load_after: float = parameter(0.35, 0, 1, "", "load afterwards", OURS, "assumed", step=0.01)
    expectation: float = parameter(0.5, 0, 1, "", "expectation of help", LEARNER, "assumed", step=0.01)
    treated: int = parameter(1, 0, 1, "", "a treatment is given, real or sham", LEARNER, "assumed")
    passes: int = parameter(6, 0, 15, "", "needle passes", LEARNER, "assumed")
    strength: float = parameter(0.9, 0, 1, "", "strength of each pass", LEARNER, "assumed", step=0.01)
    miss: float = parameter(0.0, 0, 10, "mm", "how far the needle passes from the spot", LEARNER, "assumed", step=0.1)
    spacing: float = parameter(5.0, 1, 30, "s", "seconds between passes", LEARNER, "assumed", step=1)
    reflex_arc: float = parameter(1.0, 0, 1, "", "share of the cord reflex that works", LEARNER, "assumed", step=0.01)
    sensory_nerve: float = parameter(
        1.0, 0, 1, "", "share of the sensory input that reaches the cord", LEARNER, "assumed", step=0.01
    )
    sympathetic_tone: float = parameter(0.0, 0, 0.6, "", "sympathetic tone above rest", OURS, "assumed", step=0.01)
    descending_inhibition: float = parameter(
        0.0, 0, 0.7, "", "descending inhibition from elsewhere", OURS, "assumed", step=0.01
    )
    pressure: float = parameter(0.0, 0, 400, "kPa", "pressure of the thumb", LEARNER, "assumed", step=5)
    pressure_seconds: float = parameter(0.0, 0, 240, "s", "how long the thumb presses", LEARNER, "assumed", step=1)

    load_half: float = parameter(0.35, 0.1, 1, "", "load that sensitises by half", OURS, "assumed")
    inhibition_per_pass: float = parameter(
        0.15, 0.02, 0.3, "", "segmental inhibition by a pass", "E-T1b, E-T2", "fitted"
    )
    inhibition_by_thumb: float = parameter(
        0.006, 0.001, 0.02, "per s", "segmental inhibition by a strong thumb", "E-T1c", "fitted"
    )
    pressure_half: float = parameter(200.0, 50, 400, "kPa", "pressure of half its effect", OURS, "assumed")
    descending_share: float = parameter(0.35, 0, 1, "", "share of input that reaches the brainstem", OURS, "assumed")
    expectation_inhibition: float = parameter(
        0.25, 0, 0.6, "", "descending inhibition by full expectation", OURS, "assumed"
    )
    segmental_time: float = parameter(2.0, 0.2, 12, "h", "time in which segmental inhibition fades", OURS, "assumed")
    descending_time: float = parameter(6.0, 1, 48, "h", "time in which descending inhibition fades", OURS, "assumed")
    sensitisation_time: float = parameter(
        5.0, 1, 20, "days", "time in which the cord follows its load", OURS, "assumed"
    )
    calming: float = parameter(1.0, 0, 4, "per day", "calming of the cord by descending inhibition", OURS, "assumed")
    reach: float = parameter(20.0, 5, 60, "mm", "how near the needle must pass", OURS, "assumed")
    soreness_per_pass: float = parameter(0.15, 0.01, 0.3, "", "soreness that a pass leaves", OURS, "assumed")
    soreness_time: float = parameter(16.0, 8, 24, "h", "time in which soreness fades", OURS, "assumed")
    axon_reflex: float = parameter(0.15, 0, 0.5, "", "axon reflex by a pass", OURS, "assumed")
    axon_time: float = parameter(20.0, 5, 60, "min", "time in which the axon reflex fades", OURS, "assumed")
    pain_gain: float = parameter(0.5, 0.1, 2, "", "pain by a sensitised cord", OURS, "assumed")
    tenderness_gain: float = parameter(0.6, 0.1, 2, "", "tenderness by a sensitised cord", "E-T1a", "fitted")
    stiffness: float = parameter(11.0, 5, 15, "kPa", "stiffness, which nothing here changes", OURS, "assumed")
    endplate_noise: float = parameter(29.0, 4, 40, "µV", "endplate noise, which nothing here changes", OURS, "assumed")
    flow: float = parameter(11.0, 2, 20, "mL/100 g/min", "blood flow without axon reflex", OURS, "assumed")


class State(NamedTuple):
    """Units: all shares, 0 to 1, sensitisation to 2."""

    segmental: Any
    descending: Any
    sensitisation: Any
    soreness: Any
    axon_reflex: Any


def simulate(parameters: CentralAccount, time: np.ndarray | None = None) -> Trajectory:
    """Run the account. `time`: (n,) seconds from the treatment on, increasing; default as in the trigger-point model.

    Raises ParameterError for impossible times, SimulationError if the equations cannot be solved.
    """
    p = parameters
    time = LOG_TIME if time is None else np.array(time, dtype=float)
    before = State(0.0, 0.0, _sensitised_by(p.load, p), 0.0, 0.0)
    expected = p.expectation_inhibition * p.expectation * p.treated
    aimed = p.strength * math.exp(-(p.miss**2) / (2 * p.reach**2))
    reaching = aimed * p.sensory_nerve

    def expect(state):
        i, d, w, k, a = state
        return i, 1 - (1 - d) * (1 - expected), w, k, a

    def needle(state):
        i, d, w, k, a = state
        kept = math.exp(-p.inhibition_per_pass * reaching)
        brain = math.exp(-p.descending_share * p.inhibition_per_pass * reaching)
        k = min(1.0, k + p.soreness_per_pass)
        return 1 - (1 - i) * kept, 1 - (1 - d) * brain, w, k, 1 - (1 - a) * (1 - p.axon_reflex * aimed)

    pressing = p.sensory_nerve * p.inhibition_by_thumb * p.pressure / (p.pressure + p.pressure_half)
    last = p.spacing * (p.passes - 1) if p.passes else 0.0
    end = max(last, p.pressure_seconds if p.pressure else 0.0)
    events = [Event(0.0, expect, (pressing, p.load)), *(Event(p.spacing * n, needle) for n in range(p.passes))]
    released = p.pressure_seconds if p.pressure else 0.0
    events.append(Event(released, None, (0.0, p.load if released < end else p.load_after)))
    events.append(Event(end, None, (0.0, p.load_after)))
    start = min(0.0, float(time[0]))
    grid = time if time[0] <= 0 else np.concatenate([[start], time])
    path = solve(_rates(p), before, grid, (pressing, p.load), events)
    path = path[len(grid) - len(time) :]
    return Trajectory(
        time=time,
        state=State(*np.ascontiguousarray(path.T)),
        before=before,
        parameters=p,
        events=tuple(p.spacing * n for n in range(p.passes)),
        notes={"twitches": p.passes if p.reflex_arc * reaching > 0.05 else 0, "passes": p.passes},
    )


def _sensitised_by(load: float, p: CentralAccount) -> float:
    """Where sensitisation comes to rest under a load; arousal adds to the load."""
    drive = load + 0.5 * p.sympathetic_tone
    return 2 * drive / (drive + p.load_half)


def _rates(p: CentralAccount):
    segmental, descending = 1 / (3600 * p.segmental_time), 1 / (3600 * p.descending_time)
    cord, calming = 1 / (86400 * p.sensitisation_time), p.calming / 86400
    sore, axon, share = 1 / (3600 * p.soreness_time), 1 / (60 * p.axon_time), p.descending_share

    def rates(state, _time, inputs):
        i, d, w, k, a = state
        thumb, load = inputs
        return (
            thumb * (1 - i) - segmental * i,
            share * thumb * (1 - d) - descending * d,
            cord * (_sensitised_by(load, p) - w) - calming * d * w,
            -sore * k,
            -axon * a,
        )

    return rates


def felt(state: State, p: CentralAccount) -> Any:
    """What gets through to the brain: sensitisation less all inhibition."""
    return state.sensitisation * (1 - state.segmental) * (1 - state.descending) * (1 - p.descending_inhibition)


def _pain(state: State, p: CentralAccount) -> Any:
    drive = p.pain_gain * felt(state, p)
    return 10 * drive / (drive + 0.5)


def _referred(state: State, p: CentralAccount) -> Any:
    drive = 0.4 * felt(state, p) ** 2
    return 10 * drive / (drive + 0.6)


def _threshold(state: State, p: CentralAccount) -> Any:
    return HEALTHY_THRESHOLD / (1 + p.tenderness_gain * felt(state, p) + 0.05 * state.soreness)


def _soreness(state: State, _: CentralAccount) -> Any:
    return 4 * np.maximum(state.soreness, 0)


def _flow(state: State, p: CentralAccount) -> Any:
    return p.flow * (1 - 0.4 * p.sympathetic_tone) * (1 + 0.8 * state.axon_reflex)


def _constant(name: str):
    return lambda state, p: getattr(p, name) + 0 * state.soreness


def _observable(name, label, unit, measure, digits, axis) -> Observable:
    return Observable(
        name,
        label,
        unit,
        lambda run: measure(run.state, run.parameters),
        lambda run: float(measure(run.before, run.parameters)),
        digits,
        axis,
    )


OBSERVABLES: dict[str, Observable] = {
    o.name: o
    for o in (
        _observable("pain", "pain (0 to 10)", "", _pain, 1, (0, 10)),
        _observable("referred_pain", "referred pain (0 to 10)", "", _referred, 1, (0, 10)),
        _observable("tenderness", "pressure pain threshold", "kPa", _threshold, 0, (100, 350)),
        _observable("soreness", "soreness after needling (0 to 10)", "", _soreness, 1, (0, 10)),
        _observable("range_of_motion", "range of motion", "°", lambda s, p: 45 - 2 * _pain(s, p), 1, (25, 50)),
        _observable("stiffness", "stiffness of the band", "kPa", _constant("stiffness"), 1, (5, 20)),
        _observable("endplate_noise", "endplate noise", "µV", _constant("endplate_noise"), 1, (0, 40)),
        _observable("blood_flow", "blood flow", "mL/100 g/min", _flow, 1, (0, 25)),
        Observable("twitches", "twitches", "", lambda run: float(run.notes["twitches"]), None, 0),
    )
}
