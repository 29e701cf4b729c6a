"""Contrast of the palette on JupyterLab's own backgrounds, and enough difference between meanings in grey and dash."""

from __future__ import annotations

import itertools

import pytest

from lessons.figures.style import DASHES, MARKERS
from lessons.interface.palette import COLOURS

# --jp-layout-color0 and -color1 of JupyterLab 4.6's two themes, read in a running JupyterLab.
BACKGROUNDS = {"light": ("#ffffff", "#ffffff"), "dark": ("#111111", "#212121")}
TEXT = ("ink", "muted", "release-text", "retention-text", "both", "context", "none", "blood")
LINES = ("release", "retention", "both", "context", "none", "needle", "muscle-deep", "blood", "ink")


def luminance(hexadecimal: str) -> float:
    parts = [int(hexadecimal[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", COLOURS)
@pytest.mark.parametrize("name", TEXT)
def test_text_stands_out_from_the_page(theme, name):
    for background in BACKGROUNDS[theme]:
        assert contrast(COLOURS[theme][name], background) >= 4.5, f"{name} on {background}"


@pytest.mark.parametrize("theme", COLOURS)
@pytest.mark.parametrize("name", LINES)
def test_lines_stand_out_from_the_page(theme, name):
    for background in BACKGROUNDS[theme]:
        assert contrast(COLOURS[theme][name], background) >= 3, f"{name} on {background}"


def test_both_themes_name_the_same_colours():
    assert set(COLOURS["light"]) == set(COLOURS["dark"])


def test_two_meanings_never_share_dash_and_marker():
    meanings = [m for m in DASHES if m != "none"]
    for one, other in itertools.combinations(meanings, 2):
        assert DASHES[one] != DASHES[other]
        assert MARKERS[one] != MARKERS[other]
