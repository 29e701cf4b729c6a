"""What older versions of the course kept is read and goes on; what a newer one kept is told apart from damage.

The files in golden/version_1 were written by courses of that version and are never made anew: lesson 01 by the first,
before an answer said how sure it was, the others by the last.
"""

import copy
import json
from datetime import date
from pathlib import Path

import pytest
from test_record import asides, put, signed

from lessons.grading import record, transfer
from lessons.grading.record import PATIENT, RecordError

GOLDEN = Path(__file__).parent / "golden" / "version_1"
NAMES = ("lesson_01.json", "lesson_03.json", "lesson_10.json", "patient.json")
EXPORT = "export-2026-11-27.json"
DAY = date(2026, 11, 28)


def golden(name):
    return (GOLDEN / name).read_bytes()


def stored(name):
    content = json.loads(golden(name))
    content.pop("checksum")
    return content


@pytest.fixture
def old():
    """A record that the older version left."""
    for name in NAMES:
        put(golden(name), name)


def disk():
    return {one.name: one.read_bytes() for one in record.folder().iterdir() if not one.name.startswith(".")}


@pytest.mark.parametrize("name", [*NAMES, EXPORT])
def test_the_golden_files_are_of_version_1_with_the_checksum_that_it_gave_them(name):
    assert record.unpacked(GOLDEN / name, "The file") == stored(name)
    assert stored(name)["schema_version"] == 1


def test_files_of_version_1_are_read_whole_and_reading_changes_no_byte(old):
    before = disk()
    assert record.answers("01") == {"two-inputs": "é\u202e\x00🙂", "gain": "4,8 kPa"}
    assert record.prediction("01", "rub-it") == "unsure" and record.sureness("01") == {}
    assert record.answers("03") == {"five-millimetres-beside": "same"} and record.begun_anew("03") == 1
    first, second, third = [event for event in record.history("03") if event["kind"] == "answer"]
    assert (first["sure"], second["sure"], second["variant"], second["hints"]) == (3, 2, "two-days", 1)
    assert third.keys() == {"kind", "id", "raw", "status", "time"}
    assert record.patient()[0]["values"] == {"load": 0.6}
    assert record.progress()["01"] == ("two-inputs",)
    assert [record.notice(lesson) for lesson in ("01", "03", "10", PATIENT)] == [""] * 4
    assert disk() == before


@pytest.mark.parametrize("name", NAMES)
def test_the_next_save_writes_the_present_version_and_keeps_the_old_file_byte_for_byte(old, name):
    lesson = stored(name)["lesson"]
    record.start_over(lesson)
    written = json.loads(record.path(lesson).read_bytes())
    assert written["schema_version"] == record.SCHEMA_VERSION == 2
    assert written["events"][:-1] == stored(name)["events"] and written["visited"] == stored(name)["visited"]
    assert disk()[f"{name}.bak"] == golden(name) and asides() == []


def test_a_copy_of_version_1_stands_in_for_a_damaged_file_of_the_present_one(old):
    record.save_answer("01", "later", "x", "correct")
    record.path("01").write_bytes(b"{")
    assert "later" not in record.answers("01") and record.answers("01")["gain"] == "4,8 kPa"
    record.save_answer("01", "again", "y", "correct")
    assert record.answers("01").keys() == {"two-inputs", "gain", "again"} and record.notice("01") != ""


def test_an_export_of_version_1_is_brought_in_whole():
    put(golden(EXPORT), EXPORT)
    assert transfer.bring_in(EXPORT, DAY).startswith("8 entries added")
    kept = {lesson: list(record.history(lesson)) for lesson in ("03", "10", PATIENT)}
    assert kept == {lesson: one["events"] for lesson, one in stored(EXPORT)["files"].items()}
    assert record.last_visited() == "03"
    assert "already" in transfer.bring_in(EXPORT, DAY)
    assert disk()[EXPORT] == golden(EXPORT)


def test_an_export_of_version_1_adds_nothing_to_the_record_that_it_was_made_of(old):
    put(golden(EXPORT), EXPORT)
    before = disk()
    assert "already" in transfer.bring_in(EXPORT, DAY) and disk() == before


@pytest.mark.parametrize("version", [0, -1, 1.0, "1", "2", True, None, [1], "left out"])
def test_what_is_no_version_is_damage_and_no_older_one(version):
    content = {**stored("lesson_03.json"), "schema_version": version}
    if version == "left out":
        del content["schema_version"]
    put(signed(content), "lesson_03.json")
    assert record.history("03") == () and "damaged" in record.notice("03")
    export = {**stored(EXPORT), "schema_version": version}
    if version == "left out":
        del export["schema_version"]
    put(signed(export), EXPORT)
    with pytest.raises(RecordError, match="damaged"):
        transfer.bring_in(EXPORT, DAY)
    export = copy.deepcopy(stored(EXPORT))
    export["files"]["03"] = content
    put(signed(export), EXPORT)
    with pytest.raises(RecordError, match="damaged"):
        transfer.bring_in(EXPORT, DAY)


def test_a_file_of_version_1_is_checked_as_strictly_as_any():
    content = stored("lesson_03.json")
    content["events"][0]["mark"] = 1
    put(signed(content), "lesson_03.json")
    assert record.history("03") == () and "damaged" in record.notice("03")


def test_a_course_that_is_older_than_a_file_says_so_instead_of_calling_it_damaged(old, monkeypatch):
    record.save_answer("03", "later", "x", "correct", 3, "ten", 1)
    record.keep_patient("04", {}, {"stay": 1}, {})
    transfer.export(DAY)
    before = disk()
    monkeypatch.setattr(record, "SCHEMA_VERSION", 1)
    monkeypatch.setattr(record, "OLDER_VERSIONS", ())
    for act in (lambda: record.answers("03"), lambda: record.visit("03"), record.patient):
        with pytest.raises(RecordError, match="newer version of this course; update the course"):
            act()
    with pytest.raises(RecordError, match="newer version of this course; update the course"):
        transfer.bring_in("export-2026-11-28.json", DAY)
    assert "update the course" in record.notice("03") and record.progress()["01"] == ("two-inputs",)
    assert disk() == before


def test_what_a_file_may_hold_is_that_of_its_version():
    """If this fails, raise SCHEMA_VERSION, read the version before, and keep golden files of it."""
    assert (record.SCHEMA_VERSION, record._FIELDS, record._MAY_HAVE) == (
        2,
        {
            "prediction": {"kind", "time", "id", "answer"},
            "answer": {"kind", "time", "id", "raw", "status"},
            "start over": {"kind", "time"},
            "patient": {"kind", "time", "page", "values", "done", "settings"},
        },
        {"answer": {"sure", "variant", "hints"}},
    )
