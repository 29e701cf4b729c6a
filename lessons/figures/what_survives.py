"""What survives? Each blocker alone, all at once, and the learner's own mix: what is left of three effects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lessons.figures import style
from lessons.models.neuromodulation_blockers import ROWS, Survey

NAMES = {
    "naloxone": "opioids (naloxone)",
    "serotonin_block": "serotonin and noradrenaline",
    "gaba_block": "GABA-A in the cord",
    "anaesthetic": "nerve endings (local anaesthetic)",
    "belief": "belief",
    "everything": "all of these",
}
ANIMALS = ("serotonin_block", "gaba_block")  # tried in animals only
OWN = "your own mix"
COLUMNS = (
    ("real needles,<br>whole body", "@retention", "@retention-text"),
    ("sham,<br>whole body", "@context", "@context"),
    ("real needles,<br>at the needle", "@retention", "@retention-text"),
)
WIDTH = 165.0  # of a column; the bar of 100 % is 100 wide
PLACES = tuple(WIDTH * k for k in range(len(COLUMNS)))


def what_survives(found: Survey, view: Any = None) -> dict:
    """The bench. With a `view` whose `human_only` is 1 the rows that were tried in animals only fade."""
    human_only = bool(getattr(view, "human_only", 0))
    rows, own = found.left()
    left = np.vstack([rows, own])
    names = [*NAMES, OWN]
    heights = np.array([float(len(names) - 1 - i) for i in range(len(names))])
    heights[-1] -= 0.35
    data, annotations = [], []
    for k, (heading, colour, text) in enumerate(COLUMNS):
        x0 = PLACES[k]
        annotations.append(
            style.label(x0, 1.0, f"<b>{heading}</b>", text, xref="x", yref="paper", yanchor="bottom", align="left")
        )
        for in_animals in (False, True):
            picked = [i for i, name in enumerate(names) if (name in ANIMALS) == in_animals]
            bars = [_bar(x0, min(float(np.nan_to_num(left[i, k])), 100.0), heights[i]) for i in picked]
            frames = [_bar(x0, 100.0, heights[i]) for i in picked]
            fade = 0.3 if in_animals and human_only else 1.0
            data.append(_shape(frames, "@line/0.25", fade))
            data.append(_shape(bars, colour, fade))
        annotations += [
            style.label(
                x0 + 104,
                height,
                "–" if np.isnan(value) else f"{value:.0f} %",
                "@muted" if human_only and name in ANIMALS else "@ink",
                xref="x",
                yref="y",
            )
            for name, height, value in zip(names, heights, left[:, k], strict=True)
        ]
    for name, height in zip(names, heights, strict=True):
        words = f"<b>{OWN}</b>" if name == OWN else NAMES[name]
        if name in ANIMALS:
            words += " ○"
        annotations.append(style.label(0, height, words, "@ink", xref="paper", yref="y", xanchor="right", xshift=-10))
    annotations.append(
        style.label(
            0, 1.0, "<b>blocked</b>, and what is left:", "@ink", xref="paper", yref="paper", xanchor="right",
            yanchor="bottom", xshift=-10,
        )
    )  # fmt: skip
    annotations.append(
        style.label(
            0, -0.02, "○ tried in animals only", "@muted", xref="paper", yref="paper", xanchor="right", yanchor="top",
            xshift=-10,
        )
    )  # fmt: skip
    figure_layout = style.layout(
        430,
        (238, 8, 48, 30),
        xaxis=style.blank_axis(-2, WIDTH * len(COLUMNS), anchor="y"),
        yaxis=style.blank_axis(-0.9, len(names) - 0.4, anchor="x"),
    )
    figure_layout["annotations"] = annotations
    return {
        "title": _finding(found, left),
        "data": data,
        "layout": figure_layout,
        "twin": _sentence(found, left),
        "table": {
            "first": "blocked",
            "rows": ["nothing", *NAMES.values(), OWN],
            "columns": [
                "real needles, whole body, %",
                "sham, whole body, %",
                "at the needle, %",
                "left of real needles, %",
                "left of sham, %",
            ],
            "values": [
                *np.vstack([found.open_, found.rows, found.own]).T,
                *(np.concatenate(([100.0 if found.open_[k] > 0.05 else np.nan], left[:, k])) for k in (0, 1)),
            ],
            "digits": [1, 1, 1, 0, 0],
        },
        "narrow": {"margin": {"l": 176, "r": 4, "t": 48, "b": 30}},
    }


def _bar(x0: float, width: float, y: float) -> tuple[float, float, float, float]:
    return x0, x0 + width, y - 0.32, y + 0.32


def _shape(bars: Sequence[tuple[float, float, float, float]], colour: str, opacity: float) -> dict:
    """Rectangles as one filled line, so that they can move without being drawn anew."""
    x = [v for a, b, _, _ in bars for v in (a, b, b, a, a, None)]
    y = [v for _, _, c, d in bars for v in (c, c, d, d, c, None)]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.array(x, dtype=float),
        "y": np.array(y, dtype=float),
        "xaxis": "x",
        "yaxis": "y",
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0, "color": colour},
        "opacity": opacity,
        "hoverinfo": "skip",
    }


def _finding(found: Survey, left: np.ndarray) -> str:
    if np.isnan(left[-1, 0]):
        return "Nothing acts here, so there is nothing to block"
    values = dict(zip([*NAMES, OWN], left, strict=True))
    least = min(NAMES, key=lambda name: values[name][0] if name != "everything" else np.inf)
    if any(getattr(found.parameters, name) for name in ("naloxone", "serotonin_block", "gaba_block", "anaesthetic")):
        return f"Your mix leaves {values[OWN][0]:.0f} % of the real needles' effect"
    if values[least][0] > 0.5:
        return (
            f"Real needles: no single block takes all; {NAMES[least]} takes most, and {values[least][0]:.0f} % is left"
        )
    return f"Here one block is enough: without {NAMES[least]} nothing is left"


def _sentence(found: Survey, left: np.ndarray) -> str:
    said = []
    for k, words in ((0, "of the real needles' effect"), (1, "of sham's")):
        if not np.isnan(left[0, k]):
            said.append(f"{left[0, k]:.0f} % {words}")
    if not said:
        return "There is no effect that a blocker could take away."
    mine = "nothing" if np.isnan(left[-1, 0]) else f"{left[-1, 0]:.0f} %"
    all_of_them = float(np.nan_to_num(left[len(ROWS) - 1, 0]))
    return f"Naloxone leaves {' and '.join(said)}, all blocks together {all_of_them:.0f} %; {OWN} leaves {mine}."
