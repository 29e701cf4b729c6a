"""One look for every picture: dashes, markers, type sizes, and a log axis of time.

Colours are named, never spelled out, in a figure: "@release" or, with an opacity, "@release/0.3". The page replaces
them by the light or the dark value (interface/palette.py), so that a change of theme needs no new figure.
"""

from __future__ import annotations

import functools

import numpy as np

DASHES = {"release": "solid", "retention": "longdash", "both": "dashdot", "context": "dot", "none": "solid"}
MARKERS = {"release": "circle", "retention": "square", "both": "diamond", "context": "triangle-up", "none": "x"}
TEXT = 14
SMALL = 12.5
LINE = 3

MINUTE, HOUR, DAY, WEEK = 60.0, 3600.0, 86400.0, 604800.0
NAMED_TIMES = (
    (1.0, "1 s"),
    (10.0, "10 s"),
    (MINUTE, "1 min"),
    (10 * MINUTE, "10 min"),
    (HOUR, "1 h"),
    (6 * HOUR, "6 h"),
    (DAY, "1 day"),
    (WEEK, "1 wk"),
    (6 * WEEK, "6 wk"),
)


def layout(height: int, margin: tuple[int, int, int, int] = (62, 16, 24, 46), **axes: dict) -> dict:
    """The common layout: `margin` is (left, right, top, bottom) in pixels, `axes` are plotly axis dictionaries."""
    left, right, top, bottom = margin
    return {
        "height": height,
        "margin": {"l": left, "r": right, "t": top, "b": bottom},
        "font": {"size": TEXT, "color": "@ink"},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": "@paper", "font": {"color": "@ink", "size": SMALL}},
        "dragmode": False,
        "annotations": [],
        "shapes": [],
        **axes,
    }


def axis(title: str, low: float, high: float, **more) -> dict:
    """A fixed axis: it never rescales while a slider moves, and cannot be zoomed by accident."""
    return {
        "title": {"text": title, "font": {"size": TEXT}, "standoff": 6},
        "range": [low, high],
        "fixedrange": True,
        "gridcolor": "@grid",
        "linecolor": "@line",
        "tickfont": {"size": SMALL, "color": "@muted"},
        "zeroline": False,
        "automargin": False,
        **more,
    }


def time_axis(title: str = "time since the treatment", start: float = 1.0, end: float = 6 * WEEK, **more) -> dict:
    """A logarithmic axis of time in seconds with named ticks from `start` to `end`."""
    named = [(s, name) for s, name in NAMED_TIMES if start <= s <= end * 1.001]
    return axis(
        title,
        float(np.log10(start)),
        float(np.log10(end)) + 0.02,
        type="log",
        tickvals=[s for s, _ in named],
        ticktext=[name for _, name in named],
        **more,
    )


def blank_axis(low: float, high: float, **more) -> dict:
    """An axis for a drawing: fixed and invisible."""
    return {"range": [low, high], "fixedrange": True, "visible": False, **more}


def words(seconds: float) -> str:
    """A time in the words of a clinic: 90 -> '90 s', 600 -> '10 min', 172800 -> '2 days'."""
    for size, one, many in ((WEEK, "week", "weeks"), (DAY, "day", "days"), (HOUR, "h", "h"), (MINUTE, "min", "min")):
        number = seconds / size
        if number >= 1 and (size > MINUTE or number >= 2 or number == 1):
            shown = f"{number:.0f}" if abs(number - round(number)) < 0.05 or number >= 10 else f"{number:.1f}"
            return f"{shown} {one if shown == '1' else many}"
    return f"{seconds:.0f} s"


def points(value: float, sign: bool = False) -> str:
    """Points of pain to two decimals, with a minus as it is written; `sign`: with a plus, too, and 0 for nothing."""
    if sign and abs(value) < 0.005:
        return "0"
    return f"{value:{'+' if sign else ''}.2f}".replace("-", "−")


def label(x: float, y: float, text: str, colour: str = "@ink", **more) -> dict:
    """A direct label: it stands beside the line it names, and grows away from the place that it is fixed at."""
    return {
        "x": x,
        "y": y,
        "text": text,
        "showarrow": False,
        "font": {"size": SMALL, "color": colour},
        "xanchor": "left",
        "align": more.get("xanchor", "left"),
        **more,
    }


def spread(values: list[float], gap: float, low: float, high: float) -> list[float]:
    """Heights for labels near `values`, at least `gap` apart and within `low` to `high`, in the order of the values."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    wanted = [values[i] for i in order]
    placed = list(wanted)
    for i in range(1, len(placed)):
        placed[i] = max(placed[i], placed[i - 1] + gap)
    if placed:
        middle = sum(p - w for p, w in zip(placed, wanted, strict=True)) / len(placed)
        middle = min(max(middle, placed[-1] - high), placed[0] - low)
        placed = [p - middle for p in placed]
    result = [0.0] * len(values)
    for place, i in zip(placed, order, strict=True):
        result[i] = place
    return result


def end_labels(
    lines: list[tuple[float, str, str]], gap: float, low: float, high: float, yref: str, x: float = 1.0
) -> list[dict]:
    """Direct labels in the right margin for lines given as (end value, text, colour), kept `gap` apart."""
    heights = spread([value for value, _, _ in lines], gap, low, high)
    return [
        label(x, height, text, colour, xref="paper", yref=yref, xshift=6)
        for height, (_, text, colour) in zip(heights, lines, strict=True)
    ]


@functools.cache
def scatter(count: int) -> np.ndarray:
    """(count,) heights from -0.5 to 0.5 that spread dots evenly over a strip, whatever their order."""
    heights = (np.arange(count) * 0.6180339887) % 1 - 0.5  # steps of the golden ratio
    heights.flags.writeable = False
    return heights


def curve(
    x: np.ndarray, y: np.ndarray, colour: str, axes: tuple[str, str], dash: str = "solid", width: float = LINE, **more
) -> dict:
    """One line of a figure. `meta="pin"` marks lines that a pinned run keeps."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "xaxis": axes[0],
        "yaxis": axes[1],
        "line": {"color": colour, "width": width, "dash": dash, "simplify": False},  # else circles have corners
        **more,
    }


def cursor(x: float, yref: str, xref: str = "x") -> dict:
    """A thin vertical line at the time shown."""
    return {
        "type": "line",
        "xref": xref,
        "yref": f"{yref} domain",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "line": {"color": "@ink", "width": 1, "dash": "dot"},
    }


def marks(
    x: list | np.ndarray,
    y: list | np.ndarray,
    colour: str | list[str],
    axes: tuple[str, str],
    size: float = 10,
    edge: str | list[str] = "@paper",
    symbol: str | list[str] = "circle",
    **more,
) -> dict:
    """Markers of a figure, never cut off by the frame."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": y,
        "xaxis": axes[0],
        "yaxis": axes[1],
        "marker": {"color": colour, "size": size, "symbol": symbol, "line": {"color": edge, "width": 2}},
        "cliponaxis": False,
        "hoverinfo": "skip",
        **more,
    }
