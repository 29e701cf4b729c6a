"""Reads a number with its unit as people type it, exactly, and refuses what could mean two things.

Read: `4.8`, `4,8`, `-4.8 kPa`, `4.8e0`, digits of any script, a minus of any kind. Refused, with what to write instead:
`4,800` (4800 or 4.800?), two decimal marks, a space between digits, two numbers, expressions, inf and nan, more than
64 characters. Nothing is evaluated. Units come from one closed table; values are exact fractions.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

LONGEST = 64  # characters of an answer
SMALLEST, LARGEST = Fraction(1, 10**12), Fraction(10**12)
SHOWN_DIGITS = 6


class NumberError(ValueError):
    """A text that is no number with a unit. One sentence that says how to write it."""


@dataclass(frozen=True)
class Unit:
    """`name` as it is shown; `measures`: the kind of quantity; one of it is `size` of that kind's base unit."""

    name: str
    measures: str
    size: Fraction

    def __hash__(self) -> int:  # that of a fraction is slow, and no two units share a name
        return hash(self.name)


@dataclass(frozen=True)
class Quantity:
    """A value in a unit. `stated`: whether the unit was typed or taken from the question."""

    value: Fraction
    unit: Unit
    stated: bool

    def to(self, unit: Unit) -> Fraction:
        """The value in another unit that measures the same."""
        if unit.measures != self.unit.measures:
            raise NumberError(f"{self.unit.name} and {unit.name} do not measure the same.")
        return self.value * self.unit.size / unit.size

    def __str__(self) -> str:
        return f"{written(self.value)} {self.unit.name}".rstrip()


# kind of quantity: unit as shown, its size in the base unit (the one of size 1), other spellings
_TABLE = {
    "time": (
        ("ms", "0.001", "millisecond milliseconds"),
        ("s", "1", "sec second seconds"),
        ("min", "60", "minute minutes"),
        ("h", "3600", "hr hrs hour hours"),
        ("d", "86400", "day days"),
        ("wk", "604800", "week weeks wks"),
    ),
    "pressure": (
        ("kPa", "1", "kilopascal kilopascals"),
        ("mmHg", "0.133322387415", "torr"),
        ("kg/cm2", "98.0665", "kgf/cm2 kgcm-2 kgfcm-2"),
        ("N/cm2", "10", "ncm-2"),
    ),
    "frequency": (("Hz", "1", "hertz"), ("bpm", "1/60", "/min 1/min")),
    "angle": (("°", "1", "deg degree degrees"),),
    "length": (("mm", "1", "millimetre millimetres millimeter millimeters"), ("cm", "10", "centimetre centimetres")),
    "concentration": (("mM", "1", "mmol/L"), ("pM", "1/1000000000", "pmol/L")),
    "mass concentration": (("µg/dL", "1", "ug/dL"),),
    "spread": (("SD", "1", ""),),
    "release": (("quanta/s", "1", ""),),
    "voltage": (("µV", "1", "uV microvolt microvolts"),),
    "number": (("", "1", ""), ("%", "0.01", "percent percents")),
    "points": (("points", "1", "point pt pts"),),
    "blood flow": (("mL/100 g/min", "1", "ml/min/100g ml/(100gmin)"),),
}


def _key(spelling: str) -> str:
    """What two spellings of one unit have in common: no spaces, dots or carets, one kind of mu and minus."""
    plain = unicodedata.normalize("NFKC", spelling).replace("\u03bc", "u").replace("\u2212", "-")
    return re.sub(r"[\s·⋅*^]", "", plain)


UNITS: Mapping[str, Unit] = {
    unit.name: unit
    for measures, rows in _TABLE.items()
    for unit in (Unit(name, measures, Fraction(size)) for name, size, _ in rows)
}
_SPELLINGS = {
    _key(word): UNITS[name] for rows in _TABLE.values() for name, _, others in rows for word in (name, *others.split())
}
_ANY_CASE: dict[str, set[Unit]] = {}
for _word, _unit in _SPELLINGS.items():
    _ANY_CASE.setdefault(_word.casefold(), set()).add(_unit)

_NUMBER = re.compile(r"([-+]?)(\d*)(?:([.,])(\d*))?(?:[eE]([-+]?\d+))?")
_MARKS = {**dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"), "\u066b": ".", "\u066c": ","}
_TURNERS = "\u202d\u202e"  # show what follows in another order: "12" may stand on the screen as "21"
_FULL_WIDTH = range(0xFF01, 0xFF5F)


@functools.lru_cache(maxsize=1024)
def unit(spelling: str, like: Unit | None = None) -> Unit:
    """The unit meant by a spelling, capital letters aside where only one unit fits.

    Raises NumberError, which lists the units that measure the same as `like`, or all.
    """
    key = _key(spelling)
    meant = {_SPELLINGS[key]} if key in _SPELLINGS else _ANY_CASE.get(key.casefold(), set())
    if len(meant) > 1:
        names = " or ".join(sorted(u.name for u in meant))
        raise NumberError(f"“{shown(spelling)}” could mean {names}. Write one of these.")
    if not meant:
        names = [u.name for u in UNITS.values() if u.name and (like is None or u.measures == like.measures)]
        known = f"Write one of {', '.join(names)}." if names else "Write the number alone."
        raise NumberError(f"I do not know the unit “{shown(spelling)}”. {known}")
    return next(iter(meant))


def read(text: str, expected: Unit) -> Quantity:
    """What a text means; without a unit it is in the `expected` one. Raises NumberError."""
    if len(text) > LONGEST:
        raise NumberError(f"That is longer than {LONGEST} characters. Write one number, such as 4.8.")
    plain = _plain(text)
    found = _NUMBER.match(plain)
    sign, whole, mark, part, exponent = found.groups()
    rest = plain[found.end() :].strip()
    if not (whole or part):
        raise NumberError(f"“{shown(text)}” does not begin with a number. Write one number, such as 4.8.")
    if rest and not (rest[0].isalpha() or rest[0] in "%°"):
        raise NumberError(_why_refused(plain, text))
    if mark == "," and len(part) == 3 and whole.strip("0") and len(whole) <= 3:
        raise NumberError(
            f"“{shown(text)}” could mean {whole}{part} or {whole}.{part}. Write it without the comma, or with a point."
        )
    measured_in = unit(rest, expected) if rest else expected
    return Quantity(_value(sign, whole, part or "", exponent, text), measured_in, bool(rest))


def _plain(text: str) -> str:
    """One kind of digit, minus and space; what cannot be seen is dropped, unless it changes what is seen."""
    characters = []
    for character in text:
        if ord(character) in _FULL_WIDTH:
            character = unicodedata.normalize("NFKC", character)
        if character in _MARKS:
            characters.append(_MARKS[character])
        elif unicodedata.category(character) == "Nd":
            characters.append(str(unicodedata.decimal(character)))
        elif character.isspace():
            characters.append(" ")
        elif unicodedata.category(character) != "Cf" or character in _TURNERS:
            characters.append(character)
    return "".join(characters).strip()


def _why_refused(plain: str, text: str) -> str:
    if re.fullmatch(r"[-+]?\d{1,3}( \d{3})+([.,]\d+)?( ?\D.*)?", plain):
        return f"“{shown(text)}” has a space inside the number. Write it without, such as {plain.replace(' ', '')}."
    if re.match(r"[-+]?[\d]*[.,]\d*[.,]", plain):
        return f"“{shown(text)}” has two decimal marks. Write one number with one mark, such as 1234.5."
    return f"“{shown(text)}” is not one plain number. Write one number, such as 4.8."


def _value(sign: str, whole: str, part: str, exponent: str | None, text: str) -> Fraction:
    power = int(exponent or 0) - len(part)
    digits = int(whole + part)
    if digits and abs(power) <= LONGEST:
        value = digits * Fraction(10) ** power
        if SMALLEST <= value <= LARGEST:
            return -value if sign == "-" else value
    elif not digits:
        return Fraction(0)
    raise NumberError(f"“{shown(text)}” is too large or too small to be meant. Write a number between 1e-12 and 1e12.")


def written(value: Fraction) -> str:
    """A value in decimals, at most six digits that count, with a real minus sign."""
    text = f"{float(value):.{SHOWN_DIGITS}g}"
    mantissa, _, exponent = text.partition("e")
    if exponent:
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", "\u2212")


def shown(text: str, longest: int = 40) -> str:
    """A learner's text, safe to print: nothing invisible, nothing that turns the direction, not too long."""
    clean = "".join(c if c.isprintable() else " " for c in text[: longest + 1])
    return clean if len(clean) <= longest else f"{clean[:longest]}…"


def seconds(text: str) -> Fraction:
    """`10 min`, `4 wk` -> seconds. Raises NumberError for anything that is no time."""
    quantity = read(text, UNITS[""])
    if quantity.unit.measures != "time" or quantity.value < 0:
        raise NumberError(f"“{shown(text)}” is no time. Write a number and s, min, h, d or wk, such as 10 min.")
    return quantity.to(UNITS["s"])
