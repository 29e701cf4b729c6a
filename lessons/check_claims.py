"""The matrix of the paper's claims: what in the course serves each, and what is still missing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from lessons.data import claims, evidence
from lessons.entries import Claim, Evidence
from lessons.grading.bank import banks, sets
from lessons.lesson_models import BOTH_WAYS, CIRCUIT, CONTEXT, COURSE, TREATMENT, TRIGGER_POINT, Model
from lessons.simulation import ParameterError, Parameters, SimulationError

LESSONS = Path(__file__).resolve().parent
MOVES = 1e-6  # smallest relative change that counts as a movement


@dataclass(frozen=True)
class Tried:
    """A model, and the situations from each of which a control is tried."""

    model: Model
    situations: Sequence[Mapping[str, float]] = ({},)


# Word of claims.yaml -> what runs it. The needle, the thumb, and a healthy muscle that is overloaded; real needles of a
# blinded trial, current, untouched needles, and strong needling without a pause; real needles, and sham, for weeks; the
# dorsal horn, touched while calm, and sensitised; both ways in one patient; and a trial with three arms.
RUNS: Mapping[str, Sequence[Tried]] = {
    "trigger_point": (
        Tried(
            TRIGGER_POINT,
            (
                {},
                {"passes": 0, "pressure": 230.0, "pressure_seconds": 90.0},
                {"passes": 0, "knot": 0, "acute_overload": 0.2, "overload_minutes": 10.0},
            ),
        ),
    ),
    "neuromodulation": (
        Tried(
            TREATMENT,
            (
                {},
                {"stimulation": 3, "strength": 8.0, "needles": 2},
                {"stimulation": 0},
                {"stimulation": 2, "strength": 9.0, "needles": 2, "retention": 50.0, "expectancy": 0.15},
            ),
        ),
        Tried(COURSE, ({}, {"arm": 1})),
        Tried(CIRCUIT, ({"touch": 40.0}, {"spinal_gain": 3.0})),
    ),
    "body": (Tried(BOTH_WAYS),),
    "trial": (Tried(CONTEXT),),
}


@dataclass(frozen=True)
class Row:
    """One claim, what serves it and what is missing (empty: complete). `items`: ids of questions."""

    claim: Claim
    items: tuple[str, ...]
    evidence: Evidence | None
    gaps: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return not self.gaps

    @property
    def due(self) -> bool:
        """Whether the model that the claim needs exists already, so that a gap is a mistake."""
        return (LESSONS / "models" / f"{self.claim.model}.py").exists()

    def as_json(self) -> dict[str, Any]:
        c, e = self.claim, self.evidence
        weighed = {"direction": "", "strength": "", "sources": []}
        if e:
            weighed = {"direction": e.direction, "strength": e.strength, "sources": [s.citation for s in e.sources]}
        return {
            "id": c.id,
            "observables": list(c.observables),
            "controls": list(c.controls),
            "figures": list(c.figures),
            "items": list(self.items),
            "lessons": list(c.lessons),
            "evidence": weighed,
            "complete": self.complete,
        }


def questions() -> dict[str, tuple[str, ...]]:
    """Id of a question -> the claims that it asks about."""
    return {name: item.claim for bank in (*banks().values(), *sets().values()) for name, item in bank.items.items()}


def rows(items: Mapping[str, Iterable[str]]) -> list[Row]:
    """One row per claim. `items`: id of a question -> the claims that it asks about."""
    asked = {name: tuple(item for item, about in items.items() if name in about) for name in claims()}
    return [
        Row(claim, asked[name], evidence().get(name), tuple(_gaps(claim, asked[name], evidence().get(name))))
        for name, claim in claims().items()
    ]


def unknown_names(claim: Claim) -> list[str]:
    """What a claim names that does not exist, with what to do."""
    # A claim that waits for a model of its own may be served in part by those that exist.
    runs = RUNS.get(claim.model) or tuple(tried for every in RUNS.values() for tried in every)
    models = [tried.model for tried in runs]
    readable = {name for model in models for name in model.observables}
    settable = {name for model in models for name in model.parameters.described()}
    said = [f"there is no observable '{name}': correct it" for name in claim.observables if name not in readable]
    said += [f"there is no control '{name}': correct it" for name in claim.controls if name not in settable]
    said += [f"there is no figure '{name}': draw it or correct it" for name in claim.figures if name not in figures()]
    said += [f"there is no lesson {name}: write it or correct it" for name in claim.lessons if not _pages(name)]
    return said


def _gaps(claim: Claim, items: tuple[str, ...], weighed: Evidence | None) -> Iterable[str]:
    yield from unknown_names(claim)
    for kind in ("observables", "controls", "figures", "lessons"):
        if not getattr(claim, kind):
            yield f"names no {kind}: add one in claims.yaml"
    runs = RUNS.get(claim.model, ())
    known = [name for name in claim.observables if any(name in tried.model.observables for tried in runs)]
    for control in claim.controls:
        named = any(control in tried.model.parameters.described() for tried in runs)
        if named and known and not moves(control, tuple(known), claim.model):
            yield f"'{control}' moves none of {', '.join(known)}: choose another control"
    for lesson in claim.lessons:
        if _pages(lesson) and not any(
            re.search(rf"\b{claim.id}\b", page.read_text("utf-8")) for page in _pages(lesson)
        ):
            yield f"lesson {lesson} does not name it: put {claim.id} on the page"
    if not items:
        yield "no question asks about it: add one in assets/quizzes"
    if weighed is None:
        yield "its evidence is not weighed: add it to evidence.yaml"


@cache
def moves(control: str, observables: tuple[str, ...], model: str) -> bool:
    """Whether some change of a control changes one of the observables in what runs `model`, from some situation."""
    return any(_moves(control, observables, tried) for tried in RUNS[model])


def _moves(control: str, observables: tuple[str, ...], tried: Tried) -> bool:
    known = tuple(name for name in observables if name in tried.model.observables)
    about = tried.model.parameters.described().get(control)
    if about is None or not known:
        return False
    for situation in tried.situations:
        start = tried.model.parameters().changed(**situation)
        for share in (0.0, 1.0, 0.25, 0.75):
            value = about.low + share * (about.high - about.low)
            try:
                other = start.changed(**{control: round(value) if about.whole else value})
                if _differ(start, other, known, tried.model):
                    return True
            except (ParameterError, SimulationError):  # an extreme that the model refuses moves nothing
                continue
    return False


def _differ(first: Parameters, second: Parameters, observables: tuple[str, ...], model: Model) -> bool:
    one, other = _run(first, model), _run(second, model)
    for name in observables:
        a, b = (np.asarray(model.observables[name].read(run), dtype=float) for run in (one, other))
        if np.shape(a) != np.shape(b) or np.any(np.abs(a - b) > MOVES * np.maximum(np.abs(a), 1e-3)):
            return True
    return False


@lru_cache(maxsize=512)
def _run(parameters: Parameters, model: Model):
    return model.simulate(parameters)


@cache
def figures() -> frozenset[str]:
    """Names of the figures: modules of lessons/figures with a function of their own name."""
    return frozenset(path.stem for path in (LESSONS / "figures").glob("*.py") if path.stem in _functions(path))


def _functions(path: Path) -> set[str]:
    return {node.name for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)}


def _pages(lesson: str) -> list[Path]:
    return sorted(LESSONS.glob(f"{lesson}_*.md"))


def problems(found: Iterable[Row]) -> list[str]:
    """What is wrong, one sentence each with what to do. Claims whose model does not exist yet may be incomplete."""
    return [f"{row.claim.id}: {gap}." for row in found for gap in (row.gaps if row.due else unknown_names(row.claim))]
