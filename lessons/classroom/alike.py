"""Records that hold the very same answers, to the millisecond: one was copied from the other, or both from a third."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

Histories = Mapping[str, Sequence[Mapping[str, Any]]]


class Alike(NamedTuple):
    """How many of a learner's answers another learner's record holds, too, with their times."""

    learner: str
    other: str
    shared: int
    answers: int

    @property
    def whole(self) -> bool:
        return self.shared == self.answers


def moments(histories: Histories) -> frozenset[int]:
    """What tells the answers of a record apart from those of anybody else."""
    return frozenset(
        hash((lesson, one["id"], one["time"]))
        for lesson, events in histories.items()
        for one in events
        if one["kind"] == "answer"
    )


def alike(every: Mapping[str, frozenset[int]]) -> list[Alike]:
    """For each learner who shares answers with others, the one with whom most are shared, and little else is held.

    `every`: learner -> moments.
    """
    owners: dict[int, list[str]] = defaultdict(list)
    for learner in sorted(every):
        for moment in every[learner]:
            owners[moment].append(learner)
    shared: dict[str, Counter[str]] = defaultdict(Counter)
    for learners in owners.values():
        for one in learners if len(learners) > 1 else ():
            shared[one].update(other for other in learners if other != one)
    found = []
    for learner in sorted(shared):
        other, count = min(shared[learner].items(), key=lambda one: (-one[1], len(every[one[0]]), one[0]))
        found.append(Alike(learner, other, count, len(every[learner])))
    return found
