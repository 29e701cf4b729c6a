"""A class in a few sentences: what was read, what was learnt, how sure it was, and what a new key changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from lessons.classroom import intervals, regrade
from lessons.classroom.gradebook import Learner
from lessons.classroom.intervals import Estimate
from lessons.classroom.marks import Marks
from lessons.classroom.problems import Problem
from lessons.classroom.regrade import Change
from lessons.classroom.results import STATUSES, Result
from lessons.grading.record import SURE
from lessons.grading.report import Gain

SURENESS = dict(zip(SURE, ("guessed", "fairly sure", "sure"), strict=True))
LEARNT = "of what was still to learn was learnt"


def of_the_class(
    results: Sequence[Result],
    learners: Sequence[Learner],
    found: Sequence[Problem],
    changes: Sequence[Change] | None,
    passes: tuple[Sequence[str], Sequence[str]] = ((), ()),
) -> Iterator[str]:
    """The sentences, in order. `passes`: who has passed the exam since an earlier grading, and who no longer has."""
    every = [one.marks for one in learners if one.marks]
    counted = Counter(one.status for one in results)
    told = ", ".join(f"{counted[status]} {status}" for status in STATUSES if counted[status])
    yield f"{count(results, 'file')}: {told}."
    yield f"{count(learners, 'learner')}, {len(every)} with marks; {count(found, 'thing')} to look at."
    yield from _learnt([one.gain for one in every if one.gain])
    yield from _sureness(every)
    if changes is not None:
        yield from _changed(changes)
        if any(passes):
            yield f"{count(passes[0], 'learner')} passed the exam who had not, {count(passes[1], 'learner')} no longer."


def count(what: Sequence, name: str) -> str:
    """ "1 file", "2 files"."""
    return f"{len(what):,} {name}{'' if len(what) == 1 else 's'}"


def _learnt(gains: Sequence[Gain]) -> Iterator[str]:
    if not gains:
        return
    yield f"{count(gains, 'learner')} finished the questions after the course."
    before, after, gain = class_gain(gains)
    if before and after:
        yield f"Right before: {percent(before)}; after: {percent(after)}; on average, with 95 % intervals."
    if gain:
        yield f"As a class {percent(gain)} {LEARNT}."


def class_gain(gains: Sequence[Gain]) -> tuple[Estimate | None, Estimate | None, Estimate | None]:
    """Mean share before and after, and what the class learnt of what was still to learn; None for too few learners.

    The last is of the two means, as (after - before) / (1 - before); its interval takes the ratio as straight about
    them (the delta method), which follows both spreads and how they go together.
    """
    pairs = [(float(one.before), float(one.after)) for one in gains]
    before, after = (intervals.mean([pair[i] for pair in pairs]) for i in (0, 1))
    if not before or not after or before.value == 1:
        return before, after, None
    left = 1 - before.value
    gained = (after.value - before.value) / left
    straight = [gained + (b - after.value) / left + (a - before.value) * (after.value - 1) / left**2 for a, b in pairs]
    return before, after, intervals.mean(straight)


def _sureness(every: Sequence[Marks]) -> Iterator[str]:
    said = Counter((one.attempt.sure, one.right) for marks in every for one in marks.first.values())
    told = [
        f"{said[sure, True]:,} of {said[sure, True] + said[sure, False]:,} right when {word}"
        for sure, word in SURENESS.items()
        if said[sure, True] + said[sure, False]
    ]
    if told:
        yield f"First answers: {', '.join(told)}."


def _changed(changes: Sequence[Change]) -> Iterator[str]:
    if not changes:
        yield "No mark differs from the earlier grading."
        return
    learners = {way: {one.learner for one in changes if getattr(one, way)} for way in ("up", "down")}
    yield (
        f"Against the earlier grading {count(changes, 'mark')} differ: {count(learners['up'], 'learner')} went up in "
        f"some question, {count(learners['down'], 'learner')} went down in some."
    )
    for question, why, before, after, up, down in regrade.summary(changes):
        keys = f", {before or 'none'} to {after or 'none'}" if why == regrade.WHY_KEY else ""
        yield f"{question} ({why}{keys}): {up} up, {down} down."


def percent(one: Estimate) -> str:
    """ "45 % (20 to 71)"."""
    value, low, high = (round(100 * Fraction(part)) for part in one)
    return f"{value} % ({low} to {high})"
