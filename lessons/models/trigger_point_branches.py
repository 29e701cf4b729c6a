"""How the equilibria of the trigger-point model move with load: the curve of equilibria and its two folds.

The curve is followed along phosphocreatine, not along load: to each phosphocreatine belongs one load, so it passes its
folds without turning back. Where it meets a load are the equilibria at that load.
`python -m lessons.models.trigger_point_branches` prints the table that is kept as assets/trigger_point_folds.json.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from lessons.models.trigger_point import State, TriggerPoint
from lessons.models.trigger_point_equations import PH_REST, PROTONS_REST, Constants, Inputs, constants, inputs, rates
from lessons.models.trigger_point_reduction import HEALTHY_ABOVE, collapsed_loop, jacobian, polish, start_loop

DEEPEST = 0.0003  # of the resting phosphocreatine: how far down a branch is followed
FOLD_WITHIN = 1e-5  # mM phosphocreatine
GOLDEN = (5**0.5 - 1) / 2
TOP = 0.9  # of the resting phosphocreatine: above it the curve has reached the unloaded healthy muscle


class Branch(NamedTuple):
    """Equilibria in the order of their phosphocreatine, lowest first: arrays of one length and a State of arrays.

    `low` and `high`: indices of the folds, None without bistability. `endless`: the contracted branch ends at no load
    at all (its last point stands for the fold), because the contracture needs no acetylcholine any more.
    """

    load: np.ndarray
    state: State
    low: int | None
    high: int | None
    endless: bool


def branch(parameters: TriggerPoint) -> Branch:
    """The curve of equilibria from 0.03 % of the resting phosphocreatine up to load 0 of the healthy muscle.

    About 120 points, the folds among them; loads below 0 or above 1 are part of the curve. Folds of a still deeper
    branch, which some muscles have, are not marked.
    """
    return _branch(_muscle(parameters))


def folds(parameters: TriggerPoint) -> tuple[float, float]:
    """Loads at which the contracted branch ends (low) and the healthy branch ends (high); (nan, nan) if not bistable.

    A load below 0 or above 1 means that no load of the scale gets there; -inf that the contracted branch could not be
    followed to any end. Where a muscle has more folds, the two next to the healthy branch count.
    """
    curve = branch(parameters)
    if curve.low is None:
        return np.nan, np.nan
    if curve.endless:
        return -np.inf, float(curve.load[curve.high])
    return float(curve.load[curve.low]), float(curve.load[curve.high])


def branches(parameters: TriggerPoint, loads: Sequence[float] | np.ndarray) -> dict[str, State]:
    """Equilibria at given loads for the picture of hysteresis: {"healthy", "saddle", "contracted"} -> State of arrays.

    Each array has the length of `loads`; nan where that equilibrium does not exist. Without bistability the one curve
    counts as healthy or contracted by its phosphocreatine (two thirds of rest).
    """
    curve, loads = branch(parameters), np.asarray(loads, dtype=float)
    c = constants(parameters)
    count = len(curve.load)
    if curve.low is None:
        edge = int(np.searchsorted(curve.state.phosphocreatine, HEALTHY_ABOVE * c.rest))
        parts = {"contracted": slice(0, edge), "saddle": slice(0, 0), "healthy": slice(edge, count)}
    else:
        deep = _deepest_of_falling(curve.load, curve.low)
        parts = {
            "contracted": slice(deep, curve.low + 1),
            "saddle": slice(curve.low, curve.high + 1),
            "healthy": slice(curve.high, count),
        }
    result = {}
    for kind, part in parts.items():
        states = np.full((len(loads), 7), np.nan)
        order = np.argsort(curve.load[part])
        known = np.stack(curve.state[:7], axis=1)[part][order]
        if len(known) > 1:
            x = curve.load[part][order]
            guesses = np.stack([np.interp(loads, x, column, np.nan, np.nan) for column in known.T], axis=1)
            for k in np.flatnonzero(np.isfinite(guesses[:, 0])):
                acting = inputs(parameters, load=float(loads[k]))
                states[k] = polish(rates(c), acting, guesses[k].tolist()) or guesses[k]
        result[kind] = with_readings(c, states)
    return result


def _deepest_of_falling(load: np.ndarray, low: int) -> int:
    """First index from which load falls all the way to the low fold: the end of the contracted branch."""
    k = low
    while k > 0 and load[k - 1] > load[k]:
        k -= 1
    return k


def with_readings(c: Constants, loops: np.ndarray) -> State:
    protons2 = np.maximum(PROTONS_REST * (10 ** (PH_REST - loops[:, 5]) - 1), 0) ** 2
    S = protons2 / (protons2 + c.acid_pain2)
    drive = S * c.reaching_cord
    nothing = np.zeros(len(loops))
    return State(*loops.T, nothing, S, drive / (drive + c.sensitisation_half), nothing)


class _Muscle(NamedTuple):
    """What a branch depends on: the muscle at load 0, and what each unit of load adds to leak and tone."""

    c: Constants
    at_zero: Inputs
    leak_per_load: float
    tone_per_load: float

    def acting(self, load: float) -> Inputs:
        return self.at_zero._replace(leak=load * self.leak_per_load, tone=load * self.tone_per_load)

    def settle(self, energy: float, guess: np.ndarray) -> np.ndarray | None:
        """(q, n, F, p, pH, G, load) at which a muscle of this phosphocreatine is in equilibrium: Newton's method."""
        z, right_hand_side = guess.copy(), rates(self.c)
        for _ in range(25):
            acting = self.acting(z[6])
            loop = np.array([*z[:4], energy, z[4], z[5]])
            full = jacobian(right_hand_side, acting, loop)
            full[:, 4] = 0  # the load takes the place of phosphocreatine
            full[0, 4] = z[1] * self.leak_per_load * self.c.per_release_time
            full[2, 4] = self.tone_per_load * self.c.per_contracture_time
            base = np.array(right_hand_side((*loop.tolist(), 0.0, 0.0), 0.0, acting)[:7])
            try:
                step = np.linalg.solve(full, base)[[0, 1, 2, 3, 5, 6, 4]]
            except np.linalg.LinAlgError:
                return None
            z = z - step
            if not np.all(np.isfinite(z)):
                return None
            if np.all(np.abs(step) <= 1e-10 * (1e-2 + np.abs(z))):
                return z
        return None


def _muscle(parameters: TriggerPoint) -> _Muscle:
    at_zero = inputs(parameters, load=0.0)
    return _Muscle(constants(parameters), at_zero, parameters.leak_per_load, parameters.tone_per_load)


@lru_cache(maxsize=256)
def _branch(muscle: _Muscle) -> Branch:
    c = muscle.c
    grid = c.rest * np.concatenate(
        [np.geomspace(DEEPEST, 0.05, 20), np.arange(0.06, 0.93, 0.0125), np.arange(0.93, 1.0, 0.0025)]
    )
    deep = np.array(start_loop(c, muscle.acting(0.3), True)[0])
    unloaded = np.array(start_loop(c, muscle.acting(0.0), False)[0])
    top = (unloaded[4], np.array([*unloaded[:4], *unloaded[5:], 0.0]))
    reaches_top = top[0] > TOP * c.rest
    grid = grid[grid < top[0]] if reaches_top else grid
    anchor = (deep[4], np.array([*deep[:4], *deep[5:], 0.3]))
    points = _walk(muscle.settle, anchor, grid[grid < anchor[0]][::-1])[::-1]
    points += [anchor, *_walk(muscle.settle, anchor, grid[grid > anchor[0]])]
    joint = None
    if reaches_top:
        missing = grid[grid > points[-1][0]]
        joint = len(points) - 1 if len(missing) else None
        points += [*_walk(muscle.settle, top, missing[::-1])[::-1], top]
    collapsed = np.array(collapsed_loop(c, muscle.acting(0.3)))
    if joint is None and collapsed[4] < points[0][0] - 1e-3 * c.rest:
        bottom = (collapsed[4], np.array([*collapsed[:4], *collapsed[5:], 0.3]))
        piece = _walk(muscle.settle, bottom, grid[grid < bottom[0]][::-1])[::-1]
        piece += [bottom, *_walk(muscle.settle, bottom, grid[(grid > bottom[0]) & (grid < points[0][0])])]
        joint, points = len(piece) - 1, piece + points
    points, low, high, endless = _with_folds(muscle.settle, points, joint)
    energies = np.array([energy for energy, _ in points])
    z = np.array([z for _, z in points])
    loops = np.column_stack([z[:, :4], energies, z[:, 4:6]])
    return Branch(z[:, 6], with_readings(c, loops), low, high, endless)


@lru_cache(maxsize=1024)
def _crossings(muscle: _Muscle, load: float) -> tuple[tuple[float, ...], ...]:
    curve, c = _branch(muscle), muscle.c
    loops = np.stack(curve.state[:7], axis=1)
    away = curve.load - load
    acting, right_hand_side = muscle.acting(load), rates(c)
    found = [collapsed_loop(c, acting), *(start_loop(c, acting, knot)[0] for knot in (True, False))]
    for k in np.flatnonzero((away[:-1] * away[1:] <= 0) & (away[:-1] != away[1:])):
        low, high = loops[k], loops[k + 1]
        loop = polish(right_hand_side, acting, (low + (high - low) * away[k] / (away[k] - away[k + 1])).tolist())
        if loop is None or not low[4] - 1e-6 * c.rest <= loop[4] <= high[4] + 1e-6 * c.rest:
            loop = _narrowed(muscle, load, low, high, away[k])
        if loop is not None:
            found.append(loop)
    found.sort(key=lambda loop: loop[4])
    return tuple(a for a, b in zip(found, [*found[1:], None], strict=True) if b is None or b[4] - a[4] > 1e-7 * c.rest)


def _narrowed(muscle, load, low, high, away):
    """The equilibrium between two points of the curve, by halving; None where the curve is torn between them."""
    for _ in range(50):
        middle = 0.5 * (low + high)
        z = muscle.settle(float(middle[4]), np.array([*middle[:4], middle[5], middle[6], load]))
        if z is None:
            return None
        middle = np.array([*z[:4], middle[4], z[4], z[5]])
        low, high = (middle, high) if (z[6] - load) * away > 0 else (low, middle)
    return tuple(low.tolist())


def equilibrium_loops(parameters: TriggerPoint) -> tuple[tuple[float, ...], ...]:
    """All equilibria at `load` as (q, n, F, p, E, pH, G), lowest phosphocreatine first: where the curve meets the load.

    The states in which a collapsed, a contracted and a rested muscle settle are always among them.
    """
    return _crossings(_muscle(parameters), float(parameters.load))


def _walk(settle, anchor, energies):
    """Follow the curve along given phosphocreatines from a known point, each guess extrapolated from the last two."""
    points = []
    before, here = anchor, anchor
    for target in energies:
        slope = (here[1] - before[1]) / (here[0] - before[0]) if here[0] != before[0] else 0.0
        z = settle(float(target), here[1] + slope * (target - here[0]))
        z = settle(float(target), here[1]) if z is None else z
        if z is None:
            break
        points.append((float(target), z))
        before, here = here, points[-1]
    return points


def _with_folds(settle, points, joint):
    """The points with the two folds nearest to the healthy end among them, the folds' indices, and `endless`.

    `joint`: index of the last point of a contracted branch that no curve joins to the rest; None if the curve is whole.
    """
    load = np.array([z[6] for _, z in points])
    inner = range(1 if joint is None else joint + 2, len(load) - 1)
    tops = [k for k in inner if load[k - 1] < load[k] >= load[k + 1]]
    bottoms = [k for k in inner if load[k - 1] > load[k] <= load[k + 1] and tops and k < tops[-1]]
    if not bottoms:
        return (points, joint, tops[-1], True) if joint is not None and tops else (points, None, None, False)
    marks = []
    for k, sign in ((bottoms[-1], 1), (tops[-1], -1)):

        def height(energy, k=k, sign=sign):
            z = settle(energy, points[k][1])
            return sign * points[k][1][6] + 1.0 if z is None else sign * z[6]

        best = _lowest(height, points[k - 1][0], points[k + 1][0])
        z = settle(best, points[k][1])
        marks.append(points[k] if z is None else (best, z))
    kept = [point for point in points if all(point[0] != mark[0] for mark in marks)]
    points = sorted([*kept, *marks], key=lambda point: point[0])
    energies = [energy for energy, _ in points]
    return points, energies.index(marks[0][0]), energies.index(marks[1][0]), False


def _lowest(height: Callable[[float], float], low: float, high: float) -> float:
    """Where a function with one valley between two points is lowest, to FOLD_WITHIN, by the golden section.

    scipy.optimize has it, too, and takes as much memory of every learner's kernel as all else that a page imports.
    """
    left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_left, at_right = height(left), height(right)
    while high - low > FOLD_WITHIN:
        if at_left < at_right:
            high, right, at_right = right, left, at_left
            left = high - GOLDEN * (high - low)
            at_left = height(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + GOLDEN * (high - low)
            at_right = height(right)
    return left if at_left < at_right else right


def fold_table() -> dict:
    """Folds and branch of the default muscle, and folds over four of its properties: what the data file holds."""
    typical = TriggerPoint()
    curve = branch(typical)
    every = slice(None, None, 3)
    travels = {
        "nodule_radius": np.linspace(1.4, 4.4, 16),
        "capillary_reserve": np.linspace(4, 14, 11),
        "arterial_pressure": np.linspace(60, 110, 11),
        "sympathetic_tone": np.linspace(0, 0.6, 7),
    }
    return {
        "folds": dict(zip(("low", "high"), (round(load, 6) for load in folds(typical)), strict=True)),
        "branch": {
            "load": np.round(curve.load[every], 5).tolist(),
            "phosphocreatine": np.round(curve.state.phosphocreatine[every], 4).tolist(),
            "acidity": np.round(curve.state.acidity[every], 5).tolist(),
        },
        "folds_over": {
            name: [[round(float(v), 6), *_or_none(folds(typical.changed(**{name: float(v)})))] for v in values]
            for name, values in travels.items()
        },
    }


def _or_none(pair):
    return [None if np.isnan(load) else round(load, 6) for load in pair]


if __name__ == "__main__":
    json.dump(fold_table(), sys.stdout, indent=1)
    sys.stdout.write("\n")
