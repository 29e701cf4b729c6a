"""What the pages print of their models: short lines whose digits a relative change of 1e-4 cannot flip.

Every parameter of a model moves at least one of these numbers when it changes by 5 %; tests/test_statements.py shows
it, and lists those that do not, with the reason.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lessons.models.trigger_point import OBSERVABLES

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
TIMES = np.array([0.0, 30.0, MINUTE, 2 * MINUTE, 3 * MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY, 7 * DAY])
DECIMALS = {"acidity": 2, "phosphocreatine": 1, "blood_flow": 2}


class Statement(NamedTuple):
    """One printed number: what it is, its value, the decimals printed, its unit."""

    text: str
    value: float
    decimals: int
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.text}: {self.value:.{self.decimals}f}{f' {self.unit}' if self.unit else ''}"


def before(words: str, name: str, run, observables=OBSERVABLES) -> Statement:
    """What is read before a treatment."""
    o = observables[name]
    return statement(name, f"{words}, {o.label}", o.before(run), o.unit)


def at(words: str, name: str, run, seconds: float, observables=OBSERVABLES) -> Statement:
    """What is read some seconds after the treatment began."""
    o = observables[name]
    after = (
        f"{seconds:.0f} s"
        if seconds < 100
        else f"{seconds / MINUTE:.0f} min"
        if seconds < HOUR
        else f"{seconds / HOUR:.0f} h"
    )
    return statement(name, f"{words}, after {after}, {o.label}", o.at(run, seconds), o.unit)


def statement(name: str, text: str, value: float, unit: str) -> Statement:
    """Three significant digits, unless the number lies so near the edge of a digit that others serve better."""
    size = int(np.floor(np.log10(abs(value)))) if value else 0
    return Statement(text, value, DECIMALS.get(name, max(0, 2 - size)), unit)
