"""The explorer as an object: what it derives from parameters, how it answers, and how it fails."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pytest
from pages import EXPLORERS

from lessons.figures.clock import Clock
from lessons.interface.controls import control
from lessons.interface.explorer import Challenge, Explorer, Mode
from lessons.models.trigger_point import TriggerPoint, simulate
from lessons.simulation import ParameterError, Parameters, SimulationError, parameter


@dataclass(frozen=True, kw_only=True)
class Treated(Parameters):
    kind: int = parameter(1, 0, 2, "", "kind", "x", "assumed", choices=("left alone", "by hand", "by current"))
    blunt: int = parameter(0, 0, 1, "", "blunt", "x", "assumed")
    side: int = parameter(0, 0, 1, "", "side", "x", "assumed", choices=("left", "right"))
    rate: float = parameter(2.0, 1, 100, "Hz", "rate", "x", "assumed", scale="log")
    strength: float = parameter(3.0, 0, 20, "", "strength", "x", "assumed", step=0.5)


class Heard(Explorer):
    """An explorer that keeps what it would have sent."""

    def send(self, content, buffers=None):
        self.__dict__.setdefault("sent", []).append((content, buffers or []))


def small(**more) -> Heard:
    def figure(run):
        return {
            "title": "t",
            "twin": f"load {run.load}",
            "data": [{"x": np.zeros(2), "y": np.full(2, run.load)}],
            "layout": {},
            "table": {},
        }

    return Heard(TriggerPoint(), lambda p: p, figure, ["load", "passes"], **more)


def test_sliders_carry_label_unit_positions_and_the_typical_value():
    control = small().controls[0]
    assert control["label"].startswith("perpetuating load")
    assert control["typical"] == 0.35 and control["digits"] == 2
    assert len(control["positions"]) == 101 and control["positions"][-1] == 1


def test_named_choices_become_a_row_of_names_and_a_whole_0_or_1_a_switch():
    kind = control("kind", Treated.described())
    assert kind["choices"] == ["left alone", "by hand", "by current"] and kind["positions"] == [0, 1, 2]
    assert not kind["switch"]
    assert control("blunt", Treated.described())["switch"]
    side = control("side", Treated.described())
    assert side["choices"] == ["left", "right"] and not side["switch"]


def test_a_wide_range_moves_by_factors_and_only_a_time_is_told_in_words():
    rate = control("rate", Treated.described())
    steps = np.diff(np.log(rate["positions"]))
    assert rate["log"] and not rate["clock"] and np.allclose(steps, steps[0], rtol=0.05)
    assert (rate["positions"][0], rate["positions"][-1]) == (1, 100)
    assert control("clock", Clock.described())["clock"]


def test_a_choice_is_looked_ahead_like_a_slider_and_stays_a_whole_number():
    seen = []

    def figure(run):
        seen.append(run.kind)
        return {"title": "t", "twin": f"kind {run.kind}.", "data": [{"x": np.full(2, run.kind)}], "table": {}}

    explorer = Heard(Treated(), lambda p: p, figure, ["kind"])
    ahead = explorer.look_ahead("kind")
    assert sorted(position for position, _ in (ahead.next() for _ in range(3))) == [0, 1, 2]
    explorer.heard({"kind": "set", "values": {"kind": 2.0}, "ticket": 1})
    assert explorer.twin == "kind 2." and all(type(kind) is int for kind in seen)


def test_a_moved_slider_changes_the_sentence_and_the_trait():
    explorer = small()
    assert explorer.set(load=0.5) == "load 0.5"
    assert explorer.values["load"] == 0.5


def test_a_message_of_the_page_is_answered_with_its_ticket():
    explorer = small()
    explorer.heard({"kind": "set", "values": {"load": 0.2}, "ticket": 7})
    content, buffers = explorer.sent[-1]
    assert content["kind"] == "frame" and content["ticket"] == 7
    assert np.frombuffer(buffers[0], np.float32)[-1] == np.float32(0.2)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"load": 3.0}, "must lie within 0 to 1"),
        ({"load": float("nan")}, "must be a number"),
        ({"passes": 2.5}, "whole"),
    ],
)
def test_an_impossible_value_gives_one_sentence_and_keeps_the_earlier_picture(values, says):
    explorer = small()
    explorer.heard({"kind": "set", "values": values, "ticket": 1})
    content, _ = explorer.sent[-1]
    assert content["kind"] == "error" and says in content["text"] and "\n" not in content["text"]
    assert explorer.values["load"] == 0.35 and explorer.twin == "load 0.35"


def test_a_figure_that_fails_gives_a_sentence_too():
    def broken(run):
        if run.load > 0.5:
            raise ZeroDivisionError("division by zero")
        return {"twin": "", "title": "", "data": [], "layout": {}, "table": {}}

    explorer = Heard(TriggerPoint(), lambda p: p, broken, ["load"])
    explorer.heard({"kind": "set", "values": {"load": 0.9}, "ticket": 1})
    assert explorer.sent[-1][0]["kind"] == "error"


def test_a_model_runs_only_once_somebody_looks_and_a_first_picture_that_fails_is_said():
    runs = []

    def run(parameters):
        runs.append(parameters)
        raise SimulationError("The solver stopped; move a slider back.")

    explorer = Heard(TriggerPoint(), run, lambda trajectory: {}, ["load"])
    assert not runs
    explorer.heard({"kind": "hello"})
    assert len(runs) == 1
    assert explorer.sent == [({"kind": "error", "text": "The solver stopped; move a slider back."}, [])]


def test_an_unknown_name_is_refused_with_a_hint():
    with pytest.raises(ParameterError, match="did you mean 'load'"):
        TriggerPoint().changed(laod=0.2)


def test_more_than_five_sliders_in_sight_are_refused():
    with pytest.raises(ValueError, match="five|5"):
        Explorer(
            TriggerPoint(), simulate, lambda run: {}, ["load", "passes", "strength", "miss", "spacing", "pressure"]
        )


def test_a_mode_sets_its_values_and_shows_its_sliders():
    explorer = small(modes={"Thumb": Mode({"passes": 0, "pressure": 200.0}, ["pressure"])})
    assert explorer.values["passes"] == 0 and explorer.mode == "Thumb"
    assert explorer.modes["Thumb"]["sliders"][:3] == ["load", "passes", "pressure"]


PAPER, TRIALS = "As the paper says", "What trials in people show"
TWO = {PAPER: {"load": 0.8, "passes": 6}, TRIALS: {"load": 0.2, "clock": 3600.0}}


def switched(**more) -> Heard:
    def figure(run, view):
        return {"twin": f"load {run.load}, passes {run.passes}, clock {view.clock:g}", "data": []}

    return Heard(TriggerPoint(), lambda p: p, figure, ["load", "clock"], view=Clock(), accounts=TWO, **more)


def test_the_first_account_opens_and_sets_model_and_picture_at_once():
    explorer = switched()
    assert explorer.twin == "load 0.8, passes 6, clock 600" and explorer.account_that_holds == PAPER
    assert explorer.start == explorer.values


def test_an_account_leaves_nothing_of_another_one_behind():
    explorer = switched()
    before = TriggerPoint().passes
    assert explorer.take(TRIALS) == f"load 0.2, passes {before}, clock 3600"
    assert explorer.account == explorer.account_that_holds == TRIALS
    assert explorer.take(PAPER) == "load 0.8, passes 6, clock 600"
    assert {name: set(its) for name, its in explorer.accounts.items()} == dict.fromkeys(
        TWO, {"load", "passes", "clock"}
    )


def test_a_change_ends_an_account_and_taking_it_again_brings_it_back():
    explorer = switched()
    explorer.heard({"kind": "set", "values": {"load": 0.5}, "ticket": 1})
    assert explorer.account_that_holds == "" and explorer.account == PAPER
    explorer.set(miss=1.0)
    explorer.take(PAPER)
    assert explorer.account_that_holds == PAPER and explorer.values["miss"] == 1.0


def test_what_an_account_does_not_set_may_move_while_it_holds():
    explorer = switched()
    explorer.set(strength=0.3)
    assert explorer.account_that_holds == PAPER


def test_an_account_stands_above_the_opening_mode():
    modes = {"Needle": Mode({"passes": 2, "strength": 0.9}, ["passes"]), "Thumb": Mode({"passes": 0}, [])}
    explorer = switched(modes=modes)
    assert explorer.values["passes"] == 6 and explorer.values["strength"] == 0.9 and explorer.mode == "Needle"
    explorer.take(TRIALS)
    assert explorer.values["passes"] == 2


@pytest.mark.parametrize(
    ("accounts", "says"),
    [
        ({PAPER: {"load": 0.8}}, "nothing to choose from"),
        ({PAPER: {"load": 0.8}, TRIALS: {"load": 0.8}}, "are the same"),
        ({PAPER: {"load": 0.8}, TRIALS: {"load": 3.0}}, "must lie within 0 to 1"),
        ({PAPER: {"load": 0.8}, TRIALS: {"laod": 0.3}}, "did you mean 'load'"),
    ],
)
def test_accounts_that_say_nothing_or_nonsense_are_refused(accounts, says):
    with pytest.raises(ValueError, match=says):
        small(accounts=accounts)


def test_a_whole_number_that_is_none_gets_a_sentence_as_well():
    explorer = small()
    for value in (float("nan"), float("inf"), "three", None):
        explorer.heard({"kind": "set", "values": {"passes": value}, "ticket": 1})
        content, _ = explorer.sent[-1]
        assert content["kind"] == "error" and "(passes)" in content["text"]


def test_a_challenge_once_met_stays_met():
    explorer = small(challenges=[Challenge("more load", lambda run: run.load > 0.5)])
    explorer.set(load=0.6)
    explorer.set(load=0.1)
    assert explorer.met == [True]


def test_an_impossible_preset_is_refused_when_the_page_is_made():
    with pytest.raises(ParameterError):
        small(presets={"too much": {"load": 2.0}})


def test_looking_ahead_covers_the_whole_travel_and_equals_the_answer():
    explorer = small()
    ahead = explorer.look_ahead("load")
    frames = dict(ahead.next() for _ in range(101))
    assert len(frames) == 101
    explorer.set(load=0.62)
    assert frames[62].buffer() == explorer.packed.buffer()


@pytest.mark.parametrize("name", list(EXPLORERS))
def test_every_picture_has_title_sentence_table_and_fixed_axes(name):
    explorer = EXPLORERS[name]()
    figure = explorer.packed.skeleton
    assert figure["title"] and figure["twin"].endswith(".")
    assert figure["table"]["rows"] and len(figure["table"]["columns"]) == len(figure["table"]["values"])
    for key, axis in figure["layout"].items():
        if key.startswith(("xaxis", "yaxis")):
            assert axis["fixedrange"] is True and len(axis["range"]) == 2, f"{name}: {key} can move"
    json.dumps(figure)


def drawn(explorer, values):
    """Everything of a figure as text, or the one sentence with which the model refuses the values."""
    try:
        packed = explorer._frame(values)
    except (ParameterError, SimulationError) as refusal:
        assert "\n" not in str(refusal)
        return None
    return json.dumps(packed.skeleton) + packed.buffer().hex()


@pytest.mark.parametrize("name", list(EXPLORERS))
def test_axes_stand_still_and_every_slider_changes_the_picture(name):
    explorer = EXPLORERS[name]()
    axes = {k: v["range"] for k, v in explorer.packed.skeleton["layout"].items() if k[1:5] == "axis"}
    modes = explorer.modes or {"": {"set": {}, "sliders": [c["name"] for c in explorer.controls]}}
    for mode in modes.values():
        explorer.set(**mode["set"])
        start = dict(explorer.values)
        for one in explorer.controls:
            if one["name"] not in mode["sliders"] or one["name"] in explorer._disabled(start):
                continue
            some = one["positions"][:: max(1, len(one["positions"]) // 5)]
            seen = {drawn(explorer, {**start, one["name"]: v}) for v in some} - {None}
            assert len(seen) > 1, f"{name}: the slider '{one['name']}' is dead"
        after = {k: v["range"] for k, v in explorer.packed.skeleton["layout"].items() if k[1:5] == "axis"}
        assert after == axes


def test_the_clock_needs_no_new_run_of_the_model():
    runs = []

    def counted(parameters):
        runs.append(parameters)
        return simulate(parameters)

    explorer = Explorer(
        TriggerPoint(), counted, lambda run, view: {"twin": str(view.clock), "data": []}, ["clock"], view=Clock()
    )
    explorer.set(clock=3600.0)
    explorer.set(clock=7200.0)
    assert len(runs) == 1


def test_looking_ahead_stops_after_a_while_and_goes_on_when_the_slider_does(monkeypatch):
    def stacks(explorer):
        return [content for content, _ in explorer.__dict__.get("sent", []) if content["kind"] == "stack"]

    async def hover_then_move():
        explorer = small()
        monkeypatch.setattr("lessons.interface.explorer.LOOK_AHEAD_SECONDS", 0.0)
        explorer.heard({"kind": "ahead", "name": "load", "values": explorer.values})
        await asyncio.sleep(0.05)
        assert stacks(explorer) == []
        monkeypatch.setattr("lessons.interface.explorer.LOOK_AHEAD_SECONDS", 30.0)
        explorer.heard({"kind": "near", "name": "load", "position": 3, "direction": 1})
        while explorer._looking is not None:
            await asyncio.sleep(0.01)
        return [frame["position"] for one in stacks(explorer) for frame in one["frames"]]

    # In a thread of its own: the browser's driver may keep a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        assert sorted(thread.submit(asyncio.run, hover_then_move()).result()) == list(range(101))
