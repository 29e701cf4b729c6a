"""What may become of a patient under a plan: a fan of two hundred like this one, beside what happens anyway."""

from __future__ import annotations

from typing import Any

import numpy as np

from lessons.figures import style
from lessons.models.prognosis import DOSES, WEEKS, Course

AXES = ("x", "y")
LOOKS = {
    "neither": ("@muted", "solid", "no needle"),
    "retain": ("@retention", "longdash", "retain"),
    "release": ("@release", "solid", "release"),
    "both": ("@both", "dashdot", "both"),
    "thumb": ("@release", "dot", "thumb"),
}
ASKED = (7.0, 28.0, 84.0)  # days for the table and the sentence


def prognosis(pair: tuple[Course, Course], view: Any = None) -> dict:
    """The figure of a plan (first) and of no treatment (second), for the same people."""
    course, nothing = pair
    colour, dash, name = LOOKS[course.kind]
    low, quarter, middle, three_quarters, high = course.percentiles()
    anyway = nothing.percentiles()[2]
    data = [
        _band(course.days, low, high, f"{colour}/0.16"),
        _band(course.days, quarter, three_quarters, f"{colour}/0.3"),
        style.curve(course.days, anyway, "@muted", AXES, "dash", 2, name="no treatment"),
        style.curve(course.days, middle, colour, AXES, dash, 4, name=name),
    ]
    layout = style.layout(
        340,
        (56, 130, 24, 46),
        xaxis=style.axis("weeks from the first visit", -2, 7 * WEEKS, tickvals=[0, 14, 28, 42, 56, 70, 84],
                         ticktext=["0", "2", "4", "6", "8", "10", "12"]),
        yaxis=style.axis("pain, 0 to 10", 0, 10, dtick=2),
    )  # fmt: skip
    ends = [(float(middle[-1]), f"<b>{name}</b>, middle", colour), (float(anyway[-1]), "no treatment", "@muted")]
    if course.kind == "neither":
        ends = ends[:1]
    layout["annotations"] = [
        *style.end_labels(ends, 0.9, 0.4, 9.6, "y"),
        style.label(0, 1, "dark: half of those like this patient; light: eight of ten", "@muted", xref="paper",
                    yref="paper", yanchor="bottom"),
    ]  # fmt: skip
    return {
        "title": _finding(course, nothing),
        "data": data,
        "layout": layout,
        "twin": _sentence(course, nothing),
        "table": {
            "first": "weeks",
            "rows": [f"{day / 7:.0f}" for day in ASKED],
            "columns": ["middle", "8 of 10, from", "8 of 10, to", "no treatment, middle"],
            "values": [np.array([_at(course.days, row, day) for day in ASKED]) for row in (middle, low, high, anyway)],
            "digits": [1, 1, 1, 1],
        },
        "narrow": {"margin": {"l": 48, "r": 104, "t": 24, "b": 46}},
    }


def _band(days: np.ndarray, low: np.ndarray, high: np.ndarray, colour: str) -> dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.concatenate((days, days[::-1])),
        "y": np.concatenate((low, high[::-1])),
        "xaxis": "x",
        "yaxis": "y",
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0, "color": colour},
        "hoverinfo": "skip",
    }


def _at(days: np.ndarray, row: np.ndarray, day: float) -> float:
    return float(row[int(np.abs(days - day).argmin())])


def _finding(course: Course, nothing: Course) -> str:
    share = course.chance("pain", 28.0)
    anyway = nothing.chance("pain", 28.0)
    if course.kind == "neither":
        return f"Without a needle {_of_ten(anyway)} of 10 like this patient are clearly better after four weeks"
    better = f"After four weeks {_of_ten(share)} of 10 like this patient are clearly better"
    return f"{better}; {_of_ten(anyway)} would be anyway"


def _of_ten(share: float) -> str:
    return f"{10 * share:.0f}"


def _sentence(course: Course, nothing: Course) -> str:
    rows, plain = course.percentiles(), nothing.percentiles()[2]
    now = [_at(course.days, row, 28.0) for row in (rows[2], rows[0], rows[4])]
    name = LOOKS[course.kind][2]
    dose = "" if course.kind == "neither" else f" ({DOSES[course.case.dose]} dose, {course.visits} visits)"
    return (
        f"After four weeks of {name}{dose} the middle of the patients has a pain of {now[0]:.1f}, eight of ten lie "
        f"between {now[1]:.1f} and {now[2]:.1f}; without treatment the middle is {_at(nothing.days, plain, 28.0):.1f}."
    )
