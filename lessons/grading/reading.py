"""Whether an answer can be read, which needs no key: only what its question offers, and so the same where it is sealed.

Each function gives None for an answer that can be marked, and otherwise the verdict that says what to do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lessons.grading import numbers
from lessons.grading.numbers import NumberError, Quantity, Unit
from lessons.grading.runs import WAYS
from lessons.grading.verdict import UNANSWERED, Verdict, invalid

LARGEST = 1e12


def unread(item: Any, response: Any) -> Verdict | None:
    """Why a response to a question, sealed or not, cannot be marked. What is expected: see `grade`."""
    if response is None or response == {} or response == [] or (isinstance(response, str) and not response.strip()):
        return UNANSWERED
    return BY_TYPE[item.type](item, response)


def echo(item: Any, text: str) -> str:
    """How the text of a number will be read, before it is marked. Raises NumberError if it cannot be."""
    return heard(numbers.read(text, item.measured_in), item.measured_in)


def heard(quantity: Quantity, expected: Unit) -> str:
    """A number in words, in the unit that is expected, too."""
    if quantity.unit == expected or quantity.unit.measures != expected.measures:
        return f"Read as {quantity}."
    return f"Read as {quantity}, which is {with_unit(quantity.to(expected), expected)}."


def with_unit(value: Any, unit: Unit) -> str:
    return str(Quantity(value, unit, True))


def _choice(item: Any, response: Any) -> Verdict | None:
    names = [option.id for option in item.options]
    return None if _is_one_of(names, response) else invalid(f"Choose one of {', '.join(names)}.")


def _is_one_of(names: list[str], response: Any) -> bool:
    return isinstance(response, str) and response in names


def _number(item: Any, response: Any) -> Verdict | None:
    if not isinstance(response, str):
        return invalid("Write one number as text, such as 4.8.")
    try:
        numbers.read(response, item.measured_in)
    except NumberError as error:
        return invalid(str(error))
    return None


def _match(item: Any, response: Any) -> Verdict | None:
    entries, places = [entry.id for entry in item.left], [place.id for place in item.right]
    sort = f"Sort {', '.join(entries)}, each to one of {', '.join(places)}."
    if not isinstance(response, dict) or any(name not in entries for name in response):
        return invalid(sort)
    given = {name: place for name, place in response.items() if place is not None and place != ""}
    if not given:
        return UNANSWERED
    if any(place not in places for place in given.values()):
        return invalid(sort)
    if missing := [name for name in entries if name not in given]:
        return invalid(f"Still without a place: {', '.join(missing)}.")
    return None


def _many(item: Any, response: Any) -> Verdict | None:
    names = sorted(option.id for option in item.options)  # what is right may have been written first
    if not isinstance(response, list) or not all(_is_one_of(names, name) for name in response):
        return invalid(f"Tick any of {', '.join(names)}.")
    return None


def _order(item: Any, response: Any) -> Verdict | None:
    names = sorted(step.id for step in item.steps)  # as they are written is the key
    if not isinstance(response, list) or not all(_is_one_of(names, name) for name in response):
        return invalid(f"Put {', '.join(names)} in order.")
    return None if sorted(response) == names else invalid("Give each step one place.")


def _two_tier(item: Any, response: Any) -> Verdict | None:
    asked = {"answer": item.options, "because": item.because}
    if not isinstance(response, dict) or set(response) - set(asked):
        return invalid("Choose an answer and a reason.")
    if missing := [part for part in asked if response.get(part) in (None, "")]:
        return UNANSWERED if len(missing) == 2 else invalid(f"Still to choose: {' and '.join(missing)}.")
    for part, options in asked.items():
        names = [option.id for option in options]
        if not _is_one_of(names, response[part]):
            return invalid(f"Choose one of {', '.join(names)}.")
    return None


def _prediction(item: Any, response: Any) -> Verdict | None:
    rows, phases = {row.id: row for row in item.rows}, {phase.id for phase in item.phases}
    how = f"Say {', '.join(WAYS)} for each of {', '.join(rows)}."
    if not isinstance(response, dict) or set(response) - set(rows):
        return invalid(how)
    if any(not isinstance(cells, dict) or set(cells) - phases for cells in response.values()):
        return invalid(how)
    given = [way for cells in response.values() for way in cells.values() if way not in (None, "")]
    if not given:
        return UNANSWERED
    return None if all(_is_one_of(list(WAYS), way) for way in given) else invalid(how)


def _target(item: Any, response: Any) -> Verdict | None:
    names = [slider.id for slider in item.sliders]
    if not isinstance(response, dict) or set(response) != set(names):
        return invalid(f"Give each of {', '.join(names)} a number.")
    for slider in item.sliders:
        value = response[slider.id]
        if not _is_number(value):
            return invalid(f"{slider.id} needs a number.")
        if slider.low is not None and value < slider.low:
            return invalid(f"{slider.id} must not lie below {slider.low:g}.")
        if slider.high is not None and value > slider.high:
            return invalid(f"{slider.id} must not lie above {slider.high:g}.")
        if getattr(slider, "whole", False) and value != int(value):
            return invalid(f"{slider.id} must be a whole number.")
    return None


def _curve(item: Any, response: Any) -> Verdict | None:
    if not isinstance(response, list) or len(response) != len(item.at):
        return invalid(f"Draw a value for each of {', '.join(item.at)}.")
    if not all(map(_is_number, response)):
        return invalid("Every value of the curve is a number.")
    if any(not item.low <= value <= item.high for value in response):
        return invalid(f"The curve stays within {item.low:g} to {item.high:g}.")
    return None


def _is_number(value: Any) -> bool:
    """Whether it is a finite number, and no truth value."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= LARGEST


BY_TYPE: dict[str, Callable[[Any, Any], Verdict | None]] = {
    "choice": _choice,
    "numeric": _number,
    "match": _match,
    "many": _many,
    "order": _order,
    "two_tier": _two_tier,
    "prediction": _prediction,
    "target": _target,
    "curve": _curve,
}
