"""Both ways side by side, on the body and over time (pages 00 and 07), and the mix that suits a patient (page 07)."""

from __future__ import annotations

from lessons.benches.patient import FAILED, RELEASE, STAY, shared
from lessons.figures.best_mix import AfterVisit, best_mix
from lessons.figures.clock import Clock
from lessons.figures.side_by_side import Sides, side_by_side, sides
from lessons.figures.two_bodies import Begun, two_bodies
from lessons.interface.body_prediction import BodyPrediction
from lessons.interface.explorer import Challenge, Explorer
from lessons.interface.patient import Treated
from lessons.interface.prediction import Prediction
from lessons.models import side_by_side as model
from lessons.models.best_mix import HALF_AN_HOUR, Mixes, mixes, parts, visit
from lessons.models.side_by_side import Mix
from lessons.presets import added
from lessons.treated_body import chart, maras_chart

# A mix has all of Mara's numbers, by the same names.
HERS = {name: name for name in ("load", "sympathetic_tone", "expectancy", "sensitisation")}


def run(mix: Mix) -> Sides:
    """Both plans of a patient, each with its sham, on the chart."""
    return sides(model.side_by_side(mix, maras_chart()), chart())


def both_bodies(after: BodyPrediction | None = None) -> Explorer:
    """Both treatments with a button each, on two bodies that are grey at first."""
    return Explorer(
        Mix(),
        run,
        two_bodies,
        ["clock"],
        folded=[
            "minutes", "needles", "expectancy", "twitch", "passes", "strength", "load", "sympathetic_tone",
            "sensitisation",
        ],
        buttons=["release_begun", "retention_begun"],
        view=Begun(),
        unavailable=_idle,
        unseen=_not_begun,
        play="clock",
        presets={
            "Strong needles, as the paper says": {"strength": 9.0, "minutes": 50.0, "expectancy": 0.15},
            "Nobody believes in it": {"expectancy": 0.0},
            "The knot resists": {"twitch": 0.4},
        },
        after=after,
        patient=shared("00", _begun, **HERS),
        name="both-bodies",
    )  # fmt: skip


# Values of a working release and of needles as trials use them: who changes only the patient leaves these alone.
TECHNIQUE = ("passes", "minutes", "twitch", "strength", "needles")
SENSITISED = 3.0


def where_and_when(after: Prediction | None = None) -> Explorer:
    """Where each way acts, and when, for one patient; the overlap of the two is a dial."""
    return Explorer(
        Mix(),
        run,
        side_by_side,
        ["clock", "overlap", "sensitisation", "expectancy", "twitch"],
        folded=[
            "minutes", "needles", "strength", "passes", "visits", "days_between", "load", "sympathetic_tone",
            "body_wide", "segmental", "local", "referral", "elsewhere", "lowering", "flare",
        ],
        view=Clock(),
        play="clock",
        presets={
            "Strong needles, as the paper says": {"strength": 9.0, "minutes": 50.0, "expectancy": 0.15},
            "A clean division of labour": {"overlap": 0.0},
            "Nobody believes in it": {"expectancy": 0.0},
            "A sensitised cord": {"sensitisation": SENSITISED},
            "Six weekly visits": {"visits": 6},
            **added("where_and_when", Mix.described()),
        },
        challenges=[
            Challenge("Take the overlap away and look at ten minutes: what goes from each body?", _no_overlap),
            Challenge("Make retained needles reach fewer than half of the regions at their best.", _hardly_anywhere),
            Challenge("Let the release fail, and look at a day: what is left on its map?", _no_release),
        ],
        unavailable=_idle,
        after=after,
        patient=shared("07", **HERS),
        name="where-and-when",
    )  # fmt: skip


def the_best_mix() -> Explorer:
    """Which mix gives a patient most back, over how sensitised the cord is."""
    return Explorer(
        Mix(),
        lambda mix: mixes(mix, maras_chart()),
        best_mix,
        ["sensitisation", "passes", "minutes", "hours_after", "twitch"],
        folded=["strength", "needles", "expectancy", "load", "sympathetic_tone", "overlap", "lowering", "flare"],
        view=AfterVisit(),
        presets={
            "Mara": {},
            "A sensitised cord": {"sensitisation": SENSITISED},
            "Feeble twitches": {"twitch": 0.6},
            "Strong needles": {"strength": 9.0},
            "A day later": {"hours_after": 24.0},
        },
        challenges=[
            Challenge("Change only the sensitisation, until needles alone give back more than a release.", _flipped),
            Challenge("Choose your mix so that it gives back nearly as much as the best of both.", _nearly_best),
            Challenge("In a sensitised cord (3 or more) find a mix that leaves the body more tender.", _flare),
        ],
        patient=shared("07", _mixed, **HERS),
        name="best-mix",
    )


def _begun(found: Sides, view: Begun) -> Treated:
    """What was begun on either body; each plan is carried out without the other."""
    p, done, how = found.pair.parameters, {}, ()
    if view.release_begun and p.passes:
        done[RELEASE if found.pair.release.course.released else FAILED] = p.visits
        how += ("passes", "twitch")
    if view.retention_begun and p.minutes:
        done[STAY] = p.visits
        how += ("minutes", "needles", "strength")
    if not done:
        raise ValueError("Nothing has begun: press Release or Retain first.")
    return Treated(done, how)


def _mixed(found: Mixes, _) -> Treated:
    p, done, how = found.parameters, {}, ()
    if p.passes:
        released = visit(parts(p)[0], p.passes, p.minutes).released
        done[RELEASE if released else FAILED] = 1
        how += ("passes", "twitch")
    if p.minutes:
        done[STAY] = 1
        how += ("minutes", "needles", "strength")
    if not done:
        raise ValueError("Nothing is done to her here: choose some passes, or minutes for which needles stay.")
    return Treated(done, how)


def _not_begun(view: Begun) -> dict[str, str]:
    waiting = {}
    if not view.release_begun:
        waiting |= dict.fromkeys(("twitch", "passes"), "Press Release first.")
    if not view.retention_begun:
        waiting |= dict.fromkeys(("minutes", "needles", "strength"), "Press Retain first.")
    if not view.release_begun and not view.retention_begun:
        waiting |= dict.fromkeys(HERS, "Press Release or Retain first.")
    return waiting


def _idle(mix: Mix) -> dict[str, str]:
    idle = {}
    if mix.sensitisation == 1:
        idle |= dict.fromkeys(("lowering", "flare"), "Does nothing in a calm cord: raise the sensitisation.")
    if mix.visits == 1:
        idle["days_between"] = "Does nothing with one visit."
    if mix.passes == 0:
        idle["twitch"] = "Does nothing without a pass of the needle."
    if mix.minutes == 0:
        idle |= dict.fromkeys(("needles", "local"), "Does nothing when no needle stays.")
    return idle


def _no_overlap(found: Sides) -> bool:
    return found.pair.parameters.overlap == 0


def _hardly_anywhere(found: Sides) -> bool:
    return bool(found.pair.parameters.minutes and found.pair.retention.reach.max() < 0.5)


def _no_release(found: Sides) -> bool:
    return bool(found.pair.parameters.passes and not found.pair.release.course.released)


def _flipped(found: Mixes) -> bool:
    p = found.parameters
    same = all(getattr(p, name) == getattr(Mix(), name) for name in (*TECHNIQUE, "expectancy", "load"))
    return same and found.now(found.retention, HALF_AN_HOUR) > found.now(found.release, HALF_AN_HOUR)


def _nearly_best(found: Mixes) -> bool:
    return bool(found.at(found.yours, HALF_AN_HOUR) > found.now(found.both, HALF_AN_HOUR) - 2)


def _flare(found: Mixes) -> bool:
    return bool(found.parameters.sensitisation >= SENSITISED and found.at(found.yours, HALF_AN_HOUR) < -2)
