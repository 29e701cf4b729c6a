"""A vote in class, on either side, and what a class predicted."""

from __future__ import annotations

from lessons.grading import votes
from lessons.interface.class_guesses import ClassGuesses
from lessons.interface.class_vote import ClassVote
from lessons.interface.quiz import public
from lessons.interface.vote import VoteCard


def vote(*names: str) -> VoteCard:
    """Questions to vote on, for a page that does not ask them itself. Raises LookupError with those that there are."""
    return VoteCard([votes.asked(name).item for name in names], public)


def class_vote(name: str = "") -> ClassVote:
    """The teacher's board for a vote in class; `name`: the question that it begins with."""
    from lessons.benches import class_board  # counting a class takes modules that no learner's page should wait for

    return class_board.class_vote(name)


def class_predictions(name: str) -> ClassGuesses:
    """What a class predicted; hand it to the figure that waits for the prediction."""
    from lessons.benches import class_board

    return class_board.class_predictions(name)
