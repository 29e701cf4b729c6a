"""The loop that keeps a knot alive, its arrows as wide as what flows round it, beside the muscle and its fuel."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from lessons.figures import style
from lessons.figures.clock import Clock
from lessons.figures.muscle_strip import muscle_strip, strip_axes
from lessons.models.trigger_point import OBSERVABLES, TriggerPoint
from lessons.models.trigger_point_equilibria import equilibria
from lessons.simulation import Trajectory

# Name, observable, how it is printed, and the values at which an arrow is thinnest and widest.
STATIONS = (
    ("the endplate leaks<br>acetylcholine", "release_rate", "{:.0f} quanta/s", 30, 240),
    ("the fibres<br>stay contracted", "contracture", "{:.3f} of maximal force", 0.008, 0.066),
    ("the capillary<br>is squeezed:<br>too little oxygen", "oxygen_for_demand", "{:.2f} of the demand", 1.4, 0.45),
    ("fuel runs low", "phosphocreatine", "{:.1f} mM", 28.5, 6.5),
    ("acid gathers", "acidity", "pH {:.2f}", 7.05, 6.73),
)
CUTS = ("", "cut_pressure", "", "", "cut_release")
ANGLES = np.deg2rad([90, 18, -54, -126, -198])
RADIUS = 1.0
PLACES = ((0, 1.3), (1.45, 0.42), (1.3, -1.12), (-1.2, -1.12), (-1.5, 0.42))
TABLE_TIMES = (60.0, 600.0, style.HOUR, 6 * style.HOUR, style.DAY, 6 * style.WEEK)
TABLE_COLUMNS = (
    "release_rate",
    "contracture",
    "stiffness",
    "oxygen",
    "oxygen_for_demand",
    "phosphocreatine",
    "acidity",
    "pain",
)


def knot_loop(trajectory: Trajectory, view: Clock) -> dict:
    """The figure of one muscle at the time that the clock shows."""
    at = float(np.clip(view.clock, trajectory.time[0], trajectory.time[-1]))
    p = trajectory.parameters
    readings = {
        name: OBSERVABLES[name].read(trajectory) for name in dict.fromkeys((*TABLE_COLUMNS, *(s[1] for s in STATIONS)))
    }
    now = {name: float(np.interp(at, trajectory.time, values)) for name, values in readings.items()}
    flows = [float(np.clip((now[name] - thin) / (wide - thin), 0, 1)) for _, name, _, thin, wide in STATIONS]

    data, annotations = [], []
    for i, flow in enumerate(flows):
        cut = bool(CUTS[i]) and bool(getattr(p, CUTS[i]))
        data.append(_arrow(ANGLES[i], ANGLES[(i + 1) % 5], flow, cut))
    for (x, y), (name, observable, printed, _, _), flow in zip(PLACES, STATIONS, flows, strict=True):
        annotations.append(style.label(x, y, f"<b>{name}</b>", xref="x", yref="y", xanchor="center", yanchor="bottom"))
        annotations.append(
            style.label(
                x,
                y,
                printed.format(now[observable]),
                "@release-text" if flow > 0.5 else "@muted",
                xref="x",
                yref="y",
                xanchor="center",
                yanchor="top",
            )
        )
    around = float(np.mean(flows))
    annotations.append(
        style.label(0, 0, _heart(around), "@ink", xref="x", yref="y", xanchor="center", align="center")
        | {"font": {"size": 16, "color": "@ink"}}
    )

    contracture, oxygen = (
        float(np.interp(at, trajectory.time, v)) for v in (trajectory.state.contracture, trajectory.state.oxygen)
    )
    data += muscle_strip(contracture, oxygen, p, ("x2", "y2"))
    annotations.append(
        style.label(
            0, 1.0, f"the muscle at {style.words(at)}", "@muted", xref="x2 domain", yref="y2 domain", yanchor="top"
        )
    )

    fuel = readings["phosphocreatine"]
    tipping = _tipping(trajectory)
    data.append(style.curve(trajectory.time, fuel, "@release", ("x3", "y3"), meta="pin", name="fuel"))
    data.append(
        style.curve(
            trajectory.time[[0, -1]],
            np.full(2, np.nan if tipping is None else tipping),
            "@ink",
            ("x3", "y3"),
            "dash",
            1.5,
        )
    )
    data.append(style.marks([at], [now["phosphocreatine"]], "@release", ("x3", "y3")))
    border = "no tipping point at this load" if tipping is None else "tipping point"
    height = 29.5 if tipping is None else tipping
    annotations.append(style.label(0.02, height, border, "@ink", xref="x3 domain", yref="y3", yanchor="bottom"))

    figure_layout = style.layout(
        470,
        (8, 26, 10, 46),
        xaxis=style.blank_axis(-2.15, 2.15, domain=[0, 0.54], anchor="y"),
        yaxis=style.blank_axis(-1.5, 1.62, domain=[0, 1], anchor="x"),
        **strip_axes((0.62, 1.0), (0.66, 1.0), "2"),
        xaxis3=style.time_axis("time since the start", domain=[0.62, 1.0], anchor="y3"),
        yaxis3=style.axis("fuel: phosphocreatine, mM", 0, 32, domain=[0, 0.6], anchor="x3", dtick=10),
    )
    figure_layout["xaxis3"] |= {
        "tickvals": [1, 60, 3600, 86400, 6 * style.WEEK],
        "ticktext": ["1 s", "1 min", "1 h", "1 d", "6 wk"],
    }
    figure_layout["annotations"] = annotations
    figure_layout["shapes"] = [style.cursor(at, "y3", "x3")]
    return {
        "title": _finding(trajectory, tipping),
        "data": data,
        "layout": figure_layout,
        "narrow": _narrow(figure_layout),
        "twin": _sentence(at, now, tipping),
        "table": _table(trajectory, readings),
    }


def _arrow(start: float, end: float, flow: float, cut: bool) -> dict:
    """A band along the circle with a head, clockwise; a cut arrow stops half-way."""
    if end > start:
        end -= 2 * np.pi
    gap = 0.3
    first, last = start - gap, end + gap
    if cut:
        last = first + 0.45 * (last - first)
    half = 0.018 + 0.10 * flow
    head = 0.17
    body = np.linspace(first, last + (0 if cut else head), 24)
    outer = np.column_stack([(RADIUS + half) * np.cos(body), (RADIUS + half) * np.sin(body)])
    inner = np.column_stack([(RADIUS - half) * np.cos(body), (RADIUS - half) * np.sin(body)])[::-1]
    wide = half + (0 if cut else 0.06)
    tip = np.array(
        [
            [(RADIUS + r) * np.cos(a), (RADIUS + r) * np.sin(a)]
            for r, a in ((wide, body[-1]), (0, last), (-wide, body[-1]))
        ]
    )
    shape = np.concatenate([outer, tip, inner, outer[:1]])
    return {
        **style.curve(shape[:, 0].copy(), shape[:, 1].copy(), "@release", ("x", "y"), width=1, hoverinfo="skip"),
        "fill": "toself",
        "fillcolor": f"@release/{0.25 + 0.7 * flow:.2f}",
    }


def _heart(around: float) -> str:
    if around > 0.75:
        return "the loop<br>feeds itself"
    if around > 0.25:
        return "in between"
    return "the loop<br>is at rest"


def _tipping(trajectory: Trajectory) -> float | None:
    """Phosphocreatine (mM) of the saddle at the load after the start, None where there is no way back or no knot."""
    p = trajectory.parameters
    return _saddle(
        p.changed(
            load=p.load_after, passes=0, pressure=0.0, pressure_seconds=0.0, acute_overload=0.0, overload_minutes=0.0
        )
    )


@lru_cache(maxsize=512)
def _saddle(resting: TriggerPoint) -> float | None:
    saddles = [e for e in equilibria(resting) if not e.stable]
    return float(saddles[0].state.phosphocreatine) if saddles else None


def _finding(trajectory: Trajectory, tipping: float | None) -> str:
    end = float(trajectory.state.phosphocreatine[-1])
    began_healthy = trajectory.notes.get("start") == "healthy"
    knotted = end < (20 if tipping is None else tipping)
    if began_healthy and knotted:
        return "Tipped over: fuel fell past the tipping point, and the knot keeps itself alive"
    if began_healthy:
        if trajectory.parameters.acute_overload and trajectory.parameters.overload_minutes:
            return "Strained, but not tipped: the muscle recovers"
        return "A healthy muscle: little flows round the loop"
    return "The knot stays: its loop feeds itself" if knotted else "The knot lets go: one condition of the loop is gone"


def _sentence(at: float, now: dict, tipping: float | None) -> str:
    side = ""
    if tipping is not None:
        above = now["phosphocreatine"] > tipping
        side = f", {'above' if above else 'below'} the tipping point of {tipping:.1f}"
    return (
        f"At {style.words(at)} fuel is {now['phosphocreatine']:.1f} mM{side}; the band's stiffness is "
        f"{now['stiffness']:.1f} kPa and it gets {now['oxygen_for_demand']:.2f} times the oxygen that it demands."
    )


def _narrow(layout: dict) -> dict:
    """For a narrow page: the loop above, strip and fuel below."""
    moved = {key: dict(value) for key, value in layout.items() if key[1:5] == "axis"}
    moved["xaxis"]["domain"], moved["yaxis"]["domain"] = [0, 1], [0.46, 1]
    for key in ("xaxis2", "xaxis3"):
        moved[key]["domain"] = [0.1, 1]
    moved["yaxis2"]["domain"], moved["yaxis3"]["domain"] = [0.31, 0.45], [0, 0.27]
    return {"height": 760, **moved}


def _table(trajectory: Trajectory, readings: dict) -> dict:
    columns = [OBSERVABLES[name] for name in TABLE_COLUMNS]
    return {
        "first": "time",
        "rows": [style.words(t) for t in TABLE_TIMES],
        "columns": [f"{o.label}{f', {o.unit}' if o.unit else ''}" for o in columns],
        "values": [np.interp(TABLE_TIMES, trajectory.time, readings[o.name]) for o in columns],
        "digits": [o.digits for o in columns],
    }
