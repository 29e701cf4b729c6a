"""One learner's marks, made anew from the answers themselves by what marks them in the learner's own report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from lessons.classroom.ahead import Ahead
from lessons.classroom.course import EXAM, FORMS, Course, Form
from lessons.classroom.wrong import Part, wrong_parts
from lessons.grading.attempts import START, Attempt, Dated, Unmarked, attempts, dated, moment_of
from lessons.grading.bank import kept_as
from lessons.grading.cases import is_answer_to_a_case
from lessons.grading.grade import Run, Verdict, grade
from lessons.grading.items import Target
from lessons.grading.record import SURE
from lessons.grading.report import Exam, Gain, exam, first_answers, gain, sitting_of

LONGEST = 2000  # characters of an answer that is worth remembering
Histories = Mapping[str, Sequence[Mapping[str, Any]]]


class Marked(NamedTuple):
    """The first answer to a question. `answer`: its fingerprint. `right`: whether it is worth the whole. `wrong`: what
    was wrong with it, part by part."""

    attempt: Attempt
    answer: str
    right: bool
    wrong: tuple[Part, ...]

    @property
    def share(self) -> Fraction:
        return self.attempt.share

    @property
    def sure(self) -> bool:
        """Whether the learner said to be sure."""
        return self.attempt.sure == SURE[-1]


@dataclass(frozen=True)
class Marks:
    """`first`: question -> Marked, in the order of the course. `gain`: None until the closing form is finished.
    `gone`: questions that were answered and that the course no longer has, or not in that form, or to which it cannot
    read the answer. `kept`: those whose key this copy has not. `failed`: those that could not be marked, which is our
    mistake, with what was said. `odd_times`: answers of which the clock cannot have been right. `sitting`: that of the
    exam which the course counts, the last one that was passed or else the last, after `begun_anew` new beginnings.
    `to_cases`: answers to the cases of the clinic, which are no questions and not marked here."""

    first: Mapping[str, Marked]
    gain: Gain | None
    gone: tuple[str, ...]
    kept: tuple[str, ...]
    failed: tuple[str, ...]
    odd_times: int
    sitting: Exam | None = None
    begun_anew: int = 0
    to_cases: int = 0

    def of(self, ids: Sequence[str]) -> list[Marked]:
        """The first answers to some questions, as far as there are any."""
        return [self.first[one] for one in ids if one in self.first]

    @property
    def sure(self) -> int:
        """Answers of which the learner was sure."""
        return sum(one.sure for one in self.first.values())

    @property
    def sure_and_wrong(self) -> int:
        return sum(one.sure and not one.right for one in self.first.values())


class Marker:
    """Marks a class by the course's own rules, each distinct answer once.

    `today`: in UTC. `ahead`: what has runs of the models made before they are needed.
    """

    def __init__(self, course: Course, today: date):
        self.course, self.today, self.ahead = course, today, Ahead(0)
        self._verdicts: dict[tuple, Verdict] = {}
        self._looked_at: dict[tuple, tuple[str, bool, tuple[Part, ...]]] = {}

    def begin(self, histories: Histories) -> None:
        """Begin the runs of the model that a record will need, which is marked later."""
        answers = (one for events in histories.values() for one in events if one["kind"] == "answer")
        for one in answers:
            question = self.course.questions.get(one["id"])
            if question and isinstance(question.item, Target):
                form = question.forms.get(one.get("variant", ""))
                asked = form and self._asked(form, one["raw"])
                if asked and asked not in self._verdicts:
                    grade(form.item, one["raw"], self._begin)

    def _begin(self, item: Target, setting: Mapping[str, float]) -> list[bool]:
        self.ahead.begin(self.course.run, item, setting)
        return [False] * len(item.goals)  # known later; nobody reads this

    def run(self, item: Target, setting: Mapping[str, float]) -> Sequence[bool]:
        """As the course's, of a setting that may have been begun."""
        return self.ahead.run(self.course.run, item, setting)

    def mark(self, form: Form, raw: Any, run: Run | None) -> Verdict:
        """As `grade`."""
        asked = self._asked(form, raw)
        if asked is None:
            return grade(form.item, raw, run)
        if asked not in self._verdicts:
            self._verdicts[asked] = grade(form.item, raw, run)
        return self._verdicts[asked]

    def marks(self, histories: Histories) -> Marks:
        """The marks of a record. All but `odd_times` depend on nothing but the record and the course."""
        known, every = self.course, dated(histories, date.max)
        events = [one for one in every if not is_answer_to_a_case(one.event.get("id"))]
        marked, unmarked = attempts(events, known.questions, self.run, self.mark)
        first = first_answers(marked)
        opening, closing = (known.ids(form) for form in FORMS)
        finished = bool(closing) and all(name in first for name in closing)
        apart: dict[str, list[str]] = {"gone": [], "kept": [], "failed": []}
        for one in unmarked:
            where, what = self._apart(one)
            apart[where].append(what)
        return Marks(
            first={name: self._marked(first[name]) for name in known.questions if name in first},
            gain=gain(first, opening, closing) if finished else None,
            odd_times=odd_times(histories, self.today),
            sitting=self._sitting(events, first),
            begun_anew=sum(one["kind"] == "start over" for one in histories.get(kept_as(EXAM), ())),
            to_cases=len(every) - len(events),
            **{where: tuple(dict.fromkeys(what)) for where, what in apart.items()},
        )

    def _sitting(self, events: Sequence[Dated], first: Mapping[str, Attempt]) -> Exam | None:
        items = {name: self.course.questions[name] for name in self.course.ids(EXAM)}
        if EXAM in self.course.sealed or not any(name in first for name in items):
            return None
        files = {one.kept for one in events if one.event["kind"] == "answer" and one.event["id"] in items}
        if len(files) == 1 and not any(one.event["kind"] == "start over" for one in events):
            return sitting_of({name: first[name] for name in items if name in first}, items)  # the only one there is
        return exam(events, items, self.run, self.mark)

    def _apart(self, one: Unmarked) -> tuple[str, str]:
        question = self.course.questions.get(one.item)
        form = question and question.forms.get(one.variant)
        verdict = form and self.mark(form, one.raw, self.run)
        if verdict and verdict.status == "grader-error":
            return "failed", f"{one.item}: {verdict.note}"
        return "kept" if one.sealed else "gone", one.item

    def _marked(self, one: Attempt) -> Marked:
        form = self.course.questions[one.item].forms[one.variant]
        asked = self._asked(form, one.raw)
        if asked is None:
            return Marked(one, *self._look_at(form, one))
        if asked not in self._looked_at:
            self._looked_at[asked] = self._look_at(form, one)
        return Marked(one, *self._looked_at[asked])

    def _asked(self, form: Form, raw: Any) -> tuple | None:
        """What tells an answer to a question apart from all others; None for one that is not worth remembering."""
        try:
            text = repr(raw)
        except (ValueError, RecursionError):  # lists within lists without end, or a number of thousands of digits
            return None
        return (id(form), text) if len(text) <= LONGEST else None  # forms live as long as their course

    def _look_at(self, form: Form, one: Attempt) -> tuple[str, bool, tuple[Part, ...]]:
        text = written(one.raw)
        answer = "" if text is None else hashlib.sha256(text.encode()).hexdigest()[:12]
        if one.right:
            return answer, True, ()
        return answer, False, wrong_parts(form.item, one.raw, self.mark(form, one.raw, self.run))


def written(raw: Any) -> str | None:
    """An answer as JSON; None for one that cannot be written, such as lists within lists without end."""
    try:
        return json.dumps(raw)
    except (TypeError, ValueError, RecursionError):
        return None


def odd_times(histories: Histories, today: date) -> int:
    """Answers whose time is none, is still to come, or lies before that of one before them in the same file."""
    count = 0
    for events in histories.values():
        latest = START
        for event in events:
            if event["kind"] == "answer":
                moment = moment_of(event["time"])
                believed = moment is not None and latest <= moment and moment.date() <= today
                latest = moment if believed else latest
                count += not believed
    return count
