"""The questions at the end of a page: a card for each, marked by the kernel, kept in the learner's record."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import anywidget
import traitlets

from lessons.grading import record
from lessons.grading.bank import UNTOLD, bank, find, kept_as, misconceptions, sources
from lessons.grading.grade import ANSWERED, KEPT, MARKED, Run, Verdict, echo, grade
from lessons.grading.items import Curve, Item, Many, Match, Prediction, Target, TwoTier
from lessons.grading.numbers import NumberError
from lessons.grading.question import Named
from lessons.grading.record import SURE, AnswerError, RecordError
from lessons.grading.runs import Slider
from lessons.grading.sealed import MORE, PARTS, SHUFFLED, Sealed
from lessons.grading.verdict import EntryMark
from lessons.interface.ballot import Ballot
from lessons.interface.begun_anew import empty_the_rest
from lessons.interface.chart import source
from lessons.interface.controls import control
from lessons.interface.reruns import replace_earlier
from lessons.simulation import Parameter


class Quiz(anywidget.AnyWidget):
    """All questions of a lesson ("03") or of a set ("closing"); a set that is not written yet says so.

    Questions without their keys (see `sealed`) are asked as ever; their answers are kept for the teacher.

    The page knows stems and options; keys and feedback stay in the kernel until an answer has come, and then travel
    as messages, never as traits, so that a saved page holds neither. Answers that cannot be written are kept in memory,
    the page says so, and they are written with the next that can be. `fields` (name -> Parameter) and `run` (see
    `grade`) are the lesson's model, for questions that are answered by setting its sliders; `others` (lesson -> the
    same fields) are for questions that name a model.
    """

    _esm = source(
        "quick.js",
        "chart.js",
        "controls.js",
        "board.js",
        "answers.js",
        "answers_chosen.js",
        "answers_of_a_run.js",
        "question_kinds.js",
        "vote.js",
        "quiz.js",
    )
    _css = source("course.css", "vote.css")
    questions = traitlets.List().tag(sync=True)
    told = traitlets.Bool(True).tag(sync=True)
    voted = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self,
        lesson: str,
        fields: Mapping[str, Parameter] | None = None,
        run: Run | None = None,
        others: Mapping[str, Mapping[str, Parameter]] | None = None,
    ):
        self.lesson = kept_as(lesson)
        self._run, self._fields, self._others = run, fields, others or {}
        self._bank = bank(lesson).items
        if not self._bank and lesson == self.lesson:
            raise LookupError(f"Page {lesson} has no questions; write some, or remove the cell that asks for them.")
        self._items: dict[str, Item | Sealed] = {}
        self._variants: dict[str, str] = {}
        self._choose_forms()
        self._given: dict[str, Any] = {}
        self._sure: dict[str, int] = {}
        self._hints = dict.fromkeys(self._items, 0)
        self._may_have_hint: set[str] = set()
        self._unkept: list[tuple] = []
        self._trouble = self._saved = ""
        super().__init__(questions=self._public(), told=lesson != UNTOLD, voted=lesson.isdigit())
        self._ballot = Ballot(lambda message: self.send(message), public)
        self._restore()
        self.on_msg(self._heard)
        replace_earlier(self, lesson)

    def _choose_forms(self) -> None:
        """Who starts over is asked the next variant of a question that has some."""
        try:
            again = record.begun_anew(self.lesson)
        except RecordError:
            again = 0
        for name, item in self._bank.items():
            forms = item.forms
            self._variants[name] = list(forms)[again % len(forms)]
            self._items[name] = forms[self._variants[name]]

    def _public(self) -> list[dict]:
        return [public(item, self._others.get(item.model, self._fields)) for item in self._items.values()]

    def _restore(self) -> None:
        try:
            kept, sure = self._kept_before()
            self._trouble = record.notice(self.lesson)
        except RecordError as error:
            kept, sure, self._trouble = {}, {}, str(error)
        # An answer of a kind that its question no longer has is no answer.
        read = {n: raw for n, raw in kept.items() if n in self._items and self._grade(n, raw).status in ANSWERED}
        self._given = read
        self._sure = {name: value for name, value in sure.items() if name in read}
        self._may_have_hint = set(read)

    def _kept_before(self) -> tuple[dict[str, Any], dict[str, int]]:
        """Item -> its last answer, and how sure that was. Raises RecordError.

        Sets had no file of their own at first: what was answered then lies with the page and counts until the set is
        begun anew.
        """
        kept, sure = record.answers(self.lesson), record.sureness(self.lesson)
        page = record.page_of(self.lesson)
        if page == self.lesson or record.begun_anew(self.lesson):
            return kept, sure
        with contextlib.suppress(RecordError):  # the report says what is wrong with that file
            before, so_sure = record.answers(page), record.sureness(page)
            sure = {**{name: value for name, value in so_sure.items() if name not in kept}, **sure}
            kept = {**before, **kept}
        return kept, sure

    def _heard(self, _, message: dict, buffers: list) -> None:
        kind, name = message.get("kind"), message.get("id")
        if not isinstance(name, str):
            name = None
        if kind == "hello":
            for given, raw in self._given.items():
                self._tell(given, raw, self._grade(given, raw), restored=True)
            self._progress()
        elif kind == "answer" and name in self._items:
            sure = message.get("sure")
            self.answer(name, message.get("raw"), sure if type(sure) is int and sure in SURE else None)
        elif kind == "echo" and name in self._items:
            self.send({"kind": "echo", "id": name, "text": self._echo(name, message.get("raw"))})
        elif kind == "hint" and name in self._items:
            self._hint(name)
        elif kind == "over" and self.told:
            self.start_over()
        elif self.voted:
            self._ballot.heard(message)

    def answer(self, name: str, raw: Any, sure: int | None = None) -> Verdict:
        """Mark an answer as `grade` takes it, and keep it with how sure it is (see `record`).

        Raises KeyError for an unknown name.
        """
        verdict = self._grade(name, raw)
        if verdict.status in ANSWERED:
            self._given[name] = raw
            self._sure.pop(name, None)
            if sure is not None:
                self._sure[name] = sure
            self._may_have_hint.add(name)
            self._unkept.append((name, raw, self._said(verdict), sure, self._variants[name], self._hints[name]))
            self._saved = f"Saved {datetime.datetime.now():%H:%M}." if self._keep() else ""
        self._tell(name, raw, verdict)
        self._progress()
        return verdict

    def _keep(self) -> bool:
        """Write the answers that are not on the disk yet, the oldest first; whether the last of them is there now.

        An answer that could not be written has been told its key, so those that follow it are never kept as the first.
        """
        saved = False
        while self._unkept:
            saved, self._trouble, again = _kept(self.lesson, *self._unkept[0])
            if again:
                break
            del self._unkept[0]
        return saved

    def _grade(self, name: str, raw: Any) -> Verdict:
        return grade(self._items[name], raw, self._run)

    def start_over(self) -> None:
        """Empty the cards, and what else is emptied with them; what was answered stays in the record's history."""
        self._keep()
        try:
            record.start_over(self.lesson)
            self._trouble = record.notice(self.lesson)
        except RecordError as error:
            self._trouble = str(error)
        self._saved = ""
        self._given.clear()
        self._sure.clear()
        self._hints = dict.fromkeys(self._items, 0)
        self._may_have_hint.clear()
        self._ballot.begin_anew()
        self._choose_forms()
        self.questions = self._public()
        self.send({"kind": "cleared", "questions": self.questions})
        self._progress()
        empty_the_rest(self.lesson)

    def _said(self, verdict: Verdict) -> Verdict:
        return verdict if self.told else kept_only(verdict)

    def _tell(self, name: str, raw: Any, marked: Verdict, restored: bool = False) -> None:
        item, verdict = self._items[name], self._said(marked)
        right = verdict.status == "correct"
        self.send(
            {
                "kind": "verdict",
                "id": name,
                "raw": raw if restored else None,
                "sure": self._sure.get(name) if restored else None,
                "status": verdict.status,
                "echo": verdict.echo,
                "note": verdict.note,
                "curve": list(item.key) if isinstance(item, Curve) and verdict.status in MARKED else [],
                "entries": [dataclasses.asdict(mark) for mark in verdict.entries],
                "beliefs": beliefs(verdict),
                "explanation": item.explanation if right else "",
                "sources": sources(item) if right else (),
                "hint": "" if right else self._next_hint(name),
                "restored": restored,
            }
        )

    def _next_hint(self, name: str) -> str:
        """Whether there is one: "" (none at all), "ready", "later" (after another attempt), "over"."""
        hints = self._items[name].hints
        if not hints or not self.told:
            return ""
        if self._hints[name] == len(hints):
            return "over"
        return "ready" if name in self._may_have_hint else "later"

    def _hint(self, name: str) -> None:
        if self._next_hint(name) == "ready":
            text = self._items[name].hints[self._hints[name]]
            self._hints[name] += 1
            self._may_have_hint.discard(name)
            self.send({"kind": "hint", "id": name, "text": text, "next": self._next_hint(name)})

    def _echo(self, name: str, raw: Any) -> str:
        item = self._items[name]
        if item.type != "numeric" or not isinstance(raw, str) or not raw.strip():
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


def public(item: Item | Sealed, fields: Mapping[str, Parameter] | None = None) -> dict:
    """What the page may know of a question before it is answered. Options and entries are shuffled, always alike.

    `fields`: name -> Parameter of the lesson's model, for sliders to set.
    """
    shown: dict[str, Any] = {"id": item.id, "type": item.type, "stem": item.stem}
    for field in PARTS.get(item.type, ()):
        parts = getattr(item, field)
        shown[field] = _shuffled(item, parts) if field in SHUFFLED else _told(parts)
    for field in MORE.get(item.type, ()):
        shown[field] = list(value) if isinstance(value := getattr(item, field), tuple) else value
    if item.type == "target":
        shown["sliders"] = _sliders(item, fields or {})
    return {**shown, "sealed": True} if isinstance(item, Sealed) else shown


def _told(parts: Iterable[Named]) -> list[dict[str, str]]:
    return [{"id": part.id, "text": part.text} for part in parts]


def _sliders(item: Target | Sealed, fields: Mapping[str, Parameter]) -> list[dict[str, Any]]:
    """Each slider as the figures have it, within the question's range, and where it stands at first."""
    return [
        {**control(slider.id, {slider.id: _narrowed(slider, fields[slider.id])}), "start": slider.start}
        for slider in item.sliders
    ]


def _narrowed(slider: Slider, about: Parameter) -> Parameter:
    low = about.low if slider.low is None else slider.low
    high = about.high if slider.high is None else slider.high
    return dataclasses.replace(about, low=low, high=high)


def _shuffled(item: Item | Sealed, choices: Iterable[Named]) -> list[dict[str, str]]:
    """In an order made of ids alone. One made of how they were written could be put back, and may be the key."""
    return _told(sorted(choices, key=lambda choice: hashlib.sha256(f"{item.id}{choice.id}".encode()).digest()))


def kept_only(verdict: Verdict) -> Verdict:
    """A verdict that tells only that the answer was kept; what could not be read is told as ever."""
    if verdict.status not in ANSWERED:
        return verdict
    by_whom = ", by your teacher" if verdict.status == KEPT else ""
    return Verdict(KEPT, None, note=f"What you gained is told at the end of the course{by_whom}.", echo=verdict.echo)


def beliefs(verdict: Verdict) -> list[str]:
    """The beliefs behind an answer, in plain words."""
    known = misconceptions()
    return [known[tag].belief for tag in verdict.tags if tag in known]


def _kept(
    lesson: str, name: str, raw: Any, verdict: Verdict, sure: int | None, variant: str = "", hints: int = 0
) -> tuple[bool, str, bool]:
    """Write an answer to the record: whether that worked, a sentence if the learner has to know something, and whether
    it may work another time."""
    try:
        record.save_answer(lesson, name, raw, verdict.status, sure, variant, hints)
        return True, record.notice(lesson), False
    except RecordError as error:
        may_work = not isinstance(error, AnswerError)
        return False, f"{error} Your answers stay on this page until it is closed.", may_work


WORDS = {
    KEPT: "Kept.",
    "correct": "Right.",
    "partial": "Partly right.",
    "incorrect": "Not quite.",
    "invalid": "Not read.",
    "grader-error": "Our mistake.",
}
GOOD = {"target": "Reached"}
WRONG = {"match": "Not there", "many": "Not this one", "target": "Not reached"}


@dataclass(frozen=True)
class Answered:
    """A verdict that prints itself in the words of the card."""

    verdict: Verdict
    item: Item | Sealed
    trouble: str = ""

    def __repr__(self) -> str:
        told = [self.verdict.echo, WORDS.get(self.verdict.status, ""), self.verdict.note]
        told += self._entries()
        if isinstance(self.item, Curve) and self.verdict.status in MARKED:
            drawn = (f"{time}, {value:g}" for time, value in zip(self.item.at, self.item.key, strict=True))
            told += [f"The model: {'; '.join(drawn)}."]
        told += [f"The belief behind it: “{belief}”" for belief in beliefs(self.verdict)]
        if self.verdict.status == "correct":
            look_up = "; ".join(sources(self.item))
            told += [self.item.explanation, f"To look it up: {look_up}." if look_up else ""]
        return " ".join(part for part in (*told, self.trouble) if part)

    def _entries(self) -> Iterator[str]:
        told = set()
        for mark in self.verdict.entries:
            word = GOOD.get(self.item.type, "Right") if mark.right else WRONG.get(self.item.type, "Not so")
            what = _entry(self.item, mark)
            # The cells of a row share what is said of it; once is enough.
            note = mark.note if (mark.entry.split("/")[0], mark.note) not in told else ""
            told.add((mark.entry.split("/")[0], mark.note))
            yield " ".join(part for part in (f"{word}:", what, note) if part)


def _entry(item: Item, mark: EntryMark) -> str:
    """A part of an answer in the words of its question; empty where its note says all."""
    if isinstance(item, Match):
        return _quoted(item.left, mark.entry)
    if isinstance(item, Many):
        return _quoted(item.options, mark.entry)
    if isinstance(item, TwoTier):
        tier = item.options if mark.entry == "answer" else item.because
        return f"{mark.entry} {_quoted(tier, mark.place)}"
    if isinstance(item, Prediction):
        row, phase = mark.entry.split("/")
        return f"{_quoted(item.rows, row)} {_quoted(item.phases, phase)} {mark.place or 'left out'}."
    return _quoted(item.goals, mark.entry) if isinstance(item, Target) else ""


def _quoted(parts: Iterable[Named], name: str) -> str:
    return next(f"“{part.text}”" for part in parts if part.id == name)


def answer(name: str, raw: Any, sure: int | None = None, run: Run | None = None) -> Answered:
    """Answer from a cell: answer("threshold-after-a-day", "120 kPa", sure=2), or what else `grade` takes, by id.

    `sure`: 1 (guessed), 2 (fairly sure) or 3 (sure), or left out. `run`: see `grade`. Raises LookupError for an
    unknown name and ValueError for another `sure`.
    """
    if sure is not None and (type(sure) is not int or sure not in SURE):
        raise ValueError(f"Say how sure you are with 1 (guessed), 2 (fairly sure) or 3 (sure), not {sure!r:.60}.")
    lesson, item = find(name)
    marked = grade(item, raw, run)
    verdict = kept_only(marked) if lesson == UNTOLD else marked
    trouble = _kept(kept_as(lesson), name, raw, verdict, sure)[1] if marked.status in ANSWERED else ""
    return Answered(verdict, item, trouble)
