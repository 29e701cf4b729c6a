"""What a learner knows so far, on the page: the report on the record in words, and its way to and from a file."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import anywidget
import traitlets

from lessons.grading import record, transfer
from lessons.grading.attempts import Predicted
from lessons.grading.grade import Run
from lessons.grading.items import Item
from lessons.grading.record import RecordError
from lessons.grading.report import report
from lessons.grading.sealed import Sealed
from lessons.interface.chart import source
from lessons.interface.printed_record import printed_record
from lessons.interface.report_words import told
from lessons.interface.reruns import replace_earlier


@dataclass(frozen=True)
class Page:
    """A page that a line of the report leads to. `file`: the notebook's name, "" for one that is still to come."""

    id: str
    title: str
    file: str = ""


@dataclass(frozen=True)
class Outcome:
    """A prediction beside what came of it, in words. `agreed`: whether they are alike; None if nobody was sure. `by`:
    who says what came."""

    question: str
    yours: str
    outcome: str
    agreed: bool | None
    by: str = "The model"


@dataclass(frozen=True)
class Course:
    """What the report needs to know of the course.

    `items`: id -> question, of lessons and sets. `homes`: id -> page on which the question stands. `pages`: id -> page.
    `claims` and `beliefs`: id -> text. `opening`, `closing`: the ids of the two forms, in order. `never_again`: ids of
    questions that do not come back. `run`: see `grade`. `outcome`: what came of a prediction, or None. `examined`: the
    ids of the exam.
    """

    items: Mapping[str, Item | Sealed]
    homes: Mapping[str, str]
    pages: Mapping[str, Page]
    claims: Mapping[str, str]
    beliefs: Mapping[str, str]
    opening: Sequence[str] = ()
    closing: Sequence[str] = ()
    never_again: Iterable[str] = ()
    run: Run | None = None
    outcome: Callable[[Predicted], Outcome | None] = lambda _: None
    examined: Sequence[str] = ()


def _today_utc() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()


class Report(anywidget.AnyWidget):
    """The report on the whole record, made when the page asks for it.

    It travels as a message, never as a trait, so that a saved page holds nothing of a learner. `today`: the day in UTC.
    """

    _esm = source("quick.js", "chart.js", "links.js", "report.js")
    _css = source("course.css", "report.css")
    pages = traitlets.Dict().tag(sync=True)

    def __init__(self, course: Course, today: Callable[[], datetime.date] = _today_utc):
        self._course, self._today = course, today
        super().__init__(pages={name: asdict(page) for name, page in course.pages.items()})
        self.on_msg(self._heard)
        replace_earlier(self, "report")

    def _heard(self, _, message: dict, buffers: list) -> None:
        kind = message.get("kind")
        if kind == "hello":
            self._show("")
        elif kind == "refresh":
            self._show(f"As of {datetime.datetime.now():%H:%M}.")
        elif kind == "export":
            self._show(self._export())
        elif kind == "import":
            self._show(self._import(message.get("name")))
        elif kind == "print":
            self._print()

    def _show(self, said: str) -> None:
        self.send({"kind": "report", "said": said, "files": transfer.candidates(), **self.told()})

    def told(self) -> dict[str, Any]:
        """The report in words, block by block."""
        course, today = self._course, self._today()
        histories, trouble = record.histories()
        found = report(
            histories,
            course.items,
            today,
            course.run,
            course.opening,
            course.closing,
            frozenset(course.never_again),
            course.examined,
        )
        outcomes = [course.outcome(one) for one in found.predictions]
        return {**told(found, course, outcomes, today), "trouble": list(trouble)}

    def _export(self) -> str:
        try:
            path = transfer.export(datetime.date.today())
        except RecordError as error:
            return str(error)
        return f"Everything is in {path}. Keep it, or take it to another computer."

    def _print(self) -> None:
        """Write a page to print, and hand it to the page as well, which cannot reach the folder."""
        today = datetime.date.today()
        html = printed_record(self.told(), today)
        try:
            path = record.write_new(f"record-{today.isoformat()}", html.encode("utf-8"), "html")
            said = f"It lies in {path}, too."
        except RecordError as error:
            said = str(error)
        self.send({"kind": "printable", "html": html, "said": said})

    def _import(self, name: Any) -> str:
        try:
            return transfer.bring_in(name, datetime.date.today())
        except RecordError as error:
            return str(error)
