"""Each claim of the paper that the course has come to is runnable, visible, asked and weighed."""

import pytest

from lessons import check_claims, data
from lessons.check_claims import moves, problems, questions, rows, unknown_names

NOW = ["N1", "N3", "N4", "N5", "N6", "N7", "N8", "N9a", "N9b", "N10a", "N10b", "N10c", "N11", "N13"]
NOW += ["T1", "T2", "T4a", "T4b", "T5", "T6", "T7", "T8", "T10", "T11", "T12a", "T13"]
NOW += ["G1", "G2", "N2", "N12", "T3", "T9", "T12b", "C1", "C2", "C3", "C4"]


def everything_asked():
    return {"an-item": list(data.claims())}


def test_all_claims_of_the_paper_are_listed_in_its_order():
    names = "G1 G2 N1 N2 N3 N4 N5 N6 N7 N8 N9a N9b N10a N10b N10c N11 N12 N13"
    names += " T1 T2 T3 T4a T4b T5 T6 T7 T8 T9 T10 T11 T12a T12b T13 C1 C2 C3 C4"
    assert list(data.claims()) == names.split()


@pytest.mark.parametrize("name", NOW)
def test_a_claim_has_observables_controls_figures_and_a_lesson_that_exist(name):
    claim = data.claims()[name]
    assert unknown_names(claim) == []
    assert claim.observables and claim.controls and claim.figures and claim.lessons


@pytest.mark.parametrize("name", NOW)
def test_every_control_of_a_claim_moves_one_of_its_observables(name):
    claim = data.claims()[name]
    assert [control for control in claim.controls if not moves(control, claim.observables, claim.model)] == []


@pytest.mark.parametrize("name", NOW)
def test_a_claim_is_weighed_with_direction_strength_and_sources(name):
    weighed = data.evidence()[name]
    assert weighed.sources
    assert all(source.citation.count(",") >= 1 for source in weighed.sources), "a source that nobody can find"
    assert 10 <= len(weighed.sentence.split()) <= 45


def test_the_claims_that_evidence_does_not_bear_out_say_so():
    assert {data.evidence()[name].direction for name in ("N6", "N8", "T6", "T8", "T11")} == {"finds nothing"}


def test_every_claim_of_the_trigger_point_is_weighed_already():
    assert [name for name in data.claims() if name.startswith("T") and name not in data.evidence()] == []


def test_no_claim_that_is_due_has_a_gap():
    assert problems(rows(questions())) == []


def test_claims_of_later_issues_are_incomplete_and_no_problem():
    later = [row for row in rows(questions()) if not row.due]
    assert {row.claim.id for row in later} == set()
    assert not any(row.complete for row in later)


def test_a_control_that_moves_nothing_is_found():
    assert not moves("descending_inhibition", ("stiffness",), "trigger_point")
    assert moves("descending_inhibition", ("pain",), "trigger_point")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"observables": ("gloom",)}, "there is no observable 'gloom'"),
        ({"controls": ("weather",)}, "there is no control 'weather'"),
        ({"figures": ("portrait",)}, "there is no figure 'portrait'"),
        ({"lessons": ("77",)}, "there is no lesson 77"),
        ({"observables": ("stiffness",), "controls": ("descending_inhibition",)}, "moves none of stiffness"),
        ({"observables": ()}, "names no observables"),
    ],
)
def test_each_kind_of_gap_is_told(monkeypatch, changes, says):
    claim = data.claims()["T10"].model_copy(update=changes)
    monkeypatch.setattr(check_claims, "claims", lambda: {"T10": claim})
    assert any(says in problem for problem in problems(rows(everything_asked())))


def test_a_claim_that_nobody_asks_about_or_weighs_is_told(monkeypatch):
    monkeypatch.setattr(check_claims, "evidence", dict)
    told = " ".join(problems(rows({})))
    assert "T5: no question asks about it: add one in assets/quizzes." in told
    assert "T5: its evidence is not weighed: add it to evidence.yaml." in told


def test_a_row_of_json_has_exactly_the_agreed_keys():
    for row in rows(everything_asked()):
        found = row.as_json()
        assert list(found) == [
            "id",
            "observables",
            "controls",
            "figures",
            "items",
            "lessons",
            "evidence",
            "complete",
        ]
        assert list(found["evidence"]) == ["direction", "strength", "sources"]
