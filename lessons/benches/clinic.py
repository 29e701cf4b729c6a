"""Page 10: the clinic, and what happens in 10,000 treatments."""

from __future__ import annotations

from lessons.benches.plans import expected_course
from lessons.data import findings, references, surveys
from lessons.entries import Survey
from lessons.figures.ten_thousand import Asked, Harm, ten_thousand
from lessons.grading.clinic import cases, safety, sources
from lessons.interface.clinic import ClinicBoard
from lessons.interface.explorer import Explorer
from lessons.interface.prediction import Prediction
from lessons.treated_body import chart

KEPT_AS = "10_cases"  # apart from the page's questions, so that either can be begun anew


def clinic() -> ClinicBoard:
    """The decision board with all cases, and what may become of the patient under the plan that was committed."""
    return ClinicBoard(
        cases(),
        safety(),
        chart().regions.values(),
        KEPT_AS,
        details=chart().details,
        look_up=sources,
        fan=expected_course,
    )


def ten_thousand_treatments(after: Prediction | None = None) -> Explorer:
    """What happens in 10,000 treatments, by one survey or another."""
    found = tuple(_harm(survey) for survey in surveys().values())
    return Explorer(
        Asked(),
        lambda asked: found[asked.survey],
        ten_thousand,
        ["survey"],
        after=after,
        name="ten-thousand-treatments",
    )


def _harm(survey: Survey) -> Harm:
    finding = findings()[survey.finding]
    return Harm(
        minor=survey.minor,
        kinds=tuple((kind.name, kind.percent) for kind in survey.kinds),
        serious=survey.serious.events,
        among=survey.serious.among,
        at_most=survey.serious.at_most,
        reported=finding.caution,
        source=references()[finding.source].citation,
    )
