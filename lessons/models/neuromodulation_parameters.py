"""The numbers of the neuromodulation model: what a learner sets, what is blocked, and what the pathways are made of.

Each field carries its unit, range, label, source and status; its symbol in the equations of `neuromodulation` stands
in the comment above it. "This course's model" as a source means that no measurement stands behind the number.
"""

from __future__ import annotations

from dataclasses import dataclass

from lessons.simulation import Parameters, parameter

OURS = "this course's model; no measurement stands behind it"
TARGETS = "this course's model, chosen so that published targets come out (see the calibration table)"
LEARNER = "set by the learner"
HAN_1991 = "Han 1991, 10.1016/0304-3959(91)90218-m"
HAN_1986 = "Han 1986, 10.1016/0304-3959(86)90227-7"
YU_2019 = "Yu 2019, 10.2147/JPR.S182876"
KAGITANI_2005 = "Kagitani 2005, 10.2170/jjphysiol.R2120"
LE_BARS = "Willer, Le Bars and De Broucker 1990, heat on the hand and the RIII reflex"
HAAKE_2007 = "Haake 2007, 10.1001/archinte.167.17.1892"

# Headings under which a table lists the parameters.
TREATMENT = "The treatment"
REGION = "The place that is measured"
CONTEXT = "The context"
BLOCKERS = "What is blocked"
AFFERENTS = "Nerve endings"
PEPTIDES = "Peptides and adenosine"
INHIBITION = "Inhibition of pain"
BODY = "The rest of the body"

STILL, BY_HAND, CONTINUOUS, ELECTRICAL = range(4)
STEADY, ALTERNATING, SIMULTANEOUS = range(3)


@dataclass(frozen=True, kw_only=True)
class Neuromodulation(Parameters):
    """Everything that one treatment with retained needles needs. The defaults are a blinded trial's real needles.

    `stimulation`: 0 untouched after insertion, 1 by hand every `interval` minutes, 2 by hand without a pause,
    3 electrical at `frequency`. `pattern` (electrical): 0 one frequency, 1 alternating 2 and 100 Hz, 2 both at once.
    A sham in which the operator does everything but needle is `needles` 0.
    """

    # Symbols: n, minutes in place, t_man, s, f.
    needles: int = parameter(4, 0, 12, "", "needles", LEARNER, "assumed", group=TREATMENT)
    retention: float = parameter(
        30.0, 0, 60, "min", "how long the needles stay", LEARNER, "assumed", group=TREATMENT, step=1
    )
    stimulation: int = parameter(
        1, 0, 3, "", "what is done with the needle", LEARNER, "assumed", group=TREATMENT,
        choices=("left untouched", "turned at intervals", "turned without a pause", "current"),
    )  # fmt: skip
    interval: float = parameter(
        10.0, 1, 30, "min", "minutes between manipulations", LEARNER, "assumed", group=TREATMENT, step=1
    )
    strength: float = parameter(
        3.0,
        0,
        20,
        "x threshold",
        "strength (1 = just felt)",
        TARGETS,
        "fitted",
        group=TREATMENT,
        step=0.5,
    )
    frequency: float = parameter(
        2.0, 1, 100, "Hz", "frequency of the current", LEARNER, "assumed", group=TREATMENT, scale="log"
    )
    pattern: int = parameter(
        0, 0, 2, "", "pattern of the current", LEARNER, "assumed", group=TREATMENT,
        choices=("one frequency", "2 and 100 Hz by turns", "2 and 100 Hz at once"),
    )  # fmt: skip
    posture: int = parameter(1, 0, 1, "", "lying down during the treatment", LEARNER, "assumed", group=TREATMENT)
    conditioning: float = parameter(
        0.0,
        0,
        1,
        "",
        "painful cold on a hand (1 = full cold pressor)",
        LEARNER,
        "assumed",
        group=TREATMENT,
        step=0.01,
    )

    # d; side factor.
    distance: float = parameter(
        0.0,
        0,
        12,
        "segments",
        "distance from the needle, in segments of the cord",
        LEARNER,
        "assumed",
        group=REGION,
        step=1,
    )
    opposite_side: int = parameter(0, 0, 1, "", "measured on the other side", LEARNER, "assumed", group=REGION)

    # e, phi, tau_sal, dc, Rc, Yc.
    expectancy: float = parameter(0.6, 0, 1, "", "expectation of help", TARGETS, "fitted", group=CONTEXT, step=0.01)
    context_floor: float = parameter(
        0.2, 0, 0.5, "", "context that stays between two acts of the operator", TARGETS, "fitted", group=CONTEXT
    )
    context_fading: float = parameter(
        11.0, 2, 60, "min", "time in which an act of the operator fades", TARGETS, "fitted", group=CONTEXT
    )
    context_fast: float = parameter(
        0.68, 0, 1.2, "", "context on the fast descending path", TARGETS, "fitted", group=CONTEXT
    )
    context_opioid: float = parameter(
        0.32, 0, 1, "", "context on the brain's opioids", TARGETS, "fitted", group=CONTEXT
    )
    context_monoamine: float = parameter(
        0.016, 0, 0.1, "", "context on serotonin and noradrenaline", TARGETS, "fitted", group=CONTEXT
    )

    # Nal, the block of M, of gI us, of aL and aH; p_floor, sigma, sigD, KN, kappa ratio.
    naloxone: float = parameter(0.0, 0, 2, "full doses", "naloxone", LEARNER, "assumed", group=BLOCKERS, step=0.05)
    serotonin_block: float = parameter(
        0.0, 0, 1, "", "block of serotonin and noradrenaline", OURS, "assumed", group=BLOCKERS, step=0.01
    )
    gaba_block: float = parameter(
        0.0, 0, 1, "", "block of GABA-A in the cord", OURS, "assumed", group=BLOCKERS, step=0.01
    )
    anaesthetic: float = parameter(
        0.0, 0, 1, "", "local anaesthetic at the needle", OURS, "assumed", group=BLOCKERS, step=0.01
    )
    opioid_share: float = parameter(
        0.5,
        0,
        1,
        "",
        "share of the effect that opioids carry",
        "human studies contradict each other: none, part and all of it",
        "assumed",
        group=BLOCKERS,
        step=0.01,
    )
    opioid_share_of_cold: float = parameter(
        0.95, 0, 1, "", "share of the painful cold's effect that opioids carry", LE_BARS, "fitted", group=BLOCKERS
    )
    naloxone_half: float = parameter(
        0.05, 0.01, 0.5, "full doses", "dose of naloxone that blocks half", OURS, "assumed", group=BLOCKERS
    )
    kappa_ratio: float = parameter(
        2.5,
        1,
        20,
        "",
        "how much more naloxone the kappa receptor needs",
        "25 against 10 mg/kg in mice",
        "checked",
        group=BLOCKERS,
    )

    # sL, sH, n50, tau_p, p_ins, p_floor, wg, rho, tau_h, tau_hr, hEA, r.
    low_threshold_half: float = parameter(
        2.0, 1, 4, "x threshold", "strength that recruits half the A-beta fibres", YU_2019, "assumed", group=AFFERENTS
    )
    high_threshold_half: float = parameter(
        7.0,
        4,
        10,
        "x threshold",
        "strength that recruits half the A-delta and C fibres",
        YU_2019,
        "fitted",
        group=AFFERENTS,
    )
    needles_half: float = parameter(
        0.5, 0.1, 3, "needles", "needles for half of the most that needles can do", TARGETS, "fitted", group=AFFERENTS
    )
    burst_fading: float = parameter(
        1.5, 0.5, 4, "min", "time in which the burst after a manipulation fades", KAGITANI_2005, "assumed",
        group=AFFERENTS,
    )  # fmt: skip
    insertion_burst: float = parameter(
        0.4, 0, 1, "", "burst of the insertion alone (manipulation = 1)", OURS, "assumed", group=AFFERENTS
    )
    resting_discharge: float = parameter(
        0.0, 0, 0.5, "", "firing of a needle at rest (0 = silent)", KAGITANI_2005, "checked", group=AFFERENTS, step=0.01
    )
    weak_input_spread: float = parameter(
        0.05, 0, 0.2, "", "share of weak input that reaches the whole body", TARGETS, "fitted", group=AFFERENTS
    )
    habituation_depth: float = parameter(
        0.90, 0.5, 0.95, "", "most of the drive that habituation can take", TARGETS, "fitted", group=AFFERENTS
    )
    habituation_time: float = parameter(
        45.0, 10, 120, "min", "time in which the drive habituates", TARGETS, "fitted", group=AFFERENTS
    )
    habituation_recovery: float = parameter(
        60.0, 10, 240, "min", "time in which habituation recovers", TARGETS, "fitted", group=AFFERENTS
    )
    habituation_to_pulses: float = parameter(
        1.7, 1, 3, "", "how much faster regular pulses habituate", TARGETS, "fitted", group=AFFERENTS
    )
    responsiveness: float = parameter(
        1.0, 0, 4, "", "this person's response to the needle (1 = mean)", OURS, "assumed", group=AFFERENTS, step=0.05
    )

    # f2, f3, wl scale and corner, alt, simL, simH, Re, th_e, Ob0, th_b, Rb, Kb, Rd, th_d, RA, th_A, rot.
    low_frequency_gain: float = parameter(
        1.1, 0.5, 2, "", "release by low frequency (by hand = 1)", TARGETS, "fitted", group=PEPTIDES
    )
    low_frequency_start: float = parameter(
        0.2, 0.05, 1, "Hz", "frequency at which release by low frequency sets in", TARGETS, "fitted", group=PEPTIDES
    )
    low_frequency_end: float = parameter(
        20.0, 5, 60, "Hz", "frequency above which low-frequency release fades", TARGETS, "fitted", group=PEPTIDES
    )
    high_frequency_start: float = parameter(
        45.0, 20, 100, "Hz", "frequency at which dynorphin's release is half", TARGETS, "fitted", group=PEPTIDES
    )
    alternating_share: float = parameter(
        0.85, 0.3, 1, "", "share of each when 2 and 100 Hz alternate", TARGETS, "fitted", group=PEPTIDES
    )
    simultaneous_low: float = parameter(
        0.45, 0.1, 1, "", "share of 2 Hz when both run at once", TARGETS, "fitted", group=PEPTIDES
    )
    simultaneous_high: float = parameter(
        0.65, 0.1, 1, "", "share of 100 Hz when both run at once", TARGETS, "fitted", group=PEPTIDES
    )
    enkephalin_gain: float = parameter(13.5, 5, 20, "fold", "gain of enkephalin", HAN_1991, "fitted", group=PEPTIDES)
    enkephalin_half_life: float = parameter(
        4.0, 1, 20, "min", "half-life of enkephalin's rise", OURS, "assumed", group=PEPTIDES
    )
    beta_endorphin_rest: float = parameter(
        3.4, 1, 10, "pM", "beta-endorphin in the fluid of the cord at rest", "3.35 fmol/mL, see the model's targets",
        "checked", group=PEPTIDES,
    )  # fmt: skip
    beta_endorphin_half_life: float = parameter(
        93.0, 30, 200, "min", "half-life of beta-endorphin", "Foley 1979", "checked", group=PEPTIDES
    )
    beta_endorphin_gain: float = parameter(9.0, 0, 30, "pM", "gain of beta-endorphin", OURS, "assumed", group=PEPTIDES)
    beta_endorphin_scale: float = parameter(
        25.0, 5, 100, "pM", "beta-endorphin that counts as one fold of enkephalin", OURS, "assumed", group=PEPTIDES
    )
    dynorphin_gain: float = parameter(0.88, 0, 2, "fold", "gain of dynorphin", HAN_1991, "fitted", group=PEPTIDES)
    dynorphin_half_life: float = parameter(
        5.0, 1, 20, "min", "half-life of dynorphin's rise", OURS, "assumed", group=PEPTIDES
    )
    adenosine_gain: float = parameter(
        130.0, 20, 300, "fold", "adenosine at a needle that is rotated without a pause", TARGETS, "fitted",
        group=PEPTIDES,
    )  # fmt: skip
    adenosine_half_life: float = parameter(
        6.0, 1, 20, "min", "half-life of adenosine's rise", TARGETS, "fitted", group=PEPTIDES
    )
    adenosine_electrical: float = parameter(
        0.3, 0, 1, "", "movement of the tissue under current (rotation = 1)", OURS, "assumed", group=PEPTIDES
    )
    adenosine_still: float = parameter(
        0.15, 0, 1, "", "movement of the tissue by insertion alone (rotation = 1)", OURS, "assumed", group=PEPTIDES
    )

    # X50, th_E, Y50, th_M, gS, gD, th_D, dn, kC, kCH, nC, tau_C, gI, gK, KK, gA, KA, sig_g, sig_k, side, G.
    opioid_half: float = parameter(
        6.5, 1, 20, "", "opioids for half of their slow inhibition", TARGETS, "fitted", group=INHIBITION
    )
    opioid_half_life: float = parameter(
        15.5, 6, 25, "min", "half-life of the slow opioid inhibition", TARGETS, "fitted", group=INHIBITION
    )
    monoamine_half: float = parameter(
        0.6, 0.1, 3, "", "drive for half of the slow monoamine inhibition", TARGETS, "fitted", group=INHIBITION
    )
    monoamine_half_life: float = parameter(
        17.0, 6, 30, "min", "half-life of the slow monoamine inhibition", TARGETS, "fitted", group=INHIBITION
    )
    slow_gain: float = parameter(2.05, 1, 3, "", "gain of the slow inhibition", TARGETS, "fitted", group=INHIBITION)
    fast_gain: float = parameter(
        0.68, 0.3, 1, "", "gain of the fast descending inhibition", TARGETS, "fitted", group=INHIBITION
    )
    fast_half_life: float = parameter(
        0.8, 0.5, 2, "min", "half-life of the fast descending inhibition", TARGETS, "fitted", group=INHIBITION
    )
    needle_fast: float = parameter(
        0.58, 0, 1, "", "painful needle input on the fast path", TARGETS, "fitted", group=INHIBITION
    )
    cholecystokinin_gain: float = parameter(
        2.2, 0, 5, "", "cholecystokinin called up by opioids", TARGETS, "fitted", group=INHIBITION
    )
    cholecystokinin_high: float = parameter(
        3.0, 0, 10, "", "cholecystokinin called up by high frequency", OURS, "assumed", group=INHIBITION
    )
    cholecystokinin_power: float = parameter(
        2.8, 1, 4, "", "steepness of cholecystokinin's brake", TARGETS, "fitted", group=INHIBITION
    )
    cholecystokinin_time: float = parameter(
        240.0, 60, 600, "min", "time of cholecystokinin", HAN_1986, "checked", group=INHIBITION
    )
    gate_gain: float = parameter(
        0.19, 0, 0.6, "", "gain of the gate in the needle's segment", TARGETS, "fitted", group=INHIBITION
    )
    kappa_gain: float = parameter(
        0.5, 0, 1, "", "gain of dynorphin in the segments around", OURS, "assumed", group=INHIBITION
    )
    kappa_half: float = parameter(
        0.5, 0.1, 2, "fold", "dynorphin for half of its effect", OURS, "assumed", group=INHIBITION
    )
    local_gain: float = parameter(
        0.10, 0, 0.3, "", "gain of adenosine at the needle", OURS, "assumed", group=INHIBITION
    )
    local_half: float = parameter(
        10.0, 2, 50, "fold", "adenosine for half of its effect", OURS, "assumed", group=INHIBITION
    )
    gate_width: float = parameter(2.0, 1, 6, "segments", "reach of the gate", OURS, "assumed", group=INHIBITION)
    kappa_width: float = parameter(4.0, 1, 6, "segments", "reach of dynorphin", OURS, "assumed", group=INHIBITION)
    other_side: float = parameter(
        0.6, 0, 1, "", "share of the segmental effect on the other side", OURS, "assumed", group=INHIBITION
    )
    species_gain: float = parameter(
        1.0, 1, 5, "", "gain of the species (1 = human)", TARGETS, "fitted", group=INHIBITION
    )

    # v_rest, v_c, v_n, v_x, tau_V; read-outs; wc, ws, delta, J50.
    vagal_rest: float = parameter(0.5, 0, 1, "SD", "vagal shift of lying down", OURS, "assumed", group=BODY)
    vagal_context: float = parameter(0.25, 0, 1, "SD", "vagal shift of the context", OURS, "assumed", group=BODY)
    vagal_weak: float = parameter(0.15, 0, 1, "SD", "vagal shift of weak needle input", OURS, "assumed", group=BODY)
    vagal_pain: float = parameter(
        0.6, 0, 1, "SD", "loss of vagal tone by painful needle input", OURS, "assumed", group=BODY
    )
    vagal_time: float = parameter(8.0, 2, 30, "min", "time of the vagal shift", OURS, "assumed", group=BODY)
    rmssd_rest: float = parameter(
        35.0, 10, 80, "ms", "heart rate variability (RMSSD) upright", OURS, "assumed", group=BODY
    )
    rmssd_per_shift: float = parameter(
        0.5, 0.2, 1, "", "spread of ln RMSSD between people", OURS, "assumed", group=BODY
    )
    heart_rate_rest: float = parameter(70.0, 40, 100, "/min", "heart rate upright", OURS, "assumed", group=BODY)
    heart_rate_per_shift: float = parameter(
        3.0, 0, 10, "/min per SD", "fall of the heart rate with the vagal shift", OURS, "assumed", group=BODY
    )
    pressure_per_shift: float = parameter(
        2.0, 0, 10, "mmHg per SD", "fall of the blood pressure with the vagal shift", OURS, "assumed", group=BODY
    )
    cortisol_rest: float = parameter(12.0, 5, 25, "ug/dL", "cortisol in the morning", OURS, "assumed", group=BODY)
    cortisol_per_shift: float = parameter(
        0.02, 0, 0.2, "per SD", "fall of cortisol with the vagal shift", OURS, "assumed", group=BODY
    )
    tone_share: float = parameter(
        0.08, 0, 0.3, "", "share of the reflex that the inhibition of pain reaches", OURS, "assumed", group=BODY
    )
    serotonin_per_inhibition: float = parameter(
        0.6, 0, 2, "", "serotonin and noradrenaline per unit of their inhibition", OURS, "assumed", group=BODY
    )
    gaba_per_inhibition: float = parameter(
        0.5, 0, 1, "", "loss of GABA tone in the midbrain per unit of opioid inhibition", OURS, "assumed", group=BODY
    )
    anxiety_per_calm: float = parameter(
        43.0, 10, 100, "points", "state anxiety points per unit of calm", TARGETS, "fitted", group=BODY
    )
    calm_context: float = parameter(0.30, 0, 1, "", "calm by the context of a treatment", TARGETS, "fitted", group=BODY)
    calm_needle: float = parameter(0.165, 0, 1, "", "calm by the needle in a treatment", TARGETS, "fitted", group=BODY)
    small_trial_discount: float = parameter(
        0.5, 0, 1, "", "trust in small trials of sleep and mood (1 = as published)", OURS, "assumed", group=BODY,
        step=0.05,
    )  # fmt: skip
    dose_half: float = parameter(
        0.10, 0.02, 0.5, "min", "needle input over a treatment for half of its lasting effect", TARGETS, "fitted",
        group=BODY,
    )  # fmt: skip
