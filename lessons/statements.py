"""What the pages print of their models: short lines whose digits a relative change of 1e-4 cannot flip.

Every parameter of a model moves at least one of these numbers when it changes by 5 %; tests/test_statements.py shows
it, and lists those that do not, with the reason.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lessons.models.trigger_point import OBSERVABLES, TriggerPoint, simulate
from lessons.models.trigger_point_equilibria import equilibria, folds
from lessons.models.trigger_point_protocols import occlusion

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


def knot_statements(parameters: TriggerPoint | None = None) -> list[Statement]:
    """Page 02: the muscle at rest with and without the knot, the tipping point, and how the knot forms."""
    p = (parameters or TriggerPoint()).changed(passes=0)
    lines = []
    for words, knot, names in (
        (
            "a knot",
            1,
            (
                "release_rate",
                "contracture",
                "oxygen",
                "phosphocreatine",
                "acidity",
                "blood_flow",
                "oxygen_for_demand",
                "stiffness",
                "endplate_noise",
                "tenderness",
                "pain",
                "referred_pain",
            ),
        ),
        (
            "a healthy muscle",
            0,
            ("release_rate", "oxygen", "phosphocreatine", "blood_flow", "oxygen_for_demand", "stiffness"),
        ),
    ):
        run = simulate(p.changed(knot=knot), np.array([0.0]))
        lines += [_before(words, name, run) for name in names]
    at_rest = equilibria(p)
    saddles = [e for e in at_rest if not e.stable]
    if saddles:
        lines.append(Statement("tipping point, fuel", float(saddles[0].state.phosphocreatine), 1, "mM"))
        lines.append(Statement("tipping point, acidity (pH)", float(saddles[0].state.acidity), 2))
    low, high = folds(p)
    lines.append(Statement("a knot lets go below a load of", low, 3))
    lines.append(Statement("a healthy muscle knots above a load of", high, 3))
    lines.append(Statement("fuel after ten minutes without blood", occlusion(p).phosphocreatine_end, 1, "mM"))
    strained = simulate(p.changed(knot=0, acute_overload=0.2, overload_minutes=2.0), TIMES[TIMES <= HOUR])
    lines += [
        _at("two minutes at a fifth of maximal force", name, strained, 2 * MINUTE)
        for name in ("phosphocreatine", "acidity")
    ]
    tipped = simulate(p.changed(knot=0, acute_overload=0.3, overload_minutes=5.0), TIMES[TIMES <= HOUR])
    lines += [
        _at("five minutes at 30 % of maximal force", name, tipped, HOUR) for name in ("referred_pain", "stiffness")
    ]
    return lines


def release_statements(parameters: TriggerPoint | None = None) -> list[Statement]:
    """Page 03: six twitches a millimetre beside the spot, a thumb, and the same with a rival of rest."""
    p = parameters or TriggerPoint()
    lines = []
    needle = simulate(p.changed(miss=1.0, passes=6, strength=0.9), TIMES)
    for seconds, names in (
        (MINUTE, ("stiffness", "oxygen", "endplate_noise", "pain", "referred_pain")),
        (2 * MINUTE, ("stiffness",)),
        (3 * MINUTE, ("pain", "range_of_motion")),
        (10 * MINUTE, ("pain", "tenderness", "soreness")),
        (HOUR, ("tenderness", "soreness", "blood_flow")),
        (6 * HOUR, ("tenderness",)),
        (DAY, ("tenderness", "soreness")),
    ):
        lines += [_at("six twitches", name, needle, seconds) for name in names]
    one = simulate(p.changed(miss=0.5, passes=1), TIMES)
    lines += [_at("one twitch", name, one, 30.0) for name in ("phosphocreatine", "oxygen", "soreness")]
    thumb = simulate(p.changed(passes=0, pressure=230.0, pressure_seconds=60.0), TIMES)
    lines += [
        _at("a thumb of 230 kPa for 60 s", name, thumb, s)
        for s in (30.0, 3 * MINUTE, 10 * MINUTE)
        for name in ("stiffness", "oxygen", "pain")
    ]
    return lines


def _before(words: str, name: str, run) -> Statement:
    o = OBSERVABLES[name]
    return _statement(name, f"{words}, {o.label}", o.before(run), o.unit)


def _at(words: str, name: str, run, seconds: float) -> Statement:
    o = OBSERVABLES[name]
    after = (
        f"{seconds:.0f} s"
        if seconds < 100
        else f"{seconds / MINUTE:.0f} min"
        if seconds < HOUR
        else f"{seconds / HOUR:.0f} h"
    )
    return _statement(name, f"{words}, after {after}, {o.label}", o.at(run, seconds), o.unit)


def _statement(name: str, text: str, value: float, unit: str) -> Statement:
    """Three significant digits, unless the number lies so near the edge of a digit that others serve better."""
    size = int(np.floor(np.log10(abs(value)))) if value else 0
    return Statement(text, value, DECIMALS.get(name, max(0, 2 - size)), unit)


def knot() -> str:
    """Page 02, printed."""
    return "\n".join(map(str, knot_statements()))


def release() -> str:
    """Page 03, printed."""
    return "\n".join(map(str, release_statements()))
