"""Two accounts, one treatment: what each expects to change, and where an experiment could tell them apart."""

from __future__ import annotations

import numpy as np

from lessons.figures import style
from lessons.models.duel import Duel, Row

AXES = ("x", "y")
# Changes nearer together than this share of a row's scale count as the same expectation.
ALIKE = 0.2


def model_duel(compared: tuple[Duel, list[Row]]) -> dict:
    """A row for each measurement: circle the knot's change, square the rival's, zero in the middle."""
    _, rows = compared
    place = np.arange(len(rows))[::-1].astype(float)
    knot = np.array([r.knot / r.scale for r in rows])
    cord = np.array([r.cord / r.scale for r in rows])
    apart = np.abs(knot - cord) > ALIKE
    gap = np.full(len(rows), np.nan)
    data = [
        style.curve(
            np.column_stack([knot, cord, gap]).ravel(),
            np.column_stack([place, place, gap]).ravel(),
            "@line",
            AXES,
            width=3,
            hoverinfo="skip",
        ),
        style.marks(knot, place, "@release", AXES, 15),
        style.marks(cord, place, "@retention", AXES, 14, symbol="square"),
    ]
    annotations = [
        style.label(0, y, f"<b>{r.name}</b>", xref="paper", yref="y", xanchor="right", xshift=-10, yshift=9)
        for y, r in zip(place, rows, strict=True)
    ]
    annotations += [
        style.label(
            0, y, f"{_signed(r.knot, r.digits)} / {_signed(r.cord, r.digits)} {r.unit}", "@muted",
            xref="paper", yref="y", xanchor="right", xshift=-10, yshift=-9,
        )
        for y, r in zip(place, rows, strict=True)
    ]  # fmt: skip
    annotations += [
        style.label(1, y, "differ" if far else "alike", "@ink", xref="paper", yref="y", xshift=8)
        for y, far in zip(place, apart, strict=True)
    ]
    annotations += [
        style.label(0, 1.0, "● the knot", "@release-text", xref="paper", yref="paper", yanchor="bottom"),
        style.label(
            0.24, 1.0, "■ the rival: a sensitised cord", "@retention-text", xref="paper", yref="paper", yanchor="bottom"
        ),
    ]
    layout = style.layout(
        400,
        (240, 64, 26, 46),
        xaxis=style.axis(
            "change after the treatment", -1.15, 1.15, anchor="y", tickvals=[-0.75, 0, 0.75],
            ticktext=["less", "no change", "more"],
        ),
        yaxis=style.blank_axis(-0.6, len(rows) - 0.4, anchor="x"),
    )  # fmt: skip
    layout["annotations"] = annotations
    layout["shapes"] = [
        {
            "type": "line", "xref": "x", "yref": "y domain", "x0": 0, "x1": 0, "y0": 0, "y1": 1,
            "line": {"color": "@muted", "width": 1.5},
        }
    ]  # fmt: skip
    differing = [r.name for r, far in zip(rows, apart, strict=True) if far]
    return {
        "title": _finding(differing, len(rows)),
        "data": data,
        "layout": layout,
        "narrow": {"margin": {"l": 205, "r": 56, "t": 26, "b": 46}},
        "twin": _sentence(rows, differing),
        "table": {
            "first": "measured",
            "rows": [f"{r.name}, {r.unit}" for r in rows],
            "columns": ["the knot: change", "the rival: change"],
            "values": [np.array([r.knot for r in rows]), np.array([r.cord for r in rows])],
            "digits": [1, 1],
        },
    }


def _signed(value: float, digits: int) -> str:
    text = f"{abs(value):.{digits}f}"
    return text if not float(text) else f"{'+' if value > 0 else '−'}{text}"


def _finding(differing: list[str], count: int) -> str:
    if not differing:
        return "Nothing measured here tells the two accounts apart"
    if "pain after 10 min, reflex cut" in differing:
        return "Cut the reflex, and the two accounts expect different things"
    return f"The two accounts differ in {len(differing)} of {count} measurements"


def _sentence(rows: list[Row], differing: list[str]) -> str:
    pain, cut = rows[0], rows[-1]
    return (
        f"After 10 min pain changes by {_signed(pain.knot, 1)} in the knot and {_signed(pain.cord, 1)} in the rival; "
        f"with the reflex cut by {_signed(cut.knot, 1)} and {_signed(cut.cord, 1)}. They differ in: "
        f"{', '.join(differing) or 'nothing'}."
    )
