"""Statements and questions read from runs of a lesson's model."""

from __future__ import annotations

import difflib
import functools
import math
from collections.abc import Callable, Mapping

from lessons.grading import numbers
from lessons.grading.items import Item
from lessons.grading.question import Ask, Statement
from lessons.lesson_models import Model
from lessons.simulation import Observable, Parameters, Trajectory

CLEARANCE = 1e-3  # share of the numbers by which a statement must be clear of being decided the other way


class TruthError(ValueError):
    """A statement that cannot be decided. One sentence with what to do."""


def both_sides(
    statement: Statement, changes: Mapping[str, float], item: Item, model: Model
) -> tuple[float, float, float]:
    """The value, what it is compared with, and the margin."""
    value = read_value(statement, changes, model)
    if statement.vs == "baseline":
        against = read_before(statement, changes, model)
    elif statement.vs == "compare":
        against = read_value(statement, item.scenario.compare or {}, model)
    else:
        against = statement.vs
    return value, against, statement.abs if statement.abs is not None else (statement.rel or 0.0) * abs(against)


def decided(op: str, away: float, margin: float) -> bool:
    """Whether a difference is what a statement says, beyond its margin."""
    return {">": away > margin, "<": away < -margin, "~": abs(away) <= margin, "!~": abs(away) > margin}[op]


def told_by(statement: Statement, item: Item, model: Model) -> tuple[str, bool]:
    """A statement as a sentence with the model's numbers, and whether it holds."""
    value, against, margin = both_sides(statement, item.scenario.set, item, model)
    away = value - against
    holds = decided(statement.op, away, margin)
    beyond = {">": away - margin, "<": away + margin}.get(statement.op, abs(away) - margin)
    when = f" at {statement.at}" if statement.at else ""
    name = f" ({statement.vs})" if isinstance(statement.vs, str) else ""
    sentence = (
        f"{statement.of}{when} is {value:.4g}, which {'is' if holds else 'is not'} {statement.op} {against:.4g}{name} "
        f"by {margin:.3g}"
    )
    if abs(beyond) < CLEARANCE * max(abs(value), abs(against)):
        raise TruthError(f"{sentence}, but only by a hair; change the margin or the scenario")
    return sentence, holds


def observable_of(name: str, model: Model) -> Observable:
    """The reading of a name. Raises TruthError with the nearest one that exists."""
    if name not in model.observables:
        near = difflib.get_close_matches(name, model.observables, 1)
        hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(model.observables)}"
        raise TruthError(f"there is no observable '{name}'; {hint}")
    return model.observables[name]


def read_value(asked: Statement | Ask, changes: Mapping[str, float], model: Model) -> float:
    """A reading of the run with some parameters changed. Raises TruthError for one that cannot be taken."""
    observable = observable_of(asked.of, model)
    if observable.over_time != (asked.at is not None):
        what = "is read at a time; add 'at'" if observable.over_time else "sums up a whole run; remove 'at'"
        raise TruthError(f"'{asked.of}' {what}")
    there = run(changes, model)
    try:
        value = observable.at(there, float(numbers.seconds(asked.at)) if asked.at else 0.0)
    except ValueError as error:  # a time outside the run
        raise TruthError(str(error)) from None
    if not math.isfinite(value):
        raise TruthError(f"the model gives no number for '{asked.of}'; change the scenario")
    return value


def read_before(asked: Statement | Ask, changes: Mapping[str, float], model: Model) -> float:
    """The same just before the run begins."""
    observable = observable_of(asked.of, model)
    if not observable.over_time:
        raise TruthError(f"'{asked.of}' sums up a whole run and has no baseline; compare it with a number or a run")
    return observable.before(run(changes, model))


def run(changes: Mapping[str, float], model: Model) -> Trajectory:
    """The run of a model with some parameters changed, whole numbers as such; kept for the next question."""
    return _cached_run(tuple(sorted(changes.items())), model.parameters, model.simulate)


@functools.lru_cache(maxsize=64)
def _cached_run(changes: tuple, parameters: type[Parameters], simulate: Callable) -> Trajectory:
    about = parameters.described()
    whole = {name for name, _ in changes if name in about and about[name].whole}
    values = {name: int(value) if name in whole and value == int(value) else value for name, value in changes}
    return simulate(parameters().changed(**values))
