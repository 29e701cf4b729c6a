"""Answers survive crashes, damage, second notebooks and full disks; what cannot be kept is said in one sentence."""

import errno
import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock

from lessons.grading import record
from lessons.grading.record import RecordError

WRITER = """
import sys
from lessons.grading import record
name, many = sys.argv[1], int(sys.argv[2])
for i in range(many):
    record.save_answer("02", f"{name}-{i}", i, "correct")
    print(i, flush=True)
"""


def writer(name, many):
    return subprocess.Popen([sys.executable, "-c", WRITER, name, str(many)], stdout=subprocess.PIPE, text=True)


def signed(content):
    """The bytes of a file with this content and a checksum that fits."""
    text = json.dumps(content, sort_keys=True).encode()
    return json.dumps({**content, "checksum": hashlib.sha256(text).hexdigest()}).encode()


def content(**changes):
    return {"schema_version": 2, "lesson": "02", "visited": None, "events": []} | changes


def put(raw, name="lesson_02.json"):
    record.folder().mkdir(parents=True, exist_ok=True)
    (record.folder() / name).write_bytes(raw)


def asides():
    return sorted(one.name for one in record.folder().glob("*.damaged-*"))


@pytest.fixture
def two_answers():
    """A file with two answers, and before it (`.bak`) one with the first of them."""
    record.save_answer("02", "first", "4,8 kPa", "correct")
    record.save_answer("02", "second", "stays", "incorrect")
    return record.path("02")


# ---- keeping and giving back ----


@pytest.mark.parametrize(
    "answer", ["stays", 3.5, [1, 2.5, 4], "unsure", False, {"a": ["b"]}, "é\u202e\x00🙂", "\ud800"]
)
def test_what_was_given_comes_back_as_it_was(answer):
    record.save_prediction("02", "fuel", answer)
    record.save_answer("02", "item", answer, "correct")
    assert record.prediction("02", "fuel") == answer
    assert record.answers("02") == {"item": answer}


def test_how_sure_an_answer_was_is_kept_with_it_and_may_be_left_out():
    record.save_answer("02", "first", "4,8 kPa", "correct", 3)
    record.save_answer("02", "second", "stays", "incorrect", sure=1)
    record.save_answer("02", "third", "stays", "incorrect")
    assert record.sureness("02") == {"first": 3, "second": 1}
    assert [event.get("sure") for event in record.history("02")] == [3, 1, None]
    assert "sure" not in record.history("02")[2], "what nobody said is not in the file"
    record.save_answer("02", "first", "5 kPa", "correct")
    assert record.sureness("02") == {"second": 1}
    record.start_over("02")
    assert record.sureness("02") == {}


@pytest.mark.parametrize("sure", [0, 4, True, 2.0, "2", [2]])
def test_what_is_no_way_of_being_sure_is_neither_kept_nor_read(sure):
    with pytest.raises(ValueError, match="can be 1, 2, 3 or left out"):
        record.save_answer("02", "first", "5", "correct", sure)
    assert record.history("02") == ()
    event = {"kind": "answer", "time": "2026-11-23", "id": "first", "raw": "5", "status": "correct"}
    put(signed(content(events=[event])))
    assert record.answers("02") == {"first": "5"}
    put(signed(content(events=[{**event, "sure": sure}])))
    assert record.answers("02") == {} and "damaged" in record.notice("02")


def test_only_answers_say_how_sure_they_are():
    put(signed(content(events=[{"kind": "start over", "time": "2026-11-23", "sure": 1}])))
    assert record.history("02") == () and "damaged" in record.notice("02")


def test_without_a_file_there_is_nothing_and_reading_makes_none():
    assert record.prediction("02", "fuel") is None
    assert record.answers("02") == {}
    assert record.history("02") == ()
    assert record.progress() == {}
    assert record.last_visited() is None
    assert record.notice("02") == ""
    assert not record.folder().exists()


def test_the_last_attempt_counts_and_all_are_kept_in_order_with_their_times():
    for raw, status in [("4,800", "invalid"), ("5", "incorrect"), ("4.8", "correct")]:
        record.save_answer("03", "rise", raw, status)
    assert record.answers("03") == {"rise": "4.8"}
    kept = record.history("03")
    assert [(e["raw"], e["status"]) for e in kept] == [("4,800", "invalid"), ("5", "incorrect"), ("4.8", "correct")]
    assert [e["time"] for e in kept] == sorted(e["time"] for e in kept)
    assert kept[0]["time"].endswith("+00:00")


def test_lessons_do_not_mix():
    record.save_answer("02", "a", "x", "correct")
    record.save_answer("03", "b", "y", "correct")
    assert record.answers("02") == {"a": "x"}
    assert record.answers("03") == {"b": "y"}


def test_progress_counts_answers_and_not_what_could_not_be_read():
    record.save_answer("02", "a", "x", "incorrect")
    record.save_answer("02", "b", "4,800", "invalid")
    record.save_answer("02", "c", "", "unanswered")
    record.save_answer("02", "a", "y", "correct")
    record.visit("03")
    assert record.progress() == {"02": ("a",), "03": ()}


def test_an_answer_still_counts_when_a_later_attempt_could_not_be_read():
    record.save_answer("02", "a", "5", "correct")
    record.save_answer("02", "a", "5,000", "invalid")
    assert record.progress() == {"02": ("a",)}


def test_the_last_visited_lesson_is_the_one_opened_last():
    for lesson in ("02", "03", "00"):
        record.visit(lesson)
        time.sleep(0.002)
    assert record.last_visited() == "00"
    record.save_answer("03", "a", "x", "correct")
    assert record.last_visited() == "00"
    record.visit("02")
    assert record.last_visited() == "02"


def test_starting_over_forgets_for_the_page_and_keeps_the_history():
    record.save_prediction("02", "fuel", 3.0)
    record.save_answer("02", "a", "x", "correct")
    record.start_over("02")
    assert record.prediction("02", "fuel") is None
    assert record.answers("02") == {}
    assert record.progress() == {"02": ()}
    record.save_answer("02", "a", "y", "correct")
    assert record.answers("02") == {"a": "y"}
    assert [e["kind"] for e in record.history("02")] == ["prediction", "answer", "start over", "answer"]


def test_the_folder_follows_the_environment_and_is_visible_in_the_home_without_it(monkeypatch, tmp_path):
    assert record.folder() == tmp_path / "Retain or Release"
    monkeypatch.delenv("RETAIN_OR_RELEASE_HOME")
    assert record.folder() == Path.home() / "Retain or Release"
    monkeypatch.setenv("RETAIN_OR_RELEASE_HOME", "")
    assert record.folder() == Path.home() / "Retain or Release"


@pytest.mark.parametrize(
    "lesson",
    ["2", "../02", "02\n", "02/..", "٠٢", "", None, 2, "021", "_exam", "10_", "10_../x", "10_Exam", "10_a_b", "exam"],
)
def test_a_name_that_is_no_lesson_reaches_no_file(lesson):
    with pytest.raises(ValueError, match="named by two digits"):
        record.save_answer(lesson, "a", "x", "correct")
    assert not record.folder().exists()


@pytest.mark.parametrize("id", ["", None, 3, "x" * 201])
def test_an_answer_without_a_proper_name_is_refused(id):
    with pytest.raises(ValueError, match="short text"):
        record.save_answer("02", id, "x", "correct")


def nested(depth):
    inner = []
    for _ in range(depth):
        inner = [inner]
    return inner


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("x" * 1_000_000, "too long to be kept; shorten it"),
        (float("nan"), "not plain text"),
        (float("inf"), "not plain text"),
        (object(), "not plain text"),
        ({1, 2}, "not plain text"),
        (b"4.8", "not plain text"),
        (nested(100_000), "not plain text"),
    ],
    ids=["long", "nan", "inf", "object", "set", "bytes", "deep"],
)
def test_an_answer_that_cannot_be_kept_is_refused_and_the_others_stay(raw, says, two_answers):
    before = two_answers.read_bytes()
    with pytest.raises(RecordError, match=says):
        record.save_answer("02", "third", raw, "invalid")
    assert two_answers.read_bytes() == before


def test_a_list_that_is_changed_later_does_not_change_what_was_kept():
    answer = [1.0, 2.0]
    record.save_prediction("02", "curve", answer)
    answer.append(3.0)
    assert record.prediction("02", "curve") == [1.0, 2.0]


# ---- damage ----


def test_a_file_cut_at_any_byte_is_never_taken_for_a_whole_one(two_answers):
    whole = two_answers.read_bytes()
    for length in range(len(whole)):
        two_answers.write_bytes(whole[:length])
        expected = {"first": "4,8 kPa", "second": "stays"} if whole[length:].isspace() else {"first": "4,8 kPa"}
        assert record.answers("02") == expected, length


def test_a_changed_byte_is_noticed_at_every_place(two_answers):
    """It changes nothing, as between a space and a tab, or the copy before the last change is used."""
    whole = two_answers.read_bytes()
    for place in range(len(whole)):
        for flip in (0x01, 0x04, 0x20, 0x80):
            two_answers.write_bytes(whole[:place] + bytes([whole[place] ^ flip]) + whole[place + 1 :])
            found = record.answers("02")
            if found == {"first": "4,8 kPa", "second": "stays"}:
                assert whole[place : place + 1].isspace() and record.notice("02") == "", place
            else:
                assert found == {"first": "4,8 kPa"}, place
                assert "were damaged on the disk, so the copy before the last change is used" in record.notice("02")


def test_a_damaged_file_is_moved_aside_whole_and_its_copy_lives_on(two_answers):
    damaged = two_answers.read_bytes()[:-40]
    two_answers.write_bytes(damaged)
    record.save_answer("02", "third", "z", "correct")
    assert record.answers("02") == {"first": "4,8 kPa", "third": "z"}
    (name,) = asides()
    assert (record.folder() / name).read_bytes() == damaged
    assert name in record.notice("02") and "may be deleted" in record.notice("02")


def test_with_both_copies_damaged_both_are_kept_and_a_new_file_begins(two_answers):
    backup = two_answers.with_name("lesson_02.json.bak")
    two_answers.write_bytes(b"{")
    backup.write_bytes(b"[")
    assert record.answers("02") == {}
    record.save_answer("02", "third", "z", "correct")
    assert record.answers("02") == {"third": "z"}
    assert [(record.folder() / name).read_bytes() for name in asides()] == [b"[", b"{"]


def test_two_damages_in_one_second_are_both_kept():
    for raw in (b"one", b"two", b"three"):
        put(raw)
        (record.folder() / "lesson_02.json.bak").unlink(missing_ok=True)
        record.visit("02")
    assert sorted((record.folder() / name).read_bytes() for name in asides()) == [b"one", b"three", b"two"]


def test_reading_changes_nothing_on_the_disk(two_answers):
    two_answers.write_bytes(b"{")
    before = {one.name: one.read_bytes() for one in record.folder().iterdir()}
    record.answers("02"), record.progress(), record.notice("02"), record.last_visited()
    assert {one.name: one.read_bytes() for one in record.folder().iterdir()} == before


def test_the_copy_is_read_when_the_file_is_gone_and_is_not_lost_by_the_next_answer(two_answers):
    two_answers.unlink()
    assert record.answers("02") == {"first": "4,8 kPa"}
    assert record.progress() == {"02": ("first",)}
    record.save_answer("02", "third", "z", "correct")
    assert record.answers("02") == {"first": "4,8 kPa", "third": "z"}


EVENT = {"kind": "answer", "time": "t", "id": "a", "raw": 1, "status": "correct"}


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 300,
        b"[]",
        b"3",
        b"null",
        b'"text"',
        b"<!DOCTYPE html>",
        b"PK\x03\x04",
        b'{"cells": [], "nbformat": 4}',
        b"[" * 100_000,
        b'{"a": NaN}',
        b'{"a": 1, "a": 2}',
        signed(content()).replace(b"{", b'{"lesson": "02", ', 1),
        json.dumps(content()).encode(),
        json.dumps({**content(), "checksum": 3}).encode(),
        signed(content()).decode().encode("utf-16"),
        signed(content(schema_version="1")),
        signed(content(schema_version=0)),
        signed(content(schema_version=True)),
        signed(content(schema_version=1.0)),
        signed(content(schema_version=None)),
        signed(content(lesson="03")),
        signed(content(visited=5)),
        signed(content(events={})),
        signed(content(events=[1])),
        signed(content(extra=1)),
        signed({"events": []}),
        signed(content(events=[{**EVENT, "kind": "exam"}])),
        signed(content(events=[{**EVENT, "kind": ["answer"]}])),
        signed(content(events=[{**EVENT, "id": 5}])),
        signed(content(events=[{**EVENT, "status": None}])),
        signed(content(events=[{**EVENT, "mark": 1}])),
        signed(content(events=[{"kind": "answer", "time": "t"}])),
        signed(content(events=[{**EVENT, "raw": float("nan")}])),
    ],
    ids=lambda raw: repr(raw[:60]),
)
def test_what_is_no_record_of_ours_is_not_read_and_not_erased(raw):
    put(raw)
    assert record.answers("02") == {}
    assert record.notice("02") != ""
    record.save_answer("02", "a", "x", "correct")
    assert record.answers("02") == {"a": "x"}
    (name,) = asides()
    assert (record.folder() / name).read_bytes() == raw


def test_a_file_that_an_editor_gave_a_mark_and_other_line_ends_is_read(two_answers):
    two_answers.write_bytes(b"\xef\xbb\xbf" + two_answers.read_bytes().replace(b"\n", b"\r\n"))
    assert record.answers("02") == {"first": "4,8 kPa", "second": "stays"}
    assert record.notice("02") == ""


@pytest.mark.parametrize("version", [3, 10**30])
@pytest.mark.parametrize("name", ["lesson_02.json", "lesson_02.json.bak"])
def test_a_file_of_a_newer_course_is_refused_and_left_as_it_is(version, name):
    raw = signed({"schema_version": version, "lesson": "02", "anything": {}})
    put(raw, name)
    for act in (lambda: record.answers("02"), lambda: record.visit("02"), lambda: record.prediction("02", "a")):
        with pytest.raises(RecordError, match="newer version of this course; update the course"):
            act()
    assert (record.folder() / name).read_bytes() == raw
    assert asides() == []
    assert "update the course" in record.notice("02")


def test_one_unreadable_lesson_does_not_hide_the_others():
    put(signed({"schema_version": 3, "lesson": "02"}))
    put(b"{", "lesson_04.json")
    record.save_answer("03", "a", "x", "correct")
    record.visit("03")
    assert record.progress() == {"03": ("a",), "04": ()}
    assert record.last_visited() == "03"


def test_a_clock_set_back_loses_nothing(monkeypatch):
    for now in ("2030-01-01T00:00:00.000+00:00", "1970-01-01T00:00:00.000+00:00", "9999-12-31T00:00:00.000+00:00"):
        monkeypatch.setattr(record, "_now", lambda now=now: now)
        record.save_answer("02", "a", now[:4], "correct")
    assert record.answers("02") == {"a": "9999"}
    assert [e["raw"] for e in record.history("02")] == ["2030", "1970", "9999"]


# ---- places that are no ordinary file ----


def test_a_folder_in_place_of_the_file_is_moved_aside():
    (record.folder() / "lesson_02.json").mkdir(parents=True)
    assert record.answers("02") == {}
    record.save_answer("02", "a", "x", "correct")
    assert record.answers("02") == {"a": "x"}
    assert (record.folder() / asides()[0]).is_dir()


def test_a_huge_file_is_reported_and_not_read(two_answers, monkeypatch):
    os.truncate(two_answers, record.LARGEST_FILE + 1)
    whole = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda one: pytest.fail("read") if one == two_answers else whole(one))
    assert record.answers("02") == {"first": "4,8 kPa"}
    assert "were damaged" in record.notice("02")


if hasattr(os, "mkfifo"):  # Windows has none

    def test_a_pipe_in_place_of_the_file_does_not_hang():
        record.folder().mkdir()
        os.mkfifo(record.folder() / "lesson_02.json")
        assert record.answers("02") == {}
        record.save_answer("02", "a", "x", "correct")
        assert record.answers("02") == {"a": "x"}


def test_a_folder_that_cannot_be_made_is_one_sentence(monkeypatch, tmp_path):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("mine")
    monkeypatch.setenv("RETAIN_OR_RELEASE_HOME", str(in_the_way))
    with pytest.raises(RecordError, match=r"^Your answers cannot be kept in .*; make room or allow writing there\.$"):
        record.save_answer("02", "a", "x", "correct")
    assert in_the_way.read_text() == "mine"
    assert record.progress() == {}


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.EPERM])
@pytest.mark.parametrize("act", ["tempfile.mkstemp", "os.replace"])
def test_a_read_only_folder_keeps_the_old_answers_and_says_so(act, code, two_answers, monkeypatch):
    before = two_answers.read_bytes()

    def refuse(*arguments, **options):
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(act, refuse)
        with pytest.raises(RecordError, match="cannot be kept in"):
            record.save_answer("02", "third", "z", "correct")
    assert two_answers.read_bytes() == before
    assert record.answers("02") == {"first": "4,8 kPa", "second": "stays"}
    assert list(record.folder().glob(".*.tmp")) == []


def test_a_disk_that_fills_up_while_writing_keeps_the_old_answers(two_answers, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(RecordError, match="No space left on device"):
            record.save_answer("02", "third", "z", "correct")
    assert record.answers("02") == {"first": "4,8 kPa", "second": "stays"}
    assert list(record.folder().glob(".*.tmp")) == []
    record.save_answer("02", "third", "z", "correct")
    assert len(record.answers("02")) == 3


def test_a_file_that_may_not_be_read_is_neither_empty_nor_moved(two_answers, monkeypatch):
    before = two_answers.read_bytes()

    def refuse(self):
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refuse)
        for act in (lambda: record.answers("02"), lambda: record.visit("02")):
            with pytest.raises(RecordError, match="Permission denied"):
                act()
    assert two_answers.read_bytes() == before
    assert asides() == []


def test_a_file_that_is_out_of_reach_for_a_moment_is_tried_again(two_answers, monkeypatch):
    """As on Windows, when a scanner or another notebook has it open."""
    replace, refusals = os.replace, iter([True, True])

    def busy(*arguments):
        if next(refusals, False):
            raise PermissionError(errno.EACCES, "in use")
        replace(*arguments)

    monkeypatch.setattr(os, "replace", busy)
    record.save_answer("02", "third", "z", "correct")
    assert record.answers("02")["third"] == "z"


# ---- several writers, sudden deaths ----


def test_two_processes_that_write_at_once_lose_nothing():
    writers = [writer("left", 40), writer("right", 40)]
    for one in writers:
        one.communicate(timeout=120)
    assert [one.returncode for one in writers] == [0, 0]
    assert record.answers("02") == {f"{name}-{i}": i for name in ("left", "right") for i in range(40)}
    assert asides() == []


def test_a_reader_beside_a_writer_never_sees_less_than_before():
    one = writer("busy", 60)
    seen = 0
    while one.poll() is None:
        now = len(record.answers("02"))
        assert now >= seen
        assert record.notice("02") == ""
        seen = now
    one.communicate()
    assert len(record.answers("02")) == 60


@pytest.mark.parametrize("dies_at", range(1, 9))
def test_a_death_before_any_step_of_a_change_leaves_the_old_answers_or_the_new(dies_at, two_answers, monkeypatch):
    """Every call that touches the disk is counted; the change dies before the given one, as by a power cut."""

    class PowerCut(BaseException):
        pass

    calls = []

    def counted(function):
        def call(*arguments, **options):
            calls.append(function.__name__)
            if len(calls) >= dies_at:
                raise PowerCut
            return function(*arguments, **options)

        return call

    with monkeypatch.context() as patch:
        for name in ("replace", "fsync", "unlink"):
            patch.setattr(os, name, counted(getattr(os, name)))
        patch.setattr("tempfile.mkstemp", counted(record.tempfile.mkstemp))
        try:
            record.save_answer("02", "third", "z", "correct")
        except PowerCut:
            pass
    old = {"first": "4,8 kPa", "second": "stays"}
    assert record.answers("02") in (old, {**old, "third": "z"})
    assert record.notice("02") == ""
    record.save_answer("02", "fourth", "w", "correct")
    assert {**old, "fourth": "w"}.items() <= record.answers("02").items()
    assert list(record.folder().glob(".*.tmp")) == []


def test_a_notebook_that_never_lets_go_is_told_after_a_while(two_answers, monkeypatch):
    monkeypatch.setattr(record, "PATIENCE", 0.2)
    with FileLock(record.folder() / ".lesson_02.lock"):
        with pytest.raises(RecordError, match="Another notebook has been saving for a while"):
            record.save_answer("02", "third", "z", "correct")
        assert record.answers("02") == {"first": "4,8 kPa", "second": "stays"}
    record.save_answer("02", "third", "z", "correct")


def test_saving_is_quick_even_after_a_thousand_attempts():
    events = [{**EVENT, "id": f"item-{i % 6}", "time": "2026-01-01"} for i in range(1000)]
    put(signed(content(events=events)))
    began = time.perf_counter()
    record.save_answer("02", "last", "x", "correct")
    assert time.perf_counter() - began < 1
    assert len(record.history("02")) == 1001
