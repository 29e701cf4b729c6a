"""No key leaks: into what a class receives, into a page, its outputs, a printed question, or the report of an error.

In a copy of the course everything that tells the key of a question of a set carries KEYCANARY-<item>. It is searched
for wherever it must not be; each search is shown to find what it looks for.
"""

import gzip
import io
import itertools
import json
import os
import pprint
import subprocess
import traceback
import zipfile

import nbformat
import pytest
from nbclient import NotebookClient
from right_answers import right_answer
from sealed_course import CANARY, SETS, SetPage, copy_course, hits, plant, use

from lessons import benches, bundle
from lessons.grading import bank as banks_of_questions
from lessons.grading import record
from lessons.grading.bank import bank, banks, find, kept_as, sets
from lessons.grading.grade import grade
from lessons.grading.sealed import Sealed, seal
from lessons.interface.quiz import public
from lessons.strict_yaml import read_yaml

REAL = [item for one in sets().values() for item in one.items.values()]
ODD = (None, "", "x", 3, True, [], ["x"], {}, {"a": 1}, {"x": {"y": "z"}}, 10**400, "4,800", "<img src=x>", "x" * 10**5)
FIELDS = {
    "schema_version", "set", "items", "variants", "id", "type", "model", "stem", "text", "options", "because", "left",
    "right", "steps", "rows", "phases", "goals", "sliders", "start", "low", "high", "whole", "unit", "at", "label",
}  # fmt: skip


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """The whole course, with canaries."""
    return plant(copy_course(tmp_path_factory.mktemp("planted") / "course"))


@pytest.fixture(scope="module")
def packed(planted):
    """What a class receives of it, as a zip."""
    return bundle.packed(bundle.bundle(SETS, planted))


@pytest.fixture(scope="module")
def unpacked(packed, tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(folder)
    return folder / bundle.TOP


@pytest.fixture(params=["whole", "sealed"])
def course(request, planted, unpacked, monkeypatch):
    """The course that a page is in; gives its name."""
    use(monkeypatch, (planted if request.param == "whole" else unpacked) / "assets")
    return request.param


# ---- what is searched, and that the search finds ----


def test_everything_that_tells_a_key_carries_the_canary_of_its_question(planted):
    beliefs = read_yaml(planted / "assets/misconceptions.yaml")[0]["misconceptions"]
    for name in SETS:
        for item in sets(planted / "assets")[name].items.values():
            texts = list(bundle._key_texts(item))
            assert len(texts) >= 3 and all(f"{CANARY}-{item.id}" in text for text in texts)
            assert set(item.misconceptions) <= {one["id"] for one in beliefs if hits(one["belief"])} | {
                slip.tag for slip in getattr(item, "diagnoses", ())
            }
    assert sum(len(one.items) for one in sets(planted / "assets").values()) == len(REAL)


def test_the_search_finds_a_canary_in_any_case_and_in_archives_inside():
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", f"{CANARY}-x " * 40)
    for content in (f"a {CANARY}-x", b"\x89PNG m99-keycanary-x", gzip.compress(inner.getvalue()), inner.getvalue()):
        assert hits(content, "here")
    assert not hits(inner.getvalue().replace(b"PK", b"KP")), "packed, it is found by nothing but unpacking"
    assert hits("\ud800 keycanary") and not hits("the key of a canary")


@pytest.mark.parametrize("where", ["lessons/notes.md", "notebooks/00_start_here.ipynb", "assets/predictions.yaml"])
def test_a_leak_into_the_bundle_is_found(where, planted, packed):
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        members = {name.removeprefix(f"{bundle.TOP}/"): archive.read(name) for name in archive.namelist()}
    assert bundle.leaks(members, SETS, planted / "assets") == []
    exam = (planted / "assets/quizzes/sets/exam.yaml").read_bytes()
    assert hits(bundle.packed({**members, where: gzip.compress(exam)}), where)
    members[where] = members.get(where, b"") + exam
    assert hits(bundle.packed(members), where)
    said = bundle.leaks(members, SETS, planted / "assets")
    assert len(said) == len(sets()["exam"].items) and all(sentence.startswith(where) for sentence in said)


# ---- what a class receives ----


def test_no_byte_of_the_bundle_holds_a_canary(packed):
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = archive.namelist()
        assert len(names) > 200 and [found for name in names for found in hits(archive.read(name), name)] == []
    assert hits(packed) == [], "not beside its members either"


def test_a_sealed_set_has_only_fields_that_a_page_shows(unpacked):
    for name in SETS:
        content = json.loads((unpacked / f"assets/quizzes/sets/{name}.json").read_bytes())
        assert set(fields(content)) <= FIELDS
        assert len(content["items"]) == len(sets()[name].items)
        for field in ("options", "because", "left", "right", "steps", "rows", "phases", "goals"):
            parts = [part for item in content["items"] for part in item.get(field, ())]
            assert all(set(part) == {"id", "text"} for part in parts)
    assert set(Sealed.model_fields) - FIELDS == set() and "key" in set(fields({"items": [{"key": {"a": 1}}]}))


def fields(content):
    if isinstance(content, dict):
        yield from content
    for one in content.values() if isinstance(content, dict) else content if isinstance(content, list) else ():
        yield from fields(one)


def rekeyed(item):
    """The same question to whoever sees its page, written in another way and with another key."""
    told = {"explanation": "Else.", "hints": ("Else.",), "claim": ("T1",), "evidence": ("else",), "source": "Else."}
    return item.model_copy(update={**told, **REKEYED[item.type](item)})


def turned(options):
    """In another order, with something else right."""
    others = [*options[1:], options[0]]
    return tuple(
        option.model_copy(update={"correct": other.correct, "feedback": "Else.", "misconception": "else", "truth": ()})
        for option, other in zip(reversed(options), others, strict=True)
    )


def changed(parts, **update):
    return tuple(part.model_copy(update=update) for part in parts)


REKEYED = {
    "choice": lambda item: {"options": turned(item.options)},
    "many": lambda item: {"options": turned(item.options)},
    "two_tier": lambda item: {"options": turned(item.options), "because": turned(item.because)},
    "numeric": lambda item: {"value": "7", "atol": "1", "rtol": None, "diagnoses": (), "ask": None},
    "match": lambda item: {
        "left": changed(reversed(item.left), feedback="Else.", misconception="", truth={}),
        "key": dict(zip(item.key, [*list(item.key.values())[1:], item.right[0].id], strict=True)),
    },
    "order": lambda item: {"steps": changed(reversed(item.steps), set={}, read=None), "falling": not item.falling},
    "prediction": lambda item: {
        "rows": tuple(row.model_copy(update={"key": row.key[::-1], "band": 9.0, "of": "else"}) for row in item.rows)
    },
    "target": lambda item: {
        "goals": changed(item.goals, feedback="Else.", holds=None),
        "solution": {name: value + 1 for name, value in item.solution.items()},
    },
    "curve": lambda item: {"key": item.key[::-1], "band": 9.0, "of": "else"},
}


@pytest.mark.parametrize("item", REAL, ids=lambda item: item.id)
def test_neither_what_is_sealed_nor_what_a_page_shows_depends_on_the_key(item):
    """Not even by an order: one that is always shuffled alike could be put back as it was written."""
    other, ranges = rekeyed(item), bundle._ranges(item)
    assert seal(other, ranges) == seal(item, ranges)
    assert public(other, ranges) == public(item, ranges)
    assert public(seal(item, ranges), ranges) == {**public(item, ranges), "sealed": True}


def test_that_an_order_gives_a_key_away_would_be_found(monkeypatch):
    order, other = next((item, rekeyed(item)) for item in REAL if item.type == "order")
    monkeypatch.setattr("lessons.grading.sealed.by_id", list)
    monkeypatch.setattr("lessons.interface.quiz._shuffled", lambda item, parts: list(parts))
    assert seal(other, {}) != seal(order, {}) and public(other) != public(order)


def test_no_page_shows_steps_in_the_right_order():
    every = [item for one in banks().values() for item in one.items.values()] + REAL
    shown = {i.id: [step["id"] for step in public(i)["steps"]] for i in every if i.type == "order"}
    assert shown and not [name for name, steps in shown.items() if steps == list(find(name)[1].key)]


# ---- a page, before an answer ----


def before_an_answer(name):
    """All that a page is told of a set before anything was answered, whatever it asks for and however oddly."""
    page = SetPage(name)
    heard = [page.state()]
    for item in bank(name).items:
        page.say(kind="hello")
        heard += page.heard
        for kind, raw in itertools.product(("answer", "echo", "hint", "odd"), ODD):
            page.say(kind=kind, id=item, raw=raw, sure=raw)
            heard += page.heard
    page.say(kind="over")
    return json.dumps([*heard, *page.heard, page.state()], default=str)


@pytest.mark.parametrize("name", SETS)
def test_a_page_is_told_nothing_before_an_answer(name, course):
    heard = before_an_answer(name)
    assert heard.count('"verdict"') > 100 and hits(heard) == []
    assert {event["kind"] for event in record.history(kept_as(name))} <= {"start over"}, "nothing was answered"
    told = {"correct", "truth", "misconception", "feedback", "key", "holds", "solution", "value", "diagnoses", "of"}
    assert not told & set(fields({"questions": benches.quiz(name).questions}))


def test_a_page_of_a_class_is_told_nothing_after_an_answer_either(unpacked, monkeypatch):
    use(monkeypatch, unpacked / "assets")
    assert all(isinstance(item, Sealed) for name in SETS for item in bank(name).items.values())
    heard = []
    for item in REAL:
        page = SetPage(find(item.id)[0])
        page.say(kind="answer", id=item.id, raw=right_answer(item))
        heard += [*page.heard, page.state()]
        page.say(kind="hint", id=item.id)
        heard += page.heard
    assert json.dumps(heard).count('"status": "kept"') == len(REAL) and hits(json.dumps(heard)) == []


def test_before_the_course_nothing_is_told_after_an_answer_where_the_keys_are(planted, monkeypatch):
    use(monkeypatch, planted / "assets")
    page = SetPage("opening")
    for item in bank("opening").items.values():
        page.say(kind="answer", id=item.id, raw=right_answer(item))
        assert hits(json.dumps([page.heard, page.state()])) == []


def test_a_page_of_the_whole_course_is_told_after_an_answer_and_saves_nothing_of_it(planted, monkeypatch):
    """So what is searched here is where a leak would be."""
    use(monkeypatch, planted / "assets")
    page = SetPage("exam")
    item = next(item for item in bank("exam").items.values() if item.type == "choice")
    page.say(kind="answer", id=item.id, raw=item.correct.id)
    assert hits(json.dumps(page.heard)) and hits(page.state()) == []


# ---- what is printed, and what an error says ----


def printed(thing):
    return "\n".join((repr(thing), str(thing), f"{thing}", pprint.pformat(thing)))


def test_a_question_prints_as_its_id_and_its_kind(course):
    for item in bank("exam").items.values():
        assert course == "sealed" or repr(item) == f"{type(item).__name__}(id='{item.id}', type='{item.type}')"
        assert hits(printed(item)) == hits(printed(item.forms)) == []


def test_nothing_that_holds_questions_prints_their_keys(course):
    report = benches.report()
    things = [bank(name) for name in SETS] + [benches.quiz(name) for name in SETS]
    things += [banks_of_questions.sets(), banks_of_questions.sealed(), report, report._course]
    things += [find(item) for item in bank("exam").items] + [benches.answer(item.id, "odd") for item in REAL]
    assert [thing for thing in map(printed, things) if hits(thing)] == []


def raised(act):
    """All ways in which the error of an act is told, with the values of all variables, too."""
    try:
        act()
    except Exception as error:
        with_values = traceback.TracebackException.from_exception(error, capture_locals=True)
        return "\n".join([repr(error), str(error), *traceback.format_exception(error), *with_values.format()])
    raise AssertionError("nothing was raised")


def stopped(item, setting):
    raise RuntimeError("the solver stopped", item, setting)


def acts(item, page):
    """What raises, one after the other."""
    yield lambda: find("nobody")
    yield lambda: benches.answer("nobody", "x")
    yield lambda: benches.answer(item.id, "x", sure=9)
    yield lambda: page.answer("nobody", "x")
    yield lambda: setattr(item, "stem", "x")
    yield lambda: item.no_such_field
    yield lambda: type(item)(id=item.id, type=item.type)
    yield lambda: stopped(item, {})
    yield lambda: json.dumps(item)
    yield lambda: [][item]


def test_no_error_tells_a_key(course):
    page = benches.quiz("exam")
    for item in {item.type: item for item in bank("exam").items.values()}.values():
        told = [raised(act) for act in acts(item, page)]
        assert [text for text in told if hits(text)] == []
        assert "item = " in told[-3], "the values of variables are told"


def test_that_an_error_tells_a_key_would_be_found(planted, monkeypatch):
    use(monkeypatch, planted / "assets")
    item = next(iter(bank("exam").items.values()))
    assert hits(raised(lambda: stopped(item.explanation, {})))


def test_an_answer_that_cannot_be_read_or_run_says_nothing_of_the_key(course):
    items = bank("exam").items.values()
    said = [grade(item, raw, stopped) for item in items for raw in ODD]
    targets = [item for item in REAL if item.type == "target"]
    said += [grade(bank("exam").items[item.id], right_answer(item), stopped) for item in targets]
    assert hits(printed(said)) == []
    assert said[-1].status == ("grader-error" if course == "whole" else "kept")
    assert course == "sealed" or "solver stopped" in said[-1].note


@pytest.mark.parametrize("item", REAL, ids=lambda item: item.id)
def test_what_to_do_is_said_in_an_order_that_is_no_key(item):
    """Where the keys are, too, for steps, which are written in the right order, and for what is to be ticked."""
    asked = [(item, rekeyed(item))] if item.type in ("order", "many") else []
    for one, other in [*asked, [seal(form, bundle._ranges(item)) for form in (item, rekeyed(item))]]:
        assert [grade(one, raw).note for raw in ODD] == [grade(other, raw).note for raw in ODD]


def test_entries_to_sort_are_not_written_in_the_order_of_their_places():
    """What is still to sort is named as it is written."""
    every = [item for one in (*banks().values(), *sets().values()) for item in one.items.values()]
    matches = [item for item in every if item.type == "match"]
    for item in matches:
        places = [place.id for place in item.right]
        order = [places.index(item.key[entry.id]) for entry in item.left]
        assert order not in (sorted(order), sorted(order, reverse=True)), item.id
    assert len(matches) >= 4


# ---- a page that is run ----

BEFORE = """import lessons
from lessons import benches
from lessons.grading.bank import bank, find
%xmode Verbose
print(lessons.__file__)"""
CELLS = (
    "benches.quiz('exam')",
    "[benches.answer(name, raw) for name in bank('exam').items for raw in (None, 'x', 3, ['x'], {'a': 1})]",
    "item = next(iter(bank('exam').items.values()))\nitem, bank('exam'), find(item.id), item.forms",
    "benches.answer(item.id, 'x', sure=9)",
    "benches.answer('nobody', 'x')",
    "item.stem = 'x'",
    "[][item]",
    "[benches.answer(name, raw) for name, raw in {opening}]",
)
LEAK = "getattr(item, 'explanation', 'nothing to tell')"


@pytest.mark.parametrize("kind", ["whole", "sealed"])
def test_a_page_that_is_run_holds_nothing_in_its_outputs_and_what_is_saved_with_it(kind, planted, unpacked, tmp_path):
    folder = planted if kind == "whole" else unpacked
    page = nbformat.read(folder / "notebooks" / "00_start_here.ipynb", 4)
    opening = [(item.id, right_answer(item)) for item in sets()["opening"].items.values()]
    cells = [code.replace("{opening}", repr(opening)) for code in CELLS]
    of_the_page = [cell.source for cell in page.cells if "quiz(" in cell.source or "report()" in cell.source]
    page.cells = [nbformat.v4.new_code_cell(code) for code in (BEFORE, *of_the_page, *cells, LEAK)]
    client = NotebookClient(page, timeout=60, allow_errors=True, resources={"metadata": {"path": str(tmp_path)}})
    home = {"PYTHONPATH": str(folder), "RETAIN_OR_RELEASE_HOME": str(tmp_path / "record"), "HOME": str(tmp_path)}
    client.execute(env={**os.environ, **home}, stderr=subprocess.DEVNULL)
    *others, leaking = page.cells
    outputs = json.dumps([cell.outputs for cell in others])
    assert f"{folder}/lessons/__init__.py" in outputs, "it is this course that ran"
    errors = [output["ename"] for cell in others for output in cell.outputs if output.output_type == "error"]
    assert errors == ["ValueError", "LookupError", "ValidationError", "TypeError"]
    assert len(of_the_page) == 2 and "Not read." in outputs and "Kept." in outputs
    assert sets()["exam"].items["exam-how-long"].stem in json.dumps(page.metadata), "the cards are saved with it"
    assert hits(outputs) == hits(json.dumps(page.metadata)) == []
    assert bool(hits(json.dumps(leaking.outputs))) == (kind == "whole"), "what a cell tells is searched"
