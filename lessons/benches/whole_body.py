"""Page 06: the whole body, one visit and the weeks."""

from __future__ import annotations

from collections.abc import Mapping

from lessons.benches.patient import shared, visits
from lessons.figures.human_only import HumanOnly
from lessons.figures.whole_body_session import whole_body_session
from lessons.figures.whole_body_weeks import whole_body_weeks
from lessons.interface.explorer import Challenge, Explorer
from lessons.interface.patient import Treated
from lessons.interface.prediction import Prediction
from lessons.models.neuromodulation_course import NO_NEEDLE, Course
from lessons.models.neuromodulation_whole_body import compare, compare_visit
from lessons.presets import added

# Three weeks, three visits a week, as in the trial of sleep that the page is about.
THREE_WEEKS = Course(visits_per_week=3.0, weeks=3)
# Trials in people: a blinded trial's needles and belief, and small trials trusted by half. They open here, because what
# the page asks before the figure is asked of them.
# The paper read as it stands: strong needles, a reader who believes it, small trials taken at their word.
ACCOUNTS = {
    "What trials in people show": {"strength": 3.0, "expectancy": 0.6, "small_trial_discount": 0.5, "human_only": 1},
    "As the paper says": {"strength": 9.0, "expectancy": 0.8, "small_trial_discount": 1.0, "human_only": 0},
}
NO_VISITS = "Does nothing without visits: choose some weeks."
NO_TIME = "Does nothing when the visit has no time."
NOT_IN = "Does nothing when no needle goes in."
NOT_FELT = "Does nothing at strength 0."
NO_INPUT = "Does nothing without any needle, in sham too."
NO_BELIEF = "Does nothing without expectation when the needles put nothing in."


def whole_body(after: Prediction | None = None) -> Explorer:
    return Explorer(
        THREE_WEEKS,
        compare,
        whole_body_weeks,
        ["visits_per_week", "weeks", "retention", "expectancy", "strength"],
        folded=["sham", "needles", "small_trial_discount", "flare", "trend", "weeks_shown"],
        view=HumanOnly(),
        accounts=ACCOUNTS,
        presets={
            "Three weeks, three visits a week": {"visits_per_week": 3.0, "weeks": 3, "weeks_shown": 26},
            "Ten weekly visits": {"visits_per_week": 1.0, "weeks": 10, "weeks_shown": 26},
            "A year afterwards": {"visits_per_week": 1.0, "weeks": 12, "weeks_shown": 65},
            "No visits, after a bad day": {"weeks": 0, "flare": 2.0, "weeks_shown": 26},
            **added("whole_body", Course.described()),
        },
        challenges=[
            Challenge("Nine visits change sleep by 3.6 points. Reach 3.5 with six visits or fewer.", _fewer),
            Challenge("Find settings, with visits, in which sham does at least as much for sleep.", _equal),
            Challenge("Let a gap in sleep open, and close before week 5.", _closes),
        ],
        unavailable=_weeks_idle,
        after=after,
        patient=shared("06", _treated_for_weeks, expectancy="expectancy"),
        name="whole-body",
    )


def one_visit() -> Explorer:
    return Explorer(
        THREE_WEEKS,
        compare_visit,
        whole_body_session,
        ["posture", "expectancy", "strength", "retention", "needles"],
        folded=["interval", "sham", "small_trial_discount"],
        view=HumanOnly(),
        accounts=ACCOUNTS,
        presets={
            "A blinded trial": {"posture": 1, "expectancy": 0.6, "strength": 3.0, "retention": 30.0, "needles": 8},
            "Upright": {"posture": 0, "expectancy": 0.6, "strength": 3.0, "retention": 30.0, "needles": 8},
            "Strong and painful": {"posture": 1, "expectancy": 0.6, "strength": 9.0, "interval": 1.0},
        },
        challenges=[
            Challenge("Take lying down away and see what is left of the heart's calm.", _upright),
            Challenge("Make the needle lower the heart's calm below that of sham.", _strong),
        ],
        unavailable=_visit_idle,
        patient=shared("06", _treated_once, expectancy="expectancy"),
        name="one-visit",
    )


def _treated_for_weeks(run, _) -> Treated:
    p = run.parameters
    return visits(p.needles, p.retention, len(run.visits), ("needles", "retention", "strength"))


def _treated_once(visit, _) -> Treated:
    p = visit.parameters
    return visits(p.needles, p.retention, 1, ("needles", "retention", "strength"))


def _fewer(run) -> bool:
    return bool(0 < len(run.visits) <= 6 and run.at("sleep", 2, run.end) <= -3.5)


def _equal(run) -> bool:
    return bool(len(run.visits) and run.parameters.retention > 0 and run.gap("sleep", run.end) <= 0.0)


def _closes(run) -> bool:
    return bool(run.closes() < 28)


def _weeks_idle(c: Course) -> Mapping[str, str]:
    if round(c.visits_per_week * c.weeks) == 0:
        names = ("retention", "expectancy", "strength", "sham", "needles", "small_trial_discount")
        return dict.fromkeys(names if c.weeks else ("visits_per_week", *names), NO_VISITS)
    idle = _needles_idle(c)
    if _no_input(c):
        idle["retention"] = NO_INPUT
    if c.retention == 0:
        idle |= dict.fromkeys(("strength", "needles", "small_trial_discount"), NO_TIME)
        if c.expectancy == 0:
            idle["sham"] = NO_BELIEF
    return idle


def _visit_idle(c: Course) -> Mapping[str, str]:
    if c.retention == 0:
        names = ("posture", "expectancy", "strength", "needles", "interval", "sham", "small_trial_discount")
        return dict.fromkeys(names, NO_TIME)
    idle = _needles_idle(c)
    if c.expectancy == 0:
        if c.needles == 0 or c.strength == 0:
            idle["interval"] = NO_BELIEF
        if c.small_trial_discount == 0:
            idle["sham"] = NO_BELIEF
    return idle


def _needles_idle(c: Course) -> dict[str, str]:
    idle = {"small_trial_discount": NO_INPUT} if _no_input(c) else {}
    if c.needles == 0:
        idle["strength"] = NOT_IN
    if c.strength == 0:
        idle["needles"] = NOT_FELT
    return idle


def _no_input(c: Course) -> bool:
    """Whether neither real needles nor the chosen sham put anything in."""
    return (c.needles == 0 or c.strength == 0) and c.sham == NO_NEEDLE


def _upright(run) -> bool:
    return run.parameters.posture == 0 and run.parameters.retention > 0


def _strong(run) -> bool:
    _, _, sham, real = run.steps("rmssd")
    return real < sham
