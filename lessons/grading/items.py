"""The kinds of question, as strict data: one right choice of several, and a number with its unit.

A bank of questions, complete:

    schema_version: 1
    lesson: "03"
    language: en
    items:
    - id: five-millimetres-beside        # never reused: learners' answers are kept under it
      type: choice
      claim: [T4a]                       # ids of claims.yaml
      objective: 8                       # may be left out
      stem: Six good passes, five millimetres beside the spot. How is the pain one hour later?
      scenario: {set: {miss: 5.0}}       # what differs from the model's defaults; compare: {...} is a second run
      options:                           # 2 to 5, exactly one correct
      - id: gone
        text: Gone as well
        misconception: m03-more-passes   # id of misconceptions.yaml; each wrong option has one
        feedback: Needling the muscle is not needling the spot. Set the distance to 5 mm and watch the EMG.
        truth: [{of: pain, at: 1 h, op: "<", vs: 1, abs: 0}]
      - id: same
        text: As before
        correct: true
        feedback: Yes. What acts on one spot must reach it.
        truth: [{of: pain, at: 1 h, op: "~", vs: baseline, abs: 0.5}]
      explanation: Read after the right answer.
      source: 10.1177/0964528420920300   # may be left out
      hints: [Look at the EMG.]          # may be left out
      reviewed_by: unreviewed            # or the name of a second reader
    - id: threshold-after-a-day
      type: numeric
      claim: [T12a]
      stem: By how much has the pressure pain threshold risen after one day?
      ask: {of: tenderness, at: 1 d, minus: baseline}
      unit: kPa
      value: "120"                       # text; must lie within a quarter of the tolerance of the model
      atol: 12 kPa                       # with its unit; or rtol: 0.1, or both
      diagnoses:
      - {value: "295", tag: level-not-change, say: That is the threshold itself. Subtract what it was before.}
      explanation: Threshold after minus threshold before.
    - id: must-it-twitch
      type: choice
      claim: [T5]
      stem: What did pooled trials find?
      truth: none                        # no model can decide it, ...
      evidence: [twitch-gap-now-none-later]    # ... so it cites findings of evidence.yaml
      options: [...]                     # without truth
      explanation: Six trials, low certainty.

A statement of `truth` or `ask` reads: the observable `of` at time `at` (left out for a reading that sums up the run)
is `op` >, <, ~ (as much as) or !~ (not as much as) `vs` baseline, compare or a number, by a margin `abs` in the
observable's unit or `rel` as a share. Nothing is evaluated as code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from lessons.grading import numbers
from lessons.grading.numbers import NumberError, Quantity, Unit
from lessons.strict_yaml import Entry

UNREVIEWED = "unreviewed"
MOST_OPTIONS = 5
WIDEST = 0.2  # relative tolerance
FAR_LONGER, FAR_MORE = 1.5, 15  # a right option so many times and so many characters longer gives itself away
NEARNESS = Fraction(1, 20)  # share of a diagnosed value by which an answer may miss it

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
LUMPED = re.compile(r"\b(all|none|both|neither) of (the )?(above|below|these|them)\b", re.IGNORECASE)
TRUE_FALSE = ({"true", "false"}, {"yes", "no"}, {"right", "wrong"})


def _time(text: str) -> str:
    try:
        numbers.seconds(text)
    except NumberError as error:
        raise ValueError(f"{error} Or leave `at` out; correct it") from None
    return text


Time = Annotated[Text, BeforeValidator(lambda given: _time(given) if isinstance(given, str) else given)]


class Statement(Entry):
    """What holds in the model if an option is right."""

    of: Text
    at: Time | None = None
    op: Literal[">", "<", "~", "!~"]
    vs: Literal["baseline", "compare"] | float
    abs: Annotated[float, Field(ge=0)] | None = None
    rel: Annotated[float, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _one_margin(self) -> Statement:
        if (self.abs is None) == (self.rel is None):
            raise ValueError("a statement has one margin; give either 'abs' or 'rel'")
        if self.op in ("~", "!~") and not (self.abs or self.rel):
            raise ValueError(f"'{self.op}' with a margin of 0 can never be met by a model; give 'abs' or 'rel' above 0")
        return self


class Ask(Entry):
    """Which reading of the model a number is: at a time, less the value before or of the compared run."""

    of: Text
    at: Time | None = None
    minus: Literal["baseline", "compare"] | None = None


class Scenario(Entry):
    """What differs from the model's defaults, in the run and in the one it is compared with."""

    set: Mapping[str, float] = Field(default_factory=dict)
    compare: Mapping[str, float] | None = None


class Option(Entry):
    """One choice; `feedback` is read after it was chosen."""

    id: Name
    text: Text
    correct: bool = False
    misconception: str = ""
    feedback: Text
    truth: tuple[Statement, ...] = ()


class Diagnosis(Entry):
    """A wrong number that betrays a slip, and what to say to it."""

    value: Text
    tag: Name
    say: Text


class _Item(Entry):
    id: Name
    claim: tuple[Text, ...]
    objective: Annotated[int, Field(ge=1, le=18)] | None = None
    stem: Text
    scenario: Scenario = Scenario()
    truth: Literal["none"] | None = None
    evidence: tuple[Text, ...] = ()
    explanation: Text
    source: str = ""
    hints: tuple[Text, ...] = ()
    reviewed_by: Text = UNREVIEWED

    @property
    def by_model(self) -> bool:
        """Whether a model decides which answer is right, rather than cited findings."""
        return self.truth is None

    def _check_item(self, statements: Iterable[Statement | Ask]) -> None:
        """Raise ValueError for what no kind of question may be."""
        if not self.claim:
            raise ValueError("the question serves no claim; give its id under 'claim'")
        if not self.by_model and (not self.evidence or statements):
            raise ValueError("'truth: none' means that findings decide; list their ids under 'evidence' and no truth")
        if self.by_model and not statements:
            raise ValueError("nothing says which answer is right; write truth statements, or truth: none and evidence")
        against = {part for s in statements for part in (getattr(s, "vs", None), getattr(s, "minus", None))}
        if ("compare" in against) != (self.scenario.compare is not None):
            raise ValueError("a comparison needs both 'compare' under scenario and a statement with it; mend one")


class Choice(_Item):
    """One right option of several."""

    type: Literal["choice"]
    options: tuple[Option, ...]

    @property
    def correct(self) -> Option:
        return next(option for option in self.options if option.correct)

    @property
    def misconceptions(self) -> tuple[str, ...]:
        return tuple(option.misconception for option in self.options if option.misconception)

    @model_validator(mode="after")
    def _sound(self) -> Choice:
        if not 2 <= len(self.options) <= MOST_OPTIONS:
            raise ValueError(
                f"{len(self.options)} options; offer 2 to {MOST_OPTIONS}, and 3 if nothing speaks against it"
            )
        right = [option.id for option in self.options if option.correct]
        if len(right) != 1:
            raise ValueError(f"{len(right)} options have 'correct: true'; exactly one must")
        for what, values in (("id", [o.id for o in self.options]), ("text", [_folded(o.text) for o in self.options])):
            if twice := next((v for v in values if values.count(v) > 1), None):
                raise ValueError(f"two options have the {what} '{twice}'; change one")
        if {_folded(o.text) for o in self.options} in TRUE_FALSE:
            raise ValueError("true or false is guessed too easily; offer three choices that people really believe")
        key, longest = len(self.correct.text), max(len(o.text) for o in self.options if not o.correct)
        if key > FAR_LONGER * longest and key >= longest + FAR_MORE:
            raise ValueError(
                "the right option is by far the longest, which gives it away; shorten it or lengthen another"
            )
        for option in self.options:
            if LUMPED.search(option.text):
                raise ValueError(f"option '{option.id}' refers to the others, whose order changes; say what it means")
            if option.correct == bool(option.misconception):
                must = "must not have" if option.correct else "needs"
                raise ValueError(f"option '{option.id}' {must} a misconception; add or remove it")
            if self.by_model and not option.truth:
                raise ValueError(f"option '{option.id}' has no truth; say what the model would show if it were right")
        self._check_item([statement for option in self.options for statement in option.truth])
        return self


class Numeric(_Item):
    """A number with its unit, right within a tolerance."""

    type: Literal["numeric"]
    ask: Ask | None = None
    unit: str
    value: Text
    atol: str = ""
    rtol: Annotated[float, Field(gt=0, le=WIDEST)] | None = None
    diagnoses: tuple[Diagnosis, ...] = ()

    @property
    def measured_in(self) -> Unit:
        return numbers.unit(self.unit)

    @property
    def key(self) -> Fraction:
        """The right value, in the item's unit."""
        return _number(self.value, self.measured_in)

    @property
    def tolerance(self) -> Fraction:
        """How far an answer may lie from the key, in the item's unit."""
        relative = Fraction(str(self.rtol)) * abs(self.key) if self.rtol else Fraction(0)
        return max(_number(self.atol, self.measured_in) if self.atol else Fraction(0), relative)

    def diagnosis(self, value: Fraction) -> Diagnosis | None:
        """The declared slip that a value, in the item's unit, betrays."""
        near = [(abs(value - known), slip) for slip, known in self._slips() if self._betrays(value, known)]
        return min(near, key=lambda pair: pair[0])[1] if near else None

    @property
    def misconceptions(self) -> tuple[str, ...]:
        return tuple(slip.tag for slip in self.diagnoses)

    def _slips(self) -> list[tuple[Diagnosis, Fraction]]:
        return [(slip, _number(slip.value, self.measured_in)) for slip in self.diagnoses]

    def _betrays(self, value: Fraction, known: Fraction) -> bool:
        return abs(value - known) <= min(self.tolerance, NEARNESS * abs(known))

    @model_validator(mode="after")
    def _sound(self) -> Numeric:
        try:
            tolerance, key, slips = self.tolerance, self.key, self._slips()
        except NumberError as error:
            raise ValueError(f"{error} Correct unit, value, atol or diagnoses") from None
        if tolerance <= 0:
            raise ValueError("the tolerance is 0; give 'atol' with its unit, or 'rtol' (for a value of 0 only 'atol')")
        if key and tolerance > Fraction(str(WIDEST)) * abs(key):
            raise ValueError(f"the tolerance is {float(tolerance / abs(key)):.0%} of the value; 20 % is the most")
        tags = [slip.tag for slip in self.diagnoses]
        for slip, known in slips:
            if tags.count(slip.tag) > 1:
                raise ValueError(f"two diagnoses have the tag '{slip.tag}'; change one")
            if abs(known - key) <= tolerance:
                raise ValueError(f"the diagnosis '{slip.tag}' lies within the tolerance, so it is right; change it")
            if any(other is not slip and self._betrays(known, value) for other, value in slips):
                raise ValueError(f"the diagnosis '{slip.tag}' cannot be told from another one; remove one")
        if self.by_model != (self.ask is not None):
            raise ValueError("a number is either read from the model with 'ask' or, with 'truth: none', from findings")
        self._check_item([self.ask] if self.ask else [])
        return self


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


def _number(text: str, measured_in: Unit) -> Fraction:
    return _quantity(text, measured_in).to(measured_in)


def _quantity(text: str, measured_in: Unit) -> Quantity:
    quantity = numbers.read(text, measured_in)
    if quantity.unit.measures != measured_in.measures:
        raise NumberError(f"“{text}” is not measured in {measured_in.name or 'a plain number'}.")
    return quantity


TYPES = ("choice", "numeric")
Item = Annotated[Choice | Numeric, Field(discriminator="type")]


class BankFile(Entry):
    """One file of assets/quizzes: the questions of one lesson, in the order in which they are asked."""

    schema_version: Literal[1]
    lesson: Annotated[str, StringConstraints(pattern=r"^\d\d$")]
    language: Literal["en"]
    items: tuple[Item, ...]

    @model_validator(mode="after")
    def _some(self) -> BankFile:
        if not self.items:
            raise ValueError("there is no question here; write one under 'items' or remove the file")
        return self
