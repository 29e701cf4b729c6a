"""The trigger-point loop in tables, so that weeks need no equations: where a muscle rests at each load, and how much
load a treatment can overcome.

The loop settles within hours, loads change over days. So over weeks a muscle simply sits on one of its two branches,
and a treatment either moves it from the knotted to the healthy one or does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from lessons.models.trigger_point import State, TriggerPoint
from lessons.models.trigger_point_branches import branches, folds
from lessons.models.trigger_point_cohort import Cohort, run
from lessons.models.trigger_point_protocols import untreated

LOADS = np.linspace(0, 1, 101)  # the tables' grid of load
LOADS.flags.writeable = False
SIZES = np.linspace(0.05, 1, 20)  # of the twitch, at which the border of release is sought
LEVELS = 25  # loads between the folds at which it is sought
JUDGED = 1200.0  # s after the last act: by then a muscle is on its way to one side of the saddle


class Rest(NamedTuple):
    """What the weeks need of a resting muscle: arrays of one shape. Fields as in `trigger_point.State`."""

    nociceptor: Any
    sensitisation: Any
    contracture: Any


class Branches(NamedTuple):
    """Both branches of several muscles. `low`, `high`: (muscles,) folds; `healthy`, `knotted`: Rest of (muscles, 101).

    A muscle without bistability has low = high, the load at which its one branch passes from healthy to contracted
    (infinite if it never does). Beyond its fold a branch keeps its last value. `saddle`: (muscles, 101) mM
    phosphocreatine of the tipping point, nan where there is none.
    """

    low: np.ndarray
    high: np.ndarray
    healthy: Rest
    knotted: Rest
    saddle: np.ndarray

    def at(self, muscle: np.ndarray, load: np.ndarray, knot: np.ndarray) -> Rest:
        """Where patients rest: index of the muscle, load and knot (bool) per patient, linear between the loads."""
        place = np.clip(load, 0, 1) * (len(LOADS) - 1)
        left = np.minimum(place.astype(int), len(LOADS) - 2)
        weight = place - left
        found = []
        for healthy, knotted in zip(self.healthy, self.knotted, strict=True):
            below = np.where(knot, knotted[muscle, left], healthy[muscle, left])
            above = np.where(knot, knotted[muscle, left + 1], healthy[muscle, left + 1])
            found.append(below + weight * (above - below))
        return Rest(*found)


def branch_tables(muscles: Sequence[TriggerPoint]) -> Branches:
    """Tabulate the branches of some muscles; load and treatment in their parameters play no part."""
    tables = [_branch_table(untreated(m, load=0.0, knot=1)) for m in muscles]
    low, high, saddle = (np.array([t[k] for t in tables]) for k in (0, 1, 4))
    healthy, knotted = (Rest(*(np.array(c) for c in zip(*(t[k] for t in tables), strict=True))) for k in (2, 3))
    return Branches(low, high, healthy, knotted, saddle)


@lru_cache(maxsize=256)
def _branch_table(muscle: TriggerPoint):
    low, high = folds(muscle)
    ends = [load for load in (low + 1e-9, high - 1e-9) if 0 < load < 1]
    loads = np.union1d(LOADS, ends)
    found = branches(muscle, loads)
    if np.isnan(low):
        contracted = loads[np.isfinite(found["contracted"].release)]
        low = high = np.inf if not len(contracted) else -np.inf if contracted[0] == 0 else float(contracted[0])
    parts = {name: _filled(loads, found[name]) for name in ("healthy", "contracted")}
    healthy, knotted = (parts[a] or parts[b] for a, b in (("healthy", "contracted"), ("contracted", "healthy")))
    saddle = np.interp(LOADS, loads, found["saddle"].phosphocreatine)
    return low, high, healthy, knotted, saddle


def _filled(loads: np.ndarray, state: State) -> Rest | None:
    known = np.isfinite(state.release)
    if not known.any():
        return None
    return Rest(*(np.interp(LOADS, loads[known], getattr(state, name)[known]) for name in Rest._fields))


def largest_load(treatment: TriggerPoint) -> np.ndarray:
    """The highest load at which a treatment still releases the knot, for each twitch size of `SIZES`: (20,) array.

    The loop itself is run, for every twitch size under 25 loads between the folds, and judged by the side of the saddle
    on which phosphocreatine stands 20 minutes after the last act. The border is known to a fiftieth of the distance
    between the folds. Strength and miss in the parameters play no part; a thumb gives the same for every size.
    """
    plain = {"load": 0.0, "load_after": 0.0, "knot": 1, "strength": 1.0, "miss": 0.0, "reflex_arc": 1.0}
    read_outs = {name: TriggerPoint.described()[name].default for name in ("descending_inhibition", "soreness_time")}
    return _largest_load(treatment.changed(**plain, **read_outs))


@lru_cache(maxsize=64)
def _largest_load(treatment: TriggerPoint) -> np.ndarray:
    table = branch_tables([treatment])
    low, high = max(0.0, float(table.low[0])), min(1.0, float(table.high[0]))
    if not (treatment.passes or (treatment.pressure and treatment.pressure_seconds)) or not low < high:
        return np.full(len(SIZES), -np.inf)
    edges = np.linspace(low, high, LEVELS + 1)
    loads = 0.5 * (edges[:-1] + edges[1:])
    sizes = SIZES if treatment.passes else SIZES[:1]
    size, load = (grid.ravel() for grid in np.meshgrid(sizes, loads, indexing="ij"))
    lanes = Cohort({name: np.full(size.shape, float(getattr(treatment, name))) for name in TriggerPoint.described()})
    lanes = lanes.changed(load=load, load_after=load, strength=size)
    needle = (treatment.passes - 1) * treatment.spacing if treatment.passes else 0.0
    end = max(needle, treatment.pressure_seconds if treatment.pressure else 0.0)
    after = run(lanes, [end + JUDGED]).state.phosphocreatine[0]
    known = np.isfinite(table.saddle[0])
    released = after > np.interp(load, LOADS[known], table.saddle[0][known])
    held = np.cumprod(released.reshape(len(sizes), LEVELS), axis=1).sum(axis=1)
    border = np.broadcast_to(np.where(held > 0, edges[held], -np.inf), (len(SIZES),)).copy()
    # The largest size that overcomes none of these loads does so only at the fold itself, where the knot hardly holds.
    first = int(np.argmax(border > -np.inf))
    if first > 0:
        border[first - 1] = low
    border.flags.writeable = False
    return border


def releases(border: np.ndarray, size: np.ndarray, load: np.ndarray) -> np.ndarray:
    """Whether a twitch of each size releases a knot under each load, given `largest_load`: bool array.

    Between two sizes the border is linear; a size below the smallest that releases anything does not release.
    """
    held = np.isfinite(border)
    if not held.any():
        return np.zeros(np.shape(load), dtype=bool)
    highest = np.interp(size, SIZES[held], border[held])
    return (size >= SIZES[held][0]) & (load < highest)
