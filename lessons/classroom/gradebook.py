"""One line for each learner: what was read, and what it is worth. An answer that could not be read is no wrong one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lessons.classroom.course import EXAM, FORMS, Course
from lessons.classroom.hand_ins import HandIn
from lessons.classroom.marks import Marked, Marks
from lessons.classroom.tables import Cell, Table


@dataclass(frozen=True)
class Learner:
    """What a learner handed in, without the answers, and its marks; None if nothing could be read."""

    hand_in: HandIn
    marks: Marks | None

    @property
    def name(self) -> str:
        """The id."""
        return self.hand_in.learner


@dataclass(frozen=True)
class ExamMark:
    """The exam from its first answers. `share`: of what all its questions are worth; one without an answer earns
    nothing. `safety`: how many of its questions on safety were right, of how many; None if it has none."""

    answered: int
    right: int
    share: Fraction
    safety: tuple[int, int] | None


def exam(course: Course, marks: Marks) -> ExamMark | None:
    """None if no question of the exam was answered, or its keys are not here."""
    ids = course.ids(EXAM)
    given = marks.of(ids)
    if not given:
        return None
    safety = [name for name in ids if course.questions[name].safety]
    safe = sum(one.right for one in marks.of(safety)), len(safety)
    worth = sum((one.share for one in given), Fraction(0))
    return ExamMark(len(given), _right(given), worth / len(ids), safe if safety else None)


def table(course: Course, learners: Sequence[Learner], names: Mapping[str, str] | None) -> Table:
    """`names`: learner -> name, for those that a roster has; None without a roster."""
    rows = [
        (
            one.name,
            *([] if names is None else [names.get(one.name, "")]),
            one.hand_in.status,
            len(one.hand_in.results),
            *_worth(course, one.marks),
        )
        for one in learners
    ]
    heads = ["learner", *([] if names is None else ["name"]), "status", "files"]
    for lesson in course.lessons:
        heads += [f"{lesson} answered", f"{lesson} right"]
    for form in FORMS:
        heads += [f"{form} answered", f"{form} right"]
    heads += ["share before", "share after", "gain", "exam answered", "exam right", "exam share"]
    heads += ["exam safety right", "exam safety asked"] if _knows_safety(course) else []
    heads += ["exam begun anew", "exam passed"]
    heads += ["sure", "sure and wrong", "not marked", "odd times"]
    note = (
        "First answers, marked anew. Share before and after are of the questions answered in both forms, and the gain "
        "is the part of what was still to learn that was learnt; they stand here once the closing form is finished. "
        "The exam's share counts a question without an answer as nothing; it is of first answers, too, while who began "
        "it anew may have passed since. Whose file could not be read has no marks, not zero."
    )
    return Table("gradebook", "Learners", tuple(heads), tuple(rows), note)


def _worth(course: Course, marks: Marks | None) -> list[Cell]:
    if marks is None:
        fixed = 2 * (len(course.lessons) + len(FORMS)) + 6 + 2 * _knows_safety(course) + 6
        return [None] * fixed
    cells: list[Cell] = []
    for home in (*course.lessons, *FORMS):
        given = marks.of(course.ids(home))
        cells += [len(given), _right(given)]
    gain = marks.gain
    cells += [gain.before, gain.after, gain.gain] if gain else [None] * 3
    found = exam(course, marks)
    cells += [found.answered, found.right, found.share] if found else [0, 0, None]
    if _knows_safety(course):
        cells += found.safety if found and found.safety else [None, None]
    cells += [marks.begun_anew, {True: "yes", False: "no", None: ""}[marks.sitting and marks.sitting.passed]]
    return [
        *cells,
        marks.sure,
        marks.sure_and_wrong,
        len(marks.gone) + len(marks.kept) + len(marks.failed),
        marks.odd_times,
    ]


def _knows_safety(course: Course) -> bool:
    return any(course.questions[name].safety for name in course.ids(EXAM))


def _right(given: Sequence[Marked]) -> int:
    return sum(one.right for one in given)
