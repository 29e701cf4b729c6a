"""A figure with sliders that are derived from a model's parameters. Knows no model and no lesson."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import traitlets

from lessons.grading.record import RecordError
from lessons.interface.accounts import completed, held
from lessons.interface.chart import Drawn, source
from lessons.interface.controls import control
from lessons.interface.look_ahead import LookAhead
from lessons.interface.packing import Packed, pack
from lessons.interface.patient import Share
from lessons.interface.reruns import replace_earlier
from lessons.interface.setting import Setting
from lessons.simulation import Parameters, SimulationError

MOST_SLIDERS = 5
SLICE_SECONDS = 0.012
BUSY_PAUSES = 20  # as long as a slice had to wait for the processor, times this
LOOK_AHEAD_SECONDS = 4.0  # a slow model must not keep a computer busy for a slider that nobody moves on
REMEMBERED_FRAMES = 600
REMEMBERED_BYTES = 8 * 1024**2  # of them, for each figure: a class shares one computer's memory


@dataclass(frozen=True)
class Mode:
    """One way of working with a figure: a few fixed values and the sliders that then matter."""

    set: Mapping[str, float]
    sliders: Sequence[str]


@dataclass(frozen=True)
class Challenge:
    """Something to find with the sliders. `met(trajectory)` tells whether the run shows it."""

    text: str
    met: Callable[[Any], bool]


class Explorer(Drawn):
    """Sliders, figure, sentence.

    `parameters`: the model's parameter set; `simulate(parameters)` -> trajectory; `figure(trajectory)` -> one plain
    dictionary with data, layout, title, twin (the figure in one sentence) and table. With `view` (a second parameter
    set, for what only the picture needs) the figure is called as `figure(trajectory, view)`.
    `sliders` are in sight (five at most), `folded` stand behind "More"; `buttons` are switches over the picture, each
    over its share of the width. `modes`: name -> Mode. `presets`: name ->
    values. `accounts`: name -> values of parameters and view; a switch above the picture sets all of them at once, says
    which account holds, and brings it back after a change. The first one opens, so a prediction is compared with it.
    `play`: the name of a slider that time moves along. `unavailable(parameters)` -> {slider: reason} for those that do
    nothing now, `unseen(view)` the same for those whose work the picture does not show now. `after`: a Prediction or
    BodyPrediction that must be committed first. `challenges` tick themselves. `patient`: what the figure has in common
    with the patient whom all pages share; two buttons then set the figure to how she is, and keep what it shows for
    her. `under`: a heading under which the whole figure is folded until somebody opens it.
    Raises ValueError for more than five sliders or an unknown name.
    """

    _esm = source("quick.js", "chart.js", "controls.js", "accounts.js", "patient_row.js", "explorer.js")
    name = traitlets.Unicode().tag(sync=True)
    controls = traitlets.List().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    modes = traitlets.Dict().tag(sync=True)
    mode = traitlets.Unicode().tag(sync=True)
    presets = traitlets.Dict().tag(sync=True)
    accounts = traitlets.Dict().tag(sync=True)
    account = traitlets.Unicode().tag(sync=True)
    patient = traitlets.Dict().tag(sync=True)
    start = traitlets.Dict().tag(sync=True)
    waits = traitlets.Unicode().tag(sync=True)
    under = traitlets.Unicode().tag(sync=True)
    challenges = traitlets.List().tag(sync=True)
    met = traitlets.List().tag(sync=True)

    def __init__(
        self,
        parameters: Parameters,
        simulate: Callable[[Any], Any],
        figure: Callable[..., dict],
        sliders: Sequence[str] = (),
        *,
        folded: Sequence[str] = (),
        buttons: Sequence[str] = (),
        view: Parameters | None = None,
        modes: Mapping[str, Mode] | None = None,
        presets: Mapping[str, Mapping[str, float]] | None = None,
        accounts: Mapping[str, Mapping[str, float]] | None = None,
        play: str | None = None,
        unavailable: Callable[[Any], Mapping[str, str]] | None = None,
        unseen: Callable[[Any], Mapping[str, str]] | None = None,
        after: Any = None,
        challenges: Sequence[Challenge] = (),
        patient: Share | None = None,
        under: str = "",
        name: str = "picture",
    ):
        setting = Setting(parameters, view)
        self._simulate, self._figure = simulate, figure
        self._unavailable, self._unseen = unavailable or (lambda _: {}), unseen or (lambda _: {})
        self._prediction, self._shared = after, patient
        self._challenges = tuple(challenges)
        self._frames: OrderedDict[tuple, Packed] = OrderedDict()
        self._remembered = 0  # bytes
        self._last_run: tuple[Any, Any] | None = None
        # Computed when somebody first looks at it: many figures stand behind tabs and folds.
        self._packed: Packed | None = None
        self._ahead: LookAhead | None = None
        self._looking: LookAhead | None = None  # the one that is being computed now
        self._look_until = 0.0
        modes = dict(modes or {})
        for label, one in modes.items():
            if len(sliders) + len(one.sliders) > MOST_SLIDERS:
                raise ValueError(f"{label}: more than {MOST_SLIDERS} sliders in sight; fold some.")
        if len(sliders) > MOST_SLIDERS:
            raise ValueError(f"{len(sliders)} sliders in sight; {MOST_SLIDERS} is the most. Fold some.")
        mode = next(iter(modes), "")
        setting = setting.changed(modes[mode].set) if mode else setting
        whole = completed({label: setting.checked(its) for label, its in (accounts or {}).items()}, setting.values())
        account = next(iter(whole), "")
        setting = setting.changed(whole[account]) if account else setting
        self._setting, self._parameters = setting, setting.parameters
        names = list(dict.fromkeys([*(n for m in modes.values() for n in m.sliders), *sliders, *folded, *buttons]))
        super().__init__(
            name=name,
            controls=[control(n, setting.fields, n in folded, play == n, n in buttons) for n in names],
            values=setting.values(),
            start=setting.values(),
            modes={
                label: {"set": dict(m.set), "sliders": [*sliders, *m.sliders, *folded, *buttons]}
                for label, m in modes.items()
            },
            mode=mode,
            presets={label: setting.checked(values) for label, values in (presets or {}).items()},
            accounts=whole,
            account=account,
            patient=patient.for_page(setting.fields) if patient is not None else {},
            waits=after.waits if after is not None else "",
            under=under,
            challenges=[c.text for c in self._challenges],
            met=[False] * len(self._challenges),
        )
        if after is not None:
            after.observe(self._opened, "committed")
        replace_earlier(self, name)

    def close(self) -> None:
        """Take it off the page: nothing is computed for it any more."""
        self._ahead = None
        self._frames.clear()
        self._remembered = 0
        if self._prediction is not None and self.comm is not None:
            self._prediction.unobserve(self._opened, "committed")
        super().close()

    def _frame(self, values: Mapping[str, float]) -> Packed:
        key = tuple(values.items())
        packed = self._frames.get(key)
        if packed is None:
            trajectory, view = self._run(values)
            packed = pack(self._figure(trajectory, view) if view is not None else self._figure(trajectory))
            self._frames[key] = packed
            self._remembered += packed.bytes
            while len(self._frames) > REMEMBERED_FRAMES or self._remembered > REMEMBERED_BYTES:
                self._remembered -= self._frames.popitem(last=False)[1].bytes
        return packed

    def _run(self, values: Mapping[str, float]) -> tuple[Any, Any]:
        parameters, view = self._setting.split(values)
        if self._last_run is None or self._last_run[0] != parameters:
            self._last_run = (parameters, self._simulate(parameters))
        return self._last_run[1], view

    @property
    def packed(self) -> Packed:
        """The figure that is shown, as it travels to the page."""
        if self._packed is None:
            self._packed = self._frame(self.values)
        return self._packed

    @property
    def trajectory(self) -> Any:
        """The run that is shown."""
        return self._run(self.values)[0]

    @property
    def twin(self) -> str:
        """The figure in one sentence."""
        return next(value for path, value in self.packed.leaves if path == ("twin",))

    @property
    def account_that_holds(self) -> str:
        """The account whose values all hold now; "" once somebody has changed one of them."""
        return held(self.accounts, self.values)

    def take(self, account: str) -> str:
        """Set everything as an account has it; returns the figure's sentence. Raises KeyError for an unknown name."""
        values = self.accounts[account]
        self.account = account
        return self.set(**values)

    def set(self, **values: float) -> str:
        """Move sliders from code; returns the figure's sentence. Raises ParameterError as the model does."""
        self._show({**self.values, **values})
        return self.twin

    def _show(self, values: dict, **more) -> None:
        self._packed = self._frame(values)
        if values != self.values:
            self.values = values
        self._tick(values)
        self.send_figure(self._packed, disabled=self._disabled(values), extra=self._marks(), **more)

    def _tick(self, values: Mapping[str, float]) -> None:
        """A challenge once met stays met."""
        if not all(self.met) and self.challenges:
            trajectory, view = self._run(values)
            self.met = [done or bool(c.met(trajectory)) for done, c in zip(self.met, self._challenges, strict=True)]

    def _disabled(self, values: Mapping[str, float]) -> dict:
        parameters, view = self._setting.split(values)
        return {**self._unavailable(parameters), **self._unseen(view)}

    def _marks(self) -> list:
        if self._prediction is None or not self._prediction.committed:
            return []
        return self._prediction.marks()

    def _opened(self, _: Any = None) -> None:
        self.waits = self._prediction.waits
        if self._prediction.committed:
            self._prediction.compare(self.trajectory)
        self._show(dict(self.values))

    # ---- messages of the page ----

    def heard(self, message: dict) -> None:
        kind = message.get("kind")
        if kind == "hello":
            if self._prediction is not None and self._prediction.committed:
                self._prediction.compare(self.trajectory)
            self._answer({})
        elif kind == "set":
            self._answer(message["values"], ticket=message["ticket"])
        elif kind == "ahead":
            self._start_look_ahead(message["name"], message["values"])
        elif kind == "near" and self._ahead is not None and self._ahead.name == message["name"]:
            self._ahead.near(int(message["position"]), int(message["direction"]))
            self._look_on(self._ahead)
        elif kind == "rest":
            self._ahead = None
        elif kind == "patient" and self._shared is not None:
            self._share(message)

    def _answer(self, values: Mapping[str, float], **ticket: int) -> None:
        wanted = {n: v for n, v in values.items() if n in self._setting.fields}
        try:
            self._show({**self.values, **wanted}, **ticket)
        except (ValueError, SimulationError, ArithmeticError, np.linalg.LinAlgError) as error:
            self.send({"kind": "error", **ticket, "text": str(error)})

    def _share(self, message: dict) -> None:
        """Hand the page the patient as she is, or keep for her what the page shows."""
        try:
            if message["act"] == "take":
                values, text = self._shared.taken()
                self.send({"kind": "patient", "values": self._setting.checked(values), "text": text})
                return
            values = {**self.values, **{n: v for n, v in message["values"].items() if n in self._setting.fields}}
            opening = {} if message.get("hers") else self.start
            text = self._shared.keep(values, opening, self._setting.fields, *self._run(values))
            self.send({"kind": "patient", "text": text})
        except (RecordError, ValueError, SimulationError, ArithmeticError, np.linalg.LinAlgError) as error:
            self.send({"kind": "patient", "error": str(error)})

    def _start_look_ahead(self, name: str, values: Mapping[str, float]) -> None:
        self._ahead = self.look_ahead(name, values)
        self._look_on(self._ahead)

    def _look_on(self, ahead: LookAhead) -> None:
        """Compute ahead for a while from now on; a slider that moves on asks for more."""
        self._look_until = time.perf_counter() + LOOK_AHEAD_SECONDS
        if self._looking is ahead:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        self._looking = ahead
        self._task = loop.create_task(self._slices(ahead))

    def look_ahead(self, name: str, values: Mapping[str, float] | None = None) -> LookAhead:
        """The travel of one slider from where it stands, all others as they are."""
        values = {**self.values, **(values or {})}
        positions = next(c["positions"] for c in self.controls if c["name"] == name)
        index = min(range(len(positions)), key=lambda i: abs(positions[i] - values[name]))

        def frame(position: int) -> Packed | None:
            try:
                return self._frame({**values, name: positions[position]})
            except (ValueError, SimulationError, ArithmeticError, np.linalg.LinAlgError):
                return None

        return LookAhead(name, len(positions), index, frame)

    async def _slices(self, ahead: LookAhead) -> None:
        while ahead and ahead is self._ahead and time.perf_counter() < self._look_until:
            begun, used = time.perf_counter(), time.process_time()
            until = begun + SLICE_SECONDS
            frames = []
            while ahead and time.perf_counter() < until:
                computed = ahead.next()
                if computed is not None:
                    frames.append(computed)
            slice_ = ahead.message(frames)
            if slice_ is not None:
                self.send({"kind": "stack", **slice_[0]}, slice_[1])
            # A pause in which a waiting answer goes first; on a computer that others keep busy theirs do, too.
            waited = time.perf_counter() - begun - (time.process_time() - used)
            await asyncio.sleep(0.001 if waited < SLICE_SECONDS else min(1.0, BUSY_PAUSES * waited))
        if self._looking is ahead:
            self._looking = None
