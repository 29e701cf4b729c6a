"""Page 02: the loop, its tipping point, its arrows and its rival."""

from __future__ import annotations

from collections.abc import Mapping

from lessons.benches.needle_or_thumb import NEEDLE, THUMB, ends_knotted
from lessons.benches.patient import shared
from lessons.figures.clock import Clock
from lessons.figures.cut_one_arrow import cut_one_arrow
from lessons.figures.hysteresis import hysteresis, rest
from lessons.figures.knot_loop import knot_loop
from lessons.figures.model_duel import model_duel
from lessons.figures.phase_plane import phase_plane
from lessons.figures.style import HOUR
from lessons.interface.explorer import Challenge, Explorer
from lessons.interface.prediction import Prediction
from lessons.models.duel import Duel, compare
from lessons.models.trigger_point import TriggerPoint, simulate
from lessons.models.trigger_point_series import one_arrow_cut
from lessons.presets import added


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
            **added("loop", TriggerPoint.described()),
        },
        challenges=[
            Challenge("Tip a healthy muscle over and bring the load back to 0.35: the knot stays.", _stays),
            Challenge("Strain a healthy muscle (20 % or more, two minutes or more) without tipping it.", _recovers),
            Challenge("Let a knot go without a needle: change only what surrounds it.", _let_go),
        ],
        unavailable=_no_overload,
        after=after,
        patient=shared("02", load=("load", "load_after"), sympathetic_tone="sympathetic_tone"),
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
