"""The picture of a handout as static SVG: curves over time, bars, or intervals; lines told apart by dash and by name.

A picture that needs no script and no browser to be made, in ink that a grey printer keeps. Only numbers of the models,
of published effects and of surveys stand in it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape

import numpy as np

from lessons.data import surveys
from lessons.figures.style import NAMED_TIMES
from lessons.lesson_models import MODELS
from lessons.published_effects import published_effects
from lessons.simulation import Observable
from lessons.teaching.guide import Chart, Curve, whole

WIDE, HIGH = 340, 170
LEFT, RIGHT, TOP, BOTTOM = 38, 12, 8, 34
DASHES = ("", "7 4", "2 3")
COLOURS = ("#a84300", "#005a8c", "#4a555c")
LINE_HEIGHT, TYPE = 12, 9.5
LONG_RUN = 86400.0  # s; over longer times a logarithmic axis
TICKS = 4


def picture(chart: Chart) -> str:
    """The SVG, with a title and with what it shows in words. Raises SimulationError if a run fails."""
    draw = _curves if chart.curves else _bars if chart.bars or chart.surveys else _intervals
    words, parts, height = draw(chart)
    return (
        f'<svg viewBox="0 0 {WIDE} {height}" role="img" xmlns="http://www.w3.org/2000/svg" font-size="{TYPE}">'
        f"<title>{escape(chart.title)}</title><desc>{escape(words)}</desc>{''.join(parts)}</svg>"
    )


def caption(chart: Chart) -> str:
    """Its title, and what is read off at its side."""
    if not chart.curves:
        return f"{chart.title}."
    observable = MODELS[chart.model].observables[chart.curves[0].of]
    unit = f", {observable.unit}" if observable.unit and "(" not in observable.unit else ""
    side = observable.label.split(",")[0] if "(" not in observable.unit else f"{observable.label} {observable.unit}"
    return f"{chart.title}. Upwards: {side.removesuffix(' at the knot')}{unit}."


def _run(chart: Chart, curve: Curve):
    model = MODELS[chart.model]
    run = model.simulate(model.parameters().changed(**whole(model.parameters, curve.set)))
    return run, model.observables[curve.of]


def _curves(chart: Chart) -> tuple[str, list[str], int]:
    runs = [(curve, *_run(chart, curve)) for curve in chart.curves]
    observable: Observable = runs[0][2]
    read = [(np.asarray(run.time, float), np.asarray(one.read(run), float)) for _, run, one in runs]
    start, end = max(float(t[0]) for t, _ in read), min(float(t[-1]) for t, _ in read)
    log = end > LONG_RUN and start > 0
    low, high = min(0.0, *(float(v.min()) for _, v in read)), max(float(v.max()) for _, v in read)
    ticks = _ticks(low, high)
    low, high = min(low, ticks[0]), max(high, ticks[-1])
    x = _scale(math.log10(start) if log else start, math.log10(end) if log else end, LEFT, WIDE - RIGHT)
    y = _scale(low, high, HIGH - BOTTOM, TOP)
    parts = [_tick_y(y(tick), f"{tick:g}") for tick in ticks]
    parts += [_tick_x(x(math.log10(s) if log else s), name) for s, name in _times(start, end, log)]
    for (time, values), dash, colour in zip(read, DASHES, COLOURS, strict=False):
        kept = np.unique(np.linspace(0, len(time) - 1, 160).astype(int))
        points = " ".join(
            f"{x(math.log10(t) if log else t):.1f},{y(v):.1f}"
            for t, v in zip(time[kept], values[kept], strict=True)
            if start <= t <= end
        )
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.8"{_dashed(dash)}/>')
    parts += list(_legend([curve.name for curve in chart.curves], HIGH + 2))
    words = "; ".join(
        f"{curve.name}: {values[0]:.1f} at first, {values.min():.1f} to {values.max():.1f} on the way, "
        f"{values[-1]:.1f} at the end"
        for (curve, *_), (_, values) in zip(runs, read, strict=True)
    )
    unit = f" ({observable.unit})" if observable.unit and "(" not in observable.unit else ""
    return f"{observable.label}{unit}. {words}.", parts, HIGH + 4 + LINE_HEIGHT * len(chart.curves)


def _bars(chart: Chart) -> tuple[str, list[str], int]:
    if chart.surveys:
        rows = [(survey.name, survey.minor) for survey in surveys().values()]
    else:
        rows = []
        for curve in chart.bars:
            run, observable = _run(chart, curve)
            rows.append((curve.name, float(observable.read(run))))
    most = max(value for _, value in rows) * 1.15
    x = _scale(0, most, LEFT, WIDE - RIGHT - 40)
    parts: list[str] = []
    for i, (name, value) in enumerate(rows):
        top = 6 + i * 38
        parts.append(f'<text x="{LEFT}" y="{top + 8}">{escape(name)}</text>')
        parts.append(
            f'<rect x="{LEFT}" y="{top + 12}" width="{x(value) - LEFT:.1f}" height="15" fill="#d3dae0" '
            'stroke="#4a555c"/>'
        )
        parts.append(f'<text x="{x(value) + 5:.1f}" y="{top + 23}">{value:.1f}</text>')
    return "; ".join(f"{name}: {value:.1f}" for name, value in rows) + ".", parts, 10 + 38 * len(rows)


def _intervals(chart: Chart) -> tuple[str, list[str], int]:
    known = published_effects().effects
    rows = [known[name] for name in chart.effects]
    low, high = min(0.0, *(row.low for row in rows)), max(row.high for row in rows) * 1.05
    left = 100
    x = _scale(low, high, left, WIDE - RIGHT)
    parts: list[str] = []
    at, said_against = 0, ""
    for row in rows:
        if row.against != said_against:
            at, said_against = at + 16, row.against
            parts.append(f'<text x="4" y="{at + 3}" font-weight="600">over {escape(row.against)}</text>')
        at += 16
        parts.append(f'<text x="{left - 6}" y="{at + 3}" text-anchor="end">{escape(row.label)}</text>')
        parts.append(f'<line x1="{x(row.low):.1f}" x2="{x(row.high):.1f}" y1="{at}" y2="{at}" stroke="#4a555c"/>')
        parts.append(f'<circle cx="{x(row.effect):.1f}" cy="{at}" r="3.2" fill="#005a8c"/>')
    height = at + 12
    parts.append(f'<line x1="{x(0):.1f}" x2="{x(0):.1f}" y1="24" y2="{height}" stroke="#16202a"/>')
    parts += [_tick_x(x(tick), f"{tick:g}", height) for tick in _ticks(low, high) if low <= tick <= high]
    said = "; ".join(f"{r.label}, over {r.against}: {r.effect:g} ({r.low:g} to {r.high:g})" for r in rows)
    return f"{said}.", parts, height + 18


def _scale(low: float, high: float, start: float, end: float):
    width = high - low or 1.0
    return lambda value: start + (value - low) / width * (end - start)


def _ticks(low: float, high: float) -> list[float]:
    """Round values within and around a range, about four of them."""
    rough = (high - low or 1.0) / TICKS
    power = 10 ** math.floor(math.log10(rough))
    step = min((m * power for m in (1, 2, 2.5, 5, 10)), key=lambda one: abs(one - rough))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(k * step, 10) for k in range(first, last + 1)]


def _times(start: float, end: float, log: bool) -> Sequence[tuple[float, str]]:
    if log:
        return [(s, name) for s, name in NAMED_TIMES if start <= s <= end * 1.001 and name not in ("10 s", "6 h")]
    size, unit = next((s, u) for s, u in ((604800.0, "wk"), (86400.0, "d"), (3600.0, "h"), (60.0, "min"), (1.0, "s"))
                      if end - start >= 3 * s)  # fmt: skip
    return [(t * size, f"{t:g} {unit}") for t in _ticks(start / size, end / size) if start <= t * size <= end * 1.001]


def _tick_y(at: float, text: str) -> str:
    return (
        f'<line x1="{LEFT}" x2="{WIDE - RIGHT}" y1="{at:.1f}" y2="{at:.1f}" stroke="#d3dae0"/>'
        f'<text x="{LEFT - 5}" y="{at + 3:.1f}" text-anchor="end">{text.replace("-", "−")}</text>'
    )


def _tick_x(at: float, text: str, bottom: float = HIGH - BOTTOM) -> str:
    return (
        f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{bottom}" y2="{bottom + 4}" stroke="#4a555c"/>'
        f'<text x="{at:.1f}" y="{bottom + 14}" text-anchor="middle">{text}</text>'
    )


def _dashed(dash: str) -> str:
    return f' stroke-dasharray="{dash}"' if dash else ""


def _legend(names: Sequence[str], top: float) -> Iterator[str]:
    for i, (name, dash, colour) in enumerate(zip(names, DASHES, COLOURS, strict=False)):
        y = top - 8 + i * LINE_HEIGHT
        drawn = f'stroke="{colour}" stroke-width="1.8"{_dashed(dash)}'
        yield f'<line x1="{LEFT}" x2="{LEFT + 30}" y1="{y}" y2="{y}" {drawn}/>'
        yield f'<text x="{LEFT + 36}" y="{y + 3}">{escape(name)}</text>'
