"""Questions answered by choosing: one option, all that apply, or an answer with its reason."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from lessons.grading.question import (
    MOST_OPTIONS,
    Option,
    Question,
    check_distinct,
    check_length,
    check_options,
    folded,
)

TRUE_FALSE = ({"true", "false"}, {"yes", "no"}, {"right", "wrong"})
MOST_TO_TICK = 8


class Choice(Question):
    """One right option of several."""

    type: Literal["choice"]
    options: tuple[Option, ...]

    @property
    def correct(self) -> Option:
        return next(option for option in self.options if option.correct)

    @model_validator(mode="after")
    def _sound(self) -> Choice:
        if not 2 <= len(self.options) <= MOST_OPTIONS:
            raise ValueError(
                f"{len(self.options)} options; offer 2 to {MOST_OPTIONS}, and 3 if nothing speaks against it"
            )
        right = [option.id for option in self.options if option.correct]
        if len(right) != 1:
            raise ValueError(f"{len(right)} options have 'correct: true'; exactly one must")
        check_distinct("options", self.options)
        if {folded(o.text) for o in self.options} in TRUE_FALSE:
            raise ValueError("true or false is guessed too easily; offer three choices that people really believe")
        check_length([self.correct], [option for option in self.options if not option.correct])
        check_options(self.options, self.by_model)
        self._check_item([statement for option in self.options for statement in option.truth])
        return self


class Many(Question):
    """All options that apply. At least as many are wrong as right, so that ticking everything earns nothing."""

    type: Literal["many"]
    options: tuple[Option, ...]

    @property
    def right(self) -> frozenset[str]:
        return frozenset(option.id for option in self.options if option.correct)

    @model_validator(mode="after")
    def _sound(self) -> Many:
        right = [option for option in self.options if option.correct]
        wrong = [option for option in self.options if not option.correct]
        if len(self.options) > MOST_TO_TICK:
            raise ValueError(f"{len(self.options)} options; {MOST_TO_TICK} is the most that anybody weighs")
        if not right or len(wrong) < len(right):
            raise ValueError(
                f"{len(right)} right and {len(wrong)} wrong options; give one right or more, and as many wrong ones"
            )
        check_distinct("options", self.options)
        check_options(self.options, self.by_model)
        self._check_item([statement for option in self.options for statement in option.truth])
        return self


class TwoTier(Question):
    """One right answer, and one right reason for it. The model decides the answer; findings or a reader the reason."""

    type: Literal["two_tier"]
    options: tuple[Option, ...]
    because: tuple[Option, ...]

    @property
    def correct(self) -> Option:
        return next(option for option in self.options if option.correct)

    @property
    def reason(self) -> Option:
        return next(option for option in self.because if option.correct)

    @model_validator(mode="after")
    def _sound(self) -> TwoTier:
        for what, options in (("options", self.options), ("because", self.because)):
            if not 2 <= len(options) <= MOST_OPTIONS:
                raise ValueError(f"{len(options)} entries under '{what}'; offer 2 to {MOST_OPTIONS}")
            right = [option for option in options if option.correct]
            if len(right) != 1:
                raise ValueError(f"{len(right)} entries under '{what}' have 'correct: true'; exactly one must")
            check_distinct(what, options)
            check_length(right, [option for option in options if not option.correct])
        check_options(self.options, self.by_model)
        check_options(self.because, by_model=False)
        self._check_item([statement for option in self.options for statement in option.truth])
        return self
