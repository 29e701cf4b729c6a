"""One visit and the two hours around it: heart, cortisol, pressure and tone, lying there, with sham, with needles."""

from __future__ import annotations

from typing import Any

import numpy as np

from lessons.figures import style
from lessons.models.neuromodulation import OBSERVABLES
from lessons.models.neuromodulation_course import NOTHING, REAL, SHAM_ARM
from lessons.models.neuromodulation_whole_body import Visit

# Drawn from the last to the first: what lies on top of each other still shows both lines.
LOOKS = (("@none", "solid", 1.5), ("@context", "dot", 3), ("@retention", "solid", 3.5))
TEXTS = ("@none", "@context", "@retention-text")
STEPS = ("@none", "@context", "@retention")
# Name of the observable, heading, unit, decimals, ends of the scale, ticks.
PANELS = (
    ("rmssd", "heart rate variability (RMSSD)", "ms", 1, (20, 60), (20, 40, 60)),
    ("heart_rate", "heart rate", "/min", 1, (60, 80), (60, 70, 80)),
    ("cortisol", "cortisol", "µg/dL", 2, (10, 14), (10, 12, 14)),
    ("blood_pressure", "blood pressure, change", "mmHg", 1, (-8, 4), (-8, -4, 0, 4)),
    ("muscle_tone", "muscle tone (H/M)", "size assumed", 3, (0.9, 1.02), (0.9, 0.95, 1.0)),
)
H_AND_M = "H/M: size of a reflex (H) as a share of<br>the muscle's largest response (M)"
LEFT, RIGHT = (0.0, 0.44), (0.56, 1.0)
BANDS = ((0.70, 0.91), (0.36, 0.57), (0.02, 0.23))  # share of the height: three rows
# Column and row of each panel. Mood has no time axis and stands on top, so that one row of minutes serves all others.
PLACES = ((LEFT, 0), (RIGHT, 1), (LEFT, 1), (RIGHT, 2), (LEFT, 2))
MOOD = (RIGHT, 0)
ONE_COLUMN = tuple((0.85 - 0.168 * i, 0.952 - 0.168 * i) for i in range(6))
EVERY = 2  # of the half-minute steps, one is drawn
WIDEST = 232.0  # min: behind the two hours is room for what is made of what
STAIRS = (128.0, 135.0, 142.0)
BESIDE = 147.0
ANXIETY = (-24.0, 13.0)  # points: bars to the left, names to the right
TABLE_MINUTES = (0, 1, 5, 10, 20, 29, 40, 60, 90, 120)


def whole_body_session(visit: Visit, view: Any = None) -> dict:
    """The figure of one visit in three arms.

    With a `view` whose `human_only` is 1, muscle tone fades: studies in people contradict each other.
    """
    human_only = bool(getattr(view, "human_only", 0))
    minutes = np.ascontiguousarray(visit.minutes[::EVERY])
    data, annotations = [], []
    axes = {}
    for i, (name, heading, unit, digits, scale, ticks) in enumerate(PANELS):
        x, y = f"x{i + 1}", f"y{i + 1}"
        column, row = PLACES[i]
        axes |= _axes(i, column, row, scale, ticks)
        faded = {"opacity": 0.3 if human_only and name == "muscle_tone" else 1.0}
        first = len(data)
        for arm in (REAL, NOTHING, SHAM_ARM):
            colour, dash, width = LOOKS[arm]
            line = np.ascontiguousarray(visit.read(name, arm)[::EVERY])
            data.append(style.curve(minutes, line, colour, (x, y), dash, width, meta="pin", name=_arm(visit, arm)))
        before, *levels = visit.steps(name)
        data += _stairs((before, *levels), (x, y))
        for trace in data[first:]:
            trace |= faded
        unit = "studies disagree" if faded["opacity"] < 1 else unit
        annotations.append(_heading(f"<b>{heading}</b>{f', {unit}' if unit else ''}", x, y))
        annotations += _parts(visit, (before, *levels), digits, scale, (x, y))
    annotations.append(_what_is_h_and_m(x, y))
    sixth = len(PANELS)
    axes |= _anxiety_axes(sixth)
    bars, names = _anxiety(visit, (f"x{sixth + 1}", f"y{sixth + 1}"))
    data, annotations = data + bars, annotations + names
    figure_layout = style.layout(620, (52, 12, 10, 44), **axes)
    figure_layout["annotations"] = annotations + _key(visit)
    figure_layout["shapes"] = [_needles_in(visit, i) for i in range(len(PANELS))]
    return {
        "title": _finding(visit),
        "data": data,
        "layout": figure_layout,
        "twin": _sentence(visit),
        "table": _table(visit),
        "narrow": _narrow(figure_layout),
    }


def _arm(visit: Visit, arm: int) -> str:
    alone = "lying alone" if visit.parameters.posture else "upright alone"
    return (alone, "sham", "real needles")[arm]


def _key(visit: Visit) -> list[dict]:
    """The three lines by name, above all panels."""
    texts = (f"━ {_arm(visit, REAL)}", f"··· {_arm(visit, SHAM_ARM)}", f"─ {_arm(visit, NOTHING)}")
    colours = (TEXTS[REAL], TEXTS[SHAM_ARM], TEXTS[NOTHING])
    at = {"xref": "paper", "yref": "paper", "yanchor": "top"}
    return [
        style.label(0, 1, text, colour, xshift=shift, **at)
        for text, colour, shift in zip(texts, colours, (0, 108, 172), strict=True)
    ]


def _axes(i: int, column: tuple[float, float], row: int, scale: tuple, ticks: tuple) -> dict:
    last = row == len(BANDS) - 1
    x = style.axis(
        "minutes" if last else "",
        0,
        WIDEST,
        domain=list(column),
        anchor=f"y{i + 1}",
        tickvals=[0, 30, 60, 90, 120],
        showticklabels=last,
    )
    low, high = scale
    y = style.axis("", low, high, domain=list(BANDS[row]), anchor=f"x{i + 1}", tickvals=list(ticks), showgrid=False)
    return {f"xaxis{i + 1}": x, f"yaxis{i + 1}": y}


def _heading(text: str, x: str, y: str) -> dict:
    return style.label(0, 1, text, "@ink", xref=f"{x} domain", yref=f"{y} domain", yanchor="bottom", yshift=2)


def _what_is_h_and_m(x: str, y: str) -> dict:
    """At the foot of the panel of muscle tone, where no line runs."""
    return style.label(0, 0, H_AND_M, "@muted", xref=f"{x} domain", yref=f"{y} domain", yanchor="bottom", xshift=4)


def _stairs(levels: tuple[float, ...], axes: tuple[str, str]) -> list[dict]:
    """From the start to the end of the visit in three steps: posture, what sham adds, what the needle adds."""
    steps = [
        style.curve(np.array([x, x]), np.array([below, above]), colour, axes, width=7, hoverinfo="skip")
        for x, below, above, colour in zip(STAIRS, levels[:-1], levels[1:], STEPS, strict=True)
    ]
    # A step of no size is still a point.
    points = style.marks(np.array(STAIRS), np.array(levels[1:]), list(STEPS), axes, 7, list(STEPS))
    return [*steps, points]


def _parts(visit: Visit, levels: tuple, digits: int, scale: tuple, axes: tuple[str, str]) -> list[dict]:
    names = ("lying" if visit.parameters.posture else "upright", "context", "needle")
    low, high = scale
    gap = 0.19 * (high - low)
    middles = [(a + b) / 2 for a, b in zip(levels[:-1], levels[1:], strict=True)]
    heights = style.spread(middles, gap, low + 0.1 * (high - low), high - 0.1 * (high - low))
    # One order everywhere, from the first step to the last, whichever way they lead.
    upwards = levels[-1] >= levels[0]
    heights = sorted(heights, reverse=not upwards)
    return [
        style.label(
            BESIDE, height, f"{name} {_signed(b - a, digits)}", colour, xref=axes[0], yref=axes[1], yanchor="middle"
        )
        for height, name, a, b, colour in zip(heights, names, levels[:-1], levels[1:], TEXTS, strict=True)
    ]


def _signed(value: float, digits: int) -> str:
    return f"{0:.{digits}f}" if abs(value) < 0.5 * 10.0**-digits else f"{value:+.{digits}f}".replace("-", "−")


def _needles_in(visit: Visit, i: int) -> dict:
    """The visit itself, shaded."""
    return {
        "type": "rect",
        "xref": f"x{i + 1}",
        "yref": f"y{i + 1} domain",
        "x0": 0,
        "x1": visit.parameters.retention,
        "y0": 0,
        "y1": 1,
        "fillcolor": "@muted/0.10",
        "line": {"width": 0},
        "layer": "below",
    }


def _anxiety_axes(i: int) -> dict:
    x = style.axis("points", *ANXIETY, domain=list(MOOD[0]), anchor=f"y{i + 1}", tickvals=[-20, -10, 0])
    y = style.blank_axis(-0.6, 2.6, domain=list(BANDS[MOOD[1]]), anchor=f"x{i + 1}")
    return {f"xaxis{i + 1}": x, f"yaxis{i + 1}": y}


def _anxiety(visit: Visit, axes: tuple[str, str]) -> tuple[list[dict], list[dict]]:
    """Bars: the model says of anxiety only what a visit leaves, not how it comes about."""
    values = visit.anxiety()
    bars = [
        style.curve(np.array([0.0, v]), np.array([2.0 - arm] * 2), STEPS[arm], axes, width=13, hoverinfo="skip")
        for arm, v in enumerate(values)
    ]
    bars.append(style.curve(np.zeros(2), np.array([-0.6, 2.6]), "@line", axes, width=1, hoverinfo="skip"))
    names = [
        style.label(
            0.6,
            2.0 - arm,
            f"{('alone', 'sham', 'needles')[arm]} {_signed(v, 1)}",
            TEXTS[arm],
            xref=axes[0],
            yref=axes[1],
            yanchor="middle",
        )
        for arm, v in enumerate(values)
    ]
    return bars, [_heading("<b>mood</b>: state anxiety afterwards", *axes), *names]


def _narrow(layout: dict) -> dict:
    """For a narrow page: six rows in one column."""
    changed = {"height": 1080, "margin": {"l": 50, "r": 10, "t": 10, "b": 44}}
    for i, row in enumerate(ONE_COLUMN):
        minutes = {} if i >= len(PANELS) - 1 else {"showticklabels": False, "title": {"text": ""}}
        changed[f"xaxis{i + 1}"] = {**layout[f"xaxis{i + 1}"], "domain": [0, 1], **minutes}
        changed[f"yaxis{i + 1}"] = {**layout[f"yaxis{i + 1}"], "domain": list(row)}
    return changed


def _finding(visit: Visit) -> str:
    p = visit.parameters
    before, alone, sham, real = visit.steps("rmssd")
    risen, needle = real - before, real - sham
    if p.retention == 0:
        return "No time, no visit: all lines stay where they are"
    if p.posture and alone - before > 0.5 * abs(risen) and abs(needle) < 0.25 * abs(alone - before):
        return "Heart and cortisol: lying down does most, and needles and sham run together"
    if needle < -1.0:
        return "The strong needle takes from the heart's calm what the context gives"
    if not p.posture and abs(needle) < 1.0:
        return "Upright, only the context is left, and it is the same in sham"
    if needle > 1.0:
        return f"The needle adds {needle:.1f} ms of heart rate variability to sham"
    return "Needles and sham run together"


def _sentence(visit: Visit) -> str:
    before, alone, sham, real = visit.steps("rmssd")
    tone = visit.steps("muscle_tone")
    anxiety = visit.anxiety()
    how = "lying down alone" if visit.parameters.posture else "staying upright alone"
    return (
        f"At the end of the visit RMSSD is {real:.1f} ms with real needles, {sham:.1f} with sham and {alone:.1f} with "
        f"{how}, from {before:.1f} before. Muscle tone is {tone[3]:.3f} of its start with needles and "
        f"{tone[2]:.3f} with sham; state anxiety has changed by "
        f"{_signed(anxiety[REAL], 1)} points with needles and {_signed(anxiety[SHAM_ARM], 1)} with sham."
    )


def _table(visit: Visit) -> dict:
    times = np.array(TABLE_MINUTES, dtype=float)
    columns, values, digits = [], [], []
    for name, _, _, places, _, _ in PANELS:
        observable = OBSERVABLES[name]
        for arm in (REAL, SHAM_ARM, NOTHING):
            columns.append(f"{observable.label}{f', {observable.unit}' if observable.unit else ''}, {_arm(visit, arm)}")
            values.append(np.interp(times, visit.minutes, visit.read(name, arm)))
            digits.append(places)
    return {
        "first": "minute",
        "rows": [f"{m}" for m in TABLE_MINUTES],
        "columns": columns,
        "values": values,
        "digits": digits,
    }
