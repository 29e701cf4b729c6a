"""The circuit once it has settled, over the whole travel of touch: whole, sensitised, and with parts taken away."""

from __future__ import annotations

from types import SimpleNamespace
from typing import NamedTuple

import numpy as np

from lessons.models.dorsal_horn import pain, settled
from lessons.models.dorsal_horn_parameters import DorsalHorn

TOUCH = np.arange(0.0, 82.0, 2.0)
TOUCH.flags.writeable = False
# Name -> what is changed, everything else being as the learner has it.
WHOLE = {"spinal_gain": 1.0, "inhibition_lost": 0.0, "relay_lost": 0.0}
CORDS = {
    "a calm cord": WHOLE,
    "gain raised to 3": {**WHOLE, "spinal_gain": 3.0},
    "inhibition lost": {**WHOLE, "inhibition_lost": 100.0},
    "inhibition and relay lost": {**WHOLE, "inhibition_lost": 100.0, "relay_lost": 100.0},
}


class TouchCurves(NamedTuple):
    """What touch does in five cords: the learner's own first, then those of `CORDS`.

    `projection` (5, n) Hz and `pain` (5, n) over `touch` (n,) Hz; `rate` (Hz) and `now` (pain) are the learner's own at
    the learner's own touch.
    """

    parameters: DorsalHorn
    touch: np.ndarray
    projection: np.ndarray
    pain: np.ndarray
    rate: float
    now: float


def touch_curves(parameters: DorsalHorn) -> TouchCurves:
    """All five cords over 0 to 80 Hz of touch, settled."""
    sets = [parameters, *(parameters.changed(**changes) for changes in CORDS.values())]
    together = SimpleNamespace(
        **{name: np.array([[getattr(one, name)] for one in sets]) for name in DorsalHorn.described()}
    )
    touch = np.append(TOUCH, parameters.touch)  # the learner's own touch stands last
    _, _, projection, _, _ = settled(together, together.c_fibre_input, np.tile(touch, (len(sets), 1)))
    hurts = pain(together, projection)
    return TouchCurves(
        parameters, TOUCH, projection[:, :-1], hurts[:, :-1], float(projection[0, -1]), float(hurts[0, -1])
    )
