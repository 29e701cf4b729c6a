"""What stands on the pages: each figure with the model, the sliders and the challenges that belong to it.

A page's code cell calls one function here. To see how a figure is put together, read its function: a parameter set, a
model's `simulate`, a figure function, and the names of the sliders.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

from lessons.build import read_pages
from lessons.data import claims, evidence, planned
from lessons.figures.clock import Clock
from lessons.figures.cut_one_arrow import cut_one_arrow
from lessons.figures.first_look import first_look
from lessons.figures.hysteresis import hysteresis, rest
from lessons.figures.knot_loop import knot_loop
from lessons.figures.model_duel import model_duel
from lessons.figures.phase_plane import phase_plane
from lessons.figures.release_course import release_course
from lessons.figures.style import HOUR
from lessons.figures.threshold import threshold
from lessons.figures.weeks import weeks
from lessons.grading import record
from lessons.grading.bank import banks
from lessons.grading.record import RecordError
from lessons.interface.contents import Contents, Entry
from lessons.interface.evidence import EvidenceChips
from lessons.interface.explorer import Challenge, Explorer, Mode
from lessons.interface.prediction import Prediction
from lessons.interface.quiz import Quiz
from lessons.models import trigger_point_course
from lessons.models.duel import Duel, compare
from lessons.models.trigger_point import OBSERVABLES, TriggerPoint, simulate
from lessons.models.trigger_point_series import more_and_more_passes, one_arrow_cut
from lessons.models.trigger_point_weeks import Weeks
from lessons.predictions import predictions

NEEDLE = Mode({"pressure": 0.0, "pressure_seconds": 0.0, "passes": 6}, ["miss", "passes", "strength"])
THUMB = Mode({"passes": 0, "pressure": 230.0, "pressure_seconds": 60.0}, ["pressure", "pressure_seconds"])


def predict(name: str) -> Prediction:
    """A question to commit to; hand what it returns to the figure that waits for it."""
    visited(predictions()[name].lesson)
    return Prediction(predictions()[name], OBSERVABLES)


def weigh(*ids: str) -> EvidenceChips:
    """The evidence on some of the paper's claims."""
    return EvidenceChips(ids, claims(), evidence())


def quiz(lesson: str) -> Quiz:
    """The questions of a page."""
    return Quiz(lesson)


def contents() -> Contents:
    """All pages, those that exist as they describe themselves."""
    asked = {lesson: tuple(bank.items) for lesson, bank in banks().items()}
    written = [
        Entry(
            p.front.id,
            p.front.title,
            p.front.question,
            f"{p.path.stem}.ipynb",
            p.front.minutes,
            p.front.goals,
            asked.get(p.front.id, ()),
        )
        for p in read_pages()
    ]
    known = {entry.id for entry in written}
    coming = [Entry(p.id, p.title, p.question) for p in planned() if p.id not in known]
    return Contents(sorted([*written, *coming], key=lambda entry: entry.id))


def visited(lesson: str) -> None:
    """Remember that this page was opened, for "continue where you left"."""
    with contextlib.suppress(RecordError):
        record.visit(lesson)


# ---- 00 ----


def first_touch() -> Explorer:
    return Explorer(
        TriggerPoint(passes=6),
        simulate,
        first_look,
        ["passes", "clock"],
        view=Clock(clock=1.0),
        play="clock",
        name="first-touch",
    )


# ---- 02 ----


def ends_knotted(run) -> bool:
    return float(run.state.phosphocreatine[-1]) < 20


def started_healthy(run) -> bool:
    return run.notes["start"] == "healthy"


def strained(run) -> bool:
    return started_healthy(run) and run.parameters.acute_overload >= 0.2 and run.parameters.overload_minutes >= 2


def loop(after: Prediction | None = None) -> Explorer:
    return Explorer(
        TriggerPoint(knot=0, passes=0, overload_minutes=5.0),
        simulate,
        knot_loop,
        ["acute_overload", "overload_minutes", "load_after", "capillary_reserve", "clock"],
        folded=["knot", "load", "endplate_release", "nodule_radius", "sympathetic_tone"],
        view=Clock(clock=6 * HOUR),
        play="clock",
        presets={
            "A healthy day": {"acute_overload": 0.0, "overload_minutes": 5.0, "load_after": 0.35, "knot": 0},
            "Five hard minutes": {"acute_overload": 0.3, "overload_minutes": 5.0, "load_after": 0.35, "knot": 0},
            "A knot, and rest": {"acute_overload": 0.0, "overload_minutes": 5.0, "load_after": 0.2, "knot": 1},
        },
        challenges=[
            Challenge("Tip a healthy muscle over and bring the load back to 0.35: the knot stays.", _stays),
            Challenge("Strain a healthy muscle (20 % or more, two minutes or more) without tipping it.", _recovers),
            Challenge("Let a knot go without a needle: change only what surrounds it.", _let_go),
        ],
        unavailable=_no_overload,
        after=after,
        name="knot",
    )


def _stays(run) -> bool:
    return started_healthy(run) and ends_knotted(run) and abs(run.parameters.load_after - 0.35) < 0.005


def _recovers(run) -> bool:
    return strained(run) and not ends_knotted(run)


def _let_go(run) -> bool:
    return run.notes["start"] == "contracted" and not ends_knotted(run)


def _no_overload(parameters: TriggerPoint) -> Mapping[str, str]:
    if parameters.acute_overload == 0:
        return {"overload_minutes": "Does nothing while the acute overload is 0."}
    return {}


def fuel_and_acid() -> Explorer:
    return Explorer(
        TriggerPoint(knot=0, passes=0, acute_overload=0.3, overload_minutes=5.0),
        simulate,
        phase_plane,
        ["acute_overload", "overload_minutes", "load_after", "clock"],
        folded=["knot", "capillary_reserve", "nodule_radius", "endplate_release"],
        view=Clock(clock=300.0),
        play="clock",
        unavailable=_no_overload,
        under="Look deeper: a map of fuel and acid",
        name="fuel-and-acid",
    )


def load_up_load_down() -> Explorer:
    return Explorer(
        TriggerPoint(passes=0),
        rest,
        hysteresis,
        ["load", "knot", "capillary_reserve", "nodule_radius"],
        folded=["sympathetic_tone", "arterial_pressure", "endplate_release"],
        under="Look deeper: load up, load down",
        name="load-up-load-down",
    )


def cut_an_arrow() -> Explorer:
    return Explorer(
        TriggerPoint(passes=0),
        one_arrow_cut,
        cut_one_arrow,
        ["load", "cut_release", "cut_pump_energy", "cut_pressure", "cut_phosphate"],
        folded=["cut_esterase", "cut_pump_acid", "cut_calcium_release", "capillary_reserve"],
        under="Look deeper: cut one arrow of the loop",
        name="cut-one-arrow",
    )


def duel() -> Explorer:
    return Explorer(
        Duel(),
        compare,
        model_duel,
        ["expectation"],
        modes={"Needle": NEEDLE, "Thumb": THUMB},
        under="Look deeper: two accounts in a duel",
        name="duel",
    )


# ---- 03 ----


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
        },
        challenges=[
            Challenge("Release the knot with the fewest passes that do it at strength 0.6.", _smallest),
            Challenge("Release it with the thumb at no more than 180 kPa.", _thumb),
            Challenge("Release it, and bring it back within a day by load alone.", _relapse),
        ],
        unavailable=_no_needle,
        after=after,
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
