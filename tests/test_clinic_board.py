"""The board as a page hears it: one step after the other, kept and restored, and nothing told before its time."""

import json

import pytest
from clinic_board import KEPT_AS, PLAN, REFER, BoardPage, board, fan_of_three
from clinic_cases import with_case
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.grading import record
from lessons.grading.cases import CHOICES, NEEDLED
from lessons.grading.clinic import cases, safety
from lessons.grading.record import RecordError
from lessons.interface import clinic
from lessons.simulation import SimulationError

CASES = cases()
SECRETS = ("why", "trap", "tell", "measure", "stop", "flip")


def present(name, visit=0):
    return list(CASES[name].visits[visit].present)


def careful(name, choice, visit=0):
    """A plan with that choice which answers all that can be answered."""
    entries = safety().entries
    here = [entries[one] for one in present(name, visit)]
    if any(entry.red_flag for entry in here):
        return REFER
    plan = {**PLAN, "choice": choice, "adjust": [entry.answered_by[0] for entry in here if entry.answered_by]}
    return plan if choice in NEEDLED else {key: plan[key] for key in ("local", "central", "choice", "expected")}


# ---- what may be known when ----


def test_a_page_that_is_saved_holds_stories_and_the_list_and_nothing_that_answers_them():
    page = BoardPage()
    for name in CASES:
        page.gate(name)
        page.plan(name, careful(name, "release"))
    state = page.state()
    for case in CASES.values():
        assert case.visits[0].story in page.board.cases[list(CASES).index(case.id)]["visit"]["story"]
        for visit in case.visits:
            assert not [field for field in SECRETS if getattr(visit, field) in state]
            assert not [why for why in visit.near.values() if why in state]
        assert not [visit.story for visit in case.visits[1:] if visit.story in state]
    assert '"shares"' not in state and '"present"' not in state


def test_that_there_is_a_second_visit_is_told_by_nothing_before_the_first_is_over():
    page = BoardPage()
    keys = {frozenset(case) for case in page.board.cases}
    assert len(keys) == 1
    told = page.gate("aisha")
    assert told["visits"][1] == {} and not told["done"]
    told = page.plan("aisha", careful("aisha", "release"))
    assert told["visits"][1]["public"]["when"] == "Second visit, two weeks later"
    assert told["visits"][1]["gate"] is None


def test_the_panel_is_told_only_once_a_plan_is_committed():
    page = BoardPage()
    told = page.gate("mara", "over-the-lung")
    assert told["visits"][0]["plan"] is None and "shares" not in json.dumps(told)
    told = page.plan("mara", PLAN, sure=2)["visits"][0]["plan"]
    assert [(bar["share"], bar["yours"], bar["most"]) for bar in told["shares"]][0] == (80, True, True)
    assert told["worth"] == "100 of 100" and told["sure"] == 2
    assert [part["title"] for part in told["parts"]][-1] == "What would flip it"
    assert told["proposal"] == "The panel's shares are the authors' proposal. No clinician has reviewed them yet."
    assert any("doi:" in source for source in told["sources"])


def test_the_list_may_be_read_at_any_time_and_says_what_was_not_checked():
    entries = {entry["id"]: entry for step in board().steps for entry in step["entries"]}
    assert list(entries) == list(safety().entries)
    assert entries["fainted-before"]["sources"] == [] and entries["sore-temple"]["sources"]


# ---- the gate ----


@pytest.mark.parametrize(("ticked", "found"), [(["sore-temple"], "found"), ([], "missed")])
def test_a_red_flag_locks_and_says_what_to_do_found_or_missed(ticked, found):
    page = BoardPage()
    told = page.gate("helga", *ticked)
    gate = told["visits"][0]["gate"]
    assert gate["locked"] and told["failed"] == (found == "missed") == gate["failed"]
    assert gate["entries"] == [
        {
            "id": "sore-temple",
            "state": found,
            "words": "her jaw tires when she chews",
            "why": safety().entries["sore-temple"].do,
        }
    ]
    assert gate["locks"][0]["do"].startswith("Doctor today")


@pytest.mark.parametrize("choice", [choice for choice in CHOICES if choice != "refer"])
def test_behind_a_lock_nothing_but_to_refer_is_right(choice):
    page = BoardPage()
    page.gate("helga", "sore-temple")
    told = page.plan("helga", {**PLAN, "choice": choice})
    assert told["failed"] and told["visits"][0]["plan"]["worth"] == "0 of 100"


def test_an_answer_that_is_too_careful_is_told_why_it_does_not_hold():
    gate = BoardPage().gate("jonas", "painkiller-overuse", "swollen-calf", "neck-and-skull")["visits"][0]["gate"]
    assert not gate["failed"] and not gate["locked"]
    extra = {entry["id"]: entry["why"] for entry in gate["entries"] if entry["state"] == "extra"}
    assert extra["painkiller-overuse"].startswith("12 days") and extra["swollen-calf"].startswith(
        "Nothing in this story"
    )
    assert {one["ask"] for one in gate["near"]} == {
        safety().entries[name].ask for name in ("thunderclap", "sore-temple")
    }


# ---- every case through every choice ----


@pytest.mark.parametrize("name", list(CASES))
@pytest.mark.parametrize("choice", CHOICES)
def test_every_case_through_every_choice_comes_to_the_panel(name, choice):
    page = BoardPage(fan=fan_of_three)
    for i, visit in enumerate(CASES[name].visits):
        page.gate(name, *present(name, i), visit=i)
        told = page.plan(name, careful(name, choice, i), visit=i, sure=1)
        plan = told["visits"][i]["plan"]
        locked = told["visits"][i]["gate"]["locked"]
        assert (plan["status"] == "correct") == (locked or choice == visit.modal)
        assert [bar["text"] for bar in plan["shares"] if bar["yours"]] == [
            clinic.CHOICES["refer" if locked else choice]
        ]
        assert any(one["kind"] == "frame" for one in page.heard) == (not locked)
    assert told["done"]


# ---- what is kept ----


def test_what_was_committed_is_kept_as_raw_answers_of_the_page():
    page = BoardPage()
    page.gate("mara", "over-the-lung")
    page.plan("mara", PLAN, sure=3)
    kept = record.history(KEPT_AS)
    assert [(event["id"], event["raw"], event["status"]) for event in kept] == [
        ("case-mara-gate", ["over-the-lung"], "correct"),
        ("case-mara-plan", PLAN, "correct"),
    ]
    assert "sure" not in kept[0] and kept[1]["sure"] == 3


def test_it_is_shown_again_after_a_restart_with_its_fan():
    page = BoardPage()
    page.gate("mara", "over-the-lung")
    before = page.plan("mara", PLAN, sure=3)
    again = BoardPage(fan=fan_of_three)
    told = again.case("mara", kind="hello")
    assert told["visits"][0]["gate"] == before["visits"][0]["gate"] and told["news"] is None
    plan = told["visits"][0]["plan"]
    assert {**plan, "sources": []} == {**before["visits"][0]["plan"], "sources": []} and plan["raw"] == PLAN
    assert [(one["case"], one["visit"]) for one in again.heard if one["kind"] == "frame"] == [("mara", 0)]


def test_what_was_committed_stays_and_steps_come_in_their_order():
    page = BoardPage()
    assert page.plan("mara", PLAN)["visits"][0] == {}
    page.gate("mara", "over-the-lung")
    assert page.gate("mara")["visits"][0]["gate"]["ticked"] == ["over-the-lung"]
    page.plan("mara", PLAN)
    other = page.plan("mara", {**PLAN, "choice": "both"})
    assert other["visits"][0]["plan"]["raw"]["choice"] == "release" and other["news"]["status"] == "invalid"
    assert page.gate("aisha", visit=1)["visits"][1] == {}
    assert len(record.history(KEPT_AS)) == 2


def test_one_case_is_emptied_and_the_others_stay_and_so_does_the_history():
    page = BoardPage()
    page.gate("mara", "over-the-lung")
    page.gate("helga", "sore-temple")
    told = page.case("mara", kind="over", case="mara")
    assert told["visits"] == [{}] and not told["begun"]
    assert [event["raw"] for event in record.history(KEPT_AS)] == [["over-the-lung"], ["sore-temple"], None]
    again = BoardPage()
    again.say(kind="hello")
    begun = {one["id"]: one["begun"] for one in again.heard if one["kind"] == "case"}
    assert [name for name, is_begun in begun.items() if is_begun] == ["helga"]
    assert again.gate("mara")["visits"][0]["gate"]["ticked"] == []


def test_all_cases_are_emptied_at_once_and_answers_to_questions_stay():
    record.save_answer("10", "a-question", "a", "correct")
    page = BoardPage()
    for name in ("mara", "helga"):
        page.gate(name)
    page.say(kind="over")
    assert not any(one["begun"] for one in page.heard if one["kind"] == "case")
    assert record.answers("10")["a-question"] == "a"
    record.start_over("10")
    assert page.gate("mara", "over-the-lung")["begun"] and BoardPage().case("mara", kind="hello")["begun"]


def test_what_became_of_the_record_elsewhere_is_seen_when_the_board_comes_into_sight():
    page = BoardPage()
    page.gate("mara", "over-the-lung")
    assert page.say(kind="look") == []
    record.start_over(KEPT_AS)
    told = page.case("mara", kind="look")
    assert told["visits"] == [{}] and not told["begun"]


def test_without_a_disk_answers_stay_on_the_page_and_it_says_so(monkeypatch):
    def full(*_, **__):
        raise RecordError("The disk is full.")

    monkeypatch.setattr(record, "save_answer", full)
    page = BoardPage()
    page.gate("mara", "over-the-lung")
    assert page.plan("mara", PLAN)["done"]
    trouble = [told["trouble"] for told in page.heard if told["kind"] == "progress"][-1]
    assert trouble == "The disk is full. Your answers stay on this page until it is closed."


def test_progress_counts_the_eight_and_says_how_far_one_agrees_and_what_failed():
    page = BoardPage()
    assert page.progress()["text"] == "0 of 8 cases done."
    page.gate("mara", "over-the-lung")
    page.plan("mara", {**PLAN, "choice": "both"})
    assert page.progress()["text"] == "1 of 8 cases done. You agree with the panel by 15 of 100; 70 would do."
    page.gate("ruth", "cauda-equina")
    page.plan("ruth", REFER)
    assert page.progress()["text"] == (
        "1 of 8 cases done, and 1 in reserve. You agree with the panel by 7 of 100; 70 would do. "
        "1 failed on safety; none may."
    )


# ---- the fan ----


def test_the_fan_is_asked_with_case_and_plan_and_may_be_none():
    asked = []

    def fan(case, plan):
        asked.append((case.id, dict(plan)))

    page = BoardPage(fan=fan)
    page.gate("mara", "over-the-lung")
    assert asked == []
    page.plan("mara", PLAN)
    assert asked == [("mara", PLAN)]
    assert not [told for told in page.heard if told["kind"] in ("frame", "no fan")]


@pytest.mark.parametrize(
    "error", [ValueError("No such dose."), SimulationError("It diverged."), ZeroDivisionError("0")]
)
def test_a_fan_that_fails_is_said_in_a_sentence_and_the_panel_comes_all_the_same(error):
    def fan(_, __):
        raise error

    page = BoardPage(fan=fan)
    page.gate("mara", "over-the-lung")
    assert page.plan("mara", PLAN)["done"]
    (told,) = [told for told in page.heard if told["kind"] == "no fan"]
    assert told == {"kind": "no fan", "case": "mara", "visit": 0, "text": str(error)}


# ---- what else may come ----

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60)
@given(
    st.sampled_from(["gate", "plan", "over", "hello", "look", "else"]),
    st.sampled_from([*CASES, "nobody"]) | ANYTHING,
    st.integers(-2, 3) | ANYTHING,
    ANYTHING,
    ANYTHING,
)
def test_whatever_a_page_sends_nothing_breaks_and_nothing_is_done_by_accident(kind, case, visit, answer, sure):
    page = BoardPage()
    page.board._given.clear()
    page.say(kind=kind, case=case, visit=visit, answer=answer, sure=sure)
    assert not [told for told in page.heard if told["kind"] == "case" and told["done"]]


def test_a_case_that_was_added_as_a_file_is_on_the_board(tmp_path):
    page = BoardPage(folder=with_case(tmp_path))
    assert page.board.cases[-1]["title"] == "Nora, 44, baker"
    page.gate("nora", "thinned-blood")
    told = page.plan("nora", {**PLAN, "local": 7, "central": 1, "dose": "low", "adjust": ["press-after"]})
    assert told["done"] and told["visits"][0]["plan"]["status"] == "correct"
