"""The rival account meets the pain and tenderness targets without a knot, and differs where an experiment can decide."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.models import trigger_point
from lessons.models.central_account import HEALTHY_THRESHOLD, OBSERVABLES, CentralAccount, simulate
from lessons.models.duel import Duel, compare
from lessons.models.trigger_point import TriggerPoint
from lessons.simulation import ParameterError

MINUTE, DAY = 60.0, 86400.0
NEEDLE = CentralAccount()
SHAM = CentralAccount(passes=0)
THUMB = CentralAccount(passes=0, pressure=230.0, pressure_seconds=60.0)


def change(parameters, name, seconds):
    run = simulate(parameters)
    return OBSERVABLES[name].at(run, seconds) - OBSERVABLES[name].before(run)


def against_sham(parameters, name, seconds=MINUTE):
    return change(parameters, name, seconds) - change(SHAM, name, seconds)


@pytest.mark.parametrize(
    ("what", "value", "low", "high"),
    [
        # Ranges: the published 95 % intervals.
        ("E-T1a, Geri 2022", lambda: OBSERVABLES["tenderness"].before(simulate(SHAM)) - HEALTHY_THRESHOLD, -149, -61),
        ("E-T1b, Navarro-Santana 2020", lambda: against_sham(NEEDLE, "tenderness"), 27, 84),
        ("E-T1c, Geri 2022", lambda: against_sham(THUMB, "tenderness"), 11, 46),
        ("E-T2 at once, Navarro-Santana 2020", lambda: against_sham(NEEDLE, "pain"), -2.29, -0.76),
    ],
)
def test_the_rival_meets_pain_and_tenderness_without_any_knot(what, value, low, high):
    assert low <= value() <= high, what


def test_a_cut_reflex_leaves_the_rival_s_relief_and_takes_the_knot_s():
    whole, cut = NEEDLE, NEEDLE.changed(reflex_arc=0.0)
    assert change(cut, "pain", 10 * MINUTE) == change(whole, "pain", 10 * MINUTE) < -0.5
    assert OBSERVABLES["twitches"].read(simulate(cut)) == 0 < OBSERVABLES["twitches"].read(simulate(whole))
    knot = {}
    for reflex_arc in (1.0, 0.0):
        run = trigger_point.simulate(TriggerPoint(reflex_arc=reflex_arc))
        pain = trigger_point.OBSERVABLES["pain"]
        knot[reflex_arc] = pain.at(run, 3600) - pain.before(run)
    assert knot[1.0] < -4 and abs(knot[0.0]) < 0.1


def test_flow_changes_at_the_needle_only_and_not_after_the_thumb():
    assert change(NEEDLE, "blood_flow", 15 * MINUTE) > 0.5
    assert change(THUMB, "blood_flow", 15 * MINUTE) == 0
    run = trigger_point.simulate(TriggerPoint(passes=0, pressure=230.0, pressure_seconds=60.0))
    flow = trigger_point.OBSERVABLES["blood_flow"]
    assert abs(flow.at(run, 15 * MINUTE) - flow.before(run)) > 1


def test_nothing_done_to_nobody_changes_nothing():
    run = simulate(CentralAccount(passes=0, treated=0))
    for observable in OBSERVABLES.values():
        if observable.over_time:
            np.testing.assert_allclose(observable.read(run), observable.before(run), rtol=1e-9)


def test_relief_fades_and_expectation_alone_relieves():
    assert change(NEEDLE, "pain", 10 * MINUTE) < change(NEEDLE, "pain", DAY) < 0
    assert change(CentralAccount(passes=0, expectation=1.0), "pain", MINUTE) < change(
        CentralAccount(passes=0, expectation=0.0), "pain", MINUTE
    )


@settings(max_examples=40, deadline=None)
@given(
    st.fixed_dictionaries(
        {
            name: st.floats(about.low, about.high)
            for name, about in CentralAccount.described().items()
            if not about.whole
        }
        | {"passes": st.integers(0, 15), "treated": st.integers(0, 1)}
    )
)
def test_every_reading_is_finite_and_within_its_axis_over_the_whole_box(values):
    run = simulate(CentralAccount(**values))
    # A hundred times the solver's absolute tolerance: what it may overshoot where a share fades to nothing.
    assert all(np.all(part >= -1e-6) for part in run.state)
    for name in ("pain", "referred_pain", "soreness"):
        assert np.all((OBSERVABLES[name].read(run) >= -1e-5) & (OBSERVABLES[name].read(run) <= 10))
    assert np.all(np.isfinite(OBSERVABLES["tenderness"].read(run)))


def test_the_answer_does_not_depend_on_the_times_asked_for():
    some, many = np.array([30.0, 600.0, DAY]), np.sort(np.concatenate([[30.0, 600.0, DAY], np.linspace(1, DAY, 50)]))
    one, other = (OBSERVABLES["pain"].read(simulate(THUMB, np.unique(t))) for t in (some, many))
    np.testing.assert_allclose(one, other[np.isin(np.unique(many), some)], rtol=1e-5)


def test_an_impossible_input_is_refused_in_one_sentence():
    with pytest.raises(ParameterError, match="must lie within 0 to 1"):
        CentralAccount(expectation=1.5)


def test_the_duel_measures_both_accounts_in_the_same_units():
    _, rows = compare(Duel())
    assert [row.name for row in rows][0] == "pain after 10 min"
    pain = trigger_point.OBSERVABLES["pain"]
    run = trigger_point.simulate(TriggerPoint())
    assert rows[0].knot == pytest.approx(pain.at(run, 600.0) - pain.before(run), abs=0.02)
    assert all(abs(value) <= 1.15 * row.scale for row in rows for value in (row.knot, row.cord))
