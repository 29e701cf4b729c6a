"""An experiment carried out on two accounts: one reading over time in each, and how far apart they lie."""

from __future__ import annotations

import numpy as np

from lessons.figures import style
from lessons.models.experiment import BARELY, CLEARLY, DONE, READINGS, Expected, Outcome

AXES = ("x", "y")
REACH = 0.65  # share of a reading's axis; where a line goes further, its peak is told at the edge
LOOKS = {
    "knot": ("@release", "@release-text", "solid", "circle"),
    "cord": ("@retention", "@retention-text", "longdash", "square"),
}
NAMES = {"knot": "the knot", "cord": "the rival"}
WORDS = {"up": "rises", "down": "falls", "same": "stays as it was"}


def experiment(found: Outcome) -> dict:
    """Change of the reading against before, over time, with the tolerance around no change."""
    data, ends, beyond = [], [], []
    reach = REACH * (found.axis[1] - found.axis[0])
    for which in ("knot", "cord"):
        expected: Expected = getattr(found, which)
        colour, text, dash, symbol = LOOKS[which]
        change = expected.curve - expected.before
        data.append(style.curve(found.time, change, colour, AXES, dash, hoverinfo="skip", meta="pin"))
        data.append(style.marks([found.seconds], [expected.change], colour, AXES, 13, symbol=symbol))
        ends.append((float(change[-1]), f"<b>{NAMES[which]}</b>", text))
        beyond += _beyond(found, change, reach, text)
    layout = style.layout(
        400,
        (70, 84, 16, 46),
        xaxis=style.time_axis("time since the treatment", anchor="y"),
        yaxis=style.axis(f"change{f', {found.unit}' if found.unit else ' in points'}", -reach, reach, anchor="x"),
    )
    layout["annotations"] = [
        *beyond,
        *style.end_labels(ends, 0.13 * reach, -0.95 * reach, 0.95 * reach, "y"),
        style.label(0, found.tolerance, "counts as none", "@muted", xref="paper", yref="y", yshift=9, xshift=4),
    ]
    layout["shapes"] = [
        {
            "type": "rect", "xref": "paper", "yref": "y", "x0": 0, "x1": 1,
            "y0": -found.tolerance, "y1": found.tolerance,
            "fillcolor": "@line/0.18", "line": {"width": 0}, "layer": "below",
        },
        style.cursor(found.seconds, "y"),
    ]  # fmt: skip
    return {
        "title": title(found),
        "data": data,
        "layout": layout,
        "narrow": {"margin": {"l": 62, "r": 78, "t": 16, "b": 46}},
        "twin": sentence(found),
        "table": _table(found),
    }


def _beyond(found: Outcome, change: np.ndarray, reach: float, colour: str) -> list[dict]:
    """A word at the edge on how far a line goes that leaves the axes."""
    peak = int(np.argmax(np.abs(change)))
    if abs(change[peak]) <= reach:
        return []
    up = change[peak] > 0
    where = {"yanchor": "top", "y": reach} if up else {"yanchor": "bottom", "y": -reach}
    words = f"{'▲' if up else '▼'} to {_signed(float(change[peak]), found.digits)}"
    x = float(np.log10(found.time[peak]))
    return [style.label(x, where["y"], words, colour, xref="x", yref="y", yanchor=where["yanchor"], xshift=10)]


def title(found: Outcome) -> str:
    if found.separation >= CLEARLY:
        return "This experiment separates the two accounts clearly"
    if found.separation >= BARELY:
        return "This experiment barely separates the two accounts"
    return "This experiment does not separate the two accounts"


def sentence(found: Outcome) -> str:
    """What was done and read, what each account expects, and how far apart they are."""
    done, reading = list(DONE)[found.design.done], list(READINGS)[found.design.reading]
    each = "; ".join(
        f"with {NAMES[which]} {reading} {WORDS[expected.direction]} "
        f"({_signed(expected.change, found.digits)}{_unit(found)})"
        for which, expected in (("knot", found.knot), ("cord", found.cord))
    )
    return (
        f"{done[0].upper()}{done[1:]}, read after {style.words(found.seconds)}: {each}. They lie "
        f"{found.separation:.1f} tolerances apart (one is {found.tolerance:g}{_unit(found) or ' point'})."
    )


def _table(found: Outcome) -> dict:
    kept = np.unique(np.linspace(0, len(found.time) - 1, 13).astype(int))
    return {
        "first": "time",
        "rows": [style.words(seconds) for seconds in found.time[kept]],
        "columns": ["the knot: change", "the rival: change"],
        "values": [(each.curve - each.before)[kept] for each in (found.knot, found.cord)],
        "digits": [found.digits, found.digits],
    }


def _signed(value: float, digits: int) -> str:
    text = f"{abs(value):.{digits}f}"
    return text if not float(text) else f"{'+' if value > 0 else '−'}{text}"


def _unit(found: Outcome) -> str:
    return f" {found.unit}" if found.unit else ""
