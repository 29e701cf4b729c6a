"""A release and retained needles in one patient, side by side: where and when each acts.

Both plans start at 0 s, each without the other; their reliefs (see `body`) are laid out by level: at the knot itself,
where it refers, in its segments, in all others, and in the middle of the whole body (median of all regions). A level
is the mean over its regions. Each plan has its sham beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lessons.models import body
from lessons.models.body import Chart, Knot, Regions, Spread, evenness, reach
from lessons.models.treatment import NONE, REAL, SHAM, Course, Treatment, simulate
from lessons.models.trigger_point import SIX_WEEKS

# Dense while needles stay, where each turn of a needle shows.
TIMES = np.unique(np.concatenate((np.geomspace(1.0, SIX_WEEKS, 100), np.arange(60.0, 5401.0, 60.0))))
TIMES.flags.writeable = False
AFTER_A_VISIT = np.array([60.0, 600.0, 1200.0, 1800.0, 2700.0, 3600.0, 7200.0, 6 * 3600.0, 86400.0])
LEVELS = ("at the knot", "where it refers", "same segments", "other segments", "whole body")
SAME_SEGMENT = 2.0  # segments from the knot's own, on the same side


@dataclass(frozen=True, kw_only=True)
class Mix(Treatment, Spread):
    """A patient, both plans, and how much of each mechanism arrives where."""


class Way(NamedTuple):
    """One plan on the body: `relief` (n, m) in per cent, `levels` (5, n), and the two numbers over time (n,)."""

    course: Course
    relief: np.ndarray
    levels: np.ndarray
    evenness: np.ndarray
    reach: np.ndarray

    def at(self, values: np.ndarray, seconds: float) -> np.ndarray:
        """An array over time (first axis) at one time (s)."""
        time = self.course.time
        after = int(np.clip(np.searchsorted(time, seconds), 1, len(time) - 1))
        share = (seconds - time[after - 1]) / (time[after] - time[after - 1])
        return values[after - 1] + np.clip(share, 0, 1) * (values[after] - values[after - 1])


class Pair(NamedTuple):
    """Both plans, each with its sham, on one chart."""

    parameters: Mix
    time: np.ndarray
    chart: Chart
    release: Way
    release_sham: Way
    retention: Way
    retention_sham: Way


def level_members(regions: Regions, knot: Knot) -> tuple[np.ndarray, ...]:
    """(m,) mask of the regions of each of the five levels; the last is all of them."""
    own = np.array([name == knot.region for name in regions.names])
    refers = np.array([name in knot.refers for name in regions.names]) & ~own
    segment, right = regions.segments[own][0], regions.right[own][0]
    near = (np.abs(regions.segments - segment) <= SAME_SEGMENT) & (regions.right == right) & ~own & ~refers
    return own, refers, near, ~(own | refers | near), np.ones(len(own), dtype=bool)


def times(mix: Mix) -> np.ndarray:
    """Seconds at which a mix is looked at: one second to six weeks, denser at every visit."""
    later = [start + AFTER_A_VISIT for start in mix.starts[1:]]
    every = np.unique(np.concatenate((TIMES, *later)))
    return every[every <= TIMES[-1]]


def side_by_side(mix: Mix, chart: Chart, time: np.ndarray | None = None) -> Pair:
    """Run both plans and their shams on a chart. `time`: seconds, default `times` of the mix.

    Raises KeyError for a region that the chart does not have, and what `treatment.simulate` raises.
    """
    members = level_members(chart.regions, chart.knot)
    time = times(mix) if time is None else time

    def way(**plan: float) -> Way:
        course = simulate(mix.changed(**plan), time)
        relief = body.relief(course, chart, mix)
        levels = [relief[:, member].mean(axis=1) for member in members[:-1]]
        return Way(
            course,
            relief,
            np.array([*levels, np.median(relief, axis=1)]),
            evenness(relief),
            reach(relief),
        )

    at_once = {"retention": NONE, "release_after": 0.0}
    return Pair(
        mix,
        time,
        chart,
        way(release=REAL, **at_once),
        way(release=SHAM, **at_once),
        way(release=NONE, retention=REAL),
        way(release=NONE, retention=SHAM),
    )
