"""Two bodies and two maps: where a release and retained needles act, and when; with the difference of both."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lessons.figures import style
from lessons.figures.body_chart import EDGE, HIGH, LOW, OPACITIES, body_chart, fill
from lessons.figures.body_shapes import Body
from lessons.figures.clock import Clock
from lessons.models.side_by_side import LEVELS, Pair, Way

STEPS = (3.0, 10.0, 30.0)  # %, relief from which a region has the next shade; the second one counts as reached
WORSE = -3.0  # %, from which on a region is shown as more tender
WORSE_FILL = "@blood/0.45"
LEAST = 1.0  # %, below which nobody asks how evenly
MOST = 60.0  # %, full colour of a map
HUES = {"release": "@release", "retention": "@retention"}
INKS = {"release": "@release-text", "retention": "@retention-text"}
NAMES = {"release": "Release", "retention": "Retain"}
COLUMNS = ((0.0, 0.49), (0.51, 1.0))
BODIES = (0.43, 0.94)  # share of the height
MAPS = ((0.165, 0.415), (0.455, 0.705), (0.745, 0.995))  # share of the width; the names of the rows stand before them
MAP_ROW = (0.0, 0.33)
ROW_NAMES = tuple(reversed(LEVELS))  # the first level on top


class Sides(NamedTuple):
    """A pair of plans with what all frames of its picture share: the maps in per cent, the last level first."""

    pair: Pair
    body: Body
    release: np.ndarray
    retention: np.ndarray
    difference: np.ndarray


def sides(pair: Pair, body: Body) -> Sides:
    """Lay out the maps of a pair once, so that a moving clock repaints the bodies only."""
    release, retention = (np.ascontiguousarray(way.levels[::-1]) for way in (pair.release, pair.retention))
    return Sides(pair, body, release, retention, retention - release)


def side_by_side(found: Sides, view: Clock) -> dict:
    """The figure at the time that `view` shows."""
    pair, seconds = found.pair, float(np.clip(view.clock, found.pair.time[0], found.pair.time[-1]))
    ways = {"release": pair.release, "retention": pair.retention}
    shams = {"release": pair.release_sham, "retention": pair.retention_sham}
    data, annotations, axes = [], [], {}
    for i, (name, way) in enumerate(ways.items()):
        traces, labels, its_axes = body_panel(
            found.body, str(i + 1) if i else "", COLUMNS[i], BODIES, relief_at(found, way, seconds), HUES[name]
        )
        data += traces
        annotations += labels
        axes |= its_axes
        annotations.append(_heading(name, way, shams[name], seconds, COLUMNS[i][0]))
    for i, (heading, ink, table, scale) in enumerate(_maps(found)):
        data.append(_map(pair.time, table, scale, i + 3, bipolar=i == 2))
        axes |= _map_axes(i)
        annotations.append(_over_the_map(heading, ink, i))
    layout = style.layout(780, (6, 14, 8, 44), **axes)
    layout["annotations"] = [*annotations, *_key()]
    layout["shapes"] = [style.cursor(seconds, f"y{i + 3}", f"x{i + 3}") for i in range(3)]
    return {
        "title": _finding(ways, shams, seconds),
        "data": data,
        "layout": layout,
        "twin": _sentence(ways, shams, seconds),
        "table": _table(ways, shams, seconds),
    }


def shade(relief: float, hue: str) -> str:
    """The named colour of a region with so much relief (%)."""
    if relief <= WORSE:
        return WORSE_FILL
    return fill(sum(relief >= least for least in STEPS), hue)


def relief_at(found: Sides, way: Way, seconds: float) -> dict[str, float]:
    """Region -> relief (%) at one time."""
    return dict(zip(found.pair.chart.regions.names, way.at(way.relief, seconds).tolist(), strict=True))


def body_panel(
    body: Body,
    number: str,
    column: tuple[float, float],
    heights: tuple[float, float],
    relief: dict[str, float],
    hue: str,
) -> tuple[list[dict], list[dict], dict[str, dict]]:
    """One body, front and back, on the axes of a number: traces shaded by relief, labels, axes. {}: at rest."""
    parts = body_chart(body, {}, hue)
    x, y = f"x{number}", f"y{number}"
    traces = [{**trace, "xaxis": x, "yaxis": y, **_shaded(trace, relief, hue)} for trace in parts["data"]]
    labels = [{**label, "xref": x, "yref": y} for label in parts["layout"]["annotations"]]
    axes = {
        f"xaxis{number}": style.blank_axis(-EDGE, EDGE, domain=list(column), anchor=y),
        f"yaxis{number}": style.blank_axis(LOW, HIGH, domain=list(heights), anchor=x, scaleanchor=x, scaleratio=1),
    }
    return traces, labels, axes


def _shaded(trace: dict, relief: dict[str, float], hue: str) -> dict[str, str]:
    """Colour and words of a region that is treated."""
    if trace.get("name") not in relief:
        return {}
    there = relief[trace["name"]]
    return {"fillcolor": shade(there, hue), "text": hover(trace["text"], there)}


def hover(label: str, relief: float) -> str:
    """What the pointer says of a region: its name, and by how much its threshold is higher."""
    return f"{label}: {_whole(relief)} %"


def _heading(name: str, way: Way, sham: Way, seconds: float, left: float) -> dict:
    reach = float(way.at(way.reach, seconds))
    even = float(way.at(way.evenness, seconds)) if way.at(way.relief, seconds).max() >= LEAST else np.nan
    beside = float(sham.at(sham.reach, seconds))
    words = f"<b>{NAMES[name]}</b> reaches {100 * reach:.0f} % of the regions, its sham {100 * beside:.0f} %"
    return style.label(
        left, 1.0, f"{words}<br>evenness {_number(even)}", INKS[name], xref="paper", yref="paper", yanchor="top"
    )


def _whole(value: float) -> str:
    """Without digits; nothing is 0 and not -0."""
    return f"{round(value) + 0:.0f}".replace("-", "−")


def _number(even: float) -> str:
    return "–" if np.isnan(even) else f"{even:.2f}"


def _maps(found: Sides) -> tuple[tuple[str, str, np.ndarray, list], ...]:
    plain = [[0, "@paper"], [1, "@release"]]
    return (
        ("Release: rise, 0 to 60 %", INKS["release"], found.release, plain),
        ("Retain: rise, 0 to 60 %", INKS["retention"], found.retention, [[0, "@paper"], [1, "@retention"]]),
        (
            "which does more",
            "@ink",
            found.difference,
            [[0, "@release"], [0.5, "@paper"], [1, "@retention"]],
        ),
    )


def _map(time: np.ndarray, table: np.ndarray, scale: list, number: int, bipolar: bool) -> dict:
    return {
        "type": "heatmap",
        "x": time,
        "y": np.arange(float(len(LEVELS))),
        "z": table,
        "xaxis": f"x{number}",
        "yaxis": f"y{number}",
        "colorscale": scale,
        "zmin": -MOST if bipolar else 0,
        "zmax": MOST,
        "showscale": False,
        "hovertemplate": "%{z:.0f} %<extra></extra>",
    }


def _map_axes(i: int) -> dict:
    x = style.time_axis("time since the treatment began" if i == 1 else "", domain=list(MAPS[i]), anchor=f"y{i + 3}")
    keep = [k for k, name in enumerate(x["ticktext"]) if name in ("1 min", "1 h", "1 day", "6 wk")]
    x |= {"tickvals": [x["tickvals"][k] for k in keep], "ticktext": [x["ticktext"][k] for k in keep]}
    y = style.axis(
        "", -0.5, len(LEVELS) - 0.5, domain=list(MAP_ROW), anchor=f"x{i + 3}", tickvals=list(range(len(LEVELS))),
        ticktext=list(ROW_NAMES) if i == 0 else [""] * len(LEVELS), showgrid=False,
    )  # fmt: skip
    return {f"xaxis{i + 3}": x, f"yaxis{i + 3}": y}


def _over_the_map(heading: str, ink: str, i: int) -> dict:
    return style.label(
        MAPS[i][0], MAP_ROW[1], f"<b>{heading}</b>", ink, xref="paper", yref="paper", yanchor="bottom", yshift=4
    )


def _key() -> list[dict]:
    """What the shades mean, under each body in its own colours."""
    place = {"xref": "paper", "yref": "paper", "yanchor": "top", "yshift": -6}
    labels = []
    for left, hue, ink in zip((column[0] for column in COLUMNS), HUES.values(), INKS.values(), strict=True):
        labels.append(style.label(left, BODIES[0], "relief of", "@muted", **place))
        labels += [
            style.label(left, BODIES[0], "■", f"{hue}{opacity}", xshift=shift, **place)
            for opacity, shift in zip(OPACITIES.values(), (58, 108, 165), strict=True)
        ]
        words = zip(STEPS, (72, 122, 179), ("", "", " and more"), strict=True)
        labels += [
            style.label(left, BODIES[0], f"{step:.0f} %{more}", ink, xshift=shift, **place)
            for step, shift, more in words
        ]
    labels.append(
        style.label(COLUMNS[0][0], BODIES[0], "■ more tender than before", "@blood", **{**place, "yshift": -24})
    )
    return labels


def _changed(way: Way, seconds: float) -> int:
    return int((way.at(way.relief, seconds) >= STEPS[1]).sum())


def _finding(ways: dict[str, Way], shams: dict[str, Way], seconds: float) -> str:
    told = [
        f"{words} {_changed(ways[name], seconds)} regions (sham {_changed(shams[name], seconds)})"
        for name, words in (("release", "release reaches"), ("retention", "needles that stay"))
    ]
    return f"After {style.words(seconds)}: {', '.join(told)}"


def _sentence(ways: dict[str, Way], shams: dict[str, Way], seconds: float) -> str:
    said = []
    for name, way in ways.items():
        own, whole = (float(way.at(way.levels[i], seconds)) for i in (0, -1))
        sham = float(shams[name].at(shams[name].levels[-1], seconds))
        verb = "a release raises" if name == "release" else "retained needles raise"
        said.append(
            f"{verb} the threshold at the knot by {_whole(own)} % and in the middle of the body by {_whole(whole)} % "
            f"(sham: {_whole(sham)} %)"
        )
    return f"After {style.words(seconds)} " + "; ".join(said) + "."


def _table(ways: dict[str, Way], shams: dict[str, Way], seconds: float) -> dict:
    columns = [*ways.values(), *shams.values()]
    values = [
        np.array(
            [
                *(way.at(way.levels[i], seconds) for i in range(len(LEVELS))),
                100 * way.at(way.reach, seconds),
                100 * way.at(way.evenness, seconds),
            ]
        )
        for way in columns
    ]
    return {
        "first": "where",
        "rows": [*LEVELS, "regions reached, %", "evenness, %"],
        "columns": ["release, %", "retained needles, %", "sham release, %", "sham of needles, %"],
        "values": values,
        "digits": [0, 0, 0, 0],
    }
