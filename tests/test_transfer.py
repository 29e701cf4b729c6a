"""The whole record in one file and back: nothing is lost, nothing is written over, and what is no export says so."""

import copy
import errno
import hashlib
import json
import os
import subprocess
import sys
from datetime import date

import pytest
from failing_disk import CODES, STEPS, fail
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from lessons.grading import record, transfer
from lessons.grading.record import RecordError

DAY = date(2026, 11, 27)
NAME = "export-2026-11-27.json"


def signed(content):
    text = json.dumps(content, sort_keys=True).encode()
    return json.dumps({**content, "checksum": hashlib.sha256(text).hexdigest()}).encode()


def events():
    """Everything that the record holds, by file."""
    return {lesson: record.history(lesson) for lesson in (*record.lessons(), record.PATIENT)}


def clear(folder):
    """As on a new computer, to which only the export was taken."""
    for path in folder.iterdir():
        if not path.name.startswith("export"):
            path.unlink()


def at_once(code):
    """Another notebook that does this now."""
    run = f"from datetime import date\nfrom lessons.grading import record, transfer\n{code}"
    return subprocess.Popen([sys.executable, "-c", run], stdout=subprocess.PIPE, text=True)


@pytest.fixture
def full():
    """A record with everything that one can hold; gives its events by file."""
    record.save_prediction("02", "fuel", [1, 2.5])
    record.save_answer("02", "a", "4,8 kPa", "correct", 3, "other", 2)
    record.start_over("02")
    record.save_answer("02", "a", "é\u202e\x00🙂\ud800", "incorrect")
    record.save_answer("10", "b", {"answer": ["x"]}, "kept", 1)
    record.visit("03")
    record.keep_patient("03", {"pain": 3.0}, {"needle": 1}, {"passes": 6})
    return events()


@pytest.fixture
def exported(full):
    return transfer.export(DAY)


def exported_content():
    content = json.loads((record.folder() / NAME).read_text(encoding="utf-8"))
    content.pop("checksum")
    return content


# ---- there and back ----


def test_everything_comes_back_on_an_empty_computer(full, exported, record_folder):
    assert exported == record_folder / NAME
    clear(record_folder)
    assert events() == {"patient": ()}
    assert transfer.bring_in(NAME, DAY) == f"6 entries added from {NAME}; what was there is still there."
    assert {lesson: kept for lesson, kept in events().items() if kept} == {
        lesson: kept for lesson, kept in full.items() if kept
    }
    assert record.last_visited() == "03" and record.patient()[0]["values"] == {"pain": 3.0}


def test_the_sets_of_one_page_travel_each_for_itself(record_folder):
    for lesson in ("10", "10_closing", "10_exam"):
        record.save_answer(lesson, "a", lesson, "kept")
    record.start_over("10_exam")
    kept = events()
    transfer.export(DAY)
    assert transfer.candidates() == [NAME]
    clear(record_folder)
    transfer.bring_in(NAME, DAY)
    assert events() == kept and set(kept) == {"10", "10_closing", "10_exam", "patient"}
    assert record.answers("10_closing") == {"a": "10_closing"} and record.answers("10_exam") == {}


def test_bringing_in_twice_adds_nothing_and_writes_nothing(full, exported, record_folder):
    before = {path: path.read_bytes() for path in record_folder.iterdir()}
    for _ in range(2):
        assert transfer.bring_in(NAME, DAY) == f"Everything in {NAME} was in your record already."
    assert {path: path.read_bytes() for path in record_folder.iterdir()} == before and events() == full


def test_what_was_answered_since_stays(full, exported):
    record.save_answer("02", "c", "later", "correct")
    record.start_over("10")
    assert "already" in transfer.bring_in(NAME, DAY)
    assert record.answers("02")["c"] == "later" and record.answers("10") == {}


def test_two_computers_with_one_learner_become_one_record(record_folder):
    record.save_answer("02", "a", "home", "correct")
    transfer.export(DAY)
    clear(record_folder)
    record.save_answer("02", "a", "work", "incorrect")
    assert transfer.bring_in(NAME, DAY).startswith("1 entry added")
    assert [event["raw"] for event in record.history("02")] == ["home", "work"]
    assert record.answers("02") == {"a": "work"}, "the later answer counts, whichever computer gave it"


def test_an_export_never_writes_over_another(full):
    assert [transfer.export(DAY).name for _ in range(3)] == [
        NAME,
        "export-2026-11-27-2.json",
        "export-2026-11-27-3.json",
    ]


def test_exports_are_listed_and_the_files_of_the_record_are_not(exported, record_folder):
    (record_folder / "from work.json").write_bytes(b"{}")
    (record_folder / "folder.json").mkdir()
    (record_folder / "notes.txt").write_bytes(b"")
    assert transfer.candidates() == ["from work.json", NAME]


def test_without_a_folder_there_is_nothing_to_list_or_to_export(record_folder):
    assert transfer.candidates() == []
    with pytest.raises(RecordError, match="nothing to write into a file"):
        transfer.export(DAY)
    assert not record_folder.exists()


def test_a_damaged_file_of_the_record_is_moved_aside_when_an_export_comes_in(full, exported, record_folder):
    record.path("02").write_bytes(b"\x00")
    (record_folder / "lesson_02.json.bak").unlink()
    assert transfer.bring_in(NAME, DAY).startswith("4 entries")
    assert record.history("02") == full["02"]
    assert [path.read_bytes() for path in record_folder.glob("*.damaged-*")] == [b"\x00"]


# ---- merging ----

EVENT = st.builds(
    lambda hour, name: {"kind": "answer", "time": f"2026-11-27T{hour:02}", "id": name, "raw": 1, "status": "correct"},
    st.integers(0, 23),
    st.sampled_from("abc"),
)
EVENTS = st.lists(EVENT, max_size=8, unique_by=lambda event: json.dumps(event))


@given(EVENTS, EVENTS)
def test_merging_loses_nothing_repeats_nothing_and_keeps_the_order_of_what_was_there(mine, other):
    found = transfer.merged(mine, other)
    assert all(event in found for event in mine + other) and all(found.count(event) == 1 for event in found)
    assert [event for event in found if event in mine] == mine
    assert [event for event in found if event not in mine] == [event for event in other if event not in mine]
    assert transfer.merged(found, other) == found and transfer.merged(found, mine) == found


def test_merging_goes_by_time():
    mine, other = ([{"time": time} for time in times] for times in (("1", "4"), ("2", "3", "5")))
    assert [event["time"] for event in transfer.merged(mine, other)] == ["1", "2", "3", "4", "5"]


# ---- what is no export, or no longer one ----


def refused(name=NAME):
    """What is said; and nothing has changed."""
    before = (
        {path: path.read_bytes() for path in record.folder().iterdir() if path.is_file()}
        if record.folder().exists()
        else {}
    )
    with pytest.raises(RecordError) as error:
        transfer.bring_in(name, DAY)
    after = (
        {path: path.read_bytes() for path in record.folder().iterdir() if path.is_file()}
        if record.folder().exists()
        else {}
    )
    assert after == before
    said = str(error.value)
    assert said.count("\n") == 0 and said.endswith(".")
    return said


def test_an_export_cut_short_anywhere_is_refused(exported):
    whole = exported.read_bytes()
    for length in range(len(whole) - 1):  # the last byte ends the line
        exported.write_bytes(whole[:length])
        assert "damaged" in refused()


def test_a_byte_changed_anywhere_is_refused_or_changes_nothing(exported, full):
    whole, content = exported.read_bytes(), record.unpacked(exported, "It")
    for place in range(len(whole)):
        for flip in (0x01, 0x04, 0x20, 0x80):
            exported.write_bytes(whole[:place] + bytes([whole[place] ^ flip]) + whole[place + 1 :])
            try:
                assert "already" in transfer.bring_in(NAME, DAY)
                assert record.unpacked(exported, "It") == content, (
                    "as between a space and a tab, or \\u00e9 and \\u00E9"
                )
            except RecordError as error:
                assert "damaged" in str(error) or "no export" in str(error)
    assert events() == full and not list(record.folder().glob("*safety*"))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"null",
        b"3",
        b"<html>",
        b"PK\x03\x04",
        b"[" * 100_000,
        '{"a": "é"}'.encode("latin-1"),
        '{"a": 1}'.encode("utf-16"),
        b'{"a": 1, "a": 2}',
        b'{"schema_version": 1}',
        b'{"checksum": NaN}',
    ],
)
def test_what_is_no_file_of_the_course_is_refused(exported, raw):
    exported.write_bytes(raw)
    assert "damaged, or is no file of this course" in refused()


def test_a_byte_order_mark_is_no_damage(exported):
    exported.write_bytes(b"\xef\xbb\xbf" + exported.read_bytes())
    assert "already" in transfer.bring_in(NAME, DAY)


def test_a_file_of_the_record_is_no_export(full):
    assert "no export of this course" in refused("lesson_02.json")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"course": "anatomy"}, "no export of this course"),
        ({"kind": "roster"}, "no export of this course"),
        ({"files": []}, "no export of this course"),
        ({"files": {"../02": {}}}, "damaged"),
        ({"files": {"02": []}}, "damaged"),
        ({"schema_version": 3}, "newer version"),
        ({"schema_version": 0}, "damaged"),
        ({"schema_version": "1"}, "damaged"),
        ({"schema_version": True}, "damaged"),
        ({"more": 1}, "damaged"),
    ],
)
def test_an_export_that_is_built_otherwise_is_refused_whole(exported, change, words):
    exported.write_bytes(signed({**exported_content(), **change}))
    assert words in refused()


@pytest.mark.parametrize(
    "mend",
    [
        lambda files: files["02"].update(lesson="03"),
        lambda files: files["02"].update(schema_version=0),
        lambda files: files["02"].pop("visited"),
        lambda files: files["02"]["events"].append({"kind": "gift"}),
        lambda files: files["02"]["events"][0].pop("time"),
        lambda files: files["02"]["events"][1].update(sure=9),
        lambda files: files["patient"]["events"].append(files["02"]["events"][0]),
        lambda files: files["patient"]["events"][0].update(values={"pain": 1e300}),
        lambda files: files.update({"2": files.pop("02")}),
        lambda files: files.update({"10_exam": files.pop("10")}),
        lambda files: files.update({"10_../exam": files.pop("10")}),
    ],
)
def test_one_lesson_that_is_built_otherwise_stops_all_of_it(exported, record_folder, mend):
    content = copy.deepcopy(exported_content())
    mend(content["files"])
    exported.write_bytes(signed(content))
    clear(record_folder)
    assert "damaged" in refused()


def test_a_lesson_of_a_newer_version_stops_all_of_it(exported, record_folder):
    content = exported_content()
    content["files"]["02"].update(schema_version=3, dreams=[])
    exported.write_bytes(signed(content))
    clear(record_folder)
    assert "newer version" in refused()


def test_a_record_of_a_newer_version_is_not_touched(exported, record_folder):
    content = {"schema_version": 3, "lesson": "10", "visited": None, "events": []}
    record.path("10").write_bytes(signed(content))
    assert "newer version" in refused()


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../export.json", "/etc/passwd", "a/b.json", "a\\b.json", "C:x.json", "a\0b", None, 3, ["x"]],
)
def test_only_a_name_within_the_folder_is_looked_for(full, name):
    assert "Name a file that lies in" in refused(name)


@pytest.mark.parametrize("name", ["none.json", "\ud800.json", "x" * 300])
def test_a_file_that_is_not_there_says_so(full, name):
    assert refused(name)


def test_a_folder_or_a_pipe_is_no_export(full, record_folder):
    (record_folder / "folder.json").mkdir()
    assert "no file of this course" in refused("folder.json")
    if hasattr(os, "mkfifo"):
        os.mkfifo(record_folder / "pipe.json")
        assert "no file of this course" in refused("pipe.json")


def test_a_file_larger_than_any_of_ours_is_not_read(exported, monkeypatch):
    monkeypatch.setattr(record, "LARGEST_FILE", 100)
    assert "no file of this course" in refused()


def test_a_record_too_large_for_one_file_says_what_to_do(full, monkeypatch):
    whole = record.LARGEST_FILE
    monkeypatch.setattr(transfer.record, "LARGEST_FILE", 1500)
    with pytest.raises(RecordError, match="copy the whole folder"):
        transfer.export(DAY)
    assert whole > 1500 and transfer.candidates() == []


def test_two_exports_at_once_wait_for_one_another_or_say_so(full, monkeypatch, record_folder):
    monkeypatch.setattr(record, "PATIENCE", 0.05)
    with FileLock(record_folder / ".export.lock"), pytest.raises(RecordError, match="Another notebook"):
        transfer.export(DAY)
    assert transfer.export(DAY).exists()


@pytest.mark.parametrize("code", CODES, ids=errno.errorcode.get)
@pytest.mark.parametrize("step", STEPS)
def test_an_export_that_cannot_be_written_at_some_step_leaves_nothing_behind(
    step, code, full, monkeypatch, record_folder
):
    with monkeypatch.context() as patch:
        fail(patch, step, code)
        with pytest.raises(RecordError, match=f"cannot be kept .*{os.strerror(code)}"):
            transfer.export(DAY)
    assert transfer.candidates() == [] and not list(record_folder.glob(".*.tmp")) and events() == full
    assert transfer.export(DAY).name == NAME


def test_what_a_dead_export_left_behind_is_removed_by_the_next_one(full, record_folder):
    (record_folder / ".export.abc.tmp").write_bytes(b"{")
    transfer.export(DAY)
    assert not list(record_folder.glob(".*.tmp"))


def test_two_notebooks_that_export_at_once_write_two_whole_files(full, record_folder):
    writers = [at_once(f"print(transfer.export(date.fromisoformat({str(DAY)!r})).name)") for _ in range(2)]
    names = sorted(one.communicate(timeout=120)[0].strip() for one in writers)
    assert names == ["export-2026-11-27-2.json", NAME]
    for name in names:
        assert "already" in transfer.bring_in(name, DAY)


def test_two_notebooks_that_add_one_file_at_once_while_a_third_answers_lose_and_double_nothing(
    full, exported, record_folder
):
    clear(record_folder)
    adding = f"print(transfer.bring_in({NAME!r}, date.fromisoformat({str(DAY)!r})))"
    answering = "for i in range(20): record.save_answer('02', f'new-{i}', i, 'correct')"
    writers = [at_once(answering), at_once(adding), at_once(adding)]
    said = [one.communicate(timeout=120)[0] for one in writers]
    assert [one.returncode for one in writers] == [0, 0, 0], said
    kept = record.history("02")
    assert [event for event in kept if event in full["02"]] == list(full["02"])
    assert [event["raw"] for event in kept if event not in full["02"]] == list(range(20))
    assert {lesson: one for lesson, one in events().items() if lesson != "02"} == {
        lesson: one for lesson, one in full.items() if lesson != "02"
    }
