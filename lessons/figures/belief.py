"""Belief against allocation: real or sham, believed or doubted, as two lines from doubt to belief."""

from __future__ import annotations

import numpy as np

from lessons.figures import style
from lessons.figures.three_arms import LOOKS
from lessons.models.three_arms import TREATMENTS
from lessons.models.trial_belief import Belief

LOWEST, HIGHEST = -0.2, 1.7  # points
DOUBTED, BELIEVED = 0.0, 1.0
LEVEL = 0.03


def belief(found: Belief) -> dict:
    """The figure of four groups: sham and real, doubted and believed."""
    colour, ink = LOOKS[found.parameters.real]
    looks = (("sham", "@context", "@context", "dot", "triangle-up"), ("real", colour, ink, "solid", "circle"))
    places = np.array([DOUBTED, BELIEVED])
    data = []
    for less, half, (name, look, _, dash, symbol) in zip(found.less, found.half, looks, strict=True):
        shown = np.clip(less, LOWEST, HIGHEST)
        ends = np.clip(
            np.concatenate([[a - b, a + b, np.nan] for a, b in zip(less, half, strict=True)]), LOWEST, HIGHEST
        )
        data += [
            style.curve(places, shown, look, ("x", "y"), dash, meta="pin", name=name, hoverinfo="skip"),
            style.curve(np.repeat(places, 3), ends, look, ("x", "y"), width=2, hoverinfo="skip"),
            style.marks(places, shown, look, ("x", "y"), 13, symbol=symbol),
        ]
    layout = style.layout(
        420,
        (62, 12, 34, 52),
        xaxis=style.axis(
            "", -0.45, 1.45, tickvals=[DOUBTED, BELIEVED], ticktext=["", ""], showgrid=False, anchor="y",
        ),
        yaxis=style.axis(
            "points less pain than without treatment", LOWEST, HIGHEST, tickvals=[0, 0.5, 1, 1.5], anchor="x",
        ),
    )  # fmt: skip
    layout["annotations"] = [*_ends(found, looks), *_gaps(found, ink), *_groups(found)]
    return {
        "title": _finding(found),
        "data": data,
        "layout": layout,
        "twin": _sentence(found),
        "table": _table(found),
    }


def _groups(found: Belief) -> list[dict]:
    """Who they are and how many, below the axis: labels, since a tick's words cannot move while a slider does."""
    sham, real = found.count.astype(int)
    below = {"xref": "x", "yref": "paper", "xanchor": "center", "yanchor": "top", "yshift": -8}
    return [
        style.label(float(k), 0, f"<b>{words}</b><br>{sham[k]} with sham, {real[k]} with real", "@ink", **below)
        for k, words in enumerate(("doubted", "believed"))
    ]


def _ends(found: Belief, looks: tuple) -> list[dict]:
    """The values, on the outer side of each end of a line."""
    labels = []
    for k, (side, shift) in enumerate((("right", -14), ("left", 14))):
        heights = style.spread([float(np.nan_to_num(v)) for v in found.less[:, k]], 0.14, LOWEST + 0.1, HIGHEST - 0.1)
        for height, less, (name, _, ink, *_) in zip(heights, found.less[:, k], looks, strict=True):
            text = f"{name} {style.points(float(less))}" if np.isfinite(less) else f"{name}: nobody"
            at = {"xref": "x", "yref": "y", "yanchor": "middle", "xanchor": side, "xshift": shift}
            labels.append(style.label(float(k), height, text, ink, **at))
    return labels


def _gaps(found: Belief, ink: str) -> list[dict]:
    """What the two slopes and the two gaps say, above the lines."""
    if not np.isfinite(found.believing):
        return [style.label(0, 1, "", xref="paper", yref="paper"), style.label(1, 1, "", xref="paper", yref="paper")]
    above = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "yshift": 8}
    return [
        style.label(0, 1, f"<b>believing adds {style.points(found.believing)}</b> (slope of the lines)", **above),
        style.label(
            1, 1, f"<b>real adds {style.points(found.needled)}</b> to sham (gap)", ink, xanchor="right", **above
        ),
    ]  # fmt: skip


def _finding(found: Belief) -> str:
    believing, needled = found.believing, found.needled
    if not np.isfinite(believing):
        return "Here nobody doubts, so belief cannot be told from the treatment"
    if abs(believing) < LEVEL and abs(needled) < LEVEL:
        return "Neither believing nor the needle adds anything"
    if abs(believing) < LEVEL:
        return "Believing adds nothing here: only the treatment that was given counts"
    if abs(needled) < LEVEL:
        return "What people believe is all that counts here, not what they were given"
    if believing > needled + LEVEL:
        return "What people believe they got counts more than what they got"
    if needled > believing + LEVEL:
        return "What people got counts more than what they believe they got"
    return "What people got and what they believe they got count about the same"


def _sentence(found: Belief) -> str:
    (sham_doubted, sham), (real_doubted, real) = (
        [style.points(float(v)) if np.isfinite(v) else "nobody" for v in row] for row in found.less
    )
    start = (
        f"Compared with no treatment, {TREATMENTS[found.parameters.real]} take away {real} points of pain in those who "
        f"believe and {real_doubted} in those who doubt; sham takes away {sham} and {sham_doubted}."
    )
    if not np.isfinite(found.believing):
        return start
    return (
        f"{start} Believing adds {style.points(found.believing)} points, being given the real treatment "
        f"{style.points(found.needled)}."
    )


def _table(found: Belief) -> dict:
    names = [f"{arm}, {words}" for arm in ("sham", "real") for words in ("doubted", "believed")]
    less, half = found.less.ravel(), found.half.ravel()
    return {
        "first": "group",
        "rows": names,
        "columns": ["people", "points less pain", "95 % interval from", "to"],
        "values": [found.count.ravel(), less, less - half, less + half],
        "digits": [0, 2, 2, 2],
    }
