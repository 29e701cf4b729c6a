"""A patient whom all pages share: how she is now, what was done to her so far, and what a figure takes from her.

A figure opens with the patient as she came, whatever was kept: what pages say and predict is about her as she came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import traitlets

from lessons.grading import record
from lessons.simulation import Parameter, check

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True)
class Quality:
    """One number of a patient. `steps`: (up to and including, word), increasing; the last one has no end."""

    name: str
    about: Parameter
    steps: Sequence[tuple[float, str]]

    def word(self, value: float) -> str:
        """The word for a value."""
        return next(word for end, word in self.steps if value <= end)

    def number(self, value: float) -> str:
        """A value with as many decimals as its slider has."""
        return f"{value:.{max(0, len(f'{self.about.step:g}'.partition('.')[2]))}f}"

    def possible(self, value: float) -> bool:
        return self.about.low <= value <= self.about.high


class State(NamedTuple):
    """How a patient is, and what was done: (page, kind of treatment, how often), in order."""

    values: Mapping[str, float]
    done: tuple[tuple[str, str, int], ...]


class Patient(traitlets.HasTraits):
    """`qualities`: name of a number -> Quality, whose default is how the patient came. `treatments`: kind of treatment
    -> what one and several are called. `kept` counts changes, for whoever shows the patient on the same page."""

    kept = traitlets.Int()

    def __init__(self, name: str, qualities: Mapping[str, Quality], treatments: Mapping[str, tuple[str, str]]):
        super().__init__()
        self.name, self.qualities, self.treatments = name, dict(qualities), dict(treatments)

    @property
    def came(self) -> State:
        """As she came, before any page."""
        return State({name: quality.about.default for name, quality in self.qualities.items()}, ())

    def now(self) -> State:
        """As she is now. Raises RecordError."""
        values, done = dict(self.came.values), []
        for event in record.patient():
            # What another version of the course kept may have other names and ranges here.
            values |= {n: v for n, v in event["values"].items() if n in values and self.qualities[n].possible(v)}
            done += [(event["page"], kind, times) for kind, times in event["done"].items() if kind in self.treatments]
        return State(values, tuple(done))

    def keep(
        self, page: str, values: Mapping[str, float], done: Mapping[str, int], settings: Mapping[str, float]
    ) -> None:
        """Keep some of her numbers and what was done. Raises ParameterError and RecordError; then nothing is."""
        for name, value in values.items():
            check(name, self.qualities[name].about, value)
        record.keep_patient(page, values, done, settings)
        self.kept += 1

    def back(self) -> None:
        """Back to how she came; the record keeps what was. Raises RecordError."""
        record.start_over(record.PATIENT)
        self.kept += 1

    def told(self, values: Mapping[str, float]) -> str:
        """Her numbers in words."""
        qualities = ((self.qualities[name], value) for name, value in values.items())
        return ", ".join(f"{one.name} {one.word(value)} ({one.number(value)})" for one, value in qualities)

    def told_done(self, done: Sequence[tuple[str, str, int]]) -> str:
        """What was done, by page; "" if nothing was."""
        pages: dict[str, Counter[str]] = {}
        for page, kind, times in done:
            pages.setdefault(page, Counter())[kind] += times
        return "; ".join(f"{self.counted(kinds)} on page {page}" for page, kinds in pages.items())

    def counted(self, done: Mapping[str, int]) -> str:
        """Kinds of treatment with how often each was given."""
        counts = ((COUNTS[times] if times < len(COUNTS) else times, kind) for kind, times in done.items())
        return joined(f"{count} {self.treatments[kind][count != 'one']}" for count, kind in counts)


def joined(parts: Iterable[str]) -> str:
    """One, two and three."""
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last


class Treated(NamedTuple):
    """What a figure does to a patient: kind of treatment -> how often, and the sliders that tell how."""

    done: Mapping[str, int]
    how: Sequence[str] = ()


@dataclass(frozen=True)
class Share:
    """What a figure has in common with a patient.

    `fields`: name of the patient's number -> the figure's parameters that stand for it; all are set to it, and the last
    one is kept. `treated(trajectory, view)` says what the figure does, or raises ValueError in one sentence if it does
    nothing; without it nobody is treated.
    """

    patient: Patient
    page: str
    fields: Mapping[str, Sequence[str]]
    treated: Callable[[Any, Any], Treated] | None = None

    def for_page(self, about: Mapping[str, Parameter]) -> dict[str, str]:
        """What the two buttons are called, and what they do. `about`: the figure's parameters."""
        who = self.patient.name
        noted = "; the treatment is noted" if self.treated else ""
        return {
            "name": who,
            "take": f"{who} as she is now",
            "keep": f"Treat {who} like this" if self.treated else f"Keep for {who}",
            "hint": f"In common with her: {self._names(about)}. What you did not move stays as it is with her{noted}.",
        }

    def _names(self, about: Mapping[str, Parameter]) -> str:
        """The numbers in common in words, with what the figure calls them if that is something else."""
        names = []
        for name, fields in self.fields.items():
            here = "" if fields[-1] == name else f" (here: {about[fields[-1]].label})"
            names.append(f"{self.patient.qualities[name].name}{here}")
        return joined(names)

    def taken(self) -> tuple[dict[str, float], str]:
        """The figure's values for the patient as she is now, and a sentence. Raises RecordError."""
        now = self.patient.now().values
        values = {field: now[name] for name, fields in self.fields.items() for field in fields}
        shown = {name: now[name] for name in self.fields}
        return values, f"{self.patient.name} as she is now: {self.patient.told(shown)}."

    def keep(
        self, values: Mapping[str, float], opening: Mapping[str, float], about: Mapping[str, Parameter], *ran: Any
    ) -> str:
        """Keep what of the patient does not stand as in `opening`, and what the figure does to her; gives a sentence.

        `about`: the figure's parameters; `ran`: its trajectory and view. Raises ValueError and RecordError.
        """
        treated = self.treated(*ran) if self.treated else Treated({})
        before = self.patient.now().values
        wanted = {name: (values[fields[-1]], opening.get(fields[-1])) for name, fields in self.fields.items()}
        changed = {name: value for name, (value, opened) in wanted.items() if value not in (opened, before[name])}
        how = {name: values[name] for name in treated.how}
        if changed or treated.done:
            self.patient.keep(self.page, changed, treated.done, how)
        noted = self._noted(treated.done, how, about)
        if not changed:
            return f"{noted}{self.patient.name} herself stays as she was."
        was = ", ".join(self.patient.qualities[name].number(before[name]) for name in changed)
        return f"{noted}{self.patient.name} now: {self.patient.told(changed)}; before: {was}."

    def _noted(self, done: Mapping[str, int], how: Mapping[str, float], about: Mapping[str, Parameter]) -> str:
        if not done:
            return ""
        settings = (f"{about[name].label}: {value:g} {about[name].unit}".rstrip() for name, value in how.items())
        return f"Noted: {self.patient.counted(done)} ({'; '.join(settings)}). "
