"""Six weeks: the same people once released and once in sham, their pain, and the load that decides over a knot."""

from __future__ import annotations

import numpy as np

from lessons.figures import style
from lessons.models.trigger_point_course import Comparison, Group
from lessons.models.trigger_point_people import DAY
from lessons.models.trigger_point_tables import branch_tables
from lessons.models.trigger_point_weeks import pain

ABOVE, BELOW = ("x", "y"), ("x", "y2")
SINGLE = 10  # people drawn one by one in each arm
TABLE_DAYS = (1, 3, 7, 14, 21, 28, 42)
DRAWN = 2  # every so many six-hour steps
RISE = 0.3  # share of people whose knots have come back, from which the title says so
APART = 0.5  # points of pain from which two means are called apart
LAST = 42.0
BEFORE = -1.0  # where the axis of days shows what was before the first visit


def weeks(result: Comparison) -> dict:
    """The figure of two groups of the same people: mean pain with single people behind, and one person's load."""
    treated, other = result.treated, result.other
    days = np.concatenate([[BEFORE], treated.time[::DRAWN] / DAY])
    scores = [_pain(arm) for arm in (treated, other)]
    means = [score.mean(axis=1) for score in scores]
    looks = (("released", "@release", "solid"), (other.arm, "@context", "dot"))
    data = [
        style.curve(days, score[:, k], f"{colour}/0.22", ABOVE, dash, 1, hoverinfo="skip")
        for score, (_, colour, dash) in zip(scores, looks, strict=True)
        for k in range(min(SINGLE, score.shape[1]))
    ]
    data += [
        style.curve(days, mean, colour, ABOVE, dash, 4, meta="pin", name=name)
        for mean, (name, colour, dash) in zip(means, looks, strict=True)
    ]
    data.append(_visits(treated))
    low, high = _folds(result)
    data += _load(treated)
    for fold, colour in ((low, "@release"), (high, "@retention")):
        ends = np.array([BEFORE, LAST])
        data.append(style.curve(ends, np.full(2, fold), colour, BELOW, "dash", 1.5, hoverinfo="skip"))
    named = (("release", "@release-text"), (other.arm, "@context"))
    last = [(float(mean[-1]), name, colour) for mean, (name, colour) in zip(means, named, strict=True)]
    layout = style.layout(
        460,
        (56, 104, 26, 46),
        xaxis=style.axis("days since the first visit", BEFORE - 0.5, LAST, anchor="y2", tickvals=list(range(0, 43, 7))),
        yaxis=style.axis("pain, 0 to 10", 0, 10, domain=[0.43, 1], anchor="x", dtick=2),
        yaxis2=style.axis("load", 0, 1.2, domain=[0, 0.34], anchor="x", dtick=0.4),
    )
    layout["annotations"] = [
        *style.end_labels(last, 0.9, 0.3, 9.6, "y"),
        _heading(1, "thick: mean of the group; thin: single people; triangles: visits"),
        _heading(0.34, "one person's load (thick: with a knot, thin: without); dashed: its two borders"),
        *_fold_labels(low, high),
    ]
    return {
        "title": _finding(result, means, days),
        "data": data,
        "layout": layout,
        "twin": _sentence(result, means, days),
        "table": _table(result, means, days),
    }


def _pain(arm: Group) -> np.ndarray:
    """Pain (days, people), what was before the first visit first."""
    return np.vstack([pain(arm.before, arm.parameters), pain(arm.state, arm.parameters)[::DRAWN]])


def _heading(height: float, text: str) -> dict:
    return style.label(0, height, text, "@muted", xref="paper", yref="paper", yanchor="bottom")


def _visits(arm: Group) -> dict:
    """Six triangles at most; a figure has the same arrays however many visits there are."""
    x = np.full(6, np.nan)
    x[: len(arm.visits)] = np.array(arm.visits) / DAY
    hover = "visit on day %{x:.0f}<extra></extra>"
    return style.marks(x, np.full(6, 9.6), "@needle", ABOVE, 11, symbol="triangle-down", hovertemplate=hover)


def _load(arm: Group) -> list[dict]:
    """Load of the first person, in two lines: with a knot and without."""
    load, knot = (column[:, 0] for column in (arm.state.load, arm.state.knot))
    days = arm.time / DAY
    joined = knot.astype(bool)
    with_knot = np.where(joined, load, np.nan)
    without = np.where(~joined | ~np.concatenate([joined[1:], [True]]), load, np.nan)
    return [
        style.curve(days, with_knot, "@release", BELOW, "solid", 4),
        style.curve(days, without, "@retention", BELOW, "solid", 1.5),
    ]


def _folds(result: Comparison) -> tuple[float, float]:
    table = branch_tables([result.parameters.muscle()])
    return tuple(float(f[0]) if 0 < f[0] < 1 else float("nan") for f in (table.low, table.high))


def _fold_labels(low: float, high: float) -> list[dict]:
    """Beside the two borders, in the right margin; empty where a border lies off the scale."""
    borders = ((low, "below: lets go", "@release-text"), (high, "above: returns", "@retention-text"))
    beside = {"xref": "paper", "yref": "y2", "xshift": 6}
    return [
        style.label(1, 0.5, "", colour, **beside) if np.isnan(fold) else style.label(1, fold, text, colour, **beside)
        for fold, text, colour in borders
    ]


def _gap(means: list[np.ndarray], days: np.ndarray, day: float) -> float:
    return float(np.interp(day, days, means[1]) - np.interp(day, days, means[0]))


def _finding(result: Comparison, means: list[np.ndarray], days: np.ndarray) -> str:
    other, early, late = result.other.arm, _gap(means, days, 3), _gap(means, days, LAST)
    knots = result.treated.state.knot.mean(axis=1)
    if np.max(knots - np.minimum.accumulate(knots)) > RISE:
        return "A hard week brings the knots back, released or not"
    if early < -APART:
        return "At first the needle only hurts: its soreness outweighs the few knots that let go"
    if early < APART and late < APART:
        return f"Needle and {other} run together: hardly a knot is released that would not have let go anyway"
    if late < APART:
        return f"The needle is ahead, then {other} catches up: knots also let go by themselves"
    if early < APART:
        return "The gap opens late, visit by visit"
    return f"After six weeks those released are still ahead of {other}"


def _sentence(result: Comparison, means: list[np.ndarray], days: np.ndarray) -> str:
    at_three, at_end = ([float(np.interp(day, days, m)) for m in means] for day in (3, 42))
    knots = [100 * float(arm.state.knot[-1].mean()) for arm in (result.treated, result.other)]
    other = result.other.arm
    return (
        f"On day 3 mean pain is {at_three[0]:.1f} after release and {at_three[1]:.1f} after {other}; after six weeks "
        f"{at_end[0]:.1f} and {at_end[1]:.1f}. {knots[0]:.0f} and {knots[1]:.0f} of 100 people then have a knot."
    )


def _table(result: Comparison, means: list[np.ndarray], days: np.ndarray) -> dict:
    arms = (result.treated, result.other)
    knots = [100 * arm.state.knot.mean(axis=1) for arm in arms]
    shown = np.array(TABLE_DAYS, dtype=float)
    scores = [np.concatenate([[m[0]], np.interp(shown, days, m)]) for m in means]
    held = [np.concatenate([[100.0], np.interp(shown, arm.time / DAY, k)]) for arm, k in zip(arms, knots, strict=True)]
    names = [arm.arm for arm in arms]
    return {
        "first": "day",
        "rows": ["before", *(f"{day}" for day in TABLE_DAYS)],
        "columns": [*(f"pain, {name}" for name in names), *(f"with a knot, {name}, %" for name in names)],
        "values": [*scores, *held],
        "digits": [1, 1, 0, 0],
    }
