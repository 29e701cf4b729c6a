"""What one trial says of two differences, with its intervals, among other trials of the same size and the truth."""

from __future__ import annotations

import numpy as np

from lessons.figures import style
from lessons.models.three_arms import Found

AXES = ("x2", "y2")
SCALE = (-2.2, 3.4)  # points
APART = 1.3  # between the two rows
ROWS = (-0.72, 2.0)
SINGLE = 60  # trials that are drawn as dots
NAMES = ("real over sham", "sham over nothing")  # from below


def dots_and_interval(found: Found, colour: str) -> list[dict]:
    """For each difference: sixty such trials as dots, the truth dotted, and the one trial with its 95 % interval."""
    traces = []
    rows = zip(found.trial[::-1], found.repeats[::-1], found.parts[:1:-1], (colour, "@context"), strict=True)
    for place, (one, many, truth, look) in enumerate(rows):
        row = APART * place
        others = np.clip(many.difference[:SINGLE], *SCALE)
        dots = {"color": look, "size": 4, "opacity": 0.45, "line": {"width": 0}}
        ends = np.clip(np.array([one.low, one.high]), *SCALE)
        middle = np.clip(np.array([one.difference]), *SCALE)
        true = np.full(2, np.clip(truth, *SCALE))
        traces += [
            {**style.marks(others, row - 0.28 + 0.24 * style.scatter(SINGLE), look, AXES), "marker": dots},
            style.curve(true, np.array([row - 0.42, row + 0.14]), "@ink", AXES, "dot", 1.5, hoverinfo="skip"),
            style.curve(ends, np.full(2, row), look, AXES, width=3, hoverinfo="skip", meta="pin"),
            style.marks(middle, np.full(1, row), look, AXES, 11, symbol="square"),
        ]
    return traces


def told(found: Found, ink: str) -> list[dict]:
    """Each difference in words, above its interval, and how many trials of this size would find it, below."""
    labels = []
    at = {"xref": "x2 domain", "yref": "y2"}
    for place, (one, words, colour) in enumerate(zip(found.trial[::-1], NAMES, (ink, "@context"), strict=True)):
        row = APART * place
        says = f"{words}: {style.points(one.difference, sign=True)}"
        often = f"{found.told_apart(1 - place):.0f} of 100 such trials find it"
        labels += [
            style.label(0, row + 0.14, says, colour, yanchor="bottom", **at),
            style.label(0, row - 0.42, often, "@muted", yanchor="top", **at),
        ]
    return labels
