"""What the board says of an answer to a case, in words and plain lists, once it has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lessons.grading.cases import Visit
from lessons.grading.clinic import Safety
from lessons.grading.mark_cases import CONCORDANT, GateMark, PlanMark, Tally

STEPS = {
    "emergency": "1 Emergency",
    "medical first": "2 Medical first",
    "modify": "3 This person",
    "site": "4 This place",
}
CHOICES = {
    "release": "Release the spot with a needle",
    "retain": "Needles that stay",
    "both": "Both",
    "neither": "Neither: hands, movement, advice",
    "refer": "Refer, no needle today",
}
DOSES = {"none": "none", "low": "low", "usual": "usual", "high": "high"}
ADJUSTED = "What do you change, for this person and this place?"
PARTS = {
    "why": "Why",
    "trap": "The trap",
    "tell": "Tell the patient",
    "measure": "Measure",
    "stop": "Stop rule",
    "safety": "Safety",
    "flip": "What would flip it",
}
NOT_SAID = "Nothing in this story says so."
PROPOSAL = "The panel's shares are the authors' proposal. No clinician has reviewed them yet."


def told_gate(visit: Visit, safety: Safety, ticked: Sequence[str], mark: GateMark) -> dict[str, Any]:
    """What was ticked, what holds and by which words of the story, and the red flags that lock."""
    how = {
        **dict.fromkeys(mark.found, "found"),
        **dict.fromkeys(mark.missed, "missed"),
        **dict.fromkeys(mark.extra, "extra"),
    }
    return {
        "ticked": list(ticked),
        "status": mark.status,
        "note": mark.note,
        "failed": mark.failed,
        "locked": bool(mark.locks),
        "entries": [
            {
                "id": name,
                "state": state,
                "words": visit.present.get(name, ""),
                "why": safety.entries[name].do if name in visit.present else visit.near.get(name, NOT_SAID),
            }
            for name, state in how.items()
        ],
        "near": [
            {"ask": safety.entries[name].ask, "why": why} for name, why in visit.near.items() if name not in mark.extra
        ],
        "locks": [{"ask": safety.entries[name].ask, "do": safety.entries[name].do} for name in mark.locks],
    }


def told_plan(
    visit: Visit, safety: Safety, plan: Mapping[str, Any], mark: PlanMark, sources: Sequence[str]
) -> dict[str, Any]:
    """The plan beside the panel: shares, ranges, reasons, and what was needled in spite of."""
    return {
        "raw": dict(plan),
        "status": mark.status,
        "note": mark.note,
        "failed": mark.failed,
        "worth": f"{float(100 * mark.fraction):.0f} of 100",
        "against": _listed(mark.against, safety),
        "open": _listed(mark.open, safety),
        "shares": [
            {"text": text, "share": visit.shares[name], "yours": name == plan["choice"], "most": name == visit.modal}
            for name, text in CHOICES.items()
        ],
        "gauges": [
            {"name": f"{name} driver", "yours": plan[name], "panel": list(getattr(visit, name)), "inside": inside}
            for name, inside in mark.inside.items()
            if name != "dose"
        ],
        "dose": _told_dose(visit, plan, mark),
        "parts": [{"title": title, "text": getattr(visit, name)} for name, title in PARTS.items()],
        "sources": list(sources),
        "proposal": PROPOSAL,
    }


def progress(asked: Tally, cases: int, every: Tally) -> str:
    """How far one is, how much one agrees with the panel, and whether that would do."""
    more = every.done - asked.done
    parts = [f"{asked.done} of {cases} cases done{f', and {more} in reserve' if more else ''}."]
    if every.concordance is not None:
        needed = f"{float(100 * CONCORDANT):.0f}"
        # Rounded down, so that what is not enough does not look like enough.
        parts.append(f"You agree with the panel by {int(100 * every.concordance)} of 100; {needed} would do.")
    if every.failed:
        parts.append(f"{every.failed} failed on safety; none may.")
    return " ".join(parts)


def _told_dose(visit: Visit, plan: Mapping[str, Any], mark: PlanMark) -> str:
    if "dose" not in mark.inside:
        return ""
    panel = " or ".join(visit.doses)
    return f"Dose: you {plan['dose']}, the panel {panel}{'.' if mark.inside['dose'] else ': not the same.'}"


def _listed(names: Sequence[str], safety: Safety) -> list[dict[str, str]]:
    return [{"ask": safety.entries[name].ask, "do": safety.entries[name].do} for name in names]
