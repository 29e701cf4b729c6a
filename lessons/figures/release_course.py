"""What a release does, from a second to six weeks: the band, the EMG, pain and soreness, the state of the muscle."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from lessons.figures import style
from lessons.figures.clock import Clock
from lessons.figures.muscle_strip import muscle_strip, needle, strip_axes, thumb
from lessons.models.trigger_point import OBSERVABLES, TriggerPoint, simulate
from lessons.simulation import Trajectory

SCORES = (
    ("pain", "local pain", "@release", "solid"),
    ("referred_pain", "referred pain", "@both", "dash"),
    ("soreness", "soreness", "@context", "dot"),
)
BODY = (
    ("stiffness", "stiffness", "@release", "solid"),
    ("range_of_motion", "range", "@none", "dashdot"),
    ("tenderness", "pressure threshold", "@retention", "longdash"),
    ("oxygen_for_demand", "oxygen for the demand", "@both", "dot"),
)
TABLE_TIMES = (60.0, 600.0, style.HOUR, style.DAY, 2 * style.DAY, style.WEEK, 6 * style.WEEK)
TABLE_COLUMNS = (
    "pain",
    "referred_pain",
    "soreness",
    "tenderness",
    "stiffness",
    "range_of_motion",
    "oxygen_for_demand",
    "blood_flow",
    "endplate_noise",
)
SAMPLES = 24
_BURST = np.sin(np.arange(10) * 2.2) * np.hanning(10)
_NOISE = np.random.default_rng(11).standard_normal(16 * SAMPLES)
_NOISE_X = np.linspace(0, 16, 16 * SAMPLES)
_NOISE_X.flags.writeable = False


def release_course(trajectory: Trajectory, view: Clock) -> dict:
    """The figure of one release at the time that the clock shows."""
    at = float(np.clip(view.clock, trajectory.time[0], trajectory.time[-1]))
    p = trajectory.parameters
    readings = {name: OBSERVABLES[name].read(trajectory) for name in TABLE_COLUMNS}
    now = {name: float(np.interp(at, trajectory.time, values)) for name, values in readings.items()}
    before = {name: OBSERVABLES[name].before(trajectory) for name in TABLE_COLUMNS}
    healthy = _healthy()

    tool = _tool(trajectory, ("x", "y"))
    data = muscle_strip(trajectory.before.contracture, trajectory.before.oxygen, p, ("x", "y")) + tool
    contracture = float(np.interp(at, trajectory.time, trajectory.state.contracture))
    oxygen = float(np.interp(at, trajectory.time, trajectory.state.oxygen))
    data += muscle_strip(contracture, oxygen, p, ("x5", "y5"))
    data.append(_emg(trajectory))
    annotations = [
        style.label(0.0, 1.0, "the band before", "@muted", xref="paper", yref="paper", yanchor="bottom"),
        style.label(
            0.37, 1.0, f"the band at {style.words(at)}", "@muted", xref="paper", yref="paper", yanchor="bottom"
        ),
        style.label(0.75, 1.0, _emg_label(trajectory), "@muted", xref="paper", yref="paper", yanchor="bottom"),
        style.label(-11, -2.0, "capillary", "@blood", xref="x", yref="y", yanchor="top"),
    ]
    shapes = [style.cursor(at, "y3", "x3"), style.cursor(at, "y4", "x4")]

    labels = []
    for name, text, colour, dash in SCORES:
        data.append(style.curve(trajectory.time, readings[name], colour, ("x3", "y3"), dash, meta="pin", name=text))
        data.append(style.marks([at], [now[name]], colour, ("x3", "y3"), 9))
        labels.append((float(readings[name][-1]), text, colour))
    annotations += style.end_labels(labels, 1.5, 0.3, 9.6, "y3")
    labels = []
    for name, text, colour, dash in BODY:
        share = 100 * readings[name] / healthy[name]
        data.append(style.curve(trajectory.time, share, colour, ("x4", "y4"), dash, meta="pin", name=text))
        data.append(style.marks([at], [100 * now[name] / healthy[name]], colour, ("x4", "y4"), 9))
        labels.append((float(share[-1]), text, colour))
    annotations += style.end_labels(labels, 34, 10, 250, "y4")
    shapes.append(
        {
            "type": "line",
            "xref": "x4 domain",
            "yref": "y4",
            "x0": 0,
            "x1": 1,
            "y0": 100,
            "y1": 100,
            "line": {"color": "@line", "width": 1},
        }
    )
    data += [_before(before, SCORES, ("x3", "y3"), None), _before(before, BODY, ("x4", "y4"), healthy)]

    figure_layout = style.layout(
        600,
        (56, 160, 30, 44),
        **strip_axes((0, 0.34), (0.76, 1.0)),
        **strip_axes((0.37, 0.71), (0.76, 1.0), "5"),
        xaxis2=style.blank_axis(0, 16, domain=[0.75, 1.0], anchor="y2"),
        yaxis2=style.blank_axis(-3.4, 3.4, domain=[0.77, 0.99], anchor="x2"),
        xaxis3=style.time_axis("", domain=[0, 1], anchor="y3", showticklabels=False),
        yaxis3=style.axis("0 to 10", 0, 10, domain=[0.40, 0.73], anchor="x3", dtick=2),
        xaxis4=style.time_axis(domain=[0, 1], anchor="y4"),
        yaxis4=style.axis("% of a healthy muscle", 0, 260, domain=[0, 0.36], anchor="x4", dtick=50),
    )
    figure_layout["annotations"] = annotations
    figure_layout["shapes"] = shapes
    return {
        "title": _finding(trajectory),
        "data": data,
        "layout": figure_layout,
        "twin": _sentence(trajectory, at, now, before),
        "table": _table(trajectory, readings, before),
    }


@lru_cache(maxsize=1)
def _healthy() -> dict[str, float]:
    """What the body's four readings are in a healthy muscle at the usual load: the 100 % of the lower panel."""
    healthy = simulate(TriggerPoint(knot=0, passes=0))
    return {name: OBSERVABLES[name].before(healthy) for name, *_ in BODY}


def _before(before: dict, lines: tuple, axes: tuple[str, str], healthy: dict | None) -> dict:
    """Hollow dots at the left edge: what was there before the first touch."""
    names = [name for name, *_ in lines]
    heights = np.array([before[n] if healthy is None else 100 * before[n] / healthy[n] for n in names])
    return style.marks([1.0] * len(names), heights, "@paper", axes, 9, [colour for _, _, colour, _ in lines])


def _tool(trajectory: Trajectory, axes: tuple[str, str]) -> list[dict]:
    p = trajectory.parameters
    if p.pressure > 0 and p.pressure_seconds > 0:
        return thumb(p.pressure, axes)
    return needle(p.miss, trajectory.notes["twitches"] > 0, axes) if p.passes > 0 else []


def _emg(trajectory: Trajectory) -> dict:
    """Pass by pass: hiss of the endplate between passes, a burst where the muscle twitched."""
    wave = OBSERVABLES["endplate_noise"].before(trajectory) / 130 * _NOISE
    for i, amplitude in enumerate(trajectory.notes["twitch_amplitudes"]):
        start = SAMPLES * i + 8
        wave[start : start + len(_BURST)] += 3 * amplitude * _BURST
    return style.curve(_NOISE_X, wave, "@release", ("x2", "y2"), width=1.2, hoverinfo="skip")


def _emg_label(trajectory: Trajectory) -> str:
    count = trajectory.notes["twitches"]
    return f"needle EMG, drawn: {count} {'twitch' if count == 1 else 'twitches'}"


def _released(trajectory: Trajectory) -> bool:
    return OBSERVABLES["released"].read(trajectory) > 0.5


def _finding(trajectory: Trajectory) -> str:
    p, twitches = trajectory.parameters, trajectory.notes["twitches"]
    if trajectory.notes.get("start") == "healthy":
        return "At this load there is no knot to release"
    pressed = p.pressure > 0 and p.pressure_seconds > 0
    released = _released(trajectory)
    back = released and float(trajectory.state.phosphocreatine[-1]) < 20
    if back:
        return "The knot lets go, but under this load it comes back"
    if released:
        how = (
            "Steady pressure"
            if pressed and not twitches
            else f"{_number(twitches)} twitches"
            if twitches > 1
            else "One twitch"
        )
        return f"{how} and the knot lets go: the band softens in minutes, the soreness takes days to fade"
    if pressed:
        return "Too light or too short: the band gives a little, then the knot is back"
    if not twitches:
        return "No twitch, no reset: only the soreness of the needle stays"
    return "Too few, too weak or beside the spot: relief for minutes, then the knot is back"


def _number(count: int) -> str:
    small = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
    return small[count] if count < len(small) else str(count)


def _sentence(trajectory: Trajectory, at: float, now: dict, before: dict) -> str:
    def change(name: str, digits: int, unit: str) -> str:
        moved = now[name] - before[name]
        if abs(moved) < 0.5 * 10**-digits:
            return f"{now[name]:.{digits}f}{unit}, as before"
        return f"{now[name]:.{digits}f}{unit}, {abs(moved):.{digits}f} {'higher' if moved > 0 else 'lower'} than before"

    return (
        f"At {style.words(at)} pain is {change('pain', 1, '')}; the pressure pain threshold is "
        f"{change('tenderness', 0, ' kPa')}; soreness is {now['soreness']:.1f}."
    )


def _table(trajectory: Trajectory, readings: dict, before: dict) -> dict:
    times = [t for t in TABLE_TIMES if t <= trajectory.time[-1] * 1.0001]
    columns = [OBSERVABLES[name] for name in TABLE_COLUMNS]
    return {
        "first": "time",
        "rows": ["before", *(style.words(t) for t in times)],
        "columns": [f"{o.label}{f', {o.unit}' if o.unit else ''}" for o in columns],
        "values": [
            np.concatenate([[before[o.name]], np.interp(times, trajectory.time, readings[o.name])]) for o in columns
        ],
        "digits": [o.digits for o in columns],
    }
