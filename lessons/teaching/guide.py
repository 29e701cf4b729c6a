"""What assets/teaching.yaml says: plans, a guide to each lesson, answers to objections; read once and checked.

Every mistake raises DataError, one line per mistake: file, line, what is wrong, what to do.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from lessons.data import ASSETS, claims, evidence, findings
from lessons.grading.bank import banks, misconceptions, sealed, sets
from lessons.grading.clinic import cases
from lessons.lesson_models import MODELS
from lessons.pages import LESSONS, Front, page_files, read_front
from lessons.predictions import predictions
from lessons.published_effects import published_effects
from lessons.simulation import ParameterError
from lessons.strict_yaml import DataError, Entry, mistake, read
from lessons.teaching.refutation import refutation

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
PageNumber = Annotated[str, StringConstraints(pattern=r"^\d\d$")]
Minutes = Annotated[int, Field(ge=1, le=600)]
Place = Literal["all together", "in pairs", "alone", "at home"]
CALLED = re.compile(r"\bbenches\.(\w+)\(")
LAB = ("the_lab", {"what_trials_found", "own_trial", "how_many_people", "knot_or_cord", "points", "all_claims"})
Problems = Iterator[tuple[tuple, str]]  # (place in the file, what is wrong and what to do)


class Part(Entry):
    """One part of a plan: minutes, where, what is on the screen, and what you and they do."""

    minutes: Minutes
    where: Place
    page: PageNumber
    does: Text
    figure: str = ""
    prediction: str = ""
    item: str = ""
    case: str = ""
    belief: str = ""


class Plan(Entry):
    """Parts whose minutes add up. `before`: what has to be ready."""

    id: Text
    title: Text
    minutes: Minutes
    before: Text
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _adds_up(self) -> Plan:
        taken = sum(part.minutes for part in self.parts)
        if taken != self.minutes:
            raise ValueError(
                f"the parts of '{self.id}' take {taken} minutes and not {self.minutes}; correct one of them"
            )
        return self


class Likely(Entry):
    """A wrong answer to expect: a belief, the question that probes it, and `then` where no slider refutes it."""

    id: Text
    ask: Text
    then: str = ""


class Curve(Entry):
    """A line or bar of a handout's picture: one observable of a run with some values changed."""

    name: Text
    of: Text
    set: Mapping[str, float] = Field(default_factory=dict)


class Chart(Entry):
    """The picture of a handout: curves or bars of a model, published effects, or the surveys of harm."""

    title: Text
    model: str = ""
    curves: tuple[Curve, ...] = ()
    bars: tuple[Curve, ...] = ()
    effects: tuple[Text, ...] = ()
    surveys: bool = False

    @model_validator(mode="after")
    def _of_one_kind(self) -> Chart:
        if sum(map(bool, (self.curves, self.bars, self.effects, self.surveys))) != 1:
            raise ValueError("a chart has curves, bars, effects or surveys; give exactly one of them")
        if bool(self.curves or self.bars) != bool(self.model):
            raise ValueError("curves and bars need the number of a lesson under model, other charts none; mend it")
        return self


class Lesson(Entry):
    """A lesson for who teaches it. What to ask first is a prediction of the page, or `question`."""

    page: PageNumber
    figure: Text
    show: Text
    prediction: str = ""
    question: str = ""
    asked: str = ""
    beliefs: Annotated[tuple[Likely, ...], Field(min_length=1)]
    chart: Chart
    claims: Annotated[tuple[Text, ...], Field(min_length=1, max_length=4)]

    @model_validator(mode="after")
    def _asks_once(self) -> Lesson:
        if bool(self.prediction) == bool(self.question):
            raise ValueError("what is asked first is a prediction or a question; give one of the two")
        return self

    @property
    def bank(self) -> str:
        """The lesson or set whose questions these beliefs answer."""
        return self.asked or self.page


class Step(Entry):
    """Something to say, and the claims and findings behind it."""

    say: Text
    claims: tuple[Text, ...] = ()
    findings: tuple[Text, ...] = ()


class Discussion(Entry):
    """An objection, and an answer step by step. `misfits`: whether the known misfits of the models are listed below."""

    id: Text
    said: Text
    page: PageNumber
    figure: Text
    misfits: bool = False
    answer: Annotated[tuple[Step, ...], Field(min_length=1)]


class Note(Entry):
    """What to know for a class that has something less, or for a room."""

    title: Text
    points: Annotated[tuple[Text, ...], Field(min_length=1)]


class _File(Entry):
    schema_version: Literal[1]
    plans: tuple[Plan, ...]
    lessons: tuple[Lesson, ...]
    discussions: tuple[Discussion, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Guide:
    """`plans` and `discussions` by id, `lessons` by page, each in the order of the file."""

    plans: Mapping[str, Plan]
    lessons: Mapping[str, Lesson]
    discussions: Mapping[str, Discussion]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class WrittenPage:
    """A page as the guide needs it: what it says of itself, its file, and the figures that it calls."""

    front: Front
    name: str
    text: str

    @property
    def file(self) -> str:
        return f"{self.name}.ipynb"

    @property
    def figures(self) -> set[str]:
        called = set(CALLED.findall(self.text))
        return called | LAB[1] if LAB[0] in called else called


@functools.cache
def written_pages(lessons: Path = LESSONS) -> Mapping[str, WrittenPage]:
    """Number -> page, for learners' pages."""
    found = [(path, read_front(path)) for path in page_files(lessons)]
    return MappingProxyType(
        {
            front.id: WrittenPage(front, path.stem, path.read_text(encoding="utf-8"))
            for path, front in found
            if front.readers == "learners"
        }
    )


@functools.cache
def guide(folder: Path = ASSETS) -> Guide:
    """Raises DataError for every mistake, with file and line."""
    path = folder / "teaching.yaml"
    file, line = read(path, _File)
    problems = [mistake(path, line(place), what) for place, what in _problems(file)]
    if problems:
        raise DataError("\n".join(problems))
    return Guide(
        MappingProxyType({plan.id: plan for plan in file.plans}),
        MappingProxyType({lesson.page: lesson for lesson in file.lessons}),
        MappingProxyType({one.id: one for one in file.discussions}),
        file.notes,
    )


def _problems(file: _File) -> Problems:
    for part, names in (
        ("plans", [one.id for one in file.plans]),
        ("lessons", [one.page for one in file.lessons]),
        ("discussions", [one.id for one in file.discussions]),
    ):
        for i, name in enumerate(names):
            if name in names[:i]:
                yield (part, i), f"'{name}' stands here twice; rename or remove one"
    for i, plan in enumerate(file.plans):
        for j, part in enumerate(plan.parts):
            yield from _of_a_part(("plans", i, "parts", j), part)
        yield from _at_home(("plans", i), plan)
    for i, lesson in enumerate(file.lessons):
        yield from _of_a_lesson(("lessons", i), lesson)
    for missing in sorted(set(written_pages()) - {one.page for one in file.lessons}):
        yield ("lessons",), f"page {missing} has no guide; add one"
    for i, one in enumerate(file.discussions):
        yield from _of_a_page(("discussions", i), one)
        for j, step in enumerate(one.answer):
            place = ("discussions", i, "answer", j)
            yield from _unknown(place, "claims", "claim that was weighed", step.claims, evidence())
            yield from _unknown(place, "findings", "finding", step.findings, findings())


def _of_a_part(place: tuple, part: Part) -> Problems:
    yield from _of_a_page(place, part)
    questions = {**banks(), **sets(), **sealed()}
    for field, what, known in (
        ("prediction", "prediction", predictions()),
        ("item", "question", {name for one in questions.values() for name in one.items}),
        ("case", "case", cases()),
        ("belief", "belief", misconceptions()),
    ):
        yield from _unknown(place, field, what, filter(None, [getattr(part, field)]), known)
    yield from _on_its_page(place, part.prediction, part.page)


def _of_a_page(place: tuple, part: Any) -> Problems:
    page = written_pages().get(part.page)
    if page is None:
        yield (*place, "page"), f"there is no page {part.page} for learners; correct the number"
    elif part.figure and part.figure not in page.figures:
        yield (*place, "figure"), f"page {part.page} has no figure '{part.figure}'; it calls {_list(page.figures)}"


def _on_its_page(place: tuple, name: str, page: str) -> Problems:
    if name in predictions() and predictions()[name].lesson != page:
        where = predictions()[name].lesson
        yield (*place, "prediction"), f"'{name}' is asked on page {where}, not on {page}; correct one of the two"


def _at_home(place: tuple, plan: Plan) -> Problems:
    for number in dict.fromkeys(part.page for part in plan.parts if part.where == "at home"):
        taken = sum(part.minutes for part in plan.parts if part.where == "at home" and part.page == number)
        page = written_pages().get(number)
        if page and taken != page.front.minutes:
            yield place, f"page {number} takes {page.front.minutes} minutes at home and not {taken}; correct the plan"


def _of_a_lesson(place: tuple, lesson: Lesson) -> Problems:
    yield from _of_a_page(place, lesson)
    yield from _unknown(place, "prediction", "prediction", filter(None, [lesson.prediction]), predictions())
    yield from _on_its_page(place, lesson.prediction, lesson.page)
    yield from _unknown(place, "claims", "claim that was weighed", lesson.claims, {*claims()} & {*evidence()})
    asked = {**banks(), **sets(), **sealed()}.get(lesson.bank)
    if asked is None:
        yield (*place, "asked"), f"there are no questions '{lesson.bank}'; correct the name"
    could = {belief for item in (asked.items.values() if asked else ()) for belief in _beliefs(item)}
    for i, one in enumerate(lesson.beliefs):
        where = (*place, "beliefs", i)
        if one.id not in misconceptions():
            yield where, f"there is no belief '{one.id}'; see misconceptions.yaml"
            continue
        if asked and one.id not in could:
            yield where, f"no question of {lesson.bank} can betray '{one.id}'; choose one of {_list(could)}"
        found = refutation(lesson.bank, one.id)
        if bool(found.sliders) == bool(one.then):
            known = f"page {found.page} refutes it ({', '.join(found.sliders)})" if found.sliders else "no slider does"
            remedy = "remove it" if found.sliders else "say what to do"
            yield where, f"'then' is for beliefs that no slider refutes, and of '{one.id}' {known}; {remedy}"
    yield from _of_a_chart((*place, "chart"), lesson.chart)


def _beliefs(item: Any) -> tuple[str, ...]:
    return getattr(item, "misconceptions", ())


def _of_a_chart(place: tuple, chart: Chart) -> Problems:
    yield from _unknown(place, "effects", "published effect", chart.effects, published_effects().effects)
    if not chart.model:
        return
    if chart.model not in MODELS:
        yield (*place, "model"), f"lesson {chart.model} has no model; choose one of {_list(MODELS)}"
        return
    model = MODELS[chart.model]
    for i, one in enumerate((*chart.curves, *chart.bars)):
        observable = model.observables.get(one.of)
        if observable is None or observable.over_time != bool(chart.curves):
            kind = "over time" if chart.curves else "of a whole run"
            known = [name for name, other in model.observables.items() if other.over_time == bool(chart.curves)]
            yield (*place, "curves", i), f"there is no reading '{one.of}' {kind}; choose one of {_list(known)}"
        try:
            model.parameters().changed(**whole(model.parameters, one.set))
        except ParameterError as error:
            yield (*place, "curves", i), f"{str(error).rstrip('.')}; correct the setting"


def whole(parameters: Any, values: Mapping[str, float]) -> dict[str, float]:
    """Values as the parameter set wants them: whole numbers where only those make sense."""
    about = parameters.described()
    return {name: int(v) if name in about and about[name].whole and v == int(v) else v for name, v in values.items()}


def _unknown(place: tuple, field: str, what: str, names: Any, known: Any) -> Problems:
    for name in names:
        if name not in known:
            yield (*place, field), f"there is no {what} '{name}'; correct the name"


def _list(names: Any) -> str:
    return ", ".join(sorted(names))
