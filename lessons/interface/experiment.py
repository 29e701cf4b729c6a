"""An experiment to design: choose what is done and read, say what each account expects, then run it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import traitlets

from lessons.interface.chart import Drawn, source
from lessons.interface.controls import control
from lessons.interface.explorer import Challenge
from lessons.interface.packing import pack
from lessons.interface.reruns import replace_earlier
from lessons.simulation import Parameters, SimulationError

ANSWERS = {"down": "falls", "same": "stays as it was", "up": "rises"}


@dataclass(frozen=True)
class Report:
    """What a run is told: a sentence on the expectations, and the cells of its line in the list of experiments."""

    text: str
    line: tuple[str, ...]


class Experiment(Drawn):
    """A bench for experiments between accounts.

    `design`: a parameter set of named choices; `run(design)` -> outcome; `figure(outcome)` as for an Explorer.
    `accounts`: id -> how the page names it. `report(outcome, said)` -> Report, where `said` is id -> "down", "same" or
    "up". `columns`: headings of the list of experiments. `tasks` tick themselves once an outcome meets them.
    Nothing is shown of an outcome before there is an expectation for every account.
    """

    _esm = source("quick.js", "chart.js", "controls.js", "experiment.js")
    name = traitlets.Unicode().tag(sync=True)
    controls = traitlets.List().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    accounts = traitlets.Dict().tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)
    columns = traitlets.List().tag(sync=True)
    lines = traitlets.List().tag(sync=True)
    tasks = traitlets.List().tag(sync=True)
    met = traitlets.List().tag(sync=True)

    def __init__(
        self,
        design: Parameters,
        run: Callable[[Any], Any],
        figure: Callable[[Any], dict],
        accounts: Mapping[str, str],
        report: Callable[[Any, Mapping[str, str]], Report],
        columns: Sequence[str],
        tasks: Sequence[Challenge] = (),
        name: str = "experiment",
    ):
        self._design, self._run, self._figure, self._report = design, run, figure, report
        self._tasks = tuple(tasks)
        fields = type(design).described()
        super().__init__(
            name=name,
            controls=[control(field, fields) for field in fields],
            values={field: getattr(design, field) for field in fields},
            accounts=dict(accounts),
            answers=ANSWERS,
            columns=list(columns),
            lines=[],
            tasks=[task.text for task in self._tasks],
            met=[False] * len(self._tasks),
        )
        replace_earlier(self, name)

    def run(self, said: Mapping[str, str], **values: int) -> str:
        """Commit what each account expects and run; returns what the learner is told.

        Raises ValueError, in a sentence, for an expectation that is missing or none of those offered, and
        ParameterError for a design that cannot be.
        """
        if set(said) != set(self.accounts) or not set(said.values()) <= set(ANSWERS):
            raise ValueError(f"Say for each account whether the reading {', '.join(ANSWERS.values())}.")
        design = self._design.changed(**{name: int(value) for name, value in values.items()})
        outcome = self._run(design)
        report = self._report(outcome, said)
        self.values = {name: getattr(design, name) for name in self.values}
        self.lines = [*self.lines, list(report.line)]
        self.met = [done or bool(task.met(outcome)) for done, task in zip(self.met, self._tasks, strict=True)]
        self.send_figure(pack(self._figure(outcome)), text=report.text)
        return report.text

    def heard(self, message: dict) -> None:
        if message.get("kind") != "run":
            return
        wanted = {name: value for name, value in message["values"].items() if name in self.values}
        try:
            self.run(message["said"], **wanted)
        except (ValueError, TypeError, SimulationError, ArithmeticError, np.linalg.LinAlgError) as error:
            self.send({"kind": "error", "text": str(error)})
