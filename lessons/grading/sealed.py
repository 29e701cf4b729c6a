"""Questions without their keys: what a page may show before an answer, and no more, for a copy that a class is given.

Nothing in a sealed question depends on its key. That is why parts whose order could tell it (the steps of an order are
written in the right one) stand by id here, and in an order made of their ids on a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Literal, Self

from pydantic import Field

from lessons.grading import numbers
from lessons.grading.items import TYPES, Item
from lessons.grading.numbers import Unit
from lessons.grading.question import Name, Named, Text, Time
from lessons.grading.runs import Slider
from lessons.strict_yaml import Entry

# Kind -> the fields with parts that a page shows by id and text; and what else it shows.
PARTS: Mapping[str, tuple[str, ...]] = {
    "choice": ("options",),
    "many": ("options",),
    "two_tier": ("options", "because"),
    "match": ("left", "right"),
    "order": ("steps",),
    "prediction": ("rows", "phases"),
    "target": ("goals",),
}
SHUFFLED = ("options", "because", "left", "steps")
MORE = {"numeric": ("unit",), "curve": ("at", "low", "high", "label")}


class Part(Entry):
    """What can be chosen, sorted, put in order or read."""

    id: Name
    text: Text


class SealedSlider(Slider):
    """A slider with the whole range that its model allows, since an answer is read without the model."""

    low: float
    high: float
    whole: bool = False


class Sealed(Entry):
    """A question as a page shows it, of any kind. `model`: whose parameters its sliders set, if it has any.

    `variants`: id -> the whole question in that form.
    """

    id: Name
    type: Literal[TYPES]
    model: str = ""
    stem: Text
    options: tuple[Part, ...] = ()
    because: tuple[Part, ...] = ()
    left: tuple[Part, ...] = ()
    right: tuple[Part, ...] = ()
    steps: tuple[Part, ...] = ()
    rows: tuple[Part, ...] = ()
    phases: tuple[Part, ...] = ()
    goals: tuple[Part, ...] = ()
    sliders: tuple[SealedSlider, ...] = ()
    unit: str = ""
    at: tuple[Time, ...] = ()
    low: float = 0.0
    high: float = 0.0
    label: str = ""
    variants: Mapping[Name, Sealed] = Field(default_factory=dict)

    hints: ClassVar[tuple[str, ...]] = ()

    @property
    def forms(self) -> Mapping[str, Self]:
        """As of a question that is not sealed."""
        return {"": self.model_copy(update={"variants": {}}), **self.variants}

    @property
    def measured_in(self) -> Unit:
        return numbers.unit(self.unit)


class SealedFile(Entry):
    """One file of assets/quizzes/sets in a class's copy."""

    schema_version: Literal[1]
    set: Literal["opening", "closing", "exam"]
    items: tuple[Sealed, ...]


def seal(item: Item, ranges: Mapping[str, Any]) -> Sealed:
    """A question without its key.

    `ranges`: name of each slider -> something with its `low`, `high` and `whole` in the model that decides.
    """
    first, *others = (_sealed(form, ranges) for form in item.forms.values())
    return first.model_copy(update={"variants": dict(zip(list(item.forms)[1:], others, strict=True))})


def _sealed(item: Item, ranges: Mapping[str, Any]) -> Sealed:
    shown = {field: getattr(item, field) for field in MORE.get(item.type, ())}
    for field in PARTS.get(item.type, ()):
        parts = getattr(item, field)
        shown[field] = tuple(Part(id=p.id, text=p.text) for p in (by_id(parts) if field in SHUFFLED else parts))
    if item.type == "target":
        shown["model"] = item.model
        shown["sliders"] = tuple(_slider(slider, ranges[slider.id]) for slider in item.sliders)
    return Sealed(id=item.id, type=item.type, stem=item.stem, **shown)


def by_id(parts: Iterable[Named]) -> list[Named]:
    """Parts in an order that says nothing of how they were written."""
    return sorted(parts, key=lambda part: part.id)


def _slider(slider: Slider, about: Any) -> SealedSlider:
    low = about.low if slider.low is None else max(slider.low, about.low)
    high = about.high if slider.high is None else min(slider.high, about.high)
    return SealedSlider(id=slider.id, start=slider.start, low=low, high=high, whole=about.whole)
