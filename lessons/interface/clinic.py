"""The decision board: a patient, the safety gate, two gauges, a choice with its dose, and then the panel beside it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import traitlets

from lessons.grading import record
from lessons.grading.cases import GATE, PLAN, Case, Visit, answer_id
from lessons.grading.clinic import Safety
from lessons.grading.mark_cases import mark_case, mark_gate, mark_plan, tally
from lessons.grading.record import SURE, RecordError
from lessons.grading.verdict import MARKED
from lessons.interface.body_map import STRENGTHS, VIEWS, Area, fills, flat, for_page
from lessons.interface.chart import Drawn, source
from lessons.interface.clinic_words import ADJUSTED, CHOICES, DOSES, STEPS, progress, told_gate, told_plan
from lessons.interface.packing import pack
from lessons.interface.reruns import replace_earlier
from lessons.simulation import SimulationError

Fan = Callable[[Case, Mapping[str, Any]], dict | None]


class ClinicBoard(Drawn):
    """Staged cases, answered one step after the other; what was confirmed stays until a case is begun anew.

    `regions` and `details`: the body chart, see `BodyMap`. `kept_as`: the record's name for the answers.
    `look_up(finding ids)` -> citations. `fan(case, plan)` -> a figure (see `Chart`) of the course that a plan brings,
    or None for none; it is asked once a plan was committed that no red flag locked.

    The page knows stories and the safety list; what holds in a story, the panel and its reasons stay here until an
    answer has come, and then travel as messages, never as traits, so that a saved page holds none of it.
    """

    _esm = source("quick.js", "chart.js", "body_views.js", "clinic_steps.js", "clinic_told.js", "clinic.js")
    _css = source("course.css", "body_map.css", "clinic.css")
    areas = traitlets.List().tag(sync=True)
    strokes = traitlets.Dict().tag(sync=True)
    muscle = traitlets.Dict().tag(sync=True)  # none is drawn here
    words = traitlets.List().tag(sync=True)
    fills = traitlets.List().tag(sync=True)
    cases = traitlets.List().tag(sync=True)
    steps = traitlets.List().tag(sync=True)
    choices = traitlets.List().tag(sync=True)
    doses = traitlets.List().tag(sync=True)
    adjustments = traitlets.List().tag(sync=True)
    adjusted = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        cases: Mapping[str, Case],
        safety: Safety,
        regions: Iterable[Area],
        kept_as: str,
        *,
        details: Mapping[str, Sequence[np.ndarray]] | None = None,
        look_up: Callable[[Sequence[str]], Sequence[str]] = lambda _: (),
        fan: Fan | None = None,
        hue: str = "@blood",
    ):
        self._cases, self._safety, self._kept_as = dict(cases), safety, kept_as
        self._look_up, self._fan = look_up, fan or (lambda _, __: None)
        self._given: dict[str, Any] = {}
        self._sure: dict[str, int] = {}
        self._trouble = self._saved = ""
        super().__init__(
            areas=[for_page(region) for region in regions],
            strokes={view: [flat(line) for line in (details or {}).get(view, ())] for view in VIEWS},
            words=list(STRENGTHS),
            fills=fills(hue, len(STRENGTHS)),
            cases=[_public(case) for case in self._cases.values()],
            steps=[{"title": title, "entries": self._step(severity)} for severity, title in STEPS.items()],
            choices=[{"id": name, "text": text} for name, text in CHOICES.items()],
            doses=[{"id": name, "text": text} for name, text in DOSES.items()],
            adjustments=[one.model_dump() for one in safety.adjustments.values()],
            adjusted=ADJUSTED,
        )
        self._restore()
        replace_earlier(self, f"clinic {kept_as}")

    def _step(self, severity: str) -> list[dict[str, Any]]:
        """One step of the safety list as anybody may read it: what to do, and how far that was looked up."""
        return [
            {"id": entry.id, "ask": entry.ask, "do": entry.do, "sources": list(self._look_up(entry.evidence))}
            for entry in self._safety.entries.values()
            if entry.severity == severity
        ]

    def _restore(self) -> bool:
        """Read what was kept; says whether it differs from what stands here."""
        before = dict(self._given)
        try:
            kept, sure = record.answers(self._kept_as), record.sureness(self._kept_as)
            self._trouble = record.notice(self._kept_as)
        except RecordError as error:
            self._trouble = str(error)
            return False
        names = [name for case in self._cases.values() for name in _names(case)]
        self._given = {name: kept[name] for name in names if kept.get(name) is not None}
        self._sure = {name: sure[name] for name in self._given if name in sure}
        return self._given != before

    # ---- messages of the page ----

    def heard(self, message: dict) -> None:
        kind, case = message.get("kind"), self._cases.get(_text(message.get("case")))
        if kind == "hello":
            self._restore()
            self._tell_all()
        elif kind == "look":
            if self._restore():
                self._tell_all()
        elif kind == "over" and message.get("case") is None:
            self.start_over()
        elif kind == "over" and case:
            self.start_over(case.id)
        elif kind in (GATE, PLAN) and case:
            visit, sure = message.get("visit"), message.get("sure")
            if type(visit) is int and 0 <= visit < len(case.visits):
                answer = message.get("answer")
                self.commit(case.id, visit, kind, answer, sure if type(sure) is int and sure in SURE else None)

    def commit(self, name: str, visit: int, part: str, answer: Any, sure: int | None = None) -> str:
        """Commit what was ticked at the gate, or a plan (see `lessons.grading.mark_cases`); gives the status.

        What was committed stays, and steps come in their order: anything else is invalid and changes nothing.
        """
        case = self._cases[name]
        key = answer_id(name, visit, part)
        status = self._status(case, visit, part, answer) if key not in self._given else "invalid"
        if status in MARKED:
            self._keep(key, answer, status, sure)
            self._given[key] = answer
            if sure is not None:
                self._sure[key] = sure
        self._tell(case, {"visit": visit, "part": part, "status": status})
        self._progress()
        return status

    def _status(self, case: Case, visit: int, part: str, answer: Any) -> str:
        earlier = [answer_id(case.id, i, one) for i in range(visit) for one in (GATE, PLAN)]
        if any(key not in self._given for key in earlier):
            return "invalid"
        there = case.visits[visit]
        if part == GATE:
            return mark_gate(there, self._safety, answer).status
        return mark_plan(there, self._safety, self._given.get(answer_id(case.id, visit, GATE)), answer).status

    def start_over(self, name: str | None = None) -> None:
        """Empty one case, or all of them; what was answered stays in the record's history."""
        for case in [self._cases[name]] if name else self._cases.values():
            for key in _names(case):
                if self._given.pop(key, None) is not None:
                    self._sure.pop(key, None)
                    self._keep(key, None, "unanswered")
            self._tell(case)
        self._progress()

    def _keep(self, key: str, answer: Any, status: str, sure: int | None = None) -> None:
        try:
            record.save_answer(self._kept_as, key, answer, status, sure)
            self._trouble = record.notice(self._kept_as)
            self._saved = f"Saved {datetime.datetime.now():%H:%M}."
        except RecordError as error:
            self._trouble, self._saved = f"{error} Your answers stay on this page until it is closed.", ""

    # ---- what the page is told ----

    def _tell_all(self) -> None:
        for case in self._cases.values():
            self._tell(case)
        self._progress()

    def _tell(self, case: Case, news: Mapping[str, Any] | None = None) -> None:
        """How a case stands: all that was committed, and what may be known since. `news`: what has just come."""
        marked = mark_case(case, self._safety, self._given)
        visits = [self._visit(case, i) for i in range(len(case.visits))]
        state = {"done": marked.done, "failed": marked.failed, "begun": any(visits)}
        self.send({"kind": "case", "id": case.id, **state, "visits": visits, "news": news})
        for i, told in enumerate(visits):
            new = news is None or (news["visit"], news["part"]) == (i, PLAN)
            if new and told and told["plan"] and not told["gate"]["locked"]:
                self._draw_fan(case, i, told["plan"]["raw"])

    def _visit(self, case: Case, i: int) -> dict[str, Any]:
        """What may be known of a visit; empty before it has come, and the first one before it was begun."""
        visit = case.visits[i]
        gate, plan = (self._given.get(answer_id(case.id, i, part)) for part in (GATE, PLAN))
        come = i == 0 or answer_id(case.id, i - 1, PLAN) in self._given
        if not come or (i == 0 and gate is None):
            return {}
        told: dict[str, Any] = {"public": _public_visit(visit), "gate": None, "plan": None}
        if gate is not None:
            told["gate"] = told_gate(visit, self._safety, gate, mark_gate(visit, self._safety, gate))
        if plan is not None:
            marked = mark_plan(visit, self._safety, gate, plan)
            told["plan"] = told_plan(visit, self._safety, plan, marked, self._look_up(visit.evidence))
            told["plan"]["sure"] = self._sure.get(answer_id(case.id, i, PLAN))
        return told

    def _draw_fan(self, case: Case, visit: int, plan: Mapping[str, Any]) -> None:
        try:
            figure = self._fan(case, plan)
        except (ValueError, SimulationError, ArithmeticError, np.linalg.LinAlgError) as error:
            self.send({"kind": "no fan", "case": case.id, "visit": visit, "text": str(error)})
            return
        if figure is not None:
            self.send_figure(pack(figure), case=case.id, visit=visit)

    def _progress(self) -> None:
        marks = {case.id: mark_case(case, self._safety, self._given) for case in self._cases.values()}
        asked = [case.id for case in self._cases.values() if not case.reserve]
        text = progress(tally(marks[name] for name in asked), len(asked), tally(marks.values()))
        self.send({"kind": "progress", "text": text, "saved": self._saved, "trouble": self._trouble})


def _names(case: Case) -> list[str]:
    """The ids of all answers to a case."""
    return [answer_id(case.id, i, part) for i in range(len(case.visits)) for part in (GATE, PLAN)]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _public(case: Case) -> dict[str, Any]:
    """What the page may know of a case before anything was answered: its second visit is no part of it."""
    about = {"id": case.id, "name": case.name, "title": case.title, "reserve": case.reserve, "pain": dict(case.pain)}
    return {**about, "visit": _public_visit(case.visits[0])}


def _public_visit(visit: Visit) -> dict[str, Any]:
    return {"when": visit.when, "story": visit.story, "examination": list(visit.examination)}
