"""The start page's table of contents: what each page asks, how long it takes, what is done, and where to go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import anywidget
import traitlets

from lessons.grading import record
from lessons.interface.chart import source
from lessons.interface.reruns import replace_earlier


@dataclass(frozen=True)
class Entry:
    """One page. `file`: the notebook's name, "" for a page that is still to come. `questions`: ids of its questions.
    `readers`: for whom it is, "" for whoever learns."""

    id: str
    title: str
    question: str
    file: str = ""
    minutes: int = 0
    goals: Sequence[str] = ()
    questions: Sequence[str] = ()
    readers: str = ""


class Contents(anywidget.AnyWidget):
    """Pages in order, with a tick where every question was answered at least once."""

    _esm = source("quick.js", "chart.js", "links.js", "contents.js")
    _css = source("course.css")
    pages = traitlets.List().tag(sync=True)
    resume = traitlets.Dict().tag(sync=True)

    def __init__(self, entries: Sequence[Entry]):
        answered = record.progress()
        super().__init__(pages=[_shown(e, answered) for e in entries], resume=_resume(entries))
        self.on_msg(lambda _, message, __: self._look_again(entries) if message.get("kind") == "hello" else None)
        replace_earlier(self, "contents")

    def _look_again(self, entries: Sequence[Entry]) -> None:
        answered = record.progress()
        self.pages = [_shown(e, answered) for e in entries]
        self.resume = _resume(entries)


def _shown(entry: Entry, answered: Mapping[str, Sequence[str]]) -> dict:
    given = set(answered.get(entry.id, ())) & set(entry.questions)
    return {
        "id": entry.id,
        "title": entry.title,
        "question": entry.question,
        "file": entry.file,
        "minutes": entry.minutes,
        "goals": list(entry.goals),
        "readers": entry.readers,
        "done": bool(entry.questions) and len(given) == len(entry.questions),
        "answered": f"{len(given)} of {len(entry.questions)} questions" if entry.questions else "",
    }


def _resume(entries: Sequence[Entry]) -> dict:
    last = record.last_visited()
    entry = next((e for e in entries if e.id == last and e.file), None)
    return {"id": entry.id, "title": entry.title, "file": entry.file} if entry else {}
