"""The models against what was measured, and against their own design."""

import pytest

from lessons import data
from lessons.check_calibration import MISFITS_ALLOWED, Result, measure, problems, results
from lessons.models import trigger_point_trials as trials
from lessons.models.trigger_point import TriggerPoint


@pytest.fixture(scope="module")
def found():
    return results(data.calibration().values())


def test_at_least_twelve_published_values_of_the_trigger_point_are_measured(found):
    published = [r for r in found if r.target.kind == "published" and r.target.model == "trigger_point"]
    assert len(published) >= 12


def test_twelve_of_them_could_have_come_out_differently(found):
    open_ended = [r for r in found if r.target.kind == "published" and not r.target.agreement]
    assert len(open_ended) >= 12


def test_every_hard_target_is_in_range_or_an_open_misfit_with_a_reason(found):
    for r in found:
        if r.target.hard and not r.passed:
            assert len(r.target.misfit.split()) >= 15, f"{r.target.id} is {r.value:g} and nobody says why"
    assert sum(r.target.hard and not r.passed for r in found) <= MISFITS_ALLOWED


def test_every_regression_number_is_met(found):
    assert [r.target.id for r in found if r.target.kind == "regression" and not r.passed] == []
    assert sum(r.target.kind == "regression" for r in found) >= 50


def test_the_check_finds_nothing_to_mend(found):
    assert problems(found) == []


def test_regression_numbers_never_count_as_evidence():
    for target in data.calibration().values():
        assert target.id.startswith("E-" if target.kind == "published" else "M-")
        assert not (target.kind == "regression" and (target.hard or target.grade))


def test_what_is_not_measured_says_why():
    absent = [t for t in data.calibration().values() if t.state != "modelled"]
    assert absent
    for target in absent:
        assert len(target.reason.split()) >= 5


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("E-T1c", lambda: trials.threshold_gain(TriggerPoint(), "thumb"), 17.5),
        ("E-T3", lambda: trials.range_of_motion_difference(TriggerPoint()).difference, 1.0),
        ("E-T6a", lambda: 100 * trials.share_that_twitches(TriggerPoint()), 99.5),
        ("E-T6c", lambda: trials.twitch_or_not(TriggerPoint()), -0.52),
    ],
)
def test_a_first_virtual_trial_still_gives_what_its_target_says(name, value, said):
    assert value() == pytest.approx(said, rel=0.06)
    assert f"{said:g}" in data.calibration()[name].reason or f"{said:.1f}" in data.calibration()[name].reason


def test_no_trial_is_counted_because_it_happens_to_agree():
    assert {t.state for t in data.calibration().values() if t.model == "trial"} == {"later"}


def test_the_document_s_twelve_targets_are_all_listed():
    numbers = {int("".join(filter(str.isdigit, t.id))) for t in data.calibration().values() if t.id.startswith("E-T")}
    assert numbers >= set(range(1, 13))


def test_a_bound_without_a_published_interval_says_so():
    for target in data.calibration().values():
        if target.kind == "published" and target.low is not None:
            assert target.range_from.startswith(("published", "95 %", "set here", "sign only")), target.id


def hard_target(value, **changes):
    target = data.calibration()["E-T9b"].model_copy(update=changes)
    return Result(target, value)


def test_a_hard_miss_without_a_reason_is_a_problem():
    assert "say under 'misfit' why it differs" in problems([hard_target(50.0)])[0]
    assert problems([hard_target(50.0, misfit="known")]) == []
    assert problems([hard_target(38.0)]) == []


def test_a_misfit_that_is_none_any_more_is_a_problem():
    assert "remove its misfit" in problems([hard_target(38.0, misfit="known")])[0]


def test_a_fourth_hard_misfit_is_a_problem():
    misses = [hard_target(50.0, id=f"E-T9{letter}", misfit="known") for letter in "abcd"]
    assert problems(misses[:3]) == []
    assert problems(misses)[-1].startswith(
        "4 hard targets are out of range (E-T9a, E-T9b, E-T9c, E-T9d), 3 are allowed"
    )


def test_a_changed_regression_number_is_a_problem():
    target = data.calibration()["M-T1a"]
    assert "find what changed the equations" in problems([Result(target, 0.5)])[0]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            {"measure": "trigger_point_protocols.tendernes"},
            "there is no function lessons.models.trigger_point_protocols",
        ),
        ({"measure": "nowhere.at_all"}, "there is no function lessons.models.nowhere.at_all; correct 'measure'"),
        ({"pick": "colour"}, "pick 'colour' finds no number"),
    ],
)
def test_a_target_that_names_nothing_real_says_what_to_correct(changes, says):
    with pytest.raises(ValueError, match=says):
        measure(data.calibration()["E-T9b"].model_copy(update=changes))


def test_the_measured_value_follows_the_model_and_is_not_stored(found):
    moved = data.calibration()["E-T9b"].model_copy(update={"set": {"blood_oxygen": 7.0}})
    assert abs(measure(moved) - next(r.value for r in found if r.target.id == "E-T9b")) > 0.5


def test_a_row_of_json_has_exactly_the_agreed_keys(found):
    agreed = ["id", "model", "kind", "quantity", "unit", "value", "low", "high", "pass", "hard", "grade", "source"]
    for result in found:
        assert list(result.as_json()) == agreed
