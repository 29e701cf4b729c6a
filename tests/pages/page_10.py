"""What page 10 says, asked of the surveys, the cases and the findings."""

from __future__ import annotations

from lessons import benches
from lessons.data import surveys
from lessons.grading.bank import sets
from lessons.grading.cases import RED_FLAGS
from lessons.grading.clinic import cases, safety
from lessons.grading.mark_cases import CONCORDANT, mark_gate, mark_plan
from lessons.grading.report import PASSES
from lessons.models.prognosis import Case, every_plan


def ten_serious_events():
    """One of the two surveys of needling saw about ten, the other none."""
    many, few = (surveys()[name].serious.in_ten_thousand for name in ("many-therapists", "few-therapists"))
    return round(many) == 10 and few == 0


def missed(case):
    """How the gate of a case is marked if nothing is ticked."""
    return mark_gate(cases()[case].visits[0], safety(), [])


def red_flags_lock_and_fail():
    flagged = [
        case.id
        for case in cases().values()
        if any(safety().entries[name].severity in RED_FLAGS for name in case.visits[0].present)
    ]
    return flagged and all(missed(case).failed and missed(case).locks for case in flagged)


def of_mara(choice, adjust=("pincer",)):
    """What a plan for Mara is worth, after a gate that saw the lung."""
    plan = {"local": 8, "central": 2, "choice": choice, "dose": "usual", "adjust": list(adjust), "expected": -3}
    return mark_plan(cases()["mara"].visits[0], safety(), ["over-the-lung"], plan).fraction


def worth_its_share():
    shares = cases()["mara"].visits[0].shares
    return of_mara("release") == 1 and 100 * of_mara("both") == shares["both"]


def eight_and_four():
    reserve = [case.reserve for case in cases().values()]
    return (reserve.count(False), reserve.count(True)) == (8, 4) and next(iter(cases())) == "mara"


def thirty_with_eight_on_safety():
    exam = sets()["exam"].items.values()
    return (len(exam), sum(item.safety for item in exam), float(PASSES)) == (30, 8, 0.7)


EXPLORERS = {"ten_thousand_treatments": benches.ten_thousand_treatments}
PROSE = {
    "Each line is two hundred virtual people like this one.": lambda: (
        {len(course.pain[0]) for course in every_plan(Case())} == {200}
    ),
    "compare five plans": lambda: len(every_plan(Case())) == 5,
    "Eight people come to you, and four more wait in reserve. Mara is the first.": eight_and_four,
    "A red flag locks every treatment, whether you saw it or not. Who misses one has failed the case": (
        red_flags_lock_and_fail
    ),
    "What most of the panel chose is worth the whole case, and anything else the panel's share.": worth_its_share,
    "A gap that you left open halves it.": lambda: of_mara("release", ()) == of_mara("release") / 2,
    "70 of 100 over the eight cases would be enough": lambda: float(CONCORDANT) == 0.7,
    "Thirty questions on the whole course. Seven in ten pass, if all eight on safety are right.": (
        thirty_with_eight_on_safety
    ),
}
CITED = {
    "A bruise is common and small.": "minor-events-in-a-third",
    "A collapsed lung is rare and serious.": "lung-after-needling",
    "Who is breathless after a visit, or has pain in the chest, needs help now.": "chest-pain-now-is-an-emergency",
    "None seen in some thousands does not mean never.": "mild-events-in-a-fifth",
    "how well red flags tell is little studied": "flags-of-headache",
}
KEYS = {("serious-in-ten-thousand", "ten"): ten_serious_events}
