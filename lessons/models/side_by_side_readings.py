"""What can be read from both ways side by side: where each acts, how evenly and how far, pain, motion and rest."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lessons.models import neuromodulation
from lessons.models.best_mix import HALF_AN_HOUR, Mixes, mixes
from lessons.models.side_by_side import LEVELS, Way
from lessons.models.treatment import HIGHEST_BRAKE
from lessons.models.trigger_point_readings import range_of_motion, referred_pain
from lessons.simulation import Observable

A_DAY = 86400.0  # s after a visit
WAYS = {
    "release": "a release",
    "retention": "retained needles",
    "release_sham": "a sham release",
    "retention_sham": "the sham of retained needles",
}
# Level of the map -> its short name, and where it is in words.
PLACES = {
    "at the knot": ("knot", "at the knot"),
    "where it refers": ("referral", "where it refers"),
    "same segments": ("segment", "in the same segments"),
    "other segments": ("elsewhere", "in other segments"),
    "whole body": ("body", "in the middle of the body"),
}


def _of_way(way: str, name: str, label: str, unit: str, read: Callable[[Way], np.ndarray], before, digits=0, axis=None):
    """A reading over time of one way; `before(way)` is its value without any treatment."""
    return Observable(
        f"{way}_{name}",
        f"{label}, {WAYS[way]}",
        unit,
        lambda pair: np.asarray(read(getattr(pair, way)), dtype=float),
        lambda pair: float(before(getattr(pair, way))),
        digits,
        axis,
    )


def _nothing(way: Way) -> float:
    return 0.0


def _braked(way: Way) -> np.ndarray:
    """Share by which the brake of the cord lowers what is referred."""
    brake = way.course.brake
    return np.minimum(HIGHEST_BRAKE, brake / (1 + brake))


def _on_the_map(way: str) -> list[Observable]:
    """Where a way acts, how far and how evenly: what the maps and their table show of each way and of its sham."""
    rows = [
        _of_way(way, name, f"rise of the threshold {words}", "%", lambda w, i=i: w.levels[i], _nothing)
        for i, (name, words) in enumerate(PLACES[level] for level in LEVELS)
    ]
    return [
        *rows,
        _of_way(way, "reach", "share of regions with a rise of 10 %", "%", lambda w: 100 * w.reach, _nothing),
        _of_way(way, "evenness", "evenness of the rise", "", lambda w: np.nan_to_num(w.evenness), _nothing, 2),
    ]


def _of_the_patient(way: str) -> list[Observable]:
    """What else a way does to the patient."""
    return [
        _of_way(way, "pain", "pain (0 to 10)", "", lambda w: w.course.pain, lambda w: w.course.pain_before, 1),
        _of_way(
            way,
            "referred_pain",
            "referred pain (0 to 10)",
            "",
            lambda w: referred_pain(w.course.knot.state, _braked(w)),
            lambda w: referred_pain(w.course.knot.before, 0.0),
            1,
        ),
        _of_way(
            way,
            "range_of_motion",
            "range of motion",
            "°",
            lambda w: range_of_motion(w.course.knot.state),
            lambda w: range_of_motion(w.course.knot.before),
            1,
        ),
        _at_rest(way, "cord_gain"),
    ]


def _at_rest(way: str, name: str) -> Observable:
    """A reading of the nervous system, as the model of retained needles has it."""
    o = neuromodulation.OBSERVABLES[name]
    return _of_way(
        way,
        name,
        o.label,
        o.unit,
        lambda w: o.read(w.course.needles),
        lambda w: o.before(w.course.needles),
        o.digits,
    )


def _of_mixes(name: str, label: str, unit: str, read: Callable[[Mixes], float]) -> Observable:
    return Observable(name, label, unit, lambda pair: read(mixes(pair.parameters, pair.chart)), digits=0)


def _mixed() -> list[Observable]:
    rows = []
    for kind, words in (("release", "a release alone"), ("retention", "needles alone"), ("both", "both together")):
        for name, after, when in (("", HALF_AN_HOUR, "half an hour"), ("_after_a_day", A_DAY, "a day")):
            rows.append(
                _of_mixes(
                    f"given_back_{kind}{name}",
                    f"most that {words} can give back, {when} after the visit",
                    "%",
                    lambda m, kind=kind, after=after: m.now(getattr(m, kind), after),
                )
            )
    rows += [
        _of_mixes(
            "given_back",
            "given back half an hour after the visit",
            "%",
            lambda m: float(m.at(m.yours, HALF_AN_HOUR)),
        ),
        _of_mixes(
            "given_back_sham",
            "given back by the sham half an hour after the visit",
            "%",
            lambda m: float(m.at(m.sham, HALF_AN_HOUR)),
        ),
        _of_mixes(
            "best_passes",
            "passes of the best mix, half an hour after the visit",
            "",
            lambda m: float(m.best_at(HALF_AN_HOUR)[0]),
        ),
        _of_mixes(
            "best_minutes",
            "minutes of the best mix, half an hour after the visit",
            "min",
            lambda m: float(m.best_at(HALF_AN_HOUR)[1]),
        ),
    ]
    return rows


OBSERVABLES: dict[str, Observable] = {
    o.name: o
    for o in (
        *(o for way in WAYS for o in _on_the_map(way)),
        *(o for way in ("release", "retention") for o in _of_the_patient(way)),
        *(_at_rest(way, "rmssd") for way in ("release", "retention", "retention_sham")),
        _at_rest("retention", "cortisol"),
        *_mixed(),
    )
}
