"""What stands on every page: prediction, evidence, own words, questions, and the list of pages."""

from __future__ import annotations

import contextlib
from typing import Any

from lessons.data import claims, evidence, planned
from lessons.explanations import explanations
from lessons.grading import record
from lessons.grading.bank import banks, find
from lessons.grading.grade import Run
from lessons.grading.record import RecordError
from lessons.interface import quiz as cards
from lessons.interface.contents import Contents, Entry
from lessons.interface.evidence import EvidenceChips
from lessons.interface.own_words import OwnWords
from lessons.interface.prediction import Prediction
from lessons.interface.quiz import Answered, Quiz
from lessons.lesson_models import MODELS
from lessons.pages import page_files, read_front
from lessons.predictions import predictions
from lessons.truth.runs import meets


def predict(name: str) -> Prediction:
    """A question to commit to; hand what it returns to the figure that waits for it."""
    question = predictions()[name]
    visited(question.lesson)
    return Prediction(question, {} if question.evidence else MODELS[question.lesson].observables)


def weigh(*ids: str) -> EvidenceChips:
    """The evidence on some of the paper's claims."""
    return EvidenceChips(ids, claims(), evidence())


def explain_it(name: str) -> OwnWords:
    """A card to explain something in own words; which there are stands in assets/explanations.yaml."""
    known = explanations()
    if name not in known:
        raise LookupError(f"There is no explanation '{name}'. There are {', '.join(known)}.")
    return OwnWords(known[name])


def quiz(lesson: str) -> Quiz:
    """The questions of a page ("03"), or of a set on the whole course ("opening", "closing", "exam")."""
    model = MODELS.get(lesson)
    others = {name: other.parameters.described() for name, other in MODELS.items()}
    return Quiz(lesson, model and model.parameters.described(), run_of(lesson), others)


def answer(name: str, raw: Any, sure: int | None = None) -> Answered:
    """Answer a question from a cell, without its card: answer("threshold-after-a-day", "120 kPa", sure=2).

    What each kind is answered with: `lessons.grading.grade`.
    """
    lesson, item = find(name)
    return cards.answer(name, raw, sure, run_of(lesson))


def run_of(lesson: str) -> Run:
    """What says which goals of a question a setting meets: on the model that the question names, or the lesson's."""
    return lambda item, setting: meets(item, setting, MODELS[item.model or lesson])


def contents() -> Contents:
    """All pages, those that exist as they describe themselves."""
    asked = {lesson: tuple(bank.items) for lesson, bank in banks().items()}
    written = []
    for path in page_files():  # not the builder, whose library for notebooks takes a second to load
        front = read_front(path)
        more = (f"{path.stem}.ipynb", front.minutes, front.goals, asked.get(front.id, ()))
        readers = "" if front.readers == "learners" else front.readers
        written.append(Entry(front.id, front.title, front.question, *more, readers))
    known = {entry.id for entry in written}
    coming = [Entry(p.id, p.title, p.question) for p in planned() if p.id not in known]
    return Contents(sorted([*written, *coming], key=lambda entry: entry.id))


def visited(lesson: str) -> None:
    """Remember that this page was opened, for "continue where you left"."""
    with contextlib.suppress(RecordError):
        record.visit(lesson)
