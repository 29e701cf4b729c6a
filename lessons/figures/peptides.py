"""Which frequency releases which peptide, with the two factors that were measured in people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from lessons.figures import style
from lessons.models.neuromodulation_frequencies import PEPTIDES, Frequencies

AXES = ("x", "y")
LOOKS = {
    "enkephalin": ("@retention", "solid", "@retention-text"),
    "beta_endorphin": ("@both", "dash", "@both"),
    "dynorphin": ("@release", "dot", "@release-text"),
}
WORDS = {"enkephalin": "enkephalin", "beta_endorphin": "beta-endorphin", "dynorphin": "dynorphin"}
HIGHEST = 12.0
NAMED = (1, 2, 5, 10, 20, 50, 100)


class Measured(NamedTuple):
    """A factor measured in people: at which frequency, of which peptide, how many times rest."""

    frequency: float
    peptide: str
    factor: float


def peptides(found: Frequencies, points: Sequence[Measured] = (), view: Any = None) -> dict:
    """Release at the end of the treatment over frequency, both axes logarithmic."""
    data = []
    for name, line in zip(PEPTIDES, found.current, strict=True):
        colour, dash, _ = LOOKS[name]
        data.append(style.curve(found.frequencies, line, colour, AXES, dash, 3, name=WORDS[name], meta="pin"))
    data.append(
        style.marks(
            [m.frequency for m in points],
            [m.factor for m in points],
            [LOOKS[m.peptide][0] for m in points],
            AXES,
            15,
            edge="@ink",
            symbol="diamond",
        )
    )
    f = found.parameters.frequency
    data.append(style.marks([f] * 3, found.own, [LOOKS[n][0] for n in PEPTIDES], AXES, 11))
    figure_layout = style.layout(
        400,
        (64, 122, 12, 48),
        xaxis=style.axis(
            "frequency of the current, Hz (log scale)", 0, 2.02, type="log", anchor="y", tickvals=list(NAMED),
            ticktext=[str(n) for n in NAMED],
        ),
        yaxis=style.axis(
            "release, times rest (log scale)", float(np.log10(0.8)), float(np.log10(HIGHEST)), type="log",
            tickvals=[1, 1.5, 2, 3, 5, 10], ticktext=["1", "1.5", "2", "3", "5", "10"], anchor="x",
        ),
    )  # fmt: skip
    ends = [
        (float(np.log10(min(line[-1], HIGHEST))), WORDS[n], LOOKS[n][2])
        for n, line in zip(PEPTIDES, found.current, strict=True)
    ]
    figure_layout["shapes"] = [style.cursor(f, "y")]
    figure_layout["annotations"] = [
        *style.end_labels(ends, 0.07, float(np.log10(0.85)), float(np.log10(HIGHEST)), "y"),
        style.label(
            0.01, 0.99, "◆ measured in people: skin electrodes, fluid of the cord", "@muted", xref="paper",
            yref="paper", yanchor="top",
        ),
        *(
            style.label(
                float(np.log10(m.frequency)), float(np.log10(m.factor)), f"<b>x {m.factor:.1f}</b>", "@ink", xref="x",
                yref="y", xshift=12 if m.frequency < 50 else -12, xanchor="left" if m.frequency < 50 else "right",
                yshift=9,
            )
            for m in points
        ),
    ]  # fmt: skip
    return {
        "title": _finding(found),
        "data": data,
        "layout": figure_layout,
        "twin": (
            f"At {f:.3g} Hz the model has {found.own[0]:.1f} times the enkephalin of rest and {found.own[2]:.1f} "
            f"times the dynorphin; turned by hand, {found.by_hand[0]:.1f} and {found.by_hand[2]:.1f} times."
        ),
        "table": {
            "first": "stimulation",
            "rows": ["by hand", "2 Hz", "15 Hz", "100 Hz", "2 and 100 Hz by turns", "2 and 100 Hz at once", "yours"],
            "columns": [f"{WORDS[n]}, times rest" for n in PEPTIDES],
            "values": [
                np.array(
                    [
                        found.by_hand[i],
                        *(np.interp(h, found.frequencies, found.current[i]) for h in (2.0, 15.0, 100.0)),
                        found.alternating[i],
                        found.together[i],
                        found.own[i],
                    ]
                )
                for i in range(3)
            ],
            "digits": [2, 2, 2],
        },
        "narrow": {"margin": {"l": 52, "r": 108, "t": 12, "b": 46}},
    }


def _finding(found: Frequencies) -> str:
    enkephalin, _, dynorphin = found.own
    if max(enkephalin, dynorphin) < 1.1:
        return "This current releases next to nothing"
    if enkephalin > 2 * dynorphin:
        return "Low frequency: enkephalin, and hardly any dynorphin"
    if dynorphin > enkephalin:
        return "High frequency: dynorphin, and hardly any enkephalin"
    return "In between: some of each"
