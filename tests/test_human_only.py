"""Fading what rests on animals only: pale lines, readable letters, nothing else changed."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from lessons.figures import style
from lessons.figures.human_only import FADED, HumanOnly, faded
from lessons.interface.controls import control
from lessons.interface.packing import difference, pack
from lessons.simulation import ParameterError

X = np.arange(3.0)
PARTS = [
    style.curve(X, X, "@retention", ("x", "y"), name="@home"),
    style.curve(X, X, "rgba(0,0,0,0)", ("x", "y"), width=0, fill="tonexty", fillcolor="@context/0.4"),
    style.marks(
        X,
        X,
        ["@release", "@none/0.5", "@retention-text"],
        ("x", "y"),
        mode="markers+text",
        text=["@a", "", ""],
        textfont={"size": 12, "color": ["@release", "@none", "@ink"]},
    ),
    style.label(0, 1, "rats only", "@release-text", bgcolor="@paper/0.8", arrowcolor="@ink"),
    style.cursor(1.0, "y"),
]


def test_lines_fills_and_markers_keep_a_share_of_their_opacity():
    line, fill, points, label, cursor = faded(PARTS, 0.25)
    assert line["line"]["color"] == "@retention/0.25"
    assert fill["fillcolor"] == "@context/0.1" and fill["line"]["color"] == "rgba(0,0,0,0)"
    assert points["marker"]["color"] == ["@release/0.25", "@none/0.125", "@retention-text/0.25"]
    assert points["marker"]["line"]["color"] == "@paper/0.25"
    assert label["arrowcolor"] == cursor["line"]["color"] == "@ink/0.25"
    assert 0 < FADED < 0.5 and faded(PARTS)[0]["line"]["color"] == f"@retention/{FADED:g}"


def test_letters_stay_readable_and_say_the_same():
    line, _, points, label, _ = faded(PARTS)
    assert label["font"] == {"size": style.SMALL, "color": "@muted"} and label["bgcolor"] == "@paper/0.8"
    assert points["textfont"] == {"size": 12, "color": ["@muted"] * 3}
    assert label["text"] == "rats only" and line["name"] == "@home" and points["text"] == ["@a", "", ""]
    # tests/test_palette.py holds "@muted" to 4.5 : 1 on both themes.


def test_letters_without_a_colour_of_their_own_get_the_readable_one():
    assert faded({"textfont": {"size": 12}, "mode": "text"}) == {
        "textfont": {"size": 12, "color": "@muted"},
        "mode": "text",
    }


def test_nothing_moves_and_what_was_handed_in_stays_as_it_was():
    before = copy.deepcopy([{k: v for k, v in part.items() if k not in "xy"} for part in PARTS])
    pale = faded(PARTS)
    assert before == [{k: v for k, v in part.items() if k not in "xy"} for part in PARTS]
    assert all(one.get("x") is other.get("x") for one, other in zip(PARTS, pale, strict=True))
    changed = difference(pack({"data": PARTS}), pack({"data": pale}))
    assert changed and all(str(value).startswith("@") for _, value in changed)


@pytest.mark.parametrize(("left", "colour"), [(1.0, "@ink/1"), (0.5, "@ink/0.5"), (0.0, "@ink/0")])
def test_how_much_is_left_can_be_said(left, colour):
    assert faded(["@ink"], left) == [colour]


def test_the_switch_is_a_switch():
    made = control("human_only", HumanOnly.described())
    assert made["switch"] and made["label"] == "show only what rests on people"
    with pytest.raises(ParameterError):
        HumanOnly(human_only=2)
