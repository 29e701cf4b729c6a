"""Plans, the guide to each lesson and the answers to objections, as blocks of a sheet (`lessons.interface.sheet`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lessons.classroom.refuting import Refuted
from lessons.data import calibration, claims, evidence, findings, references
from lessons.grading.bank import find, misconceptions
from lessons.grading.clinic import cases
from lessons.predictions import predictions
from lessons.teaching.guide import Discussion, Lesson, Likely, Part, Plan, Step, guide, written_pages
from lessons.teaching.refutation import refutation

Blocks = Iterator[Mapping[str, Any]]
MISFITS_SHOWN = 5


def to_page(number: str, text: str = "") -> dict[str, str]:
    """A link to a learners' page."""
    page = written_pages()[number]
    return {"page": page.file, "text": text or f"{number} {page.front.title}"}


def titled(number: str) -> str:
    return f"{number} {written_pages()[number].front.title}"


def plan_blocks(plan: Plan) -> Blocks:
    """A plan as a table whose minutes add up."""
    yield {"text": [{"strong": "Before: "}, plan.before]}
    begun, rows = 0, []
    for part in plan.parts:
        rows.append([f"{begun} to {begun + part.minutes}", part.where, [to_page(part.page)], _what(part), part.does])
        begun += part.minutes
    yield {
        "table": {
            "caption": f"{plan.minutes} minutes in all",
            "heads": ["minutes", "where", "page", "on the screen", "what you do"],
            "rows": rows,
        }
    }


def _what(part: Part) -> list[Any]:
    """What stands on the screen, in the words that the page shows."""
    shown = [f"picture: {part.figure.replace('_', ' ')}"] if part.figure else []
    if part.prediction:
        shown.append(f"to commit to: {predictions()[part.prediction].question}")
    if part.item:
        shown.append(f"question: {find(part.item)[1].stem}")
    if part.case:
        shown.append(f"case: {cases()[part.case].name}")
    if part.belief:
        shown.append(f"belief at stake: {misconceptions()[part.belief].belief}")
    return ["; ".join(shown)]


def lesson_blocks(lesson: Lesson) -> Blocks:
    """What to project, what to ask first, which wrong answers to expect. The key comes only when it is asked for."""
    yield {"text": [{"strong": "Project: "}, f"{lesson.figure.replace('_', ' ')} on page ", to_page(lesson.page), "."]}
    yield {"text": [{"strong": "Show: "}, lesson.show]}
    yield {"heading": "Ask this first, before anything moves"}
    yield from _asked(lesson)
    yield {
        "table": {
            "caption": "Wrong answers to expect",
            "heads": ["belief", "in their words", "ask", "and then"],
            "rows": [
                [one.id, f"“{misconceptions()[one.id].belief}”", one.ask, _then(one, refutation(lesson.bank, one.id))]
                for one in lesson.beliefs
            ],
        }
    }
    yield {"heading": "What is known"}
    yield {"list": [_weighed(name) for name in lesson.claims]}
    yield {"fold": {"title": f"Answer key of page {lesson.page}, with reasons", "asks": f"key:{lesson.bank}"}}
    yield {"button": {"label": "Write the handout of this page", "asks": f"handout:{lesson.page}"}}


def _asked(lesson: Lesson) -> Blocks:
    if lesson.question:
        yield {"text": lesson.question}
        return
    question = predictions()[lesson.prediction]
    yield {"text": question.question}
    if question.kind == "choice":
        yield {"list": [option.text for option in question.options]}


def _then(one: Likely, found: Refuted) -> list[Any]:
    if one.then:
        return [one.then]
    return [to_page(found.page, f"Page {found.page}"), f": move {', then '.join(found.sliders)}."]


def _weighed(name: str) -> list[Any]:
    """A claim, which way the evidence points and how strong it is, and the sentence that weighs it."""
    weighed = evidence()[name]
    return [
        {"strong": f"{name} "},
        f"{claims()[name].text} ",
        {"tags": [weighed.direction, weighed.strength_words]},
        f" {weighed.sentence}",
    ]


def discussion_blocks(one: Discussion) -> Blocks:
    """An objection and what I would say, each step with its evidence."""
    yield {"text": [{"strong": "Open: "}, f"{one.figure.replace('_', ' ')} on page ", to_page(one.page), "."]}
    for number, step in enumerate(one.answer, 1):
        yield {"heading": f"{number}. “{step.say}”"}
        if behind := list(_behind(step)):
            yield {"list": behind}
    if one.misfits:
        yield {"fold": {"title": "Some of the known misfits of the models", "asks": "misfits"}}


def misfit_blocks() -> Blocks:
    """Where the models miss what was measured, as the calibration has it."""
    known = [target for target in calibration().values() if target.misfit]
    yield {"text": f"{MISFITS_SHOWN} of {len(known)}:"}
    yield {"list": [f"{target.quantity} ({target.id}): {target.misfit}" for target in known[:MISFITS_SHOWN]]}


def _behind(step: Step) -> Iterator[Sequence[Any]]:
    yield from (_weighed(name) for name in step.claims)
    for name in step.findings:
        found = findings()[name]
        number = " ".join(part for part in (found.number, f"({found.interval})" if found.interval else "") if part)
        who = found.n if found.species in ("review", "model") else f"{found.n}; {found.species}"
        caution = f" Caution: {found.caution}" if found.caution else ""
        source = references()[found.source]
        yield [f"{found.says} ", {"strong": number} if number else "", f" {who}. {source.short}. [{name}]{caution}"]


def belief_lessons() -> dict[str, list[str]]:
    """Belief -> the pages whose guide expects it."""
    found: dict[str, list[str]] = {}
    for lesson in guide().lessons.values():
        for one in lesson.beliefs:
            found.setdefault(one.id, []).append(lesson.page)
    return found
