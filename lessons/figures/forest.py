"""A forest plot of published numbers: what may be pooled on top, the rest below, and what patients notice."""

from __future__ import annotations

import numpy as np

from lessons.figures import style
from lessons.models.synthesis import Group, Shown, Synthesis

ROWS = 17.4  # slots of the picture: pooled numbers, the gap below them, and at most as many others
GAP = 0.4
PITCH = 31  # pixels
LOW, HIGH = -0.5, 1.8
AXES = ("x", "y")
TICKS = (-0.5, 0.0, 0.5, 1.0, 1.5)
# Treatment -> colour, marker, its sign in the key, the words there, and pixels from the left edge of the axes.
LOOKS = {
    "retained needles": ("@retention", "square", "■ needles stay", -228),
    "trigger point needling": ("@release", "circle", "● spot needled", -116),
    "pressure": ("@release", "diamond", "◆ spot pressed", -6),
    "sham needles": ("@context", "triangle-up", "▲ sham itself", 106),
}


def forest(found: Synthesis) -> dict:
    """Each number with its interval in standard deviations: filled if it is pooled, hollow if it stands apart."""
    data, annotations = [], _key()
    placed = _placed(found)
    for row, y in placed:
        if isinstance(row, Group):
            data.append(_diamond(row, y))
            label, source = row.name, f"{len(row.members)} numbers"
            size = f"<b>{_interval(row.pooled.effect, *row.pooled.interval)}</b> SD"
        else:
            data += _row(row, y)
            label, source, size = row.published.label, _source(row), _size(row)
        annotations += [
            style.label(0, y, f"<b>{label}</b>", xref="paper", yref="y", xanchor="right", xshift=-10, yshift=8),
            style.label(0, y, source, "@muted", xref="paper", yref="y", xanchor="right", xshift=-10, yshift=-8),
            style.label(1, y, size, xref="paper", yref="y", xshift=8),
        ]
    notice = f"what patients notice: {found.asked.noticed:.3g} of 10"
    annotations.append(style.label(found.line, -ROWS + 0.95, notice, xref="x", yref="y", xshift=6))
    layout = style.layout(
        round(PITCH * ROWS) + 94,
        (232, 174, 30, 64),
        xaxis=style.axis(
            "better with the treatment, in SD (below: points of 10)", LOW, HIGH, anchor="y", tickvals=list(TICKS),
            ticktext=[f"{_signed(v, 1)}<br>{_signed(v * found.asked.spread, 1)}" for v in TICKS],
        ),
        yaxis=style.blank_axis(-ROWS + 0.5, 0.6, anchor="x"),
    )  # fmt: skip
    layout["annotations"] = annotations
    layout["shapes"] = [
        {**style.cursor(0.0, "y"), "line": {"color": "@muted", "width": 1.5}},
        {**style.cursor(found.line, "y"), "line": {"color": "@ink", "width": 2, "dash": "dash"}},
    ]
    return {
        "title": _finding(found),
        "data": data,
        "layout": layout,
        "narrow": {"margin": {"l": 228, "r": 170, "t": 30, "b": 64}},
        "twin": _sentence(found),
        "table": _table([row for row, _ in placed]),
    }


def _placed(found: Synthesis) -> list[tuple[Group | Shown, float]]:
    """Every row of the picture with its height, from the top; a gap parts the pools from what stands apart."""
    rows = [row for group in found.groups for row in (group, *group.members)]
    below = len(rows) + GAP if rows else 0.0
    return [(row, -float(i)) for i, row in enumerate(rows)] + [(row, -below - i) for i, row in enumerate(found.apart)]


def _row(row: Shown, y: float) -> list[dict]:
    """Interval and number; a triangle at the edge where the interval goes on."""
    if row.effect is None:
        return []
    colour, symbol, *_ = LOOKS[row.published.treatment]
    ends = np.clip([row.low, row.high], LOW, HIGH)
    drawn = [
        style.curve(
            ends, np.array([y, y]), colour, AXES, "dot" if row.published.flaw else "solid",
            2.5 if row.weight else 1.75, hoverinfo="skip",
        )
    ]  # fmt: skip
    edges = [(LOW, "triangle-left")] * (row.low < LOW) + [(HIGH, "triangle-right")] * (row.high > HIGH)
    drawn += [style.marks([x], [y], colour, AXES, 9, colour, symbol=way) for x, way in edges]
    if LOW <= row.effect <= HIGH:
        shape = symbol if row.weight else f"{symbol}-open"
        drawn.append(style.marks([row.effect], [y], colour, AXES, 9 + 8 * row.weight, colour, symbol=shape))
    return drawn


def _diamond(group: Group, y: float) -> dict:
    low, high = group.pooled.interval
    x = np.array([low, group.pooled.effect, high, group.pooled.effect, low])
    return {
        **style.curve(x, y + np.array([0, 0.3, 0, -0.3, 0]), "@ink", AXES, width=1.5, hoverinfo="skip"),
        "fill": "toself",
        "fillcolor": "@ink/0.75",
    }


def _key() -> list[dict]:
    shown = [
        style.label(0, 1.0, words, colour, xref="paper", yref="paper", yanchor="bottom", xshift=shift)
        for colour, _, words, shift in LOOKS.values()
    ]
    last = style.label(1, 1.0, "hollow: not pooled", "@muted", xref="paper", yref="paper", yanchor="bottom", xshift=166)
    return [*shown, {**last, "xanchor": "right"}]


def _source(row: Shown) -> str:
    count, who = row.published.trials, row.published.short.replace(" et al.", "")
    return f"{who}, {count} {'trial' if count == 1 else 'trials'}{' ⚠' if row.published.flaw else ''}"


def _size(row: Shown) -> str:
    one = row.published
    if row.effect is None:
        return "<i>see table</i>" if one.effect is not None else f"<i>{one.printed.split(',')[0]}</i>"
    return f"{_interval(one.effect, one.low, one.high)} {'SD' if one.unit == 'SD' else 'pts'}"


def _interval(effect: float, low: float, high: float) -> str:
    return f"{_signed(effect, 2)} ({_signed(low, 2)} to {_signed(high, 2)})"


def _signed(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace("-", "−")


def _finding(found: Synthesis) -> str:
    if found.groups:
        effect = found.groups[0].pooled.effect
        return f"Against {found.against}: {effect:.1f} SD, about {effect * found.asked.spread:.1f} points of 10"
    if not found.apart:
        return "None of the published numbers answers this question"
    if all(row.effect is None for row in found.apart):
        return f"Against {found.against}: no size was published that could be drawn"
    return f"Against {found.against}: nothing that may be pooled"


def _sentence(found: Synthesis) -> str:
    said = [_of_group(found, group) for group in found.groups]
    sized = [row for row in found.apart if row.effect is not None]
    if sized:
        above = sum(row.low > found.line for row in sized)
        below = sum(row.high < found.line for row in sized)
        said.append(
            f"{'Beside it' if found.groups else 'Unpooled'} {_count(len(sized), 'stands', 'stand')} with a size: "
            f"{above} wholly above what patients notice, {below} wholly below, "
            f"{len(sized) - above - below} on both sides."
        )
    without = len(found.apart) - len(sized)
    if without:
        said.append(f"{_count(without, 'more has', 'more have')} no size on this axis.")
    return " ".join(said) or "Ask something else: widen the time, the risk of bias or the treatment."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _of_group(found: Synthesis, group: Group) -> str:
    (low, high), effect = group.pooled.interval, group.pooled.effect
    where = "below" if high < found.line else "above" if low > found.line else "on both sides of"
    points = f"{effect * found.asked.spread:.1f} points"
    return (
        f"{group.name[0].upper()}{group.name[1:]}: {_interval(effect, low, high)} SD, about {points} of 10. Its "
        f"interval lies {where} what patients notice ({found.asked.noticed:.3g} of 10, {found.line:.2f} SD)."
    )


def _table(rows: list[Group | Shown]) -> dict:
    cells = [_cells(row) for row in rows]
    return {
        "first": "number",
        "rows": [first for first, *_ in cells],
        "columns": [
            "against",
            "better by, SD",
            "from",
            "to",
            "as printed",
            "when",
            "risk of bias",
            "pooled?",
            "source",
        ],
        "values": [list(column) for column in zip(*(rest for _, *rest in cells), strict=True)] or [[]] * 9,
        "digits": [0, 2, 2, 2, 0, 0, 0, 0, 0],
    }


def _cells(row: Group | Shown) -> tuple:
    if isinstance(row, Group):
        spread = f"tau² {row.pooled.tau_squared:.4f}, I² {100 * row.pooled.share_of_disagreement:.0f} %"
        return row.name, "", row.pooled.effect, *row.pooled.interval, spread, "", "", row.why, ""
    one = row.published
    size = (None, None, None) if row.effect is None else (row.effect, row.low, row.high)
    against = f"{one.against}, with {one.with_care}" if one.with_care else one.against
    pooled = f"Yes, {100 * row.weight:.0f} % of the weight" if row.weight else one.apart or "Alone in its pool here"
    notes = " ".join(part.rstrip(".") + "." for part in (pooled, one.flaw, one.caution) if part)
    printed = f"{one.printed}{f'; {one.formula}' if one.formula else ''}"
    when = f"{one.follow_up}{_weeks(one.weeks)}"
    where = f"{one.citation}; {one.status}, seen in its {one.seen}"
    return f"{one.short}: {one.label}", against, *size, printed, when, f"{one.risk_of_bias}: {one.bias}", notes, where


def _weeks(weeks: tuple[float, ...]) -> str:
    if not weeks:
        return ""
    low, high = (f"{week:g}" for week in weeks)
    return f", {low if low == high else f'{low} to {high}'} weeks"
