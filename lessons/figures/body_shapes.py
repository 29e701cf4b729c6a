"""The body chart's shapes: smooth polygons of regions and muscles, both halves, from the right half's control points.

Neighbouring regions are cut from the same sampled lines, so they share their points exactly: no overlap, no hole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

VIEWS = ("front", "back")
SIDES = ("right", "left")  # the patient's
SPAN_SAMPLES = 12
TOLERANCE = 0.4  # thousandths of the body's height: below half a pixel on a figure of 900 px
# The patient's right is on the viewer's left in the front view, on the viewer's right in the back view.
VIEWER_SIGN = {("front", "right"): -1, ("front", "left"): 1, ("back", "right"): 1, ("back", "left"): -1}


class Region(NamedTuple):
    """A piece of skin. `polygon` (n, 2) is open, read-only, in thousandths of the height, x to the viewer's right."""

    id: str
    label: str
    side: str
    view: str
    segment: int
    label_point: tuple[float, float]
    polygon: np.ndarray
    neighbours: tuple[str, ...]


class Muscle(NamedTuple):
    """A muscle where it is needled. `referral`: region id -> "usual", "frequent" or "occasional"."""

    id: str
    name: str
    side: str
    view: str
    segments: tuple[int, ...]
    hazard: str
    referral: Mapping[str, str]
    status: Mapping[str, str]
    polygon: np.ndarray


class Body(NamedTuple):
    """Both views. `outlines`: view -> closed polygon; `details`: view -> open pale strokes."""

    outlines: Mapping[str, np.ndarray]
    details: Mapping[str, tuple[np.ndarray, ...]]
    regions: Mapping[str, Region]
    muscles: Mapping[str, Muscle]


def body_shapes(regions: Any, muscles: Any) -> Body:
    """The whole body from `lessons.body_data.regions()` and `lessons.body_data.muscles()`.

    Raises ValueError if two corners of a region lie on no common line.
    """
    outlines, details, pieces = {}, {}, {}
    for view in VIEWS:
        lines = _lines(regions, view)
        pieces[view] = _pieces([_sampled(line, regions.corners) for line in lines])
        half = _along(pieces[view], ("crown", "ankle_outer", "crotch"))
        right = _seen(half, view, "right")
        outlines[view] = _read_only(np.vstack([right, _seen(half, view, "left")[-2:0:-1]]))
        strokes = [
            _thinned(_smooth(np.array(points, dtype=float)))
            for points in (*regions.details.both, *getattr(regions.details, view))
        ]
        details[view] = tuple(_read_only(_seen(stroke, view, side)) for side in SIDES for stroke in strokes)
    found = []
    for side in SIDES:
        for entry in regions.regions:
            polygon = _along(pieces[entry.view], (*entry.corners, entry.corners[0]))[:-1]
            found.append(
                Region(
                    f"{entry.id}-{side[0]}",
                    entry.label.format(side=side),
                    side,
                    entry.view,
                    entry.segment,
                    tuple(_seen(np.array([entry.label_point]), entry.view, side)[0].tolist()),
                    _read_only(_seen(polygon, entry.view, side)),
                    (),
                )
            )
    return Body(
        MappingProxyType(outlines),
        MappingProxyType(details),
        MappingProxyType({region.id: region for region in _with_neighbours(found)}),
        MappingProxyType({muscle.id: muscle for side in SIDES for muscle in _muscles(muscles, side)}),
    )


def borders(regions: Sequence[Region]) -> list[np.ndarray]:
    """Closed lines (n, 2) round regions of one view, the first point repeated; none where two of them meet."""
    onward: dict[tuple[float, float], list[tuple[float, float]]] = {}
    for region in regions:
        points = [tuple(point) for point in _counterclockwise(region.polygon).tolist()]
        for one, other in zip(points, points[1:] + points[:1], strict=True):
            if one in onward.get(other, ()):  # the neighbour goes the other way along the same edge
                onward[other].remove(one)
            else:
                onward.setdefault(one, []).append(other)
    lines = []
    while starts := [point for point, next_ones in onward.items() if next_ones]:
        walk = starts[:1]
        while onward.get(walk[-1]):
            walk.append(onward[walk[-1]].pop())
        lines.append(np.array(walk))
    return lines


def segment_name(segment: int) -> str:
    """The clinic's name of a segment counted from C1 = 1: 6 -> 'C6', 12 -> 'T4', 26 -> 'S1'."""
    for letter, last, before in (("C", 8, 0), ("T", 20, 8), ("L", 25, 20), ("S", 30, 25)):
        if 1 <= segment <= last:
            return f"{letter}{segment - before}"
    raise ValueError(f"There is no spinal segment {segment}; they are counted from 1 (C1) to 30 (S5).")


def _lines(regions: Any, view: str) -> list[Sequence]:
    outline = regions.outline
    around = (*outline.above, *getattr(outline.below, view), *outline.inner)
    return [around, *regions.lines.both, *getattr(regions.lines, view)]


def _sampled(line: Sequence, corners: Mapping[str, tuple[float, float]]) -> tuple[list[str], list[np.ndarray]]:
    """Names of a line's corners, and the points from each corner to the next, both ends included."""
    points = np.array([corners[p] if isinstance(p, str) else p for p in line], dtype=float)
    named = [i for i, p in enumerate(line) if isinstance(p, str)]
    curve = _smooth(points)
    parts = [_thinned(curve[a * SPAN_SAMPLES : b * SPAN_SAMPLES + 1]) for a, b in pairwise(named)]
    return [line[i] for i in named], parts


def _pieces(lines: Sequence[tuple[list[str], list[np.ndarray]]]) -> dict[tuple[str, str], np.ndarray]:
    """(corner, corner) -> the points between them; of two lines that join the same corners the shorter."""
    found: dict[tuple[str, str], np.ndarray] = {}
    for names, parts in lines:
        for i in range(len(parts)):
            for j in range(i + 1, len(names)):
                curve = np.vstack([parts[i], *(part[1:] for part in parts[i + 1 : j])])
                key = names[i], names[j]
                if key not in found or _length(curve) < _length(found[key]):
                    found[key] = curve
                    found[key[::-1]] = curve[::-1]
    return found


def _along(pieces: Mapping[tuple[str, str], np.ndarray], corners: Sequence[str]) -> np.ndarray:
    """Points of a walk over corners, both ends included."""
    walk = []
    for pair in pairwise(corners):
        if pair not in pieces:
            raise ValueError(f"No line joins the corners '{pair[0]}' and '{pair[1]}'; add one or correct the region.")
        walk.append(pieces[pair][:-1])
    return np.vstack([*walk, pieces[pair][-1:]])


def _muscles(muscles: Any, side: str) -> list[Muscle]:
    return [
        Muscle(
            f"{entry.id}-{side[0]}",
            f"{side} {entry.name}",
            side,
            entry.view,
            entry.segments,
            entry.hazard,
            MappingProxyType({f"{one.region}-{side[0]}": one.frequency for one in entry.referral}),
            MappingProxyType(
                {
                    "segments": entry.segments_status,
                    "hazard": entry.hazard_status,
                    "referral": entry.referral_status,
                }
            ),
            _read_only(_seen(_thinned(_smooth_ring(np.array(entry.points, dtype=float)))[:-1], entry.view, side)),
        )
        for entry in muscles.muscles
    ]


def _with_neighbours(regions: Sequence[Region]) -> list[Region]:
    owners: dict[tuple[str, frozenset], list[str]] = {}
    for region in regions:
        for edge in _edges(region.polygon):
            owners.setdefault((region.view, edge), []).append(region.id)
    beside: dict[str, set[str]] = {region.id: set() for region in regions}
    for ids in owners.values():
        for one in ids:
            beside[one].update(other for other in ids if other != one)
    return [region._replace(neighbours=tuple(sorted(beside[region.id]))) for region in regions]


def _edges(polygon: np.ndarray) -> list[frozenset]:
    points = [tuple(point) for point in polygon.tolist()]
    return [frozenset(pair) for pair in zip(points, points[1:] + points[:1], strict=True)]


def _seen(points: np.ndarray, view: str, side: str) -> np.ndarray:
    """(distance from the midline, height) as the viewer sees it."""
    return points * (VIEWER_SIGN[view, side], 1) + 0.0  # + 0.0, since -0.0 and 0.0 would be two points


def _smooth(points: np.ndarray) -> np.ndarray:
    """A centripetal Catmull-Rom curve through (n, 2) points, SPAN_SAMPLES a span.

    A curve that ends on the midline goes on as its mirror image, so that crown and throat have no corner.
    """
    before, after = (
        end * (-1, 1) if own[0] == 0 and end[0] != 0 else 2 * own - end
        for own, end in ((points[0], points[1]), (points[-1], points[-2]))
    )
    return _spline(np.vstack([before, points, after]))


def _smooth_ring(points: np.ndarray) -> np.ndarray:
    return _spline(np.vstack([points[-1], points, points[:2]]))


def _spline(points: np.ndarray) -> np.ndarray:
    knots = np.concatenate([[0.0], np.cumsum(np.sqrt(np.hypot(*np.diff(points, axis=0).T)))])
    curve = []
    for i in range(1, len(points) - 2):
        (t0, t1, t2, t3), (p0, p1, p2, p3) = knots[i - 1 : i + 3], points[i - 1 : i + 3]
        t = np.linspace(t1, t2, SPAN_SAMPLES, endpoint=False)[:, None]
        a1 = ((t1 - t) * p0 + (t - t0) * p1) / (t1 - t0)
        a2 = ((t2 - t) * p1 + (t - t1) * p2) / (t2 - t1)
        a3 = ((t3 - t) * p2 + (t - t2) * p3) / (t3 - t2)
        b1 = ((t2 - t) * a1 + (t - t0) * a2) / (t2 - t0)
        b2 = ((t3 - t) * a2 + (t - t1) * a3) / (t3 - t1)
        span = ((t2 - t) * b1 + (t - t1) * b2) / (t2 - t1)
        span[0] = p1  # exactly, or lines that meet here would not share the point
        curve.append(span)
    return np.vstack([*curve, points[-2:-1]])


def _thinned(curve: np.ndarray) -> np.ndarray:
    """The curve without the points that change it by less than TOLERANCE; its ends stay."""
    if len(curve) < 3:
        return curve
    chord = curve[-1] - curve[0]
    away = curve - curve[0]
    length = np.hypot(*chord)
    if length > 0:
        distance = np.abs(chord[0] * away[:, 1] - chord[1] * away[:, 0]) / length
    else:
        distance = np.hypot(*away.T)
    far = int(np.argmax(distance))
    if distance[far] <= TOLERANCE:
        return curve[[0, -1]]
    return np.vstack([_thinned(curve[: far + 1])[:-1], _thinned(curve[far:])])


def _counterclockwise(polygon: np.ndarray) -> np.ndarray:
    x, y = polygon.T
    return polygon if np.dot(x, np.roll(y, -1)) > np.dot(y, np.roll(x, -1)) else polygon[::-1]


def _length(curve: np.ndarray) -> float:
    return float(np.hypot(*np.diff(curve, axis=0).T).sum())


def _read_only(points: np.ndarray) -> np.ndarray:
    points.setflags(write=False)
    return points
