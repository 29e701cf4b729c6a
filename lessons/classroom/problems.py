"""What a person has to look at: files that were not read, and what is odd about those that were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lessons.classroom.alike import Alike
from lessons.classroom.course import Course
from lessons.classroom.gradebook import Learner
from lessons.classroom.regrade import MarksFile, only_in, passes
from lessons.classroom.results import READ, Result
from lessons.classroom.roster import Roster
from lessons.classroom.tables import Table

SHOWN = 5  # names in one line


@dataclass(frozen=True)
class Problem:
    """`path`: the file, "" if it is none. `learner`: "" if it is nobody's. `why` goes on from `what`."""

    learner: str
    path: str
    what: str
    why: str


def of_files(learners: Iterable[Learner]) -> Iterator[Problem]:
    """Files that were not read, or not as their name says; not those that nobody hands in on purpose."""
    for learner in learners:
        for result in learner.hand_in.results:
            if not result.aside and (result.status != READ or result.why):
                yield Problem(learner.name, result.path, result.status, result.why)
        if twice := learner.hand_in.twice:
            why = f"{len(twice)} hold the same lessons, and were brought together: {_some(twice)}"
            yield Problem(learner.name, "", "several files of one learner", why)


def of_records(learners: Iterable[Learner]) -> Iterator[Problem]:
    """What is odd about records that were read."""
    for learner in learners:
        marks = learner.marks
        if marks is None:
            continue
        if not (marks.first or marks.gone or marks.kept or marks.failed or marks.to_cases):
            yield Problem(learner.name, "", "no answers", "nothing was answered in what was handed in")
        if marks.gone:
            why = (
                f"{len(marks.gone)} not marked, since this copy of the course does not ask them so: {_some(marks.gone)}"
            )
            yield Problem(learner.name, "", "answers to other questions", why)
        for said in marks.failed:
            yield Problem(learner.name, "", "a mistake of the course", f"no mark for {said}")
        if marks.odd_times:
            why = f"{marks.odd_times} with a time that is none, is still to come, or lies before the answer before it"
            yield Problem(learner.name, "", "odd times", why)


def of_copies(found: Iterable[Alike]) -> Iterator[Problem]:
    """Who holds answers of somebody else."""
    for one in found:
        much = f"all {one.answers}" if one.whole else f"{one.shared} of {one.answers}"
        why = f"{much} answers stand in the record of {one.other}, too, with the very same times"
        yield Problem(one.learner, "", "the same answers under two names", why)


def of_names(learners: Sequence[Learner], roster: Roster | None) -> Iterator[Problem]:
    """Names that could be mistaken for one another, and who is missing."""
    alike = Counter(learner.name.casefold() for learner in learners)
    for learner in learners:
        if alike[learner.name.casefold()] > 1:
            yield Problem(learner.name, "", "a name twice", "differs from another name in capitals only; graded apart")
    for name in roster.missing if roster else ():
        yield Problem(name, "", "missing", "stands on the list of names, and nothing was handed in")
    for name in roster.unknown if roster else ():
        yield Problem(name, "", "not on the list of names", "was handed in and graded without a name")


def of_the_course(course: Course) -> Iterator[Problem]:
    for name in course.sealed:
        why = f"this copy of the course has no keys of the {name} questions; grade with the whole course"
        yield Problem("", "", "not marked", why)


def of_another_grading(before: MarksFile, after: MarksFile) -> Iterator[Problem]:
    for name in only_in(before, after):
        yield Problem(name, "", "only in the earlier grading", "there is nothing to compare with")
    for name in only_in(after, before):
        yield Problem(name, "", "not in the earlier grading", "there is nothing to compare with")
    now, no_longer = passes(before, after)
    for name in now:
        yield Problem(name, "", "passed the exam", "had not in the earlier grading")
    for name in no_longer:
        yield Problem(name, "", "has not passed the exam", "had in the earlier grading")


def _some(names: Sequence[str]) -> str:
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")


def table(found: Iterable[Problem]) -> Table:
    """One row for each."""
    rows = tuple((one.learner, one.path, one.what, one.why) for one in found)
    note = "A checksum tells damage. It proves neither who answered nor that nobody changed a file on purpose."
    return Table("problems", "To look at", ("learner", "file", "what", "why"), rows, note)


def files_table(results: Iterable[Result]) -> Table:
    """One row for each file, whatever became of it."""
    rows = tuple((one.path, one.learner, one.status, one.why) for one in results)
    return Table("files", "Files", ("file", "learner", "status", "why"), rows)
