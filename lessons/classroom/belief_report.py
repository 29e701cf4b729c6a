"""What a class believes: for each misconception, who betrayed it in a first answer, how surely, and what refutes it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lessons.classroom import intervals
from lessons.classroom.course import FORMS, Course
from lessons.classroom.marks import Marked, Marks
from lessons.classroom.refuting import Refuted
from lessons.classroom.tables import Table, parts


@dataclass(frozen=True)
class Held:
    """A belief in a class. `asked`: learners who answered a question that could betray it; `learners`: those who did
    betray it, `sure` of them while they were sure. `before` and `after`: those who did in the opening and closing form.
    """

    belief: str
    text: str
    asked: int
    learners: int
    sure: int
    before: int
    after: int
    refuted: Refuted | None


def held(course: Course, every: Sequence[Marks]) -> list[Held]:
    """The beliefs that anybody betrayed, those of most learners first."""
    opening, closing = (set(course.ids(form)) for form in FORMS)
    asked: Counter[str] = Counter()
    betrayed: dict[str, list[list[Marked]]] = defaultdict(list)
    for marks in every:
        asked.update({belief for one in marks.first.values() for belief in one.attempt.could_betray})
        for belief, answers in _betraying(marks).items():
            betrayed[belief].append(answers)
    found = [
        Held(
            belief,
            course.beliefs[belief],
            asked=asked[belief],
            learners=len(learners),
            sure=sum(any(one.sure for one in answers) for answers in learners),
            before=sum(any(one.attempt.item in opening for one in answers) for answers in learners),
            after=sum(any(one.attempt.item in closing for one in answers) for answers in learners),
            refuted=course.refuted.get(belief),
        )
        for belief, learners in betrayed.items()
        if belief in course.beliefs  # the tag of a slip is none
    ]
    return sorted(found, key=lambda one: (-one.learners, one.belief))


def _betraying(marks: Marks) -> dict[str, list[Marked]]:
    """Belief -> the first answers of a learner that betray it."""
    found: dict[str, list[Marked]] = defaultdict(list)
    for one in marks.first.values():
        for belief in () if one.right else dict.fromkeys(one.attempt.beliefs):
            found[belief].append(one)
    return found


def table(every: Iterable[Held]) -> Table:
    """One row for each belief."""
    rows = [
        (
            one.belief,
            one.text,
            one.asked,
            one.learners,
            *parts(intervals.share(one.learners, one.asked)),
            one.sure,
            *parts(intervals.share(one.sure, one.learners)),
            one.before,
            one.after,
            one.refuted.page if one.refuted else "",
            ", ".join(one.refuted.sliders) if one.refuted else "",
        )
        for one in every
    ]
    heads = (
        "tag", "belief", "learners asked", "learners", "share", "from", "to", "sure", "share sure", "sure from",
        "sure to", "before the course", "after the course", "page that refutes it", "sliders to move there",
    )  # fmt: skip
    note = (
        "Learners whose first answer to any question betrayed the belief, out of those who were asked one that could. "
        f"Shares, with their 95 % interval, from {intervals.FOR_INTERVALS} learners on."
    )
    return Table("misconceptions", "Misconceptions", heads, tuple(rows), note)
