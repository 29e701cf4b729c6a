"""Marks what was chosen, sorted or put in order, once it could be read (see `reading`)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from lessons.grading.choices import Choice, Many, TwoTier
from lessons.grading.sorting import Match, Order
from lessons.grading.verdict import EntryMark, Verdict, marked, shared


def choice(item: Choice, response: Any) -> Verdict:
    """The id of one option."""
    chosen = next(option for option in item.options if option.id == response)
    tags = (chosen.misconception,) if chosen.misconception else ()
    return marked(chosen.correct, tags, chosen.feedback)


def match(item: Match, response: Any) -> Verdict:
    """{entry: place}, by id."""
    marks = [EntryMark(e.id, response[e.id], response[e.id] == item.key[e.id], e.feedback) for e in item.left]
    wrong = {mark.entry for mark in marks if not mark.right}
    tags = [entry.misconception for entry in item.left if entry.id in wrong]
    right = len(marks) - len(wrong)
    return shared(Fraction(right, len(marks)), tags, f"{right} of {len(marks)} are where they belong.", marks)


def many(item: Many, response: Any) -> Verdict:
    """A list of ids of options. What was not ticked is not told."""
    options = {option.id: option for option in item.options}
    ticked = [options[name] for name in dict.fromkeys(response)]
    good = sum(option.correct for option in ticked)
    share = max(Fraction(0), Fraction(good - (len(ticked) - good), len(item.right)))
    missing = len(item.right) - good
    note = f"{good} of {len(ticked)} ticks are right" + (f"; {missing} more belong here." if missing else ".")
    marks = [EntryMark(option.id, "ticked", option.correct, option.feedback) for option in ticked]
    return shared(share, [option.misconception for option in ticked], note, marks)


def order(item: Order, response: Any) -> Verdict:
    """A list of the ids of all steps. Worth the share of neighbours that follow one another as they should."""
    steps = [step.id for step in item.steps]
    follows = dict(zip(steps, steps[1:], strict=False))
    right = sum(follows.get(one) == other for one, other in zip(response, response[1:], strict=False))
    share = Fraction(right, len(steps) - 1)
    tags = [item.misconception] if share < 1 else []
    return shared(share, tags, f"{right} of {len(steps) - 1} steps follow the one before as they should.")


def two_tier(item: TwoTier, response: Any) -> Verdict:
    """{"answer": id, "because": id}. The answer alone is worth a half, the reason alone nothing."""
    answer = next(option for option in item.options if option.id == response["answer"])
    reason = next(option for option in item.because if option.id == response["because"])
    share = Fraction(1 if reason.correct else Fraction(1, 2)) if answer.correct else Fraction(0)
    chosen = {"answer": answer, "because": reason}
    marks = [EntryMark(part, option.id, option.correct, option.feedback) for part, option in chosen.items()]
    held = "Answer and reason both hold." if share == 1 else "The answer holds, the reason does not."
    note = held if share else "The answer does not hold."
    return shared(share, [answer.misconception, reason.misconception], note, marks)
