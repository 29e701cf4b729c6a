"""Predictions: the file, the model behind each right answer, and the widget that keeps what was committed."""

from __future__ import annotations

import json
import shutil

import pytest
from pages import KEYS

from lessons.benches import predict
from lessons.data import ASSETS, DataError
from lessons.grading import record
from lessons.grading.record import RecordError
from lessons.interface.prediction import UNSURE, Prediction
from lessons.lesson_models import MODELS
from lessons.models.trigger_point import TriggerPoint, simulate
from lessons.predictions import predictions, seconds

HOUR = 3600.0


def _whole(value: float) -> float:
    return int(value) if value == int(value) else value


def widget(name: str) -> Prediction:
    return predict(name)


@pytest.mark.parametrize("name", list(predictions()))
def test_what_counts_as_right_is_what_the_model_does(name):
    question = predictions()[name]
    if question.kind == "choice":
        right = next(option.id for option in question.options if option.correct)
        assert KEYS[name, right](), f"{name}: '{right}' does not hold in the model"
    else:
        model = MODELS[question.lesson]
        run = model.simulate(model.parameters().changed(**{k: _whole(v) for k, v in question.run.items()}))
        values = [model.observables[question.observable].at(run, s) for s in question.seconds]
        assert all(question.low <= value <= question.high for value in values)


def test_the_page_learns_neither_key_nor_reply_before_the_commitment():
    for name, question in predictions().items():
        told = json.dumps(widget(name).get_state(), default=str)
        replies = [option.reply for option in question.options] or [question.reply]
        assert not any(reply in told for reply in replies)
        assert "correct" not in json.dumps(widget(name).asked)


def test_a_committed_prediction_is_kept_and_cannot_be_changed():
    first = widget("pain-after-release")
    first.commit([4.0, 3.0, 2.0, 1.0, 0.0])
    first.commit([9.0, 9.0, 9.0, 9.0, 9.0])
    again = widget("pain-after-release")
    assert again.committed and again.answer == [4.0, 3.0, 2.0, 1.0, 0.0] and again.waits == ""
    assert again.marks()[0]["y"] == [4.0, 3.0, 2.0, 1.0, 0.0]


def test_not_sure_counts_as_committed_and_draws_nothing():
    unsure = widget("pain-after-release")
    unsure.commit(UNSURE)
    assert unsure.committed and unsure.marks() == []
    assert "In the model" in unsure.compare(simulate(TriggerPoint()))


@pytest.mark.parametrize(
    "answer", [None, [1.0], [1.0, 2.0, 3.0, 4.0, 99.0], [True] * 5, "half", [float("nan")] * 5, {"a": 1}]
)
def test_nonsense_is_refused_in_one_sentence_and_nothing_is_kept(answer):
    asked = widget("pain-after-release")
    with pytest.raises(ValueError, match="Give 5 numbers|Each number must lie"):
        asked.commit(answer)
    assert not asked.committed and record.prediction("03", "pain-after-release") is None


def test_the_comparison_names_the_farthest_point_and_what_the_model_says():
    drawn = widget("pain-after-release")
    drawn.commit([4.5, 0.5, 0.0, 8.0, 0.0])
    said = drawn.compare(simulate(TriggerPoint()))
    assert said.startswith("4 of your 5 points lie close to the model. The farthest is 1 day: you said 8.")


def test_a_choice_is_answered_with_its_own_reply():
    chosen = widget("knot-after-overload")
    chosen.commit("recovered")
    said = chosen.compare(None)
    assert said.startswith("The model says: Still knotted") and "fuel never came back" in said


def test_findings_answer_where_no_model_can():
    for name, right, other, key in (
        ("serious-in-ten-thousand", "ten", "none", "About ten."),
        ("needle-beside-sham", "half", "all", "A good third"),
    ):
        chosen = widget(name)
        chosen.commit(right)
        assert chosen.compare(None).startswith("What was found agrees with you. ")
        chosen.answer = other
        assert chosen.compare(None).startswith(f"What was found: {key}")


def test_a_record_that_cannot_be_written_costs_a_sentence_and_not_the_prediction(monkeypatch):
    def refuse(*_):
        raise RecordError("The folder cannot be written.")

    monkeypatch.setattr(record, "save_prediction", refuse)
    asked = widget("knot-after-overload")
    asked.commit("knotted")
    assert asked.committed and asked.trouble.startswith("The folder cannot be written.")
    monkeypatch.setattr(record, "prediction", refuse)
    assert widget("knot-after-overload").trouble == "The folder cannot be written."


@pytest.mark.parametrize("text", ["10", "min", "10 fortnights", "-1 min", ""])
def test_a_time_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match="is no time"):
        seconds(text)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("correct: true", "correct: false", "exactly one of them"),
        ("kind: curve", "kind: sketch", "kind"),
        ("low: 0", "low: 20", "low must lie below high"),
        ("at: [1 min,", "at: [1 moment,", "is no time"),
        ("  observable: pain\n", "", "needs observable"),
        ("- id: pain-after-release", "- id: knot-after-overload", "stands here twice"),
        ("evidence: [minor-events-in-a-third", "evidence: [hearsay", "no finding 'hearsay'"),
        ("  observable: pain\n", "  observable: pain\n  evidence: [half-a-deviation-over-nothing]\n", "a choice only"),
    ],
)
def test_a_mistake_of_an_author_names_file_line_and_remedy(old, new, says, tmp_path):
    text = (ASSETS / "predictions.yaml").read_text(encoding="utf-8")
    assert old in text
    shutil.copytree(ASSETS, tmp_path, dirs_exist_ok=True)
    (tmp_path / "predictions.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=rf"predictions\.yaml, line \d+: .*{says}"):
        predictions(tmp_path)
