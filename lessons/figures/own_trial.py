"""A trial of one's own between its kind and a published one; and how many people such a trial needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from lessons.figures import style
from lessons.models.own_trial import COMPARED, Finished
from lessons.models.trial_power import ENOUGH, SIZES

LOW, HIGH = -2.0, 4.0  # points of 10
ROWS = {"published": 28.0, "expected": 25.3, "own": 22.6}
FIRST_OTHER = 20.0
AXES = ("x", "y")


class Published(NamedTuple):
    """A published difference on the scale of the picture; `name` is told in the picture, `source` in the table."""

    name: str
    source: str
    effect: float
    low: float
    high: float


def own_trial(found: Finished, view: Any, published: Mapping[int, Published]) -> dict:
    """The figure. `published`: by number of the comparison. Shown only once `view.revealed` is 1."""
    p = found.parameters
    known = published.get(p.comparison)
    shown = known if getattr(view, "revealed", 0) else None
    data = [
        style.curve(np.zeros(2), np.array([-0.5, 29.2]), "@line", AXES, "solid", 1, hoverinfo="skip"),
        *_others(found),
        *_interval(found.own.low, found.own.difference, found.own.high, ROWS["own"], "@retention", 5, 13),
        style.marks([_held(found.expected)], [ROWS["expected"]], "@ink", AXES, 12, symbol="diamond"),
    ]
    # Hidden it has a place all the same, so that a slider moves the drawing and never has it drawn anew.
    places = (shown.low, shown.effect, shown.high) if shown else (0.0, 0.0, 0.0)
    data += _interval(
        *places, ROWS["published"], "@both" if shown else "@both/0", 5, 13, "@paper" if shown else "@both/0"
    )
    layout = style.layout(
        470,
        (190, 12, 20, 46),
        xaxis=style.axis("points of pain (0 to 10) by which the treated are better", LOW, HIGH, dtick=1),
        yaxis=style.blank_axis(-0.8, 29.4),
    )
    layout["annotations"] = [
        _row(ROWS["own"], f"<b>your trial</b>,<br>{p.per_arm} in each arm", "@retention-text"),
        _row(ROWS["expected"], "what there is to find,<br>in this model", "@ink"),
        _row(ROWS["published"], _published_words(known, shown), "@both"),
        _row(FIRST_OTHER / 2, "twenty more trials<br>like yours, other people<br>(dark: “significant”)", "@muted"),
    ]
    return {
        "title": _finding(found, shown),
        "data": data,
        "layout": layout,
        "twin": _sentence(found, shown),
        "table": _table(found, shown),
        "narrow": {"margin": {"l": 164, "r": 6, "t": 20, "b": 46}},
    }


def _interval(
    low: float, middle: float, high: float, y: float, colour: str, width: float, size: float, edge: str = "@paper"
) -> list[dict]:
    ends = np.array([_held(low), _held(high)])
    return [
        style.curve(ends, np.full(2, y), colour, AXES, "solid", width, hoverinfo="skip"),
        style.marks([_held(middle)], [y], colour, AXES, size, edge),
    ]


def _held(value: float) -> float:
    return float(np.clip(value, LOW, HIGH))


def _others(found: Finished) -> list[dict]:
    o = found.others
    significant = np.asarray(o.significant)
    drawn = []
    for chosen, colour, width in ((~significant, "@muted/0.45", 2), (significant, "@ink", 3)):
        x, y = [], []
        for k in range(len(significant)):
            ends = (o.low[k], o.high[k]) if chosen[k] else (o.low[k], o.low[k])  # of no length, so not seen
            x += [*map(_held, ends), np.nan]
            y += [FIRST_OTHER - 1 - k] * 2 + [np.nan]
        drawn.append(style.curve(np.array(x), np.array(y, dtype=float), colour, AXES, "solid", width, hoverinfo="skip"))
    return drawn


def _row(height: float, text: str, colour: str) -> dict:
    return style.label(0, height, text, colour, xref="paper", yref="y", xanchor="right", xshift=-10)


def _published_words(known: Published | None, shown: Published | None) -> str:
    if known is None:
        return "<b>published</b>:<br>none at hand for this"
    return f"<b>published</b>:<br>{known.name if shown else 'not shown yet'}"


def _finding(found: Finished, shown: Published | None) -> str:
    o, own = found.others, found.own
    times = int(np.sum(o.significant & (o.difference > 0)))
    said = "finds a difference" if own.significant else "finds no clear difference"
    title = f"Your trial {said}; {times} of 20 others like it do"
    if shown is None:
        return title
    inside = shown.low <= found.expected <= shown.high
    return f"{title}. The model's expectation lies {'within' if inside else 'outside'} the published interval"


def _sentence(found: Finished, shown: Published | None) -> str:
    own, names = found.own, list(COMPARED)[found.parameters.comparison]
    words = (
        f"{names.capitalize()}, {found.parameters.per_arm} in each arm: a difference of {_signed(own.difference)} "
        f"points (95 % interval {_signed(own.low)} to {_signed(own.high)}); in this model {_signed(found.expected)} is "
        "to be found."
    )
    if shown is not None:
        words += f" Published: {_signed(shown.effect)} ({_signed(shown.low)} to {_signed(shown.high)}), {shown.name}."
    return words


def _signed(value: float) -> str:
    return f"{round(float(value), 1) + 0:.1f}".replace("-", "−")


def _table(found: Finished, shown: Published | None) -> dict:
    nothing = (np.nan, np.nan, np.nan)
    published = (shown.effect, shown.low, shown.high) if shown else nothing
    rows = [
        (found.own.difference, found.own.low, found.own.high),
        (found.expected, np.nan, np.nan),
        published,
    ]
    return {
        "first": "difference, points of 10",
        "rows": ["your trial", "to be found in this model", f"published{f' ({shown.source})' if shown else ''}"],
        "columns": ["difference", "95 % interval, from", "to"],
        "values": [np.array([float(row[k]) for row in rows]) for k in range(3)],
        "digits": [2, 2, 2],
    }


def how_many(found: Finished, view: Any = None) -> dict:
    """The share of trials of each size that would find the difference."""
    p = found.parameters
    sizes, share = found.power.sizes.astype(float), 100 * found.power.share
    yours = float(np.interp(np.log(p.per_arm), np.log(sizes), share))
    data = [
        style.curve(
            np.array([SIZES[0], SIZES[-1]], dtype=float), np.full(2, 100 * ENOUGH), "@muted", AXES, "dash", 1.5
        ),
        style.curve(sizes, share, "@retention", AXES, "solid", 4, meta="pin", name="trials that find it"),
        style.marks([float(p.per_arm)], [yours], "@retention", AXES, 14),
    ]
    layout = style.layout(
        340,
        (60, 20, 24, 46),
        xaxis=style.axis(
            "people in each arm", float(np.log10(9)), float(np.log10(560)), type="log",
            tickvals=[10, 20, 50, 100, 200, 500], ticktext=["10", "20", "50", "100", "200", "500"],
        ),
        yaxis=style.axis("trials that find it, %", 0, 103, dtick=20),
    )  # fmt: skip
    layout["annotations"] = [
        style.label(float(np.log10(10)), 100 * ENOUGH, "usually asked for: 80 %", "@muted", yanchor="bottom"),
        style.label(
            float(np.log10(p.per_arm)), yours, f"yours: {yours:.0f} %", "@retention-text", yshift=18,
            xanchor="right" if p.per_arm > 100 else "left",
        ),
    ]  # fmt: skip
    return {
        "title": _needed(found, yours),
        "data": data,
        "layout": layout,
        "twin": f"With {p.per_arm} people in each arm {yours:.0f} of 100 such trials find the difference of "
        f"{_signed(found.expected)} points that this model holds. {_enough(found)}",
        "table": {
            "first": "people in each arm",
            "rows": [f"{size:.0f}" for size in sizes],
            "columns": ["trials that find it, %"],
            "values": [share],
            "digits": [0],
        },
    }


def _needed(found: Finished, yours: float) -> str:
    smallest = found.power.smallest
    if smallest is None:
        return f"Even 500 in each arm find {_signed(found.expected)} points in fewer than 8 of 10 trials"
    return f"To find {_signed(found.expected)} points in 8 of 10 trials, some {smallest} in each arm are needed"


def _enough(found: Finished) -> str:
    smallest = found.power.smallest
    return "No size up to 500 finds it in 8 of 10." if smallest is None else f"From about {smallest} on it is 8 of 10."
