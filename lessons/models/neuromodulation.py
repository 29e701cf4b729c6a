r"""Needles that stay: how their input, and the context around them, brake pain at the needle, in its segments and
everywhere, how that brake rises, fades and tires, and what else in the body moves with it.

Time t in min, k = ln 2 / half-life; symbols of the equations, names in `State` and `Neuromodulation`.
    L, H  = s^2/(s^2+sL^2), s^3/(s^3+sH^3)                            fibres recruited at low and high threshold
    Nn    = r [n/(n+n50)] / [4/(4+n50)]                               four needles = 1
    p     = 1                                                         no pause, or current
          = exp(-tau/tau_p)                                           by hand
          = max(p_floor, p_ins exp(-t/tau_p))                         untouched
    aL, aH = Nn L p (1-la), Nn H p (1-la);  g = 1 - rho h             la: local anaesthetic
    un, us, ux = (wg aL + (1-wg) aH) g,  aL g,  aH H g                whole body, segment, painful
    uc    = e [phi + (1-phi) exp(-tau_c/tau_sal)]                     context, in sham as well
    dh/dt  = kap (aL+aH)/2 (1-h)/tau_h - h/tau_hr                     kap = hEA under current, else 1
    dA/dt  = kA (1 + RA Nn rot - A)                                   rot: how much the tissue is moved
    dOe/dt = k_e (1 + Re wl un - Oe);  dOb/dt = k_b (Ob0 + Rb wl un - Ob);  dDy/dt = k_d (1 + Rd wh us - Dy)
    X      = (Oe-1) + (Ob-Ob0)/Kb + Rc uc;  Y = un + Yc uc
    dE/dt  = k_E (X/(X + X50 (1+C^nC)) - E);  dM/dt = k_M (Y/(Y+Y50) - M)
    dD/dt  = k_D ((dn ux + dc uc)(1-sigma b) + q (1-sigD b) - D)       b = Nal/(Nal+KN), bk = Nal/(Nal+2.5 KN)
    dC/dt  = (kC X + kCH wh us - C)/tau_C
    dV/dt  = (v_rest [lying] + v_c uc + v_n aL - v_x aH - V)/tau_V
    R      = G {gS [sigma E (1-b) + (1-sigma) M (1-sb)] + gD D}        sb: block of serotonin and noradrenaline
    R(d)   = R + side exp(-d^2/2sig_g^2) G gI us (1-gb) + side exp(-d^2/2sig_k^2) G gK (Dy-1)/(Dy-1+KK) (1-bk)
               + [at the needle] G gA (A-1)/(A-1+KA)                   gb: block of GABA-A
The pressure pain threshold rises by R, the gain of the dorsal horn is 1/(1+R). wl and wh depend on the frequency of a
current (by hand: 1 and 0). After removal p, rot, uc, q and the lying are 0. What stays for weeks is the course layer
(`neuromodulation_course`).

Left out: space (regions are distances in segments), spikes, every transmitter that is not named, pain that lasts. The
context saliences, the expectation and the strength are not measured quantities; R adds up without a ceiling; adenosine
under rotation without a pause leaves any data; the gate ends with the stimulus. About thirty numbers were fitted to
about thirty-five targets, most of them ranges: agreement is a check for consistency, no proof.

Papers. Endings: Kagitani 2005, 10.2170/jjphysiol.R2120. Peptides: Han 1991, 10.1016/0304-3959(91)90218-m; Han 2004,
10.1016/j.neulet.2003.12.019. Tolerance: Han 1986, 10.1016/0304-3959(86)90227-7. Against sham: Schliessbach 2012,
10.1155/2012/785613; Takakura and Yajima 2009. Adenosine: Goldman 2010, 10.1038/nn.2562.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lessons.models.neuromodulation_equations import Inputs, State, drives, rates, rest
from lessons.models.neuromodulation_parameters import (
    ALTERNATING,
    BY_HAND,
    CONTINUOUS,
    ELECTRICAL,
    SIMULTANEOUS,
    STEADY,
    STILL,
    Neuromodulation,
)
from lessons.models.neuromodulation_readings import OBSERVABLES
from lessons.simulation import Event, ParameterError, Trajectory, solve

__all__ = [
    "ALTERNATING",
    "BY_HAND",
    "CONTINUOUS",
    "ELECTRICAL",
    "OBSERVABLES",
    "SIMULTANEOUS",
    "STEADY",
    "STILL",
    "TWO_HOURS",
    "Neuromodulation",
    "State",
    "acts",
    "sham_of",
    "simulate",
    "two_hours",
]

MINUTE = 60.0
TWO_HOURS = 7200.0  # s
EVERY_HALF_MINUTE = np.linspace(0.0, TWO_HOURS, 241)
LAST_LOOK = 6.0  # s before removal: the needle is in, the next act has not come
RELATIVE_TOLERANCE, ABSOLUTE_TOLERANCE = 1e-6, 1e-9
SOLVER_NOISE = 1e-6
INTEGRATED = 11


def sham_of(parameters: Neuromodulation) -> Neuromodulation:
    """The same visit, the same acts of the operator, the same belief, and no needle in the skin."""
    return parameters.changed(needles=0)


def two_hours(parameters: Neuromodulation) -> np.ndarray:
    """242 times (s): every half minute for two hours, and a last look six seconds or less before removal."""
    removal = MINUTE * parameters.retention
    look = removal - min(LAST_LOOK, removal / 2) if removal > 0 else LAST_LOOK
    if np.min(np.abs(EVERY_HALF_MINUTE - look)) < 1e-3:  # no two times alike
        look += min(1.0, (removal - look) / 2) if removal > look else 1.0
    return np.insert(EVERY_HALF_MINUTE, np.searchsorted(EVERY_HALF_MINUTE, look), look)


def acts(parameters: Neuromodulation) -> list[float]:
    """Times (s) at which the operator acts: insertion at 0, then every `interval` minutes until before removal.

    An untouched needle is acted on only at 0. With a current the operator looks after it as often as by hand.
    """
    p = parameters
    if p.stimulation == STILL:
        return [0.0] if p.retention > 0 else []
    # A removal at a multiple of the interval comes instead of the act, rounding or not.
    count = int(np.ceil(p.retention / p.interval - 1e-9))
    return [MINUTE * p.interval * k for k in range(count)]


def simulate(parameters: Neuromodulation, time: Sequence[float] | np.ndarray | None = None) -> Trajectory:
    """Run one treatment, which begins at 0 s, and what follows it.

    `time`: seconds at which the run is stored, increasing, from 0 on; default `two_hours`. At the very time of an act
    the values are those just after it. Notes: "removal" (s), "acts" (seconds). Raises ParameterError for impossible
    times and SimulationError.
    """
    p = parameters
    time = two_hours(p) if time is None else np.array(time, dtype=float)
    if time.ndim != 1 or not len(time) or not np.all(np.isfinite(time)) or np.any(np.diff(time) <= 0) or time[0] < 0:
        raise ParameterError("Times must be finite seconds from 0 on, in increasing order.")
    done, removal = acts(p), MINUTE * p.retention
    handling = done if p.stimulation != CONTINUOUS else done[:1]  # without a pause there is nothing to restart
    start = Inputs(0.0, removal > 0)
    events = [Event(when, None, Inputs(when, True)) for when in handling[1:]]
    if removal > 0:
        events.append(Event(removal, None, Inputs(removal, False)))
    grid = time if time[0] == 0 else np.concatenate(([0.0], time))
    path = solve(rates(p), rest(p), grid, start, events, RELATIVE_TOLERANCE, ABSOLUTE_TOLERANCE)[-len(time) :]
    path[(path < 0) & (path > -SOLVER_NOISE)] = 0.0  # no state but the vagal shift is below 0
    last = np.searchsorted(np.array(handling or [0.0]), time, side="right") - 1
    since = time - np.array(handling or [0.0])[last]
    treated = time < removal
    columns = path.T.copy()
    beside = drives(p, since, treated, columns[0])
    state = State(*columns, *(np.array(b, dtype=float) for b in beside))
    before = State(*rest(p), 0.0, 0.0, 0.0, 0.0, 0.0)
    return Trajectory(
        time=time,
        state=state,
        before=before,
        parameters=p,
        events=tuple(done),
        notes={"removal": removal, "acts": tuple(done)},
    )
