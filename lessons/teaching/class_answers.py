"""The class's answers beside the model's: a class that is made up, or the one whose files were collected."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lessons.classroom import intervals
from lessons.classroom.class_words import percent
from lessons.figures.class_answers import Answers, class_answers
from lessons.interface.explorer import Explorer
from lessons.interface.prediction import NEAR, UNSURE
from lessons.lesson_models import MODELS
from lessons.predictions import Question, predictions
from lessons.simulation import Parameters, parameter
from lessons.teaching.example_class import made_up

OURS = "this page"
QUESTIONS = tuple(sorted(predictions().values(), key=lambda question: question.lesson))
OPENS_WITH = next(i for i, question in enumerate(QUESTIONS) if question.kind == "curve")


@dataclass(frozen=True, kw_only=True)
class Shown(Parameters):
    """What is shown of a class. `question`: the place of its page in `QUESTIONS`."""

    question: int = parameter(
        OPENS_WITH, 0, len(QUESTIONS) - 1, "", "page", OURS, "assumed",
        choices=tuple(question.lesson for question in QUESTIONS),
    )  # fmt: skip
    learners: int = parameter(30, 1, 200, "", "learners in the made-up class", OURS, "assumed")
    seed: int = parameter(1, 1, 99, "", "another made-up class", OURS, "assumed")
    forecast: int = parameter(5, 0, 10, "of 10", "your forecast: how many answer as the course does", OURS, "assumed")
    reveal: int = parameter(1, 0, 1, "", "show the class and the answer", OURS, "assumed")


class ClassAnswers(Explorer):
    """The picture; `show_class` puts real answers in the place of made-up ones, hidden until somebody shows them."""

    def __init__(self) -> None:
        self._real: tuple[int, Mapping[str, Sequence[Any]]] | None = None
        super().__init__(
            Shown(),
            lambda shown: answers(shown, self._real),
            class_answers,
            ["question", "forecast", "reveal", "learners", "seed"],
            unavailable=self._idle,
            name="class-answers",
        )

    def _idle(self, shown: Shown) -> Mapping[str, str]:
        if self._real is not None:
            return dict.fromkeys(("learners", "seed"), "your class is shown, not a made-up one")
        return {} if shown.reveal else {"seed": "show the class to see another one"}

    def show_class(self, learners: int, given: Mapping[str, Sequence[Any]]) -> str:
        """Show these answers from now on; gives the figure's sentence. `given`: question -> answers."""
        self._real = (learners, given)
        self._last_run = None
        self._frames.clear()
        return self.set(reveal=0)


def answers(shown: Shown, real: tuple[int, Mapping[str, Sequence[Any]]] | None = None) -> Answers:
    """What the picture shows. `real`: a class's size and its answers by question; without it, one is made up."""
    question = QUESTIONS[shown.question]
    line, model, before = _of_the_model(question.id)
    if real is None:
        given = made_up(question, shown.learners, shown.seed, model, before)
        who = f"{shown.learners} made-up learner{'' if shown.learners == 1 else 's'} (an example, not real answers)"
    else:
        given = [one for one in real[1].get(question.id, ()) if _sound(one, question)]
        who = f"Your class: {real[0]} learner{'' if real[0] == 1 else 's'}, of whom {len(given)} committed here"
    unsure = sum(one == UNSURE for one in given)
    told = [one for one in given if one != UNSURE]
    common = {
        "who": who,
        "question": question.question,
        "page": question.lesson,
        "answered": len(told),
        "unsure": unsure,
        "forecast": shown.forecast,
        "revealed": bool(shown.reveal),
    }
    if question.kind == "choice":
        counts = tuple(told.count(option.id) for option in question.options)
        key = next(i for i, option in enumerate(question.options) if option.correct)
        return Answers(
            **common,
            right=counts[key],
            rule="choose what the course says",
            share=_share(counts[key], len(told)) if real else "",
            options=tuple(option.text for option in question.options),
            key=key,
            counts=counts,
            by="what was found" if question.evidence else "the model",
        )
    points = np.array(told, float).reshape(len(told), len(model))
    near = (np.abs(points - np.array(model)) <= NEAR * (question.high - question.low)).sum(axis=1)
    right = int((2 * near > len(model)).sum())
    observable = MODELS[question.lesson].observables[question.observable]
    return Answers(
        **common,
        right=right,
        rule="draw most points close to the model",
        share=_share(right, len(told)) if real else "",
        times=question.seconds,
        names=question.at,
        model=model,
        line=line,
        given=points,
        low=question.low,
        high=question.high,
        label=observable.label,
    )


def _share(right: int, answered: int) -> str:
    """As the report on a class has it: nothing but counts under 30 learners."""
    share = intervals.share(right, answered)
    return percent(share) if share else ""


def _sound(given: Any, question: Question) -> bool:
    """Whether an answer from a file is one that the question takes."""
    if given == UNSURE:
        return True
    if question.kind == "choice":
        return isinstance(given, str) and given in {option.id for option in question.options}
    return (
        isinstance(given, list)
        and len(given) == len(question.at)
        and all(type(one) in (int, float) and question.low <= one <= question.high for one in given)
    )


@functools.cache
def _of_the_model(name: str) -> tuple[tuple[np.ndarray, np.ndarray] | None, tuple[float, ...], float]:
    """Of a curve: the whole line from the first time asked on, its values at the times asked, and the one before."""
    question = predictions()[name]
    if question.kind == "choice":
        return None, (), 0.0
    model = MODELS[question.lesson]
    start = model.parameters()
    about = start.described()
    run = model.simulate(start.changed(**{n: int(v) if about[n].whole else v for n, v in question.run.items()}))
    observable = model.observables[question.observable]
    asked = (run.time >= question.seconds[0]) & (run.time <= question.seconds[-1])
    line = (run.time[asked], np.asarray(observable.read(run))[asked])
    return line, tuple(observable.at(run, second) for second in question.seconds), observable.baseline(run)
