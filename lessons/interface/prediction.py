"""Commit first, then look: a choice, a value or a curve that stays drawn on the figure and is compared kindly."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

import anywidget
import numpy as np
import traitlets

from lessons.grading import record
from lessons.grading.record import RecordError
from lessons.grading.vote_codes import FIRST, CodeError, Vote, code, paper_of_a_prediction, tag
from lessons.grading.votes import guess_in
from lessons.interface.chart import source
from lessons.interface.commitment import UNSURE, Commitment
from lessons.interface.reruns import replace_earlier

NEAR = 0.15


class Prediction(Commitment, anywidget.AnyWidget):
    """One question before a figure opens.

    `question`: what lessons.predictions holds for it (kind choice, value or curve). `observables`: the model's
    dictionary, from which the comparison is read; a choice needs none. The answer is kept in the learner's record.
    """

    _esm = source("quick.js", "chart.js", "board.js", "prediction.js")
    _css = source("course.css", "vote.css")
    asked = traitlets.Dict().tag(sync=True)
    answer = traitlets.Any(None, allow_none=True).tag(sync=True)
    verdict = traitlets.Unicode().tag(sync=True)
    code = traitlets.Unicode().tag(sync=True)

    def __init__(self, question: Any, observables: Mapping[str, Any]):
        self._question, self._observables = question, observables
        try:
            kept = record.prediction(question.lesson, question.id)
            trouble = ""
        except RecordError as error:
            kept, trouble = None, str(error)
        super().__init__(asked=self._public(), answer=kept, committed=kept is not None, trouble=trouble)
        self.code = self._coded()
        self.on_msg(self._heard)
        replace_earlier(self, question.id)

    def _public(self) -> dict:
        """What the page may know before the answer: no key, no reply."""
        q = self._question
        shown: dict[str, Any] = {"id": q.id, "kind": q.kind, "question": q.question}
        if q.kind == "choice":
            shown["options"] = [{"id": o.id, "text": o.text} for o in q.options]
        else:
            observable = self._observables[q.observable]
            shown |= {"low": q.low, "high": q.high, "step": q.step, "unit": observable.unit, "label": observable.label}
            shown["at"] = [{"seconds": s, "name": n} for s, n in zip(q.seconds, q.at, strict=True)]
            if q.start is not None:
                shown["start"] = q.start
        return shown

    def commit(self, answer: Any) -> None:
        """Commit an answer: an option's id, a number, a list of numbers (one for each time), or "unsure".

        Raises ValueError, in a sentence, for anything else. A committed answer stays.
        """
        if self.committed:
            return
        self._refuse_nonsense(answer)
        try:
            record.save_prediction(self._question.lesson, self._question.id, answer)
        except RecordError as error:
            self.trouble = f"{error} Your prediction stays on this page until it is closed."
        self.answer = answer
        self.code = self._coded()
        self.committed = True

    def _coded(self) -> str:
        """The answer as a code to read out in class, the same whenever the page is opened; "" where there is none."""
        if self.answer is None:
            return ""
        lot = tag()
        with contextlib.suppress(RecordError):
            lot = (guess_in(record.history(self._question.lesson), self._question.id) or (None, lot))[1]
        try:
            return code(paper_of_a_prediction(self._question), Vote(FIRST, self.answer, None, lot))
        except CodeError:  # an answer to what the question asked before
            return ""

    def _refuse_nonsense(self, answer: Any) -> None:
        q = self._question
        if answer == UNSURE:
            return
        if q.kind == "choice":
            if answer not in [o.id for o in q.options]:
                raise ValueError(f"Choose one of: {', '.join(o.id for o in q.options)}.")
            return
        numbers = [answer] if q.kind == "value" else answer
        if not isinstance(numbers, list) or len(numbers) != len(q.seconds):
            raise ValueError(f"Give {len(q.seconds)} numbers, one for each time.")
        for number in numbers:
            if isinstance(number, bool) or not isinstance(number, (int, float)) or not q.low <= number <= q.high:
                raise ValueError(f"Each number must lie from {q.low:g} to {q.high:g}, not {number!r}.")

    def marks(self) -> list[dict]:
        """The prediction as traces that stay drawn on the figure."""
        q = self._question
        if q.kind == "choice" or not self.committed or self.answer == UNSURE:
            return []
        numbers = self.answer if q.kind == "curve" else [self.answer]
        return [
            {
                "type": "scatter",
                "x": list(q.seconds),
                "y": list(numbers),
                "xaxis": q.axes[0],
                "yaxis": q.axes[1],
                "mode": "lines+markers+text" if q.kind == "curve" else "markers+text",
                "line": {"color": "@context", "width": 2, "dash": "dot"},
                "marker": {"color": "@context", "size": 11, "symbol": "triangle-up"},
                "text": [""] * (len(numbers) - 1) + ["you"],
                "textposition": "top center",
                "textfont": {"color": "@context", "size": 13},
                "cliponaxis": False,
                "hoverinfo": "skip",
            }
        ]

    def compare(self, trajectory: Any) -> str:
        """Set `verdict`: what was said beside what the model says. Never a mark."""
        q = self._question
        if q.kind == "choice":
            key = next(o for o in q.options if o.correct)
            chosen = next((o for o in q.options if o.id == self.answer), None)
            reply = chosen.reply if chosen else key.reply
            who = ("What was found agrees", "What was found") if q.evidence else ("The model agrees", "The model says")
            head = f"{who[0]} with you. " if chosen is key else f"{who[1]}: {key.text} "
            self.verdict = head + reply
            return self.verdict
        observable = self._observables[q.observable]
        model = [observable.at(trajectory, s) for s in q.seconds]
        unit = f" {observable.unit}" if observable.unit else ""
        told = ", ".join(f"{m:.{observable.digits}f} at {n}" for m, n in zip(model, q.at, strict=True))
        if self.answer == UNSURE:
            self.verdict = f"In the model: {told}{unit}. {q.reply}"
            return self.verdict
        yours = np.array(self.answer if q.kind == "curve" else [self.answer], dtype=float)
        away = np.abs(yours - model) / (q.high - q.low)
        worst = int(np.argmax(away))
        near = int(np.sum(away <= NEAR))
        if q.kind == "value":
            head = "Close." if near else "Not there yet."
        else:
            head = f"{near} of your {len(model)} points lie close to the model."
            if near < len(model):
                head += f" The farthest is {q.at[worst]}: you said {yours[worst]:g}."
        self.verdict = f"{head} In the model: {told}{unit}. {q.reply}"
        return self.verdict
