"""Names for learners: a table that stays with the teacher, of which nothing enters a record or the marks."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lessons.classroom.results import ClassroomError, plain

LARGEST = 16 * 1024**2  # bytes
HEADS = {"id", "learner", "file", "folder"}


@dataclass(frozen=True)
class Roster:
    """`names`: learner -> name, of those of whom something was handed in. `missing`: entries of whom nothing was.
    `unknown`: learners who are not on it."""

    names: dict[str, str]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]


def read(path: Path) -> dict[str, str]:
    """Id -> name, from a CSV table whose first column is the name of the learner's file or folder, and whose second is
    the learner's own. A first line with "id", "learner", "file" or "folder" is a heading. Raises ClassroomError."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            raise ClassroomError(f"{path} is no table of names; save one as CSV, with two columns.")
        text = path.read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text)))
    except OSError as error:
        raise ClassroomError(f"{path} cannot be read ({error.strerror}); allow reading it.") from None
    except (UnicodeDecodeError, csv.Error):
        raise ClassroomError(f"{path} is no table in UTF-8; save it as CSV UTF-8.") from None
    rows = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    if rows and rows[0][0].casefold() in HEADS:
        rows = rows[1:]
    found: dict[str, str] = {}
    for row in rows:
        if len(row) < 2 or not row[0]:
            raise ClassroomError(f"{path} has the line '{plain(', '.join(row), 60)}'; give each line an id and a name.")
        if row[0] in found:
            raise ClassroomError(f"{path} has '{plain(row[0], 60)}' twice; keep one.")
        found[row[0]] = row[1]
    return found


def _delimiter(text: str) -> str:
    """What stands between columns: spreadsheets write a comma, a semicolon or a tab."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)


def join(names: dict[str, str], learners: Iterable[str]) -> Roster:
    """Find each learner on the roster: by the whole id, else by the first folder of it; capitals do not matter."""
    known = {_folded(one): one for one in names}
    found, seen, unknown = {}, set(), []
    for learner in learners:
        entry = known.get(_folded(learner)) or known.get(_folded(learner.split("/")[0]))
        if entry is None:
            unknown.append(learner)
        else:
            found[learner] = names[entry]
            seen.add(entry)
    return Roster(found, tuple(one for one in names if one not in seen), tuple(unknown))


def _folded(name: str) -> str:
    stem = name.strip().removesuffix(".json").removesuffix(".zip")
    return unicodedata.normalize("NFC", stem).casefold()
