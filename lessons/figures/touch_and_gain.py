"""What touch does to pain: in a calm cord, with its gain raised, and with cells taken away."""

from __future__ import annotations

import numpy as np

from lessons.figures import style
from lessons.models.dorsal_horn_series import CORDS, TouchCurves

AXES = ("x", "y")
# Name of a cord -> colour of the line, dash, colour of its letters.
LOOKS = {
    "a calm cord": ("@retention", "solid", "@retention-text"),
    "gain raised to 3": ("@release", "dash", "@release-text"),
    "inhibition lost": ("@both", "dashdot", "@both"),
    "inhibition and relay lost": ("@none", "dot", "@none"),
}
SHORT = {
    "a calm cord": "calm",
    "gain raised to 3": "gain x 3",
    "inhibition lost": "no inhibition",
    "inhibition and relay lost": "no inhibition,<br>no relay",
}
TABLE_TOUCH = (0, 10, 20, 40, 60, 80)


def touch_and_gain(found: TouchCurves) -> dict:
    """Pain over touch in the learner's own cord and in four others."""
    p = found.parameters
    data, ends = [], []
    for name, line in zip(CORDS, found.pain[1:], strict=True):
        colour, dash, letters = LOOKS[name]
        data.append(style.curve(found.touch, line, colour, AXES, dash, 3, name=name))
        ends.append((float(line[-1]), SHORT[name], letters))
    data.append(style.curve(found.touch, found.pain[0], "@ink", AXES, "solid", 1.8, name="yours", meta="pin"))
    data.append(style.marks([p.touch], [found.now], "@ink", AXES, 12))
    layout = style.layout(
        400,
        (58, 116, 14, 50),
        xaxis=style.axis("touch, Hz", 0, 80, dtick=20, anchor="y"),
        yaxis=style.axis("pain, 0 to 10", -0.2, 10, tickvals=[0, 2, 4, 6, 8, 10], anchor="x"),
    )
    layout["annotations"] = [
        *style.end_labels(ends, 0.8, 0.1, 9.6, "y"),
        style.label(
            0.01, 0.99, f"─● yours: projection cells {found.rate:.1f} Hz, pain {found.now:.1f}", "@ink", xref="paper",
            yref="paper", yanchor="top",
        ),
    ]  # fmt: skip
    layout["shapes"] = [style.cursor(p.touch, "y")]
    return {
        "title": _finding(found),
        "data": data,
        "layout": layout,
        "twin": _sentence(found),
        "table": {
            "first": "touch, Hz",
            "rows": [str(b) for b in TABLE_TOUCH],
            "columns": ["yours", *CORDS],
            "values": [np.interp(TABLE_TOUCH, found.touch, line) for line in found.pain],
            "digits": [1] * 5,
        },
        "narrow": {"margin": {"l": 50, "r": 100, "t": 14, "b": 48}},
    }


def _finding(found: TouchCurves) -> str:
    start, end = found.pain[0][0], found.pain[0][-1]
    if max(start, end) < 0.05:
        return "Whatever the touch, nothing hurts here"
    if abs(end - start) < 0.1:
        return "Touch makes no difference to this cord"
    return "Much touch hurts less than none" if end < start else "Much touch hurts more than none"


def _sentence(found: TouchCurves) -> str:
    p = found.parameters
    own = found.pain[0]
    others = (np.interp(40, found.touch, line) for line in found.pain[1:3])
    calm, raised = (f"{pain:.1f}" for pain in others)
    return (
        f"With {p.c_fibre_input:g} Hz from C fibres, touch of 0, 40 and 80 Hz gives pain of {own[0]:.1f}, "
        f"{np.interp(40, found.touch, own):.1f} and {own[-1]:.1f} in this cord; at 40 Hz a calm one gives {calm}, and "
        f"one with a gain of 3 gives {raised}."
    )
