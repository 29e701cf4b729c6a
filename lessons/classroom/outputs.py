"""Where the results are written: a new folder beside what was collected, all of it or nothing."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from lessons.classroom.results import ClassroomError


def folder_for(top: Path, out: Path | None, day: date) -> Path:
    """Where to write: what was asked for, else a name beside the input that is not taken. Raises ClassroomError."""
    if out is None:
        stem = top.stem if top.is_file() else top.name
        names = (
            f"{stem} graded {day.isoformat()}{'' if count == 1 else f' ({count})'}" for count in itertools.count(1)
        )
        return next(beside for name in names if not os.path.lexists(beside := top.parent / name))
    out = out.absolute()
    if top.is_dir() and out.resolve().is_relative_to(top):
        raise ClassroomError(f"{out} lies in the folder that is graded; name one outside, or it would be graded, too.")
    if os.path.lexists(out) and not (out.is_dir() and not any(out.iterdir())):
        raise ClassroomError(f"{out} is there already and not empty; name a new folder, since nothing is written over.")
    return out


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write all files into a new or empty folder, or none of them. Raises ClassroomError."""
    unfinished = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f".{folder.name[:60]}.", dir=folder.parent))
        for name, content in files.items():
            (unfinished / name).write_bytes(content)
        with contextlib.suppress(FileNotFoundError):
            folder.rmdir()  # an empty one; on Windows nothing is renamed onto a folder
        os.rename(unfinished, folder)
    except OSError as error:
        if unfinished:
            shutil.rmtree(unfinished, ignore_errors=True)
        raise ClassroomError(f"{folder} cannot be written ({error.strerror}); name another place with --out.") from None
