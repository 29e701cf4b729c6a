"""Marks an answer: a pure function of question and response that has a result for anything it is given."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lessons.grading import numbers
from lessons.grading.items import Choice, Item, Match, Numeric
from lessons.grading.numbers import NumberError, Quantity, Unit

MARKED = ("correct", "partial", "incorrect")
STATUSES = (*MARKED, "invalid", "unanswered", "grader-error")
ALLOWANCE = Fraction(1, 10**9)  # so that a printed bound passes
LARGEST_POWER = 6

WRONG_DIMENSION, SIGN, POWER_OF_TEN, UNIT_SLIP = "wrong-dimension", "sign", "power-of-ten", "unit-slip"


@dataclass(frozen=True)
class EntryMark:
    """Whether an entry is right in the place that it was given, both by id, and what to say to that."""

    entry: str
    place: str
    right: bool
    note: str


@dataclass(frozen=True)
class Verdict:
    """What an answer is worth.

    `status`: one of STATUSES; only MARKED ones have a `fraction` (0 to 1), the others are None and use up no attempt.
    `tags`: misconceptions or slips that the answer betrays. `note`: what to say to it. `echo`: how a number was read.
    `entries`: the marks of the entries that were sorted, wrong ones first.
    """

    status: str
    fraction: Fraction | None
    tags: tuple[str, ...] = ()
    note: str = ""
    echo: str = ""
    entries: tuple[EntryMark, ...] = ()


UNANSWERED = Verdict("unanswered", None, note="Nothing was answered yet.")


def grade(item: Item, response: Any) -> Verdict:
    """The verdict on a response: an option's id, the text of a number, or {entry id: place id}. Never raises."""
    try:
        if response is None or (isinstance(response, str) and not response.strip()):
            return UNANSWERED
        if isinstance(item, Choice):
            return _choice(item, response)
        return _match(item, response) if isinstance(item, Match) else _numeric(item, response)
    except Exception as error:  # a mistake of ours must cost nobody a mark, nor stop the next answer
        return Verdict(
            "grader-error", None, note=f"This question could not be marked ({type(error).__name__}: {error})."
        )


def echo(item: Numeric, text: str) -> str:
    """How the text of a number will be read, before it is marked. Raises NumberError if it cannot be."""
    return _echo(numbers.read(text, item.measured_in), item.measured_in)


def _choice(item: Choice, response: Any) -> Verdict:
    chosen = next((option for option in item.options if isinstance(response, str) and option.id == response), None)
    if chosen is None:
        return _invalid(f"Choose one of {', '.join(option.id for option in item.options)}.")
    tags = (chosen.misconception,) if chosen.misconception else ()
    return _marked(chosen.correct, tags, chosen.feedback)


def _match(item: Match, response: Any) -> Verdict:
    entries, places = [entry.id for entry in item.left], [place.id for place in item.right]
    sort = f"Sort {', '.join(entries)}, each to one of {', '.join(places)}."
    if not isinstance(response, dict) or any(name not in entries for name in response):
        return _invalid(sort)
    given = {name: place for name, place in response.items() if place is not None and place != ""}
    if not given:
        return UNANSWERED
    if any(place not in places for place in given.values()):
        return _invalid(sort)
    if missing := [name for name in entries if name not in given]:
        return _invalid(f"Still without a place: {', '.join(missing)}.")
    marks = [EntryMark(e.id, given[e.id], given[e.id] == item.key[e.id], e.feedback) for e in item.left]
    right = sum(mark.right for mark in marks)
    wrong = {mark.entry for mark in marks if not mark.right}
    tags = dict.fromkeys(entry.misconception for entry in item.left if entry.id in wrong and entry.misconception)
    return Verdict(
        "incorrect" if not right else "partial" if wrong else "correct",
        Fraction(right, len(marks)),
        tuple(tags),
        f"{right} of {len(marks)} are where they belong.",
        entries=tuple(sorted(marks, key=lambda mark: mark.right)),
    )


def _numeric(item: Numeric, response: Any) -> Verdict:
    if not isinstance(response, str):
        return _invalid("Write one number as text, such as 4.8.")
    expected = item.measured_in
    try:
        quantity = numbers.read(response, expected)
    except NumberError as error:
        return _invalid(str(error))
    heard = _echo(quantity, expected)
    if quantity.unit.measures != expected.measures:
        how = f"in {expected.name}" if expected.name else "with a plain number"
        note = f"{quantity.unit.name} does not measure what is asked. Answer {how}."
        return _marked(False, (WRONG_DIMENSION,), note, heard)
    value = quantity.to(expected)
    if _within(item, value):
        return _marked(True, (), f"The answer is {_with_unit(item.key, expected)}.", heard)
    tag, note = _slip(item, quantity, value)
    return _marked(False, (tag,) if tag else (), note, heard)


def _slip(item: Numeric, quantity: Quantity, value: Fraction) -> tuple[str, str]:
    """Tag and sentence for what probably went wrong; empty where nothing is recognised."""
    if slip := item.diagnosis(value):
        return slip.tag, slip.say
    if _within(item, -value):
        return SIGN, "The size is right. Look at the sign again: did it rise or fall?"
    if not quantity.stated:
        for other in numbers.UNITS.values():
            if other.measures == quantity.unit.measures and other != quantity.unit:
                if _within(item, Quantity(value, other, True).to(quantity.unit)):
                    name = other.name or "a share of 1"
                    return UNIT_SLIP, f"That looks like {name}. Write the unit after the number."
    for power in range(1, LARGEST_POWER + 1):
        for factor in (Fraction(10**power), Fraction(1, 10**power)):
            if _within(item, value * factor):
                return POWER_OF_TEN, "The digits are right. Look at the decimal point and the unit again."
    return "", "The question asks for another value. Set it on the sliders and read it off."


def _within(item: Numeric, value: Fraction) -> bool:
    return abs(value - item.key) <= item.tolerance + ALLOWANCE * max(abs(item.key), item.tolerance)


def _echo(quantity: Quantity, expected: Unit) -> str:
    if quantity.unit == expected or quantity.unit.measures != expected.measures:
        return f"Read as {quantity}."
    return f"Read as {quantity}, which is {_with_unit(quantity.to(expected), expected)}."


def _with_unit(value: Fraction, unit: Unit) -> str:
    return str(Quantity(value, unit, True))


def _marked(right: bool, tags: tuple[str, ...], note: str, heard: str = "") -> Verdict:
    return Verdict("correct" if right else "incorrect", Fraction(int(right)), tags, note, heard)


def _invalid(note: str) -> Verdict:
    return Verdict("invalid", None, note=note)
