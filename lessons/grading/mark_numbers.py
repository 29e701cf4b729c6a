"""Marks a number with its unit, once it could be read (see `reading`), and says what probably went wrong."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from lessons.grading import numbers
from lessons.grading.numbers import Quantity
from lessons.grading.numeric import Numeric
from lessons.grading.reading import heard, with_unit
from lessons.grading.verdict import Verdict, marked

ALLOWANCE = Fraction(1, 10**9)  # so that a printed bound passes
LARGEST_POWER = 6

WRONG_DIMENSION, SIGN, POWER_OF_TEN, UNIT_SLIP = "wrong-dimension", "sign", "power-of-ten", "unit-slip"


def number(item: Numeric, response: str) -> Verdict:
    """A text that holds one number."""
    expected = item.measured_in
    quantity = numbers.read(response, expected)
    echo = heard(quantity, expected)
    if quantity.unit.measures != expected.measures:
        how = f"in {expected.name}" if expected.name else "with a plain number"
        note = f"{quantity.unit.name} does not measure what is asked. Answer {how}."
        return marked(False, (WRONG_DIMENSION,), note, echo)
    value, near = quantity.to(expected), _nearness(item)
    if near(value):
        return marked(True, (), f"The answer is {with_unit(item.key, expected)}.", echo)
    tag, note = _slip(item, quantity, value, near)
    return marked(False, (tag,) if tag else (), note, echo)


def _slip(item: Numeric, quantity: Quantity, value: Fraction, near: Callable[[Fraction], bool]) -> tuple[str, str]:
    """Tag and sentence for what probably went wrong; empty where nothing is recognised."""
    if slip := item.diagnosis(value):
        return slip.tag, slip.say
    if near(-value):
        return SIGN, "The size is right. Look at the sign again: did it rise or fall?"
    if not quantity.stated:
        for other in numbers.UNITS.values():
            if other.measures == quantity.unit.measures and other != quantity.unit:
                if near(Quantity(value, other, True).to(quantity.unit)):
                    name = other.name or "a share of 1"
                    return UNIT_SLIP, f"That looks like {name}. Write the unit after the number."
    for power in range(1, LARGEST_POWER + 1):
        for factor in (Fraction(10**power), Fraction(1, 10**power)):
            if near(value * factor):
                return POWER_OF_TEN, "The digits are right. Look at the decimal point and the unit again."
    return "", "The question asks for another value. Set it on the sliders and read it off."


def _nearness(item: Numeric) -> Callable[[Fraction], bool]:
    """Whether a value lies within the tolerance about the key; both are worked out once for all that is tried."""
    key, tolerance = item.key, item.tolerance
    reach = tolerance + ALLOWANCE * max(abs(key), tolerance)
    low, high = key - reach, key + reach
    return lambda value: low <= value <= high
