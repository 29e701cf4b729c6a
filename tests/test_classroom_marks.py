"""A class's marks: those of the learner's own report, from first answers, whatever a file says, each run once."""

import json
import random
from datetime import date
from fractions import Fraction

import pytest
from right_answers import right_answer
from sealed_course import use
from whole_class import ITEMS, answer, export, files_of, guess, handed_in, lesson_file

from lessons.benches.what_you_know import _met
from lessons.bundle import bundle, write
from lessons.classroom import course as course_of
from lessons.classroom import grade, gradebook
from lessons.classroom.alike import alike, moments
from lessons.classroom.course import course, made_of
from lessons.classroom.hand_ins import HandIn, histories_of
from lessons.classroom.marks import Marker, odd_times
from lessons.classroom.results import Result
from lessons.classroom.wrong import Part
from lessons.grading.bank import banks, sets
from lessons.grading.cases import GATE, PLAN, answer_id
from lessons.grading.report import report

DAY = date(2026, 11, 27)
COURSE = course()
NEAR, TWITCH = "five-millimetres-beside", "must-it-twitch"
OPENING, CLOSING = (sets()[name].items for name in ("opening", "closing"))
EXAM = sets()["exam"].items
ITEM = {item.id: item for _, item in ITEMS}


def marks(lessons, of=COURSE):
    """The marks of {lesson: events}."""
    return Marker(of, DAY).marks(lessons)


def all_right(items, second=0, sure=None):
    return [answer(name, right_answer(item), second + i, sure) for i, (name, item) in enumerate(items.items())]


# ---- the same as the learner's own ----


@pytest.mark.parametrize("seed", range(6))
def test_a_learner_has_the_marks_of_the_learner_s_own_report(seed):
    histories = histories_of(export(files_of(seed)))
    every = {name: item for bank in {**banks(), **sets()}.values() for name, item in bank.items.items()}
    own = report(histories, every, DAY, _met, tuple(OPENING), tuple(CLOSING))
    found = marks(histories)
    assert {name: one.attempt.raw for name, one in found.first.items()} == {n: a.raw for n, a in own.first.items()}
    assert {name: one.share for name, one in found.first.items()} == {n: a.share for n, a in own.first.items()}
    assert found.gain == own.gain and found.gain.pairs == len(OPENING)
    assert found.sure == own.sureness[-1].answers
    assert found.sure_and_wrong == own.sureness[-1].answers - own.sureness[-1].right
    assert len(found.first) == len(ITEMS) and not (found.gone or found.kept or found.failed or found.odd_times)


def test_the_first_answer_counts_whatever_came_later():
    events = [answer(NEAR, "gone", 1), {"kind": "start over", "time": "2026-09-02"}, answer(NEAR, "same", 9)]
    found = marks({"03": events}).first[NEAR]
    assert not found.right and found.wrong == (Part("gone", "m27-anywhere-in-the-muscle"),)


@pytest.mark.parametrize("status", ["correct", "incorrect", "invalid", "100 %", ""])
def test_no_mark_in_a_file_is_believed(status):
    for raw, worth in (("same", 1), ("gone", 0)):
        event = {**answer(NEAR, raw), "status": status}
        assert marks({"03": [event]}).first[NEAR].share == worth


def test_what_could_not_be_read_uses_up_no_attempt_and_an_invalid_answer_called_right_earns_nothing():
    number = next(item for item in banks()["03"].items.values() if item.type == "numeric")
    read = {**answer(number.id, "4,800", 1), "status": "invalid"}, answer(number.id, right_answer(number), 2)
    assert marks({"03": read}).first[number.id].right
    forged = marks({"03": [{**answer(number.id, "4,800"), "status": "correct"}]})
    assert forged.first == {} and forged.gone == (number.id,)


def test_an_output_that_contradicts_its_settings_is_not_read_and_settings_are_run_again():
    item = EXAM["exam-gentle-release"]
    assert marks({"10_exam": [answer(item.id, dict(item.solution))]}).first[item.id].right
    started = marks({"10_exam": [answer(item.id, dict(item.start))]}).first[item.id]
    assert not started.right and started.wrong[0].belief == item.misconception
    claimed = marks({"10_exam": [{**answer(item.id, {**item.solution, "tenderness": 999.0}), "status": "correct"}]})
    assert claimed.first == {} and claimed.gone == (item.id,)


def test_each_distinct_answer_is_run_once(monkeypatch):
    item, asked = EXAM["exam-gentle-release"], []
    met = course_of.meets
    monkeypatch.setattr(course_of, "meets", lambda *given: asked.append(given[1]) or met(*given))
    marker = Marker(course(), DAY)
    for setting in (item.solution, item.start, item.solution, dict(reversed(item.solution.items()))):
        marker.marks({"10_exam": [answer(item.id, dict(setting))]})
    assert len(asked) <= 3 and {json.dumps(one, sort_keys=True) for one in asked} == {
        json.dumps(dict(one), sort_keys=True) for one in (item.solution, item.start)
    }


def test_a_model_that_breaks_down_gives_no_mark_and_is_listed(monkeypatch, tmp_path):
    item = EXAM["exam-gentle-release"]

    def broken(*_):
        raise RuntimeError("the solver stopped")

    monkeypatch.setattr(course_of, "meets", broken)
    folder = handed_in(tmp_path / "class", {"anna": {"10_exam": [answer(item.id, dict(item.solution))]}})
    found = grade(folder)
    (one,) = found.learners
    assert one.marks.first == {} and "solver stopped" in one.marks.failed[0]
    assert [problem.what for problem in found.problems] == ["a mistake of the course"]


def test_marks_do_not_depend_on_the_day_or_on_who_else_is_in_the_class():
    histories = histories_of(export(files_of(4)))
    alone, marker = marks(histories), Marker(course(), date(1999, 1, 1))
    for seed in range(3):
        marker.marks(histories_of(export(files_of(seed))))
    among = marker.marks(histories)
    assert {**alone.__dict__, "odd_times": 0} == {**among.__dict__, "odd_times": 0}
    assert among.odd_times == sum(event["kind"] == "answer" for events in histories.values() for event in events)


# ---- what is worth what ----


def test_the_exam_counts_what_was_not_answered_as_nothing():
    names = list(EXAM)[:11]
    found = gradebook.exam(COURSE, marks({"10_exam": all_right({name: EXAM[name] for name in names})}))
    assert (found.answered, found.right, found.share) == (11, 11, Fraction(11, len(EXAM)))
    assert gradebook.exam(COURSE, marks({"03": all_right({NEAR: ITEM[NEAR]})})) is None


def test_questions_on_safety_stand_apart_where_the_exam_knows_any():
    safety = [name for name, item in EXAM.items() if item.safety]
    assert len(safety) == 8
    missed = all_right({name: item for name, item in EXAM.items() if name != safety[0]})
    found = marks({"10_exam": missed})
    assert gradebook.exam(COURSE, found).safety == (7, 8) and len(found.first) == len(EXAM) - 1
    row = row_of(COURSE, found)
    assert (row["exam safety right"], row["exam safety asked"], row["exam passed"]) == (7, 8, "no")
    assert row_of(COURSE, marks({"10_exam": all_right(EXAM)}))["exam passed"] == "yes"
    unsafe = made_of({"exam": {name: item.model_copy(update={"safety": False}) for name, item in EXAM.items()}})
    found = marks({"10_exam": missed}, unsafe)
    assert gradebook.exam(unsafe, found).safety is None and row_of(unsafe, found)["exam passed"] == "yes"
    assert "exam safety right" not in row_of(unsafe, found)


def test_the_share_is_of_first_answers_and_whether_the_exam_is_passed_is_as_the_learner_reads_it():
    wrong = [answer(name, guess(item, random.Random(1)), i) for i, (name, item) in enumerate(EXAM.items())]
    again = [*wrong, {"kind": "start over", "time": "2026-09-02"}, *all_right(EXAM, 10**6)]
    every = {name: item for bank in {**banks(), **sets()}.values() for name, item in bank.items.items()}
    for events, passed in ((wrong, "no"), (again, "yes"), ([], "")):
        found = marks({"10_exam": events})
        own = report({"10_exam": events}, every, DAY, _met, examined=tuple(EXAM))
        assert found.sitting == own.exam and row_of(COURSE, found)["exam passed"] == passed
    assert row_of(COURSE, marks({"10_exam": again}))["exam begun anew"] == 1
    assert gradebook.exam(COURSE, marks({"10_exam": again})) == gradebook.exam(COURSE, marks({"10_exam": wrong}))


def test_answers_to_cases_are_no_questions_that_the_course_lost(tmp_path):
    events = [answer(answer_id("mara", 0, part), ["x"], i) for i, part in enumerate((GATE, PLAN))]
    found = marks({"10": events})
    assert (found.gone, found.first, found.to_cases) == ((), {}, 2)
    assert grade(handed_in(tmp_path / "class", {"anna": {"10": events}})).problems == ()


def row_of(of, found):
    table = gradebook.table(of, [_learner(found)], None)
    (row,) = table.rows
    return dict(zip(table.heads, row, strict=True))


def _learner(found):
    return gradebook.Learner(HandIn("anna", (Result("anna.json", "anna", "read"),), {}), found)


def test_a_gain_stands_there_once_the_closing_form_is_finished():
    before = [answer(name, guess_wrong(item), i) for i, (name, item) in enumerate(OPENING.items())]
    half = {"00": before, "10_closing": all_right(dict(list(CLOSING.items())[:6]), 100)}
    assert marks(half).gain is None
    whole = marks({"00": before, "10_closing": all_right(CLOSING, 100)}).gain
    assert (whole.before, whole.after, whole.gain, whole.pairs) == (0, 1, 1, 12)


def guess_wrong(item):
    """An answer that earns nothing."""
    wrong = next(option.id for option in item.options if not option.correct)
    return wrong if item.type == "choice" else {"answer": wrong, "because": item.because[0].id}


@pytest.mark.parametrize("kind", sorted({item.type for item in ITEM.values()}))
def test_each_kind_of_question_says_what_was_wrong_and_whose_belief_that_is(kind):
    choose = random.Random(7)
    for item in (item for item in ITEM.values() if item.type == kind):
        for _ in range(8):
            found = marks({"03": [answer(item.id, guess(item, choose))]}).first.get(item.id)
            if found is None:
                continue
            assert bool(found.wrong) == (not found.right)
            known = {*item.misconceptions, ""}
            slips = {part.what for part in found.wrong} if kind == "numeric" else set()
            assert all(part.what and part.belief in known | slips for part in found.wrong)
            betrayed = set(found.attempt.beliefs) if not found.right else set()
            assert betrayed <= {part.belief for part in found.wrong}


# ---- what is listed ----


def test_answers_to_questions_that_the_course_has_not_are_listed_and_cost_nothing(tmp_path):
    events = [answer("of-another-course", 1), answer(NEAR, "same", 3), answer(NEAR, "same", 5, variant="no-such")]
    found = marks({"03": events, "77": [answer("a<b>", 1, 4)]})
    assert found.gone == ("of-another-course", "a<b>", NEAR) and set(found.first) == {NEAR}


@pytest.mark.parametrize(
    ("times", "odd"),
    [
        (["2026-09-01T10:00:00+00:00", "2026-09-01T10:00:01+00:00"], 0),
        (["2026-09-01T10:00:00+00:00", "1970-01-01T00:00:00+00:00"], 1),
        (["9999-12-31T00:00:00+00:00", "2026-09-01T10:00:00+00:00"], 1),
        (["yesterday", ""], 2),
        (["2026-11-27T23:59:59+00:00"], 0),
        (["2026-11-28T00:00:00+00:00"], 1),
    ],
)
def test_a_time_that_cannot_be_is_counted_and_changes_no_mark(times, odd):
    events = [{**answer(NEAR, "same" if i else "gone"), "time": time} for i, time in enumerate(times)]
    assert odd_times({"03": events}, DAY) == odd
    assert not marks({"03": events}).first[NEAR].right, "the order of the file counts, not its clock"


def test_who_holds_the_answers_of_another_is_listed_with_whom(tmp_path):
    mine, other, third = (histories_of(export(files_of(seed))) for seed in (1, 2, 3))
    copied = {"03": [*third["03"], *mine["03"]]}
    every = {"anna": mine, "ben": mine, "eva": other, "zoe": copied}
    found = {one.learner: one for one in alike({name: moments(one) for name, one in every.items()})}
    assert set(found) == {"anna", "ben", "zoe"}
    assert (found["anna"].other, found["anna"].whole, found["ben"].other) == ("ben", True, "anna")
    assert (found["zoe"].other, found["zoe"].shared, found["zoe"].whole) == ("anna", len(mine["03"]), False)


def test_the_same_file_under_two_names_is_graded_twice_and_listed(tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()
    for name in ("anna", "ben"):
        (folder / f"{name}.json").write_bytes(export(files_of(1)))
    found = grade(folder)
    said = {one.learner: one.why for one in found.problems if one.what == "the same answers under two names"}
    assert set(said) == {"anna", "ben"} and "in the record of ben" in said["anna"] and said["anna"].startswith("all ")
    assert found.learners[0].marks == found.learners[1].marks is not None


def test_a_class_s_copy_of_the_course_marks_its_lessons_and_says_what_it_has_no_keys_of(tmp_path, monkeypatch):
    write(bundle(("opening", "closing", "exam")), tmp_path / "copy")
    use(monkeypatch, tmp_path / "copy" / "assets")
    folder = handed_in(tmp_path / "class", {})
    (folder / "anna.json").write_bytes(export(files_of(1)))
    found = grade(folder)
    (one,) = found.learners
    assert set(one.marks.kept) == {*OPENING, *CLOSING, *EXAM} and one.marks.gone == one.marks.failed == ()
    assert {name for bank in banks().values() for name in bank.items} == set(one.marks.first)
    said = [problem.why for problem in found.problems]
    assert [f"no keys of the {name}" in " ".join(said) for name in ("opening", "closing", "exam")] == [True] * 3


def test_a_course_made_of_nothing_marks_nothing():
    empty = made_of({})
    found = marks(histories_of(export(files_of(1))), empty)
    assert found.first == {} and len(found.gone) == len(ITEMS)
    assert gradebook.exam(empty, found) is None
    assert lesson_file("03", ())["events"] == []
