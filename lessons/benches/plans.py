"""What may become of a patient (page 10): the fan of a plan in the clinic, and plans side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lessons.figures.plans import plans
from lessons.figures.prognosis import prognosis as fan
from lessons.grading.cases import Case as Story
from lessons.interface.explorer import Challenge, Explorer
from lessons.models.prognosis import DOSES, KINDS, Case, Course, every_plan, prognosis

NOTHING, USUAL = KINDS.index("neither"), DOSES.index("usual")


def expected_course(_: Story, plan: Mapping[str, Any]) -> dict | None:
    """The fan of a committed plan, as its two gauges describe the patient; None where the patient is referred."""
    if plan["choice"] not in KINDS:
        return None
    dose = DOSES.index(plan["dose"]) if plan.get("dose") in DOSES else USUAL
    gauges = {name: float(plan[name]) for name in ("local", "central") if plan.get(name) is not None}
    case = Case(kind=KINDS.index(plan["choice"]), dose=dose, **gauges)
    return fan((prognosis(case), prognosis(case.changed(kind=NOTHING))))


def planner() -> Explorer:
    """Every kind of plan for one patient: three goals, visits, soreness."""
    return Explorer(
        Case(),
        every_plan,
        plans,
        ["local", "central", "pain", "dose", "weeks_before"],
        folded=["sleep", "expectancy"],
        presets={
            "One muscle, three weeks": {"local": 8.0, "central": 2.0, "pain": 6.0, "weeks_before": 3, "sleep": 6.0},
            "Tender all over, for years": {
                "local": 2.0,
                "central": 9.0,
                "pain": 6.0,
                "weeks_before": 12,
                "sleep": 15.0,
            },
            "Some of both": {"local": 5.0, "central": 7.0, "pain": 5.0, "weeks_before": 12, "sleep": 12.0},
        },
        challenges=[
            Challenge(
                "Find a patient for whom no plan helps pain much more often in a week than none.", _nothing_helps
            ),
            Challenge("Choose a dose whose release beats no needle, with less than 2.5 of soreness.", _gentle),
            Challenge("Find a patient whom needles that stay help as often as a release.", _no_spot),
        ],
        name="planner",
    )


def _shares(found: Sequence[Course], name: str, day: float) -> dict[str, float]:
    return {one.kind: one.chance(name, day) for one in found}


def _nothing_helps(found: Sequence[Course]) -> bool:
    shares = _shares(found, "pain", 7.0)
    return max(shares.values()) < shares["neither"] + 0.15


def _gentle(found: Sequence[Course]) -> bool:
    shares = _shares(found, "pain", 7.0)
    release = next(one for one in found if one.kind == "release")
    return release.sore_after_a_visit < 2.5 and shares["release"] > shares["neither"] + 0.1


def _no_spot(found: Sequence[Course]) -> bool:
    shares = _shares(found, "pain", 7.0)
    return shares["retain"] >= shares["release"]
