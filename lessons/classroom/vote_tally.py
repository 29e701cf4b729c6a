"""Counts the votes of a class: codes that were pasted, a folder of records, and raised hands, whatever is in them.

One vote of each learner counts in each round, the last that came. Codes and records are told apart by the letters that
were drawn by lot; hands belong to nobody, so they are only counted.
"""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lessons.classroom.archives import Archives
from lessons.classroom.collected import collect
from lessons.classroom.hand_ins import by_learner, hand_in
from lessons.classroom.results import READ, ClassroomError, plain
from lessons.grading.bank import banks
from lessons.grading.grade import grade
from lessons.grading.items import Item
from lessons.grading.vote_codes import CodeError, Paper, Vote, bare, paper, vote
from lessons.grading.votes import Asked, every, kept_in

SEPARATORS = re.compile(r"[^\w\-\u2010-\u2014\u2212]+|_+")
LONGEST_TEXT, LONGEST_PIECE = 200_000, 40  # characters that are looked at; of a piece, shown
MOST_HANDS = 999
MOST_REFUSED = 200  # that are listed
PIECES = 8  # a code may have been typed with that many spaces in it


@dataclass(frozen=True)
class Refused:
    """What was no vote: as it was written, and why."""

    what: str
    why: str


@dataclass(frozen=True)
class Taken:
    """What came of what was handed over. `counted`: new votes; `again`: the same vote of the same learner once more;
    `changed`: another one in its place; `without`: records of learners who have not voted on this; `refused`: what
    could not be read."""

    counted: int = 0
    again: int = 0
    changed: int = 0
    without: int = 0
    refused: tuple[Refused, ...] = ()

    @property
    def sentence(self) -> str:
        """All of it in words."""
        said = [f"{_many(self.counted, 'new vote')}."]
        said += [f"{_many(self.changed, 'vote')} changed."] if self.changed else []
        said += [f"{self.again} came twice and {_count(self.again)} once."] if self.again else []
        said += [f"{_many(self.without, 'record')} without a vote on this question."] if self.without else []
        said += [f"{len(self.refused)} could not be read."] if self.refused else []
        return " ".join(said)


@dataclass(frozen=True)
class Counts:
    """One round. `chosen`: option -> votes, for a question with options; `values`: numbers, for one without. `right`
    and `sure` are of all votes and of codes and records, `of_sure` how many said how sure they were."""

    votes: int
    hands: int
    chosen: Mapping[str, int]
    values: tuple[float, ...]
    right: int
    sure: int
    of_sure: int
    sure_and_wrong: int


@dataclass(frozen=True)
class Changes:
    """Learners of whom both votes are known, by what became of them; `unpaired` votes have no partner."""

    stayed_right: int
    to_right: int
    to_wrong: int
    stayed_wrong: int
    unpaired: int

    @property
    def pairs(self) -> int:
        return self.stayed_right + self.to_right + self.to_wrong + self.stayed_wrong


class Tally:
    """The votes on one question and its twin."""

    def __init__(self, on: Asked):
        self.on = on
        self._papers = on.papers
        self._votes: dict[int, dict[str, Vote]] = {at: {} for at in on.rounds}
        self._hands: dict[int, dict[str, int]] = {at: {} for at in on.rounds}

    def __repr__(self) -> str:
        return f"Tally({self.on.item.id}, {', '.join(str(self.received(at)) for at in self.on.rounds)})"

    def codes(self, text: str) -> Taken:
        """Take any text with codes in it, however they are put apart."""
        return take(found_codes(text, self._papers, other_papers()), self._votes)

    def records(self, folder: str | Path) -> Taken:
        """Take the votes that lie in a folder or zip of records. Raises ClassroomError."""
        return take(self._of_records(Path(folder).expanduser()), self._votes)

    def hands(self, round: int, raised: Mapping[str, int]) -> Taken:
        """Take the hands that were raised for each option, in place of what was typed before.

        Raises ValueError, in a sentence, for what are no hands.
        """
        options = offered(self.on.of(round)) if round in self._hands else {}
        if not options or self.on.of(round).type != "choice":
            raise ValueError("Hands can be counted where one of several options is chosen; use codes here.")
        for name, count in raised.items():
            if name not in options or type(count) is not int or not 0 <= count <= MOST_HANDS:
                raise ValueError(f"Type how many hands there were for each option, 0 to {MOST_HANDS}.")
        self._hands[round] = {name: count for name, count in raised.items() if count}
        return Taken(sum(raised.values()))

    def raised(self, round: int) -> Mapping[str, int]:
        """The hands of a round that were typed."""
        return self._hands[round]

    def received(self, round: int) -> int:
        """Votes of a round."""
        return len(self._votes[round]) + sum(self._hands[round].values())

    def counts(self, round: int) -> Counts:
        """A round in numbers."""
        item, votes = self.on.of(round), list(self._votes[round].values())
        right = [is_right(item, one.raw) for one in votes]
        sure = [(one.sure, good) for one, good in zip(votes, right, strict=True) if one.sure is not None]
        raised = Counter(self._hands[round])
        by_hand = sum(count for name, count in raised.items() if is_right(item, name))
        chosen = Counter(raised)
        for one in votes:
            chosen.update(names_in(item, one.raw))
        return Counts(
            votes=self.received(round),
            hands=sum(raised.values()),
            chosen={name: chosen[name] for name in offered(item)},
            values=tuple(float(one.raw) for one in votes) if item.type == "numeric" else (),
            right=sum(right) + by_hand,
            sure=sum(how == 3 for how, _ in sure),
            of_sure=len(sure),
            sure_and_wrong=sum(how == 3 and not good for how, good in sure),
        )

    def changes(self, before: int = 1, after: int = 2) -> Changes:
        """What became of each learner's vote, as far as both are known."""
        first, second = self._votes[before], self._votes[after]
        both = Counter(
            (is_right(self.on.of(before), first[tag].raw), is_right(self.on.of(after), second[tag].raw))
            for tag in first
            if tag in second
        )
        pairs = sum(both.values())
        return Changes(
            both[True, True],
            both[False, True],
            both[True, False],
            both[False, False],
            self.received(before) + self.received(after) - 2 * pairs,
        )

    def _of_records(self, folder: Path) -> Iterator[Vote | Refused | None]:
        for _, histories, refused in records_in(folder):
            yield from refused
            if histories is not None:
                yield from self._of_one(histories.get(self.on.lesson, ()))

    def _of_one(self, events: Sequence[Mapping[str, Any]]) -> Iterator[Vote | Refused | None]:
        voted = kept_in(events, self.on.item.id)
        if voted is None or not voted.given:
            yield None
            return
        for one in voted.votes():
            on = self._papers.get(one.round)
            try:
                if on is not None:  # as a code would hold it, so that both are the same vote
                    yield Vote(one.round, on.read(on.write(one.raw)), one.sure, one.tag)
            except CodeError as error:
                yield Refused("a record", f"{error}; the question may have changed since")


def take(found: Iterator[Vote | Refused | None], into: Mapping[int, dict[str, Vote]]) -> Taken:
    """Put votes where they belong (round -> letters of a learner -> vote) and say what came of them. None stands for a
    learner without a vote."""
    counted = again = changed = without = 0
    refused = []
    for one in found:
        if one is None:
            without += 1
        elif isinstance(one, Refused):
            refused.append(one)
        else:
            earlier = into[one.round].get(one.tag)
            into[one.round][one.tag] = one
            again += earlier == one
            changed += earlier is not None and earlier != one
            counted += earlier is None
    return Taken(counted, again, changed, without, tuple(refused))


def is_right(item: Item, raw: Any) -> bool:
    """Whether a vote is worth the whole."""
    return grade(item, raw).fraction == 1


def offered(item: Item) -> dict[str, str]:
    """Option -> its text, as a page shows them; none for a number."""
    return {option.id: option.text for option in getattr(item, "options", ())}


def names_in(item: Item, raw: Any) -> list[str]:
    """The options that a vote is for."""
    if item.type == "two_tier":
        return [raw["answer"]]
    return raw if item.type == "many" else [raw] if item.type == "choice" else []


def other_papers() -> dict[str, str]:
    """Letters -> question, of all that can be voted on."""
    return {paper(banks()[lesson].items[name]).letters: name for name, lesson in every().items()}


def found_codes(text: str, papers: Mapping[int, Paper], others: Mapping[str, str]) -> Iterator[Vote | Refused]:
    """Every code in a text, and every other piece of it with the reason why it is none."""
    if len(text) > LONGEST_TEXT:
        yield Refused(
            f"{len(text):,} characters", f"more than {LONGEST_TEXT:,} are not looked at; paste less at a time"
        )
        return
    listed = 0
    for line in text.splitlines():
        pieces = [piece for piece in SEPARATORS.split(line) if bare(piece)]
        at = 0
        while at < len(pieces):
            used, one = _at(pieces, at, papers, others)
            at += used
            listed += isinstance(one, Refused)
            if not isinstance(one, Refused) or listed <= MOST_REFUSED:
                yield one
    if listed > MOST_REFUSED:
        yield Refused(f"{listed - MOST_REFUSED:,} more pieces", "are no codes either")


def _at(
    pieces: Sequence[str], at: int, papers: Mapping[int, Paper], others: Mapping[str, str]
) -> tuple[int, Vote | Refused]:
    """The code that begins with a piece, with how many pieces it takes; or why there is none."""
    joined, why = "", f"has {len(bare(pieces[at]))} letters, more than any code has"
    for used, piece in enumerate(pieces[at : at + PIECES], start=1):
        joined += piece
        length = len(bare(joined))
        if length > max(paper.whole for paper in papers.values()):
            break
        try:
            return used, vote(joined, papers, others)
        except CodeError as error:
            if any((one.letters, one.whole) == (bare(joined)[: len(one.letters)], length) for one in papers.values()):
                return used, Refused(plain(joined, LONGEST_PIECE), str(error))  # a code with a slip, not its pieces
            why = str(error) if used == 1 else why
    return 1, Refused(plain(pieces[at], LONGEST_PIECE), why)


def records_in(
    folder: Path,
) -> Iterator[tuple[str, Mapping[str, Sequence[Mapping[str, Any]]] | None, list[Refused]]]:
    """Learner, histories (None if nothing could be read) and refused files of each learner. Raises ClassroomError."""
    with contextlib.closing(Archives()) as opened:
        pieces = collect(folder.resolve(), opened)
        if not pieces:
            raise ClassroomError(f"{folder} is empty; put the files there that learners handed in.")
        for learner, its in by_learner(pieces, folder.stem if folder.is_file() else folder.name).items():
            handed = hand_in(learner, its)
            refused = [Refused(plain(r.path), r.why) for r in handed.results if r.status != READ and not r.aside]
            readable = any(result.status == READ for result in handed.results)
            yield learner, handed.histories if readable else None, refused


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _count(count: int) -> str:
    return "counts" if count == 1 else "count"
