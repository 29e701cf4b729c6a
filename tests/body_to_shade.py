"""A body to shade in three steps, for the tests of the chart itself."""

from __future__ import annotations

from lessons.interface.body_map import BodyMap
from lessons.treated_body import MUSCLE, chart


def to_shade() -> BodyMap:
    return BodyMap(
        chart().regions.values(),
        "Mara's right upper trapezius is needled. Where will pain ease, and how much?",
        words=("a little", "clearly", "strongly"),
        clickable=True,
        details=chart().details,
        muscle=chart().muscles[MUSCLE],
    )
