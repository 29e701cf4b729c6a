"""What page 04 prints: rise, peak and fall, in people and as the paper says, at the needle and away from it."""

from __future__ import annotations

import numpy as np

from lessons.models.neuromodulation import (
    CONTINUOUS,
    ELECTRICAL,
    OBSERVABLES,
    STILL,
    Neuromodulation,
    sham_of,
    simulate,
)
from lessons.statements.shared import MINUTE, Statement, statement


def retention_statements(parameters: Neuromodulation | None = None) -> list[Statement]:
    """Thresholds over one visit; what the learner sets is set here, run by run."""
    p = parameters or Neuromodulation()
    strong = p.changed(stimulation=CONTINUOUS, strength=9.0, needles=2, retention=50.0, expectancy=0.15)
    current = p.changed(stimulation=ELECTRICAL, strength=8.0, needles=2, expectancy=0.5, frequency=100.0)
    one = p.changed(needles=1, expectancy=0.16, interval=3.0, retention=21.0)
    lines = []
    for words, run, minutes in (
        ("real needles of a blinded trial", p, (2.0, 12.0, 29.9, 40.0)),
        ("the same visit without a needle", sham_of(p), (2.0, 12.0, 29.9, 40.0)),
        ("strong needles turned without a pause", strong, (1.0, 10.0, 31.0, 49.9, 70.0)),
        ("current of 100 Hz", current, (10.0, 29.9, 45.0)),
        ("one needle turned every 3 min", one, (21.2,)),
        ("one needle left untouched", one.changed(stimulation=STILL), (6.0, 21.2)),
    ):
        lines += _at(words, run, "pain_threshold", minutes)
    lines += _at("strong needles turned without a pause", strong, "pain_threshold_needle", (10.0,))
    for words, place in (
        ("two segments away", {"distance": 2}),
        ("two segments away on the other side", {"distance": 2, "opposite_side": 1}),
    ):
        lines += _at(f"current of 100 Hz, {words}", current.changed(**place), "pain_threshold_region", (29.9,))
    lines += _at("real needles of a blinded trial", p, "afferent_input", (0.0, 3.0))
    lines += _at("one needle left untouched", one.changed(stimulation=STILL), "afferent_input", (2.0, 5.0))
    return lines


def _at(words: str, p: Neuromodulation, name: str, minutes: tuple[float, ...]) -> list[Statement]:
    run = simulate(p, MINUTE * np.unique([0.0, *minutes]))
    o = OBSERVABLES[name]
    return [statement(name, f"{words}, after {m:g} min, {o.label}", o.at(run, MINUTE * m), o.unit) for m in minutes]


def retention() -> str:
    """Page 04, printed."""
    return "\n".join(map(str, retention_statements()))
