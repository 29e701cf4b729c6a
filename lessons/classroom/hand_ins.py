"""Whose each file is, and what it holds: the bytes of a file to the events of a record, or the reason why not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lessons.classroom.collected import Piece
from lessons.classroom.kinds import refusal
from lessons.classroom.results import (
    DAMAGED,
    NEWER,
    NOT_A_RECORD,
    OTHER_COURSE,
    READ,
    UNREADABLE,
    Refused,
    Result,
    known_as,
    plain,
)
from lessons.grading import record, transfer
from lessons.grading.record import PATIENT, DamagedError

# The names that the course gives: they say nothing of the learner, so the folder or zip around them does.
PART = re.compile(rf"(lesson_({record.LESSON})|({PATIENT}))\.json(\.bak|\.damaged-.*)?", re.IGNORECASE)
WHOLE = re.compile(rf"({transfer.EXPORT}|{transfer.SAFETY_COPY})-\d{{4}}-\d\d-\d\d.*\.json", re.IGNORECASE)
PRINTED = re.compile(r"record-\d{4}-\d\d-\d\d.*\.html", re.IGNORECASE)
OWN_FOLDER = re.compile(r"retain or release( ?\(?\d+\)?)?", re.IGNORECASE)
Event = Mapping[str, Any]
SMALL, DENSE = 1024**2, 16  # bytes; a larger file with a bracket for fewer bytes than that is none of ours
TELLING = (NEWER, DAMAGED, OTHER_COURSE, UNREADABLE, NOT_A_RECORD)  # what to say of a learner of whom nothing was read
IN_PART = "read in part"


@dataclass(frozen=True)
class HandIn:
    """What one learner handed in, however many files it was. `histories`: lesson or set -> its events.
    `twice`: paths of files that hold the same lesson, and were brought together. `size`: bytes of all that was read."""

    learner: str
    results: tuple[Result, ...]
    histories: Mapping[str, Sequence[Event]]
    twice: tuple[str, ...] = ()
    size: int = 0

    @property
    def status(self) -> str:
        """One of the statuses, or IN_PART; "" if nothing here was handed in on purpose."""
        found = {one.status for one in self.results if not one.aside}
        if any(one.status == READ for one in self.results):
            return IN_PART if found - {READ, NOT_A_RECORD} else READ
        return next((status for status in TELLING if status in found), "")


def learner_of(piece: Piece, top: str = "") -> str:
    """The name of the file's learner: that of the file, or of what it lies in if the course gave the file its name.

    `top`: what everything was collected from, if parts of a record lie in it and so belong to one learner. Exports
    that lie there are told apart all the same, since those of a class may have been put there as they were called.
    """
    around, stem = _around(piece), piece.name.rsplit(".", 1)[0] or piece.name
    part = PART.fullmatch(piece.name) or PRINTED.fullmatch(piece.name)
    if piece.hidden or not piece.name or (part and (around or top)) or (WHOLE.fullmatch(piece.name) and around):
        return known_as("/".join(around) or top)
    return known_as("/".join(around if around[-1:] == [stem] else [*around, stem]))


def by_learner(pieces: Sequence[Piece], top: str) -> dict[str, list[Piece]]:
    """Learner -> files, both in order. `top`: the name of what they were collected from."""
    found: dict[str, list[Piece]] = defaultdict(list)
    of_one = any(PART.fullmatch(piece.name) and not _around(piece) for piece in pieces)
    for piece in pieces:
        found[learner_of(piece, top if of_one else "")].append(piece)
    return dict(sorted(found.items()))


def _around(piece: Piece) -> list[str]:
    return [name for name in piece.containers if not OWN_FOLDER.fullmatch(name)]


def hand_in(learner: str, pieces: Sequence[Piece]) -> HandIn:
    """Read the files of one learner. What several of them hold is brought together as an import brings it in."""
    results, histories, size = [], {}, 0
    sources: dict[str, list[str]] = defaultdict(list)
    for piece in pieces:
        try:
            raw = piece.read()
            size += len(raw)
            found = histories_of(raw, piece.name)
        except Refused as refused:
            results.append(_refused(piece, learner, refused))
            continue
        except Exception as error:  # one file must not stop the others, whatever it does to us
            why = f"could not be read ({type(error).__name__}); please report this file"
            results.append(Result(piece.path, learner, UNREADABLE, why))
            continue
        results.append(Result(piece.path, learner, READ, _named_otherwise(piece.name, found)))
        for lesson, events in found.items():
            histories[lesson] = transfer.merged(histories[lesson], events) if lesson in histories else events
            if events and not piece.name.lower().endswith(".bak"):
                sources[lesson].append(piece.path)
    if not any(one.status == READ for one in results):  # then a page to print is what was handed in
        results = [replace(one, aside=False) if PRINTED.fullmatch(one.path.split("/")[-1]) else one for one in results]
    twice = dict.fromkeys(path for paths in sources.values() if len(paths) > 1 for path in paths)
    return HandIn(learner, tuple(_explained(results)), histories, tuple(twice), size)


def _refused(piece: Piece, learner: str, refused: Refused) -> Result:
    aside = piece.hidden or bool(PRINTED.fullmatch(piece.name))
    return Result(piece.path, learner, refused.status, refused.why, aside)


def _explained(results: Sequence[Result]) -> Iterator[Result]:
    """With a word on damaged files of the course that have a sound copy beside them."""
    sound = {one.path for one in results if one.status == READ}
    for one in results:
        if one.status == DAMAGED and f"{one.path}.bak" in sound:
            yield Result(one.path, one.learner, DAMAGED, f"{one.why}; the copy before the last change was read instead")
        elif one.status == DAMAGED and ".json.damaged-" in one.path:
            yield Result(one.path, one.learner, DAMAGED, f"{one.why}; the course had moved it aside", one.aside)
        else:
            yield one


def histories_of(raw: bytes, name: str = "") -> dict[str, Sequence[Event]]:
    """Lesson or set -> its events, of an export or of one file of a record. Raises Refused.

    The patient's notes are checked like all else, and no question is answered in them.
    """
    if len(raw) > SMALL and DENSE * (raw.count(b"{") + raw.count(b"[")) > len(raw):
        raise Refused(DAMAGED, "holds little but brackets, which would take all memory")
    try:
        content = record.unwrapped(raw)
    except DamagedError:
        raise refusal(raw, name) from None
    course = content.get("course", transfer.COURSE)
    if course != transfer.COURSE:
        said = plain(course, 60) if isinstance(course, str) else "another name"
        raise Refused(OTHER_COURSE, f"says that it is of the course {said}")
    try:
        files = _files(content)
    except DamagedError:
        raise Refused(DAMAGED, "is whole and yet not built as the course builds its files") from None
    return {lesson: one["events"] for lesson, one in files.items() if lesson != PATIENT}


def _files(content: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    if transfer.is_export(content):
        if transfer.is_newer(content):
            raise Refused(NEWER, "was made by a newer version of the course; update this copy to read it")
        return transfer.files_of(content)
    if record.is_newer(content):
        raise Refused(NEWER, "was made by a newer version of the course; update this copy to read it")
    lesson, present = content.get("lesson"), record.up_to_date(content)
    if not isinstance(lesson, str) or not re.fullmatch(transfer.LESSON, lesson) or not record.sound(present, lesson):
        raise DamagedError
    return {lesson: present}


def _named_otherwise(name: str, found: Mapping[str, Sequence[Event]]) -> str:
    """A word on a file of a record that holds another lesson than its name says."""
    part = PART.fullmatch(name)
    said = part and (part[2] or part[3])
    if not said or said == PATIENT or said in found:
        return ""
    return f"holds lesson {', '.join(sorted(found)) or 'of the patient'} in spite of its name"
