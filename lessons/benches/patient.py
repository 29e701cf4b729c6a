"""Mara, whom all lessons share: how she came, the words for how she is, and what the pages do to her."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from lessons.interface.patient import Patient, Quality, Share, Treated
from lessons.models.side_by_side import Mix

_came = Mix.described()
# Where one word ends and the next begins is ours; the number stands beside it.
QUALITIES = {
    "load": Quality(
        "load", _came["load"], ((0.2, "light"), (0.45, "moderate"), (0.7, "heavy"), (math.inf, "very heavy"))
    ),
    "sympathetic_tone": Quality(
        "sympathetic tone",
        _came["sympathetic_tone"],
        ((0.0, "as at rest"), (0.2, "a little raised"), (0.4, "raised"), (math.inf, "high")),
    ),
    "expectancy": Quality(
        "expectation of help",
        _came["expectancy"],
        ((0.0, "none"), (0.3, "low"), (0.7, "fair"), (math.inf, "high")),
    ),
    "sensitisation": Quality(
        "sensitisation",
        _came["sensitisation"],
        ((1.0, "none"), (2.0, "slight"), (3.0, "marked"), (math.inf, "strong")),
    ),
}
RELEASE, PRESSED, FAILED, STAY, SHAM = "release", "thumb release", "failed release", "stay", "sham"
TREATMENTS = {
    RELEASE: ("release with the needle", "releases with the needle"),
    PRESSED: ("release with the thumb", "releases with the thumb"),
    FAILED: ("attempt that released nothing", "attempts that released nothing"),
    STAY: ("visit with needles that stay", "visits with needles that stay"),
    SHAM: ("sham visit", "sham visits"),
}
NOTE = (
    "Under the figures that are about her, “Treat Mara like this” and “Keep for Mara” change this line, and “Mara as "
    "she is now” sets such a figure to it. Each figure opens with Mara as she came, knot and all: treatments are "
    "noted, and change nothing by themselves. Months of pain stand in these models for one thing, the sensitisation "
    "of the spinal cord. The line is kept on this computer only."
)
MARA = Patient("Mara", QUALITIES, TREATMENTS)


def shared(page: str, treated: Callable[[Any, Any], Treated] | None = None, **fields: str | Sequence[str]) -> Share:
    """What a figure of a page has in common with Mara: her number = the figure's parameter or parameters."""
    return Share(MARA, page, {n: (f,) if isinstance(f, str) else tuple(f) for n, f in fields.items()}, treated)


def visits(needles: int, minutes: float, times: int, how: Sequence[str]) -> Treated:
    """Visits with needles that stay, or without any. Raises ValueError for no visit, in one sentence."""
    if minutes == 0 or times == 0:
        raise ValueError("Nothing is done to her here: the visit has no time, or there is none.")
    return Treated({STAY if needles else SHAM: times}, how)
