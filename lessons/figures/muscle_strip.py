"""A strip of muscle with its band, the contraction knot, the capillary, and a needle or a thumb: all from the state."""

from __future__ import annotations

import numpy as np

from lessons.figures import style

# The strip is drawn in millimetres along the muscle; across it the unit is arbitrary.
HALF_LENGTH = 11.0
HALF_HEIGHT = 1.0
FIBRES = 7
SARCOMERES = 41
_ALONG = np.linspace(-HALF_LENGTH, HALF_LENGTH, 81)
_ALONG.flags.writeable = False
_OUTLINE = np.concatenate([_ALONG, _ALONG[::-1]])
_OUTLINE.flags.writeable = False
_REST = np.linspace(-HALF_LENGTH, HALF_LENGTH, SARCOMERES)
_LEVELS = np.linspace(-0.92, 0.92, FIBRES)
_FIBRE_X = np.concatenate([np.append(_ALONG[::2], np.nan)] * FIBRES)
_FIBRE_X.flags.writeable = False
HEALTHY_OXYGEN = 20.0


def _swelling(x: np.ndarray, contracture: float, radius: float) -> np.ndarray:
    return 1 + 9 * contracture * np.exp(-((x / radius) ** 2))


def squeeze(contracture: float, parameters) -> float:
    """Width of the capillary in the knot, 1 = as wide as without pressure: root of the model's closing term."""
    inside = parameters.pressure_rest + parameters.pressure_at_maximal_force * contracture
    rest = 1 + (parameters.pressure_rest / parameters.collapse_pressure) ** 4
    return float(np.sqrt(rest / (1 + (inside / parameters.collapse_pressure) ** 4)))


def muscle_strip(contracture: float, oxygen: float, parameters, axes: tuple[str, str] = ("x", "y")) -> list[dict]:
    """Traces of the strip. `contracture`: share of maximal force in the knot; `oxygen`: mmHg in the knot.

    Striations crowd where the fibres are short, the band swells, the capillary narrows, and the knot loses its colour
    as its oxygen falls.
    """
    x_axis, y_axis = axes
    common = {"type": "scatter", "mode": "lines", "xaxis": x_axis, "yaxis": y_axis, "hoverinfo": "skip"}
    radius = parameters.nodule_radius
    edge = HALF_HEIGHT * _swelling(_ALONG, contracture, radius)
    pull = 13 * contracture
    crowd = _REST - pull * np.tanh(_REST / radius) * np.exp(-((_REST / (3 * radius)) ** 2)) * radius / 2.7
    mark = HALF_HEIGHT * _swelling(crowd, contracture, radius) * 0.94
    gap = np.full(SARCOMERES, np.nan)
    fibres = np.concatenate([np.append(level * edge[::2], np.nan) for level in _LEVELS])
    lack = float(np.clip(1 - oxygen / HEALTHY_OXYGEN, 0, 1))
    ring = np.linspace(0, 2 * np.pi, 41)
    half = 0.17
    tube = half * (1 - (1 - squeeze(contracture, parameters)) * np.exp(-((_ALONG / (1.25 * radius)) ** 2)))
    centre = -1.62 + 0.06 * np.sin(_ALONG / 3) - 0.75 * (_swelling(_ALONG, contracture, radius) - 1)
    return [
        {
            **common,
            "x": _OUTLINE,
            "y": np.concatenate([edge, -edge[::-1]]),
            "fill": "toself",
            "fillcolor": "@muscle",
            "line": {"color": "@muscle-deep", "width": 1.5},
        },
        {
            **common,
            "x": 1.25 * radius * np.cos(ring),
            "y": 0.98 * float(edge[40]) * np.sin(ring),
            "fill": "toself",
            "fillcolor": f"@vein/{0.62 * lack:.2f}",
            "line": {"width": 0},
        },
        {**common, "x": _FIBRE_X, "y": fibres, "line": {"color": "@muscle-deep/0.45", "width": 1}},
        {
            **common,
            "x": np.column_stack([crowd, crowd, gap]).ravel(),
            "y": np.column_stack([mark, -mark, gap]).ravel(),
            "line": {"color": "@muscle-deep", "width": 1.6},
        },
        {
            **common,
            "x": _OUTLINE,
            "y": np.concatenate([centre + tube, (centre - tube)[::-1]]),
            "fill": "toself",
            "fillcolor": "@blood/0.85",
            "line": {"color": "@blood", "width": 1},
        },
    ]


def needle(miss: float, hit: bool, axes: tuple[str, str] = ("x", "y")) -> list[dict]:
    """A needle whose tip lies `miss` mm from the middle of the knot; hidden (empty) is never returned."""
    x_axis, y_axis = axes
    common = {"type": "scatter", "xaxis": x_axis, "yaxis": y_axis, "hoverinfo": "skip"}
    return [
        {
            **common,
            "mode": "lines",
            "x": np.array([miss + 2.6, miss + 1.04, miss]),
            "y": np.array([3.9, 1.56, 0.0]),
            "line": {"color": "@needle", "width": 3},
        },
        {
            **common,
            "mode": "lines",
            "x": np.array([miss + 2.6, miss + 1.9]),
            "y": np.array([3.9, 2.85]),
            "line": {"color": "@release" if hit else "@needle", "width": 9},
        },
    ]


def thumb(pressure: float, axes: tuple[str, str] = ("x", "y")) -> list[dict]:
    """A thumb that presses with `pressure` kPa: it sinks in as it presses harder."""
    x_axis, y_axis = axes
    angle = np.linspace(-np.pi, 0, 31)
    sink = 1.55 - 0.75 * min(pressure, 400) / 400
    x = np.concatenate([[-2.1], 2.1 * np.cos(angle), [2.1]])
    y = np.concatenate([[4.2], sink + 0.9 + 0.9 * np.sin(angle), [4.2]])
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "xaxis": x_axis,
            "yaxis": y_axis,
            "hoverinfo": "skip",
            "x": x,
            "y": y,
            "fill": "toself",
            "fillcolor": "@bone",
            "line": {"color": "@needle", "width": 2},
        }
    ]


def strip_axes(domain_x: tuple[float, float], domain_y: tuple[float, float], number: str = "") -> dict:
    """Axes of a strip drawing in a part of the figure; `number` is "" for the first pair, then "2", "3" ..."""
    return {
        f"xaxis{number}": style.blank_axis(-HALF_LENGTH, HALF_LENGTH, domain=list(domain_x), anchor=f"y{number}"),
        f"yaxis{number}": style.blank_axis(-2.6, 4.2, domain=list(domain_y), anchor=f"x{number}"),
    }
