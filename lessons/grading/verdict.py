"""What an answer is worth, and what to say to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

MARKED = ("correct", "partial", "incorrect")
STATUSES = (*MARKED, "invalid", "unanswered", "grader-error")
KEPT = "kept"  # an answer of which nothing is told, here or not yet
ANSWERED = (*MARKED, KEPT)


@dataclass(frozen=True)
class EntryMark:
    """Whether an entry is right in the place that it was given, both by id, and what to say to that."""

    entry: str
    place: str
    right: bool
    note: str


@dataclass(frozen=True)
class Verdict:
    """What an answer is worth.

    `status`: one of STATUSES, or KEPT; only MARKED ones have a `fraction` (0 to 1), for the others it is None. All but
    those of ANSWERED use up no attempt.
    `tags`: misconceptions or slips that the answer betrays. `note`: what to say to it. `echo`: how a number was read.
    `entries`: the marks of the entries that were sorted, wrong ones first.
    """

    status: str
    fraction: Fraction | None
    tags: tuple[str, ...] = ()
    note: str = ""
    echo: str = ""
    entries: tuple[EntryMark, ...] = ()


UNANSWERED = Verdict("unanswered", None, note="Nothing was answered yet.")


def marked(right: bool, tags: tuple[str, ...], note: str, heard: str = "") -> Verdict:
    """All or nothing."""
    return Verdict("correct" if right else "incorrect", Fraction(int(right)), tags, note, heard)


def shared(fraction: Fraction, tags: Iterable[str], note: str, entries: Sequence[EntryMark] = ()) -> Verdict:
    """A part of the whole; the entries that are wrong come first."""
    status = "correct" if fraction == 1 else "partial" if fraction else "incorrect"
    first_wrong = tuple(sorted(entries, key=lambda mark: mark.right))
    return Verdict(status, fraction, tuple(dict.fromkeys(tag for tag in tags if tag)), note, entries=first_wrong)


def invalid(note: str) -> Verdict:
    """Not readable: costs nothing and says what to do."""
    return Verdict("invalid", None, note=note)
