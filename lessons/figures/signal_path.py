"""The way of a signal: fibres, dorsal horn, brainstem, pain, each as full as it fires fast, with traces beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lessons.figures import style
from lessons.figures.human_only import HumanOnly, faded
from lessons.models.dorsal_horn import ENDS, OBSERVABLES, TOUCH_ENDS, TOUCH_STARTS
from lessons.simulation import Trajectory, parameter


@dataclass(frozen=True, kw_only=True)
class Moment(HumanOnly):
    """The second at which the picture is looked at."""

    second: float = parameter(
        5.0, 0, ENDS, "s", "time shown", "set by the learner", "assumed", step=0.1, group="The picture"
    )


# Name -> place in the drawing, most of its rate (Hz), colour.
PLACES = {
    "c_fibres": ((0.0, 0.95), 10.0, "@release"),
    "touch_fibres": ((0.0, -1.15), 80.0, "@context-fill"),
    "relay_rate": ((1.75, -0.12), 60.0, "@release"),
    "inhibitory_rate": ((1.75, -1.5), 60.0, "@retention"),
    "projection_rate": ((3.35, 0.6), 60.0, "@release"),
    "descending_rate": ((3.35, 2.3), 40.0, "@retention"),
    "pain": ((5.1, 0.6), 10.0, "@blood"),
}
WORDS = {
    "c_fibres": "C fibres",
    "touch_fibres": "touch",
    "relay_rate": "relay",
    "inhibitory_rate": "inhibitory",
    "projection_rate": "projection",
    "descending_rate": "brainstem",
    "pain": "<b>pain</b>",
}
IN_PEOPLE = {"c_fibres", "touch_fibres", "pain"}
RADIUS = np.array([0.41, 0.335])
ROUND = np.linspace(0, 2 * np.pi, 41)
DRAWING = ("x", "y")
HALF_WIDTH, WIDER = 0.012, 0.085  # of an arrow that carries nothing, and what full flow adds
FULL_FLOW = 45.0  # input that makes an arrow widest
# Heading, ends of the scale, ticks, lines as (observable, colour, dash, width).
TRACES = (
    ("C fibres, Hz", (0, 10), (0, 5, 10), (("c_fibres", "@release", "solid", 2.5),)),
    (
        "cord, Hz",
        (0, 60),
        (0, 30, 60),
        (("inhibitory_rate", "@retention", "dot", 2.5), ("projection_rate", "@release", "solid", 3)),
    ),
    ("brainstem, Hz", (0, 40), (0, 20, 40), (("descending_rate", "@retention", "dash", 2.5),)),
    ("pain, 0 to 10", (0, 10), (0, 5, 10), (("pain", "@blood", "solid", 3.5),)),
)
SIGNS = {"solid": "━", "dot": "···"}
ROWS = ((0.80, 0.95), (0.53, 0.68), (0.27, 0.42), (0.0, 0.15))
TABLE_SECONDS = (0.5, 1.5, 2.9, 3.2, 4.0, 5.9, 6.2, 7.9)


def signal_path(run: Trajectory, view: Moment) -> dict:
    """The figure of eight seconds at the moment that `view` shows.

    With `human_only` the cells of cord and brainstem fade: they were recorded in animals.
    """
    second = float(np.clip(view.second, run.time[0], run.time[-1]))
    readings = {name: np.asarray(OBSERVABLES[name].read(run), dtype=float) for name in PLACES}
    now = {name: float(np.interp(second, run.time, line)) for name, line in readings.items()}
    animal = bool(view.human_only)
    data = [_hold(part, animal) for part in _arrows(run, now)]
    annotations = []
    for name in PLACES:
        fade = animal and name not in IN_PEOPLE
        data += [_hold(part, fade) for part in _node(name, now[name])]
        annotations += [_hold(part, fade) for part in _names(run, name, now[name])]
    annotations += [_hold(part, animal) for part in _frame_words(animal)]
    touched = "@ink" if run.parameters.touch else "@ink/0"
    annotations.append(style.label(TOUCH_STARTS, 1, "touch", touched, xref="x2", yref="y2 domain", yanchor="top"))
    layout = style.layout(
        500,
        (4, 14, 12, 44),
        xaxis=style.blank_axis(-0.75, 5.65, domain=[0, 0.6], anchor="y"),
        yaxis=style.blank_axis(-2.3, 2.85, domain=[0, 1], anchor="x"),
    )
    for i, (heading, scale, ticks, lines) in enumerate(TRACES):
        axes = (f"x{i + 2}", f"y{i + 2}")
        layout |= _axes(i, scale, ticks)
        for name, colour, dash, width in lines:
            trace = style.curve(
                run.time, readings[name], colour, axes, dash, width, name=OBSERVABLES[name].label, meta="pin"
            )
            point = style.marks([second], [now[name]], colour, axes, 9)
            data += [_hold(part, animal and name not in IN_PEOPLE) for part in (trace, point)]
        named = "  ".join(f"{SIGNS[dash]} {WORDS[name]}" for name, _, dash, _ in lines) if len(lines) > 1 else ""
        annotations.append(_heading(f"<b>{heading}</b>  {named}", axes))
    layout["annotations"] = annotations
    layout["shapes"] = [
        *_boxes(animal),
        *_windows(run),
        *(style.cursor(second, f"y{i + 2}", f"x{i + 2}") for i in range(4)),
    ]
    return {
        "title": _finding(run),
        "data": data,
        "layout": layout,
        "twin": _sentence(run),
        "table": _table(run, readings),
        "narrow": _narrow(layout),
    }


def _hold(part: dict, fade: bool) -> dict:
    return faded(part) if fade else part


def _node(name: str, rate: float) -> list[dict]:
    """A circle, filled from below like a glass by its share of the most it can fire."""
    (x, y), most, colour = PLACES[name]
    share = float(np.clip(rate / most, 0, 1))
    rim = style.curve(
        x + RADIUS[0] * np.cos(ROUND), y + RADIUS[1] * np.sin(ROUND), "@ink", DRAWING, width=1.8, hoverinfo="skip"
    )
    level = np.arccos(np.clip(1 - 2 * share, -1, 1))  # half of the angle that the filled part takes, from below
    arc = np.linspace(-np.pi / 2 - level, -np.pi / 2 + level, 33)
    fill = style.curve(
        x + RADIUS[0] * np.cos(arc), y + RADIUS[1] * np.sin(arc), f"{colour}/0", DRAWING, width=0, hoverinfo="skip"
    )
    paper = {**rim, "fill": "toself", "fillcolor": "@paper"}
    return [paper, {**fill, "fill": "toself", "fillcolor": f"{colour}/0.75"}, dict(rim)]


def _names(run: Trajectory, name: str, rate: float) -> list[dict]:
    (x, y), most, _ = PLACES[name]
    p = run.parameters
    lost = {"relay_rate": p.relay_lost, "inhibitory_rate": p.inhibition_lost}.get(name, 0)
    unit = "" if name == "pain" else " Hz"
    words = f"{WORDS[name]}<br>{rate:.1f} of {most:.0f}{unit}"  # what fills the circle
    if lost:
        words += f"<br>({lost:.0f} % lost)"
    where = {"xref": "x", "yref": "y", "xanchor": "center", "align": "center"}
    aside = {"xref": "x", "yref": "y", "xanchor": "left", "align": "left"}
    if name == "descending_rate":
        return [style.label(x + 0.5, y, words, "@ink", **aside)]
    if name == "projection_rate":
        gain = f"gain x {p.spinal_gain:.1f}"
        words += f"<br><b>{gain}</b>" if p.spinal_gain > 1 else f"<br>{gain}"
        return [style.label(x - 0.02, y - RADIUS[1] - 0.04, words, "@ink", yanchor="top", **aside)]
    if name in ("c_fibres", "relay_rate"):
        return [style.label(x, y + RADIUS[1] + 0.03, words, "@ink", yanchor="bottom", **where)]
    return [style.label(x, y - RADIUS[1] - 0.04, words, "@ink", yanchor="top", **where)]


def _frame_words(animal: bool) -> list[dict]:
    at = {"xref": "x", "yref": "y"}
    return [
        style.label(
            1.0, 1.42, "dorsal horn: recorded in animals" if animal else "dorsal horn", "@muted", yanchor="bottom", **at
        ),
        style.label(-0.7, 2.72, "━▶ excites   ━● inhibits", "@muted", yanchor="bottom", **at),
    ]


def _arrows(run: Trajectory, now: dict) -> list[dict]:
    """What each group puts into the next, as wide as what arrives."""
    p = run.parameters
    c, b, inhibitory, relay = (now[n] for n in ("c_fibres", "touch_fibres", "inhibitory_rate", "relay_rate"))
    projection, descending = now["projection_rate"], now["descending_rate"]
    kept = 1 - p.inhibition_lost / 100
    exciting = (
        ("c_fibres", "relay_rate", p.c_fibre_to_relay * c, 0.0),
        ("c_fibres", "projection_rate", p.spinal_gain * p.c_fibre_to_projection * c, 0.0),
        ("touch_fibres", "relay_rate", p.touch_to_relay * b, 0.0),
        ("touch_fibres", "inhibitory_rate", p.touch_to_inhibition * b, 0.0),
        ("relay_rate", "projection_rate", p.spinal_gain * p.relay_to_projection * relay, 0.0),
        ("projection_rate", "descending_rate", p.projection_to_brainstem * projection * (1 - p.threat / 10), -0.13),
        ("projection_rate", "pain", projection, 0.0),
    )
    braking = (
        ("inhibitory_rate", "relay_rate", p.inhibition_to_relay * kept * inhibitory, 0.0),
        ("inhibitory_rate", "projection_rate", p.inhibition_to_projection * kept * inhibitory, 0.0),
        ("descending_rate", "projection_rate", p.descending_to_projection * descending, -0.13),
        ("descending_rate", "inhibitory_rate", p.descending_to_inhibition * descending, 0.0),
        ("c_fibres", "inhibitory_rate", p.c_fibre_to_inhibition * c, 0.0),
    )
    parts = []
    for start, end, flow, aside in exciting:
        parts.append(_arrow(start, end, flow, aside, "@release"))
    for start, end, flow, aside in braking:
        brakes = (start, end) != ("descending_rate", "inhibitory_rate")  # the brainstem spurs the inhibitory cells
        parts.append(_arrow(start, end, flow, aside, "@retention" if brakes else "@release", brakes))
    return parts


def _arrow(start: str, end: str, flow: float, aside: float, colour: str, blunt: bool = False) -> dict:
    """A band between two groups that ends in a head, or bluntly in a round foot where it inhibits."""
    a, b = np.array(PLACES[start][0]), np.array(PLACES[end][0])
    along = (b - a) / np.hypot(*(b - a))
    across = np.array([-along[1], along[0]])
    share = float(np.clip(flow / FULL_FLOW, 0, 1))
    half = HALF_WIDTH + WIDER * share
    gap = RADIUS.mean() + 0.05
    first, last = a + gap * along + aside * across, b - gap * along + aside * across
    size = 0.09 + 0.5 * half
    neck = last - (1.3 * size) * along
    if blunt:
        turn = np.linspace(-np.pi / 2, np.pi / 2, 13)
        centre = last - size * along
        # Round the foot, from one side of the band to the other.
        foot = [centre + size * (np.cos(t * 1.75) * along + np.sin(t * 1.75) * across) for t in turn]
        outline = [first - half * across, centre - half * across, *foot, centre + half * across, first + half * across]
    else:
        outline = [
            first - half * across, neck - half * across, neck - (half + size * 0.7) * across, last,
            neck + (half + size * 0.7) * across, neck + half * across, first + half * across,
        ]  # fmt: skip
    shape = np.array([*outline, outline[0]])
    return {
        **style.curve(shape[:, 0].copy(), shape[:, 1].copy(), colour, DRAWING, width=1, hoverinfo="skip"),
        "fill": "toself",
        "fillcolor": f"{colour}/{0.2 + 0.7 * share:.2f}",
    }


def _boxes(animal: bool) -> list[dict]:
    box = {
        "type": "rect", "xref": "x", "yref": "y", "x0": 0.98, "x1": 4.55, "y0": -2.28, "y1": 1.38, "layer": "below",
        "fillcolor": "@soft", "line": {"color": "@line", "width": 1},
    }  # fmt: skip
    return [_hold(box, animal)]


def _windows(run: Trajectory) -> list[dict]:
    """The seconds of touch, behind each trace."""
    colour = "@context-fill/0.25" if run.parameters.touch else "@context-fill/0"
    return [
        {
            "type": "rect", "xref": f"x{i + 2}", "yref": f"y{i + 2} domain", "x0": TOUCH_STARTS, "x1": TOUCH_ENDS,
            "y0": 0, "y1": 1, "layer": "below", "fillcolor": colour, "line": {"width": 0},
        }
        for i in range(len(TRACES))
    ]  # fmt: skip


def _axes(i: int, scale: tuple, ticks: tuple) -> dict:
    last = i == len(TRACES) - 1
    return {
        f"xaxis{i + 2}": style.axis(
            "seconds" if last else "", 0, ENDS, domain=[0.69, 1.0], anchor=f"y{i + 2}", dtick=1, showticklabels=last
        ),
        f"yaxis{i + 2}": style.axis(
            "", *scale, domain=list(ROWS[i]), anchor=f"x{i + 2}", tickvals=list(ticks), showgrid=False
        ),
    }


def _heading(text: str, axes: tuple[str, str]) -> dict:
    return style.label(
        0, 1, text, "@ink", xref=f"{axes[0]} domain", yref=f"{axes[1]} domain", yanchor="bottom", yshift=3
    )


def _read(run: Trajectory, name: str) -> float:
    return float(OBSERVABLES[name].read(run))


def _finding(run: Trajectory) -> str:
    p, alone, touched = run.parameters, _read(run, "pain_alone"), _read(run, "pain_touched")
    if not p.touch:
        return f"{p.c_fibre_input:g} Hz come in, and pain is {alone:.1f}"
    change = touched - alone
    if abs(change) < 0.05:
        return f"With touch or without, pain is {alone:.1f}"
    word = "Touch calms" if change < 0 else "Touch hurts"
    return f"{word}: pain {alone:.1f} without it, {touched:.1f} with it"


def _sentence(run: Trajectory) -> str:
    p, alone, touched = run.parameters, _read(run, "pain_alone"), _read(run, "pain_touched")
    first = f"With {p.c_fibre_input:g} Hz from C fibres and a gain of {p.spinal_gain:.1f} pain is {alone:.1f} of 10"
    if not p.touch:
        return f"{first}; nobody touches."
    effect = _read(run, "touch_effect")
    if abs(effect) < 0.5:
        return f"{first}; touch of {p.touch:g} Hz does not change the projection cells."
    turn = "lowers" if effect < 0 else "raises"
    return (
        f"{first}; touch of {p.touch:g} Hz {turn} the projection cells by {abs(effect):.0f} %, and pain is "
        f"{touched:.1f}."
    )


def _table(run: Trajectory, readings: dict) -> dict:
    return {
        "first": "second",
        "rows": [f"{s:g}" for s in TABLE_SECONDS],
        "columns": [f"{OBSERVABLES[n].label}, {OBSERVABLES[n].unit}" for n in PLACES],
        "values": [np.interp(TABLE_SECONDS, run.time, readings[n]) for n in PLACES],
        "digits": [1] * len(PLACES),
    }


def _narrow(layout: dict) -> dict:
    """For a narrow page: the drawing above, the traces below."""
    moved = {key: dict(value) for key, value in layout.items() if key[1:5] == "axis"}
    moved["xaxis"]["domain"], moved["yaxis"]["domain"] = [0, 1], [0.47, 1]
    for i, (low, high) in enumerate(ROWS):
        moved[f"xaxis{i + 2}"]["domain"] = [0.08, 0.99]
        moved[f"yaxis{i + 2}"]["domain"] = [0.42 * low, 0.42 * high]
    return {"height": 920, **moved}
