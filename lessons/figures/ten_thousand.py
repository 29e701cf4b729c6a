"""What happens in 10,000 treatments, one square each: the common and small, and the rare and serious."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lessons.figures import style
from lessons.simulation import Parameters, parameter

TREATMENTS, SIDE = 10_000, 100
AXES = ("x", "y")
HUES = {"bleeding": "@muscle", "bruise": "@vein", "pain": "@context-fill"}  # by a kind's first word
OTHERS, NOTHING, SERIOUS = "@none-fill", "@grid", "@blood"
ASKED = ("Needling, 39 physiotherapists", "Needling, 420 physiotherapists", "Acupuncture, 21 studies")
TENTH = 10.0  # rows, 1 % each


class Harm(NamedTuple):
    """How often treatments did harm, as one survey has it.

    `minor`: treatments with a minor event, in %. `kinds`: (name, %) of some of them. `serious`: events `among` so many
    treatments; `at_most`: where there was none, the largest share in % that this allows. `source`: whom to look up.
    """

    minor: float
    kinds: tuple[tuple[str, float], ...]
    serious: float
    among: int
    at_most: float | None
    reported: str
    source: str

    @property
    def serious_here(self) -> float:
        """Serious events in 10,000 treatments."""
        return TREATMENTS * self.serious / self.among


@dataclass(frozen=True, kw_only=True)
class Asked(Parameters):
    """Who was asked."""

    survey: int = parameter(1, 0, 2, "", "who was asked", "set by the learner", "assumed", choices=ASKED)


class Band(NamedTuple):
    """Squares of one colour, that many in a row."""

    name: str
    squares: int
    colour: str


def ten_thousand(harm: Harm) -> dict:
    """The figure of one survey: 100 rows of 100 squares, so that a row is one per cent."""
    bands = _bands(harm)
    order = np.repeat(np.arange(float(len(bands))), [band.squares for band in bands])
    scale = [[k / len(bands) + edge, band.colour] for k, band in enumerate(bands) for edge in (0, 1 / len(bands))]
    seen = min(round(harm.serious_here), SIDE)
    unseen = 0 if harm.at_most is None else min(round(harm.at_most * SIDE), SIDE)
    data = [
        {
            "type": "heatmap",
            "z": order.reshape(SIDE, SIDE),
            "colorscale": scale,
            "zmin": -0.5,
            "zmax": len(bands) - 0.5,
            "xgap": 1,
            "ygap": 1,
            "showscale": False,
            "hoverinfo": "skip",
        },
        _squares(seen, SERIOUS),
        _squares(unseen, "@paper"),
    ]
    layout = style.layout(
        500,
        (44, 190, 26, 8),
        xaxis=style.blank_axis(-0.5, SIDE - 0.5, anchor="y"),
        yaxis=style.blank_axis(SIDE - 0.5, -0.5, anchor="x"),
    )
    layout["shapes"] = [
        {"type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": TENTH - 0.5, "y1": TENTH - 0.5,
         "line": {"color": "@ink", "width": 2, "dash": "dash"}}
    ]  # fmt: skip
    layout["annotations"] = [
        style.label(0, 1, "10,000 treatments, a square each; a row is 1 %", "@muted", xref="paper", yref="paper",
                    yanchor="bottom", yshift=4),
        style.label(0, TENTH - 0.5, "10 %", xref="paper", yref="y", xanchor="right", xshift=-6),
        *_beside(harm, bands),
    ]  # fmt: skip
    return {
        "title": f"{harm.minor:.0f} of 100 treatments brought a minor event, {_how_serious(harm)} a serious one",
        "data": data,
        "layout": layout,
        "twin": _sentence(harm),
        "table": _table(harm, bands),
        "narrow": {"margin": {"l": 40, "r": 148, "t": 26, "b": 8}},
    }


def _bands(harm: Harm) -> list[Band]:
    serious = round(harm.serious_here)
    kinds = [Band(name, round(SIDE * share), HUES.get(name.split()[0], "@both")) for name, share in harm.kinds]
    named = sum(band.squares for band in kinds)
    others = Band("other minor" if kinds else "minor", round(SIDE * harm.minor) - named, OTHERS)
    rest = TREATMENTS - serious - named - others.squares
    return [Band("serious", serious, SERIOUS), *kinds, others, Band("nothing reported", rest, NOTHING)]


def _squares(count: int, colour: str) -> dict:
    """The first squares, in a colour that nobody overlooks and, where none was seen, hollow."""
    look = {"color": colour, "size": 6, "symbol": "square", "line": {"color": SERIOUS, "width": 1.5}}
    return style.marks(np.arange(float(count)), np.zeros(count), colour, AXES, marker=look)


def _beside(harm: Harm, bands: Sequence[Band]) -> list[dict]:
    """The names of the bands in the margin, each beside the middle of its rows."""
    ends = np.cumsum([band.squares for band in bands]) / SIDE
    middles = ends - np.array([band.squares for band in bands]) / SIDE / 2
    texts = [f"<b>{_seriously(harm)}</b>", *(f"{band.name}: {band.squares:,}" for band in bands[1:])]
    lines = [
        (float(middle), text, "@ink") for middle, text, band in zip(middles, texts, bands, strict=True)
        if band.squares or band.name == "serious"
    ]  # fmt: skip
    return style.end_labels(lines, 4.5, 0, SIDE - 2, "y")


def _seriously(harm: Harm) -> str:
    if harm.at_most is not None:
        return f"serious: none seen, up to {harm.at_most * SIDE:.0f}"
    return f"serious: {_how_serious(harm)}" if harm.serious_here < 1 else f"serious: about {harm.serious_here:.0f}"


def _how_serious(harm: Harm) -> str:
    if not harm.serious:
        return f"none of {harm.among:,}"
    if harm.serious_here < 1:
        return f"about {1_000_000 * harm.serious / harm.among:.0f} in a million"
    return f"about {harm.serious_here:.0f} of 10,000"


def _sentence(harm: Harm) -> str:
    kinds = ", ".join(f"{name} {SIDE * share:,.0f}" for name, share in harm.kinds)
    told = f" ({kinds})" if kinds else ""
    seldom = "" if harm.at_most is None else f"; up to {harm.at_most * SIDE:.0f} of 10,000 would still fit"
    return (
        f"Of 10,000 treatments {SIDE * harm.minor:,.0f} brought a minor event{told}, and {_how_serious(harm)} a "
        f"serious one, as a collapsed lung would be{seldom}. {harm.reported} {harm.source}."
    )


def _table(harm: Harm, bands: Sequence[Band]) -> dict:
    shares = [100 * harm.serious / harm.among, *(share for _, share in harm.kinds)]
    shares.append(harm.minor - sum(shares[1:]))
    shares.append(100 - sum(shares))
    return {
        "first": "event",
        "rows": [band.name for band in bands],
        "columns": ["of 10,000 treatments", "%"],
        "values": [TREATMENTS / 100 * np.array(shares), np.array(shares)],
        "digits": [1, 2],
    }
