"""Which arrow keeps the knot alive? Fuel at rest with each arrow of the loop cut alone, and as the learner likes."""

from __future__ import annotations

import numpy as np

from lessons.figures import style
from lessons.models.trigger_point_series import CUTS, Cuts

NAMES = {
    "cut_release": "acid sensitises the endplate",
    "cut_esterase": "acid slows acetylcholinesterase",
    "cut_pump_acid": "acid slows the calcium pump",
    "cut_pump_energy": "lack of fuel slows the calcium pump",
    "cut_calcium_release": "lack of fuel brakes calcium release",
    "cut_phosphate": "phosphate weakens the force",
    "cut_pressure": "contraction squeezes the capillary",
}
AXES = ("x", "y")
RELEASED = 20.0
EMPTY = 2.0


def cut_one_arrow(cuts: Cuts) -> dict:
    """The figure of the bench."""
    chosen = [NAMES[name] for name in CUTS if getattr(cuts.parameters, name)]
    names = [
        "nothing cut",
        *(NAMES[name] for name in CUTS),
        f"your cut{'s' if len(chosen) != 1 else ''}: {len(chosen)}",
    ]
    states = [cuts.whole, *(cuts.alone[name] for name in CUTS), cuts.chosen]
    fuel = np.array([float(s.phosphocreatine) for s in states])
    place = np.arange(len(names))[::-1].astype(float)
    place[-1] -= 0.5
    data = [
        style.curve(_stems(np.zeros_like(fuel), fuel), _stems(place, place), "@line", AXES, width=4, hoverinfo="skip"),
        style.marks(
            fuel,
            place,
            ["@retention" if f > RELEASED else "@release" for f in fuel],
            AXES,
            15,
            symbol=["square" if f > RELEASED else "circle" if f > EMPTY else "x" for f in fuel],
        ),
    ]
    annotations = [
        style.label(0, y, name, "@ink", xref="paper", yref="y", xanchor="right", xshift=-10)
        for y, name in zip(place, names, strict=True)
    ]
    annotations += [
        style.label(f, y, _fate(f), "@ink", xref="x", yref="y", xshift=14) for f, y in zip(fuel, place, strict=True)
    ]
    layout = style.layout(
        400,
        (250, 30, 8, 48),
        xaxis=style.axis("fuel at rest: phosphocreatine, mM", 0, 38, anchor="y", tickvals=[0, 10, 20, 30]),
        yaxis=style.blank_axis(-1.1, 8.6, anchor="x"),
    )
    layout["annotations"] = annotations
    return {
        "title": "Five of seven arrows hold the knot: cut any one of them and it lets go"
        if _five(fuel)
        else _title(fuel),
        "data": data,
        "layout": layout,
        "narrow": {"margin": {"l": 215, "r": 20, "t": 8, "b": 48}},
        "twin": (
            f"With {' and '.join(chosen) or 'nothing'} cut, fuel comes to rest at {fuel[-1]:.1f} mM: "
            f"the knot {_fate(fuel[-1])}."
        ),
        "table": {
            "first": "cut",
            "rows": names,
            "columns": ["phosphocreatine at rest, mM", "contracture at rest, of maximal force", "acidity at rest (pH)"],
            "values": [
                fuel,
                np.array([float(s.contracture) for s in states]),
                np.array([float(s.acidity) for s in states]),
            ],
            "digits": [1, 3, 2],
        },
    }


def _stems(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    return np.column_stack([start, end, np.full_like(start, np.nan)]).ravel()


def _fate(fuel: float) -> str:
    return "lets go" if fuel > RELEASED else "stays" if fuel > EMPTY else "runs out of fuel and locks"


def _five(fuel: np.ndarray) -> bool:
    return int((fuel[1:-1] > RELEASED).sum()) == 5


def _title(fuel: np.ndarray) -> str:
    count = int((fuel[1:-1] > RELEASED).sum())
    if fuel[0] > RELEASED:
        return "At this load there is no knot: the loop is too weak as it is"
    return f"{count} of seven cuts make this knot let go" if count else "No single cut frees this knot"
