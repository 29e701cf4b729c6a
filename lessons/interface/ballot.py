"""The learner's side of a vote in class: a question that is answered in silence, and a code to read out or to paste."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lessons.grading import votes
from lessons.grading.bank import misconceptions
from lessons.grading.grade import grade
from lessons.grading.items import Item
from lessons.grading.record import SURE, RecordError
from lessons.grading.vote_codes import FIRST, SECOND, TWIN, CodeError, code, tag
from lessons.grading.votes import Asked, Voted

CALLED = {FIRST: "First vote", SECOND: "Second vote", TWIN: "Similar question"}
WORDS = {"correct": "Right.", "partial": "Partly right.", "incorrect": "Not quite."}
TOO_LATE = "You have seen what is right, so nothing counts as a vote on this question any more."
NOTHING = "Vote first. Then you can see what is right."


class Ballot:
    """The votes on the questions of one page. `public`: question -> what a page may know of it; `send`: tells the page.

    Nothing about right and wrong travels before the learner asks for it. Votes lie in the record, and are no marks.
    """

    def __init__(self, send: Callable[[dict], None], public: Callable[[Item], dict]):
        self._send, self._public = send, public
        self._unkept: dict[str, Voted] = {}
        self._trouble = ""

    def heard(self, message: dict) -> bool:
        """Answer a message of the page about votes; whether it was one."""
        kind, name = message.get("kind"), message.get("id")
        if kind not in ("ballot", "vote", "vote told"):
            return False
        if not isinstance(name, str) or name not in votes.every():
            return True
        on = votes.asked(name)
        voted, said = self._voted(on), ""
        if kind == "vote":
            voted, said = self.vote(on, voted, message.get("round"), message.get("raw"), message.get("sure"))
        elif kind == "vote told":
            voted, said = self.tell(on, voted)
        self._send(self._shown(on, voted, said, asked=kind == "ballot"))
        return True

    def begin_anew(self) -> None:
        """Forget what is not on the disk; the record already counts what was voted no more."""
        self._unkept.clear()
        self._trouble = ""

    def vote(self, on: Asked, voted: Voted, round: Any, raw: Any, sure: Any) -> tuple[Voted, str]:
        """Keep a vote; gives all votes, and a sentence if this one was refused."""
        paper = on.papers.get(round) if type(round) is int else None
        if voted.told:
            return voted, TOO_LATE
        if paper is None:
            return voted, "Choose the round first."
        try:
            paper.write(raw)
        except CodeError as error:
            return voted, f"This cannot be voted with: it {error}." if not str(error).endswith(".") else str(error)
        more = voted.with_vote(round, raw, sure if type(sure) is int and sure in SURE else None)
        return self._keep(on, more), ""

    def tell(self, on: Asked, voted: Voted) -> tuple[Voted, str]:
        """Have it told what is right, which ends the vote for this learner."""
        if not voted.given:
            return voted, NOTHING
        return (voted if voted.told else self._keep(on, Voted(voted.tag, voted.given, True))), ""

    def _voted(self, on: Asked) -> Voted:
        if on.item.id in self._unkept:
            return self._unkept[on.item.id]
        try:
            return votes.kept(on.lesson, on.item.id) or Voted(tag())
        except RecordError as error:
            self._trouble = str(error)
            return Voted(tag())

    def _keep(self, on: Asked, voted: Voted) -> Voted:
        try:
            votes.keep(on.lesson, on.item.id, voted)
            self._unkept.pop(on.item.id, None)
            self._trouble = ""
        except RecordError as error:
            self._unkept[on.item.id] = voted
            self._trouble = f"{error} Your vote stays on this page until it is closed."
        return voted

    def _shown(self, on: Asked, voted: Voted, said: str, asked: bool) -> dict:
        """`asked`: with the questions, which the page has from then on."""
        papers = on.papers
        given = {
            str(one.round): {"raw": one.raw, "sure": one.sure, "code": code(papers[one.round], one)}
            for one in voted.votes()
            if one.round in papers and _fits(papers[one.round], one.raw)
        }
        return {
            "kind": "ballot",
            "id": on.item.id,
            "questions": {str(at): self._public(on.of(at)) for at in on.rounds if at != SECOND} if asked else {},
            "given": given,
            "told": _told(on, voted) if voted.told else [],
            "said": said,
            "trouble": self._trouble,
            "restored": asked,
        }


def _fits(paper: Any, raw: Any) -> bool:
    try:
        return bool(paper.write(raw))
    except CodeError:
        return False


def _told(on: Asked, voted: Voted) -> list[str]:
    """What is right, in sentences; each question is explained once."""
    said, explained = [], set()
    for one in voted.votes():
        item = on.of(one.round)
        if item is None:
            continue
        verdict = grade(item, one.raw)
        known = misconceptions()
        held = [f"The belief behind it: “{known[name].belief}”" for name in verdict.tags if name in known]
        said.append(" ".join([f"{CALLED[one.round]}: {WORDS.get(verdict.status, '')}", verdict.note, *held]).strip())
        if (item.id, item.stem) not in explained and (
            one.round == TWIN or SECOND not in voted.given or one.round == SECOND
        ):
            explained.add((item.id, item.stem))
            said.append(item.explanation)
    return said
