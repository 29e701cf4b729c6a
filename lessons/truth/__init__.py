"""Whether the keys of the questions hold: in the lesson's model, or in the findings that a question cites.

The truth statements of a question (see `lessons.grading.items`) are run on the model: exactly the keyed option may
hold, for each entry to sort exactly the keyed place, and the key of a number must lie within a quarter of its tolerance
of the model's value. Where findings decide, every decimal number that the question prints must stand in a finding that
it cites. So a model or a finding that changes under a question names the question that it breaks.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from lessons.data import ASSETS, findings
from lessons.entries import Finding
from lessons.grading import numbers
from lessons.grading.bank import banks, sets, sources
from lessons.grading.items import Choice, Item, Many, Match, Numeric, Order, Target, TwoTier
from lessons.grading.numbers import NumberError
from lessons.grading.question import Statement
from lessons.lesson_models import MODELS, Model
from lessons.simulation import Observable, ParameterError, SimulationError
from lessons.truth import ambiguity, mutants
from lessons.truth.runs import curve, luck, prediction, target
from lessons.truth.values import TruthError, read_before, read_value, told_by

KEY_MARGIN = Fraction(1, 4)  # of the tolerance: how far a key may lie from the model
APART = 0.02  # share of the largest by which two steps of an order must differ
POINTS = "points"  # pain has no unit in a model, or its scale for one, and points on that scale in an answer
POINTLESS = ("", "(0 to 10)")


def verify(item: Item, model: Model | None, known: Mapping[str, Finding], by_luck: bool = True) -> list[str]:
    """What is wrong with the key of a question in any of its forms, one sentence each; empty if it holds.

    `by_luck`: whether to look, too, how often chance would meet the goals of sliders to set, which takes seconds.
    """
    return list(_of_each_form(item, model, known, by_luck))


def fails(item: Item, model: Model | None, known: Mapping[str, Finding]) -> bool:
    """Whether anything is wrong with the key of a question, without a look at chance; stops at the first thing."""
    return next(_of_each_form(item, model, known, by_luck=False), None) is not None


def _of_each_form(item: Item, model: Model | None, known: Mapping[str, Finding], by_luck: bool) -> Iterator[str]:
    for name, form in item.forms.items():
        for problem in _problems(form, model, known, by_luck):
            yield f"{item.id}{f' ({name})' if name else ''}: {problem}"


def _problems(item: Item, model: Model | None, known: Mapping[str, Finding], by_luck: bool) -> list[str]:
    try:
        if not item.by_model:
            return _unfounded_numbers(item, known)
        if model is None:
            return ["its lesson has no model; add one to MODELS in truth.py, or write truth: none and evidence"]
        found = CHECKS[item.type](item, model)
        return found + luck(item, model) if by_luck and isinstance(item, Target) else found
    except (TruthError, NumberError, ParameterError, SimulationError) as error:
        return [str(error)]


def report(folder: Path = ASSETS) -> dict[str, Any]:
    """All questions as JSON, in order, and how many wrong keys would be found out.

    `key_verified`: true if the model confirms the key, "fact" if it rests on the findings under `sources` (whether a
    second reader has signed stands beside it), false if it does not hold.
    """
    rows = []
    for lesson, item in every(folder):
        holds = not verify(item, MODELS.get(item.model or lesson), findings(folder))
        rows.append(
            {
                "id": item.id,
                "lesson": lesson,
                "type": item.type,
                "claims": list(item.claim),
                "key_verified": holds and (item.by_model or "fact"),
                "sources": list(sources(item, folder)),
                "reviewed_by": item.reviewed_by,
                "misconceptions": list(dict.fromkeys(item.misconceptions)),
            }
        )
    return {
        "items": rows,
        "mutation": mutants.key_report(every(folder), lambda item, model: fails(item, model, findings(folder))),
    }


def audits(told: Callable[[str], None] = lambda _: None, folder: Path = ASSETS) -> list[dict[str, Any]]:
    """For each model: the lessons that ask about it, how many of its mutants they notice, and whose keys a fifth more
    or less of one of its numbers would turn. Takes minutes."""
    asked: dict[Model, list[tuple[str, Item]]] = {}
    for lesson, item in every(folder):
        if item.by_model:
            asked.setdefault(MODELS[item.model or lesson], []).append((item.model or lesson, item))
    known, found = findings(folder), []
    for model, pairs in asked.items():
        lessons, items = sorted({lesson for lesson, _ in pairs}), [item for _, item in pairs]
        told(f"lessons {', '.join(lessons)}: changed models")
        noticed = mutants.model_report(model, items, lambda item, other: fails(item, other, known))
        told(f"lessons {', '.join(lessons)}: for whom each key is true")
        turned = ambiguity.audit(model, items, lambda item, other: fails(item, other, known))
        found.append({"lessons": lessons, **noticed, "keys": turned})
    return found


def problems(folder: Path = ASSETS) -> list[str]:
    """Every key that does not hold, one sentence each."""
    return [
        problem
        for lesson, item in every(folder)
        for problem in verify(item, MODELS.get(item.model or lesson), findings(folder))
    ]


def every(folder: Path = ASSETS) -> Iterator[tuple[str, Item]]:
    """Every question with its lesson, or the set that it stands in."""
    for one in (*banks(folder).values(), *sets(folder).values()):
        yield from ((one.lesson, item) for item in one.items.values())


def _options(item: Choice | Many | TwoTier, model: Model) -> list[str]:
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
    told = [told_by(statement, item, model) for statement in statements]
    failing = [sentence for sentence, holds in told if not holds]
    if keyed:
        return "; ".join(failing)
    return "" if failing else "; ".join(sentence for sentence, _ in told)


def _order(item: Order, model: Model) -> list[str]:
    """The model's readings must fall or rise from step to step, each clear of the next."""
    values = []
    for step in item.steps:
        value = read_value(step.read, {**item.scenario.set, **step.set}, model)
        if step.read.minus == "baseline":
            value -= read_before(step.read, {**item.scenario.set, **step.set}, model)
        values.append(-value if item.falling else value)
    apart = APART * max(map(abs, values))
    return [
        f"the step '{item.key[i + 1]}' must come clear of '{item.key[i]}', and the model gives {abs(a):.4g} and "
        f"{abs(b):.4g}; change the order or a step"
        for i, (a, b) in enumerate(itertools.pairwise(values))
        if b - a < apart
    ]


def _numeric(item: Numeric, model: Model) -> list[str]:
    ask = item.ask
    value = read_value(ask, item.scenario.set, model)
    if ask.minus == "baseline":
        value -= read_before(ask, item.scenario.set, model)
    elif ask.minus == "compare":
        value -= read_value(ask, item.scenario.compare or {}, model)
    there = _in_unit_of(item, value, model.observables[ask.of])
    if abs(there - item.key) <= KEY_MARGIN * item.tolerance:
        return []
    return [
        f"the key is {item.value} {item.unit} and the model says {float(there):.5g}; they may differ by "
        f"{float(KEY_MARGIN * item.tolerance):.3g}, a quarter of the tolerance"
    ]


CHECKS: Mapping[str, Callable[[Any, Model], list[str]]] = {
    "choice": _options,
    "many": _options,
    "two_tier": _options,
    "match": _match,
    "order": _order,
    "numeric": _numeric,
    "prediction": prediction,
    "target": target,
    "curve": curve,
}


def _in_unit_of(item: Numeric, value: float, observable: Observable) -> Fraction:
    exact = Fraction(value)
    if observable.unit in POINTLESS and item.measured_in.name == POINTS:
        return exact
    measured_in = numbers.unit(observable.unit)
    return numbers.Quantity(exact, measured_in, True).to(item.measured_in)


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
    if isinstance(item, Choice | Many | TwoTier):
        options = (*item.options, *(item.because if isinstance(item, TwoTier) else ()))
        return [part for o in options for part in ([o.text, o.feedback] if o.correct else [o.feedback])]
    if isinstance(item, Order):
        return [step.text for step in item.steps]
    if isinstance(item, Match):
        return [text for entry in item.left for text in (entry.text, entry.feedback)]
    return [item.value] if isinstance(item, Numeric) else []


def _decimals(text: str) -> list[Fraction]:
    return [Fraction(number) for number in re.findall(r"\d+\.\d+", text)]
