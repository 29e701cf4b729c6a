"""The numbers of the small circuit of the dorsal horn: what a learner sets, what is damaged, and how cells are wired.

Rates are means of a group of cells. Symbols of the equations in `dorsal_horn` stand in the comments. Only the inputs
have a counterpart that was measured; the wiring is this course's choice, made so that the circuit does what is known
of circuits like it.
"""

from __future__ import annotations

from dataclasses import dataclass

from lessons.simulation import Parameters, parameter

LEARNER = "set by the learner"
OURS = "this course's model; no measurement stands behind it"
MANIPULATIONS = "this course's model, chosen so that the circuit answers to known manipulations (see its tests)"

INPUT = "What comes in"
STATE = "The state of cord and brain"
DAMAGE = "What is damaged"
WIRING = "How cells are wired"
CELLS = "How cells answer"
PAIN = "From the cord to pain"


@dataclass(frozen=True, kw_only=True)
class DorsalHorn(Parameters):
    """Everything that eight seconds of the circuit need. The defaults: a calm cord, a little input from a muscle."""

    # C, b
    c_fibre_input: float = parameter(2.0, 0, 10, "Hz", "input of C fibres", LEARNER, "assumed", step=0.25, group=INPUT)
    touch: float = parameter(0.0, 0, 80, "Hz", "touch: A-beta fibres", LEARNER, "assumed", step=2, group=INPUT)
    # g, d, theta
    spinal_gain: float = parameter(1.0, 1, 5, "x", "gain of the cord", LEARNER, "assumed", step=0.1, group=STATE)
    descending_inhibition: float = parameter(
        40.0, 0, 100, "%", "inhibition from the brainstem", LEARNER, "assumed", step=2, group=STATE
    )
    threat: float = parameter(3.0, 0, 10, "", "threat and attention", LEARNER, "assumed", step=0.5, group=STATE)
    # l, r
    inhibition_lost: float = parameter(
        0.0, 0, 100, "%", "inhibition in the cord that is lost", LEARNER, "assumed", step=5, group=DAMAGE
    )
    relay_lost: float = parameter(
        0.0, 0, 100, "%", "relay cells that are lost", LEARNER, "assumed", step=5, group=DAMAGE
    )

    # w: what one Hz of one group puts into another
    touch_to_inhibition: float = parameter(
        0.8, 0.4, 1.2, "", "touch on inhibitory cells", MANIPULATIONS, "fitted", group=WIRING
    )
    descending_to_inhibition: float = parameter(
        0.3, 0, 0.6, "", "brainstem on inhibitory cells", MANIPULATIONS, "fitted", group=WIRING
    )
    c_fibre_to_inhibition: float = parameter(
        0.5, 0, 2, "", "C fibres on inhibitory cells, as a brake", MANIPULATIONS, "fitted", group=WIRING
    )
    c_fibre_to_relay: float = parameter(3.3, 1, 6, "", "C fibres on relay cells", MANIPULATIONS, "fitted", group=WIRING)
    touch_to_relay: float = parameter(0.55, 0.2, 1, "", "touch on relay cells", MANIPULATIONS, "fitted", group=WIRING)
    inhibition_to_relay: float = parameter(
        0.25, 0, 0.6, "", "inhibitory cells on relay cells", MANIPULATIONS, "fitted", group=WIRING
    )
    c_fibre_to_projection: float = parameter(
        3.6, 2, 6, "", "C fibres on projection cells", MANIPULATIONS, "fitted", group=WIRING
    )
    relay_to_projection: float = parameter(
        0.7, 0.2, 1.2, "", "relay cells on projection cells", MANIPULATIONS, "fitted", group=WIRING
    )
    inhibition_to_projection: float = parameter(
        0.8, 0.2, 1.4, "", "inhibitory cells on projection cells", MANIPULATIONS, "fitted", group=WIRING
    )
    descending_to_projection: float = parameter(
        0.65, 0.2, 1.2, "", "brainstem on projection cells", MANIPULATIONS, "fitted", group=WIRING
    )
    projection_to_slow: float = parameter(
        0.06, 0, 0.06, "", "projection cells on their own slow excitation", OURS, "assumed", group=WIRING
    )
    slow_threshold: float = parameter(
        5.0, 0, 20, "Hz", "rate above which slow excitation grows", OURS, "assumed", group=WIRING
    )
    projection_to_brainstem: float = parameter(
        0.4, 0, 0.8, "", "projection cells on the brainstem", MANIPULATIONS, "fitted", group=WIRING
    )
    descending_drive: float = parameter(
        26.0, 10, 45, "", "drive of the brainstem at 100 %", MANIPULATIONS, "fitted", group=WIRING
    )

    # max, beta, alpha
    inhibitory_most: float = parameter(
        60.0, 30, 90, "Hz", "fastest rate of inhibitory cells", OURS, "assumed", group=CELLS
    )
    inhibitory_half: float = parameter(
        36.0, 20, 50, "", "input for half of it, inhibitory cells", MANIPULATIONS, "fitted", group=CELLS
    )
    inhibitory_spread: float = parameter(
        36.0, 15, 50, "", "how gradual inhibitory cells are", MANIPULATIONS, "fitted", group=CELLS
    )
    relay_most: float = parameter(60.0, 30, 90, "Hz", "fastest rate of relay cells", OURS, "assumed", group=CELLS)
    relay_half: float = parameter(
        28.0, 15, 45, "", "input for half of it, relay cells", MANIPULATIONS, "fitted", group=CELLS
    )
    relay_spread: float = parameter(
        24.0, 12, 40, "", "how gradual relay cells are", MANIPULATIONS, "fitted", group=CELLS
    )
    projection_most: float = parameter(
        60.0, 40, 80, "Hz", "fastest rate of projection cells", OURS, "assumed", group=CELLS
    )
    projection_half: float = parameter(
        24.0, 18, 40, "", "input for half of it, projection cells", MANIPULATIONS, "fitted", group=CELLS
    )
    projection_spread: float = parameter(
        21.0, 18, 40, "", "how gradual projection cells are", MANIPULATIONS, "fitted", group=CELLS
    )
    brainstem_most: float = parameter(
        40.0, 20, 60, "Hz", "fastest rate of the brainstem's cells", OURS, "assumed", group=CELLS
    )
    brainstem_half: float = parameter(
        20.0, 10, 30, "", "input for half of it, the brainstem's cells", OURS, "assumed", group=CELLS
    )
    brainstem_spread: float = parameter(
        14.0, 10, 30, "", "how gradual the brainstem is", MANIPULATIONS, "fitted", group=CELLS
    )
    # tau
    fast_time: float = parameter(10.0, 5, 20, "ms", "time constant of the cord's cells", OURS, "assumed", group=CELLS)
    slow_time: float = parameter(
        400.0, 100, 700, "ms", "time constant of slow excitation", OURS, "assumed", group=CELLS
    )
    brainstem_time: float = parameter(
        300.0, 100, 700, "ms", "time constant of the way through the brainstem", OURS, "assumed", group=CELLS
    )

    # P0, Ph, k
    noticed_from: float = parameter(
        2.6, 0, 5, "Hz", "rate of projection cells that is noticed", OURS, "assumed", group=PAIN
    )
    pain_half: float = parameter(
        12.0, 5, 30, "Hz", "rate above that for pain 5, at threat 3", OURS, "assumed", group=PAIN
    )
    threat_weight: float = parameter(1.0, 0, 2, "", "weight of threat in pain", OURS, "assumed", group=PAIN)
