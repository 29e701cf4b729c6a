"""What stands on the page for teachers. No copy for a class has this folder, for it tells answers with their reasons.

Each function below is one cell of the page. What they say lies in assets/teaching.yaml (`guide`) or is what the course
itself says of its questions, evidence and models.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lessons.grading import record
from lessons.interface.sheet import Block, Sheet
from lessons.teaching import grading_form, handouts, worked_examples
from lessons.teaching.class_answers import ClassAnswers
from lessons.teaching.guide import guide
from lessons.teaching.keys import key_blocks
from lessons.teaching.model_sheets import SHEETS, miss_blocks, model_blocks
from lessons.teaching.sheets import discussion_blocks, lesson_blocks, misfit_blocks, plan_blocks, titled

__all__ = [
    "add_something",
    "class_answers",
    "collect_and_grade",
    "discussions",
    "for_everybody",
    "handouts_for_all",
    "keys_of_the_sets",
    "lesson_by_lesson",
    "models",
    "plans",
]

SET_KEYS = {"opening": "Questions before the course", "closing": "Questions after the course", "exam": "The exam"}


def plans() -> Sheet:
    """Plans for one lesson, two, and two weeks."""
    return Sheet("plans", "Plan", {plan.title: list(plan_blocks(plan)) for plan in guide().plans.values()})


def lesson_by_lesson() -> Sheet:
    """What to project, what to ask, which wrong answers to expect, page by page."""
    every = {titled(one.page): list(lesson_blocks(one)) for one in guide().lessons.values()}
    return Sheet("lesson-by-lesson", "Page", every, _ask)


def class_answers() -> ClassAnswers:
    """The class's predictions as a histogram, over what the model says."""
    return ClassAnswers()


def collect_and_grade(shown_in: ClassAnswers | None = None) -> Sheet:
    """A form that grades a folder. `shown_in`: the picture that then shows that class."""

    def ask(what: str, values: Mapping[str, str]) -> Sequence[Block]:
        if what != "grade":
            raise ValueError(f"'{what}' is not asked here.")
        return list(grading_form.graded_blocks(values, shown_in.show_class if shown_in else None))

    return Sheet("collect-and-grade", "", {"": list(grading_form.form_blocks())}, ask)


def discussions() -> Sheet:
    """Objections, and what I would say."""
    every = {f"“{one.said}”": list(discussion_blocks(one)) for one in guide().discussions.values()}
    return Sheet("discussions", "A student says", every, _ask)


def for_everybody() -> Sheet:
    """How to teach without a mouse, without sight, with less motion, and on a projector."""
    return Sheet("for-everybody", "Notes", {one.title: [{"list": list(one.points)}] for one in guide().notes})


def handouts_for_all() -> Sheet:
    """A button that writes the printed page of every lesson."""
    button = {"button": {"label": "Write all handouts", "asks": "handouts"}}
    return Sheet("handouts", "", {"": [button]}, _ask)


def keys_of_the_sets() -> Sheet:
    """The keys of the questions before and after the course and of the exam, each behind a fold."""
    folds = [{"fold": {"title": title, "asks": f"key:{name}"}} for name, title in SET_KEYS.items()]
    return Sheet("keys", "", {"": folds}, _ask)


def add_something() -> Sheet:
    """How to add a case, a question, a preset, a lesson."""
    every = {one.title: list(worked_examples.example_blocks(name)) for name, one in worked_examples.EXAMPLES.items()}
    return Sheet("add-something", "What to add", every, _ask)


def models() -> Sheet:
    """Equations, parameters, limits and known misfits of the models, from their code."""
    return Sheet("models", "Model", {one.title: list(model_blocks(one)) for one in SHEETS}, _ask)


def _ask(what: str, values: Mapping[str, str]) -> Sequence[Block]:
    """What a fold or a button asks for: a key, handouts, what a mistake is told, or where models miss."""
    kind, _, name = what.partition(":")
    if kind == "key":
        return list(key_blocks(name))
    if kind == "misfits":
        return list(misfit_blocks())
    if kind == "misses":
        return list(miss_blocks(name))
    if kind == "mistake" and name in worked_examples.EXAMPLES:
        return list(worked_examples.mistake_blocks(name))
    if kind in ("handout", "handouts"):
        return _written([name] if kind == "handout" else [])
    raise ValueError(f"'{what}' is not asked here.")


def _written(pages: Sequence[str]) -> Sequence[Any]:
    folder = record.folder() / "Handouts"
    paths = handouts.write(folder, pages)
    said = f"{len(paths)} file{'' if len(paths) == 1 else 's'} in {folder}. Open in a browser, print on A4."
    return [{"text": said}, {"list": [path.name for path in paths]}]
