"""The body chart's data in assets/body/: lines, regions and muscles of the right half, read once and checked."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from lessons.data import ASSETS
from lessons.strict_yaml import DataError, Entry, LineFinder, mistake, read

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$")]
Words = Annotated[str, StringConstraints(min_length=3, strip_whitespace=True)]
Point = tuple[float, float]
Line = Annotated[tuple[Name | Point, ...], Field(min_length=2)]
Label = Annotated[str, StringConstraints(pattern=r"\{side\}")]
View = Literal["front", "back"]
# A spinal segment, counted C1 = 1 ... C8 = 8, T1 = 9 ... T12 = 20, L1 = 21 ... L5 = 25, S1 = 26 ... S5 = 30.
Segment = Annotated[int, Field(ge=1, le=30)]
Status = Literal["checked", "recalled", "assumed"]


class FrontAndBack(Entry):
    """A line that differs between the views."""

    front: Line
    back: Line


class OutlineEntry(Entry):
    """From crown to outer ankle, round the foot, and from inner ankle to crotch."""

    above: Line
    below: FrontAndBack
    inner: Line


class LinesEntry(Entry):
    """Lines of both views, and of one view only."""

    both: tuple[Line, ...]
    front: tuple[Line, ...]
    back: tuple[Line, ...]


class RegionEntry(Entry):
    """One region, written once for both sides: the label says {side} where "right" or "left" belongs.

    `segment` is one representative level of its skin, not the whole dermatome.
    """

    id: Name
    view: View
    label: Label
    segment: Segment
    label_point: Point
    corners: Annotated[tuple[Name, ...], Field(min_length=2)]


class RegionFile(Entry):
    """assets/body/regions.yaml."""

    schema_version: Literal[1]
    corners: dict[Name, Point]
    outline: OutlineEntry
    lines: LinesEntry
    details: LinesEntry
    regions: tuple[RegionEntry, ...]


class ReferralEntry(Entry):
    """A region where pressure on the muscle is felt, and how often among those who feel it elsewhere."""

    region: Name
    frequency: Literal["usual", "frequent", "occasional"]


class MuscleEntry(Entry):
    """One muscle of the right half, drawn where it is needled; a status says how far each fact has been looked up."""

    id: Name
    name: Words
    view: View
    segments: tuple[Segment, ...]
    segments_status: Status
    segments_source: str = ""
    hazard: Literal["lung", "none"]
    hazard_status: Status
    hazard_source: str = ""
    referral: Annotated[tuple[ReferralEntry, ...], Field(min_length=1)]
    referral_status: Status
    referral_source: str = ""
    points: Annotated[tuple[Point, ...], Field(min_length=4)]


class MuscleFile(Entry):
    """assets/body/muscles.yaml."""

    schema_version: Literal[1]
    muscles: tuple[MuscleEntry, ...]


@functools.cache
def regions(folder: Path = ASSETS) -> RegionFile:
    """Outline, lines and regions of the right half. Raises DataError, one line per mistake."""
    path = folder / "body" / "regions.yaml"
    file, line = read(path, RegionFile)
    problems = []
    outline = file.outline
    named = [
        *((("outline",), one) for one in (outline.above, outline.below.front, outline.below.back, outline.inner)),
        *(
            (("lines", part, i), one)
            for part in ("both", "front", "back")
            for i, one in enumerate(getattr(file.lines, part))
        ),
        *((("regions", i), one.corners) for i, one in enumerate(file.regions)),
    ]
    for place, points in named:
        problems += [
            mistake(path, line(place), f"there is no corner '{point}'; correct the name or add it to 'corners'")
            for point in points
            if isinstance(point, str) and point not in file.corners
        ]
    problems += _twice(path, line, "regions", file.regions)
    if problems:
        raise DataError("\n".join(problems))
    return file


@functools.cache
def muscles(folder: Path = ASSETS) -> MuscleFile:
    """Muscles of the right half. Raises DataError, one line per mistake."""
    path = folder / "body" / "muscles.yaml"
    file, line = read(path, MuscleFile)
    known = {region.id for region in regions(folder).regions}
    problems = _twice(path, line, "muscles", file.muscles)
    for i, muscle in enumerate(file.muscles):
        problems += [
            mistake(path, line(("muscles", i)), f"there is no region '{one.region}'; see regions.yaml")
            for one in muscle.referral
            if one.region not in known
        ]
        for fact in ("segments", "hazard", "referral"):
            if (getattr(muscle, f"{fact}_status") == "checked") != bool(getattr(muscle, f"{fact}_source")):
                what = f"'{fact}' has a status that does not fit its source; a checked fact names one, others none"
                problems.append(mistake(path, line(("muscles", i)), what))
    if problems:
        raise DataError("\n".join(problems))
    return file


def _twice(path: Path, line: LineFinder, part: str, entries: Sequence) -> list[str]:
    names = [entry.id for entry in entries]
    return [
        mistake(path, line((part, i)), f"'{name}' stands here twice; rename or remove one")
        for i, name in enumerate(names)
        if name in names[:i]
    ]
