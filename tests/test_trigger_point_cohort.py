"""A thousand patients at once: does the array form agree with the single form, and is its arithmetic sound?"""

import dataclasses
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.models.trigger_point import State, TriggerPoint, simulate
from lessons.models.trigger_point_array_solver import advance, array_rates, drift, longest_steps
from lessons.models.trigger_point_cohort import Cohort, bistable, run, settled, virtual_patients
from lessons.models.trigger_point_equations import Inputs, constants, inputs, rates
from lessons.models.trigger_point_reduction import start_loop
from lessons.simulation import ParameterError

TWO_HOURS = np.array([0.0, 1.0, 27.0, 180.0, 600.0, 1800.0, 3600.0, 7200.0])


def cohort_of(*parameters):
    names = TriggerPoint.described()
    return Cohort({name: np.array([float(getattr(p, name)) for p in parameters]) for name in names})


def worst(whole, patients, time):
    """Largest difference to the single form, as a share of the state's range over the cohort, per patient."""
    result = []
    for k in patients:
        single = simulate(whole.cohort.patient(k), time)
        result.append(
            max(
                np.abs(values[:, k] - alone).max() / max(np.ptp(values), 1e-9)
                for values, alone in zip(whole.state, single.state, strict=True)
            )
        )
    return np.array(result)


@pytest.fixture(scope="module")
def hundred():
    return run(virtual_patients(np.random.default_rng(7), 100), TWO_HOURS)


@pytest.fixture(scope="module")
def thousand():
    return virtual_patients(np.random.default_rng(2026), 1000)


def test_every_patient_agrees_with_the_single_form_to_1_in_1000_and_most_to_1_in_10_000(hundred):
    errors = worst(hundred, range(100), TWO_HOURS)
    assert errors.max() < 1e-3 and np.quantile(errors, 0.9) < 1e-4


def test_twitches_and_amplitudes_agree_with_the_single_form(hundred):
    for k in range(0, 100, 9):
        notes = simulate(hundred.cohort.patient(k), TWO_HOURS).notes
        assert hundred.twitches[k] == notes["twitches"]
        made = hundred.amplitudes[: notes["passes"], k]
        assert made == pytest.approx(notes["twitch_amplitudes"], rel=2e-3, abs=1e-6)
        assert not hundred.amplitudes[notes["passes"] :, k].any()


def test_thumb_overload_and_a_changed_load_agree_with_the_single_form():
    typical = TriggerPoint(passes=2, strength=0.5, pressure_seconds=70, overload_minutes=6)
    patients = [
        typical.changed(pressure=100),
        typical.changed(pressure=250, load_after=0.8),
        typical.changed(passes=0, pressure=230, descending_inhibition=0.5),
        typical.changed(knot=0, acute_overload=0.1, load_after=0.2),
        typical.changed(knot=0, acute_overload=0.25, sympathetic_tone=0.2),
        typical.changed(miss=8.0, passes=5),
    ]
    whole = run(cohort_of(*patients), TWO_HOURS)
    assert worst(whole, range(len(patients)), TWO_HOURS).max() < 1e-3


def test_rates_of_the_array_form_are_those_of_the_single_form():
    generator = np.random.default_rng(3)
    cohort = virtual_patients(generator, 40)
    low, high = [1, 0.1, 0, 0.1, 0.1, 6.3, 0.5, 0, 0], [400, 1, 0.2, 60, 31, 7.1, 12, 1, 1]
    y = generator.uniform(low, high, (40, 9)).T
    acting = [inputs(cohort.patient(k), overload=0.1, pressure=50.0) for k in range(40)]
    together = array_rates(constants(_values(cohort)), y, Inputs(*np.array(acting).T))
    for k in range(40):
        single = rates(constants(cohort.patient(k)))(y[:, k].tolist(), 0.0, acting[k]._replace(creep_end=0.0))
        np.testing.assert_allclose(together[:, k], single, rtol=1e-9, atol=1e-13)


def _values(cohort):
    return SimpleNamespace(**cohort.values)


def errors_by_step(integrate, steps, seconds):
    """Errors of release and phosphocreatine after a sudden load, one pair for each step length."""
    cohort = cohort_of(TriggerPoint(passes=0))
    c, heavy = constants(_values(cohort)), inputs(_values(cohort), load=np.array([0.9]))
    start = np.vstack([settled(cohort, False), [[0.0], [0.0]]])
    start = advance(c, start, heavy, 0.0, 60.0, 0.5)
    truth = advance(c, start, heavy, 0.0, seconds, 0.25)
    return [np.abs(integrate(c, start, heavy, 0.0, seconds, step) - truth)[[0, 4], 0] for step in steps]


def test_busy_steps_are_of_fourth_order():
    errors = errors_by_step(advance, (2.0, 1.0, 0.5), 180.0)
    for coarse, fine in zip(errors, errors[1:], strict=False):
        assert np.all((coarse / fine > 11) & (coarse / fine < 22))


def test_quiet_steps_are_of_second_order():
    errors = errors_by_step(drift, (10.0, 5.0, 2.5), 600.0)
    for coarse, fine in zip(errors, errors[1:], strict=False):
        assert np.all((coarse / fine > 3) & (coarse / fine < 5.5))


def test_a_quiet_step_is_stable_where_a_classical_one_explodes():
    cohort = cohort_of(TriggerPoint())
    c, acting = constants(_values(cohort)), inputs(_values(cohort))
    start = np.vstack([settled(cohort, True), [[0.4], [0.6]]])
    start[3] += 0.1  # oxygen, the fastest state
    calm, wild = (step(c, start, acting, 0.0, 1200.0, 12.0) for step in (drift, advance))
    assert calm[:7] == pytest.approx(settled(cohort, True), rel=1e-4)
    assert not np.allclose(wild[:7], settled(cohort, True), rtol=1e-2)


def test_steps_shrink_where_oxygen_moves_faster():
    usual = longest_steps(constants(_values(cohort_of(TriggerPoint()))))
    fast = longest_steps(constants(_values(cohort_of(TriggerPoint(oxygen_half=3)))))
    assert usual == (1.0, 12.0) and fast[0] < 0.6 and fast[1] < 9
    patient = TriggerPoint(oxygen_half=3, passes=4)
    assert worst(run(cohort_of(patient), TWO_HOURS), [0], TWO_HOURS).max() < 1e-3


def test_starts_are_those_of_the_single_form(thousand):
    for knot in (True, False):
        loops = settled(thousand, knot)
        for k in range(0, 1000, 40):
            patient = thousand.patient(k)
            alone, _ = start_loop(constants(patient), inputs(patient), knot)
            np.testing.assert_allclose(loops[:, k], alone, rtol=1e-6, atol=1e-9)


def test_no_state_of_a_thousand_patients_is_ever_negative(thousand):
    whole = run(thousand, [0.0, 5.0, 56.0, 600.0, 3600.0])
    for name, values in zip(State._fields, whole.state, strict=True):
        assert np.all(np.isfinite(values)) and values.min() >= 0, name


def test_most_drawn_patients_can_hold_a_knot_and_some_cannot(thousand):
    # The document found 68, 31 and 0.4 per cent with a spread that it does not list in full.
    kinds = bistable(thousand)
    share = {kind: float((kinds == kind).mean()) for kind in ("bistable", "healthy", "contracted")}
    assert 0.55 < share["bistable"] < 0.75 and 0.2 < share["healthy"] < 0.45 and share["contracted"] < 0.02


def test_more_effective_dose_releases_more_patients_although_each_is_all_or_none(thousand):
    whole = run(thousand, [5400.0])
    able = bistable(thousand) == "bistable"
    v = thousand.values
    dose = v["passes"] * v["strength"] * np.exp(-0.5 * (v["miss"] / v["spot_size"]) ** 2)
    energy = whole.state.phosphocreatine[0] / v["phosphocreatine_rest"]
    released = energy > 2 / 3
    little, middle, much = (able & (low <= dose) & (dose < high) for low, high in ((0, 0.7), (1.4, 2.1), (3, 99)))
    assert released[little].mean() < released[middle].mean() < released[much].mean()
    relief = (whole.before.nociceptor - whole.state.nociceptor[0]) / whole.before.nociceptor
    assert np.mean((relief[able] > 0.2) & (relief[able] < 0.8)) < 0.05


def test_the_same_seed_draws_the_same_patients():
    one, other = (virtual_patients(np.random.default_rng(5), 20) for _ in range(2))
    for name, values in one.values.items():
        assert np.array_equal(values, other.values[name])


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 60))
def test_every_drawn_patient_is_a_possible_one(seed, count):
    cohort = virtual_patients(np.random.default_rng(seed), count)
    assert len(cohort) == count
    patient = cohort.patient(count - 1)
    assert set(dataclasses.asdict(patient)) == set(cohort.values)
    assert patient.load_after == patient.load


def test_a_cohort_cannot_be_altered_but_copied_with_changes():
    cohort = virtual_patients(np.random.default_rng(5), 3)
    with pytest.raises(ValueError, match="read-only"):
        cohort.values["load"][0] = 0.5
    changed = cohort.changed(load=0.5, passes=[1, 2, 3])
    assert changed.values["load"].tolist() == [0.5] * 3 and changed.patient(2).passes == 3
    assert cohort.values["load"][0] != 0.5


def test_impossible_cohorts_are_refused_in_one_sentence():
    cohort = virtual_patients(np.random.default_rng(5), 3)
    with pytest.raises(ParameterError, match=r"\(load\) must lie within 0 to 1 for all patients"):
        cohort.changed(load=[0.1, 0.2, 1.2])
    with pytest.raises(ParameterError, match=r"\(load\) must lie within"):
        cohort.changed(load=np.nan)
    with pytest.raises(ParameterError, match="needs one number, or one for each of the 3 patients"):
        cohort.changed(load=[0.1, 0.2])
    with pytest.raises(ParameterError, match="share one value of 'spacing'"):
        cohort.changed(spacing=[1, 2, 3])
    with pytest.raises(ParameterError, match="did you mean 'load'"):
        cohort.changed(laod=1)
    with pytest.raises(ParameterError, match="at least one patient"):
        virtual_patients(np.random.default_rng(5), 0)
    with pytest.raises(ParameterError, match="in increasing order"):
        run(cohort, [2.0, 1.0])
