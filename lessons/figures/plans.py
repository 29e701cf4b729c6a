"""Plans side by side for one patient: what each may do for three goals, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lessons.figures import style
from lessons.figures.prognosis import LOOKS
from lessons.models.prognosis import DOSES, NOTICED, Course

# Goal -> heading, reading, day, low and high end of its axis, unit.
GOALS = (
    ("Less pain<br>in a week", "pain", 7.0, -4.0, 8.0, "points"),
    ("Better sleep<br>in four weeks", "sleep", 28.0, -6.0, 8.0, "points"),
    ("More range<br>in a week", "range_of_motion", 7.0, -12.0, 18.0, "°"),
)
DOMAINS = ((0.0, 0.25), (0.29, 0.54), (0.58, 0.83))
COSTS = (0.86, 0.93)  # share of the width where visits and soreness stand
EIGHT_OF_TEN = (10, 50, 90)


def plans(courses: Sequence[Course], view: Any = None) -> dict:
    """The figure of every kind of plan for the same people: middle and eight of ten, for each goal."""
    heights = np.arange(len(courses) - 1, -1, -1, dtype=float)
    data, annotations, axes = [], [], {}
    for k, (heading, reading, day, low, high, unit) in enumerate(GOALS):
        number = str(k + 1) if k else ""
        on = (f"x{number}", "y")
        axes[f"xaxis{number}"] = style.axis(unit, low, high, domain=list(DOMAINS[k]), anchor="y", nticks=4)
        annotations.append(
            style.label(DOMAINS[k][0], 1, f"<b>{heading}</b>", xref="paper", yref="paper", yanchor="bottom")
        )
        ends = np.array([low, low], dtype=float) * 0
        data.append(style.curve(ends, np.array([-0.6, len(courses) - 0.4]), "@line", on, "dot", 1, hoverinfo="skip"))
        noticed = np.full(2, NOTICED[reading])
        span = np.array([-0.6, len(courses) - 0.4])
        data.append(style.curve(noticed, span, "@muted", on, "dash", 1, hoverinfo="skip"))
        for course, height in zip(courses, heights, strict=True):
            colour = LOOKS[course.kind][0]
            ten, middle, ninety = np.percentile(course.better(reading, day), EIGHT_OF_TEN)
            clipped = np.clip([ten, ninety], low, high)
            data.append(style.curve(clipped, np.full(2, height), colour, on, "solid", 3, hoverinfo="skip"))
            data.append(style.marks([float(np.clip(middle, low, high))], [height], colour, on, 11))
            share = f"{10 * course.chance(reading, day):.0f} of 10"
            annotations.append(
                style.label(high, height, share, "@ink", xref=on[0], yref="y", xanchor="right", yanchor="bottom",
                            yshift=3)
            )  # fmt: skip
    for course, height in zip(courses, heights, strict=True):
        colour, _, name = LOOKS[course.kind]
        annotations.append(style.label(0, height, f"<b>{name}</b>", colour, xref="paper", yref="y", xanchor="right",
                                       xshift=-8))  # fmt: skip
        for x, text in zip(COSTS, (f"{course.visits}", f"{course.sore_after_a_visit:.1f}"), strict=True):
            annotations.append(style.label(x, height, text, "@ink", xref="paper", yref="y"))
    for x, text in zip(COSTS, ("visits", "sore<br>(0–10)"), strict=True):
        annotations.append(style.label(x, 1, f"<b>{text}</b>", xref="paper", yref="paper", yanchor="bottom"))
    annotations.append(
        style.label(0, 1, "dashed:<br>clearly<br>better", "@muted", xref="paper", yref="paper", xanchor="right",
                    yanchor="bottom", xshift=-8)
    )  # fmt: skip
    layout = style.layout(
        410, (92, 10, 58, 46), **axes, yaxis=style.blank_axis(-0.6, len(courses) - 0.4, anchor="x")
    )  # fmt: skip
    layout["annotations"] = annotations
    return {
        "title": _finding(courses),
        "data": data,
        "layout": layout,
        "twin": _sentence(courses),
        "table": _table(courses),
        "narrow": {"margin": {"l": 70, "r": 6, "t": 58, "b": 46}},
    }


def _finding(courses: Sequence[Course]) -> str:
    best = {reading: max(courses, key=lambda c: c.chance(reading, day)) for _, reading, day, *_ in GOALS[:2]}
    pain, sleep = (LOOKS[best[reading].kind][2] for reading in ("pain", "sleep"))
    return f"Clearly better most often: in pain with {pain}, in sleep with {sleep}"


def _sentence(courses: Sequence[Course]) -> str:
    dose = DOSES[courses[0].case.dose]
    parts = [
        f"{LOOKS[c.kind][2]} {10 * c.chance('pain', 7.0):.0f}, {10 * c.chance('sleep', 28.0):.0f} and "
        f"{10 * c.chance('range_of_motion', 7.0):.0f}"
        for c in courses
    ]
    return (
        "Of 10 like this patient so many are clearly better in pain (a week), sleep (four weeks) and range of motion "
        f"(a week), at the {dose} dose: {'; '.join(parts)}."
    )


def _table(courses: Sequence[Course]) -> dict:
    columns, values = [], []
    for heading, reading, day, _, _, unit in GOALS:
        words = heading.replace("<br>", " ")
        rows = np.array([np.percentile(c.better(reading, day), EIGHT_OF_TEN) for c in courses]).T
        columns += [f"{words}, 8 of 10 from ({unit})", "middle", "to"]
        values += list(rows)
    columns += ["visits", "sore after a visit"]
    values += [np.array([float(c.visits) for c in courses]), np.array([c.sore_after_a_visit for c in courses])]
    return {
        "first": "plan",
        "rows": [LOOKS[c.kind][2] for c in courses],
        "columns": columns,
        "values": values,
        "digits": [1] * 9 + [0, 1],
    }
