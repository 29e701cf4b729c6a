"""A full, read-only or broken disk costs the answer that was being saved and nothing else, wherever it fails."""

import errno
import subprocess
import sys

import pytest
from failing_disk import CODES, STEPS, fail

from lessons.grading import record
from lessons.grading.record import PATIENT, RecordError

BEFORE = {"first": "4,8 kPa", "second": "stays"}
THE_COPY, THE_FILE = 0, 1  # which of the two files of a save is refused


@pytest.fixture
def two_answers():
    record.save_answer("02", "first", BEFORE["first"], "correct")
    record.save_answer("02", "second", BEFORE["second"], "incorrect")
    return record.path("02")


def leftovers():
    return list(record.folder().glob(".*.tmp"))


@pytest.mark.parametrize("after", [THE_COPY, THE_FILE])
@pytest.mark.parametrize("code", CODES, ids=errno.errorcode.get)
@pytest.mark.parametrize("step", STEPS)
def test_a_save_that_fails_at_any_step_keeps_every_older_answer_and_the_next_one_works(
    step, code, after, two_answers, monkeypatch
):
    before = two_answers.read_bytes()
    with monkeypatch.context() as patch:
        fail(patch, step, code, after)
        with pytest.raises(RecordError, match=r"^Your answers cannot be kept in .*; make room or allow writing"):
            record.save_answer("02", "third", "z", "correct")
        assert record.answers("02") == BEFORE
    assert two_answers.read_bytes() == before and leftovers() == [] and record.notice("02") == ""
    two_answers.write_bytes(b"{")
    assert record.answers("02").items() <= BEFORE.items() and "first" in record.answers("02"), "so does the copy"
    two_answers.write_bytes(before)
    record.save_answer("02", "third", "z", "correct")
    assert record.answers("02") == {**BEFORE, "third": "z"}


@pytest.mark.parametrize("step", STEPS)
def test_the_first_save_of_all_that_fails_leaves_no_file(step, monkeypatch):
    for save in (
        lambda: record.save_answer("02", "first", "x", "correct"),
        lambda: record.save_prediction("02", "fuel", 1),
        lambda: record.visit("02"),
        lambda: record.keep_patient("03", {}, {}, {}),
    ):
        with monkeypatch.context() as patch:
            fail(patch, step, errno.ENOSPC)
            with pytest.raises(RecordError, match="No space left on device"):
                save()
    assert record.lessons() == [] and record.answers("02") == {} and record.patient() == ()
    assert leftovers() == [] and record.notice("02") == record.notice(PATIENT) == ""


@pytest.mark.parametrize("step", STEPS)
def test_a_damaged_file_is_not_lost_when_the_disk_is_full_as_well(step, two_answers, monkeypatch):
    damaged = two_answers.read_bytes()[:-40]
    two_answers.write_bytes(damaged)
    with monkeypatch.context() as patch:
        fail(patch, step, errno.ENOSPC)
        with pytest.raises(RecordError, match="No space left on device"):
            record.save_answer("02", "third", "z", "correct")
    assert record.answers("02") == {"first": BEFORE["first"]}
    assert [one.read_bytes() for one in record.folder().glob("*.damaged-*")] == [damaged]
    record.save_answer("02", "third", "z", "correct")
    assert record.answers("02") == {"first": BEFORE["first"], "third": "z"}


def test_answers_never_grow_into_a_file_that_is_too_large_to_be_read(two_answers, monkeypatch):
    monkeypatch.setattr(record, "LARGEST_FILE", 3000)
    with pytest.raises(RecordError, match="have filled .*so this is not on the disk; move that file and"):
        for i in range(100):
            record.save_answer("02", f"more-{i}", "x" * 100, "correct")
    kept = record.answers("02")
    assert BEFORE.items() <= kept.items() and len(kept) == i + len(BEFORE) and record.notice("02") == ""
    with pytest.raises(RecordError, match="have filled"):
        record.save_answer("02", "long", "x" * 2000, "correct")
    assert record.answers("02") == kept
    for one in (two_answers, two_answers.with_name("lesson_02.json.bak")):
        one.rename(one.with_suffix(".away"))
    record.save_answer("02", "first", "anew", "correct")
    assert record.answers("02") == {"first": "anew"}


if sys.platform != "win32":  # which knows no such limit

    def test_a_save_that_the_system_itself_refuses_in_the_middle_keeps_what_was_there(two_answers):
        """Not by a patch: the writing process may write no file of more than 900 bytes."""
        run = """
import resource
from lessons.grading import record
resource.setrlimit(resource.RLIMIT_FSIZE, (900, 900))
try:
    for i in range(100):
        record.save_answer("02", f"more-{i}", i, "correct")
        print(i, flush=True)
except record.RecordError as error:
    print(error)
"""
        *saved, said = subprocess.check_output([sys.executable, "-c", run], text=True).splitlines()
        assert saved and said.startswith("Your answers cannot be kept in") and "large" in said
        assert record.answers("02") == {**BEFORE, **{f"more-{i}": int(i) for i in saved}}
        assert record.notice("02") == "" and leftovers() == []
        record.save_answer("02", "third", "z", "correct")
