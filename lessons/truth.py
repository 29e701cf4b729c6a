"""Whether the keys of the questions hold: in the lesson's model, or in the findings that a question cites.

The truth statements of a question (see `lessons.grading.items`) are run on the model: exactly the keyed option may
hold, for each entry to sort exactly the keyed place, and the key of a number must lie within a quarter of its tolerance
of the model's value. Where findings decide, every decimal number that the question prints must stand in a finding that
it cites. So a model or a finding that changes under a question names the question that it breaks.
"""

from __future__ import annotations

import difflib
import functools
import math
import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from lessons.data import ASSETS, findings
from lessons.entries import Finding
from lessons.grading import numbers
from lessons.grading.bank import banks
from lessons.grading.items import Choice, Item, Match, Numeric
from lessons.grading.numbers import NumberError
from lessons.grading.question import UNREVIEWED, Ask, Statement
from lessons.lesson_models import MODELS, Model
from lessons.simulation import Observable, ParameterError, Parameters, SimulationError, Trajectory

KEY_MARGIN = Fraction(1, 4)  # of the tolerance: how far a key may lie from the model
CLEARANCE = 1e-3  # share of the numbers by which a statement must be clear of being decided the other way
POINTS = "points"  # pain has no unit in a model, and points on its scale in an answer


class TruthError(ValueError):
    """A statement that cannot be decided. One sentence with what to do."""


def verify(item: Item, model: Model | None, known: Mapping[str, Finding]) -> list[str]:
    """What is wrong with the key of a question, one sentence each; empty if it holds."""
    try:
        if not item.by_model:
            problems = _unfounded_numbers(item, known)
        elif model is None:
            problems = ["its lesson has no model; add one to MODELS in truth.py, or write truth: none and evidence"]
        elif isinstance(item, Choice):
            problems = _choice(item, model)
        elif isinstance(item, Match):
            problems = _match(item, model)
        else:
            problems = _numeric(item, item.ask, model)
    except (TruthError, NumberError, ParameterError, SimulationError) as error:
        problems = [str(error)]
    return [f"{item.id}: {problem}" for problem in problems]


def report(folder: Path = ASSETS) -> dict[str, Any]:
    """All questions as JSON, in order.

    A key is verified if the model confirms it, or if it rests on findings and a second reader has signed.
    """
    rows = []
    for lesson, bank in banks(folder).items():
        for item in bank.items.values():
            holds = not verify(item, MODELS.get(lesson), findings(folder))
            rows.append(
                {
                    "id": item.id,
                    "lesson": lesson,
                    "type": item.type,
                    "claims": list(item.claim),
                    "key_verified": holds and (item.by_model or item.reviewed_by != UNREVIEWED),
                    "misconceptions": list(dict.fromkeys(item.misconceptions)),
                }
            )
    return {"items": rows, "mutation": {}}


def problems(folder: Path = ASSETS) -> list[str]:
    """Every key that does not hold, one sentence each."""
    return [
        problem
        for lesson, bank in banks(folder).items()
        for item in bank.items.values()
        for problem in verify(item, MODELS.get(lesson), findings(folder))
    ]


def _choice(item: Choice, model: Model) -> list[str]:
    found = []
    for option in item.options:
        if reason := _against_key(option.correct, option.truth, item, model):
            keyed, other = (
                f"the keyed option '{option.id}' does not hold",
                f"the option '{option.id}' is not keyed and holds",
            )
            found.append(f"{keyed if option.correct else other}: {reason}")
    return found


def _match(item: Match, model: Model) -> list[str]:
    found = []
    for entry in item.left:
        for place, statements in entry.truth.items():
            keyed = item.key[entry.id] == place
            if reason := _against_key(keyed, statements, item, model):
                where = f"'{place}' is {'keyed and does not hold' if keyed else 'not keyed and holds'}"
                found.append(f"for the entry '{entry.id}' the place {where}: {reason}")
    return found


def _against_key(keyed: bool, statements: Iterable[Statement], item: Item, model: Model) -> str:
    """What fails though it is keyed, or holds though it is not; empty if the model agrees with the key."""
    told = [_told(statement, item, model) for statement in statements]
    failing = [sentence for sentence, holds in told if not holds]
    if keyed:
        return "; ".join(failing)
    return "" if failing else "; ".join(sentence for sentence, _ in told)


def _told(statement: Statement, item: Item, model: Model) -> tuple[str, bool]:
    """A statement as a sentence with the model's numbers, and whether it holds."""
    value = _value(statement, item.scenario.set, model)
    if statement.vs == "baseline":
        against = _before(statement, item.scenario.set, model)
    elif statement.vs == "compare":
        against = _value(statement, item.scenario.compare or {}, model)
    else:
        against = statement.vs
    margin = statement.abs if statement.abs is not None else (statement.rel or 0.0) * abs(against)
    away = value - against
    holds = {">": away > margin, "<": away < -margin, "~": abs(away) <= margin, "!~": abs(away) > margin}[statement.op]
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


def _numeric(item: Numeric, ask: Ask, model: Model) -> list[str]:
    value = _value(ask, item.scenario.set, model)
    if ask.minus == "baseline":
        value -= _before(ask, item.scenario.set, model)
    elif ask.minus == "compare":
        value -= _value(ask, item.scenario.compare or {}, model)
    there = _in_unit_of(item, value, model.observables[ask.of])
    if abs(there - item.key) <= KEY_MARGIN * item.tolerance:
        return []
    return [
        f"the key is {item.value} {item.unit} and the model says {float(there):.5g}; they may differ by "
        f"{float(KEY_MARGIN * item.tolerance):.3g}, a quarter of the tolerance"
    ]


def _in_unit_of(item: Numeric, value: float, observable: Observable) -> Fraction:
    exact = Fraction(value)
    if observable.unit == "" and item.measured_in.name == POINTS:
        return exact
    measured_in = numbers.unit(observable.unit)
    return numbers.Quantity(exact, measured_in, True).to(item.measured_in)


def _observable(name: str, model: Model) -> Observable:
    if name not in model.observables:
        near = difflib.get_close_matches(name, model.observables, 1)
        hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(model.observables)}"
        raise TruthError(f"there is no observable '{name}'; {hint}")
    return model.observables[name]


def _value(asked: Statement | Ask, changes: Mapping[str, float], model: Model) -> float:
    observable = _observable(asked.of, model)
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


def _before(asked: Statement | Ask, changes: Mapping[str, float], model: Model) -> float:
    observable = _observable(asked.of, model)
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


def _unfounded_numbers(item: Item, known: Mapping[str, Finding]) -> list[str]:
    """Decimal numbers that a question prints and none of the findings that it cites contains."""
    cited = [known[name] for name in item.evidence]
    founded = {
        number for f in cited for text in (f.says, f.number, f.interval, f.n, f.caution) for number in _decimals(text)
    }
    texts = [item.stem, *_said_as_true(item), item.explanation]
    printed = [number for text in texts for number in _decimals(text)]
    return [
        f"it prints {float(number):g}, which stands in none of the findings that it cites; correct it or cite another"
        for number in dict.fromkeys(printed)
        if number not in founded
    ]


def _said_as_true(item: Item) -> list[str]:
    """What a question says beside its stem and explanation, less the texts of wrong options."""
    if isinstance(item, Choice):
        return [item.correct.text, *(option.feedback for option in item.options)]
    if isinstance(item, Match):
        return [text for entry in item.left for text in (entry.text, entry.feedback)]
    return [item.value]


def _decimals(text: str) -> list[Fraction]:
    return [Fraction(number) for number in re.findall(r"\d+\.\d+", text)]
