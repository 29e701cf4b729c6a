"""The class beside the model: a class that is made up and says so, and real answers, whatever a file holds."""

from __future__ import annotations

import numpy as np
import pytest
from whole_class import export, handed_in, lesson_file

from lessons import presets, teaching
from lessons.classroom.class_predictions import class_predictions
from lessons.classroom.results import ClassroomError
from lessons.data import DataError
from lessons.interface.prediction import NEAR
from lessons.models.trigger_point import TriggerPoint
from lessons.teaching import grading_form
from lessons.teaching.class_answers import QUESTIONS, Shown, answers
from lessons.teaching.example_class import made_up

CURVE = next(question for question in QUESTIONS if question.kind == "curve")
CHOICE = next(question for question in QUESTIONS if question.kind == "choice")
AT = {question.id: i for i, question in enumerate(QUESTIONS)}
KEY = next(option.id for option in CHOICE.options if option.correct)
WRONG = next(option.id for option in CHOICE.options if not option.correct)


def committed(question, answer, second=0):
    """An event of a record."""
    time = f"2026-09-01T08:00:{second:02}.000+00:00"
    return {"kind": "prediction", "time": time, "id": question.id, "answer": answer}


def test_it_opens_with_thirty_learners_that_are_plainly_made_up():
    shown = teaching.class_answers()
    assert shown.twin.startswith("30 made-up learners (an example, not real answers).")
    assert len(shown.trajectory.given) + shown.trajectory.unsure == 30
    assert "%" not in shown.twin, "a share of nobody is no share"


def test_the_same_seed_makes_the_same_class_and_another_one_another():
    one, again, other = (
        [made_up(question, 40, seed, (4.6, 0.2, 0, 0, 0), 5) for question in (CURVE, CHOICE)] for seed in (1, 1, 2)
    )
    assert one == again != other
    assert made_up(CURVE, 20, 1, (4.6, 0.2, 0, 0, 0), 5) == one[0][:20], "more learners leave the others as they were"
    for drawn in (answer for answer in one[0] if answer != "unsure"):
        assert all(CURVE.low <= value <= CURVE.high for value in drawn)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_counts_add_up_and_the_forecast_is_compared(question):
    shown = teaching.class_answers()
    twin = shown.set(question=AT[question.id], forecast=10, learners=200)
    found = shown.trajectory
    assert found.answered + found.unsure == 200 and 0 < found.right < found.answered
    assert "fewer than you expected" in twin and f"{found.right} of {found.answered}" in twin
    if question.kind == "choice":
        assert sum(found.counts) == found.answered and found.counts[found.key] == found.right
    else:
        near = (np.abs(found.given - np.array(found.model)) <= NEAR * (question.high - question.low)).sum(axis=1)
        assert found.right == sum(2 * near > len(found.model))


def test_a_hidden_class_shows_neither_its_answers_nor_the_right_one():
    for question in (CURVE, CHOICE):
        hidden = answers(Shown(question=AT[question.id], reveal=0))
        figure = teaching.class_answers()._figure(hidden)
        assert "hidden" in figure["twin"] and "◆" not in str(figure) and " of 29 " not in figure["twin"]
        assert all(np.all(np.isnan(column)) for column in figure["table"]["values"])
        assert not any(np.asarray(trace["x"]).any() for trace in figure["data"])


def test_real_answers_take_its_place_hidden_until_they_are_shown():
    shown = teaching.class_answers()
    given = {CURVE.id: [[5, 0, 0, 0, 0], [9, 9, 9, 9, 9], "unsure"], CHOICE.id: [KEY, WRONG, KEY]}
    said = shown.show_class(3, given)
    assert said.startswith("Your class: 3 learners, of whom 3 committed here.") and "hidden" in said
    assert set(shown._disabled(shown.values)) == {"learners", "seed"}
    assert "1 of 2 draw most points close" in shown.set(reveal=1)
    assert "2 of 3 choose what the course says" in shown.set(question=AT[CHOICE.id])


def test_from_thirty_learners_on_a_share_has_its_interval():
    for count, share in ((29, False), (30, True)):
        found = answers(Shown(question=AT[CHOICE.id]), (count, {CHOICE.id: [KEY] * 20 + [WRONG] * (count - 20)}))
        assert bool(found.share) == share


@pytest.mark.parametrize(
    "raw", [None, 3, "<b>", [], [1] * 5 + ["x"], [1e9] * 5, [True] * 5, {"a": 1}, [float("nan")] * 5]
)
def test_what_no_page_would_have_taken_is_no_answer(raw):
    for question in (CURVE, CHOICE):
        found = answers(Shown(question=AT[question.id]), (1, {question.id: [raw]}))
        assert (found.answered, found.unsure) == (0, 0)
        assert teaching.class_answers()._figure(found)["twin"].endswith(".")


def test_first_predictions_are_collected_from_files_and_damaged_ones_change_nothing(tmp_path):
    folder = tmp_path / "class"
    handed_in(folder, {})
    for i, name in enumerate(("anna", "ben")):
        events = [committed(CHOICE, KEY if i else WRONG), committed(CHOICE, "later", 1)]
        (folder / f"{name}.json").write_bytes(export({CHOICE.lesson: lesson_file(CHOICE.lesson, events)}))
    (folder / "carl.json").write_bytes(b"{" * 100)
    learners, given = class_predictions(folder)
    assert (learners, given) == (2, {CHOICE.id: [WRONG, KEY]})
    with pytest.raises(ClassroomError):
        class_predictions(tmp_path / "nowhere")


def test_the_form_grades_a_folder_and_shows_the_class(tmp_path):
    shown = teaching.class_answers()
    form = teaching.collect_and_grade(shown_in=shown)
    events = [committed(CHOICE, KEY)]
    folder = handed_in(tmp_path / "class", {})
    (folder / "<img src=x>.json").write_bytes(export({CHOICE.lesson: lesson_file(CHOICE.lesson, events)}))
    (folder / "z.json").write_bytes(b"{")
    told = form.told("grade", {"folder": f' "{folder}" ', "names": ""})
    assert told[0]["list"][0] == "2 files: 1 read, 1 damaged."
    assert (tmp_path / told[1]["text"][0].split("/")[-1].removesuffix(". ") / "report.html").exists()
    assert any("table" in block and block["table"]["caption"] == "To look at" for block in told)
    assert "Your class: 1 learner, of whom" in told[-1]["text"]
    assert "1 of 1" in shown.set(question=AT[CHOICE.id], reveal=1)


@pytest.mark.parametrize(
    ("values", "words"),
    [({}, "Write where the files"), ({"folder": "/no/such"}, "cannot be opened"), ({"folder": " "}, "Write where")],
)
def test_what_cannot_be_graded_is_said_in_a_sentence(values, words):
    (block,) = teaching.collect_and_grade().told("grade", values)
    assert words in block["wrong"]


def test_a_long_table_says_how_much_more_there_is():
    from lessons.classroom.tables import Table

    rows = tuple((f"learner {i}", None) for i in range(grading_form.ROWS + 3))
    (block,) = grading_form._shown(Table("x", "Learners", ("learner", "right"), rows))
    assert len(block["table"]["rows"]) == grading_form.ROWS
    assert block["table"]["caption"] == f"Learners, the first {grading_form.ROWS} of {grading_form.ROWS + 3}"


# ---- situations that a teacher adds ----

ABOUT = TriggerPoint.described()


def added(folder, line, figure="release"):
    (folder / "presets.yaml").write_text(f"schema_version: 1\npresets:\n- {line}\n", encoding="utf-8")
    return presets.added(figure, ABOUT, folder)


def test_an_added_situation_is_a_button_of_its_figure_alone(tmp_path, monkeypatch):
    line = "{figure: release, name: A hard day, set: {passes: 4, load_after: 0.7}}"
    assert added(tmp_path, line) == {"A hard day": {"passes": 4, "load_after": 0.7}}
    assert presets.added("loop", ABOUT, tmp_path) == {}
    from lessons import benches

    monkeypatch.setattr(presets, "ASSETS", tmp_path)
    assert benches.release().presets["A hard day"]["passes"] == 4 and "A hard day" not in benches.loop().presets


@pytest.mark.parametrize("figure", presets.FIGURES)
def test_every_figure_that_may_be_named_takes_one(figure, tmp_path, monkeypatch):
    from lessons import benches

    name, about = next(iter(getattr(benches, figure)()._setting.parameters.described().items()))
    line = f"{{figure: {figure}, name: Mine, set: {{{name}: {about.default:g}}}}}"
    (tmp_path / "presets.yaml").write_text(f"schema_version: 1\npresets:\n- {line}\n", encoding="utf-8")
    monkeypatch.setattr(presets, "ASSETS", tmp_path)
    assert "Mine" in getattr(benches, figure)().presets


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{figure: release, name: A, set: {pases: 3}}", "did you mean 'passes'?"),
        ("{figure: release, name: A, set: {passes: 40}}", "passes goes from 0 to 15 in whole numbers, not 40"),
        ("{figure: release, name: A, set: {passes: 2.5}}", "not 2.5; correct it"),
        ("{figure: release, name: A, set: {xyzzy: 1}}", "the page for teachers lists all of them"),
        ("{figure: releases, name: A, set: {passes: 3}}", "'figure' cannot be 'releases'"),
        ("{figure: release, name: A, set: {}}", "'set' cannot be {}"),
        ("{figure: release, name: A, set: {miss: 3}}\n- {figure: release, name: A, set: {miss: 4}}", "here twice"),
    ],
)  # fmt: skip
def test_a_situation_that_cannot_be_is_told_with_its_line(tmp_path, line, words):
    with pytest.raises(DataError) as error:
        added(tmp_path, line)
    assert words in str(error.value) and "presets.yaml, line " in str(error.value)
