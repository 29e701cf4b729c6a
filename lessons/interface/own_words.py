"""A card to explain something in own words, and to compare it with what a good explanation has. Nothing is marked."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from lessons.grading import own_words
from lessons.grading.own_words import LONGEST, Words
from lessons.grading.record import RecordError
from lessons.interface.begun_anew import empties_with
from lessons.interface.chart import source
from lessons.interface.reruns import replace_earlier

EMPTY = "Write a sentence or two first. Then compare."


class OwnWords(anywidget.AnyWidget):
    """One explanation. `explanation`: what lessons.explanations.explanations() holds for it.

    The page knows the prompt; points and example come once something was written. What was written travels as messages,
    never as traits, so that a saved page does not hold it. It is kept in the learner's record.
    """

    _esm = source("chart.js", "own_words.js")
    _css = source("course.css", "own_words.css")
    asked = traitlets.Dict().tag(sync=True)

    def __init__(self, explanation: Any):
        self._explanation = explanation
        self._kept, self._trouble, self._on_disk = Words(), "", True
        super().__init__(asked={"prompt": explanation.prompt, "empty": EMPTY, "longest": LONGEST})
        try:
            self._kept = own_words.kept(explanation.lesson, explanation.id)
        except RecordError as error:
            self._trouble = str(error)
        self.on_msg(self._heard)
        empties_with(explanation.lesson, self)
        replace_earlier(self, explanation.id)

    @property
    def words(self) -> Words:
        """What stands on the card."""
        return self._kept

    def write(self, text: str) -> None:
        """Keep the text; without any, no points are shown. Raises ValueError, in a sentence, if it is too long."""
        if len(text) > LONGEST:
            raise ValueError(f"Shorten it to {LONGEST} characters; there are {len(text)}.")
        if text.strip():
            self._keep(Words(text, self._kept.said))
        elif self._kept != Words():
            self._keep(Words())
            self._show()

    def compare(self, text: str) -> None:
        """Keep the text and show the points and the example. Raises ValueError, in a sentence, if there is no text."""
        if not text.strip():
            raise ValueError(EMPTY)
        self.write(text)
        self._keep(Words(text, self._kept.said or ()))
        self._show()

    def tick(self, said: Any) -> None:
        """Keep which points were ticked, by their ids; what is no point is left out."""
        if self._kept.said is not None and isinstance(said, list):
            self._keep(Words(self._kept.text, tuple(p.id for p in self._explanation.points if p.id in said)))

    def begin_anew(self) -> None:
        """Empty the card; the record already counts what was on it no more."""
        self._kept, self._trouble, self._on_disk = Words(), "", True
        self.send({"kind": "cleared"})

    def _keep(self, words: Words) -> None:
        if words == self._kept and self._on_disk:
            return
        self._kept = words
        before, self._trouble = self._trouble, ""
        try:
            own_words.keep(self._explanation.lesson, self._explanation.id, words)
        except RecordError as error:
            self._trouble = f"{error} Your words stay on this page until it is closed."
        self._on_disk = not self._trouble
        if self._trouble != before:
            self.send({"kind": "trouble", "text": self._trouble})

    def _show(self, restored: bool = False) -> None:
        shown = self._kept.said is not None
        points = self._explanation.points if shown else ()
        self.send(
            {
                "kind": "words",
                "restored": restored,
                "text": self._kept.text if restored else None,
                "points": [{"id": point.id, "text": point.text} for point in points],
                "said": list(self._kept.said or ()),
                "example": self._explanation.example if shown else "",
                "trouble": self._trouble,
            }
        )

    def _heard(self, _, message: dict, buffers: list) -> None:
        kind, text = message.get("kind"), message.get("text")
        if kind == "hello":
            self._show(restored=True)
        elif kind == "tick":
            self.tick(message.get("said"))
        elif kind in ("write", "compare") and isinstance(text, str):
            try:
                (self.write if kind == "write" else self.compare)(text)
            except ValueError as error:
                self.send({"kind": "refused", "text": str(error)})
