"""Mara's body as both models see it: the chart's regions, her knot, where her needles stay, and the field of relief."""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np

from lessons import body_data
from lessons.figures.body_shapes import Body, body_shapes
from lessons.models import body
from lessons.models.body import Chart, Knot, Regions, Spread, evenness, reach
from lessons.models.treatment import Course, Treatment, simulate

# Mara's knot: in the upper trapezius, felt on top of the shoulder.
MUSCLE, REGION = "trapezius_upper-r", "shoulder_top_back-r"
# How often a muscle refers to a region, for the words of the chart: assumed, as those words are.
OFTEN = {"usual": 0.8, "frequent": 0.5, "occasional": 0.2}
# Where needles stay, in this order: beside the knot, in the neck, in the other hand, in a leg, then on the other side.
PLACES = (
    "shoulder_top_back-r",
    "nape-r",
    "hand_back-l",
    "shin-r",
    "shoulder_top_back-l",
    "nape-l",
    "hand_back-r",
    "shin-l",
    "forearm_back-r",
    "forearm_back-l",
    "foot-r",
    "foot-l",
)


class Treated(NamedTuple):
    """A plan that was run, and what it did to the regions of the chart: `relief` is (times, regions), in per cent."""

    course: Course
    regions: Regions
    relief: np.ndarray

    @property
    def time(self) -> np.ndarray:
        """(n,) seconds."""
        return self.course.time

    @property
    def parameters(self) -> Treatment:
        """The plan."""
        return self.course.parameters

    @property
    def evenness(self) -> np.ndarray:
        """(n,) how evenly relief is spread; nan where there is none."""
        return evenness(self.relief)

    @property
    def reach(self) -> np.ndarray:
        """(n,) share of the regions with a relief of at least 10 %."""
        return reach(self.relief)

    def at(self, seconds: float) -> np.ndarray:
        """(m,) relief of each region at one time (s)."""
        return np.array([np.interp(seconds, self.time, column) for column in self.relief.T])


@functools.cache
def chart() -> Body:
    """The shapes of the body chart. Raises DataError for faulty data."""
    return body_shapes(body_data.regions(), body_data.muscles())


@functools.cache
def regions() -> Regions:
    """The chart's regions as the model needs them."""
    found = list(chart().regions.values())
    return Regions(
        tuple(region.id for region in found),
        np.array([float(region.segment) for region in found]),
        np.array([region.side == "right" for region in found]),
    )


@functools.cache
def knot(muscle: str = MUSCLE, region: str = REGION) -> Knot:
    """The trigger point of a muscle, felt under one region, with the zones that the muscle refers to."""
    refers = chart().muscles[muscle].referral
    return Knot(region, {name: OFTEN[word] for name, word in refers.items() if name != region})


def maras_chart() -> Chart:
    """The chart with Mara's knot, and where her needles stay."""
    return Chart(regions(), knot(), PLACES)


def treated(plan: Treatment, spread: Spread | None = None, time: np.ndarray | None = None) -> Treated:
    """Run a plan and lay it on the chart."""
    course = simulate(plan, time)
    return Treated(course, regions(), body.relief(course, maras_chart(), spread))


def spread_at(plan: Treatment, minute: float) -> tuple[float, float]:
    """Evenness and reach (%) at one minute after the beginning."""
    relief = treated(plan, time=np.array([0.0, 60.0 * minute])).relief[-1]
    return float(evenness(relief)), 100 * float(reach(relief))


def released(plan: Treatment) -> bool:
    """Whether the knot is gone six weeks after the plan began."""
    return simulate(plan).released


def pain_left(plan: Treatment, minute: float) -> float:
    """Pain at one minute after the beginning, as a share of the pain before."""
    course = simulate(plan, np.array([0.0, 60.0 * minute]))
    return float(course.pain[-1]) / course.pain_before
