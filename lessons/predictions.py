"""The questions that a learner commits to before a figure opens, read from assets/predictions.yaml and checked."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from lessons.data import ASSETS, findings, read
from lessons.strict_yaml import DataError, Entry, mistake

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
UNITS = {"s": 1.0, "min": 60.0, "h": 3600.0, "day": 86400.0, "days": 86400.0, "wk": 604800.0}


class Option(Entry):
    """One choice. `correct` marks what the model does; `reply` is read after the commitment."""

    id: Text
    text: Text
    reply: Text
    correct: bool = False


class Question(Entry):
    """A prediction. A choice has options; a value or a curve names an observable, times, and the range to answer in.

    The answer is the model's; with `evidence`, ids of findings, it is theirs, and only a choice can be asked.
    """

    id: Text
    lesson: Annotated[str, StringConstraints(pattern=r"^\d\d$")]
    kind: Literal["choice", "value", "curve"]
    claims: tuple[Text, ...]
    evidence: tuple[Text, ...] = ()
    question: Text
    options: tuple[Option, ...] = ()
    observable: str = ""
    at: tuple[Text, ...] = ()
    low: float = 0.0
    high: float = 10.0
    step: float = 0.5
    start: float | None = None
    axes: tuple[Text, Text] = ("x", "y")
    reply: str = ""
    run: Mapping[str, float] = Field(default_factory=dict)
    evidence: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> Question:
        if self.kind == "choice":
            if len(self.options) < 2 or sum(o.correct for o in self.options) != 1:
                raise ValueError("a choice needs two options or more, exactly one of them with correct: true; mend it")
            return self
        if self.evidence:
            raise ValueError("findings answer a choice only; ask one, or remove evidence")
        if not self.observable or not self.at or not self.reply:
            raise ValueError(f"a {self.kind} needs observable, at and reply; add what is missing")
        if self.kind == "value" and len(self.at) != 1:
            raise ValueError("a value is asked at one time; give one entry under at")
        if not self.low < self.high:
            raise ValueError("low must lie below high; swap them")
        _ = self.seconds
        return self

    @property
    def seconds(self) -> tuple[float, ...]:
        """The times of `at` in seconds."""
        return tuple(seconds(text) for text in self.at)


class _File(Entry):
    schema_version: Literal[1]
    predictions: tuple[Question, ...]


def seconds(text: str) -> float:
    """ "10 min" -> 600.0. Raises ValueError with the units that are known."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?) (\w+)", text)
    if not found or found[2] not in UNITS:
        raise ValueError(f"'{text}' is no time; write a number and one of {', '.join(UNITS)}")
    return float(found[1]) * UNITS[found[2]]


@functools.cache
def predictions(folder: Path = ASSETS) -> Mapping[str, Question]:
    """Id -> Question. Raises DataError for every mistake, with file and line."""
    path = folder / "predictions.yaml"
    file, line = read(path, _File)
    names = [q.id for q in file.predictions]
    problems = [
        mistake(path, line(("predictions", i)), f"'{name}' stands here twice; rename one")
        for i, name in enumerate(names)
        if name in names[:i]
    ]
    problems += [
        mistake(path, line(("predictions", i, "evidence")), f"there is no finding '{name}'; correct the name")
        for i, question in enumerate(file.predictions)
        for name in question.evidence
        if name not in findings(folder)
    ]
    if problems:
        raise DataError("\n".join(problems))
    return MappingProxyType({q.id: q for q in file.predictions})
