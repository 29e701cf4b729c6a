"""What a learner predicted and answered, and how the patient is: small JSON files in a visible folder of the home.

There is one file for each lesson, one for each set of questions that stands on a page with others, so that each can be
begun anew by itself, and one for the patient whom all lessons share. The patient has a file of its own because an older
course takes a lesson's file with events that it does not know for damaged; this one it never opens.

Nothing is ever overwritten in place or lost in silence: each change reads the file under a lock, adds to it, writes a
new file beside it and swaps the two; the file before is kept as `.bak`. A damaged file is moved aside, never erased.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import re
import stat
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from filelock import FileLock, Timeout

# Raise it whenever a file may hold what it could not hold before: an older course then says that it is older, where it
# would otherwise call the file damaged.
SCHEMA_VERSION = 2
OLDER_VERSIONS = (1,)
PATIENT = "patient"  # stands for a lesson in `start_over`, `history` and `notice`
LESSON = r"[0-9]{2}(?:_[a-z]+)?"  # "02", or "10_exam" for a set on page 10
PATIENCE = 10.0  # seconds to wait for another notebook that is saving
LONGEST_ANSWER = 20_000  # characters of one answer as JSON
LARGEST_FILE = 16 * 1024 * 1024  # bytes; more is no file of ours
PRIVATE = 0o700  # of the folder; files are made by mkstemp, which gives them 0o600
SURE = (1, 2, 3)  # guessed, fairly sure, sure
NOT_ANSWERED = ("invalid", "unanswered")  # an attempt with such a status does not count as an answer
Change = Callable[[dict[str, Any]], None]
Result = TypeVar("Result")


class RecordError(Exception):
    """The record could not be read or written. One sentence for the learner; nothing that was kept is lost."""


class AnswerError(RecordError):
    """The answer is not what can be kept, whatever the disk does."""


class DamagedError(Exception):
    """The file is there and is not what was written."""


def folder() -> Path:
    """Where the files lie: RETAIN_OR_RELEASE_HOME, or "Retain or Release" in the learner's home."""
    return Path(os.environ.get("RETAIN_OR_RELEASE_HOME") or Path.home() / "Retain or Release")


def own_folder() -> Path:
    """The folder, made if need be, so that nobody but its owner can look into it. Raises OSError.

    A folder that was chosen by RETAIN_OR_RELEASE_HOME and was there before keeps its permissions, for it may be shared
    on purpose; the files in it are their owner's alone all the same.
    """
    own = folder()
    chosen = bool(os.environ.get("RETAIN_OR_RELEASE_HOME"))
    if chosen and own.is_dir():
        return own
    own.mkdir(parents=True, exist_ok=True)
    if os.name == "posix" and stat.S_IMODE(own.stat().st_mode) != PRIVATE:
        with contextlib.suppress(PermissionError):  # it is somebody else's who lets us write there
            own.chmod(PRIVATE)  # whatever the umask said, and whoever made it earlier
    return own


def path(lesson: str) -> Path:
    """The file of a lesson ("02"), of a set ("10_exam") or of the patient, whether or not it exists."""
    if lesson == PATIENT:
        return folder() / "patient.json"
    if not isinstance(lesson, str) or not re.fullmatch(LESSON, lesson):
        raise ValueError(f"A lesson is named by two digits, such as '02', and a set as '10_exam', not {lesson!r}.")
    return folder() / f"lesson_{lesson}.json"


def page_of(lesson: str) -> str:
    """The page on which the questions of a lesson, or of a set, stand."""
    return lesson[:2]


def save_prediction(lesson: str, id: str, answer: Any) -> None:
    """Keep a committed prediction (any JSON value). Raises RecordError."""
    _add(lesson, {"kind": "prediction", "id": id, "answer": answer})


def prediction(lesson: str, id: str) -> Any | None:
    """The last prediction since the lesson was begun anew, or None. Raises RecordError."""
    return next((e["answer"] for e in reversed(_since_start(lesson, "prediction")) if e["id"] == id), None)


def save_answer(
    lesson: str,
    item_id: str,
    raw: Any,
    verdict_status: str,
    sure: int | None = None,
    variant: str = "",
    hints: int = 0,
) -> None:
    """Add an attempt: the answer exactly as given (any JSON value) and what grading said of it. Raises RecordError.

    `sure`: one of SURE, if the learner said how sure the answer is. `variant`: the form of the question that was asked,
    `hints`: how many were read before.
    """
    if not _is_sure(sure) and sure is not None:
        raise ValueError(f"How sure an answer is can be 1, 2, 3 or left out, not {sure!r:.60}.")
    said = {"sure": sure, "variant": variant or None, "hints": hints or None}
    said = {name: value for name, value in said.items() if value is not None}
    _add(lesson, {"kind": "answer", "id": item_id, "raw": raw, "status": verdict_status, **said})


def answers(lesson: str) -> dict[str, Any]:
    """Item id -> the last answer as given, since the lesson was begun anew. Raises RecordError."""
    return {event["id"]: event["raw"] for event in _since_start(lesson, "answer")}


def keep_patient(
    page: str, values: Mapping[str, float], done: Mapping[str, int], settings: Mapping[str, float]
) -> None:
    """Keep what a page made of the patient. Raises RecordError.

    `values`: those of the patient's numbers that changed. `done`: kind of treatment -> how often, empty for none.
    `settings`: what it was done with.
    """
    event = {"kind": "patient", "page": page, "values": dict(values), "done": dict(done), "settings": dict(settings)}
    if not _sound_event({**event, "time": ""}, PATIENT):
        raise ValueError(f"The patient is kept as a page and finite numbers by name, not {event!r:.200}.")
    _add(PATIENT, event)


def patient() -> tuple[Mapping[str, Any], ...]:
    """What `keep_patient` kept since the patient was begun anew, oldest first. Raises RecordError."""
    return tuple(_since_start(PATIENT, "patient"))


def sureness(lesson: str) -> dict[str, int]:
    """Item id -> how sure its last answer was, for the items where that was said. Raises RecordError."""
    last = {event["id"]: event.get("sure") for event in _since_start(lesson, "answer")}
    return {item: sure for item, sure in last.items() if sure is not None}


def history(lesson: str) -> tuple[Mapping[str, Any], ...]:
    """Everything that was kept, oldest first, also from before the lesson was begun anew. Raises RecordError.

    Each event has `kind` (prediction, answer, patient, start over) and `time` (UTC, ISO 8601); predictions have `id`
    and `answer` (see also `own_words`), answers `id`, `raw`, `status` and, where there was any, `sure`, `variant` and
    `hints`, the patient's what `keep_patient` is given.
    """
    return tuple(_read(lesson)["events"])


def lessons() -> list[str]:
    """Lessons and sets that have a file."""
    try:
        names = [one.name for one in folder().iterdir()]
    except OSError:
        return []
    return sorted({found[1] for name in names if (found := re.fullmatch(rf"lesson_({LESSON})\.json(\.bak)?", name))})


def histories() -> tuple[dict[str, tuple[Mapping[str, Any], ...]], tuple[str, ...]]:
    """Lesson or set -> its history, for those that can be read; and what the learner has to know of the files."""
    found, said = {}, []
    for lesson in lessons():
        said.append(notice(lesson))
        with contextlib.suppress(RecordError):
            found[lesson] = history(lesson)
    return found, tuple(sentence for sentence in said if sentence)


def progress() -> dict[str, tuple[str, ...]]:
    """Page -> ids of the answered items of its lesson and sets, for each readable file. Never raises RecordError."""
    found: dict[str, tuple[str, ...]] = {}
    for lesson in lessons():
        with contextlib.suppress(RecordError):
            kept = [e["id"] for e in _since_start(lesson, "answer") if e["status"] not in NOT_ANSWERED]
            found[page_of(lesson)] = tuple(dict.fromkeys([*found.get(page_of(lesson), ()), *kept]))
    return found


def visit(lesson: str) -> None:
    """Remember that a lesson was opened now. Raises RecordError."""
    change(lesson, lambda content: content.update(visited=_now()))


def last_visited() -> str | None:
    """The lesson that was opened last, or None. Never raises RecordError."""
    visits = {}
    for lesson in lessons():
        with contextlib.suppress(RecordError):
            visits[lesson] = _read(lesson)["visited"]
    seen = [lesson for lesson, when in visits.items() if when]
    return max(seen, key=visits.__getitem__, default=None)


def start_over(lesson: str) -> None:
    """Begin a lesson or the patient anew: what was kept stays in the history and counts no more. Raises RecordError."""
    _add(lesson, {"kind": "start over"})


def content(lesson: str) -> dict[str, Any]:
    """All that the file of a lesson or of the patient holds. Raises RecordError."""
    return _read(lesson)


def begun_anew(lesson: str) -> int:
    """How often a lesson was begun anew. Raises RecordError."""
    return sum(event["kind"] == "start over" for event in _read(lesson)["events"])


def notice(lesson: str) -> str:
    """A sentence for the learner if the file of a lesson is damaged, was damaged, or cannot be read; else ""."""
    try:
        _, damaged = _load(lesson)
    except RecordError as error:
        return str(error)
    aside = sorted(folder().glob(f"{path(lesson).name}.damaged-*"))
    if damaged:
        whose = "The patient's notes" if lesson == PATIENT else f"The answers of {_named(lesson)}"
        return f"{whose} were damaged on the disk, so the copy before the last change is used."
    if aside:
        whose = "the patient" if lesson == PATIENT else _named(lesson)
        return f"An earlier file of {whose} was damaged; it is kept as {aside[-1]} and may be deleted."
    return ""


def _named(lesson: str) -> str:
    page, _, name = lesson.partition("_")
    return f"lesson {page} ({name} questions)" if name else f"lesson {page}"


# ---- reading ----


def _since_start(lesson: str, kind: str) -> list[dict[str, Any]]:
    events = _read(lesson)["events"]
    begun = max((i for i, event in enumerate(events) if event["kind"] == "start over"), default=-1)
    return [event for event in events[begun + 1 :] if event["kind"] == kind]


def _read(lesson: str) -> dict[str, Any]:
    return _load(lesson)[0]


def _load(lesson: str) -> tuple[dict[str, Any], list[Path]]:
    """The content of a lesson's file, else of its `.bak`, else an empty one; and those of the two that are damaged."""
    damaged = []
    for one in (path(lesson), _backup(lesson)):
        try:
            content = _parsed(one, lesson)
        except DamagedError:
            damaged.append(one)
        else:
            if content is not None:
                return content, damaged
    return {"schema_version": SCHEMA_VERSION, "lesson": lesson, "visited": None, "events": []}, damaged


def _backup(lesson: str) -> Path:
    return path(lesson).with_suffix(".json.bak")


def _parsed(one: Path, lesson: str) -> dict[str, Any] | None:
    """What a file of the record holds; None if there is none. Raises DamagedError; RecordError if it is newer."""
    content = unpacked(one, _called(lesson))
    if content is None:
        return None
    if is_newer(content):
        raise RecordError(
            f"{_called(lesson)} in {one} were kept by a newer version of this course; "
            "update the course to go on with them."
        )
    content = up_to_date(content)
    if not sound(content, lesson):
        raise DamagedError
    return content


def unpacked(one: Path, called: str) -> dict[str, Any] | None:
    """What `packed` made; None if there is no such file. Raises DamagedError; RecordError if it is out of reach."""
    try:
        about = one.stat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > LARGEST_FILE:
            raise DamagedError
        raw = _patiently(one.read_bytes)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RecordError(f"{called} in {one} cannot be read ({error.strerror}); allow reading it.") from None
    return unwrapped(raw)


def unwrapped(raw: bytes) -> dict[str, Any]:
    """The content of a file whose bytes `packed` made. Raises DamagedError for all other bytes."""
    try:
        content = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_no_key_twice, parse_constant=_no_number)
        if not isinstance(content, dict) or content.pop("checksum", None) != _checksum(content):
            raise DamagedError
    except (ValueError, RecursionError):
        raise DamagedError from None
    return content


def packed(content: Mapping[str, Any]) -> bytes:
    """The bytes of a file with this content, which say whether they were damaged since."""
    return (json.dumps({**content, "checksum": _checksum(content)}, indent=1) + "\n").encode("ascii")


def is_newer(content: Mapping[str, Any]) -> bool:
    """Whether a newer version of the course made it."""
    version = content.get("schema_version")
    return type(version) is int and version > SCHEMA_VERSION


def up_to_date(content: Mapping[str, Any]) -> dict[str, Any]:
    """What an older version of the course wrote as this one would; anything else as it is.

    Version 1 counted no version when answers came to hold `sure`, `variant` and `hints`; nothing else has changed.
    """
    version = content.get("schema_version")
    older = type(version) is int and version in OLDER_VERSIONS
    return {**content, "schema_version": SCHEMA_VERSION} if older else dict(content)


def _called(lesson: str) -> str:
    return "The patient's notes" if lesson == PATIENT else "Your answers"


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        raise ValueError("a key stands here twice")
    return content


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _checksum(content: Mapping[str, Any]) -> str:
    whole = json.dumps(content, sort_keys=True, check_circular=False)  # what came from a file cannot hold itself
    return hashlib.sha256(whole.encode()).hexdigest()


_FIELDS = {
    "prediction": {"kind", "time", "id", "answer"},
    "answer": {"kind", "time", "id", "raw", "status"},
    "start over": {"kind", "time"},
    "patient": {"kind", "time", "page", "values", "done", "settings"},
}
_MAY_HAVE = {"answer": {"sure", "variant", "hints"}}
_TEXTS, _TABLES = {"time", "id", "status", "page", "variant"}, {"values", "settings", "done"}


def _is_sure(value: Any) -> bool:
    return type(value) is int and value in SURE


def sound(content: dict[str, Any], lesson: str) -> bool:
    """Whether a file is built as we build it, so that reading it cannot fail later."""
    if set(content) != {"schema_version", "lesson", "visited", "events"} or not isinstance(content["events"], list):
        return False
    if (type(content["schema_version"]), content["schema_version"]) != (int, SCHEMA_VERSION):
        return False
    return (
        content["lesson"] == lesson
        and (content["visited"] is None or isinstance(content["visited"], str))
        and all(_sound_event(event, lesson) for event in content["events"])
    )


def _sound_event(event: Any, lesson: str) -> bool:
    if not isinstance(event, dict) or not isinstance(kind := event.get("kind"), str) or not _belongs(kind, lesson):
        return False
    must, names = _FIELDS.get(kind), event.keys()
    if must is None or not must <= names or (len(names) > len(must) and names - must - _MAY_HAVE.get(kind, set())):
        return False
    return (
        ("sure" not in event or _is_sure(event["sure"]))
        and type(event.get("hints", 0)) is int
        and all([isinstance(event[name], str) for name in _TEXTS if name in event])
        and (kind != "patient" or _sound_work(event))
    )


def _sound_work(event: Mapping[str, Any]) -> bool:
    """Whether what was done to the patient is told in numbers."""
    return all(_numbers(event[name]) for name in _TABLES) and all(
        isinstance(times, int) and times > 0 for times in event["done"].values()
    )


def _belongs(kind: str, lesson: str) -> bool:
    """The patient's events stand in the patient's file, all others in those of lessons; both can be begun anew."""
    return kind == "start over" or (kind == "patient") == (lesson == PATIENT)


def _numbers(table: Any) -> bool:
    """Whether these are numbers by name. No parameter is as large as the limit, which infinity and nan fail, too."""
    return isinstance(table, dict) and all(
        isinstance(name, str) and type(value) in (int, float) and abs(value) < 1e9 for name, value in table.items()
    )


# ---- writing ----


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _add(lesson: str, event: dict[str, Any]) -> None:
    if not _belongs(event["kind"], lesson):
        raise ValueError(f"The file of {lesson!r} holds no event of the kind {event['kind']!r}.")
    for name in ("id", "status"):
        if name in event and (not isinstance(event[name], str) or not event[name] or len(event[name]) > 200):
            raise ValueError(f"The {name} of an answer is a short text, not {event[name]!r:.60}.")
    try:
        size = len(json.dumps(event, allow_nan=False))
        known = json.loads(json.dumps(event)) if size <= LONGEST_ANSWER else None
    except (TypeError, ValueError, RecursionError):
        raise AnswerError("This answer is not plain text, numbers or lists of them, so it was not kept.") from None
    if known is None:
        raise AnswerError("This answer is too long to be kept; shorten it.")
    change(lesson, lambda content: content["events"].append({**known, "time": _now()}))


def change(lesson: str, how: Change) -> None:
    """Read a file, change its content and write it back, alone. Raises RecordError.

    Whoever saved in between is read first, so nothing is lost.
    """
    target = path(lesson)
    with _saving(target, _called(lesson)):
        own_folder()
        with FileLock(target.parent / f".{target.stem}.lock", timeout=PATIENCE, mode=0o600):
            _sweep(target.parent, target.stem)
            content, damaged = _load(lesson)
            how(content)
            raw = packed(content)
            if len(raw) > LARGEST_FILE:
                raise RecordError(
                    f"{_called(lesson)} have filled {target}, so this is not on the disk; "
                    f"move that file and {_backup(lesson).name} to another folder to go on in a new one."
                )
            for one in damaged:
                _move_aside(one)
            if target.exists():
                _write(_backup(lesson), target.read_bytes(), target.stem)
            _write(target, raw, target.stem)


def write_new(name: str, raw: bytes, ending: str = "json") -> Path:
    """Write bytes into a new file of the folder, `<name>.json`, or `<name>-2.json` and so on. Raises RecordError."""
    target = folder() / f"{name}.{ending}"
    with _saving(target, "An export" if ending == "json" else "A page to print"):
        own_folder()
        with FileLock(target.parent / ".export.lock", timeout=PATIENCE, mode=0o600):
            _sweep(target.parent, "export")
            count = 1
            while os.path.lexists(target):
                count += 1
                target = folder() / f"{name}-{count}.{ending}"
            _write(target, raw, "export")
    return target


@contextlib.contextmanager
def _saving(target: Path, called: str) -> Iterator[None]:
    try:
        yield
    except Timeout:
        raise RecordError(
            "Another notebook has been saving for a while, so this is not on the disk yet; try again."
        ) from None
    except (OSError, NotImplementedError, RuntimeError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or error
        raise RecordError(
            f"{called} cannot be kept in {target.parent} ({reason}); make room or allow writing there."
        ) from None


def _sweep(parent: Path, stem: str) -> None:
    """Remove what a process that died was writing; whoever calls this holds the lock."""
    for leftover in parent.glob(f".{stem}.*.tmp"):
        leftover.unlink(missing_ok=True)


def _move_aside(one: Path) -> None:
    """Rename a damaged file to `.damaged-<time>`, beside others of the same second if need be."""
    name = f"{one.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S}"
    aside, count = one.with_name(name), 1
    while os.path.lexists(aside):
        count += 1
        aside = one.with_name(f"{name}-{count}")
    os.rename(one, aside)


def _write(target: Path, raw: bytes, stem: str) -> None:
    """Put bytes under a name so that at any instant either the old or the new file is there, whole."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{stem}.", suffix=".tmp")
    try:
        with open(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        _patiently(functools.partial(os.replace, name, target))
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    _settle(target.parent)


def _settle(parent: Path) -> None:
    """Have the disk keep the new name too. Systems that cannot open a folder do this by themselves."""
    with contextlib.suppress(OSError):
        handle = os.open(parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _patiently(act: Callable[[], Result], waits: Sequence[float] = (0.01, 0.03, 0.1, 0.3)) -> Result:
    """Try again for a moment: on Windows a file that someone else has open can be out of reach."""
    for wait in waits:
        try:
            return act()
        except PermissionError:
            time.sleep(wait)
    return act()
