"""Two ways of working with a knot, as modes of a figure, and what a run of the trigger-point model ended as."""

from __future__ import annotations

from lessons.interface.explorer import Mode

NEEDLE = Mode({"pressure": 0.0, "pressure_seconds": 0.0, "passes": 6}, ["miss", "passes", "strength"])
THUMB = Mode({"passes": 0, "pressure": 230.0, "pressure_seconds": 60.0}, ["pressure", "pressure_seconds"])


def ends_knotted(run) -> bool:
    return float(run.state.phosphocreatine[-1]) < 20
