"""A class from its files to its tables: collect, read, mark, count, compare, write."""

from __future__ import annotations

import contextlib
import dataclasses
import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from lessons.classroom import belief_report, gradebook, item_statistics, outputs, page, problems, regrade, roster
from lessons.classroom.ahead import Ahead
from lessons.classroom.alike import alike, moments
from lessons.classroom.archives import Archives
from lessons.classroom.class_words import of_the_class
from lessons.classroom.collected import Piece, collect
from lessons.classroom.course import Course, course
from lessons.classroom.gradebook import Learner
from lessons.classroom.hand_ins import HandIn, by_learner, hand_in
from lessons.classroom.marks import Marker, Marks
from lessons.classroom.problems import Problem
from lessons.classroom.regrade import Change, MarksFile
from lessons.classroom.results import READ, UNREADABLE, ClassroomError, Result, plain
from lessons.classroom.roster import Roster
from lessons.classroom.tables import Table, written

REPORT, MARKS = "report.html", "marks.json"
SHOWN = 5  # things to look at, in the summary
MOST_READ, MOST_BYTES = 300, 16 * 1024**2  # hand-ins that are read and not yet marked; the bytes of their files


@dataclass(frozen=True, repr=False)
class Graded:
    """A class that was graded; printed, it is a summary.

    `results`: one for each file. `changes`: None without an earlier grading to compare with. `said`: the summary.
    `folder`: where the files lie; `paths`: name of each -> path.
    """

    results: tuple[Result, ...]
    learners: tuple[Learner, ...]
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...] | None
    marks: MarksFile
    said: tuple[str, ...]
    folder: Path
    paths: Mapping[str, Path]

    def __repr__(self) -> str:
        looks = [
            f"- {one.path or one.learner or 'the course'}: {one.what} ({one.why})" for one in self.problems[:SHOWN]
        ]
        if (more := len(self.problems) - SHOWN) > 0:
            looks.append(f"- and {more:,} more in problems.csv")
        files = ", ".join(self.paths)
        return "\n".join(map(plain, [*self.said, *looks, f"In {self.folder}: {files}."]))


def grade(
    folder: str | Path,
    names: str | Path | None = None,
    out: str | Path | None = None,
    against: str | Path | None = None,
    *,
    marked_by: Course | None = None,
    today: date | None = None,
) -> Graded:
    """Grade the records in a folder or zip, and write what was found into a new folder.

    `names`: a roster as CSV, id and name. `out`: a new folder; without it, one beside the input. `against`: the
    marks.json of an earlier grading to compare with. `marked_by`: the course, if it is not this copy's. `today`: in
    UTC. Raises ClassroomError if nothing can be graded at all, and DataError if the course itself is broken.
    """
    with _not_collecting():
        return _graded(
            Path(folder).expanduser().resolve(),
            Path(names).expanduser() if names else None,
            Path(out).expanduser() if out else None,
            Path(against).expanduser() if against else None,
            marked_by,
            today or datetime.now(UTC).date(),
        )


def _graded(
    top: Path, names: Path | None, out: Path | None, against: Path | None, marked_by: Course | None, today: date
) -> Graded:
    target = outputs.folder_for(top, out, today)
    listed = roster.read(names) if names else None
    earlier = regrade.read(against) if against else None
    marker, results, learners, copies = collected_and_marked(top, lambda: Marker(marked_by or course(), today), names)
    joined = None if listed is None else roster.join(listed, [one.name for one in learners])
    now = regrade.marks_file(marker.course, learners)
    changes = None if earlier is None else tuple(regrade.changes(earlier, now))
    passes = regrade.passes(earlier, now) if earlier else ((), ())
    found = (
        *problems.of_the_course(marker.course),
        *problems.of_files(learners),
        *problems.of_names(learners, joined),
        *problems.of_copies(alike(copies)),
        *problems.of_records(learners),
        *(problems.of_another_grading(earlier, now) if earlier else ()),
    )
    said = tuple(of_the_class(results, learners, found, changes, passes))
    shown = _tables(marker.course, learners, found, changes, joined)
    files = {f"{table.name}.csv": written(table) for table in (*shown, problems.files_table(results))}
    files[MARKS] = regrade.written(now)
    files[REPORT] = page.page(f"Retain or Release: {plain(top.name)}", today, said, shown).encode()
    outputs.write(files, target)
    paths = {name: target / name for name in files}
    return Graded(tuple(results), tuple(learners), found, changes, now, said, target, paths)


def collected_and_marked(
    top: Path, marker: Callable[[], Marker], names: Path | None = None
) -> tuple[Marker, list[Result], list[Learner], dict[str, frozenset[int]]]:
    """One result for each file; the learners, in order; and what tells the answers of each apart from anybody else's.

    `marker`: what makes one, which takes a while, and helpers start meanwhile. `names`: a roster, which is nobody's if
    it lies among the files. Of a large class MOST_READ hand-ins are in memory at a time, or as many as have MOST_BYTES,
    else one learner's. Raises ClassroomError.
    """
    results, learners, copies = [], [], {}
    with contextlib.closing(Archives()) as opened:
        pieces = _pieces(top, opened, names)
        handed_in = by_learner(pieces, top.stem if top.is_file() else top.name)
        with contextlib.closing(Ahead(len(pieces))) as ahead:
            marks = marker()
            marks.ahead = ahead
            for handed in _read_ahead((hand_in(name, its) for name, its in handed_in.items()), marks):
                learner = _marked(handed, marks)
                results += learner.hand_in.results
                if learner.marks:
                    copies[learner.name] = moments(learner.hand_in.histories)
                if learner.hand_in.status:
                    learners.append(Learner(dataclasses.replace(learner.hand_in, histories={}), learner.marks))
    return marks, results, learners, copies


def _pieces(top: Path, opened: Archives, names: Path | None) -> list[Piece]:
    roster_here = names and names.resolve()
    pieces = [
        dataclasses.replace(one, hidden=True) if roster_here == top / one.path else one for one in collect(top, opened)
    ]
    if not pieces:
        raise ClassroomError(f"{top} is empty; put the files there that learners handed in.")
    return pieces


def _read_ahead(every: Iterable[HandIn], marker: Marker) -> Iterator[HandIn]:
    """The same hand-ins; where others help, read before they are asked for, so that models run meanwhile."""
    waiting: deque[HandIn] = deque()
    for handed in every:
        marker.begin(handed.histories)
        waiting.append(handed)
        most = MOST_READ if marker.ahead.helps else 0
        while len(waiting) > most or sum(one.size for one in waiting) > MOST_BYTES:
            yield waiting.popleft()
    yield from waiting


@contextlib.contextmanager
def _not_collecting() -> Iterator[None]:
    """Without looking for what refers to itself: nothing here does, and a class is hundreds of thousands of answers."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _marked(handed: HandIn, marker: Marker) -> Learner:
    if not any(one.status == READ for one in handed.results):
        return Learner(handed, None)
    try:
        return Learner(handed, marker.marks(handed.histories))
    except Exception as error:  # a mistake of ours must cost nobody else a mark
        why = f"could not be marked ({type(error).__name__}), which is a mistake of the course; please report it"
        failed = (
            dataclasses.replace(one, status=UNREADABLE, why=why) if one.status == READ else one
            for one in handed.results
        )
        return Learner(dataclasses.replace(handed, results=tuple(failed)), None)


def _tables(
    course: Course,
    learners: Sequence[Learner],
    found: Sequence[Problem],
    changes: Sequence[Change] | None,
    joined: Roster | None,
) -> list[Table]:
    every: list[Marks] = [one.marks for one in learners if one.marks]
    names = None if joined is None else joined.names
    return [
        problems.table(found),
        *([] if changes is None else [regrade.table(changes, names)]),
        gradebook.table(course, learners, names),
        item_statistics.table(item_statistics.item_statistics(course, every)),
        belief_report.table(belief_report.held(course, every)),
    ]
