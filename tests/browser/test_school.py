"""Serving a school: three users of the system, a real JupyterHub and its proxy, private answers, a class graded."""

import csv
import re
import stat
import subprocess
from pathlib import Path

import pytest
from asked import CHOICE, LESSON, choose, told
from school import LEARNERS, AtSchool, LearnerPage, School, holding, must_be_possible

WRONG = [one for one in CHOICE.options if not one.correct]
GIVEN = dict(zip(LEARNERS, (CHOICE.correct, WRONG[0], WRONG[-1]), strict=True))


@pytest.fixture(scope="module")
def school():
    must_be_possible()
    with School() as school:
        yield school


@pytest.fixture(scope="module")
def pages(school, browser):
    """Three learners who log in at once; then each moves a slider, answers a question and saves the page."""
    opened = {}
    for name in LEARNERS:
        opened[name] = LearnerPage(AtSchool(school, name), browser, LESSON, 1280, 900, "light", True)
    for name, page in opened.items():
        page.panel.locator(".jp-MarkdownOutput h1").first.wait_for(timeout=120_000)
        page.begun()
        twin = page.panel.locator(".ror-explorer .ror-twin").first
        before = twin.inner_text()
        page.slider("how far the needle passes from the spot").first.press("End")
        twin.filter(has_not_text=before).wait_for(timeout=30_000)
        choose(page, CHOICE, GIVEN[name])
        told(page, CHOICE).filter(has_text=".").wait_for(timeout=30_000)
        page.save()
    yield opened
    for page in opened.values():
        page.context.close()


def test_each_page_starts_by_itself_is_saved_as_the_course_wrote_it_and_asks_nobody(school, pages):
    for name, page in pages.items():
        own = school.record(name) / "notebooks" / f"{LESSON}.ipynb"
        assert own.stat().st_uid == school.learners[name].pw_uid
        assert own.read_bytes() == (school.course / "notebooks" / own.name).read_bytes()
        page.must_have_been_quiet()
    pages["anna"].picture("a lesson under JupyterHub")


def test_answers_lie_in_each_learner_s_own_home(school, pages):
    for name in LEARNERS:
        events = holding(school.record(name) / "lesson_03.json")
        assert [event["raw"] for event in events if event["kind"] == "answer"] == [GIVEN[name].id]


def test_nobody_else_can_read_or_change_them_nor_the_course(school, pages):
    for name in LEARNERS:
        record = school.record(name)
        everything = [record, *record.iterdir(), *(record / "notebooks").iterdir()]
        assert {one.stat().st_uid for one in everything} == {school.learners[name].pw_uid}
        assert [one for one in everything if stat.S_IMODE(one.stat().st_mode) & 0o077] == []
        assert {"lesson_03.json", "lesson_03.json.bak", "patient.json"} & {one.name for one in everything}
    record = school.record("anna")
    for command in (("ls", record), ("cat", record / "lesson_03.json"), ("touch", record / "new")):
        assert school.as_learner("anna", *map(str, command)).returncode == 0
        tried = school.as_learner("ben", *map(str, command))
        assert tried.returncode and "Permission denied" in tried.stderr
    for place in ("lessons/new.py", "notebooks/new.ipynb", "assets/new.yaml"):
        assert "Permission denied" in school.as_learner("anna", "touch", str(school.course / place)).stderr
    user = school.learners["anna"].pw_name
    asked = pages["ben"].context.request.get(f"{school.address}/user/{user}/api/contents/lesson_03.json")
    assert asked.status in (403, 404) and CHOICE.id not in asked.text()


def test_a_learner_s_programs_have_limits(school, pages):
    server = school.server_of("cem")
    limits = Path(f"/proc/{server}/limits").read_text(encoding="ascii")
    assert re.search(rf"^Max data size +{1024**3} +{1024**3} ", limits, re.MULTILINE)
    assert re.search(r"^Max processes +300 +300 ", limits, re.MULTILINE)
    assert re.search(r"^Umask:\s0077$", Path(f"/proc/{server}/status").read_text(encoding="ascii"), re.MULTILINE)
    hog = f"import resource; resource.setrlimit(resource.RLIMIT_DATA, ({1024**3},) * 2); bytearray(2 * 1024**3)"
    assert "MemoryError" in school.as_learner("cem", str(school.python), "-c", hog).stderr


def test_the_teacher_s_command_grades_the_three(school, pages):
    collect = school.course / "serving" / "jupyterhub" / "collect.py"
    folder = school.folder / "class"
    said = subprocess.run(
        [school.python, collect, school.group, folder], env=school.libraries, capture_output=True, text=True
    )
    assert said.stdout.startswith("3 of the group"), said
    out = school.folder / "graded"
    done = subprocess.run(
        [school.python, "-m", "lessons.classroom", folder, "--out", out],
        env=school.libraries,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    with open(out / "gradebook.csv", encoding="utf-8-sig", newline="") as file:
        rows = {row["learner"]: row for row in csv.DictReader(file)}
    for name, one in school.learners.items():
        row = rows.pop(one.pw_name)
        assert (row["status"], row["03 answered"], row["03 right"]) == ("read", "1", "01"[name == "anna"])
    assert rows == {}


def test_a_new_version_of_the_course_leaves_answers_and_own_changes_as_they_are(school, pages):
    """Last, for it changes the course of this school."""
    before = {name: (school.record(name) / "lesson_03.json").read_bytes() for name in ("anna", "ben")}
    own = school.record("ben") / "notebooks" / f"{LESSON}.ipynb"
    own.write_text(own.read_text(encoding="utf-8").replace("## Predict", "## My own note"), encoding="utf-8")
    page, bank = school.course / "notebooks" / own.name, school.course / "assets" / "quizzes" / f"{LESSON}.yaml"
    page.write_text(page.read_text(encoding="utf-8").replace("## Explain", "## Explained anew"), encoding="utf-8")
    bank.write_text(bank.read_text(encoding="utf-8").replace(CHOICE.stem, "Asked anew?"), encoding="utf-8")
    ask = "from lessons.lab.hub import prepare, record; prepare(); print(record.answers('03'))"
    for name in ("anna", "ben"):
        told_ = school.as_learner(name, str(school.python), "-c", ask)
        assert told_.stdout == f"{ {CHOICE.id: GIVEN[name].id} }\n", told_.stderr
        assert (school.record(name) / "lesson_03.json").read_bytes() == before[name]
        assert (school.record(name) / "notebooks" / own.name).read_bytes() == page.read_bytes()
    aside = list(own.parent.glob(f"{own.stem} (mine, *).ipynb"))
    assert len(aside) == 1 and "## My own note" in aside[0].read_text(encoding="utf-8")
