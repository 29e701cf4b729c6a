"""Many virtual patients at once: the trigger-point model on arrays, one entry per patient.

The equations are those of `trigger_point`. During and for ten minutes after anything is done they are integrated by
classical Runge-Kutta steps of 1 s; in the quiet stretches between by Runge-Kutta-Chebyshev steps of 12 s, six stages
each, which stay stable although oxygen settles within a second. All patients share the times at which something is
done; what is done may differ from patient to patient.

Against the single form, which controls its error, every state of every patient stays within 1e-3 of that state's
range over the cohort for two hours. Most stay within 1e-4; the largest errors belong to patients so near to the border
between release and relapse that they linger there, where a small error of the state becomes a small shift in time.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

from lessons.models.trigger_point import State, TriggerPoint
from lessons.models.trigger_point_array_solver import advance, array_rates, drift, longest_steps
from lessons.models.trigger_point_equations import LN10, PH_REST, PROTONS_REST, constants, inputs
from lessons.models.trigger_point_readings import stiffness
from lessons.models.trigger_point_reduction import HEALTHY_ABOVE, slaves, start_loop
from lessons.simulation import ParameterError, SimulationError

QUIET_AFTER = 600.0  # s
SHARED = ("spacing", "overload_minutes", "pressure_seconds")  # one value for the whole cohort

# Spread between people: coefficient of variation of a log-normal distribution; assumed, no data at hand.
SPREAD = {
    "calcium_release": 0.08,
    "release_for_calcium": 0.08,
    "contracture_maximal": 0.10,
    "collapse_pressure": 0.10,
    "pressure_at_maximal_force": 0.10,
    "flow_rest": 0.10,
    "acid_buffer": 0.10,
    "release_sensitised": 0.15,
    "acid_for_release": 0.15,
    "capillary_reserve": 0.15,
    "nodule_radius": 0.20,
}


@dataclass(frozen=True)
class Cohort:
    """Virtual patients: for every field of `TriggerPoint` an array of one value per patient, read-only."""

    values: Mapping[str, np.ndarray]

    def __post_init__(self) -> None:
        for name in SHARED:
            if np.ptp(self.values[name]) > 0:
                raise ParameterError(f"All patients of a cohort share one value of '{name}'.")
        for array in self.values.values():
            array.flags.writeable = False

    def __len__(self) -> int:
        return len(self.values["load"])

    def patient(self, index: int) -> TriggerPoint:
        """One patient as the parameters of a single run."""
        table = TriggerPoint.described()
        return TriggerPoint(
            **{name: (int if table[name].whole else float)(array[index]) for name, array in self.values.items()}
        )

    def changed(self, **values: Any) -> Cohort:
        """The same patients with some fields changed: to a number for all, or to an array of one per patient.

        Raises ParameterError for an unknown field, a wrong length or a value outside the field's range.
        """
        table = TriggerPoint.described()
        new = dict(self.values)
        for name, value in values.items():
            if name not in table:
                TriggerPoint().changed(**{name: value})  # raises with a hint
            array = np.asarray(value, dtype=float)
            if array.ndim and array.shape != (len(self),):
                raise ParameterError(f"'{name}' needs one number, or one for each of the {len(self)} patients.")
            low, high = table[name].low, table[name].high
            if not np.all((array >= low) & (array <= high)):
                raise ParameterError(
                    f"{table[name].label} ({name}) must lie within {low:g} to {high:g} for all patients."
                )
            new[name] = np.array(np.broadcast_to(array, (len(self),)))
        return Cohort(new)


def virtual_patients(
    generator: np.random.Generator,
    count: int,
    typical: TriggerPoint | None = None,
    spread: Mapping[str, float] | None = None,
) -> Cohort:
    """Draw patients around a typical one; values are kept inside each field's range.

    `spread` (default `SPREAD`): log-normal variation of loop properties. Load varies by 0.08 around the typical and
    stays after the treatment; sympathetic tone by 0.08 around 0.12 or the typical, if that is higher; the treatment
    has 1 to 12 passes, strengths from a Beta(5, 3) and misses of |normal(0, 1)| mm.
    """
    if count < 1:
        raise ParameterError("A cohort needs at least one patient.")
    typical = TriggerPoint() if typical is None else typical
    values = {name: np.full(count, float(value)) for name, value in dataclasses.asdict(typical).items()}
    for name, variation in (SPREAD if spread is None else spread).items():
        sigma = np.sqrt(np.log1p(variation**2))
        values[name] = values[name] * np.exp(sigma * generator.standard_normal(count) - 0.5 * sigma**2)
    values["load"] = values["load"] + 0.08 * generator.standard_normal(count)
    values["sympathetic_tone"] = max(0.12, typical.sympathetic_tone) + 0.08 * generator.standard_normal(count)
    values["passes"] = generator.integers(1, 13, count).astype(float)
    values["strength"] = generator.beta(5, 3, count)
    values["miss"] = np.abs(generator.standard_normal(count))
    for name, about in TriggerPoint.described().items():
        values[name] = np.clip(values[name], about.low, about.high)
    values["load_after"] = values["load"].copy()
    return Cohort(values)


class CohortRun(NamedTuple):
    """Outcome for all patients: `time` (times,) s; `state` of (times, patients) and `before` of (patients,) arrays.

    `twitches` (patients,); `amplitudes` (passes, patients), 0 where a pass stayed silent or was not made.
    """

    cohort: Cohort
    time: np.ndarray
    state: State
    before: State
    twitches: np.ndarray
    amplitudes: np.ndarray


def settled(cohort: Cohort, knot: bool) -> np.ndarray:
    """Where contracted (knot) or rested muscles settle: (q, n, F, p, E, pH, G) as (7, patients).

    The same starts as in the single form, followed by linearly implicit Euler steps that grow as the motion dies down
    and end as Newton's method; a patient who has not settled then is settled by the single form.
    """
    space = SimpleNamespace(**cohort.values)
    c, acting = constants(space), inputs(space)
    count = len(cohort)
    energy = c.rest * (0.2 if knot else 1.0)
    acidity = np.full(count, 6.7 if knot else PH_REST)
    s = slaves(c, acting, acidity, energy)
    y = np.array([s.release, s.pool, s.contracture, s.oxygen, energy, acidity, s.conductance])
    floor = np.array([1e-9, 1e-9, -1.0, 1e-9, 1e-9, 0.0, 1e-3])[:, None]

    def loop_rates(loop):
        return array_rates(c, np.vstack([loop, np.zeros((2, count))]), acting)[:7]

    for step in np.concatenate([np.geomspace(1, 25, 20), np.full(60, 25.0), np.geomspace(25, 1e9, 45)]):
        base = loop_rates(y)
        matrix = np.empty((count, 7, 7))
        for k in range(7):
            h = 1e-6 * np.maximum(np.abs(y[k]), 1e-3)
            moved = y.copy()
            moved[k] += h
            matrix[:, :, k] = ((loop_rates(moved) - base) / h).T
        change = np.linalg.solve(np.eye(7) / step - matrix, base.T[:, :, None])[:, :, 0].T
        y = np.maximum(y + change, np.minimum(floor, 0.1 * y))
    residual = np.abs(loop_rates(y)) / (1e-3 + np.abs(y))
    for k in np.flatnonzero(~(residual.max(axis=0) < 1e-9)):
        patient = cohort.patient(k)
        y[:, k] = start_loop(constants(patient), inputs(patient), knot)[0]
    return y


def run(cohort: Cohort, time: Sequence[float] | np.ndarray) -> CohortRun:
    """Run all patients from their equilibria through their treatments; `time` (s, increasing, from 0 on) is stored.

    Each patient starts, is treated and goes on as in `trigger_point.simulate`. Raises ParameterError for impossible
    times, SimulationError if any state stops being a number.
    """
    time = np.array(time, dtype=float)
    if time.ndim != 1 or not len(time) or not np.all(np.isfinite(time)) or np.any(np.diff(time) <= 0) or time[0] < 0:
        raise ParameterError("Times must be finite seconds from 0 on, in increasing order.")
    v = SimpleNamespace(**cohort.values)
    c, count = constants(v), len(cohort)
    y = np.zeros((9, count))
    for knot in (True, False):
        chosen = np.flatnonzero(v.knot == knot)
        if len(chosen):
            y[:7, chosen] = settled(Cohort({name: array[chosen] for name, array in cohort.values.items()}), knot)
    protons2 = np.maximum(PROTONS_REST * (np.exp(LN10 * (PH_REST - y[5])) - 1), 0) ** 2
    y[7] = protons2 / (protons2 + c.acid_pain2)
    y[8] = y[7] * c.reaching_cord / (y[7] * c.reaching_cord + c.sensitisation_half)
    before = State(*y[:7].copy(), np.zeros(count), *y[7:].copy(), np.zeros(count))

    spacing, seconds = float(v.spacing[0]), float(v.pressure_seconds[0])
    overload_end = 60 * float(v.overload_minutes[0])
    end = np.maximum(np.maximum(v.passes - 1, 0) * spacing, np.where(v.pressure > 0, seconds, 0.0))
    passes = spacing * np.arange(int(v.passes.max()))
    acts = np.unique([0.0, seconds, overload_end, *passes, *end])
    marks = np.unique([*acts[acts <= time[-1]], *time])
    creep, soreness = np.zeros(count), np.zeros(count)
    amplitudes = np.zeros((len(passes), count))
    stored, acting, last_act, steps = [], None, 0.0, longest_steps(c)
    for index, now in enumerate(marks):
        if index:
            earlier = marks[index - 1]
            busy_until = min(now, max(earlier, last_act + QUIET_AFTER))
            if busy_until > earlier:
                y = advance(c, y, acting, earlier, busy_until, steps[0])
            if now > busy_until:
                y = drift(c, y, acting, busy_until, now, steps[1])
            creep = acting.creep_end + (creep - acting.creep_end) * np.exp(-acting.creep_rate * (now - earlier))
            soreness = soreness * np.exp(-(now - earlier) / (3600 * v.soreness_time))
        for k in np.flatnonzero(passes == now):
            y, soreness, amplitudes[k] = _pass(v, y, soreness, v.passes > k, before)
        last_act = now if now in acts else last_act
        acting = inputs(
            v,
            load=np.where(now < end, v.load, v.load_after),
            overload=v.acute_overload if now < overload_end else 0.0,
            pressure=v.pressure if now < seconds else np.zeros(count),
            creep=creep,
            since=now,
        )
        if now in time:
            stored.append(State(*y[:7], creep, y[7], y[8], soreness))
    state = State(*(np.array(column) for column in zip(*stored, strict=True)))
    if not all(np.all(np.isfinite(column)) for column in state):
        raise SimulationError("A patient's state is no longer a number. Draw the cohort with a smaller spread.")
    return CohortRun(cohort, time, state, before, (amplitudes > 0).sum(axis=0), amplitudes)


def _pass(v, y, soreness, made, before):
    """One needle pass on all patients for whom it is made: state, soreness, recorded amplitudes."""
    reached = np.exp(-0.5 * (v.miss / v.spot_size) ** 2) * v.reflex_arc
    twitch = np.where(made & (y[7] * reached >= v.twitch_threshold), v.strength * reached, 0.0)
    amplitude = twitch * stiffness(y[2]) / stiffness(before.contracture)
    y = y.copy()
    y[0] *= 1 - v.twitch_empties * twitch
    y[1] *= 1 - v.twitch_empties * twitch
    y[2] *= 1 - v.twitch_slackens * twitch
    y[4] = np.where(twitch > 0, np.maximum(y[4] - v.twitch_cost * twitch, 0), y[4])
    y[6] += v.twitch_opens * twitch
    added = np.where(made, v.soreness_per_pass + v.soreness_per_twitch * twitch, 0.0)
    return y, np.minimum(1.0, soreness + added), amplitude


def bistable(cohort: Cohort) -> np.ndarray:
    """For each patient "bistable", "healthy" (cannot hold a knot) or "contracted" (always), as an array of words."""
    contracted, rested = settled(cohort, True), settled(cohort, False)
    rest = cohort.values["phosphocreatine_rest"]
    single = np.where(rested[4] > HEALTHY_ABOVE * rest, "healthy", "contracted")
    return np.where(np.abs(contracted[4] - rested[4]) > 1e-6 * rest, "bistable", single)
