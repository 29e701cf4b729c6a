"""Each question as a class answered it: who was right, what was chosen instead, whether it goes with the rest."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lessons.classroom import intervals
from lessons.classroom.course import Course, Question
from lessons.classroom.intervals import FOR_FLAGS, Estimate
from lessons.classroom.marks import Marked, Marks
from lessons.classroom.tables import Table, parts
from lessons.classroom.wrong import Part
from lessons.grading.items import Choice

LEAST_R = 0.2  # of a good question; one below goes its own way
SELDOM, HARDLY = 0.05, 0.95  # chosen by fewer, a distractor distracts nobody; right or wrong for more, it tells nothing


@dataclass(frozen=True)
class ItemStatistics:
    """First answers to one question. `wrong`: part -> how many answers had it. `rest`: correlation of its share with
    the mean share of the other questions of its lesson or set, over the `with_rest` learners who answered any of them.
    """

    question: Question
    answers: int
    right: int
    sure: int
    sure_and_wrong: int
    wrong: tuple[tuple[Part, int], ...]
    with_rest: int
    rest: Estimate | None

    @property
    def share(self) -> Estimate | None:
        """Of answers that were wholly right."""
        return intervals.share(self.right, self.answers)

    @property
    def flags(self) -> tuple[str, ...]:
        """What to look at, in words; nothing under FOR_FLAGS answers."""
        if self.answers < FOR_FLAGS:
            return ()
        part, found = self.right / self.answers, []
        if part > HARDLY or part < 1 - HARDLY:
            found.append("nearly everybody is right" if part > HARDLY else "hardly anybody is right; is the key sound?")
        if self.with_rest >= FOR_FLAGS and self.rest and self.rest.value < LEAST_R:
            found.append("goes its own way: who knows the rest does no better here")
        if isinstance(self.question.item, Choice):
            chosen = {part.what: count for part, count in self.wrong}
            idle = [
                o.id
                for o in self.question.item.options
                if not o.correct and chosen.get(o.id, 0) < SELDOM * self.answers
            ]
            found += [f"hardly anybody chooses {name}" for name in idle]
        return tuple(found)


def item_statistics(course: Course, every: Sequence[Marks]) -> list[ItemStatistics]:
    """Of every question that has an answer, in the order of the course. `every`: the marks of each learner."""
    answers: dict[str, list[Marked]] = {}
    rests: dict[str, list[tuple[float, float]]] = {}  # question -> own share, and mean share of the others
    for marks in every:
        for ids in course.homes.values():
            given = marks.of(ids)
            shares = [float(one.share) for one in given]
            whole, others = math.fsum(shares), len(given) - 1
            for one, share in zip(given, shares, strict=True):
                answers.setdefault(one.attempt.item, []).append(one)
                if others:  # rounded, so that equal rests are equal
                    rests.setdefault(one.attempt.item, []).append((share, round((whole - share) / others, 12)))
    return [
        _of_one(course.questions[name], answers[name], rests.get(name, []))
        for name in course.questions
        if name in answers
    ]


def _of_one(question: Question, answers: Sequence[Marked], pairs: Sequence[tuple[float, float]]) -> ItemStatistics:
    wrong = Counter(part for one in answers if one.wrong for part in dict.fromkeys(one.wrong))
    sure = [one for one in answers if one.sure]
    return ItemStatistics(
        question=question,
        answers=len(answers),
        right=sum(one.right for one in answers),
        sure=len(sure),
        sure_and_wrong=sum(not one.right for one in sure),
        wrong=tuple(sorted(wrong.items(), key=lambda one: (-one[1], one[0]))),
        with_rest=len(pairs),
        rest=intervals.correlation([own for own, _ in pairs], [rest for _, rest in pairs]),
    )


def table(every: Iterable[ItemStatistics]) -> Table:
    """One row for each question."""
    rows = [
        (
            one.question.item.id,
            one.question.home,
            one.question.item.type,
            one.question.item.stem,
            one.answers,
            one.right,
            *parts(one.share),
            one.sure,
            one.sure_and_wrong,
            "; ".join(_counted(part, count) for part, count in one.wrong),
            one.with_rest,
            *parts(one.rest),
            "; ".join(one.flags),
        )
        for one in every
    ]
    heads = (
        "question", "asked in", "kind", "stem", "answers", "right", "share right", "from", "to", "sure",
        "sure and wrong", "wrong parts", "answers with others", "r with the rest", "r from", "r to", "look at",
    )  # fmt: skip
    note = (
        f"First answers. Under {intervals.FOR_INTERVALS} learners there are counts only, from there shares and "
        f"correlations with their 95 % interval, and from {FOR_FLAGS} a word on what to look at."
    )
    return Table("items", "Questions", heads, tuple(rows), note)


def _counted(part: Part, count: int) -> str:
    named = f" ({part.belief})" if part.belief and part.belief != part.what else ""
    return f"{part.what}{named}: {count}"
