"""Two bodies, each grey until its treatment begins, at the time of a clock: the first look at both ways."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from lessons.figures import style
from lessons.figures.body_chart import OPACITIES, predicted
from lessons.figures.body_shapes import Body
from lessons.figures.clock import Clock
from lessons.figures.side_by_side import COLUMNS, HUES, INKS, LEVELS, NAMES, STEPS, Sides, body_panel, relief_at
from lessons.models.side_by_side import Way
from lessons.simulation import parameter

HEIGHT = 490
BODIES = (0.1, 0.94)  # share of the height
AXES = {"release": "", "retention": "2"}  # number of each body's axes
REACHED = {"release": "release reaches", "retention": "needles that stay reach"}
RAISES = {"release": "a release raises", "retention": "needles that stay raise"}
SHAMS = {"release": "sham release, %", "retention": "sham of needles, %"}
REALS = {"release": "release, %", "retention": "needles that stay, %"}


@dataclass(frozen=True, kw_only=True)
class Begun(Clock):
    """The time shown, and which of the two treatments has begun; at first none."""

    release_begun: int = parameter(0, 0, 1, "", "Release", "set by the learner", "assumed", group="The picture")
    retention_begun: int = parameter(0, 0, 1, "", "Retain", "set by the learner", "assumed", group="The picture")


def two_bodies(found: Sides, view: Begun) -> dict:
    """The figure at the time that `view` shows, with the treatments that have begun."""
    pair, seconds = found.pair, float(np.clip(view.clock, found.pair.time[0], found.pair.time[-1]))
    begun = {"release": view.release_begun, "retention": view.retention_begun}
    ways = {name: getattr(pair, name) for name, on in begun.items() if on}
    shams = {name: getattr(pair, f"{name}_sham") for name in ways}
    data, annotations, axes = [], [], {}
    for name, number in AXES.items():
        column = COLUMNS[list(AXES).index(name)]
        relief = relief_at(found, ways[name], seconds) if name in ways else {}
        traces, labels, its_axes = body_panel(found.body, number, column, BODIES, relief, HUES[name])
        data += traces
        annotations += [*labels, _heading(name, ways, shams, seconds, column[0])]
        axes |= its_axes
    layout = style.layout(HEIGHT, (6, 6, 6, 6), **axes)
    layout["annotations"] = [*annotations, *_key()]
    return {
        "title": _finding(ways, shams, seconds),
        "data": data,
        "layout": layout,
        "twin": _sentence(ways, shams, seconds),
        "table": _table(ways, shams, seconds),
    }


def reached(found: Sides, seconds: float) -> dict[str, tuple[str, ...]]:
    """The regions that each treatment reaches at one time (s), by name."""
    names = found.pair.chart.regions.names
    return {
        name: tuple(
            one for one, there in zip(names, _reached(getattr(found.pair, name), seconds), strict=True) if there
        )
        for name in AXES
    }


def predicted_on_both(body: Body, shadings: Mapping[str, Collection[str]]) -> list[dict]:
    """Traces that draw a prediction, treatment -> regions, over the two bodies."""
    return [trace for name, ids in shadings.items() if ids for trace in predicted(body, ids, AXES[name])]


def _reached(way: Way, seconds: float) -> np.ndarray:
    return way.at(way.relief, seconds) >= STEPS[1]


def _heading(name: str, ways: dict[str, Way], shams: dict[str, Way], seconds: float, left: float) -> dict:
    if name in ways:
        real, sham = (100 * float(way.at(way.reach, seconds)) for way in (ways[name], shams[name]))
        said = f"reaches {real:.0f} % of the regions, its sham {sham:.0f} %"
    else:
        said = "has not begun"
    return style.label(left, 1.0, f"<b>{NAMES[name]}</b> {said}", INKS[name], xref="paper", yref="paper", yanchor="top")


def _key() -> list[dict]:
    """What the shades mean, under each body in its own colours."""
    place = {"xref": "paper", "yref": "paper", "yanchor": "top", "yshift": -4}
    labels = []
    for (left, _), hue, ink in zip(COLUMNS, HUES.values(), INKS.values(), strict=True):
        labels.append(style.label(left, BODIES[0], "higher by at least", "@muted", **place))
        for opacity, step, shift in zip(OPACITIES.values(), STEPS, (118, 164, 217), strict=True):
            labels += [
                style.label(left, BODIES[0], "■", f"{hue}{opacity}", xshift=shift, **place),
                style.label(left, BODIES[0], f"{step:.0f} %", ink, xshift=shift + 14, **place),
            ]
    labels.append(style.label(0, BODIES[0], "■ more tender than before", "@blood", **{**place, "yshift": -24}))
    return labels


def _finding(ways: dict[str, Way], shams: dict[str, Way], seconds: float) -> str:
    when = f"After {style.words(seconds)}"
    if not ways:
        return f"{when} without treatment nothing has changed"
    counts = [
        f"{REACHED[name]} {_reached(way, seconds).sum()} regions (sham {_reached(shams[name], seconds).sum()})"
        for name, way in ways.items()
    ]
    return f"{when}: {', '.join(counts)}"


def _sentence(ways: dict[str, Way], shams: dict[str, Way], seconds: float) -> str:
    if not ways:
        return "Press Release or Retain to begin, one after the other or both; then move the clock."
    said = []
    for name, way in ways.items():
        own, whole = (float(way.at(way.levels[i], seconds)) for i in (0, -1))
        sham = float(shams[name].at(shams[name].levels[-1], seconds))
        said.append(
            f"{RAISES[name]} the threshold at the knot by {_whole(own)} % and in the middle of the body by "
            f"{_whole(whole)} % (sham: {_whole(sham)} %)"
        )
    # A number and its sign stay on one line.
    return f"After {style.words(seconds)} {'; '.join(said)}.".replace(" %", "\u00a0%")


def _whole(value: float) -> str:
    """Without digits; nothing is 0 and not -0."""
    return f"{round(value) + 0:.0f}".replace("-", "−")


def _table(ways: dict[str, Way], shams: dict[str, Way], seconds: float) -> dict:
    columns = [(REALS[name], way) for name, way in ways.items()] + [(SHAMS[name], way) for name, way in shams.items()]
    values = [
        np.array([*(way.at(level, seconds) for level in way.levels), 100 * way.at(way.reach, seconds)])
        for _, way in columns
    ]
    return {
        "first": "where",
        "rows": [*LEVELS, "regions reached, %"],
        "columns": [name for name, _ in columns],
        "values": values,
        "digits": [0] * len(columns),
    }
