"""No wrong key goes unnoticed, and most changes of the models are noticed by some question."""

import dataclasses

import pytest

from lessons import truth
from lessons.data import findings
from lessons.grading.items import TYPES
from lessons.lesson_models import MODELS
from lessons.truth import ambiguity, mutants

ASKED = [(item.model or lesson, item) for lesson, item in truth.every() if item.by_model]
STILL = lambda run: 0.0 * run.time  # noqa: E731
EVERY = list(dict.fromkeys(MODELS.values()))


def fails(item, model):
    return truth.fails(item, model, findings())


def of(model):
    return [item for lesson, item in ASKED if MODELS[lesson] is model]


def test_every_wrong_key_is_found_out():
    found = mutants.key_report(truth.every(), fails)
    assert found["survivors"] == [] and found["killed"] == found["mutants"] > 400


def test_every_kind_of_question_that_is_asked_has_wrong_keys():
    kinds = {item.type: list(mutants.wrong_keys(item)) for _, item in ASKED}
    assert set(kinds) <= set(TYPES) and all(kinds.values())


@pytest.mark.parametrize("model", EVERY, ids=lambda model: model.parameters.__name__)
def test_most_changes_of_a_model_are_noticed_by_its_questions(model):
    found = mutants.model_report(model, of(model), fails)
    assert found["mutants"] > 40
    assert found["killed"] >= 0.85 * found["mutants"], found["survivors"]
    assert all(survivor["reading"] in model.observables for survivor in found["survivors"])


def test_without_questions_every_change_survives_and_names_a_reading():
    model = MODELS["01"]
    found = mutants.model_report(model, [], fails)
    assert found["killed"] == 0 and len(found["survivors"]) == found["mutants"]


def test_a_change_that_no_reading_shows_is_not_counted():
    model = MODELS["01"]
    blind = dataclasses.replace(model, observables={"pain": model.observables["pain"]})
    assert mutants.model_report(blind, [], fails)["mutants"] < mutants.model_report(model, [], fails)["mutants"]
    assert {m.name for m in mutants.every_mutant(blind) if m.reading} == {"sign of pain"}
    idle = dataclasses.replace(model, observables={"still": dataclasses.replace(model.observables["pain"], read=STILL)})
    assert mutants.model_report(idle, [], fails)["mutants"] == 0


def test_a_key_that_holds_for_one_patient_only_names_what_turns_it():
    lesson, item = next(pair for pair in ASKED if pair[1].type == "numeric" and MODELS[pair[0]] is MODELS["01"])
    (found,) = ambiguity.audit(MODELS[lesson], [item], fails)
    about = MODELS[lesson].parameters.described()
    shifted = [name for name, field in about.items() if not field.choices and name not in ambiguity.premises(item)]
    assert found["id"] == item.id and found["of"] == 2 * len(shifted)
    assert 0 < len(found["turned_by"]) < found["of"]
    (never,) = ambiguity.audit(MODELS[lesson], [item], lambda item, model: False)
    assert never["turned_by"] == []
