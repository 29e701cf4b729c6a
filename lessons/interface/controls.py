"""What the page must know to make a slider, a switch or a row of named choices of a parameter."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lessons.interface.look_ahead import travel
from lessons.simulation import Parameter

LOG_POSITIONS = 121


def control(
    name: str, fields: Mapping[str, Parameter], folded: bool = False, play: bool = False, button: bool = False
) -> dict:
    """The control of one parameter: named choices where it has names, a switch for 0 or 1, else a slider.

    `folded`: it stands behind "More". `play`: time moves it. `button`: a switch that is a button over the picture.
    Raises ValueError for an unknown name, and for a button that is no switch.
    """
    if name not in fields:
        raise ValueError(f"There is no parameter '{name}' to make a slider of.")
    about = fields[name]
    switch = about.whole and (about.low, about.high) == (0, 1) and not about.choices
    if button and not switch:
        raise ValueError(f"'{name}' is more than on or off, so it cannot be a button.")
    return {
        "name": name,
        "label": about.label,
        "unit": about.unit,
        "positions": positions(about),
        "typical": about.typical,
        "digits": _digits(about.step) if about.scale == "linear" else 0,
        "log": about.scale == "log",
        "clock": about.scale == "log" and about.unit == "s",  # a time over many sizes is told in words
        "choices": list(about.choices),
        "switch": switch,
        "folded": folded,
        "play": play,
        "button": button,
    }


def positions(about: Parameter) -> list[float]:
    """Where the control can stand, ends included."""
    if about.scale == "log":
        rounded = (float(f"{v:.4g}") for v in np.geomspace(about.low, about.high, LOG_POSITIONS))
        return [min(max(v, about.low), about.high) for v in rounded]
    return list(travel(about.low, about.high, about.step))


def _digits(step: float) -> int:
    text = f"{step:.6f}".rstrip("0")
    return len(text.split(".")[1]) if "." in text else 0
