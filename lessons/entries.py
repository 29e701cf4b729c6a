"""The kinds of entry in assets/: claim, finding, weighing, calibration target, glossary term, survey of events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from lessons.bibliography import Reference
from lessons.strict_yaml import Entry

STRENGTHS = {
    "A": "consistent human trials",
    "B": "single or few human studies",
    "C": "animal studies",
    "D": "hypothesis or contested",
}
MANY_TRIALS = "many human trials"
GLOSSARY_WORDS = 35
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Names = tuple[Text, ...]


class Claim(Entry):
    """One claim of the source paper, paraphrased, and what in the course serves it (names of other parts)."""

    id: Annotated[str, StringConstraints(pattern=r"^[GNTC]\d+[abc]?$")]
    text: Text
    model: Literal["trigger_point", "neuromodulation", "body", "trial"]
    observables: Names
    controls: Names
    figures: Names
    lessons: Names


class Finding(Entry):
    """One published result. `effect_sizes`: its numbers that say how much a treatment or a condition changes."""

    id: Text
    says: Text
    number: str
    interval: str
    n: Text
    species: Literal["human", "rabbit", "rat", "mouse", "frog", "enzyme", "review", "model"]
    source: Text
    grade: Annotated[str, StringConstraints(pattern=r"^[ABCD]-?$")]
    status: Literal["checked", "direction only", "derived"]
    verified: Literal["search", "document"]
    caution: str = ""
    effect_sizes: tuple[float, ...] = ()

    @field_validator("status", mode="before")
    @classmethod
    def _not_from_memory(cls, status: Any) -> Any:
        if status == "recalled":
            raise ValueError("a recalled number must not be printed; look it up and mark it checked, or remove it")
        return status


class Weighing(Entry):
    """What the findings say of one claim: direction, strength (a letter, never shown alone) and one plain sentence."""

    claim: Text
    direction: Literal["supports", "mixed", "finds nothing", "against"]
    strength: Literal["A", "B", "C", "D"]
    sentence: Text
    supporting: Names
    opposing: Names

    @model_validator(mode="after")
    def _sides_fit_direction(self) -> Weighing:
        needs = {"supports": (True, False), "mixed": (True, True)}.get(self.direction, (False, True))
        for side, needed in zip(("supporting", "opposing"), needs, strict=True):
            if needed and not getattr(self, side):
                raise ValueError(f"'{self.direction}' without a finding under '{side}'; list one or weigh anew")
        return self


@dataclass(frozen=True)
class Evidence:
    """A claim's weighing with findings and sources at hand. `strength` is a letter; show `strength_words` instead."""

    claim: str
    direction: str
    strength: str
    sentence: str
    supporting: tuple[Finding, ...]
    opposing: tuple[Finding, ...]
    sources: tuple[Reference, ...]

    @property
    def strength_words(self) -> str:
        """The strength in words; trials that point both ways are not called consistent."""
        return MANY_TRIALS if (self.direction, self.strength) == ("mixed", "A") else STRENGTHS[self.strength]


class Target(Entry):
    """A number the models must meet: published (evidence) or regression (the equations are built as meant).

    `measure` is the dotted name of a function below lessons.models, or in lessons.treated_body. It is given the
    model's parameters with `set` changed, and `arguments`; `pick` names a part of what it returns ("1.oxygen"),
    `scale` multiplies it. `setting` names an experiment in the model's settings to start from instead of the defaults.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[EM]-[TNB]G?\d+[a-z]?(\.[a-z0-9-]+)?$")]
    model: Literal["trigger_point", "neuromodulation", "body", "trial"]
    kind: Literal["published", "regression"]
    quantity: Text
    unit: str
    published: float | None = None
    low: float | None = None
    high: float | None = None
    range_from: str = ""
    grade: Annotated[str, StringConstraints(pattern=r"^([ABCD]-?)?$")] = ""
    source: Text
    state: Literal["modelled", "later", "not modelled"]
    measure: str = ""
    setting: str = ""
    set: dict[str, float] = {}
    arguments: dict[str, bool | float | str | tuple[float, ...]] = {}
    pick: str = ""
    scale: float = 1.0
    agreement: Literal["", "fitted", "built in"] = ""  # why agreement would prove nothing
    soft: str = ""  # why a target of grade A or B does not bind: its number or its range is too uncertain
    reason: str = ""
    misfit: str = ""

    @property
    def hard(self) -> bool:
        """Whether the model must meet it, or say in the open why not."""
        strong = self.kind == "published" and self.grade[:1] in ("A", "B")
        return strong and self.state == "modelled" and not self.soft

    @model_validator(mode="after")
    def _complete(self) -> Target:
        if self.state == "modelled":
            if not self.measure or self.low is None or self.high is None or self.low > self.high:
                raise ValueError("a modelled target needs measure, low and high (low first); add what is missing")
        elif not self.reason or self.measure or self.misfit:
            raise ValueError(f"a target that is '{self.state}' needs a reason, no measure and no misfit; change it so")
        if (self.kind == "published") != bool(self.grade):
            raise ValueError("published targets carry a grade, regression numbers none; add or remove it")
        return self


class Term(Entry):
    """A term of art in one or two plain sentences."""

    term: Text
    plain: Text
    aliases: Names = ()

    @field_validator("plain")
    @classmethod
    def _short(cls, plain: str) -> str:
        if len(plain.split()) > GLOSSARY_WORDS:
            raise ValueError(f"{len(plain.split())} words are more than {GLOSSARY_WORDS}; shorten the explanation")
        return plain


Percent = Annotated[float, Field(ge=0, le=100)]


class EventKind(Entry):
    """One kind of minor event, in per cent of the treatments."""

    name: Text
    percent: Percent


class SeriousEvents(Entry):
    """Serious events among so many treatments; `at_most`: where none was seen, what that still allows, in per cent."""

    events: Annotated[float, Field(ge=0)]
    among: Annotated[int, Field(gt=0)]
    at_most: Percent | None = None

    @model_validator(mode="after")
    def _none_is_not_never(self) -> SeriousEvents:
        if (self.events == 0) != (self.at_most is not None):
            raise ValueError("'at_most' says how many events none seen still allows; give it with 0 events, else not")
        return self

    @property
    def in_ten_thousand(self) -> float:
        """Events in 10,000 treatments."""
        return 10_000 * self.events / self.among


class Survey(Entry):
    """How often treatments did harm, as one finding has it: `minor` in per cent, `kinds` some of the minor events."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")]
    name: Text
    finding: Text
    minor: Percent
    kinds: tuple[EventKind, ...]
    serious: SeriousEvents

    @model_validator(mode="after")
    def _kinds_are_parts(self) -> Survey:
        if sum(kind.percent for kind in self.kinds) > self.minor:
            raise ValueError("the kinds are more than all minor events; correct a number")
        return self

    @property
    def printed(self) -> tuple[float, ...]:
        """Every number that must stand in the finding."""
        serious = self.serious
        few = (serious.at_most,) if serious.at_most is not None else (serious.events,)
        return (self.minor, *(kind.percent for kind in self.kinds), *few, float(serious.among))


class ClaimFile(Entry):
    schema_version: Literal[1]
    claims: tuple[Claim, ...]


class EvidenceFile(Entry):
    schema_version: Literal[1]
    findings: tuple[Finding, ...]
    weighings: tuple[Weighing, ...]


class CalibrationFile(Entry):
    schema_version: Literal[1]
    targets: tuple[Target, ...]


class GlossaryFile(Entry):
    schema_version: Literal[1]
    terms: tuple[Term, ...]


class SurveyFile(Entry):
    schema_version: Literal[1]
    surveys: tuple[Survey, ...]


class PlannedPage(Entry):
    """A page that is still to be written, as the table of contents announces it."""

    id: Annotated[str, StringConstraints(pattern=r"^\d\d$")]
    title: Text
    question: Text


class ContentsFile(Entry):
    schema_version: Literal[1]
    planned: tuple[PlannedPage, ...]
