"""Whether the keys of questions that a run answers hold: predictions, sliders to set, curves."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

from lessons.grading.items import Curve, Item, Prediction, Target
from lessons.grading.question import Ask, Statement
from lessons.lesson_models import Model
from lessons.simulation import ParameterError, SimulationError
from lessons.truth.values import both_sides, decided, read_before, read_value

CLEAR = 3.0  # times the band: a change; a share of it: none
_known_luck: dict[tuple[str, Model], float] = {}
LEAST_LUCK, MOST_LUCK = 0.001, 0.25  # share of all settings that meet a target
A_FEW, PLAINLY = 128, 10.0  # settings that are tried first; the rest only if their share does not plainly lie between


def prediction(item: Prediction, model: Model) -> list[str]:
    """Three times the band is a change, a third of it is none, and what lies between is for nobody to know."""
    found = []
    for row in item.rows:
        for phase, way in zip(item.phases, row.key, strict=True):
            asked = Ask(of=row.of, at=phase.at)
            against = item.scenario.compare
            start = (
                read_before(asked, item.scenario.set, model) if against is None else read_value(asked, against, model)
            )
            change = read_value(asked, item.scenario.set, model) - start
            if abs(change) <= row.band / CLEAR:
                there = "same"
            elif abs(change) >= row.band * CLEAR:
                there = "up" if change > 0 else "down"
            else:
                there = "unclear"
            if there != way:
                found.append(
                    f"'{row.id}' at '{phase.id}' is keyed {way}, and the model's change of {change:.3g} is {there} "
                    f"with a band of {row.band:g}; change the key, the band or the time"
                )
    return found


def meets(item: Target, setting: Mapping[str, float], model: Model) -> list[bool]:
    """Which goals of a question a setting meets, in their order. Raises ParameterError for what the model refuses."""
    return [_holds(goal.holds, {**item.scenario.set, **setting}, item, model) for goal in item.goals]


def _holds(statement: Statement, changes: Mapping[str, float], item: Item, model: Model) -> bool:
    value, against, margin = both_sides(statement, changes, item, model)
    return decided(statement.op, value - against, margin)


def target(item: Target, model: Model) -> list[str]:
    """The solution meets all goals, and the start does not."""
    found = []
    if missed := [g.id for g, met in zip(item.goals, meets(item, item.solution, model), strict=True) if not met]:
        found.append(f"its solution does not meet {', '.join(missed)}; correct the solution or the goals")
    if all(meets(item, item.start, model)):
        found.append("its goals are met where the sliders start; start elsewhere or ask for more")
    return found


def luck(item: Target, model: Model) -> list[str]:
    """Luck seldom meets the goals, and yet they can be met. Runs the model two thousand times."""
    key = (item.model_dump_json(), model)
    if key not in _known_luck:
        share = met_by_luck(item, model, A_FEW)
        if not PLAINLY * LEAST_LUCK <= share <= MOST_LUCK / 2:
            share = met_by_luck(item, model)
        _known_luck[key] = share
    share = _known_luck[key]
    if LEAST_LUCK <= share <= MOST_LUCK:
        return []
    return [
        f"{share:.1%} of all settings meet its goals; {LEAST_LUCK:.1%} to {MOST_LUCK:.0%} is neither luck nor a needle "
        "in a haystack"
    ]


def met_by_luck(item: Target, model: Model, settings: int = 2048) -> float:
    """The share of all settings of a question's sliders that meet its goals, from evenly spread settings."""
    from scipy.stats import qmc  # takes a third of a second, which no page should wait for

    about = model.parameters.described()
    spread = qmc.Sobol(len(item.sliders), seed=1).random(settings)
    met = 0
    for point in spread:
        setting = {}
        for slider, share in zip(item.sliders, point.tolist(), strict=True):
            low = about[slider.id].low if slider.low is None else slider.low
            high = about[slider.id].high if slider.high is None else slider.high
            value = low + share * (high - low)
            setting[slider.id] = round(value) if about[slider.id].whole else value
        with contextlib.suppress(ParameterError, SimulationError):
            met += all(meets(item, setting, model))
    return met / settings


def curve(item: Curve, model: Model) -> list[str]:
    found = []
    for when, key in zip(item.at, item.key, strict=True):
        value = read_value(Ask(of=item.of, at=when), item.scenario.set, model)
        if abs(value - key) > item.band / 2:
            found.append(f"at {when} the key is {key:g} and the model gives {value:.4g}; correct the key")
    return found
