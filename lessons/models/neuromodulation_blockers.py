"""What survives? One treatment under each blocker alone, under all of them, and under a mix of the learner's own."""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np

from lessons.models.neuromodulation import LAST_LOOK, MINUTE, Neuromodulation, sham_of, simulate
from lessons.models.neuromodulation_equations import State
from lessons.models.neuromodulation_readings import at_needle, body_wide, region
from lessons.simulation import Trajectory

FULL = 1.0  # a full human dose, or a block of all
BLOCKERS = ("naloxone", "serotonin_block", "gaba_block", "anaesthetic")
# Row -> what it changes. Belief is taken away by an expectation of 0.
ROWS: dict[str, dict[str, float]] = {
    **{name: {name: FULL} for name in BLOCKERS},
    "belief": {"expectancy": 0.0},
    "everything": {**dict.fromkeys(BLOCKERS, FULL), "expectancy": 0.0},
}
OUTCOMES = ("real", "sham", "needle")


class Survey(NamedTuple):
    """Rise of the threshold (%) six seconds before removal. `open_`: nothing blocked; `rows`: (6, 3); `own`: (3,).

    Columns: real needles, whole body; sham, whole body; real needles, at the needle itself.
    """

    parameters: Neuromodulation
    open_: np.ndarray
    rows: np.ndarray
    own: np.ndarray

    def left(self) -> tuple[np.ndarray, np.ndarray]:
        """Per cent of `open_` that is left: by row (6, 3), in the learner's mix (3,); NaN where there was nothing."""
        with np.errstate(divide="ignore", invalid="ignore"):
            whole = np.where(self.open_ > 0.05, self.open_, np.nan)
            return 100 * self.rows / whole, 100 * self.own / whole


def survey(parameters: Neuromodulation) -> Survey:
    """All rows for one treatment. The expectation of the open treatment is that of the learner's belief."""
    p = parameters
    unblocked = p.changed(**dict.fromkeys(BLOCKERS, 0.0))
    rows = np.array([outcomes(unblocked.changed(**change)) for change in ROWS.values()])
    return Survey(p, outcomes(unblocked), rows, outcomes(p))


def outcomes(p: Neuromodulation) -> np.ndarray:
    """(3,) the rise of the threshold (%) at the last look: real, sham, and at the needle."""
    real, sham = _last(_dynamic(p)), _last(_dynamic(sham_of(p)))
    return 100 * np.array(
        [body_wide(p, real), body_wide(sham_of(p), sham), region(p, real, 0.0, False) + at_needle(p, real)], dtype=float
    )


def _dynamic(p: Neuromodulation) -> Neuromodulation:
    """The treatment without what acts on readings only, so that one run serves several rows."""
    return p.changed(serotonin_block=0.0, gaba_block=0.0)


def _last(p: Neuromodulation) -> State:
    run = _run(p)
    return State(*(float(column[-1]) for column in run.state))


@functools.lru_cache(maxsize=512)
def _run(p: Neuromodulation) -> Trajectory:
    removal = MINUTE * p.retention
    return simulate(p, np.array([0.0, removal - min(LAST_LOOK, removal / 2)]) if removal > 0 else np.array([0.0]))
