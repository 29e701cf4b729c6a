"""What a learner knows so far: the course as the report needs to know it."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence

from lessons.data import claims, planned
from lessons.grading.attempts import Predicted
from lessons.grading.bank import Bank, banks, find, misconceptions, page_of, sealed, sets
from lessons.grading.items import Target
from lessons.interface.prediction import NEAR, UNSURE
from lessons.interface.report import Course, Outcome, Page, Report
from lessons.lesson_models import MODELS
from lessons.pages import page_files, read_front
from lessons.predictions import Question, predictions
from lessons.truth.runs import meets


def report() -> Report:
    """The report on the learner's record."""
    forms: Mapping[str, Bank] = sets()
    every = {**banks(), **sealed(), **forms}
    return Report(
        Course(
            items={name: item for bank in every.values() for name, item in bank.items.items()},
            homes={name: page_of(bank.lesson) for bank in every.values() for name in bank.items},
            pages=_pages(),
            claims={name: claim.text for name, claim in claims().items()},
            beliefs={name: one.belief for name, one in misconceptions().items()},
            opening=tuple(forms["opening"].items) if "opening" in forms else (),
            closing=tuple(forms["closing"].items) if "closing" in forms else (),
            never_again=frozenset(name for bank in forms.values() for name in bank.items),
            run=_met,
            outcome=outcome,
            examined=tuple(forms["exam"].items) if "exam" in forms else (),
        )
    )


def _pages() -> dict[str, Page]:
    written = {path: read_front(path) for path in page_files()}
    found = {one.id: Page(one.id, one.title) for one in planned()}
    return {**found, **{front.id: Page(front.id, front.title, f"{path.stem}.ipynb") for path, front in written.items()}}


_met_before: dict[str, Sequence[bool]] = {}


def _met(item: Target, setting: Mapping[str, float]) -> Sequence[bool]:
    """Which goals a setting meets. The same answer is marked anew each time that the report is shown, but run once."""
    asked = f"{item.model_dump_json()} {json.dumps(setting, sort_keys=True)}"
    if asked not in _met_before:
        _met_before[asked] = meets(item, setting, MODELS[item.model or find(item.id)[0]])
    return _met_before[asked]


def outcome(one: Predicted) -> Outcome | None:
    """What came of a prediction; None for one that only its own page can compare."""
    question = predictions().get(one.id)
    if question is None or question.lesson != one.lesson:
        return None
    if question.kind == "choice":
        return _of_a_choice(question, one.answer)
    given = [one.answer] if question.kind == "value" else one.answer
    if one.answer != UNSURE and not _sound(given, question):
        return None
    return _of_numbers(question, given)


def _of_a_choice(question: Question, answer: object) -> Outcome | None:
    key = next(option for option in question.options if option.correct)
    by = "The reports" if question.evidence else "The model"
    if answer == UNSURE:
        return Outcome(question.question, "Not sure", key.text, None, by)
    chosen = next((option for option in question.options if option.id == answer), None)
    return chosen and Outcome(question.question, chosen.text, key.text, chosen is key, by)


def _of_numbers(question: Question, given: Sequence[float] | str) -> Outcome:
    model = _of_the_model(question.id)
    observable = MODELS[question.lesson].observables[question.observable]
    said = _listed(question, model, observable.digits, observable.unit)
    if given == [UNSURE] or given == UNSURE:
        return Outcome(question.question, "Not sure", said, None)
    reach = NEAR * (question.high - question.low)
    agreed = all(abs(yours - there) <= reach for yours, there in zip(given, model, strict=True))
    return Outcome(question.question, _listed(question, given, observable.digits, observable.unit), said, agreed)


def _listed(question: Question, values: Sequence[float], digits: int, unit: str) -> str:
    told = ", ".join(f"{value:.{digits}f} at {name}" for value, name in zip(values, question.at, strict=True))
    return f"{told} ({unit})" if unit else told


def _sound(given: object, question: Question) -> bool:
    numbers = given if isinstance(given, list) else []
    return len(numbers) == len(question.at) and all(type(number) in (int, float) for number in numbers)


@functools.cache
def _of_the_model(name: str) -> tuple[float, ...]:
    question = predictions()[name]
    model = MODELS[question.lesson]
    start = model.parameters()
    whole = {field: int(v) if start.described()[field].whole else v for field, v in question.run.items()}
    run = model.simulate(start.changed(**whole))
    return tuple(model.observables[question.observable].at(run, second) for second in question.seconds)
