"""What was published on pain, as numbers with their intervals: read from assets/published_effects.yaml and checked."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from lessons.bibliography import Reference
from lessons.data import ASSETS, read, references
from lessons.strict_yaml import DataError, Entry, mistake

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
# A printed interval whose number lies further from its middle than this share of its width is no plain difference.
OFF_CENTRE = 0.08
WINDOWS = {"at once": (0.0, 1.0), "weeks": (1.0, 12.0), "months": (12.0, 260.0)}  # where they end, in weeks
DRAWN = ("SD", "points of 10")  # units with a place on the axis


class PublishedEffect(Entry):
    """One published number. `effect` above 0: the treatment did better. See the head of the file for each field."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    source: Text
    label: Annotated[str, StringConstraints(min_length=3, max_length=30, strip_whitespace=True)]
    treatment: Literal["retained needles", "trigger point needling", "pressure", "sham needles"]
    condition: Text
    against: Literal[
        "nothing or usual care",
        "sham of any kind",
        "penetrating sham",
        "other sham",
        "another treatment",
        "added to other care",
        "mixed comparators",
    ]
    with_care: str = ""
    outcome: Literal["pain", "responders"]
    follow_up: Literal["at once", "weeks", "months", "mixed", "not told"]
    weeks: tuple[float, ...] = ()
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    unit: Literal["SD", "points of 10", "percentage points", ""] = ""
    printed: Text
    trials: Annotated[int, Field(ge=1)]
    people: Annotated[int, Field(ge=1)] | None = None
    counts: Literal["own", "whole review"]
    risk_of_bias: Literal["low", "some", "high", "not told"]
    bias: Text
    status: Literal["checked", "derived"]
    formula: str = ""
    verified: Literal["search", "document"]
    seen: Text
    pool: str = ""
    apart: str = ""
    flaw: str = ""
    caution: str = ""

    @field_validator("status", mode="before")
    @classmethod
    def _not_from_memory(cls, status: Any) -> Any:
        if status == "recalled":
            raise ValueError("a recalled number must not be shown; look it up and mark it checked, or remove it")
        return status

    @model_validator(mode="after")
    def _size(self) -> PublishedEffect:
        size = (self.effect, self.low, self.high)
        if (None in size) != all(value is None for value in size) or bool(self.unit) == (self.effect is None):
            raise ValueError("a size is effect, low, high and unit together; give all four or none")
        if self.effect is None:
            return self
        if not self.low < self.effect < self.high:
            raise ValueError(f"{self.effect:g} does not lie between {self.low:g} and {self.high:g}; correct them")
        off = abs((self.high + self.low) / 2 - self.effect) / (self.high - self.low)
        if (off > OFF_CENTRE) != bool(self.flaw):
            what = f"the number lies {off:.0%} of the width off the middle of its interval"
            raise ValueError(f"{what}; {'name that under flaw' if not self.flaw else 'so it needs no flaw: remove it'}")
        return self

    @model_validator(mode="after")
    def _provenance(self) -> PublishedEffect:
        if (self.status == "derived") != bool(self.formula):
            raise ValueError("a derived number shows its formula, and a checked one has none; add or remove it")
        if bool(self.pool) == bool(self.apart):
            raise ValueError("say either under pool what it is pooled with, or under apart why it is not; one of them")
        if self.pool and (self.unit not in DRAWN or self.flaw):
            raise ValueError("what has no size in SD or points, or a flaw, cannot be pooled; say so under apart")
        if (self.against == "added to other care") > bool(self.with_care):
            raise ValueError("name the care that both groups got under with_care")
        return self

    @model_validator(mode="after")
    def _weeks_fit(self) -> PublishedEffect:
        if not self.weeks:
            return self
        if self.follow_up == "not told" or len(self.weeks) != 2 or not 0 <= self.weeks[0] <= self.weeks[1]:
            raise ValueError("weeks are [from, to] of a follow_up that is told; correct one of the two")
        low, high = WINDOWS.get(self.follow_up, (0.0, 260.0))
        if not low <= self.weeks[1] <= high:
            raise ValueError(f"'{self.follow_up}' ends {low:g} to {high:g} weeks after the treatment; correct one")
        return self


class CitedEffect(PublishedEffect):
    """A published number with its source: `short` ("Haake et al. 2007") and in full."""

    short: Text
    citation: Text


class Pool(Entry):
    """Numbers that may be pooled with one another, and why no patient is counted twice."""

    id: Text
    name: Text
    why: Text


class _File(Entry):
    schema_version: Literal[1]
    pools: tuple[Pool, ...]
    effects: tuple[PublishedEffect, ...]


@dataclass(frozen=True)
class PublishedEffects:
    """All numbers by id, in the order of the file, and the pools by id."""

    effects: Mapping[str, CitedEffect]
    pools: Mapping[str, Pool]


@functools.cache
def published_effects(folder: Path = ASSETS) -> PublishedEffects:
    """Raises DataError for every mistake, with file and line."""
    path = folder / "published_effects.yaml"
    file, line = read(path, _File)
    known, problems = references(folder), []
    pools = {pool.id: pool for pool in file.pools}
    first: dict[str, PublishedEffect] = {}  # of each pool
    for i, effect in enumerate(file.effects):

        def wrong(what: str, field: str = "id", i: int = i) -> None:
            problems.append(mistake(path, line(("effects", i, field)), what))

        if effect.id in [earlier.id for earlier in file.effects[:i]]:
            wrong(f"'{effect.id}' stands here twice; rename one")
        if effect.source not in known:
            wrong(f"there is no reference '{effect.source}'; add it to references.bib", "source")
        if effect.pool and effect.pool not in pools:
            wrong(f"there is no pool '{effect.pool}'; add it under pools or correct the name", "pool")
        elif effect.pool:
            other = first.setdefault(effect.pool, effect)
            if any(getattr(effect, name) != getattr(other, name) for name in ("unit", "against", "outcome")):
                wrong(f"'{effect.id}' and '{other.id}' differ in unit, comparator or outcome; do not pool them", "pool")
    for name in pools.keys() - {effect.pool for effect in file.effects}:
        place = ("pools", [pool.id for pool in file.pools].index(name))
        problems.append(mistake(path, line(place), f"nothing is in the pool '{name}'; use it or remove it"))
    if problems:
        raise DataError("\n".join(problems))
    effects = {effect.id: _cited(effect, known[effect.source]) for effect in file.effects}
    return PublishedEffects(MappingProxyType(effects), MappingProxyType(pools))


def _cited(effect: PublishedEffect, source: Reference) -> CitedEffect:
    return CitedEffect(**effect.model_dump(), short=source.short, citation=source.citation)
