"""Where the trigger-point model can rest, and where those states vanish."""

import json
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from lessons.models.trigger_point import TriggerPoint, rest_state, simulate
from lessons.models.trigger_point_branches import fold_table
from lessons.models.trigger_point_cohort import bistable, virtual_patients
from lessons.models.trigger_point_equations import constants, inputs, rates
from lessons.models.trigger_point_equilibria import (
    branch,
    branches,
    equilibria,
    folds,
    nullclines,
    rates_reduced,
    separatrix,
)
from lessons.models.trigger_point_reduction import settled_oxygen, slaves
from lessons.simulation import parameter

KNOT = TriggerPoint()
FOLDS = json.loads((Path(__file__).parents[1] / "assets" / "trigger_point_folds.json").read_text(encoding="utf-8"))


@dataclass(frozen=True, kw_only=True)
class Wider(TriggerPoint):
    capillary_reserve: float = parameter(7.5, 1, 40, "×", "capillary reserve", "a test", "assumed")
    release_sensitised: float = parameter(380.0, 0, 600, "quanta/s", "sensitised release", "a test", "assumed")
    arterial_pressure: float = parameter(93.0, 0, 140, "mmHg", "arterial pressure", "a test", "assumed")


def saddle(parameters):
    (found,) = [e for e in equilibria(parameters) if e.kind == "saddle"]
    return found


def falls_back(parameters, acidity, phosphocreatine):
    """Whether the two-variable picture leads from a point into the knot (True) or to health (False)."""
    path = solve_ivp(
        lambda t, y: [float(rate[0]) for rate in rates_reduced(parameters, y[:1], y[1:])],
        (0, 3 * 3600), [acidity, phosphocreatine], "LSODA", rtol=1e-7, atol=1e-9,
    )  # fmt: skip
    return path.y[1, -1] < 13


def test_a_muscle_at_typical_load_can_rest_in_two_states_with_a_saddle_between():
    found = equilibria(KNOT)
    assert [e.kind for e in found] == ["contracted", "saddle", "healthy"]
    assert [e.stable for e in found] == [True, False, True]
    assert found[0].state == pytest.approx(rest_state(KNOT)[0], rel=1e-9)
    assert found[2].state == pytest.approx(rest_state(KNOT.changed(knot=0))[0], rel=1e-8, abs=1e-12)


def test_the_saddle_is_the_documents():
    found = saddle(KNOT)
    assert found.state.acidity == pytest.approx(6.869, abs=0.0005)
    assert found.state.phosphocreatine == pytest.approx(13.15, abs=0.005)
    assert found.state.release == pytest.approx(162, abs=0.5)
    assert found.state.contracture == pytest.approx(0.047, abs=0.0005)
    assert found.state.oxygen == pytest.approx(2.8, abs=0.05)
    growing = found.eigenvalues[found.eigenvalues.real > 0]
    assert growing.real == pytest.approx([0.00318], abs=0.000005) and np.all(growing.imag == 0)


def test_the_two_variable_picture_keeps_the_equilibria_and_nearly_the_saddles_rate():
    for e in equilibria(KNOT):
        souring, charging = rates_reduced(KNOT, e.state.acidity, e.state.phosphocreatine)
        assert abs(souring) < 1e-10 and abs(charging) < 1e-9
    state, h = saddle(KNOT).state, 1e-5
    columns = [
        (np.array(rates_reduced(KNOT, state.acidity + dx, state.phosphocreatine + dy))
         - np.array(rates_reduced(KNOT, state.acidity - dx, state.phosphocreatine - dy))) / (2 * h)
        for dx, dy in ((h, 0), (0, h))
    ]  # fmt: skip
    assert np.linalg.eigvals(np.column_stack(columns)).real.max() == pytest.approx(0.00332, abs=0.000005)


def test_the_folds_are_the_documents():
    assert folds(KNOT) == pytest.approx((0.242, 0.733), abs=0.01)
    assert folds(KNOT) == pytest.approx((0.2416, 0.7332), abs=0.0001)


@pytest.mark.parametrize(
    ("change", "low", "high"),
    [
        ({"arterial_pressure": 80}, 0.06, 0.66), ({"arterial_pressure": 105}, 0.39, 0.80),
        ({"capillary_reserve": 14}, 0.80, 1.0), ({"calcium_release": 0.8 * 0.57}, 0.83, 0.94),
    ],
)  # fmt: skip
def test_the_folds_of_other_muscles_are_the_documents(change, low, high):
    assert folds(KNOT.changed(**change)) == pytest.approx((low, high), abs=0.006)


def test_low_arterial_pressure_or_reserve_lets_the_knot_sustain_itself():
    low, high = folds(KNOT.changed(arterial_pressure=70))
    assert low < 0 and high == pytest.approx(0.60, abs=0.005)
    assert folds(KNOT.changed(capillary_reserve=4))[0] < 0 and folds(KNOT.changed(capillary_reserve=5))[0] < 0
    # The document says the same of a reserve of 6; here that knot just needs a load of 0.03.
    assert folds(KNOT.changed(capillary_reserve=6))[0] == pytest.approx(0.033, abs=0.001)


def test_the_esterase_link_moves_the_low_fold_only():
    low, high = folds(KNOT.changed(esterase_acid=5.5))
    assert low == pytest.approx(0.37, abs=0.005) and high == pytest.approx(0.75, abs=0.005)


def test_a_fifth_more_or_less_of_any_loop_property_moves_the_folds_as_far_as_the_document_says():
    not_loop = {"The muscle", "The needle", "The thumb", "The twitch", "Pain"}
    found = []
    for name, about in TriggerPoint.described().items():
        for value in (0.8 * getattr(KNOT, name), 1.2 * getattr(KNOT, name)):
            if about.group not in not_loop and value and about.low <= value <= about.high and not about.whole:
                found.append(folds(KNOT.changed(**{name: value})))
    lows, highs = zip(*found, strict=True)
    assert len(found) > 70
    assert (min(highs), max(highs)) == pytest.approx((0.56, 0.94), abs=0.005)
    assert min(lows) < 0 and max(lows) == pytest.approx(0.83, abs=0.006)


def test_a_nodule_below_one_and_a_half_millimetres_is_not_bistable():
    assert all(math.isnan(load) for load in folds(KNOT.changed(nodule_radius=1.45)))
    low, high = folds(KNOT.changed(nodule_radius=1.5))
    assert low == pytest.approx(0.91, abs=0.005) and 0 < high - low < 0.01


def test_a_large_nodule_has_two_more_folds_deep_down_which_do_not_count():
    big = KNOT.changed(nodule_radius=4)
    low, high = folds(big)
    assert low < 0 and high == pytest.approx(0.673, abs=0.001)
    kinds = [(e.kind, e.state.phosphocreatine) for e in equilibria(big.changed(load=0.3))]
    assert [kind for kind, _ in kinds] == ["contracted", "saddle", "contracted", "saddle", "healthy"]
    assert all(energy < 2 for _, energy in kinds[:2])


@pytest.mark.parametrize(
    "muscle", [Wider(release_sensitised=0), Wider(capillary_reserve=20), KNOT.changed(cut_pressure=1)]
)
def test_some_muscles_have_the_healthy_state_only(muscle):
    (only,) = equilibria(muscle)
    assert only.kind == "healthy" and only.stable


def test_without_perfusion_there_is_one_ischaemic_state():
    (only,) = equilibria(Wider(arterial_pressure=20))
    assert only.kind == "contracted" and only.state.oxygen < 0.1


@pytest.mark.parametrize("load", [0.2, 0.2417, 0.3, 0.7, 0.7331, 0.74, 1.0])
def test_the_number_of_equilibria_changes_at_the_folds(load):
    low, high = folds(KNOT)
    assert len(equilibria(KNOT.changed(load=load))) == (3 if low < load < high else 1)


@pytest.mark.parametrize(("distance", "stays"), [(+0.004, True), (-0.004, False)])
def test_a_knot_survives_above_the_low_fold_and_dissolves_below_it(distance, stays):
    load = folds(KNOT)[0] + distance
    run = simulate(KNOT.changed(passes=0, load_after=load), [7 * 86_400.0])
    assert (run.state.phosphocreatine[-1] < 13) == stays


def test_no_equilibrium_loses_its_stability_by_oscillation():
    for load in np.linspace(0, 1, 21):
        for e in equilibria(KNOT.changed(load=load)):
            assert (e.eigenvalues.real > 0).sum() == (e.kind == "saddle")


def test_every_point_of_the_branch_is_an_equilibrium_at_its_load():
    curve = branch(KNOT)
    fast, c = rates(constants(KNOT)), constants(KNOT)
    assert len(curve.load) > 90 and np.all(np.diff(curve.state.phosphocreatine) > 0)
    assert curve.load[-1] == 0 and curve.load[0] > 1
    for k in range(len(curve.load)):
        state = [float(values[k]) for values in curve.state]
        rate = fast((*state[:7], state[8], state[9]), 0.0, inputs(KNOT, load=float(curve.load[k])))
        assert max(abs(r) for r in rate) < 1e-7
    assert c.rest == 30


def test_branches_meet_the_equilibria_and_end_at_the_folds():
    loads = np.array([0.1, 0.35, 0.5, 0.9])
    found = branches(KNOT, loads)
    energies = {kind: np.round(state.phosphocreatine, 6) for kind, state in found.items()}
    for k, load in enumerate(loads):
        expected = {e.kind: e.state.phosphocreatine for e in equilibria(KNOT.changed(load=float(load)))}
        for kind, values in energies.items():
            if kind in expected:
                assert values[k] == pytest.approx(expected[kind], abs=1e-5)
            else:
                assert math.isnan(values[k])


def test_branches_of_a_muscle_without_bistability_are_one_curve():
    found = branches(KNOT.changed(nodule_radius=1.3), np.linspace(0, 1, 11))
    assert np.all(np.isnan(found["saddle"].phosphocreatine))
    either = np.isfinite(found["healthy"].phosphocreatine) ^ np.isfinite(found["contracted"].phosphocreatine)
    assert either.all()


def test_the_nullclines_are_where_the_slow_rates_vanish_and_cross_at_the_equilibria():
    curves = nullclines(KNOT)
    for index, name in enumerate(("acidity", "phosphocreatine")):
        points = curves[name]
        still = rates_reduced(KNOT, points[:, 0], points[:, 1])[index]
        assert len(points) > 40 and np.abs(still).max() < 1e-6
    for e in equilibria(KNOT):
        for points in curves.values():
            at = np.interp(e.state.phosphocreatine, points[:, 1], points[:, 0])
            assert at == pytest.approx(e.state.acidity, abs=1e-5)


def test_rates_of_the_picture_keep_the_shape_of_a_grid():
    acidity, energy = np.meshgrid(np.linspace(6.5, 7.05, 12), np.linspace(0, 30, 9))
    souring, charging = rates_reduced(KNOT, acidity, energy)
    assert souring.shape == charging.shape == (9, 12)
    single = rates_reduced(KNOT, acidity[3, 4], energy[3, 4])
    assert (souring[3, 4], charging[3, 4]) == pytest.approx((float(single[0]), float(single[1])), rel=1e-6)


def test_the_separatrix_parts_relapse_from_release():
    border = separatrix(KNOT)
    state = saddle(KNOT).state
    gaps = np.hypot((border[:, 0] - state.acidity) / 0.6, (border[:, 1] - state.phosphocreatine) / 30)
    assert gaps.min() < 1e-9 and len(border) > 30
    for pH, energy in border[[2, len(border) // 3, -3]]:
        assert falls_back(KNOT, pH - 0.003, energy) and not falls_back(KNOT, pH + 0.003, energy)


def test_a_muscle_without_a_saddle_has_no_separatrix():
    assert separatrix(KNOT.changed(load=0.1)).shape == (0, 2)


def test_slaved_oxygen_balances_supply_and_uptake():
    c, acting = constants(KNOT), inputs(KNOT)
    acidity, energy = np.meshgrid(np.linspace(6.4, 7.05, 9), np.linspace(0.5, 30, 9))
    s = slaves(c, acting, acidity, energy)
    fast = rates(c)
    for index in np.ndindex(acidity.shape):
        loop = (s.release, s.pool, s.contracture, s.oxygen, energy, acidity, s.conductance)
        rate = fast([float(x[index]) for x in loop] + [0.0, 0.0], 0.0, acting)
        assert [rate[k] for k in (0, 1, 2, 3, 6)] == pytest.approx([0] * 5, abs=1e-7)
    assert settled_oxygen(c, np.array([0.0]), np.array([0.1]))[0] == pytest.approx(0, abs=1e-6)


def test_folds_equilibria_and_the_cohorts_verdict_agree_for_drawn_patients():
    cohort = virtual_patients(np.random.default_rng(4), 60)
    kinds = bistable(cohort)
    for k in range(60):
        patient = cohort.patient(k)
        low, high = folds(patient)
        between = low < patient.load < high
        assert (len(equilibria(patient)) == 3) == between == (kinds[k] == "bistable")


@settings(max_examples=20, deadline=None)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            name: st.integers(about.low, about.high) if about.whole else st.floats(about.low, about.high)
            for name, about in TriggerPoint.described().items()
        },
    )
)
def test_pictures_can_be_drawn_over_the_whole_slider_box(values):
    muscle = TriggerPoint(**values)
    found = equilibria(muscle)
    assert any(e.stable for e in found)
    start = rest_state(muscle)[0]
    assert min(abs(e.state.phosphocreatine - start.phosphocreatine) for e in found) < 1e-3
    low, high = folds(muscle)
    assert math.isnan(low) or low <= high
    for points in (separatrix(muscle), *nullclines(muscle).values()):
        assert points.shape[1] == 2 and np.all(np.isfinite(points))


def test_the_stored_folds_are_what_the_model_says():
    assert (FOLDS["folds"]["low"], FOLDS["folds"]["high"]) == pytest.approx(folds(KNOT), abs=1e-5)
    for name, rows in FOLDS["folds_over"].items():
        for value, low, high in (rows[0], rows[len(rows) // 2], rows[-1]):
            found = folds(KNOT.changed(**{name: value}))
            if low is None:
                assert all(math.isnan(load) for load in found)
            else:
                assert found == pytest.approx((low, high), abs=1e-5)
    for load, energy, acidity in list(zip(*FOLDS["branch"].values(), strict=True))[3::8]:
        near = min(equilibria(KNOT.changed(load=min(load, 1.0))), key=lambda e: abs(e.state.phosphocreatine - energy))
        if load <= 1:
            assert (near.state.phosphocreatine, near.state.acidity) == pytest.approx((energy, acidity), abs=0.02)


def test_the_stored_folds_have_the_shape_that_is_written():
    table = fold_table()
    assert table.keys() == FOLDS.keys() and table["folds_over"].keys() == FOLDS["folds_over"].keys()
