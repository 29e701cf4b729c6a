"""Each of the claims N1 to N13 goes the way the paper says over the whole travel of a slider, or it says where not.

A row reads: claim, model, what is set, slider, reading, when it is read, direction, and how far the claim holds on the
slider (None: everywhere). What turns round beyond that is checked, too: it stands on the pages as a limit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons import data
from lessons.lesson_models import CIRCUIT, COURSE, TREATMENT, Model
from lessons.models.neuromodulation import OBSERVABLES, STILL, Neuromodulation, simulate
from lessons.models.neuromodulation_settings import (
    BLINDED,
    CURRENT_FLUID,
    ONE_NEEDLE_UNTOUCHED,
    RAT_NEURON_STRONG,
    STRONG_LABORATORY,
)
from lessons.simulation import Parameters

MINUTE = 60.0
FURTHEST = "furthest"  # the largest or smallest of a run, whichever the claim is about
RISES, FALLS = 1, -1
PLACES = 17
FEEL = 1e-4  # of the whole change: what the solver may be off


def as_needles_come_out(p) -> float:
    return max(0.0, MINUTE * p.retention - 6.0)


def ten_minutes_later(p) -> float:
    return MINUTE * (p.retention + 10.0)


def in_the_end(_) -> float:
    return 2.9  # s: input has settled, touch has not begun


class Row(NamedTuple):
    claim: str
    model: Model
    start: Parameters
    slider: str
    reading: str
    when: Callable[[Parameters], float] | str | None
    direction: int
    until: float | None = None


CURRENT = CURRENT_FLUID
CALM = CIRCUIT.parameters()
SENSITISED = CALM.changed(spinal_gain=3.0)
WEEKS = COURSE.parameters(visits_per_week=3.0, weeks=3)
ROWS = [
    Row("N1", TREATMENT, ONE_NEEDLE_UNTOUCHED, "resting_discharge", "afferent_input", as_needles_come_out, RISES),
    Row("N1", TREATMENT, STRONG_LABORATORY, "strength", "afferent_input", as_needles_come_out, RISES),
    Row("N3", TREATMENT, STRONG_LABORATORY, "strength", "cord_gain", as_needles_come_out, FALLS),
    Row("N3", TREATMENT, BLINDED, "expectancy", "cord_gain", as_needles_come_out, FALLS),
    Row("N3", TREATMENT, BLINDED, "naloxone", "cord_gain", as_needles_come_out, RISES),
    Row("N3", CIRCUIT, CALM, "descending_inhibition", "projection_rate", in_the_end, FALLS),
    Row("N4", TREATMENT, STRONG_LABORATORY, "strength", "peak", None, RISES),
    Row("N4", TREATMENT, BLINDED, "needles", "pain_threshold", as_needles_come_out, RISES),
    Row("N4", TREATMENT, STRONG_LABORATORY, "retention", "peak", None, RISES),
    Row("N4", TREATMENT, STRONG_LABORATORY, "retention", "pain_threshold", as_needles_come_out, RISES, 30.0),
    Row("N4", CIRCUIT, CALM, "descending_inhibition", "pain_alone", None, FALLS),
    Row("N5", TREATMENT, BLINDED, "strength", "muscle_tone", as_needles_come_out, FALLS),
    Row("N5", TREATMENT, BLINDED, "expectancy", "muscle_tone", as_needles_come_out, FALLS),
    Row("N6", TREATMENT, BLINDED, "posture", "rmssd", as_needles_come_out, RISES),
    Row("N6", TREATMENT, BLINDED, "expectancy", "rmssd", as_needles_come_out, RISES),
    Row("N6", TREATMENT, BLINDED, "strength", "rmssd", as_needles_come_out, RISES, 1.5),
    Row("N7", TREATMENT, RAT_NEURON_STRONG, "strength", "cord_gain", as_needles_come_out, FALLS),
    Row("N7", TREATMENT, BLINDED, "conditioning", "cord_gain", as_needles_come_out, FALLS),
    Row("N7", CIRCUIT, SENSITISED, "descending_inhibition", "projection_rate", in_the_end, FALLS),
    Row("N8", TREATMENT, BLINDED, "posture", "cortisol", as_needles_come_out, FALLS),
    Row("N8", TREATMENT, BLINDED, "expectancy", "cortisol", as_needles_come_out, FALLS),
    Row("N8", TREATMENT, BLINDED, "strength", "cortisol", as_needles_come_out, FALLS, 1.5),
    Row("N9a", TREATMENT, BLINDED, "expectancy", "anxiety", None, FALLS),
    Row("N9a", TREATMENT, BLINDED, "strength", "anxiety", None, FALLS),
    Row("N9b", COURSE, WEEKS, "visits_per_week", "sleep", FURTHEST, FALLS),
    Row("N9b", COURSE, WEEKS, "expectancy", "sleep", FURTHEST, FALLS),
    Row("N10a", TREATMENT, CURRENT, "strength", "enkephalin", as_needles_come_out, RISES),
    Row("N10a", TREATMENT, CURRENT, "frequency", "dynorphin", as_needles_come_out, RISES),
    Row("N10a", TREATMENT, CURRENT, "frequency", "enkephalin", as_needles_come_out, RISES, 4.0),
    Row("N10b", TREATMENT, STRONG_LABORATORY, "strength", "serotonin", as_needles_come_out, RISES),
    Row("N10b", TREATMENT, BLINDED, "expectancy", "serotonin", as_needles_come_out, RISES),
    Row("N10c", TREATMENT, CURRENT, "strength", "gaba_cord", as_needles_come_out, RISES, 5.0),
    Row("N10c", TREATMENT, CURRENT, "strength", "gaba_midbrain", as_needles_come_out, FALLS, 6.0),
    Row("N11", COURSE, WEEKS, "visits_per_week", "baseline_shift", FURTHEST, RISES),
    Row("N11", COURSE, WEEKS, "weeks", "baseline_shift", FURTHEST, RISES),
    Row("N11", COURSE, WEEKS, "expectancy", "baseline_shift", FURTHEST, RISES),
    Row("N13", TREATMENT, STRONG_LABORATORY, "strength", "pain_threshold", ten_minutes_later, RISES),
    Row("N13", TREATMENT, STRONG_LABORATORY, "retention", "pain_threshold", ten_minutes_later, RISES, 27.0),
]


def named(row: Row) -> str:
    return f"{row.claim}-{row.reading}-{row.slider}"


def travel(row: Row) -> tuple[np.ndarray, np.ndarray]:
    """Places of the slider, and what is read at each."""
    about = type(row.start).described()[row.slider]
    space = np.geomspace if about.scale == "log" else np.linspace
    places = space(about.low, about.high, PLACES)
    places = np.unique(np.round(places)) if about.whole else places
    found = []
    for place in places:
        p = row.start.changed(**{row.slider: int(place) if about.whole else float(place)})
        reading, run = row.model.observables[row.reading], row.model.simulate(p)
        if row.when == FURTHEST:
            found.append(row.direction * float(np.max(row.direction * reading.read(run))))
        else:
            found.append(reading.at(run, row.when(p)) if reading.over_time else float(reading.read(run)))
    return places, np.array(found)


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_a_claim_goes_the_way_it_says_over_the_whole_travel_of_a_slider(row):
    places, found = travel(row)
    steps = row.direction * np.diff(found)
    feel = FEEL * np.ptp(found)
    holds = places[1:] <= row.until if row.until else np.ones(len(steps), dtype=bool)
    assert holds.any() and np.all(steps[holds] >= -feel) and steps[holds].sum() > 10 * feel
    if row.until:
        assert np.any(steps[~holds] < -feel), "nothing turns round: the exception can go"


def test_every_claim_of_this_model_has_a_direction():
    claims = {name for name in data.claims() if name.startswith("N")} - {"N2", "N12"}  # those wait for the body
    assert {row.claim for row in ROWS} == claims


def test_time_alone_adds_no_input_to_a_needle_that_nobody_touches():
    row = Row(
        "N1", TREATMENT, BLINDED.changed(stimulation=STILL), "retention", "afferent_input", as_needles_come_out, 0
    )
    places, found = travel(row)
    assert np.all(np.diff(found[places >= 4]) <= 0) and found[-1] < 1e-6


ABOUT = Neuromodulation.described()
SET_BY_A_LEARNER = (
    "needles", "retention", "stimulation", "interval", "strength", "frequency", "pattern", "conditioning",
    "expectancy", "naloxone", "serotonin_block", "gaba_block", "anaesthetic", "responsiveness",
)  # fmt: skip


def _values(name):
    about = ABOUT[name]
    if about.whole:
        return st.integers(int(about.low), int(about.high))
    return st.floats(about.low, about.high).map(lambda value: round(value, 3))


treatments = st.fixed_dictionaries({name: _values(name) for name in SET_BY_A_LEARNER}).map(
    lambda values: Neuromodulation(**values)
)


@settings(max_examples=40)
@given(treatments, st.sampled_from(["strength", "needles"]))
def test_no_more_of_a_needle_ever_lowers_the_highest_threshold_of_a_visit(p, name):
    """Whatever else is set. The strength that is too much, which the heart notices, is no such limit here."""
    about = ABOUT[name]
    places = range(0, 13, 2) if about.whole else np.linspace(about.low, about.high, 9)
    peaks = [float(OBSERVABLES["peak"].read(simulate(p.changed(**{name: place})))) for place in places]
    assert np.all(np.diff(peaks) >= -1e-3)
