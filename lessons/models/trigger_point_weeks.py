"""The numbers of the weeks around a treatment, and what can be read from them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from lessons.models import trigger_point_readings as readings
from lessons.models.trigger_point import TriggerPoint
from lessons.models.trigger_point_parameters import LEARNER, MUSCLE, NEEDLE, OURS, PAIN, THUMB
from lessons.simulation import Observable, Parameters, parameter

VISITS = "Visits"
LOAD = "Load from day to day"
CONTEXT = "Context and chance"
PEOPLE = "The people"
NEUROMODULATION = "this course's model of neuromodulation"


def _as_before(name: str, group: str, default: float | None = None) -> Any:
    """The field of the same name of `TriggerPoint`, under another heading and perhaps with another default."""
    about = TriggerPoint.described()[name]
    default = about.default if default is None else default
    about = dataclasses.replace(about, group=group, default=default, typical=default)
    return dataclasses.field(default=default, metadata={"parameter": about})


@dataclass(frozen=True, kw_only=True)
class Weeks(Parameters):
    """Everything that six weeks of one patient or of a group need. The defaults: a knot, three weekly visits."""

    # What is done.
    visits: int = parameter(3, 1, 6, "", "visits", LEARNER, "assumed", group=VISITS)
    days_between: int = parameter(7, 1, 14, "days", "days between visits", LEARNER, "assumed", group=VISITS)
    passes: int = _as_before("passes", NEEDLE)
    strength: float = _as_before("strength", NEEDLE)
    miss: float = _as_before("miss", NEEDLE)
    aim_spread: float = parameter(
        1.0, 0, 4, "mm", "how much the aim varies from visit to visit", OURS, "assumed", group=NEEDLE, step=0.1
    )
    reflex_arc: float = _as_before("reflex_arc", NEEDLE)
    pressure: float = _as_before("pressure", THUMB)
    pressure_seconds: float = _as_before("pressure_seconds", THUMB)

    # Load: L(t) = max(0, load + l(t) + what is scheduled), l an Ornstein-Uhlenbeck process.
    load: float = _as_before("load", LOAD)
    load_spread: float = parameter(
        0.12, 0, 0.3, "", "how much the load varies from day to day", OURS, "assumed", group=LOAD, step=0.01
    )
    load_memory: float = parameter(
        5.0, 1, 20, "days", "how long a change of load lasts", OURS, "assumed", group=LOAD, step=0.5
    )
    hard_week: int = parameter(21, 0, 35, "days", "day on which the other week begins", LEARNER, "assumed", group=LOAD)
    hard_week_load: float = parameter(
        0.0, -0.6, 0.6, "", "extra load in that week (below 0: rest)", LEARNER, "assumed", group=LOAD, step=0.05
    )

    # What pain is made of beside the knot.
    expectation: float = parameter(
        0.6, 0, 1, "", "expectation of help", NEUROMODULATION, "assumed", group=CONTEXT, step=0.05
    )
    fluctuation: float = parameter(
        1.5, 0, 3, "points", "natural ups and downs of pain", NEUROMODULATION, "assumed", group=CONTEXT, step=0.1
    )
    fluctuation_memory: float = parameter(
        30.0, 5, 90, "days", "how long an up or down lasts", NEUROMODULATION, "assumed", group=CONTEXT, step=1
    )
    central_sensitisation: float = parameter(
        1.0, 0.5, 2, "×", "amplification of pain by cord and brain", OURS, "assumed", group=PAIN, step=0.05
    )
    descending_inhibition: float = _as_before("descending_inhibition", PAIN)
    soreness_counts: float = parameter(
        1.0, 0, 1, "", "share of the needle's soreness that counts as pain", OURS, "assumed", group=PAIN, step=0.05
    )
    soreness_time: float = _as_before("soreness_time", PAIN)

    # Who they are.
    people_spread: float = parameter(
        0.08, 0, 0.2, "", "how much mean load differs between people", OURS, "assumed", group=PEOPLE, step=0.01
    )
    weeks_before: int = parameter(
        4, 0, 12, "weeks", "weeks for which the knot has lasted before", OURS, "assumed", group=PEOPLE
    )
    seed: int = parameter(1, 0, 9999, "", "which people and which days (any number)", LEARNER, "assumed", group=PEOPLE)
    nodule_radius: float = _as_before("nodule_radius", MUSCLE)
    capillary_reserve: float = _as_before("capillary_reserve", MUSCLE)
    sympathetic_tone: float = _as_before("sympathetic_tone", MUSCLE)
    arterial_pressure: float = _as_before("arterial_pressure", MUSCLE)

    def muscle(self) -> TriggerPoint:
        """The muscle and the treatment of one visit as parameters of the loop, at load 0, hit without a miss."""
        shared = {name for name in TriggerPoint.described() if name in self.described()} - {"load", "miss"}
        return TriggerPoint(load=0.0, load_after=0.0, **{name: getattr(self, name) for name in shared})


class CourseState(NamedTuple):
    """Where a patient stands. `load`; `knot` 1 or 0; the read-outs nociceptor, sensitisation and soreness (0-1) and the
    contracture of `trigger_point.State`; `context` and `fluctuation` in points of pain.
    """

    load: Any
    knot: Any
    nociceptor: Any
    sensitisation: Any
    contracture: Any
    soreness: Any
    context: Any
    fluctuation: Any


def pain(state: CourseState, p: Weeks) -> Any:
    """Pain, 0-10: the knot's pain times central sensitisation, less context, plus fluctuation and soreness."""
    of_knot = p.central_sensitisation * readings.pain(state, p.descending_inhibition)
    other = p.soreness_counts * soreness(state) - state.context + state.fluctuation
    return np.clip(of_knot + other, 0, 10)


def referred_pain(state: CourseState, p: Weeks) -> Any:
    """Referred pain, 0-10, times central sensitisation."""
    return np.minimum(p.central_sensitisation * readings.referred_pain(state, p.descending_inhibition), 10)


def soreness(state: CourseState) -> Any:
    """Soreness after needling, 0-10."""
    return 4 * state.soreness


def _over_weeks(name, label, unit, digits, axis, of) -> Observable:
    return Observable(
        name,
        label,
        unit,
        read=lambda run: of(run.state, run.parameters),
        baseline=lambda run: float(of(run.before, run.parameters)),
        digits=digits,
        axis=axis,
    )


OBSERVABLES_WEEKS: dict[str, Observable] = {
    row.name: row
    for row in (
        _over_weeks("pain", "pain (0 to 10)", "", 1, (0, 10), pain),
        _over_weeks("referred_pain", "referred pain (0 to 10)", "", 1, (0, 10), referred_pain),
        _over_weeks("soreness", "soreness after needling (0 to 10)", "", 1, (0, 10), lambda state, p: soreness(state)),
        _over_weeks(
            "tenderness", "pressure pain threshold", "kPa", 0, (100, 350), lambda state, p: readings.tenderness(state)
        ),
        _over_weeks(
            "stiffness", "stiffness of the band", "kPa", 1, (5, 20), lambda s, p: readings.stiffness(s.contracture)
        ),
        _over_weeks(
            "range_of_motion", "range of motion", "°", 1, (25, 50), lambda state, p: readings.range_of_motion(state)
        ),
        _over_weeks("load", "load", "", 2, (0, 1), lambda state, p: 1.0 * state.load),
        _over_weeks("knot", "knot (1) or none (0)", "", 0, (0, 1), lambda state, p: 1.0 * state.knot),
        Observable(
            "days_with_knot",
            "days with a knot",
            "days",
            lambda run: float(np.mean(run.state.knot) * (run.time[-1] - run.time[0]) / 86_400),
            digits=0,
        ),
        Observable("returns", "times the knot came back", "", lambda run: float(run.notes["returns"]), digits=0),
    )
}
