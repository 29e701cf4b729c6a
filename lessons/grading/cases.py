"""What a staged case of the clinic and an entry of the safety list look like, as strict data.

A case, complete (assets/cases/NN_name.yaml; adding a file adds a case):

    schema_version: 1
    id: mara                             # small letters; never reused: learners' answers are kept under it
    order: 1
    reserve: false                       # true: offered after the others
    name: Mara
    age: 38
    who: office worker, at her first visit
    pain: {shoulder_top_back-r: 3, nape-r: 2}    # ids of assets/body with the patient's side; 1 mild to 3 strong
    visits:                              # one, or two where the second one brings a turn
    - story: For three weeks Mara's right shoulder has hurt.
      examination: ["Taut band in the right upper trapezius, on top of the shoulder"]
      present:                           # entries of safety.yaml that hold: the words of story or examination
        over-the-lung: upper trapezius, on top of the shoulder
      near: {sore-temple: She is 38 and her scalp is not sore.}    # what looks like one and is none, and why; optional
      local: [7, 9]                      # where the panel puts the two gauges, 0 to 10
      central: [1, 3]
      doses: [low, usual]                # what the panel would plan: low, usual, high
      shares: {release: 80, both: 15, retain: 3, neither: 2, refer: 0}    # of the panel, in per cent
      why: Recent, on one side, and one muscle brings it back.
      tell: It will be sore for a day or two.
      measure: Turn of the head after two weeks.
      stop: Two treatments without a change.
      trap: Again and again until it twitches.
      safety: The lung lies below.
      flip: "Months of pain and bad sleep: then both."
      evidence: [on-the-spot-better]     # findings of evidence.yaml; may be left out

A visit with a red flag has no gauges and no doses, and its panel refers: nothing else is an answer to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from lessons.grading.question import Name, Text
from lessons.strict_yaml import Entry

RED_FLAGS = ("emergency", "medical first")
NEEDLED = ("release", "retain", "both")
CHOICES = (*NEEDLED, "neither", "refer")
PREFIX = "case-"  # of the ids under which answers to cases are kept, so no question has one that begins so
GATE, PLAN = "gate", "plan"
Gauge = Annotated[int, Field(ge=0, le=10)]
Share = Annotated[int, Field(ge=0, le=100)]
Choice = Literal["release", "retain", "both", "neither", "refer"]
Dose = Literal["low", "usual", "high"]


class Adjustment(Entry):
    """Something that makes needling possible, or safer, for this person or at this place."""

    id: Name
    text: Text


class SafetyEntry(Entry):
    """One thing to look for before any needle. Without `evidence` it is general teaching that nobody looked up."""

    id: Name
    ask: Text
    do: Text
    severity: Literal["emergency", "medical first", "modify", "site"]
    contraindication: bool = False
    answered_by: tuple[Name, ...] = ()
    evidence: tuple[Text, ...] = ()

    @property
    def red_flag(self) -> bool:
        """Whether it locks all treatment."""
        return self.severity in RED_FLAGS

    @property
    def fails(self) -> bool:
        """Whether to miss it fails a case."""
        return self.red_flag or self.contraindication

    @model_validator(mode="after")
    def _answered(self) -> SafetyEntry:
        if self.red_flag and (self.answered_by or self.contraindication):
            raise ValueError("nothing answers a red flag; remove 'answered_by' and 'contraindication'")
        if not self.red_flag and not self.answered_by and not self.contraindication:
            raise ValueError("say which adjustments answer it, or that it is a contraindication")
        return self


class SafetyFile(Entry):
    """assets/safety.yaml."""

    schema_version: Literal[1]
    adjustments: tuple[Adjustment, ...]
    entries: tuple[SafetyEntry, ...]


class Visit(Entry):
    """What a patient brings, what is found, and what the panel makes of it. `when`: only for a second visit."""

    when: str = ""
    story: Text
    examination: Annotated[tuple[Text, ...], Field(min_length=1)]
    present: Mapping[Name, Text]
    near: Mapping[Name, Text] = Field(default_factory=dict)
    local: tuple[Gauge, Gauge] | None = None
    central: tuple[Gauge, Gauge] | None = None
    doses: tuple[Dose, ...] = ()
    shares: Mapping[Choice, Share]
    why: Text
    tell: Text
    measure: Text
    stop: Text
    trap: Text
    safety: Text
    flip: Text
    evidence: tuple[Text, ...] = ()

    @property
    def modal(self) -> str:
        """What most of the panel chose."""
        return max(self.shares, key=self.shares.__getitem__)

    @property
    def needled(self) -> int:
        """Per cent of the panel that needles."""
        return sum(self.shares.get(choice, 0) for choice in NEEDLED)

    @model_validator(mode="after")
    def _sound(self) -> Visit:
        if missing := [choice for choice in CHOICES if choice not in self.shares]:
            raise ValueError(f"the panel's shares leave out {', '.join(missing)}; give 0 where nobody chose it")
        if (total := sum(self.shares.values())) != 100:
            raise ValueError(f"the panel's shares add up to {total}; they must make 100")
        if sorted(self.shares.values())[-1] == sorted(self.shares.values())[-2]:
            raise ValueError("two answers have the largest share; there must be one that most of the panel chose")
        if bool(self.needled) != bool(self.doses):
            raise ValueError("a panel that needles names its doses, and one that does not has none; add or remove them")
        for name, gauge in (("local", self.local), ("central", self.central)):
            if gauge and gauge[0] > gauge[1]:
                raise ValueError(f"'{name}' goes from {gauge[0]} to {gauge[1]}; give the lower end first")
        if both := [name for name in self.near if name in self.present]:
            raise ValueError(f"'{both[0]}' is both present and near; keep one")
        return self


class Case(Entry):
    """A patient of the clinic."""

    schema_version: Literal[1]
    id: Annotated[str, StringConstraints(pattern=r"^[a-z]+$", max_length=30)]
    order: Annotated[int, Field(ge=1)]
    reserve: bool = False
    name: Text
    age: Annotated[int, Field(ge=0, le=120)]
    who: Text
    pain: Annotated[Mapping[Text, Annotated[int, Field(ge=1, le=3)]], Field(min_length=1)]
    visits: Annotated[tuple[Visit, ...], Field(min_length=1, max_length=2)]

    @property
    def title(self) -> str:
        """Who it is: "Mara, 38, office worker, at her first visit"."""
        return f"{self.name}, {self.age}, {self.who}"

    @model_validator(mode="after")
    def _second_visit_is_named(self) -> Case:
        if [bool(visit.when) for visit in self.visits] != [False, True][: len(self.visits)]:
            raise ValueError("a second visit says 'when' it is, the first one does not; add or remove it")
        return self


def answer_id(case: str, visit: int, part: str) -> str:
    """The id under which an answer to a case is kept. `visit` counts from 0; `part` is GATE or PLAN."""
    return "-".join([PREFIX.rstrip("-"), case, *([str(visit + 1)] if visit else []), part])


def is_answer_to_a_case(name: object) -> bool:
    """Whether something was kept as an answer to a case, not to a question."""
    return isinstance(name, str) and name.startswith(PREFIX)
