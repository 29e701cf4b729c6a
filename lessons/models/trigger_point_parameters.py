"""The numbers of the trigger-point model: what a learner sets, what is done, and what the loop is made of.

Each field carries its unit, range, label, source and status; its symbol in the equations of `trigger_point` stands
in the comment above it. "This course's model" as a source means that no measurement stands behind the number.
"""

from __future__ import annotations

from dataclasses import dataclass

from lessons.simulation import Parameters, parameter

OURS = "this course's model; no measurement stands behind it"
SHORTEN = "Shorten 2007, excitation-contraction-fatigue model"
JARVHOLM = "Järvholm 1988, 10.1007/bf00417252"
BALLYNS = "Ballyns 2011 and Sikdar 2009, nodule areas"
TEXTBOOK = "general physiology, from memory"
LEARNER = "set by the learner"

# Headings under which a table lists the parameters.
MUSCLE = "The muscle"
NEEDLE = "The needle"
THUMB = "The thumb"
RELEASE = "Release of acetylcholine"
CALCIUM = "Calcium and contraction"
FLOW = "Pressure and flow"
OXYGEN = "Oxygen"
ENERGY = "Energy"
ACID = "Acid"
TWITCH = "The twitch"
PAIN = "Pain"
CUT = "Cut an arrow"


@dataclass(frozen=True, kw_only=True)
class TriggerPoint(Parameters):
    """Everything that one run of the trigger-point model needs. The defaults are a taut knot and six good twitches."""

    # What the muscle meets. Symbols: L, F_load, its minutes, symp, desc, MAP; knot chooses the start.
    load: float = parameter(
        0.35, 0, 1, "", "perpetuating load (posture, stress, cold)", OURS, "assumed", group=MUSCLE, step=0.01
    )
    acute_overload: float = parameter(
        0.0, 0, 0.3, "of maximal force", "acute overload", LEARNER, "assumed", group=MUSCLE, step=0.01
    )
    overload_minutes: float = parameter(
        0.0, 0, 60, "min", "how long the overload lasts", LEARNER, "assumed", group=MUSCLE, step=0.5
    )
    sympathetic_tone: float = parameter(
        0.0, 0, 0.6, "", "sympathetic tone above rest", OURS, "assumed", group=MUSCLE, step=0.01
    )
    descending_inhibition: float = parameter(
        0.0, 0, 0.7, "", "pain braking from the brain", OURS, "assumed", group=MUSCLE, step=0.01
    )
    arterial_pressure: float = parameter(
        93.0, 60, 110, "mmHg", "mean arterial pressure", TEXTBOOK, "recalled", group=MUSCLE, step=1
    )
    knot: int = parameter(1, 0, 1, "", "start with a knot", LEARNER, "assumed", group=MUSCLE)
    load_after: float = parameter(0.35, 0, 1, "", "load afterwards", OURS, "assumed", group=MUSCLE, step=0.01)

    # The needle. c = strength exp(-miss^2 / (2 sig_a^2)) reflex_arc.
    passes: int = parameter(6, 0, 15, "", "needle passes", LEARNER, "assumed", group=NEEDLE)
    strength: float = parameter(0.9, 0, 1, "", "strength of each twitch", OURS, "assumed", group=NEEDLE, step=0.01)
    miss: float = parameter(
        0.0, 0, 10, "mm", "how far the needle passes from the spot", LEARNER, "assumed", group=NEEDLE, step=0.1
    )
    spacing: float = parameter(5.0, 1, 30, "s", "seconds between passes", LEARNER, "assumed", group=NEEDLE, step=1)
    reflex_arc: float = parameter(
        1.0,
        0,
        1,
        "",
        "share of the cord reflex that works",
        "Hong 1995, 10.1300/J094v03n01_03",
        "assumed",
        group=NEEDLE,
        step=0.01,
    )

    # The thumb. Pman and its seconds.
    pressure: float = parameter(0.0, 0, 400, "kPa", "pressure of the thumb", LEARNER, "assumed", group=THUMB, step=5)
    pressure_seconds: float = parameter(
        0.0, 0, 240, "s", "how long the thumb presses", LEARNER, "assumed", group=THUMB, step=1
    )

    # Release of acetylcholine. Factor on q_h and q_x; qLs; q_h; q_x; dHx; tau_q; tau_n; k_u; pKa.
    endplate_release: float = parameter(1.0, 0.2, 3, "×", "endplate release", OURS, "assumed", group=RELEASE, step=0.05)
    leak_per_load: float = parameter(
        147.0, 50, 300, "quanta/s", "leak of acetylcholine at full load", OURS, "assumed", group=RELEASE
    )
    release_healthy: float = parameter(
        1.0, 0.2, 3, "quanta/s", "release of a healthy endplate", TEXTBOOK, "recalled", group=RELEASE
    )
    release_sensitised: float = parameter(
        380.0,
        100,
        600,
        "quanta/s",
        "largest release of a sensitised endplate",
        OURS,
        "fitted",
        group=RELEASE,
    )
    acid_for_release: float = parameter(
        55.0, 40, 150, "nM", "acid that sensitises the endplate by half", OURS, "assumed", group=RELEASE
    )
    release_time: float = parameter(
        20.0, 5, 60, "s", "time in which release follows its drive", OURS, "assumed", group=RELEASE
    )
    pool_recovery: float = parameter(
        120.0, 60, 300, "s", "time in which the acetylcholine pool refills", OURS, "assumed", group=RELEASE
    )
    pool_use: float = parameter(
        1.5e-5,
        0.5e-5,
        5e-5,
        "per quantum",
        "share of the pool that one quantum takes",
        OURS,
        "assumed",
        group=RELEASE,
    )
    esterase_acid: float = parameter(
        6.3,
        5.5,
        6.5,
        "pH",
        "acidity that halves acetylcholinesterase",
        "enzyme kinetics, range 5.5 to 6.5",
        "checked",
        group=RELEASE,
    )

    # Calcium and contraction. JA; KA; nA; Jrest; Vs; Ks; KE; KR; pKs; K50; nF; dpCa; Fmax; KPi; Pi0; tau_F; FLs.
    calcium_release: float = parameter(
        0.57, 0.2, 1, "µM/ms", "calcium release that acetylcholine drives", OURS, "assumed", group=CALCIUM
    )
    release_for_calcium: float = parameter(
        140.0, 60, 250, "quanta/s", "release that drives half the calcium", OURS, "assumed", group=CALCIUM
    )
    receptor_steepness: float = parameter(
        1.8, 1, 3, "", "steepness of the receptor (two molecules open it)", OURS, "assumed", group=CALCIUM
    )
    calcium_rest: float = parameter(0.010, 0.005, 0.03, "µM/ms", "calcium flux at rest", OURS, "assumed", group=CALCIUM)
    pump_capacity: float = parameter(
        1.0,
        0.5,
        2,
        "µM/ms",
        "capacity of the calcium pump",
        "set by 0.1 µM calcium at rest; " + SHORTEN,
        "assumed",
        group=CALCIUM,
    )
    pump_half_calcium: float = parameter(
        1.0, 0.5, 2, "µM", "calcium at which the pump works by half", SHORTEN, "checked", group=CALCIUM
    )
    pump_energy: float = parameter(
        6.8, 3, 15, "mM", "phosphocreatine at which the pump works by half", OURS, "assumed", group=CALCIUM
    )
    channel_energy: float = parameter(
        6.5,
        1,
        10,
        "mM",
        "phosphocreatine at which the calcium channel opens by half",
        OURS,
        "assumed",
        group=CALCIUM,
    )
    pump_acid: float = parameter(
        6.3, 6, 6.6, "pH", "acidity that halves the calcium pump", OURS, "assumed", group=CALCIUM
    )
    force_half_calcium: float = parameter(
        1.0, 0.5, 2, "µM", "calcium for half the force", TEXTBOOK, "recalled", group=CALCIUM
    )
    force_steepness: float = parameter(
        3.5, 2.5, 4.5, "", "steepness of force against calcium", TEXTBOOK, "recalled", group=CALCIUM
    )
    force_acid_shift: float = parameter(
        0.35, 0.1, 0.7, "per pH", "loss of calcium sensitivity in acid", TEXTBOOK, "recalled", group=CALCIUM
    )
    contracture_maximal: float = parameter(
        0.345,
        0.15,
        0.6,
        "of maximal force",
        "largest contracture of the short fibres",
        OURS,
        "assumed",
        group=CALCIUM,
    )
    phosphate_block: float = parameter(
        18.7, 5, 25, "mM", "phosphate that halves the force", TEXTBOOK, "recalled", group=CALCIUM
    )
    phosphate_rest: float = parameter(3.0, 1, 6, "mM", "phosphate at rest", TEXTBOOK, "recalled", group=CALCIUM)
    contracture_time: float = parameter(
        5.0, 2, 20, "s", "time in which the contracture follows", OURS, "assumed", group=CALCIUM
    )
    tone_per_load: float = parameter(
        0.02,
        0.005,
        0.06,
        "of maximal force",
        "tonic contraction at full load",
        OURS,
        "assumed",
        group=CALCIUM,
    )

    # Pressure and flow. kP; P0; Pext; Pc; Pv; Q0; Gmax; p_G; tau_G.
    pressure_at_maximal_force: float = parameter(
        287.0, 200, 400, "mmHg", "pressure in the muscle at maximal force", JARVHOLM, "checked", group=FLOW
    )
    pressure_rest: float = parameter(
        8.0, 2, 20, "mmHg", "pressure in the muscle at rest", JARVHOLM, "recalled", group=FLOW
    )
    external_pressure: float = parameter(
        0.0, 0, 60, "mmHg", "pressure on the muscle from outside (cuff, chair)", LEARNER, "assumed", group=FLOW
    )
    collapse_pressure: float = parameter(
        31.0, 25, 60, "mmHg", "pressure at which capillaries give way", OURS, "assumed", group=FLOW
    )
    venous_pressure: float = parameter(8.0, 2, 15, "mmHg", "venous pressure", TEXTBOOK, "recalled", group=FLOW)
    flow_rest: float = parameter(
        3.0, 1.5, 6, "mL/100 g/min", "blood flow with vessels at rest", TEXTBOOK, "recalled", group=FLOW
    )
    capillary_reserve: float = parameter(
        7.5, 4, 14, "×", "capillary reserve", TEXTBOOK, "recalled", group=FLOW, step=0.1
    )
    oxygen_for_dilation: float = parameter(
        17.0, 8, 20, "mmHg", "oxygen at which vessels open by half", OURS, "assumed", group=FLOW
    )
    dilation_time: float = parameter(15.0, 5, 60, "s", "time in which vessels open", OURS, "assumed", group=FLOW)

    # Oxygen. CaO2; P50; n; kK; cO2; pm.
    blood_oxygen: float = parameter(
        8.9, 4.5, 9, "mM", "oxygen content of arterial blood", TEXTBOOK, "recalled", group=OXYGEN
    )
    haemoglobin_half: float = parameter(
        26.8, 20, 35, "mmHg", "oxygen at which haemoglobin is half full", TEXTBOOK, "recalled", group=OXYGEN
    )
    haemoglobin_steepness: float = parameter(
        2.7, 2, 3.2, "", "steepness of haemoglobin's oxygen curve", TEXTBOOK, "recalled", group=OXYGEN
    )
    oxygen_drop: float = parameter(
        195.0,
        50,
        400,
        "mmHg/(mM/s)",
        "oxygen drop from capillary to tissue",
        "diffusion from a capillary of 25 µm reach",
        "assumed",
        group=OXYGEN,
    )
    oxygen_store: float = parameter(
        0.02, 0.005, 0.05, "mM/mmHg", "oxygen that the tissue stores", TEXTBOOK, "recalled", group=OXYGEN
    )
    oxygen_half: float = parameter(
        12.0, 3, 18, "mmHg", "tissue oxygen at which mitochondria work by half", OURS, "assumed", group=OXYGEN
    )

    # Energy. E0; tau_E; UF; Ub; Gly.
    phosphocreatine_rest: float = parameter(
        30.0, 20, 40, "mM", "phosphocreatine at rest", TEXTBOOK, "recalled", group=ENERGY
    )
    phosphocreatine_time: float = parameter(
        40.0,
        25,
        50,
        "s",
        "time in which phosphocreatine recovers",
        "phosphorus spectroscopy, 36 to 42 s",
        "checked",
        group=ENERGY,
    )
    cost_of_force: float = parameter(
        0.635,
        0.4,
        1.7,
        "mM/s",
        "energy that maximal force costs",
        "1.0 to 2.5 at maximal force; lower for slow fibres",
        "assumed",
        group=ENERGY,
    )
    cost_of_rest: float = parameter(
        0.005, 0.002, 0.02, "mM/s", "energy that rest costs", TEXTBOOK, "recalled", group=ENERGY
    )
    glycolysis: float = parameter(
        0.22,
        0.1,
        0.4,
        "mM/s",
        "largest energy from sugar without oxygen",
        "largest measured about 1.7; low here",
        "assumed",
        group=ENERGY,
    )

    # Acid. beta; Dl; Rn.
    acid_buffer: float = parameter(
        40.0, 20, 80, "mM/pH", "acid that the muscle buffers", TEXTBOOK, "recalled", group=ACID
    )
    lactate_diffusion: float = parameter(
        1.2e-3, 0.5e-3, 2.5e-3, "mm²/s", "speed at which lactate diffuses", TEXTBOOK, "recalled", group=ACID
    )
    nodule_radius: float = parameter(
        2.7, 1, 4.5, "mm", "radius of the nodule", BALLYNS, "checked", group=ACID, step=0.1
    )

    # What a twitch does: d_n, d_F, dG, e_tw, sig_a, S_t; soreness per pass and per twitch.
    twitch_empties: float = parameter(
        0.70, 0.3, 0.9, "", "share of the acetylcholine pool that a full twitch empties", OURS, "assumed", group=TWITCH
    )
    twitch_slackens: float = parameter(
        0.6, 0.2, 0.9, "", "share of the contracture that a full twitch undoes", OURS, "assumed", group=TWITCH
    )
    twitch_opens: float = parameter(
        4.0, 1, 8, "×", "opening of vessels by a full twitch", OURS, "assumed", group=TWITCH
    )
    twitch_cost: float = parameter(
        0.4, 0.1, 1, "mM", "phosphocreatine that a full twitch costs", OURS, "assumed", group=TWITCH
    )
    spot_size: float = parameter(
        1.5,
        0.5,
        3,
        "mm",
        "how near the needle must pass",
        "Hubbard & Berkoff 1993, a nidus of 1 to 2 mm",
        "checked",
        group=TWITCH,
    )
    twitch_threshold: float = parameter(
        0.05, 0.01, 0.3, "", "irritability that a twitch needs", OURS, "assumed", group=TWITCH
    )
    soreness_per_pass: float = parameter(
        0.06, 0.01, 0.2, "", "soreness that a needle pass leaves", OURS, "assumed", group=TWITCH
    )
    soreness_per_twitch: float = parameter(
        0.12, 0.01, 0.3, "", "soreness that a full twitch adds", OURS, "assumed", group=TWITCH
    )

    # What a thumb does: kap, k_st, tau_X.
    pressure_reaching_depth: float = parameter(
        0.03, 0.01, 0.1, "", "share of the thumb's pressure that reaches the capillaries", OURS, "assumed", group=THUMB
    )
    creep_rate: float = parameter(
        1.2e-4,
        0.5e-4,
        3e-4,
        "per kPa per s",
        "speed at which pressed fibres give",
        "fitted to the doses of Hou 2002",
        "fitted",
        group=THUMB,
    )
    creep_recovery: float = parameter(
        300.0, 60, 1200, "s", "time in which pressed fibres shorten again", OURS, "assumed", group=THUMB
    )

    # Pain. tau_S, dHS, tau_Wu, tau_Wd, W_S, tau_K.
    nociceptor_time: float = parameter(
        90.0, 30, 300, "s", "time in which nociceptors follow", OURS, "assumed", group=PAIN
    )
    acid_for_pain: float = parameter(
        110.0, 50, 250, "nM", "acid that drives nociceptors by half", OURS, "assumed", group=PAIN
    )
    sensitisation_rise: float = parameter(
        20.0, 5, 60, "min", "time in which the cord becomes sensitive", OURS, "assumed", group=PAIN
    )
    sensitisation_fall: float = parameter(
        6.0, 1, 24, "h", "time in which the cord calms down", OURS, "assumed", group=PAIN
    )
    drive_for_sensitisation: float = parameter(
        0.25, 0.05, 0.6, "", "drive that sensitises the cord by half", OURS, "assumed", group=PAIN
    )
    soreness_time: float = parameter(
        16.0, 8, 24, "h", "time in which soreness fades", "fitted to a fall of 81 % in 24 h", "fitted", group=PAIN
    )

    # Ablations: an arrow that is cut keeps its rest value.
    cut_pressure: int = parameter(0, 0, 1, "", "cut: contraction no longer squeezes", LEARNER, "assumed", group=CUT)
    cut_release: int = parameter(
        0, 0, 1, "", "cut: acid no longer sensitises the endplate", LEARNER, "assumed", group=CUT
    )
    cut_pump_acid: int = parameter(
        0, 0, 1, "", "cut: acid no longer slows the calcium pump", LEARNER, "assumed", group=CUT
    )
    cut_pump_energy: int = parameter(
        0, 0, 1, "", "cut: lack of energy no longer slows the calcium pump", LEARNER, "assumed", group=CUT
    )
    cut_esterase: int = parameter(
        0, 0, 1, "", "cut: acid no longer slows acetylcholinesterase", LEARNER, "assumed", group=CUT
    )
    cut_phosphate: int = parameter(
        0, 0, 1, "", "cut: phosphate no longer weakens the force", LEARNER, "assumed", group=CUT
    )
    cut_calcium_release: int = parameter(
        0, 0, 1, "", "cut: lack of energy no longer brakes calcium release", LEARNER, "assumed", group=CUT
    )
