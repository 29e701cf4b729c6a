"""Whether the questions would notice: wrong keys, and models in which one number or one sign is different.

A key mutant is a question whose key says something else; it must fail. A model mutant is a lesson's model with one
parameter multiplied by .8 or 1.25 wherever it acts, or with one reading's sign turned. It counts if it changes a
reading of the lesson by more than that reading's tolerance, a twentieth of its axis (or of its value); it is killed if
a question of the lesson fails. What survives names the reading that changed most and that nobody asks about.
"""

from __future__ import annotations

import dataclasses
import functools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from lessons.grading.items import Choice, Curve, Item, Many, Match, Numeric, Order, Prediction, Target, TwoTier
from lessons.lesson_models import MODELS, Model
from lessons.simulation import Observable, ParameterError, SimulationError

FACTORS = (0.8, 1.25)
TOLERANCE = 0.05  # share of a reading's axis, or of its largest value, by which it must change to count
WRONG_SIZES = (Fraction(21, 20), Fraction(19, 20), Fraction(-1), Fraction(10), Fraction(1, 10))
OPPOSITE = {">": "<", "<": ">", "~": "!~", "!~": "~"}
Fails = Callable[[Item, Model], bool]


@dataclass(frozen=True)
class Mutant:
    """A model with one thing changed: `name` says what, `reading` whose sign it is, if it is one."""

    name: str
    model: Model
    reading: str = ""


def wrong_keys(item: Item) -> Iterator[tuple[str, Item]]:
    """What is changed, and the question with that wrong key. The model decides it, or there is none to find it out."""
    if isinstance(item, Choice | TwoTier):
        for option in item.options:
            if not option.correct:
                options = tuple(o.model_copy(update={"correct": o is option}) for o in item.options)
                yield f"keyed {option.id}", item.model_copy(update={"options": options})
    elif isinstance(item, Many):
        for option in item.options:
            flipped = option.model_copy(update={"correct": not option.correct})
            options = tuple(flipped if o is option else o for o in item.options)
            yield f"turned {option.id}", item.model_copy(update={"options": options})
    elif isinstance(item, Match):
        for entry in item.left:
            for place in item.right:
                if place.id != item.key[entry.id]:
                    yield (
                        f"{entry.id} to {place.id}",
                        item.model_copy(update={"key": {**item.key, entry.id: place.id}}),
                    )
    elif isinstance(item, Numeric):
        for factor in WRONG_SIZES:
            value = str(float(item.key * factor))
            narrow = f"{float(min(item.tolerance, abs(item.key * factor) / 5))} {item.unit}"
            yield f"times {float(factor):g}", item.model_copy(update={"value": value, "atol": narrow, "rtol": None})
    elif isinstance(item, Order):
        for i in range(len(item.steps) - 1):
            steps = list(item.steps)
            steps[i : i + 2] = reversed(steps[i : i + 2])
            yield f"{steps[i].id} first", item.model_copy(update={"steps": tuple(steps)})
    else:
        yield from _wrong_runs(item)


def _wrong_runs(item: Prediction | Target | Curve) -> Iterator[tuple[str, Item]]:
    if isinstance(item, Prediction):
        for row in item.rows:
            for i, phase in enumerate(item.phases):
                for way in {"up", "same", "down"} - {row.key[i]}:
                    turned = row.model_copy(update={"key": (*row.key[:i], way, *row.key[i + 1 :])})
                    rows = tuple(turned if r is row else r for r in item.rows)
                    yield f"{row.id} at {phase.id} {way}", item.model_copy(update={"rows": rows})
    elif isinstance(item, Target):
        for goal in item.goals:
            holds = goal.holds.model_copy(update={"op": OPPOSITE[goal.holds.op]})
            goals = tuple(g.model_copy(update={"holds": holds}) if g is goal else g for g in item.goals)
            yield f"goal {goal.id} turned", item.model_copy(update={"goals": goals})
        yield "the start as solution", item.model_copy(update={"solution": item.start})
    else:
        for i, when in enumerate(item.at):
            key = (*item.key[:i], item.key[i] + item.band, *item.key[i + 1 :])
            yield f"off at {when}", item.model_copy(update={"key": key})


def key_report(items: Iterable[tuple[str, Item]], fails: Fails) -> dict[str, Any]:
    """How many wrong keys there are, how many fail, and those that do not."""
    survivors, count = [], 0
    for lesson, item in items:
        if not item.by_model:
            continue
        for name, form in item.forms.items():
            for what, wrong in wrong_keys(form):
                count += 1
                if not fails(wrong, MODELS[item.model or lesson]):
                    survivors.append(f"{item.id} {name}: {what}")
    return {"mutants": count, "killed": count - len(survivors), "survivors": survivors}


def model_report(model: Model, items: Sequence[Item], fails: Fails) -> dict[str, Any]:
    """How many mutants of a model count, how many are killed, and the readings behind those that are not."""
    asked = sorted((item for item in items if item.by_model), key=_cost)
    situations = _situations(asked)
    counting, survivors = 0, []
    for mutant in every_mutant(model):
        if not _counts(model, mutant, situations):
            continue
        counting += 1
        if not any(fails(item, mutant.model) for item in asked):
            reading = mutant.reading or _changed_most(model, mutant.model, situations)
            survivors.append({"mutant": mutant.name, "reading": reading})
    return {"mutants": counting, "killed": counting - len(survivors), "survivors": survivors}


def every_mutant(model: Model) -> Iterator[Mutant]:
    """Every parameter less and more, and every reading's sign turned."""
    yield from shifted(model, FACTORS)
    for name, reading in model.observables.items():
        turned = {**model.observables, name: _turned(reading)}
        yield Mutant(f"sign of {name}", dataclasses.replace(model, observables=turned), name)


def shifted(model: Model, factors: Iterable[float], names: Iterable[str] | None = None) -> Iterator[Mutant]:
    """A model with one parameter multiplied wherever it acts, within its range: each parameter by each factor."""
    about = model.parameters.described()
    for name in names or about:
        for factor in factors:
            changed = dataclasses.replace(model, simulate=_scaled(model.simulate, name, about[name].whole, factor))
            yield Mutant(f"{name} x {factor:g}", changed)


def _counts(model: Model, mutant: Mutant, situations: Sequence[Mapping[str, float]]) -> bool:
    names = [mutant.reading] if mutant.reading else None
    return any(away > 1 for away, _ in _changes(model, mutant.model, situations, names))


def _scaled(simulate: Callable, name: str, whole: bool, factor: float) -> Callable:
    def run(parameters):
        about = parameters.described()[name]
        value = min(max(getattr(parameters, name) * factor, about.low), about.high)
        if whole:
            up = factor > 1
            value = int(min(math.ceil(value), about.high)) if up else int(max(math.floor(value), about.low))
        return simulate(parameters.changed(**{name: value}))

    return run


def _turned(reading: Observable) -> Observable:
    baseline = reading.baseline
    return dataclasses.replace(
        reading,
        read=lambda run: -np.asarray(reading.read(run), dtype=float),
        baseline=None if baseline is None else lambda run: -baseline(run),
    )


def _changed_most(model: Model, other: Model, situations: Sequence[Mapping[str, float]]) -> str:
    """The reading that changes most, in tolerances, from one model to the other."""
    return max(_changes(model, other, situations))[1]


def _changes(
    model: Model, other: Model, situations: Sequence[Mapping[str, float]], names: Iterable[str] | None = None
) -> Iterator[tuple[float, str]]:
    """By how many tolerances each reading changes in each situation, and its name."""
    for situation in situations:
        one = _run(model, tuple(sorted(situation.items())))
        try:
            two = other.simulate(one.parameters) if other.simulate is not model.simulate else one
        except (ParameterError, SimulationError):
            continue
        for name in names or model.observables:
            a = np.asarray(model.observables[name].read(one), dtype=float)
            b = np.asarray(other.observables[name].read(two), dtype=float)
            if a.shape != b.shape:
                continue
            axis = model.observables[name].axis
            size = axis[1] - axis[0] if axis else np.max(np.abs(a), initial=0.0)
            yield (np.nanmax(np.abs(a - b), initial=0.0) / (TOLERANCE * size) if size else 0.0), name


@functools.lru_cache(maxsize=64)
def _run(model: Model, situation: tuple):
    about = model.parameters.described()
    values = {name: int(value) if about[name].whole else value for name, value in situation}
    return model.simulate(model.parameters().changed(**values))


def _situations(items: Sequence[Item]) -> list[Mapping[str, float]]:
    """As the model opens, and as each question sets it."""
    scenarios = [form.scenario for item in items for form in item.forms.values()]
    found = [{}, *(s.set for s in scenarios), *(s.compare or {} for s in scenarios)]
    return [dict(each) for each in dict.fromkeys(tuple(sorted(each.items())) for each in found)]


def _cost(item: Item) -> int:
    """Targets last: they run the model often."""
    return isinstance(item, Target)
