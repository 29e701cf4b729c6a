"""The trigger-point model on arrays, one entry per patient: rates of change, and steps of fixed length through time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.polynomial import Chebyshev

from lessons.models.trigger_point_equations import (
    LARGEST_LOAD_OF_PUMP,
    LN10,
    OXYGEN_PER_ATP,
    PH_REST,
    PROTONS_REST,
    TINY,
    Constants,
    Inputs,
)

STEP, QUIET_STEP = 1.0, 12.0  # s
STAGES, STABLE_UP_TO = 6, 22.0  # of a quiet step; the latter: step times the fastest rate


def array_rates(c: Constants, y: np.ndarray, acting: Inputs, slack: Any = None) -> np.ndarray:
    """Rates per s of (q, n, F, p, E, pH, G, S, W), all (9, patients); `slack`: 1 - creep, if any."""
    q, n, F, p, E, pH, G, S, W = y
    release, oxygen, energy = np.maximum(q, 1e-9), np.maximum(p, 1e-9), np.maximum(E, TINY)
    force = np.maximum(F, 0.0)
    acid = LN10 * (PH_REST - pH)
    H = np.exp(acid)
    protons2 = np.maximum(PROTONS_REST * (H - 1.0), 0.0)
    protons2 *= protons2
    cleft = release * (1.0 + c.esterase * H) / ((1.0 + c.esterase) * c.receptor_half)
    bound = np.exp(c.receptor_steepness * np.log(cleft))
    calcium_in = c.calcium_rest + c.channel_scale * energy * bound / ((1.0 + bound) * (energy + c.channel_energy))
    share = calcium_in * (energy + c.pump_energy) * (1.0 + c.pump_acid * H) / (c.pump_scale * energy)
    share = np.minimum(share, LARGEST_LOAD_OF_PUMP)
    activation = np.exp(c.acid_steepness * acid - c.force_scale - c.half_steepness * np.log(share / (1.0 - share)))
    target = c.largest_force / ((c.phosphate_empty - c.phosphate * energy) * (1.0 + activation)) + acting.tone
    if slack is not None:
        target *= slack
    inside = acting.squeeze + c.pressure_gain * force
    head = np.maximum(acting.arterial - np.maximum(c.venous, inside), 0.0)
    inside *= inside
    flow = c.flow_scale * G * head / (1.0 + inside * inside * c.per_collapse4)
    wanted = np.maximum(c.demand_rest + (c.rest - E) * c.per_energy_time, 0.0)
    oxidation = wanted * oxygen * (1.0 + c.oxygen_half / 28) / (oxygen + c.oxygen_half)
    uptake = oxidation / OXYGEN_PER_ATP
    loaded = np.exp(c.haemoglobin_steepness * np.log((oxygen + c.oxygen_drop * uptake) * c.per_haemoglobin_half))
    lack = np.maximum(c.rest - energy, 0.0)
    sugar = c.glycolysis * lack * lack * np.minimum(np.maximum((pH - 6.2) / 0.85, 0.0), 1.0)
    drive = S * c.reaching_cord
    upward = drive / (drive + c.sensitisation_half) - W
    rate = np.empty_like(y)
    released = c.healthy + acting.leak + c.sensitised * protons2 / (protons2 + c.acid_release2)
    rate[0] = (n * released - q) * c.per_release_time
    rate[1] = (1.0 - n) * c.per_pool_recovery - c.pool_use * release * n
    rate[2] = (target - F) * c.per_contracture_time
    extracted = c.arterial_saturation - loaded / (1.0 + loaded)
    rate[3] = (flow * c.blood_oxygen * extracted - uptake) * c.per_oxygen_store
    demand = c.cost_of_rest + 0.5 * calcium_in + c.cost_of_force * force
    rate[4] = oxidation + sugar - demand * energy / (energy + 0.5)
    rate[5] = (PH_REST - pH) * (c.diffusion + flow) - sugar * c.per_buffer
    rate[6] = (1.0 + c.reserve / (1.0 + oxygen * oxygen * oxygen * c.per_dilation3) - G) * c.per_dilation_time
    rate[7] = (protons2 / (protons2 + c.acid_pain2) - S) * c.per_nociceptor_time
    rate[8] = upward * np.where(upward > 0, c.per_rise, c.per_fall)
    return rate


def _slack(acting: Inputs, time: float) -> Any:
    """1 - creep at `time`, or None where nothing is or was pressed."""
    if not (np.any(acting.creep_start) or np.any(acting.creep_end)):
        return None
    faded = np.exp(-acting.creep_rate * (time - acting.since))
    return 1 - acting.creep_end - (acting.creep_start - acting.creep_end) * faded


def advance(c: Constants, y: np.ndarray, acting: Inputs, start: float, end: float, step: float) -> np.ndarray:
    """Classical Runge-Kutta from `start` to `end` (s) in equal steps of at most `step`: the new (9, patients)."""
    count = max(1, int(np.ceil((end - start) / step - 1e-9)))
    h = (end - start) / count
    for k in range(count):
        begin, middle, close = (_slack(acting, start + (k + share) * h) for share in (0, 0.5, 1))
        k1 = array_rates(c, y, acting, begin)
        k2 = array_rates(c, y + 0.5 * h * k1, acting, middle)
        k3 = array_rates(c, y + 0.5 * h * k2, acting, middle)
        k4 = array_rates(c, y + h * k3, acting, close)
        y = y + (h / 6) * (k1 + 2 * (k2 + k3) + k4)
    return y


def _chebyshev_stages(stages: int):
    """Coefficients of the second-order Runge-Kutta-Chebyshev method (Sommeijer, Shampine & Verwer 1998).

    The first stage's weight and time, then for each later stage its (mu, nu, mu~, gamma~) and the time of its rates.
    """
    w0 = 1 + 2 / 13 / stages**2
    polynomials = [Chebyshev.basis(j) for j in range(stages + 1)]
    value, first, second = ([p.deriv(m)(w0) if m else p(w0) for p in polynomials] for m in (0, 1, 2))
    w1 = first[-1] / second[-1]
    b = [0.0, 0.0, *(second[j] / first[j] ** 2 for j in range(2, stages + 1))]
    b[0] = b[1] = b[2]
    times = [0.0, 0.0, *(w1 * second[j] / first[j] for j in range(2, stages + 1))]
    times[1] = times[2] / first[2]
    later = []
    for j in range(2, stages + 1):
        weight = 2 * b[j] * w1 / b[j - 1]
        later.append(
            (2 * b[j] * w0 / b[j - 1], -b[j] / b[j - 2], weight, (b[j - 1] * value[j - 1] - 1) * weight, times[j - 1])
        )
    return b[1] * w1, later


FIRST_STAGE, LATER_STAGES = _chebyshev_stages(STAGES)


def drift(c: Constants, y: np.ndarray, acting: Inputs, start: float, end: float, step: float) -> np.ndarray:
    """Like `advance`, by Runge-Kutta-Chebyshev steps: for stretches in which only slow states still move."""
    count = max(1, int(np.ceil((end - start) / step - 1e-9)))
    h = (end - start) / count
    for k in range(count):
        t = start + k * h
        base = array_rates(c, y, acting, _slack(acting, t))
        before, here = y, y + FIRST_STAGE * h * base
        for mu, nu, weight, correction, share in LATER_STAGES:
            rate = array_rates(c, here, acting, _slack(acting, t + share * h))
            new = (1 - mu - nu) * y + mu * here + nu * before + h * (weight * rate + correction * base)
            before, here = here, new
        y = here
    return y


def longest_steps(c: Constants) -> tuple[float, float]:
    """Steps (s) for busy and quiet stretches: 1 and 12, or less where a patient's oxygen moves faster than usual.

    The rate of oxygen is at most uptake's slope at empty tissue plus 0.2 per s of supply.
    """
    largest = (c.demand_rest + c.rest * c.per_energy_time) * (1 + c.oxygen_half / 28) / OXYGEN_PER_ATP
    fastest = float(np.max(largest / c.oxygen_half * c.per_oxygen_store)) + 0.2
    return min(STEP, 1.4 / fastest), min(QUIET_STEP, STABLE_UP_TO / fastest)
