"""Before an export is added, what was there is written into a safety copy; without one nothing is added."""

import errno
from datetime import date

import pytest
from failing_disk import CODES, STEPS, fail
from test_transfer import clear, events

from lessons.grading import record, transfer
from lessons.grading.record import PATIENT, RecordError

YESTERDAY, DAY = date(2026, 11, 27), date(2026, 11, 28)
NAME, SAFE = "export-2026-11-27.json", "safety-copy-2026-11-28.json"


def disk():
    return {one.name: one.read_bytes() for one in record.folder().iterdir() if one.name[0] != "."}


@pytest.fixture
def here(record_folder):
    """A record of this computer, beside an export of another one; gives the events of this one by file."""
    record.save_answer("02", "a", "there", "correct")
    record.save_answer("10_exam", "b", "there", "correct", 2)
    record.visit("05")
    transfer.export(YESTERDAY)
    clear(record_folder)
    record.save_answer("02", "a", "here", "incorrect", 3, "ten", 1)
    record.start_over("02")
    record.save_prediction("03", "fuel", [1, 2.5])
    record.keep_patient("03", {"load": 0.6}, {"release": 1}, {"passes": 6})
    record.visit("03")
    return events()


def test_the_safety_copy_is_told_by_name_and_brings_back_what_was_there(here, record_folder):
    said = transfer.bring_in(NAME, DAY)
    assert said == f"2 entries added from {NAME}; what was there is still there. What you had before is also in {SAFE}."
    assert events() != here
    for one in record_folder.iterdir():
        if one.name != SAFE:
            one.unlink()
    assert transfer.bring_in(SAFE, DAY).startswith("4 entries added") and events() == here
    assert record.last_visited() == "03"


def test_the_safety_copy_is_written_before_anything_else(here, monkeypatch):
    written = []
    for name in ("write_new", "change"):
        act = getattr(record, name)
        monkeypatch.setattr(record, name, lambda *given, name=name, act=act: written.append(name) or act(*given))
    transfer.bring_in(NAME, DAY)
    assert written == ["write_new", "change", "change", "change"]


def test_each_import_has_a_safety_copy_of_its_own_and_none_is_written_over(here, record_folder):
    transfer.bring_in(NAME, DAY)
    first = disk()[SAFE]
    transfer.export(DAY)
    record.path("02").unlink()
    (record_folder / "lesson_02.json.bak").unlink()
    assert "safety-copy-2026-11-28-2.json" in transfer.bring_in("export-2026-11-28.json", DAY)
    assert disk()[SAFE] == first


def test_safety_copies_stand_below_the_exports_in_the_list(here):
    transfer.bring_in(NAME, DAY)
    transfer.export(date(2026, 11, 26))
    assert transfer.candidates() == [NAME, "export-2026-11-26.json", SAFE]


def test_where_nothing_would_be_added_or_nothing_was_there_no_copy_is_made(here, record_folder):
    transfer.bring_in(NAME, DAY)
    before = disk()
    assert transfer.bring_in(NAME, DAY) == f"Everything in {NAME} was in your record already."
    assert transfer.bring_in(SAFE, DAY) == f"Everything in {SAFE} was in your record already."
    assert disk() == before
    (record_folder / SAFE).unlink()
    clear(record_folder)
    assert transfer.bring_in(NAME, DAY) == f"2 entries added from {NAME}; what was there is still there."
    assert SAFE not in disk()


def test_a_visit_alone_is_a_change_and_has_a_safety_copy(record_folder):
    record.save_answer("02", "a", "x", "correct")
    record.visit("02")
    transfer.export(YESTERDAY)
    content = record.content("02")
    record.change("02", lambda now: now.update(visited=None))
    assert transfer.bring_in(NAME, DAY) == (
        f"Everything in {NAME} was in your record already. What you had before is also in {SAFE}."
    )
    assert record.content("02") == content


@pytest.mark.parametrize("code", CODES, ids=errno.errorcode.get)
@pytest.mark.parametrize("step", STEPS)
def test_nothing_is_added_if_the_safety_copy_cannot_be_written(here, monkeypatch, step, code):
    before = disk()
    with monkeypatch.context() as patch:
        fail(patch, step, code)
        with pytest.raises(RecordError, match="^Nothing was added, since a safety copy has to be written first"):
            transfer.bring_in(NAME, DAY)
    assert disk() == before and not list(record.folder().glob(".*.tmp"))
    assert transfer.bring_in(NAME, DAY).startswith("2 entries added")


def test_nothing_is_added_if_what_is_there_is_too_large_for_a_copy(here, monkeypatch):
    for i in range(20):
        record.save_answer("04", f"long-{i}", "x" * 100, "correct")
        record.save_answer("06", f"long-{i}", "x" * 100, "correct")
    before = disk()
    monkeypatch.setattr(record, "LARGEST_FILE", 6000)
    with pytest.raises(RecordError, match="^Nothing was added.* copy the whole folder instead"):
        transfer.bring_in(NAME, DAY)
    assert disk() == before


@pytest.mark.parametrize("after", range(1, 5))  # the first is the safety copy; four more files are written after it
@pytest.mark.parametrize("step", STEPS)
def test_a_disk_that_fills_up_in_the_middle_is_said_with_the_copy_and_adding_again_goes_on(
    here, monkeypatch, step, after
):
    with monkeypatch.context() as patch:
        fail(patch, step, errno.ENOSPC, after)
        with pytest.raises(RecordError, match="No space left.*") as error:
            transfer.bring_in(NAME, DAY)
    assert str(error.value).endswith(f"Then add {NAME} again. What you had before is also in {SAFE}.")
    for lesson, kept in here.items():
        assert [event for event in record.history(lesson) if event in kept] == list(kept)
        assert record.notice(lesson) == ""
    transfer.bring_in(NAME, DAY)
    assert record.answers("10_exam") == {"b": "there"} and len(record.history("02")) == 3
    assert record.content("05")["visited"] and "already" in transfer.bring_in(NAME, DAY)


def test_a_damaged_file_is_copied_as_it_can_still_be_read(here, record_folder):
    record.path("03").write_bytes(b"{")
    (record_folder / "lesson_02.json").write_bytes(b"{")
    known = events()
    transfer.bring_in(NAME, DAY)
    for one in record_folder.iterdir():
        if one.name != SAFE:
            one.unlink()
    transfer.bring_in(SAFE, DAY)
    assert {lesson: kept for lesson, kept in events().items() if kept} == {
        lesson: kept for lesson, kept in known.items() if kept
    }
    assert known["02"] and known["03"] and known[PATIENT]
