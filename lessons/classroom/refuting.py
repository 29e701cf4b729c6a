"""Where the course refutes a belief: the page whose model contradicts it, and the sliders to move there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lessons.grading.items import Item, Target
from lessons.grading.sealed import Sealed
from lessons.lesson_models import MODELS

DRAWN_AT_ONCE = {"arm"}  # the arms of a trial stand side by side on their page; there is nothing to set


@dataclass(frozen=True)
class Refuted:
    """`page`: two digits. `sliders`: their labels there; none where the page refutes it by what people showed."""

    page: str
    sliders: tuple[str, ...] = ()


def refuted(homes: Mapping[str, Mapping[str, Item | Sealed]]) -> dict[str, Refuted]:
    """Belief -> where it is refuted, from the questions whose wrong answers it tempts to.

    A model has confirmed that such an answer is wrong (`check quizzes`), in the situation that the question describes:
    what differs there is what to set. Otherwise it is the page that asks. `homes`: lesson or set -> id -> question.
    """
    asked = [
        (item.model or home, item)
        for home, items in homes.items()
        for item in items.values()
        if not isinstance(item, Sealed)
    ]
    found: dict[str, Refuted] = {}
    situations = [(page, sliders, item) for page, item in asked if (sliders := _moved(page, item))]
    for page, sliders, item in sorted(situations, key=lambda one: len(one[1])):  # the fewer to move, the plainer
        for belief in _against_the_model(item):
            found.setdefault(belief, Refuted(page, sliders))
    for page, item in asked:
        if page.isdigit():
            for belief in item.misconceptions:
                found.setdefault(belief, Refuted(page))
    return found


def _moved(page: str, item: Item) -> tuple[str, ...]:
    """The sliders that make the situation of a question, or that it asks to set."""
    if page not in MODELS or not item.by_model:
        return ()
    about = MODELS[page].parameters.described()
    start = {name: parameter.default for name, parameter in about.items()}
    there, other = ({**start, **(values or {})} for values in (item.scenario.set, item.scenario.compare))
    names = [name for name in about if there[name] != other[name]]
    names += [slider.id for slider in getattr(item, "sliders", ()) if slider.id not in names]
    return tuple(about[name].label for name in names if name not in DRAWN_AT_ONCE)


def _against_the_model(item: Item) -> Iterator[str]:
    """The beliefs of what the model has to contradict, or the question would not be sound."""
    for option in getattr(item, "options", ()):
        if option.misconception and option.truth:
            yield option.misconception
    if isinstance(item, Target) and item.misconception:
        yield item.misconception
