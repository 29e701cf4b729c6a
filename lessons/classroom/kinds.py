"""Says in words what a file is that is no sound record, from its first bytes. Nothing of it is run or shown."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from lessons.classroom.results import DAMAGED, NOT_A_RECORD, OTHER_COURSE, Refused, plain
from lessons.grading.transfer import COURSE

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
BEGINNINGS = (
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"SQLite format 3", "a database"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)
OFFICE = {".docx": "a Word document", ".xlsx": "a spreadsheet", ".pptx": "a presentation", ".odt": "a text document"}
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
PAGE = ("<!doctype html", "<html", "<head", "<body")
OURS = {"schema_version", "checksum", "events", "files"}  # a file with one of these keys was one of ours


class _Twice(ValueError):
    """A key stands in an object twice."""


class _NoNumber(ValueError):
    """NaN or infinity, which JSON has not."""


def refusal(raw: bytes, name: str) -> Refused:
    """Why bytes that are no sound record are none. `name`: the file's name, which tells apart what bytes do not."""
    if not raw:
        return Refused(DAMAGED, "is empty (0 bytes)")
    if not raw.strip(b"\0"):
        return Refused(DAMAGED, "holds nothing but zeros")
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if raw.startswith(ZIP):
        return Refused(NOT_A_RECORD, OFFICE.get(ending, "a zip archive by another name"))
    for beginning, kind in BEGINNINGS:
        if raw.startswith(beginning):
            return Refused(NOT_A_RECORD, kind)
    if raw.startswith(UTF_16):
        return Refused(DAMAGED, "was saved in another encoding (UTF-16); the file as the course wrote it is needed")
    try:
        text = raw.decode("utf-8-sig").lstrip()
    except UnicodeDecodeError:
        if raw.lstrip()[:1] == b"{" or ending == ".json":
            return Refused(DAMAGED, "is not UTF-8 text; it was damaged, or saved in another encoding")
        return Refused(NOT_A_RECORD, "a file of another program")
    if text[:20].lower().startswith(PAGE):
        return Refused(NOT_A_RECORD, "a web page (HTML)")
    if ending == ".ipynb":
        return Refused(NOT_A_RECORD, "a notebook")
    return _of_text(text)


def _of_text(text: str) -> Refused:
    try:
        content = json.loads(text, object_pairs_hook=_no_key_twice, parse_constant=_no_number)
    except _Twice:
        return Refused(DAMAGED, "has a key twice, so it was changed")
    except _NoNumber:
        return Refused(DAMAGED, "holds a number that is none (NaN or infinity)")
    except RecursionError:
        return Refused(DAMAGED, "is nested deeper than any record")
    except ValueError:
        if text.startswith("{") or any(f'"{key}"' in text for key in OURS):
            return Refused(DAMAGED, "is cut short or was changed (no whole JSON)")
        return Refused(NOT_A_RECORD, "text")
    if not isinstance(content, dict):
        return Refused(NOT_A_RECORD, f"JSON, but {_called(content)}")
    if "nbformat" in content or "cells" in content:
        return Refused(NOT_A_RECORD, "a notebook")
    course = content.get("course")
    if isinstance(course, str) and course != COURSE:
        return Refused(OTHER_COURSE, f"says that it is of the course {plain(course, 60)}")
    if OURS & set(content):
        return Refused(DAMAGED, "was changed or damaged since the course wrote it (its checksum does not fit)")
    return Refused(NOT_A_RECORD, "JSON of another program")


def _called(content: Any) -> str:
    kinds = {list: "a list", str: "a text", bool: "a truth value", type(None): "empty (null)"}
    return kinds.get(type(content), "a number")


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        raise _Twice
    return content


def _no_number(_: str) -> NoReturn:
    raise _NoNumber
