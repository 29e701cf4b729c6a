"""A class's answers as a histogram: over the model's curve, or beside what the model or the findings say."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

import numpy as np

from lessons.figures import style

BINS = 10
WIDEST = 0.8  # of the way from one asked time to the next, on the axis
LINES = 44  # characters of an option in one line


@dataclass(frozen=True)
class Answers:
    """What a class answered to a question that one commits to.

    `who`: "30 made-up learners". `right`: of those who answered, how many the course agrees with; `rule` says when it
    does, `share` what that is worth as a share ("" for too few). `forecast`: out of ten. `revealed`: whether the class
    and the answer are shown. A choice has `options`, `key` (its place) and `counts`; a curve `times` (s), `names`,
    `model` (n,), `line` (t, values) of the whole run, `given` (learners, n), and `low`, `high`, `label` of the axis.
    """

    who: str
    question: str
    page: str
    right: int
    answered: int
    unsure: int
    rule: str
    forecast: int
    revealed: bool
    share: str = ""
    options: tuple[str, ...] = ()
    key: int = -1
    counts: tuple[int, ...] = ()
    times: tuple[float, ...] = ()
    names: tuple[str, ...] = ()
    model: tuple[float, ...] = ()
    line: tuple[np.ndarray, np.ndarray] | None = None
    given: np.ndarray | None = None
    low: float = 0.0
    high: float = 10.0
    label: str = ""
    by: str = "the model"


def class_answers(found: Answers) -> dict:
    """The picture; all axes stand still while a class is shown or hidden."""
    return _choice(found) if found.options else _curve(found)


def _title(found: Answers) -> str:
    return f"Page {found.page}: {found.question}"


def _twin(found: Answers) -> str:
    expected = f"Your forecast: {found.forecast} of 10 {found.rule}."
    if not found.revealed:
        return f"{found.who}. {expected} Their answers are hidden."
    if not found.answered:
        return f"{found.who}. Nobody has answered this question. {expected}"
    of_ten = 10 * found.right / found.answered
    gap = of_ten - found.forecast
    met = "as you expected" if abs(gap) < 1 else f"{'more' if gap > 0 else 'fewer'} than you expected"
    unsure = f" {found.unsure} {'was' if found.unsure == 1 else 'were'} not sure." if found.unsure else ""
    share = f" That is {found.share}." if found.share else ""
    return f"{found.who}. {expected} {found.right} of {found.answered} {found.rule}, {met}.{share}{unsure}"


def _choice(found: Answers) -> dict:
    names = ["<br>".join(textwrap.wrap(option, LINES)) for option in (*found.options, "Not sure")]
    places = np.arange(len(names))[::-1].astype(float)
    most = max(1, found.answered + found.unsure)
    counts = np.array([*found.counts, found.unsure], float) if found.revealed else np.zeros(len(names))
    expected = found.forecast / 10 * found.answered
    agreed = [place == found.key for place in range(len(names))]
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "x": counts,
            "y": places,
            "xaxis": "x",
            "yaxis": "y",
            "width": 0.62,
            "marker": {
                "color": ["@retention" if right and found.revealed else "@none-fill" for right in agreed],
                "line": {"color": "@ink", "width": 1},
            },
            "hoverinfo": "skip",
        }
    ]
    annotations = [
        style.label(counts[i], places[i], _told(found, i, counts[i]), xref="x", yref="y", xshift=8)
        for i in range(len(names))
        if found.revealed
    ]
    shapes = []
    if found.revealed:
        at = places[found.key]
        shapes.append(
            {
                "type": "line",
                "xref": "x",
                "yref": "y",
                "x0": expected,
                "x1": expected,
                "y0": at - 0.42,
                "y1": at + 0.42,
                "line": {"color": "@release", "width": 4, "dash": "dot"},
            }
        )
        annotations.append(
            style.label(
                expected,
                at + 0.5,
                "your forecast",
                "@release-text",
                xref="x",
                yref="y",
                xanchor="center",
                yanchor="middle",
            )
        )
    layout = style.layout(
        90 + 74 * len(names),
        (300, 30, 24, 50),
        xaxis=style.axis("learners", 0, most * 1.25, tickformat="d"),
        yaxis=style.axis("", -0.6, len(names) - 0.3, tickvals=list(places), ticktext=names, showgrid=False),
    )
    layout |= {"annotations": annotations, "shapes": shapes}
    layout["yaxis"]["tickfont"] = {"size": style.SMALL, "color": "@ink"}
    table = {
        "first": "answer",
        "rows": [*found.options, "Not sure"],
        "columns": ["learners"],
        "values": [counts if found.revealed else np.full(len(names), np.nan)],
        "digits": [0],
    }
    return {"title": _title(found), "data": data, "layout": layout, "twin": _twin(found), "table": table}


def _told(found: Answers, place: int, count: float) -> str:
    agrees = f"   ◆ what {found.by} says" if place == found.key else ""
    return f"{count:.0f}{agrees}"


def _curve(found: Answers) -> dict:
    given = found.given if found.given is not None and found.revealed else np.empty((0, len(found.times)))
    edges = np.linspace(found.low, found.high, BINS + 1)
    data = []
    annotations = []
    most = (
        max((np.histogram(given[:, i], edges)[0].max() for i in range(len(found.times))), default=0)
        if len(given)
        else 0
    )
    width = float(np.min(np.diff(np.log10(found.times)))) * WIDEST
    for i, second in enumerate(found.times):
        if most:
            counts = np.histogram(given[:, i], edges)[0]
            data.append(_bars(second, counts, edges, width / most))
    shown = found.line if found.revealed and found.line is not None else (np.empty(0), np.empty(0))
    data.append(style.curve(*shown, "@release", ("x", "y"), name="model"))
    if found.revealed:
        data.append(style.marks(list(found.times), list(found.model), "@release", ("x", "y"), 11))
    if most:
        data.append(
            style.marks(list(found.times), list(np.median(given, axis=0)), "@ink", ("x", "y"), 11, symbol="triangle-up")
        )
        over = {"xref": "paper", "yref": "paper", "yanchor": "bottom"}
        annotations = [
            style.label(0, 1.02, "● the model", "@release-text", **over),
            style.label(0.16, 1.02, "▲ the middle of the class", "@ink", **over),
            style.label(0.45, 1.02, f"bars: learners, the longest {most}", "@muted", **over),
        ]
    layout = style.layout(
        430,
        (62, 30, 40, 50),
        xaxis=style.axis(
            "time since the treatment",
            float(np.log10(found.times[0])) - 0.2,
            float(np.log10(found.times[-1])) + width + 0.1,
            type="log",
            tickvals=list(found.times),
            ticktext=list(found.names),
        ),
        yaxis=style.axis(found.label, found.low, found.high),
    )
    layout["annotations"] = annotations
    columns = ["the model", "the middle of the class", "lowest", "highest"]
    hidden = np.full(len(found.times), np.nan)
    spread = [np.median(given, 0), given.min(0), given.max(0)] if len(given) else [hidden] * 3
    table = {
        "first": "time",
        "rows": list(found.names),
        "columns": columns,
        "values": [np.array(found.model) if found.revealed else hidden, *spread],
        "digits": [1] * 4,
    }
    return {"title": _title(found), "data": data, "layout": layout, "twin": _twin(found), "table": table}


def _bars(second: float, counts: np.ndarray, edges: np.ndarray, each: float) -> dict:
    """One histogram as an outline that stands on a time: its bars grow to the right with the number of learners."""
    x, y = [second], [edges[0]]
    for count, low, high in zip(counts, edges[:-1], edges[1:], strict=True):
        x += [second * 10 ** (count * each)] * 2
        y += [low, high]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.array([*x, second, second]),
        "y": np.array([*y, edges[-1], edges[0]]),
        "xaxis": "x",
        "yaxis": "y",
        "fill": "toself",
        "fillcolor": "@none-fill/0.45",
        "line": {"color": "@none", "width": 1.5},
        "hoverinfo": "skip",
    }
