"""Mara's body on the page: where it hurts, and where an effect is expected."""

from __future__ import annotations

from lessons.figures.body_shapes import segment_name
from lessons.interface.body_map import BodyMap
from lessons.interface.muscle_map import MuscleMap
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


def muscles(chosen: str = MUSCLE) -> MuscleMap:
    """The muscles that are needled, with one of them chosen; at first the one that holds Mara's knot."""
    return MuscleMap(
        chart().regions.values(),
        chart().muscles.values(),
        "Which muscle is needled, and where is its pain felt?",
        segment_name,
        chosen=chosen,
        details=chart().details,
    )
