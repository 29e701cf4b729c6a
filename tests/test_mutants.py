"""No wrong key goes unnoticed, and most changes of the models are noticed by some question."""

import dataclasses

import pytest

from lessons import truth
from lessons.data import findings
from lessons.grading.items import TYPES
from lessons.lesson_models import MODELS
from lessons.truth import mutants

ASKED = [(item.model or lesson, item) for lesson, item in truth.every() if item.by_model]
# Both ways side by side are too slow to be changed a hundred times in every run of the tests: check mutants does it.
SWIFT = [model for model in dict.fromkeys(MODELS.values()) if model is not MODELS["07"]]


def fails(item, model):
    return bool(truth.verify(item, model, findings(), by_luck=False))


def of(model):
    return [item for lesson, item in ASKED if MODELS[lesson] is model]


def test_every_wrong_key_is_found_out():
    found = mutants.key_report(truth.every(), fails)
    assert found["survivors"] == [] and found["killed"] == found["mutants"] > 400


def test_every_kind_of_question_that_is_asked_has_wrong_keys():
    kinds = {item.type: list(mutants.wrong_keys(item)) for _, item in ASKED}
    assert set(kinds) <= set(TYPES) and all(kinds.values())


@pytest.mark.parametrize("model", SWIFT, ids=lambda model: model.parameters.__name__)
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
    counted = {mutant.name for mutant in mutants.mutants(blind, [{}])}
    assert "sign of pain" in counted and "sign of relay_rate" not in counted
    assert counted < {mutant.name for mutant in mutants.mutants(model, [{}])} | {"sign of pain"}
