"""Which way gives more back as the cord grows more sensitised: a release, retained needles, both, one's own mix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lessons.figures import style
from lessons.models.best_mix import Mixes
from lessons.simulation import Parameters, parameter

HOUR = 3600.0
LOWEST, HIGHEST = -30.0, 105.0  # %, axis of what is given back
KINDS = (
    ("release", "a release alone", "@release", "@release-text"),
    ("retention", "needles alone", "@retention", "@retention-text"),
    ("both", "both together", "@both", "@both"),
)
ROWS = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0)  # sensitisations in the table


@dataclass(frozen=True, kw_only=True)
class AfterVisit(Parameters):
    """When the patient is asked, in hours after the end of the visit."""

    hours_after: float = parameter(
        0.5, 0.17, 48, "h", "asked after the visit", "set by the learner", "assumed", scale="log", group="The picture"
    )


def best_mix(found: Mixes, view: AfterVisit) -> dict:
    """The figure at the hour that `view` shows."""
    seconds = HOUR * view.hours_after
    patient = found.parameters.sensitisation
    curves = {kind: found.at(getattr(found, kind), seconds) for kind, *_ in KINDS}
    here = {kind: float(np.interp(patient, found.sensitisations, curve)) for kind, curve in curves.items()}
    yours, sham = (float(found.at(values, seconds)) for values in (found.yours, found.sham))
    data = [
        style.curve(found.sensitisations, np.maximum(curves[kind], LOWEST), colour, ("x", "y"), style.DASHES[kind],
                    hovertemplate="%{y:.0f} %<extra></extra>", name=words, meta="pin")
        for kind, words, colour, _ in KINDS
    ]  # fmt: skip
    shown = [max(value, LOWEST) for value in (yours, sham)]
    data.append(
        style.marks([patient, patient], shown, ["@ink", "@paper"], ("x", "y"), 12, ["@paper", "@ink"],
                    symbol=["diamond", style.MARKERS["context"]])
    )  # fmt: skip
    layout = style.layout(
        430,
        (62, 128, 16, 48),
        xaxis=style.axis(
            "sensitisation: gain of the cord (1 = calm)", 0.9, 5.02, tickvals=[1, 2, 3, 4, 5],
            ticktext=["1 ×", "2 ×", "3 ×", "4 ×", "5 ×"],
        ),
        yaxis=style.axis("lost threshold given back, %", LOWEST, HIGHEST, tickvals=[-25, 0, 25, 50, 75, 100]),
    )  # fmt: skip
    layout["shapes"] = [
        style.cursor(patient, "y"),
        {"type": "line", "xref": "x domain", "yref": "y", "x0": 0, "x1": 1, "y0": 0, "y1": 0,
         "line": {"color": "@line", "width": 1}},
    ]  # fmt: skip
    ends = [(float(curves[kind][-1]), words, ink) for kind, words, _, ink in KINDS]
    layout["annotations"] = [
        *style.end_labels(ends, 9, LOWEST + 4, HIGHEST - 4, "y"),
        *_beside(patient, shown),
        style.label(5.0, LOWEST, "more tender than before", "@muted", xanchor="right", yanchor="bottom", xshift=-6),
    ]
    passes, minutes = found.best_at(seconds)
    return {
        "title": _finding(here, view.hours_after, passes, minutes),
        "data": data,
        "layout": layout,
        "twin": _sentence(found, view.hours_after, here, yours, sham, passes, minutes),
        "table": _table(found, curves, seconds),
    }


def _beside(patient: float, heights: list[float]) -> list[dict]:
    """The names of the two marks, on the side where there is room, never over one another."""
    left = patient > 3.5
    places = style.spread(heights, 9, LOWEST + 4, HIGHEST - 4)
    return [
        style.label(
            patient,
            place,
            text,
            "@ink",
            xanchor="right" if left else "left",
            xshift=-11 if left else 11,
            bgcolor="@paper/0.8",
            borderpad=1,
        )
        for place, text in zip(places, ("your mix", "its sham"), strict=True)
    ]


def _finding(here: dict[str, float], hours: float, passes: int, minutes: int) -> str:
    first = "a release" if here["release"] > here["retention"] else "needles that stay"
    lead = abs(here["release"] - here["retention"])
    ahead = f"{first} alone gives more back" if first == "a release" else f"{first} alone give more back"
    if lead < 1:
        ahead = "neither way alone is ahead"
    return f"{style.words(HOUR * hours)} after the visit {ahead}; the best mix is {_mix(passes, minutes)}"


def _mix(passes: float, minutes: float) -> str:
    told = []
    if passes:
        told.append(f"{passes:.0f} {'pass' if passes == 1 else 'passes'}")
    if minutes:
        told.append(f"{minutes:.0f} min of needles")
    return " and ".join(told) or "no needle at all"


def _whole(value: float) -> str:
    return f"{round(value) + 0:.0f}".replace("-", "−")


def _sentence(found: Mixes, hours: float, here: dict[str, float], yours: float, sham: float, passes, minutes) -> str:
    p = found.parameters
    return (
        f"At a sensitisation of {p.sensitisation:.1f}, {style.words(HOUR * hours)} after the visit, a release alone "
        f"gives back {_whole(here['release'])} % of what thresholds have lost, needles alone "
        f"{_whole(here['retention'])} %, "
        f"both {_whole(here['both'])} % (best: {_mix(passes, minutes)}). Your mix of "
        f"{_mix(p.passes, p.minutes)} gives back {_whole(yours)} %, its sham {_whole(sham)} %."
    )


def _table(found: Mixes, curves: dict[str, np.ndarray], seconds: float) -> dict:
    near = [int(np.abs(found.sensitisations - row).argmin()) for row in ROWS]
    when = int(np.abs(np.log(found.time / seconds)).argmin())
    best = found.best[near, when].T.astype(float)
    return {
        "first": "sensitisation",
        "rows": [f"{row:g} ×" for row in ROWS],
        "columns": [*(f"{words}, %" for _, words, *_ in KINDS), "best mix: passes", "minutes"],
        "values": [*(curves[kind][near] for kind, *_ in KINDS), *best],
        "digits": [0, 0, 0, 0, 0],
    }
