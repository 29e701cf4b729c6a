"""A class of 1,000, of whom 150 handed in something damaged in every way: 1,000 results, none lost, none crashing."""

import csv
import io
import re
import socket
from collections import Counter
from datetime import date

import pytest
from damage import WAYS, damaged_class
from whole_class import ITEMS, export, files_of

from lessons import classroom
from lessons.classroom.hand_ins import histories_of
from lessons.classroom.marks import Marker
from lessons.classroom.results import READ

LEARNERS, DAMAGED = 1000, 150
DAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """What was handed in (name -> way of damage), what became of it, and where."""
    place = tmp_path_factory.mktemp("batch")
    spoilt = damaged_class(place / "class", LEARNERS, DAMAGED)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("elsewhere"))
        patch.setattr(socket, "socket", None)
        found = classroom.grade(place / "class", today=DAY)
    return spoilt, found, place


def of(spoilt, result):
    """The name of the hand-in that a result is of."""
    return next(part for part in re.split(r"[./]", result.path) if part in spoilt)


def test_there_is_one_result_for_each_of_the_thousand_and_none_is_lost(batch):
    spoilt, found, _ = batch
    assert Counter(of(spoilt, result) for result in found.results) == dict.fromkeys(spoilt, 1)
    assert len(found.results) == len(found.learners) == LEARNERS
    assert sum(bool(way) for way in spoilt.values()) == DAMAGED and set(spoilt.values()) == {"", *WAYS}
    files = list(csv.DictReader(io.StringIO(found.paths["files.csv"].read_bytes().decode("utf-8-sig"))))
    assert len(files) == LEARNERS


def test_each_damaged_one_has_the_status_and_the_reason_of_its_way(batch):
    spoilt, found, _ = batch
    for result in found.results:
        status, words, _ = WAYS[way] if (way := spoilt[of(spoilt, result)]) else (READ, "^$", None)
        assert result.status == status and re.search(words, result.why), (way, result)


def test_every_damaged_one_is_listed_and_no_sound_one(batch):
    spoilt, found, _ = batch
    listed = {problem.path for problem in found.problems}
    assert listed == {result.path for result in found.results if spoilt[of(spoilt, result)]}


def test_the_others_have_the_marks_that_they_would_have_alone(batch):
    spoilt, found, _ = batch
    marker = Marker(None, DAY)
    for place, one in enumerate(found.learners):
        name = of(spoilt, one.hand_in.results[0])
        if spoilt[name]:
            assert one.marks is None
        else:
            assert len(one.marks.first) == len(ITEMS)
            if place % 50 == 0:
                alone = marker.marks(histories_of(export(files_of(int(name.removeprefix("learner-"))))))
                assert alone == one.marks


def test_a_damaged_neighbour_changes_no_count(batch):
    spoilt, found, _ = batch
    sound = sum(not way for way in spoilt.values())
    items = list(csv.DictReader(io.StringIO(found.paths["items.csv"].read_bytes().decode("utf-8-sig"))))
    assert {row["answers"] for row in items} == {str(sound)} and len(items) == len(ITEMS)
    assert all(row["share right"] and row["r with the rest"] for row in items)


def test_nothing_of_it_was_run_unpacked_or_left_behind(batch):
    _, _, place = batch
    assert not list(place.rglob("unpickled")) and sorted(path.name for path in place.iterdir()) == [
        "class",
        f"class graded {DAY}",
    ]
