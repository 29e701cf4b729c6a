"""What a current releases at each frequency, beside needles that are turned by hand."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lessons.models.neuromodulation import (
    ALTERNATING,
    BY_HAND,
    ELECTRICAL,
    LAST_LOOK,
    MINUTE,
    SIMULTANEOUS,
    STEADY,
    Neuromodulation,
    simulate,
)

FREQUENCIES = np.geomspace(1.0, 100.0, 25)
FREQUENCIES.flags.writeable = False
PEPTIDES = ("enkephalin", "beta_endorphin", "dynorphin")


class Frequencies(NamedTuple):
    """Peptides as multiples of rest at the end of a treatment: `current` (3, f), the others (3,)."""

    parameters: Neuromodulation
    frequencies: np.ndarray
    current: np.ndarray
    by_hand: np.ndarray
    alternating: np.ndarray
    together: np.ndarray
    own: np.ndarray


def frequencies(parameters: Neuromodulation) -> Frequencies:
    """Enkephalin, beta-endorphin and dynorphin over the frequency of the current. Needs half a minute or more."""
    p = parameters.changed(stimulation=ELECTRICAL, pattern=STEADY)
    current = np.array([_released(p.changed(frequency=float(f))) for f in FREQUENCIES]).T
    return Frequencies(
        parameters,
        FREQUENCIES,
        current,
        _released(p.changed(stimulation=BY_HAND)),
        _released(p.changed(pattern=ALTERNATING)),
        _released(p.changed(pattern=SIMULTANEOUS)),
        _released(p.changed(frequency=parameters.frequency)),
    )


def _released(p: Neuromodulation) -> np.ndarray:
    removal = MINUTE * p.retention
    if removal == 0:
        return np.ones(3)
    state = simulate(p, np.array([0.0, removal - min(LAST_LOOK, removal / 2)])).state
    rest = (1.0, p.beta_endorphin_rest, 1.0)
    return np.array([getattr(state, name)[-1] / start for name, start in zip(PEPTIDES, rest, strict=True)])
