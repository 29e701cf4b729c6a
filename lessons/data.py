"""What lies in assets/: claims, evidence, calibration targets, glossary, harms, references, read once and checked.

Every mistake that an author can make raises DataError, one line per mistake: file, line, what is wrong, what to do.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from lessons.bibliography import Reference, read_references
from lessons.entries import (
    CalibrationFile,
    Claim,
    ClaimFile,
    ContentsFile,
    Evidence,
    EvidenceFile,
    Finding,
    GlossaryFile,
    PlannedPage,
    Survey,
    SurveyFile,
    Target,
    Term,
    Weighing,
)
from lessons.strict_yaml import DataError, EntryType, LineFinder, mistake, read, read_yaml

__all__ = [
    "ASSETS",
    "DataError",
    "calibration",
    "claims",
    "evidence",
    "findings",
    "glossary",
    "read",
    "read_yaml",
    "references",
    "surveys",
]

ASSETS = Path(__file__).resolve().parents[1] / "assets"


@functools.cache
def references(folder: Path = ASSETS) -> Mapping[str, Reference]:
    """Key -> Reference."""
    return MappingProxyType(read_references(folder / "references.bib"))


@functools.cache
def claims(folder: Path = ASSETS) -> Mapping[str, Claim]:
    """Id -> Claim, in the order of the paper."""
    path = folder / "claims.yaml"
    file, line = read(path, ClaimFile)
    return MappingProxyType(_by_name(path, line, "claims", [(c.id, c) for c in file.claims]))


@functools.cache
def findings(folder: Path = ASSETS) -> Mapping[str, Finding]:
    """Id -> Finding."""
    return _evidence(folder)[0]


@functools.cache
def evidence(folder: Path = ASSETS) -> Mapping[str, Evidence]:
    """Claim id -> Evidence, for the claims that have been weighed so far."""
    known, weighed = _evidence(folder)

    def complete(w: Weighing) -> Evidence:
        sides = [tuple(known[name] for name in names) for names in (w.supporting, w.opposing)]
        keys = dict.fromkeys(finding.source for side in sides for finding in side)
        sources = tuple(references(folder)[key] for key in keys)
        return Evidence(w.claim, w.direction, w.strength, w.sentence, *sides, sources)

    return MappingProxyType({name: complete(w) for name, w in weighed.items()})


@functools.cache
def _evidence(folder: Path) -> tuple[Mapping[str, Finding], Mapping[str, Weighing]]:
    path = folder / "evidence.yaml"
    file, line = read(path, EvidenceFile)
    known = _by_name(path, line, "findings", [(f.id, f) for f in file.findings])
    weighed = _by_name(path, line, "weighings", [(w.claim, w) for w in file.weighings])
    problems = _unknown_sources(path, line, "findings", file.findings, folder)
    for i, weighing in enumerate(file.weighings):
        if weighing.claim not in claims(folder):
            problems.append(
                mistake(path, line(("weighings", i)), f"there is no claim '{weighing.claim}'; see claims.yaml")
            )
        for side in ("supporting", "opposing"):
            for j, name in enumerate(getattr(weighing, side)):
                if name not in known:
                    place = ("weighings", i, side, j)
                    problems.append(mistake(path, line(place), f"there is no finding '{name}'; correct the name"))
    if problems:
        raise DataError("\n".join(problems))
    return MappingProxyType(known), MappingProxyType(weighed)


@functools.cache
def calibration(folder: Path = ASSETS) -> Mapping[str, Target]:
    """Id -> Target, published ones first."""
    path = folder / "calibration.yaml"
    file, line = read(path, CalibrationFile)
    published = [target if target.kind == "published" else None for target in file.targets]
    problems = _unknown_sources(path, line, "targets", published, folder)
    if problems:
        raise DataError("\n".join(problems))
    return MappingProxyType(_by_name(path, line, "targets", [(t.id, t) for t in file.targets]))


@functools.cache
def glossary(folder: Path = ASSETS) -> Mapping[str, Term]:
    """Term -> Term. Aliases are unique too."""
    path = folder / "glossary.yaml"
    file, line = read(path, GlossaryFile)
    owners: dict[str, str] = {}
    for i, term in enumerate(file.terms):
        for word in (term.term, *term.aliases):
            if word.casefold() in owners:
                what = f"'{word}' already belongs to '{owners[word.casefold()]}'; remove one of the two"
                raise DataError(mistake(path, line(("terms", i)), what))
            owners[word.casefold()] = term.term
    return MappingProxyType({term.term: term for term in file.terms})


@functools.cache
def surveys(folder: Path = ASSETS) -> Mapping[str, Survey]:
    """Id -> Survey of what happens in 10,000 treatments, in order. Raises DataError."""
    path = folder / "adverse_events.yaml"
    file, line = read(path, SurveyFile)
    found = _by_name(path, line, "surveys", [(survey.id, survey) for survey in file.surveys])
    problems = []
    for i, survey in enumerate(file.surveys):
        if survey.finding not in findings(folder):
            what = f"there is no finding '{survey.finding}'; see evidence.yaml"
            problems.append(mistake(path, line(("surveys", i, "finding")), what))
            continue
        told = _numbers(findings(folder)[survey.finding])
        problems += [
            mistake(path, line(("surveys", i)), f"{number:g} stands nowhere in its finding; correct it or the finding")
            for number in survey.printed
            if number not in told
        ]
    if problems:
        raise DataError("\n".join(problems))
    return MappingProxyType(found)


def _numbers(finding: Finding) -> set[float]:
    """Every number that a finding prints."""
    told = " ".join((finding.says, finding.number, finding.interval, finding.n, finding.caution))
    return {float(number.replace(",", "")) for number in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", told)}


@functools.cache
def planned(folder: Path = ASSETS) -> tuple[PlannedPage, ...]:
    """Pages that are planned and not yet written."""
    file, _ = read(folder / "contents.yaml", ContentsFile)
    return file.planned


def _by_name(path: Path, line: LineFinder, part: str, entries: list[tuple[str, EntryType]]) -> dict[str, EntryType]:
    names = [name for name, _ in entries]
    twice = [i for i, name in enumerate(names) if name in names[:i]]
    if twice:
        what = "'{}' stands here twice; rename or remove one"
        raise DataError("\n".join(mistake(path, line((part, i)), what.format(names[i])) for i in twice))
    return dict(entries)


def _unknown_sources(path: Path, line: LineFinder, part: str, entries: Sequence, folder: Path) -> list[str]:
    return [
        mistake(path, line((part, i, "source")), f"there is no reference '{entry.source}'; add it to references.bib")
        for i, entry in enumerate(entries)
        if entry and entry.source not in references(folder)
    ]
