"""Sliders that other processes run: the same results as here, also when a helper dies, and none is left behind."""

import json
import random
from datetime import date

import pytest
from whole_class import answer, export, files_of, handed_in, sliders

from lessons import classroom
from lessons.classroom import graded, runs_ahead
from lessons.classroom.course import course
from lessons.classroom.hand_ins import histories_of
from lessons.classroom.marks import Marker
from lessons.classroom.runs_ahead import RunsAhead, answered
from lessons.simulation import ParameterError

DAY = date(2026, 11, 27)
COURSE = course()
TARGETS = [COURSE.questions[name].forms[""].item for name in sorted(COURSE.targets)]


def some(item, many=25):
    choose = random.Random(3)
    return [sliders(item, choose) for _ in range(many)] + [dict(item.solution), dict(item.start)]


@pytest.fixture
def helped():
    """One helper; what is run here instead of by it is kept in `here`."""
    here = []
    runs = RunsAhead(lambda item, setting: here.append(setting) or COURSE.run(item, setting), 1)
    runs.here = here
    runs.start()
    yield runs
    runs.close()
    assert all(helper.poll() is not None for helper in runs._helpers), "no helper outlives its class"


@pytest.mark.parametrize("item", TARGETS, ids=lambda item: item.id)
def test_a_helper_says_of_each_setting_what_is_said_here(item, helped):
    settings = some(item)
    helped.ask(COURSE.page(item.id), item, settings)
    assert [helped(item, one) for one in settings] == [COURSE.run(item, one) for one in settings]
    assert helped.here == [] and len({str(COURSE.run(item, one)) for one in settings}) > 1


def test_what_cannot_be_read_is_not_run_and_what_is_asked_twice_is_run_once(helped):
    item = TARGETS[0]
    odd = [None, "x", [], {}, {"passes": "x"}, {**item.solution, "more": 1.0}, dict.fromkeys(item.solution, 1e999)]
    for _ in range(2):
        helped.ask(COURSE.page(item.id), item, [*odd, dict(item.solution), dict(reversed(item.solution.items()))])
    assert len(helped._asked) == 1 and helped(item, dict(item.solution)) == COURSE.run(item, item.solution)


def test_what_the_model_refuses_is_refused_here_with_the_same_words(helped):
    item = TARGETS[0]
    beyond = {**item.solution, next(iter(item.solution)): 1e6}
    line = json.dumps([COURSE.page(item.id), item.model_dump_json(), [dict(item.solution), beyond]])
    assert answered(line) == [COURSE.run(item, item.solution), None]
    helped.ask(COURSE.page(item.id), item, [beyond])
    with pytest.raises(ParameterError):
        helped(item, beyond)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_helper_that_dies_costs_time_and_nothing_else(when, helped):
    item = TARGETS[0]
    settings = some(item, 45)
    helped.ask(COURSE.page(item.id), item, settings[:1])
    assert helped(item, settings[0]) == COURSE.run(item, settings[0])
    if when == "before":
        helped._helpers[0].kill()
    helped.ask(COURSE.page(item.id), item, settings)
    helped._helpers[0].kill()
    assert [helped(item, one) for one in settings] == [COURSE.run(item, one) for one in settings]
    assert helped.here


def test_a_helper_that_says_nothing_is_given_up(helped, monkeypatch):
    monkeypatch.setattr(runs_ahead, "SECONDS", 0.0)
    item = TARGETS[0]
    settings = some(item)
    helped.ask(COURSE.page(item.id), item, settings)
    assert [helped(item, one) for one in settings] == [COURSE.run(item, one) for one in settings]


def test_where_no_process_can_be_started_everything_is_run_here(monkeypatch):
    def refuse(*_, **__):
        raise PermissionError

    monkeypatch.setattr(runs_ahead.subprocess, "Popen", refuse)
    runs = RunsAhead(COURSE.run, 1)
    runs.start()
    runs.ask(COURSE.page(TARGETS[0].id), TARGETS[0], some(TARGETS[0]))
    assert runs(TARGETS[0], dict(TARGETS[0].solution)) == COURSE.run(TARGETS[0], TARGETS[0].solution)
    runs.close()


def test_a_large_class_has_the_same_marks_with_helpers_and_a_small_one_starts_none(tmp_path, monkeypatch):
    folder = handed_in(tmp_path / "class", {"odd": {"10_exam": [answer(TARGETS[0].id, {"x": 1}, variant="none")]}})
    for seed in range(7):
        (folder / f"learner-{seed}.json").write_bytes(export(files_of(seed)))
    started, start = [], runs_ahead._start
    monkeypatch.setattr(runs_ahead, "_start", lambda: started.append(start()) or started[-1])
    monkeypatch.setattr(graded, "helpers_here", lambda: 2)
    alone = classroom.grade(folder, today=DAY)
    assert started == []
    monkeypatch.setattr(graded, "LARGE", 3)
    monkeypatch.setattr(graded, "AHEAD", 2)
    helped = classroom.grade(folder, today=DAY)
    assert len(started) == 2 and all(one.poll() is not None for one in started)
    for name in alone.paths:
        assert alone.paths[name].read_bytes() == helped.paths[name].read_bytes()


def test_a_processor_is_left_to_the_rest(monkeypatch):
    for processors, helpers in ((None, 0), (1, 0), (2, 1), (3, 2), (64, runs_ahead.MOST_HELPERS)):
        monkeypatch.setattr(runs_ahead.os, "cpu_count", lambda processors=processors: processors)
        assert runs_ahead.helpers_here() == helpers


def test_a_marker_asks_ahead_for_the_settings_of_all_records():
    marker = Marker(COURSE, DAY, 1)
    marker.start()
    histories = [histories_of(export(files_of(seed))) for seed in range(3)]
    marker.ask_ahead(histories)
    asked = {event["id"] for one in histories for events in one.values() for event in events} & COURSE.targets
    assert asked == COURSE.targets and len(marker.run._asked) >= len(TARGETS)
    assert [marker.marks(one) for one in histories] == [Marker(COURSE, DAY).marks(one) for one in histories]
    marker.close()
