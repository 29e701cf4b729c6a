"""What a learner explains in own words on each page, and what a good explanation has: read from
assets/explanations.yaml and checked. Nothing of it is marked."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from lessons.data import ASSETS, claims, findings, read
from lessons.strict_yaml import DataError, Entry, mistake

FEWEST_POINTS, MOST_POINTS = 3, 5
LONGEST = {"prompt": 40, "text": 25, "example": 50}  # words
SENTENCE_ENDS = re.compile(r"[.!?](?=\s|$)")

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class Point(Entry):
    """One thing that a good explanation says. `claims`: those of the paper that it is about; `evidence`: ids of the
    findings behind it, empty only where a model alone shows it."""

    id: Name
    claims: Annotated[tuple[Text, ...], Field(min_length=1)]
    evidence: tuple[Text, ...] = ()
    text: Text

    @model_validator(mode="after")
    def _plain(self) -> Point:
        _check_length("text", self.text)
        return self


class Explanation(Entry):
    """A request to explain something. `objective`: the course's objective that it serves; `example`: a good explanation
    in one sentence."""

    id: Name
    lesson: Annotated[str, StringConstraints(pattern=r"^\d\d$")]
    objective: Annotated[int, Field(ge=1, le=18)]
    prompt: Text
    points: tuple[Point, ...]
    example: Text

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims of all points, each once."""
        return tuple(dict.fromkeys(claim for point in self.points for claim in point.claims))

    @model_validator(mode="after")
    def _sound(self) -> Explanation:
        if not FEWEST_POINTS <= len(self.points) <= MOST_POINTS:
            raise ValueError(f"{len(self.points)} points; give {FEWEST_POINTS} to {MOST_POINTS}")
        names = [point.id for point in self.points]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"two points have the id '{twice}'; change one, for what is ticked is kept under it")
        _check_length("prompt", self.prompt)
        _check_length("example", self.example)
        sentences = len(SENTENCE_ENDS.findall(self.example))
        if sentences != 1 or self.example[-1] not in ".!?":
            raise ValueError(f"the example has {sentences} ends of a sentence; make it one whole sentence")
        return self


class _File(Entry):
    schema_version: Literal[1]
    explanations: tuple[Explanation, ...]


@functools.cache
def explanations(folder: Path = ASSETS) -> Mapping[str, Explanation]:
    """Id -> Explanation. Raises DataError for every mistake, with file and line."""
    path = folder / "explanations.yaml"
    file, line = read(path, _File)
    problems = [mistake(path, line(place), what) for place, what in _problems(file, folder)]
    if problems:
        raise DataError("\n".join(problems))
    return MappingProxyType({one.id: one for one in file.explanations})


def _problems(file: _File, folder: Path) -> Iterator[tuple[tuple, str]]:
    """(place, what is wrong and what to do) for what one explanation alone cannot know."""
    names = [one.id for one in file.explanations]
    known = {"claims": claims(folder), "evidence": findings(folder)}
    for i, one in enumerate(file.explanations):
        place = ("explanations", i)
        if one.id in names[:i]:
            yield (*place, "id"), f"'{one.id}' stands here twice; rename one"
        for j, point in enumerate(one.points):
            for field, there_are in known.items():
                for name in (name for name in getattr(point, field) if name not in there_are):
                    yield (*place, "points", j, field), f"there is no '{name}' for {field}; see {field}.yaml"


def _check_length(field: str, text: str) -> None:
    if len(text.split()) > LONGEST[field]:
        raise ValueError(f"{len(text.split())} words are more than {LONGEST[field]}; shorten the {field}")
