"""What page 05 says, asked of the model and of the findings."""

from __future__ import annotations

from lessons import benches, statements
from lessons.models.neuromodulation_blockers import ROWS, survey
from lessons.models.neuromodulation_settings import CURRENT_FLUID
from pages.needles import BLINDED, BLINDED_SHAM, STRONG_LABORATORY, Neuromodulation, read

FAST = CURRENT_FLUID.changed(frequency=100.0)
EXPLORERS = {"blocker_bench": benches.blocker_bench, "which_frequency": benches.which_frequency}


def left(parameters: Neuromodulation, row: str) -> list[float]:
    """Per cent left of real needles, of sham, and at the needle."""
    return list(survey(parameters).left()[0][list(ROWS).index(row)])


PROSE = {
    "which act for minutes through {term}`opioid receptor`s": lambda: 10 < Neuromodulation().opioid_half_life < 30,
    "{term}`GABA` holds the gate in the needle's segment": lambda: (
        left(FAST, "gaba_block")[2] < 95 and left(FAST, "gaba_block")[0] > 99.9
    ),
    "in the {term}`periaqueductal grey` opioids lift its hold": lambda: (
        read(STRONG_LABORATORY, 49, "gaba_midbrain") < 0.95
    ),
    "{term}`Adenosine` acts at the needle only.": lambda: (
        left(BLINDED, "everything")[0] < 0.1 < 10 < left(BLINDED, "everything")[2]
    ),
    "So {term}`naloxone` shrinks sham as well": lambda: 40 < left(BLINDED, "naloxone")[1] < 60,
    "One half is a choice": lambda: Neuromodulation().opioid_share == 0.5,
    "The model says so; one study found no difference.": lambda: (
        read(CURRENT_FLUID.changed(frequency=4.0), 29.9) > 1.2 * read(CURRENT_FLUID.changed(frequency=32.0), 29.9)
    ),
}
CITED = {
    "**People and naloxone: part, nothing, or all.** Studies contradict each other.": "naloxone-nothing",
    "In mice it took all of the effect.": "naloxone-all-in-mice",
    "**Endorphin in the blood did not change** in one study.": "no-endorphin-in-blood",
    "In another, with current, it rose in the fluid around the cord.": "beta-endorphin-in-all",
    "**Serotonin rose in the blood with sham, too.**": "serotonin-with-sham-too",
    "**GABA in people is one study** in which it went along with a link in the brain.": "gaba-goes-with-the-link",
    "In people 4 and 32 Hz did equally well": "four-or-thirty-two-hertz",
    "More free receptors after needles than after sham went with equal pain relief.": "receptors-more-free",
}
FEEDBACK = {
    "In this model context works through opioids, too": lambda: left(BLINDED, "naloxone")[1] < 60,
    "In the bench half of sham is still there": lambda: 45 < left(BLINDED, "naloxone")[1] < 55,
    "Opioids and the fast path go on": lambda: 30 < left(STRONG_LABORATORY, "serotonin_block")[0] < 70,
    "Look at the second row": lambda: list(ROWS)[1] == "serotonin_block",
    "Compare the first and the last column of that row": lambda: (
        left(FAST, "gaba_block")[0] > 99 > left(FAST, "gaba_block")[2]
    ),
    "The gate is local, and it ends with the stimulus": lambda: read(FAST, 30.5, "gaba_cord") == 0.0,
    "Move the GABA slider and watch the last column. It is a small part": lambda: 80 < left(FAST, "gaba_block")[2] < 95,
    "in 37 patients, with current through the skin": lambda: read(CURRENT_FLUID, 29.9, "enkephalin") > 4,
    "Rest is 100 %": lambda: read(CURRENT_FLUID.changed(strength=0.0), 10, "enkephalin") == 1.0,
    "strength 6, for half an hour": lambda: CURRENT_FLUID.strength == 6 and CURRENT_FLUID.retention == 30,
    "turned without a pause for fifty minutes": lambda: STRONG_LABORATORY.retention == 50,
}
POINTS = {
    ("just-endorphins", "one-of-several"): lambda: (
        left(STRONG_LABORATORY, "naloxone")[0] > 50 and left(STRONG_LABORATORY, "serotonin_block")[0] < 70
    ),
    ("just-endorphins", "sham-uses-them"): lambda: 40 < left(BLINDED, "naloxone")[1] < 60,
}
SLIPS = {"rise-not-level": lambda item, model: 100 * (read(CURRENT_FLUID, 29.9, "enkephalin") - 1)}
KEYS = {
    ("naloxone-leaves", "half"): lambda: (
        40 < left(BLINDED, "naloxone")[0] < 60 and 15 < read(BLINDED, 29.9) < 25 and read(BLINDED_SHAM, 29.9) > 0
    ),
}
SILENT = {
    "beta_endorphin_scale": "beta-endorphin moves slowly and adds to what enkephalin has nearly saturated",
    "cholecystokinin_high": "the brake is strong already; 5 per cent of it moves the threshold by .004 points",
}
STATEMENTS = statements.chemistry_statements, Neuromodulation, SILENT
