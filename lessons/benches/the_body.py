"""Mara's body on the page: where it hurts, and where an effect is expected."""

from __future__ import annotations

from lessons.benches.patient import MARA, NOTE
from lessons.figures.body_shapes import segment_name
from lessons.figures.style import words
from lessons.figures.two_bodies import Begun, predicted_on_both, reached
from lessons.interface.body_prediction import BodyPrediction, Plan
from lessons.interface.muscle_map import MuscleMap
from lessons.interface.patient_chart import PatientChart
from lessons.models.side_by_side import Mix
from lessons.treated_body import MUSCLE, PLACES, REGION, chart

# What she marked: most over the muscle that holds her knot, some up the neck, a little behind the ear.
MARAS_PAIN = {REGION: 3, "nape-r": 2, "head_back-r": 1}


def mara() -> PatientChart:
    """Mara's chart, pain only, and how she is now."""
    return PatientChart(
        chart().regions.values(),
        "Mara: right neck and shoulder",
        MARA,
        MARAS_PAIN,
        hue="@blood",
        details=chart().details,
        note=NOTE,
    )


def where_will_it_act() -> BodyPrediction:
    """The body to shade before the two bodies of page 00 open: once for each treatment."""
    mix, seconds = Mix(), Begun().clock
    needled = "; ".join(chart().regions[place].label for place in PLACES[: mix.needles])
    plans = {
        "release": Plan("Release", f"A needle goes {mix.passes} times into the knot, in the muscle that is outlined."),
        "retention": Plan(
            "Retain", f"{mix.needles} needles stay for {mix.minutes:.0f} minutes, at these places: {needled}."
        ),
    }
    return BodyPrediction(
        chart().regions.values(),
        f"After {words(seconds)}: where will it take at least a tenth more pressure to hurt than before?",
        plans,
        lesson="00",
        id="where-each-acts",
        reached=lambda found: reached(found, seconds),
        marks=lambda shadings: predicted_on_both(chart(), shadings),
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
