"""The predictions of a class, opened at once and laid over a figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import traitlets

from lessons.interface.chart import Drawn, source
from lessons.interface.packing import pack
from lessons.interface.reruns import replace_earlier


class ClassGuesses(Drawn):
    """The predictions of a class: collected in silence, then opened, and laid over the figure that waits for them.

    Hand it to a figure in place of a prediction (`after=`). `guesses`: lessons.classroom.class_guesses;
    `ghosts(guesses)` -> traces; `figure(guesses)` -> the figure of a choice, or None; `observables`: the model's, for
    what a class is told; `letters`: those that the codes begin with; `refusals`: errors that are told.
    """

    _esm = source("quick.js", "chart.js", "collecting.js", "class_guesses.js")
    _css = source("course.css", "vote.css")
    asked = traitlets.Dict().tag(sync=True)
    committed = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self,
        guesses: Any,
        ghosts: Callable[[Any], list[dict]],
        figure: Callable[[Any], dict | None],
        observables: Mapping[str, Any],
        refusals: tuple[type[Exception], ...],
        letters: str,
    ):
        self._guesses, self._ghosts, self._figure = guesses, ghosts, figure
        self._observables, self._refusals = observables, refusals
        self._verdict = ""
        question = guesses.question
        options = [option.text for option in question.options]
        super().__init__(
            asked={"question": question.question, "lesson": question.lesson, "options": options, "letters": letters}
        )
        replace_earlier(self, f"class {question.id}")

    @property
    def waits(self) -> str:
        """What the figure behind it says while it is closed."""
        return (
            ""
            if self.committed
            else "This picture waits for the predictions of the class above. Take them in, then open them."
        )

    def heard(self, message: dict) -> None:
        kind, given = message.get("kind"), message.get("given")
        if kind == "hello":
            self._show()
        elif kind == "open" and self._guesses.received:
            self.committed = True
            self._show()
        elif kind in ("codes", "folder") and isinstance(given, str) and not self.committed:
            self._take(kind, given)

    def _take(self, kind: str, given: str) -> None:
        try:
            taken = self._guesses.codes(given) if kind == "codes" else self._guesses.records(given)
        except self._refusals as error:
            self._show(error=str(error))
        else:
            self._show(taken.sentence, taken.refused)

    def _show(self, said: str = "", refused: Sequence[Any] = (), error: str = "") -> None:
        refused = [[one.what, one.why] for one in refused]
        told = self._verdict if self.committed else ""
        state = {"received": self._guesses.received, "said": said, "refused": refused, "error": error, "verdict": told}
        self.send({"kind": "guesses", **state})
        if self.committed and (figure := self._figure(self._guesses)):
            self.send_figure(pack(figure), which="guesses")

    # ---- what a figure asks of a prediction ----

    def marks(self) -> list[dict]:
        """The class as traces on the figure; none before it is opened."""
        return self._ghosts(self._guesses) if self.committed else []

    def compare(self, trajectory: Any) -> str:
        """What the middle of the class said beside what the model says. Never a mark."""
        question, middle = self._guesses.question, self._guesses.middle
        if question.kind == "choice" or not middle:
            return self._verdict
        observable = self._observables[question.observable]
        model = [observable.at(trajectory, second) for second in question.seconds]
        digits, unit = observable.digits, f" {observable.unit}" if observable.unit else ""
        told = "; ".join(
            f"{name}: {yours:.{digits}f}, in the model {there:.{digits}f}{unit}"
            for name, yours, there in zip(question.at, middle, model, strict=True)
        )
        unsure = f" {self._guesses.unsure} were not sure." if self._guesses.unsure else ""
        self._verdict = f"The middle of the class, {told}.{unsure} {question.reply}"
        self._show()
        return self._verdict
