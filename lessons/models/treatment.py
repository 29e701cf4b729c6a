r"""One patient, one plan: needles that stay, a release, or both, in one muscle and one nervous system.

The two models run side by side and touch in three places:

    symp(t) = symp0 (1 - calm V(t))+        V: vagal shift. Less sympathetic tone: less release, more dilation
    desc(t) = min(.7, R / (1 + R))          the brake of the cord scales the pain that the knot is felt with
    each pass of the needle through the knot is a needle of one minute for the nervous system

Symbols as in `trigger_point` and `neuromodulation`. V is nearly the same with real needles, with sham and at rest, so
much of what retention does for a release is rest: a plan with sham in place of retention belongs beside every plan.
The tone of the vessels follows V in steps of two minutes or more.

Sham of retention: the same visit without a needle. Sham of a release: as many passes ten millimetres beside the spot.
A plan without retention is a visit as long as its passes take, with the same expectation.

Visits may be repeated. Each starts a nervous system at rest, for within a day all of a visit but its lasting part has
faded: that part, a set point, belongs to `neuromodulation_course`.

Left out: that the passes of a release tire the body-wide brake (they add to it), a load that varies
(`trigger_point_course`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lessons.models import neuromodulation, trigger_point
from lessons.models.neuromodulation import MINUTE, Neuromodulation
from lessons.models.neuromodulation_readings import body_wide
from lessons.models.neuromodulation_settings import BLINDED
from lessons.models.trigger_point import LOG_TIME
from lessons.models.trigger_point_parameters import LEARNER, OURS, TriggerPoint
from lessons.models.trigger_point_readings import pain
from lessons.simulation import ParameterError, Parameters, Trajectory, parameter

PATIENT, PLAN, COUPLING = "The patient", "The plan", "What touches what"
NONE, REAL, SHAM = 0, 1, 2
KINDS = ("none", "real", "sham")
BESIDE = 10.0  # mm, where a sham release goes in
STEP = 120.0  # s, in which the tone follows the vagal shift
SEEN = 0.03  # share of the tone at rest; what changes by less is not followed
DAY = 86400.0
CALM_FOR = 60.0  # min after removal, when the vagal shift is gone
HIGHEST_BRAKE = 0.7


@dataclass(frozen=True, kw_only=True)
class Treatment(Parameters):
    """A patient and a plan. The defaults are Mara: a knot in the neck, some stress, thirty minutes and six passes."""

    load: float = parameter(
        0.35, 0, 1, "", "perpetuating load (posture, stress, cold)", OURS, "assumed", group=PATIENT, step=0.01
    )
    sympathetic_tone: float = parameter(
        0.12, 0, 0.6, "", "sympathetic tone above rest", OURS, "assumed", group=PATIENT, step=0.01
    )
    expectancy: float = parameter(0.6, 0, 1, "", "expectation of help", LEARNER, "assumed", group=PATIENT, step=0.01)
    retention: int = parameter(1, 0, 2, "", "needles that stay", LEARNER, "assumed", group=PLAN, choices=KINDS)
    minutes: float = parameter(30.0, 0, 60, "min", "how long the needles stay", LEARNER, "assumed", group=PLAN, step=1)
    needles: int = parameter(4, 1, 12, "", "needles", LEARNER, "assumed", group=PLAN)
    strength: float = parameter(
        3.0, 0, 20, "x threshold", "strength (1 = just felt)", LEARNER, "assumed", group=PLAN, step=0.5
    )
    release: int = parameter(1, 0, 2, "", "release of the knot", LEARNER, "assumed", group=PLAN, choices=KINDS)
    release_after: float = parameter(
        25.0, 0, 120, "min", "the release comes after", LEARNER, "assumed", group=PLAN, step=1
    )
    passes: int = parameter(6, 0, 20, "", "passes of the needle", LEARNER, "assumed", group=PLAN)
    twitch: float = parameter(0.9, 0, 1, "", "strength of each twitch", LEARNER, "assumed", group=PLAN, step=0.01)
    visits: int = parameter(1, 1, 6, "", "visits", LEARNER, "assumed", group=PLAN)
    days_between: float = parameter(
        7.0, 1, 14, "days", "days from one visit to the next", LEARNER, "assumed", group=PLAN, step=1
    )
    calm: float = parameter(
        0.6, 0, 1, "", "sympathetic tone lost for each unit of vagal shift", OURS, "assumed", group=COUPLING, step=0.05
    )

    @property
    def starts(self) -> tuple[float, ...]:
        """Seconds at which the visits begin."""
        return tuple(DAY * self.days_between * k for k in range(self.visits))

    @property
    def needled(self) -> bool:
        """Whether any pass goes into the muscle, real or sham."""
        return self.release != NONE and self.passes > 0


class Course(NamedTuple):
    """What becomes of the patient over the times of the plan (s): the knot, the retained needles, the passes.

    `passed`: what the passes through the knot do as needles of one minute, or None without passes.
    """

    parameters: Treatment
    time: np.ndarray
    knot: Trajectory
    needles: Trajectory
    passed: Trajectory | None

    @property
    def brake(self) -> np.ndarray:
        """(n,) R: the body-wide inhibition of pain, as a share."""
        R = body_wide(self.needles.parameters, self.needles.state)
        return R if self.passed is None else R + body_wide(self.passed.parameters, self.passed.state)

    @property
    def pain(self) -> np.ndarray:
        """(n,) pain, 0 to 10, as it is felt."""
        R = self.brake
        return pain(self.knot.state, np.minimum(HIGHEST_BRAKE, R / (1 + R)))

    @property
    def pain_before(self) -> float:
        return float(pain(self.knot.before, 0.0))

    @property
    def released(self) -> bool:
        """Whether the knot is gone at the end, and was not gone before."""
        return bool(self.knot.state.phosphocreatine[-1] > 20.0 > self.knot.before.phosphocreatine)

    def at(self, values: np.ndarray, seconds: float) -> float:
        """One of the arrays over time at one time (s)."""
        return float(np.interp(seconds, self.time, values))


def needles_of(plan: Treatment) -> Neuromodulation:
    """The visit as the model of retained needles sees it."""
    p = plan
    if p.retention == NONE:
        length = max(1.0, p.passes * SECONDS_PER_PASS / MINUTE) if p.needled else 0.0
        return BLINDED.changed(needles=0, retention=length, expectancy=p.expectancy)
    return BLINDED.changed(
        needles=p.needles if p.retention == REAL else 0,
        retention=p.minutes,
        strength=p.strength,
        expectancy=p.expectancy,
    )


def knot_of(plan: Treatment) -> TriggerPoint:
    """The muscle and what is done to it, its passes counted from the first one."""
    p = plan
    return TriggerPoint(
        load=p.load,
        load_after=p.load,
        sympathetic_tone=p.sympathetic_tone,
        passes=p.passes if p.needled else 0,
        strength=p.twitch,
        miss=BESIDE if p.release == SHAM else 0.0,
    )


SECONDS_PER_PASS = TriggerPoint().spacing


def simulate(plan: Treatment, time: Sequence[float] | np.ndarray | None = None) -> Course:
    """Run a plan from its beginning at 0 s.

    `time`: seconds, increasing, from 0 on; default one second to six weeks. Raises ParameterError for impossible times
    and SimulationError.
    """
    time = LOG_TIME if time is None else np.array(time, dtype=float)
    if time.ndim != 1 or not len(time) or not np.all(np.isfinite(time)) or np.any(np.diff(time) <= 0) or time[0] < 0:
        raise ParameterError("Times must be finite seconds from 0 on, in increasing order.")
    first = MINUTE * plan.release_after
    begins = [start + first for start in plan.starts]
    tones = [(start + when, tone) for start in plan.starts for when, tone in _tones(plan)]
    return Course(
        plan,
        time,
        trigger_point.simulate(knot_of(plan), time, begins=first, tones=tones, again=begins[1:]),
        _visits(needles_of(plan), plan.starts, time),
        _visits(_pass_of(plan), begins, time) if plan.needled else None,
    )


def _tones(plan: Treatment) -> list[tuple[float, float]]:
    """Sympathetic tone from some times (s) on: it follows the vagal shift in steps."""
    if plan.sympathetic_tone == 0 or plan.calm == 0:
        return []
    visit = needles_of(plan)
    end = MINUTE * (visit.retention + CALM_FOR) if visit.retention else 0.0
    starts = np.arange(0.0, end, STEP)
    if not len(starts):
        return []
    shift = neuromodulation.simulate(visit, np.concatenate((starts, [end])) + STEP / 2).state.vagal_shift
    tone = plan.sympathetic_tone * np.maximum(0.0, 1 - plan.calm * shift)
    kept = [(0.0, float(tone[0]))]
    for start, value in zip(starts[1:].tolist(), tone[1:-1].tolist(), strict=True):
        if abs(value - kept[-1][1]) > SEEN * plan.sympathetic_tone:  # each step costs a new start of the solver
            kept.append((start, value))
    return [*kept, (end, plan.sympathetic_tone)]


def _pass_of(plan: Treatment) -> Neuromodulation:
    """The passes as one needle of as many minutes as they take, at least one, without any expectation of its own."""
    minutes = max(1.0, plan.passes * SECONDS_PER_PASS / MINUTE)
    return BLINDED.changed(needles=1, retention=minutes, strength=plan.strength, expectancy=0.0, posture=0)


def _visits(visit: Neuromodulation, starts: Sequence[float], time: np.ndarray) -> Trajectory:
    """The same visit at each of `starts` (s), each from rest: a day later all but the dose has faded."""
    latest = np.searchsorted(starts, time, side="right") - 1
    since = np.where(latest < 0, -1.0, time - np.array(starts)[latest])
    asked = np.unique(since[since >= 0])
    rest = neuromodulation.simulate(visit, np.array([0.0])).before
    if not len(asked):
        return Trajectory(
            time=time,
            state=neuromodulation.State(*(np.full(len(time), value) for value in rest)),
            before=rest,
            parameters=visit,
        )
    run = neuromodulation.simulate(visit, asked)
    place = np.searchsorted(asked, since)
    columns = [np.where(since >= 0, c[place], value) for c, value in zip(run.state, rest, strict=True)]
    state = neuromodulation.State(*columns)
    if len(starts) > 1:
        whole = neuromodulation.simulate(visit, np.array([0.0, starts[1] - starts[0]])).state.needle_dose[-1]
        state = state._replace(needle_dose=state.needle_dose + whole * np.maximum(latest, 0))
    return Trajectory(time=time, state=state, before=rest, parameters=visit, events=run.events, notes=run.notes)
