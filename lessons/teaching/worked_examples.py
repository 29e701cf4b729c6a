"""How to add something: a few lines of a file that is there, what to change, and what a mistake is really told.

The message is not written here. A copy of the data is made, the mistake is put into it, and whoever checks that kind of
file says what it says.
"""

from __future__ import annotations

import functools
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lessons import presets
from lessons.compose import known_words
from lessons.data import ASSETS
from lessons.grading.bank import banks
from lessons.grading.clinic import cases
from lessons.models.trigger_point import TriggerPoint
from lessons.pages import LESSONS, PageError, read_page
from lessons.strict_yaml import DataError

AROUND = 5  # lines shown before and after the one that is changed
KEPT = {".yaml", ".bib", ".json"}


@dataclass(frozen=True)
class Example:
    """`steps`: what to do. `file`: a good one, below assets or lessons. `line` of it becomes `mistake`. `check` reads
    the file in a folder like assets (or the page itself) and raises what an author is told."""

    title: str
    steps: tuple[str, ...]
    file: Path
    line: str
    mistake: str
    check: Callable[[Path], Any]


def _read_a_page(path: Path) -> None:
    read_page(path, known_words())


def _read_presets(folder: Path) -> None:
    presets.added("release", TriggerPoint.described(), folder)


EXAMPLES: Mapping[str, Example] = {
    "case": Example(
        "A case of the clinic",
        (
            "Copy the nearest file of assets/cases, give it a new number and name, and change id and order.",
            "Write the story and what was found. Under present stand entries of the safety list, each with words that "
            "stand in your story.",
            "Give the panel's shares, which add up to 100, its reasons, and what would flip the answer.",
            "Run python -m pytest tests/test_cases.py tests/test_mark_cases.py. The case is then on page 10.",
        ),
        ASSETS / "cases" / "01_mara.yaml",
        "  shares: {release: 80, both: 15, retain: 3, neither: 2, refer: 0}",
        "  shares: {release: 80, both: 25, retain: 3, neither: 2, refer: 0}",
        cases,
    ),
    "item": Example(
        "A question",
        (
            "Add an item to the file of its page in assets/quizzes.",
            "Each wrong option carries the id of a belief, a feedback, and what would have to be true in the model.",
            "Run python -m lessons.check quizzes. It runs the model and refuses a key that the model does not confirm.",
        ),
        ASSETS / "quizzes" / "03_release.yaml",
        "    misconception: m27-anywhere-in-the-muscle",
        "    misconception: m27-anywhere-in-a-muscle",
        banks,
    ),
    "preset": Example(
        "A situation to try (a preset)",
        (
            "Add a line to assets/presets.yaml: the figure, a name for the button, and the values that it sets.",
            "The names of all parameters stand below, under The models.",
            "Open the page again. The button is under More, below the figure.",
        ),
        ASSETS / "presets.yaml",
        '- {figure: release, name: "Three passes, half as strong", set: {passes: 3, strength: 0.45, miss: 0.0}}',
        '- {figure: release, name: "Three passes, half as strong", set: {passes: 30, strenght: 0.45, miss: 0.0}}',
        _read_presets,
    ),
    "lesson": Example(
        "A lesson",
        (
            "Copy the nearest lessons/NN_name.md and change what stands between the two lines of dashes.",
            "Write. A code cell calls one function of lessons/benches and defines nothing. Explained words come from "
            "assets/glossary.yaml.",
            "Run python -m lessons.build. It writes the notebook, or names file and line of what a page must not have.",
            "Add a guide for it to assets/teaching.yaml, and what the page says of numbers to tests/pages.",
        ),
        LESSONS / "03_release.md",
        "Draw before you look. Drag the points, or type the numbers.",
        "Draw a {term}`tautband` <b>before</b> you look. Drag the points, or type the numbers.",
        _read_a_page,
    ),
}


def example_blocks(name: str) -> Iterator[Mapping[str, Any]]:
    """How to add it, and behind a fold what a mistake is told: the fold runs the check when it is opened."""
    one = EXAMPLES[name]
    yield {"list": list(one.steps)}
    lines, at = _around(one, one.line)
    yield {"text": f"From {_place(one)}, as it is. The marked line is the one that the mistake below changes."}
    yield {"code": lines, "mark": at, "name": f"{one.title}: a good file"}
    yield {"fold": {"title": "Make a mistake in it and see what you are told", "asks": f"mistake:{name}"}}


def mistake_blocks(name: str) -> Iterator[Mapping[str, Any]]:
    """The changed line, and the message that the check of this copy of the course gave to it."""
    one = EXAMPLES[name]
    lines, at = _around(one, one.mistake)
    yield {"code": lines[max(0, at - 1) : at + 2], "mark": min(1, at), "name": f"{one.title}: with a mistake"}
    yield {"text": "The course then says:"}
    for line in told(name):
        yield {"wrong": line}


@functools.cache
def told(name: str) -> Sequence[str]:
    """What the check says of the mistake, line by line. Raises LookupError if it finds nothing wrong."""
    one = EXAMPLES[name]
    with tempfile.TemporaryDirectory() as folder:
        if one.file.parent == LESSONS:
            place = Path(folder) / one.file.name
            checked = place
        else:
            checked = Path(folder) / ASSETS.name
            _copy_data(checked)
            place = checked / one.file.relative_to(ASSETS)
        place.write_text(_changed(one), encoding="utf-8", newline="\n")
        try:
            one.check(checked)
        except (DataError, PageError) as error:
            return tuple(str(error).splitlines())
    raise LookupError(f"Nothing was found wrong with '{one.mistake}'; choose another mistake.")


def _copy_data(target: Path) -> None:
    def others(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if Path(name).suffix not in KEPT and not (Path(folder) / name).is_dir()]

    shutil.copytree(ASSETS, target, ignore=others)


def _text(one: Example) -> str:
    return one.file.read_text(encoding="utf-8")


def _changed(one: Example) -> str:
    text = _text(one)
    if text.count(f"{one.line}\n") < 1:
        raise LookupError(f"'{one.line}' no longer stands in {one.file.name}; choose another line.")
    return text.replace(f"{one.line}\n", f"{one.mistake}\n", 1)


def _around(one: Example, shown: str) -> tuple[list[str], int]:
    lines = _text(one).splitlines()
    at = lines.index(one.line)
    start = max(0, at - AROUND)
    part = lines[start : at + AROUND + 1]
    part[at - start] = shown
    return part, at - start


def _place(one: Example) -> str:
    return f"{one.file.parent.name}/{one.file.name}"
