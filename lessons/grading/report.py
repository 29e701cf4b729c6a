"""What a learner knows so far, from the answers of the record: pure functions of answers and of today's date (UTC).

Mastery of a claim is a right answer, unaided, to two forms of its questions, on two days. Questions that were missed
come back after 1, 7 and 30 days. The opening form tells nothing about its answers, so nothing here may tell it before
the closing form is answered. The exam is passed with seven tenths of it and all of its questions on safety.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from lessons.grading.attempts import Attempt, Dated, Histories, Mark, Predicted, Unmarked, attempts, dated, predicted
from lessons.grading.cases import is_answer_to_a_case
from lessons.grading.grade import Run, grade
from lessons.grading.items import Item
from lessons.grading.record import SURE
from lessons.grading.sealed import Sealed

DAYS = (1, 7, 30)  # until a missed question comes back: at first, after one right answer, after two
FORMS_NEEDED = DAYS_NEEDED = 2
PASSES = Fraction(7, 10)  # of what the exam is worth


@dataclass(frozen=True)
class Mastery:
    """How far a claim is: in how many forms of its questions, and on how many days, it was answered right unaided."""

    claim: str
    mastered: bool
    forms: int
    days: int


@dataclass(frozen=True)
class Belief:
    """A misconception that a wrong answer betrayed last on `day`, in a question of `lesson`; `put_right`: a question
    that could have betrayed it was answered right since."""

    belief: str
    lesson: str
    day: date | None
    times: int
    put_right: bool


@dataclass(frozen=True)
class Sureness:
    """First answers that were given so sure, and how many of them were right."""

    sure: int
    answers: int
    right: int

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.right, self.answers) if self.answers else None


@dataclass(frozen=True)
class Revisit:
    """A question that comes back on `due`, after `step` right answers since it was missed. `was_sure`: it was missed
    by somebody who was sure."""

    item: str
    due: date
    step: int
    was_sure: bool


@dataclass(frozen=True)
class Gain:
    """Share right before and after, of the questions that were answered in both forms. `gain`: the share of what was
    still to learn that was learnt; None if there was nothing left to learn."""

    pairs: int
    before: Fraction
    after: Fraction

    @property
    def gain(self) -> Fraction | None:
        return (self.after - self.before) / (1 - self.before) if self.before < 1 else None


@dataclass(frozen=True)
class Exam:
    """One sitting of the exam, from the first answer to each of its questions. `share`: of what all are worth."""

    questions: int
    answered: int
    share: Fraction
    safety_questions: int
    safety_right: int

    @property
    def safe(self) -> bool:
        return self.safety_right == self.safety_questions

    @property
    def passed(self) -> bool:
        return self.share >= PASSES and self.safe


@dataclass(frozen=True)
class Report:
    """All of it. `unmarked`: answers to questions that the course no longer has, or whose key only the teacher has.
    `odd_times`: answers whose time cannot have been right."""

    first: Mapping[str, Attempt]
    mastery: tuple[Mastery, ...]
    beliefs: tuple[Belief, ...]
    sureness: tuple[Sureness, ...]
    revisit: tuple[Revisit, ...]
    gain: Gain | None
    exam: Exam | None
    predictions: tuple[Predicted, ...]
    unmarked: tuple[Unmarked, ...]
    odd_times: int

    def due(self, today: date) -> tuple[Revisit, ...]:
        """What comes back by today."""
        return tuple(one for one in self.revisit if one.due <= today)


def report(
    histories: Histories,
    items: Mapping[str, Item | Sealed],
    today: date,
    run: Run | None = None,
    opening: Sequence[str] = (),
    closing: Sequence[str] = (),
    never_again: Collection[str] = (),
    examined: Sequence[str] = (),
) -> Report:
    """The report on a record.

    `histories`: lesson -> its history. `items`: id -> question, of all lessons and sets. `opening`, `closing`: the ids
    of the two forms, in order. `never_again`: ids of questions that do not come back, such as those of the forms.
    `examined`: the ids of the exam. Answers to cases are marked elsewhere and left out.
    """
    events = [one for one in dated(histories, today) if not is_answer_to_a_case(one.event.get("id"))]
    marked, unmarked = attempts(events, items, run)
    first = first_answers(marked)
    finished = bool(closing) and all(name in first for name in closing)
    told = [one for one in marked if finished or one.item not in opening]
    return Report(
        first=first,
        mastery=mastery(told),
        beliefs=beliefs(told),
        sureness=sureness(first_answers(told).values()),
        revisit=revisit([one for one in told if one.item not in never_again], today),
        gain=gain(first, opening, closing) if finished else None,
        exam=exam(events, {name: items[name] for name in examined}, run),
        predictions=predicted(events),
        unmarked=unmarked,
        odd_times=sum(one.event["kind"] == "answer" and one.day is None for one in events),
    )


def first_answers(marked: Iterable[Attempt]) -> dict[str, Attempt]:
    """Question -> the first answer that was ever given to it, whatever came later."""
    found: dict[str, Attempt] = {}
    for one in marked:
        found.setdefault(one.item, one)
    return found


def mastery(marked: Iterable[Attempt]) -> tuple[Mastery, ...]:
    """The claims that were answered right unaided at least once, those that are mastered first."""
    right: dict[str, list[Attempt]] = {}
    for one in marked:
        if one.right and one.unaided and one.day:
            for claim in one.claims:
                right.setdefault(claim, []).append(one)
    found = [_mastery(claim, answers) for claim, answers in right.items()]
    return tuple(sorted(found, key=lambda one: not one.mastered))


def _mastery(claim: str, right: Sequence[Attempt]) -> Mastery:
    apart = any(one.form != other.form and one.day != other.day for one in right for other in right)
    return Mastery(claim, apart, len({one.form for one in right}), len({one.day for one in right}))


def beliefs(marked: Sequence[Attempt]) -> tuple[Belief, ...]:
    """The beliefs behind wrong answers, the one that showed last first."""
    last: dict[str, int] = {}
    times: dict[str, int] = {}
    for place, one in enumerate(marked):
        for belief in () if one.right else one.beliefs:
            last[belief], times[belief] = place, times.get(belief, 0) + 1
    newest_first = sorted(last, key=last.__getitem__, reverse=True)
    return tuple(
        Belief(
            belief,
            marked[last[belief]].lesson,
            marked[last[belief]].day,
            times[belief],
            any(one.right and belief in one.could_betray for one in marked[last[belief] + 1 :]),
        )
        for belief in newest_first
    )


def sureness(first: Iterable[Attempt]) -> tuple[Sureness, ...]:
    """For each of SURE, the first answers of which that was said."""
    said = [(one.sure, one.right) for one in first]
    return tuple(Sureness(sure, sum(s == sure for s, _ in said), said.count((sure, True))) for sure in SURE)


def revisit(marked: Iterable[Attempt], today: date) -> tuple[Revisit, ...]:
    """What comes back and when, soonest first, and first what was missed by somebody who was sure.

    A right answer before its time changes nothing, since it may only have followed what was told. A right answer with
    help comes back a day later. A wrong answer without a believable day comes back today.
    """
    waiting: dict[str, Revisit] = {}
    for one in marked:
        before = waiting.get(one.item)
        if not one.right:
            due = _after(one.day, DAYS[0]) if one.day else today
            sure = one.sure == SURE[-1] or (before is not None and before.was_sure)
            waiting[one.item] = Revisit(one.item, due, 0, sure)
        elif before and one.day and one.day >= before.due:
            step = before.step + one.unaided
            if step == len(DAYS):
                del waiting[one.item]
            else:
                days = DAYS[step] if one.unaided else DAYS[0]
                waiting[one.item] = Revisit(one.item, _after(one.day, days), step, before.was_sure)
    return tuple(sorted(waiting.values(), key=lambda one: (one.due, not one.was_sure)))


def _after(day: date, days: int) -> date:
    """A day that many days later, or the last that there is."""
    return day + timedelta(days) if (date.max - day).days > days else date.max


def gain(first: Mapping[str, Attempt], opening: Sequence[str], closing: Sequence[str]) -> Gain | None:
    """From first answers, question for question in order; None if no question was answered in both forms."""
    both = zip(opening, closing, strict=False)
    pairs = [(first[one], first[other]) for one, other in both if one in first and other in first]
    if not pairs:
        return None
    before, after = (sum((pair[i].share for pair in pairs), Fraction(0)) / len(pairs) for i in (0, 1))
    return Gain(len(pairs), before, after)


def exam(
    events: Sequence[Dated], items: Mapping[str, Item | Sealed], run: Run | None = None, mark: Mark = grade
) -> Exam | None:
    """The last sitting that was passed, else the last one; None if no question of the exam was answered.

    `items`: id -> question of the exam; of a sealed one there is no result. Whoever starts over sits it once more.
    `mark`: see `attempts`.
    """
    if any(isinstance(item, Sealed) for item in items.values()):
        return None
    sittings: dict[tuple[str, int], list[Dated]] = {}
    begun: dict[str, int] = {}
    for one in events:
        if one.event["kind"] == "start over":
            begun[one.kept] = begun.get(one.kept, 0) + 1
        elif one.event["kind"] == "answer" and one.event["id"] in items:
            sittings.setdefault((one.kept, begun.get(one.kept, 0)), []).append(one)
    found = [sitting_of(first_answers(attempts(sitting, items, run, mark)[0]), items) for sitting in sittings.values()]
    found = [one for one in found if one.answered]
    return next((one for one in reversed(found) if one.passed), found[-1] if found else None)


def sitting_of(first: Mapping[str, Attempt], items: Mapping[str, Item]) -> Exam:
    """A sitting from the first answers to its questions. `items`: id -> question of the exam."""
    safety = [name for name, item in items.items() if item.safety]
    worth = sum((one.share for one in first.values()), Fraction(0))
    right = sum(name in first and first[name].right for name in safety)
    return Exam(len(items), len(first), worth / len(items), len(safety), right)
