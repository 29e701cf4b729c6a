"""Questions answered by a number with its unit."""

from __future__ import annotations

import functools
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, model_validator

from lessons.grading import numbers
from lessons.grading.numbers import NumberError, Quantity, Unit
from lessons.grading.question import Ask, Name, Question, Text
from lessons.strict_yaml import Entry

WIDEST = 0.2  # relative tolerance
NEARNESS = Fraction(1, 20)  # share of a diagnosed value by which an answer may miss it


class Diagnosis(Entry):
    """A wrong number that betrays a slip, and what to say to it."""

    value: Text
    tag: Name
    say: Text


class Numeric(Question):
    """A number with its unit, right within a tolerance."""

    type: Literal["numeric"]
    ask: Ask | None = None
    unit: str
    value: Text
    atol: str = ""
    rtol: Annotated[float, Field(gt=0, le=WIDEST)] | None = None
    diagnoses: tuple[Diagnosis, ...] = ()

    @property
    def measured_in(self) -> Unit:
        return numbers.unit(self.unit)

    @property
    def key(self) -> Fraction:
        """The right value, in the item's unit."""
        return _number(self.value, self.measured_in)

    @property
    def tolerance(self) -> Fraction:
        """How far an answer may lie from the key, in the item's unit."""
        relative = Fraction(str(self.rtol)) * abs(self.key) if self.rtol else Fraction(0)
        return max(_number(self.atol, self.measured_in) if self.atol else Fraction(0), relative)

    @property
    def quantity(self) -> tuple[str | None, ...]:
        return (self.ask.of, self.ask.minus) if self.ask else ()

    def diagnosis(self, value: Fraction) -> Diagnosis | None:
        """The declared slip that a value, in the item's unit, betrays."""
        near = [(abs(value - known), slip) for slip, known in self._slips() if self._betrays(value, known)]
        return min(near, key=lambda pair: pair[0])[1] if near else None

    @property
    def misconceptions(self) -> tuple[str, ...]:
        return tuple(slip.tag for slip in self.diagnoses)

    def _slips(self) -> list[tuple[Diagnosis, Fraction]]:
        return [(slip, _number(slip.value, self.measured_in)) for slip in self.diagnoses]

    def _betrays(self, value: Fraction, known: Fraction) -> bool:
        return abs(value - known) <= min(self.tolerance, NEARNESS * abs(known))

    @model_validator(mode="after")
    def _sound(self) -> Numeric:
        try:
            tolerance, key, slips = self.tolerance, self.key, self._slips()
        except NumberError as error:
            raise ValueError(f"{error} Correct unit, value, atol or diagnoses") from None
        if tolerance <= 0:
            raise ValueError("the tolerance is 0; give 'atol' with its unit, or 'rtol' (for a value of 0 only 'atol')")
        if key and tolerance > Fraction(str(WIDEST)) * abs(key):
            raise ValueError(f"the tolerance is {float(tolerance / abs(key)):.0%} of the value; 20 % is the most")
        tags = [slip.tag for slip in self.diagnoses]
        for slip, known in slips:
            if tags.count(slip.tag) > 1:
                raise ValueError(f"two diagnoses have the tag '{slip.tag}'; change one")
            if abs(known - key) <= tolerance:
                raise ValueError(f"the diagnosis '{slip.tag}' lies within the tolerance, so it is right; change it")
            if any(other is not slip and self._betrays(known, value) for other, value in slips):
                raise ValueError(f"the diagnosis '{slip.tag}' cannot be told from another one; remove one")
        if self.by_model != (self.ask is not None):
            raise ValueError("a number is either read from the model with 'ask' or, with 'truth: none', from findings")
        self._check_item([self.ask] if self.ask else [])
        return self


@functools.lru_cache(maxsize=4096)
def _number(text: str, measured_in: Unit) -> Fraction:
    return _quantity(text, measured_in).to(measured_in)


def _quantity(text: str, measured_in: Unit) -> Quantity:
    quantity = numbers.read(text, measured_in)
    if quantity.unit.measures != measured_in.measures:
        raise NumberError(f"“{text}” is not measured in {measured_in.name or 'a plain number'}.")
    return quantity
