"""An untreated clinic: people who came on a bad day, their pain in the weeks before it and after it."""

from __future__ import annotations

import numpy as np

from lessons.figures import style
from lessons.models.bad_day import Clinic
from lessons.models.three_arms import BETTER

AXES = ("x", "y")
LONGEST = 12.0  # weeks to either side
SINGLE = 24  # people whose line is drawn
LEVEL = 0.1  # points that nobody would call better


def bad_day(clinic: Clinic) -> dict:
    """The figure of a clinic in which nothing is done."""
    mean, usual = clinic.pain.mean(axis=1), float(clinic.usual.mean())
    data = [
        style.curve(clinic.weeks, clinic.pain[:, k].copy(), "@line/0.35", AXES, width=1, hoverinfo="skip")
        for k in range(SINGLE)
    ]
    data += [
        style.curve(np.array([-LONGEST, LONGEST]), np.full(2, usual), "@muted", AXES, "dash", 1.5, hoverinfo="skip"),
        style.curve(
            clinic.weeks, mean, "@ink", AXES, width=4, meta="pin", name="mean",
            hovertemplate="week %{x:.0f}: %{y:.1f}<extra></extra>",
        ),
        style.marks(np.zeros(1), np.array([clinic.on_the_day]), "@context", AXES, 15, symbol="diamond"),
    ]  # fmt: skip
    layout = style.layout(
        400,
        (56, 118, 12, 46),
        xaxis=style.axis(
            "weeks before and after the day they came", -LONGEST, LONGEST, anchor="y",
            tickvals=[-12, -8, -4, 0, 4, 8, 12], ticktext=["−12", "−8", "−4", "that day", "4", "8", "12"],
        ),
        yaxis=style.axis("pain, 0 to 10", 0, 10, anchor="x", tickvals=[0, 2, 4, 6, 8, 10]),
    )  # fmt: skip
    layout["shapes"] = [style.cursor(0.0, "y")]
    later = float(mean[-1])
    ends = [(usual, f"their usual {usual:.1f}", "@muted"), (later, f"<b>later {later:.1f}</b>", "@ink")]
    better = f"{clinic.better:.0f} of 100<br>are better by<br>{BETTER:g} or more"
    layout["annotations"] = [
        *style.end_labels(ends, 0.62, 0.4, 9.6, "y"),
        style.label(
            0, min(clinic.on_the_day, 9.0), f"<b>they came with {clinic.on_the_day:.1f}</b>", "@context", xref="x",
            yref="y", xanchor="left", yanchor="bottom", xshift=9, yshift=4,
        ),
        style.label(1, 0.12, better, "@context", xref="paper", yref="paper", yanchor="bottom", xshift=6),
        style.label(
            0, 0.0, f"thick: mean of {len(clinic.usual)} people; thin: single ones", "@muted", xref="paper",
            yref="paper", yanchor="bottom", xshift=6, yshift=3,
        ),
    ]  # fmt: skip
    return {
        "title": _finding(clinic),
        "data": data,
        "layout": layout,
        "twin": _sentence(clinic),
        "table": _table(clinic, mean),
        "narrow": {"margin": {"l": 44, "r": 104, "t": 12, "b": 46}},
    }


def _finding(clinic: Clinic) -> str:
    fallen = clinic.on_the_day - clinic.later
    if fallen < LEVEL:
        return "Whoever takes people on any day sees nothing change"
    return f"Nobody was treated, and after {clinic.parameters.weeks} weeks pain is {fallen:.1f} points lower"


def _sentence(clinic: Clinic) -> str:
    p, before = clinic.parameters, float(clinic.pain[0].mean())
    return (
        f"People came on a day with a pain of {p.enrolled_from:g} or more, {clinic.on_the_day:.1f} on average. Nothing "
        f"was done. {p.weeks} weeks later it is {clinic.later:.1f}, and {p.weeks} weeks before it was {before:.1f}. "
        f"{clinic.better:.0f} of 100 are better by {BETTER:g} points or more."
    )


def _table(clinic: Clinic, mean: np.ndarray) -> dict:
    rows = [k for k, week in enumerate(clinic.weeks) if week % 2 == 0]
    spread = clinic.pain.std(axis=1)
    return {
        "first": "week",
        "rows": [f"{clinic.weeks[k]:.0f}".replace("-", "−") for k in rows],
        "columns": ["mean pain", "spread between people"],
        "values": [mean[rows], spread[rows]],
        "digits": [1, 1],
    }
