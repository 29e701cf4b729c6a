"""Notebooks that are killed while they save, at moments that nobody chose, lose no answer but the one in the making."""

import random
import shutil
import subprocess
import sys
import time
from datetime import date

from lessons.grading import record, transfer

SEED = 20261127
SAVES = 1000
LESSONS = ("02", "03", "10_closing", "10_exam")
SAVING = """
lesson, name = sys.stdin.readline().split()
for i in range(10_000):
    record.save_answer(lesson, f"{name}-{i}", i, "correct")
    print(i, flush=True)
"""
IMPORTS = 25
DAY, NAME = date(2026, 11, 27), "export-2026-11-27.json"
ADDING = f"""
sys.stdin.readline() or sys.exit()
print("begun", flush=True)
transfer.bring_in({NAME!r}, date.fromisoformat({str(DAY)!r}))
"""


def notebook(what):
    """A process that has started and waits for a line before it does this, until it is killed."""
    run = f"import sys\nfrom datetime import date\nfrom lessons.grading import record, transfer\n{what}"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    return subprocess.Popen([sys.executable, "-c", run], text=True, bufsize=1, **pipes)


def reported_until_killed(one, told, lines, rest):
    """What it prints after it was told this; it is killed so many seconds after so many lines."""
    with one:
        one.stdin.write(f"{told}\n")
        heard = [one.stdout.readline() for _ in range(lines)]
        time.sleep(rest)
        one.kill()  # SIGKILL, or what Windows has in its place: nothing of Python runs any more
        # Not `communicate`, which passes over what `readline` has read ahead.
        return [line.strip() for line in (*heard, *one.stdout.readlines())]


def leftovers():
    return list(record.folder().glob(".*.tmp"))


def is_whole(lesson):
    """Whether the file of a lesson and its copy are, each where it exists, as they were written."""
    copies = (record.path(lesson), record.path(lesson).with_suffix(".json.bak"))
    return all(record.unpacked(one, "It") for one in copies if one.exists()) and record.notice(lesson) == ""


def test_no_answer_is_lost_in_a_thousand_saves_by_notebooks_that_are_killed_at_any_moment():
    chance = random.Random(SEED)
    kept = {lesson: [] for lesson in LESSONS}
    saved = kills = 0
    ready = notebook(SAVING)
    while saved < SAVES:
        lesson, one, ready = chance.choice(LESSONS), ready, notebook(SAVING)  # the next starts while this one works
        lines, rest = chance.randint(1, 20), chance.uniform(0, 0.02)
        numbers = reported_until_killed(one, f"{lesson} notebook{kills}", lines, rest)
        assert numbers == [str(i) for i in range(len(numbers))]
        assert is_whole(lesson)
        found = list(record.answers(lesson))
        expected = kept[lesson] + [f"notebook{kills}-{i}" for i in numbers]
        assert record.path(lesson).exists() or not found, "the copy alone would do; the file itself is never gone"
        # The one in the making may be on the disk, with nobody left to report it.
        assert found in (expected, [*expected, f"notebook{kills}-{len(numbers)}"])
        assert len(leftovers()) <= len(LESSONS), "the next save of a lesson removes what was left of the last"
        kept[lesson], saved, kills = found, saved + len(numbers), kills + 1
    ready.kill()
    ready.communicate()
    for lesson in LESSONS:
        record.save_answer(lesson, "last", 1, "correct")
        assert list(record.answers(lesson)) == [*kept[lesson], "last"]
    assert leftovers() == [] and list(record.folder().glob("*.damaged-*")) == []


def test_an_import_that_is_killed_at_any_moment_loses_nothing_and_can_be_done_again(tmp_path):
    chance = random.Random(SEED)
    for lesson in LESSONS:
        record.save_answer(lesson, "a", "there", "correct")
    transfer.export(DAY)
    exported = (record.folder() / NAME).read_bytes()
    ready = notebook(ADDING)
    for _ in range(IMPORTS):
        shutil.rmtree(record.folder())
        for lesson in LESSONS[1:]:
            record.save_answer(lesson, "b", "here", "incorrect")
        here = {lesson: record.history(lesson) for lesson in LESSONS}
        (record.folder() / NAME).write_bytes(exported)
        one, ready = ready, notebook(ADDING)
        assert reported_until_killed(one, "now", 1, chance.uniform(0, 0.02)) == ["begun"]
        assert all(is_whole(lesson) for lesson in LESSONS)
        now = {lesson: record.history(lesson) for lesson in LESSONS}
        assert all(set(map(str, here[lesson])) <= set(map(str, now[lesson])) for lesson in LESSONS)
        copies = [name for name in transfer.candidates() if name.startswith(transfer.SAFETY_COPY)]
        if now != here or copies:
            (copy,) = copies
            files = record.unpacked(record.folder() / copy, "It")["files"]
            assert {lesson: tuple(one["events"]) for lesson, one in files.items()} == {
                lesson: events for lesson, events in here.items() if events
            }
        transfer.bring_in(NAME, DAY)
        assert [sorted(event["raw"] for event in record.history(lesson)) for lesson in LESSONS] == [
            ["there"],
            *[["here", "there"]] * 3,
        ]
        assert "already" in transfer.bring_in(NAME, DAY)
    ready.kill()
    ready.communicate()
