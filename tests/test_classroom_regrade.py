"""Marks that are made again: the same answers give the same bytes, and what has changed is said, with whose and why."""

import dataclasses
import json
from datetime import date
from fractions import Fraction

import pytest
from right_answers import right_answer
from whole_class import answer, export, files_of, handed_in, lesson_file

from lessons import classroom
from lessons.classroom import ClassroomError, regrade
from lessons.classroom import course as course_of
from lessons.classroom.course import course, key_of, made_of
from lessons.classroom.regrade import Change
from lessons.grading.bank import banks, sets

DAY = date(2026, 11, 27)
NEAR, TWITCH = "five-millimetres-beside", "must-it-twitch"
COURSE = course()


def graded(folder, of=COURSE, **more):
    return classroom.grade(folder, marked_by=of, today=DAY, **more)


def changed(name, **fields):
    """The course with one question changed."""
    every = {home: dict(bank.items) for home, bank in {**banks(), **sets()}.items()}
    for items in every.values():
        if name in items:
            items[name] = items[name].model_copy(update=fields)
    return made_of(every)


def rekeyed():
    """The course in which "gone" is right where "same" was."""
    options = banks()["03"].items[NEAR].options
    turned = tuple(option.model_copy(update={"correct": option.id == "gone"}) for option in options)
    return changed(NEAR, options=turned)


@pytest.fixture
def folder(tmp_path):
    return handed_in(
        tmp_path / "class",
        {
            "anna": {"03": [answer(NEAR, "gone", 1), answer(TWITCH, "early", 2)]},
            "ben": {"03": [answer(NEAR, "same", 3)]},
            "eva": {"03": [answer(TWITCH, "early", 4)]},
        },
    )


def test_the_same_answers_give_the_same_bytes_and_no_change(folder):
    first = graded(folder)
    again = graded(folder, against=first.paths["marks.json"])
    assert again.changes == () and "No mark differs" in repr(again)
    assert again.paths["marks.json"].read_bytes() == first.paths["marks.json"].read_bytes()
    assert "changes.csv" in again.paths and "changes.csv" not in first.paths


def test_a_whole_class_is_regraded_to_the_byte_in_whatever_order_its_files_lie(tmp_path):
    marks = []
    for order in (1, -1):
        folder = tmp_path / f"class{order}"
        folder.mkdir()
        for seed in list(range(12))[::order]:
            (folder / f"learner-{seed}.json").write_bytes(export(files_of(seed)))
        marks.append(graded(folder, course()).paths["marks.json"].read_bytes())
    assert marks[0] == marks[1] and regrade.written(regrade.read(_file(tmp_path, marks[0]))) == marks[0]


def _file(folder, raw):
    path = folder / "marks.json"
    path.write_bytes(raw)
    return path


def test_another_key_says_who_went_up_and_who_down_and_by_which_question(folder):
    first = graded(folder)
    new = rekeyed()
    found = graded(folder, new, against=first.paths["marks.json"])
    keys = COURSE.questions[NEAR].key, new.questions[NEAR].key
    assert keys[0] != keys[1]
    assert found.changes == (
        Change("anna", NEAR, Fraction(0), Fraction(1), "another key", *keys),
        Change("ben", NEAR, Fraction(1), Fraction(0), "another key", *keys),
    )
    assert [(one.up, one.down) for one in found.changes] == [(True, False), (False, True)]
    assert f"{NEAR} (another key, {keys[0]} to {keys[1]}): 1 up, 1 down." in found.said
    table = found.paths["changes.csv"].read_text(encoding="utf-8-sig").splitlines()
    assert table[1] == f"anna,{NEAR},0.000,1.000,up,another key,{keys[0]},{keys[1]}"
    back = graded(folder, COURSE, against=found.paths["marks.json"])
    assert [(one.learner, one.up, one.down) for one in back.changes] == [("anna", False, True), ("ben", True, False)]
    assert back.paths["marks.json"].read_bytes() == first.paths["marks.json"].read_bytes()


def test_words_that_do_not_mark_change_no_key_and_each_thing_that_marks_does():
    item = banks()["03"].items[NEAR]
    told = {"stem": "Else?", "explanation": "Else.", "hints": ("Else.",), "reviewed_by": "somebody", "source": "x"}
    said = tuple(option.model_copy(update={"text": f"{option.text}!", "feedback": "Else."}) for option in item.options)
    assert key_of(item) == key_of(item.model_copy(update={**told, "options": said}))
    number = next(item for item in banks()["03"].items.values() if item.type == "numeric")
    target, curve = (next(i for i in sets()["exam"].items.values() if i.type == kind) for kind in ("target", "curve"))
    turned = tuple(option.model_copy(update={"correct": not option.correct}) for option in item.options)
    goal = target.goals[0].model_copy(update={"holds": target.goals[0].holds.model_copy(update={"rel": 0.9})})
    for one, change in (
        (item, {"options": turned}),
        (number, {"value": "7"}),
        (number, {"atol": "1 kPa"}),
        (target, {"goals": (goal, *target.goals[1:])}),
        (curve, {"key": tuple(reversed(curve.key))}),
        (curve, {"band": 2 * curve.band}),
    ):
        assert key_of(one) != key_of(one.model_copy(update=change))


def test_an_answer_handed_in_later_and_one_that_is_gone_are_told_apart_from_a_new_key(folder):
    first = graded(folder)
    handed_in(
        folder,
        {
            "anna": {"03": [answer(NEAR, "same", 1), answer(TWITCH, "early", 2)]},  # another first answer
            "ben": {"03": []},
            "eva": {"03": [answer(TWITCH, "early", 4), answer(NEAR, "same", 5)]},
        },
    )
    found = graded(folder, against=first.paths["marks.json"])
    assert [(one.learner, one.question, one.why) for one in found.changes] == [
        ("anna", NEAR, "another answer"),
        ("ben", NEAR, "no longer answered"),
        ("eva", NEAR, "not answered before"),
    ]
    assert not any(one.by_us for one in found.changes)


def test_a_key_that_decides_over_passing_says_who_passes_now_and_who_no_longer(tmp_path):
    exam = sets()["exam"].items
    item = next(one for one in exam.values() if one.safety and one.type == "choice")
    answers = [answer(name, right_answer(one), i) for i, (name, one) in enumerate(exam.items())]
    other = next(option.id for option in item.options if not option.correct)
    missed = [{**one, "raw": other} if one["id"] == item.id else one for one in answers]
    folder = handed_in(
        tmp_path / "class", {"anna": {"10_exam": answers}, "ben": {"10_exam": missed}, "eva": {"03": []}}
    )
    first = graded(folder)
    assert first.marks.passed == {"anna": True, "ben": False, "eva": None}
    turned = tuple(option.model_copy(update={"correct": option.id == other}) for option in item.options)
    found = graded(folder, changed(item.id, options=turned), against=first.paths["marks.json"])
    assert found.marks.passed == {"anna": False, "ben": True, "eva": None}
    assert "1 learner passed the exam who had not, 1 learner no longer." in found.said
    assert {("ben", "passed the exam"), ("anna", "has not passed the exam")} <= {
        (one.learner, one.what) for one in found.problems
    }


def test_a_model_that_changed_is_named_as_such(tmp_path, monkeypatch):
    item = sets()["exam"].items["exam-gentle-release"]
    folder = handed_in(tmp_path / "class", {"anna": {"10_exam": [answer(item.id, dict(item.solution))]}})
    first = graded(folder, course())
    monkeypatch.setattr(course_of, "meets", lambda item, *_: [False] * len(item.goals))
    found = graded(folder, course(), against=first.paths["marks.json"])
    (one,) = found.changes
    assert one.why == "the model or the rules of marking" and one.down and one.by_us
    assert one.key_before == one.key_after


def test_learners_of_one_of_the_two_alone_are_listed_and_not_compared(folder):
    first = graded(folder)
    (folder / "ben.json").rename(folder / "zoe.json")
    found = graded(folder, against=first.paths["marks.json"])
    assert found.changes == ()
    assert {(one.learner, one.what) for one in found.problems} >= {
        ("ben", "only in the earlier grading"),
        ("zoe", "not in the earlier grading"),
    }


def test_a_file_that_was_damaged_since_loses_its_marks_openly(folder):
    first = graded(folder)
    (folder / "anna.json").write_bytes(b"{")
    found = graded(folder, against=first.paths["marks.json"])
    assert [(one.learner, one.why, one.after) for one in found.changes] == [
        ("anna", "no longer answered", None),
        ("anna", "no longer answered", None),
    ]
    assert [(one.learner, one.what) for one in found.problems][0] == ("anna", "damaged")


def test_names_stand_beside_changes(folder, tmp_path):
    first = graded(folder)
    (tmp_path / "roster.csv").write_text("id,name\nanna,Anna A\n", encoding="utf-8")
    found = graded(folder, rekeyed(), against=first.paths["marks.json"], names=tmp_path / "roster.csv")
    assert found.paths["changes.csv"].read_text(encoding="utf-8-sig").splitlines()[1].startswith("anna,Anna A,")


def sound(folder):
    return json.loads(graded(folder).paths["marks.json"].read_bytes())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: b"[" * 100_000,
        lambda content: b"\xff",
        lambda content: json.dumps([content]).encode(),
        lambda content: json.dumps({**content, "kind": "export"}).encode(),
        lambda content: json.dumps({**content, "course": "anatomy"}).encode(),
        lambda content: json.dumps({**content, "schema_version": 2}).encode(),
        lambda content: json.dumps({**content, "more": 1}).encode(),
        lambda content: json.dumps({**content, "keys": {"a": 1}}).encode(),
        lambda content: json.dumps({**content, "learners": {"anna": _learner({NEAR: {"share": "1"}})}}).encode(),
        lambda content: json.dumps(
            {**content, "learners": {"anna": _learner({NEAR: _answered("1e999999999")})}}
        ).encode(),
        lambda content: json.dumps({**content, "learners": {"anna": _learner({NEAR: _answered("2")})}}).encode(),
        lambda content: json.dumps({**content, "learners": {"anna": _learner({NEAR: _answered("1/0")})}}).encode(),
        lambda content: json.dumps({**content, "learners": {"anna": [1]}}).encode(),
        lambda content: json.dumps({**content, "learners": {"anna": {"answers": {}, "passed": 1}}}).encode(),
        lambda content: json.dumps({**content, "learners": {"anna": {"answers": {}}}}).encode(),
    ],
)
def test_what_is_no_file_of_marks_is_refused(spoil, folder, tmp_path):
    path = _file(tmp_path, spoil(sound(folder)))
    with pytest.raises(ClassroomError, match=r"no marks.json .*\.$"):
        regrade.read(path)


def _learner(answers):
    return {"answers": answers, "passed": None}


def _answered(share):
    return {"variant": "", "answer": "", "share": share}


def test_a_folder_or_nothing_is_no_file_of_marks(folder, tmp_path):
    for path in (tmp_path, tmp_path / "nowhere.json"):
        with pytest.raises(ClassroomError, match="no marks.json"):
            graded(folder, against=path)


def test_a_question_that_is_new_or_gone_is_said_to_be_by_its_key(folder):
    first = graded(folder)
    every = {home: dict(bank.items) for home, bank in banks().items()}
    del every["03"][NEAR]
    found = graded(folder, made_of(every), against=first.paths["marks.json"])
    assert [(one.learner, one.before, one.after, one.why) for one in found.changes] == [
        ("anna", Fraction(0), None, "another key"),
        ("ben", Fraction(1), None, "another key"),
    ]
    assert dataclasses.replace(found.changes[0], key_before="") == Change(
        "anna", NEAR, Fraction(0), None, "another key", "", ""
    )
    assert lesson_file("03", [])["events"] == []
