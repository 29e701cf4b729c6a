"""What page 01 prints: one input, weighed in several ways."""

from __future__ import annotations

from lessons.models.dorsal_horn import OBSERVABLES, DorsalHorn, simulate
from lessons.statements.shared import Statement, statement

LATE = 2.9  # s: everything has settled, and touch has not begun
TOUCHED = 5.9


def circuit_statements(parameters: DorsalHorn | None = None) -> list[Statement]:
    """Monday and Thursday, with touch and without; a needle; and three manipulations of circuits like this one."""
    p = parameters or DorsalHorn()
    gain, touch = {"spinal_gain": 3.0}, {"touch": 40.0}
    lines = _at("as the page opens", "pain", simulate(p), TOUCHED)
    for words, changes in (("calm", {}), ("gain of 3", gain), ("gain of 3, threat of 8", {**gain, "threat": 8.0})):
        run = simulate(p.changed(**changes, **touch))
        lines += _at(words, "pain", run, LATE) + _at(f"{words}, touch of 40 Hz", "pain", run, TOUCHED)
        lines += _at(words, "projection_rate", run, LATE)
        lines += _at(f"{words}, touch of 40 Hz", "projection_rate", run, TOUCHED)
    for words, changes in (
        ("most from the brainstem", {"descending_inhibition": 100.0}),
        ("little from the brainstem", {"descending_inhibition": 10.0}),
        ("10 Hz from C fibres", {"c_fibre_input": 10.0}),
    ):
        lines += _at(words, "projection_rate", simulate(p.changed(**changes)), LATE)
    for seconds in (1.03, 1.3):
        sensitised = simulate(p.changed(**gain))
        lines += _at("gain of 3", "projection_rate", sensitised, seconds)
        lines += _at("gain of 3", "descending_rate", sensitised, seconds)
    alone = {"c_fibre_input": 0.0, **touch}
    for words, changes in (
        ("touch alone, calm", {}),
        ("touch alone, inhibition lost", {"inhibition_lost": 100.0}),
        ("touch alone, inhibition and relay lost", {"inhibition_lost": 100.0, "relay_lost": 100.0}),
    ):
        lines += _at(words, "projection_rate", simulate(p.changed(**alone, **changes)), TOUCHED)
    return lines


def _at(words: str, name: str, run, seconds: float) -> list[Statement]:
    o = OBSERVABLES[name]
    return [statement(name, f"{words}, after {seconds:g} s, {o.label}", o.at(run, seconds), o.unit)]


def signal_to_pain() -> str:
    """Page 01, printed."""
    return "\n".join(map(str, circuit_statements()))
