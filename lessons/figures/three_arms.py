"""What an improvement is made of: three arms as stacked parts, what one trial would say, and the people themselves."""

from __future__ import annotations

import numpy as np

from lessons.figures import one_trial, style
from lessons.models.three_arms import BETTER, REAL, SHAM_ARM, TREATMENTS, Found

BARS, TRIAL, PEOPLE = ("x", "y"), one_trial.AXES, ("x3", "y3")
LOWEST, HIGHEST = -0.3, 4.5  # points, the scale of the bars
LEFT, RIGHT = (0.0, 0.52), (0.57, 1.0)  # share of the width: the bars with their labels, the two small pictures
ABOVE, BELOW = (0.55, 0.95), (0.0, 0.41)  # share of the height of the small pictures
HALF = 0.33  # of the width of a bar
LABELS_AT = 2.45
PEOPLE_SCALE = (-5.0, 10.0)
DRAWN = 200  # people, a dot each
# Real treatment -> colour of its part and of its letters.
LOOKS = (
    ("@retention", "@retention-text"),
    ("@release", "@release-text"),
    ("@release", "@release-text"),
    ("@both", "@both"),
)
GREYS = ("@none-fill/0.95", "@none-fill/0.5")  # regression to the mean, natural course
LEVEL = 0.03  # points that nobody would call a part


def three_arms(found: Found) -> dict:
    """The figure of three arms."""
    p = found.parameters
    colour, ink = LOOKS[p.real]
    data = [*_stacks(found, colour), *one_trial.dots_and_interval(found, colour), *_people(found, colour)]
    layout = style.layout(
        600,
        (46, 8, 8, 40),
        xaxis=style.axis(
            "", -0.5, 4.3, domain=list(LEFT), anchor="y", tickvals=[0, 1, 2],
            ticktext=["no<br>treatment", "sham", _two_lines(TREATMENTS[p.real])], showgrid=False,
        ),
        yaxis=style.axis(
            "points of pain by which people are better", LOWEST, HIGHEST, domain=[0.0, 0.95], anchor="x",
            tickvals=[0, 1, 2, 3, 4],
        ),
        xaxis2=style.axis(
            "points", *one_trial.SCALE, domain=list(RIGHT), anchor="y2", tickvals=[-2, -1, 0, 1, 2, 3],
        ),
        yaxis2=style.blank_axis(*one_trial.ROWS, domain=list(ABOVE), anchor="x2"),
        xaxis3=style.axis(
            "points better", *PEOPLE_SCALE, domain=list(RIGHT), anchor="y3", tickvals=[-4, -2, 0, 2, 4, 6, 8],
        ),
        yaxis3=style.blank_axis(-0.45, 2.75, domain=list(BELOW), anchor="x3"),
    )  # fmt: skip
    layout["shapes"] = [_zero("x2", "y2"), _zero("x3", "y3"), style.cursor(BETTER, "y3", "x3")]
    layout["annotations"] = [
        *_parts_by_name(found, ink),
        *_heights(found),
        *one_trial.told(found, ink),
        *_who(found, ink),
        _heading("y", "<b>The truth</b>, which no trial can see", BARS[0]),
        _heading("y2", f"<b>One trial</b>, {p.per_arm} in each arm; dotted: the truth", "x2"),
        _heading("y3", f"<b>{DRAWN} of the people</b>, a dot each; bar: mean", "x3"),
    ]
    return {
        "title": _finding(found),
        "data": data,
        "layout": layout,
        "twin": _sentence(found),
        "table": _table(found),
        "narrow": _narrow(layout),
    }


def _two_lines(words: str) -> str:
    first, _, rest = words.partition(" ")
    return f"{first}<br>{rest}"


def _zero(xref: str, yref: str) -> dict:
    return {**style.cursor(0.0, yref, xref), "line": {"color": "@line", "width": 1}}


def _heading(axis: str, text: str, xref: str) -> dict:
    return style.label(0, 1, text, xref=f"{xref} domain", yref=f"{axis} domain", yanchor="bottom", yshift=4)


# ---- the stacks ----


def _stacks(found: Found, colour: str) -> list[dict]:
    """One trace for each part; arm after arm has one part more."""
    heights = np.clip(np.concatenate([[0.0], np.cumsum(found.parts)]), LOWEST, HIGHEST)
    looks = (*GREYS, "@context-fill", colour)
    stacks = []
    for part, (look, first) in enumerate(zip(looks, (0, 0, SHAM_ARM, REAL), strict=True)):
        low, high = heights[part : part + 2]
        taken_away = high < low
        stacks.append(_boxes(range(first, REAL + 1), low, high, "@paper" if taken_away else look, look))
    return [*stacks, _floor(found.anyway), _tops(found)]


def _floor(anyway: float) -> dict:
    """What would have happened anyway, across all arms."""
    height = np.full(2, np.clip(anyway, LOWEST, HIGHEST))
    return style.curve(np.array([-0.5, LABELS_AT - 0.05]), height, "@ink", BARS, "dash", 1.5, hoverinfo="skip")


def _tops(found: Found) -> dict:
    """The upper ends of the stacks; a pinned run keeps them."""
    x = np.array([end for place in range(3) for end in (place - HALF, place + HALF, np.nan)])
    height = np.clip(found.improved, LOWEST, HIGHEST)
    return style.curve(x, np.repeat(height, 3), "@ink", BARS, width=2, hoverinfo="skip", meta="pin")


def _boxes(places: range, low: float, high: float, fill: str, edge: str) -> dict:
    """Rectangles as one filled line, so that they can move without being drawn anew."""
    x = [v for place in places for v in (place - HALF, place + HALF, place + HALF, place - HALF, place - HALF, None)]
    y = [v for _ in places for v in (low, low, high, high, low, None)]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.array(x, dtype=float),
        "y": np.array(y, dtype=float),
        "xaxis": BARS[0],
        "yaxis": BARS[1],
        "fill": "toself",
        "fillcolor": fill,
        "line": {"width": 1, "color": edge},
        "hoverinfo": "skip",
    }


def _parts_by_name(found: Found, ink: str) -> list[dict]:
    """The parts beside the last stack, and what they have in common: some of it would have come anyway."""
    regression, natural, context, needle = found.parts
    heights = np.cumsum([0.0, *found.parts])
    middles = [float(a + b) / 2 for a, b in zip(heights[:-1], heights[1:], strict=True)]
    lines = [
        (middles[0], f"regression to<br>the mean {style.points(regression, sign=True)}", "@none"),
        (middles[1], f"natural course {style.points(natural, sign=True)}", "@none"),
        (found.anyway, f"<b>anyway {style.points(found.anyway)}</b>", "@ink"),
        (middles[2], f"context {style.points(context, sign=True)}", "@context"),
        (middles[3], f"{_own(found)} {style.points(needle, sign=True)}", ink),
    ]
    # From below in one order, whatever is taken away, and never above the end of the scale.
    wanted = np.minimum(np.maximum.accumulate([height for height, _, _ in lines]), HIGHEST - 0.2)
    places = style.spread(wanted.tolist(), 0.33, 0.1, HIGHEST - 0.2)
    return [
        style.label(LABELS_AT, place, text, colour, xref="x", yref="y", yanchor="middle")
        for place, (_, text, colour) in zip(places, lines, strict=True)
    ]


def _heights(found: Found) -> list[dict]:
    """By how much each arm is better, above its stack."""
    tops = np.maximum.accumulate(np.cumsum([0.0, *found.parts]))[[2, 3, 4]]
    return [
        style.label(
            place, float(np.clip(top, LOWEST, HIGHEST - 0.3)), f"<b>{style.points(value)}</b>", xref="x", yref="y",
            xanchor="center", yanchor="bottom", yshift=2,
        )
        for place, (top, value) in enumerate(zip(tops, found.improved, strict=True))
    ]  # fmt: skip


# ---- the people ----


def _people(found: Found, colour: str) -> list[dict]:
    traces = []
    for arm, look in enumerate(("@none", "@context", colour)):
        row = REAL - arm
        improved = np.clip(found.people.improved[arm, :DRAWN], *PEOPLE_SCALE)
        dots = {"color": look, "size": 4.5, "opacity": 0.5, "line": {"width": 0}}
        mean = np.full(2, found.improved[arm])
        traces += [
            {**style.marks(improved, row + 0.5 * style.scatter(DRAWN), look, PEOPLE), "marker": dots},
            style.curve(mean, np.array([row - 0.34, row + 0.34]), "@ink", PEOPLE, width=3, hoverinfo="skip"),
        ]
    return traces


def _who(found: Found, ink: str) -> list[dict]:
    names = ("no treatment", "sham", "real")
    return [
        style.label(
            0, REAL - arm + 0.3, f"{name}: {share:.0f} of 100 by {BETTER:g} or more", colour,
            xref="x3 domain", yref="y3", yanchor="bottom",
        )
        for arm, (name, share, colour) in enumerate(
            zip(names, found.better, ("@none", "@context", ink), strict=True)
        )
    ]  # fmt: skip


# ---- in words ----


def _own(found: Found) -> str:
    """What the real treatment has of its own."""
    return "thumb" if TREATMENTS[found.parameters.real].endswith("thumb") else "needle"


def _finding(found: Found) -> str:
    _, _, context, needle = found.parts
    whole = float(found.improved[REAL])
    if whole < LEVEL:
        return "Nobody is better in the end, treated or not"
    if found.anyway < LEVEL:
        return f"Without treatment nobody would be better: all {style.points(whole)} points come with the treatment"
    start = f"Of {style.points(whole)} points {style.points(found.anyway)} would have come anyway"
    if abs(context) < LEVEL and abs(needle) < LEVEL:
        return f"{start}, and the treatment adds nothing"
    if abs(context) < LEVEL:
        return f"{start}; sham adds nothing to that, real treatment {style.points(needle)}"
    start = f"{start}; the context adds {style.points(context)}"
    if needle < -LEVEL:
        return f"{start}, and the {_own(found)} takes {style.points(-needle)} away"
    if needle < LEVEL:
        return f"{start}, the {_own(found)} next to nothing"
    return f"{start}, the {_own(found)} {style.points(needle)}"


def _sentence(found: Found) -> str:
    p, (over_nothing, over_sham) = found.parameters, found.trial
    nothing, sham, real = (style.points(value) for value in found.improved)
    regression, natural, context, needle = (style.points(part) for part in found.parts)
    return (
        f"After {p.weeks} weeks people are better by {nothing} points without treatment, {sham} with sham and {real} "
        f"with {TREATMENTS[p.real]}: regression to the mean {regression}, natural course {natural}, context {context}, "
        f"{_own(found)} {needle}. One trial of {p.per_arm} in each arm puts sham {_interval(over_nothing)} over no "
        f"treatment, and real {_interval(over_sham)} over sham; {found.told_apart(1):.0f} of 100 such trials tell real "
        "from sham."
    )


def _interval(one) -> str:
    low, middle, high = (style.points(value) for value in (one.low, one.difference, one.high))
    return f"{middle} (95 % interval {low} to {high})"


def _table(found: Found) -> dict:
    regression, natural, context, needle = found.parts
    over_nothing, over_sham = found.trial
    none = float("nan")
    rows = {
        "regression to the mean": (regression,) * 3,
        "natural course": (natural,) * 3,
        "context": (none, context, context),
        _own(found): (none, none, needle),
        "better by, points": tuple(found.improved),
        "better by 2 points or more, of 100": tuple(found.better),
        "one trial: lead over the arm before": (none, over_nothing.difference, over_sham.difference),
        "its interval from": (none, over_nothing.low, over_sham.low),
        "its interval to": (none, over_nothing.high, over_sham.high),
        "such trials that find it, of 100": (none, found.told_apart(0), found.told_apart(1)),
    }
    return {
        "first": "",
        "rows": list(rows),
        "columns": ["no treatment", "sham", TREATMENTS[found.parameters.real]],
        "values": list(np.array(list(rows.values()), dtype=float).T.copy()),
        "digits": [2, 2, 2],
    }


def _narrow(layout: dict) -> dict:
    """For a narrow page: one picture below the other."""
    changed = {"height": 1080, "margin": {"l": 44, "r": 6, "t": 8, "b": 40}}
    for x, y, rows in (
        ("xaxis", "yaxis", (0.5, 0.97)),
        ("xaxis2", "yaxis2", (0.27, 0.4)),
        ("xaxis3", "yaxis3", (0, 0.18)),
    ):
        changed |= {x: {**layout[x], "domain": [0, 1]}, y: {**layout[y], "domain": list(rows)}}
    return changed
