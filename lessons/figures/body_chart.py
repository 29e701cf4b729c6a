"""The body chart: front and back side by side, each region shaded in three steps; for plotly and as SVG text.

The patient's R and L stand beside each view, since the two views show them on opposite sides.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from html import escape

import numpy as np

from lessons.figures import style
from lessons.figures.body_shapes import VIEWS, Body, Muscle, Region, borders

REST = "@line/0.35"
STROKE = "@paper"
OPACITIES = {1: "/0.35", 2: "/0.65", 3: ""}
CENTRES = {"front": -262.0, "back": 262.0}  # of each view, in thousandths of the height
EDGE = 510.0  # half the width of the drawing
LOW, HIGH = -14.0, 1052.0
WORDS_AT = 1028.0
SIDE_LETTERS_AT = (182.0, 835.0)  # distance from the midline and height: in the free corner above the arm
KEY_AT = 40.0  # between the feet of both views
STROKE_WIDTH = 1.5  # px, on a chart of 500 px and more
PIXELS = 900


def fill(step: int, hue: str) -> str:
    """The named colour of a shade step 0 to 3 of a hue such as "@release". Raises ValueError for other steps."""
    if step == 0:
        return REST
    if step not in OPACITIES:
        raise ValueError(f"A region has the shade step 0, 1, 2 or 3, not {step}.")
    return hue + OPACITIES[step]


def body_chart(body: Body, shades: Mapping[str, int], hue: str = "@release", height: int = 560) -> dict:
    """The chart as {"data", "layout"}; `shades`: region id -> step 0 to 3, 0 where it is not named.

    Two calls with the same body differ in `fillcolor` only and hold the same coordinate arrays; `height` in px.
    Raises ValueError for a region that the body does not have.
    """
    _refuse_unknown(body, shades)
    line = {"width": _stroke_width(height), "color": STROKE, "simplify": False}
    data = []
    for region in body.regions.values():
        x, y = _closed(region.polygon.tobytes(), region.view)
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": region.id,
                "x": x,
                "y": y,
                "xaxis": "x",
                "yaxis": "y",
                "fill": "toself",
                "fillcolor": fill(shades.get(region.id, 0), hue),
                "line": line,
                "text": region.label,
                "hoverinfo": "text",
                "hoveron": "fills",
            }
        )
    for view in VIEWS:
        x, y = _strokes(tuple(stroke.tobytes() for stroke in body.details[view]), view)
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": x,
                "y": y,
                "xaxis": "x",
                "yaxis": "y",
                "line": line,
                "hoverinfo": "skip",
            }
        )
    layout = style.layout(
        height,
        (4, 4, 4, 4),
        xaxis=style.blank_axis(-EDGE, EDGE, anchor="y"),
        yaxis=style.blank_axis(LOW, HIGH, anchor="x", scaleanchor="x", scaleratio=1),
    )
    layout["annotations"] = [
        style.label(x, y, text, "@ink" if heading else "@muted", xref="x", yref="y", xanchor="center", yanchor="middle")
        for x, y, text, heading in _words()
    ]
    return {"data": data, "layout": layout}


def body_chart_svg(
    body: Body,
    shades: Mapping[str, int],
    hue: str,
    colour: Callable[[str], tuple[str, float]],
    prefix: str,
    height: int = PIXELS,
    muscles: bool = False,
) -> str:
    """The same chart as one stand-alone SVG text; `prefix` begins every id, so that two charts can share a page.

    `colour` turns a named colour into (hexadecimal, opacity); `height` in px; `muscles` draws them over the regions.
    Raises ValueError as `body_chart` does.
    """
    _refuse_unknown(body, shades)
    width = 2 * EDGE * height / (HIGH - LOW)
    unit = (HIGH - LOW) / height  # a pixel of the page in the drawing's units
    stroke = colour(STROKE)[0]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{prefix}" width="{width:.0f}" height="{height}" role="img" '
        f'viewBox="{-EDGE:g} {-HIGH:g} {2 * EDGE:g} {HIGH - LOW:g}" aria-labelledby="{prefix}-title">',
        f'<title id="{prefix}-title">Body chart, front and back; R and L are the patient\'s sides</title>',
        f'<g stroke="{stroke}" stroke-width="{_stroke_width(height) * unit:.3g}" stroke-linejoin="round">',
    ]
    for region in body.regions.values():
        points = " ".join(f"{x:.6g},{-y:.6g}" for x, y in _placed(region.polygon, region.view))
        tint, opacity = colour(fill(shades.get(region.id, 0), hue))
        parts.append(
            f'<polygon id="{prefix}-{region.id}" fill="{tint}" fill-opacity="{opacity:g}" points="{points}">'
            f"<title>{escape(region.label)}</title></polygon>"
        )
    for view in VIEWS:
        for line in body.details[view]:
            points = " ".join(f"{x:.6g},{-y:.6g}" for x, y in _placed(line, view))
            parts.append(f'<polyline fill="none" stroke-linecap="round" points="{points}"/>')
    for muscle in body.muscles.values() if muscles else ():
        points = " ".join(f"{x:.6g},{-y:.6g}" for x, y in _placed(muscle.polygon, muscle.view))
        tint = colour("@muscle-deep")[0]
        parts.append(
            f'<polygon id="{prefix}-{muscle.id}" fill="{tint}" fill-opacity="0.35" points="{points}">'
            f"<title>{escape(muscle.name)}</title></polygon>"
        )
    parts.append("</g>")
    size = min(style.TEXT, 7 + height / 80) * unit
    for x, y, text, heading in _words():
        ink = colour("@ink" if heading else "@muted")[0]
        parts.append(
            f'<text x="{x:g}" y="{-y + size / 3:.4g}" font-family="sans-serif" font-size="{size:.4g}" '
            f'text-anchor="middle" fill="{ink}">{text}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])


def muscle_trace(muscle: Muscle, colour: str = "@muscle-deep/0.55") -> dict:
    """One muscle as a trace to lay over the chart, with the same coordinate arrays at each call."""
    x, y = _closed(muscle.polygon.tobytes(), muscle.view)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": muscle.id,
        "x": x,
        "y": y,
        "xaxis": "x",
        "yaxis": "y",
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": STROKE_WIDTH, "color": STROKE, "simplify": False},
        "text": muscle.name,
        "hoverinfo": "text",
        "hoveron": "fills",
    }


def predicted(body: Body, ids: Collection[str], number: str = "") -> list[dict]:
    """Traces that draw regions as a learner shaded them: their borders, dashed, over a chart with its axes' number."""
    x: list[float | None] = []
    y: list[float | None] = []
    for view in VIEWS:
        for line in borders([body.regions[id] for id in ids if body.regions[id].view == view]):
            across, high = _placed(line, view).T.tolist()
            x += [*across, None]
            y += [*high, None]
    line = {"type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip"}
    key = {"type": "scatter", "mode": "text", "x": [0], "y": [KEY_AT], "text": ["dashed:<br>you"], "hoverinfo": "skip"}
    axes = {"xaxis": f"x{number}", "yaxis": f"y{number}"}
    return [
        {**line, **axes, "line": {"color": "@paper", "width": 4.5, "simplify": False}},
        {**line, **axes, "line": {"color": "@ink", "width": 2, "dash": "5px,3px", "simplify": False}},
        {**key, **axes, "textfont": {"color": "@ink", "size": style.SMALL}},
    ]


def smallest_regions(body: Body, height: int = PIXELS) -> list[tuple[float, str]]:
    """(size in px, region id), smallest first: the diameter of the largest circle round the label point inside."""
    scale = height / (HIGH - LOW)
    return sorted((2 * scale * _clearance(region), region.id) for region in body.regions.values())


def _clearance(region: Region) -> float:
    """Distance from the label point to the nearest edge."""
    start = region.polygon
    step = np.roll(start, -1, axis=0) - start
    to_point = np.array(region.label_point) - start
    along = np.clip((to_point * step).sum(axis=1) / (step**2).sum(axis=1), 0, 1)
    return float(np.hypot(*(to_point - along[:, None] * step).T).min())


def _placed(points: np.ndarray, view: str) -> np.ndarray:
    return points + (CENTRES[view], 0)


@cache
def _closed(polygon: bytes, view: str) -> tuple[np.ndarray, np.ndarray]:
    """x and y of a closed polygon: the same arrays at each call, which is how a change of shade stays cheap."""
    points = _placed(np.frombuffer(polygon).reshape(-1, 2), view)
    return _frozen(np.vstack([points, points[:1]]))


@cache
def _strokes(lines: tuple[bytes, ...], view: str) -> tuple[np.ndarray, np.ndarray]:
    """x and y of open lines in one trace, with gaps between them."""
    gap = np.full((1, 2), np.nan)
    parts = [part for line in lines for part in (_placed(np.frombuffer(line).reshape(-1, 2), view), gap)]
    return _frozen(np.vstack(parts or [gap]))


def _frozen(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    x, y = np.ascontiguousarray(points.T)
    x.setflags(write=False)
    y.setflags(write=False)
    return x, y


def _stroke_width(height: int) -> float:
    return round(STROKE_WIDTH * min(1.0, height / 500), 2)


def _words() -> list[tuple[float, float, str, bool]]:
    """(x, y, text, whether it is a heading) of the words beside the views."""
    across, high = SIDE_LETTERS_AT
    words = [(CENTRES[view], WORDS_AT, view, True) for view in VIEWS]
    for view, left_letter, right_letter in (("front", "R", "L"), ("back", "L", "R")):
        words += [
            (CENTRES[view] - across, high, left_letter, False),
            (CENTRES[view] + across, high, right_letter, False),
        ]
    return words


def _refuse_unknown(body: Body, shades: Mapping[str, int]) -> None:
    unknown = sorted(set(shades) - set(body.regions))
    if unknown:
        raise ValueError(f"The body has no region '{unknown[0]}'; ids end in -r or -l, the patient's side.")
