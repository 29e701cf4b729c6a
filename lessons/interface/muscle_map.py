"""The muscles that are needled, on the body: choose one, and read where its pain is felt and what lies under it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

import anywidget
import numpy as np
import traitlets

from lessons.interface.body_map import VIEWS, Area, capital, fills, flat, for_page
from lessons.interface.chart import source
from lessons.interface.palette import COLOURS
from lessons.interface.reruns import replace_earlier

FREQUENCIES = ("occasional", "frequent", "usual")  # weakest first, as shades go
FROM = {"front": "from the front", "back": "from behind"}
LUNG = {
    "lung": "lies over the lung, which a needle that goes too deep can injure",
    "none": "not over the lung; vessels, nerves and kidneys are not marked here",
}


class Needled(Protocol):
    """A muscle where it is needled, in the units of `Area`. `id` ends in "-r" or "-l", the patient's side.

    `segments` are levels of the cord, counted; `hazard` is "lung" or "none"; `referral`: region id -> one of
    FREQUENCIES; `status`: "segments", "hazard", "referral" -> how far that was looked up.
    """

    id: str
    name: str
    side: str
    view: str
    segments: Sequence[int]
    hazard: str
    referral: Mapping[str, str]
    status: Mapping[str, str]
    polygon: np.ndarray


class MuscleMap(anywidget.AnyWidget):
    """Front and back of the body with its muscles. `chosen`: the id of one of them, or "" for none.

        MuscleMap(regions, muscles, "Needled muscles", segment_name, chosen="trapezius_upper-r")

    `segment_name` turns a counted level of the cord into its name. `facts` are (what, words) of the chosen muscle,
    `shades` the regions where its pain is felt. `hue` and `details` are those of `BodyMap`.
    """

    _esm = source("chart.js", "body_views.js", "muscle_map.js")
    _css = source("course.css", "body_map.css", "muscle_map.css")
    areas = traitlets.List().tag(sync=True)
    strokes = traitlets.Dict().tag(sync=True)
    muscle = traitlets.Dict().tag(sync=True)  # none: here all are drawn
    muscles = traitlets.List().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    words = traitlets.List().tag(sync=True)
    fills = traitlets.List().tag(sync=True)
    colours = traitlets.Dict().tag(sync=True)
    chosen = traitlets.Unicode().tag(sync=True)
    facts = traitlets.List().tag(sync=True)
    shades = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        regions: Iterable[Area],
        muscles: Iterable[Needled],
        title: str,
        segment_name: Callable[[int], str],
        *,
        chosen: str = "",
        hue: str = "@blood",
        details: Mapping[str, Sequence[np.ndarray]] | None = None,
    ):
        """Raises TraitError for an unknown muscle and KeyError for a muscle that refers to an unknown region."""
        regions = list(regions)
        self._labels = {region.id: region.label for region in regions}
        self._muscles = {muscle.id: muscle for muscle in muscles}
        self._segment_name = segment_name
        super().__init__(
            areas=[for_page(region) for region in regions],
            strokes={view: [flat(line) for line in (details or {}).get(view, ())] for view in VIEWS},
            # The smaller ones come later and so lie on top, where they can be clicked.
            muscles=[_drawn(muscle) for muscle in sorted(self._muscles.values(), key=lambda one: -_area(one.polygon))],
            title=title,
            words=list(FREQUENCIES),
            fills=fills(hue, len(FREQUENCIES)),
            colours=COLOURS,
        )
        self.chosen = chosen
        self._retell()
        self.observe(self._retell, "chosen")
        replace_earlier(self, title)

    @traitlets.validate("chosen")
    def _known(self, proposal) -> str:
        if proposal["value"] and proposal["value"] not in self._muscles:
            raise traitlets.TraitError(
                f"The chart has no muscle {proposal['value']!r}; ids end in -r or -l, the patient's side."
            )
        return proposal["value"]

    def _retell(self, _=None) -> None:
        muscle = self._muscles.get(self.chosen)
        referral = muscle.referral if muscle else {}
        self.shades = {region: FREQUENCIES.index(often) + 1 for region, often in referral.items()}
        self.facts = [list(fact) for fact in self._told(muscle)] if muscle else []

    def _told(self, muscle: Needled) -> list[tuple[str, str]]:
        """(what, words) of a muscle; each fact with how far it was looked up."""
        felt = []
        for often in reversed(FREQUENCIES):
            there = [self._labels[region] for region, its in muscle.referral.items() if its == often]
            if there:
                felt.append((f"Pain felt, {often}", f"{'; '.join(there)} ({muscle.status['referral']})"))
        nerves = _run(muscle.segments, self._segment_name) or "a nerve of the head, not of the cord"
        return [
            ("Side", f"the patient's {muscle.side}; needled {FROM[muscle.view]}"),
            ("Nerve supply", f"{nerves} ({muscle.status['segments']})"),
            *felt,
            ("Lung", f"{LUNG[muscle.hazard]} ({muscle.status['hazard']})"),
        ]

    @property
    def twin(self) -> str:
        """The chosen muscle in one line."""
        if not self.chosen:
            return "No muscle is chosen."
        told = ". ".join(f"{what}: {words}" for what, words in self.facts)
        return f"{capital(self._muscles[self.chosen].name)}. {told}."


def _drawn(muscle: Needled) -> dict:
    return {
        "id": muscle.id,
        "label": muscle.name,
        "side": muscle.side,
        "view": muscle.view,
        "points": flat(muscle.polygon),
    }


def _area(polygon: np.ndarray) -> float:
    x, y = polygon.T
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def _run(segments: Sequence[int], name: Callable[[int], str]) -> str:
    """Levels of the cord in words; neighbours as a stretch."""
    if len(segments) > 2 and list(segments) == list(range(segments[0], segments[-1] + 1)):
        return f"{name(segments[0])} to {name(segments[-1])}"
    return " and ".join(
        [", ".join(map(name, segments[:-1])), name(segments[-1])] if segments[1:] else map(name, segments)
    )
