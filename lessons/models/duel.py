"""Two accounts of the same treatment, run side by side: the knot of model T and the sensitised cord of its rival."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lessons.models import central_account, trigger_point
from lessons.simulation import Parameters, parameter

LEARNER = "set by the learner"
MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
TIMES = np.array([0.0, 10 * MINUTE, 15 * MINUTE, HOUR, DAY, 7 * DAY])
TIMES.flags.writeable = False


@dataclass(frozen=True, kw_only=True)
class Duel(Parameters):
    """What is done to the patient in both accounts."""

    passes: int = parameter(6, 0, 15, "", "needle passes", LEARNER, "assumed")
    strength: float = parameter(0.9, 0, 1, "", "strength of each pass", LEARNER, "assumed", step=0.01)
    miss: float = parameter(0.0, 0, 10, "mm", "how far the needle passes from the spot", LEARNER, "assumed", step=0.1)
    pressure: float = parameter(0.0, 0, 400, "kPa", "pressure of the thumb", LEARNER, "assumed", step=5)
    pressure_seconds: float = parameter(0.0, 0, 240, "s", "how long the thumb presses", LEARNER, "assumed", step=1)
    expectation: float = parameter(0.5, 0, 1, "", "expectation of help", LEARNER, "assumed", step=0.01)


class Row(NamedTuple):
    """One thing that can be measured: its change from before to `seconds` after, in both accounts.

    `scale`: the change that fills the picture's half width, fixed for all settings.
    """

    name: str
    unit: str
    knot: float
    cord: float
    scale: float
    digits: int


def compare(parameters: Duel) -> tuple[Duel, list[Row]]:
    """The changes that both accounts expect of the treatment. About a dozen milliseconds."""
    inputs = {
        name: getattr(parameters, name) for name in ("passes", "strength", "miss", "pressure", "pressure_seconds")
    }

    def runs(reflex_arc: float):
        knot = trigger_point.simulate(trigger_point.TriggerPoint(**inputs, reflex_arc=reflex_arc), TIMES)
        cord = central_account.simulate(
            central_account.CentralAccount(**inputs, reflex_arc=reflex_arc, expectation=parameters.expectation), TIMES
        )
        return knot, cord

    intact, cut = runs(1.0), runs(0.0)

    def row(name: str, unit: str, observable: str, seconds: float, scale: float, digits: int, pair) -> Row:
        readings = (trigger_point.OBSERVABLES[observable], central_account.OBSERVABLES[observable])
        changes = [o.at(run, seconds) - o.before(run) for o, run in zip(readings, pair, strict=True)]
        return Row(name, unit, *changes, scale, digits)

    return parameters, [
        row("pain after 10 min", "of 10", "pain", 10 * MINUTE, 6, 1, intact),
        row("pressure threshold after a day", "kPa", "tenderness", DAY, 160, 0, intact),
        row("stiffness after an hour", "kPa", "stiffness", HOUR, 6, 1, intact),
        row("endplate noise after an hour", "µV", "endplate_noise", HOUR, 22, 1, intact),
        row("blood flow after 15 min", "mL/100 g/min", "blood_flow", 15 * MINUTE, 8, 1, intact),
        row("pain after 10 min, reflex cut", "of 10", "pain", 10 * MINUTE, 6, 1, cut),
    ]
