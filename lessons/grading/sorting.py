"""Questions answered by sorting: entries to places, or steps into an order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from lessons.grading.question import LUMPED, Ask, Name, Question, Statement, Text, check_distinct, folded
from lessons.strict_yaml import Entry

FEWEST_ENTRIES, MOST_ENTRIES = 3, 12
FEWEST_PLACES, MOST_PLACES = 2, 6
LONGEST_PLACE = 32  # characters that a closed list shows on a narrow page
FEWEST_STEPS, MOST_STEPS = 3, 7


class LeftEntry(Entry):
    """What is sorted; `feedback` says what decides. `truth`: id of a place -> what holds if the entry belongs there."""

    id: Name
    text: Text
    misconception: str = ""
    feedback: Text
    truth: Mapping[Name, tuple[Statement, ...]] = Field(default_factory=dict)


class Place(Entry):
    """Where entries are sorted to."""

    id: Name
    text: Text


class Match(Question):
    """Entries that are each sorted to one of several places. `key`: id of an entry -> id of its place."""

    type: Literal["match"]
    left: tuple[LeftEntry, ...]
    right: tuple[Place, ...]
    key: Mapping[Name, Name]

    @model_validator(mode="after")
    def _sound(self) -> Match:
        if not FEWEST_ENTRIES <= len(self.left) <= MOST_ENTRIES:
            raise ValueError(f"{len(self.left)} entries under 'left'; give {FEWEST_ENTRIES} to {MOST_ENTRIES}")
        if not FEWEST_PLACES <= len(self.right) <= MOST_PLACES:
            raise ValueError(f"{len(self.right)} places under 'right'; give {FEWEST_PLACES} to {MOST_PLACES}")
        check_distinct("entries", self.left)
        check_distinct("places", self.right)
        if wide := next((place for place in self.right if len(place.text) > LONGEST_PLACE), None):
            raise ValueError(
                f"the place '{wide.id}' has {len(wide.text)} characters; shorten it to {LONGEST_PLACE}, which fit a "
                "narrow page"
            )
        self._check_key()
        for entry in self.left:
            self._check_entry(entry)
        self._check_item([s for entry in self.left for statements in entry.truth.values() for s in statements])
        return self

    def _check_key(self) -> None:
        entries, places = {entry.id: entry for entry in self.left}, {place.id: place for place in self.right}
        for name, place in self.key.items():
            if name not in entries:
                raise ValueError(f"the key names '{name}', which is no entry; use {', '.join(entries)}")
            if place not in places:
                raise ValueError(f"the key sends '{name}' to '{place}', which is no place; use {', '.join(places)}")
        if missing := [name for name in entries if name not in self.key]:
            raise ValueError(f"the key says nothing of {', '.join(missing)}; give each entry its place")
        if len(set(self.key.values())) < 2:
            raise ValueError("the key sends all entries to one place; use at least two places")

    def _check_entry(self, entry: LeftEntry) -> None:
        if LUMPED.search(entry.text):
            raise ValueError(f"entry '{entry.id}' refers to the others, whose order changes; say what it means")
        answer = next(place.text for place in self.right if place.id == self.key[entry.id])
        if re.search(rf"(?<!\w){re.escape(folded(answer))}(?!\w)", folded(entry.feedback)):
            raise ValueError(f"the feedback of '{entry.id}' names its place '{answer}'; say only what decides")
        places = [place.id for place in self.right]
        if unknown := next((name for name in entry.truth if name not in places), None):
            raise ValueError(f"the truth of '{entry.id}' names '{unknown}', which is no place; use {', '.join(places)}")
        missing = [name for name in places if not entry.truth.get(name)]
        if self.by_model and missing:
            raise ValueError(
                f"entry '{entry.id}' has no truth for {', '.join(missing)}; say what the model would show if it "
                "belonged there"
            )


class Step(Entry):
    """One step of an order. `set` and `read`: what the model gives for it, where a model decides the order."""

    id: Name
    text: Text
    set: Mapping[str, float] = Field(default_factory=dict)
    read: Ask | None = None


class Order(Question):
    """Steps to put in order, written in the right one. `falling`: from the largest to the smallest reading."""

    type: Literal["order"]
    steps: tuple[Step, ...]
    falling: bool = False
    misconception: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """Ids in the right order."""
        return tuple(step.id for step in self.steps)

    @model_validator(mode="after")
    def _sound(self) -> Order:
        if not FEWEST_STEPS <= len(self.steps) <= MOST_STEPS:
            raise ValueError(f"{len(self.steps)} steps; give {FEWEST_STEPS} to {MOST_STEPS}")
        check_distinct("steps", self.steps)
        without = [step.id for step in self.steps if step.read is None]
        if self.by_model and without:
            raise ValueError(f"the steps {', '.join(without)} read nothing from the model; add 'read', or truth: none")
        if any(step.read and step.read.minus == "compare" for step in self.steps):
            raise ValueError("a step has a run of its own and compares with no other; remove 'minus: compare'")
        self._check_item([step.read for step in self.steps if step.read])
        return self
