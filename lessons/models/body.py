r"""One field of relief over the regions of the body: where a treatment raises the pressure pain threshold, how much.

Relief r of a region, in per cent of its threshold before, of two mechanisms that multiply:

    1 + r/100 = (1 + N) (1 + T)
    1 + N = (1 + b R + o {s side [exp(-d^2/2sig_g^2) gate + exp(-d^2/2sig_k^2) kappa] + [at a needle] l adenosine})
            / (1 + fl (g - 1) I / (I + Ih))
    T = PPT / PPT(before) - 1
    PPT = 330 / (1 + c (g - 1) + 1.3 S + .5 W + .5 g K)    in the region of the knot (see `trigger_point_readings`)
        = 330 / (1 + c (g - 1) + el W + ref w S W + fl (g - 1) K)    elsewhere; w: how often the muscle refers there

R, gate, kappa and adenosine are those of `neuromodulation_readings`; S, W and K those of the trigger point; I is the
needles' input so far (min), fading with the time tau_I; d is the distance to the nearest needle in segments of the
cord, side 1 or .6; b, s, l, ref weigh the body-wide, segmental, local and referred parts (1: as the models have them).

Overlap o (1: as the models have it, 0: each way does its own work only) weighs what retained needles do near themselves
and what the passes of a release do through the cord. Sensitisation g is the gain of the cord (1: calm): it lowers
thresholds everywhere, and lets soreness and a strong input flare up everywhere.

How evenly and how far, always together: evenness = (sum r)^2 / (m sum r^2) over the m regions (1/m: one region alone,
1: the same everywhere), reach = share of the regions whose relief is at least 10 %. Evenness has no scale: a relief of
1 % everywhere is as even as one of 50 %.

Limits. That R is the same everywhere and that a knot concerns one region and its referral zones is built in: the two
numbers show the thesis, they cannot prove it. The weights, el and ref are assumptions, and so is all that g does (c,
fl, Ih, tau_I): the directions follow the dorsal horn of page 01, the sizes have no source. Regions count alike,
whatever their size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lessons.models import neuromodulation_readings as needles
from lessons.models import trigger_point_readings as knots
from lessons.models.treatment import REAL, Course
from lessons.models.trigger_point_equations import State
from lessons.models.trigger_point_parameters import OURS
from lessons.simulation import Parameters, Trajectory, parameter

WEIGHTS, SENSITISED = "Where it acts", "The sensitised cord"
HOUR = 3600.0
NOTICED = 10.0  # %, relief from which a region counts as reached


@dataclass(frozen=True, kw_only=True)
class Spread(Parameters):
    """How much of each mechanism arrives where (1 is what the two models say), and how sensitised the cord is."""

    # g, o; b, s, l, ref, el; c, fl, Ih, tau_I.
    sensitisation: float = parameter(
        1.0, 1, 5, "×", "sensitisation (gain of the cord)", OURS, "assumed", group="The patient", step=0.1
    )
    overlap: float = parameter(1.0, 0, 2, "", "overlap of the two ways", OURS, "assumed", group=WEIGHTS, step=0.05)
    body_wide: float = parameter(
        1.0, 0, 1, "", "body-wide part of retained needles", OURS, "assumed", group=WEIGHTS, step=0.05
    )
    segmental: float = parameter(
        1.0, 0, 2, "", "part in the needle's segments", OURS, "assumed", group=WEIGHTS, step=0.05
    )
    local: float = parameter(1.0, 0, 2, "", "part at the needle itself", OURS, "assumed", group=WEIGHTS, step=0.05)
    referral: float = parameter(
        0.9, 0, 2, "", "tenderness where the knot refers", OURS, "assumed", group=WEIGHTS, step=0.05
    )
    elsewhere: float = parameter(
        0.05, 0, 0.5, "", "tenderness elsewhere by the knot's input to the cord", OURS, "assumed", group=WEIGHTS,
        step=0.01,
    )  # fmt: skip
    lowering: float = parameter(
        0.15, 0, 0.5, "", "thresholds lost for each step of the cord's gain", OURS, "assumed", group=SENSITISED,
        step=0.01,
    )  # fmt: skip
    flare: float = parameter(
        0.02, 0, 0.2, "", "spread of soreness for each step of the cord's gain", OURS, "assumed", group=SENSITISED,
        step=0.01,
    )  # fmt: skip
    irritation_half: float = parameter(
        5.0,
        1,
        20,
        "min",
        "input of retained needles that flares up by half",
        OURS,
        "assumed",
        group=SENSITISED,
        step=0.5,
    )
    irritation_time: float = parameter(
        24.0, 1, 96, "h", "time in which that irritation fades", OURS, "assumed", group=SENSITISED, step=1
    )


class Regions(NamedTuple):
    """The m regions of a body chart: names, segments of the cord (first of the neck = 1), the patient's right side."""

    names: tuple[str, ...]
    segments: np.ndarray
    right: np.ndarray


class Knot(NamedTuple):
    """A trigger point on the chart: its own region, and how often (0-1) it refers to others."""

    region: str
    refers: Mapping[str, float]


class Chart(NamedTuple):
    """Where a patient is treated: the regions, the knot, and the regions in which needles stay, in order."""

    regions: Regions
    knot: Knot
    places: tuple[str, ...]


def retained(regions: Regions, needled: Sequence[str], run: Trajectory, spread: Spread | None = None) -> np.ndarray:
    """(n, m) rise of the threshold as a share, by needles in the regions `needled` (the model's run over n times).

    Raises KeyError for a region that the chart does not have.
    """
    spread = Spread() if spread is None else spread
    p, s = run.parameters, run.state
    field = np.repeat(spread.body_wide * needles.body_wide(p, s)[:, None], len(regions.names), axis=1)
    if needled:
        field += spread.overlap * _near(regions, needled, run, spread)
    return (1 + field) / (1 + _flare(_irritation(run, spread), spread)[:, None]) - 1


def _near(regions: Regions, needled: Sequence[str], run: Trajectory, spread: Spread) -> np.ndarray:
    """What retained needles add in their segments and at themselves."""
    p, s = run.parameters, run.state
    at = [_place(regions, name) for name in needled]
    away = np.abs(regions.segments[:, None] - regions.segments[at][None, :])
    side = np.where(regions.right[:, None] == regions.right[at][None, :], 1.0, p.other_side)
    field = np.zeros((len(run.time), len(regions.names)))
    for width, part in ((p.gate_width, needles.gate(p, s)), (p.kappa_width, needles.kappa(p, s))):
        reached = (side * np.exp(-(away**2) / (2 * width**2))).max(axis=1)
        field += spread.segmental * np.outer(part, reached)
    field[:, at] += spread.local * needles.at_needle(p, s)[:, None]
    return field


def through_the_cord(regions: Regions, knot: Knot, run: Trajectory, spread: Spread | None = None) -> np.ndarray:
    """(n, m) rise of the threshold as a share, by the passes of a release as needles of a minute (the run of those)."""
    spread = Spread() if spread is None else spread
    return spread.overlap * retained(regions, [knot.region], run, spread.changed(overlap=1.0))


def _irritation(run: Trajectory, spread: Spread) -> np.ndarray:
    """(n,) input of the needles so far (min), each part of it fading from when it came."""
    kept = np.exp(-np.diff(run.time, prepend=0.0) / (HOUR * spread.irritation_time))
    irritation, left = np.empty(len(run.time)), 0.0
    for i, added in enumerate(np.diff(run.state.needle_dose, prepend=run.before.needle_dose)):
        left = left * kept[i] + added
        irritation[i] = left
    return irritation / (irritation + spread.irritation_half)


def _flare(soreness: np.ndarray, spread: Spread) -> np.ndarray:
    return spread.flare * (spread.sensitisation - 1) * soreness


def released(regions: Regions, knot: Knot, run: Trajectory, spread: Spread | None = None) -> np.ndarray:
    """(n, m) change of the threshold as a share, by what has become of a knot (the model's run over n times).

    Raises KeyError for a region that the chart does not have.
    """
    now, before = (thresholds(regions, knot, state, spread) for state in (run.state, run.before))
    return now / before - 1


def thresholds(regions: Regions, knot: Knot, state: State, spread: Spread | None = None) -> np.ndarray:
    """(n, m) pressure pain threshold in kPa with a knot in this state (n times, or one: n = 1).

    Raises KeyError for a region that the chart does not have.
    """
    spread = Spread() if spread is None else spread
    S, W, K = (np.atleast_1d(part)[:, None] for part in (state.nociceptor, state.sensitisation, state.soreness))
    refers = np.zeros(len(regions.names))
    for name, often in knot.refers.items():
        refers[_place(regions, name)] = often
    lowered = spread.lowering * (spread.sensitisation - 1)
    field = 1 + lowered + spread.elsewhere * W + spread.referral * refers * S * W + _flare(K, spread)
    own = knots.FULL_THRESHOLD / knots.tenderness(state) + 0.5 * (spread.sensitisation - 1) * state.soreness
    field[:, _place(regions, knot.region)] = lowered + own
    return knots.FULL_THRESHOLD / field


def relief(course: Course, chart: Chart, spread: Spread | None = None) -> np.ndarray:
    """(n, m) relief in per cent of all that a plan does, over its n times.

    Raises KeyError for a region that the chart does not have.
    """
    regions, knot, places = chart
    plan = course.parameters
    needled = places[: plan.needles] if plan.retention == REAL else ()
    fields = [released(regions, knot, course.knot, spread), retained(regions, needled, course.needles, spread)]
    if course.passed is not None:
        fields.append(through_the_cord(regions, knot, course.passed, spread))
    return together(*fields)


def together(*fields: np.ndarray) -> np.ndarray:
    """Relief in per cent, (n, m), of shares that multiply."""
    product = np.ones_like(fields[0])
    for field in fields:
        product = product * (1 + field)
    return 100 * (product - 1)


def evenness(relief: np.ndarray) -> np.ndarray:
    """How evenly relief is spread over the last axis: from 1/m (one region alone) to 1 (the same everywhere).

    Regions that got worse count as 0; where nothing got better the answer is nan.
    """
    r = np.maximum(relief, 0.0)
    squares = (r**2).sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(squares > 0, r.sum(axis=-1) ** 2 / (r.shape[-1] * squares), np.nan)


def reach(relief: np.ndarray) -> np.ndarray:
    """How far relief goes: the share of regions in which it is at least 10 %."""
    return (relief >= NOTICED).mean(axis=-1)


def _place(regions: Regions, name: str) -> int:
    try:
        return regions.names.index(name)
    except ValueError:
        raise KeyError(f"The chart has no region '{name}'.") from None
