"""Parameters that describe themselves, trajectories that cannot be altered, events that are exact."""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.simulation import (
    Event,
    Observable,
    ParameterError,
    Parameters,
    SimulationError,
    Trajectory,
    parameter,
    solve,
)


@dataclass(frozen=True, kw_only=True)
class Spring(Parameters):
    stiffness: float = parameter(2.0, 0, 10, "N/m", "stiffness of the spring", "a textbook", "recalled")
    coils: int = parameter(5, 1, 20, "", "coils", "a textbook", "assumed")


class Point(NamedTuple):
    x: np.ndarray


def decay(state, time, rate):
    return [-rate * state[0]]


def a_run(time=(0.0, 1.0, 2.0)):
    time = np.array(time)
    return Trajectory(time=time, state=Point(2 * time), before=Point(-1.0), parameters=Spring())


def test_a_parameter_carries_its_description():
    about = Spring.described()["stiffness"]
    assert (about.unit, about.low, about.high, about.status, about.typical) == ("N/m", 0, 10, "recalled", 2.0)
    assert not about.whole and Spring.described()["coils"].whole
    assert Spring.described()["coils"].step == 1


@pytest.mark.parametrize("value", [math.nan, "2", None, True])
def test_what_is_not_a_number_is_refused_in_one_sentence(value):
    with pytest.raises(ParameterError, match=r"spring \(stiffness\) must be a number from 0 to 10 N/m"):
        Spring(stiffness=value)


@pytest.mark.parametrize("value", [-0.1, 10.01, math.inf, -math.inf])
def test_a_value_out_of_range_is_refused_with_its_range(value):
    with pytest.raises(ParameterError, match=r"it must lie within 0 to 10 N/m\.$"):
        Spring(stiffness=value)


def test_half_a_coil_is_refused():
    with pytest.raises(ParameterError, match=r"coils \(coils\) must be a whole number from 1 to 20, not 2\.5\."):
        Spring(coils=2.5)


def test_an_unknown_name_is_answered_with_the_nearest_one():
    with pytest.raises(ParameterError, match="There is no parameter 'stifness' here; did you mean 'stiffness'?"):
        Spring().changed(stifness=1)


def test_a_changed_copy_leaves_the_original_alone():
    spring = Spring()
    assert spring.changed(stiffness=3).stiffness == 3 and spring.stiffness == 2
    with pytest.raises(AttributeError):
        spring.stiffness = 4


@pytest.mark.parametrize(
    "declaration",
    [
        dict(default=11, low=0, high=10, label="x", source="y", status="recalled"),
        dict(default=1, low=0, high=10, label="", source="y", status="recalled"),
        dict(default=1, low=0, high=10, label="x", source="", status="recalled"),
        dict(default=1, low=0, high=10, label="x", source="y", status="invented"),
    ],
)
def test_a_nonsensical_declaration_is_refused(declaration):
    with pytest.raises(ValueError):
        parameter(unit="", **declaration)


@dataclass(frozen=True, kw_only=True)
class Hand(Parameters):
    grip: int = parameter(1, 0, 2, "", "kind of grip", "a textbook", "assumed", choices=["open", "pinch", "fist"])


def test_a_kind_is_a_whole_number_whose_values_have_names():
    assert Hand.described()["grip"].choices == ("open", "pinch", "fist")
    assert Hand(grip=2).grip == 2 and Spring.described()["coils"].choices == ()
    for wrong in (3, 0.5, "fist"):
        with pytest.raises(ParameterError, match=r"kind of grip \(grip\)"):
            Hand(grip=wrong)


@pytest.mark.parametrize(
    ("default", "low", "high", "choices"),
    [
        (1, 0, 2, ("open", "pinch")),
        (1, 0, 2, ("open", "pinch", "fist", "hook")),
        (1, 1, 2, ("pinch", "fist")),
        (1.0, 0, 2, ("open", "pinch", "fist")),
        (1, 0, 2, ("open", "pinch", "pinch")),
        (1, 0, 2, ("open", "pinch", " ")),
    ],
)
def test_names_that_do_not_fit_the_values_are_refused(default, low, high, choices):
    with pytest.raises(ValueError, match="^kind of grip: "):
        parameter(default, low, high, "", "kind of grip", "a textbook", "assumed", choices=choices)


def test_a_trajectory_cannot_be_altered():
    run = a_run()
    for array in (run.time, run.state.x):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 9


def test_an_observable_reads_between_points_before_the_run_and_nowhere_else():
    reading = Observable("x", "place", "m", lambda run: run.state.x, lambda run: run.before.x)
    run = a_run()
    assert reading.over_time and reading.at(run, 0.5) == 1.0 and reading.before(run) == -1.0
    with pytest.raises(ValueError, match="place was asked at 3 s, but the run covers 0 to 2 s"):
        reading.at(run, 3)
    with pytest.raises(ValueError, match="was asked at -1 s"):
        reading.at(run, -1)


def test_a_summary_has_no_value_before_the_run():
    summary = Observable("top", "highest place", "m", lambda run: run.state.x.max())
    assert not summary.over_time and summary.at(a_run(), 0) == 4.0
    with pytest.raises(ValueError, match="it has no value before it"):
        summary.before(a_run())


def test_decay_follows_its_closed_form():
    time = np.linspace(0, 5, 11)
    path = solve(decay, [3.0], time, 0.7, relative_tolerance=1e-9, absolute_tolerance=1e-12)
    np.testing.assert_allclose(path[:, 0], 3 * np.exp(-0.7 * time), rtol=1e-7)


def test_a_tighter_tolerance_gives_a_smaller_error():
    time = np.array([0.0, 5.0])
    errors = [
        abs(solve(decay, [1.0], time, 1.0, relative_tolerance=t, absolute_tolerance=t)[-1, 0] - math.exp(-5))
        for t in (1e-3, 1e-6, 1e-9)
    ]
    assert errors[0] > errors[1] > errors[2]


@given(st.floats(0.05, 4.95), st.floats(0.5, 3.0))
def test_an_event_happens_exactly_when_it_should(when, factor):
    time = np.sort(np.unique([0.0, when / 2, when, 5.0]))
    event = Event(when, lambda state: [state[0] * factor], 2.0)
    path = solve(decay, [1.0], time, 1.0, [event], relative_tolerance=1e-10, absolute_tolerance=1e-13)[:, 0]
    after = factor * math.exp(-when)
    np.testing.assert_allclose(path, [1.0, math.exp(-when / 2), after, after * math.exp(-2 * (5 - when))], rtol=1e-6)


def test_events_at_the_first_and_at_the_last_instant_are_made():
    double = Event(0.0, lambda state: [2 * state[0]])
    halve = Event(1.0, lambda state: [state[0] / 2])
    path = solve(decay, [1.0], np.array([0.0, 1.0]), 0.0, [halve, double])
    assert path[:, 0].tolist() == [2.0, 1.0]


def test_two_events_at_one_instant_act_in_the_order_given():
    events = [Event(1.0, lambda state: [state[0] + 1]), Event(1.0, lambda state: [state[0] * 10])]
    assert solve(decay, [1.0], np.array([0.0, 2.0]), 0.0, events)[-1, 0] == pytest.approx(20)


@pytest.mark.parametrize("gap", [1e-185, 1e-300, 1e-12])
def test_instants_that_no_solver_can_tell_apart_are_one(gap):
    event = Event(gap, lambda state: [state[0] + 1], 0.0)
    assert solve(decay, [1.0], np.array([0.0, 2.0]), 1.0, [event])[-1, 0] == pytest.approx(2)


def test_an_event_after_the_run_is_not_made():
    event = Event(9.0, lambda state: [99.0])
    assert solve(decay, [1.0], np.array([0.0, 1.0]), 0.0, [event])[-1, 0] == 1.0


def test_an_event_before_the_run_is_refused():
    with pytest.raises(ParameterError, match="An event at -1 s lies before the run, which starts at 0 s"):
        solve(decay, [1.0], np.array([0.0, 1.0]), 1.0, [Event(-1.0)])


@pytest.mark.parametrize("time", [[1.0, 0.0], [0.0, 0.0], [0.0, math.nan], [], [[0.0, 1.0]]])
def test_impossible_times_are_refused(time):
    with pytest.raises(ParameterError, match="increasing order"):
        solve(decay, [1.0], time, 1.0)


def test_a_result_does_not_depend_on_where_it_is_stored():
    event = [Event(1.5, lambda state: [state[0] + 1])]
    coarse = solve(decay, [1.0], np.array([0.0, 4.0]), 1.0, event)[-1, 0]
    fine = solve(decay, [1.0], np.linspace(0, 4, 400), 1.0, event)[-1, 0]
    assert fine == pytest.approx(coarse, rel=1e-5)


def test_a_solver_that_gives_up_says_what_to_try():
    def explosion(state, time, inputs):
        return [state[0] ** 2]

    with pytest.raises(SimulationError, match="Move the last slider back towards its typical mark, or press Reset"):
        solve(explosion, [1.0], np.array([0.0, 2.0]), None)


def test_equations_that_break_down_say_when():
    def broken(state, time, inputs):
        return [math.exp(1e3 * (time > 1))]

    with pytest.raises(SimulationError, match="The equations broke down between 0 and 2 s"):
        solve(broken, [1.0], np.array([0.0, 2.0]), None)
