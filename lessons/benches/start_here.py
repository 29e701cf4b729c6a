"""Page 00: the first touch."""

from __future__ import annotations

from lessons.figures.clock import Clock
from lessons.figures.first_look import first_look
from lessons.interface.explorer import Explorer
from lessons.models.trigger_point import TriggerPoint, simulate


def first_touch() -> Explorer:
    return Explorer(
        TriggerPoint(passes=6),
        simulate,
        first_look,
        ["passes", "clock"],
        view=Clock(clock=1.0),
        play="clock",
        name="first-touch",
    )
