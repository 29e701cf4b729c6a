"""Load up, load down: the same load, two resting muscles. Leaving the knot takes less load than keeping out of it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from lessons.figures import style
from lessons.models.trigger_point import OBSERVABLES, TriggerPoint
from lessons.models.trigger_point_equilibria import branches, folds
from lessons.simulation import Trajectory

AXES = ("x", "y")
LOADS = np.linspace(0, 1, 101)


def hysteresis(trajectory: Trajectory) -> dict:
    """Stiffness at rest over load: healthy branch, knotted branch, and the arrows of falling off either end.

    The muscle is that of the run; its `load` is where the learner stands, `knot` on which branch.
    """
    p = trajectory.parameters
    lines, (low, high) = _branches(_muscle(p))
    stiffness = OBSERVABLES["stiffness"].before(trajectory)
    knotted = trajectory.notes["start"] == "contracted"
    data = [
        style.curve(LOADS, lines["healthy"], "@retention", AXES, "longdash", 4),
        style.curve(LOADS, lines["contracted"], "@release", AXES, "solid", 4),
        style.curve(LOADS, lines["saddle"], "@ink", AXES, "dot", 2),
        style.marks([p.load], [stiffness], "@release" if knotted else "@retention", AXES, 17),
    ]
    annotations = [
        style.label(0.98, 15.2, "knot", "@release-text", xref="x", yref="y", xanchor="right"),
        style.label(0.04, 5.2, "healthy", "@retention-text", xref="x", yref="y"),
    ]
    shapes = []
    if not np.isnan(low):
        shapes = [_fall(high, "@retention"), _fall(low, "@release")]
        if high < 1:
            annotations.append(
                style.label(high, 16.7, f"above {high:.2f}<br>it knots", "@ink", xref="x", yref="y", xanchor="center")
            )
        if low > 0:
            annotations.append(
                style.label(low, 16.7, f"below {low:.2f}<br>it lets go", "@ink", xref="x", yref="y", xanchor="center")
            )
    layout = style.layout(
        400,
        (62, 20, 10, 50),
        xaxis=style.axis("perpetuating load (0 = none, 1 = most)", 0, 1, dtick=0.1, anchor="y"),
        yaxis=style.axis("stiffness of the band, kPa", 4, 18, dtick=2, anchor="x"),
    )
    layout["annotations"], layout["shapes"] = annotations, shapes
    picked = np.array([0.0, 0.2, 0.3, 0.5, 0.7, 0.8, 1.0])
    return {
        "title": _finding(p, low, high, knotted),
        "data": data,
        "layout": layout,
        "twin": (
            f"At a load of {p.load:.2f} this muscle rests {'as a knot' if knotted else 'healthy'} with a stiffness of "
            f"{stiffness:.1f} kPa. {_ends(low, high)}"
        ),
        "table": {
            "first": "load",
            "rows": [f"{load:.1f}" for load in picked],
            "columns": ["healthy, kPa", "tipping point, kPa", "knot, kPa"],
            "values": [np.interp(picked, LOADS, lines[k]) for k in ("healthy", "saddle", "contracted")],
            "digits": [1, 1, 1],
        },
    }


def rest(parameters: TriggerPoint) -> Trajectory:
    """What hysteresis() needs: the muscle at rest at its load, untreated, for one second."""
    from lessons.models.trigger_point import simulate

    return simulate(
        _muscle(parameters).changed(load=parameters.load, load_after=parameters.load, knot=parameters.knot),
        np.array([0.0, 1.0]),
    )


def _muscle(p: TriggerPoint) -> TriggerPoint:
    return p.changed(
        load=0.35,
        load_after=0.35,
        knot=1,
        passes=0,
        pressure=0.0,
        pressure_seconds=0.0,
        acute_overload=0.0,
        overload_minutes=0.0,
    )


@lru_cache(maxsize=256)
def _branches(muscle: TriggerPoint):
    states = branches(muscle, LOADS)
    stiffness = {name: _stiffness(state.contracture) for name, state in states.items()}
    return stiffness, folds(muscle)


def _stiffness(contracture: np.ndarray) -> np.ndarray:
    from lessons.models.trigger_point_readings import stiffness

    return np.asarray(stiffness(contracture), dtype=float)


def _fall(load: float, colour: str) -> dict:
    return {
        "type": "line",
        "xref": "x",
        "yref": "y",
        "x0": load,
        "x1": load,
        "y0": 4,
        "y1": 16,
        "line": {"color": colour, "width": 1.5, "dash": "dot"},
    }


def _ends(low: float, high: float) -> str:
    if np.isnan(low):
        return "In this muscle each load has only one resting state."
    leave = f"a knot lets go only below {low:.2f}" if low > 0 else "a knot stays even without load"
    enter = f"a healthy muscle knots above {high:.2f}" if high < 1 else "a healthy muscle bears every load"
    return f"Here {enter}, and {leave}."


def _finding(p: TriggerPoint, low: float, high: float, knotted: bool) -> str:
    if np.isnan(low):
        return "No loop strong enough: this muscle goes up and down the same way"
    if low <= p.load <= high:
        return "Same load, two fates: which one depends on where the muscle came from"
    return "Past the end of a branch there is only one way to rest"
