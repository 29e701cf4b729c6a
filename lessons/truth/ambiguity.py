"""For whom a key is true: which shifts of the model's numbers by a fifth would turn it.

A question whose key turns with a number that differs from patient to patient is true of the patient whom its stem
describes and of nobody else, so its stem must say whom it speaks of. Where a number of the model itself turns a key,
the question holds for this calibration only. What a stem sets is its premise, and a choice has no fifth: neither is
shifted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from lessons.grading.items import Item, Target
from lessons.lesson_models import Model
from lessons.truth.mutants import Fails, shifted

SHIFTS = (0.8, 1.2)


def audit(
    model: Model, items: Sequence[Item], fails: Fails, told: Callable[[str], None] = lambda _: None
) -> list[dict[str, Any]]:
    """For each question that a model decides, as it is first asked: the shifts that turn its key, of how many."""
    asked = [item.model_copy(update={"variants": ()}) for item in items if item.by_model]
    turned: dict[str, list[str]] = {item.id: [] for item in asked}
    count = dict.fromkeys(turned, 0)
    for name, about in model.parameters.described().items():
        if about.choices:
            continue
        told(name)
        for shift in shifted(model, SHIFTS, [name]):
            for item in asked:
                if name in premises(item):
                    continue
                count[item.id] += 1
                if fails(item, shift.model):
                    turned[item.id].append(shift.name)
    return [{"id": name, "turned_by": shifts, "of": count[name]} for name, shifts in turned.items()]


def premises(item: Item) -> set[str]:
    """Names of the parameters that a question sets, or lets the learner set."""
    moved = [slider.id for slider in item.sliders] if isinstance(item, Target) else []
    return {*item.scenario.set, *(item.scenario.compare or {}), *moved}
