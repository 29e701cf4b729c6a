"""A vote in class from the sealed key to the opened one: what may be told at which step, and to whom.

First vote, talk, second vote, both shown, a similar question alone, the key. Whoever asks for something before its step
gets an error: the split before it is asked for, the picture before the second vote is in, the key before the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lessons.classroom import intervals
from lessons.classroom.results import ClassroomError
from lessons.classroom.vote_bands import SAID, Bands
from lessons.classroom.vote_key import Sealed
from lessons.classroom.vote_tally import Changes, Counts, Taken, Tally, offered
from lessons.grading.vote_codes import FIRST, SECOND, TWIN
from lessons.grading.votes import asked

VOTE, REVOTE, SHOWN, SIMILAR, OPENED = STEPS = ("vote", "revote", "shown", "similar", "opened")
ROUND = {VOTE: FIRST, REVOTE: SECOND, SIMILAR: TWIN}
NAMES = {FIRST: "first vote", SECOND: "second vote", TWIN: "similar question"}


class TooEarly(Exception):
    """Something was asked for before its step. One sentence that says what comes first."""


@dataclass(frozen=True)
class Split:
    """What only the teacher sees. `counts`: of the first vote. `advice`: what to do now; `reason`: by which limits."""

    counts: Counts
    right: str
    advice: str
    reason: str


@dataclass(frozen=True, repr=False)
class Opened:
    """What everybody sees at the end. `sealed`: salt and key. `right`: round -> in words. `changed`: in sentences."""

    sealed: Sealed
    right: Mapping[int, str]
    changed: tuple[str, ...]


class Poll:
    """One question in class. `name`: its id; raises LookupError for one that cannot be voted on."""

    def __init__(self, name: str, bands: Bands | None = None):
        self.asked = asked(name)
        self.tally = Tally(self.asked)
        self.bands = bands or Bands()
        self.sealed = Sealed.of(self.asked)
        self.step = VOTE

    def __repr__(self) -> str:
        return f"Poll({self.asked.item.id}, {self.step}, {self.sealed.fingerprint})"

    @property
    def round(self) -> int | None:
        """The round that is voted in now, if any is."""
        return ROUND.get(self.step)

    @property
    def ahead(self) -> tuple[str, ...]:
        """The steps that can come next."""
        similar = (SIMILAR,) if self.asked.twin else ()
        after = {
            VOTE: (REVOTE, SHOWN) if self.tally.received(FIRST) else (),
            REVOTE: (SHOWN,) if self.tally.received(SECOND) else (),
            SHOWN: (*similar, OPENED),
            SIMILAR: (OPENED,),
        }
        return after.get(self.step, ())

    def go(self, step: str) -> None:
        """Go on to a step. Raises TooEarly."""
        if step not in self.ahead:
            raise TooEarly("Take in votes first; then go on.")
        self.step = step

    def take_codes(self, text: str) -> Taken:
        """Take codes, of whatever round they are. Raises TooEarly once the key was opened."""
        return self._take(lambda: self.tally.codes(text))

    def take_records(self, folder: str) -> Taken:
        """Take a folder or zip of records. Raises ClassroomError, and TooEarly once the key was opened."""
        if not folder.strip():
            raise ClassroomError("Type the folder in which the records of your class lie.")
        return self._take(lambda: self.tally.records(Path(folder.strip())))

    def take_hands(self, raised: Mapping[str, int]) -> Taken:
        """Take raised hands in the round that is voted in now. Raises ValueError and TooEarly."""
        if self.round is None:
            raise TooEarly("No vote is open now, so no hands can be counted.")
        return self._take(lambda: self.tally.hands(self.round, raised))

    def _take(self, how: Callable[[], Taken]) -> Taken:
        if self.step == OPENED:
            raise TooEarly(
                "The key was shown, so nothing counts as a vote any more. Ask the question anew to vote again."
            )
        return how()

    def split(self) -> Split:
        """The votes of the round that is open, else of the first, for the teacher alone. Raises TooEarly."""
        counts = self.tally.counts(self.round or FIRST)
        if not counts.votes:
            raise TooEarly("Nobody has voted yet.")
        advice = SAID[self.bands.advice(counts.right, counts.votes)]
        reason = f"By your limits: teach below {self.bands.low} % right, explain above {self.bands.high} %."
        return Split(counts, right_of(counts), advice, reason)

    def shown(self) -> dict[int, Counts]:
        """Round -> its votes, for the picture. Raises TooEarly as long as a vote is open that could be swayed by it."""
        if self.step in (VOTE, REVOTE):
            raise TooEarly("The votes are shown when the second vote is in, so that nobody follows the crowd.")
        rounds = [FIRST, SECOND] if self.step != OPENED else self.asked.rounds
        return {at: self.tally.counts(at) for at in rounds if self.tally.received(at)}

    def opened(self) -> Opened:
        """Key, salt and what changed. Raises TooEarly."""
        if self.step != OPENED:
            raise TooEarly("The key is opened at the end.")
        counts = {at: self.tally.counts(at) for at in self.asked.rounds if self.tally.received(at)}
        return Opened(self.sealed, {at: right_of(one) for at, one in counts.items()}, tuple(self._changed(counts)))

    def _changed(self, counts: Mapping[int, Counts]) -> list[str]:
        if SECOND not in counts:
            return ["There was no second vote."]
        found = self.tally.changes()
        said = [in_words(found)] if found.pairs else []
        if found.unpaired and found.pairs:
            said.append(f"{found.unpaired} votes have no partner, so of them only the totals are known.")
        elif found.unpaired:
            said.append("No two votes can be put together (hands have no owner), so only the totals are known.")
        if TWIN in counts and (after := self.tally.changes(SECOND, TWIN)).pairs:
            said.append(
                f"In the similar question {after.stayed_right} of {after.stayed_right + after.to_wrong} were right who "
                f"had been right in the second vote, and {after.to_right} of {after.to_right + after.stayed_wrong} who "
                "had not."
            )
        return said

    @property
    def answers(self) -> dict[int, dict[str, str]]:
        """Round -> option -> its text."""
        return {at: offered(self.asked.of(at)) for at in self.asked.rounds}


def right_of(counts: Counts) -> str:
    """How many are right; from 30 votes on their share, too, with its interval."""
    said = f"{counts.right} of {counts.votes} right"
    share = intervals.share(counts.right, counts.votes)
    return said if share is None else f"{said}: {_percent(share)}"


def _percent(one: Any) -> str:
    value, low, high = (round(100 * part) for part in one)
    return f"{value} % (95 % interval {low} to {high})"


def in_words(found: Changes) -> str:
    """What became of the votes of those who voted twice."""
    return (
        f"Of {found.pairs} who voted twice, {found.to_right} went from wrong to right, {found.to_wrong} from right to "
        f"wrong, {found.stayed_right} stayed right and {found.stayed_wrong} stayed wrong."
    )
