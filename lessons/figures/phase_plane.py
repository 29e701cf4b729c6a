"""Fuel and acid as a map: where the muscle comes to rest, and the border between the two fates."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from lessons.figures import style
from lessons.figures.clock import Clock
from lessons.models.trigger_point import TriggerPoint
from lessons.models.trigger_point_equilibria import equilibria, nullclines, separatrix
from lessons.simulation import Trajectory

AXES = ("x", "y")
KINDS = {
    "healthy": ("healthy rest", "@retention"),
    "contracted": ("the knot", "@release"),
    "saddle": ("tipping point", "@ink"),
}
TABLE_TIMES = (1.0, 30.0, 60.0, 300.0, 600.0, style.HOUR, 6 * style.HOUR)


def phase_plane(trajectory: Trajectory, view: Clock) -> dict:
    """The map at the load after the treatment, with the path of this run and where it stands at the clock's time."""
    at = float(np.clip(view.clock, trajectory.time[0], trajectory.time[-1]))
    lines, border, rests = _map(_resting(trajectory.parameters))
    acid, fuel = trajectory.state.acidity, trajectory.state.phosphocreatine
    here = (float(np.interp(at, trajectory.time, acid)), float(np.interp(at, trajectory.time, fuel)))
    data = [
        style.curve(lines["acidity"][:, 0], lines["acidity"][:, 1], "@both", AXES, "dash", 1.5),
        style.curve(lines["phosphocreatine"][:, 0], lines["phosphocreatine"][:, 1], "@none", AXES, "dot", 1.5),
        style.curve(border[:, 0], border[:, 1], "@ink", AXES, "solid", 2.5),
        style.curve(acid, fuel, "@release", AXES, meta="pin", name="this run"),
        style.marks([trajectory.before.acidity], [trajectory.before.phosphocreatine], "@paper", AXES, 11, "@release"),
        style.marks([here[0]], [here[1]], "@release", AXES, 14),
    ]
    annotations = [
        style.label(6.56, 22, "falls back<br>into the knot", "@release-text", xref="x", yref="y", xanchor="center"),
        style.label(7.01, 7, "the knot<br>dissolves", "@retention-text", xref="x", yref="y", xanchor="center"),
    ]
    for rest in rests:
        name, colour = KINDS[rest.kind]
        x, y = float(rest.state.acidity), float(rest.state.phosphocreatine)
        data.append(
            style.marks(
                [x], [y], colour if rest.stable else "@paper", AXES, 12, colour, "square" if rest.stable else "diamond"
            )
        )
        annotations.append(style.label(x, y, name, colour, xref="x", yref="y", **_beside(x)))
    layout = style.layout(
        430,
        (62, 20, 14, 50),
        xaxis=style.axis("acidity, pH (acid on the left)", 6.45, 7.09, dtick=0.1, anchor="y"),
        yaxis=style.axis("fuel: phosphocreatine, mM", 0, 32, dtick=5, anchor="x"),
    )
    layout["annotations"] = annotations
    return {
        "title": _finding(trajectory, rests),
        "data": data,
        "layout": layout,
        "twin": (
            f"At {style.words(at)} the muscle stands at pH {here[0]:.2f} and {here[1]:.1f} mM phosphocreatine; "
            f"it {'comes to rest healthy' if _healthy(trajectory) else 'comes to rest as a knot'}."
        ),
        "table": {
            "first": "time",
            "rows": [style.words(t) for t in TABLE_TIMES],
            "columns": ["acidity (pH)", "phosphocreatine, mM"],
            "values": [np.interp(TABLE_TIMES, trajectory.time, acid), np.interp(TABLE_TIMES, trajectory.time, fuel)],
            "digits": [2, 1],
        },
    }


def _resting(p: TriggerPoint) -> TriggerPoint:
    return p.changed(
        load=p.load_after, passes=0, pressure=0.0, pressure_seconds=0.0, acute_overload=0.0, overload_minutes=0.0
    )


@lru_cache(maxsize=256)
def _map(resting: TriggerPoint):
    border = separatrix(resting)
    return nullclines(resting), border if len(border) else np.full((2, 2), np.nan), equilibria(resting)


def _beside(x: float) -> dict:
    """A label goes to the side where there is room."""
    return {"xshift": -12, "yshift": 10, "xanchor": "right"} if x > 6.95 else {"xshift": 12, "yshift": -10}


def _healthy(trajectory: Trajectory) -> bool:
    return float(trajectory.state.phosphocreatine[-1]) > 20


def _finding(trajectory: Trajectory, rests: list) -> str:
    if len(rests) < 3:
        only = KINDS[rests[-1].kind][0]
        return f"At this load there is no choice: every path ends at {only}"
    if trajectory.notes["start"] == "healthy":
        if _healthy(trajectory):
            return "The path stays on the healthy side of the border, so the muscle recovers"
        return "Pushed across the border: from there the muscle runs on into the knot"
    if _healthy(trajectory):
        return "The path crosses the border: from there the muscle heals by itself"
    return "The path never crosses the border, so it runs back into the knot"
