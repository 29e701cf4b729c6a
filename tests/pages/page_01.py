"""What page 01 says, asked of the circuit of the dorsal horn and of the findings."""

from __future__ import annotations

import numpy as np

from lessons import benches, statements
from lessons.models.dorsal_horn import OBSERVABLES, DorsalHorn, simulate
from lessons.models.dorsal_horn_series import touch_curves

LATE, TOUCHED = 2.9, 5.9
MONDAY = DorsalHorn()
THURSDAY = DorsalHorn(spinal_gain=3.0, threat=8.0)
SENSITISED = DorsalHorn(spinal_gain=3.0)
CUT = {"c_fibre_input": 0.0, "touch": 40.0, "inhibition_lost": 100.0}


def read(parameters: DorsalHorn, name: str, seconds: float = LATE) -> float:
    """One reading of one run."""
    return OBSERVABLES[name].at(simulate(parameters), seconds)


def effect(parameters: DorsalHorn, touch: float = 40.0) -> float:
    """Per cent by which touch moves the projection cells."""
    return read(parameters.changed(touch=touch), "touch_effect")


def inhibits_and_excites():
    """Touch raises both kinds of cell, calm or not."""
    return all(
        read(p.changed(touch=40.0), name, TOUCHED) > 1.5 * read(p, name)
        for p in (MONDAY, SENSITISED)
        for name in ("inhibitory_rate", "relay_rate")
    )


def by_degrees(line):
    """It falls, up to 60 Hz of touch, and no step of 2 Hz makes a tenth of the fall."""
    steps = np.diff(line[:31])
    return bool(steps.max() < 0 and steps.min() > 0.1 * steps.sum())


EXPLORERS = {"signal_to_pain": benches.signal_to_pain, "touch_in_five_cords": benches.touch_in_five_cords}
PROSE = {
    "On Monday Mara's shoulder hurt 2 of 10, on Thursday 8.": lambda: (
        abs(read(MONDAY, "pain") - 2) < 0.1 and abs(read(THURSDAY, "pain") - 8) < 0.2
    ),
    "{term}`C fibres` start to fire at 1 s; touch comes from 3 to 6 s.": lambda: (
        simulate(DorsalHorn(touch=40.0)).events == (1.0, 3.0, 6.0)
    ),
    "In the {term}`dorsal horn` three things happen to the same 2 Hz": lambda: MONDAY.c_fibre_input == 2,
    "Touch drives {term}`inhibitory interneuron`s, and they hold the {term}`projection neuron`s": lambda: (
        effect(MONDAY) < -20 and effect(MONDAY.changed(inhibition_lost=100.0)) > 0
    ),
    "It works by degrees.": lambda: by_degrees(touch_curves(MONDAY).projection[1]),
    "The same touch drives relay cells, which pass it on and excite.": lambda: (
        inhibits_and_excites() and abs(effect(DorsalHorn(**(CUT | {"relay_lost": 100.0})))) < 1
    ),
    "With a raised {term}`gain` ({term}`sensitisation`) they win, and touch hurts.": lambda: effect(SENSITISED) > 20,
    "Threat takes part of it away, and adds to what the rest of the brain makes of the message.": lambda: (
        read(SENSITISED.changed(threat=10.0), "descending_rate") < read(SENSITISED, "descending_rate")
        and read(MONDAY.changed(threat=10.0, projection_to_brainstem=0.0), "pain")
        > read(MONDAY.changed(threat=0.0, projection_to_brainstem=0.0), "pain")
    ),
    "more comes down, less goes up": lambda: (
        read(MONDAY.changed(descending_inhibition=68.0), "projection_rate") < 0.7 * read(MONDAY, "projection_rate")
    ),
    "what could keep sending 2 Hz?": lambda: MONDAY.c_fibre_input == THURSDAY.c_fibre_input == 2,
}
CITED = {
    "cold hurt about 3 points of 10 more after a red cue than after a blue one": "same-cold-other-colour",
    "Vibration eased a pain that came from the nerve itself,** so not by quieting endings in the skin "
    "(Bini 1984, 16 people)": "vibration-eases-the-nerve",
    "A soft brush hurt in about half of healthy volunteers": "touch-hurts-after-capsaicin",
    "With inhibition blocked, rats started at light stroking as if it hurt": "blocked-inhibition-touch-hurts",
    "A burst of C fibres made the cord of rats answer touch like pain": "conditioned-cord-answers-touch",
    "Mice without one kind of exciting cell lost mechanical pain": "gate-cells-removed",
    "Quite different circuits give the same answer": "many-circuits-one-answer",
}
FEEDBACK = {
    'Choose "Thursday" and look at the first and the last trace. The input is the same, the pain is not.': lambda: (
        read(THURSDAY, "c_fibres") == read(MONDAY, "c_fibres") and read(THURSDAY, "pain") > read(MONDAY, "pain") + 5
    ),
    "About 6, three times as much": lambda: abs(3 * read(MONDAY, "pain") - 6) < 0.3,
    "threat takes part of the brake away": lambda: (
        read(SENSITISED.changed(threat=10.0), "descending_rate") < read(SENSITISED, "descending_rate")
    ),
    "The gain multiplies what goes into the cells, not what comes out.": lambda: (
        read(SENSITISED, "projection_rate") > 4.5 * read(MONDAY, "projection_rate")
    ),
    "About five times the calm rate, with the same 2 Hz coming in.": lambda: (
        abs(read(SENSITISED, "projection_rate") / read(MONDAY, "projection_rate") - 5) < 0.3
    ),
    'Choose "Rub it on Thursday" and look between 3 and 6 seconds': lambda: effect(THURSDAY) > 20,
    "Move touch slowly and watch the traces follow": lambda: np.all(
        np.diff([effect(SENSITISED, touch) for touch in range(0, 82, 8)]) > 0.5
    ),
    "The relay cells are multiplied by the gain, the inhibition is not.": lambda: (
        effect(SENSITISED.changed(relay_lost=100.0)) < 0 < effect(SENSITISED)
    ),
    "A door has two positions; this has all of them.": lambda: (
        effect(MONDAY, 80.0) < effect(MONDAY, 40.0) < effect(MONDAY, 20.0) < -5
    ),
    "Touch also excites the inhibitory cells": lambda: inhibits_and_excites(),
    "No setting of these sliders makes this circuit jump.": lambda: (
        max(np.diff(touch_curves(DorsalHorn(c_fibre_input=4.0, spinal_gain=g)).pain[0]).max() for g in (1, 3, 5)) < 1
    ),
    "Without inhibition touch can hurt": lambda: read(DorsalHorn(**CUT), "pain_touched") > 3,
    "Touch reaches them through the relay only": lambda: (
        abs(effect(DorsalHorn(**(CUT | {"relay_lost": 100.0})))) < 1 and effect(DorsalHorn(**CUT)) > 20
    ),
    "It calms through inhibitory cells": lambda: effect(MONDAY.changed(relay_lost=100.0)) < -20,
}
SLIPS = {
    "thursday": lambda item, model: read(THURSDAY, "projection_rate", 7.9),
    "calm-cord": lambda item, model: read(MONDAY, "projection_rate", 7.9),
    "three-times": lambda item, model: 3 * read(MONDAY, "projection_rate", 7.9),
}
POINTS = {
    ("same-work-more-pain", "weighed"): lambda: (
        read(THURSDAY, "c_fibres") == read(MONDAY, "c_fibres") and read(THURSDAY, "pain") > 7
    ),
    ("same-work-more-pain", "cord-turned-up"): lambda: (
        read(SENSITISED, "projection_rate") > 2 * read(MONDAY, "projection_rate") and effect(SENSITISED) > 20
    ),
    ("same-work-more-pain", "brake-and-threat"): lambda: (
        read(MONDAY.changed(descending_inhibition=68.0), "pain") < read(MONDAY, "pain") - 0.3
        and read(THURSDAY, "descending_rate") < read(THURSDAY.changed(threat=0.0), "descending_rate") - 1
    ),
}
KEYS = {("rub-it", "less-then-more"): lambda: effect(MONDAY) < -20 and effect(SENSITISED) > 20}
SILENT: dict[str, str] = {}
STATEMENTS = statements.circuit_statements, DorsalHorn, SILENT
