"""The benches of pages 01, 04 and 05: no dead slider, every slider plainly seen, every challenge solvable."""

from __future__ import annotations

import json

import numpy as np
import pytest
from pages import page_01, page_04, page_05

from lessons.models.neuromodulation import BY_HAND, ELECTRICAL, STILL

BENCHES = {**page_01.EXPLORERS, **page_04.EXPLORERS, **page_05.EXPLORERS}
LINE = 3.5  # pixels: the widest line of these pictures
WIDTH = 640  # pixels of a picture on a page 1280 wide, its margins taken off
NOTHING = 1e-4

SLOW = "minutes_and_turns"  # a whole surface for each place of a slider: tried from its opening only


def picture(explorer, values):
    return explorer._figure(*(part for part in explorer._run({**explorer.values, **values}) if part is not None))


def changed(explorer, values, more) -> float:
    """The largest change of any line, marker or number of the table."""
    before, after = _frames(explorer, values, more)
    if before.lengths() != after.lengths():
        return np.inf
    pairs = zip(before.arrays, after.arrays, strict=True)
    return max((float(np.nanmax(np.abs(np.asarray(a) - b), initial=0)) for a, b in pairs), default=0.0)


def looks_different(explorer, values, more) -> bool:
    """Whether lines, a cursor, a label or a title change."""
    before, after = _frames(explorer, values, more)
    return json.dumps(before.skeleton) != json.dumps(after.skeleton) or changed(explorer, values, more) > NOTHING


def _frames(explorer, values, more):
    return (explorer._frame({**explorer.values, **values, **change}) for change in ({}, more))


def pixels(figure):
    """Every trace of a picture as an array of pixels, (2, n)."""
    layout, found = figure["layout"], []
    height = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    for trace in figure["data"]:
        if trace["type"] != "scatter":
            continue
        place = []
        for letter, size in (("x", WIDTH), ("y", height)):
            axis = layout[trace[f"{letter}axis"].replace(letter, f"{letter}axis")]
            values = np.asarray(trace[letter], dtype=float)
            values = np.log10(np.maximum(values, 1e-9)) if axis.get("type") == "log" else values
            low, high = axis["range"]
            start, end = axis.get("domain", (0, 1))
            place.append(np.clip((values - low) / (high - low), -0.1, 1.1) * (end - start) * size)
        found.append(np.array(place))
    return found


def moved(one, other) -> float:
    """Pixels by which the trace that moves most moves."""
    if [trace.shape for trace in one] != [trace.shape for trace in other]:
        return np.inf
    return max(float(np.nanmax(np.abs(a - b), initial=0)) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("name", BENCHES)
def test_each_slider_moves_something_by_more_than_the_width_of_a_line(name):
    explorer = BENCHES[name]()
    situations = [{}, {"strength": 9.0}, {"needles": 1}] if name == SLOW else corners(explorer)
    for control in explorer.controls:
        slider, places = control["name"], control["positions"]
        most = 0.0
        for values in situations:
            if most <= LINE and slider not in explorer._disabled({**explorer.values, **values}):
                lines = [pixels(picture(explorer, {**values, slider: place})) for place in (places[0], places[-1])]
                most = max(most, moved(*lines))
        assert most > LINE, (slider, most)


def corners(explorer):
    """Situations to try from: what accounts and presets set, and each slider at an end."""
    named = [{}, *explorer.accounts.values(), *explorer.presets.values()]
    ends = [{c["name"]: place} for c in explorer.controls for place in (c["positions"][0], c["positions"][-1])]
    return [*named, *ends]


@pytest.mark.parametrize("name", BENCHES)
def test_a_slider_moves_the_picture_unless_it_says_why_not(name):
    explorer = BENCHES[name]()
    for values in [{}] if name == SLOW else corners(explorer):
        idle = explorer._disabled({**explorer.values, **values})
        _try_all(explorer, values, idle)


def _try_all(explorer, values, idle):
    for control in explorer.controls:
        slider, places = control["name"], control["positions"]
        tried = (places[0], places[len(places) // 2], places[-1])
        if slider in idle:
            most = max(changed(explorer, values, {slider: place}) for place in tried)
            assert most < 0.5, (slider, idle[slider], most, values)  # of a point of the scale
        else:
            assert any(looks_different(explorer, values, {slider: place}) for place in tried), (slider, values)


SOLUTIONS = {
    ("signal_to_pain", 0): {"spinal_gain": 3.0, "threat": 8.0},
    ("signal_to_pain", 1): {"touch": 40.0},
    ("signal_to_pain", 2): {"touch": 40.0, "spinal_gain": 3.0},
    ("retention", 0): {"stimulation": BY_HAND, "needles": 8, "strength": 3.0, "expectancy": 0.6, "retention": 30.0},
    ("retention", 1): {"stimulation": ELECTRICAL, "strength": 8.0, "retention": 60.0},
    ("retention", 2): {"stimulation": STILL, "strength": 1.0},
    ("blocker_bench", 0): {"naloxone": 1.0},
    ("blocker_bench", 1): {"stimulation": ELECTRICAL, "frequency": 2.0, "naloxone": 0.1},
    ("blocker_bench", 2): {
        "naloxone": 2.0, "serotonin_block": 1.0, "gaba_block": 1.0, "anaesthetic": 1.0, "expectancy": 0.0,
    },
}  # fmt: skip


@pytest.mark.parametrize(("name", "number"), SOLUTIONS)
def test_a_challenge_is_open_at_first_and_can_be_met(name, number):
    explorer = BENCHES[name]()
    explorer.set()
    assert not explorer.met[number]
    explorer.set(**SOLUTIONS[name, number])
    assert explorer.met[number]


def test_every_challenge_has_a_solution():
    for name, bench in BENCHES.items():
        assert len(bench().challenges) == sum(one == name for one, _ in SOLUTIONS)
