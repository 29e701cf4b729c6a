"""Page 04: the needle stays."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lessons.benches.patient import shared, visits
from lessons.data import findings
from lessons.figures.dose_surface import Published, dose_surface
from lessons.figures.human_only import HumanOnly
from lessons.figures.retention_course import retention_course
from lessons.interface.explorer import Challenge, Explorer
from lessons.interface.patient import Treated
from lessons.interface.prediction import Prediction
from lessons.models.neuromodulation import BY_HAND, CONTINUOUS, ELECTRICAL, STILL, Neuromodulation
from lessons.models.neuromodulation_series import UNTOUCHED, compare, surface
from lessons.models.neuromodulation_settings import BLINDED, ONE_NEEDLE_TURNED, STRONG_LABORATORY
from lessons.presets import added

TREATMENT = ("needles", "retention", "stimulation", "interval", "strength", "expectancy")
NOT_IN = "Does nothing without needles."
NO_TIME = "Does nothing when the visit has no time."
NUMB = "Does nothing while the nerve endings are fully numb."


def values_of(parameters: Neuromodulation, names: tuple[str, ...] = TREATMENT) -> dict[str, float]:
    """Some values of a setting, for a switch or a preset."""
    return {name: getattr(parameters, name) for name in names}


# The switch of the pages on retained needles: strong needling without a pause, and the real needles of a blinded trial.
ACCOUNTS = {
    "As the paper says": {**values_of(STRONG_LABORATORY), "human_only": 0},
    "What trials in people show": {**values_of(BLINDED), "human_only": 1},
}
ONE_MINUTE = {**values_of(ONE_NEEDLE_TURNED), "stimulation": STILL, "retention": 1.0}


def retention(after: Prediction | None = None) -> Explorer:
    return Explorer(
        STRONG_LABORATORY.changed(distance=12),
        compare,
        retention_course,
        ["stimulation", "retention", "needles", "strength", "distance"],
        folded=["interval", "expectancy", "frequency", "pattern", "opposite_side", "resting_discharge", "anaesthetic"],
        view=HumanOnly(),
        accounts=ACCOUNTS,
        presets={
            "Mara's six needles": {**values_of(BLINDED), "needles": 6, "retention": 20.0},
            "One needle, one minute": ONE_MINUTE,
            "One needle, 21 minutes, untouched": {**ONE_MINUTE, "retention": 21.0},
            "Current for half an hour": {"stimulation": ELECTRICAL, "strength": 6.0, "needles": 4, "retention": 30.0},
            **added("retention", Neuromodulation.described()),
        },
        challenges=[
            Challenge("Raise the threshold by 20 to 30 % with needles left alone or turned at intervals.", _same),
            Challenge("Choose a current that has lost effect before it is switched off.", _tires),
            Challenge("Let needles go in, and add less than one point to sham.", _nothing_added),
        ],
        unavailable=_idle,
        after=after,
        patient=shared("04", _treated, expectancy="expectancy"),
        name="retention",
    )


def _treated(run, _) -> Treated:
    p = run.parameters
    return visits(p.needles, p.retention, 1, ("needles", "retention", "strength"))


def minutes_and_turns() -> Explorer:
    return Explorer(
        ONE_NEEDLE_TURNED,
        surface,
        lambda found: dose_surface(found, measured()),
        ["retention", "interval", "needles", "strength", "expectancy"],
        folded=["resting_discharge", "insertion_burst", "habituation_depth", "context_floor"],
        presets={
            "As in the experiment": {**values_of(ONE_NEEDLE_TURNED), "resting_discharge": 0.0},
            "Run the world as if a needle at rest kept firing": {"resting_discharge": 0.3},
        },
        under="Look deeper: how long, how often turned",
        name="minutes-and-turns",
    )


def measured() -> tuple[Published, ...]:
    """The four points of one experiment, from the findings."""
    points = []
    for name, interval in (("long-beats-short-when-turned", 3.0), ("short-beats-long-untouched", UNTOUCHED)):
        long, short = (float(number) for number in re.findall(r"\+(\d+\.\d+)", findings()[name].number))
        points += [Published(21.0, interval, long), Published(1.0, interval, short)]
    return tuple(points)


def _same(run) -> bool:
    by_hand = run.parameters.stimulation in (STILL, BY_HAND) and run.parameters.needles > 0
    return by_hand and 20 <= run.at("pain_threshold", run.removal) <= 30


def _tires(run) -> bool:
    R, inside = run.read("pain_threshold"), run.real.time <= run.removal
    return run.parameters.stimulation == ELECTRICAL and bool(
        R[inside].max() > run.at("pain_threshold", run.removal) + 1
    )


def _nothing_added(run) -> bool:
    p = run.parameters
    return p.needles > 0 and p.strength > 0 and p.retention > 0 and run.gap < 1


def _idle(p: Neuromodulation) -> Mapping[str, str]:
    if p.retention == 0:
        names = ("stimulation", "needles", "strength", "distance", "interval", "expectancy", "resting_discharge")
        return dict.fromkeys((*names, "frequency", "pattern", "opposite_side", "anaesthetic"), NO_TIME)
    idle = {}
    if p.needles == 0:
        names = ("strength", "distance", "opposite_side", "resting_discharge", "anaesthetic", "frequency", "pattern")
        idle |= dict.fromkeys(names, NOT_IN)
    elif p.strength == 0:
        idle |= dict.fromkeys(
            ("needles", "distance", "opposite_side", "resting_discharge", "anaesthetic", "frequency", "pattern"),
            "Does nothing at strength 0.",
        )
    elif p.anaesthetic == 1:
        names = ("needles", "strength", "distance", "opposite_side", "resting_discharge", "frequency", "pattern")
        idle |= dict.fromkeys(names, NUMB)
    if p.stimulation == STILL:
        idle["interval"] = "Does nothing while the needles are left alone."
    if p.stimulation == CONTINUOUS:
        idle["interval"] = "Does nothing while the needles are turned without a pause."
    if p.stimulation in (CONTINUOUS, ELECTRICAL):
        idle.setdefault("resting_discharge", "Does nothing while the endings fire all the time.")
    if p.stimulation != ELECTRICAL:
        idle |= {name: idle.get(name, "Does nothing without a current.") for name in ("frequency", "pattern")}
    elif p.pattern:
        idle.setdefault("frequency", "Does nothing while 2 and 100 Hz are both used.")
    if p.distance == 12:
        idle.setdefault("opposite_side", "Hardly matters so far away.")
    return idle
