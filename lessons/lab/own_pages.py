"""A learner's own copies of the pages, where the course itself can be read and not written to.

A page is saved while it is used, so everybody needs copies of their own. A copy that was only used is the course's page
byte for byte (`saving.py`), so that a new version of the course can take its place; one that its learner changed is
never lost.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from datetime import date
from pathlib import Path

GIVEN = ".given.json"  # page -> fingerprint of the page as it was last given


def lay_out(course: Path, own: Path, today: date | None = None) -> list[str]:
    """Bring a learner's folder up to date with the course's; gives the names of pages that were set aside.

    A changed page stays as it is while the course's has not moved on; then it gets a name of its own and the new page
    takes its place. A page that the course no longer has goes if nobody changed it. Raises OSError.
    """
    own.mkdir(mode=0o700, parents=True, exist_ok=True)
    given, now, aside = _given(own), {}, []
    for page in sorted(course.glob("*.ipynb")):
        raw, copy = page.read_bytes(), own / page.name
        now[page.name] = _fingerprint(raw)
        if copy.exists():
            there = _fingerprint(copy.read_bytes())
            changed = there not in (now[page.name], given.get(page.name))
            if there == now[page.name] or (changed and given.get(page.name) == now[page.name]):
                continue
            if changed:
                aside.append(_set_aside(copy, today or date.today()))
        _write(copy, raw)
    for name in given.keys() - now.keys():
        gone = own / name
        if gone.exists() and _fingerprint(gone.read_bytes()) == given[name]:
            gone.unlink()
    _write(own / GIVEN, json.dumps(now, indent=1, sort_keys=True).encode())
    return aside


def _given(own: Path) -> dict[str, str]:
    with contextlib.suppress(OSError, ValueError):
        found = json.loads((own / GIVEN).read_bytes())
        if isinstance(found, dict):
            return {name: print_ for name, print_ in found.items() if Path(name).name == name}
    return {}


def _fingerprint(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _set_aside(copy: Path, today: date) -> str:
    count, target = 1, copy.with_name(f"{copy.stem} (mine, {today}).ipynb")
    while target.exists():
        count += 1
        target = copy.with_name(f"{copy.stem} (mine, {today}, {count}).ipynb")
    copy.rename(target)
    return target.name


def _write(target: Path, raw: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".tmp")
    with open(handle, "wb") as file:
        file.write(raw)
    os.replace(name, target)
