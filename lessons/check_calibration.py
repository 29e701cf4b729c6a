"""Measures the models against assets/calibration.yaml: published values and regression numbers."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from lessons.data import references
from lessons.entries import Target
from lessons.models.guard_rails import Found

# In each model: a second model's misfits must neither use up nor add to what the first is allowed.
MISFITS_ALLOWED = 3
# What needs the regions of the body chart lies above the models, which read no data.
ON_THE_CHART = "treated_body"


@dataclass(frozen=True)
class Result:
    """One target and what the model says. `value` in the target's unit."""

    target: Target
    value: float

    @property
    def passed(self) -> bool:
        return self.target.low <= self.value <= self.target.high

    def as_json(self) -> dict[str, Any]:
        t = self.target
        return {
            "id": t.id,
            "model": t.model,
            "kind": t.kind,
            "quantity": t.quantity,
            "unit": t.unit,
            "value": self.value,
            "low": t.low,
            "high": t.high,
            "pass": self.passed,
            "hard": t.hard,
            "grade": t.grade,
            "source": references()[t.source].citation if t.source in references() else t.source,
        }


def measure(target: Target) -> float:
    """The value that the model gives for a modelled target. Raises ValueError where the target names nothing real."""
    module, _, name = target.measure.rpartition(".")
    package = "lessons" if module == ON_THE_CHART else "lessons.models"
    try:
        function = getattr(importlib.import_module(f"{package}.{module}"), name)
    except (ImportError, AttributeError):
        raise ValueError(f"{target.id}: there is no function {package}.{target.measure}; correct 'measure'") from None
    arguments = {k: list(v) if isinstance(v, tuple) else v for k, v in target.arguments.items()}
    found = function(_experiment(target, function).changed(**_whole(target.set)), **arguments)
    try:
        for part in filter(None, target.pick.split(".")):
            found = found[int(part)] if part.lstrip("-").isdigit() else getattr(found, part)
        return target.scale * float(found)
    except (AttributeError, IndexError, TypeError, ValueError):
        raise ValueError(f"{target.id}: pick '{target.pick}' finds no number in {found!r}; correct 'pick'") from None


def _experiment(target: Target, function: Callable) -> Any:
    """The parameters to start from: a named experiment, or the defaults of the function's first argument."""
    if not target.setting:
        return next(iter(inspect.signature(function, eval_str=True).parameters.values())).annotation()
    try:
        return getattr(importlib.import_module(f"lessons.models.{target.model}_settings"), target.setting)
    except (ImportError, AttributeError):
        where = f"lessons.models.{target.model}_settings"
        raise ValueError(f"{target.id}: there is no {target.setting} in {where}; correct 'setting'") from None


def _whole(values: dict[str, float]) -> dict[str, float]:
    """Whole numbers as such: a data file does not tell 6 from 6.0."""
    return {name: int(value) if value == int(value) else value for name, value in values.items()}


def results(targets: Iterable[Target], progress: Callable[[str], None] = lambda text: None) -> list[Result]:
    """Measure every modelled target, in order."""
    waiting = [target for target in targets if target.state == "modelled"]
    found = []
    for number, target in enumerate(waiting, 1):
        progress(f"measuring {number} of {len(waiting)}: {target.id}")
        found.append(Result(target, measure(target)))
    return found


def problems(found: Iterable[Result]) -> list[str]:
    """What is wrong, one sentence each with what to do; empty if all is well."""
    said = []
    found = list(found)
    for result in found:
        t, span = result.target, f"{result.target.low:g} to {result.target.high:g} {result.target.unit}".strip()
        if result.passed and t.misfit:
            said.append(
                f"{t.id} is listed as a misfit but lies within {span}: remove its misfit from calibration.yaml."
            )
        elif not result.passed and t.kind == "regression":
            said.append(f"{t.id}: {t.quantity} is {result.value:.4g}, not {span}: find what changed the equations.")
        elif not result.passed and not t.misfit:
            what = f"{t.id}: {t.quantity} is {result.value:.4g}, outside {span}"
            said.append(f"{what}: mend the model, or say under 'misfit' why it differs.")
    for model, misfits in hard_misfits(found).items():
        if len(misfits) > MISFITS_ALLOWED:
            names = ", ".join(r.target.id for r in misfits)
            said.append(
                f"{len(misfits)} hard targets of the model '{model}' are out of range ({names}), {MISFITS_ALLOWED} are "
                "allowed: mend the model."
            )
    return said


def crossed(rails: Iterable[Found]) -> list[str]:
    """A sentence per guard rail that simulated trials cross too often, or too seldom for chance."""
    return [
        f"{one.rail.target}: {one.rate:.1%} of trials with {one.rail.people} people find {one.rail.what}; "
        f"{one.bound[0]:.0%} to {one.bound[1]:.0%} may: look for what changed in the model or in the analysis."
        for one in rails
        if not one.holds
    ]


def hard_misfits(found: Iterable[Result]) -> dict[str, list[Result]]:
    """Model -> its hard targets that are out of range."""
    misfits: dict[str, list[Result]] = {}
    for result in found:
        if result.target.hard and not result.passed:
            misfits.setdefault(result.target.model, []).append(result)
    return misfits
