"""The predictions of a class: codes and records, each learner once, with their middle."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lessons.classroom.results import ClassroomError
from lessons.classroom.vote_tally import Refused, Taken, found_codes, records_in, take
from lessons.grading.vote_codes import FIRST, UNSURE, CodeError, Vote, paper_of_a_prediction
from lessons.grading.votes import guess_in


class Guesses:
    """What a class predicted. `every`: id -> question of all predictions (see `lessons.predictions`), `name`: the one
    that was asked; raises LookupError with those that there are."""

    def __init__(self, name: str, every: Mapping[str, Any]):
        if name not in every:
            raise LookupError(f"There is no prediction '{name}'. There are {', '.join(every)}.")
        self.question = every[name]
        self._papers = {FIRST: paper_of_a_prediction(self.question)}
        self._others = {paper_of_a_prediction(one).letters: one.id for one in every.values()}
        self._given: dict[int, dict[str, Vote]] = {FIRST: {}}

    def __repr__(self) -> str:
        return f"Guesses({self.question.id}, {self.received})"

    @property
    def received(self) -> int:
        """Learners who predicted, "not sure" included."""
        return len(self._given[FIRST])

    @property
    def unsure(self) -> int:
        return sum(one.raw == UNSURE for one in self._given[FIRST].values())

    @property
    def sure(self) -> list[Any]:
        """What was predicted, by those who were not unsure."""
        return [one.raw for one in self._given[FIRST].values() if one.raw != UNSURE]

    @property
    def chosen(self) -> Mapping[str, int]:
        """Option -> learners, for a choice."""
        counted = Counter(self.sure)
        return {option.id: counted[option.id] for option in self.question.options}

    @property
    def rows(self) -> list[list[float]]:
        """One row for each learner, one number for each time, for a value or a curve."""
        return [answer if isinstance(answer, list) else [answer] for answer in self.sure]

    @property
    def middle(self) -> list[float]:
        """The median at each time; empty without a number."""
        return [statistics.median(column) for column in zip(*self.rows, strict=True)]

    def codes(self, text: str) -> Taken:
        """Take any text with codes in it."""
        return take(found_codes(text, self._papers, self._others), self._given)

    def records(self, folder: str) -> Taken:
        """Take the predictions that lie in a folder or zip of records. Raises ClassroomError."""
        if not folder.strip():
            raise ClassroomError("Type the folder in which the records of your class lie.")
        return take(self._of_records(Path(folder.strip()).expanduser()), self._given)

    def _of_records(self, folder: Path) -> Iterator[Vote | Refused | None]:
        on = self._papers[FIRST]
        for _, histories, refused in records_in(folder):
            yield from refused
            if histories is None:
                continue
            guess = guess_in(histories.get(self.question.lesson, ()), self.question.id)
            if guess is None:
                yield None
                continue
            try:
                yield Vote(FIRST, on.read(on.write(guess[0])), None, guess[1])
            except CodeError as error:
                yield Refused("a record", f"{error}; the question may have changed since")
