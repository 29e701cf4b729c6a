"""Every way in which a handed-in file can be none, for tests: what was done to a good one, and what must be said of it.

The ways are those of the list of bad inputs of the course, cases 46 to 66; what an export is made of is changed with a
checksum that fits, so that it is what was changed that is found, and not the checksum.
"""

from __future__ import annotations

import io
import json
import os
import pickle
import random
import zipfile
from pathlib import Path

from whole_class import export, files_of, signed, unsigned

from lessons.grading.record import LARGEST_FILE

D, NEWER, OTHER, NONE, UNREAD = "damaged", "newer version", "of another course", "not a record", "unreadable"


def rebuilt(**changes):
    """An export with some of its parts changed, and a checksum that fits."""
    return lambda raw: signed({**unsigned(raw), **changes})


def within(change):
    """An export in one of whose files something is changed, and a checksum that fits."""

    def make(raw):
        content = unsigned(raw)
        lesson = next(iter(content["files"]))
        change(content["files"][lesson], content["files"])
        return signed(content)

    return make


def without(raw, name):
    content = unsigned(raw)
    del content[name]
    return signed(content)


def zipped(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def cut(share):
    return lambda raw: raw[: int(len(raw) * share)]


def flipped(share):
    def make(raw):
        place = int((len(raw) - 2) * share)
        while raw[place : place + 1].isspace():
            place += 1
        return raw[:place] + bytes([raw[place] ^ 0x04]) + raw[place + 1 :]

    return make


class Harmful:
    """A pickle that would leave a file behind if anything unpickled it."""

    def __reduce__(self):
        return open, ("unpickled", "w")


NOTEBOOK = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
PAGE = b"<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1><script>alert(1)</script></body></html>"
RAW = {  # way -> (status, words of the reason, what makes the bytes of a good export those of the file)
    "47 empty": (D, "0 bytes", lambda raw: b""),
    "47 zeros": (D, "zeros", lambda raw: b"\0" * len(raw)),
    "48 cut at the first byte": (D, "cut short", lambda raw: raw[:1]),
    "48 cut early": (D, "cut short", cut(0.1)),
    "48 cut late": (D, "cut short", cut(0.97)),
    "48 without its last bracket": (D, "cut short", lambda raw: raw.rstrip()[:-1]),
    "49 a byte changed early": (D, "", flipped(0.001)),
    "49 a byte changed within": (D, "", flipped(0.5)),
    "49 a byte changed late": (D, "", flipped(0.999)),
    "49 a byte no text has": (D, "UTF-8", lambda raw: raw[:500] + b"\xff" + raw[501:]),
    "50 UTF-16": (D, "UTF-16", lambda raw: raw.decode().encode("utf-16")),
    "50 Latin-1": (D, "UTF-8", lambda raw: raw.replace(b'"kept"', '"é"'.encode("latin-1"), 1)),
    "51 a list": (NONE, "a list", lambda raw: b"[" + raw + b"]"),
    "51 a text": (NONE, "a text", lambda raw: b'"record"'),
    "51 a number": (NONE, "a number", lambda raw: b"42"),
    "51 null": (NONE, "null", lambda raw: b"null"),
    "52 a key twice": (D, "twice", lambda raw: raw.replace(b"{", b'{"kind": "export",', 1)),
    "53 not a number": (D, "none", lambda raw: signed(unsigned(raw)).replace(b'"kept"', b"NaN", 1)),
    "53 not a number, with a checksum": (D, "none", within(lambda one, _: one["events"][0].update(raw=float("nan")))),
    "54 nested 100,000 deep": (D, "", lambda raw: b"[" * 100_000),
    "54 nested in an object": (D, "nested", lambda raw: b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "56 version 0": (D, "built", rebuilt(schema_version=0)),
    "56 version as text": (D, "built", rebuilt(schema_version="1")),
    "56 version true": (D, "built", rebuilt(schema_version=True)),
    "56 no version": (D, "built", lambda raw: without(raw, "schema_version")),
    "57 a newer version": (NEWER, "newer version", rebuilt(schema_version=3)),
    "57 a newer lesson": (NEWER, "newer version", within(lambda one, _: one.update(schema_version=9, dreams=[]))),
    "59 another course": (OTHER, "anatomy", rebuilt(course="anatomy")),
    "59 another course, unsigned": (OTHER, "anatomy", lambda raw: b'{"course": "anatomy", "answers": {}}'),
    "63 a time that is no text": (D, "built", within(lambda one, _: one["events"][0].update(time=5))),
    "64 a part left out": (D, "built", within(lambda one, _: one.pop("visited"))),
    "64 a mark put in": (D, "built", within(lambda one, _: one["events"][0].update(mark=1))),
    "64 without its checksum": (D, "checksum", lambda raw: json.dumps(unsigned(raw)).encode()),
    "65 a lesson that leads out": (D, "built", within(lambda one, files: files.update({"../02": one}))),
    "66 a notebook": (NONE, "notebook", lambda raw: NOTEBOOK),
    "66 a web page": (NONE, "web page", lambda raw: PAGE),
    "66 text": (NONE, "text", lambda raw: b"Dear teacher, here are my answers."),
    "66 a zip by another name": (NONE, "zip", lambda raw: zipped(a=raw)),
    "66 a PDF": (NONE, "PDF", lambda raw: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
    "66 a picture": (NONE, "picture", lambda raw: b"\x89PNG\r\n\x1a\n" + raw),
    "66 a pickle": (D, "", lambda raw: pickle.dumps(Harmful())),
    "66 JSON of another program": (NONE, "another program", lambda raw: b'{"name": "x", "dependencies": {}}'),
}
ZIPS = {  # for files named .zip
    "66 a damaged zip": (D, "damaged zip", lambda raw: zipped(**{"export-2026-11-27.json": raw})[:-30]),
    "66 an empty zip": (NONE, "empty zip", lambda raw: zipped()),
    "66 a zip whose content is damaged": (D, "unpacked", lambda raw: _spoilt(raw)),
    "55 a zip bomb": (UNREAD, "bomb", lambda raw: zipped(**{"export-2026-11-27.json": b"0" * 8 * 1024**2})),
    "65 a zip that leads out": (UNREAD, "leads out", lambda raw: zipped(**{"../../export-2026-11-27.json": raw})),
    "65 a zip with an absolute name": (UNREAD, "leads out", lambda raw: zipped(**{"/etc/export-2026-11-27.json": raw})),
    "61 a link in a zip": (UNREAD, "link", lambda raw: _linked(raw)),
}


def _spoilt(raw):
    packed = bytearray(zipped(**{"export-2026-11-27.json": raw}))
    packed[200:210] = b"\xff" * 10
    return bytes(packed)


def _linked(raw):
    about = zipfile.ZipInfo("export-2026-11-27.json")
    about.create_system, about.external_attr = 3, 0o120777 << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(about, "/etc/passwd")
    return buffer.getvalue()


def sparse(path, raw):
    with open(path, "wb") as file:
        file.truncate(2 * 1024**3)


def too_large(path, raw):
    with open(path, "wb") as file:
        file.truncate(LARGEST_FILE + 1)


ON_DISK = {  # what is put in place of the file
    "55 a file of 2 GB": (UNREAD, "larger than any record", sparse),
    "55 a byte too large": (UNREAD, "larger than any record", too_large),
    "61 a folder": (NONE, "empty folder", lambda path, raw: path.mkdir()),
    "61 a pipe": (UNREAD, "pipe", lambda path, raw: os.mkfifo(path)),
    "61 a link to nowhere": (UNREAD, "link", lambda path, raw: path.symlink_to("nowhere.json")),
    "61 a link to itself": (UNREAD, "link", lambda path, raw: path.symlink_to(path.name)),
}
WAYS = {**RAW, **ZIPS, **ON_DISK}


def put(folder, stem, way, raw):
    """Put a good export under a name, damaged in one way."""
    make = WAYS[way][2]
    if way in ON_DISK:
        make(folder / f"{stem}.json", raw)
    else:
        (folder / f"{stem}.{'zip' if way in ZIPS else 'json'}").write_bytes(make(raw))


def damaged_class(folder, learners, damaged, seed=1):
    """A folder with so many hand-ins, so many of them damaged in each way in turn; name -> way, "" for a good one."""
    folder = Path(folder)
    folder.mkdir()
    names = [f"learner-{i:04}" for i in range(learners)]
    spoilt = dict.fromkeys(names, "")
    for i, name in enumerate(random.Random(seed).sample(names, damaged)):
        spoilt[name] = list(WAYS)[i % len(WAYS)]
    for i, (name, way) in enumerate(spoilt.items()):
        raw = export(files_of(i))
        if way:
            put(folder, name, way, raw)
        else:
            (folder / f"{name}.json").write_bytes(raw)
    return spoilt
