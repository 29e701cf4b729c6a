r"""How one input becomes more or less pain: five groups of cells between fibre, dorsal horn, brainstem and pain.

Symbols: inputs C (C fibres) and b (touch, A-beta), Hz; rates I (inhibitory cells), E (relay cells, excitatory), P
(projection cells), D (descending neurons of the brainstem), Hz; N slow excitation of P; g gain of the cord, d
descending inhibition (0 to 1), theta threat (0 to 10), l inhibition lost and r relay lost (0 to 1).

    f(x)       = max / 2 (1 + tanh((x - beta) / alpha))                          each group with its own three numbers
    tau  dI/dt = f_I(w_bI b + w_DI D - w_CI C) - I
    tau  dE/dt = (1 - r) f_E(w_CE C + w_bE b - w_IE (1 - l) I) - E
    tau  dP/dt = f_P(g (w_CP C + w_EP E + N) - w_IP (1 - l) I - w_DP D) - P
    tauN dN/dt = w_PN max(0, P - P_N) - N
    tauD dD/dt = f_D(w_PD P (1 - theta / 10) + w_d d) - D
    pain       = 10 y / (1 + y),  y = max(0, P - P_0) / P_h (0.7 + k theta / 10)

C fibres fire from 1 s on; touch is added from 3 to 6 s; the run ends at 8 s. It starts from what the circuit does with
no input at all. Pain is a reading of the projection cells and of threat, and nothing more.

No switch: with everything else at rest P acts on itself through N with a slope of at most g w_PN max_P / (2 alpha_P),
which is below 1 over the whole travel of g, and through D only as a brake. So there is one resting state for each
setting of the sliders.

Left out: spikes, synapses, layers, space, every kind of cell but five, learning, and how gain changes. Different
circuits of this kind can give the same output; these numbers are one choice among many.

Papers: Crodelle 2019, 10.1371/journal.pcbi.1007106 (mean rates of I, E and P, as here); Medlock 2022, PMID 35232767
(a circuit of many kinds of cells; different wirings do the same); Sivilotti and Woolf 1994 and Ishikawa 2000 (touch
that hurts once inhibition is blocked); Duan 2014, 10.1016/j.cell.2014.11.003 (what ablating relay cells takes away).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from lessons.models.dorsal_horn_parameters import DorsalHorn
from lessons.simulation import Event, Observable, ParameterError, Trajectory, solve

__all__ = ["OBSERVABLES", "DorsalHorn", "State", "settled", "simulate"]

INPUT_STARTS, TOUCH_STARTS, TOUCH_ENDS, ENDS = 1.0, 3.0, 6.0, 8.0  # s
TIMES = np.linspace(0.0, ENDS, 241)
ALONE, TOUCHED = TOUCH_STARTS - 0.05, TOUCH_ENDS - 0.05  # s: the last look before touch comes, and before it goes
RELATIVE_TOLERANCE, ABSOLUTE_TOLERANCE = 1e-7, 1e-9
STEP, STEPS = 0.5, 120  # of a relaxation towards the resting state
WITHOUT_THREAT = 0.7
MILLISECOND = 1e-3


class State(NamedTuple):
    """Rates of the groups (Hz), slow excitation, and what comes in (Hz)."""

    inhibitory: Any
    relay: Any
    projection: Any
    slow: Any
    descending: Any
    c_fibres: Any
    touch: Any


def targets(
    p: DorsalHorn, c_fibres: Any, touch: Any, tanh: Callable = math.tanh, above: Callable = max
) -> Callable[[Sequence[Any]], tuple]:
    """A function from the five rates to what each of them is drawn to.

    With `tanh=numpy.tanh` and `above=numpy.maximum` inputs and rates may be arrays. So may attributes of `p`, if it is
    an object of the same names.
    """
    kept, relay_kept, d = 1 - p.inhibition_lost / 100, 1 - p.relay_lost / 100, p.descending_inhibition / 100

    def answer(x, most, half, spread):
        return most / 2 * (1 + tanh((x - half) / spread))

    def of(rates):
        I, E, P, N, D = rates  # noqa: E741
        return (
            answer(
                p.touch_to_inhibition * touch + p.descending_to_inhibition * D - p.c_fibre_to_inhibition * c_fibres,
                p.inhibitory_most, p.inhibitory_half, p.inhibitory_spread,
            ),
            relay_kept
            * answer(
                p.c_fibre_to_relay * c_fibres + p.touch_to_relay * touch - p.inhibition_to_relay * kept * I,
                p.relay_most, p.relay_half, p.relay_spread,
            ),
            answer(
                p.spinal_gain * (p.c_fibre_to_projection * c_fibres + p.relay_to_projection * E + N)
                - p.inhibition_to_projection * kept * I
                - p.descending_to_projection * D,
                p.projection_most, p.projection_half, p.projection_spread,
            ),
            p.projection_to_slow * above(0.0, P - p.slow_threshold),
            answer(
                p.projection_to_brainstem * P * (1 - p.threat / 10) + p.descending_drive * d,
                p.brainstem_most, p.brainstem_half, p.brainstem_spread,
            ),
        )  # fmt: skip

    return of


def settled(p: Any, c_fibres: Any, touch: Any) -> tuple[np.ndarray, ...]:
    """The five rates once nothing changes any more. Inputs, and attributes of `p`, may be arrays of one shape."""
    of = targets(p, c_fibres, touch, np.tanh, np.maximum)
    rates = tuple(np.zeros(np.broadcast(np.asarray(c_fibres), np.asarray(touch)).shape) for _ in range(5))
    for _ in range(STEPS):
        rates = tuple(rate + STEP * (wanted - rate) for rate, wanted in zip(rates, of(rates), strict=True))
    return rates


def simulate(parameters: DorsalHorn, time: Sequence[float] | np.ndarray | None = None) -> Trajectory:
    """Run the circuit for eight seconds: nothing, then C fibres, then touch as well, then C fibres alone.

    `time`: seconds at which the run is stored, increasing, from 0 on. Raises ParameterError for impossible times and
    SimulationError.
    """
    p = parameters
    time = TIMES.copy() if time is None else np.array(time, dtype=float)
    if time.ndim != 1 or not len(time) or not np.all(np.isfinite(time)) or np.any(np.diff(time) <= 0) or time[0] < 0:
        raise ParameterError("Times must be finite seconds from 0 on, in increasing order.")
    taus = [
        MILLISECOND * tau for tau in (p.fast_time, p.fast_time, p.fast_time, p.slow_time, p.brainstem_time)
    ]  # fmt: skip

    def rates(state, t, inputs):
        wanted = inputs(state)
        return [(w - s) / tau for w, s, tau in zip(wanted, state, taus, strict=True)]

    start = tuple(float(rate) for rate in settled(p, 0.0, 0.0))
    events = [
        Event(INPUT_STARTS, None, targets(p, p.c_fibre_input, 0.0)),
        Event(TOUCH_STARTS, None, targets(p, p.c_fibre_input, p.touch)),
        Event(TOUCH_ENDS, None, targets(p, p.c_fibre_input, 0.0)),
    ]
    grid = time if time[0] == 0 else np.concatenate(([0.0], time))
    path = solve(rates, start, grid, targets(p, 0.0, 0.0), events, RELATIVE_TOLERANCE, ABSOLUTE_TOLERANCE)
    path = path[-len(time) :]
    c_fibres = np.where(time >= INPUT_STARTS, p.c_fibre_input, 0.0)
    touch = np.where((time >= TOUCH_STARTS) & (time < TOUCH_ENDS), p.touch, 0.0)
    return Trajectory(
        time=time,
        state=State(*path.T.copy(), c_fibres, touch),
        before=State(*start, 0.0, 0.0),
        parameters=p,
        events=(INPUT_STARTS, TOUCH_STARTS, TOUCH_ENDS),
    )


def pain(p: Any, projection: Any) -> Any:
    """Pain, 0 to 10, of a rate of the projection cells (Hz)."""
    y = np.maximum(0.0, projection - p.noticed_from) / p.pain_half
    y = y * (WITHOUT_THREAT + p.threat_weight * p.threat / 10)
    return 10 * y / (1 + y)


def _rate(name: str, label: str, field: str, most: float) -> Observable:
    return Observable(
        name,
        label,
        "Hz",
        lambda run: getattr(run.state, field),
        lambda run: float(getattr(run.before, field)),
        1,
        (0.0, most),
    )


def _pain(run: Trajectory) -> np.ndarray:
    return pain(run.parameters, run.state.projection)


def _at(seconds: float) -> Callable[[Trajectory], float]:
    return lambda run: float(np.interp(seconds, run.time, _pain(run)))


def _touch_effect(run: Trajectory) -> float:
    alone, touched = (np.interp(t, run.time, run.state.projection) for t in (ALONE, TOUCHED))
    return float(100 * (touched / alone - 1))


OBSERVABLES = {
    o.name: o
    for o in (
        _rate("c_fibres", "C fibres", "c_fibres", 10),
        _rate("touch_fibres", "touch fibres", "touch", 80),
        _rate("inhibitory_rate", "inhibitory cells", "inhibitory", 60),
        _rate("relay_rate", "relay cells", "relay", 60),
        _rate("projection_rate", "projection cells", "projection", 60),
        _rate("descending_rate", "descending neurons of the brainstem", "descending", 40),
        Observable(
            "pain",
            "pain",
            "(0 to 10)",
            _pain,
            lambda run: float(pain(run.parameters, run.before.projection)),
            1,
            (0.0, 10.0),
        ),
        Observable("pain_alone", "pain before touch is added", "(0 to 10)", _at(ALONE), None, 1, (0.0, 10.0)),
        Observable("pain_touched", "pain while touch is added", "(0 to 10)", _at(TOUCHED), None, 1, (0.0, 10.0)),
        Observable("touch_effect", "what touch does to projection cells", "%", _touch_effect, None, 0, (-100.0, 400.0)),
    )
}
