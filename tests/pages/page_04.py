"""What page 04 says, asked of the model and of the findings."""

from __future__ import annotations

import numpy as np

from lessons import benches, statements
from lessons.models.neuromodulation import BY_HAND, STILL, Neuromodulation
from lessons.models.neuromodulation_protocols import crossover_interval, longer_less_brief
from lessons.models.neuromodulation_series import compare, surface
from lessons.models.neuromodulation_settings import CURRENT_FLUID, ONE_NEEDLE_TURNED
from pages.needles import BLINDED, BLINDED_SHAM, STRONG_LABORATORY, curve, read

ONE_UNTOUCHED = ONE_NEEDLE_TURNED.changed(stimulation=STILL)
MINUTES = np.arange(0.0, 61.0)
HALF_AN_HOUR_OF_CURRENT = Neuromodulation(stimulation=3, strength=8.0, needles=2)

EXPLORERS = {"retention": benches.retention, "minutes_and_turns": benches.minutes_and_turns}


def rises_for_half_an_hour_and_tires():
    R = curve(STRONG_LABORATORY, MINUTES)
    return 20 <= int(np.argmax(R)) <= 35 and R[49] < R.max() - 2 and R[2] < 0.5 * R.max()


def belief_goes_before_the_brake():
    """How much of what belief adds, and of what comes without it, is left ten minutes after the needles came out."""
    (with_it, without), (with_it_later, without_later) = (
        (read(BLINDED, minute), read(BLINDED.changed(expectancy=0.0), minute)) for minute in (29.9, 40)
    )
    return (with_it_later - without_later) / (with_it - without) < 0.3 < 0.6 < without_later / without


PROSE = {
    "It rises over twenty to thirty minutes, tires, and falls by half in about a quarter of an hour.": lambda: (
        rises_for_half_an_hour_and_tires()
        and abs(Neuromodulation().opioid_half_life - 15) < 3
        and abs(Neuromodulation().monoamine_half_life - 15) < 3
    ),
    "which acts in {term}`sham` as well": lambda: (
        read(BLINDED_SHAM, 29.9) > 10 > read(BLINDED_SHAM.changed(expectancy=0.0), 29.9)
    ),
    "Here a needle at rest is almost silent.": lambda: (
        read(BLINDED.changed(stimulation=STILL), 10, "afferent_input") < 0.01
    ),
    "Then time alone adds nothing, and {term}`manipulation` decides.": lambda: (
        longer_less_brief(ONE_NEEDLE_TURNED)[0] > 0 > longer_less_brief(ONE_NEEDLE_TURNED)[1]
    ),
    "Strength and pauses explain it here": lambda: (
        read(BLINDED, 29.9) < 0.5 * read(BLINDED.changed(strength=9.0, stimulation=2), 29.9)
    ),
    "The model gives less than was measured after 21 untouched minutes": lambda: read(ONE_UNTOUCHED, 21.2) < 3.7,
    "too large a step between one minute and 21 turned ones": lambda: (
        longer_less_brief(ONE_NEEDLE_TURNED)[0] > 2 * (9.1 - 5.8)
    ),
    "Twenty minutes after removal the model keeps almost nothing": lambda: read(BLINDED, 50) < 0.15 * read(BLINDED, 30),
    "The model spreads it over the body": lambda: read(CURRENT_FLUID, 35) > 20,
}
CITED = {
    "Left alone, 21 minutes did worse than one.": "short-beats-long-untouched",
    "The threshold rose by 3.7 % against 7.5 %.": "short-beats-long-untouched",
    "Turned every three minutes, it was 9.1 % against 5.8 % (24 healthy people, a conference abstract)": (
        "long-beats-short-when-turned"
    ),
    "**Through the skin or not made no difference** in 56 healthy volunteers": "penetrating-or-not",
    "Thirty minutes did better than twenty, and better than forty.": "thirty-minutes-of-current",
    "No trial in patients supports it as a dose.": "number-and-time-do-not-matter",
    "one careful study found it in the needle's own segment only": "segment-by-current",
}
FEEDBACK = {
    "Here most is context, and it goes within minutes.": lambda: (
        read(BLINDED_SHAM, 29.9) > 0.7 * read(BLINDED, 29.9) and read(BLINDED, 35) < 0.35 * read(BLINDED, 29.9)
    ),
    'Choose "left untouched" and look at the upper strip. There is one burst, and then nothing.': lambda: (
        read(BLINDED.changed(stimulation=STILL), 0, "afferent_input") > 0.2
        and read(BLINDED.changed(stimulation=STILL), 8, "afferent_input") < 0.01
    ),
    "What rises slowly is the brake on pain, and it needs input": rises_for_half_an_hour_and_tires,
    "Look at the curve after two minutes and after half an hour": lambda: (
        2 * read(STRONG_LABORATORY, 2) < read(STRONG_LABORATORY, 31)
    ),
    "Set the time to 60 minutes and watch the end. The last part is flat or falls": lambda: (
        read(STRONG_LABORATORY.changed(retention=60.0), 59) <= read(STRONG_LABORATORY.changed(retention=60.0), 45)
    ),
    "Twenty minutes later most of it is gone": lambda: read(BLINDED, 50) < 0.2 * read(BLINDED, 29.9),
    "follow the untouched line. It falls after the first minutes": lambda: (
        (line := surface(ONE_NEEDLE_TURNED).rise[-1])[20] < line[2]
    ),
    "Both raise the threshold a little. Insertion and context act": lambda: (
        all(1 < read(ONE_UNTOUCHED.changed(retention=m), m) < 6 for m in (1.0, 21.0))
        and read(ONE_UNTOUCHED.changed(expectancy=0.0), 1) > 0.1
    ),
    '21 minutes would win. Choose "Run the world as if a needle at rest kept firing"': lambda: (
        longer_less_brief(ONE_NEEDLE_TURNED.changed(resting_discharge=0.3))[1] > 0
    ),
    "It is about four points, a gap that chance alone can make in a group of this size": lambda: (
        3 < compare(BLINDED).gap < 4.5 and crossover_interval(BLINDED)[0] < 0
    ),
}
POINTS = {
    ("how-it-outlasts-the-needle", "endings-stop"): lambda: (
        read(HALF_AN_HOUR_OF_CURRENT, 29.9, "afferent_input") > 1
        and read(HALF_AN_HOUR_OF_CURRENT, 31, "afferent_input") < 0.01
    ),
    ("how-it-outlasts-the-needle", "slow-brake"): lambda: (
        read(HALF_AN_HOUR_OF_CURRENT, 45) > 0.3 * read(HALF_AN_HOUR_OF_CURRENT, 29.9)
    ),
    ("how-it-outlasts-the-needle", "belief-goes-first"): lambda: (
        read(BLINDED_SHAM, 29.9) > 10 > read(BLINDED_SHAM.changed(expectancy=0.0), 29.9)
        and belief_goes_before_the_brake()
    ),
}
SLIPS = {
    "at-removal": lambda item, model: read(model.parameters(), 29.9),
    "slow-brake-only": lambda item, model: read(BLINDED, 29.9) / 2 ** (20 / 15),
}
KEYS = {
    ("twenty-minutes-more", "brief"): lambda: (
        read(ONE_UNTOUCHED.changed(retention=1.0), 1.2) > read(ONE_UNTOUCHED.changed(retention=21.0), 21.2)
        and ONE_NEEDLE_TURNED.stimulation == BY_HAND
        and longer_less_brief(ONE_NEEDLE_TURNED)[0] > 0
    ),
}
SILENT: dict[str, str] = {}
STATEMENTS = statements.retention_statements, Neuromodulation, SILENT
