"""One visit: what the nerve endings send while the needle is in, and how the pain threshold rises, peaks and falls."""

from __future__ import annotations

from typing import Any

import numpy as np

from lessons.figures import style
from lessons.models.neuromodulation import CONTINUOUS, ELECTRICAL, STILL
from lessons.models.neuromodulation_series import Arms

STRIP, MAIN = ("x", "y2"), ("x", "y")
MINUTE = 60.0
HEIGHT = (-5.0, 112.0)
MOST_FIRING = 2.0
TABLE_MINUTES = (1, 2, 5, 10, 20, 30, 40, 60, 90, 120)
SMALL_GAP = 5.0  # points of %: about what trials in people find, and less than one person's chance


def retention_course(arms: Arms, view: Any = None) -> dict:
    """The figure of one visit.

    With a `view` whose `human_only` is 1 the strip of the nerve endings fades: it rests on rats.
    """
    p = arms.parameters
    human_only = bool(getattr(view, "human_only", 0))
    minutes = arms.real.time / MINUTE
    removal = arms.removal / MINUTE
    real, sham = arms.read("pain_threshold"), arms.read("pain_threshold", sham=True)
    place, firing = arms.read("pain_threshold_region"), arms.read("afferent_input")
    strong = 0.3 if human_only else 1.0
    data = [
        style.curve(
            minutes, firing, "@retention", STRIP, width=1.5, fill="tozeroy", fillcolor="@retention/0.35", opacity=strong
        ),
        style.curve(
            np.concatenate([minutes, minutes[::-1]]),
            np.concatenate([real, sham[::-1]]),
            "@retention/0",
            MAIN,
            width=0,
            fill="toself",
            fillcolor="@retention/0.18",
            hoverinfo="skip",
        ),
        style.curve(minutes, place, "@ink", MAIN, "dashdot", 1.5, name="at the place measured"),
        style.curve(minutes, sham, "@context", MAIN, "dot", 3, name="sham", meta="pin"),
        style.curve(minutes, real, "@retention", MAIN, "solid", 3.5, name="real needles", meta="pin"),
    ]
    figure_layout = style.layout(
        430,
        (64, 14, 36, 48),
        xaxis=style.axis("minutes since the needles went in", 0, 120, dtick=10, anchor="y"),
        yaxis=style.axis("rise of the pain threshold, %", *HEIGHT, dtick=20, domain=[0, 0.74], anchor="x"),
        yaxis2=style.axis("firing", 0, MOST_FIRING, domain=[0.80, 1], anchor="x", tickvals=[0, 1, 2], showgrid=False),
    )
    figure_layout["shapes"] = _window(removal)
    figure_layout["annotations"] = [
        style.label(
            1.0,
            1.0,
            _strip_words(p, human_only),
            "@muted" if human_only else "@retention-text",
            xref="paper",
            yref="paper",
            xanchor="right",
            yanchor="top",
        ),  # fmt: skip
        *_key(arms),
        *_levels(arms, removal),
        style.label(
            removal,
            1.0,
            "needles out",
            "@muted" if removal else "@muted/0",
            xref="x",
            yref="paper",
            yanchor="bottom",
            xanchor="center",
            yshift=2,
        ),
    ]
    return {
        "title": _finding(arms),
        "data": data,
        "layout": figure_layout,
        "twin": _sentence(arms),
        "table": _table(arms),
        "narrow": {"margin": {"l": 54, "r": 8, "t": 36, "b": 46}},
    }


def _window(removal: float) -> list[dict]:
    """The time in which the needles are in, and the moment at which they come out."""
    return [
        {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": 0,
            "x1": removal,
            "y0": 0,
            "y1": 1,
            "fillcolor": "@retention/0.08",
            "line": {"width": 0},
            "layer": "below",
        },
        {
            "type": "line",
            "xref": "x",
            "yref": "paper",
            "x0": removal,
            "x1": removal,
            "y0": 0,
            "y1": 1,
            "line": {"color": "@muted" if removal else "@muted/0", "width": 1.5, "dash": "dot"},
        },
    ]


def _strip_words(p, human_only: bool) -> str:
    source = " (seen in rats)" if human_only else ""
    if not p.needles or not p.strength or not p.retention or p.anaesthetic == 1:
        return f"nerve endings: silent{source}"
    if p.stimulation in (CONTINUOUS, ELECTRICAL):
        return f"nerve endings fire all the time{source}"
    if p.resting_discharge > 0:
        return f"nerve endings fire at rest, too: the rival account{source}"
    if p.stimulation == STILL:
        return f"nerve endings: one burst, then silence{source}"
    return f"nerve endings: a burst at each turn, silence between{source}"


def _key(arms: Arms) -> list[dict]:
    """The three lines by name; where the third cannot be told from the first, that is said."""
    place, body = arms.read("pain_threshold_region"), arms.read("pain_threshold")
    covered = " (same line)" if np.abs(place - body).max() < 1 else ""
    names = (
        ("real needles, whole body", "━", "@retention-text"),
        ("sham, whole body", "···", "@context"),
        (f"real needles, {_place(arms.parameters)}{covered}", "–·–", "@ink"),
    )
    return [
        style.label(
            0.995,
            0.73 - 0.055 * i,
            f"{sign} {name}",
            colour,
            xref="paper",
            yref="paper",
            xanchor="right",
            yanchor="top",
        )
        for i, (name, sign, colour) in enumerate(names)
    ]


def _place(p) -> str:
    if p.distance == 0:
        return "opposite the needle" if p.opposite_side else "at the needle"
    return f"{p.distance:g} segment{'s' if p.distance != 1 else ''} away"


def _levels(arms: Arms, removal: float) -> list[dict]:
    """What both arms have reached as the needles come out, written beside that moment."""
    reached = [arms.at("pain_threshold", arms.removal, sham) for sham in (False, True)]
    heights = style.spread(reached, 8.0, 0.0, 104.0)
    colours = ("@retention-text", "@context") if removal else ("@retention-text/0", "@context/0")
    return [
        style.label(removal, height, f"<b>+{value:.0f} %</b>", colour, xref="x", yref="y", xshift=7)
        for height, value, colour in zip(heights, reached, colours, strict=True)
    ]


def _finding(arms: Arms) -> str:
    p, removal = arms.parameters, arms.removal / MINUTE
    if removal == 0:
        return "No visit, no effect"
    reached = arms.at("pain_threshold", arms.removal)
    if reached < 0.05:
        return "Nothing goes in, and nothing changes"
    if not p.needles or not p.strength:
        return f"No needle, and still +{reached:.0f} %: that is the context"
    if arms.gap < 0.5:
        return f"Needles and sham cannot be told apart: both reach +{reached:.0f} %"
    if arms.gap <= SMALL_GAP:
        return f"Needles and sham rise together: the needle adds {arms.gap:.1f} points"
    if p.stimulation in (CONTINUOUS, ELECTRICAL):
        return f"A slow rise to +{reached:.0f} %, and a slow fall after the needles are out"
    return f"The needle adds {arms.gap:.0f} points to sham, and some of it outlasts the needle"


def _sentence(arms: Arms) -> str:
    if arms.removal == 0:
        return "The needles are not left in at all, so the pain threshold stays where it is."
    reached = arms.at("pain_threshold", arms.removal)
    half = arms.half_gone
    fall = f"Half of that is gone {half:.0f} min later." if half < 100 else "There is nothing to fall."
    return (
        f"As the needles come out after {arms.removal / MINUTE:.0f} min, the pain threshold of the whole body stands "
        f"{reached:.1f} % higher, with sham {arms.at('pain_threshold', arms.removal, True):.1f} %. {fall}"
    )


def _table(arms: Arms) -> dict:
    seconds = [MINUTE * m for m in TABLE_MINUTES]
    columns = [
        np.array([arms.at(name, s, sham) for s in seconds])
        for name, sham in (
            ("pain_threshold", False),
            ("pain_threshold", True),
            ("pain_threshold_region", False),
            ("afferent_input", False),
        )
    ]
    return {
        "first": "minute",
        "rows": [str(m) for m in TABLE_MINUTES],
        "columns": ["real needles, %", "sham, %", "at the place measured, %", "discharge of the endings"],
        "values": columns,
        "digits": [1, 1, 1, 2],
    }
