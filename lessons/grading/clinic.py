"""The safety list and the cases of the clinic, read from assets/safety.yaml and assets/cases and checked.

Every mistake that an author can make raises DataError, one line per mistake: file, line, what is wrong, what to do.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from lessons import body_data
from lessons.data import ASSETS, findings, references
from lessons.grading.cases import Adjustment, Case, SafetyEntry, SafetyFile, Visit
from lessons.strict_yaml import DataError, LineFinder, mistake, read

FOLDER = "cases"
Problems = Iterator[tuple[tuple, str]]  # (place in the file, what is wrong and what to do)


@dataclass(frozen=True)
class Safety:
    """The safety list: what is looked for, in four steps, and what can be done about it. Both by id, in order."""

    entries: Mapping[str, SafetyEntry]
    adjustments: Mapping[str, Adjustment]


@functools.cache
def safety(folder: Path = ASSETS) -> Safety:
    """The safety list. Raises DataError."""
    path = folder / "safety.yaml"
    file, line = read(path, SafetyFile)
    problems = [mistake(path, line(place), what) for place, what in _of_the_list(file, folder)]
    if problems:
        raise DataError("\n".join(problems))
    return Safety(
        MappingProxyType({entry.id: entry for entry in file.entries}),
        MappingProxyType({one.id: one for one in file.adjustments}),
    )


@functools.cache
def cases(folder: Path = ASSETS) -> Mapping[str, Case]:
    """Id -> Case, in their order. Raises DataError."""
    found: list[tuple[Case, Path, LineFinder]] = []
    mistakes: list[str] = []
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        try:
            file, line = read(path, Case)
        except DataError as error:
            mistakes.append(str(error))
            continue
        mistakes += [mistake(path, line(place), what) for place, what in _of_a_case(file, folder)]
        for other, other_path, _ in found:
            for field in ("id", "order"):
                if getattr(file, field) == getattr(other, field):
                    what = f"the {field} {getattr(file, field)!r} belongs to {other_path.name}; give each case its own"
                    mistakes.append(mistake(path, line((field,)), what))
        found.append((file, path, line))
    if mistakes:
        raise DataError("\n".join(mistakes))
    return MappingProxyType({case.id: case for case, *_ in sorted(found, key=lambda one: one[0].order)})


def sources(names: Sequence[str], folder: Path = ASSETS) -> tuple[str, ...]:
    """Where findings can be looked up, each source once."""
    return tuple(dict.fromkeys(references(folder)[findings(folder)[name].source].citation for name in names))


def _of_the_list(file: SafetyFile, folder: Path) -> Problems:
    for part in ("adjustments", "entries"):
        names = [one.id for one in getattr(file, part)]
        for i, name in enumerate(names):
            if name in names[:i]:
                yield (part, i), f"'{name}' stands here twice; rename or remove one"
    known, used = {one.id for one in file.adjustments}, set()
    for i, entry in enumerate(file.entries):
        used.update(entry.answered_by)
        for name in entry.answered_by:
            if name not in known:
                yield ("entries", i, "answered_by"), f"there is no adjustment '{name}'; see the top of this file"
        yield from _unknown_findings(("entries", i, "evidence"), entry.evidence, folder)
    for i, one in enumerate(file.adjustments):
        if one.id not in used:
            yield ("adjustments", i), f"the adjustment '{one.id}' answers nothing; name it in an entry or remove it"


def _of_a_case(case: Case, folder: Path) -> Problems:
    regions = {f"{region.id}-{side}" for region in body_data.regions(folder).regions for side in "rl"}
    for region in case.pain:
        if region not in regions:
            yield ("pain",), f"there is no region '{region}'; see body/regions.yaml, and end it in -r or -l"
    for i, visit in enumerate(case.visits):
        for place, what in _of_a_visit(case, visit, folder):
            yield ("visits", i, *place), what


def _of_a_visit(case: Case, visit: Visit, folder: Path) -> Problems:
    known = safety(folder).entries
    for field in ("present", "near"):
        for name in getattr(visit, field):
            if name not in known:
                yield (field, name), f"there is no entry '{name}'; see safety.yaml"
    read_by_learner = " ".join((case.title, visit.story, *visit.examination)).casefold()
    for name, words in visit.present.items():
        if words.casefold() not in read_by_learner:
            yield ("present", name), f"'{words}' stands neither in the story nor in the examination; quote what does"
    here = [known[name] for name in visit.present if name in known]
    flags = [entry for entry in here if entry.red_flag]
    if flags and visit.needled:
        yield ("shares",), f"the panel needles in spite of the red flag '{flags[0].id}'; nobody may, so refer: 100"
    elif flags and visit.shares["refer"] != 100:
        yield ("shares",), f"'{flags[0].id}' is a red flag and leaves nothing but to refer; give refer: 100"
    if flags and (visit.local or visit.central):
        yield ("local",), "a visit with a red flag never comes to the gauges; remove 'local' and 'central'"
    if not flags and not (visit.local and visit.central):
        yield (), "say where the panel puts the gauges; add 'local' and 'central'"
    forbidden = [entry for entry in here if entry.contraindication and not entry.answered_by]
    if forbidden and visit.needled:
        yield ("shares",), f"the panel needles in spite of '{forbidden[0].id}', which nothing answers; it may not"
    yield from _unknown_findings(("evidence",), visit.evidence, folder)


def _unknown_findings(place: tuple, names: Sequence[str], folder: Path) -> Problems:
    for name in names:
        if name not in findings(folder):
            yield place, f"there is no finding '{name}'; see evidence.yaml"
