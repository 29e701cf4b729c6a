"""Where the trigger-point model can rest: its equilibria and their stability, the folds at which they vanish, and the
two-variable picture (acidity, phosphocreatine) with nullclines and separatrix.

Everything here asks about a muscle that is left alone: the load is `load`, without needle, thumb or overload. In the
two-variable picture release, pool, contracture, oxygen and vessels follow at once (see `trigger_point_reduction`); all
equilibria are exactly those of the full model.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from lessons.models.trigger_point import State, TriggerPoint
from lessons.models.trigger_point_branches import Branch, branch, branches, equilibrium_loops, folds, with_readings
from lessons.models.trigger_point_equations import PH_REST, constants, inputs, rates
from lessons.models.trigger_point_reduction import (
    COLLAPSED_BELOW,
    HEALTHY_ABOVE,
    acid_balance,
    energy_balance,
    jacobian,
    slaves,
    slow_of,
    slow_rates,
)

__all__ = [
    "Branch",
    "Equilibrium",
    "branch",
    "branches",
    "equilibria",
    "folds",
    "nullclines",
    "rates_reduced",
    "separatrix",
]

LOWEST_ACIDITY = 6.4  # pH at which pictures of the plane end


class Equilibrium(NamedTuple):
    """A state that does not change. `eigenvalues`: (7,) of the loop, per s; `kind`: healthy, contracted or saddle."""

    state: State
    stable: bool
    eigenvalues: np.ndarray
    kind: str


def equilibria(parameters: TriggerPoint) -> list[Equilibrium]:
    """All equilibria of the untreated muscle at `load`, from the lowest phosphocreatine to the highest."""
    c, acting = constants(parameters), inputs(parameters)
    found = []
    for loop in equilibrium_loops(parameters):
        eigenvalues = np.linalg.eigvals(jacobian(rates(c), acting, np.array(loop)))
        stable = bool(np.all(eigenvalues.real < 0))
        state = State(*(float(values[0]) for values in with_readings(c, np.array([loop]))))
        found.append(Equilibrium(state, stable, eigenvalues, ""))
    resting = [e for e in found if e.stable]
    named = []
    for e in found:
        least = COLLAPSED_BELOW if len(resting) > 1 else HEALTHY_ABOVE
        healthy = e is resting[-1] and e.state.phosphocreatine > least * c.rest
        named.append(e._replace(kind="saddle" if not e.stable else "healthy" if healthy else "contracted"))
    return named


def rates_reduced(parameters: TriggerPoint, acidity: Any, phosphocreatine: Any) -> tuple[np.ndarray, np.ndarray]:
    """d(pH)/dt per s and d(phosphocreatine)/dt in mM/s of the two-variable picture, arrays of the arguments' shape."""
    acidity, phosphocreatine = np.broadcast_arrays(
        np.asarray(acidity, dtype=float), np.asarray(phosphocreatine, dtype=float)
    )
    return slow_rates(constants(parameters), inputs(parameters), acidity, phosphocreatine)


def nullclines(parameters: TriggerPoint) -> dict[str, np.ndarray]:
    """Where one of the two slow variables stands still: {"acidity", "phosphocreatine"} -> (n, 2) of (pH, mM).

    Sorted by phosphocreatine, lowest first; they cross at the equilibria, which are points of both. Acid rises to the
    right of the first, phosphocreatine falls to the left of the second.
    """
    c, acting = constants(parameters), inputs(parameters)
    energy = np.concatenate([np.linspace(0.02, 0.9, 60), np.linspace(0.905, 1.0005, 30)]) * c.rest
    energy = np.union1d(energy, [loop[4] for loop in equilibrium_loops(parameters)])
    still_acid = acid_balance(c, acting, energy, 1e-7)[0]
    still_energy = energy_balance(c, acting, energy, 1e-7)
    curves = {"acidity": still_acid, "phosphocreatine": still_energy}
    return {name: np.column_stack([pH, energy])[np.isfinite(pH)] for name, pH in curves.items()}


def separatrix(parameters: TriggerPoint) -> np.ndarray:
    """The border between falling back into the knot (below) and release (above): (n, 2) of (pH, mM).

    The stable manifold of the saddle of the two-variable picture, followed backwards in time by classical Runge-Kutta
    steps of equal length until it leaves pH 6.4 to 7.05 or the range of phosphocreatine. Empty (0, 2) without a saddle.
    """
    saddles = [e.state for e in equilibria(parameters) if e.kind == "saddle"]
    if not saddles:
        return np.empty((0, 2))
    c, acting = constants(parameters), inputs(parameters)
    saddle = np.array([saddles[-1].acidity, saddles[-1].phosphocreatine])
    scale = np.array([PH_REST - LOWEST_ACIDITY, c.rest])

    def field(points, oxygen=None):
        s = slaves(c, acting, points[:, 0], points[:, 1], oxygen)
        rate = np.column_stack(slow_of(c, s, points[:, 0], points[:, 1])) / scale
        return -rate / np.linalg.norm(rate, axis=1, keepdims=True) * scale, s.oxygen

    stable = _stable_direction(parameters, saddle, scale)
    points = saddle + np.array([[1.0], [-1.0]]) * 1e-3 * stable * scale
    arms: list[list[np.ndarray]] = [[points[0]], [points[1]]]
    running, oxygen, step = np.array([True, True]), None, 0.025
    for _ in range(250):
        k1, oxygen = field(points, oxygen)
        k2, _ = field(points + 0.5 * step * k1, oxygen)
        k3, _ = field(points + 0.5 * step * k2, oxygen)
        k4, _ = field(points + step * k3, oxygen)
        points = points + np.where(running[:, None], step / 6 * (k1 + 2 * k2 + 2 * k3 + k4), 0)
        for k in (0, 1):
            if running[k]:
                pH, energy = points[k]
                running[k] = LOWEST_ACIDITY <= pH <= PH_REST and 0 <= energy <= 1.02 * c.rest
                if running[k]:
                    arms[k].append(points[k])
        if not running.any():
            break
    return np.array([*arms[0][::-1], saddle, *arms[1]])


def _stable_direction(parameters: TriggerPoint, saddle: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Unit vector (scaled plane) along which the saddle attracts, pointing to lower acidity."""
    h = 1e-5
    moves = np.array([[1, 0], [-1, 0], [0, 1], [0, -1]]) * h * scale
    rate = np.column_stack(rates_reduced(parameters, *(saddle + moves).T)) / scale
    values, vectors = np.linalg.eig(np.column_stack([rate[0] - rate[1], rate[2] - rate[3]]) / (2 * h))
    vector = vectors[:, int(np.argmin(values.real))].real
    return vector * np.sign(vector[0])
