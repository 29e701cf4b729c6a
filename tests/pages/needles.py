"""Short ways to ask the model of retained needles, for what pages 04 and 05 say."""

from __future__ import annotations

import numpy as np

from lessons.models.neuromodulation import MINUTE, OBSERVABLES, Neuromodulation, simulate
from lessons.models.neuromodulation_settings import BLINDED, BLINDED_SHAM, STRONG_LABORATORY

__all__ = ["BLINDED", "BLINDED_SHAM", "STRONG_LABORATORY", "Neuromodulation", "curve", "read"]


def read(parameters: Neuromodulation, minute: float, name: str = "pain_threshold") -> float:
    """One reading of one treatment."""
    return OBSERVABLES[name].at(simulate(parameters, MINUTE * np.unique([0.0, minute])), MINUTE * minute)


def curve(parameters: Neuromodulation, minutes, name: str = "pain_threshold") -> np.ndarray:
    """A reading over increasing minutes, from 0 on."""
    return OBSERVABLES[name].read(simulate(parameters, MINUTE * np.asarray(minutes, dtype=float)))
