"""Does the neuromodulation model do what its document says, in every printed digit; and is it sound as arithmetic?

The regression numbers themselves stand in assets/calibration.yaml. They prove that the equations were built as meant,
nothing more.
"""

import dataclasses
import math

import neuromodulation_reference as reference
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons import data
from lessons.check_calibration import measure
from lessons.models import neuromodulation_protocols as protocols
from lessons.models import neuromodulation_settings as experiments
from lessons.models.neuromodulation import (
    CONTINUOUS,
    ELECTRICAL,
    OBSERVABLES,
    STILL,
    TWO_HOURS,
    Neuromodulation,
    State,
    acts,
    sham_of,
    simulate,
    two_hours,
)
from lessons.models.neuromodulation_course import OBSERVABLES as IN_WEEKS
from lessons.models.neuromodulation_course import Course
from lessons.models.neuromodulation_course import simulate as simulate_weeks
from lessons.models.neuromodulation_people import enrol
from lessons.models.neuromodulation_readings import body_wide, region
from lessons.models.neuromodulation_settings import (
    BLINDED,
    BLINDED_SHAM,
    NOTHING,
    ONE_NEEDLE_TURNED,
    ONE_NEEDLE_UNTOUCHED,
    STRONG_LABORATORY,
)
from lessons.simulation import STATUSES, ParameterError, SimulationError

MINUTE = 60.0
EXPERIMENTS = {name: value for name, value in vars(experiments).items() if isinstance(value, Neuromodulation)}
INTEGRATED = State._fields[:11]
ABOUT = Neuromodulation.described()


def values(about):
    """Values of one parameter. No slider holds a subnormal number, and the general solver cannot step over one."""
    if about.whole:
        return st.integers(int(about.low), int(about.high))
    return st.floats(about.low, about.high).map(lambda value: min(max(round(value, 5), about.low), about.high))


BOX = {name: values(about) for name, about in ABOUT.items()}


def sets(**fixed):
    """Parameter sets from the whole box of all sliders, some values fixed."""
    free = {name: values for name, values in BOX.items() if name not in fixed}
    return st.fixed_dictionaries({}, optional=free).map(lambda values: Neuromodulation(**values, **fixed))


def threshold(parameters, *minutes):
    return protocols.reading(parameters, list(minutes))


# The document's numbers

REGRESSION = [t for t in data.calibration().values() if t.kind == "regression" and t.model == "neuromodulation"]
NUMBERS = [t for t in REGRESSION if not t.measure.startswith("neuromodulation_people")]


@pytest.mark.parametrize("target", NUMBERS, ids=lambda target: target.id)
def test_a_number_of_the_document_comes_out(target):
    assert target.low <= measure(target) <= target.high


@pytest.mark.parametrize(
    ("expectancy", "real", "sham"),
    [(0, 3.6, 0), (0.2, 9.6, 6), (0.4, 15.5, 12), (0.6, 21.5, 18), (0.8, 27.4, 24), (1, 33.3, 30)],
)
def test_the_table_of_expectation_comes_out(expectancy, real, sham):
    assert threshold(BLINDED.changed(expectancy=expectancy), 29.9)[0] == pytest.approx(real, abs=0.06)
    assert threshold(BLINDED_SHAM.changed(expectancy=expectancy), 29.9)[0] == pytest.approx(sham, abs=0.1)


@pytest.mark.parametrize(
    ("strength", "blinded", "strong"),
    [(1, 18.4, 12), (2, 19.6, 20), (3, 21.5, 31), (4, 24.1, 43), (6, 30.1, 61), (8, 34.7, 73), (10, 37.5, 81)],
)
def test_the_table_of_strength_comes_out(strength, blinded, strong):
    assert threshold(BLINDED.changed(strength=strength), 29.9)[0] == pytest.approx(blinded, abs=0.06)
    assert protocols.shape(STRONG_LABORATORY.changed(strength=strength)).peak == pytest.approx(strong, abs=0.6)


@pytest.mark.parametrize(("share", "taken"), [(0, 0), (0.25, 26), (0.5, 51), (0.75, 74), (1, 95)])
def test_the_table_of_naloxone_comes_out(share, taken):
    p = BLINDED.changed(opioid_share=share)
    assert protocols.naloxone_takes(p, 29.9) == pytest.approx(taken, abs=0.6)


def test_naloxone_takes_what_the_document_says_of_strong_needling_and_of_sham():
    open_, blocked = (protocols.shape(STRONG_LABORATORY.changed(naloxone=n)).peak for n in (0, 1))
    assert 100 * (1 - blocked / open_) == pytest.approx(38, abs=0.6)
    assert protocols.naloxone_takes(STRONG_LABORATORY, 31) == pytest.approx(42, abs=0.6)
    assert protocols.naloxone_takes(STRONG_LABORATORY, 49.9) == pytest.approx(33, abs=0.6)
    assert protocols.naloxone_takes(BLINDED_SHAM, 29.9) == pytest.approx(50, abs=0.6)


@pytest.mark.parametrize(
    ("name", "real", "sham", "strong", "digit"),
    [
        ("cord_gain", 0.823, 0.848, 0.564, 0.001), ("muscle_tone", 0.986, 0.988, 0.965, 0.001),
        ("cortisol", 11.86, 11.86, 11.93, 0.01), ("enkephalin", 1.10, 1, 7.4, 0.1),
        ("beta_endorphin", 3.43, 3.40, 4.3, 0.1), ("dynorphin", 1, 1, 1, 0.01), ("serotonin", 1.01, 1.00, 1.19, 0.01),
        ("gaba_midbrain", 0.98, 0.99, 0.88, 0.01), ("heart_rate", 68.22, 68.24, 69.12, 0.01),
        ("blood_pressure", -1.186, -1.175, -0.58, 0.01),
    ],
)  # fmt: skip
def test_the_table_of_observables_comes_out(name, real, sham, strong, digit):
    minutes = (29.9, 29.9, 31.0 if name in ("cord_gain", "muscle_tone") else 29.9)
    runs = zip((BLINDED, BLINDED_SHAM, STRONG_LABORATORY), minutes, (real, sham, strong), strict=True)
    for p, minute, value in runs:
        assert protocols.reading(p, [minute], name)[0] == pytest.approx(value, abs=0.6 * digit)


def test_anxiety_after_one_treatment_is_the_document_s():
    read = OBSERVABLES["anxiety"].read
    assert read(simulate(BLINDED)) == pytest.approx(-10.7, abs=0.06)
    assert read(simulate(BLINDED_SHAM)) == pytest.approx(-7.7, abs=0.06)
    assert read(simulate(BLINDED.changed(small_trial_discount=1))) == pytest.approx(-13.6, abs=0.06)


def test_the_range_from_person_to_person_is_the_document_s():
    people = enrol(Course(), 300, np.random.default_rng(2))
    found = [
        threshold(BLINDED.changed(responsiveness=min(float(r), 4.0), expectancy=float(e)), 29.9)[0]
        for r, e in zip(people.responsiveness, people.expectancy, strict=True)
    ]
    assert np.quantile(found, [0.1, 0.9]) == pytest.approx([14, 29], abs=1.5)


def test_a_needle_that_fires_at_rest_breaks_the_order_of_the_retention_study():
    for floor, order in ((0.0, -1), (0.15, 1), (0.3, 1), (0.5, 1)):
        _, untouched = protocols.longer_less_brief(ONE_NEEDLE_TURNED.changed(resting_discharge=floor))
        assert math.copysign(1, untouched) == order
    assert protocols.longer_less_brief(ONE_NEEDLE_TURNED)[0] > 0


# Parameters


def test_every_parameter_has_a_label_a_unit_a_source_and_a_status():
    for kind in (Neuromodulation, Course):
        table = kind.described()
        assert set(table) == {f.name for f in dataclasses.fields(kind)}
        for name, about in table.items():
            assert about.status in STATUSES and about.source and about.group and about.low < about.high, name
            assert isinstance(about.unit, str) and about.low <= about.default <= about.high, name
            assert len(about.label) > 2 and "_" not in about.label, name
    assert not any(about.status == "recalled" for about in ABOUT.values())


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"strength": math.nan}, r"\(strength\) must be a number from 0 to 20 x threshold, not nan"),
        ({"needles": 13}, r"needles \(needles\) is 13; it must lie within 0 to 12\."),
        ({"needles": 2.5}, "must be a whole number"),
        ({"retention": -1.0}, r"how long the needles stay \(retention\) is -1 min"),
        ({"retention": "30"}, "must be a number"),
        ({"stimulation": 4}, "must lie within 0 to 3"),
        ({"interval": 0.0}, "must lie within 1 to 30 min"),
        ({"expectancy": math.inf}, "must lie within 0 to 1"),
        ({"naloxone": True}, "must be a number"),
    ],
)
def test_impossible_parameters_are_refused_in_one_sentence(values, says):
    with pytest.raises(ParameterError, match=says):
        BLINDED.changed(**values)


def test_a_misspelt_parameter_is_refused_with_the_right_name():
    with pytest.raises(ParameterError, match="did you mean 'expectancy'"):
        BLINDED.changed(expectancey=0.5)


@pytest.mark.parametrize("time", [[-1.0, 0.0], [1.0, 1.0], [0.0, math.inf], [], [math.nan], [[0.0, 1.0]]])
def test_impossible_times_are_refused_in_one_sentence(time):
    with pytest.raises(ParameterError, match="Times must be finite seconds from 0 on, in increasing order"):
        simulate(BLINDED, time)


def test_a_solver_that_fails_says_what_to_try(monkeypatch):
    monkeypatch.setattr("lessons.models.neuromodulation.rates", lambda of: lambda state, *_: [1 + x * x for x in state])
    with pytest.raises(SimulationError, match="between .* s.* Move the last slider back towards its typical mark"):
        simulate(BLINDED)


# Nothing in, nothing out


def test_with_nothing_in_every_observable_stays_at_its_baseline_for_two_hours():
    for p in (NOTHING, NOTHING.changed(stimulation=CONTINUOUS), NOTHING.changed(stimulation=ELECTRICAL, strength=20)):
        run = simulate(p)
        assert run.time[-1] == TWO_HOURS
        for reading in OBSERVABLES.values():
            if reading.over_time:
                start = reading.before(run)
                assert np.abs(reading.read(run) - start).max() <= 1e-6 * max(abs(start), 1), reading.name
            else:
                assert abs(reading.read(run)) <= 1e-6, reading.name


@settings(max_examples=40)
@given(sets(needles=0, expectancy=0.0, posture=0, conditioning=0.0))
def test_with_nothing_in_nothing_happens_whatever_the_other_sliders_say(p):
    run = simulate(p)
    for name, column, start in zip(State._fields, run.state, run.before, strict=True):
        assert np.abs(column - start).max() <= 1e-6 * max(abs(start), 1), name


def test_weeks_without_treatment_fluctuation_and_trend_stay_at_the_baseline():
    run = simulate_weeks(Course(arm=0, trend=0.0, flare=0.0, posture=0))
    for reading in IN_WEEKS.values():
        if reading.over_time:
            start = reading.before(run)
            assert np.abs(reading.read(run) - start).max() <= 1e-6 * max(abs(start), 1), reading.name


@settings(max_examples=25)
@given(sets(), st.floats(0, 20))
def test_sham_has_no_needle_in_it_however_strong_the_needle_would_have_been(p, strength):
    sham = sham_of(p)
    assert sham.needles == 0
    run, other = simulate(sham), simulate(sham.changed(strength=strength))
    for name in ("afferent_low", "afferent_high", "needle_drive", "segmental_drive", "needle_dose", "habituation"):
        assert not np.any(getattr(run.state, name)), name
    for name in ("adenosine", "enkephalin", "dynorphin"):
        np.testing.assert_array_equal(getattr(run.state, name), 1.0)
    for one, two in zip(run.state, other.state, strict=True):
        np.testing.assert_array_equal(one, two)


@settings(max_examples=25)
@given(sets())
def test_removal_ends_every_drive_and_the_body_returns_by_its_own_times(p):
    run = simulate(p)
    out = run.time >= MINUTE * p.retention
    for name in ("afferent_low", "afferent_high", "needle_drive", "segmental_drive", "context_drive"):
        assert not np.any(getattr(run.state, name)[out]), name
    if out.sum() < 2:
        return
    since = (run.time[out] - run.time[out][0]) / MINUTE
    for name, rest, tau in (
        ("habituation", 0, p.habituation_recovery),
        ("vagal_shift", 0, p.vagal_time),
        ("adenosine", 1, p.adenosine_half_life / math.log(2)),
        ("fast_inhibition", 0, p.fast_half_life / math.log(2)),
        ("dynorphin", 1, p.dynorphin_half_life / math.log(2)),
    ):
        found = getattr(run.state, name)[out] - rest
        np.testing.assert_allclose(found, found[0] * np.exp(-since / tau), atol=1e-5 * max(1, abs(found[0])))
    dose = run.state.needle_dose[out]
    np.testing.assert_allclose(dose, dose[0], rtol=1e-6, atol=1e-9)


def test_the_operator_acts_at_insertion_and_then_until_just_before_removal():
    assert acts(BLINDED) == [0, 600, 1200] and acts(BLINDED.changed(retention=30.5)) == [0, 600, 1200, 1800]
    assert acts(BLINDED.changed(stimulation=STILL)) == [0] and acts(BLINDED.changed(retention=0)) == []
    assert acts(BLINDED.changed(interval=0.1 + 2.9, retention=21)) == [180.0 * k for k in range(7)]


# Expectation is a straight line


@settings(max_examples=20)
@given(sets(), st.floats(0, 1))
def test_the_fast_path_heart_hormone_and_anxiety_depend_on_expectation_in_a_straight_line(p, expectancy):
    none, some, full = (simulate(p.changed(expectancy=e)) for e in (0.0, expectancy, 1.0))
    for name in ("context_drive", "fast_inhibition", "vagal_shift"):
        low, middle, high = (getattr(run.state, name) for run in (none, some, full))
        np.testing.assert_allclose(middle, low + expectancy * (high - low), atol=2e-5)
    for name in ("heart_rate", "blood_pressure", "cortisol", "anxiety"):
        low, middle, high = (OBSERVABLES[name].read(run) for run in (none, some, full))
        np.testing.assert_allclose(middle, low + expectancy * (high - low), atol=2e-3)


def test_the_threshold_depends_on_expectation_in_almost_a_straight_line_in_real_needles_and_in_sham():
    for p in (BLINDED, BLINDED_SHAM):
        found = [threshold(p.changed(expectancy=e), 29.9)[0] for e in np.linspace(0, 1, 11)]
        assert np.abs(found - np.linspace(found[0], found[-1], 11)).max() < 0.01 * (found[-1] - found[0])


# Arithmetic


def apart(p, minutes):
    """Largest difference of any state from the reference, as a share of that state's largest value."""
    exact = reference.treatment(p, minutes)
    found = np.array(simulate(p, MINUTE * minutes).state[:11]).T
    return (np.abs(found - exact) / np.maximum(np.abs(exact).max(axis=0), 1e-3)).max()


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_experiment_agrees_with_an_independent_solver_to_1_in_100_000(name):
    assert apart(EXPERIMENTS[name], np.unique([*np.arange(0, 120.5, 0.5), 0.1, 29.9, 49.9])) < 1e-5


@settings(max_examples=40)
@given(sets())
def test_any_treatment_agrees_with_an_independent_solver(p):
    assert apart(p, np.linspace(0, 120, 61)) < 5e-5


@pytest.mark.parametrize(
    "p",
    [
        BLINDED.changed(gaba_block=0.3, serotonin_block=0.4, naloxone=0.1, anaesthetic=0.2),
        EXPERIMENTS["CURRENT_FLUID"].changed(frequency=100.0, gaba_block=0.5, naloxone=0.2),
        EXPERIMENTS["RAT_NEURON_STRONG"],
    ],
)
def test_inhibition_at_every_place_agrees_with_the_text_of_the_equations(p):
    minutes = np.arange(0.25, p.retention, 0.5)
    run, exact = simulate(p, MINUTE * minutes), reference.treatment(p, minutes)
    np.testing.assert_allclose(body_wide(p, run.state), reference.body_wide(p, exact), atol=1e-5)
    last = np.array(acts(p)) / MINUTE
    tau = minutes - last[np.searchsorted(last, minutes, side="right") - 1]
    us = np.array([reference.drive(p, h, since, True)[3] for h, since in zip(exact[:, 0], tau, strict=True)])
    for distance, opposite in ((0.0, False), (3.0, False), (0.0, True), (6.5, True)):
        side = p.other_side if opposite else 1.0
        place = reference.at(p, exact, us, distance, side, needle=False)
        np.testing.assert_allclose(region(p, run.state, distance, opposite), place, atol=1e-4)
    at_needle = 100 * reference.at(p, exact, us, 0.0, 1.0, needle=True)
    np.testing.assert_allclose(OBSERVABLES["pain_threshold_needle"].read(run), at_needle, atol=1e-2)


@settings(max_examples=60)
@given(sets())
def test_states_stay_within_bounds_over_the_whole_box_of_all_sliders(p):
    """The bounds follow from the equations: drives lie between 0 and Nn, fractions between 0 and 1."""
    run, s = simulate(p), 1e-5  # s: what the solver may be off, of the bound
    Nn = p.responsiveness * p.needles / (p.needles + p.needles_half) * (1 + p.needles_half / 4)
    wl, wh = reference.frequency_weights(p)
    released = p.enkephalin_gain * wl * Nn + p.beta_endorphin_gain * wl * Nn / p.beta_endorphin_scale
    ligand = released + p.context_opioid * p.expectancy
    bounds = {
        "habituation": (0, 1), "opioid_inhibition": (0, 1), "monoamine_inhibition": (0, 1),
        "adenosine": (1, 1 + p.adenosine_gain * Nn), "enkephalin": (1, 1 + p.enkephalin_gain * wl * Nn),
        "beta_endorphin": (p.beta_endorphin_rest, p.beta_endorphin_rest + p.beta_endorphin_gain * wl * Nn),
        "dynorphin": (1, 1 + p.dynorphin_gain * wh * Nn),
        "fast_inhibition": (0, p.needle_fast * Nn + p.context_fast * p.expectancy + p.conditioning),
        "cholecystokinin": (0, p.cholecystokinin_gain * ligand + p.cholecystokinin_high * wh * Nn),
        "vagal_shift": (
            -p.vagal_pain * Nn,
            p.vagal_rest * p.posture + p.vagal_context * p.expectancy + p.vagal_weak * Nn,
        ),
        "needle_dose": (0, Nn * p.retention), "afferent_low": (0, Nn), "afferent_high": (0, Nn),
        "needle_drive": (0, Nn), "segmental_drive": (0, Nn), "context_drive": (0, p.expectancy),
    }  # fmt: skip
    assert set(bounds) == set(State._fields)
    for name, (low, high) in bounds.items():
        values, room = getattr(run.state, name), s * max(1, abs(high))
        assert np.all(np.isfinite(values)) and low - room <= values.min() and values.max() <= high + room, name
    for name in State._fields:
        assert name == "vagal_shift" or getattr(run.state, name).min() >= 0, name


@settings(max_examples=25)
@given(sets(), st.lists(st.floats(0.5, 7000), max_size=30, unique=True))
def test_a_run_does_not_depend_on_where_it_is_stored(p, extra):
    alone = simulate(p, [7200.0])
    among = simulate(p, sorted({*extra, 7200.0}))
    for name, one, other in zip(State._fields, alone.state, among.state, strict=True):
        assert one[-1] == pytest.approx(other[-1], rel=1e-4, abs=1e-5), name


def test_the_default_times_are_two_hours_with_a_last_look_before_removal():
    time = two_hours(BLINDED)
    assert len(time) == 242 and time[-1] == TWO_HOURS and 29.9 * MINUTE in time
    assert np.array_equal(simulate(BLINDED).time, time)


def test_every_observable_reads_finite_numbers_within_its_axis():
    people = [p for name, p in EXPERIMENTS.items() if not name.startswith("RAT")]
    for p in people:
        run = simulate(p)
        for reading in OBSERVABLES.values():
            values = np.append(reading.read(run), reading.before(run) if reading.over_time else 0.0)
            assert np.all(np.isfinite(values)), reading.name
            assert reading.axis[0] <= values.min() and values.max() <= reading.axis[1], reading.name


def test_an_untouched_needle_is_silent_between_acts_and_the_rival_is_not():
    assert protocols.rest_needle_input(BLINDED) < 1e-6
    assert protocols.rest_needle_input(BLINDED.changed(resting_discharge=0.3)) == pytest.approx(0.3, rel=1e-6)
    assert ONE_NEEDLE_UNTOUCHED.stimulation == STILL
