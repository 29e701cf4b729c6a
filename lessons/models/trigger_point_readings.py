"""What can be read from a run of the trigger-point model: signs, symptoms and measurements, with units."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from lessons.models.trigger_point_equations import OXYGEN_PER_ATP, State, constants
from lessons.models.trigger_point_reduction import chemistry, cost, flow_per_conductance
from lessons.simulation import Observable, Trajectory

LARGEST_EXTRACTION = 0.9  # of the blood's oxygen
SETTLING = 3600.0  # s after the last act at which a release is judged
FULL_THRESHOLD = 330.0  # kPa, pressure pain threshold of a muscle without any input
RELEASED_ABOVE = 20.0  # mM phosphocreatine


def stiffness(contracture: Any) -> Any:
    """Shear stiffness of the band, kPa: 5.8 + 85 F (5.8 kPa: the muscle around it, Chen 2016)."""
    return 5.8 + 85 * contracture


def pain(state: State, descending_inhibition: float) -> Any:
    """Local pain, 0-10: 10 S / (S + .45 + 2 desc)."""
    return 10 * state.nociceptor / (state.nociceptor + 0.45 + 2 * descending_inhibition)


def referred_pain(state: State, descending_inhibition: float) -> Any:
    """Referred pain, 0-10: 10 u / (u + .4), u = (S W (1 - desc) - .05)+."""
    reach = np.maximum(state.nociceptor * state.sensitisation * (1 - descending_inhibition) - 0.05, 0)
    return 10 * reach / (reach + 0.4)


def tenderness(state: State) -> Any:
    """Pressure pain threshold, kPa: 330 / (1 + 1.3 S + .5 W + .5 K). Low is tender."""
    return FULL_THRESHOLD / (1 + 1.3 * state.nociceptor + 0.5 * state.sensitisation + 0.5 * state.soreness)


def range_of_motion(state: State) -> Any:
    """Range of motion, degrees: 45 - 150 F - 6 K."""
    return 45 - 150 * state.contracture - 6 * state.soreness


def endplate_noise(state: State, parameters: Any) -> Any:
    """Endplate noise, root mean square microvolt: shot noise of A quanta/s on 4 microvolt of instrument noise."""
    c = constants(parameters)
    cleft = chemistry(c, state.release, state.acidity, state.phosphocreatine).cleft
    return np.sqrt(16 + 35**2 * 0.0025 * cleft)


def blood_flow(state: State, parameters: Any, thumb: Any) -> Any:
    """Blood flow, mL/100 g/min, under a thumb of so many kPa."""
    c, p = constants(parameters), parameters
    squeeze = p.pressure_rest + p.external_pressure + 7.5 * p.pressure_reaching_depth * thumb
    through = flow_per_conductance(c, state.contracture, squeeze, p.arterial_pressure)
    return 6000 * state.conductance * through


def oxygen_for_demand(state: State, parameters: Any, thumb: Any) -> Any:
    """The most oxygen that the flow can bring, divided by what the demand for energy needs; below 1 is too little."""
    c = constants(parameters)
    calcium_in = chemistry(c, state.release, state.acidity, state.phosphocreatine).calcium_in
    supply = LARGEST_EXTRACTION * OXYGEN_PER_ATP * c.blood_oxygen * blood_flow(state, parameters, thumb) / 6000
    return supply / cost(c, calcium_in, state.contracture)


def released(trajectory: Trajectory) -> float:
    """1 if phosphocreatine stays above 20 mM from 60 min after the last act on, else 0.

    Raises ValueError if the run ends earlier.
    """
    p = trajectory.parameters
    pressed = p.pressure_seconds if p.pressure else 0.0
    overloaded = 60 * p.overload_minutes if p.acute_overload else 0.0
    last_act = max([0.0, *trajectory.events, pressed, overloaded])
    later = trajectory.time >= last_act + SETTLING - 1e-6
    if not later.any():
        raise ValueError(
            f"Whether the knot was released shows 60 minutes after the last act, at {last_act + SETTLING:g} s; "
            f"the run ends at {trajectory.time[-1]:g} s."
        )
    return float(trajectory.state.phosphocreatine[later].min() > RELEASED_ABOVE)


def _thumb(trajectory: Trajectory) -> np.ndarray:
    p = trajectory.parameters
    return np.where(trajectory.time < p.pressure_seconds, p.pressure, 0.0)


def _over_time(name, label, unit, digits, axis, of: Callable[[State, Any, Any], Any]) -> Observable:
    return Observable(
        name,
        label,
        unit,
        read=lambda run: of(run.state, run.parameters, _thumb(run)),
        baseline=lambda run: float(of(run.before, run.parameters, 0.0)),
        digits=digits,
        axis=axis,
    )


def _table() -> dict[str, Observable]:
    desc = "descending_inhibition"
    rows = [
        _over_time("pain", "pain (0 to 10)", "", 1, (0, 10), lambda s, p, thumb: pain(s, getattr(p, desc))),
        _over_time(
            "referred_pain",
            "referred pain (0 to 10)",
            "",
            1,
            (0, 10),
            lambda s, p, thumb: referred_pain(s, getattr(p, desc)),
        ),
        _over_time("tenderness", "pressure pain threshold", "kPa", 0, (100, 350), lambda s, p, thumb: tenderness(s)),
        _over_time("soreness", "soreness after needling (0 to 10)", "", 1, (0, 10), lambda s, p, thumb: 4 * s.soreness),
        _over_time("range_of_motion", "range of motion", "°", 1, (25, 50), lambda s, p, thumb: range_of_motion(s)),
        _over_time(
            "stiffness", "stiffness of the band", "kPa", 1, (5, 20), lambda s, p, thumb: stiffness(s.contracture)
        ),
        _over_time("endplate_noise", "endplate noise", "µV", 1, (0, 40), lambda s, p, thumb: endplate_noise(s, p)),
        _over_time("oxygen", "oxygen in the tissue", "mmHg", 1, (0, 40), lambda s, p, thumb: 1.0 * s.oxygen),
        _over_time("oxygen_for_demand", "oxygen for the demand", "", 2, (0, 3), oxygen_for_demand),
        _over_time("blood_flow", "blood flow", "mL/100 g/min", 1, (0, 25), blood_flow),
        _over_time("phosphocreatine", "phosphocreatine", "mM", 1, (0, 32), lambda s, p, thumb: 1.0 * s.phosphocreatine),
        _over_time("acidity", "acidity (pH)", "", 2, (6.4, 7.1), lambda s, p, thumb: 1.0 * s.acidity),
        _over_time(
            "release_rate", "release of acetylcholine", "quanta/s", 0, (0, 350), lambda s, p, thumb: 1.0 * s.release
        ),
        _over_time(
            "contracture", "contracture", "of maximal force", 3, (0, 0.15), lambda s, p, thumb: 1.0 * s.contracture
        ),
        Observable("soreness_peak", "worst soreness (0 to 10)", "", lambda run: 4 * run.notes["soreness_peak"]),
        Observable("released", "released for good (1) or not (0)", "", released, digits=0),
        Observable("twitches", "twitches", "", lambda run: float(run.notes["twitches"]), digits=0),
    ]
    return {row.name: row for row in rows}


OBSERVABLES: dict[str, Observable] = _table()
