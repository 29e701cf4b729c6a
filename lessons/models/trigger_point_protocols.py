"""Named experiments on the trigger-point model: the questions that a bench, a clinic or a test would put to it.

Each function is pure: it takes a `TriggerPoint`, changes only what its protocol names, runs the model and returns what
was measured. Whatever a protocol does not name (sliders of load, patient, loop) is kept.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from lessons.models.trigger_point import OBSERVABLES, TriggerPoint, reflex_after_section, rest_state, simulate
from lessons.models.trigger_point_equations import constants, inputs, rates
from lessons.models.trigger_point_readings import RELEASED_ABOVE, blood_flow, stiffness, tenderness
from lessons.simulation import Event, ParameterError, Trajectory, solve

HOUR = 3600.0
UNTREATED = {"passes": 0, "pressure": 0.0, "pressure_seconds": 0.0, "acute_overload": 0.0, "overload_minutes": 0.0}


def untreated(parameters: TriggerPoint, **changes: float) -> TriggerPoint:
    """The same muscle without needle, thumb or overload; its load stays the same unless `changes` say otherwise."""
    load = changes.get("load", parameters.load)
    return parameters.changed(**{**UNTREATED, "load_after": load, **changes})


def tenderness_deficit(parameters: TriggerPoint) -> float:
    """Pressure pain threshold of the knot less that of the healthy muscle at the same load, kPa (below 0: tender)."""
    knot, healthy = (rest_state(untreated(parameters, knot=k))[0] for k in (1, 0))
    return tenderness(knot) - tenderness(healthy)


def stiffness_ratio(parameters: TriggerPoint) -> float:
    """Stiffness of the knotted band divided by that of unloaded healthy muscle, the tissue around it."""
    knot = rest_state(untreated(parameters, knot=1))[0]
    around = rest_state(untreated(parameters, knot=0, load=0.0))[0]
    return float(stiffness(knot.contracture) / stiffness(around.contracture))


def change_after_treatment(parameters: TriggerPoint, observable: str, seconds: Sequence[float]) -> np.ndarray:
    """An observable at so many seconds after the last act, less its value before, as an array.

    The treatment is that of `parameters`; the load stays. Raises KeyError for an unknown observable.
    """
    run = treated(parameters, seconds)
    reading = OBSERVABLES[observable]
    return reading.read(run) - reading.before(run)


def treated(parameters: TriggerPoint, seconds: Sequence[float]) -> Trajectory:
    """The run of `parameters`' treatment at constant load, stored at so many seconds after the last act."""
    kept = parameters.changed(load_after=parameters.load)
    last = max(
        (kept.passes - 1) * kept.spacing if kept.passes else 0.0, kept.pressure_seconds if kept.pressure else 0.0
    )
    return simulate(kept, last + np.asarray(seconds, dtype=float))


def relative_change(parameters: TriggerPoint, observable: str, seconds: Sequence[float]) -> np.ndarray:
    """`change_after_treatment` divided by the value before: -0.2 is a fall by 20 %."""
    before = OBSERVABLES[observable].before(treated(parameters, [HOUR]))
    return change_after_treatment(parameters, observable, seconds) / before


class ReflexDissection(NamedTuple):
    """Twitch amplitudes as shares of the intact reflex's, and endplate noise as shares of the noise before the cut."""

    twitch_at_once: float
    twitch_10_min: float
    twitch_150_min: float
    twitch_nerve_cut: float
    noise_60_min_after_cord: float
    noise_30_min_after_nerve: float


def reflex_dissection(parameters: TriggerPoint) -> ReflexDissection:
    """Cut the cord or the muscle's nerve: what becomes of one pass's twitch, and of the endplate noise."""

    def twitch(reflex_arc: float) -> float:
        run = simulate(parameters.changed(passes=1, reflex_arc=reflex_arc, pressure=0.0), [0.0])
        return run.notes["twitch_amplitudes"][0]

    def noise(minutes: float, cut: str) -> float:
        reflex_arc = reflex_after_section(minutes, cut)
        run = simulate(untreated(parameters, reflex_arc=reflex_arc), [60 * minutes])
        reading = OBSERVABLES["endplate_noise"]
        return reading.at(run, 60 * minutes) / reading.before(run)

    intact = twitch(1.0)
    if not intact:
        raise ParameterError("This spot does not twitch even with an intact reflex, so no cut can change that.")
    after_cord = [twitch(reflex_after_section(minutes)) / intact for minutes in (0, 10, 150)]
    after_nerve = twitch(reflex_after_section(0, "nerve")) / intact
    return ReflexDissection(*after_cord, after_nerve, noise(60, "cord"), noise(30, "nerve"))


def run_down(parameters: TriggerPoint) -> float:
    """Recorded amplitude of the third twitch divided by that of the first (three passes)."""
    run = simulate(parameters.changed(passes=3, pressure=0.0), [2 * parameters.spacing])
    first, _, third = run.notes["twitch_amplitudes"]
    if not first:
        raise ParameterError("The first pass elicits no twitch, so twitches cannot run down.")
    return third / first


def resting_oxygen(parameters: TriggerPoint) -> float:
    """Tissue oxygen (mmHg) of a healthy muscle without load."""
    return rest_state(untreated(parameters, knot=0, load=0.0))[0].oxygen


def flow_under_pressure(parameters: TriggerPoint, inside: float, vessels_respond: bool = True) -> float:
    """Flow through healthy, unloaded muscle whose intramuscular pressure is raised from outside to `inside` (mmHg).

    A share of the flow at rest. `vessels_respond`: measured when the vessels have opened against the lack of oxygen;
    False: at once, before they can.
    """
    free = untreated(parameters, knot=0, load=0.0, external_pressure=0.0)
    pressed = free.changed(external_pressure=inside - free.pressure_rest)
    rest = rest_state(free)[0]
    state = rest_state(pressed)[0] if vessels_respond else rest
    return float(blood_flow(state, pressed, 0.0) / blood_flow(rest, free, 0.0))


class Occlusion(NamedTuple):
    """Phosphocreatine (mM) before and at the end of an occlusion; highest flow afterwards as a multiple of rest."""

    phosphocreatine_before: float
    phosphocreatine_end: float
    reflow_peak: float


def occlusion(parameters: TriggerPoint, minutes: float = 10.0) -> Occlusion:
    """Stop the arterial inflow of a healthy, unloaded muscle for some minutes, then let it return."""
    rested = untreated(parameters, knot=0, load=0.0)
    start = rest_state(rested)[0]
    loop = (*start[:7], start.nociceptor, start.sensitisation)
    end = 60 * minutes
    time = np.concatenate([np.linspace(0, end, 61), end + np.linspace(0, 300, 601)[1:]])
    path = solve(
        rates(constants(rested)),
        loop,
        time,
        inputs(rested, arterial=0.0),
        [Event(end, None, inputs(rested, since=end))],
    )
    after = start._replace(contracture=path[60:, 2], conductance=path[60:, 6])
    peak = blood_flow(after, rested, 0.0).max() / blood_flow(start, rested, 0.0)
    return Occlusion(start.phosphocreatine, float(path[60, 4]), float(peak))


def formation(parameters: TriggerPoint, overload: float, minutes: float) -> bool:
    """Whether a healthy muscle holds a knot six hours after an overload (of maximal force) of some minutes."""
    run = simulate(
        untreated(parameters, knot=0, acute_overload=overload, overload_minutes=minutes), [60 * minutes + 6 * HOUR]
    )
    return bool(run.state.phosphocreatine[-1] <= RELEASED_ABOVE)


def recurrence_minutes(
    parameters: TriggerPoint, load: float, observable: str = "phosphocreatine", level: float = 13.15
) -> float:
    """Minutes after which a healthy muscle, put under `load` at 0 s, becomes a knot; infinity if not within 6 h.

    A knot counts from the moment when `observable` crosses `level` (13.15 mM: the saddle's phosphocreatine at load
    0.35).
    """
    time = np.linspace(0, 6 * HOUR, 4321)
    run = simulate(untreated(parameters, knot=0, load_after=load), time)
    values = OBSERVABLES[observable].read(run) - level
    crossed = np.flatnonzero(values[:-1] * values[1:] < 0)
    if not len(crossed):
        return math.inf
    k = crossed[0]
    return float(np.interp(0, sorted(values[k : k + 2]), time[k : k + 2][np.argsort(values[k : k + 2])])) / 60


def is_released(parameters: TriggerPoint) -> bool:
    """Whether the treatment of `parameters` releases the knot, judged 60 min after the last act, at constant load."""
    return bool(treated(parameters, [HOUR]).state.phosphocreatine[0] > RELEASED_ABOVE)


def threshold(released: Callable[[float], bool], low: float, high: float, resolution: float = 1e-4) -> float:
    """The smallest dose between `low` and `high` that releases, by bisection; nan if `high` does not release."""
    if not released(high):
        return math.nan
    while high - low > resolution:
        middle = 0.5 * (low + high)
        low, high = (low, middle) if released(middle) else (middle, high)
    return high


def critical_strength(parameters: TriggerPoint) -> float:
    """The weakest twitch strength with which the parameters' passes release the knot; nan if even 1 fails."""
    needle = parameters.changed(pressure=0.0)
    return threshold(lambda strength: is_released(needle.changed(strength=strength)), 0, 1)


def largest_miss(parameters: TriggerPoint) -> float:
    """How far (mm) the parameters' passes may miss and still release the knot; nan if even a direct hit fails."""
    needle = parameters.changed(pressure=0.0)
    return -threshold(lambda nearness: is_released(needle.changed(miss=-nearness)), -10, 0, 1e-3)


def critical_seconds(parameters: TriggerPoint, pressure: float) -> float:
    """How long (s, up to 240) a thumb must press with `pressure` (kPa) to release the knot; nan if 240 s fail."""
    thumb = parameters.changed(passes=0, pressure=pressure)
    return threshold(lambda seconds: is_released(thumb.changed(pressure_seconds=seconds)), 0, 240, 0.01)


class Soreness(NamedTuple):
    """Soreness just after the last pass, on 0-100, and the time (h) in which it falls to 37 %."""

    start: float
    time_constant: float


def soreness_after_needling(parameters: TriggerPoint) -> Soreness:
    """Soreness that the parameters' passes leave, its time constant read between the end and 24 h later."""
    readings = OBSERVABLES["soreness"].read(treated(parameters, [0.0, 24 * HOUR]))
    return Soreness(10 * float(readings[0]), 24 / math.log(readings[0] / readings[1]))
