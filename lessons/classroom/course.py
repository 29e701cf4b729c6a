"""The course as a class's answers need to know it: questions, whose keys they have, and what runs their sliders."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lessons.classroom.refuting import Refuted, refuted
from lessons.grading import bank
from lessons.grading.grade import Run
from lessons.grading.items import Item, Target
from lessons.grading.sealed import Sealed
from lessons.lesson_models import MODELS
from lessons.truth.runs import meets

FORMS = ("opening", "closing")
EXAM = "exam"
# Fields that say something to the learner and nothing to whoever marks.
TOLD = {"stem", "text", "claim", "evidence", "objective", "explanation", "feedback", "say", "hints", "source"}
TOLD |= {"reviewed_by", "label"}


@dataclass(frozen=True)
class Form:
    """A question in one form, with what a thousand answers ask of it worked out once."""

    item: Item | Sealed
    claim: tuple[str, ...] = ()
    misconceptions: tuple[str, ...] = ()

    @classmethod
    def of(cls, item: Item | Sealed) -> Form:
        return cls(item) if isinstance(item, Sealed) else cls(item, item.claim, item.misconceptions)


@dataclass(frozen=True)
class Question:
    """A question with all its forms. `key`: another one when what is right changes. `home`: the lesson or set that
    asks it."""

    item: Item | Sealed
    forms: Mapping[str, Form]
    home: str
    key: str

    @property
    def safety(self) -> bool:
        return getattr(self.item, "safety", False)


@dataclass(frozen=True)
class Course:
    """`homes`: lesson or set -> the ids of its questions, in order; lessons first. `questions`: id -> Question.
    `beliefs`: id -> text. `refuted`: id of a belief -> where the course refutes it. `run`: see `grade`."""

    homes: Mapping[str, tuple[str, ...]]
    questions: Mapping[str, Question]
    beliefs: Mapping[str, str]
    refuted: Mapping[str, Refuted]
    run: Run

    @property
    def lessons(self) -> tuple[str, ...]:
        return tuple(home for home in self.homes if home.isdigit())

    @property
    def sealed(self) -> tuple[str, ...]:
        """Sets whose keys this copy of the course has not."""
        return tuple(
            home for home, ids in self.homes.items() if any(isinstance(self.questions[one].item, Sealed) for one in ids)
        )

    def ids(self, home: str) -> tuple[str, ...]:
        """The questions of a lesson or set, none if there is no such."""
        return self.homes.get(home, ())


@dataclass(frozen=True)
class Runs:
    """Runs a question's model; can be sent to another process. `models`: question -> lesson whose model it asks."""

    models: Mapping[str, str]

    def __call__(self, item: Target, setting: Mapping[str, float]) -> list[bool]:
        return meets(item, setting, MODELS[self.models[item.id]])


def course() -> Course:
    """The course of this copy. Raises DataError."""
    every = {**bank.banks(), **bank.sets(), **bank.sealed()}
    return made_of({name: dict(one.items) for name, one in every.items()})


def made_of(homes: Mapping[str, Mapping[str, Item | Sealed]]) -> Course:
    """A course with these questions. `homes`: lesson or set -> id -> question."""
    questions = {
        name: Question(item, {one: Form.of(form) for one, form in item.forms.items()}, home, key_of(item))
        for home, items in homes.items()
        for name, item in items.items()
    }

    return Course(
        homes={home: tuple(items) for home, items in homes.items()},
        questions=questions,
        beliefs={name: one.belief for name, one in bank.misconceptions().items()},
        refuted=refuted(homes),
        run=Runs(
            {one.item.id: one.item.model or one.home for one in questions.values() if isinstance(one.item, Target)}
        ),
    )


def key_of(item: Item | Sealed) -> str:
    """A fingerprint of all that decides over a mark, but for the models and the rules of marking."""
    canonical = json.dumps(_deciding(item.model_dump(mode="json")), sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def _deciding(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _deciding(value) for name, value in part.items() if name not in TOLD}
    return [_deciding(one) for one in part] if isinstance(part, list) else part
