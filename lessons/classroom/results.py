"""What became of each file that was handed in: exactly one result, whatever its bytes are."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass

READ, DAMAGED, NEWER = "read", "damaged", "newer version"
OTHER_COURSE, NOT_A_RECORD, UNREADABLE = "of another course", "not a record", "unreadable"
STATUSES = (READ, DAMAGED, NEWER, OTHER_COURSE, NOT_A_RECORD, UNREADABLE)
LONGEST, KEPT = 120, 100  # characters of a name; of a longer one, what is kept before its fingerprint


class ClassroomError(Exception):
    """Why nothing was graded at all. One sentence that says what to do."""


class Refused(Exception):
    """Why a file was not read: a status, and words that go on from the file's name."""

    def __init__(self, status: str, why: str):
        super().__init__(why)
        self.status, self.why = status, why


@dataclass(frozen=True)
class Result:
    """What became of one file. `path`: its place in what was collected. `why`: reason or kind, "" if all is well.
    `aside`: a file of the course or the computer that nobody hands in on purpose, such as a lock."""

    path: str
    learner: str
    status: str
    why: str = ""
    aside: bool = False


def plain(text: str, longest: int = 1000) -> str:
    """A text of which no character acts: what cannot be seen is written as its code, and what is long is cut."""
    cut = text if len(text) <= longest else f"{text[:longest]} …"
    return "".join(character if character.isprintable() else _code(character) for character in cut)


def _code(character: str) -> str:
    if unicodedata.category(character) == "Zs":
        return " "
    return character.encode("unicode_escape").decode()


def known_as(name: str) -> str:
    """A name that can stand in a table: in one spelling, visible, short, and still another for another one."""
    shown = plain(unicodedata.normalize("NFC", name), len(name))
    if len(shown) <= LONGEST:
        return shown
    return f"{shown[:KEPT]}… {hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
