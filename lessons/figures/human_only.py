"""What rests on animals only fades when a learner asks for what rests on people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lessons.simulation import Parameters, parameter

FADED = 0.4  # of its opacity is left to a line, a marker or a fill
COLOUR = re.compile(r"@[a-z][a-z-]*(/[0-9.]+)?")
READ = {"font", "textfont", "tickfont"}  # what letters are drawn with
WORDS = {"text", "name", "ticktext", "hovertemplate", "hovertext", "customdata"}
BEHIND_LETTERS = {"bgcolor", "hoverlabel"}


@dataclass(frozen=True, kw_only=True)
class HumanOnly(Parameters):
    """The view of a figure that can hold back what was only ever seen in animals."""

    human_only: int = parameter(
        0, 0, 1, "", "show only what rests on people", "set by the learner", "assumed", group="The picture"
    )


def faded(parts: Any, left: float = FADED) -> Any:
    """A copy of traces, annotations or shapes, pale: each named colour keeps `left` of its opacity.

    Letters turn "@muted" instead, which stays readable on both themes; what lies behind letters stays as it is. Arrays
    are passed on, not copied, so that a faded picture moves as quickly as the plain one. Colours that are spelled out
    ("rgba(0,0,0,0)") stay.
    """
    if isinstance(parts, dict):
        return {key: _faded_part(key, value, left) for key, value in parts.items()}
    if isinstance(parts, (list, tuple)):
        return [faded(part, left) for part in parts]
    return _pale(parts, left) if isinstance(parts, str) else parts


def _faded_part(key: str, value: Any, left: float) -> Any:
    if key in WORDS or key in BEHIND_LETTERS:
        return value
    if key in READ:
        return {**value, "color": _muted(value["color"])} if "color" in value else {**value, "color": "@muted"}
    return faded(value, left)


def _muted(colour: str | list[str]) -> str | list[str]:
    return "@muted" if isinstance(colour, str) else ["@muted"] * len(colour)


def _pale(colour: str, left: float) -> str:
    if not COLOUR.fullmatch(colour):
        return colour
    name, _, opacity = colour.partition("/")
    return f"{name}/{round(float(opacity or 1) * left, 3):g}"
