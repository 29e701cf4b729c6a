"""What can be read from three arms: the parts of an improvement, who is better, trials, belief, and a bad day."""

from __future__ import annotations

import math
from collections.abc import Callable

from lessons.models.bad_day import bad_day
from lessons.models.three_arms import BETTER, Found
from lessons.models.trial_belief import belief
from lessons.simulation import Observable

PARTS = {
    "regression": "regression to the mean",
    "natural_course": "natural course",
    "context": "context",
    "needle": "needle",
}
ARMS = {"untreated": "without treatment", "sham": "with sham", "real": "with real treatment"}
COMPARED = {"sham": "sham over no treatment", "real": "real over sham"}


def _points(name: str, label: str, read: Callable[[Found], float]) -> Observable:
    return Observable(name, label, "points", read, digits=2)


def _per_cent(name: str, label: str, read: Callable[[Found], float]) -> Observable:
    return Observable(name, label, "%", read, digits=0)


def _of_the_thousand() -> list[Observable]:
    rows = [
        _points(name, f"part of the improvement: {words}", lambda found, i=i: found.parts[i])
        for i, (name, words) in enumerate(PARTS.items())
    ]
    for i, (name, words) in enumerate(ARMS.items()):
        rows += [
            _points(f"improved_{name}", f"improvement {words}", lambda found, i=i: float(found.improved[i])),
            _per_cent(f"better_{name}", f"better by {BETTER:g} {words}", lambda found, i=i: float(found.better[i])),
        ]
    return rows


def _of_trials() -> list[Observable]:
    rows = []
    for i, (name, words) in enumerate(COMPARED.items()):
        rows += [
            _points(f"trial_{name}", f"one trial, {words}", lambda found, i=i: found.trial[i].difference),
            _points(f"trial_{name}_from", f"{words}, interval from", lambda found, i=i: found.trial[i].low),
            _points(f"trial_{name}_to", f"{words}, interval to", lambda found, i=i: found.trial[i].high),
            _per_cent(f"told_{name}", f"trials that find {words}", lambda found, i=i: found.told_apart(i)),
        ]
    return rows


def _or_nothing(points: float) -> float:
    """0 where one of the groups that would be compared is empty."""
    return points if math.isfinite(points) else 0.0


def _of_belief_and_bad_days() -> list[Observable]:
    return [
        _points("believing", "what believing adds", lambda found: _or_nothing(belief(found).believing)),
        _points("being_needled", "what real treatment adds to sham", lambda found: _or_nothing(belief(found).needled)),
        _points(
            "on_the_day", "untreated clinic, the day they came", lambda found: bad_day(found.parameters).on_the_day
        ),
        _points("weeks_later", "untreated clinic, weeks later", lambda found: bad_day(found.parameters).later),
        _per_cent("by_itself", "untreated clinic, better by 2", lambda found: bad_day(found.parameters).better),
    ]


OBSERVABLES: dict[str, Observable] = {
    o.name: o for o in (*_of_the_thousand(), *_of_trials(), *_of_belief_and_bad_days())
}
