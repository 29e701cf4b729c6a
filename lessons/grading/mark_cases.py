"""Marks the answers to a case: pure functions that have a result for anything they are given.

Scored like a script concordance test: what most of the panel chose is worth everything, another choice as much as the
panel's share. Safety comes first and is no part of the sum. To miss a red flag or a contraindication, to needle in
spite of one, or not to refer where there is a red flag, fails the case. A plan that needles and leaves another reason
to be careful unanswered is worth half.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from lessons.grading.cases import CHOICES, GATE, NEEDLED, PLAN, Case, SafetyEntry, Visit, answer_id
from lessons.grading.clinic import Safety
from lessons.grading.verdict import MARKED

DOSES = ("low", "usual", "high")
GAUGES = ("local", "central")
HIGHEST_GAUGE = 10
EXPECTED = range(-6, 3)  # points of pain, four weeks later
CONCORDANT = Fraction(7, 10)
SPOILT = Fraction(1, 2)  # what a plan is worth that leaves a reason to be careful unanswered


@dataclass(frozen=True)
class GateMark:
    """What was seen at the safety gate, by ids of the list. `locks`: the red flags that are there, seen or not."""

    status: str
    found: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    locks: tuple[str, ...] = ()
    failed: bool = False
    note: str = ""


@dataclass(frozen=True)
class PlanMark:
    """What a plan is worth. `share`: per cent of the panel that chose it. `against`: what it needles in spite of;
    `open`: reasons to be careful that it leaves unanswered. `inside`: gauge or dose -> whether it lies where the panel
    puts it, for those that were asked."""

    status: str
    fraction: Fraction | None = None
    share: int = 0
    failed: bool = False
    against: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    inside: Mapping[str, bool] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class CaseMark:
    """A case so far. `fraction`: the mean of its visits, None until the last one is answered; 0 once it has failed."""

    status: str
    fraction: Fraction | None
    failed: bool

    @property
    def done(self) -> bool:
        return self.fraction is not None


@dataclass(frozen=True)
class Tally:
    """Several cases: how many are done, how many of all failed, and how far the done ones agree with the panel."""

    done: int
    failed: int
    concordance: Fraction | None

    @property
    def passed(self) -> bool:
        return self.concordance is not None and self.concordance >= CONCORDANT and not self.failed


def mark_gate(visit: Visit, safety: Safety, ticked: Any) -> GateMark:
    """The mark of what was ticked: a list of ids of the safety list, empty if nothing on it holds."""
    if not isinstance(ticked, list) or any(not isinstance(name, str) or name not in safety.entries for name in ticked):
        return GateMark("invalid", note="Tick entries of the safety list, or say that none of them holds.")
    seen = set(ticked)
    found = tuple(name for name in safety.entries if name in visit.present and name in seen)
    missed = tuple(name for name in safety.entries if name in visit.present and name not in seen)
    extra = tuple(name for name in safety.entries if name in seen and name not in visit.present)
    locks = tuple(entry.id for entry in _present(visit, safety) if entry.red_flag)
    failed = any(safety.entries[name].fails for name in missed)
    status = "incorrect" if failed else "partial" if missed or extra else "correct"
    return GateMark(status, found, missed, extra, locks, failed, _said_of_the_gate(found, missed, extra, failed))


def mark_plan(visit: Visit, safety: Safety, ticked: Any, plan: Any) -> PlanMark:
    """The mark of a plan: {"choice", "local", "central", "expected"}, with "dose" and "adjust" where it needles.

    Where a red flag locks the visit, {"choice": "refer"} is the whole of it. `ticked`: what was answered at the gate.
    """
    gate = mark_gate(visit, safety, ticked)
    if gate.status not in MARKED:
        return PlanMark("invalid", note="Answer the safety gate first.")
    if wrong := _unreadable(plan, safety, locked=bool(gate.locks)):
        return PlanMark("invalid", note=wrong)
    choice, adjust = plan["choice"], set() if gate.locks else set(plan.get("adjust", ()))
    careful = [entry for entry in _present(visit, safety) if not adjust & set(entry.answered_by)]
    needled = choice in NEEDLED
    against = tuple(entry.id for entry in careful if needled and entry.fails)
    left_open = tuple(entry.id for entry in careful if needled and not entry.fails)
    failed = gate.failed or bool(against) or (bool(gate.locks) and choice != "refer")
    share = visit.shares[choice]
    fraction = Fraction(1) if choice == visit.modal else Fraction(share, 100)
    fraction = Fraction(0) if failed else fraction * SPOILT if left_open else fraction
    status = "correct" if fraction == 1 else "partial" if fraction else "incorrect"
    inside = {} if gate.locks else _inside(visit, plan, needled)
    return PlanMark(status, fraction, share, failed, against, left_open, inside, _said_of_the_plan(visit, plan, failed))


def mark_case(case: Case, safety: Safety, answers: Mapping[str, Any]) -> CaseMark:
    """A case from what was kept: id of an answer (see `answer_id`) -> the answer, None where it was taken back."""
    fractions, failed = [], False
    for i, visit in enumerate(case.visits):
        ticked, plan = (answers.get(answer_id(case.id, i, part)) for part in (GATE, PLAN))
        gate = mark_gate(visit, safety, ticked)
        if gate.status not in MARKED:
            break
        failed = failed or gate.failed
        marked = mark_plan(visit, safety, ticked, plan)
        if marked.status not in MARKED:
            break
        failed = failed or marked.failed
        fractions.append(marked.fraction)
    if len(fractions) < len(case.visits):
        return CaseMark("unanswered", None, failed)
    fraction = Fraction(0) if failed else sum(fractions, Fraction(0)) / len(fractions)
    return CaseMark("correct" if fraction == 1 else "partial" if fraction else "incorrect", fraction, failed)


def tally(marks: Iterable[CaseMark]) -> Tally:
    """Several cases together."""
    marks = list(marks)
    done = [mark.fraction for mark in marks if mark.done]
    concordance = sum(done, Fraction(0)) / len(done) if done else None
    return Tally(len(done), sum(mark.failed for mark in marks), concordance)


def _present(visit: Visit, safety: Safety) -> list[SafetyEntry]:
    return [entry for entry in safety.entries.values() if entry.id in visit.present]


def _unreadable(plan: Any, safety: Safety, locked: bool) -> str:
    """What is missing or cannot be read, in one sentence; empty if the plan can be marked."""
    if not isinstance(plan, dict) or not isinstance(plan.get("choice"), str) or plan["choice"] not in CHOICES:
        return f"Choose one of {', '.join(CHOICES)}."
    if locked:
        return ""
    if set(plan) - {"choice", "dose", "adjust", "expected", *GAUGES}:
        return "A plan has a choice, a dose, adjustments, two gauges and what is expected, and nothing else."
    for gauge in GAUGES:
        if type(plan.get(gauge)) is not int or not 0 <= plan[gauge] <= HIGHEST_GAUGE:
            return f"Set the {gauge} driver, from 0 to {HIGHEST_GAUGE}."
    if type(plan.get("expected")) is not int or plan["expected"] not in EXPECTED:
        return f"Say what you expect of the pain, from {EXPECTED[0]} to {EXPECTED[-1]} points."
    adjust = plan.get("adjust", [])
    if not isinstance(adjust, list) or any(not isinstance(one, str) or one not in safety.adjustments for one in adjust):
        return f"Adjustments are {', '.join(safety.adjustments)}."
    if plan["choice"] in NEEDLED:
        dose = plan.get("dose")
        return "" if isinstance(dose, str) and dose in DOSES else f"Choose a dose: {', '.join(DOSES)}."
    return "" if plan.get("dose") in (None, "none") else "Without a needle there is no dose."


def _inside(visit: Visit, plan: Mapping[str, Any], needled: bool) -> dict[str, bool]:
    found = {}
    for gauge in GAUGES:
        low, high = getattr(visit, gauge)
        found[gauge] = low <= plan[gauge] <= high
    if needled and visit.doses:
        found["dose"] = plan["dose"] in visit.doses
    return found


def _said_of_the_gate(found: tuple, missed: tuple, extra: tuple, failed: bool) -> str:
    if failed:
        return "You missed what must not be missed, so this case has failed. Go on and see why."
    parts = [
        "Nothing on the list holds here, and you said so." if not (found or missed or extra) else "",
        f"You found {len(found)} of {len(found) + len(missed)}." if found or missed else "",
        f"{len(extra)} more {'is' if len(extra) == 1 else 'are'} not in this story." if extra else "",
    ]
    return " ".join(part for part in parts if part)


def _said_of_the_plan(visit: Visit, plan: Mapping[str, Any], failed: bool) -> str:
    if failed:
        return "This case has failed on safety, whatever else was right."
    share = visit.shares[plan["choice"]]
    if plan["choice"] == visit.modal:
        return f"So chose most of the panel: {share} of 100."
    return f"{share or 'None'} of 100 of the panel chose this; most of it chose otherwise."
