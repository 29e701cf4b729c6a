"""The cases of the clinic and the safety list: sound data, and an answer to every mistake an author can make."""

import inspect
import re

import pytest
from clinic_cases import CASE, copied_assets, with_case

from lessons.data import findings
from lessons.grading import cases as manual
from lessons.grading.bank import banks, sets
from lessons.grading.cases import CHOICES, NEEDLED, PREFIX, answer_id, is_answer_to_a_case
from lessons.grading.clinic import cases, safety
from lessons.strict_yaml import DataError

CASES = list(cases().values())
VISITS = [
    pytest.param(case, visit, id=answer_id(case.id, i, "v")) for case in CASES for i, visit in enumerate(case.visits)
]


def problems(folder):
    with pytest.raises(DataError) as caught:
        cases(folder)
    return str(caught.value)


def test_eight_cases_and_four_in_reserve():
    assert [case.order for case in CASES] == list(range(1, 13))
    assert [case.id for case in CASES if case.reserve] == ["ruth", "leila", "karim", "sam"]
    assert CASES[0].name == "Mara"


def test_one_case_turns_at_the_second_visit():
    (turning,) = [case for case in CASES if len(case.visits) > 1]
    assert turning.id == "aisha"
    assert [visit.modal for visit in turning.visits] == ["release", "refer"]


def test_every_answer_is_right_for_somebody():
    assert {visit.modal for case in CASES for visit in case.visits} == set(CHOICES)


@pytest.mark.parametrize(("case", "visit"), VISITS)
def test_what_holds_can_be_found_in_the_story_and_what_nearly_holds_has_a_reason(case, visit):
    told = " ".join((case.title, visit.story, *visit.examination)).casefold()
    assert all(words.casefold() in told for words in visit.present.values())
    assert all(len(why.split()) > 4 for why in visit.near.values())


@pytest.mark.parametrize(("case", "visit"), VISITS)
def test_a_story_is_short(case, visit):
    assert len(visit.story.split()) <= 75
    assert len(" ".join(visit.examination).split()) <= 60


def test_both_kinds_of_red_flag_occur_and_a_case_without_anything_on_the_list():
    here = [[safety().entries[name].severity for name in visit.present] for case in CASES for visit in case.visits]
    assert any("emergency" in one for one in here) and any("medical first" in one for one in here)
    assert [] in here


def test_the_list_has_four_steps_in_order_and_says_what_to_do():
    entries = list(safety().entries.values())
    order = ["emergency", "medical first", "modify", "site"]
    steps = [entry.severity for entry in entries]
    assert list(dict.fromkeys(steps)) == order and steps == sorted(steps, key=order.index)
    assert all(entry.do.endswith(".") and len(entry.do.split()) >= 2 for entry in entries)


def test_what_is_not_checked_has_no_finding_and_all_red_flags_have_one():
    entries = safety().entries.values()
    assert all(entry.evidence for entry in entries if entry.red_flag)
    assert {entry.id for entry in entries if not entry.evidence} == {
        "fainted-before",
        "cannot-decide",
        "strong-reaction",
        "bad-skin",
    }
    assert all(findings()[name].verified == "search" for entry in entries for name in entry.evidence)


def test_no_question_could_be_taken_for_a_case():
    assert not [
        name for bank in (*banks().values(), *sets().values()) for name in bank.items if name.startswith(PREFIX)
    ]
    assert answer_id("mara", 0, "gate") == "case-mara-gate" and answer_id("aisha", 1, "plan") == "case-aisha-2-plan"
    assert is_answer_to_a_case("case-mara-gate") and not is_answer_to_a_case("must-it-twitch")
    assert not is_answer_to_a_case(None)


# ---- what an author may do ----


def test_adding_a_file_adds_a_case(tmp_path):
    found = cases(with_case(tmp_path))
    assert list(found) == [*(case.id for case in CASES), "nora"]
    assert found["nora"].title == "Nora, 44, baker" and found["nora"].visits[0].modal == "release"


def test_the_example_of_the_manual_is_a_sound_case(tmp_path):
    text = re.search(r"adds a case\):\n\n(.*?)\n\nA visit with", inspect.getdoc(manual), re.DOTALL)[1]
    text = "\n".join(line.removeprefix("    ") for line in text.splitlines()).replace("id: mara", "id: another")
    assert "another" in cases(with_case(tmp_path, text.replace("order: 1\n", "order: 14\n"), "14_another.yaml"))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("forearm_back-r", "forearm-r", "no region 'forearm-r'; see body/regions.yaml, and end it in -r or -l"),
        ("forearm_back-r: 2", "forearm_back-r: 4", "'forearm_back-r' cannot be 4"),
        ("release: 60", "release: 61", "the panel's shares add up to 101; they must make 100"),
        (", refer: 0}", "}", "the panel's shares leave out refer; give 0 where nobody chose it"),
        ("release: 60, retain: 10, both: 5", "release: 25, retain: 25, both: 25", "two answers have the largest share"),
        ("  flip: Both arms and bad sleep.\n", "", "the field 'flip' is missing; add it"),
        ("thinned-blood: She", "thin-blood: She", "there is no entry 'thin-blood'; see safety.yaml"),
        ("blood: She takes", "blood: Two kinds of", "stands neither in the story nor in the examination; quote"),
        ("    thinned-blood: She takes warfarin\n  near:", "    cauda-equina: She takes warfarin\n  near:",
         "the panel needles in spite of the red flag 'cauda-equina'; nobody may, so refer: 100"),
        ("    thinned-blood: She takes warfarin\n  near:", "    no-consent: She takes warfarin\n  near:",
         "the panel needles in spite of 'no-consent', which nothing answers; it may not"),
        ("  local: [6, 8]\n", "", "say where the panel puts the gauges; add 'local' and 'central'"),
        ("local: [6, 8]", "local: [8, 6]", "'local' goes from 8 to 6; give the lower end first"),
        ("local: [6, 8]", "local: [6, 11]", "'local' cannot be 11"),
        ("  doses: [low]\n", "", "a panel that needles names its doses"),
        ("nerve-deficit: Strength", "thinned-blood: Strength", "'thinned-blood' is both present and near; keep one"),
        ("evidence: [thinned-blood-is-relative]", "evidence: [x]", "there is no finding 'x'; see evidence.yaml"),
        ("id: nora", "id: sam", "the id 'sam' belongs to 12_sam.yaml; give each case its own"),
        ("order: 13", "order: 12", "the order 12 belongs to 12_sam.yaml; give each case its own"),
        ("id: nora", "id: Nora", "'id' cannot be 'Nora'"),
        ("- story:", "- when: Later\n  story:", "a second visit says 'when' it is, the first one does not"),
        ("  trap:", "  tarp:", "there is no field 'tarp' here; did you mean 'trap'?"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_case_is_answered_with_file_line_and_remedy(tmp_path, old, new, says):
    assert old in CASE
    said = problems(with_case(tmp_path, CASE.replace(old, new)))
    assert said.splitlines()[0].startswith("cases/13_nora.yaml, line ") and says in said, said


def test_a_red_flag_leaves_nothing_but_to_refer_and_no_gauges(tmp_path):
    flagged = CASE.replace("thinned-blood", "general-illness").replace("  doses: [low]\n", "")
    flagged = flagged.replace(
        "release: 60, retain: 10, both: 5, neither: 25, refer: 0",
        "release: 0, retain: 0, both: 0, neither: 40, refer: 60",
    )
    said = problems(with_case(tmp_path, flagged))
    assert "'general-illness' is a red flag and leaves nothing but to refer; give refer: 100" in said
    assert "a visit with a red flag never comes to the gauges; remove 'local' and 'central'" in said


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path):
    assets = with_case(tmp_path, CASE.replace("order: 13", "order: 12").replace("forearm_back-r", "arm-r"))
    (assets / "cases" / "14_bad.yaml").write_text("schema_version: 2\n", encoding="utf-8")
    said = problems(assets)
    assert all(part in said for part in ("the order 12", "'arm-r'", "14_bad.yaml, line 1"))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("- id: sore-temple\n", "- id: cauda-equina\n", "'cauda-equina' stands here twice; rename or remove one"),
        ("answered_by: [lying-down]", "answered_by: [sitting]", "there is no adjustment 'sitting'; see the top"),
        ("  answered_by: [lying-down]\n", "", "say which adjustments answer it, or that it is a contraindication"),
        ("  severity: emergency\n", "  severity: emergency\n  answered_by: [gentle]\n", "nothing answers a red flag"),
        ("  answered_by: [no-current]\n", "  answered_by: [gentle]\n", "the adjustment 'no-current' answers nothing"),
        ("severity: medical first", "severity: soon", "'severity' cannot be 'soon'"),
        ("evidence: [thinned-blood-is-relative", "evidence: [y", "there is no finding 'y'; see evidence.yaml"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_safety_list_is_answered_with_file_line_and_remedy(tmp_path, old, new, says):
    assets = copied_assets(tmp_path)
    text = (assets / "safety.yaml").read_text(encoding="utf-8")
    assert old in text
    (assets / "safety.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        safety(assets)
    assert "assets/safety.yaml, line " in str(caught.value) and says in str(caught.value)


def test_no_panel_needles_whom_it_may_not():
    for case in CASES:
        for visit in case.visits:
            here = [safety().entries[name] for name in visit.present]
            if any(entry.red_flag or (entry.contraindication and not entry.answered_by) for entry in here):
                assert not any(visit.shares[choice] for choice in NEEDLED), case.id
