"""Runs that belong together: the same muscle treated with ever more passes, or with one arrow of the loop cut."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lessons.models.trigger_point import State, TriggerPoint, rest_state, simulate
from lessons.simulation import Trajectory

MOST_PASSES = 12
NINETY_MINUTES = np.geomspace(1, 5400, 90)
NINETY_MINUTES.flags.writeable = False
CUTS = (
    "cut_release",
    "cut_esterase",
    "cut_pump_acid",
    "cut_pump_energy",
    "cut_calcium_release",
    "cut_phosphate",
    "cut_pressure",
)


def more_and_more_passes(parameters: TriggerPoint) -> list[Trajectory]:
    """The muscle of `parameters` needled with 1, 2, ... 12 passes, each followed for 90 minutes."""
    needle = parameters.changed(pressure=0.0, pressure_seconds=0.0)
    return [simulate(needle.changed(passes=n), NINETY_MINUTES) for n in range(1, MOST_PASSES + 1)]


class Cuts(NamedTuple):
    """`alone`: field of a cut arrow -> State at rest; `whole`: the uncut knot; `chosen`: cut as the parameters say."""

    parameters: TriggerPoint
    alone: dict[str, State]
    whole: State
    chosen: State


def one_arrow_cut(parameters: TriggerPoint) -> Cuts:
    """Where the knot comes to rest with each arrow cut alone, with none, and with those cut in `parameters`."""
    muscle = parameters.changed(
        knot=1, passes=0, pressure=0.0, pressure_seconds=0.0, acute_overload=0.0, load_after=parameters.load
    )
    whole = muscle.changed(**dict.fromkeys(CUTS, 0))
    alone = {name: rest_state(whole.changed(**{name: 1}))[0] for name in CUTS}
    return Cuts(parameters, alone, rest_state(whole)[0], rest_state(muscle)[0])
