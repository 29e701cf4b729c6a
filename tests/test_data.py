"""The data files are sound, and every mistake an author can make is answered with file, line and what to do."""

import re
import shutil
from typing import Annotated

import pytest
from pages import CITED
from pydantic import Field

from lessons import data, strict_yaml, truth
from lessons.bibliography import read_references
from lessons.grading.clinic import cases, safety
from lessons.published_effects import published_effects
from lessons.strict_yaml import LIMIT, DataError, Entry, read, read_yaml

SAFE = """\
schema_version: 1
words: [no, on, 1:30, 12:30:45, "010"]
numbers: [1, -2.5, .5, 1e3, true, null]
nested:
- one: 1
  two: 2
"""


@pytest.fixture
def write(tmp_path):
    def write(text, name="a.yaml"):
        path = tmp_path / "assets" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def copy(tmp_path):
    """A copy of the real files in which one text can be replaced by another."""
    folder = tmp_path / "assets"
    shutil.copytree(data.ASSETS, folder, ignore=shutil.ignore_patterns("quizzes"))

    def change(name, old, new):
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return change


def message(function, *arguments):
    with pytest.raises(DataError) as caught:
        function(*arguments)
    return str(caught.value)


def test_words_that_older_yaml_misreads_stay_text(write):
    found, _ = read_yaml(write(SAFE))
    assert found["words"] == ["no", "on", "1:30", "12:30:45", "010"]
    assert found["numbers"] == [1, -2.5, 0.5, 1000.0, True, None]


def test_a_place_knows_its_line_and_a_missing_field_points_at_its_entry(write):
    _, line = read_yaml(write(SAFE))
    assert line(("nested", 0, "two")) == 6
    assert line(("nested", 0, "three")) == 5
    assert line(()) == 1


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: 1\na: 2\n", 2, "the key 'a' stands here twice; remove one of the two"),
        ("a:\n  b: &x 1\n", 2, "the anchor &x is not allowed; remove it"),
        ("a: *x\n", 1, "the alias *x is not allowed; write the value out again"),
        ("a: !!python/object:os.system {}\n", 1, "is not allowed; remove it"),
        ("a: !!str 1\n", 1, "is not allowed; remove it"),
        ("a: 2020-01-01\n", 1, "2020-01-01 reads as a date; put it in quotes"),
        ("a: .nan\n", 1, ".nan is not a plain number; write it in digits"),
        ("a: -.inf\n", 1, "-.inf is not a plain number"),
        ("a: 1e999\n", 1, "1e999 is too large; write a finite number"),
        ("a: " + "9" * 5000 + "\n", 1, "is too large; write a finite number"),
        ("a: 010\n", 1, "010 is not a plain number; write it in digits, or in quotes if it is text"),
        ("a: 0x10\n", 1, "0x10 is not a plain number"),
        ("a: 1_000\n", 1, "1_000 is not a plain number"),
        ("%YAML 1.1\n---\na: no\n", 2, "a % directive is not allowed; remove the line"),
        ("a: 1\n---\nb: 2\n", 2, "a second document begins here; keep one document per file"),
        ("", 1, "the file is empty"),
        ("# only a remark\n", 2, "the file is empty"),
        ("1: a\n", 1, "the key 1 is not a name; put it in quotes or give it a name"),
        ("null: a\n", 1, "the key None is not a name"),
        ("? [a]\n: 1\n", 1, "is not a name"),
        ("<<: {a: 1}\n", 1, "the key '<<' is not a name"),
        ("a: 1\nb: [1, 2\n", 3, "compare it with the lines around it"),
        ("a: 1\n\tb: 2\n", 2, "compare it with the lines around it"),
        ("a: b: c\n", 1, "compare it with the lines around it"),
        ("[" * 5000, 1, "nested too deeply; use fewer levels"),
        (b"a: \xff\n", 1, "not UTF-8 text; save the file as UTF-8"),
        ("a: \x01\n", 1, "remove characters that cannot be printed"),
        ("a: '" + "x" * LIMIT + "'\n", 1, "bytes are more than the 262144 allowed; split the file"),
    ],
    ids=lambda value: repr(value)[:30] if isinstance(value, (str, bytes)) else None,
)
def test_an_unsafe_file_is_refused_with_line_and_remedy(write, text, line, says):
    said = message(read_yaml, write(text))
    assert said.startswith(f"assets/a.yaml, line {line}: ")
    assert says in said


def test_a_missing_file_says_what_to_do(tmp_path):
    assert "put the file back or correct its name" in message(read_yaml, tmp_path / "assets" / "none.yaml")


CLAIM = "- id: T5\n  text: Release can come with a brief twitch of the muscle\n  model: trigger_point\n"
TARGET = "- id: E-T9b\n  model: trigger_point\n  kind: published\n  quantity: oxygen in resting muscle\n"


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("claims", "schema_version: 1", "schema_version: 2", "'schema_version' cannot be 2; use 1"),
        ("claims", "- id: T5\n", "- id: t5\n", "'id' cannot be 't5'"),
        ("claims", "- id: T5\n", "- id: T4b\n", "'T4b' stands here twice; rename or remove one"),
        ("claims", CLAIM, CLAIM.replace("text:", "txet:"), "there is no field 'txet' here; did you mean 'text'?"),
        ("claims", CLAIM, CLAIM.replace("text:", "txet:"), "the field 'text' is missing; add it"),
        ("claims", CLAIM, CLAIM + "  complete: true\n", "there is no field 'complete' here; remove it"),
        ("claims", CLAIM, CLAIM.replace("trigger_point", "knot"), "'model' cannot be 'knot'; use 'trigger_point'"),
        ("claims", "observables: [twitches]", "observables: twitches", "'observables' cannot be 'twitches'"),
        ("claims", 'lessons: ["02"]', "lessons: [2]", "must be text, not 2; put it in quotes"),
        ("evidence", "  status: checked", "  status: recalled", "a recalled number must not be printed; look it up"),
        ("evidence", "species: rabbit", "species: hare", "'species' cannot be 'hare'; use 'human'"),
        ("evidence", "grade: B-", "grade: E", "'grade' cannot be 'E'"),
        ("evidence", "source: simons-2002", "source: simons-2003", "there is no reference 'simons-2003'; add it to"),
        ("evidence", "- claim: T5\n", "- claim: T99\n", "no claim 'T99'; see claims.yaml"),
        ("evidence", "- claim: T5\n", "- claim: T6\n", "'T6' stands here twice"),
        ("evidence", "supporting: [satellite-relieved]", "supporting: [x]", "there is no finding 'x'; correct"),
        ("evidence", "supporting: [satellite-relieved]", "supporting: []", "'supports' without a finding under"),
        ("evidence", "effect_sizes: [4.3", "effect_sizes: [big", "'effect_sizes' cannot be 'big'"),
        ("calibration", TARGET, TARGET.replace("E-T9b", "T9b"), "'id' cannot be 'T9b'"),
        ("calibration", "low: 30\n", "low: 90\n", "needs measure, low and high (low first)"),
        ("calibration", "grade: B\n", 'grade: ""\n', "published targets carry a grade, regression numbers none"),
        ("calibration", "source: kunze-1976", "source: kunze", "there is no reference 'kunze'; add it to references"),
        ("calibration", "state: later\n  reason:", "state: later\n  misfit:", "needs a reason, no measure"),
        ("glossary", "- term: sham\n", "- term: latent\n", "'latent' already belongs to 'latent trigger point'"),
        ("glossary", "plain: A study that looked", "plain: " + "so " * 36 + "A study that looked", "more than 35"),
    ],
)
def test_a_mistake_in_a_data_file_is_answered_with_line_and_remedy(copy, name, old, new, says):
    folder = copy(f"{name}.yaml", old, new)
    said = message(getattr(data, name), folder)
    text = (folder / f"{name}.yaml").read_text(encoding="utf-8")
    first = text[: text.index(new)].count("\n") + 1
    lines = [line for line in said.splitlines() if says in line]
    assert lines and lines[0].startswith(f"assets/{name}.yaml, line "), said
    number = int(lines[0].split("line ")[1].split(":")[0])
    # a missing or superfluous field is reported at its entry, at most a few lines from the change
    assert first - 12 <= number <= first + new.count("\n") + 4 or "stands here twice" in says


def test_every_mistake_of_a_file_is_told_at_once(copy):
    copy("claims.yaml", "- id: T5\n", "- id: t5\n")
    folder = copy("claims.yaml", "- id: T6\n", "- id: t6\n")
    assert len(message(data.claims, folder).splitlines()) == 2


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("@article{lew-2021,", "@article{Lew 2021,", "an entry was expected; write @article{key,"),
        ("@article{lew-2021,", "@article{lu-2022,", "the key 'lu-2022' stands here twice; rename one"),
        ("  author = {Lew and others},", "  author = Lew,", "no field; write '  name = {text},'"),
        ("  author = {Lew and others},", "  year = {2020},", "'year' stands here twice; remove one"),
        ("  author = {Lew and others},\n", "", "field 'author': field required; add or correct it"),
        ("  author = {Lew and others},", "  author = {Lew},\n  isbn = {1},", "field 'isbn': extra inputs"),
        ("doi = {10.1080/10669817.2020.1822618}", "doi = {https://doi.org/10.1080/1}", "field 'doi': string should"),
    ],
)
def test_a_mistake_in_the_references_is_answered_with_line_and_remedy(copy, old, new, says):
    said = message(read_references, copy("references.bib", old, new) / "references.bib")
    assert said.startswith("assets/references.bib, line ")
    assert says in said


def test_an_entry_without_an_end_is_told(write):
    path = write("@misc{a-1,\n  author = {A},\n  year = {2000},\n", "references.bib")
    assert "the entry 'a-1' does not end; add a line with only }" in message(read_references, path)


def test_a_reference_says_who_when_and_where():
    lu = data.references()["lu-2022"]
    assert lu.citation == "Lu et al. 2022, Chiropractic and Manual Therapies 30:34, doi:10.1186/s12998-022-00441-5"
    assert data.references()["hong-1994"].short == "Hong 1994"
    assert data.references()["hubbard-1993"].short == "Hubbard & Berkoff 1993"
    assert data.references()["barbero-2013"].short == "Barbero et al. 2013"


def test_what_was_read_cannot_be_altered():
    with pytest.raises(TypeError):
        data.claims()["T1"] = None
    with pytest.raises(ValueError, match="frozen"):
        data.claims()["T1"].text = "something else"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("minor: 19.18", "minor: 19.2", "19.2 stands nowhere in its finding; correct it or the finding"),
        ("among: 20494", "among: 2049", "2049 stands nowhere in its finding"),
        ("finding: mild-events-in-a-fifth", "finding: mild", "there is no finding 'mild'; see evidence.yaml"),
        (", at_most: 0.04", "", "'at_most' says how many events none seen still allows"),
        ("percent: 16}", "percent: 36}", "the kinds are more than all minor events; correct a number"),
        ("- id: acupuncture", "- id: few-therapists", "'few-therapists' stands here twice"),
    ],
)
def test_a_survey_prints_only_numbers_of_its_finding(copy, old, new, says):
    said = message(data.surveys, copy("adverse_events.yaml", old, new))
    assert said.startswith("assets/adverse_events.yaml, line ") and says in said


def test_of_twenty_thousand_treatments_twenty_are_ten_in_ten_thousand():
    few, many, acupuncture = data.surveys().values()
    assert few.serious.in_ten_thousand == 0 and few.serious.at_most == 0.04
    assert many.serious.in_ten_thousand == pytest.approx(9.76, abs=0.005)
    assert acupuncture.serious.in_ten_thousand == pytest.approx(0.08, abs=0.0005)


def test_every_finding_is_weighed_or_cited_on_a_page_or_by_a_question_and_every_reference_is_used():
    weighed = {finding.id for entry in data.evidence().values() for finding in (*entry.supporting, *entry.opposing)}
    file, _ = read_yaml(data.ASSETS / "evidence.yaml")
    named = weighed | set(CITED.values()) | {name for _, item in truth.every() for name in item.evidence}
    named |= {survey.finding for survey in data.surveys().values()}
    named |= {name for entry in safety().entries.values() for name in entry.evidence}
    named |= {name for case in cases().values() for visit in case.visits for name in visit.evidence}
    assert weighed <= {finding["id"] for finding in file["findings"]} <= named
    cited = {f["source"] for f in file["findings"]} | {t.source for t in data.calibration().values()}
    cited |= {effect.source for effect in published_effects().effects.values()}
    assert set(data.references()) <= cited


def test_no_strength_is_a_letter_and_a_strong_null_does_not_read_like_praise():
    null = data.evidence()["T11"]
    assert (null.direction, null.strength) == ("finds nothing", "A")
    for entry in data.evidence().values():
        assert len(entry.strength_words) > 10
        assert entry.direction != "mixed" or "consistent" not in entry.strength_words


def test_explanations_do_not_use_the_term_that_they_explain_alone():
    for term in data.glossary().values():
        assert term.plain.casefold().rstrip(".") != term.term.casefold()
        assert len(term.plain.split()) >= 5


@pytest.mark.parametrize(
    "text",
    [
        "a: [one, two?, three]\n",
        "a: {question: How?}\n",
        "a: [no, on, 010, 1:30, 0o7, ~, .5, 1e3]\n",
        "a: >\n  folded\n  text\nb: |\n  kept\n  lines\n",
        "a: 'it''s'\nb: \"\\u00e9 \\x41 \\/\"\n",
        "a: \ufeffx\nb: plain # comment\nc: x#y\n",
    ],
)
def test_the_fast_parser_and_the_strict_one_read_the_same(text, tmp_path, monkeypatch):
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")

    def read_so():
        try:
            data, line = strict_yaml.read_yaml(path)
            return data, line(("b",))
        except strict_yaml.DataError as error:
            return str(error)

    fast = read_so()
    monkeypatch.setattr(strict_yaml, "DIRECTIVE", re.compile(""))  # which sends every text to the strict one
    assert read_so() == fast


class _Inner(Entry):
    share: Annotated[int, Field(le=100)]


class _Outer(Entry):
    visits: Annotated[tuple[_Inner, ...], Field(min_length=1)]


def test_a_mistake_inside_an_entry_is_told_once_and_a_long_value_is_cut(tmp_path):
    """Not also as a list that is empty, which only follows from it and repeats the whole entry."""
    path = tmp_path / "file.yaml"
    path.write_text("visits:\n- share: 110\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        read(path, _Outer)
    assert len(str(error.value).splitlines()) == 1 and "line 2: 'share' cannot be 110" in str(error.value)
    path.write_text(f"visits: {'x' * 5000}\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        read(path, _Outer)
    assert len(str(error.value)) < 300 and "…" in str(error.value)
