"""What may become of a patient: the same people in every plan, near the patient's pain, and pictures that say so."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.figures.plans import plans
from lessons.figures.prognosis import prognosis as fan
from lessons.interface.packing import pack
from lessons.models.prognosis import ALIKE, AMOUNTS, DOSES, KINDS, Case, every_plan, prognosis

LOCAL, CENTRAL = Case(local=9.0, central=1.0), Case(local=1.0, central=9.0)


def kind(name):
    return KINDS.index(name)


def test_those_who_are_followed_are_like_the_patient_on_the_first_day():
    for pain in (3.0, 6.0, 9.0):
        found = prognosis(Case(pain=pain, kind=kind("neither")))
        assert found.pain.shape == (len(found.days), ALIKE) and found.days[0] == 0
        assert found.pain[0].mean() == pytest.approx(pain, abs=0.7)


def test_a_plan_for_a_local_pain_is_a_release_and_for_a_central_one_it_is_less():
    gains = {}
    for name, case in (("local", LOCAL), ("central", CENTRAL)):
        nothing, released = (prognosis(case.changed(kind=kind(k))) for k in ("neither", "release"))
        gains[name] = released.better("pain", 7).mean() - nothing.better("pain", 7).mean()
    assert gains["local"] > 2 > 1 > gains["central"]


def test_retained_needles_are_for_sleep_and_a_release_is_for_range():
    found = dict(zip(KINDS, every_plan(LOCAL), strict=True))
    assert found["retain"].better("sleep", 28).mean() > found["neither"].better("sleep", 28).mean() + 0.5
    assert (
        found["release"].better("range_of_motion", 7).mean() > found["retain"].better("range_of_motion", 7).mean() + 1
    )


def test_more_costs_more():
    sore = [prognosis(LOCAL.changed(kind=kind("release"), dose=d)).sore_after_a_visit for d in range(len(DOSES))]
    visits = [prognosis(LOCAL.changed(kind=kind("retain"), dose=d)).visits for d in range(len(DOSES))]
    assert sore == sorted(sore) and sore[0] > 0
    assert visits == [amount["visits"] for amount in AMOUNTS.values()] == sorted(visits)
    sensitised = prognosis(CENTRAL.changed(kind=kind("release"), dose=0))
    assert sensitised.sore_after_a_visit > sore[0]
    assert prognosis(LOCAL.changed(kind=kind("thumb"))).sore_after_a_visit == 0


def test_no_plan_has_visits_and_soreness_only_where_something_is_done():
    nothing = prognosis(LOCAL.changed(kind=kind("neither")))
    assert (nothing.visits, nothing.sore_after_a_visit) == (0, 0) and not nothing.soreness.any()


@given(st.floats(0, 10), st.floats(0, 10), st.floats(0, 10), st.integers(0, 4), st.integers(0, 2), st.floats(0, 21))
@settings(max_examples=15, deadline=None)
def test_every_patient_and_plan_has_a_picture(pain, local, central, plan, dose, sleep):
    case = Case(pain=pain, local=local, central=central, kind=plan, dose=dose, sleep=sleep)
    course, nothing = prognosis(case), prognosis(case.changed(kind=0))
    drawn = fan((course, nothing))
    assert np.all(np.diff(course.percentiles(), axis=0) >= 0)
    assert "nan" not in drawn["title"] + drawn["twin"]
    pack(drawn)


def test_the_pictures_say_the_numbers_of_their_tables():
    course, nothing = prognosis(LOCAL), prognosis(LOCAL.changed(kind=0))
    drawn = fan((course, nothing))
    assert f"a pain of {drawn['table']['values'][0][1]:.1f}" in drawn["twin"]
    found = every_plan(LOCAL)
    side_by_side = plans(found)
    for k, one in enumerate(found):
        assert f"{10 * one.chance('pain', 7.0):.0f}" in side_by_side["twin"]
        assert side_by_side["table"]["values"][-2][k] == one.visits
    pack(side_by_side)


def test_axes_of_both_pictures_do_not_move_with_the_patient():
    for drawing in (
        lambda case: fan((prognosis(case), prognosis(case.changed(kind=0)))),
        lambda case: plans(every_plan(case)),
    ):
        one, other = (drawing(case)["layout"] for case in (LOCAL, CENTRAL))
        assert {k: v for k, v in one.items() if "axis" in k} == {k: v for k, v in other.items() if "axis" in k}
