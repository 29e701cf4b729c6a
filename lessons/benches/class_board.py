"""The teacher's board: a vote in class, and what a class predicted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lessons.classroom.class_guesses import Guesses
from lessons.classroom.poll import NAMES, OPENED, SHOWN, Poll, TooEarly, right_of
from lessons.classroom.results import ClassroomError
from lessons.classroom.vote_bands import Bands
from lessons.figures.class_guesses import ghosts
from lessons.figures.class_votes import Round, class_votes
from lessons.grading import votes
from lessons.grading.bank import banks
from lessons.grading.items import Item
from lessons.grading.vote_codes import FIRST, SECOND, TWIN, paper_of_a_prediction
from lessons.interface.class_guesses import ClassGuesses
from lessons.interface.class_vote import ClassVote
from lessons.interface.quiz import public
from lessons.lesson_models import MODELS
from lessons.predictions import predictions

REFUSALS = (TooEarly, ClassroomError, ValueError)


def class_vote(name: str = "") -> ClassVote:
    """The teacher's board for a vote in class; `name`: the question that it begins with."""
    return ClassVote(Poll, _pictures, Bands, public, REFUSALS, _questions(), name)


def class_predictions(name: str) -> ClassGuesses:
    """What a class predicted; hand it to the figure that waits for the prediction."""
    guesses = Guesses(name, predictions())
    question = guesses.question
    observables = {} if question.kind == "choice" else MODELS[question.lesson].observables
    letters = paper_of_a_prediction(question).letters
    return ClassGuesses(guesses, _ghosts, _of_a_choice, observables, REFUSALS, letters)


def _questions() -> list[dict[str, Any]]:
    numbers = {name: i + 1 for bank in banks().values() for i, name in enumerate(bank.items)}
    return [
        {"id": name, "lesson": lesson, "number": numbers[name], "stem": banks()[lesson].items[name].stem}
        for name, lesson in votes.every().items()
    ]


def _pictures(poll: Poll) -> Mapping[str, dict]:
    """What may be shown at this step: both votes, and at the end the similar question."""
    if poll.step not in (SHOWN, OPENED):
        return {}
    counts = poll.shown()
    told = poll.step == OPENED
    asked = {"votes": (FIRST, SECOND), "similar": (TWIN,)}
    found = {}
    for name, rounds in asked.items():
        present = [at for at in rounds if at in counts]
        if present:
            found[name] = _picture(poll.asked.of(present[0]), {at: counts[at] for at in present}, told)
    return found


def _picture(item: Item, counts: Mapping[int, Any], told: bool) -> dict:
    reason = " (answer and reason)" if item.type == "two_tier" else ""
    rounds = [
        Round(NAMES[at], one.votes, one.chosen, one.values, right_of(one) + reason if told else "")
        for at, one in counts.items()
    ]
    options = {option["id"]: option["text"] for option in public(item).get("options", ())}
    if item.type == "numeric":
        within = tuple(float(item.key + side * item.tolerance) for side in (-1, 1)) if told else None
        return class_votes({}, rounds, unit=item.unit, within=within)
    return class_votes(options, rounds, [option.id for option in item.options if option.correct] if told else [])


def _ghosts(guesses: Guesses) -> list[dict]:
    question = guesses.question
    return [] if question.kind == "choice" else ghosts(question.seconds, question.axes, guesses.rows, guesses.middle)


def _of_a_choice(guesses: Guesses) -> dict | None:
    question = guesses.question
    if question.kind != "choice":
        return None
    right = [option.id for option in question.options if option.correct]
    count = sum(guesses.chosen[name] for name in right)
    words = f"{count} of {guesses.received} right, {guesses.unsure} not sure"
    rounds = [Round("predictions", guesses.received, guesses.chosen, (), words)]
    return class_votes({option.id: option.text for option in question.options}, rounds, right)
