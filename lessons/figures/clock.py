"""The time at which a picture of a run is looked at. Needs no new run of the model."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.figures.style import WEEK
from lessons.simulation import Parameters, parameter


@dataclass(frozen=True, kw_only=True)
class Clock(Parameters):
    """Where the clock of a figure stands, in seconds since the treatment."""

    clock: float = parameter(
        600.0, 1, 6 * WEEK, "s", "time shown", "set by the learner", "assumed", scale="log", group="The picture"
    )
