"""The keys of the course's own questions hold in its models and findings, and no wrong key would go unnoticed."""

import json
from fractions import Fraction

import pytest
from pydantic import TypeAdapter

from lessons import check, truth
from lessons.data import findings
from lessons.grading.bank import banks
from lessons.grading.grade import grade
from lessons.grading.items import TYPES, Choice, Item, Match, Numeric

ITEM = TypeAdapter(Item)
ASKED = [(item.model or lesson, item) for lesson, item in truth.every()]
BY_MODEL = [(lesson, item) for lesson, item in ASKED if item.by_model]
FORMS = [(lesson, form) for lesson, item in ASKED for form in item.forms.values()]
CHOICES = [(lesson, item) for lesson, item in FORMS if isinstance(item, Choice)]
NUMBERS = [(lesson, item) for lesson, item in FORMS if isinstance(item, Numeric)]
SORTED = [(lesson, item) for lesson, item in ASKED if isinstance(item, Match)]


def names(pairs):
    return [item.id for _, item in pairs]


def verify(lesson, item):
    return truth.verify(item, truth.MODELS.get(lesson), findings())


def changed(item, **changes):
    return ITEM.validate_json(json.dumps({**json.loads(item.model_dump_json(exclude_none=True)), **changes}))


def keyed(item, right):
    """The same question with another option keyed."""
    options = json.loads(item.model_dump_json(exclude_none=True))["options"]
    belief = next(option["misconception"] for option in options if option["misconception"])
    for option in options:
        option["correct"] = option["id"] == right
        option["misconception"] = "" if option["correct"] else option["misconception"] or belief
    return changed(item, options=options)


def test_there_are_choices_and_numbers_for_the_pages_that_have_a_model():
    assert set(truth.MODELS) <= set(banks())
    assert {"choice", "numeric"} <= {item.type for _, item in ASKED} <= set(TYPES)


@pytest.mark.parametrize("lesson", list(banks()))
def test_a_page_asks_four_to_six_questions(lesson):
    assert 4 <= len(banks()[lesson].items) <= 6


@pytest.mark.parametrize(("lesson", "item"), ASKED, ids=names(ASKED))
def test_the_key_of_a_question_holds(lesson, item):
    assert verify(lesson, item) == []


def test_the_report_lists_every_question_and_what_verified_it():
    rows = truth.report()["items"]
    assert [row["id"] for row in rows] == names(ASKED)
    assert [row["id"] for row in rows if row["key_verified"] is True] == names(BY_MODEL)
    assert all(row["sources"] for row in rows if row["key_verified"] == "fact")
    assert all(row["key_verified"] in (True, "fact") for row in rows)
    assert all(row["claims"] and (row["misconceptions"] or row["type"] == "match") for row in rows)
    assert truth.problems() == []


def test_the_command_prints_the_report_as_json_and_as_a_table(capsys):
    assert check.main(["quizzes", "--quick", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == truth.report()
    assert check.main(["quizzes", "--quick"]) == 0
    table = capsys.readouterr().out
    assert all(name in table for name in names(ASKED))
    assert max(map(len, table.splitlines())) <= check.WIDTH


def test_the_command_fails_and_names_the_question_if_a_key_does_not_hold(capsys, monkeypatch):
    monkeypatch.setattr(truth, "MODELS", {})
    assert check.main(["quizzes", "--quick"]) == 1
    assert f"{BY_MODEL[0][1].id}: its lesson has no model" in capsys.readouterr().err


@pytest.fixture
def looked_once(monkeypatch):
    """The command looks once for each test: JSON and table tell the same."""
    for name in ("report", "audits"):
        look, found = getattr(truth, name), []
        once = lambda *given, look=look, found=found: found or found.append(look(*given)) or found  # noqa: E731
        monkeypatch.setattr(truth, name, lambda *given, once=once: once(*given)[0])


def test_the_whole_command_adds_changed_models_and_for_whom_each_key_is_true(capsys, monkeypatch, looked_once):
    monkeypatch.setattr(truth, "every", lambda folder=None: [pair for pair in ASKED if pair[0] == "01"])
    assert check.main(["quizzes", "--json"]) == 0
    (model,) = json.loads(capsys.readouterr().out)["models"]
    assert model["lessons"] == ["01"] and model["killed"] >= 0.85 * model["mutants"] > 0
    assert {key["id"] for key in model["keys"]} == {item.id for lesson, item in BY_MODEL if lesson == "01"}
    assert check.main(["quizzes"]) == 0
    said = capsys.readouterr().out
    assert "changes of the model are noticed" in said and "true only for this patient" in said
    assert max(map(len, said.splitlines())) <= check.WIDTH


def test_the_command_fails_if_too_few_changes_of_a_model_would_be_noticed(capsys, monkeypatch):
    survivor = {"mutant": "sign of pain", "reading": "pain"}
    found = [{"lessons": ["01"], "mutants": 10, "killed": 8, "survivors": [survivor] * 2, "keys": []}]
    monkeypatch.setattr(truth, "audits", lambda told: found)
    assert check.main(["quizzes"]) == 1
    assert "notice 8 of 10 changes of their model; ask about pain." in capsys.readouterr().err


def test_most_questions_are_decided_by_a_model():
    assert len(BY_MODEL) / len(ASKED) > 0.6


@pytest.mark.parametrize(
    ("lesson", "item", "option"),
    [
        pytest.param(lesson, item, option.id, id=f"{item.id}-{option.id}")
        for lesson, item in BY_MODEL
        if isinstance(item, Choice)
        for option in item.options
        if not option.correct
    ],
)
def test_a_key_moved_to_another_option_is_found(lesson, item, option):
    assert len(verify(lesson, keyed(item, option))) == 2 * len(item.forms)  # two options are keyed wrongly in each


def test_an_entry_that_the_model_decides_and_the_key_sends_elsewhere_is_found():
    for lesson, item in SORTED:
        elsewhere = [(e.id, place.id) for e in item.left for place in item.right if place.id != item.key[e.id]]
        for entry, place in elsewhere if item.by_model else ():
            moved = item.model_copy(update={"key": {**item.key, entry: place}})
            assert len(verify(lesson, moved)) == 2, (item.id, entry, place)


@pytest.mark.parametrize("factor", ["1.05", "0.95", "-1", "10", "0.1", "7.50062", "0.0101972"])
@pytest.mark.parametrize(("lesson", "item"), NUMBERS, ids=names(NUMBERS))
def test_a_number_with_a_wrong_size_sign_or_unit_is_found(lesson, item, factor):
    value = item.key * Fraction(factor)
    tolerance = min(item.tolerance, abs(value) / 5)
    wrong = changed(item, value=str(float(value)), atol=f"{float(tolerance)} {item.unit}", rtol=None, diagnoses=[])
    assert verify(lesson, wrong)


@pytest.mark.parametrize(("lesson", "item"), CHOICES, ids=names(CHOICES))
def test_one_option_earns_the_mark_and_every_other_one_names_a_belief(lesson, item):
    verdicts = {option.id: grade(item, option.id) for option in item.options}
    assert [name for name, verdict in verdicts.items() if verdict.fraction == 1] == [item.correct.id]
    assert all(len(verdict.tags) == (name != item.correct.id) for name, verdict in verdicts.items())


@pytest.mark.parametrize(("lesson", "item"), NUMBERS, ids=names(NUMBERS))
def test_a_number_earns_the_mark_with_its_key_and_its_declared_slips_are_recognised(lesson, item):
    assert grade(item, f"{item.value} {item.unit}").status == "correct"
    for slip in item.diagnoses:
        assert (grade(item, slip.value).status, grade(item, slip.value).tags) == ("incorrect", (slip.tag,))


def test_the_right_option_is_not_known_by_being_the_longest():
    longest = [max(item.options, key=lambda option: len(option.text)).correct for _, item in CHOICES]
    assert sum(longest) / len(longest) <= 0.6
