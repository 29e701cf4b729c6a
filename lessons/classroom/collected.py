"""Every file of a folder or zip, without following a link or reading more than a record can have."""

from __future__ import annotations

import functools
import io
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipInfo

from lessons.classroom import archives
from lessons.classroom.archives import LARGEST_INNER, Archives, Opener
from lessons.classroom.kinds import ZIP
from lessons.classroom.results import NOT_A_RECORD, UNREADABLE, ClassroomError, Refused
from lessons.grading.record import LARGEST_FILE

MOST_FILES = 50_000
LARGEST_ZIP = 1024**3
DEEPEST, MOST_ZIPS = 12, 2  # folders within folders; zips within zips
OF_THE_COMPUTER = {"thumbs.db", "desktop.ini", "__macosx"}
HIDDEN_FOLDER, HIDDEN_FILE = "a hidden folder, not looked into", "a hidden file"
SPECIAL = {stat.S_IFLNK: "a link; the file itself is needed", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}


@dataclass(frozen=True)
class Piece:
    """One file. `containers`: the folders and zips that it lies in, outermost first. `read`: its bytes; raises Refused.
    `hidden`: of the computer and not of a learner."""

    path: str
    containers: tuple[str, ...]
    name: str
    read: Callable[[], bytes]
    hidden: bool = False


def collect(top: Path, opened: Archives) -> list[Piece]:
    """All files of a folder or zip, in order of their names. Raises ClassroomError."""
    try:
        about = top.stat()
    except OSError as error:
        raise ClassroomError(f"{top} cannot be opened ({error.strerror}); name a folder or a zip.") from None
    if stat.S_ISDIR(about.st_mode):
        found = _of_a_folder(top, (), opened)
    elif stat.S_ISREG(about.st_mode) and _begins_as_a_zip(top):
        try:
            found = _within(top.stem, list(_of_a_zip(top.name, functools.partial(_zip, top), (), opened)))
        except Refused as error:
            raise ClassroomError(f"{top}: {error.why}.") from None
    else:
        raise ClassroomError(f"{top} is neither a folder nor a zip; name what holds the records of a class.")
    pieces: list[Piece] = []
    for piece in found:
        pieces.append(piece)
        if len(pieces) > MOST_FILES:
            raise ClassroomError(f"{top} holds more than {MOST_FILES:,} files; name the folder of one class.")
    return pieces


def _within(name: str, pieces: list[Piece]) -> list[Piece]:
    """Without the folder that a zip of a folder has around everything, so that both give the same learners."""
    if all(piece.containers[:1] == (name,) or piece.hidden for piece in pieces):
        return [Piece(p.path, p.containers[1:], p.name, p.read, p.hidden) for p in pieces]
    return pieces


def _of_a_folder(folder: Path, containers: tuple[str, ...], opened: Archives) -> Iterator[Piece]:
    def refused(status: str, why: str) -> Piece:
        return _refused("/".join(containers) or folder.name, containers, "", Refused(status, why))

    if len(containers) > DEEPEST:
        yield refused(UNREADABLE, "is a folder deeper than any class needs")
        return
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield refused(UNREADABLE, f"is a folder that cannot be opened ({error.strerror})")
        return
    if not found and containers:
        yield refused(NOT_A_RECORD, "an empty folder")
    for entry in found:
        yield from _of_an_entry(entry, containers, opened)


def _of_an_entry(entry: os.DirEntry, containers: tuple[str, ...], opened: Archives) -> Iterator[Piece]:
    path, place = Path(entry.path), "/".join((*containers, entry.name))
    try:
        kind = stat.S_IFMT(entry.stat(follow_symlinks=False).st_mode)
        linked = kind == stat.S_IFLNK or getattr(entry, "is_junction", lambda: False)()
    except OSError as error:
        yield _refused(place, containers, entry.name, Refused(UNREADABLE, f"cannot be read ({error.strerror})"))
        return
    if _is_hidden(entry.name):
        what = HIDDEN_FOLDER if kind == stat.S_IFDIR else HIDDEN_FILE
        yield _refused(place, containers, entry.name, Refused(NOT_A_RECORD, what), hidden=True)
    elif kind == stat.S_IFDIR and not linked:
        yield from _of_a_folder(path, (*containers, entry.name), opened)
    elif linked or kind != stat.S_IFREG:
        what = SPECIAL.get(stat.S_IFLNK if linked else kind, "a device")
        yield _refused(place, containers, entry.name, Refused(UNREADABLE, f"is {what}"))
    elif entry.name.lower().endswith(".zip") and _begins_as_a_zip(path):
        yield from _of_a_zip_or_one(place, functools.partial(_zip, path), containers, entry.name, opened)
    else:
        yield Piece(place, containers, entry.name, functools.partial(read_file, path))


def _of_a_zip_or_one(
    place: str, opener: Opener, containers: tuple[str, ...], name: str, opened: Archives, depth: int = 1
) -> Iterator[Piece]:
    """The members of a zip, or the zip itself as one file that was refused."""
    try:
        yield from list(_of_a_zip(place, opener, (*containers, name[: -len(".zip")]), opened, depth))
    except Refused as error:
        yield _refused(place, containers, name, error)


def _of_a_zip(
    place: str, opener: Opener, containers: tuple[str, ...], opened: Archives, depth: int = 1
) -> Iterator[Piece]:
    """Raises Refused for a zip that cannot be read at all."""
    seen: dict[str, int] = {}
    for member in archives.members(opened.get(place, opener)):
        *around, name = archives.parts(member)
        folders = [part for part in around if part not in ("", ".", "..")]
        path = "/".join((place, *folders, name))
        veil = next((i for i, part in enumerate((*folders, name)) if _is_hidden(part)), None)
        if veil is not None:
            path = "/".join((place, *folders, name)[: veil + 2])
        seen[path] = seen.get(path, 0) + 1
        within = (*containers, *folders)
        if veil is not None:
            if seen[path] == 1:
                what = HIDDEN_FOLDER if veil < len(folders) else HIDDEN_FILE
                yield _refused(path, (*containers, *folders[:veil]), "", Refused(NOT_A_RECORD, what), hidden=True)
            continue
        path = path if seen[path] == 1 else f"{path} ({seen[path]})"
        if not name.lower().endswith(".zip"):
            yield Piece(path, within, name, functools.partial(_member, opened, place, opener, member))
        elif depth < MOST_ZIPS:
            inner = functools.partial(_inner, opened, place, opener, member)
            yield from _of_a_zip_or_one(path, inner, within, name, opened, depth + 1)
        else:
            yield _refused(path, within, name, Refused(UNREADABLE, "is a zip within zips within zips; unpack them"))


def _member(opened: Archives, place: str, opener: Opener, member: ZipInfo) -> bytes:
    return archives.read(opened.get(place, opener), member)


def _inner(opened: Archives, place: str, opener: Opener, member: ZipInfo) -> BinaryIO:
    return io.BytesIO(archives.read(opened.get(place, opener), member, LARGEST_INNER))


def _refused(path: str, containers: tuple[str, ...], name: str, why: Refused, hidden: bool = False) -> Piece:
    def read() -> bytes:
        raise why

    return Piece(path, containers, name, read, hidden)


def _is_hidden(name: str) -> bool:
    return name.startswith(".") and name not in (".", "..") or name.lower() in OF_THE_COMPUTER


def _begins_as_a_zip(path: Path) -> bool:
    try:
        with _opened(path) as file:
            return file.read(4).startswith(ZIP)
    except (OSError, Refused):
        return False


def _zip(path: Path) -> BinaryIO:
    return _bounded(path, LARGEST_ZIP)


def read_file(path: Path) -> bytes:
    """The bytes of an ordinary file that is no larger than a record can be. Raises Refused."""
    with _bounded(path, LARGEST_FILE) as file:
        try:
            raw = file.read(LARGEST_FILE + 1)
        except OSError as error:
            raise Refused(UNREADABLE, f"cannot be read ({error.strerror})") from None
    if len(raw) > LARGEST_FILE:
        raise archives.too_large(len(raw), LARGEST_FILE)
    return raw


def _bounded(path: Path, largest: int) -> BinaryIO:
    try:
        file = _opened(path)
    except OSError as error:
        raise Refused(UNREADABLE, f"cannot be read ({error.strerror})") from None
    if (size := os.fstat(file.fileno()).st_size) > largest:
        file.close()
        raise archives.too_large(size, largest)
    return file


def _opened(path: Path) -> BinaryIO:
    """Open an ordinary file, and nothing that took its place since it was listed. Raises OSError and Refused."""
    flags = (getattr(os, name, 0) for name in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC"))
    file = open(os.open(path, functools.reduce(int.__or__, flags, os.O_RDONLY)), "rb")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise Refused(UNREADABLE, "is no ordinary file")
    return file
