"""What page 05 prints: what blockers leave, what is released, and how repetition tires."""

from __future__ import annotations

import numpy as np

from lessons.models.neuromodulation import (
    ALTERNATING,
    CONTINUOUS,
    ELECTRICAL,
    OBSERVABLES,
    SIMULTANEOUS,
    STILL,
    Neuromodulation,
    simulate,
)
from lessons.models.neuromodulation_protocols import rat_sessions
from lessons.statements.shared import MINUTE, Statement, statement


def chemistry_statements(parameters: Neuromodulation | None = None) -> list[Statement]:
    """Blockers on a strong and on a blinded treatment, peptides by frequency, adenosine, and six sessions of a rat."""
    p = parameters or Neuromodulation()
    strong = p.changed(stimulation=CONTINUOUS, strength=9.0, needles=2, retention=50.0, expectancy=0.15)
    current = p.changed(stimulation=ELECTRICAL, strength=6.0, expectancy=0.5)
    fast, rat = (
        current.changed(frequency=100.0),
        current.changed(strength=4.4, needles=2, expectancy=0.0, frequency=2.0),
    )
    cold = p.changed(needles=0, stimulation=STILL, retention=2.0, conditioning=1.0, expectancy=0.0)
    lines = []
    for words, change in (
        ("nothing blocked", {}),
        ("a twentieth of a full dose of naloxone", {"naloxone": 0.05}),
        ("serotonin and noradrenaline half blocked", {"serotonin_block": 0.5}),
        ("nerve endings half numb", {"anaesthetic": 0.5}),
    ):
        lines += _at(f"strong needles, {words}", strong.changed(**change), "pain_threshold", 44.0)
        lines += _at(f"blinded trial, {words}", p.changed(**change), "pain_threshold", 28.0)
    for words, change in (
        ("nothing blocked", {}),
        ("a tenth of a full dose of naloxone", {"naloxone": 0.1}),
        ("GABA-A half blocked", {"gaba_block": 0.5}),
    ):
        lines += _at(f"current of 100 Hz, {words}", fast.changed(**change), "pain_threshold_needle", 28.0)
    lines += _at("painful cold", cold, "pain_threshold", 2.0)
    lines += _at(
        "painful cold, a twentieth of a full dose of naloxone", cold.changed(naloxone=0.05), "pain_threshold", 2.0
    )
    for words, run in (
        ("current of low frequency", current),
        ("current of 15 Hz", current.changed(frequency=15.0)),
        ("current of 100 Hz", fast),
        ("2 and 100 Hz by turns", current.changed(pattern=ALTERNATING)),
        ("2 and 100 Hz at once", current.changed(pattern=SIMULTANEOUS)),
    ):
        for name in ("enkephalin", "beta_endorphin", "dynorphin"):
            lines += _at(words, run, name, 29.0)
    lines += _at("current of low frequency", current, "enkephalin", 36.0)
    lines += _at("current of 100 Hz, where the pain is", fast, "pain_threshold_region", 29.9)
    lines += _at("current of 100 Hz", fast, "dynorphin", 36.0)
    for name in ("serotonin", "gaba_midbrain", "gaba_cord"):
        lines += _at("strong needles", strong, name, 49.9)
    for words, run in (
        ("turned every 10 min", p),
        ("current", current),
        ("left untouched", p.changed(stimulation=STILL)),
    ):
        lines += _at(words, run, "adenosine", 13.0)
    lines += _at("turned every 10 min", p, "pain_threshold_needle", 13.0)
    first, *_, last = rat_sessions(rat)
    lines.append(statement("rat", "six sessions in six hours, the first", first, "%"))
    lines.append(statement("rat", "six sessions in six hours, the last", last, "%"))
    return lines


def _at(words: str, p: Neuromodulation, name: str, minute: float) -> list[Statement]:
    run = simulate(p, MINUTE * np.array([0.0, minute]))
    o = OBSERVABLES[name]
    return [statement(name, f"{words}, after {minute:g} min, {o.label}", o.at(run, MINUTE * minute), o.unit)]


def chemistry() -> str:
    """Page 05, printed."""
    return "\n".join(map(str, chemistry_statements()))
