"""Parameters that describe themselves, trajectories that cannot be altered, and the one place that solves equations."""

from __future__ import annotations

import dataclasses
import difflib
import math
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from lessons.parts_of_scipy.integrate import ODEintWarning, odeint

STATUSES = ("checked", "recalled", "fitted", "assumed")
INSTANT = 1e-9  # s: what lies closer together happens at once, for no solver can step between


class ParameterError(ValueError):
    """A parameter that cannot be: unknown, not a number, or outside its range. One sentence, fit for a learner."""


class SimulationError(RuntimeError):
    """The equations could not be solved. Says what the solver said and what to try."""


@dataclass(frozen=True)
class Parameter:
    """What one number of a model means.

    `typical` is the value that a slider marks; `step` its smallest change; `group` the heading under which a table
    lists it; `whole` is true where only whole numbers make sense; `scale` is "linear" or "log" (a slider's). `choices`
    names the values 0, 1, 2 ... of a number that stands for a kind and not for an amount.
    """

    default: float
    low: float
    high: float
    unit: str
    label: str
    source: str
    status: str
    step: float
    typical: float
    group: str
    whole: bool
    scale: str = "linear"
    choices: tuple[str, ...] = ()


def parameter(
    default: float,
    low: float,
    high: float,
    unit: str,
    label: str,
    source: str,
    status: str,
    *,
    step: float | None = None,
    typical: float | None = None,
    group: str = "",
    scale: str = "linear",
    choices: Sequence[str] = (),
) -> Any:
    """Declare a dataclass field that carries unit, range, label, source and status.

    `unit` is "" for a pure number. `status` is one of `STATUSES`. A whole-number default makes a whole-number field;
    `choices` then gives every value from 0 to `high` a name of its own.
    Raises ValueError, when the class is made, if the declaration itself is nonsense.
    """
    if status not in STATUSES:
        raise ValueError(f"{label}: status {status!r} is not one of {', '.join(STATUSES)}")
    if not low <= default <= high:
        raise ValueError(f"{label}: default {default} is outside {low} to {high}")
    if not label or not source:
        raise ValueError("a parameter needs a label and a source")
    whole = isinstance(default, int) and not isinstance(default, bool)
    if choices:
        _check_choices(label, whole, low, high, tuple(choices))
    about = Parameter(
        default=default,
        low=low,
        high=high,
        unit=unit,
        label=label,
        source=source,
        status=status,
        step=step if step is not None else (1 if whole else (high - low) / 100),
        typical=default if typical is None else typical,
        group=group,
        whole=whole,
        scale=scale,
        choices=tuple(choices),
    )
    return dataclasses.field(default=default, metadata={"parameter": about})


def _check_choices(label: str, whole: bool, low: float, high: float, choices: tuple[str, ...]) -> None:
    last = len(choices) - 1
    if not whole or (low, high) != (0, last):
        raise ValueError(f"{label}: {len(choices)} choices name the whole numbers 0 to {last}, not {low} to {high}")
    if len({name.strip() for name in choices} - {""}) != len(choices):
        raise ValueError(f"{label}: every choice needs a name of its own, not {choices}")


class Parameters:
    """Base of every frozen parameter set: refuses nonsense in one sentence, and makes changed copies.

    Subclasses are `@dataclass(frozen=True, kw_only=True)` whose fields are made by `parameter()`.
    """

    def __post_init__(self) -> None:
        for name, about in self.described().items():
            check(name, about, getattr(self, name))

    @classmethod
    def described(cls) -> Mapping[str, Parameter]:
        """Field name -> Parameter, in the order of declaration."""
        table = cls.__dict__.get("_described")
        if table is None:
            table = {f.name: f.metadata["parameter"] for f in dataclasses.fields(cls) if "parameter" in f.metadata}
            cls._described = table
        return table

    def changed(self, **values: float) -> Any:
        """A copy with some values changed. Raises ParameterError for an unknown name or an impossible value."""
        for name in values:
            if name not in self.described():
                near = difflib.get_close_matches(name, self.described(), 1)
                hint = f"; did you mean '{near[0]}'?" if near else ""
                raise ParameterError(f"There is no parameter '{name}' here{hint}")
        return dataclasses.replace(self, **values)


def check(name: str, about: Parameter, value: Any) -> None:
    """Raise ParameterError, naming field, value and range, unless `value` is allowed."""
    unit = f" {about.unit}" if about.unit else ""
    limits = f"{about.low:g} to {about.high:g}{unit}"
    if isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)) or math.isnan(value):
        raise ParameterError(f"{about.label} ({name}) must be a number from {limits}, not {value!r}.")
    if not about.low <= value <= about.high:
        raise ParameterError(f"{about.label} ({name}) is {value:g}{unit}; it must lie within {limits}.")
    if about.whole and value != int(value):
        raise ParameterError(f"{about.label} ({name}) must be a whole number from {limits}, not {value:g}.")


@dataclass(frozen=True)
class Trajectory:
    """One run of a model.

    `time`: (n,) seconds. `state`: a NamedTuple of (n,) arrays, read-only. `before`: the same NamedTuple of floats, the
    state just before time 0 and before any event. `parameters`: what was run. `events`: seconds at which something
    was done at once (a needle pass). `notes`: plain values that the model wants to pass on (did it twitch?).
    """

    time: np.ndarray
    state: Any
    before: Any
    parameters: Any
    events: tuple[float, ...] = ()
    notes: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        for array in (self.time, *self.state):
            array.flags.writeable = False


@dataclass(frozen=True)
class Observable:
    """Something that can be read from a trajectory.

    `read(trajectory)` gives an (n,) array over `trajectory.time`, or a float for a summary of the whole run.
    `before(trajectory)` gives the value before treatment (only for readings over time). `axis` is the fixed range of
    a plot; `digits` the decimals that a sentence prints.
    """

    name: str
    label: str
    unit: str
    read: Callable[[Trajectory], Any]
    baseline: Callable[[Trajectory], float] | None = None
    digits: int = 1
    axis: tuple[float, float] | None = None

    @property
    def over_time(self) -> bool:
        return self.baseline is not None

    def at(self, trajectory: Trajectory, seconds: float) -> float:
        """Value at a time (s), linear between the stored points. Raises ValueError outside the run."""
        if not self.over_time:
            return float(self.read(trajectory))
        if not trajectory.time[0] <= seconds <= trajectory.time[-1] * (1 + 1e-12):
            raise ValueError(
                f"{self.label} was asked at {seconds:g} s, but the run covers "
                f"{trajectory.time[0]:g} to {trajectory.time[-1]:g} s."
            )
        return float(np.interp(seconds, trajectory.time, self.read(trajectory)))

    def before(self, trajectory: Trajectory) -> float:
        """Value just before the run began."""
        if self.baseline is None:
            raise ValueError(f"{self.label} sums up a whole run; it has no value before it.")
        return float(self.baseline(trajectory))


class Event(NamedTuple):
    """Something done at once: at `time` (s) the state becomes `change(state)`, and from then on `inputs` hold.

    Either may be None (leave as it is).
    """

    time: float
    change: Callable[[tuple[float, ...]], Sequence[float]] | None = None
    inputs: Any = None


def solve(
    rhs: Callable[[Sequence[float], float, Any], Sequence[float]],
    initial: Any,
    time: np.ndarray,
    inputs: Any,
    events: Sequence[Event] = (),
    relative_tolerance: float = 1e-6,
    absolute_tolerance: float | Sequence[float] = 1e-8,
) -> np.ndarray:
    """Integrate `rhs(state, t, inputs)` from `initial` and return an (n, states) array at `time` (s, increasing).

    Events are exact: the solver is stopped at each, the change is made, and it is started anew; a value asked for at
    the very time of an event is the one just after it. Raises SimulationError with what to try.
    """
    time = np.asarray(time, dtype=float)
    if time.ndim != 1 or len(time) < 1 or not np.all(np.isfinite(time)) or np.any(np.diff(time) <= 0):
        raise ParameterError("Times must be finite seconds in increasing order.")
    state = np.array(initial, dtype=float)
    result = np.empty((len(time), len(state)))
    marks = sorted((e for e in events if e.time <= time[-1]), key=lambda e: e.time)
    if marks and marks[0].time < time[0]:
        raise ParameterError(f"An event at {marks[0].time:g} s lies before the run, which starts at {time[0]:g} s.")
    start, filled = time[0], 0
    for mark in [*marks, None]:
        end = time[-1] if mark is None else mark.time
        inside = filled + int(np.searchsorted(time[filled:], end, side="right" if mark is None else "left"))
        wanted = time[filled:inside]
        grid = np.concatenate(([start], wanted, [] if mark is None else [end]))
        keep = np.concatenate(([True], np.diff(grid) > INSTANT))
        if keep.sum() > 1:
            path = _integrate(rhs, state, grid[keep], inputs, relative_tolerance, absolute_tolerance)
            whole = path[np.cumsum(keep) - 1]
            result[filled:inside] = whole[1 : 1 + len(wanted)]
            state = whole[-1]
        else:
            result[filled:inside] = state
        filled, start = inside, end
        if mark is not None:
            if mark.change is not None:
                state = np.array(mark.change(tuple(state.tolist())), dtype=float)
            if mark.inputs is not None:
                inputs = mark.inputs
    return result


def _integrate(rhs, state, grid, inputs, relative_tolerance, absolute_tolerance) -> np.ndarray:
    try:
        with warnings.catch_warnings():  # the solver's complaint is in the report, and below in words
            warnings.simplefilter("ignore", ODEintWarning)
            path, report = odeint(
                lambda y, t: rhs(y.tolist(), t, inputs),
                state,
                grid,
                rtol=relative_tolerance,
                atol=absolute_tolerance,
                mxstep=20_000,
                full_output=True,
            )
    except (OverflowError, ZeroDivisionError, ValueError) as error:
        raise SimulationError(
            f"The equations broke down between {grid[0]:.4g} and {grid[-1]:.4g} s ({error}). "
            "Move the last slider back towards its typical mark, or press Reset."
        ) from error
    if report["message"] != "Integration successful." or not np.all(np.isfinite(path)):
        raise SimulationError(
            f"The solver stopped between {grid[0]:.4g} and {grid[-1]:.4g} s: {report['message']} "
            "Move the last slider back towards its typical mark, or press Reset."
        )
    return path
