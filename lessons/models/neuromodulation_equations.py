"""The right-hand side of the neuromodulation model: numbers prepared once, then one line per equation."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from lessons.models.neuromodulation_parameters import (
    ALTERNATING,
    BY_HAND,
    CONTINUOUS,
    ELECTRICAL,
    STEADY,
    STILL,
    Neuromodulation,
)

MINUTE = 60.0
FOUR_NEEDLES = 4.0  # the dose that counts as 1


class State(NamedTuple):
    """What runs in time, and what is read off beside it.

    Integrated: habituation 0-1, adenosine (fold), enkephalin (fold), beta_endorphin pM, dynorphin (fold),
    opioid_inhibition 0-1, monoamine_inhibition 0-1, fast_inhibition (1 = a full cold pressor), cholecystokinin,
    vagal_shift SD, needle_dose min. Read off: afferent_low and afferent_high (1 = four needles, fully recruited),
    needle_drive, segmental_drive and context_drive.
    """

    habituation: np.ndarray | float
    adenosine: np.ndarray | float
    enkephalin: np.ndarray | float
    beta_endorphin: np.ndarray | float
    dynorphin: np.ndarray | float
    opioid_inhibition: np.ndarray | float
    monoamine_inhibition: np.ndarray | float
    fast_inhibition: np.ndarray | float
    cholecystokinin: np.ndarray | float
    vagal_shift: np.ndarray | float
    needle_dose: np.ndarray | float
    afferent_low: np.ndarray | float
    afferent_high: np.ndarray | float
    needle_drive: np.ndarray | float
    segmental_drive: np.ndarray | float
    context_drive: np.ndarray | float


class Inputs(NamedTuple):
    """What acts on the patient from an act of the operator on: its time (s), whether the treatment still runs."""

    since: float
    treated: bool


def rest(p: Neuromodulation) -> tuple[float, ...]:
    """The integrated states before a treatment."""
    return (0.0, 1.0, 1.0, p.beta_endorphin_rest, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def count(p: Neuromodulation) -> float:
    """Nn: what the needles amount to, four of them being 1, times this person's response."""
    return p.responsiveness * p.needles / (p.needles + p.needles_half) * (1 + p.needles_half / FOUR_NEEDLES)


def recruitment(p: Neuromodulation) -> tuple[float, float]:
    """Low- and high-threshold input at full discharge: needles times recruited fibres, less what is anaesthetised."""
    reaching = count(p) * (1 - p.anaesthetic)
    low = p.strength**2 / (p.strength**2 + p.low_threshold_half**2)
    high = p.strength**3 / (p.strength**3 + p.high_threshold_half**3)
    return reaching * low, reaching * high


def by_frequency(p: Neuromodulation) -> tuple[float, float]:
    """How strongly the needle's rhythm releases enkephalin with beta-endorphin, and dynorphin (by hand: 1 and 0)."""

    def low(f: float) -> float:
        return p.low_frequency_gain * f / (f + p.low_frequency_start) / (1 + (f / p.low_frequency_end) ** 2)

    def high(f: float) -> float:
        return f * f / (f * f + p.high_frequency_start**2)

    if p.stimulation != ELECTRICAL:
        return 1.0, 0.0
    if p.pattern == STEADY:
        return low(p.frequency), high(p.frequency)
    shares = (p.alternating_share,) * 2 if p.pattern == ALTERNATING else (p.simultaneous_low, p.simultaneous_high)
    return shares[0] * low(2.0), shares[1] * high(100.0)


def rates(p: Neuromodulation) -> Callable[[Sequence[float], float, Inputs], list[float]]:
    """The right-hand side (per second) of the eleven integrated states, with every number prepared."""
    low, high = recruitment(p)
    high_share = p.strength**3 / (p.strength**3 + p.high_threshold_half**3)
    release_low, release_high = by_frequency(p)
    burst = 1 / (MINUTE * p.burst_fading)
    start = 1.0 if p.stimulation == BY_HAND else p.insertion_burst
    always = p.stimulation in (CONTINUOUS, ELECTRICAL)
    floor, depth = p.resting_discharge, p.habituation_depth
    weak, strong = p.weak_input_spread, 1 - p.weak_input_spread
    pulses = p.habituation_to_pulses if p.stimulation == ELECTRICAL else 1.0
    per_h, per_hr = pulses / 2 / (MINUTE * p.habituation_time), 1 / (MINUTE * p.habituation_recovery)
    k_A, k_e, k_b, k_d, k_E, k_M, k_D = (
        math.log(2) / (MINUTE * half_life)
        for half_life in (
            p.adenosine_half_life,
            p.enkephalin_half_life,
            p.beta_endorphin_half_life,
            p.dynorphin_half_life,
            p.opioid_half_life,
            p.monoamine_half_life,
            p.fast_half_life,
        )
    )
    moved = p.adenosine_gain * count(p)
    turned = {STILL: None, BY_HAND: None, CONTINUOUS: 1.0, ELECTRICAL: p.adenosine_electrical}[p.stimulation]
    tissue = p.adenosine_still if p.stimulation == STILL else 1.0
    rise_e, rise_b = p.enkephalin_gain * release_low, p.beta_endorphin_gain * release_low
    rise_d, rise_c = p.dynorphin_gain * release_high, p.cholecystokinin_high * release_high
    rest_b, scale_b = p.beta_endorphin_rest, p.beta_endorphin_scale
    half_X, half_Y, gain_C, power_C = p.opioid_half, p.monoamine_half, p.cholecystokinin_gain, p.cholecystokinin_power
    blocked = p.naloxone / (p.naloxone + p.naloxone_half)
    open_D, open_q = 1 - p.opioid_share * blocked, (1 - p.opioid_share_of_cold * blocked) * p.conditioning
    per_C, per_V, lying = 1 / (MINUTE * p.cholecystokinin_time), 1 / (MINUTE * p.vagal_time), p.vagal_rest * p.posture
    e, phi, fading = p.expectancy, p.context_floor, 1 / (MINUTE * p.context_fading)
    handled = p.stimulation == CONTINUOUS

    def of(y: Sequence[float], t: float, acting: Inputs) -> list[float]:
        h, A, Oe, Ob, Dy, E, M, D, C, V, _ = y
        if acting.treated:
            since = t - acting.since
            p_ = 1.0 if always else max(start * math.exp(-since * burst), floor)
            aL, aH = low * p_, high * p_
            uc = e if handled else e * (phi + (1 - phi) * math.exp(-since * fading))
            rot = turned if turned is not None else tissue * p_
            q, down = open_q, lying
        else:
            aL = aH = uc = rot = q = down = 0.0
        g = 1 - depth * h
        un, us, ux = (weak * aL + strong * aH) * g, aL * g, aH * high_share * g
        X = (Oe - 1) + (Ob - rest_b) / scale_b + p.context_opioid * uc
        Y = un + p.context_monoamine * uc
        return [
            per_h * (aL + aH) * (1 - h) - per_hr * h,
            k_A * (1 + moved * rot - A),
            k_e * (1 + rise_e * un - Oe),
            k_b * (rest_b + rise_b * un - Ob),
            k_d * (1 + rise_d * us - Dy),
            k_E * (X / (X + half_X * (1 + max(C, 0.0) ** power_C)) - E),
            k_M * (Y / (Y + half_Y) - M),
            k_D * ((p.needle_fast * ux + p.context_fast * uc) * open_D + q - D),
            per_C * (gain_C * X + rise_c * us - C),
            per_V * (down + p.vagal_context * uc + p.vagal_weak * aL - p.vagal_pain * aH - V),
            un / MINUTE,
        ]

    return of


def drives(p: Neuromodulation, since: np.ndarray, treated: np.ndarray, h: np.ndarray) -> tuple[np.ndarray, ...]:
    """aL, aH, un, us, uc over time: `since` the last act (s), `treated` (bool) and habituation, all (n,)."""
    low, high = recruitment(p)
    if p.stimulation in (CONTINUOUS, ELECTRICAL):
        firing = treated.astype(float)
    else:
        start = 1.0 if p.stimulation == BY_HAND else p.insertion_burst
        firing = treated * np.maximum(start * np.exp(-since / (MINUTE * p.burst_fading)), p.resting_discharge)
    aL, aH, g = low * firing, high * firing, 1 - p.habituation_depth * h
    un = (p.weak_input_spread * aL + (1 - p.weak_input_spread) * aH) * g
    held = 0.0 if p.stimulation == CONTINUOUS else since
    salience = p.context_floor + (1 - p.context_floor) * np.exp(-held / (MINUTE * p.context_fading))
    return aL, aH, un, aL * g, treated * p.expectancy * salience
