"""What a learner explains in own words: the file, what stands behind each point, and where it is asked."""

import re
import shutil

import pytest
from pages import CITED, POINTS

from lessons.data import ASSETS, DataError, evidence
from lessons.explanations import explanations
from lessons.pages import page_files, read_front

ALL = explanations()
PAGE = {read_front(path).id: path.read_text(encoding="utf-8") for path in page_files()}
EVERY_POINT = {(one.id, point.id): point for one in ALL.values() for point in one.points}


def weighed_on(lesson):
    """Claims whose evidence stands on a page."""
    calls = re.findall(r"benches\.weigh\(([^)]*)\)", PAGE[lesson])
    return {claim for call in calls for claim in re.findall(r'"(\w+)"', call)}


# ---- of the course's own ----


def test_pages_01_to_07_ask_for_an_explanation_between_explaining_and_asking():
    assert {one.lesson for one in ALL.values()} >= {f"{page:02}" for page in range(1, 8)}
    for name, one in ALL.items():
        call = f'benches.explain_it("{name}")'
        assert [lesson for lesson, text in PAGE.items() if call in text] == [one.lesson]
        page = PAGE[one.lesson]
        assert page.index("## Explain") < page.index(call) < page.index("## Check")


@pytest.mark.parametrize("name", ALL)
def test_an_explanation_is_about_claims_that_are_weighed_on_its_page(name):
    assert set(ALL[name].claims) <= weighed_on(ALL[name].lesson)


def test_behind_every_point_stands_a_finding_or_a_check_of_the_model():
    assert set(POINTS) <= set(EVERY_POINT)
    assert [place for place, point in EVERY_POINT.items() if not point.evidence and place not in POINTS] == []


@pytest.mark.parametrize("place", POINTS, ids=" ".join)
def test_the_model_does_what_a_point_says(place):
    assert POINTS[place]()


@pytest.mark.parametrize("place", EVERY_POINT, ids=" ".join)
def test_the_findings_behind_a_point_can_be_read_on_its_page(place):
    point = EVERY_POINT[place]
    sides = [(*evidence()[claim].supporting, *evidence()[claim].opposing) for claim in point.claims]
    page = re.sub(r"\s+", " ", PAGE[ALL[place[0]].lesson])
    cited = {finding for phrase, finding in CITED.items() if phrase in page}
    assert set(point.evidence) <= {finding.id for side in sides for finding in side} | cited


@pytest.mark.parametrize("name", ALL)
def test_no_point_has_a_number_that_no_test_owns(name):
    one = ALL[name]
    texts = [one.prompt, one.example, *(each.text for each in one.points)]
    assert not [text for text in texts if re.search(r"\d|per cent", text)]


@pytest.mark.parametrize("name", ALL)
def test_points_and_example_are_the_page_in_other_words(name):
    """Who copies a sentence of the page explains nothing."""
    page = re.sub(r"\s+", " ", PAGE[ALL[name].lesson])
    assert not [each.text for each in ALL[name].points if each.text in page]
    assert ALL[name].example not in page


# ---- a maintainer's mistakes ----


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("schema_version: 1", "schema_version: 2", "'schema_version' cannot be 2; use 1"),
        ("- id: will-she-sleep", "- id: just-endorphins", "'just-endorphins' stands here twice; rename one"),
        ("- id: will-she-sleep", "- id: Will she", "'id' cannot be 'Will she'"),
        ('lesson: "06"', "lesson: 6", "'lesson' must be text, not 6; put it in quotes"),
        ('lesson: "06"', 'lesson: "6"', "'lesson' cannot be '6'"),
        ("objective: 17", "objective: 19", "'objective' cannot be 19"),
        ("  objective: 17\n", "", "the field 'objective' is missing; add it"),
        ("claims: [N6, N8]", "claims: [N6, N88]", "there is no 'N88' for claims; see claims.yaml"),
        ("[cortisol-no-difference,", "[cortisol-so,", "there is no 'cortisol-so' for evidence; see evidence.yaml"),
        ("claims: [N6, N8]", "claims: []", "'claims' cannot be []"),
        ("  - id: much-with-sham", "  - id: lead-fades", "two points have the id 'lead-fades'; change one"),
        ("text: Much of", "txet: Much of", "there is no field 'txet' here; did you mean 'text'?"),
        ("text: Much of", "text: " + "so " * 25 + "Much of", "are more than 25; shorten the text"),
        (
            "prompt: Mara asks whether needles",
            "prompt: " + "so " * 40 + "needles",
            "are more than 40; shorten the prompt",
        ),
        ("example: In small trials", "example: " + "so " * 50 + "trials", "are more than 50; shorten the example"),
        ("after sham, much", "after sham. Much", "has 2 ends of a sentence; make it one whole sentence"),
        ("promise you your sleep.", "promise you your sleep", "has 0 ends of a sentence; make it one whole sentence"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_remedy(old, new, says, tmp_path):
    folder = tmp_path / "assets"
    shutil.copytree(ASSETS, folder)
    path = folder / "explanations.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        explanations(folder)
    (said,) = [line for line in str(caught.value).splitlines() if says in line]
    number = int(re.match(r"assets/explanations\.yaml, line (\d+): ", said)[1])
    first = text[: text.index(old)].count("\n") + 1
    assert first - 25 <= number <= first + 2, said


def test_fewer_than_three_points_and_more_than_five_are_refused(tmp_path):
    folder = tmp_path / "assets"
    shutil.copytree(ASSETS, folder)
    path = folder / "explanations.yaml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("  - id: better-at-the-end"), text.index("  example: In small trials")
    one = "  - {{id: p{}, claims: [N9b], text: So it is.}}\n"
    for many in (2, 6):
        points = "".join(one.format(i) for i in range(many))
        path.write_text(text[:start] + points + text[end:], encoding="utf-8")
        with pytest.raises(DataError, match=f"{many} points; give 3 to 5"):
            explanations(folder)


def test_the_claims_of_an_explanation_are_those_of_its_points_each_once():
    one = ALL["will-she-sleep"]
    assert one.claims == ("N9b", "N13", "N6", "N8")
