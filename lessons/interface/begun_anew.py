"""What stands on a page beside its questions and is emptied with them when the learner starts the page over."""

from __future__ import annotations

from typing import Protocol
from weakref import WeakSet


class Emptied(Protocol):
    """Something that can be emptied; the record already counts what was in it no more."""

    def begin_anew(self) -> None: ...


_standing: dict[str, WeakSet[Emptied]] = {}  # closed widgets leave by themselves


def empties_with(lesson: str, one: Emptied) -> None:
    """Have it emptied whenever its lesson is begun anew, in whatever window."""
    _standing.setdefault(lesson, WeakSet()).add(one)


def empty_the_rest(lesson: str) -> None:
    """Empty all that stands beside the questions of a lesson that was begun anew."""
    for one in list(_standing.get(lesson, ())):
        one.begin_anew()
