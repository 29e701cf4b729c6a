"""Marks an answer: a pure function of question and response that has a result for anything it is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lessons.grading.items import Item, Target
from lessons.grading.mark_choices import choice, many, match, order, two_tier
from lessons.grading.mark_numbers import number
from lessons.grading.mark_runs import Run, curve, prediction, target
from lessons.grading.reading import echo, unread
from lessons.grading.sealed import Sealed
from lessons.grading.verdict import ANSWERED, KEPT, MARKED, STATUSES, UNANSWERED, EntryMark, Verdict

__all__ = ["ANSWERED", "KEPT", "MARKED", "STATUSES", "UNANSWERED", "EntryMark", "Run", "Verdict", "echo", "grade"]
BY_TYPE: dict[str, Callable[[Any, Any], Verdict]] = {
    "choice": choice,
    "numeric": number,
    "match": match,
    "many": many,
    "order": order,
    "two_tier": two_tier,
    "prediction": prediction,
    "curve": curve,
}
FOR_THE_TEACHER = "Your teacher marks it; this copy of the course does not know what is right."


def grade(item: Item | Sealed, response: Any, run: Run | None = None) -> Verdict:
    """The verdict on a response; that it is kept, where the question is sealed. Never raises.

    A response is an option's id (choice), the text of a number, {entry: place} (match), a list of ids (many, order),
    {"answer": id, "because": id} (two_tier), {row: {phase: way}} (prediction), {slider: number} (target) or a list of
    numbers (curve). `run` tells for a target which goals a setting meets, in order; it is handed in, for this module
    knows no model.
    """
    try:
        if verdict := unread(item, response):
            return verdict
        if isinstance(item, Sealed):
            heard = echo(item, response) if item.type == "numeric" else ""
            return Verdict(KEPT, None, note=FOR_THE_TEACHER, echo=heard)
        if isinstance(item, Target):
            return target(item, response, run)
        return BY_TYPE[item.type](item, response)
    except Exception as error:  # a mistake of ours must cost nobody a mark, nor stop the next answer
        return Verdict(
            "grader-error", None, note=f"This question could not be marked ({type(error).__name__}: {error})."
        )
