"""The questions at the end of a page: a card for each, marked by the kernel, kept in the learner's record."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass
from typing import Any

import anywidget
import traitlets

from lessons.grading import record
from lessons.grading.bank import bank, find, misconceptions, sources
from lessons.grading.grade import MARKED, Verdict, echo, grade
from lessons.grading.items import Choice, Item
from lessons.grading.numbers import NumberError
from lessons.grading.record import RecordError
from lessons.interface.chart import source


class Quiz(anywidget.AnyWidget):
    """All questions of a lesson ("03").

    The page knows stems and options; keys and feedback stay in the kernel until an answer has come, and then travel
    as messages, never as traits, so that a saved page holds neither. Answers that cannot be written are kept in memory
    and the page says so.
    """

    _esm = source("quick.js", "chart.js", "quiz.js")
    _css = source("course.css")
    questions = traitlets.List().tag(sync=True)

    def __init__(self, lesson: str):
        self.lesson = lesson
        self._items = dict(bank(lesson).items)
        self._given: dict[str, Any] = {}
        self._hints = dict.fromkeys(self._items, 0)
        self._trouble = self._saved = ""
        super().__init__(questions=[public(item) for item in self._items.values()])
        self._restore()
        self.on_msg(self._heard)

    def _restore(self) -> None:
        try:
            kept = record.answers(self.lesson)
            self._trouble = record.notice(self.lesson)
        except RecordError as error:
            kept, self._trouble = {}, str(error)
        self._given = {name: raw for name, raw in kept.items() if name in self._items}

    def _heard(self, _, message: dict, buffers: list) -> None:
        kind, name = message.get("kind"), message.get("id")
        if kind == "hello":
            for given, raw in self._given.items():
                self._tell(given, raw, grade(self._items[given], raw), restored=True)
            self._progress()
        elif kind == "answer" and name in self._items:
            self.answer(name, message.get("raw"))
        elif kind == "echo" and name in self._items:
            self.send({"kind": "echo", "id": name, "text": self._echo(name, message.get("raw"))})
        elif kind == "hint" and name in self._items:
            self._hint(name)
        elif kind == "over":
            self.start_over()

    def answer(self, name: str, raw: Any) -> Verdict:
        """Mark an answer (an option's id, or the text of a number) and keep it. Raises KeyError for an unknown name."""
        verdict = grade(self._items[name], raw)
        if verdict.status in MARKED:
            self._given[name] = raw
            self._trouble = _kept(self.lesson, name, raw, verdict)
            self._saved = "" if self._trouble else f"Saved {datetime.datetime.now():%H:%M}."
        self._tell(name, raw, verdict)
        self._progress()
        return verdict

    def start_over(self) -> None:
        """Empty the cards; what was answered stays in the record's history."""
        try:
            record.start_over(self.lesson)
        except RecordError as error:
            self._trouble = str(error)
        self._saved = ""
        self._given.clear()
        self._hints = dict.fromkeys(self._items, 0)
        self.send({"kind": "cleared"})
        self._progress()

    def _tell(self, name: str, raw: Any, verdict: Verdict, restored: bool = False) -> None:
        item = self._items[name]
        right = verdict.status == "correct"
        self.send(
            {
                "kind": "verdict",
                "id": name,
                "raw": raw if restored else None,
                "status": verdict.status,
                "echo": verdict.echo,
                "note": verdict.note,
                "beliefs": beliefs(verdict),
                "explanation": item.explanation if right else "",
                "sources": sources(item) if right else (),
                "hints": 0 if right else len(item.hints) - self._hints[name],
                "restored": restored,
            }
        )

    def _hint(self, name: str) -> None:
        hints = self._items[name].hints
        if self._hints[name] < len(hints):
            self._hints[name] += 1
            self.send({"kind": "hint", "id": name, "text": hints[self._hints[name] - 1]})

    def _echo(self, name: str, raw: Any) -> str:
        item = self._items[name]
        if isinstance(item, Choice) or not isinstance(raw, str) or not raw.strip():
            return ""
        try:
            return echo(item, raw)
        except NumberError as error:
            return str(error)

    def _progress(self) -> None:
        self.send(
            {
                "kind": "progress",
                "answered": len(self._given),
                "total": len(self._items),
                "saved": self._saved,
                "trouble": self._trouble,
            }
        )


def public(item: Item) -> dict:
    """What the page may know of a question before it is answered. The order of options is shuffled, always alike."""
    shown: dict[str, Any] = {"id": item.id, "type": item.type, "stem": item.stem}
    if isinstance(item, Choice):
        options = [{"id": o.id, "text": o.text} for o in item.options]
        random.Random(item.id).shuffle(options)
        return {**shown, "options": options}
    return {**shown, "unit": item.unit}


def beliefs(verdict: Verdict) -> list[str]:
    """The beliefs behind an answer, in plain words."""
    known = misconceptions()
    return [known[tag].belief for tag in verdict.tags if tag in known]


def _kept(lesson: str, name: str, raw: Any, verdict: Verdict) -> str:
    """Write an answer to the record; a sentence if that failed, else ""."""
    try:
        record.save_answer(lesson, name, raw, verdict.status)
        return record.notice(lesson)
    except RecordError as error:
        return f"{error} Your answers stay on this page until it is closed."


@dataclass(frozen=True)
class Answered:
    """A verdict that prints itself in words."""

    verdict: Verdict
    trouble: str = ""

    def __repr__(self) -> str:
        words = {"correct": "Right.", "incorrect": "Not right.", "invalid": "Not read.", "unanswered": ""}
        parts = (self.verdict.echo, words.get(self.verdict.status, ""), self.verdict.note, self.trouble)
        return " ".join(part for part in parts if part)


def answer(name: str, raw: Any) -> Answered:
    """Answer from a cell: answer("threshold-after-a-day", "120 kPa"). Raises KeyError for an unknown name."""
    lesson, item = find(name)
    verdict = grade(item, raw)
    return Answered(verdict, _kept(lesson, name, raw, verdict) if verdict.status in MARKED else "")
