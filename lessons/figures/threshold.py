"""All or none: the same needle with one pass more, and the knot is gone."""

from __future__ import annotations

import numpy as np

from lessons.figures import style
from lessons.models.trigger_point import OBSERVABLES
from lessons.simulation import Trajectory

RELEASED = 20.0


def threshold(runs: list[Trajectory]) -> dict:
    """Fuel after 1, 2, ... passes on the left, pain an hour and a half later on the right."""
    counts = np.arange(1, len(runs) + 1)
    fuel = [run.state.phosphocreatine for run in runs]
    released = np.array([f[-1] > RELEASED for f in fuel])
    pain = np.array([float(OBSERVABLES["pain"].read(run)[-1]) for run in runs])
    data = []
    for run, f, free in zip(runs, fuel, released, strict=True):
        colour, dash = ("@retention", "longdash") if free else ("@release/0.85", "solid")
        data.append(style.curve(run.time, f, colour, ("x", "y"), dash, 2.5))
    data.append(
        style.marks(
            counts.astype(float),
            pain,
            ["@retention" if free else "@release" for free in released],
            ("x2", "y2"),
            13,
            symbol=["square" if free else "circle" for free in released],
        )
    )
    layout = style.layout(
        360,
        (56, 16, 26, 48),
        xaxis=style.time_axis("time since the first pass", 1, 5400, domain=[0, 0.56], anchor="y"),
        yaxis=style.axis("fuel, mM", 0, 32, domain=[0, 1], anchor="x", dtick=10),
        xaxis2=style.axis(
            "needle passes", 0.4, len(runs) + 0.6, domain=[0.68, 1], anchor="y2", tickvals=[1, 3, 6, 9, 12]
        ),
        yaxis2=style.axis("pain after 90 min", 0, 10, domain=[0, 1], anchor="x2", dtick=2),
    )
    first = int(counts[released][0]) if released.any() else None
    layout["annotations"] = [
        style.label(0.06, 30.6, "lets go: dashed", "@retention-text", xref="x", yref="y"),
        style.label(0.06, 1.4, "falls back: solid", "@release-text", xref="x", yref="y"),
    ]
    return {
        "title": _finding(first, len(runs)),
        "data": data,
        "layout": layout,
        "twin": _sentence(runs, first),
        "table": {
            "first": "passes",
            "rows": [str(n) for n in counts],
            "columns": ["fuel after 90 min, mM", "pain after 90 min", "twitches"],
            "values": [np.array([f[-1] for f in fuel]), pain, np.array([float(run.notes["twitches"]) for run in runs])],
            "digits": [1, 1, 0],
        },
    }


def _finding(first: int | None, most: int) -> str:
    if first is None:
        return f"Not even {most} passes like these are enough"
    if first == 1:
        return "One pass is enough here"
    return f"{first - 1} {'pass fails' if first == 2 else 'passes fail'}, {first} reset the knot: nothing in between"


def _sentence(runs: list[Trajectory], first: int | None) -> str:
    p = runs[0].parameters
    how = f"With a strength of {p.strength:.2f}, {p.miss:.1f} mm beside the spot"
    if first is None:
        return f"{how}, no number of passes up to {len(runs)} releases the knot."
    return (
        f"{how}, {first} {'pass releases' if first == 1 else 'passes release'} the knot; more add nothing but soreness."
    )
