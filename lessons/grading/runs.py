"""Questions that a run of the model answers: what rises and falls, sliders to set, a curve to draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from lessons.grading import numbers
from lessons.grading.question import Name, Question, Statement, Text, Time, check_distinct
from lessons.strict_yaml import Entry

WAYS = ("up", "same", "down")
MOST_ROWS, MOST_PHASES = 8, 3
MOST_SLIDERS, MOST_GOALS = 5, 4
FEWEST_POINTS, MOST_POINTS = 4, 9
Way = Literal["up", "same", "down"]


class Phase(Entry):
    """When a row is read."""

    id: Name
    text: Text
    at: Time


class Row(Entry):
    """A reading to predict. `key`: for each phase whether it rises, falls, or stays; `band`: what counts as staying."""

    id: Name
    text: Text
    of: Text
    band: Annotated[float, Field(gt=0)]
    key: tuple[Way, ...]
    feedback: Text
    misconception: str = ""


class Prediction(Question):
    """Readings against phases, each up, down or the same as before; with `compare`, as in the compared run."""

    type: Literal["prediction"]
    phases: tuple[Phase, ...]
    rows: tuple[Row, ...]

    @property
    def cells(self) -> Mapping[tuple[str, str], str]:
        """(row, phase) -> way, by id."""
        return {(row.id, phase.id): way for row in self.rows for phase, way in zip(self.phases, row.key, strict=True)}

    @model_validator(mode="after")
    def _sound(self) -> Prediction:
        if not 2 <= len(self.rows) <= MOST_ROWS or not 1 <= len(self.phases) <= MOST_PHASES:
            raise ValueError(
                f"{len(self.rows)} rows and {len(self.phases)} phases; give 2 to {MOST_ROWS} rows and 1 to "
                f"{MOST_PHASES} phases"
            )
        check_distinct("rows", self.rows)
        check_distinct("phases", self.phases)
        for row in self.rows:
            if len(row.key) != len(self.phases):
                raise ValueError(f"the key of '{row.id}' has {len(row.key)} entries for {len(self.phases)} phases")
        if len({way for row in self.rows for way in row.key}) < 2:
            raise ValueError("every cell has the same answer; add a row that moves otherwise")
        if not self.by_model:
            raise ValueError("a prediction is decided by the model; remove 'truth: none'")
        if not self.claim:
            raise ValueError("the question serves no claim; give its id under 'claim'")
        return self


class Slider(Entry):
    """A parameter that the learner sets, within the range of the model or a narrower one."""

    id: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    start: float
    low: float | None = None
    high: float | None = None


class Goal(Entry):
    """What the setting has to reach, in words and as a statement about the model."""

    id: Name
    text: Text
    holds: Statement
    feedback: Text


class Target(Question):
    """Sliders to set so that goals are met; any setting that meets them is right. `solution`: one that does."""

    type: Literal["target"]
    sliders: tuple[Slider, ...]
    goals: tuple[Goal, ...]
    solution: Mapping[str, float]
    misconception: str = ""

    @property
    def start(self) -> dict[str, float]:
        """Where the sliders stand at first."""
        return {slider.id: slider.start for slider in self.sliders}

    @model_validator(mode="after")
    def _sound(self) -> Target:
        if not 1 <= len(self.sliders) <= MOST_SLIDERS or not 1 <= len(self.goals) <= MOST_GOALS:
            raise ValueError(
                f"{len(self.sliders)} sliders and {len(self.goals)} goals; give 1 to {MOST_SLIDERS} sliders and 1 to "
                f"{MOST_GOALS} goals"
            )
        check_distinct("goals", self.goals)
        names = [slider.id for slider in self.sliders]
        if len(set(names)) < len(names):
            raise ValueError("a slider stands here twice; remove one")
        if set(self.solution) != set(names):
            raise ValueError("the solution sets other sliders than the question has; give each its value")
        if fixed := next((name for name in names if name in self.scenario.set), None):
            raise ValueError(f"'{fixed}' is a slider and fixed by the scenario; remove it from one")
        self._check_item([goal.holds for goal in self.goals])
        if not self.by_model:
            raise ValueError("sliders are judged by the model; remove 'truth: none'")
        return self


class Curve(Question):
    """A reading over time to draw before it is shown: values at given times, judged by shape and not by pixels."""

    type: Literal["curve"]
    of: Text
    label: Text
    at: tuple[Time, ...]
    low: float
    high: float
    key: tuple[float, ...]
    band: Annotated[float, Field(gt=0)]
    misconception: str = ""

    @property
    def quantity(self) -> tuple[str | None, ...]:
        return (self.of,)

    @property
    def seconds(self) -> tuple[float, ...]:
        """The times of `at` in seconds."""
        return tuple(float(numbers.seconds(text)) for text in self.at)

    @model_validator(mode="after")
    def _sound(self) -> Curve:
        if not FEWEST_POINTS <= len(self.at) <= MOST_POINTS:
            raise ValueError(f"{len(self.at)} times; give {FEWEST_POINTS} to {MOST_POINTS}")
        if any(b <= a for a, b in zip(self.seconds, self.seconds[1:], strict=False)):
            raise ValueError("the times must increase; sort them")
        if len(self.key) != len(self.at):
            raise ValueError(f"the key has {len(self.key)} values for {len(self.at)} times; give one for each")
        if not self.low < self.high or not all(self.low <= value <= self.high for value in self.key):
            raise ValueError("the key leaves the range from low to high; widen it")
        if max(self.key) - min(self.key) < 2 * self.band:
            raise ValueError("the key is flat within the band, so there is nothing to draw; choose another reading")
        if not self.by_model or not self.claim:
            raise ValueError("a curve is asked of the model and of a claim; remove 'truth: none', give 'claim'")
        return self
