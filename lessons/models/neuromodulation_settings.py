"""The experiments that the model stands in for: settings of one parameter set, never retuned copies.

Strength and expectation were fitted (they are not measured quantities); everything else follows the named experiment.
"""

from __future__ import annotations

from lessons.models.neuromodulation_parameters import (
    ALTERNATING,
    BY_HAND,
    CONTINUOUS,
    ELECTRICAL,
    STILL,
    Neuromodulation,
)

# Strong needling without a pause in trained volunteers (1973 type): what the paper has in mind.
STRONG_LABORATORY = Neuromodulation(
    stimulation=CONTINUOUS, strength=9.0, needles=2, retention=50.0, interval=10.0, expectancy=0.15
)
# Real needles in a trial that is blinded, and the same visit without a needle.
BLINDED = Neuromodulation(stimulation=BY_HAND, strength=3.0, needles=4, retention=30.0, interval=10.0, expectancy=0.6)
BLINDED_SHAM = BLINDED.changed(needles=0)
BRIEF = BLINDED.changed(needles=2, retention=2.0)
BRIEF_SHAM = BRIEF.changed(needles=0)
COLD_PRESSOR = Neuromodulation(needles=0, stimulation=STILL, retention=2.0, conditioning=1.0, expectancy=0.0)
# One needle for 1 or 21 minutes, turned every three minutes or left alone.
ONE_NEEDLE_TURNED = Neuromodulation(
    stimulation=BY_HAND, interval=3.0, needles=1, strength=3.0, retention=21.0, expectancy=0.16
)
ONE_NEEDLE_UNTOUCHED = ONE_NEEDLE_TURNED.changed(stimulation=STILL)
CURRENT_DURATION = Neuromodulation(
    stimulation=ELECTRICAL, pattern=ALTERNATING, strength=8.0, needles=2, retention=30.0, interval=10.0, expectancy=0.5
)
CURRENT_FLUID = Neuromodulation(
    stimulation=ELECTRICAL, frequency=2.0, strength=6.0, needles=4, retention=30.0, expectancy=0.5
)
NEUTRAL_LABORATORY = BLINDED.changed(expectancy=0.05)
# Animals: no belief, a stronger gain, all of the effect through opioids.
RAT = Neuromodulation(
    stimulation=ELECTRICAL,
    frequency=2.0,
    strength=4.4,
    needles=2,
    retention=30.0,
    expectancy=0.0,
    species_gain=3.4,
    opioid_share=1.0,
)
RAT_NEURON_WEAK = RAT.changed(frequency=100.0, strength=2.5, retention=5.0)
RAT_NEURON_STRONG = RAT_NEURON_WEAK.changed(strength=20.0)
# Nothing in: upright, no needle, nobody who does anything.
NOTHING = Neuromodulation(needles=0, stimulation=STILL, expectancy=0.0, posture=0)
