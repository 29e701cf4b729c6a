"""The equations of the neuromodulation model once more, straight from their text, to compare with.

Nothing is precomputed or shared with the package: time in minutes, numpy functions on numpy scalars, one call of
scipy's general solver for each stretch between two acts of the operator.
"""

import numpy as np
from scipy.integrate import solve_ivp

STATES = ("h", "A", "Oe", "Ob", "Dy", "E", "M", "D", "C", "V", "J")
UNTOUCHED, BY_HAND, WITHOUT_PAUSE, CURRENT = range(4)


def begin(p):
    """h, A, Oe, Ob, Dy, E, M, D, C, V and the needle input so far, before a treatment."""
    return np.array([0, 1, 1, p.beta_endorphin_rest, 1, 0, 0, 0, 0, 0, 0], dtype=float)


def frequency_weights(p):
    def low(f):
        return p.low_frequency_gain * (f / (f + p.low_frequency_start)) / (1 + (f / p.low_frequency_end) ** 2)

    def high(f):
        return f**2 / (f**2 + p.high_frequency_start**2)

    if p.stimulation != CURRENT:
        return 1.0, 0.0
    return {
        0: (low(p.frequency), high(p.frequency)),
        1: (p.alternating_share * low(2), p.alternating_share * high(100)),
        2: (p.simultaneous_low * low(2), p.simultaneous_high * high(100)),
    }[p.pattern]


def drive(p, h, tau, in_place):
    """aL, aH, un, us, ux, uc, rotation, conditioning and lying, `tau` min after the last act of the operator."""
    if not in_place:
        return np.zeros(9)
    L = p.strength**2 / (p.strength**2 + p.low_threshold_half**2)
    H = p.strength**3 / (p.strength**3 + p.high_threshold_half**3)
    Nn = p.responsiveness * (p.needles / (p.needles + p.needles_half)) / (4 / (4 + p.needles_half))
    if p.stimulation in (WITHOUT_PAUSE, CURRENT):
        burst = 1.0
    elif p.stimulation == BY_HAND:
        burst = np.maximum(np.exp(-tau / p.burst_fading), p.resting_discharge)
    else:
        burst = np.maximum(p.insertion_burst * np.exp(-tau / p.burst_fading), p.resting_discharge)
    aL, aH = Nn * L * burst * (1 - p.anaesthetic), Nn * H * burst * (1 - p.anaesthetic)
    g = 1 - p.habituation_depth * h
    un = (p.weak_input_spread * aL + (1 - p.weak_input_spread) * aH) * g
    last = 0.0 if p.stimulation == WITHOUT_PAUSE else tau
    uc = p.expectancy * (p.context_floor + (1 - p.context_floor) * np.exp(-last / p.context_fading))
    rotation = {UNTOUCHED: p.adenosine_still * burst, BY_HAND: burst, WITHOUT_PAUSE: 1.0,
                CURRENT: p.adenosine_electrical}[p.stimulation]  # fmt: skip
    return np.array([aL, aH, un, aL * g, aH * H * g, uc, Nn * rotation, p.conditioning, p.posture])


def rates(t, y, p, last, in_place):
    """Rates per min, the operator having acted last at `last` min."""
    h, A, Oe, Ob, Dy, E, M, D, C, V, _ = y
    aL, aH, un, us, ux, uc, rotation, q, lying = drive(p, h, t - last, in_place)
    wl, wh = frequency_weights(p)
    kap = p.habituation_to_pulses if p.stimulation == CURRENT else 1.0
    b = p.naloxone / (p.naloxone + p.naloxone_half)
    X = (Oe - 1) + (Ob - p.beta_endorphin_rest) / p.beta_endorphin_scale + p.context_opioid * uc
    Y = un + p.context_monoamine * uc
    brake = 1 + np.maximum(C, 0) ** p.cholecystokinin_power

    def k(half_life):
        return np.log(2) / half_life

    return np.array(
        [
            kap * (aL + aH) / 2 * (1 - h) / p.habituation_time - h / p.habituation_recovery,
            k(p.adenosine_half_life) * (1 + p.adenosine_gain * rotation - A),
            k(p.enkephalin_half_life) * (1 + p.enkephalin_gain * wl * un - Oe),
            k(p.beta_endorphin_half_life) * (p.beta_endorphin_rest + p.beta_endorphin_gain * wl * un - Ob),
            k(p.dynorphin_half_life) * (1 + p.dynorphin_gain * wh * us - Dy),
            k(p.opioid_half_life) * (X / (X + p.opioid_half * brake) - E),
            k(p.monoamine_half_life) * (Y / (Y + p.monoamine_half) - M),
            k(p.fast_half_life)
            * (
                (p.needle_fast * ux + p.context_fast * uc) * (1 - p.opioid_share * b)
                + q * (1 - p.opioid_share_of_cold * b)
                - D
            ),
            (p.cholecystokinin_gain * X + p.cholecystokinin_high * wh * us - C) / p.cholecystokinin_time,
            (p.vagal_rest * lying + p.vagal_context * uc + p.vagal_weak * aL - p.vagal_pain * aH - V) / p.vagal_time,
            un,
        ]
    )


def treatment(p, minutes, rtol=1e-10, atol=1e-12):
    """(n, 11) states at `minutes` (increasing, from 0 on), the solver being restarted at each act and at removal."""
    minutes = np.asarray(minutes, dtype=float)
    acts = [0.0]
    while p.stimulation != UNTOUCHED and acts[-1] + p.interval < p.retention - 1e-9:
        acts.append(acts[-1] + p.interval)
    marks = [*(a for a in acts if a < p.retention), p.retention, max(minutes[-1], p.retention)]
    y, rows = begin(p), []
    for start, stop in zip(marks, marks[1:], strict=False):
        final = stop == marks[-1]
        wanted = minutes[(minutes >= start) & ((minutes < stop) | (final & (minutes <= stop)))]
        if stop > start:
            grid = np.union1d(wanted, [start, stop])
            path = solve_ivp(
                rates, (start, stop), y, "LSODA", grid, args=(p, start, start < p.retention), rtol=rtol, atol=atol
            )
            y = path.y[:, -1]
            rows += list(path.y.T[np.searchsorted(grid, wanted)])
        else:
            rows += [y] * len(wanted)
    return np.array(rows)


def body_wide(p, y):
    """R everywhere, for (n, 11) states."""
    E, M, D = y[:, 5], y[:, 6], y[:, 7]
    b = p.naloxone / (p.naloxone + p.naloxone_half)
    slow = p.opioid_share * E * (1 - b) + (1 - p.opioid_share) * M * (1 - p.serotonin_block)
    return p.species_gain * (p.slow_gain * slow + p.fast_gain * D)


def at(p, y, us, distance, side, needle):
    """R at a place: `us` the segmental drive (n,), `side` 1 or that of the other side, `needle` whether it is there."""
    bk = p.naloxone / (p.naloxone + p.kappa_ratio * p.naloxone_half)
    dynorphin, adenosine = np.maximum(y[:, 4] - 1, 0), np.maximum(y[:, 1] - 1, 0)
    gate = np.exp(-(distance**2) / (2 * p.gate_width**2)) * p.gate_gain * us * (1 - p.gaba_block)
    kappa = p.kappa_gain * dynorphin / (dynorphin + p.kappa_half) * (1 - bk)
    kappa = np.exp(-(distance**2) / (2 * p.kappa_width**2)) * kappa
    local = p.local_gain * adenosine / (adenosine + p.local_half) if needle else 0.0
    return body_wide(p, y) + p.species_gain * (side * (gate + kappa) + local)
