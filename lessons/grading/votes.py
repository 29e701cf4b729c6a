"""What a learner voted in class: which questions can be voted on, and what of it the record keeps. No vote is marked.

Votes lie among the predictions of a lesson's file, as own words do, so that a course that knows of no votes reads the
file, too. This one does not count them as predictions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from lessons.grading import record
from lessons.grading.bank import banks
from lessons.grading.items import Item
from lessons.grading.record import SURE
from lessons.grading.vote_codes import FIRST, KINDS, ROUNDS, SECOND, TWIN, Paper, Vote, is_tag, paper, tag_of

PREFIX = "vote:"  # begins the id of such a prediction; no question has a colon in its id


@dataclass(frozen=True)
class Voted:
    """The votes of a learner on a question. `given`: round -> (what was chosen, how sure). `tag`: drawn by lot.
    `told`: whether the learner has asked what is right, after which nothing counts as a vote any more."""

    tag: str
    given: Mapping[int, tuple[Any, int | None]] = field(default_factory=lambda: MappingProxyType({}))
    told: bool = False

    def with_vote(self, round: int, raw: Any, sure: int | None) -> Voted:
        """With a vote more, or another one in its place."""
        return replace(self, given=MappingProxyType({**self.given, round: (raw, sure)}))

    def votes(self) -> tuple[Vote, ...]:
        """All votes, in order of their rounds."""
        return tuple(Vote(at, *self.given[at], self.tag) for at in ROUNDS if at in self.given)


@dataclass(frozen=True)
class Twin:
    """The question that is asked after another, in class, of each alone. `why`: what the two have in common."""

    item: Item
    form: str
    why: str


@dataclass(frozen=True)
class Asked:
    """A question that is voted on, with its twin, if the course has any."""

    lesson: str
    item: Item
    twin: Twin | None

    def of(self, round: int) -> Item | None:
        """The question of a round."""
        return self.item if round in (FIRST, SECOND) else self.twin and self.twin.item

    @property
    def papers(self) -> dict[int, Paper]:
        """Round -> its paper."""
        own = paper(self.item)
        twin = {TWIN: paper(self.twin.item, self.twin.form)} if self.twin else {}
        return {FIRST: own, SECOND: own, **twin}

    @property
    def rounds(self) -> tuple[int, ...]:
        return ROUNDS if self.twin else (FIRST, SECOND)


def votable(item: Any) -> bool:
    """Whether a question's answer fits into a code."""
    return item.type in KINDS


def asked(name: str) -> Asked:
    """A question of a lesson as it is voted on. Raises LookupError with those that can be."""
    for lesson, bank in banks().items():
        if name in bank.items and votable(bank.items[name]):
            return Asked(lesson, bank.items[name].forms[""], twin(name))
    raise LookupError(f"'{name}' cannot be voted on. These can: {', '.join(every())}.")


def every() -> dict[str, str]:
    """Question -> its lesson, of all that can be voted on."""
    return {name: lesson for lesson, bank in banks().items() for name, item in bank.items.items() if votable(item)}


def twin(name: str) -> Twin | None:
    """Another form of a question; else the question that shares most of its beliefs and claims; None if none does."""
    lesson = every()[name]
    item = banks()[lesson].items[name]
    if len(item.forms) > 1:
        form = list(item.forms)[1]
        return Twin(item.forms[form], form, "the same question in another situation")
    best = min((rank for other in every() if other != name and (rank := _rank(item, lesson, other))), default=None)
    if best is None:
        return None
    other = banks()[every()[best[-1]]].items[best[-1]]
    shares_belief = bool(set(item.misconceptions) & set(other.misconceptions))
    why = "another question on the same wrong belief" if shares_belief else "another question on the same claim"
    return Twin(other.forms[""], "", why)


def _rank(item: Item, lesson: str, name: str) -> tuple | None:
    """The smaller, the closer; None for what has nothing in common, or is a number with a situation of its own."""
    other = banks()[every()[name]].items[name]
    beliefs = len(set(item.misconceptions) & set(other.misconceptions))
    claims = len(set(item.claim) & set(other.claim))
    if other.type == "numeric" or not beliefs + claims:
        return None
    return -bool(beliefs) - bool(claims), every()[name] != lesson, -beliefs, -claims, other.type != item.type, name


# ---- what the record keeps ----


def keep(lesson: str, name: str, voted: Voted) -> None:
    """Keep the votes on a question. Raises RecordError."""
    given = [{"round": at, "raw": raw, "sure": sure} for at, (raw, sure) in voted.given.items()]
    record.save_prediction(lesson, PREFIX + name, {"tag": voted.tag, "told": voted.told, "votes": given})


def kept(lesson: str, name: str) -> Voted | None:
    """What was kept last since the lesson was begun anew. Raises RecordError."""
    return read(record.prediction(lesson, PREFIX + name))


def kept_in(events: Sequence[Mapping[str, Any]], name: str) -> Voted | None:
    """The same of the events of somebody's record."""
    found = None
    for event in events:
        if event["kind"] == "start over":
            found = None
        elif event["kind"] == "prediction" and event["id"] == PREFIX + name:
            found = read(event["answer"]) or found
    return found


def read(answer: Any) -> Voted | None:
    """What `keep` wrote; None for anything else. What is no vote in it is left out."""
    if not isinstance(answer, dict) or not is_tag(answer.get("tag")) or not isinstance(answer.get("votes"), list):
        return None
    voted = Voted(answer["tag"], told=answer.get("told") is True)
    for one in answer["votes"]:
        if isinstance(one, dict) and one.get("round") in ROUNDS and type(one["round"]) is int and "raw" in one:
            sure = one.get("sure")
            voted = voted.with_vote(one["round"], one["raw"], sure if type(sure) is int and sure in SURE else None)
    return voted


def guess_in(events: Sequence[Mapping[str, Any]], name: str) -> tuple[Any, str] | None:
    """The prediction that counts in somebody's record, and letters that tell it from anybody else's."""
    found = None
    for event in events:
        if event["kind"] == "start over":
            found = None
        elif event["kind"] == "prediction" and event["id"] == name:
            found = event["answer"], tag_of(f"{event['time']} {name}")
    return found


def are_votes(id: str) -> bool:
    """Whether a prediction of the record is none, but what was voted in class."""
    return id.startswith(PREFIX)
