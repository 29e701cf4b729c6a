"""Sleep, the set point of pain, and pain over weeks: nothing, sham and real needles, drawn together."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from lessons.figures import style
from lessons.models.neuromodulation_course import NOTHING, REAL, SHAM_ARM
from lessons.models.neuromodulation_whole_body import CLOSED, Weeks

SLEEP, SET_POINT, PAIN = ("x", "y"), ("x2", "y2"), ("x3", "y3")
ROWS = ((0.575, 0.94), (0.295, 0.48), (0.0, 0.215))  # share of the height: sleep, set point, pain
LENGTH = 131 + 2 * 36  # points of a line, however many visits there are
MOST_VISITS = 36
ARM_NAMES = ("nothing", "sham", "real needles")
SHORT_DASHES = "6px,2px"  # dots would dissolve where visits follow closely
LOOKS = (("@none", "solid", 2), ("@context", SHORT_DASHES, 2.5), ("@retention", "solid", 3))
TEXTS = ("@none", "@context", "@retention-text")
LOWEST, HIGHEST, DEEPEST = -9.0, 1.3, 0.9  # ends of the scales of sleep (points) and of the set point (SD)
LEVEL = 0.05  # points or SD that a printed digit calls nothing
FIRST_WEEKS = (0.0, 1.0, 2.0, 3.0, 4.0)  # rows of the table; four more follow, evenly up to the end


def whole_body_weeks(result: Weeks, view: Any = None) -> dict:
    """The figure of one course in three arms.

    With a `view` whose `human_only` is 1, what nobody has measured in people fades: that the shift of the set point has
    two parts is bookkeeping, and it is told in words only. Nothing here rests on animals.
    """
    last = 7.0 * result.parameters.weeks_shown
    x = _long(result.days) / 7
    sleep, pain, shift = (
        [_long(result.read(name, arm)) for arm in range(3)] for name in ("sleep", "pain", "baseline_shift")
    )
    data = [
        *_bands(x, sleep, SLEEP),
        *_lines(x, sleep, SLEEP),
        *_bands(x, shift, SET_POINT),
        *_lines(x, shift, SET_POINT),
        *_bands(x, pain, PAIN),
        *_lines(x, pain, PAIN),
        _visits(result),
    ]
    weeks = last / 7
    ticks = {"tick0": 0, "dtick": 2 if weeks <= 30 else 5}
    plain = {"showticklabels": False, **ticks}
    layout = style.layout(
        640,
        (62, 132, 8, 46),
        xaxis=style.axis("", 0, weeks, anchor="y", **plain),
        xaxis2=style.axis("", 0, weeks, anchor="y2", **plain),
        xaxis3=style.axis("weeks since the first visit", 0, weeks, anchor="y3", **ticks),
        yaxis=style.axis("points", LOWEST, HIGHEST, domain=ROWS[0], anchor="x", tickvals=[-8, -6, -4, -2, 0]),
        yaxis2=style.axis("SD of pain", 0, DEEPEST, domain=ROWS[1], anchor="x2", tickvals=[0, 0.4, 0.8]),
        yaxis3=style.axis("0 to 10", 0, 10, domain=ROWS[2], anchor="x3", tickvals=[0, 5, 10]),
    )
    closed = result.closes()
    layout["shapes"] = [_treated(result), _closing(closed, last)]
    layout["annotations"] = [
        *_headings(result, closed),
        _made_of(result, last, bool(getattr(view, "human_only", 0))),
        *_beside_sleep(result, last),
        *style.end_labels(_ends(shift, 2), 0.148, 0.06, DEEPEST - 0.05, "y2"),
        *style.end_labels(_ends(pain, 1), 1.75, 0.9, 9.1, "y3"),
        _closing_label(closed, last),
    ]
    return {
        "title": _finding(result, closed),
        "data": data,
        "layout": layout,
        "twin": _sentence(result, closed),
        "table": _table(result),
        "narrow": {"margin": {"l": 50, "r": 112, "t": 8, "b": 46}},
    }


def _long(values: np.ndarray) -> np.ndarray:
    """The last value repeated until all lines are of one length: a picture then moves without being built anew."""
    return np.concatenate([values, np.full(LENGTH - len(values), values[-1])])


def _band(x: np.ndarray, one: np.ndarray, other: np.ndarray, axes: tuple[str, str], colour: str) -> dict:
    """What lies between two lines."""
    around = style.curve(
        np.concatenate([x, x[::-1]]), np.concatenate([one, other[::-1]]), colour, axes, width=0, hoverinfo="skip"
    )
    return {**around, "fill": "toself", "fillcolor": colour}


def _bands(x: np.ndarray, arms: list[np.ndarray], axes: tuple[str, str]) -> list[dict]:
    """What sham does too, and what real needles add to it (or fall short of it)."""
    return [
        _band(x, arms[NOTHING], arms[SHAM_ARM], axes, "@context-fill/0.22"),
        _band(x, arms[SHAM_ARM], arms[REAL], axes, "@retention/0.45"),
    ]


def _lines(x: np.ndarray, arms: list[np.ndarray], axes: tuple[str, str]) -> list[dict]:
    return [
        style.curve(x, y, colour, axes, dash, width, meta="pin", name=name)
        for y, (colour, dash, width), name in zip(arms, LOOKS, ARM_NAMES, strict=True)
    ]


def _visits(result: Weeks) -> dict:
    """A tick at each visit, above the lines of sleep."""
    x = np.full(MOST_VISITS, np.nan)
    x[: len(result.visits)] = result.visits / 7
    ends = np.tile([0.6, 0.9, np.nan], MOST_VISITS)
    hover = "visit in week %{x:.1f}<extra></extra>"
    return style.curve(np.repeat(x, 3), ends, "@needle", SLEEP, width=2, hovertemplate=hover)


def _treated(result: Weeks) -> dict:
    """The weeks of treatment, shaded behind all rows."""
    return {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "x0": 0,
        "x1": result.end / 7,
        "y0": 0,
        "y1": ROWS[0][1],
        "fillcolor": "@muted/0.10",
        "line": {"width": 0},
        "layer": "below",
    }


def _shown(closed: float, last: float) -> bool:
    return math.isfinite(closed) and closed <= last


def _closing(closed: float, last: float) -> dict:
    """Where the gap of sleep is closed; at the left edge and invisible if it is not."""
    line = style.cursor(closed / 7 if _shown(closed, last) else 0.0, "y", "x")
    return line if _shown(closed, last) else {**line, "line": {**line["line"], "color": "rgba(0,0,0,0)"}}


def _week(day: float) -> int:
    """The week that a day falls into, the first being week 1."""
    return int(day // 7) + 1


def _closing_label(closed: float, last: float) -> dict:
    shown = _shown(closed, last)
    at = closed if shown else 0.0
    text = f"gap closed: week {_week(closed)}" if shown else ""
    side = ("right", -6) if at > 0.72 * last else ("left", 6)
    beside = {"xref": "x", "yref": "y", "yanchor": "top", "xanchor": side[0], "xshift": side[1]}
    return style.label(at / 7, HIGHEST, text, "@ink", **beside)


def _heading(row: int, text: str, lines_below: int = 0, colour: str = "@ink") -> dict:
    lift = 2 + 17 * lines_below
    return style.label(0, ROWS[row][1], text, colour, xref="paper", yref="paper", yanchor="bottom", yshift=lift)


def _headings(result: Weeks, closed: float) -> list[dict]:
    end, last = result.end, 7.0 * result.parameters.weeks_shown
    at_end = _gap(result.gap("sleep", end), "points", 1)
    return [
        _heading(0, f"<b>Sleep</b> (mood follows it): {at_end if len(result.visits) else 'no visits, no change'}", 1),
        _heading(0, "points of a sleep questionnaire (PSQI, 0 to 21); down is better", colour="@muted"),
        _heading(1, f"<b>Set point of pain</b>: {_gap(-result.gap('baseline_shift', last), 'SD', 2, 'at the end')}", 1),
        _heading(2, f"<b>Pain</b>: {_gap(_printed_gap(result, last), 'of 10', 1, 'at the end')}"),
    ]


def _made_of(result: Weeks, last: float, faded: bool) -> dict:
    """Both parts of both arms: sham needles, too, put something in."""
    parts = (
        f"{ARM_NAMES[arm]} {result.at('needle_shift', arm, last):.2f} + {result.at('context_shift', arm, last):.2f}"
        for arm in (SHAM_ARM, REAL)
    )
    text = f"made of needling + context{' (a guess)' if faded else ''}: {', '.join(parts)}"
    return _heading(1, text, colour="@muted" if faded else "@ink")


def _ends(arms: list[np.ndarray], digits: int) -> list[tuple[float, str, str]]:
    """Name, last value and colour of each line."""
    values = (float(line[-1]) for line in arms)
    return [(v, f"{name} {v:.{digits}f}", text) for name, text, v in zip(ARM_NAMES, TEXTS, values, strict=True)]


def _printed_gap(result: Weeks, day: float) -> float:
    """The gap in pain between the numbers that stand beside the lines, so that nobody has to explain a tenth."""
    real, sham = (round(result.at("pain", arm, day), 1) for arm in (REAL, SHAM_ARM))
    return sham - real


def _gap(gap: float, unit: str, digits: int, when: str = "after the last visit") -> str:
    if abs(gap) < 0.5 * 10.0**-digits:
        return f"no gap to sham {when}"
    who = "the needle is" if gap > 0 else "sham is"
    return f"{who} {abs(gap):.{digits}f} {unit} ahead {when}"


def _beside_sleep(result: Weeks, last: float) -> list[dict]:
    """Names and sizes at the deepest point, where there is room beside it; "nothing" in the right margin."""
    margin = {"xref": "paper", "yref": "y", "xshift": 6}
    adds = "needle adds this" if result.gap("sleep", result.end) >= 0 else "needle lacks this"
    named = [
        style.label(1, 0, "nothing 0.0", TEXTS[NOTHING], **margin),
        style.label(1, LOWEST + 1.75, "■ sham does this", TEXTS[SHAM_ARM], **margin),
        style.label(1, LOWEST + 0.75, f"■ {adds}", TEXTS[REAL], **margin),
    ]
    arms = (SHAM_ARM, REAL)
    depths = [result.at("sleep", arm, result.end) for arm in arms]
    if result.end > 0.72 * last:  # no room: into the margin, below "nothing"
        x, place = 1.0, {"xref": "paper", "xshift": 6}
        heights = style.spread([min(depth, -1.0) for depth in depths], 0.95, LOWEST + 2.8, -1.0)
    else:  # beside the deepest point and below the lines, which rise to the right
        x, place = (result.end + 0.065 * last) / 7, {"xref": "x", "xshift": 0}
        heights = style.spread([depth - 0.3 for depth in depths], 0.95, LOWEST + 1.3, -1.4)
    return named + [
        style.label(x, height, _named(result, arm, depth), TEXTS[arm], yref="y", bgcolor="@paper/0.8", **place)
        for height, arm, depth in zip(heights, arms, depths, strict=True)
    ]


def _named(result: Weeks, arm: int, depth: float) -> str:
    return f"{ARM_NAMES[arm]} {_points(depth)}" if len(result.visits) else ""


def _points(value: float) -> str:
    """A change in points; nothing is 0.0 and not -0.0."""
    return f"{round(value, 1) + 0.0:.1f}".replace("-", "−")


def _finding(result: Weeks, closed: float) -> str:
    if not len(result.visits):
        return "No visits: all three lines are one, and pain follows its natural course"
    gap = result.gap("sleep", result.end)
    if abs(gap) < LEVEL:
        return "Sham does as well as the needle: sleep is the same in both"
    if gap < 0:
        return f"Here sham does more for sleep than the needle, by {-gap:.1f} points"
    lead = f"Sleep: needles lead sham by {gap:.1f} points"
    if math.isnan(closed):
        return f"{lead}, too little to tell"
    if not _shown(closed, 7.0 * result.parameters.weeks_shown):
        return f"{lead}, and are not level by week {result.parameters.weeks_shown}"
    if closed <= result.end:
        return f"{lead} after a visit, and are level in between"
    return f"{lead}, and are level from week {_week(closed)}"


def _sentence(result: Weeks, closed: float) -> str:
    last = result.parameters.weeks_shown
    pain = [result.at("pain", arm, 7.0 * last) for arm in range(3)]
    tail = (
        f"In week {last} pain is {pain[REAL]:.1f} with real needles, {pain[SHAM_ARM]:.1f} with sham and "
        f"{pain[NOTHING]:.1f} with nothing."
    )
    if not len(result.visits):
        return f"Without visits sleep does not change. {tail}"
    real, sham = (result.at("sleep", arm, result.end) for arm in (REAL, SHAM_ARM))
    return (
        f"After the last visit sleep problems have changed by {_points(real)} points with real needles, by "
        f"{_points(sham)} with sham and not at all with nothing. {tail}"
    )


def _table(result: Weeks) -> dict:
    end = float(result.parameters.weeks_shown)
    weeks = np.array([*FIRST_WEEKS, *np.linspace(FIRST_WEEKS[-1], end, 5)[1:]])
    columns, values, digits = [], [], []
    for name, text, places in (
        ("sleep", "sleep, points", 1),
        ("baseline_shift", "set point, SD", 2),
        ("pain", "pain, 0 to 10", 1),
    ):
        for arm in (REAL, SHAM_ARM, NOTHING):
            columns.append(f"{text}, {ARM_NAMES[arm]}")
            values.append(np.interp(7 * weeks, result.days, result.read(name, arm)))
            digits.append(places)
    return {
        "first": "week",
        "rows": [f"{w:g}" for w in weeks],
        "columns": columns,
        "values": values,
        "digits": digits,
    }


__all__ = ["CLOSED", "whole_body_weeks"]
