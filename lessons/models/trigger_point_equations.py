"""The equations of the trigger-point model in plain floats: states, inputs, and their rates of change.

The text of the equations stands in `trigger_point`. Three exact short cuts keep a run fast: all powers of ten of the
acidity are one exponential; creep under constant pressure and soreness are known in closed form and never reach the
solver.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log
from typing import Any, NamedTuple

import numpy as np

from lessons.models.trigger_point_parameters import TriggerPoint

PH_REST = 7.05
PROTONS_REST = 10 ** (9 - PH_REST)  # nM
LN10 = log(10)
DRIVING_PRESSURE = 85.0  # mmHg, arterial less venous, at which the resting flow is defined
OXYGEN_PER_ATP = 5.5  # ATP per O2
ARTERIAL_OXYGEN = 95.0  # mmHg
LARGEST_LOAD_OF_PUMP = 0.995  # the pump's share of its capacity is capped here
TINY = 1e-12  # mM, keeps ratios of energy defined when none is left


class State(NamedTuple):
    """State of the model; the symbols of the equations in brackets.

    release [q] quanta/s, pool [n] 0-1, contracture [F] share of maximal force, oxygen [p] mmHg, phosphocreatine [E] mM,
    acidity [pH], conductance [G] of the vessels (rest = 1), creep [X] 0-1, nociceptor [S] 0-1, sensitisation [W] 0-1,
    soreness [K] 0-1.
    """

    release: float
    pool: float
    contracture: float
    oxygen: float
    phosphocreatine: float
    acidity: float
    conductance: float
    creep: float
    nociceptor: float
    sensitisation: float
    soreness: float


class Inputs(NamedTuple):
    """What acts on the muscle until the next event.

    leak quanta/s; tone share of maximal force; squeeze mmHg on the capillaries from outside; arterial mmHg; and the
    creep: X(t) = creep_end + (creep_start - creep_end) exp(-creep_rate (t - since)).
    """

    leak: float
    tone: float
    squeeze: float
    arterial: float
    creep_start: float = 0.0
    creep_end: float = 0.0
    creep_rate: float = 0.0
    since: float = 0.0

    def creep(self, time: float) -> float:
        """X at `time` (s)."""
        return self.creep_end + (self.creep_start - self.creep_end) * exp(-self.creep_rate * (time - self.since))


def inputs(
    parameters: TriggerPoint,
    load: float | None = None,
    overload: float = 0.0,
    pressure: float = 0.0,
    creep: float = 0.0,
    since: float = 0.0,
    arterial: float | None = None,
) -> Inputs:
    """Inputs from `since` (s) on: load (default: the parameters' load), overload (of maximal force), thumb (kPa).

    `creep` is the creep at `since`; `arterial` (mmHg) overrules the parameters' arterial pressure, as a cuff does.
    """
    p = parameters
    load = p.load if load is None else load
    stretch = p.creep_rate * pressure
    rate = stretch + 1 / p.creep_recovery
    return Inputs(
        leak=p.leak_per_load * load,
        tone=p.tone_per_load * load + overload,
        squeeze=p.pressure_rest + p.external_pressure + 7.5 * p.pressure_reaching_depth * pressure,
        arterial=p.arterial_pressure if arterial is None else arterial,
        creep_start=creep,
        creep_end=stretch / rate,
        creep_rate=rate,
        since=since,
    )


class Constants(NamedTuple):
    """What the equations need of the parameters, worked out once: floats, or arrays for a cohort."""

    healthy: Any  # q_h, quanta/s
    sensitised: Any  # q_x (1 + .5 symp), quanta/s
    acid_release2: Any  # dHx^2
    per_release_time: Any
    per_pool_recovery: Any
    pool_use: Any
    receptor_half: Any  # KA
    esterase: Any  # 10^(pKa - pH0); 0 where the arrow is cut, as for the next two
    pump_acid: Any  # 10^(pKs - pH0)
    pump_energy: Any  # KE
    channel_energy: Any  # KR
    pump_scale: Any  # Vs, so scaled that the factors of acid and energy are 1 at rest
    channel_scale: Any  # JA, scaled likewise
    calcium_rest: Any
    receptor_steepness: Any
    force_scale: Any  # nF ln(Ks / K50)
    half_steepness: Any  # nF / 2
    acid_steepness: Any  # nF dpCa
    phosphate: Any  # 1 / KPi
    phosphate_empty: Any  # 1 + (Pi0 + E0) / KPi
    largest_force: Any  # Fmax (1 + Pi0 / KPi)
    per_contracture_time: Any
    pressure_gain: Any  # kP
    venous: Any
    per_collapse4: Any  # Pc^-4
    flow_scale: Any  # Q0 / 85 (1 + (P0 / Pc)^4) / 6000, per s and mmHg
    reserve: Any  # Gm - 1
    per_dilation3: Any
    per_dilation_time: Any
    blood_oxygen: Any
    haemoglobin_steepness: Any
    per_haemoglobin_half: Any
    arterial_saturation: Any
    oxygen_drop: Any
    per_oxygen_store: Any
    oxygen_half: Any
    rest: Any  # E0
    demand_rest: Any  # U0 = Ub + Jrest / 2
    per_energy_time: Any
    glycolysis: Any  # Gly / E0^2
    cost_of_rest: Any
    cost_of_force: Any
    per_buffer: Any  # 1 / (1.5 beta)
    diffusion: Any  # 15 Dl / Rn^2
    acid_pain2: Any  # dHS^2
    per_nociceptor_time: Any
    reaching_cord: Any  # 1 - desc
    sensitisation_half: Any  # W_S
    per_rise: Any
    per_fall: Any


def constants(parameters: Any) -> Constants:
    """Constants of a TriggerPoint, or of anything with the same attributes as arrays of one shape."""
    c = parameters
    rest = c.phosphocreatine_rest
    esterase = (1 - c.cut_esterase) * 10.0 ** (c.esterase_acid - PH_REST)
    pump_acid = (1 - c.cut_pump_acid) * 10.0 ** (c.pump_acid - PH_REST)
    pump_energy = (1 - c.cut_pump_energy) * c.pump_energy
    channel_energy = (1 - c.cut_calcium_release) * c.channel_energy
    phosphate = (1 - c.cut_phosphate) / c.phosphate_block
    full = (ARTERIAL_OXYGEN / c.haemoglobin_half) ** c.haemoglobin_steepness
    per_collapse4 = 1 / c.collapse_pressure**4
    return Constants(
        healthy=c.release_healthy * c.endplate_release,
        sensitised=_sensitised(c, c.sympathetic_tone),
        acid_release2=c.acid_for_release**2,
        per_release_time=1 / c.release_time,
        per_pool_recovery=1 / c.pool_recovery,
        pool_use=c.pool_use,
        receptor_half=c.release_for_calcium,
        esterase=esterase,
        pump_acid=pump_acid,
        pump_energy=pump_energy,
        channel_energy=channel_energy,
        pump_scale=c.pump_capacity * (1 + pump_acid) * (rest + pump_energy) / rest,
        channel_scale=c.calcium_release * (rest + channel_energy) / rest,
        calcium_rest=c.calcium_rest,
        receptor_steepness=c.receptor_steepness,
        force_scale=c.force_steepness * np.log(c.pump_half_calcium / c.force_half_calcium),
        half_steepness=0.5 * c.force_steepness,
        acid_steepness=c.force_steepness * c.force_acid_shift,
        phosphate=phosphate,
        phosphate_empty=1 + (c.phosphate_rest + rest) * phosphate,
        largest_force=c.contracture_maximal * (1 + c.phosphate_rest * phosphate),
        per_contracture_time=1 / c.contracture_time,
        pressure_gain=(1 - c.cut_pressure) * c.pressure_at_maximal_force,
        venous=c.venous_pressure,
        per_collapse4=per_collapse4,
        flow_scale=c.flow_rest / DRIVING_PRESSURE * (1 + c.pressure_rest**4 * per_collapse4) / 6000,
        reserve=_reserve(c, c.sympathetic_tone),
        per_dilation3=1 / c.oxygen_for_dilation**3,
        per_dilation_time=1 / c.dilation_time,
        blood_oxygen=c.blood_oxygen,
        haemoglobin_steepness=c.haemoglobin_steepness,
        per_haemoglobin_half=1 / c.haemoglobin_half,
        arterial_saturation=full / (1 + full),
        oxygen_drop=c.oxygen_drop,
        per_oxygen_store=1 / c.oxygen_store,
        oxygen_half=c.oxygen_half,
        rest=rest,
        demand_rest=c.cost_of_rest + c.calcium_rest / 2,
        per_energy_time=1 / c.phosphocreatine_time,
        glycolysis=c.glycolysis / rest**2,
        cost_of_rest=c.cost_of_rest,
        cost_of_force=c.cost_of_force,
        per_buffer=1 / (1.5 * c.acid_buffer),
        diffusion=15 * c.lactate_diffusion / c.nodule_radius**2,
        acid_pain2=c.acid_for_pain**2,
        per_nociceptor_time=1 / c.nociceptor_time,
        reaching_cord=1 - c.descending_inhibition,
        sensitisation_half=c.drive_for_sensitisation,
        per_rise=1 / (60 * c.sensitisation_rise),
        per_fall=1 / (3600 * c.sensitisation_fall),
    )


def at_tone(of: Constants, parameters: Any, tone: float) -> Constants:
    """The same constants under another sympathetic tone."""
    return of._replace(sensitised=_sensitised(parameters, tone), reserve=_reserve(parameters, tone))


def _sensitised(c: Any, tone: Any) -> Any:
    return (1 - c.cut_release) * c.release_sensitised * c.endplate_release * (1 + 0.5 * tone)


def _reserve(c: Any, tone: Any) -> Any:
    return (c.capillary_reserve - 1) * (1 - 0.4 * tone)


def rates(of: Constants) -> Callable[[list[float], float, Inputs], tuple[float, ...]]:
    """The right-hand side for `simulation.solve`: (q, n, F, p, E, pH, G, S, W), time (s), Inputs -> their rates per s.

    `of`: the constants of one patient. All constants are bound once; the function itself touches plain floats only.
    """
    (
        healthy,
        sensitised,
        acid_release2,
        per_release_time,
        per_pool_recovery,
        pool_use,
        receptor_half,
        esterase,
        pump_acid,
        pump_energy,
        channel_energy,
        pump_scale,
        channel_scale,
        calcium_rest,
        receptor_steepness,
        force_scale,
        half_steepness,
        acid_steepness,
        phosphate,
        phosphate_empty,
        largest_force,
        per_contracture_time,
        pressure_gain,
        venous,
        per_collapse4,
        flow_scale,
        reserve,
        per_dilation3,
        per_dilation_time,
        blood_oxygen,
        haemoglobin_steepness,
        per_haemoglobin_half,
        arterial_saturation,
        oxygen_drop,
        per_oxygen_store,
        oxygen_half,
        rest,
        demand_rest,
        per_energy_time,
        glycolysis,
        cost_of_rest,
        cost_of_force,
        per_buffer,
        diffusion,
        acid_pain2,
        per_nociceptor_time,
        reaching_cord,
        sensitisation_half,
        per_rise,
        per_fall,
    ) = map(float, of)
    per_half_release = 1 / (1 + esterase) / receptor_half

    def right_hand_side(state, time, acting):
        q, n, F, p, E, pH, G, S, W = state
        leak, tone, squeeze, arterial, x_start, x_end, x_rate, since = acting
        release = q if q > 0.0 else 0.0
        force = F if F > 0.0 else 0.0
        oxygen = p if p > 0.0 else 0.0
        energy = E if E > TINY else TINY
        acid = LN10 * (PH_REST - pH)
        H = exp(acid)  # protons relative to rest
        protons = PROTONS_REST * (H - 1.0) if H > 1.0 else 0.0
        protons2 = protons * protons
        bound = (release * (1.0 + esterase * H) * per_half_release) ** receptor_steepness
        calcium_in = calcium_rest + channel_scale * bound / (1.0 + bound) * energy / (energy + channel_energy)
        share = calcium_in * (energy + pump_energy) * (1.0 + pump_acid * H) / (pump_scale * energy)
        if share > LARGEST_LOAD_OF_PUMP:
            share = LARGEST_LOAD_OF_PUMP
        activation = exp(force_scale + half_steepness * log(share / (1.0 - share)) - acid_steepness * acid)
        target = largest_force / (phosphate_empty - phosphate * energy) * activation / (1.0 + activation) + tone
        if x_start or x_end:
            target *= 1.0 - x_end - (x_start - x_end) * exp(-x_rate * (time - since))
        inside = squeeze + pressure_gain * force
        outflow = inside if inside > venous else venous
        inside *= inside
        inside *= inside * per_collapse4
        flow = flow_scale * G * (arterial - outflow) / (1.0 + inside) if arterial > outflow else 0.0
        wanted = demand_rest + (rest - E) * per_energy_time
        oxidation = wanted * oxygen / (oxygen + oxygen_half) * (1.0 + oxygen_half / 28.0) if wanted > 0.0 else 0.0
        uptake = oxidation / OXYGEN_PER_ATP
        loaded = ((oxygen + oxygen_drop * uptake) * per_haemoglobin_half) ** haemoglobin_steepness
        lack = rest - energy
        sugar = 0.0
        if lack > 0.0:
            able = (pH - 6.2) / 0.85
            if able > 0.0:
                sugar = glycolysis * lack * lack * (able if able < 1.0 else 1.0)
        widened = oxygen * oxygen * oxygen * per_dilation3
        drive = S * reaching_cord
        upward = drive / (drive + sensitisation_half) - W
        return (
            (n * (healthy + leak + sensitised * protons2 / (protons2 + acid_release2)) - q) * per_release_time,
            (1.0 - n) * per_pool_recovery - pool_use * release * n,
            (target - F) * per_contracture_time,
            (flow * blood_oxygen * (arterial_saturation - loaded / (1.0 + loaded)) - uptake) * per_oxygen_store,
            oxidation + sugar - (cost_of_rest + 0.5 * calcium_in + cost_of_force * force) * energy / (energy + 0.5),
            (PH_REST - pH) * (diffusion + flow) - sugar * per_buffer,
            (1.0 + reserve / (1.0 + widened) - G) * per_dilation_time,
            (protons2 / (protons2 + acid_pain2) - S) * per_nociceptor_time,
            upward * (per_rise if upward > 0.0 else per_fall),
        )

    return right_hand_side
