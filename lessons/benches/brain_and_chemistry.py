"""Page 05: who carries the message?"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lessons.benches.patient import shared
from lessons.benches.retention import ACCOUNTS, NO_TIME, NUMB, values_of
from lessons.data import findings
from lessons.figures.human_only import HumanOnly
from lessons.figures.peptides import Measured, peptides
from lessons.figures.what_survives import what_survives
from lessons.interface.explorer import Challenge, Explorer
from lessons.interface.prediction import Prediction
from lessons.models.neuromodulation import CONTINUOUS, ELECTRICAL, STILL, Neuromodulation
from lessons.models.neuromodulation_blockers import BLOCKERS, survey
from lessons.models.neuromodulation_frequencies import frequencies
from lessons.models.neuromodulation_settings import CURRENT_FLUID, STRONG_LABORATORY
from lessons.presets import added

NOT_IN = "Does nothing without needles that are felt."


def blocker_bench(after: Prediction | None = None) -> Explorer:
    return Explorer(
        STRONG_LABORATORY,
        survey,
        what_survives,
        ["naloxone", "serotonin_block", "gaba_block", "anaesthetic", "expectancy"],
        folded=["stimulation", "frequency", "strength", "needles", "retention", "interval", "opioid_share"],
        view=HumanOnly(),
        accounts=ACCOUNTS,
        presets={
            "Current of 2 Hz": {**values_of(CURRENT_FLUID), "frequency": 2.0},
            "Current of 100 Hz": {**values_of(CURRENT_FLUID), "frequency": 100.0},
            "A mouse: opioids carry all of it": {"opioid_share": 1.0},
            **added("blocker_bench", Neuromodulation.described()),
        },
        challenges=[
            Challenge("Halve the effect of sham with naloxone alone.", _sham_shrinks),
            Challenge(
                "Choose a current (under More) and find the block that takes more from 2 Hz than from 100 Hz.",
                _low_hurts,
            ),
            Challenge("Block everything, belief too, and see what is left at the needle.", _all_blocked),
        ],
        unavailable=_idle,
        after=after,
        patient=shared("05", expectancy="expectancy"),
        name="blocker-bench",
    )


def which_frequency() -> Explorer:
    return Explorer(
        CURRENT_FLUID,
        frequencies,
        lambda found: peptides(found, measured()),
        ["frequency", "strength", "needles", "retention"],
        folded=["enkephalin_gain", "dynorphin_gain", "low_frequency_end", "high_frequency_start"],
        unavailable=_no_current,
        under="Look deeper: which frequency releases what",
        name="which-frequency",
    )


def measured() -> tuple[Measured, ...]:
    """The two rises in the fluid of the cord, from the findings: per cent of rest, as a factor."""

    def factor(name: str) -> float:
        return 1 + float(re.search(r"\+(\d+)", findings()[name].number)[1]) / 100

    return (
        Measured(2.0, "enkephalin", factor("enkephalin-by-2-hertz")),
        Measured(100.0, "dynorphin", factor("dynorphin-by-100-hertz")),
    )


def _sham_shrinks(found) -> bool:
    p = found.parameters
    alone = not any(getattr(p, name) for name in BLOCKERS if name != "naloxone")
    return bool(alone and p.naloxone > 0 and found.left()[1][1] < 55)


def _low_hurts(found) -> bool:
    p = found.parameters
    if p.stimulation != ELECTRICAL or p.frequency > 10 or not any(getattr(p, name) for name in BLOCKERS):
        return False
    return bool(found.left()[1][0] < survey(p.changed(frequency=100.0)).left()[1][0] - 5)


def _all_blocked(found) -> bool:
    p = found.parameters
    return p.expectancy == 0 and all(getattr(p, name) >= 1 for name in BLOCKERS)


def _no_current(p: Neuromodulation) -> Mapping[str, str]:
    idle = {}
    if p.retention == 0:
        idle = dict.fromkeys(("strength", "needles"), NO_TIME)
    if p.strength == 0:
        idle = dict.fromkeys(("needles", "retention"), "Does nothing at strength 0.")
    if p.needles == 0:
        idle = dict.fromkeys(("strength", "retention"), NOT_IN)
    if p.dynorphin_gain == 0:
        idle["high_frequency_start"] = "Does nothing while no dynorphin is released."
    if p.strength == 0 or p.needles == 0 or p.retention == 0:
        names = ("enkephalin_gain", "dynorphin_gain", "low_frequency_end", "high_frequency_start")
        idle |= dict.fromkeys(names, "Does nothing without a current that is felt.")
    return idle


def _idle(p: Neuromodulation) -> Mapping[str, str]:
    if p.retention == 0:
        names = (*BLOCKERS, "expectancy", "stimulation", "frequency", "strength", "needles", "interval", "opioid_share")
        return dict.fromkeys(names, NO_TIME)
    idle = {}
    if p.needles == 0:
        idle["strength"] = NOT_IN
    if p.strength == 0 and p.needles > 0:
        idle["gaba_block"] = NOT_IN
    if p.needles == 0 or p.strength == 0:
        idle |= dict.fromkeys(("gaba_block", "anaesthetic"), NOT_IN)
    elif p.anaesthetic == 1:
        idle["gaba_block"] = NUMB
    if p.opioid_share == 1:
        idle["serotonin_block"] = "Does nothing while opioids carry all of it."
    if p.stimulation != ELECTRICAL:
        idle.setdefault("frequency", "Does nothing without a current.")
    if p.stimulation in (STILL, CONTINUOUS):
        idle["interval"] = "Does nothing unless the needles are turned at intervals, or a current is looked after."
    return idle
