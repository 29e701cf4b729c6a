"""What can be read from a treatment: pain thresholds, the cord's gain, peptides, heart, tone and calm."""

from __future__ import annotations

import numpy as np

from lessons.models.neuromodulation_equations import State
from lessons.models.neuromodulation_parameters import Neuromodulation
from lessons.simulation import Observable, Trajectory

PERCENT = 100.0


def body_wide(p: Neuromodulation, s: State) -> np.ndarray:
    """R: the inhibition of pain everywhere, as a share by which the threshold rises."""
    blocked = p.naloxone / (p.naloxone + p.naloxone_half)
    opioid = p.opioid_share * s.opioid_inhibition * (1 - blocked)
    monoamine = (1 - p.opioid_share) * s.monoamine_inhibition * (1 - p.serotonin_block)
    return p.species_gain * (p.slow_gain * (opioid + monoamine) + p.fast_gain * s.fast_inhibition)


def kappa(p: Neuromodulation, s: State) -> np.ndarray:
    """What dynorphin adds in the needle's own segment."""
    blocked = p.naloxone / (p.naloxone + p.kappa_ratio * p.naloxone_half)
    risen = np.maximum(np.asarray(s.dynorphin) - 1, 0.0)
    return p.species_gain * p.kappa_gain * risen / (risen + p.kappa_half) * (1 - blocked)


def gate(p: Neuromodulation, s: State) -> np.ndarray:
    """What the gate adds in the needle's own segment."""
    return p.species_gain * p.gate_gain * s.segmental_drive * (1 - p.gaba_block)


def at_needle(p: Neuromodulation, s: State) -> np.ndarray:
    """What adenosine adds at the needle."""
    risen = np.maximum(np.asarray(s.adenosine) - 1, 0.0)
    return p.species_gain * p.local_gain * risen / (risen + p.local_half)


def region(p: Neuromodulation, s: State, distance: float, opposite: bool) -> np.ndarray:
    """R at a place: body-wide, and what gate and dynorphin add at `distance` segments."""
    side = p.other_side if opposite else 1.0
    reach_gate = side * np.exp(-(distance**2) / (2 * p.gate_width**2))
    reach_kappa = side * np.exp(-(distance**2) / (2 * p.kappa_width**2))
    return body_wide(p, s) + reach_gate * gate(p, s) + reach_kappa * kappa(p, s)


def calm_after(p: Neuromodulation, dose: float) -> float:
    """Calm (relative) that one treatment leaves: of its context, and of its needle input `dose` (min)."""
    if p.retention == 0:
        return 0.0
    needle = p.small_trial_discount * p.responsiveness * dose / (dose + p.dose_half)
    return p.calm_context * p.expectancy + p.calm_needle * needle


def _threshold(p, s):
    return PERCENT * body_wide(p, s)


def _region(p, s):
    return PERCENT * region(p, s, p.distance, bool(p.opposite_side))


def _needle(p, s):
    return PERCENT * (region(p, s, 0.0, False) + at_needle(p, s))


def _gain(p, s):
    return 1 / (1 + body_wide(p, s))


def _tone(p, s):
    R = body_wide(p, s)
    return 1 - p.tone_share * R / (1 + R)


def _rmssd(p, s):
    return p.rmssd_rest * np.exp(p.rmssd_per_shift * np.asarray(s.vagal_shift))


def _heart(p, s):
    return p.heart_rate_rest - p.heart_rate_per_shift * s.vagal_shift


def _pressure(p, s):
    return -p.pressure_per_shift * s.vagal_shift


def _cortisol(p, s):
    return p.cortisol_rest * (1 - p.cortisol_per_shift * s.vagal_shift)


def _serotonin(p, s):
    return 1 + p.serotonin_per_inhibition * s.monoamine_inhibition


def _midbrain(p, s):
    return 1 - p.gaba_per_inhibition * s.opioid_inhibition


def _afferents(p, s):
    return s.afferent_low + s.afferent_high


def _reading(name, label, unit, of, axis, digits=1) -> Observable:
    def read(run: Trajectory) -> np.ndarray:
        return np.asarray(of(run.parameters, run.state), dtype=float)

    def before(run: Trajectory) -> float:
        return float(of(run.parameters, run.before))

    return Observable(name, label, unit, read, before, digits, axis)


def _anxiety(run: Trajectory) -> float:
    return -run.parameters.anxiety_per_calm * calm_after(run.parameters, float(run.state.needle_dose[-1]))


def _peak(run: Trajectory) -> float:
    return float(np.max(PERCENT * body_wide(run.parameters, run.state)))


def _at_removal(run: Trajectory) -> float:
    return OBSERVABLES["pain_threshold"].at(run, min(run.notes["removal"], run.time[-1]))


OBSERVABLES = {
    o.name: o
    for o in (
        _reading("afferent_input", "discharge of the nerve endings", "", _afferents, (0, 2), 2),
        _reading("pain_threshold", "pressure pain threshold, whole body", "%", _threshold, (-5, 110)),
        _reading("pain_threshold_region", "pressure pain threshold at the chosen place", "%", _region, (-5, 140)),
        _reading("pain_threshold_needle", "pressure pain threshold at the needle", "%", _needle, (-5, 140)),
        _reading("cord_gain", "gain of the dorsal horn", "", _gain, (0, 1.1), 2),
        _reading("muscle_tone", "muscle tone (H/M of a reflex, start = 1)", "", _tone, (0.9, 1.02), 3),
        _reading("rmssd", "heart rate variability (RMSSD)", "ms", _rmssd, (20, 60)),
        _reading("heart_rate", "heart rate", "/min", _heart, (60, 80)),
        _reading("blood_pressure", "change of the blood pressure", "mmHg", _pressure, (-8, 4)),
        _reading("cortisol", "cortisol", "ug/dL", _cortisol, (10, 14), 2),
        _reading("enkephalin", "enkephalin (start = 1)", "", lambda p, s: s.enkephalin, (0, 15), 2),
        _reading("beta_endorphin", "beta-endorphin", "pM", lambda p, s: s.beta_endorphin, (0, 12)),
        _reading("dynorphin", "dynorphin (start = 1)", "", lambda p, s: s.dynorphin, (0.5, 2), 2),
        _reading("serotonin", "serotonin and noradrenaline (start = 1)", "", _serotonin, (0.9, 1.6), 2),
        _reading("gaba_midbrain", "GABA tone in the midbrain (start = 1)", "", _midbrain, (0.5, 1.05), 2),
        _reading("gaba_cord", "GABA gate in the needle's segment", "", gate, (0, 0.3), 3),
        _reading("adenosine", "adenosine at the needle (start = 1)", "", lambda p, s: s.adenosine, (0, 130)),
        Observable("anxiety", "change of state anxiety after the treatment", "points", _anxiety, None, 1, (-25, 2)),
        Observable("peak", "highest rise of the threshold, whole body", "%", _peak, None, 1, (0, 110)),
        Observable("at_removal", "rise of the threshold as the needle comes out", "%", _at_removal, None, 1, (0, 110)),
    )
}
