"""Marks of the clinic: every case through every choice, every red flag, and anything that somebody may send."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.grading.cases import CHOICES, NEEDLED, Visit, answer_id
from lessons.grading.clinic import cases, safety
from lessons.grading.mark_cases import CaseMark, mark_case, mark_gate, mark_plan, tally
from lessons.grading.verdict import MARKED, STATUSES

LIST = safety()
RED_FLAGS = [entry.id for entry in LIST.entries.values() if entry.red_flag]
CASES = cases()
VISITS = [(case.id, i) for case in CASES.values() for i in range(len(case.visits))]
MARA, TOM, OWUSU, HELGA = (CASES[name].visits[0] for name in ("mara", "tom", "owusu", "helga"))


def visit_of(name, i):
    return CASES[name].visits[i]


def answers(visit):
    """One adjustment for each thing that has any."""
    here = (LIST.entries[name] for name in visit.present)
    return [entry.answered_by[0] for entry in here if entry.answered_by]


def careful(visit, choice):
    """A plan with that choice, which answers all that can be answered."""
    if any(LIST.entries[name].red_flag for name in visit.present):
        return {"choice": choice}
    plan = {"choice": choice, "local": visit.local[0], "central": visit.central[0], "expected": -2}
    needled = {"dose": (visit.doses or ("low",))[0], "adjust": answers(visit)}
    return {**plan, **(needled if choice in NEEDLED else {})}


def made_up(name):
    """A visit in which one entry of the list holds."""
    red = LIST.entries[name].red_flag
    shares = dict.fromkeys(CHOICES, 0) | {"refer" if red else "neither": 100}
    gauges = {} if red else {"local": (4, 6), "central": (4, 6)}
    words = dict.fromkeys(("why", "tell", "measure", "stop", "trap", "safety", "flip"), "So.")
    return Visit(story=name, examination=("None",), present={name: name}, shares=shares, **gauges, **words)


# ---- the gate ----


@pytest.mark.parametrize("name", RED_FLAGS)
@pytest.mark.parametrize("ticked", [True, False])
def test_every_red_flag_of_the_list_locks_whether_or_not_it_was_seen(name, ticked):
    mark = mark_gate(made_up(name), LIST, [name] if ticked else [])
    assert mark.locks == (name,) and mark.failed is not ticked
    assert mark.status == ("correct" if ticked else "incorrect")


@pytest.mark.parametrize("name", RED_FLAGS)
@pytest.mark.parametrize("choice", CHOICES)
def test_with_a_red_flag_only_to_refer_does_not_fail(name, choice):
    visit = made_up(name)
    mark = mark_plan(visit, LIST, [name], careful(visit, choice))
    assert (mark.status, mark.failed, mark.fraction) == (
        ("correct", False, 1) if choice == "refer" else ("incorrect", True, 0)
    )


@pytest.mark.parametrize("name", [entry.id for entry in LIST.entries.values() if not entry.red_flag])
def test_what_is_no_red_flag_locks_nothing_and_missing_it_fails_only_a_contraindication(name):
    mark = mark_gate(made_up(name), LIST, [])
    assert mark.locks == () and mark.missed == (name,)
    assert mark.failed == LIST.entries[name].contraindication
    assert mark.status == ("incorrect" if mark.failed else "partial")


def test_too_much_caution_at_the_gate_fails_nobody():
    mark = mark_gate(MARA, LIST, ["over-the-lung", "sore-temple"])
    assert (mark.status, mark.failed, mark.extra, mark.locks) == ("partial", False, ("sore-temple",), ())
    assert mark.note == "You found 1 of 1. 1 more is not in this story."


def test_nothing_on_the_list_is_an_answer():
    mark = mark_gate(CASES["aisha"].visits[0], LIST, [])
    assert (mark.status, mark.note) == ("correct", "Nothing on the list holds here, and you said so.")


# ---- every case through every choice ----


@pytest.mark.parametrize(("name", "i"), VISITS)
@pytest.mark.parametrize("choice", CHOICES)
def test_every_case_through_every_choice_is_worth_the_share_of_the_panel_unless_it_harms(name, i, choice):
    visit = visit_of(name, i)
    mark = mark_plan(visit, LIST, list(visit.present), careful(visit, choice))
    here = [LIST.entries[entry] for entry in visit.present]
    red = any(entry.red_flag for entry in here)
    forbidden = any(entry.contraindication and not entry.answered_by for entry in here)
    harms = (red and choice != "refer") or (forbidden and choice in NEEDLED)
    assert mark.failed == harms
    expected = 0 if harms else 1 if choice == visit.modal else Fraction(visit.shares[choice], 100)
    assert mark.fraction == expected and mark.status in MARKED
    assert (mark.status == "correct") == (choice == visit.modal)


@pytest.mark.parametrize(("name", "i"), VISITS)
@pytest.mark.parametrize("choice", CHOICES)
def test_who_missed_what_must_not_be_missed_fails_with_any_choice(name, i, choice):
    visit = visit_of(name, i)
    must = [entry for entry in visit.present if LIST.entries[entry].fails]
    mark = mark_plan(visit, LIST, [], careful(visit, choice))
    if must:
        assert (mark.status, mark.fraction, mark.failed) == ("incorrect", 0, True)


@pytest.mark.parametrize("choice", NEEDLED)
def test_needling_without_an_answer_to_a_contraindication_fails_and_names_it(choice):
    plan = {**careful(OWUSU, choice), "adjust": ["press-after"]}
    mark = mark_plan(OWUSU, LIST, list(OWUSU.present), plan)
    assert (mark.failed, mark.against, mark.fraction) == (True, ("thin-chest",), 0)


@pytest.mark.parametrize("choice", NEEDLED)
def test_needling_who_does_not_want_it_fails_whatever_is_adjusted(choice):
    plan = {**careful(TOM, choice), "adjust": list(LIST.adjustments)}
    assert mark_plan(TOM, LIST, list(TOM.present), plan).against == ("no-consent",)


def test_a_reason_to_be_careful_that_is_left_open_halves_what_a_plan_is_worth():
    whole = mark_plan(MARA, LIST, ["over-the-lung"], careful(MARA, "release"))
    half = mark_plan(MARA, LIST, ["over-the-lung"], {**careful(MARA, "release"), "adjust": []})
    assert (whole.fraction, whole.status) == (1, "correct")
    assert (half.fraction, half.status, half.open, half.failed) == (
        Fraction(1, 2), "partial", ("over-the-lung",), False,
    )  # fmt: skip


def test_gauges_and_dose_are_told_and_change_no_mark():
    plan = {**careful(MARA, "release"), "local": 2, "central": 9, "dose": "high"}
    mark = mark_plan(MARA, LIST, ["over-the-lung"], plan)
    assert mark.inside == {"local": False, "central": False, "dose": False} and mark.fraction == 1
    assert mark_plan(MARA, LIST, ["over-the-lung"], careful(MARA, "neither")).inside == {"local": True, "central": True}


def test_a_partly_shared_answer_says_how_many_chose_it():
    mark = mark_plan(MARA, LIST, ["over-the-lung"], careful(MARA, "both"))
    assert (mark.fraction, mark.note) == (
        Fraction(15, 100),
        "15 of 100 of the panel chose this; most of it chose otherwise.",
    )


# ---- whole cases ----


def kept(case, plans, ticked=None):
    found = {}
    for i, (visit, choice) in enumerate(zip(case.visits, plans, strict=False)):
        found[answer_id(case.id, i, "gate")] = list(visit.present) if ticked is None else ticked[i]
        found[answer_id(case.id, i, "plan")] = careful(visit, choice)
    return found


def test_a_case_with_two_visits_is_done_after_the_second_one():
    aisha = CASES["aisha"]
    assert not mark_case(aisha, LIST, kept(aisha, ["release"])).done
    assert mark_case(aisha, LIST, kept(aisha, ["release", "refer"])) == CaseMark("correct", Fraction(1), False)
    assert mark_case(aisha, LIST, kept(aisha, ["neither", "refer"])).fraction == (Fraction(12, 100) + 1) / 2
    missed = mark_case(aisha, LIST, kept(aisha, ["release", "refer"], [[], []]))
    assert (missed.failed, missed.fraction) == (True, 0)


def test_a_red_flag_that_was_missed_has_failed_the_case_before_any_plan():
    mark = mark_case(CASES["helga"], LIST, {"case-helga-gate": []})
    assert mark.failed and not mark.done


def test_an_answer_that_was_taken_back_is_none():
    mara = CASES["mara"]
    back = {**kept(mara, ["release"]), "case-mara-plan": None}
    assert mark_case(mara, LIST, back) == CaseMark("unanswered", None, False)
    assert mark_case(mara, LIST, {}) == CaseMark("unanswered", None, False)


def test_cases_together_pass_with_seven_tenths_and_no_failure():
    right, wrong = CaseMark("correct", Fraction(1), False), CaseMark("incorrect", Fraction(0), False)
    assert tally([]).concordance is None and not tally([]).passed
    assert tally([right] * 7 + [wrong] * 3).passed and not tally([right] * 6 + [wrong] * 4).passed
    failed = CaseMark("incorrect", Fraction(0), True)
    assert not tally([right] * 9 + [failed]).passed
    assert tally([right, failed, CaseMark("unanswered", None, False)]).done == 2


# ---- anything that may be sent ----

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
PLANS = st.fixed_dictionaries(
    {},
    optional={
        "choice": st.sampled_from(CHOICES) | JSON,
        "local": st.integers(-2, 12) | JSON,
        "central": st.integers(-2, 12) | JSON,
        "expected": st.integers(-8, 4) | JSON,
        "dose": st.sampled_from(["low", "usual", "high", "none"]) | JSON,
        "adjust": st.lists(st.sampled_from(list(LIST.adjustments)), max_size=4) | JSON,
        "more": JSON,
    },
)
TICKS = st.lists(st.sampled_from(list(LIST.entries)), max_size=6) | JSON


@given(st.sampled_from(VISITS), TICKS, PLANS | JSON)
def test_anything_that_is_sent_has_a_result_and_earns_nothing_by_accident(place, ticked, plan):
    visit = visit_of(*place)
    gate, mark = mark_gate(visit, LIST, ticked), mark_plan(visit, LIST, ticked, plan)
    assert gate.status in STATUSES and mark.status in STATUSES
    assert (mark.fraction is None) == (mark.status not in MARKED)
    if mark.fraction:
        assert not gate.failed and plan["choice"] in CHOICES and 0 < mark.fraction <= 1
    if gate.locks and mark.fraction:
        assert plan["choice"] == "refer"


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (None, "Choose one of release"),
        ({"choice": "needle"}, "Choose one of release"),
        ({"choice": "release"}, "Set the local driver, from 0 to 10."),
        ({"choice": "release", "local": True, "central": 1}, "Set the local driver"),
        ({"choice": "release", "local": 8, "central": 11}, "Set the central driver"),
        ({"choice": "release", "local": 8, "central": 2}, "Say what you expect of the pain, from -6 to 2 points."),
        ({"choice": "release", "local": 8, "central": 2, "expected": -3}, "Choose a dose: low, usual, high."),
        ({"choice": "neither", "local": 8, "central": 2, "expected": 0, "dose": "low"}, "there is no dose"),
        ({"choice": "release", "local": 8, "central": 2, "expected": 0, "adjust": ["x"]}, "Adjustments are pincer"),
        ({"choice": "release", "status": "correct"}, "and nothing else"),
    ],
)
def test_a_plan_that_is_not_whole_is_no_answer_and_says_what_is_missing(plan, says):
    mark = mark_plan(MARA, LIST, ["over-the-lung"], plan)
    assert mark.status == "invalid" and mark.fraction is None and says in mark.note


def test_a_plan_without_the_gate_before_it_is_no_answer():
    assert mark_plan(HELGA, LIST, None, {"choice": "refer"}).note == "Answer the safety gate first."
    assert mark_gate(HELGA, LIST, "sore-temple").status == "invalid"
