"""Marks what was predicted of a run, set on its sliders, or drawn before it was shown, once it could be read."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from lessons.grading.runs import Curve, Prediction, Target
from lessons.grading.verdict import EntryMark, Verdict, invalid, shared

Run = Callable[[Target, Mapping[str, float]], Sequence[bool]]
# What of a curve's shape counts: which way it goes, where it turns, where it rests, and which value is above which.
WEIGHTS = {
    "direction": Fraction(2, 5),
    "turning-point": Fraction(3, 10),
    "plateau": Fraction(1, 5),
    "order": Fraction(1, 10),
}
SAID = {
    "direction": ("It rises and falls when the model does.", "Look at where it rises and where it falls."),
    "turning-point": (
        "It is furthest from the start when the model is.",
        "Look at when it is furthest off.",
    ),
    "plateau": ("It rests where the model rests.", "Look at where it hardly moves, and where it still does."),
    "order": ("High and low come in the model's order.", "Look at which times are high and which are low."),
}


def prediction(item: Prediction, response: Any) -> Verdict:
    """{row: {phase: way}}. Cells left out earn nothing."""
    rows = {row.id: row for row in item.rows}
    given = {(row, phase): way for row, cells in response.items() for phase, way in cells.items() if way}
    right = {cell for cell, way in item.cells.items() if given.get(cell) == way}
    wrong = {row for row, phase in set(item.cells) - right}
    marks = [
        EntryMark(f"{row}/{phase}", given.get((row, phase), ""), (row, phase) in right, rows[row].feedback)
        for row, phase in item.cells
    ]
    tags = [row.misconception for row in item.rows if row.id in wrong]
    total = len(item.cells)
    return shared(Fraction(len(right), total), tags, f"{len(right)} of {total} cells are right.", marks)


def target(item: Target, response: Any, run: Run | None) -> Verdict:
    """{slider: number} for every slider, run again on the model; what a page claims to have reached is never read."""
    if run is None:
        raise LookupError("there is no model to run")
    try:
        met = list(run(item, dict(response)))
    except ValueError as error:  # a value that the model refuses, in a sentence of its own
        return invalid(str(error))
    marks = [
        EntryMark(goal.id, "", bool(reached), "" if reached else goal.feedback)
        for goal, reached in zip(item.goals, met, strict=True)
    ]
    count = sum(mark.right for mark in marks)
    tags = [item.misconception] if count < len(marks) else []
    note = f"{count} of {len(marks)} goals are met."
    return shared(Fraction(count, len(marks)), tags, note, marks)


def curve(item: Curve, response: Any) -> Verdict:
    """A list of numbers, one for each time. Judged by its shape, so its size may be off."""
    held = {
        "direction": _agreement(_ways(response, item.band), _ways(item.key, item.band)),
        "turning-point": Fraction(int(abs(_furthest(response) - _furthest(item.key)) <= 1)),
        "plateau": Fraction(int(_rests(response, item.band) == _rests(item.key, item.band))),
        "order": _agreement(_above(response, item.band), _above(item.key, item.band)),
    }
    total = sum((WEIGHTS[name] * share for name, share in held.items()), Fraction(0))
    marks = [EntryMark(name, "", share == 1, SAID[name][share != 1]) for name, share in held.items()]
    tags = [item.misconception] if total < 1 else []
    return shared(total, tags, f"The shape agrees by {round(100 * total)} %.", marks)


def _way(change: float, band: float) -> int:
    return (change > band) - (change < -band)


def _ways(values: Sequence[float], band: float) -> list[int]:
    """For each stretch whether it rises (1), falls (-1) or stays (0)."""
    return [_way(b - a, band) for a, b in itertools.pairwise(values)]


def _above(values: Sequence[float], band: float) -> list[int]:
    return [_way(a - b, band) for a, b in itertools.combinations(values, 2)]


def _furthest(values: Sequence[float]) -> int:
    return max(range(len(values)), key=lambda i: abs(values[i] - values[0]))


def _rests(values: Sequence[float], band: float) -> bool:
    """Whether the last stretch stays."""
    return _way(values[-1] - values[-2], band) == 0


def _agreement(one: Sequence[int], other: Sequence[int]) -> Fraction:
    return Fraction(sum(a == b for a, b in zip(one, other, strict=True)), len(other))
