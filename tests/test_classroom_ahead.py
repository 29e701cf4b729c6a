"""Runs of the models made by other processes change nothing but the time that a class takes."""

import os
import subprocess
import sys
import time
from datetime import date

import pytest
from whole_class import ITEMS, export, files_of

from lessons import classroom
from lessons.classroom import ahead as module
from lessons.classroom.ahead import LARGE, Ahead
from lessons.classroom.course import course
from lessons.grading.items import Target
from lessons.simulation import ParameterError

COURSE, DAY = course(), date(2026, 11, 28)
TARGET = next(item for _, item in ITEMS if isinstance(item, Target))
SETTINGS = [{**TARGET.solution, "strength": share / 20} for share in range(10, 20)]


def apart(item, setting):
    """Not a model: the process in which it runs, sent back."""
    return [os.getpid()]


def dies(item, setting):
    os._exit(1)


def here(item, setting):
    return ["here"]


@pytest.fixture
def helped():
    one = Ahead(LARGE, helpers=1)
    one._ready.result(120)
    yield one
    one.close()


def ended(one, setting, run):
    """Wait until a helper has run a setting."""
    until = time.monotonic() + 60
    while not one._begun[module._key(TARGET, setting)].done() and time.monotonic() < until:
        time.sleep(0.01)
    return one.run(run, TARGET, setting)


def test_a_setting_that_was_begun_is_run_by_another_process(helped):
    helped.begin(apart, TARGET, SETTINGS[0])
    assert ended(helped, SETTINGS[0], here) != [os.getpid()] != ["here"]
    assert helped.run(here, TARGET, SETTINGS[1]) == ["here"]


def test_it_reaches_there_what_it_reaches_here(helped):
    for setting in SETTINGS:
        helped.begin(COURSE.run, TARGET, setting)
    assert len(helped._begun) == len(SETTINGS)
    assert [ended(helped, setting, None) for setting in SETTINGS] == [COURSE.run(TARGET, one) for one in SETTINGS]


def test_what_the_model_refuses_is_refused_in_the_same_words(helped):
    wild = {**TARGET.solution, "strength": 99.0}
    helped.begin(COURSE.run, TARGET, wild)
    with pytest.raises(ParameterError, match="must lie within") as told:
        ended(helped, wild, COURSE.run)
    with pytest.raises(ParameterError) as alone:
        COURSE.run(TARGET, wild)
    assert str(told.value) == str(alone.value)


def test_a_helper_that_dies_costs_nothing_but_time(helped):
    for setting in SETTINGS:
        helped.begin(dies, TARGET, setting)
    assert [ended(helped, one, here) for one in SETTINGS] == [["here"]] * len(SETTINGS)
    until = time.monotonic() + 60
    while helped.helps and time.monotonic() < until:
        helped.begin(here, TARGET, SETTINGS[0])
        helped.run(here, TARGET, SETTINGS[0])
    assert not helped.helps


def test_what_cannot_be_sent_is_run_here(helped):
    helped.begin(lambda item, setting: ["nowhere"], TARGET, SETTINGS[0])
    assert ended(helped, SETTINGS[0], here) == ["here"]


def test_nobody_is_called_for_a_small_class_or_on_one_processor(monkeypatch):
    assert not Ahead(LARGE - 1).helps
    monkeypatch.setattr(module, "_processors", lambda: 1)
    assert not Ahead(LARGE).helps


def test_a_computer_that_allows_no_processes_grades_alone(monkeypatch):
    def refused(*_):
        raise OSError("no semaphores here")

    monkeypatch.setattr(module, "ProcessPoolExecutor", refused)
    alone = Ahead(LARGE, helpers=1)
    alone.begin(COURSE.run, TARGET, SETTINGS[0])
    assert not alone.helps and alone.run(here, TARGET, SETTINGS[0]) == ["here"]


def test_a_teachers_own_script_is_not_run_a_second_time_by_a_helper(tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()
    content = export(files_of(1, [("exam", TARGET)]))
    for number in range(LARGE + 1):
        (folder / f"learner-{number}.json").write_bytes(content)
    script = tmp_path / "own.py"
    script.write_text(f"print('begun')\nfrom lessons.classroom import grade\ngrade({str(folder)!r})\n")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, env=_with_course(), check=True)
    assert done.stdout == "begun\n"
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 2


def test_a_class_has_the_same_marks_with_helpers_and_without(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LARGE", 10)
    for number in range(30):
        (tmp_path / f"learner-{number:02}.json").write_bytes(export(files_of(number)))
    made, there = [], Ahead.begin

    def counted(self, *what):
        self._ready.result(120)
        there(self, *what)
        made.append(len(self._begun))

    monkeypatch.setattr(Ahead, "begin", counted)
    monkeypatch.setattr(module, "_processors", lambda: 2)
    helped = classroom.grade(tmp_path, today=DAY)
    monkeypatch.setattr(module, "_processors", lambda: 1)
    alone = classroom.grade(tmp_path, out=tmp_path.parent / "alone", today=DAY)
    assert max(made) > 10
    assert helped.paths["marks.json"].read_bytes() == alone.paths["marks.json"].read_bytes()
    assert helped.paths["items.csv"].read_bytes() == alone.paths["items.csv"].read_bytes()


def _with_course():
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
