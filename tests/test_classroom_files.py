"""What was handed in: each file has exactly one result, whatever it is, and nothing is run, followed or believed."""

import errno
import io
import json
import os
import re
import sys
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import pytest
from damage import RAW, WAYS, put, zipped
from hypothesis import given
from hypothesis import strategies as st
from whole_class import answer, export, files_of, handed_in, lesson_file, signed, unsigned

from lessons.classroom import ClassroomError, archives, collected, hand_ins
from lessons.classroom.archives import Archives
from lessons.classroom.collected import Piece, collect
from lessons.classroom.course import course
from lessons.classroom.graded import collected_and_marked
from lessons.classroom.hand_ins import by_learner, hand_in, histories_of
from lessons.classroom.marks import Marker
from lessons.classroom.results import READ, STATUSES, Refused
from lessons.grading import record

MARKER = Marker(course(), date(2026, 11, 27))
NAME = "export-2026-11-27.json"
GOOD = export(files_of(3))
SMALL = export({"03": lesson_file("03", [answer("five-millimetres-beside", "same")])})
GOLDEN = Path(__file__).parent / "golden" / "version_1"


def results(folder):
    """Path -> result; no path twice."""
    found = collected_and_marked(Path(folder).resolve(), lambda: MARKER)[1]
    paths = {one.path: one for one in found}
    assert len(paths) == len(found)
    return paths


def learners(folder):
    """Learner -> what was handed in, of those who handed in anything on purpose."""
    return {one.name: one for one in collected_and_marked(Path(folder).resolve(), lambda: MARKER)[2]}


def said(raw, name="anna.json"):
    """(status, why) of one file."""
    (result,) = hand_in("anna", [Piece(name, (), name, lambda: raw)]).results
    return result.status, result.why


# ---- one result for each file ----


@pytest.mark.parametrize("way", WAYS)
def test_a_damaged_file_has_one_result_with_its_reason(way, tmp_path):
    put(tmp_path, "anna", way, GOOD)
    (result,) = results(tmp_path).values()
    status, words, _ = WAYS[way]
    assert result.status == status and re.search(words, result.why) and result.status in STATUSES


@given(st.binary(max_size=400), st.sampled_from(("a.json", "a", "a.zip", "a.ipynb", "lesson_02.json", "a.html", "")))
def test_any_bytes_give_one_result(raw, name):
    status, why = said(raw, name)
    assert status in STATUSES and status != READ and why


@given(st.data())
def test_an_export_with_anything_in_it_cut_out_or_written_over_is_never_read_as_another(data):
    place = data.draw(st.integers(0, len(SMALL)))
    raw = SMALL[:place] + data.draw(st.binary(max_size=30)) + SMALL[place + data.draw(st.integers(0, 60)) :]
    status, _ = said(raw)
    assert status != READ or histories_of(raw) == histories_of(SMALL)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
IDS = st.sampled_from(sorted(MARKER.course.questions)) | st.text(max_size=12)
EVENT = st.fixed_dictionaries(
    {"kind": st.just("answer"), "time": st.text(max_size=8), "id": IDS, "raw": JSON, "status": st.text(max_size=8)},
    optional={"sure": st.sampled_from((1, 2, 3)), "variant": st.text(max_size=4), "hints": st.integers()},
)


@given(st.lists(EVENT, max_size=12), st.sampled_from(("03", "10_exam", "99", "00")))
def test_a_sound_export_with_any_answers_in_it_is_read_and_marked(events, lesson):
    handed = hand_in(
        "anna", [Piece("anna.json", (), "anna.json", lambda: export({lesson: lesson_file(lesson, events)}))]
    )
    assert [one.status for one in handed.results] == [READ]
    marks = MARKER.marks(handed.histories)
    assert set(marks.first) | set(marks.gone) <= {event["id"] for event in events} and marks.failed == ()
    assert all(0 <= one.share <= 1 for one in marks.first.values())


def test_an_answer_of_lists_within_lists_is_read_and_stops_nothing():
    inner = []
    for _ in range(300):
        inner = [inner]
    events = [answer("five-millimetres-beside", inner, 1), answer("must-it-twitch", "early", 2)]
    handed = hand_in("anna", [Piece("a", (), "a", lambda: export({"03": lesson_file("03", events)}))])
    assert set(MARKER.marks(handed.histories).first) == {"must-it-twitch"}


@given(JSON)
def test_any_json_is_read_only_if_it_is_a_record(content):
    for raw in (json.dumps(content).encode(), signed(content) if isinstance(content, dict) else b""):
        status, why = said(raw)
        assert status != READ and why


def test_an_export_cut_at_any_byte_is_never_read():
    for length in range(len(SMALL.rstrip())):
        status, why = said(SMALL[:length])
        assert status == "damaged" and why, length


def test_a_byte_changed_anywhere_is_noticed_or_changes_nothing():
    for place in range(len(SMALL)):
        for flip in (0x01, 0x04, 0x20, 0x80):
            raw = SMALL[:place] + bytes([SMALL[place] ^ flip]) + SMALL[place + 1 :]
            status, _ = said(raw)
            assert status in ("damaged", READ, "of another course")
            assert status != READ or histories_of(raw) == histories_of(SMALL)


def test_a_byte_order_mark_is_no_damage():
    assert said(b"\xef\xbb\xbf" + SMALL) == (READ, "") and said(SMALL.replace(b"\n", b"\r\n")) == (READ, "")


def test_files_of_an_older_version_are_read():
    assert said((GOLDEN / NAME).read_bytes(), NAME) == (READ, "")
    assert [said(path.read_bytes(), path.name)[0] for path in sorted(GOLDEN.glob("*.json"))] == [READ] * 5


def test_a_file_that_makes_the_reader_stumble_costs_nobody_else_anything(tmp_path, monkeypatch):
    handed_in(tmp_path, {name: {"03": [answer("five-millimetres-beside", "same")]} for name in ("anna", "ben")})
    unwrapped = record.unwrapped

    def stumbling(raw):
        if stumbling.first:
            stumbling.first = False
            raise MemoryError
        return unwrapped(raw)

    stumbling.first = True
    monkeypatch.setattr(record, "unwrapped", stumbling)
    found = results(tmp_path)
    assert found["anna.json"].status == "unreadable" and "MemoryError" in found["anna.json"].why
    assert found["ben.json"].status == READ


def test_a_mistake_in_marking_costs_nobody_else_a_mark_and_gives_none(tmp_path, monkeypatch):
    handed_in(tmp_path, {name: {"03": [answer("five-millimetres-beside", "same")]} for name in ("anna", "ben")})
    marks = MARKER.marks

    def failing(histories):
        if failing.first:
            failing.first = False
            raise RecursionError
        return marks(histories)

    failing.first = True
    monkeypatch.setattr(MARKER, "marks", failing)
    found = learners(tmp_path)
    assert found["anna"].marks is None and found["anna"].hand_in.status == "unreadable"
    assert "mistake of the course" in found["anna"].hand_in.results[0].why
    assert found["ben"].marks.first["five-millimetres-beside"].right


# ---- whose it is ----


@pytest.mark.parametrize(
    ("path", "learner"),
    [
        ("anna.json", "anna"),
        (NAME, NAME.removesuffix(".json")),
        ("record-2026-11-27.html", "record-2026-11-27"),
        (f"Anna M_123/{NAME}", "Anna M_123"),
        ("Anna M_123/export-2026-11-27 (1).json", "Anna M_123"),
        ("group a/anna.json", "group a/anna"),
        ("anna/anna.json", "anna"),
        ("anna/Retain or Release/lesson_02.json", "anna"),
        ("anna/Retain or Release (2)/lesson_10_exam.json", "anna"),
        ("anna/patient.json", "anna"),
        ("anna/lesson_02.json.bak", "anna"),
        ("anna/lesson_02.json.damaged-20261127T101010", "anna"),
        ("anna/record-2026-11-27.html", "anna"),
    ],
)
def test_a_learner_has_the_name_of_the_file_or_of_what_it_lies_in(path, learner):
    *containers, name = path.split("/")
    assert hand_ins.learner_of(Piece(path, tuple(containers), name, bytes)) == learner


def test_a_folder_and_the_zip_of_it_give_the_same_learners(tmp_path):
    folder = tmp_path / "class"
    handed_in(folder, {"anna": {"03": [answer("five-millimetres-beside", "same")]}, "ben": {"03": []}})
    (folder / "eva").mkdir()
    (folder / "eva" / NAME).write_bytes(SMALL)
    for around in ("", "class/"):
        with zipfile.ZipFile(tmp_path / "class.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(folder.rglob("*")):
                archive.write(path, f"{around}{path.relative_to(folder).as_posix()}")
        zipped_learners, plain_learners = learners(tmp_path / "class.zip"), learners(folder)
        assert list(zipped_learners) == list(plain_learners) == ["anna", "ben", "eva"]
        assert [one.marks for one in zipped_learners.values()] == [one.marks for one in plain_learners.values()]


def test_a_zip_for_each_learner_also_within_the_zip_of_a_class(tmp_path):
    inner = zipped(**{f"Retain or Release/{NAME}": SMALL, "__MACOSX/._x": b"", "Retain or Release/.DS_Store": b"x"})
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "anna.zip").write_bytes(inner)
    (tmp_path / "class.zip").write_bytes(zipped(**{"anna.zip": inner, "ben.zip": zipped(**{NAME: SMALL})}))
    (tmp_path / "all").mkdir()
    (tmp_path / "all" / "classes.zip").write_bytes(zipped(**{"deep.zip": zipped(**{"anna.zip": inner})}))
    assert list(learners(tmp_path / "class")) == ["anna"]
    assert {name: one.hand_in.status for name, one in learners(tmp_path / "class.zip").items()} == {
        "anna": READ,
        "ben": READ,
    }
    (deepest,) = results(tmp_path / "all").values()
    assert deepest.status == "unreadable" and "within zips" in deepest.why


def test_backslashes_of_a_zip_from_windows_are_folders(tmp_path):
    (tmp_path / "c.zip").write_bytes(zipped(**{f"anna\\{NAME}": SMALL}))
    assert list(learners(tmp_path / "c.zip")) == ["anna"]


@pytest.mark.parametrize(
    "name", ["../../up", "a\nb", "=cmd|'calc'!A1", "x" * 251, "\u202egnp", "ä\u0308", "<img src=x>"]
)
def test_whatever_a_file_is_called_its_learner_has_a_name_that_can_stand_anywhere(name, tmp_path):
    shown = hand_ins.learner_of(Piece("", (), f"{name}.json", bytes))
    assert shown.isprintable() and 0 < len(shown) <= 120 and shown == unicodedata.normalize("NFC", shown)


def test_long_names_that_begin_alike_stay_apart():
    names = {hand_ins.learner_of(Piece("", (), f"{'x' * 200}{i}.json", bytes)) for i in range(50)}
    assert len(names) == 50


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="macOS and Windows refuse names that are no text")
def test_a_name_that_is_no_text_is_graded_all_the_same(tmp_path):
    (tmp_path / os.fsdecode(b"anna\xff.json")).write_bytes(SMALL)
    ((name, one),) = learners(tmp_path).items()
    assert name == "anna\\udcff" and one.marks.first


# ---- several files of one learner ----


def test_a_whole_record_folder_is_one_learner_and_each_of_its_files_has_its_result(tmp_path, record_folder):
    record.save_answer("03", "five-millimetres-beside", "gone", "incorrect", 3)
    record.save_answer("03", "five-millimetres-beside", "same", "correct")
    record.save_answer("10_exam", "exam-consent", "nonsense", "kept")
    record.keep_patient("03", {"pain": 3.0}, {"needle": 1}, {"passes": 6})
    (record_folder / ".jupyterlab" / "deep").mkdir(parents=True)
    (record_folder / ".jupyterlab" / "deep" / "x.json").write_bytes(b"{}")
    (record_folder / "record-2026-11-27.html").write_bytes(b"<!DOCTYPE html>")
    (tmp_path / "class").mkdir()
    record_folder.rename(tmp_path / "class" / "anna")
    (name, one), *others = learners(tmp_path / "class").items()
    assert (name, one.hand_in.status, others) == ("anna", READ, [])
    assert one.marks.first["five-millimetres-beside"].attempt.raw == "gone", "the first answer counts"
    found = results(tmp_path / "class")
    assert found["anna/patient.json"].status == found["anna/lesson_03.json.bak"].status == READ
    assert found["anna/.jupyterlab"].aside and found["anna/record-2026-11-27.html"].aside
    assert "anna/.jupyterlab/deep/x.json" not in found


def test_the_record_folder_of_one_learner_may_be_all_there_is(tmp_path):
    folder = tmp_path / "anna"
    folder.mkdir()
    (folder / "lesson_03.json").write_bytes(signed(lesson_file("03", [answer("five-millimetres-beside", "same")])))
    (folder / "patient.json.bak").write_bytes(signed(lesson_file("patient", [])))
    (folder / "record-2026-11-27.html").write_bytes(b"<!DOCTYPE html>")
    (name, one), *others = learners(folder).items()
    assert (name, one.hand_in.status, others) == ("anna", READ, []) and len(one.hand_in.results) == 3


def test_exports_of_a_class_that_kept_their_names_are_not_taken_for_one_learner_s(tmp_path):
    for i, name in enumerate((NAME, NAME.replace(".json", " (1).json"), "lesson_03.json")):
        lesson = lesson_file("03", [answer("five-millimetres-beside", "same", i)])
        (tmp_path / name).write_bytes(signed(lesson) if name == "lesson_03.json" else export({"03": lesson}))
    assert set(learners(tmp_path)) == {NAME[:-5], f"{NAME[:-5]} (1)", tmp_path.name}


def test_who_handed_in_the_page_to_print_alone_is_not_overlooked(tmp_path):
    (tmp_path / "anna").mkdir()
    (tmp_path / "anna" / "record-2026-11-27.html").write_bytes(b"<!DOCTYPE html>")
    (one,) = learners(tmp_path).values()
    assert one.hand_in.status == "not a record" and not one.hand_in.results[0].aside


def test_a_file_of_brackets_is_refused_before_it_takes_all_memory(monkeypatch):
    raw = b'{"schema_version": 2, "files": [' + b"{}," * 2**20 + b"{}]}"
    assert len(raw) < record.LARGEST_FILE
    monkeypatch.setattr(record, "unwrapped", None)
    assert said(raw) == ("damaged", "holds little but brackets, which would take all memory")


def test_the_largest_record_of_ours_is_not_taken_for_one_of_brackets():
    ways = {f"row-{i}": {f"phase-{j}": "same" for j in range(3)} for i in range(8)}
    events = [answer(f"item-{i}", raw, i) for i in range(4000) for raw in (ways, [0.5] * 9)]
    raw = export({"03": lesson_file("03", events)})
    assert len(raw) > 2 * hand_ins.SMALL and said(raw) == (READ, "")


def test_the_copy_before_the_last_change_stands_in_for_a_damaged_file(tmp_path):
    folder = tmp_path / "anna"
    folder.mkdir()
    (folder / "lesson_03.json").write_bytes(b"{")
    before = lesson_file("03", [answer("five-millimetres-beside", "same")])
    (folder / "lesson_03.json.bak").write_bytes(signed(before))
    (one,) = learners(tmp_path).values()
    assert one.hand_in.status == "read in part" and one.marks.first["five-millimetres-beside"].right
    assert "copy before the last change was read instead" in results(tmp_path)["anna/lesson_03.json"].why


def test_two_files_of_one_learner_are_brought_together_and_listed(tmp_path):
    folder = tmp_path / "anna"
    folder.mkdir()
    early, late = answer("five-millimetres-beside", "gone"), answer("must-it-twitch", "early", 9)
    for day, events in ((26, [early]), (27, [early, late])):
        (folder / f"export-2026-11-{day}.json").write_bytes(export({"03": lesson_file("03", events)}))
    (one,) = learners(tmp_path).values()
    assert set(one.marks.first) == {"five-millimetres-beside", "must-it-twitch"}
    assert one.hand_in.twice == ("anna/export-2026-11-26.json", "anna/export-2026-11-27.json")


def test_a_file_that_holds_another_lesson_than_its_name_says_is_read_and_said(tmp_path):
    (tmp_path / "lesson_02.json").write_bytes(signed(lesson_file("03", [answer("five-millimetres-beside", "same")])))
    (result,) = results(tmp_path).values()
    assert result.status == READ and result.why == "holds lesson 03 in spite of its name"
    assert said(signed(lesson_file("02", [])), "lesson_02.json") == (READ, "")


# ---- what is not followed, and what is not read ----


def test_a_link_is_not_followed_wherever_it_leads(tmp_path):
    outside = tmp_path / "outside"
    handed_in(outside, {"secret": {"03": []}})
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "link.json").symlink_to(outside / "secret.json")
    (folder / "folder").symlink_to(outside)
    (folder / "round").symlink_to(folder)
    assert {one.status for one in results(folder).values()} == {"unreadable"} and len(results(folder)) == 3


def test_a_file_that_became_a_pipe_or_a_link_since_it_was_listed_is_not_read(tmp_path):
    path = tmp_path / "anna.json"
    path.write_bytes(SMALL)
    (piece,) = collect(tmp_path, Archives())
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(Refused, match="no ordinary file"):
        piece.read()
    path.unlink()
    path.symlink_to("/etc/hostname")
    with pytest.raises(Refused, match="cannot be read"):
        piece.read()
    path.unlink()
    with pytest.raises(Refused, match="cannot be read"):
        piece.read()


def test_a_file_or_folder_that_may_not_be_read_is_said_to_be(tmp_path, monkeypatch):
    handed_in(tmp_path, {"anna": {"03": []}})
    (tmp_path / "ben").mkdir()

    def refuse(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    listing = os.scandir
    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(os, "scandir", lambda path: refuse() if Path(path).name == "ben" else listing(path))
    found = results(tmp_path)
    assert {one.status for one in found.values()} == {"unreadable"} and len(found) == 2
    assert all("Permission denied" in one.why for one in found.values())


def test_no_more_is_read_of_a_member_than_a_record_can_have(monkeypatch, tmp_path):
    monkeypatch.setattr(archives, "SMALL", 10**9)
    taken = []
    opening = zipfile.ZipExtFile.read

    def counted(self, n=-1):
        raw = opening(self, n)
        taken.append(len(raw))
        return raw

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    (tmp_path / "a.zip").write_bytes(zipped(**{NAME: b"0" * (record.LARGEST_FILE + 5)}))
    (result,) = results(tmp_path).values()
    assert result.status == "unreadable" and "larger than any record" in result.why and taken == []


def test_a_member_that_lies_about_its_size_is_damage(tmp_path):
    raw = bytearray(zipped(**{NAME: SMALL}))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        size = archive.infolist()[0].file_size.to_bytes(4, "little")
    at = raw.rindex(size)
    raw[at : at + 4] = (10).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(raw)
    (result,) = results(tmp_path).values()
    assert result.status == "damaged"


@pytest.mark.parametrize(
    ("bound", "value", "words"),
    [("MOST_MEMBERS", 2, "a zip of 3 files"), ("MOST_UNPACKED", 20, "unpacks to")],
)
def test_a_zip_of_too_much_is_refused_before_any_of_it_is_read(bound, value, words, tmp_path, monkeypatch):
    monkeypatch.setattr(archives, bound, value)
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "a.zip").write_bytes(zipped(**{f"{i}.json": SMALL for i in range(3)}))
    (result,) = results(tmp_path / "c").values()
    assert result.status == "unreadable" and words in result.why
    with pytest.raises(ClassroomError, match=words):
        learners(tmp_path / "c" / "a.zip")


def test_an_encrypted_or_strangely_packed_member_is_said_to_be(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(NAME, SMALL)
    (tmp_path / "lzma.zip").write_bytes(buffer.getvalue())
    raw = bytearray(zipped(**{NAME: SMALL}))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "secret.zip").write_bytes(raw)
    found = {one.learner: one.why for one in results(tmp_path).values()}
    assert "ordinary zip" in found["lzma"] and found["secret"] == "is encrypted"


def test_two_members_of_one_name_both_have_a_result(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("anna.json", SMALL)
        archive.writestr("anna.json", b"{")
    (tmp_path / "c.zip").write_bytes(buffer.getvalue())
    assert [one.status for one in results(tmp_path / "c.zip").values()] == [READ, "damaged"]


def test_more_zips_than_are_kept_open_are_all_read(tmp_path):
    for i in range(3 * archives.MOST_OPEN):
        lesson = lesson_file("03", [answer("five-millimetres-beside", "same", i)])
        members = {"export-2026-11-26.json": export({"03": lesson}), NAME: export({"03": lesson})}
        (tmp_path / f"learner-{i:02}.zip").write_bytes(zipped(**members))
    assert {one.hand_in.status for one in learners(tmp_path).values()} == {READ}


# ---- what is no class ----


@pytest.mark.parametrize("what", ["nothing", "empty", "a file", "too many", "a damaged zip"])
def test_what_holds_no_class_is_refused_in_one_sentence(what, tmp_path, monkeypatch):
    top = tmp_path / "class"
    if what == "a file":
        top.write_bytes(SMALL)
    elif what == "a damaged zip":
        top = tmp_path / "class.zip"
        top.write_bytes(zipped(**{NAME: SMALL})[:-9])
    elif what != "nothing":
        top.mkdir()
    if what == "too many":
        monkeypatch.setattr(collected, "MOST_FILES", 3)
        handed_in(top, {str(i): {} for i in range(4)})
    with pytest.raises(ClassroomError) as error:
        learners(top)
    assert str(error.value).count("\n") == 0 and str(error.value).endswith(".")


def test_a_folder_within_folders_without_end_stops_somewhere(tmp_path):
    deep = tmp_path
    for _ in range(collected.DEEPEST + 3):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (deep / "anna.json").write_bytes(SMALL)
    (result,) = results(tmp_path).values()
    assert result.status == "unreadable" and "deeper" in result.why


def test_every_way_of_damage_is_of_a_case_on_the_list():
    cases = {int(way.split()[0]) for way in WAYS}
    assert cases <= set(range(46, 67)) and len(RAW) > 40
    assert cases == set(range(46, 67)) - {46, 58, 60, 62}, "missing, unknown hash, two files and locks are no bytes"


def test_learners_come_in_one_order_whatever_the_disk_says(tmp_path, monkeypatch):
    handed_in(tmp_path, {name: {"03": []} for name in ("b", "a", "C")})
    listing = os.scandir

    class Backwards:
        def __init__(self, path):
            self.found = sorted(listing(path), key=lambda one: one.name, reverse=True)

        def __enter__(self):
            return iter(self.found)

        def __exit__(self, *_):
            pass

    order = list(by_learner(collect(tmp_path, Archives()), "x"))
    monkeypatch.setattr(os, "scandir", Backwards)
    assert list(by_learner(collect(tmp_path, Archives()), "x")) == order == ["C", "a", "b"]
    assert unsigned(GOOD)["kind"] == "export"
