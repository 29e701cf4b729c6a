"""The answer to each question, with its reasons, for who teaches. Built only when somebody asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lessons.data import DataError
from lessons.grading.bank import banks, misconceptions, sealed, sets
from lessons.grading.items import Item
from lessons.grading.sealed import Sealed

WAYS = {"up": "rises", "same": "stays", "down": "falls"}


def key_blocks(name: str) -> Iterator[Mapping[str, Any]]:
    """The key of a lesson ("03") or a set ("exam"), question by question. Raises DataError if it is not here."""
    every = {**sealed(), **banks(), **sets()}
    if name not in every:
        raise DataError(
            f"There are no questions '{name}' in this copy of the course; choose one of {', '.join(every)}."
        )
    for number, item in enumerate(every[name].items.values(), 1):
        yield {"heading": f"{number}. {item.stem}"}
        if isinstance(item, Sealed):
            yield {"text": "This copy has no key of it; look in the whole course."}
            continue
        yield {"list": [[{"strong": "Right: "}, text] for text in right(item)]}
        if wrong := list(_wrong(item)):
            yield {"list": wrong}
        yield {"text": item.explanation}


def right(item: Item) -> list[str]:
    """What is right, in words: more than one line where an answer has parts."""
    return list(
        {
            "choice": lambda: [_texts(item.options)[item.correct.id]],
            "many": lambda: [option.text for option in item.options if option.correct],
            "two_tier": lambda: [f"{item.correct.text} – because: {item.reason.text}"],
            "numeric": lambda: [f"{item.value} {item.unit}".strip()],
            "match": lambda: [f"{one.text}: {_texts(item.right)[item.key[one.id]]}" for one in item.left],
            "order": lambda: [", then ".join(step.text for step in item.steps)],
            "prediction": lambda: [
                f"{row.text}: {_over(item.phases, [WAYS[way] for way in row.key])}" for row in item.rows
            ],
            "target": lambda: [", ".join(f"{name} {value:g}" for name, value in item.solution.items())],
            "curve": lambda: [", ".join(f"{value:g} at {at}" for value, at in zip(item.key, item.at, strict=True))],
        }[item.type]()
    )


def _over(phases: Any, ways: list[str]) -> str:
    return ", ".join(f"{phase.text} {way}" for phase, way in zip(phases, ways, strict=True))


def _texts(named: Any) -> dict[str, str]:
    return {one.id: one.text for one in named}


def _wrong(item: Item) -> Iterator[list[Any]]:
    """What each wrong answer is told, and the belief behind it."""
    beliefs = misconceptions()
    parts = [*getattr(item, "options", ()), *getattr(item, "because", ())]
    for one in (part for part in parts if not part.correct):
        behind = f" [{one.misconception}: {beliefs[one.misconception].belief}]" if one.misconception in beliefs else ""
        yield [f"Wrong: {one.text}. {one.feedback}{behind}"]
    for slip in getattr(item, "diagnoses", ()):
        yield [f"Wrong: {slip.value} {item.unit}. {slip.say}"]
