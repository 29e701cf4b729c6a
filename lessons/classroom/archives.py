"""Zip files as folders. Nothing is unpacked onto the disk, and no more is read than a record can have."""

from __future__ import annotations

import re
import stat
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from typing import BinaryIO

from lessons.classroom.results import DAMAGED, NOT_A_RECORD, UNREADABLE, Refused
from lessons.grading.record import LARGEST_FILE

MOST_MEMBERS = 20_000
MOST_UNPACKED = 1024**3  # bytes of all members together
LARGEST_INNER = 64 * 1024**2  # bytes of a zip within a zip
SMALL, TIGHT = 1024**2, 200  # a member larger than the first and packed tighter than the second is a zip bomb
MOST_OPEN = 4
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1
Opener = Callable[[], BinaryIO]


class Archives:
    """Zip files that are open; the last few stay so, because their members are asked for one after another."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, tuple[BinaryIO, zipfile.ZipFile]] = OrderedDict()

    def get(self, name: str, opener: Opener) -> zipfile.ZipFile:
        """The zip of a name. Raises Refused."""
        if name in self._open:
            self._open.move_to_end(name)
            return self._open[name][1]
        file = opener()
        try:
            archive = zipfile.ZipFile(file)
        except Exception:  # whatever a damaged directory makes the reader stumble over
            file.close()
            raise Refused(DAMAGED, "a damaged zip") from None
        while len(self._open) >= MOST_OPEN:
            self._close(next(iter(self._open)))
        self._open[name] = file, archive
        return archive

    def close(self) -> None:
        for name in list(self._open):
            self._close(name)

    def _close(self, name: str) -> None:
        file, archive = self._open.pop(name)
        archive.close()
        file.close()


def members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of a zip, by name. Raises Refused for what no class hands in."""
    found = [one for one in archive.infolist() if not one.is_dir()]
    if not found:
        raise Refused(NOT_A_RECORD, "an empty zip")
    if len(found) > MOST_MEMBERS:
        raise Refused(UNREADABLE, f"a zip of {len(found):,} files; unpack it and choose the right folder")
    if (whole := sum(one.file_size for one in found)) > MOST_UNPACKED:
        raise Refused(UNREADABLE, f"a zip that unpacks to {megabytes(whole)}, more than records ever have")
    return sorted(found, key=lambda one: one.filename)


def parts(member: zipfile.ZipInfo) -> list[str]:
    """The folders of a member within its zip, and its name; some programs for Windows write them with backslashes."""
    return member.filename.replace("\\", "/").split("/")


def check(member: zipfile.ZipInfo, largest: int = LARGEST_FILE) -> None:
    """Raise Refused for a member that is not to be read, before a byte of it is."""
    name, mode = member.orig_filename, member.external_attr >> 16
    absolute = name.startswith(("/", "\\")) or re.match("[A-Za-z]:", name)
    if absolute or "\0" in name or ".." in parts(member):
        raise Refused(UNREADABLE, "has a name that leads out of its zip")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise Refused(UNREADABLE, "is a link or a device, not a file")
    if member.flag_bits & ENCRYPTED:
        raise Refused(UNREADABLE, "is encrypted")
    if member.compress_type not in METHODS:
        raise Refused(UNREADABLE, "is packed in a way that is not read here; an ordinary zip is needed")
    if member.file_size > largest:
        raise too_large(member.file_size, largest)
    if member.file_size > SMALL and member.file_size > TIGHT * member.compress_size:
        raise Refused(UNREADABLE, f"is a zip bomb ({megabytes(member.file_size)} from almost nothing)")


def read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, largest: int = LARGEST_FILE) -> bytes:
    """The bytes of a member. Raises Refused."""
    check(member, largest)
    try:
        with archive.open(member) as file:
            raw = file.read(largest + 1)
    except Exception as error:  # a wrong sum, a cut stream, overlapping members, a directory that lies
        raise Refused(DAMAGED, f"cannot be unpacked ({type(error).__name__})") from None
    if len(raw) > largest:
        raise too_large(len(raw), largest)
    return raw


def too_large(size: int, largest: int) -> Refused:
    return Refused(UNREADABLE, f"is larger than any record ({megabytes(size)}; {megabytes(largest)} is the most)")


def megabytes(size: int) -> str:
    return f"{size / 1024**2:,.0f} MB"
