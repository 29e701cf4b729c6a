"""Reads assets/references.bib: a plain subset of BibTeX, one field a line, UTF-8, no macros."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints, ValidationError

from lessons.strict_yaml import DataError, Entry, mistake

OPENING = re.compile(r"@(article|book|phdthesis|misc)\{([a-z0-9-]+),")
FIELD = re.compile(r"  ([a-z]+) = \{([^{}]+)\},")


class Reference(Entry):
    """A publication. `author`: names, family name first, joined by " and ". `year`: "undated" if it names none."""

    key: str
    author: Annotated[str, StringConstraints(min_length=1)]
    year: Annotated[str, StringConstraints(pattern=r"^(\d{4}|undated)$")]
    title: str = ""
    journal: str = ""
    volume: str = ""
    pages: str = ""
    doi: Annotated[str, StringConstraints(pattern=r"^(10\.\d{4,9}/\S+)?$")] = ""
    url: Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$")] = ""
    note: str = ""

    @property
    def short(self) -> str:
        """Who and when: "Hong 1994", "Shah & Gilliams 2008", "Simons et al. 2002"."""
        names = [name.split(",")[0] for name in self.author.split(" and ")]
        who = " & ".join(names) if len(names) <= 2 else f"{names[0]} et al."
        return f"{who.replace('& others', 'et al.')} {self.year}"

    @property
    def citation(self) -> str:
        """Who, when and where: "Lu et al. 2022, Chiropractic and Manual Therapies 30:34, doi:10.1186/..."."""
        place = self.journal + (f" {self.volume}" if self.volume else "") + (f":{self.pages}" if self.pages else "")
        address = f"doi:{self.doi}" if self.doi else self.url
        return ", ".join(part for part in (self.short, place.strip(), address) if part)


def read_references(path: Path) -> dict[str, Reference]:
    """Key -> Reference, in file order. Raises DataError with file, line and what to do."""
    found: dict[str, Reference] = {}
    problems: list[str] = []
    entry: dict[str, str] | None = None
    start = number = 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if entry is None:
            opening = OPENING.fullmatch(line)
            if opening:
                entry, start = {"key": opening[2]}, number
            elif line.strip() and not line.startswith("%"):
                problems.append(mistake(path, number, "an entry was expected; write @article{key,"))
        elif line == "}":
            problems += _add(path, start, entry, found)
            entry = None
        else:
            field = FIELD.fullmatch(line)
            if not field or field[1] in entry:
                what = f"'{field[1]}' stands here twice; remove one" if field else "no field; write '  name = {text},'"
                problems.append(mistake(path, number, what))
            else:
                entry[field[1]] = field[2]
    if entry is not None:
        problems.append(mistake(path, number, f"the entry '{entry['key']}' does not end; add a line with only }}"))
    if problems:
        raise DataError("\n".join(problems))
    return found


def _add(path: Path, line: int, entry: dict[str, str], found: dict[str, Reference]) -> list[str]:
    if entry["key"] in found:
        return [mistake(path, line, f"the key '{entry['key']}' stands here twice; rename one")]
    try:
        found[entry["key"]] = Reference(**entry)
    except ValidationError as error:
        return [
            mistake(path, line, f"'{entry['key']}', field '{e['loc'][-1]}': {e['msg'].lower()}; add or correct it")
            for e in error.errors()
        ]
    return []
