"""Situations that a teacher adds to a page's main figure: assets/presets.yaml, a button each, without any code.

Every mistake raises DataError, one line per mistake: file, line, what is wrong, what to do.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from lessons.data import ASSETS, read
from lessons.strict_yaml import DataError, Entry, LineFinder, mistake

FIGURES = (
    "signal_to_pain", "loop", "release", "retention", "blocker_bench", "whole_body", "where_and_when",
    "what_would_have_happened",
)  # fmt: skip
Text = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]


class Preset(Entry):
    """A button of a figure: its name, and the values that it sets. All other sliders stay where they are."""

    figure: Literal[FIGURES]
    name: Text
    set: Annotated[Mapping[str, float], Field(min_length=1)]


class _File(Entry):
    schema_version: Literal[1]
    presets: tuple[Preset, ...]


@functools.cache
def _read(folder: Path) -> tuple[_File, LineFinder]:
    return read(folder / "presets.yaml", _File)


def added(figure: str, fields: Mapping[str, Any], folder: Path | None = None) -> dict[str, dict[str, float]]:
    """Name -> values of the presets that were added to a figure. `fields`: its parameters, as they describe themselves.

    Raises DataError for every preset of this figure that names no parameter of it or leaves a range.
    """
    folder = folder or ASSETS
    path = folder / "presets.yaml"
    file, line = _read(folder)
    found: dict[str, dict[str, float]] = {}
    problems: list[str] = []
    for i, preset in enumerate(file.presets):
        if preset.figure != figure:
            continue
        problems += [mistake(path, line(("presets", i, "set", name)), what) for name, what in _wrong(preset, fields)]
        if preset.name in found:
            problems.append(mistake(path, line(("presets", i)), f"'{preset.name}' stands here twice; rename one"))
        found[preset.name] = {
            name: int(value) if name in fields and fields[name].whole else value for name, value in preset.set.items()
        }
    if problems:
        raise DataError("\n".join(problems))
    return found


def _wrong(preset: Preset, fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    problems = []
    for name, value in preset.set.items():
        about = fields.get(name)
        if about is None:
            near = difflib.get_close_matches(name, fields, 1)
            hint = f"did you mean '{near[0]}'?" if near else "the page for teachers lists all of them"
            problems.append((name, f"'{preset.figure}' has no parameter '{name}'; {hint}"))
        elif not about.low <= value <= about.high or (about.whole and value != int(value)):
            unit = f" {about.unit}" if about.unit else ""
            only = " in whole numbers" if about.whole else ""
            reach = f"{about.low:g} to {about.high:g}{unit}{only}"
            problems.append((name, f"{name} goes from {reach}, not {value:g}; correct it"))
    return problems
