"""The whole record as one file, to keep or to take along, and back from it: added to what is there, never over it.

An export holds the content of each file of the record, with a checksum over all of it, and is checked as they are. It
is read only from the record's own folder, by its name. Before anything is added, what is there is written into such a
file too, as a safety copy.
"""

from __future__ import annotations

import heapq
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from lessons.grading import record
from lessons.grading.record import PATIENT, DamagedError, RecordError

COURSE, KIND = "retain-or-release", "export"
EXPORT, SAFETY_COPY = "export", "safety-copy"  # how the names of these files begin
FIELDS = {"schema_version", "kind", "course", "files"}
LESSON = rf"{record.LESSON}|{PATIENT}"
OF_THE_RECORD = re.compile(rf"(lesson_{record.LESSON}|{PATIENT})\.json")
Event = Mapping[str, Any]


def export(day: date) -> Path:
    """Write everything into a new file of the folder, named by the day; gives its path. Raises RecordError."""
    files = _everything()
    if not files:
        raise RecordError("Your record is empty, so there is nothing to write into a file yet.")
    return _written(f"{EXPORT}-{day.isoformat()}", files)


def _everything() -> dict[str, Mapping[str, Any]]:
    """File of the record -> its content, for those that hold anything. Raises RecordError."""
    every = {name: record.content(name) for name in (*record.lessons(), PATIENT)}
    return {name: content for name, content in every.items() if content["events"] or content["visited"]}


def _written(name: str, files: Mapping[str, Mapping[str, Any]]) -> Path:
    raw = record.packed({"schema_version": record.SCHEMA_VERSION, "kind": KIND, "course": COURSE, "files": files})
    if len(raw) > record.LARGEST_FILE:
        raise RecordError("Your record is too large for one file; copy the whole folder instead.")
    return record.write_new(name, raw)


def candidates() -> list[str]:
    """Names of the files of the folder that may be exports, the newest day first, and then the safety copies."""
    try:
        names = [one.name for one in record.folder().iterdir() if one.suffix == ".json" and one.is_file()]
    except OSError:
        return []
    found = sorted((name for name in names if not OF_THE_RECORD.fullmatch(name) and name[0] != "."), reverse=True)
    return sorted(found, key=lambda name: name.startswith(SAFETY_COPY))


def bring_in(name: Any, day: date) -> str:
    """Add what an export of the folder holds to the record; what was new, in words. Raises RecordError.

    All of it is checked, and a safety copy named by the day is written, before anything is added. Bringing in the same
    file again adds nothing.
    """
    files = {lesson: content for lesson, content in _checked(name).items() if _is_new(lesson, content)}
    already = f"Everything in {name} was in your record already."
    if not files:
        return already
    kept = _safety_copy(day)
    try:
        new = sum(_add(lesson, content) for lesson, content in files.items())
    except RecordError as error:
        raise RecordError(f"{error} Then add {name} again.{kept}") from None
    added = f"{new} {'entry' if new == 1 else 'entries'} added from {name}; what was there is still there."
    return f"{added if new else already}{kept}"


def _safety_copy(day: date) -> str:
    """Export what is there before it is changed; a sentence on where, "" if there is nothing. Raises RecordError."""
    files = _everything()
    if not files:
        return ""
    try:
        path = _written(f"{SAFETY_COPY}-{day.isoformat()}", files)
    except RecordError as error:
        raise RecordError(f"Nothing was added, since a safety copy has to be written first. {error}") from None
    return f" What you had before is also in {path.name}."


def _checked(name: Any) -> Mapping[str, Any]:
    """File of the record -> its content. Raises RecordError."""
    if not isinstance(name, str) or not name.strip(".") or set(name) & set("/\\\0:"):
        raise RecordError(f"Name a file that lies in {record.folder()}, without a folder before it.")
    try:
        content = record.unpacked(record.folder() / name, "The export")
    except (DamagedError, ValueError):  # the latter for a name that no file can have
        raise RecordError(f"{name} was damaged, or is no file of this course; choose another.") from None
    if content is None:
        raise RecordError(f"There is no {name} in {record.folder()}; put it there first.")
    if not is_export(content):
        raise RecordError(f"{name} is no export of this course; choose another file.")
    if is_newer(content):
        raise RecordError(f"{name} was made by a newer version of this course; update the course to bring it in.")
    try:
        return files_of(content)
    except DamagedError:
        raise RecordError(f"{name} was damaged, or is no file of this course; choose another.") from None


def is_export(content: Mapping[str, Any]) -> bool:
    """Whether the content of a file says that it is an export of this course."""
    ours = (content.get("kind"), content.get("course")) == (KIND, COURSE)
    return ours and isinstance(content.get("files"), dict)


def is_newer(content: Mapping[str, Any]) -> bool:
    """Whether a newer version of the course made an export, or anything in it."""
    return any(record.is_newer(one) for one in (content, *content["files"].values()) if isinstance(one, dict))


def files_of(content: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """File of the record -> its content, as this version of the course writes it. Raises DamagedError."""
    files = {
        lesson: record.up_to_date(one) if isinstance(one, dict) else one for lesson, one in content["files"].items()
    }
    if not _is_ours({**record.up_to_date(content), "files": files}):
        raise DamagedError
    return files


def _is_ours(content: Mapping[str, Any]) -> bool:
    version = content["schema_version"] if set(content) == FIELDS else None
    return (type(version), version) == (int, record.SCHEMA_VERSION) and all(
        re.fullmatch(LESSON, lesson) and isinstance(one, dict) and record.sound(one, lesson)
        for lesson, one in content["files"].items()
    )


def _is_new(lesson: str, other: Mapping[str, Any]) -> bool:
    """Whether another copy of a file holds more than the record does. Raises RecordError."""
    mine = record.content(lesson)
    more = len(merged(mine["events"], other["events"])) > len(mine["events"])
    return more or _last_visit(mine, other) != (mine["visited"] or None)


def _last_visit(mine: Mapping[str, Any], other: Mapping[str, Any]) -> str | None:
    return max((visit for visit in (mine["visited"], other["visited"]) if visit), default=None)


def _add(lesson: str, other: Mapping[str, Any]) -> int:
    """Add the events of another copy of a file to it; gives how many there were. Raises RecordError."""
    before = []

    def change(content: dict[str, Any]) -> None:
        before.append(len(content["events"]))
        content["events"] = merged(content["events"], other["events"])
        content["visited"] = _last_visit(content, other)
        before.append(len(content["events"]))

    record.change(lesson, change)
    return before[1] - before[0]


def merged(mine: Sequence[Event], other: Sequence[Event]) -> list[Event]:
    """The events of both, each once, by time; those of each copy stay in their order, whatever their clocks said.

    Somebody who did the very same twice within a millisecond did it once.
    """
    known = {_same(event) for event in mine}
    new = [event for event in other if _same(event) not in known]
    return [event for _, event in heapq.merge(_timed(mine), _timed(new), key=lambda pair: pair[0])]


def _same(event: Event) -> str:
    return json.dumps(event, sort_keys=True)


def _timed(events: Iterable[Event]) -> Iterator[tuple[str, Event]]:
    """Each event with its time, or that of the one before it if its clock was set back."""
    latest = ""
    for event in events:
        latest = max(latest, event["time"])
        yield latest, event
