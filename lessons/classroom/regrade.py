"""Marks in a file, and what has changed since it was written: whose, up or down, by which question and why.

The file depends on nothing but the answers and the course: the same answers give the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from lessons.classroom.course import Course
from lessons.classroom.gradebook import Learner
from lessons.classroom.results import ClassroomError
from lessons.classroom.tables import Table
from lessons.grading.transfer import COURSE

VERSION, KIND = 1, "marks"
LARGEST = 256 * 1024**2  # bytes
OF_A_LEARNER = {"answers", "passed"}
FIELDS = {"schema_version", "kind", "course", "keys", "learners"}
ANSWER = {"variant", "answer", "share"}
SHARE = re.compile(r"[0-9]{1,6}(/[1-9][0-9]{0,5})?")
WHY_KEY, WHY_ANSWER, WHY_OTHER = "another key", "another answer", "the model or the rules of marking"
WHY_NEW, WHY_GONE = "not answered before", "no longer answered"
Answers = Mapping[str, Mapping[str, str]]  # question -> `variant`, `answer` (a fingerprint), `share` ("1/2")


@dataclass(frozen=True)
class MarksFile:
    """`keys`: question -> fingerprint of its key. `learners`: learner -> Answers; None where nothing could be read.
    `passed`: learner -> whether the exam was passed; None for who did not sit it."""

    keys: Mapping[str, str]
    learners: Mapping[str, Answers | None]
    passed: Mapping[str, bool | None]


@dataclass(frozen=True)
class Change:
    """One mark that is another one now. `before` and `after` are None where there was, or is, no answer."""

    learner: str
    question: str
    before: Fraction | None
    after: Fraction | None
    why: str
    key_before: str
    key_after: str

    @property
    def up(self) -> bool:
        return (self.after or 0) > (self.before or 0)

    @property
    def down(self) -> bool:
        return (self.after or 0) < (self.before or 0)

    @property
    def by_us(self) -> bool:
        """Whether the learner did nothing about it."""
        return self.why in (WHY_KEY, WHY_OTHER)


def marks_file(course: Course, every: Sequence[Learner]) -> MarksFile:
    """What is kept of a class."""
    learners: dict[str, Answers | None] = {}
    passed = {one.name: one.marks and one.marks.sitting and one.marks.sitting.passed for one in every}
    for one in every:
        learners[one.name] = one.marks and {
            name: {"variant": marked.attempt.variant, "answer": marked.answer, "share": str(marked.share)}
            for name, marked in one.marks.first.items()
        }
    return MarksFile({name: question.key for name, question in course.questions.items()}, learners, passed)


def written(marks: MarksFile) -> bytes:
    """The bytes of the file, a line for each learner."""
    head = {"schema_version": VERSION, "kind": KIND, "course": COURSE, "keys": dict(sorted(marks.keys.items()))}
    found = {
        one: None if its is None else {"passed": marks.passed[one], "answers": its}
        for one, its in marks.learners.items()
    }
    lines = (f" {json.dumps(one)}: {json.dumps(found[one], sort_keys=True)}" for one in sorted(found))
    learners = ",\n".join(lines)
    return f'{json.dumps(head)[:-1]}, "learners": {{\n{learners}\n}}}}\n'.encode("ascii")


def read(path: Path) -> MarksFile:
    """The file of an earlier grading. Raises ClassroomError."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            raise ClassroomError(f"{path} is no marks.json of an earlier grading; name the one in its folder.")
        content = json.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise ClassroomError(f"{path} cannot be read ({error.strerror}); allow reading it.") from None
    except (ValueError, RecursionError):
        content = None
    if not _sound(content):
        raise ClassroomError(
            f"{path} is no marks.json of this course, or was changed; take it from an earlier grading."
        )
    found = content["learners"]
    answers, passed = ({one: its and its[part] for one, its in found.items()} for part in ("answers", "passed"))
    return MarksFile(content["keys"], answers, passed)


def _sound(content: Any) -> bool:
    if not isinstance(content, dict) or set(content) != FIELDS:
        return False
    if (content["schema_version"], content["kind"], content["course"]) != (VERSION, KIND, COURSE):
        return False
    keys, learners = content["keys"], content["learners"]
    if not _texts(keys) or not isinstance(learners, dict):
        return False
    return all(one is None or _learner(one) for one in learners.values())


def _learner(one: Any) -> bool:
    if not isinstance(one, dict) or set(one) != OF_A_LEARNER or not isinstance(one["passed"], bool | None):
        return False
    return isinstance(one["answers"], dict) and all(map(_answer, one["answers"].values()))


def _texts(table: Any) -> bool:
    return isinstance(table, dict) and all(isinstance(value, str) for value in table.values())


def _answer(one: Any) -> bool:
    return _texts(one) and set(one) == ANSWER and bool(SHARE.fullmatch(one["share"])) and Fraction(one["share"]) <= 1


def changes(before: MarksFile, after: MarksFile) -> list[Change]:
    """Every mark that differs, by learner and question. Whoever is in one of the two alone has none: see `only_in`."""
    both = sorted(set(before.learners) & set(after.learners))
    return [change for learner in both for change in _of_a_learner(learner, before, after)]


def _of_a_learner(learner: str, before: MarksFile, after: MarksFile) -> Iterator[Change]:
    old, new = before.learners[learner] or {}, after.learners[learner] or {}
    for question in sorted({*old, *new}):
        was, now = old.get(question), new.get(question)
        shares = [one and Fraction(one["share"]) for one in (was, now)]
        if shares[0] == shares[1]:
            continue
        keys = before.keys.get(question, ""), after.keys.get(question, "")
        yield Change(learner, question, *shares, _why(was, now, keys), *keys)


def _why(was: Mapping[str, str] | None, now: Mapping[str, str] | None, keys: tuple[str, str]) -> str:
    if was is None or now is None:
        if keys[0] != keys[1]:
            return WHY_KEY
        return WHY_NEW if was is None else WHY_GONE
    if any(was[part] != now[part] for part in ("answer", "variant")):
        return WHY_ANSWER
    return WHY_KEY if keys[0] != keys[1] else WHY_OTHER


def passes(before: MarksFile, after: MarksFile) -> tuple[list[str], list[str]]:
    """Learners of both who have passed the exam now and had not then, and the other way round."""
    both = sorted(set(before.passed) & set(after.passed))
    turned = [one for one in both if bool(before.passed[one]) != bool(after.passed[one])]
    return [one for one in turned if after.passed[one]], [one for one in turned if before.passed[one]]


def only_in(one: MarksFile, other: MarksFile) -> list[str]:
    """Learners of the one who are not in the other."""
    return sorted(set(one.learners) - set(other.learners))


def summary(found: Iterable[Change]) -> list[tuple[str, str, str, str, int, int]]:
    """Question, why, key before, key after, marks that went up, marks that went down; in order of the questions."""
    counted: dict[tuple[str, str, str, str], list[int]] = {}
    for one in found:
        count = counted.setdefault((one.question, one.why, one.key_before, one.key_after), [0, 0])
        count[0] += one.up
        count[1] += one.down
    return [(*asked, *count) for asked, count in sorted(counted.items())]


def table(found: Iterable[Change], names: Mapping[str, str] | None) -> Table:
    """One row for each change."""
    named = names is not None
    rows = [
        (
            one.learner,
            *([names.get(one.learner, "")] if named else []),
            one.question,
            one.before,
            one.after,
            "up" if one.up else "down" if one.down else "same",
            one.why,
            one.key_before,
            one.key_after,
        )
        for one in found
    ]
    heads = (
        "learner",
        *(["name"] if named else []),
        "question",
        "share before",
        "share now",
        "went",
        "why",
        "key before",
        "key now",
    )
    note = "Every mark that is another one than in the grading that was compared. A key is shown by its fingerprint."
    return Table("changes", "Changes of marks", heads, tuple(rows), note)
