"""A class for tests: learners who know more or less, answer every question of the course, and hand in an export."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta

from right_answers import right_answer

from lessons.grading import record, transfer
from lessons.grading.bank import banks, kept_as, sets
from lessons.lesson_models import MODELS

START = datetime(2026, 9, 1, 8, tzinfo=UTC)
FINER = 1  # than a slider's own steps; more lets no two settings be alike
AGAIN = 0.5  # of wrong answers to questions of a lesson, whose learner answers once more


def every_item():
    """(name of the file of the record, question), in the order in which the course asks them."""
    order = {"opening": 0, "closing": 2, "exam": 3}
    every = {**banks(), **sets()}
    for name in sorted(every, key=lambda name: (order.get(name, 1), name)):
        yield from ((kept_as(name), item) for item in every[name].items.values())


ITEMS = tuple(every_item())


def sliders(item, choose):
    """Slider -> value, each at one of its steps."""
    about = MODELS[item.model].parameters.described()
    found = {}
    for slider in item.sliders:
        low = about[slider.id].low if slider.low is None else slider.low
        high = about[slider.id].high if slider.high is None else slider.high
        step = about[slider.id].step / FINER
        value = low + step * choose.randrange(round((high - low) / step) + 1)
        found[slider.id] = round(value) if about[slider.id].whole else round(value, 6)
    return found


def guess(item, choose):
    """An answer in the right shape, by chance."""
    ids = lambda parts: [part.id for part in parts]  # noqa: E731
    return {
        "choice": lambda: choose.choice([o.id for o in item.options if not o.correct]),
        "many": lambda: choose.sample(ids(item.options), choose.randrange(1, len(item.options))),
        "numeric": lambda: f"{choose.randrange(1, 400)} {item.unit}",
        "match": lambda: {entry.id: choose.choice(item.right).id for entry in item.left},
        "order": lambda: choose.sample(ids(item.steps), len(item.steps)),
        "two_tier": lambda: {"answer": choose.choice(item.options).id, "because": choose.choice(item.because).id},
        "prediction": lambda: {
            row.id: {phase.id: choose.choice(("up", "same", "down")) for phase in item.phases} for row in item.rows
        },
        "target": lambda: sliders(item, choose),
        "curve": lambda: [round(choose.uniform(item.low, item.high), 2) for _ in item.at],
    }[item.type]()


def files_of(seed, items=ITEMS, knows=None):
    """File of the record -> content, of one learner. `knows`: share of questions that are known, else by chance."""
    choose = random.Random(seed)
    ability = choose.uniform(0.2, 0.9) if knows is None else knows
    moment = START + timedelta(milliseconds=choose.randrange(10**9))
    files = {}

    def add(name, item, raw):
        nonlocal moment
        moment += timedelta(milliseconds=choose.randrange(20_000, 200_000))
        content = files.setdefault(
            name, {"schema_version": record.SCHEMA_VERSION, "lesson": name, "visited": None, "events": []}
        )
        event = {"kind": "answer", "time": moment.isoformat(timespec="milliseconds"), "id": item.id, "raw": raw}
        event["status"] = "kept"  # whatever a file says of a mark is not believed
        if choose.random() < 0.7:
            event["sure"] = choose.choice(record.SURE)
        content["events"].append(event)

    for name, item in items:
        known = choose.random() < ability - (0.2 if name == "00" else 0)
        add(name, item, right_answer(item) if known else guess(item, choose))
        if not known and len(name) == 2 and name != "00" and choose.random() < AGAIN:
            add(name, item, right_answer(item))
    return files


def export(files):
    """The bytes of an export."""
    return record.packed(
        {
            "schema_version": record.SCHEMA_VERSION,
            "kind": transfer.KIND,
            "course": transfer.COURSE,
            "files": files,
        }
    )


def answer(item, raw, second=0, sure=None, **more):
    """One answer as the record keeps it."""
    moment = (START + timedelta(seconds=second)).isoformat(timespec="milliseconds")
    said = {"kind": "answer", "time": moment, "id": item, "raw": raw, "status": "kept", **more}
    return said if sure is None else {**said, "sure": sure}


def lesson_file(lesson, events):
    """The content of one file of a record."""
    return {"schema_version": record.SCHEMA_VERSION, "lesson": lesson, "visited": None, "events": list(events)}


def handed_in(folder, learners):
    """Write exports. `learners`: name -> {lesson: events}."""
    folder.mkdir(exist_ok=True)
    for name, lessons in learners.items():
        files = {lesson: lesson_file(lesson, events) for lesson, events in lessons.items()}
        (folder / f"{name}.json").write_bytes(export(files))
    return folder


def signed(content):
    """The bytes of any content with a checksum that fits."""
    return record.packed(content)


def unsigned(raw):
    """The content of a file, without its checksum."""
    content = json.loads(raw)
    content.pop("checksum")
    return content
