"""The page for teachers: what it names exists, keys come only when asked for, and no copy for a class has any of it."""

from __future__ import annotations

import json
import re
import tempfile

import pytest
from pages import EXPLORERS

from lessons import bundle, teaching
from lessons.data import ASSETS
from lessons.grading import record
from lessons.grading.bank import banks, misconceptions, sets
from lessons.grading.items import TYPES
from lessons.interface.sheet import LONGEST, Sheet
from lessons.pages import page_files, read_front
from lessons.strict_yaml import DataError
from lessons.teaching import handouts, keys, worked_examples
from lessons.teaching.guide import guide, written_pages
from lessons.teaching.handout_picture import picture
from lessons.teaching.refutation import refutation
from lessons.teaching.sheets import lesson_blocks, plan_blocks

CELLS = [name for name in teaching.__all__ if name != "class_answers"]
TEXT = (ASSETS / "teaching.yaml").read_text(encoding="utf-8")


class Heard(Sheet):
    """A sheet that keeps what it would have sent."""

    def send(self, content, buffers=None):
        self.__dict__.setdefault("sent", []).append(content)


def texts(blocks):
    """Everything that blocks say, as one text."""
    return json.dumps(list(blocks), ensure_ascii=False)


def changed(folder, old, new):
    """The guide with one text changed; gives what is said of it."""
    assert TEXT.count(old) >= 1, f"'{old}' no longer stands in teaching.yaml"
    (folder / "teaching.yaml").write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        guide(folder)
    return str(error.value)


# ---- the guide ----


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("  minutes: 45\n", "  minutes: 50\n", "take 45 minutes and not 50"),
        ("{minutes: 40, where: at home", "{minutes: 30, where: at home", "take 315 minutes and not 325"),
        ("figure: where_and_when, pred", "figure: where_or_when, pred", "page 07 has no figure 'where_or_when'"),
        ("figure: release, item:", "figure: retention, item:", "page 03 has no figure 'retention'; it calls"),
        ("prediction: rub-it, does", "prediction: rub-in, does", "there is no prediction 'rub-in'"),
        ("prediction: rub-it, does", "prediction: three-stacks, does", "'three-stacks' is asked on page 08, not on 01"),
        ("item: five-millimetres-beside", "item: six-millimetres", "there is no question 'six-millimetres'"),
        ("case: helga", "case: helmut", "there is no case 'helmut'"),
        ("belief: m27-anywhere-in-the-muscle", "belief: m99", "there is no belief 'm99'"),
        ('page: "10", figure: clinic, case: mara', 'page: "12", figure: clinic, case: mara', "no page 12 for learners"),
        ("  - {id: m33-steady-input,", "  - {id: m33-unsteady,", "there is no belief 'm33-unsteady'"),
        ("  - {id: m33-steady-input,", "  - {id: m13-nociception-is-pain,", "no question of 04 can betray 'm13"),
        ("after a minute?\"}", "after a minute?\", then: Wait.}", "'then' is for beliefs that no slider refutes"),
        (", then: \"Put the two guidelines", ", than: \"Put the two guidelines", "did you mean 'then'?"),
        ("of: phosphocreatine, set: {knot: 0", "of: fuel, set: {knot: 0", "there is no reading 'fuel' over time"),
        ("set: {passes: 6, miss: 5.0}", "set: {passes: 60, miss: 5.0}", "needle passes (passes) is 60"),
        ("headache-over-nothing", "headache-over-all", "there is no published effect 'headache-over-all'"),
        ("claims: [T4a, T5,", "claims: [T4z, T5,", "there is no claim that was weighed 'T4z'"),
        ("findings: [many-circuits", "findings: [few-circuits", "there is no finding 'few-circuits-one-answer'"),
        ('- page: "10"\n', '- page: "09"\n', "page 10 has no guide; add one"),
    ],
)  # fmt: skip
def test_what_the_guide_names_wrongly_is_told_with_its_line(tmp_path, old, new, words):
    said = changed(tmp_path, old, new)
    assert words in said and re.match(r"\S+/teaching\.yaml, line \d+: ", said)


def test_there_is_a_plan_for_one_lesson_for_two_and_for_two_weeks():
    plans = guide().plans.values()
    assert [plan.minutes for plan in plans][:2] == [45, 90] and "Two weeks" in list(plans)[2].title
    at_home = [part.page for part in guide().plans["two-weeks"].parts if part.where == "at home"]
    assert at_home == ["00", "01", "02", "03", "04", "05", "06", "09"]
    for plan in plans:
        rows = next(block["table"] for block in plan_blocks(plan) if "table" in block)["rows"]
        assert rows[0][0].startswith("0 to ") and rows[-1][0].endswith(f" to {plan.minutes}")


def test_every_page_has_a_guide_with_beliefs_their_words_and_where_they_are_refuted():
    assert list(guide().lessons) == list(written_pages()) == [f"{number:02}" for number in range(11)]
    for lesson in guide().lessons.values():
        table = next(block["table"] for block in lesson_blocks(lesson) if "table" in block)
        assert len(table["rows"]) >= 3
        for one, row in zip(lesson.beliefs, table["rows"], strict=True):
            assert row[0] == one.id and misconceptions()[one.id].belief in row[1] and row[2].endswith("?")
            found = refutation(lesson.bank, one.id)
            if found.sliders:
                assert row[3][0]["page"] == written_pages()[found.page].file
                assert all(slider in row[3][1] for slider in found.sliders)
            else:
                assert row[3] == [one.then] != [""]


@pytest.mark.parametrize(
    ("page", "figure", "names"),
    [
        ("01", "signal_to_pain", ("Monday", "Thursday")),
        ("02", "loop", ("Five hard minutes",)),
        ("03", "release", ("Six good twitches", "Five millimetres beside it")),
        ("07", "where_and_when", ("A clean division of labour",)),
    ],
)
def test_what_a_teacher_is_told_to_choose_is_there(page, figure, names):
    lesson = guide().lessons[page]
    said = lesson.show + "".join(one.then for one in lesson.beliefs)
    shown = EXPLORERS[figure]().presets
    assert all(name in said and any(label.startswith(name) for label in shown) for name in names)


def test_a_script_shows_direction_and_strength_and_its_findings_by_id():
    said = {one.id: texts(teaching.discussion_blocks(one)) for one in guide().discussions.values()}
    assert set(said) == {"no-trigger-points", "all-placebo", "the-model-proves-it"}
    assert '"tags": ["mixed", "single or few human studies"]' in said["no-trigger-points"]
    assert "[no-noise-when-blinded]" in said["no-trigger-points"] and "kappa 0.45" in said["no-trigger-points"]
    assert "[not-told-from-bias]" in said["all-placebo"]
    misfits = texts(teaching.misfit_blocks())
    assert "misfits" in said["the-model-proves-it"] and "The read-out is too steep" in misfits


# ---- keys ----


def key_texts():
    """What only the key of a question says: explanations and what wrong answers are told."""
    every = [item for one in (*banks().values(), *sets().values()) for item in one.items.values()]
    return {text for item in every for text in bundle._key_texts(item) if len(text) >= bundle.TELLING}


@pytest.mark.parametrize("name", CELLS)
def test_nothing_that_a_sheet_holds_before_it_is_asked_tells_a_key(name):
    held = json.dumps(getattr(teaching, name)().get_state(["label", "sheets"]), ensure_ascii=False)
    examples = {text for text in key_texts() if name == "add_something" and text in _shown_examples()}
    assert [text for text in key_texts() - examples if json.dumps(text, ensure_ascii=False)[1:-1] in held] == []


def _shown_examples():
    """The lines of real files that the worked examples show: a question of a page, as it stands in the course."""
    return texts(block for name in worked_examples.EXAMPLES for block in worked_examples.example_blocks(name))


def test_a_key_is_told_once_its_fold_is_opened_with_a_reason_for_each_wrong_answer():
    sheet = Heard("x", "", {"": []}, teaching._ask)
    sheet.heard({"kind": "ask", "what": "key:03", "values": {}})
    told = texts(sheet.sent[-1]["blocks"])
    for item in banks()["03"].items.values():
        assert json.dumps(item.explanation, ensure_ascii=False)[1:-1] in told
    assert "[m27-anywhere-in-the-muscle: Anywhere in the muscle is as good as the spot.]" in told
    assert "sheets" not in sheet.sent[-1], "what was told is in no trait, and so in nothing that is saved"


def test_the_key_of_every_kind_of_question_is_in_words():
    seen = set()
    for bank in (*banks().values(), *sets().values()):
        for item in bank.items.values():
            seen.add(item.type)
            assert all(isinstance(line, str) and line.strip() for line in keys.right(item)) and keys.right(item)
    assert seen == set(TYPES)
    by_type = {item.type: item for item in sets()["exam"].items.values()}
    assert keys.right(by_type["order"])[0].count(", then ") == len(by_type["order"].steps) - 1
    assert len(keys.right(by_type["match"])) == len(by_type["match"].left)


@pytest.mark.parametrize(
    "message",
    [{}, {"kind": "here"}, {"kind": "ask"}, {"kind": "ask", "what": 3}, {"kind": "ask", "what": "key:03"}],
)
def test_a_sheet_answers_what_it_is_asked_and_passes_over_the_rest(message):
    sheet = Heard("x", "", {"": []}, teaching._ask)
    sheet.heard(message)
    assert len(sheet.__dict__.get("sent", [])) == (message.get("what") == "key:03")


@pytest.mark.parametrize("what", ["", "key", "key:99", "mistake:nothing", "handout:99", "../../etc", "misses:No model"])
def test_what_is_not_there_is_refused_in_a_sentence(what):
    (block,) = teaching.lesson_by_lesson().told(what, {})
    assert block["wrong"].endswith(".") and "\n" not in block["wrong"]


def test_what_is_filled_in_is_text_of_some_length():
    heard = {}
    sheet = Heard("x", "", {"": []}, lambda what, values: heard.update(values) or [])
    sheet.heard({"kind": "ask", "what": "grade", "values": {"folder": "a" * 10**6, "names": {"x": 1}, 3: "y"}})
    assert heard == {"folder": "a" * LONGEST, "3": "y"}


# ---- how to add something ----


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("case", "cases/01_mara.yaml, line 10: the panel's shares add up to 110; they must make 100"),
        ("item", "there is no misconception 'm27-anywhere-in-a-muscle'; see misconceptions.yaml"),
        ("preset", "'release' has no parameter 'strenght'; did you mean 'strength'?"),
        ("lesson", "'tautband' is not in the glossary; did you mean 'taut band'?"),
    ],
)
def test_a_mistake_is_told_by_the_check_itself_and_without_a_place_on_this_computer(name, words):
    told = worked_examples.told(name)
    assert any(words in line for line in told) and len(told) <= 3
    assert all(
        re.match(r"[\w./]+, line \d+: ", line) and len(line) < 300 and tempfile.gettempdir() not in line
        for line in told
    )
    blocks = list(worked_examples.mistake_blocks(name))
    assert [block["wrong"] for block in blocks if "wrong" in block] == list(told)
    assert blocks[0]["code"][blocks[0]["mark"]] == worked_examples.EXAMPLES[name].mistake


def test_an_example_whose_line_is_no_longer_there_or_whose_mistake_is_none_says_so(monkeypatch):
    good = worked_examples.EXAMPLES["preset"]
    harmless = worked_examples.Example(good.title, good.steps, good.file, good.line, good.line, good.check)
    gone = worked_examples.Example(good.title, good.steps, good.file, "- nothing", "- else", good.check)
    monkeypatch.setattr(worked_examples, "EXAMPLES", {"harmless": harmless, "gone": gone})
    for name, words in (("harmless", "Nothing was found wrong"), ("gone", "no longer stands in presets.yaml")):
        with pytest.raises(LookupError, match=words):
            worked_examples.told(name)


# ---- on paper ----


@pytest.mark.parametrize("page", [f"{number:02}" for number in range(11)])
def test_a_handout_has_all_its_parts_no_key_no_script_and_no_address(page):
    made = handouts.handout(page)
    assert not re.search(r"<script|https?://(?!www\.w3\.org/2000/svg)|src=|href=|url\(|@import", made)
    for part in ("In one picture", "What is known", "Three questions", "cannot tell you", "Sources"):
        assert f"{part}</h2>" in made
    assert made.count("<svg") == 1 and "<title>" in picture(guide().lessons[page].chart)
    assert [text for text in key_texts() if text in made] == []
    front = written_pages()[page].front
    assert front.question.replace("'", "&#x27;").replace('"', "&quot;") in made and "not medical advice" in made


def test_a_picture_draws_the_numbers_of_the_model():
    """The curve of a release starts at the model's pain and ends without any."""
    drawn = picture(guide().lessons["03"].chart)
    first = re.search(r'points="([^"]+)"', drawn)[1].split()
    heights = [float(point.split(",")[1]) for point in first]
    assert heights[0] < heights[-1] == max(heights), "down the page is less pain"
    assert "through the spot: 4.9 at first, 0.0 to 4.9 on the way, 0.0 at the end" in drawn
    assert "5 mm beside it: 4.9 at first, 4.9 to 4.9 on the way, 4.9 at the end" in drawn


def test_handouts_are_written_where_they_are_asked_for(tmp_path, capsys):
    from lessons.teaching.__main__ import main

    assert main(["handouts", str(tmp_path / "new"), "03", "10"]) == 0
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "handout-03_release.html",
        "handout-10_clinic.html",
    ]
    assert main(["handouts", str(tmp_path / "new"), "77"]) == 1
    assert "There is no handout for page '77'" in capsys.readouterr().err
    (tmp_path / "file").write_text("x")
    assert main(["handouts", str(tmp_path / "file")]) == 1
    assert "cannot be written" in capsys.readouterr().err
    told = teaching.lesson_by_lesson().told("handout:03", {})
    assert (record.folder() / "Handouts" / "handout-03_release.html").exists() and "1 file in " in told[0]["text"]


# ---- not for a class ----


def test_no_copy_for_a_class_has_anything_of_it():
    members = bundle.bundle(["opening", "closing", "exam"])
    own = [path for path in members if "11_for" in path or "teaching" in path or "teachers" in path]
    assert own == []
    asked = [one.ask for lesson in guide().lessons.values() for one in lesson.beliefs]
    assert len(asked) >= 33
    found = [(path, text) for text in asked for path, content in members.items() if text.encode() in content]
    assert found == []
    assert "lessons/10_clinic.md" in members and b"For teachers" not in members["README.md"]


def test_a_page_that_does_not_say_for_whom_it_is_stops_the_copy(tmp_path):
    (tmp_path / "11_for_teachers.md").write_text("no front matter", encoding="utf-8")
    with pytest.raises(bundle.BundleError, match="nobody knows for whom it is"):
        list(bundle._pages_for_teachers(tmp_path))


def test_only_the_contents_lead_to_it_and_it_comes_last_marked_as_for_teachers():
    fronts = [read_front(path) for path in page_files()]
    assert [front.readers for front in fronts] == ["learners"] * 11 + ["teachers"]
    notebooks = {path.name: path.read_text(encoding="utf-8") for path in (ASSETS.parent / "notebooks").glob("*.ipynb")}
    assert [name for name, text in notebooks.items() if "11_for_teachers" in text] == []
    assert "Next:" not in notebooks["10_clinic.ipynb"].split('"## Words on this page')[-1]
    last = teaching_contents()[-1]
    assert (last["id"], last["readers"], last["file"]) == ("11", "teachers", "11_for_teachers.ipynb")
    assert {page["readers"] for page in teaching_contents()[:-1]} == {""}


def teaching_contents():
    from lessons import benches

    return benches.contents().pages
