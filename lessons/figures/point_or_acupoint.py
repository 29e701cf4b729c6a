"""A piece of skin with two kinds of points thrown at random, and how often they match, by the rule for a match."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lessons.figures import style
from lessons.models.matching_points import RADII, SQUARE, Matches

SKIN, CURVE = ("x", "y"), ("x2", "y2")
CIRCLE = np.linspace(0, 2 * np.pi, 33)


def point_or_acupoint(found: Matches, published: Sequence[tuple[str, float]] = ()) -> dict:
    """`published`: (name, per cent that matched) of comparisons that were made in books."""
    hit = found.matched
    data = [
        _circles(found.there[found.used], found.rule.radius),
        style.marks(*found.there[~found.used].T, "@none", SKIN, 7, "@none", symbol="square-open"),
        style.marks(*found.there[found.used].T, "@retention", SKIN, 7, "@retention", symbol="square"),
        style.marks(*found.spots[~hit].T, "@release", SKIN, 10, "@release", symbol="circle-open"),
        style.marks(*found.spots[hit].T, "@release", SKIN, 10, "@release"),
        style.curve(RADII, found.curve, "@ink", CURVE, hoverinfo="skip", meta="pin"),
        style.marks([found.rule.radius], [found.share], "@ink", CURVE, 12),
    ]
    layout = style.layout(
        400,
        (10, 158, 62, 52),
        xaxis={**style.blank_axis(0, SQUARE), "anchor": "y", "domain": [0, 0.44]},
        yaxis={**style.blank_axis(0, SQUARE), "anchor": "x", "scaleanchor": "x", "constrain": "domain"},
        xaxis2=style.axis("how far apart still counts, cm", 0, float(RADII[-1]), anchor="y2", domain=[0.54, 1]),
        yaxis2=style.axis("", 0, 100, anchor="x2", ticksuffix=" %"),
    )
    top = {"xref": "paper", "yref": "paper", "yanchor": "bottom"}
    layout["annotations"] = [
        style.label(0, 1.0, "■ acupuncture point, and how near counts", "@retention-text", yshift=20, **top),
        style.label(0, 1.0, "● trigger point, filled: a match", "@release-text", yshift=2, **top),
        style.label(0.54, 1.0, "<b>matches by chance alone</b>", yshift=2, **top),
        *style.end_labels([(share, f"{share:g} %: {name}", "@both") for name, share in published], 9, 4, 98, "y2"),
    ]
    layout["shapes"] = [
        {
            "type": "rect", "xref": "x", "yref": "y", "x0": 0, "x1": SQUARE, "y0": 0, "y1": SQUARE,
            "line": {"color": "@line", "width": 1},
        },
        *(
            {
                "type": "line", "xref": "x2 domain", "yref": "y2", "x0": 0, "x1": 1, "y0": share, "y1": share,
                "line": {"color": "@both", "width": 1.5, "dash": "dot"},
            }
            for _, share in published
        ),
    ]  # fmt: skip
    return {
        "title": f"By chance alone {found.share:.0f} % would match",
        "data": data,
        "layout": layout,
        "narrow": {"margin": {"l": 6, "r": 140, "t": 62, "b": 52}},
        "twin": _sentence(found),
        "table": _table(found),
    }


def _circles(centres: np.ndarray, radius: float) -> dict:
    """The neighbourhood of each acupuncture point, as one filled line, cut at the edge of the skin."""
    x, y = [], []
    for cx, cy in centres:
        x += [*np.clip(cx + radius * np.cos(CIRCLE), 0, SQUARE), np.nan]
        y += [*np.clip(cy + radius * np.sin(CIRCLE), 0, SQUARE), np.nan]
    return {
        **style.curve(np.array(x), np.array(y), "@retention", SKIN, width=0.75, hoverinfo="skip"),
        "fill": "toself",
        "fillcolor": "@retention/0.14",
    }


def _sentence(found: Matches) -> str:
    rule, hits = found.rule, int(found.matched.sum())
    return (
        f"If {rule.radius:.1f} cm still counts as one place, and {rule.same_use:.0f} % of {rule.points:.0f} "
        f"acupuncture points are for the same pain, {found.share:.0f} of 100 trigger points match by chance alone; "
        f"on this piece of skin {hits} of {len(found.spots)}."
    )


def _table(found: Matches) -> dict:
    kept = slice(0, None, 20)
    return {
        "first": "how far apart still counts",
        "rows": [f"{radius:.0f} cm" for radius in RADII[kept]],
        "columns": ["matches by chance, %"],
        "values": [found.curve[kept]],
        "digits": [0],
    }
