"""The kinds of question, as strict data: one right choice of several, a number with its unit, entries to sort.

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
    - id: five-levels
      type: match
      claim: [G1]
      stem: Sort each observation to the level that explains it best.
      truth: none
      evidence: [half-of-sham-controlled]
      left:                              # 3 to 12; shown in another order
      - {id: band, text: The needled band softens, feedback: Only the fibres under the needle change.}
      - id: sleep
        text: Sleep improves
        misconception: m01-clean-dichotomy    # may be left out; the belief of who puts the entry elsewhere
        feedback: No nerve of the needled segment ends where sleep is made.
      - {id: told, text: The group told "real" does better, feedback: Both groups had the same needle.}
      right:                             # 2 to 6 places, shown as written; each takes several entries or none
      - {id: local, text: Local}
      - {id: segment, text: Segmental}
      - {id: whole, text: Whole body}
      - {id: context, text: Context}
      key: {band: local, sleep: whole, told: context}
      explanation: Most effects have more than one level; this is the main one.
    - id: after-the-release
      type: match
      claim: [T4a]
      stem: Compare each reading an hour after the release with the one before.
      scenario: {set: {passes: 6}}
      left:
      - id: pain
        text: Pain
        feedback: Move the clock to 1 h and read the pain again.
        truth:                           # of every entry for every place: only what the key says may hold
          rises: [{of: pain, at: 1 h, op: ">", vs: baseline, abs: 0.5}]
          falls: [{of: pain, at: 1 h, op: "<", vs: baseline, abs: 0.5}]
      - ...
      right: [{id: rises, text: Rises}, {id: falls, text: Falls}]
      key: {pain: falls, ...}
      explanation: Read after all of them are right.

The feedback of an entry is read while its place is still sought, so it says what decides and never names the place.

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
FEWEST_ENTRIES, MOST_ENTRIES = 3, 12
FEWEST_PLACES, MOST_PLACES = 2, 6
LONGEST_PLACE = 32  # characters that a closed list shows on a narrow page
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


class LeftEntry(Entry):
    """What is sorted; `feedback` says what decides. `truth`: id of a place -> what holds if the entry belongs there."""

    id: Name
    text: Text
    misconception: str = ""
    feedback: Text
    truth: Mapping[Name, tuple[Statement, ...]] = Field(default_factory=dict)


class Place(Entry):
    """Where entries are sorted to."""

    id: Name
    text: Text


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
        _check_distinct("options", self.options)
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


class Match(_Item):
    """Entries that are each sorted to one of several places. `key`: id of an entry -> id of its place."""

    type: Literal["match"]
    left: tuple[LeftEntry, ...]
    right: tuple[Place, ...]
    key: Mapping[Name, Name]

    @property
    def misconceptions(self) -> tuple[str, ...]:
        return tuple(entry.misconception for entry in self.left if entry.misconception)

    @model_validator(mode="after")
    def _sound(self) -> Match:
        if not FEWEST_ENTRIES <= len(self.left) <= MOST_ENTRIES:
            raise ValueError(f"{len(self.left)} entries under 'left'; give {FEWEST_ENTRIES} to {MOST_ENTRIES}")
        if not FEWEST_PLACES <= len(self.right) <= MOST_PLACES:
            raise ValueError(f"{len(self.right)} places under 'right'; give {FEWEST_PLACES} to {MOST_PLACES}")
        _check_distinct("entries", self.left)
        _check_distinct("places", self.right)
        if wide := next((place for place in self.right if len(place.text) > LONGEST_PLACE), None):
            raise ValueError(
                f"the place '{wide.id}' has {len(wide.text)} characters; shorten it to {LONGEST_PLACE}, which fit a "
                "narrow page"
            )
        self._check_key()
        for entry in self.left:
            self._check_entry(entry)
        self._check_item([s for entry in self.left for statements in entry.truth.values() for s in statements])
        return self

    def _check_key(self) -> None:
        entries, places = {entry.id: entry for entry in self.left}, {place.id: place for place in self.right}
        for name, place in self.key.items():
            if name not in entries:
                raise ValueError(f"the key names '{name}', which is no entry; use {', '.join(entries)}")
            if place not in places:
                raise ValueError(f"the key sends '{name}' to '{place}', which is no place; use {', '.join(places)}")
        if missing := [name for name in entries if name not in self.key]:
            raise ValueError(f"the key says nothing of {', '.join(missing)}; give each entry its place")
        if len(set(self.key.values())) < 2:
            raise ValueError("the key sends all entries to one place; use at least two places")

    def _check_entry(self, entry: LeftEntry) -> None:
        if LUMPED.search(entry.text):
            raise ValueError(f"entry '{entry.id}' refers to the others, whose order changes; say what it means")
        answer = next(place.text for place in self.right if place.id == self.key[entry.id])
        if re.search(rf"(?<!\w){re.escape(_folded(answer))}(?!\w)", _folded(entry.feedback)):
            raise ValueError(f"the feedback of '{entry.id}' names its place '{answer}'; say only what decides")
        places = [place.id for place in self.right]
        if unknown := next((name for name in entry.truth if name not in places), None):
            raise ValueError(f"the truth of '{entry.id}' names '{unknown}', which is no place; use {', '.join(places)}")
        missing = [name for name in places if not entry.truth.get(name)]
        if self.by_model and missing:
            raise ValueError(
                f"entry '{entry.id}' has no truth for {', '.join(missing)}; say what the model would show if it "
                "belonged there"
            )


def _check_distinct(what: str, choices: Iterable[Option | LeftEntry | Place]) -> None:
    """Raise ValueError if two choices of a question could be mistaken for one another."""
    for part, values in (("id", [c.id for c in choices]), ("text", [_folded(c.text) for c in choices])):
        if twice := next((v for v in values if values.count(v) > 1), None):
            raise ValueError(f"two {what} have the {part} '{twice}'; change one")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


def _number(text: str, measured_in: Unit) -> Fraction:
    return _quantity(text, measured_in).to(measured_in)


def _quantity(text: str, measured_in: Unit) -> Quantity:
    quantity = numbers.read(text, measured_in)
    if quantity.unit.measures != measured_in.measures:
        raise NumberError(f"“{text}” is not measured in {measured_in.name or 'a plain number'}.")
    return quantity


TYPES = ("choice", "numeric", "match")
Item = Annotated[Choice | Numeric | Match, Field(discriminator="type")]


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
