"""Reads a safe subset of YAML 1.2 and refuses the rest, naming file, line and what to do.

Allowed: mappings with text keys, lists, text, whole and decimal numbers, true, false, null; UTF-8, one document, at
most 256 kB. Refused: anchors, aliases, tags, directives, duplicate keys, dates, not-a-number. So `no`, `on`, `1:30`
stay text, and a file cannot grow when it is read.
"""

from __future__ import annotations

import contextlib
import difflib
import json
import math
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import ScalarNode

LIMIT = 256 * 1024
SHOWN = 80  # characters of a value that a message repeats
NUMBER = re.compile(r"[-+]?((0|[1-9]\d*)(\.\d*)?|\.\d+)([eE][-+]?\d+)?")  # no 010, which elsewhere means 8
DIRECTIVE = re.compile(r"^%", re.MULTILINE)
LineFinder = Callable[[Sequence[Any]], int]


class DataError(ValueError):
    """What an author has to mend: one line per mistake, each "file, line N: what is wrong; what to do"."""


def read_yaml(path: Path) -> tuple[Any, LineFinder]:
    """Plain data of a file (dict, list, str, int, float, bool, None) and a function from place to line number.

    A place is a sequence of keys and positions, outermost first; parts that do not exist are skipped, so a missing
    field points at the entry that lacks it. Raises DataError for whatever the safe subset does not allow.
    """

    def stop(line: int, what: str, do: str) -> NoReturn:
        raise DataError(mistake(path, line, f"{what}; {do}")) from None

    try:
        raw = path.read_bytes()
    except OSError as error:
        stop(1, f"cannot be read ({error.strerror})", "put the file back or correct its name")
    if len(raw) > LIMIT:
        stop(1, f"{len(raw)} bytes are more than the {LIMIT} allowed", "split the file")
    builder = _Builder(stop)
    try:
        data = builder.document(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        stop(raw[: error.start].count(b"\n") + 1, "this is not UTF-8 text", "save the file as UTF-8")
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        stop(mark.line + 1 if mark else 1, error.problem or "this is not YAML", "compare it with the lines around it")
    except YAMLError as error:
        stop(1, f"this is not YAML ({str(error).splitlines()[0]})", "remove characters that cannot be printed")
    except RecursionError:
        stop(1, "the file is nested too deeply", "use fewer levels")

    def line(place: Sequence[Any]) -> int:
        found: tuple = ()
        for part in place:
            if (*found, part) in builder.lines:
                found = (*found, part)
        return builder.lines[found]

    return data, line


class _Builder:
    """Turns the parser's events into plain data, so that each value's line is known and nothing clever is built."""

    def __init__(self, stop: Callable[[int, str, str], NoReturn]) -> None:
        self._stop = stop
        self._yaml = YAML(typ="safe", pure=True)
        self.lines: dict[tuple, int] = {(): 1}

    def document(self, text: str) -> Any:
        self._events = self._parsed(text)
        self._step()
        self._step()
        if self._kind == "StreamEnd":
            self._refuse("the file is empty", "write at least schema_version: 1")
        if self._event.version or self._event.tags:
            self._refuse("a % directive is not allowed", "remove the line")
        self._step()
        data = self._value(())
        self._step()
        self._step()
        if self._kind != "StreamEnd":
            self._refuse("a second document begins here", "keep one document per file")
        return data

    def _parsed(self, text: str) -> Iterator[Any]:
        """The parser's events: of libyaml, ten times as fast, unless it is missing or minds what YAML 1.2 allows.

        Either way values are told apart by the rules of 1.2, and what is wrong is said in the same words.
        """
        if not DIRECTIVE.search(text):  # which libyaml reads and hides
            with contextlib.suppress(Exception):
                return iter(list(YAML(typ="safe", pure=False).parse(text)))
        return iter(self._yaml.parse(text))

    def _step(self) -> None:
        self._event = next(self._events)
        self._kind = type(self._event).__name__.removesuffix("Event")
        self._line = self._event.start_mark.line + 1

    def _refuse(self, what: str, do: str) -> NoReturn:
        self._stop(self._line, what, do)

    def _value(self, place: tuple) -> Any:
        if self._kind == "Alias":
            self._refuse(f"the alias *{self._event.anchor} is not allowed", "write the value out again")
        if self._event.anchor:
            self._refuse(f"the anchor &{self._event.anchor} is not allowed", "remove it")
        if self._event.tag is not None:
            self._refuse(f"the tag {self._event.tag} is not allowed", "remove it")
        if self._kind == "Scalar":
            return self._scalar()
        return self._mapping(place) if self._kind == "MappingStart" else self._list(place)

    def _mapping(self, place: tuple) -> dict[str, Any]:
        result: dict[str, Any] = {}
        self._step()
        while self._kind != "MappingEnd":
            key = self._value(())
            if not isinstance(key, str) or key == "<<":
                self._refuse(f"the key {key!r} is not a name", "put it in quotes or give it a name")
            if key in result:
                self._refuse(f"the key '{key}' stands here twice", "remove one of the two")
            self.lines[(*place, key)] = self._line
            self._step()
            result[key] = self._value((*place, key))
            self._step()
        return result

    def _list(self, place: tuple) -> list[Any]:
        result: list[Any] = []
        self._step()
        while self._kind != "SequenceEnd":
            self.lines[(*place, len(result))] = self._line
            result.append(self._value((*place, len(result))))
            self._step()
        return result

    def _scalar(self) -> Any:
        text = self._event.value
        kind = str(self._yaml.resolver.resolve(ScalarNode, text, self._event.implicit)).rsplit(":", 1)[-1]
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        if kind in ("int", "float"):
            if not NUMBER.fullmatch(text):
                self._refuse(f"{text} is not a plain number", "write it in digits, or in quotes if it is text")
            if not math.isfinite(float(text)):
                self._refuse(f"{text[:20]} is too large", "write a finite number")
            return int(text) if kind == "int" else float(text)
        if kind == "timestamp":
            self._refuse(f"{text} reads as a date", "put it in quotes")
        return text


class Entry(BaseModel):
    """Base of everything read from a file: exact types, no unknown fields, never altered."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


EntryType = TypeVar("EntryType", bound=Entry)


def read(path: Path, model: type[EntryType]) -> tuple[EntryType, LineFinder]:
    """A file as a checked entry, and its line finder. Raises DataError with one line per mistake."""
    data, line = read_yaml(path)
    try:
        return model.model_validate_json(json.dumps(data)), line
    except ValidationError as error:
        told = _innermost(error.errors())
        raise DataError("\n".join(_mistake(path, model, line, found) for found in told)) from None


def _innermost(errors: Sequence[Any]) -> list[Any]:
    """Without those that only follow from another one inside the same entry."""
    places = [error["loc"] for error in errors]
    return [one for one in errors if not any(place[: len(one["loc"])] == one["loc"] != place for place in places)]


def mistake(path: Path, line: int, what: str) -> str:
    """One line of a DataError; `what` reads "what is wrong; what to do"."""
    return f"{path.parent.name}/{path.name}, line {line}: {what}"


def _mistake(path: Path, model: type[Entry], line: LineFinder, found: Any) -> str:
    place = found["loc"]
    field = next((part for part in reversed(place) if isinstance(part, str)), "the file")
    kind, given = found["type"], found["input"]
    if kind == "missing":
        what = f"the field '{field}' is missing; add it"
    elif kind == "extra_forbidden":
        near = difflib.get_close_matches(field, _fields(model), 1)
        what = f"there is no field '{field}' here; " + (f"did you mean '{near[0]}'?" if near else "remove it")
    elif kind == "string_type":
        what = f"'{field}' must be text, not {given!r}; put it in quotes"
    elif kind == "literal_error":
        what = f"'{field}' cannot be {given!r}; use {found['ctx']['expected']}"
    elif kind == "value_error":
        what = str(found["ctx"]["error"])
    else:
        shown = repr(given)
        shown = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]} …"
        what = f"'{field}' cannot be {shown}: {found['msg'].lower()}; correct it"
    return mistake(path, line(place), what)


def _fields(model: type[Entry]) -> set[str]:
    """Names of all fields of an entry and of the entries inside it."""
    names, waiting, seen = set(), [model], set()
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in seen:
            seen.add(kind)
            names.update(kind.model_fields)
            waiting.extend(field.annotation for field in kind.model_fields.values())
        else:
            waiting.extend(get_args(kind))
    return names
