"""Marks an answer: a pure function of question and response that has a result for anything it is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lessons.grading.items import Item, Target
from lessons.grading.mark_choices import choice, many, match, order, two_tier
from lessons.grading.mark_numbers import echo, number
from lessons.grading.mark_runs import Run, curve, prediction, target
from lessons.grading.verdict import MARKED, STATUSES, UNANSWERED, EntryMark, Verdict

__all__ = ["MARKED", "STATUSES", "EntryMark", "Run", "Verdict", "echo", "grade"]
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


def grade(item: Item, response: Any, run: Run | None = None) -> Verdict:
    """The verdict on a response. Never raises.

    A response is an option's id (choice), the text of a number, {entry: place} (match), a list of ids (many, order),
    {"answer": id, "because": id} (two_tier), {row: {phase: way}} (prediction), {slider: number} (target) or a list of
    numbers (curve). `run` tells for a target which goals a setting meets, in order; it is handed in, for this module
    knows no model.
    """
    try:
        if response is None or response == {} or response == [] or (isinstance(response, str) and not response.strip()):
            return UNANSWERED
        if isinstance(item, Target):
            return target(item, response, run)
        return BY_TYPE[item.type](item, response)
    except Exception as error:  # a mistake of ours must cost nobody a mark, nor stop the next answer
        return Verdict(
            "grader-error", None, note=f"This question could not be marked ({type(error).__name__}: {error})."
        )
