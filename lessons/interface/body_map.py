"""The body chart on the page: a patient's marks to look at, or regions to shade; what was shaded stays drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

import anywidget
import numpy as np
import traitlets

from lessons.interface.chart import source
from lessons.interface.palette import COLOURS
from lessons.interface.reruns import replace_earlier

VIEWS = ("front", "back")
STRENGTHS = ("mild", "moderate", "strong")
REST = "@line/0.35"
OPACITIES = {1: ("/0.65",), 2: ("/0.35", ""), 3: ("/0.35", "/0.65", "")}
TENTHS = 10  # the page is told whole tenths of a thousandth of the body's height


class Area(Protocol):
    """A region of the skin. `id` ends in "-r" or "-l", the patient's side, and has its mirror image among the others.

    `view` is "front" or "back". `label_point` (x, y) and `polygon` (n, 2), open, are in thousandths of the body's
    height, x from the midline to the viewer's right, y upwards from the ground.
    """

    id: str
    label: str
    side: str
    view: str
    label_point: tuple[float, float]
    polygon: np.ndarray


class Outlined(Protocol):
    """A muscle to lay over the regions, in the same units."""

    name: str
    view: str
    polygon: np.ndarray


def overlap(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """F1 of two sets of shaded regions, 0 to 1: twice what they share over the sum of both, whatever the steps.

    Two empty charts agree: 1.
    """
    mine, theirs = shaded(one), shaded(other)
    together = len(mine) + len(theirs)
    return 2 * len(mine & theirs) / together if together else 1.0


def shaded(shades: Mapping[str, int]) -> set[str]:
    """Ids of the regions with a step above 0."""
    return {region for region, step in shades.items() if step > 0}


class ShadedBody(anywidget.AnyWidget):
    """What all charts of shaded regions share: the body itself, the words of the steps, and what is said of it.

    `words` name the steps, weakest first, one to three; with one word a region is shaded or not. `hue` is a named
    colour. `details`: view -> open pale strokes (n, 2). `muscle` is outlined and named.
    """

    _css = source("course.css", "body_map.css")
    areas = traitlets.List().tag(sync=True)
    strokes = traitlets.Dict().tag(sync=True)
    muscle = traitlets.Dict().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    words = traitlets.List().tag(sync=True)
    fills = traitlets.List().tag(sync=True)
    colours = traitlets.Dict().tag(sync=True)
    clickable = traitlets.Bool(False).tag(sync=True)
    twin = traitlets.Unicode().tag(sync=True)
    verdict = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        regions: Iterable[Area],
        title: str,
        *,
        words: Sequence[str] = STRENGTHS,
        hue: str = "@context",
        clickable: bool = False,
        details: Mapping[str, Sequence[np.ndarray]] | None = None,
        muscle: Outlined | None = None,
        **traits,
    ):
        """Raises ValueError for regions without a mirror image, in one sentence."""
        regions = list(regions)
        _refuse_one_sided({region.id for region in regions})
        if len(words) not in OPACITIES:
            raise ValueError(f"Give one to three words for the steps of shading, not {len(words)}.")
        self._labels = {region.id: region.label for region in regions}
        super().__init__(
            areas=[for_page(region) for region in regions],
            strokes={view: [flat(line) for line in (details or {}).get(view, ())] for view in VIEWS},
            muscle={"name": muscle.name, "view": muscle.view, "points": flat(muscle.polygon)} if muscle else {},
            title=title,
            words=list(words),
            fills=fills(hue, len(words)),
            colours=COLOURS,
            clickable=clickable,
            **traits,
        )
        replace_earlier(self, title)

    def known(self, shades: Mapping[str, int]) -> dict[str, int]:
        """A shading in the chart's order, without regions at rest. Raises TraitError, in one sentence, for another."""
        # A TraitError, since only that brings back what was there before.
        for region, step in shades.items():
            if region not in self._labels:
                raise traitlets.TraitError(
                    f"The chart has no region {region!r}; ids end in -r or -l, the patient's side."
                )
            if isinstance(step, bool) or not isinstance(step, int) or not 0 <= step <= len(self.words):
                raise traitlets.TraitError(f"'{region}' can have a step from 0 to {len(self.words)}, not {step!r}.")
        return {region: shades[region] for region in self._labels if shades.get(region)}

    def told(self, shades: Mapping[str, int]) -> str:
        """The regions in words, strongest first."""
        strongest_first = sorted(shades.items(), key=lambda shade: -shade[1])
        if len(self.words) == 1:
            told = [self._labels[region] for region, _ in strongest_first]
        else:
            told = [f"{self._labels[region]} ({self.words[step - 1]})" for region, step in strongest_first]
        return "; ".join(told) or "nothing"


class BodyMap(ShadedBody):
    """Front and back of the body. `shades`: region id -> step, 1 to the number of `words`, of the shaded regions only.

    A patient's chart as it is, and a chart to shade, by click or from the list beside it:

        BodyMap(regions, "Mara: right neck and shoulder", {"nape-r": 2}, hue="@blood")
        BodyMap(regions, "Where does it hurt?", words=("here",), clickable=True)
    """

    _esm = source("chart.js", "body_views.js", "body_shading.js", "body_map.js")
    shades = traitlets.Dict().tag(sync=True)
    against = traitlets.Dict().tag(sync=True)
    whose = traitlets.Unicode().tag(sync=True)

    def __init__(self, regions: Iterable[Area], title: str, shades: Mapping[str, int] | None = None, **more):
        """`more`: see `ShadedBody`. Raises what that raises, and TraitError for unknown shades, in one sentence."""
        super().__init__(regions, title, **more)
        self.shades = dict(shades or {})
        self._retell()
        self.observe(self._retell, "shades")

    @traitlets.validate("shades", "against")
    def _known(self, proposal) -> dict[str, int]:
        return self.known(proposal["value"])

    def _retell(self, _=None) -> None:
        if self.whose:
            self.twin = f"You: {self.told(self.shades)}. {capital(self.whose)}: {self.told(self.against)}."
        elif self.shades:
            self.twin = f"{'Shaded' if len(self.words) > 1 else capital(self.words[0])}: {self.told(self.shades)}."
        else:
            self.twin = "No region is shaded."

    def overlap(self, other: Mapping[str, int]) -> float:
        """F1 of the regions shaded here and in `other`, 0 to 1."""
        return overlap(self.shades, other)

    def compare(self, other: Mapping[str, int], whose: str = "the model", hue: str = "@release") -> str:
        """Draw `other` in colours under one's own shading, which stays, and say how far the two agree. Never a mark.

        The chart can no longer be shaded. `whose` and `hue` are the other's. Raises TraitError as the constructor does.
        """
        self.against = dict(other)
        mine, theirs = shaded(self.shades), shaded(self.against)
        both = len(mine & theirs)
        self.verdict = (
            f"{both} {'region is' if both == 1 else 'regions are'} shaded by both, {len(mine - theirs)} only by you, "
            f"{len(theirs - mine)} only by {whose}: overlap {self.overlap(self.against):.2f} of 1."
        )
        self.fills = fills(hue, len(self.words))
        self.whose = whose
        self._retell()
        self.clickable = False
        return self.verdict


def for_page(region: Area) -> dict:
    """A region as the page draws it."""
    return {
        "id": region.id,
        "label": region.label,
        "side": region.side,
        "view": region.view,
        "point": flat(np.array([region.label_point])),
        "points": flat(region.polygon),
    }


def flat(points: np.ndarray) -> list[int]:
    """x, y, x, y, … in whole tenths, y downwards as on a screen."""
    return np.rint(points * (TENTHS, -TENTHS)).astype(int).ravel().tolist()


def fills(hue: str, steps: int) -> list[str]:
    """The named colour of each step, from 0."""
    return [REST, *(hue + opacity for opacity in OPACITIES[steps])]


def _refuse_one_sided(ids: Collection[str]) -> None:
    for region, count in Counter(region[:-2] for region in ids).items():
        if count != 2 or {f"{region}-r", f"{region}-l"} - set(ids):
            raise ValueError(f"The region '{region}' must be there twice, as '{region}-r' and '{region}-l'.")


def capital(text: str) -> str:
    """With its first letter large."""
    return text[:1].upper() + text[1:]
