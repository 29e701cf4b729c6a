"""Single numbers of the trigger-point model that a table of targets asks for, beside the named experiments."""

from __future__ import annotations

from lessons.models.trigger_point import OBSERVABLES, TriggerPoint, rest_state, simulate
from lessons.models.trigger_point_equilibria import equilibria
from lessons.models.trigger_point_protocols import untreated


def reading_at(parameters: TriggerPoint, observable: str, seconds: float) -> float:
    """An observable so many seconds after the treatment began, in its unit."""
    return OBSERVABLES[observable].at(simulate(parameters, [seconds]), seconds)


def reading_before(parameters: TriggerPoint, observable: str) -> float:
    """An observable of the untreated muscle at rest, in its unit."""
    return OBSERVABLES[observable].before(simulate(untreated(parameters), [0.0]))


def release_ratio(parameters: TriggerPoint) -> float:
    """Release of acetylcholine in the knot divided by that of the healthy muscle under the same load."""
    knot, healthy = (rest_state(untreated(parameters, knot=kind))[0] for kind in (1, 0))
    return knot.release / healthy.release


def resting_states(parameters: TriggerPoint) -> int:
    """In how many states the untreated muscle can stay."""
    return sum(e.stable for e in equilibria(untreated(parameters)))


def saddle(parameters: TriggerPoint) -> tuple[float, float, float]:
    """Acidity (pH), phosphocreatine (mM) and rate of leaving (per s) of the saddle. Raises ValueError without one."""
    for e in equilibria(untreated(parameters)):
        if e.kind == "saddle":
            return e.state.acidity, e.state.phosphocreatine, float(e.eigenvalues.real.max())
    raise ValueError("This muscle has no saddle: it can rest in one state only.")
