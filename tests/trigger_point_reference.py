"""The equations of the trigger-point model once more, straight from their text, to compare with.

Nothing is precomputed or shared with the package: numpy functions on numpy scalars, all eleven states in the solver.
"""

import numpy as np

PH0 = 7.05


def rates(time, state, p, load, overload=0.0, thumb=0.0):
    """Rates per s of q, n, F, p, E, pH, G, X, S, W, K for the parameters `p` under a load, overload and thumb (kPa)."""
    q, n, F, oxygen, E, pH, G, X, S, W, K = state
    q_, F_, p_, E_ = (np.maximum(x, 0.0) for x in (q, F, oxygen, E))
    E0, symp, desc = p.phosphocreatine_rest, p.sympathetic_tone, p.descending_inhibition

    def norm(half):
        return (E_ / (E_ + half)) / (E0 / (E0 + half))

    a = (1 + 10 ** (p.esterase_acid - PH0)) / (1 + 10 ** (p.esterase_acid - pH))
    A = q_ / a
    acid = (1 + 10 ** (p.pump_acid - PH0)) / (1 + 10 ** (p.pump_acid - pH))
    V = p.pump_capacity * norm(p.pump_energy) * acid
    power = A**p.receptor_steepness
    bound = power / (power + p.release_for_calcium**p.receptor_steepness)
    calcium_in = p.calcium_rest + p.calcium_release * bound * norm(p.channel_energy)
    r = np.minimum(calcium_in / V, 0.995)
    calcium = p.pump_half_calcium * np.sqrt(r / (1 - r))
    half = p.force_half_calcium * 10 ** (p.force_acid_shift * (PH0 - pH))
    f = (calcium / half) ** p.force_steepness / (1 + (calcium / half) ** p.force_steepness)
    phosphate = p.phosphate_rest + E0 - E_
    block = (1 + p.phosphate_rest / p.phosphate_block) / (1 + phosphate / p.phosphate_block)
    target = p.contracture_maximal * block * f + p.tone_per_load * load + overload
    inside = (
        p.pressure_rest + p.pressure_at_maximal_force * F_ + p.external_pressure
        + 7.5 * p.pressure_reaching_depth * thumb
    )  # fmt: skip
    head = np.maximum(p.arterial_pressure - np.maximum(p.venous_pressure, inside), 0)
    collapse = (1 + (p.pressure_rest / p.collapse_pressure) ** 4) / (1 + (inside / p.collapse_pressure) ** 4)
    Q = p.flow_rest * G * head / 85 * collapse
    U0 = p.cost_of_rest + p.calcium_rest / 2
    wanted = np.maximum(U0 + (E0 - E) / p.phosphocreatine_time, 0)
    oxidation = wanted * p_ / (p_ + p.oxygen_half) * (1 + p.oxygen_half / 28)
    uptake = oxidation / 5.5
    sugar = p.glycolysis * (np.maximum(E0 - E_, 0) / E0) ** 2 * np.clip((pH - 6.2) / 0.85, 0, 1)
    demand = p.cost_of_rest + calcium_in / 2 + p.cost_of_force * F_
    dH = np.maximum(10 ** (9 - pH) - 10 ** (9 - PH0), 0)

    def hill(pressure):
        return pressure**p.haemoglobin_steepness / (
            pressure**p.haemoglobin_steepness + p.haemoglobin_half**p.haemoglobin_steepness
        )

    released = p.endplate_release * (
        p.release_healthy + p.release_sensitised * dH**2 / (dH**2 + p.acid_for_release**2) * (1 + 0.5 * symp)
    )
    reserve = 1 + (p.capillary_reserve - 1) * (1 - 0.4 * symp)
    through = Q / 6000
    c = S * (1 - desc)
    aim = c / (c + p.drive_for_sensitisation)
    return np.array(
        [
            (n * (released + p.leak_per_load * load) - q) / p.release_time,
            (1 - n) / p.pool_recovery - p.pool_use * q_ * n,
            (target * (1 - X) - F) / p.contracture_time,
            (through * p.blood_oxygen * (hill(95.0) - hill(p_ + p.oxygen_drop * uptake)) - uptake) / p.oxygen_store,
            oxidation + sugar - demand * E_ / (E_ + 0.5),
            -(sugar / 1.5) / p.acid_buffer + (PH0 - pH) * (15 * p.lactate_diffusion / p.nodule_radius**2 + through),
            (1 + (reserve - 1) / (1 + (p_ / p.oxygen_for_dilation) ** 3) - G) / p.dilation_time,
            p.creep_rate * thumb * (1 - X) - X / p.creep_recovery,
            (dH**2 / (dH**2 + p.acid_for_pain**2) - S) / p.nociceptor_time,
            (aim - W) / (60 * p.sensitisation_rise if aim > W else 3600 * p.sensitisation_fall),
            -K / (3600 * p.soreness_time),
        ]
    )


def twitch(state, p, c):
    """The state just after a twitch of size c."""
    q, n, F, oxygen, E, pH, G, X, S, W, K = state
    keep = 1 - p.twitch_empties * c
    return np.array(
        [
            q * keep, n * keep, F * (1 - p.twitch_slackens * c), oxygen, max(E - p.twitch_cost * c, 0.0), pH,
            G + p.twitch_opens * c, X, S, W, min(1.0, K + p.soreness_per_pass + p.soreness_per_twitch * c),
        ]
    )  # fmt: skip
