"""Which model each lesson is about: what its questions and predictions are asked of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lessons.models import (
    dorsal_horn,
    neuromodulation,
    neuromodulation_course,
    side_by_side,
    side_by_side_readings,
    three_arms,
    trial_readings,
    trigger_point,
)
from lessons.simulation import Observable, Parameters, Trajectory
from lessons.treated_body import maras_chart


@dataclass(frozen=True, eq=False)
class Model:
    """What a lesson's questions are about: a parameter set, what runs it, and what can be read from a run."""

    parameters: type[Parameters]
    simulate: Callable[[Any], Trajectory]
    observables: Mapping[str, Observable]


TRIGGER_POINT = Model(trigger_point.TriggerPoint, trigger_point.simulate, trigger_point.OBSERVABLES)
TREATMENT = Model(neuromodulation.Neuromodulation, neuromodulation.simulate, neuromodulation.OBSERVABLES)
COURSE = Model(neuromodulation_course.Course, neuromodulation_course.simulate, neuromodulation_course.OBSERVABLES)
CIRCUIT = Model(dorsal_horn.DorsalHorn, dorsal_horn.simulate, dorsal_horn.OBSERVABLES)
BOTH_WAYS = Model(
    side_by_side.Mix, lambda mix: side_by_side.side_by_side(mix, maras_chart()), side_by_side_readings.OBSERVABLES
)
CONTEXT = Model(three_arms.ThreeArms, three_arms.three_arms, trial_readings.OBSERVABLES)

MODELS: Mapping[str, Model] = {
    "01": CIRCUIT,
    "02": TRIGGER_POINT,
    "03": TRIGGER_POINT,
    "04": TREATMENT,
    "05": TREATMENT,
    "06": COURSE,
    "07": BOTH_WAYS,
    "08": CONTEXT,
}
