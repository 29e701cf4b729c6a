"""The questions of all lessons, read from assets/quizzes and checked; what each kind of question looks like: `items`.

Every mistake that an author can make raises DataError, one line per mistake: file, line, what is wrong, what to do.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import StringConstraints

from lessons.data import ASSETS, claims, findings, references
from lessons.grading import record
from lessons.grading.cases import is_answer_to_a_case
from lessons.grading.items import TYPES, BankFile, Item, SetFile
from lessons.grading.question import Text
from lessons.grading.sealed import Sealed, SealedFile
from lessons.strict_yaml import DataError, Entry, LineFinder, mistake, read, read_yaml

FOLDER, SETS = "quizzes", "sets"
# The opening form lies with page 00, where nothing else is asked and nothing begun anew.
KEPT_AS = {"opening": "00", "closing": "10_closing", "exam": "10_exam"}
UNTOLD = "opening"  # what one believes before the course; nothing is told about it, or it would teach its twin


class Misconception(Entry):
    """A wrong belief, in the words of somebody who holds it. Wrong options carry its id."""

    id: Annotated[str, StringConstraints(pattern=r"^m\d\d-[a-z0-9-]+$")]
    belief: Text


class _MisconceptionFile(Entry):
    schema_version: Literal[1]
    misconceptions: tuple[Misconception, ...]


@dataclass(frozen=True)
class Bank:
    """The questions of one lesson or set in order, by id. `sha256` changes when any of them does."""

    lesson: str
    items: Mapping[str, Item | Sealed]
    sha256: str


@functools.cache
def banks(folder: Path = ASSETS) -> Mapping[str, Bank]:
    """Number of a lesson -> its questions, for the lessons that have any. Raises DataError."""
    return MappingProxyType({one.lesson: one for one in _files(folder) if one.lesson.isdigit()})


@functools.cache
def sets(folder: Path = ASSETS) -> Mapping[str, Bank]:
    """Name of a set ("opening", "closing", "exam") -> its questions on the whole course. Raises DataError."""
    return MappingProxyType({one.lesson: one for one in _files(folder) if not one.lesson.isdigit()})


@functools.cache
def sealed(folder: Path = ASSETS) -> Mapping[str, Bank]:
    """Name of a set -> its questions without their keys, in a copy that a class was given; with keys they are `sets`.

    Raises DataError.
    """
    files = [read(path, SealedFile)[0] for path in sorted((folder / FOLDER / SETS).glob("*.json"))]
    found = {file.set: Bank(file.set, MappingProxyType({i.id: i for i in file.items}), _hash(file)) for file in files}
    return MappingProxyType({name: one for name, one in found.items() if name not in sets(folder)})


def _files(folder: Path) -> tuple[Bank, ...]:
    found, mistakes = {}, []
    seen: dict[str, str] = {}
    lessons, whole = sorted((folder / FOLDER).glob("*.yaml")), sorted((folder / FOLDER / SETS).glob("*.yaml"))
    for path, kind in [*((path, BankFile) for path in lessons), *((path, SetFile) for path in whole)]:
        try:
            file, line = read(path, kind)
        except DataError as error:
            mistakes.append(_wrong_types(path) or str(error))
            continue
        mistakes += [mistake(path, line(place), what) for place, what in _problems(path, file, seen, folder)]
        name = file.lesson if isinstance(file, BankFile) else file.set
        if name in found:
            what = f"lesson {name} has two files; move the questions into one"
            mistakes.append(mistake(path, line(("lesson",)), what))
        seen.update((item.id, path.name) for item in file.items)
        found[name] = Bank(name, MappingProxyType({item.id: item for item in file.items}), _hash(file))
    if mistakes:
        raise DataError("\n".join(mistakes))
    return tuple(found.values())


def bank(lesson: str, folder: Path = ASSETS) -> Bank:
    """The questions of a lesson ("02") or set ("exam"); without a file, a bank without questions. Raises DataError."""
    known = {**sealed(folder), **sets(folder)} if lesson in KEPT_AS else banks(folder)
    return known.get(lesson) or Bank(lesson, MappingProxyType({}), "")


def kept_as(lesson: str) -> str:
    """Under which name the record keeps the answers to a lesson's or a set's questions."""
    return KEPT_AS.get(lesson, lesson)


def page_of(lesson: str) -> str:
    """The page on which a lesson's or a set's questions stand."""
    return record.page_of(kept_as(lesson))


@functools.cache
def misconceptions(folder: Path = ASSETS) -> Mapping[str, Misconception]:
    """Id -> Misconception. Raises DataError."""
    path = folder / "misconceptions.yaml"
    file, line = read(path, _MisconceptionFile)
    names = [entry.id for entry in file.misconceptions]
    twice = [i for i, name in enumerate(names) if name in names[:i]]
    if twice:
        what = "'{}' stands here twice; rename or remove one"
        places = [(line(("misconceptions", i)), what.format(names[i])) for i in twice]
        raise DataError("\n".join(mistake(path, number, said) for number, said in places))
    return MappingProxyType({entry.id: entry for entry in file.misconceptions})


def find(name: str, folder: Path = ASSETS) -> tuple[str, Item | Sealed]:
    """Lesson (or set) and question of an id. Raises LookupError with the ids that exist."""
    every = [*banks(folder).values(), *sets(folder).values(), *sealed(folder).values()]
    for one in every:
        if name in one.items:
            return one.lesson, one.items[name]
    known = ", ".join(item for one in every for item in one.items)
    raise LookupError(f"There is no question '{name}'. There are {known}.")


def sources(item: Item, folder: Path = ASSETS) -> tuple[str, ...]:
    """Where the answer to a question can be looked up: its own source and those of the findings that it cites."""
    cited = [references(folder)[findings(folder)[name].source].citation for name in item.evidence]
    return tuple(dict.fromkeys([*([item.source] if item.source else []), *cited]))


def _problems(
    path: Path, file: BankFile | SetFile, seen: Mapping[str, str], folder: Path
) -> Iterator[tuple[tuple, str]]:
    """(place, what is wrong and what to do) for what one file alone cannot know."""
    if isinstance(file, BankFile):
        if not path.name.startswith(f"{file.lesson}_"):
            what = f"the file's name does not begin with {file.lesson}_; rename the file or correct 'lesson'"
            yield ("lesson",), what
    elif path.stem != file.set:
        yield ("set",), f"the file is not named {file.set}.yaml; rename it or correct 'set'"
    for i, item in enumerate(file.items):
        place = ("items", i)
        if item.by_model and bool(item.model) == isinstance(file, BankFile):
            what = "a question of a lesson is asked of its own model; remove 'model'"
            yield (*place, "model"), what if item.model else "say which lesson's model decides; add 'model'"
        if item.safety and getattr(file, "set", "") != "exam":
            yield (*place, "safety"), "only questions of the exam decide over passing; remove 'safety'"
        if item.id in [other.id for other in file.items[:i]]:
            yield (*place, "id"), f"the id '{item.id}' stands here twice; give each question its own"
        if is_answer_to_a_case(item.id):
            yield (*place, "id"), f"'{item.id}' begins as the answers to a case do; begin it otherwise"
        if item.id in seen:
            yield (*place, "id"), f"the id '{item.id}' belongs to a question in {seen[item.id]}; give it another"
        yield from _explained_by_another(place, item)
        yield from _unknown(place, "claim", item.claim, claims(folder), "claims.yaml")
        yield from _unknown(place, "evidence", item.evidence, findings(folder), "evidence.yaml")
        if getattr(item, "misconception", "") and item.misconception not in misconceptions(folder):
            yield (*place, "misconception"), _no_such(item.misconception)
        for field, choices in item.tagged.items():
            for j, choice in enumerate(choices):
                if choice.misconception and choice.misconception not in misconceptions(folder):
                    yield (*place, field, j, "misconception"), _no_such(choice.misconception)


def _explained_by_another(place: tuple, item: Item) -> Iterator[tuple[tuple, str]]:
    """Variants that ask for something else than the first form, and would be explained by what is said of that."""
    forms = item.forms if item.variants else {}
    for i, variant in enumerate(item.variants):
        if forms[variant.id].quantity == item.quantity:
            continue
        lacking = {"an explanation": variant.explanation is None, "hints": bool(item.hints) and variant.hints is None}
        if its_own := " and ".join(name for name, lacks in lacking.items() if lacks):
            what = f"the variant '{variant.id}' asks for another quantity than the question"
            yield (*place, "variants", i), f"{what}; give it {its_own} of its own"


def _no_such(belief: str) -> str:
    return f"there is no misconception '{belief}'; see misconceptions.yaml"


def _unknown(
    place: tuple, field: str, names: Iterable[str], known: Iterable[str], file: str
) -> Iterator[tuple[tuple, str]]:
    for name in names:
        if name not in known:
            yield (*place, field), f"there is no {field} '{name}'; see {file}"


def _wrong_types(path: Path) -> str:
    """What to say if a question is of no known type: everything else said about it would be noise."""
    data, line = read_yaml(path)
    given = data.get("items") if isinstance(data, dict) else None
    return "\n".join(_type_mistakes(path, given if isinstance(given, list) else [], line))


def _type_mistakes(path: Path, given: list, line: LineFinder) -> Iterator[str]:
    for i, item in enumerate(given):
        kind = item.get("type") if isinstance(item, dict) else None
        if kind not in TYPES:
            said = "a question has no 'type'" if kind is None else f"there is no question of the type {kind!r}"
            yield mistake(path, line(("items", i, "type")), f"{said}; use {', '.join(TYPES[:-1])} or {TYPES[-1]}")


def _hash(file: BankFile | SetFile | SealedFile) -> str:
    canonical = json.dumps(file.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
