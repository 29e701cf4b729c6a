"""How long, and how often turned? The threshold as the needle comes out, with what people showed floating on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from lessons.figures import style
from lessons.models.neuromodulation import BY_HAND, STILL
from lessons.models.neuromodulation_series import UNTOUCHED, Surface

AXES = ("x", "y")
DRAWN = (1.0, 3.0, 10.0, 30.0, UNTOUCHED)
LOOKS = {
    1.0: ("@retention", "solid", 4),
    3.0: ("@retention", "solid", 2.5),
    10.0: ("@retention", "dash", 2.5),
    30.0: ("@retention", "dot", 2.5),
    UNTOUCHED: ("@release", "solid", 3.5),
}
TICKS = (0, 1, 2, 5, 10, 20, 40, 80)
HIGHEST = 110.0


class Published(NamedTuple):
    """A point of a trial: minutes in place, interval between manipulations (0: untouched), rise in %."""

    minutes: float
    interval: float
    rise: float


def dose_surface(found: Surface, points: Sequence[Published] = (), view: Any = None) -> dict:
    """Rise over minutes, a line for each handling. A scale of square roots keeps small rises readable."""
    own = found.parameters
    data = []
    for interval in DRAWN:
        colour, dash, width = LOOKS[interval]
        line = np.concatenate(([0.0], found.rise[found.intervals.index(interval)]))
        data.append(
            style.curve(np.arange(61.0), _up(line), colour, AXES, dash, width, meta="pin", name=_name(interval))
        )
    for untouched in (False, True):
        here = [p for p in points if (p.interval == UNTOUCHED) == untouched]
        data.append(
            style.marks(
                [p.minutes for p in here],
                _up(np.array([p.rise for p in here])),
                "@release" if untouched else "@retention",
                AXES,
                15,
                edge="@ink",
                symbol="diamond",
            )
        )
    handled = own.stimulation in (STILL, BY_HAND) and own.retention > 0
    data.append(
        style.marks([own.retention if handled else -9.0], [float(_up(found.here))], "@ink", AXES, 13, edge="@paper")
    )
    figure_layout = style.layout(
        430,
        (64, 118, 14, 48),
        xaxis=style.axis("minutes in place", 0, 61, tickvals=[1, 10, 20, 30, 40, 50, 60], anchor="y"),
        yaxis=style.axis(
            "rise of the threshold, % (small rises stretched)", 0, float(_up(HIGHEST)), anchor="x",
            tickvals=list(_up(np.array(TICKS))), ticktext=[str(t) for t in TICKS],
        ),
    )  # fmt: skip
    last = {interval: float(_up(found.rise[found.intervals.index(interval), -1])) for interval in DRAWN}
    ends = [(y, _name(i), "@release-text" if i == UNTOUCHED else "@retention-text") for i, y in last.items()]
    figure_layout["annotations"] = [
        *style.end_labels(ends, 0.55, 0.2, float(_up(HIGHEST)) - 0.2, "y"),
        *(
            style.label(
                p.minutes, float(_up(p.rise)), f"<b>+{p.rise:g} %</b>", "@ink", xref="x", yref="y", xshift=9,
                yshift=20 if _upper(p, points) else -18, bgcolor="@paper/0.85",
            )
            for p in points
        ),
        style.label(
            0.99, 0.99, "◆ measured in people: 24 volunteers, turned every 3 min or untouched", "@muted", xref="paper",
            yref="paper", xanchor="right", yanchor="top",
        ),
        style.label(
            0.99, 0.93, f"● yours: +{found.here:.1f} %", "@ink" if handled else "@ink/0", xref="paper", yref="paper",
            xanchor="right", yanchor="top",
        ),
    ]  # fmt: skip
    turned, still = found.rise[found.intervals.index(3.0)], found.rise[-1]
    return {
        "title": _finding(turned, still),
        "data": data,
        "layout": figure_layout,
        "twin": (
            f"Untouched, the model's threshold stands {still[0]:.1f} % higher after 1 min and {still[20]:.1f} % after "
            f"21 min. Turned every 3 min, it stands {turned[0]:.1f} % and {turned[20]:.1f} % higher."
        ),
        "table": {
            "first": "manipulation",
            "rows": [_name(i) for i in found.intervals],
            "columns": [f"{m} min, %" for m in (1, 5, 10, 21, 30, 45, 60)],
            "values": [found.rise[:, m - 1] for m in (1, 5, 10, 21, 30, 45, 60)],
            "digits": [1] * 7,
        },
        "narrow": {"margin": {"l": 52, "r": 104, "t": 14, "b": 46}},
    }


def _up(rise: Any) -> Any:
    """Where a rise stands on the axis."""
    return np.sqrt(np.maximum(rise, 0.0))


def _name(interval: float) -> str:
    return "untouched" if interval == UNTOUCHED else f"every {interval:.0f} min"


def _upper(point: Published, points: Sequence[Published]) -> bool:
    """Whether a point's label goes above it: of two that lie close together, that of the higher one."""
    return any(0 < point.rise - p.rise < 3 for p in points if p.minutes == point.minutes)


def _finding(turned: np.ndarray, still: np.ndarray) -> str:
    if max(turned.max(), still.max()) < 0.05:
        return "Nothing goes in, and nothing changes"
    if still[20] > still[0]:
        return "Left alone, longer does more here: in people it did not"
    if turned[20] > turned[0]:
        return "Left alone, 21 minutes do not beat one; turned, they do"
    return "Here more minutes add nothing, turned or not"
