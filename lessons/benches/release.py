"""Page 03: needle and thumb, from a second to six weeks."""

from __future__ import annotations

from collections.abc import Mapping

from lessons.benches.needle_or_thumb import NEEDLE, THUMB, ends_knotted
from lessons.benches.patient import FAILED, PRESSED, RELEASE, shared
from lessons.figures.clock import Clock
from lessons.figures.phase_plane import phase_plane
from lessons.figures.release_course import release_course
from lessons.figures.threshold import threshold
from lessons.figures.weeks import weeks
from lessons.interface.explorer import Challenge, Explorer
from lessons.interface.patient import Treated
from lessons.interface.prediction import Prediction
from lessons.models import trigger_point_course
from lessons.models.trigger_point import TriggerPoint, simulate
from lessons.models.trigger_point_series import more_and_more_passes
from lessons.models.trigger_point_weeks import Weeks
from lessons.presets import added


def release(after: Prediction | None = None) -> Explorer:
    return Explorer(
        TriggerPoint(),
        simulate,
        release_course,
        ["load_after", "clock"],
        modes={"Needle": NEEDLE, "Thumb": THUMB},
        folded=["load", "sympathetic_tone", "descending_inhibition", "spacing", "reflex_arc", "nodule_radius"],
        view=Clock(),
        play="clock",
        presets={
            "Six good twitches": {"passes": 6, "strength": 0.9, "miss": 0.0, "load_after": 0.35, "reflex_arc": 1.0},
            "Five millimetres beside it": {"passes": 6, "strength": 0.9, "miss": 5.0, "load_after": 0.35},
            "Back to a hard week": {"passes": 6, "strength": 0.9, "miss": 0.0, "load_after": 0.8},
            "The reflex is cut": {"passes": 6, "strength": 0.9, "miss": 0.0, "reflex_arc": 0.0},
            **added("release", TriggerPoint.described()),
        },
        challenges=[
            Challenge("Release the knot with the fewest passes that do it at strength 0.6.", _smallest),
            Challenge("Release it with the thumb at no more than 180 kPa.", _thumb),
            Challenge("Release it, and bring it back within a day by load alone.", _relapse),
        ],
        unavailable=_no_needle,
        after=after,
        patient=shared("03", _treated, load=("load", "load_after"), sympathetic_tone="sympathetic_tone"),
        name="release",
    )


def _no_needle(parameters: TriggerPoint) -> Mapping[str, str]:
    if parameters.passes == 0:
        return dict.fromkeys(("miss", "strength", "spacing", "reflex_arc"), "Does nothing without needle passes.")
    return {"spacing": "Does nothing with a single pass."} if parameters.passes == 1 else {}


def _smallest(run) -> bool:
    p = run.parameters
    return abs(p.strength - 0.6) < 0.005 and p.passes == 3 and not ends_knotted(run)


def _thumb(run) -> bool:
    p = run.parameters
    return not p.passes and 0 < p.pressure <= 180 and not ends_knotted(run)


def _relapse(run) -> bool:
    early = run.state.phosphocreatine.max() > 20 and run.notes["start"] == "contracted"
    return bool(early and run.parameters.load == 0.35 and ends_knotted(run))


def _treated(run, _) -> Treated:
    p = run.parameters
    released = run.notes["start"] == "contracted" and not ends_knotted(run)
    if p.passes:
        return Treated({RELEASE if released else FAILED: 1}, ("passes", "strength", "miss"))
    if p.pressure and p.pressure_seconds:
        return Treated({PRESSED if released else FAILED: 1}, ("pressure", "pressure_seconds"))
    raise ValueError("Nothing is done to her here: choose a pass of the needle, or press with the thumb.")


def one_pass_more() -> Explorer:
    return Explorer(
        TriggerPoint(strength=0.6),
        more_and_more_passes,
        threshold,
        ["strength", "miss", "load", "sympathetic_tone"],
        folded=["spacing", "reflex_arc", "nodule_radius", "capillary_reserve"],
        under="Look deeper: one pass more",
        name="one-pass-more",
    )


def over_the_border() -> Explorer:
    return Explorer(
        TriggerPoint(strength=0.6, passes=3),
        simulate,
        phase_plane,
        ["passes", "strength", "miss", "load_after", "clock"],
        folded=["load", "sympathetic_tone", "nodule_radius"],
        view=Clock(clock=60.0),
        play="clock",
        unavailable=_no_needle,
        under="Look deeper: over the border",
        name="over-the-border",
    )


def weeks_after() -> Explorer:
    return Explorer(
        Weeks(),
        trigger_point_course.compare,
        weeks,
        ["visits", "days_between", "load", "hard_week_load", "expectation"],
        folded=["hard_week", "passes", "strength", "miss", "weeks_before", "load_spread", "soreness_counts", "seed"],
        presets={
            "Three weekly visits": {"visits": 3, "days_between": 7, "hard_week_load": 0.0},
            "One visit": {"visits": 1, "hard_week_load": 0.0},
            "A hard week": {"hard_week_load": 0.45},
            "A week of rest": {"hard_week_load": -0.3},
        },
        challenges=[
            Challenge("Release most knots at the first visit, and have most of them back after six weeks.", _overtaken),
            Challenge("Let sham catch up: far behind after a week, level after six.", _caught_up),
        ],
        unavailable=_no_other_week,
        under="Look deeper: six weeks, two hundred people",
        name="six-weeks",
    )


def _overtaken(run) -> bool:
    return bool(run.treated.state.knot[-1].mean() > 0.5 and run.treated.released[0].mean() > 0.5)


def _caught_up(run) -> bool:
    treated, other = (arm.state.knot.mean(axis=1) for arm in (run.treated, run.other))
    return bool(other[28] - treated[28] > 0.3 and other[-1] - treated[-1] < 0.1)


def _no_other_week(parameters: Weeks) -> Mapping[str, str]:
    return {"hard_week": "Does nothing while the extra load is 0."} if parameters.hard_week_load == 0 else {}
