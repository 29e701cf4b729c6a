"""Mara's body on the page: where it hurts, and where an effect is expected."""

from __future__ import annotations

from lessons.interface.body_map import BodyMap
from lessons.treated_body import MUSCLE, REGION, chart

# What she marked: most over the muscle that holds her knot, some up the neck, a little behind the ear.
MARAS_PAIN = {REGION: 3, "nape-r": 2, "head_back-r": 1}


def mara() -> BodyMap:
    """Mara's chart, pain only."""
    return BodyMap(
        chart().regions.values(), "Mara: right neck and shoulder", MARAS_PAIN, hue="@blood", details=chart().details
    )


def where_will_it_act() -> BodyMap:
    """The body to shade, with the muscle that will be needled."""
    return BodyMap(
        chart().regions.values(),
        "Mara's right upper trapezius is needled. Where will pain ease, and how much?",
        words=("a little", "clearly", "strongly"),
        clickable=True,
        details=chart().details,
        muscle=chart().muscles[MUSCLE],
    )
