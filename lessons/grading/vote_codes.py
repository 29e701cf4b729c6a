"""A vote as a short code to read out or to paste: what was voted on, in which round, what was chosen and how sure.

A code holds no name and no key. Its letters are the digits of a number system with 31 of them, a prime, so that two
check letters notice any wrong letter, any two wrong ones, and any two that were swapped (a Reed-Solomon code).
Three letters are drawn by lot for each learner and question: they tell a code that was pasted twice from two learners
who chose alike, and put together the two votes of one learner, of whom they say nothing else.
"""

from __future__ import annotations

import hashlib
import json
import math
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lessons.grading import numbers
from lessons.grading.numbers import NumberError
from lessons.grading.record import SURE

LETTERS = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"  # without 0, 1, I, O and U, which are taken for others
BASE = len(LETTERS)
ROOT = 3  # its powers are all numbers below 31, so that every letter of a code has a weight of its own
NAMED, TAG, CHECKS, GROUP = 4, 3, 2, 4  # letters that name the question, of the lot, to check; of a group to read out
FIRST, SECOND, TWIN = ROUNDS = (1, 2, 3)
SHORTEST = NAMED + 1 + 1 + TAG + CHECKS
HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2212"
UNSURE = "unsure"
NOT_SURE = BASE - 1  # the digit of "not sure, show me" among predictions
LARGEST, SMALLEST = 10**12, Fraction(1, 10**12)
DIGITS, LOWEST_POWER = 4, -20  # of a number: decimals that count, and the smallest power of ten


class CodeError(ValueError):
    """Why something is no code, or no vote: words that go on from the code."""


@dataclass(frozen=True)
class Vote:
    """`raw`: what was chosen, as `grade` takes it. `sure`: as in the record. `tag`: the letters drawn by lot."""

    round: int
    raw: Any
    sure: int | None
    tag: str


@dataclass(frozen=True)
class Paper:
    """What can be voted on, as its codes need to know it.

    `letters`: those that its codes begin with. `length`: digits of an answer. `write`: answer -> digits, `read`: digits
    -> answer; both raise CodeError.
    """

    name: str
    letters: str
    length: int
    write: Callable[[Any], Sequence[int]]
    read: Callable[[Sequence[int]], Any]

    @property
    def whole(self) -> int:
        """Letters of a code."""
        return NAMED + 1 + self.length + TAG + CHECKS


def paper(item: Any, form: str = "") -> Paper:
    """The paper of a question that can be voted on, in one form of it. Raises KeyError for a kind that cannot be."""
    length, write, read, told = KINDS[item.type](item)
    return Paper(item.id, _named([item.id, form, item.type, told]), length, write, read)


def paper_of_a_prediction(asked: Any) -> Paper:
    """The paper of a prediction (see `lessons.predictions`). A number is rounded to a step of its question."""
    if asked.kind == "choice":
        names = [*sorted(option.id for option in asked.options), UNSURE]
        length, write, read, told = 1, *_one_of(names), names
    else:
        length, write, read, told = _steps(asked)
    return Paper(asked.id, _named([asked.id, "prediction", asked.kind, told]), length, write, read)


def tag() -> str:
    """Letters drawn by lot."""
    return "".join(secrets.choice(LETTERS) for _ in range(TAG))


def tag_of(what: str) -> str:
    """The same letters for the same text, from which nobody can tell the text."""
    return _letters(hashlib.sha256(what.encode()).digest(), TAG)


def is_tag(text: Any) -> bool:
    """Whether it is what `tag` makes."""
    return isinstance(text, str) and len(text) == TAG and all(letter in LETTERS for letter in text)


def code(on: Paper, vote: Vote) -> str:
    """The code of a vote, in groups. Raises CodeError for an answer that no code can hold."""
    digits = [LETTERS.index(letter) for letter in on.letters]
    digits += [len((None, *SURE)) * (vote.round - 1) + (vote.sure or 0), *on.write(vote.raw)]
    digits += [LETTERS.index(letter) for letter in vote.tag]
    written = "".join(LETTERS[digit] for digit in [*digits, *_checks(digits)])
    return "-".join(written[at : at + GROUP] for at in range(0, len(written), GROUP))


def vote(text: str, papers: Mapping[int, Paper], others: Mapping[str, str] | None = None) -> Vote:
    """What a code says. Raises CodeError.

    `papers`: round -> what is voted on in it. `others`: the letters of all other papers -> what they are called,
    for a code that is sound and of another question.
    """
    plain = bare(text)
    if odd := next((letter for letter in plain if letter not in LETTERS), None):
        shown = numbers.shown(odd)
        raise CodeError(f"has “{shown}”, which no code has; codes never use 0, 1, I, O and U")
    on = next((one for one in papers.values() if one.letters == plain[:NAMED]), None)
    if on and len(plain) != on.whole:
        raise CodeError(f"has {len(plain)} letters; a code on this question has {on.whole}")
    if len(plain) < SHORTEST:
        raise CodeError("is too short for a code")
    digits = [LETTERS.index(letter) for letter in plain]
    if not _adds_up(digits):
        raise CodeError("does not add up: a letter is wrong, missing or in another place; ask for it again")
    if on is None:
        called = (others or {}).get(plain[:NAMED])
        raise CodeError(f"is on another question ({called})" if called else "is on no question of this course")
    said, given = digits[NAMED], digits[NAMED + 1 : -TAG - CHECKS]
    at, sure = divmod(said, len((None, *SURE)))
    if at >= len(ROUNDS):
        raise CodeError("is of a round that there is not")
    if papers.get(ROUNDS[at]) is not on:
        raise CodeError("is a vote on the right question in the wrong round; choose the round, and vote again")
    return Vote(ROUNDS[at], on.read(given), sure or None, plain[-TAG - CHECKS : -CHECKS])


def bare(text: str) -> str:
    """A code without its hyphens, in capitals; other letters stay as they are."""
    return "".join(letter.upper() if letter.isascii() else letter for letter in text if letter not in HYPHENS)


# ---- letters ----


def _named(what: Any) -> str:
    """The letters that a paper's codes begin with: others when what is offered changes."""
    return _letters(hashlib.sha256(json.dumps(what).encode()).digest(), NAMED)


def _letters(digest: bytes, count: int) -> str:
    number = int.from_bytes(digest, "big")
    return "".join(LETTERS[number // BASE**place % BASE] for place in range(count))


def _checks(digits: Sequence[int]) -> list[int]:
    """The two digits with which the digits add up to 0, plainly and by their weights."""
    plain, weighed, place = _sums(digits), _weighed(digits), len(digits)
    # a + b = -plain and a w + b 3 w = -weighed, where w is the weight of the first place behind the digits
    second = (plain - weighed * pow(ROOT, -place, BASE)) * pow(ROOT - 1, -1, BASE) % BASE
    return [(-plain - second) % BASE, second]


def _adds_up(digits: Sequence[int]) -> bool:
    return _sums(digits) == 0 and _weighed(digits) == 0


def _sums(digits: Sequence[int]) -> int:
    return sum(digits) % BASE


def _weighed(digits: Sequence[int]) -> int:
    return sum(digit * pow(ROOT, place, BASE) for place, digit in enumerate(digits)) % BASE


def _number(digits: Sequence[int]) -> int:
    return sum(digit * BASE**place for place, digit in enumerate(digits))


def _in_digits(number: int, length: int) -> list[int]:
    return [number // BASE**place % BASE for place in range(length)]


# ---- answers, by kind ----

Kind = tuple[int, Callable[[Any], Sequence[int]], Callable[[Sequence[int]], Any], Any]


def _one_of(names: Sequence[str]) -> tuple[Callable, Callable]:
    def write(raw: Any) -> list[int]:
        if not isinstance(raw, str) or raw not in names:
            raise CodeError("chooses nothing that the question offers")
        return [names.index(raw)]

    def read(digits: Sequence[int]) -> str:
        if digits[0] >= len(names):
            raise CodeError("chooses nothing that the question offers")
        return names[digits[0]]

    return write, read


def _choice(item: Any) -> Kind:
    names = sorted(option.id for option in item.options)
    return 1, *_one_of(names), names


def _two_tier(item: Any) -> Kind:
    answers, reasons = (sorted(option.id for option in tier) for tier in (item.options, item.because))
    (write_one, read_one), (write_other, read_other) = _one_of(answers), _one_of(reasons)

    def write(raw: Any) -> list[int]:
        given = raw if isinstance(raw, dict) else {}
        return [*write_one(given.get("answer")), *write_other(given.get("because"))]

    return (
        2,
        write,
        lambda digits: {"answer": read_one(digits[:1]), "because": read_other(digits[1:])},
        [answers, reasons],
    )


def _many(item: Any) -> Kind:
    names = sorted(option.id for option in item.options)

    def write(raw: Any) -> list[int]:
        if not isinstance(raw, list) or not raw or not all(isinstance(name, str) and name in names for name in raw):
            raise CodeError("ticks nothing that the question offers")
        return _in_digits(sum(2 ** names.index(name) for name in set(raw)), 2)

    def read(digits: Sequence[int]) -> list[str]:
        ticked = _number(digits)
        if not 0 < ticked < 2 ** len(names):
            raise CodeError("ticks nothing that the question offers")
        return [name for i, name in enumerate(names) if ticked & 2**i]

    return 2, write, read, names


def _numeric(item: Any) -> Kind:
    """Four decimals that count, in the question's unit."""
    unit = item.measured_in

    def write(raw: Any) -> list[int]:
        try:
            quantity = numbers.read(raw, unit) if isinstance(raw, str) else None
        except NumberError as error:
            raise CodeError(str(error)) from None
        if quantity is None or quantity.unit.measures != unit.measures:
            raise CodeError(f"holds no number in {unit.name or 'plain digits'}")
        value = quantity.to(unit)
        if not value:
            return [*_in_digits(10**DIGITS, DIGITS - 1), -LOWEST_POWER]
        power = math.floor(math.log10(abs(value))) - DIGITS + 1
        whole = round(value / Fraction(10) ** power)
        if abs(whole) >= 10**DIGITS:
            whole, power = round(Fraction(whole, 10)), power + 1
        digits = [*_in_digits(whole + 10**DIGITS, DIGITS - 1), power - LOWEST_POWER]
        read(digits)  # too large or too small is refused alike on both sides
        return digits

    def read(digits: Sequence[int]) -> str:
        whole, power = _number(digits[:-1]) - 10**DIGITS, digits[-1] + LOWEST_POWER
        value = whole * Fraction(10) ** power
        sound = SMALLEST <= abs(value) <= LARGEST and 10 ** (DIGITS - 1) <= abs(whole) < 10**DIGITS
        if not sound and (whole, power) != (0, 0):
            raise CodeError("holds no number that anybody means")
        return format(Decimal(whole).scaleb(power).normalize(), "f")

    return DIGITS, write, read, unit.name


def _steps(asked: Any) -> Kind:
    """Each number as how many steps it lies above the lowest; all of them the last digit for "not sure"."""
    steps = min(round((asked.high - asked.low) / asked.step), NOT_SURE - 1)
    size, count = (asked.high - asked.low) / steps, len(asked.at)

    def write(raw: Any) -> list[int]:
        if raw == UNSURE:
            return [NOT_SURE] * count
        given = raw if isinstance(raw, list) else [raw]
        sound = len(given) == count and all(type(value) in (int, float) for value in given)
        if not sound or not all(asked.low <= value <= asked.high for value in given):
            raise CodeError("holds no prediction that was asked for")
        return [round((value - asked.low) / size) for value in given]

    def read(digits: Sequence[int]) -> Any:
        if all(digit == NOT_SURE for digit in digits):
            return UNSURE
        if any(digit > steps for digit in digits):
            raise CodeError("holds no prediction that was asked for")
        values = [round(asked.low + digit * size, 9) for digit in digits]
        return values if asked.kind == "curve" else values[0]

    return count, write, read, [asked.low, asked.high, steps, list(asked.at)]


KINDS: Mapping[str, Callable[[Any], Kind]] = {
    "choice": _choice,
    "two_tier": _two_tier,
    "many": _many,
    "numeric": _numeric,
}
