"""Marks what was chosen, sorted or put in order."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from lessons.grading.choices import Choice, Many, TwoTier
from lessons.grading.sorting import Match, Order
from lessons.grading.verdict import UNANSWERED, EntryMark, Verdict, invalid, marked, shared


def choice(item: Choice, response: Any) -> Verdict:
    """The id of one option."""
    chosen = next((option for option in item.options if isinstance(response, str) and option.id == response), None)
    if chosen is None:
        return invalid(f"Choose one of {', '.join(option.id for option in item.options)}.")
    tags = (chosen.misconception,) if chosen.misconception else ()
    return marked(chosen.correct, tags, chosen.feedback)


def match(item: Match, response: Any) -> Verdict:
    """{entry: place}, by id."""
    entries, places = [entry.id for entry in item.left], [place.id for place in item.right]
    sort = f"Sort {', '.join(entries)}, each to one of {', '.join(places)}."
    if not isinstance(response, dict) or any(name not in entries for name in response):
        return invalid(sort)
    given = {name: place for name, place in response.items() if place is not None and place != ""}
    if not given:
        return UNANSWERED
    if any(place not in places for place in given.values()):
        return invalid(sort)
    if missing := [name for name in entries if name not in given]:
        return invalid(f"Still without a place: {', '.join(missing)}.")
    marks = [EntryMark(e.id, given[e.id], given[e.id] == item.key[e.id], e.feedback) for e in item.left]
    wrong = {mark.entry for mark in marks if not mark.right}
    tags = [entry.misconception for entry in item.left if entry.id in wrong]
    right = len(marks) - len(wrong)
    return shared(Fraction(right, len(marks)), tags, f"{right} of {len(marks)} are where they belong.", marks)


def many(item: Many, response: Any) -> Verdict:
    """A list of ids of options. What was not ticked is not told."""
    options = {option.id: option for option in item.options}
    if not isinstance(response, list) or any(not isinstance(name, str) or name not in options for name in response):
        return invalid(f"Tick any of {', '.join(options)}.")
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
    if not isinstance(response, list) or any(not isinstance(name, str) or name not in steps for name in response):
        return invalid(f"Put {', '.join(steps)} in order.")
    if sorted(response) != sorted(steps):
        return invalid("Give each step one place.")
    follows = dict(zip(steps, steps[1:], strict=False))
    right = sum(follows.get(one) == other for one, other in zip(response, response[1:], strict=False))
    share = Fraction(right, len(steps) - 1)
    tags = [item.misconception] if share < 1 else []
    return shared(share, tags, f"{right} of {len(steps) - 1} steps follow the one before as they should.")


def two_tier(item: TwoTier, response: Any) -> Verdict:
    """{"answer": id, "because": id}. The answer alone is worth a half, the reason alone nothing."""
    asked = {"answer": item.options, "because": item.because}
    if not isinstance(response, dict) or set(response) - set(asked):
        return invalid("Choose an answer and a reason.")
    if missing := [part for part in asked if response.get(part) in (None, "")]:
        return UNANSWERED if len(missing) == 2 else invalid(f"Still to choose: {' and '.join(missing)}.")
    chosen = {}
    for part, options in asked.items():
        found = next((o for o in options if isinstance(response[part], str) and o.id == response[part]), None)
        if found is None:
            return invalid(f"Choose one of {', '.join(o.id for o in options)}.")
        chosen[part] = found
    answer, reason = chosen["answer"], chosen["because"]
    share = Fraction(1 if reason.correct else Fraction(1, 2)) if answer.correct else Fraction(0)
    marks = [EntryMark(part, option.id, option.correct, option.feedback) for part, option in chosen.items()]
    held = "Answer and reason both hold." if share == 1 else "The answer holds, the reason does not."
    note = held if share else "The answer does not hold."
    return shared(share, [answer.misconception, reason.misconception], note, marks)
