"""What every kind of question is made of: statements about a model, options, and the fields that all questions have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal, Protocol, Self

from pydantic import BeforeValidator, Field, StringConstraints, ValidationError, model_validator

from lessons.grading import numbers
from lessons.grading.numbers import NumberError
from lessons.strict_yaml import Entry

UNREVIEWED = "unreviewed"
TAGGED = ("options", "because", "left", "rows")
MOST_OPTIONS = 5
FAR_LONGER, FAR_MORE = 1.5, 15  # a right option so many times and so many characters longer gives itself away

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
LUMPED = re.compile(r"\b(all|none|both|neither) of (the )?(above|below|these|them)\b", re.IGNORECASE)


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


class Variant(Entry):
    """The same question in another situation: what differs, by field. Options and kind stay.

    One that asks for another quantity has an explanation of its own, and hints of its own where the question has any:
    those of the first form would speak of something else. `hints: []` leaves them out.
    """

    id: Name
    stem: Text
    scenario: Scenario | None = None
    ask: Ask | None = None
    unit: str | None = None
    value: Text | None = None
    atol: str | None = None
    of: Text | None = None
    label: Text | None = None
    at: tuple[Time, ...] | None = None
    low: float | None = None
    high: float | None = None
    key: tuple[float, ...] | None = None
    band: float | None = None
    explanation: Text | None = None
    hints: tuple[Text, ...] | None = None


class Question(Entry):
    """The fields of every question. `model`: the lesson whose model decides, where a question stands in no lesson.
    `safety`: who does not answer it right does not pass, whatever the rest is worth."""

    id: Name
    claim: tuple[Text, ...]
    objective: Annotated[int, Field(ge=1, le=18)] | None = None
    stem: Text
    scenario: Scenario = Scenario()
    truth: Literal["none"] | None = None
    evidence: tuple[Text, ...] = ()
    explanation: Text
    source: str = ""
    model: Annotated[str, StringConstraints(pattern=r"^([0-9]{2})?$")] = ""
    hints: tuple[Text, ...] = ()
    reviewed_by: Text = UNREVIEWED
    safety: bool = False
    variants: tuple[Variant, ...] = ()

    def __repr_args__(self) -> list[tuple[str, str]]:
        """What is printed by accident, or in the traceback of an error, must not tell the key."""
        return [(name, vars(self).get(name)) for name in ("id", "type")]  # not all is there while it is being made

    @property
    def tagged(self) -> Mapping[str, Sequence[Any]]:
        """Field -> the parts of a question that may carry a misconception each."""
        return {name: getattr(self, name) for name in TAGGED if name in type(self).model_fields}

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The beliefs that its wrong answers betray, its own first."""
        parts = [part.misconception for each in self.tagged.values() for part in each]
        return tuple(belief for belief in (getattr(self, "misconception", ""), *parts) if belief)

    @property
    def quantity(self) -> tuple[str | None, ...]:
        """Which reading is asked for, and less what, whenever it is; empty where options or places are chosen."""
        return ()

    @property
    def forms(self) -> Mapping[str, Self]:
        """Id of a variant -> the whole question in that form, as it was written ("") first."""
        plain = self.model_copy(update={"variants": ()})
        return {"": plain, **{variant.id: plain._varied(variant) for variant in self.variants}}

    def _varied(self, variant: Variant) -> Self:
        """Slips are those of the first form's numbers, so another form has none. Raises ValueError."""
        differs = {name for name in Variant.model_fields if getattr(variant, name) is not None} - {"id"}
        if unknown := differs - set(type(self).model_fields):
            raise ValueError(f"the variant '{variant.id}' sets {', '.join(sorted(unknown))}, which this kind has not")
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        slips = {"diagnoses": ()} if "value" in differs and "diagnoses" in fields else {}
        return type(self)(**{**fields, **{name: getattr(variant, name) for name in differs}, **slips})

    @model_validator(mode="after")
    def _whole_hints(self) -> Self:
        """A list without quotes splits a hint at each comma, and half a sentence begins small."""
        for hint in self.hints:
            if hint[0].islower():
                raise ValueError(
                    f"the hint '{hint[:30]}' begins with a small letter; put a hint with a comma in quotes"
                )
        return self

    @model_validator(mode="after")
    def _sound_variants(self) -> Self:
        names = [variant.id for variant in self.variants]
        if len(set(names)) < len(names):
            raise ValueError("two variants have the same id; change one")
        for variant in self.variants:
            try:
                self.model_copy(update={"variants": ()})._varied(variant)
            except ValueError as error:
                raise ValueError(f"the variant '{variant.id}' is no sound question ({_told(error)}); mend it") from None
        return self

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


def _told(error: ValueError) -> str:
    """What an error says first, without the words that pydantic puts round it."""
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors(include_url=False)[0]
    return ": ".join([*map(str, first["loc"]), first["msg"].removeprefix("Value error, ")])


class Named(Protocol):
    """Part of a question with an id and a text."""

    id: str
    text: str


def check_distinct(what: str, choices: Iterable[Named]) -> None:
    """Raise ValueError if two choices of a question could be mistaken for one another."""
    for part, values in (("id", [c.id for c in choices]), ("text", [folded(c.text) for c in choices])):
        if twice := next((v for v in values if values.count(v) > 1), None):
            raise ValueError(f"two {what} have the {part} '{twice}'; change one")


def folded(text: str) -> str:
    """Without what does not tell two texts apart: capitals, spaces, the last full stop."""
    return " ".join(text.casefold().split()).rstrip(".")


def check_options(options: Iterable[Option], by_model: bool) -> None:
    """Raise ValueError for an option that says nothing of its own, or nothing of why it is wrong."""
    for option in options:
        if LUMPED.search(option.text):
            raise ValueError(f"option '{option.id}' refers to the others, whose order changes; say what it means")
        if option.correct == bool(option.misconception):
            must = "must not have" if option.correct else "needs"
            raise ValueError(f"option '{option.id}' {must} a misconception; add or remove it")
        if by_model and not option.truth:
            raise ValueError(f"option '{option.id}' has no truth; say what the model would show if it were right")


def check_length(right: Iterable[Option], wrong: Iterable[Option]) -> None:
    """Raise ValueError if the right options are so much longer that their length gives them away."""
    key, longest = max(len(o.text) for o in right), max(len(o.text) for o in wrong)
    if key > FAR_LONGER * longest and key >= longest + FAR_MORE:
        raise ValueError("the right option is by far the longest, which gives it away; shorten it or lengthen another")
