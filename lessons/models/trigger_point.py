r"""A trigger point as a loop of balances - release, calcium, contraction, pressure, flow, oxygen, energy, acid - that
can keep a small contraction going by itself, and what a needle pass or a thumb does to it.

States (symbols of the equations; names in `State`): q quanta/s release of acetylcholine, n filled pool, F contracture
(share of maximal force), p mmHg oxygen, E mM phosphocreatine, pH, G conductance of vessels, X creep; and the read-outs
S nociceptors, W sensitisation of the cord, K soreness. (x)+ is max(x, 0); pH0 = 7.05; norm: divided by its rest value.

    A     = q (1 + 10^(pKa-pH)) / (1 + 10^(pKa-pH0))                              acetylcholine in the cleft
    dH    = (10^(9-pH) - 10^(9-pH0))+                                             acid above rest, nM
    V     = Vs [E/(E+KE)]norm (1 + 10^(pKs-pH0)) / (1 + 10^(pKs-pH))              capacity of the calcium pump
    Jin   = Jrest + JA A^nA / (A^nA + KA^nA) [E/(E+KR)]norm                       calcium released, uM/ms
    Ca    = Ks sqrt(r / (1-r)), r = min(Jin/V, .995)
    f     = (Ca/K)^nF / (1 + (Ca/K)^nF), K = K50 10^(dpCa (pH0-pH))
    Ft    = Fmax f (1 + Pi0/KPi) / (1 + Pi/KPi) + FLs L + F_load, Pi = Pi0 + E0 - E
    Pim   = P0 + kP F + Pext + 7.5 kap Pman                                       mmHg; Pman in kPa
    Q     = Q0 G (MAP - max(Pv, Pim))+ / 85 (1 + (P0/Pc)^4) / (1 + (Pim/Pc)^4)    mL/100 g/min
    Jox   = (U0 + (E0-E)/tau_E)+ p / (p+pm) (1 + pm/28), U0 = Ub + Jrest/2;  VO2 = Jox / 5.5
    Jgly  = Gly ((E0-E)+ / E0)^2 clip((pH-6.2)/.85, 0, 1)
    U     = Ub + Jin/2 + UF F                                                     demand, mM ATP/s
    dq/dt = (n [q_h + qLs L + q_x dH^2 / (dH^2+dHx^2) (1 + .5 symp)] - q) / tau_q
    dn/dt = (1-n) / tau_n - k_u q n
    dF/dt = (Ft (1-X) - F) / tau_F
    dp/dt = (Q/6000 CaO2 [S(95) - S(p + kK VO2)] - VO2) / cO2                     S: Hill curve of haemoglobin
    dE/dt = Jox + Jgly - U E / (E + .5)
    dpH/dt = -Jgly / (1.5 beta) + (pH0-pH) (15 Dl/Rn^2 + Q/6000)
    dG/dt = (1 + (Gmax-1)(1 - .4 symp) / (1 + (p/p_G)^3) - G) / tau_G
    dX/dt = k_st Pman (1-X) - X / tau_X
    dS/dt = (dH^2 / (dH^2+dHS^2) - S) / tau_S
    dW/dt = (c / (c+W_S) - W) / tau_W, c = S (1-desc), tau_W = tau_Wu rising, tau_Wd falling
    dK/dt = -K / tau_K

A needle pass has two steps. It elicits a twitch if S aim reflex_arc reaches the twitch threshold, where
aim = exp(-miss^2 / (2 sig_a^2)) and S, the drive of the nociceptors, is the irritability of the spot. A twitch of size
c = strength aim reflex_arc then acts at once: q and n times (1 - d_n c), F times (1 - d_F c), E less e_tw c, G plus
dG c, K plus .06 + .12 c. A pass without a twitch only adds .06 to K. The amplitude that is recorded is c times the
stiffness of the band, relative to the untouched band: a slack band passes less of the tug on to its endings.

Left out: fibres and space (one compartment and one mean contracture, though contraction knots are much smaller);
every sensitising substance but acid, which stands for them all; carbon dioxide, protons bound by phosphocreatine,
potassium; fatigue, healing and inflammation; an axon reflex, so a needle in a healthy muscle changes nothing but
soreness; the days and weeks of a load that varies (see `trigger_point_course`). Tenderness, pain and range are
read-outs chosen for their ends, not mechanisms. The central constants are not measured in a trigger point, and the
hypothesis itself is disputed: that these equations agree with data is no evidence for it.

Papers. Hypothesis: Simons; Gerwin, Dommerholt & Shah 2004, 10.1007/s11916-004-0069-x; Bron & Dommerholt 2012,
10.1007/s11916-012-0289-4. Against: Quintner, Bove & Cohen 2015, 10.1093/rheumatology/keu471. Pressure and flow:
10.1007/bf00417252. Twitch as a cord reflex: Hong 1995, 10.1300/J094v03n01_03. Calcium: Shorten 2007. Thumb: Hou 2002.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from lessons.models.trigger_point_equations import Constants, Inputs, State, at_tone, constants, inputs, rates
from lessons.models.trigger_point_parameters import TriggerPoint
from lessons.models.trigger_point_readings import OBSERVABLES, stiffness
from lessons.models.trigger_point_reduction import start_loop
from lessons.simulation import Event, ParameterError, Trajectory, solve

__all__ = [
    "LOG_TIME",
    "OBSERVABLES",
    "SIX_WEEKS",
    "State",
    "TriggerPoint",
    "reflex_after_section",
    "rest_state",
    "simulate",
    "treatment_end",
]

SIX_WEEKS = 42 * 86_400.0  # s
LOG_TIME = np.geomspace(1.0, SIX_WEEKS, 240)
LOG_TIME.flags.writeable = False
SPINAL_SHOCK = 60.0  # min, recovery of the reflex after a cut of the cord; fitted to Hong 1995


def reflex_after_section(minutes: float, cut: str = "cord") -> float:
    """Share of the cord reflex that works `minutes` after a section, for the field `reflex_arc`.

    After a section of the cord above the segment ("cord") the reflex is gone and returns as spinal shock lifts,
    1 - exp(-minutes / 60); after a section of the muscle's nerve ("nerve") it stays away. The time constant is fitted
    to the rabbit (Hong 1995: nothing at once, some at 5 to 10 min, nearly all at 2.5 h). Raises ParameterError.
    """
    if cut not in ("cord", "nerve"):
        raise ParameterError(f"What is cut must be 'cord' or 'nerve', not {cut!r}.")
    if not minutes >= 0:
        raise ParameterError(f"Minutes since the section must be 0 or more, not {minutes!r}.")
    return 0.0 if cut == "nerve" else -math.expm1(-minutes / SPINAL_SHOCK)


def rest_state(parameters: TriggerPoint) -> tuple[State, str]:
    """The equilibrium from which a run starts, all read-outs settled, and its kind: "healthy" or "contracted".

    It is the contracted (knot 1) or healthy (knot 0) equilibrium of the same muscle under the same load and sympathetic
    tone, without overload or treatment; where only one exists, that one.
    """
    return _rest_state(constants(parameters), inputs(parameters), bool(parameters.knot))


def _rest_state(of: Constants, acting: Inputs, knot: bool) -> tuple[State, str]:
    (q, n, F, p, E, pH, G), kind = start_loop(of, acting, knot)
    S = rates(of)((q, n, F, p, E, pH, G, 0.0, 0.0), 0.0, acting)[7] / of.per_nociceptor_time
    drive = S * of.reaching_cord
    return State(q, n, F, p, E, pH, G, 0.0, S, drive / (drive + of.sensitisation_half), 0.0), kind


def treatment_end(parameters: TriggerPoint) -> float:
    """Time (s) of the last pass or of the end of the pressure, whichever is later; 0 without treatment."""
    needle = (parameters.passes - 1) * parameters.spacing if parameters.passes else 0.0
    return max(needle, parameters.pressure_seconds if parameters.pressure else 0.0)


def needle_pass(
    parameters: TriggerPoint, state: Sequence[float], stiffness_before: float
) -> tuple[list[float], float, float]:
    """One pass of the needle on (q, n, F, p, E, pH, G, S, W): the state after it, twitch size c, recorded amplitude.

    c and the amplitude (share of a full twitch of the untouched band) are 0 where the pass elicits no twitch.
    """
    q, n, F, p, E, pH, G, S, W = state
    reached = math.exp(-0.5 * (parameters.miss / parameters.spot_size) ** 2) * parameters.reflex_arc
    c = parameters.strength * reached
    if S * reached < parameters.twitch_threshold or c == 0.0:
        return list(state), 0.0, 0.0
    amplitude = c * float(stiffness(F)) / stiffness_before
    emptied, slackened = 1 - parameters.twitch_empties * c, 1 - parameters.twitch_slackens * c
    E = max(0.0, E - parameters.twitch_cost * c)
    return [q * emptied, n * emptied, F * slackened, p, E, pH, G + parameters.twitch_opens * c, S, W], c, amplitude


def simulate(
    parameters: TriggerPoint,
    time: Sequence[float] | np.ndarray | None = None,
    begins: float = 0.0,
    tones: Sequence[tuple[float, float]] = (),
    again: Sequence[float] = (),
) -> Trajectory:
    """Run one muscle from its equilibrium at `load` through the treatment, which begins at `begins` (s).

    `time`: seconds at which the run is stored, increasing, from 0 on; default `LOG_TIME`, one second to six weeks. The
    first pass falls at `begins`; pressure and overload begin then; after the treatment the load is `load_after`.
    `tones`: (s, sympathetic tone from then on), where something outside the muscle changes that tone on the way.
    `again`: later times (s, increasing) at which the same passes are made once more.
    Notes: "twitches", "passes" (numbers), "twitch_amplitudes" (one per pass, 0 where it stayed silent), "start"
    ("healthy" or "contracted"), "soreness_peak" (0-1). Raises ParameterError for impossible times and SimulationError.
    """
    time = LOG_TIME if time is None else np.array(time, dtype=float)
    if time.ndim != 1 or not len(time) or not np.all(np.isfinite(time)) or np.any(np.diff(time) <= 0) or time[0] < 0:
        raise ParameterError("Times must be finite seconds from 0 on, in increasing order.")
    p, of = parameters, constants(parameters)
    before, kind = _rest_state(of, inputs(p), bool(p.knot))
    stiffness_before = float(stiffness(before.contracture))
    amplitudes: list[float] = []
    soreness = [(0.0, 0.0)]  # time of a pass, soreness just after it

    def pass_at(when):
        def change(state):
            after, c, amplitude = needle_pass(p, state, stiffness_before)
            amplitudes.append(amplitude)
            earlier, level = soreness[-1]
            level *= math.exp(-(when - earlier) / (3600 * p.soreness_time))
            added = p.soreness_per_pass + (p.soreness_per_twitch * c if amplitude else 0.0)
            soreness.append((when, min(1.0, level + added)))
            return after

        return change

    phases = _phases(p, begins)
    planned = [start + k * p.spacing for start in (begins, *again) for k in range(p.passes)]
    passes = [when for when in planned if when <= time[-1]]
    right_hand_side, first, changes = _acting(p, of, phases, tones)
    events = changes + [Event(when, pass_at(when)) for when in passes]
    grid = time if time[0] == 0 else np.concatenate(([0.0], time))
    loop = (*before[:7], before.nociceptor, before.sensitisation)
    path = solve(right_hand_side, loop, grid, first, events, RELATIVE_TOLERANCE, ABSOLUTE_TOLERANCE)[-len(time) :]
    path[(path < 0) & (path > -SOLVER_NOISE)] = 0.0  # no state is below 0
    q, n, F, oxygen, E, pH, G, S, W = path.T.copy()
    state = State(
        q, n, F, oxygen, E, pH, G, _creep(time, phases), S, W, _soreness(time, soreness, 3600 * p.soreness_time)
    )
    notes = {
        "twitches": sum(a > 0 for a in amplitudes),
        "twitch_amplitudes": tuple(amplitudes),
        "passes": len(amplitudes),
        "start": kind,
        "soreness_peak": max(level for _, level in soreness),
    }
    return Trajectory(time=time, state=state, before=before, parameters=p, events=tuple(passes), notes=notes)


RELATIVE_TOLERANCE = 1e-6
SOLVER_NOISE = 1e-5
ABSOLUTE_TOLERANCE = (1e-6, 1e-8, 1e-8, 1e-7, 1e-7, 1e-8, 1e-7, 1e-8, 1e-8)


def _acting(
    p: TriggerPoint, of: Constants, phases: list[tuple[float, Inputs]], tones: Sequence[tuple[float, float]]
) -> tuple[Callable, Any, list[Event]]:
    """The right-hand side, what acts at first, and the times at which that changes."""
    if not tones:
        return rates(of), phases[0][1], [Event(when, None, acting) for when, acting in phases[1:]]
    under = [(0.0, rates(of)), *((when, rates(at_tone(of, p, tone))) for when, tone in tones)]

    def latest(table, when):
        return [entry for start, entry in table if start <= when][-1]

    times = sorted({when for when, _ in (*phases, *under)})
    acting = [(latest(under, when), latest(phases, when)) for when in times]
    events = [Event(when, None, both) for when, both in zip(times[1:], acting[1:], strict=True)]
    return lambda state, time, both: both[0](state, time, both[1]), acting[0], events


def _phases(p: TriggerPoint, begins: float) -> list[tuple[float, Inputs]]:
    """What acts on the muscle, as (time from which it does, Inputs), the first at 0 s."""
    end = begins + treatment_end(p)
    overload_end = begins + 60 * p.overload_minutes if p.acute_overload else begins
    pressure_end = begins + p.pressure_seconds if p.pressure else begins
    phases: list[tuple[float, Inputs]] = []
    for when in sorted({0.0, begins, end, overload_end, pressure_end}):
        load = p.load if when < end else p.load_after
        overload = p.acute_overload if begins <= when < overload_end else 0.0
        pressure = p.pressure if begins <= when < pressure_end else 0.0
        creep = phases[-1][1].creep(when) if phases else 0.0
        phases.append((when, inputs(p, load, overload, pressure, creep, when)))
    return phases


def _creep(time: np.ndarray, phases: list[tuple[float, Inputs]]) -> np.ndarray:
    creep = np.zeros(len(time))
    for when, acting in phases:
        later = time >= when
        if acting.creep_start or acting.creep_end:
            faded = np.exp(-acting.creep_rate * (time[later] - when))
            creep[later] = acting.creep_end + (acting.creep_start - acting.creep_end) * faded
    return creep


def _soreness(time: np.ndarray, passes: list[tuple[float, float]], time_constant: float) -> np.ndarray:
    when, level = np.array(passes).T
    last = np.searchsorted(when, time, side="right") - 1
    return level[last] * np.exp(-(time - when[last]) / time_constant)
