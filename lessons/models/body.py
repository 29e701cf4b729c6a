r"""One field of relief over the regions of the body: where a treatment raises the pressure pain threshold, how much.

Relief r of a region, in per cent of its threshold before, of two mechanisms that multiply:

    1 + r/100 = (1 + N) (1 + T)
    N = b R + s side [exp(-d^2/2 sig_g^2) gate + exp(-d^2/2 sig_k^2) kappa] + [at a needle] l adenosine
    T = PPT / PPT(before) - 1
    PPT = 330 / (1 + 1.3 S + .5 W + .5 K)             in the region of the knot (see `trigger_point_readings`)
        = 330 / (1 + el W + ref w S W)                 elsewhere; w: how often the muscle refers there

R, gate, kappa and adenosine are those of `neuromodulation_readings`; S, W and K those of the trigger point; d is the
distance to the nearest needle in segments of the cord, side 1 or .6; b, s, l, ref weigh the body-wide, segmental, local
and referred parts (1: as the models have them).

How evenly and how far, always together: evenness = (sum r)^2 / (m sum r^2) over the m regions (1/m: one region alone,
1: the same everywhere), reach = share of the regions whose relief is at least 10 %. Evenness has no scale: a relief of
1 % everywhere is as even as one of 50 %.

Limits. That R is the same everywhere and that a knot concerns one region and its referral zones is built in: the two
numbers show the thesis, they cannot prove it. The weights, el and ref are assumptions; regions count alike, whatever
their size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from lessons.models import neuromodulation_readings as needles
from lessons.models import trigger_point_readings as knots
from lessons.models.trigger_point_parameters import OURS
from lessons.simulation import Parameters, Trajectory, parameter

WEIGHTS = "Where it acts"
FULL_THRESHOLD = 330.0  # kPa, of a region without any input
NOTICED = 10.0  # %, relief from which a region counts as reached


@dataclass(frozen=True, kw_only=True)
class Spread(Parameters):
    """How much of each mechanism arrives where: 1 is what the two models say."""

    # b, s, l, ref, el.
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
        0.05, 0, 0.5, "", "tenderness elsewhere by a sensitised cord", OURS, "assumed", group=WEIGHTS, step=0.01
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


def retained(regions: Regions, needled: Sequence[str], run: Trajectory, spread: Spread | None = None) -> np.ndarray:
    """(n, m) rise of the threshold as a share, by needles in the regions `needled` (the model's run over n times).

    Raises KeyError for a region that the chart does not have.
    """
    spread = Spread() if spread is None else spread
    p, s = run.parameters, run.state
    field = np.repeat(spread.body_wide * needles.body_wide(p, s)[:, None], len(regions.names), axis=1)
    if not needled:
        return field
    at = [_place(regions, name) for name in needled]
    away = np.abs(regions.segments[:, None] - regions.segments[at][None, :])
    side = np.where(regions.right[:, None] == regions.right[at][None, :], 1.0, p.other_side)
    for width, part in ((p.gate_width, needles.gate(p, s)), (p.kappa_width, needles.kappa(p, s))):
        reached = (side * np.exp(-(away**2) / (2 * width**2))).max(axis=1)
        field += spread.segmental * np.outer(part, reached)
    field[:, at] += spread.local * needles.at_needle(p, s)[:, None]
    return field


def released(regions: Regions, knot: Knot, run: Trajectory, spread: Spread | None = None) -> np.ndarray:
    """(n, m) change of the threshold as a share, by what has become of a knot (the model's run over n times).

    Raises KeyError for a region that the chart does not have.
    """
    spread = Spread() if spread is None else spread
    refers = np.zeros(len(regions.names))
    for name, often in knot.refers.items():
        refers[_place(regions, name)] = often
    now, before = (_elsewhere(state, refers, spread) for state in (run.state, run.before))
    field = now / before - 1
    own = _place(regions, knot.region)
    field[:, own] = knots.tenderness(run.state) / knots.tenderness(run.before) - 1
    return field


def _elsewhere(state: Any, refers: np.ndarray, spread: Spread) -> np.ndarray:
    W, S = np.atleast_1d(state.sensitisation)[:, None], np.atleast_1d(state.nociceptor)[:, None]
    return FULL_THRESHOLD / (1 + spread.elsewhere * W + spread.referral * refers * S * W)


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
