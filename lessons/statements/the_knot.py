"""What page 02 prints."""

from __future__ import annotations

import numpy as np

from lessons.models.trigger_point import TriggerPoint, simulate
from lessons.models.trigger_point_equilibria import equilibria, folds
from lessons.models.trigger_point_protocols import occlusion
from lessons.statements.shared import HOUR, MINUTE, TIMES, Statement, at, before


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
        lines += [before(words, name, run) for name in names]
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
        at("two minutes at a fifth of maximal force", name, strained, 2 * MINUTE)
        for name in ("phosphocreatine", "acidity")
    ]
    tipped = simulate(p.changed(knot=0, acute_overload=0.3, overload_minutes=5.0), TIMES[TIMES <= HOUR])
    lines += [
        at("five minutes at 30 % of maximal force", name, tipped, HOUR) for name in ("referred_pain", "stiffness")
    ]
    return lines


def knot() -> str:
    """Page 02, printed."""
    return "\n".join(map(str, knot_statements()))
