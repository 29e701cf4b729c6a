"""The patient's notes are kept with the guarantees of every answer, in a file that an older course never opens."""

import json
import os
import subprocess
import sys

import pytest
from test_record import asides, put, signed

from lessons.grading import record
from lessons.grading.record import PATIENT, RecordError

WRITER = """
import sys
from lessons.grading import record
for i in range(int(sys.argv[2])):
    record.keep_patient("03", {"load": i / 100}, {"release": 1}, {"passes": i, sys.argv[1]: 1})
"""
KEPT = {"page": "03", "values": {"load": 0.6}, "done": {"release": 1}, "settings": {"passes": 6, "strength": 0.9}}
EVENT = {"kind": "patient", "time": "t", **KEPT}


def content(**changes):
    return {"schema_version": 2, "lesson": PATIENT, "visited": None, "events": []} | changes


def told(event):
    return {name: event[name] for name in KEPT}


@pytest.fixture
def kept_twice():
    """Notes with two entries, and before them (`.bak`) those with the first."""
    record.keep_patient(**KEPT)
    record.keep_patient("07", {"expectancy": 0.0}, {}, {})
    return record.path(PATIENT)


def test_what_was_kept_comes_back_in_order(kept_twice):
    first, second = record.patient()
    assert told(first) == KEPT
    assert told(second) == {"page": "07", "values": {"expectancy": 0.0}, "done": {}, "settings": {}}
    assert first["time"] <= second["time"]


def test_without_notes_nothing_is_kept_and_reading_makes_no_file():
    assert record.patient() == () and record.notice(PATIENT) == ""
    assert not record.folder().exists()


def test_starting_over_brings_the_patient_back_and_keeps_the_history(kept_twice):
    record.start_over(PATIENT)
    assert record.patient() == ()
    record.keep_patient(**KEPT)
    assert [told(event) for event in record.patient()] == [KEPT]
    assert [event["kind"] for event in record.history(PATIENT)] == ["patient", "patient", "start over", "patient"]


def test_starting_a_lesson_over_leaves_the_patient_as_she_is(kept_twice):
    record.start_over("03")
    assert len(record.patient()) == 2


def test_files_of_lessons_from_before_are_read_and_stay_as_an_older_course_knows_them():
    """An older course takes an event that it does not know for damage. So none is written where it looks."""
    answer = {"kind": "answer", "time": "t", "id": "a", "raw": 1, "status": "correct"}
    raw = signed({"schema_version": 1, "lesson": "03", "visited": "t", "events": [answer]})
    put(raw, "lesson_03.json")
    record.keep_patient(**KEPT)
    record.start_over(PATIENT)
    assert record.answers("03") == {"a": 1}
    assert (record.folder() / "lesson_03.json").read_bytes() == raw
    names = {one.name for one in record.folder().iterdir() if not one.name.startswith(".")}
    assert names == {"lesson_03.json", "patient.json", "patient.json.bak"}
    assert record.progress() == {"03": ("a",)} and record.last_visited() == "03"


def test_notes_of_a_newer_course_are_refused_and_left_as_they_are():
    raw = signed({"schema_version": 3, "lesson": PATIENT, "anything": {}})
    put(raw, "patient.json")
    for act in (record.patient, lambda: record.keep_patient(**KEPT), lambda: record.start_over(PATIENT)):
        with pytest.raises(RecordError, match="^The patient's notes in .* newer version of this course; update"):
            act()
    assert (record.folder() / "patient.json").read_bytes() == raw
    assert asides() == [] and "update the course" in record.notice(PATIENT)


def test_two_processes_that_keep_at_once_lose_nothing():
    many = 30
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, name, str(many)]) for name in ("left", "right")]
    assert [one.wait(timeout=120) for one in writers] == [0, 0]
    kept = [(name, event["settings"]["passes"]) for event in record.patient() for name in event["settings"]]
    for name in ("left", "right"):
        assert [passes for one, passes in kept if one == name] == list(range(many))


def test_damaged_notes_are_moved_aside_whole_and_their_copy_lives_on(kept_twice):
    damaged = kept_twice.read_bytes()[:-30]
    kept_twice.write_bytes(damaged)
    assert [told(event) for event in record.patient()] == [KEPT]
    assert record.notice(PATIENT).startswith("The patient's notes were damaged on the disk")
    record.keep_patient("04", {}, {"stay": 1}, {})
    assert [event["page"] for event in record.patient()] == ["03", "04"]
    (name,) = asides()
    assert (record.folder() / name).read_bytes() == damaged
    assert record.notice(PATIENT).startswith("An earlier file of the patient was damaged")


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        signed(content(lesson="03")),
        signed(content(events=[{"kind": "answer", "time": "t", "id": "a", "raw": 1, "status": "correct"}])),
        signed(content(events=[{**EVENT, "page": 3}])),
        signed(content(events=[{**EVENT, "values": {"load": "heavy"}}])),
        signed(content(events=[{**EVENT, "values": {"load": True}}])),
        signed(content(events=[{**EVENT, "values": {"load": 10**400}}])),
        signed(content(events=[{**EVENT, "values": {"load": float("nan")}}])),
        signed(content(events=[{**EVENT, "values": [0.6]}])),
        signed(content(events=[{**EVENT, "done": {"release": 0}}])),
        signed(content(events=[{**EVENT, "done": {"release": 1.5}}])),
        signed(content(events=[{**EVENT, "done": None}])),
        signed(content(events=[{**EVENT, "settings": {"passes": None}}])),
        signed(content(events=[{**EVENT, "more": 1}])),
        signed(content(events=[{name: value for name, value in EVENT.items() if name != "done"}])),
    ],
    ids=lambda raw: repr(raw[:90]),
)
def test_what_are_no_notes_of_ours_is_not_read_and_not_erased(raw):
    put(raw, "patient.json")
    assert record.patient() == () and record.notice(PATIENT) != ""
    record.keep_patient(**KEPT)
    (name,) = asides()
    assert (record.folder() / name).read_bytes() == raw


def test_notes_of_the_patient_in_the_file_of_a_lesson_are_no_record_of_ours():
    put(signed(content(lesson="03", events=[EVENT])), "lesson_03.json")
    assert record.history("03") == () and "damaged" in record.notice("03")


@pytest.mark.parametrize(
    "changes",
    [{"values": {"load": float("inf")}}, {"values": {"load": "0.6"}}, {"done": {"release": -1}}, {"page": None}],
)
def test_what_is_no_number_is_refused_before_it_is_written(changes):
    with pytest.raises(ValueError, match="finite numbers by name"):
        record.keep_patient(**{**KEPT, **changes})
    assert not record.folder().exists()


def test_an_answer_does_not_get_among_the_patients_notes(kept_twice):
    before = kept_twice.read_bytes()
    for act in (
        lambda: record.save_answer(PATIENT, "a", 1, "correct"),
        lambda: record.save_prediction(PATIENT, "a", 1),
    ):
        with pytest.raises(ValueError, match="no event of the kind"):
            act()
    assert kept_twice.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_one_sentence_about_the_patients_notes(kept_twice, monkeypatch):
    before = kept_twice.read_bytes()

    def refuse(*arguments):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refuse)
        with pytest.raises(RecordError, match=r"^The patient's notes cannot be kept in .*allow writing there\.$"):
            record.keep_patient(**KEPT)
    assert kept_twice.read_bytes() == before


def test_the_file_holds_numbers_pages_and_times_and_nothing_about_the_learner(kept_twice):
    for event in json.loads(kept_twice.read_text())["events"]:
        assert set(event) == {"kind", "time", *KEPT}
