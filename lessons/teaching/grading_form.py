"""Grade a class from the page: a folder, a button, and what was found as tables of plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from lessons.classroom import Graded, grade
from lessons.classroom.belief_report import held
from lessons.classroom.belief_report import table as beliefs_table
from lessons.classroom.class_predictions import class_predictions
from lessons.classroom.course import course
from lessons.classroom.problems import table as problems_table
from lessons.classroom.results import ClassroomError, plain
from lessons.classroom.tables import Table, cells

ROWS = 12  # of a table on the page; the whole of it lies in the folder
FIELDS = (
    {
        "name": "folder",
        "label": "Folder or zip of the class",
        "hint": "Each file is named after its learner, or lies in a folder of that name.",
    },
    {"name": "names", "label": "Names (may stay empty)", "hint": "A CSV file: name of the file, name of the learner."},
)
BELIEFS = ("belief", "learners asked", "learners", "sure", "page that refutes it", "sliders to move there")
Show = Callable[[int, Mapping[str, Sequence[Any]]], str]


def form_blocks() -> Iterator[Mapping[str, Any]]:
    """The form."""
    yield {"button": {"label": "Grade this class", "asks": "grade", "fields": list(FIELDS)}}


def graded_blocks(values: Mapping[str, str], show: Show | None = None) -> Iterator[Mapping[str, Any]]:
    """Grade, show the class's predictions with `show`, and say what was found. Raises ValueError in a sentence."""
    folder = values.get("folder", "").strip().strip('"')
    names = values.get("names", "").strip().strip('"')
    if not folder:
        raise ValueError("Write where the files of the class lie, and press the button again.")
    try:
        found = grade(folder, names or None)
        learners, given = class_predictions(folder)
    except ClassroomError as error:
        raise ValueError(str(error)) from None
    yield {"list": [plain(line) for line in found.said]}
    yield {"text": [f"All of it lies in {plain(str(found.folder), 400)}. ", "Open report.html there for one page."]}
    yield from _shown(beliefs_of(found), BELIEFS)
    yield from _shown(problems_table(found.problems))
    if show and given:
        yield {"text": f"In the picture: {show(learners, given)}"}


def beliefs_of(found: Graded) -> Table:
    """What the class believes, those of most learners first."""
    return beliefs_table(held(course(), [one.marks for one in found.learners if one.marks]))


def _shown(table: Table, heads: Sequence[str] = ()) -> Iterator[Mapping[str, Any]]:
    """The first rows of a table; `heads` names the columns that are shown, all of them by default."""
    if not table.rows:
        yield {"text": f"{table.title}: none."}
        return
    wanted = [table.heads.index(head) for head in heads or table.heads]
    rows = [cells(row) for row in table.rows[:ROWS]]
    more = f", the first {ROWS} of {len(table.rows)}" if len(table.rows) > ROWS else ""
    yield {
        "table": {
            "caption": f"{table.title}{more}",
            "heads": [table.heads[i] for i in wanted],
            "rows": [[plain(row[i]) for i in wanted] for row in rows],
        }
    }
