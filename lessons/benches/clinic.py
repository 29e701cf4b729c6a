"""Page 10: the clinic, and what happens in 10,000 treatments."""

from __future__ import annotations

from lessons.grading.clinic import cases, safety, sources
from lessons.interface.clinic import ClinicBoard
from lessons.treated_body import chart

KEPT_AS = "10_cases"  # apart from the page's questions, so that either can be begun anew


def clinic() -> ClinicBoard:
    """The decision board with all cases. The expected course is drawn once there is a model of it: hand it as `fan`."""
    return ClinicBoard(cases(), safety(), chart().regions.values(), KEPT_AS, details=chart().details, look_up=sources)
