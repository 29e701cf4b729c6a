"""Short ways to ask the trigger-point model, for what pages 00 to 03 say."""

from __future__ import annotations

from functools import cache

import numpy as np

from lessons.models.trigger_point import OBSERVABLES, TriggerPoint, simulate

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
TIPPING = 20.0  # mM of phosphocreatine between the two resting states


@cache
def run(**changes):
    return simulate(TriggerPoint(**changes))


def read(name, seconds, **changes):
    return float(OBSERVABLES[name].at(run(**changes), seconds))


def before(name, **changes):
    return float(OBSERVABLES[name].before(run(**changes)))


def healthy_and_knotted(name, **changes):
    return [read(name, HOUR, passes=0, knot=knot, **changes) for knot in (0, 1)]


def demand(**changes):
    """Need for energy, healthy and knotted: flow divided by what it covers of the need."""
    return np.divide(healthy_and_knotted("blood_flow", **changes), healthy_and_knotted("oxygen_for_demand", **changes))


def softens(**changes):
    return read("stiffness", DAY, **changes) < 8


def thumb(pressure, seconds):
    return {"passes": 0, "pressure": float(pressure), "pressure_seconds": float(seconds)}


def change(name, seconds, parameters=None):
    p = parameters or TriggerPoint()
    return OBSERVABLES[name].at(simulate(p), seconds) - OBSERVABLES[name].before(simulate(p))


def share_done(name, seconds):
    """How much of the change of six weeks has happened by then."""
    return change(name, seconds) / change(name, 42 * DAY)
