"""The answers of a record, marked anew: no mark in a file is believed, only the answer itself and the question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, NamedTuple

from lessons.grading import own_words, votes
from lessons.grading.grade import KEPT, MARKED, Run, grade
from lessons.grading.items import Item
from lessons.grading.record import page_of
from lessons.grading.sealed import Sealed
from lessons.grading.verdict import Verdict

Histories = Mapping[str, Sequence[Mapping[str, Any]]]  # lesson or set -> what `record.history` gives
Mark = Callable[[Item | Sealed, Any, Run | None], Verdict]
START = datetime.min.replace(tzinfo=UTC)


class Attempt(NamedTuple):
    """One answer. `day`: in UTC, None if the clock cannot have been right; `first_today`: no answer to this form before
    it on that day, when its key was shown, nor one just before it of which nobody knows the day. `could_betray`: the
    beliefs that a wrong answer to this question may come from."""

    lesson: str
    item: str
    variant: str
    raw: Any
    share: Fraction
    sure: int | None
    hints: int
    day: date | None
    claims: tuple[str, ...]
    beliefs: tuple[str, ...]
    could_betray: tuple[str, ...]
    first_today: bool = True

    @property
    def right(self) -> bool:
        return self.share == 1

    @property
    def unaided(self) -> bool:
        """Without a hint, and without what an earlier answer of that day was told."""
        return not self.hints and self.first_today

    @property
    def form(self) -> tuple[str, str]:
        return self.item, self.variant


class Unmarked(NamedTuple):
    """An answer to a question, or a form of one, that the course no longer has or that no longer can be marked.

    `sealed`: the course has the question, and only the teacher its key.
    """

    lesson: str
    item: str
    variant: str
    raw: Any
    sealed: bool = False


class Predicted(NamedTuple):
    """The first prediction that was committed to a question."""

    lesson: str
    id: str
    answer: Any


class Dated(NamedTuple):
    """An event with the time that can be believed. `day` is None where none can; `lesson` is the page, `kept` the
    lesson or set in whose file it stands."""

    lesson: str
    kept: str
    moment: datetime
    day: date | None
    event: Mapping[str, Any]


def dated(histories: Histories, today: date) -> list[Dated]:
    """All events, oldest first. Those of one lesson keep their order, whatever their clock said.

    A clock that was set back makes no new day: an event is never earlier than the one before it. A day that is still to
    come is believed by nobody, and neither is a time that is none.
    """
    found = [one for lesson, events in histories.items() for one in _of_a_lesson(lesson, events, today)]
    return sorted(found, key=lambda one: one.moment)


def _of_a_lesson(lesson: str, events: Sequence[Mapping[str, Any]], today: date) -> Iterator[Dated]:
    latest = START
    for event in events:
        moment = moment_of(event.get("time"))
        known = moment is not None and moment.date() <= today
        if known:
            latest = max(latest, moment)
        yield Dated(page_of(lesson), lesson, latest, latest.date() if known else None, event)


def moment_of(text: Any) -> datetime | None:
    """The time that an event carries, in UTC; None if it is none."""
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is UTC:
            return moment
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None


def attempts(
    events: Sequence[Dated], items: Mapping[str, Item | Sealed], run: Run | None = None, mark: Mark = grade
) -> tuple[tuple[Attempt, ...], tuple[Unmarked, ...]]:
    """The answers among events, in order, and apart from them those that cannot be marked, each question once.

    `items`: id -> question, of all lessons and sets. `run`: see `grade`. `mark`: what marks as `grade` does; for many
    records one that remembers.
    """
    forms: dict[str, Mapping[str, Item | Sealed]] = {}
    marked, unmarked = [], {}
    answered: dict[tuple[str, str], date | None] = {}  # form -> the day of the last answer to it
    for one in events:
        if one.event["kind"] != "answer":
            continue
        name, variant, raw = one.event["id"], one.event.get("variant", ""), one.event["raw"]
        if name in items and name not in forms:
            forms[name] = items[name].forms
        form = forms.get(name, {}).get(variant)
        verdict = form and mark(form, raw, run)
        if verdict and verdict.status in ("invalid", "unanswered") and one.event["status"] == verdict.status:
            continue  # it never was an answer
        if not verdict or verdict.status not in MARKED:
            sealed = bool(verdict) and verdict.status == KEPT
            unmarked[name, variant] = Unmarked(one.lesson, name, variant, raw, sealed)
            continue
        beliefs = form.misconceptions
        marked.append(
            Attempt(
                one.lesson,
                name,
                variant,
                raw,
                verdict.fraction,
                one.event.get("sure"),
                one.event.get("hints", 0),
                one.day,
                form.claim,
                tuple([tag for tag in verdict.tags if tag in beliefs]) if verdict.tags else (),
                beliefs,
                (name, variant) not in answered or answered[name, variant] not in (None, one.day),
            )
        )
        answered[name, variant] = one.day
    return tuple(marked), tuple(unmarked.values())


def predicted(events: Sequence[Dated]) -> tuple[Predicted, ...]:
    """The first prediction of each question. Own words and what was voted in class lie among them and are none."""
    found: dict[tuple[str, str], Predicted] = {}
    for one in events:
        name = one.event.get("id", "")
        if one.event["kind"] == "prediction" and not own_words.are_words(name) and not votes.are_votes(name):
            found.setdefault((one.lesson, name), Predicted(one.lesson, name, one.event["answer"]))
    return tuple(found.values())
