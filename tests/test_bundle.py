"""What a class receives: the course, with questions that are asked and read as ever and marked by the teacher."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from types import MappingProxyType

import pytest
from examples import BY_TYPE
from right_answers import right_answer
from sealed_course import SETS, SetPage, copy_course, use
from test_any_answer import nearly, strange

from lessons import benches, bundle
from lessons.data import DataError
from lessons.grading import record, transfer
from lessons.grading.bank import Bank, bank, banks, misconceptions, sealed, sets
from lessons.grading.grade import MARKED, grade
from lessons.grading.items import TYPES
from lessons.grading.sealed import Sealed, seal
from lessons.interface import quiz
from lessons.lesson_models import MODELS
from lessons.simulation import ParameterError
from lessons.strict_yaml import read_yaml

EXAM = sets()["exam"].items
EVERY = {name: item for one in sets().values() for name, item in one.items.items()}
ONE_OF_EACH = {item.type: item for item in EXAM.values()}
NOTE = "Your teacher marks it; this copy of the course does not know what is right."


@pytest.fixture(scope="module")
def members():
    return bundle.bundle(SETS)


@pytest.fixture(scope="module")
def unpacked(members, tmp_path_factory):
    """The folder of a class's copy."""
    folder = tmp_path_factory.mktemp("class") / "copy"
    bundle.write(members, folder)
    return folder


@pytest.fixture
def sealed_course(unpacked, monkeypatch):
    """The course without the keys of its sets."""
    use(monkeypatch, unpacked / "assets")


@pytest.fixture(params=TYPES)
def item(request):
    """A question of each kind, with its key."""
    return ONE_OF_EACH[request.param]


def run(arguments, capsys, **more):
    code = bundle.main([str(argument) for argument in arguments], **more)
    return code, capsys.readouterr()


# ---- what is in it ----


def test_it_holds_what_a_class_uses_and_the_sets_without_their_keys(members):
    assert {name.split("/")[0] for name in members} == {*bundle.FILES, *bundle.FOLDERS}
    in_sets = [name for name in members if name.startswith("assets/quizzes/sets/")]
    assert in_sets == [f"assets/quizzes/sets/{name}.json" for name in sorted(SETS)]
    assert {"lessons/__main__.py", "lessons/03_release.md", "notebooks/03_release.ipynb"} <= set(members)
    assert not [name for name in members if "test" in name or "__pycache__" in name or "/." in f"/{name}"]


def test_all_else_is_what_the_course_has(members):
    changed = [name for name, content in members.items() if content != _there(name)]
    without_keys = [f"assets/quizzes/sets/{name}.json" for name in sorted(SETS)]
    assert changed == ["README.md", "assets/misconceptions.yaml", *without_keys]


def _there(name):
    path = bundle.ROOT / name
    return path.read_bytes() if path.exists() else None


def test_nothing_of_ones_own_slips_in(members, tmp_path):
    course = copy_course(tmp_path / "course")
    exam = (course / "assets/quizzes/sets/exam.yaml").read_text(encoding="utf-8")
    own = ["assets/quizzes/sets/exam.yaml~", "assets/quizzes/sets/.exam.yaml.swp", "assets/exam.zip", "exam.yaml"]
    own += ["notebooks/my_exam.ipynb", "notebooks/.ipynb_checkpoints/00_start_here.ipynb", "tests/test_exam.py"]
    own += ["lessons/__pycache__/exam.py", "lessons/exam.pyc", ".git/exam.md", ".venv/exam.py"]
    for name in own:
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(exam, encoding="utf-8")
    assert bundle.bundle(SETS, course) == members


def test_the_same_course_gives_the_same_bytes_whenever_and_wherever_it_lies(members, tmp_path):
    course = copy_course(tmp_path / "elsewhere")
    for path in course.rglob("*"):
        os.utime(path, (10**9, 10**9))
    assert bundle.packed(bundle.bundle(SETS[::-1], course)) == bundle.packed(members)


def test_the_zip_unpacks_to_one_folder_with_times_and_rights_that_say_nothing(members, tmp_path, capsys):
    code, said = run([tmp_path / "class.zip"], capsys)
    assert code == 0 and f"{len(EVERY)} questions of opening, closing, exam without their keys." in said.out
    assert [path.name for path in tmp_path.iterdir()] == ["class.zip"]
    with zipfile.ZipFile(tmp_path / "class.zip") as archive:
        assert {name: archive.read(f"retain-or-release/{name}") for name in members} == members
        assert archive.testzip() is None and archive.namelist() == sorted(archive.namelist())
        about = {(one.date_time, one.external_attr >> 16, one.create_system) for one in archive.infolist()}
    assert about == {((1980, 1, 1, 0, 0, 0), 0o644, 3)}


def test_its_readme_promises_nothing_that_is_not_there(members):
    readme = members["README.md"].decode()
    linked = [target for target in re.findall(r"\]\(([^)]+)\)", readme) if "://" not in target]
    assert linked and set(linked) <= set(members)
    assert "python -m lessons" in readme and "requirements.txt" in readme
    assert not [word for word in ("tests", "pytest", "CONTRIBUTING", "Download ZIP", "check quizzes") if word in readme]
    assert "The questions before the course, after the course and in the exam carry no answers here" in readme


def test_only_what_is_asked_for_is_sealed():
    members = bundle.bundle(["exam"])
    for name in ("opening", "closing"):
        assert members[f"assets/quizzes/sets/{name}.yaml"] == _there(f"assets/quizzes/sets/{name}.yaml")
    assert "assets/quizzes/sets/exam.json" in members and "assets/quizzes/sets/exam.yaml" not in members
    assert "The questions in the exam carry no answers here" in members["README.md"].decode()


def test_a_belief_that_only_a_sealed_question_is_about_is_not_told(members, unpacked):
    told = {one["id"] for one in read_yaml(unpacked / "assets/misconceptions.yaml")[0]["misconceptions"]}
    behind = lambda some: {tag for one in some for item in one.items.values() for tag in item.misconceptions}  # noqa: E731
    assert (behind(sets().values()) & set(misconceptions())) - told, "no belief stands behind sealed questions alone"
    slips = {slip.tag for one in banks().values() for i in one.items.values() for slip in getattr(i, "diagnoses", ())}
    assert told == behind(banks().values()) - slips


# ---- what is refused ----


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["x.zip", "--seal", "exam", "finale"], "There is no set finale to seal; this copy of the course has closing"),
        (["x.zip", "--seal", "opening"], "seal both"),
        (["x.zip", "--seal", "exam", "closing"], "seal both"),
        (["there"], "is there already"),
        (["there/file"], "is there already"),
        (["nowhere/x.zip"], "cannot be written"),
    ],
)
def test_what_cannot_be_made_is_said_in_a_sentence(arguments, word, tmp_path, monkeypatch, capsys):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "file").touch()
    monkeypatch.chdir(tmp_path)
    code, said = run(arguments, capsys)
    assert code == 1 and said.out == "" and word in said.err and said.err.count("\n") == 1
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["file"]


def test_no_bundle_is_made_of_a_copy_without_keys_or_of_half_a_course(unpacked, tmp_path, capsys):
    code, said = run([tmp_path / "x.zip"], capsys, root=unpacked)
    assert code == 1 and "this copy of the course has no keys" in said.err
    course = copy_course(tmp_path / "course")
    (course / "LICENSE").unlink()
    code, said = run([tmp_path / "x.zip"], capsys, root=course)
    assert code == 1 and "LICENSE is missing" in said.err and not (tmp_path / "x.zip").exists()


@pytest.mark.parametrize(
    ("where", "how"),
    [
        ("lessons/notes.md", "plain"),
        ("notebooks/03_release.ipynb", "json"),
        ("assets/quizzes/exam_with_keys.json", "whole"),
    ],
)
def test_a_key_that_lies_elsewhere_in_the_course_stops_it(where, how, tmp_path, capsys):
    course = copy_course(tmp_path / "course")
    one = ONE_OF_EACH["many"]
    text = {"plain": one.explanation, "json": json.dumps(one.options[0].feedback), "whole": one.model_dump_json()}[how]
    with (course / where).open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")
    code, said = run([tmp_path / "x.zip"], capsys, root=course)
    assert code == 1 and said.err == f"{where} holds what belongs to the question {one.id}; remove it from there.\n"
    assert not (tmp_path / "x.zip").exists()


def test_a_sealed_file_that_was_changed_is_refused_with_its_place(unpacked, tmp_path):
    folder = tmp_path / "assets/quizzes/sets"
    folder.mkdir(parents=True)
    text = (unpacked / "assets/quizzes/sets/exam.json").read_text(encoding="utf-8")
    (folder / "exam.json").write_text(text.replace('"stem"', '"key": "x", "stem"', 1), encoding="utf-8")
    with pytest.raises(DataError, match=r"sets/exam.json, line \d+: there is no field 'key' here"):
        sealed(tmp_path / "assets")


def test_where_both_are_there_the_keys_count(tmp_path, unpacked):
    course = copy_course(tmp_path / "course")
    sealed_one = unpacked / "assets/quizzes/sets/exam.json"
    (course / "assets/quizzes/sets/exam.json").write_bytes(sealed_one.read_bytes())
    assert bank("exam", course / "assets").items == EXAM and not sealed(course / "assets")


# ---- the questions of a class's copy ----


@pytest.mark.parametrize("name", SETS)
def test_the_cards_are_those_of_the_whole_course(name, unpacked, monkeypatch):
    whole = benches.quiz(name).questions
    use(monkeypatch, unpacked / "assets")
    assert benches.quiz(name).questions == [{**question, "sealed": True} for question in whole] != []


def test_an_answer_of_each_kind_is_kept_as_given_and_nothing_is_told_of_it(item, sealed_course):
    page = SetPage("exam")
    raw = right_answer(item)
    told = page.say(kind="answer", id=item.id, raw=raw, sure=2)
    silent = {"status": "kept", "note": NOTE, "hint": "", "explanation": "", "entries": [], "beliefs": [], "curve": []}
    assert silent.items() <= told["verdict"].items() and told["verdict"]["sources"] == []
    assert (told["progress"]["answered"], told["progress"]["trouble"]) == (1, "")
    (kept,) = record.history("10_exam")
    assert (kept["id"], kept["raw"], kept["status"], kept["sure"]) == (item.id, raw, "kept", 2)
    assert page.say(kind="hint", id=item.id) == {}
    restored = SetPage("exam").say(kind="hello")
    assert (restored["verdict"]["raw"], restored["verdict"]["sure"], restored["verdict"]["status"]) == (raw, 2, "kept")
    assert record.progress() == {"10": (item.id,)}


def test_from_a_cell_it_is_the_same(item, sealed_course):
    said = repr(benches.answer(item.id, right_answer(item), sure=3))
    assert said.endswith(f"Kept. {NOTE}") and (item.type == "numeric") == said.startswith("Read as")
    assert record.answers("10_exam") == {item.id: right_answer(item)} and record.sureness("10_exam") == {item.id: 3}
    assert "Not read." in repr(benches.answer(item.id, 10**400))
    with pytest.raises(ValueError, match="Say how sure you are"):
        benches.answer(item.id, right_answer(item), sure=4)
    assert len(record.history("10_exam")) == 1


def test_a_number_is_read_aloud_and_what_is_none_is_told_as_ever(sealed_course):
    page, number = SetPage("exam"), ONE_OF_EACH["numeric"]
    assert page.say(kind="echo", id=number.id, raw=f"1,5 {number.unit}")["echo"]["text"].startswith("Read as 1.5")
    assert "could mean 4800 or 4.800" in page.say(kind="echo", id=number.id, raw="4,800")["echo"]["text"]
    told = page.say(kind="answer", id=number.id, raw="4,800")
    assert told["verdict"]["status"] == "invalid" and "4.800" in told["verdict"]["note"]
    assert told["progress"]["answered"] == 0 and record.history("10_exam") == ()


@pytest.mark.parametrize(("name", "by"), [("opening", "opening"), ("closing", "closing")])
def test_before_and_after_the_course_it_is_the_teacher_too_who_tells(name, by, sealed_course):
    item = next(iter(sets()[name].items.values()))
    note = SetPage(name).say(kind="answer", id=item.id, raw=right_answer(item))["verdict"]["note"]
    gained = "What you gained is told at the end of the course, by your teacher."
    assert note == (gained if name == "opening" else NOTE)
    assert repr(benches.answer(item.id, right_answer(item))) == f"Kept. {note}"


def test_whatever_is_answered_is_kept_exactly_if_it_could_be_marked():
    """A class's copy reads an answer as the teacher's does, so nobody finds out later that it was no answer."""
    random_ = random.Random(11)
    sealed_ones = {name: seal(item, bundle._ranges(item)) for name, item in EVERY.items()}
    seen = set()
    for i in range(6000):
        item = list(EVERY.values())[i % len(EVERY)]
        answer = strange(random_) if random_.random() < 0.3 else nearly(item, random_)
        if i < 2 * len(EVERY):
            answer = right_answer(item)
        kept = grade(sealed_ones[item.id], answer)
        marked = grade(item, answer, _accepted)
        assert (kept.status == "kept") == (marked.status in MARKED), (item.id, repr(answer)[:200], kept, marked)
        assert kept.status == "kept" or kept.status == marked.status
        assert kept.echo == marked.echo
        seen.add((item.type, kept.status == "kept"))
    assert seen == {(kind, kept) for kind in TYPES for kept in (True, False)}


def _accepted(item, setting):
    """As the models do: a setting that they refuse is refused before anything is run."""
    MODELS[item.model].parameters().changed(**setting)
    return [True for _ in item.goals]


@pytest.mark.parametrize("wider", [None, 1e6])
@pytest.mark.parametrize(("end", "sign"), [("low", -1), ("high", 1)])
def test_a_setting_that_the_model_would_refuse_is_refused_without_it(end, sign, wider):
    target = ONE_OF_EACH["target"]
    limits = {end: None if wider is None else sign * wider}
    item = target.model_copy(update={"sliders": tuple(s.model_copy(update=limits) for s in target.sliders)})
    name = item.sliders[0].id
    beyond = {**item.solution, name: getattr(MODELS[item.model].parameters.described()[name], end) + sign}
    with pytest.raises(ParameterError):
        _accepted(item, beyond)
    verdict = grade(seal(item, bundle._ranges(item)), beyond)
    assert verdict.status == "invalid" and name in verdict.note


def test_who_starts_over_is_asked_the_next_form_and_the_record_says_which(monkeypatch):
    first = BY_TYPE["numeric"].model_dump()
    other = {"id": "lighter", "stem": "By how much after a lighter needle?", "value": "60", "atol": "6 kPa"}
    item = type(BY_TYPE["numeric"]).model_validate({**first, "model": "03", "variants": ({**other},)})
    closed = seal(item, {})
    assert [form.stem for form in closed.forms.values()] == [item.stem, other["stem"]]
    assert list(closed.forms) == list(item.forms) == ["", "lighter"]
    assert not {"60", "6 kPa", item.value} & set(re.findall(r'"([^"]*)"', closed.model_dump_json()))
    assert Sealed.model_validate_json(closed.model_dump_json(exclude_defaults=True)) == closed
    monkeypatch.setattr(quiz, "bank", lambda lesson: Bank("exam", MappingProxyType({closed.id: closed}), ""))
    page = SetPage("exam")
    (cleared,) = page.say(kind="over")["cleared"]["questions"]
    assert (cleared["stem"], cleared["sealed"]) == (other["stem"], True)
    page.say(kind="answer", id=closed.id, raw="1 kPa")
    assert record.history("10_exam")[-1]["variant"] == "lighter"


def test_an_answer_to_what_is_no_longer_asked_so_is_passed_over(sealed_course, item):
    for one in ONE_OF_EACH.values():
        if one.type != item.type:
            record.save_answer("10_exam", item.id, right_answer(one), "kept")
    assert set(SetPage("exam").say(kind="hello")) == {"progress"}
    assert benches.report().told()["teacher"] is None


# ---- the report, here and at the teacher's ----


def report_of(monkeypatch, assets=None):
    with monkeypatch.context() as patch:
        if assets:
            use(patch, assets)
        return benches.report().told()


def test_the_report_says_that_they_are_kept_for_the_teacher_and_calls_none_lost(unpacked, monkeypatch):
    assert report_of(monkeypatch, unpacked / "assets")["teacher"] is None
    for item in ONE_OF_EACH.values():
        for _ in range(2):
            record.save_answer("10_exam", item.id, right_answer(item), "kept", 3)
    record.save_answer("10_exam", "a-question-that-is-gone", "x", "kept")
    found = report_of(monkeypatch, unpacked / "assets")
    assert found["teacher"]["told"].startswith("Your answers to 9 questions are kept for your teacher, who marks them.")
    assert [one["text"] for one in found["apart"]["list"]] == ["a-question-that-is-gone (page 10)"]
    assert "bars" not in found["sureness"] and "list" not in found["beliefs"] and found["gain"] is None


def test_the_course_with_its_keys_marks_what_was_kept_and_handed_in(unpacked, monkeypatch, tmp_path):
    with monkeypatch.context() as patch:
        use(patch, unpacked / "assets")
        for item in ONE_OF_EACH.values():
            SetPage("exam").say(kind="answer", id=item.id, raw=right_answer(item), sure=3)
        wrong = next(i for i in EXAM.values() if i.type == "choice" and i is not ONE_OF_EACH["choice"])
        SetPage("exam").say(kind="answer", id=wrong.id, raw=next(o.id for o in wrong.options if not o.correct), sure=3)
        for form in ("opening", "closing"):
            page = SetPage(form)
            for item in sets()[form].items.values():
                page.say(kind="answer", id=item.id, raw=right_answer(item))
    handed_in = transfer.export(date.today())
    monkeypatch.setenv("RETAIN_OR_RELEASE_HOME", str(tmp_path / "marking"))
    record.folder().mkdir()
    shutil.copy(handed_in, record.folder())
    assert "34 entries added" in transfer.bring_in(handed_in.name, date.today())
    found = report_of(monkeypatch)
    assert found["teacher"] is None and found["apart"] == {"told": "", "list": []}
    assert found["sureness"]["bars"][-1]["told"] == f"{len(TYPES)} of {len(TYPES) + 1} right"
    assert len(found["beliefs"]["list"]) == 1
    assert found["gain"]["told"].startswith("100 % right before the course, 100 % after it (12 questions")
    page = SetPage("exam")
    page.say(kind="hello")
    verdicts = {one["id"]: one["status"] for one in page.heard if one["kind"] == "verdict"}
    assert {verdicts.pop(item.id) for item in ONE_OF_EACH.values()} == {"correct"}
    assert verdicts == {wrong.id: "incorrect"}


# ---- unpacked, in a Python of its own ----

IN_THE_COPY = """
import json, sys
import lessons
from lessons import benches, build, check, truth
from lessons.grading import record
from lessons.grading.bank import bank, find
given = json.load(sys.stdin)
page = benches.quiz("exam")
for name, raw in given.items():
    page.answer(name, raw, 2)
print(json.dumps({
    "from": lessons.__file__,
    "asked": [question["id"] for question in page.questions],
    "kept": {event["id"]: [event["raw"], event["status"]] for event in record.history("10_exam")},
    "report": benches.report().told()["teacher"]["told"],
    "printed": repr([find(name) for name in given]),
    "said": repr(benches.answer(next(iter(given)), "nothing of the kind")),
    "keys": sum(hasattr(item, "explanation") for item in bank("exam").items.values()),
    "open": len(list(truth.every())),
}))
"""


def test_what_a_class_unpacks_runs_by_itself_and_asks_keeps_and_reports(unpacked, record_folder):
    given = {item.id: right_answer(item) for item in ONE_OF_EACH.values()}
    done = subprocess.run(
        [sys.executable, "-c", IN_THE_COPY],
        input=json.dumps(given),
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        cwd=record_folder.parent,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["from"] == str(unpacked / "lessons" / "__init__.py")
    assert told["asked"] == list(EXAM) and told["keys"] == 0
    assert told["kept"] == {name: [raw, "kept"] for name, raw in given.items()}
    assert told["report"].startswith("Your answers to 9 questions are kept")
    assert told["said"].startswith("Not read.")
    assert told["open"] == sum(len(one.items) for one in banks().values())
    assert told["printed"].startswith("[('exam', Sealed(")
    verdicts = [
        grade(EXAM[name], raw, benches.every_page.run_of("exam")) for name, raw in record.answers("10_exam").items()
    ]
    assert [verdict.status for verdict in verdicts] == ["correct"] * len(TYPES)
