"""How a class voted: bars for options, dots for numbers, the first vote beside the second."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from lessons.figures import style

LINE, BAR, GAP = 19, 26, 16  # pixels: a line of an option's text, a bar, and what lies between two options
WRAP, NARROW = 68, 36  # characters of an option in a line; of one that fits on a phone
LOOKS = (("@none-fill", "@ink"), ("@ink", "@paper"))  # fill of a bar, and what is written in it
STRIP = 84  # pixels of a strip of dots
FENCE = 1.5  # widths of the middle half of the numbers beyond which one lies at the edge


class Round(NamedTuple):
    """One vote. `chosen`: option -> votes, or `values`: numbers. `right`: in words, "" before the key is opened."""

    name: str
    votes: int
    chosen: Mapping[str, int] = {}
    values: Sequence[float] = ()
    right: str = ""


def class_votes(
    options: Mapping[str, str],
    rounds: Sequence[Round],
    right: Collection[str] = (),
    *,
    unit: str = "",
    within: tuple[float, float] | None = None,
) -> dict:
    """The figure of one question. `options`: id -> text, none for a number in `unit`. `right` and `within` (lowest and
    highest number that is right) are told once the key is opened, and only then handed in."""
    return _bars(options, rounds, right) if options else _strips(rounds, unit, within)


def _bars(options: Mapping[str, str], rounds: Sequence[Round], right: Collection[str]) -> dict:
    most = max([1, *(one.chosen.get(name, 0) for one in rounds for name in options)])
    labels, narrow, places, at = [], [], [], 0
    for number, (name, text) in enumerate(options.items()):
        said = f"{'✓ ' if name in right else ''}{'ABCDEFGH'[number]}. {text}"
        at += LINE * len(textwrap.wrap(said, NARROW)) + 5
        labels.append(_words(said, WRAP, at, name in right))
        narrow.append(_words(said, NARROW, at, name in right))
        places.append([-(at + BAR * (row + 0.5)) for row in range(len(rounds))])
        at += BAR * len(rounds) + GAP
    data = []
    for row, (one, (fill, _)) in enumerate(zip(rounds, LOOKS, strict=False)):
        counts = [one.chosen.get(name, 0) for name in options]
        data.append(
            {
                "type": "bar",
                "orientation": "h",
                "x": counts,
                "y": [place[row] for place in places],
                "width": BAR - 5,
                "marker": {"color": fill, "line": {"color": "@ink", "width": 1}},
                "text": [f"{count} {one.name}" if len(rounds) > 1 else f"{count}" for count in counts],
                "textposition": "outside",
                "textfont": {"size": style.TEXT, "color": "@ink"},
                "cliponaxis": False,
                "hoverinfo": "skip",
            }
        )
    layout = style.layout(
        at + 16,
        (6, 130, 8, 8),
        xaxis=style.blank_axis(0, most),
        yaxis=style.blank_axis(-at, 0),
    )
    layout["annotations"] = labels
    layout["barmode"] = "overlay"
    table = {
        "first": "option",
        "rows": [f"{'right: ' if name in right else ''}{text}" for name, text in options.items()],
        "columns": [one.name for one in rounds],
        "values": [[one.chosen.get(name, 0) for name in options] for one in rounds],
        "digits": [0] * len(rounds),
    }
    said = "; ".join(
        f"{one.name}: {', '.join(f'{one.chosen.get(name, 0)} for {letter}' for name, letter in _lettered(options))}"
        for one in rounds
    )
    return {
        "title": _title(rounds),
        "data": data,
        "layout": layout,
        "narrow": {"annotations": narrow},
        "twin": f"{said[:1].upper()}{said[1:]}.",
        "table": table,
    }


def _words(said: str, longest: int, at: int, right: bool) -> dict:
    """An option's text, whose last line ends above its bars."""
    lines = [_plain(line) for line in textwrap.wrap(said, longest)]
    words = "<br>".join(f"<b>{line}</b>" if right else line for line in lines)
    label = style.label(0, 3 - at, words, xref="paper", yref="y", yanchor="bottom", align="left")
    return {**label, "font": {"size": 15, "color": "@ink"}}


def _lettered(options: Mapping[str, str]) -> list[tuple[str, str]]:
    return list(zip(options, "ABCDEFGH", strict=False))


def _strips(rounds: Sequence[Round], unit: str, within: tuple[float, float] | None) -> dict:
    every = np.array([value for one in rounds for value in one.values] or [0.0])
    below, above = np.quantile(every, (0.25, 0.75))
    low = float(max(every.min(), below - FENCE * (above - below)))
    high = float(min(every.max(), above + FENCE * (above - below)))
    if within:
        low, high = min(low, within[0]), max(high, within[1])
    reach = 0.15 * (high - low) or max(1.0, 0.1 * abs(high))
    low, high = low - reach, high + reach
    data, labels = [], []
    for row, one in enumerate(rounds):
        values = np.array(one.values, dtype=float)
        middle = -row * STRIP
        heights = middle + 34 * style.scatter(max(1, len(values)))[: len(values)]
        outside = int(np.sum((values < low) | (values > high)))
        beyond = f", {outside} beyond the edges" if outside else ""
        shown, edge = np.clip(values, low, high), LOOKS[row % 2][1]
        data.append(style.marks(shown, heights, LOOKS[row % 2][0], ("x", "y"), 13, edge=edge))
        words = f"<b>{_plain(one.name)}</b> ({len(values)}{beyond})"
        labels.append(style.label(0, middle + 42, words, xref="paper", yref="y", yanchor="bottom"))
    layout = style.layout(
        STRIP * len(rounds) + 92,
        (16, 16, 24, 46),
        xaxis=style.axis(f"answer in {unit}" if unit else "answer", low, high),
        yaxis=style.blank_axis(-STRIP * (len(rounds) - 1) - 30, 60),
    )
    if within:
        layout["shapes"] = [
            {
                "type": "rect", "xref": "x", "yref": "paper", "x0": within[0], "x1": within[1], "y0": 0, "y1": 1,
                "fillcolor": "@context-fill/0.25", "line": {"width": 0}, "layer": "below",
            }
        ]  # fmt: skip
        labels.append(
            style.label(sum(within) / 2, 1, "right", xref="x", yref="paper", yanchor="bottom", xanchor="center")
        )
    layout["annotations"] = labels
    said = [
        f"{one.name}: {len(one.values)} numbers, the middle one {_number(np.median(one.values))}"
        for one in rounds
        if one.values
    ]
    return {
        "title": _title(rounds),
        "data": data,
        "layout": layout,
        "twin": f"{'; '.join(said)[:1].upper()}{'; '.join(said)[1:]}." if said else "No numbers.",
        "table": {
            "first": "vote",
            "rows": [one.name for one in rounds],
            "columns": ["answers", "lowest", "middle", "highest"],
            "values": [list(column) for column in zip(*(_of(one.values) for one in rounds), strict=True)],
            "digits": [0, 2, 2, 2],
        },
    }  # fmt: skip


def _of(values: Sequence[float]) -> tuple[float, ...]:
    return (len(values), min(values), float(np.median(values)), max(values)) if values else (0, np.nan, np.nan, np.nan)


def _title(rounds: Sequence[Round]) -> str:
    told = "; ".join(f"{one.name}: {one.right or f'{one.votes} voted'}" for one in rounds)
    return f"{told[:1].upper()}{told[1:]}"


def _number(value: float) -> str:
    return f"{value:.4g}".replace("-", "−")


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
