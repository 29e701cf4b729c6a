"""What a class's grading writes: tables no spreadsheet runs, a page that needs nothing, and never over anything."""

import csv
import errno
import gc
import html.parser
import io
import json
import os
import re
import socket
import subprocess
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from whole_class import answer, export, files_of, handed_in, lesson_file

from lessons import classroom
from lessons.classroom import ClassroomError, outputs, page, roster, tables
from lessons.classroom.__main__ import main
from lessons.classroom.course import course
from lessons.classroom.intervals import FOR_FLAGS, FOR_INTERVALS
from lessons.classroom.results import plain
from lessons.classroom.tables import Table

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 27)
COURSE = course()
NEAR = "five-millimetres-beside"
FILES = {
    "gradebook.csv", "items.csv", "misconceptions.csv", "problems.csv", "files.csv", "marks.json", "report.html",
}  # fmt: skip
BAD = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uff1d1", "=cmd|'/c calc'!A1")


@pytest.fixture
def folder(tmp_path):
    """A class of two, one of whom was never sure."""
    return handed_in(
        tmp_path / "class",
        {
            "anna": {"03": [answer(NEAR, "gone", 1, 3), answer("must-it-twitch", "early", 2, 2)]},
            "ben": {"03": [answer(NEAR, "same", 3)], "10_exam": [answer("exam-consent", "no such option", 4)]},
        },
    )


def graded(folder, **more):
    return classroom.grade(folder, **{"marked_by": COURSE, "today": DAY, **more})


def rows(path):
    """A table as a spreadsheet reads it: a list of dictionaries."""
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


class Reading(html.parser.HTMLParser):
    """What a browser would make of a page: its elements with their attributes, and its text."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.text = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, text):
        self.text.append(text)


# ---- where it is written ----


def test_everything_is_written_into_a_new_folder_beside_the_input_and_nowhere_else(folder, tmp_path):
    before = {path: path.read_bytes() for path in folder.iterdir()}
    found = graded(folder)
    assert found.folder == tmp_path / "class graded 2026-11-27"
    assert {path.name for path in found.folder.iterdir()} == set(found.paths) == FILES
    assert {path.name for path in tmp_path.iterdir()} == {"class", "class graded 2026-11-27"}
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert os.name != "posix" or found.folder.stat().st_mode & 0o077 == 0, "marks are nobody else's business"


def test_nothing_is_written_over_and_the_same_class_gives_the_same_bytes(folder, tmp_path):
    first, second, third = (graded(folder) for _ in range(3))
    assert [one.folder.name for one in (first, second, third)] == [
        "class graded 2026-11-27", "class graded 2026-11-27 (2)", "class graded 2026-11-27 (3)",
    ]  # fmt: skip
    for name in FILES:
        assert first.paths[name].read_bytes() == second.paths[name].read_bytes() == third.paths[name].read_bytes()


def test_a_folder_that_was_asked_for_is_new_or_empty(folder, tmp_path):
    (tmp_path / "empty").mkdir()
    assert graded(folder, out=tmp_path / "empty").folder == tmp_path / "empty"
    assert graded(folder, out=tmp_path / "a" / "b").paths["gradebook.csv"].exists()
    (tmp_path / "file").write_text("mine")
    for taken in ("empty", "file"):
        with pytest.raises(ClassroomError, match="nothing is written over"):
            graded(folder, out=tmp_path / taken)
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("within", ["", "results", "a/b"])
def test_results_do_not_lie_among_what_is_graded(folder, within):
    with pytest.raises(ClassroomError, match="name one outside"):
        graded(folder, out=folder / within)


@pytest.mark.parametrize("step", ["mkdtemp", "write_bytes", "rename"])
def test_a_disk_that_is_full_leaves_nothing_half_written(folder, tmp_path, step, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    places = {
        "mkdtemp": (outputs.tempfile, "mkdtemp"),
        "write_bytes": (outputs.Path, "write_bytes"),
        "rename": (os, "rename"),
    }
    monkeypatch.setattr(*places[step], full)
    with pytest.raises(ClassroomError, match="cannot be written .*No space left.*--out"):
        graded(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["class"]


def test_nothing_leaves_the_computer_and_the_teacher_s_own_record_is_not_opened(folder, monkeypatch, record_folder):
    def refuse(*_, **__):
        raise AssertionError("another host was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    graded(folder)
    assert not record_folder.exists()


# ---- the tables ----


def test_the_gradebook_has_a_line_for_each_learner_and_no_mark_where_nothing_was_read(folder):
    (folder / "eva.json").write_bytes(b"{")
    anna, ben, eva = rows(graded(folder).paths["gradebook.csv"])
    assert (anna["learner"], anna["status"], anna["03 answered"], anna["03 right"]) == ("anna", "read", "2", "1")
    assert (anna["sure"], anna["sure and wrong"], anna["exam share"], anna["gain"]) == ("1", "1", "", "")
    assert (ben["03 right"], ben["exam answered"], ben["not marked"]) == ("1", "0", "1")
    assert (eva["status"], eva["03 answered"], eva["exam answered"], eva["sure"]) == ("damaged", "", "", "")
    assert "name" not in anna


def test_every_row_of_every_table_has_a_cell_for_each_head(folder):
    (folder / "eva.json").write_bytes(export(files_of(2)))
    (folder / "zoe.json").write_bytes(b"{")
    found = graded(folder)
    for name in FILES - {"marks.json", "report.html"}:
        raw = list(csv.reader(io.StringIO(found.paths[name].read_bytes().decode("utf-8-sig"), newline="")))
        assert len({len(row) for row in raw}) == 1 and len(raw) > 1, name
        assert len(set(raw[0])) == len(raw[0])


def test_a_share_is_written_with_a_point_and_three_digits_and_a_finished_gain_is_there(folder):
    (folder / "eva.json").write_bytes(export(files_of(2)))
    eva = next(row for row in rows(graded(folder).paths["gradebook.csv"]) if row["learner"] == "eva")
    for name in ("share before", "share after", "gain", "exam share"):
        assert re.fullmatch(r"-?\d+\.\d{3}", eva[name]), name


@pytest.mark.parametrize("text", BAD)
def test_no_text_becomes_a_formula_and_no_number_is_quoted(text):
    table = Table("t", "T", ("text", "number", "share"), ((text, -1, Fraction(-1, 3)),))
    ((shown, number, share),) = list(csv.reader(io.StringIO(tables.written(table).decode("utf-8-sig"))))[1:]
    assert not shown.lstrip().startswith(tables.RUNS) and (number, share) == ("-1", "-0.333")


def test_minus_nothing_is_nothing():
    assert tables.cells([-0.0, -0.0001, Fraction(0), 0, None]) == ["0.000", "0.000", "0.000", "0", ""]


def test_a_learner_s_name_stays_within_its_cell_and_its_line(folder):
    names = ["=cmd|'c'!A1", "a;b,c", 'say "so"', "line\nline", "\u202egnp.exe", "-5", "@x"]
    for i, name in enumerate(names):
        lesson = lesson_file("03", [answer(NEAR, "same", 100 + i)])
        (folder / f"{name}.json").write_bytes(export({"03": lesson}))
    found = graded(folder)
    for name in ("gradebook.csv", "files.csv"):
        learners = [row["learner"] for row in rows(found.paths[name])]
        assert len(learners) == len(names) + 2 and all(one.isprintable() for one in learners)
        assert not any(one.startswith(tables.RUNS) for one in learners)
    assert "line\\nline" in [row["learner"] for row in rows(found.paths["gradebook.csv"])]


def test_what_cannot_be_seen_is_written_as_its_code():
    assert plain("a\u202eb\x00c\ud800d\u00a0e\n") == "a\\u202eb\\x00c\\ud800d e\\n"
    assert plain("x" * 5000).endswith(" …") and len(plain("x" * 5000)) < 1100


# ---- names ----


def test_names_stand_in_the_gradebook_alone_and_who_is_missing_is_listed(folder, tmp_path):
    (tmp_path / "roster.csv").write_text("id,name\nANNA,Anna Muster\nben.json,=Ben\nmia,Mia M\n", encoding="utf-8-sig")
    (folder / "zoe.json").write_bytes(b"{")
    found = graded(folder, names=tmp_path / "roster.csv")
    assert {row["learner"]: row["name"] for row in rows(found.paths["gradebook.csv"])} == {
        "anna": "Anna Muster", "ben": "'=Ben", "zoe": "",
    }  # fmt: skip
    listed = {(one.learner, one.what) for one in found.problems}
    assert {("mia", "missing"), ("zoe", "not on the list of names")} <= listed
    assert b"Muster" not in found.paths["marks.json"].read_bytes() + found.paths["problems.csv"].read_bytes()


def test_a_roster_that_lies_among_the_files_is_nobody_s(folder):
    (folder / "names.csv").write_text("anna,Anna\nben,Ben\n", encoding="utf-8")
    found = graded(folder, names=folder / "names.csv")
    assert [one.name for one in found.learners] == ["anna", "ben"] and len(found.results) == 3
    assert not [one for one in found.problems if "names" in one.path + one.learner]


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_roster_is_read_as_any_spreadsheet_writes_it(between, tmp_path):
    path = tmp_path / "roster.csv"
    lines = f'\n anna {between}"Anna, A"{between}\n\nben{between}Ben{between}more\n'
    path.write_text(lines, encoding="utf-8-sig")
    assert roster.read(path) == {"anna": "Anna, A", "ben": "Ben"}


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"anna\n", "give each line an id and a name"),
        (b"anna,A\nanna,B\n", "twice"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b",A\n", "give each line"),
        (None, "no table of names"),
    ],
)
def test_what_is_no_roster_says_so(raw, words, tmp_path, folder):
    path = tmp_path / "roster.csv"
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(ClassroomError, match=words):
        graded(folder, names=path)
    assert [one.name for one in tmp_path.iterdir() if "graded" in one.name] == []


def test_a_folder_of_a_learner_is_found_by_its_first_name():
    joined = roster.join({"Anna M_12": "Anna", "b\u00e4r": "Bär"}, ["Anna M_12/mine", "ba\u0308r", "else"])
    assert joined.names == {"Anna M_12/mine": "Anna", "ba\u0308r": "Bär"} and joined.unknown == ("else",)


# ---- the page ----


def test_the_page_needs_nothing_from_anywhere_and_runs_nothing(folder):
    text = graded(folder).paths["report.html"].read_text(encoding="utf-8")
    found = Reading(text)
    assert {tag for tag, _ in found.elements} <= {
        "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "p", "nav", "main", "section", "ul",
        "li", "a", "div", "table", "thead", "tbody", "tr", "th", "td", "footer",
    }  # fmt: skip
    assert all(name in ("href",) and value.startswith("#") for _, its in found.elements
               for name, value in its.items() if name in ("src", "href", "action", "data"))  # fmt: skip
    assert not [name for _, its in found.elements for name in its if name.startswith("on")]
    assert not re.search(r"https?:|url\(|@import", text)
    assert ("html", {"lang": "en"}) in found.elements and text.count("default-src 'none'") == 1


def test_all_that_a_learner_wrote_is_text_on_the_page(folder):
    bad = "<img src=x onerror=alert(1)>"
    events = [answer("<script>alert(2)</script>", 1, 50), answer(NEAR, "same", 51)]
    (folder / f"{bad.replace('/', '')}.json").write_bytes(export({"03": lesson_file("03", events)}))
    (folder / "b.json").write_bytes(b'{"course": "</td></table><script>alert(3)</script>"}')
    found = Reading(graded(folder).paths["report.html"].read_text(encoding="utf-8"))
    assert not {"img", "script"} & {tag for tag, _ in found.elements}
    shown = "".join(found.text)
    assert bad in shown and "<script>alert(2)</script>" in shown and "<script>alert(3)</script>" in shown


def test_each_table_of_the_page_has_a_name_heads_and_can_be_scrolled_by_keyboard(folder):
    found = Reading(graded(folder).paths["report.html"].read_text(encoding="utf-8")).elements
    count = sum(tag == "table" for tag, _ in found)
    ids = [its["id"] for _, its in found if "id" in its]
    regions = [its for tag, its in found if its.get("role") == "region"]
    assert count == len(regions) >= 4 and len(set(ids)) == len(ids)
    assert all(its["tabindex"] == "0" and its["aria-labelledby"] in ids for its in regions)
    assert all("scope" in its for tag, its in found if tag == "th")


def test_an_empty_table_says_that_there_is_none():
    shown = page.page("T", DAY, ["<b>"], [Table("t", "Things", ("a",), ())])
    assert "<p>None.</p>" in shown and "<table>" not in shown and "&lt;b&gt;" in shown


# ---- how it is asked for ----


def test_a_notebook_prints_a_summary_and_gives_the_paths(folder):
    found = classroom.grade(str(folder))
    told = repr(found)
    assert told.startswith("2 files: 2 read.\n2 learners, 2 with marks;")
    assert str(found.folder) in told and all(name in told for name in FILES)
    assert found.paths["gradebook.csv"].exists() and found.results[0].status == "read"
    assert "0 of 1 right when sure" in told


def test_the_summary_says_what_to_look_at_first_and_how_much_more_there_is(folder):
    for i in range(7):
        (folder / f"x{i}.json").write_bytes(b"{")
    told = repr(graded(folder)).splitlines()
    looks = [line for line in told if line.startswith("- ")]
    assert looks[0] == "- x0.json: damaged (is cut short or was changed (no whole JSON))"
    assert len(looks) == 6 and looks[-1] == "- and 3 more in problems.csv"


def test_what_the_readme_says_to_a_teacher_is_what_the_command_takes(capsys):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.split("## For teachers\n")[1].split("\n## ")[0]
    with pytest.raises(SystemExit):
        main(["--help"])
    help_ = capsys.readouterr().out
    options = re.findall(r"--[a-z]+", section)
    assert options and all(option in help_ for option in options)
    assert "python -m lessons.classroom" in section and "classroom.grade(" in section
    assert f"Under {FOR_INTERVALS} learners" in section and f"from {FOR_FLAGS} a word" in section


def test_the_command_prints_the_summary_and_ends_well_though_a_file_is_damaged(folder, tmp_path):
    (folder / "eva.json").write_bytes(b"{")
    command = [sys.executable, "-m", "lessons.classroom", str(folder), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "") and "3 files: 2 read, 1 damaged." in done.stdout
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES


def test_marks_that_somebody_wrote_and_signed_are_read_and_said_to_prove_nothing(folder):
    forged = {**answer(NEAR, "same", 7), "status": "correct"}
    (folder / "eva.json").write_bytes(export({"03": lesson_file("03", [forged])}))
    found = graded(folder)
    text = " ".join(found.paths["report.html"].read_text(encoding="utf-8").split())
    assert found.results[-1].status == "read"
    assert "It proves neither who answered nor that nobody changed a file on purpose." in text


@pytest.mark.parametrize("on", [True, False])
def test_the_interpreter_is_left_as_it_was(folder, on):
    (gc.enable if on else gc.disable)()
    try:
        graded(folder)
        with pytest.raises(ClassroomError):
            graded(folder / "nowhere")
        assert gc.isenabled() == on
    finally:
        gc.enable()


@pytest.mark.parametrize("arguments", [["nowhere"], [".", "--names", "none.csv"], [".", "--against", "none.json"]])
def test_the_command_says_in_one_sentence_why_nothing_was_graded(arguments, folder, capsys, monkeypatch):
    monkeypatch.chdir(folder)
    assert main(arguments) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and said.err.endswith(".\n")


def test_marks_json_names_no_day_no_path_and_no_name_of_the_computer(folder, tmp_path):
    text = graded(folder).paths["marks.json"].read_text(encoding="ascii")
    assert "2026" not in text and str(tmp_path) not in text
    content = json.loads(text)
    assert content["learners"]["anna"]["answers"][NEAR]["share"] == "0" and set(content["keys"]) == set(
        COURSE.questions
    )
