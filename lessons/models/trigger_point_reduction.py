"""The trigger-point model on arrays: the algebra of the loop, its fast states slaved to acidity and phosphocreatine,
and the state in which a muscle settles.

Acidity and phosphocreatine are slow (minutes). Release, pool, contracture, oxygen and the vessels follow within
seconds, so they can be replaced by the values at which they would settle; every equilibrium stays exactly where it is.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from lessons.models.trigger_point_equations import (
    LARGEST_LOAD_OF_PUMP,
    LN10,
    OXYGEN_PER_ATP,
    PH_REST,
    PROTONS_REST,
    TINY,
    Constants,
    Inputs,
    rates,
)
from lessons.simulation import solve

LONG = 1e6  # s, long enough to settle even close to a fold
LOOP = 7  # states q, n, F, p, E, pH, G
POSITIVE = np.array([True, True, False, True, True, False, True])  # states that Newton's method keeps above 0
HEALTHY_ABOVE, COLLAPSED_BELOW = 2 / 3, 1 / 3  # of the resting phosphocreatine


class Chemistry(NamedTuple):
    """What release, acidity and phosphocreatine alone decide (arrays)."""

    cleft: Any  # A, quanta/s corrected for the esterase
    calcium_in: Any  # Jin, uM/ms
    contraction: Any  # Fmax fPi f(Ca), share of maximal force
    sugar: Any  # Jgly, mM/s


def drive(c: Constants, acidity: Any, leak: Any) -> Any:
    """Release per filled pool, quanta/s: q_h + qLs L + q_x dH^2 / (dH^2 + dHx^2) (1 + .5 symp)."""
    protons2 = np.maximum(PROTONS_REST * (np.exp(LN10 * (PH_REST - acidity)) - 1), 0) ** 2
    return c.healthy + leak + c.sensitised * protons2 / (protons2 + c.acid_release2)


def chemistry(c: Constants, release: Any, acidity: Any, phosphocreatine: Any) -> Chemistry:
    """What release (quanta/s), pH and phosphocreatine (mM) decide at once."""
    energy = np.maximum(phosphocreatine, TINY)
    acid = LN10 * (PH_REST - acidity)
    ratio = np.exp(acid)
    cleft = np.maximum(release, 0) * (1 + c.esterase * ratio) / (1 + c.esterase)
    bound = (cleft / c.receptor_half) ** c.receptor_steepness
    calcium_in = c.calcium_rest + c.channel_scale * bound / (1 + bound) * energy / (energy + c.channel_energy)
    share = calcium_in * (energy + c.pump_energy) * (1 + c.pump_acid * ratio) / (c.pump_scale * energy)
    share = np.minimum(share, LARGEST_LOAD_OF_PUMP)
    activation = np.exp(c.force_scale + c.half_steepness * np.log(share / (1 - share)) - c.acid_steepness * acid)
    force = c.largest_force / (c.phosphate_empty - c.phosphate * energy) * activation / (1 + activation)
    sugar = c.glycolysis * np.maximum(c.rest - energy, 0) ** 2 * np.clip((acidity - 6.2) / 0.85, 0, 1)
    return Chemistry(cleft, calcium_in, force, sugar)


def flow_per_conductance(c: Constants, contracture: Any, squeeze: Any, arterial: Any) -> Any:
    """Blood flow (per s: mL/100 g/min divided by 6000) that each unit of vascular conductance lets through."""
    inside = squeeze + c.pressure_gain * np.maximum(contracture, 0)
    head = np.maximum(arterial - np.maximum(c.venous, inside), 0)
    return c.flow_scale * head / (1 + inside**4 * c.per_collapse4)


def cost(c: Constants, calcium_in: Any, contracture: Any) -> Any:
    """Demand for energy U, mM ATP/s."""
    return c.cost_of_rest + 0.5 * calcium_in + c.cost_of_force * np.maximum(contracture, 0)


class Slaves(NamedTuple):
    """Fast states at which a muscle of given acidity and phosphocreatine would settle, with their flows (arrays)."""

    release: Any
    pool: Any
    contracture: Any
    oxygen: Any
    conductance: Any
    flow: Any  # per s
    oxidation: Any  # Jox, mM ATP/s
    demand: Any  # U, mM ATP/s
    sugar: Any  # Jgly, mM ATP/s


def slaves(c: Constants, acting: Inputs, acidity: Any, phosphocreatine: Any, guess: Any = None) -> Slaves:
    """Fast states slaved to pH and phosphocreatine (mM), arrays of one shape. `guess`: oxygen (mmHg) to start from."""
    released = drive(c, acidity, acting.leak)
    root = np.sqrt(1 + 4 * c.pool_use / c.per_pool_recovery * released)
    release, pool = 2 * released / (1 + root), 2 / (1 + root)
    _, calcium_in, contraction, sugar = chemistry(c, release, acidity, phosphocreatine)
    contracture = (contraction + acting.tone) * (1 - acting.creep_start)
    per_conductance = flow_per_conductance(c, contracture, acting.squeeze, acting.arterial)
    energy = np.maximum(phosphocreatine, TINY)
    wanted = np.maximum(c.demand_rest + (c.rest - energy) * c.per_energy_time, 0)
    most = wanted * (1 + c.oxygen_half / 28) / OXYGEN_PER_ATP
    oxygen = settled_oxygen(c, per_conductance, most, guess)
    conductance = 1 + c.reserve / (1 + oxygen**3 * c.per_dilation3)
    oxidation = OXYGEN_PER_ATP * most * oxygen / (oxygen + c.oxygen_half)
    demand = cost(c, calcium_in, contracture)
    flow = per_conductance * conductance
    return Slaves(release, pool, contracture, oxygen, conductance, flow, oxidation, demand, sugar)


def settled_oxygen(c: Constants, per_conductance: Any, most: Any, guess: Any = None) -> np.ndarray:
    """Oxygen (mmHg) at which supply meets uptake, the vessels having settled.

    Supply falls and uptake grows with oxygen, so there is one root; Newton's method inside a shrinking bracket.
    """
    low = np.zeros(np.broadcast(per_conductance, most).shape)
    high = np.full(low.shape, 150.0)
    oxygen = np.full(low.shape, 8.0) if guess is None else np.clip(guess, 1e-6, 149.0)
    steep, half = c.haemoglobin_steepness, c.oxygen_half
    for _ in range(80):
        share = oxygen / (oxygen + half)
        slope_uptake = most * half / (oxygen + half) ** 2
        capillary = oxygen + c.oxygen_drop * most * share
        loaded = (capillary * c.per_haemoglobin_half) ** steep
        saturation = loaded / (1 + loaded)
        widened = oxygen**3 * c.per_dilation3
        gain = c.blood_oxygen * per_conductance
        conductance = 1 + c.reserve / (1 + widened)
        extracted = c.arterial_saturation - saturation
        excess = gain * conductance * extracted - most * share
        falls = excess < 0
        high = np.where(falls, oxygen, high)
        low = np.where(falls, low, oxygen)
        with np.errstate(divide="ignore", invalid="ignore"):
            slope_extracted = -steep * saturation * (1 - saturation) / capillary * (1 + c.oxygen_drop * slope_uptake)
            slope_conductance = -3 * c.reserve * widened / oxygen / (1 + widened) ** 2
            slope = gain * (slope_conductance * extracted + conductance * slope_extracted) - slope_uptake
            new = oxygen - excess / slope
        new = np.where((new >= low) & (new <= high), new, 0.5 * (low + high))
        step = np.abs(new - oxygen).max()
        oxygen = new
        if step < 1e-6:  # the error left is of the order of its square
            break
    return oxygen


def slow_rates(c: Constants, acting: Inputs, acidity: Any, phosphocreatine: Any) -> tuple[Any, Any]:
    """d(pH)/dt and d(phosphocreatine)/dt (per s) of the two-variable reduction, arrays like the arguments."""
    s = slaves(c, acting, acidity, phosphocreatine)
    return slow_of(c, s, acidity, phosphocreatine)


def slow_of(c: Constants, s: Slaves, acidity: Any, phosphocreatine: Any) -> tuple[Any, Any]:
    """`slow_rates` where the slaved states are known already."""
    energy = np.maximum(phosphocreatine, TINY)
    souring = (PH_REST - acidity) * (c.diffusion + s.flow) - s.sugar * c.per_buffer
    charging = s.oxidation + s.sugar - s.demand * energy / (energy + 0.5)
    return souring, charging


def acid_balance(c: Constants, acting: Inputs, phosphocreatine: Any, tolerance: float = 1e-9) -> tuple:
    """The pH at which acid neither gathers nor clears, for each phosphocreatine (mM), and the rate of charging there.

    Returns (acidity, charging in mM/s, slaves), arrays.
    """
    acidity, (_, charging), settled = _crossing(c, acting, phosphocreatine, 0, tolerance)
    return acidity, charging, settled


def energy_balance(c: Constants, acting: Inputs, phosphocreatine: Any, tolerance: float = 1e-9) -> np.ndarray:
    """The pH at which phosphocreatine stands still, for each phosphocreatine (mM); nan where there is none."""
    return _crossing(c, acting, phosphocreatine, 1, tolerance)[0]


def _crossing(c, acting, phosphocreatine, which, tolerance):
    """The pH between 6.0 and rest at which one slow rate is zero, for each phosphocreatine: the Illinois method."""
    energy = np.asarray(phosphocreatine, dtype=float)
    far, near = np.full(energy.shape, 6.0), np.full(energy.shape, PH_REST)
    far_value = slow_of(c, slaves(c, acting, far, energy), far, energy)[which]
    settled = slaves(c, acting, near, energy)
    slow = slow_of(c, settled, near, energy)
    value = slow[which]
    outside = far_value * value > 0
    for _ in range(80):
        with np.errstate(divide="ignore", invalid="ignore"):
            step = value * (near - far) / (value - far_value)
        acidity = near - np.where(np.isfinite(step) & ~outside, step, 0.0)
        settled = slaves(c, acting, acidity, energy, settled.oxygen)
        slow = slow_of(c, settled, acidity, energy)
        new = slow[which]
        moved = np.abs(acidity - near).max()
        crossed = new * value < 0
        far, far_value = np.where(crossed, near, far), np.where(crossed, value, 0.5 * far_value)
        near, value = acidity, new
        if moved < tolerance:
            break
    return np.where(outside, np.nan, near), slow, settled


def polish(right_hand_side, acting: Inputs, guess: list[float]) -> tuple[float, ...] | None:
    """Newton's method on the seven rates of the loop from `guess`; None if it does not settle near it."""
    loop = np.array(guess)
    for _ in range(30):
        base = np.array(right_hand_side((*loop.tolist(), 0.0, 0.0), 0.0, acting)[:LOOP])
        try:
            step = np.linalg.solve(jacobian(right_hand_side, acting, loop), base)
        except np.linalg.LinAlgError:
            return None
        loop = np.where(POSITIVE & (loop - step < 0.1 * loop), 0.1 * loop, loop - step)
        if not np.all(np.isfinite(loop)) or abs(loop[4] - guess[4]) > 0.2 * guess[4] + 1.0:
            return None
        if np.all(np.abs(step) <= 1e-11 * (1e-3 + np.abs(loop))):
            break
    return tuple(loop.tolist())


def jacobian(right_hand_side, acting: Inputs, loop: np.ndarray) -> np.ndarray:
    """Central-difference Jacobian (7, 7) of the loop's rates (per s) at (q, n, F, p, E, pH, G)."""
    matrix = np.empty((LOOP, LOOP))
    point = [*loop.tolist(), 0.0, 0.0]
    for k in range(LOOP):
        h = 1e-6 * max(abs(point[k]), 1e-3)
        kept = point[k]
        point[k] = kept + h
        above = right_hand_side(point, 0.0, acting)
        point[k] = kept - h
        below = right_hand_side(point, 0.0, acting)
        point[k] = kept
        matrix[:, k] = [(a - b) / (2 * h) for a, b in zip(above[:LOOP], below[:LOOP], strict=True)]
    return matrix


@lru_cache(maxsize=4096)
def start_loop(c: Constants, acting: Inputs, knot: bool) -> tuple[tuple[float, ...], str]:
    """Where a contracted (knot) or a rested muscle settles under `acting`: ((q, n, F, p, E, pH, G), its kind).

    The contracted one begins with a fifth of its phosphocreatine and pH 6.7. Where both settle in one and the same
    state, that is "healthy" if more than two thirds of the resting phosphocreatine is left, else "contracted". Of two
    different states the rested one counts as healthy unless more than two thirds are gone.
    """
    begins = {True: (6.7, 0.2 * c.rest), False: (PH_REST, c.rest)}
    loop = _settle(c, acting, *begins[knot])
    charged = loop[4] > HEALTHY_ABOVE * c.rest
    if charged == knot:
        other = _settle(c, acting, *begins[not knot])
        if abs(other[4] - loop[4]) < 1e-6 * c.rest:
            return loop, "healthy" if charged else "contracted"
    return loop, "contracted" if knot or loop[4] < COLLAPSED_BELOW * c.rest else "healthy"


@lru_cache(maxsize=1024)
def collapsed_loop(c: Constants, acting: Inputs) -> tuple[float, ...]:
    """Where a muscle settles that begins with half a per cent of its phosphocreatine and pH 6.5."""
    return _settle(c, acting, 6.5, 0.005 * c.rest)


def _settle(c: Constants, acting: Inputs, acidity: float, energy: float) -> tuple[float, ...]:
    s = slaves(c, acting, np.array([acidity]), np.array([energy]))
    fast = [float(x[0]) for x in (s.release, s.pool, s.contracture, s.oxygen)]
    right_hand_side = rates(c)
    settled = solve(
        lambda loop, time, acting: right_hand_side((*loop, 0.0, 0.0), time, acting)[:LOOP],
        [*fast, energy, acidity, float(s.conductance[0])],
        np.array([0.0, LONG]),
        acting,
        relative_tolerance=1e-5,
        absolute_tolerance=1e-7,
    )[-1].tolist()
    return tuple(max(x, 0.0) for x in polish(right_hand_side, acting, settled) or settled)
