"""The questions are sound, and every mistake an author can make is answered with file, line and what to do."""

import re
import shutil

import pytest

from lessons.data import ASSETS, DataError
from lessons.grading.bank import bank, banks, find, misconceptions
from lessons.grading.items import Choice, Match, Numeric
from lessons.grading.question import UNREVIEWED

GOOD = """\
schema_version: 1
lesson: "09"
language: en
items:
- id: beside
  type: choice
  claim: [T4a]
  stem: The needle lands beside the spot. How is the pain an hour later?
  scenario: {set: {miss: 5.0}, compare: {miss: 0.0}}
  options:
  - id: gone
    text: Gone as well
    misconception: m03-more-passes
    feedback: Set the distance to 5 mm.
    truth: [{of: pain, at: 1 h, op: "<", vs: 1, abs: 0}]
  - id: same
    text: As before
    correct: true
    feedback: Yes. It must reach the spot.
    truth: [{of: pain, at: 1 h, op: "!~", vs: compare, rel: 0.5}]
  - id: half
    text: About half
    misconception: m14-gate-on-off
    feedback: Move the distance slowly.
    truth: [{of: pain, at: 1 h, op: "~", vs: 2.5, abs: 0.7}]
  explanation: How far beside still counts is a guess.
- id: rise
  type: numeric
  claim: [T12a]
  stem: By how much has the threshold risen after a day?
  ask: {of: tenderness, at: 1 day, minus: baseline}
  unit: kPa
  value: "120"
  atol: 12 kPa
  diagnoses:
  - {value: "295", tag: level-not-change, say: That is the threshold itself.}
  explanation: After minus before.
- id: found
  type: choice
  claim: [T5]
  stem: What did pooled trials find?
  truth: none
  evidence: [twitch-gap-now-none-later]
  options:
  - {id: lasting, text: A gap that lasts, misconception: m02-must-twitch, feedback: The first half is right.}
  - {id: early, text: A gap at once, correct: true, feedback: Yes.}
  explanation: Six trials.
- id: compared
  type: match
  claim: [T4a]
  stem: How does each reading change within an hour?
  left:
  - id: pain
    text: Pain
    feedback: Move the clock to 1 h.
    truth:
      rises: [{of: pain, at: 1 h, op: ">", vs: baseline, abs: 0.1}]
      falls: [{of: pain, at: 1 h, op: "<", vs: baseline, abs: 0.1}]
  - id: fuel
    text: Fuel in the fibre
    misconception: m21-cause-gone-effect-gone
    feedback: Look at the cell.
    truth:
      rises: [{of: phosphocreatine, at: 1 h, op: ">", vs: baseline, abs: 0.1}]
      falls: [{of: phosphocreatine, at: 1 h, op: "<", vs: baseline, abs: 0.1}]
  - id: flow
    text: Blood flow
    feedback: Look at the vessel.
    truth:
      rises: [{of: flow, at: 1 h, op: ">", vs: baseline, abs: 0.1}]
      falls: [{of: flow, at: 1 h, op: "<", vs: baseline, abs: 0.1}]
  right: [{id: rises, text: Rises}, {id: falls, text: Falls}]
  key: {pain: falls, fuel: rises, flow: rises}
  explanation: Read after the last entry is right.
- id: sorted
  type: match
  claim: [T5]
  stem: Sort what pooled trials found.
  truth: none
  evidence: [twitch-gap-now-none-later]
  left:
  - {id: pain-now, text: Pain at once, feedback: Six trials agree.}
  - {id: pain-later, text: Pain weeks later, misconception: m02-must-twitch, feedback: The interval crosses zero.}
  - {id: use, text: Use of the arm, feedback: Read what was pooled.}
  right: [{id: gap, text: A gap}, {id: even, text: No gap}, {id: open, text: Not pooled}]
  key: {pain-now: gap, pain-later: even, use: even}
  explanation: The third place stays empty.
"""


@pytest.fixture
def folder(tmp_path):
    """The real claims, evidence and misconceptions, and no questions."""
    folder = tmp_path / "assets"
    shutil.copytree(ASSETS, folder, ignore=shutil.ignore_patterns("quizzes"))
    (folder / "quizzes").mkdir()
    return folder


@pytest.fixture
def write(folder):
    """write(text, name) -> the folder, with one more file of questions."""

    def write(text, name="09_a_lesson.yaml"):
        (folder / "quizzes" / name).write_text(text, encoding="utf-8")
        return folder

    return write


def refusal(folder, read=banks):
    with pytest.raises(DataError) as caught:
        read(folder)
    return str(caught.value)


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


# ---- sound files ----


def test_a_good_file_is_read_as_it_stands(write):
    items = bank("09", write(GOOD)).items
    assert list(items) == ["beside", "rise", "found", "compared", "sorted"]
    assert isinstance(items["beside"], Choice) and isinstance(items["rise"], Numeric)
    assert items["beside"].correct.id == "same"
    assert items["beside"].scenario.compare == {"miss": 0.0}
    assert (items["rise"].key, items["rise"].tolerance) == (120, 12)
    assert items["found"].evidence == ("twitch-gap-now-none-later",)
    assert isinstance(items["compared"], Match) and isinstance(items["sorted"], Match)
    assert items["compared"].key == {"pain": "falls", "fuel": "rises", "flow": "rises"}
    assert items["sorted"].misconceptions == ("m02-must-twitch",)
    assert [items[name].by_model for name in items] == [True, True, False, True, False]
    assert {item.reviewed_by for item in items.values()} == {UNREVIEWED}


def test_a_lesson_without_questions_has_an_empty_bank(folder):
    assert dict(banks(folder)) == {}
    assert dict(bank("09", folder).items) == {}


def test_a_question_is_found_by_its_id_and_an_unknown_one_names_those_there_are(write):
    folder = write(GOOD)
    lesson, item = find("rise", folder)
    assert (lesson, item.id) == ("09", "rise")
    with pytest.raises(
        LookupError, match="There is no question 'rize'. There are beside, rise, found, compared, sorted."
    ):
        find("rize", folder)


def test_the_hash_follows_the_questions_and_not_their_layout(folder, write):
    first = bank("09", write(GOOD)).sha256
    banks.cache_clear()
    assert bank("09", write(GOOD.replace("  atol: 12 kPa", "  # a remark\n  atol:   12 kPa"))).sha256 == first
    banks.cache_clear()
    assert bank("09", write(GOOD.replace("atol: 12 kPa", "atol: 11 kPa"))).sha256 != first


def test_optional_fields_may_be_given(write):
    more = "  objective: 8\n  source: 10.1177/0964528420920300\n  hints: [Look at the EMG.]\n  reviewed_by: A. Reader\n"
    item = bank("09", write(GOOD.replace("  type: numeric\n", "  type: numeric\n" + more))).items["rise"]
    assert (item.objective, item.hints, item.reviewed_by) == (8, ("Look at the EMG.",), "A. Reader")


def test_a_relative_tolerance_may_stand_alone(write):
    item = bank("09", write(GOOD.replace("  atol: 12 kPa", "  rtol: 0.1"))).items["rise"]
    assert item.tolerance == 12


# ---- the questions that are asked ----


def test_every_question_of_the_course_is_sound():
    assert {"02", "03"} <= set(banks())
    for lesson, one in banks().items():
        assert 4 <= len(one.items) <= 6, lesson


def test_each_misconception_of_the_course_has_a_name_in_plain_words():
    names = list(misconceptions())
    assert [name[:3] for name in names] == sorted({name[:3] for name in names})
    assert {f"m{i:02}" for i in range(1, 21)} <= {name[:3] for name in names}
    for entry in misconceptions().values():
        assert entry.belief[0].isupper() and entry.belief[-1] == ".", entry.id


# ---- what an author can get wrong ----

ATOL = "  atol: 12 kPa"
SLIP = '  - {value: "295", tag: level-not-change, say: That is the threshold itself.}'
TRUTH = '    truth: [{of: pain, at: 1 h, op: "<", vs: 1, abs: 0}]'
EARLY = "{id: early, text: A gap at once, correct: true, feedback: Yes.}"
HALF = "    text: About half"
FOUR_MORE = "".join(f"\n  - {{id: x{i}, text: T{i}, misconception: m02-must-twitch, feedback: F}}" for i in range(4))

SOFTER = """
  variants:
  - id: softer
    stem: How stiff is the band after a day?
    ask: {of: stiffness, at: 1 day}
    unit: kPa
    value: "7"
    atol: 1 kPa"""

SORTED = "- id: sorted"
NOW = "  - {id: pain-now, text: Pain at once, feedback: Six trials agree.}"
PLACES = "  right: [{id: gap, text: A gap}, {id: even, text: No gap}, {id: open, text: Not pooled}]"
MORE_ENTRIES = "".join(f"\n  - {{id: e{i}, text: Entry {i}, feedback: F}}" for i in range(10))
MORE_PLACES = "".join(f", {{id: p{i}, text: Place {i}}}" for i in range(4)) + "]"
FUEL_FALLS = '      falls: [{of: phosphocreatine, at: 1 h, op: "<", vs: baseline, abs: 0.1}]'

BAD = [
    # the file
    ("schema_version: 1", "schema_version: 2", "schema_version", "'schema_version' cannot be 2; use 1"),
    ("schema_version: 1", 'schema_version: "1"', "schema_version", "'schema_version' cannot be '1'; use 1"),
    ("schema_version: 1\n", "", "", "the field 'schema_version' is missing; add it"),
    ('lesson: "09"', "lesson: 9", "lesson: 9", "'lesson' must be text, not 9; put it in quotes"),
    ('lesson: "09"', 'lesson: "9"', 'lesson: "9"', "'lesson' cannot be '9'"),
    ('lesson: "09"', 'lesson: "08"', 'lesson: "08"', "the file's name does not begin with 08_; rename the file"),
    ("language: en", "language: de", "language: de", "'language' cannot be 'de'; use 'en'"),
    ("language: en", "languge: en", "languge", "there is no field 'languge' here; did you mean 'language'?"),
    # any question
    ("- id: rise", "- id: beside", "- id: beside\n  type: numeric", "the id 'beside' stands here twice; give each"),
    ("- id: rise", "- id: The Rise", "- id: The Rise", "'id' cannot be 'The Rise'"),
    ("- id: rise", "- id: ../../etc", "- id: ../../etc", "'id' cannot be '../../etc'"),
    ("- id: rise", "- id: no\n  id: rise", "  id: rise", "the key 'id' stands here twice; remove one of the two"),
    ("  type: numeric", "  type: essay", "  type: essay",
     "there is no question of the type 'essay'; "
     "use choice, numeric, match, many, order, two_tier, prediction, target or curve"),
    ("  type: numeric\n", "", "- id: rise",
     "a question has no 'type'; use choice, numeric, match, many, order, two_tier, prediction, target or curve"),
    ("claim: [T12a]", "claim: [T99]", "claim: [T99]", "there is no claim 'T99'; see claims.yaml"),
    ("claim: [T12a]", "claim: []", "- id: rise", "the question serves no claim; give its id under 'claim'"),
    ("claim: [T12a]", "claim: T12a", "claim: T12a", "'claim' cannot be 'T12a'"),
    ("claim: [T12a]", "claims: [T12a]", "claims: [T12a]", "there is no field 'claims' here; did you mean 'claim'?"),
    ("  stem: By how", '  stem: ""\n  source: By how', '  stem: ""', "'stem' cannot be ''"),
    ("  explanation: After minus before.\n", "", "- id: rise", "the field 'explanation' is missing; add it"),
    ("  type: numeric", "  type: numeric\n  objective: 19", "  objective", "'objective' cannot be 19"),
    ("  type: numeric", "  type: numeric\n  points: 3", "  points", "there is no field 'points' here"),
    ("  type: numeric", "  type: numeric\n  hints: Look", "  hints", "'hints' cannot be 'Look'"),
    ("  stem: By", "  stem: &x By", "  stem: &x", "the anchor &x is not allowed; remove it"),
    # the options of a choice
    ("correct: true, ", "correct: true, misconception: m02-must-twitch, ", "- id: found",
     "must not have a misconception"),
    ("    misconception: m14-gate-on-off\n", "", "- id: beside",
     "option 'half' needs a misconception; add or remove it"),
    ("m14-gate-on-off", "m14-gate", "    misconception: m14-gate",
     "there is no misconception 'm14-gate'; see misconcep"),
    ("    correct: true\n", "", "- id: beside", "0 options have 'correct: true'; exactly one must"),
    (HALF, HALF + "\n    correct: true", "- id: beside", "2 options have 'correct: true'; exactly one must"),
    ("correct: true, feedback: Yes.", 'correct: "yes", feedback: Yes.', "  - {id: early", "'correct' cannot be 'yes'"),
    ("    feedback: Move the distance slowly.\n", "", "  - id: half", "the field 'feedback' is missing; add it"),
    ("feedback: Move the distance slowly.", 'feedback: " "', '    feedback: " "', "'feedback' cannot be ' '"),
    ("  - id: half", "  - id: gone", "- id: beside", "two options have the id 'gone'; change one"),
    (HALF, "    text: gone  as WELL.", "- id: beside", "two options have the text 'gone as well'; change one"),
    (HALF, "    text: All of the above", "- id: beside",
     "refers to the others, whose order changes; say what it means"),
    (HALF, "    text: None of these", "- id: beside", "refers to the others, whose order changes"),
    (HALF, "    text: Both of them", "- id: beside", "refers to the others, whose order changes"),
    ("  - " + EARLY + "\n", "", "- id: found", "1 options; offer 2 to 5"),
    ("text: A gap at once", "text: A gap at once and hardly any trace of it in any trial", "- id: found",
     "by far the longest"),
    (EARLY, EARLY + FOUR_MORE, "- id: found", "6 options; offer 2 to 5"),
    # truth
    (TRUTH + "\n", "", "- id: beside", "option 'gone' has no truth; say what the model would show if it were right"),
    ("  truth: none\n", "", "- id: found", "option 'lasting' has no truth"),
    ("  truth: none", "  truth: nothing", "  truth: nothing", "'truth' cannot be 'nothing'; use 'none'"),
    ("  evidence: [twitch-gap-now-none-later]\n", "", "- id: found",
     "findings decide; list their ids under 'evidence'"),
    ("[twitch-gap-now-none-later]", "[twitch-gap]", "  evidence: [twitch-gap]",
     "there is no evidence 'twitch-gap'; see evid"),
    ("  explanation: How", "  truth: none\n  evidence: [twitch-gap-now-none-later]\n  explanation: How", "- id: beside",
     "findings decide; list their ids under 'evidence' and no truth"),
    ('op: "<"', 'op: "<="', TRUTH[:11], "'op' cannot be '<='; use '>', '<', '~' or '!~'"),
    (", vs: 1, abs: 0}", ", vs: one, abs: 0}", TRUTH[:11], "cannot be 'one'"),
    (", vs: 1, abs: 0}", ", vs: 1}", TRUTH[:11], "a statement has one margin; give either 'abs' or 'rel'"),
    (", vs: 1, abs: 0}", ", vs: 1, abs: 0, rel: 0.1}", TRUTH[:11], "a statement has one margin"),
    (", vs: 1, abs: 0}", ", vs: 1, abs: -1}", TRUTH[:11], "'abs' cannot be -1"),
    ("vs: 2.5, abs: 0.7", "vs: 2.5, abs: 0", '    truth: [{of: pain, at: 1 h, op: "~"', "can never be met by a model"),
    ("of: pain, at: 1 h, op: \"<\"", "of: pain, at: soon, op: \"<\"", TRUTH[:11], "Or leave `at` out; correct it"),
    ("of: pain, at: 1 h, op: \"<\"", "of: pain, at: 1, op: \"<\"", TRUTH[:11],
     "'at' must be text, not 1; put it in quotes"),
    (", compare: {miss: 0.0}}", "}", "- id: beside",
     "a comparison needs both 'compare' under scenario and a statement"),
    ("  ask: {of", "  scenario: {set: {}, compare: {miss: 1.0}}\n  ask: {of", "- id: rise", "a comparison needs both"),
    ("{set: {miss: 5.0}", "{set: {miss: far}", "  scenario: {set: {miss: far}", "'miss' cannot be 'far'"),
    ("  type: numeric", "  type: numeric\n  hints: [First look, then read.]", "- id: rise",
     "the hint 'then read.' begins with a small letter; put a hint with a comma in quotes"),
    # a number
    ('value: "120"', "value: 120", "  value: 120", "'value' must be text, not 120; put it in quotes"),
    ('value: "120"', 'value: "1,200"', "- id: rise", "could mean 1200 or 1.200"),
    ('value: "120"', 'value: "120 mm"', "- id: rise", "is not measured in kPa. Correct unit, value, atol or diagnoses"),
    ('value: "120"', 'value: "about 120"', "- id: rise", "Write one number, such as 4.8."),
    ("unit: kPa", "unit: psi", "- id: rise", "I do not know the unit “psi”. Write one of"),
    ("  unit: kPa\n", "", "- id: rise", "the field 'unit' is missing; add it"),
    (ATOL + "\n", "", "- id: rise", "the tolerance is 0; give 'atol' with its unit, or 'rtol'"),
    (ATOL, "  atol: 0 kPa", "- id: rise", "the tolerance is 0; give 'atol' with its unit"),
    (ATOL, "  atol: -1 kPa", "- id: rise", "the tolerance is 0; give 'atol' with its unit"),
    (ATOL, "  atol: 60 kPa", "- id: rise", "the tolerance is 50% of the value; 20 % is the most"),
    (ATOL, "  atol: 5 mm", "- id: rise", "is not measured in kPa"),
    (ATOL, "  rtol: 0.5", "  rtol: 0.5", "'rtol' cannot be 0.5"),
    (ATOL, "  rtol: 0", "  rtol: 0", "'rtol' cannot be 0"),
    ('value: "120"\n' + ATOL, 'value: "0"\n  rtol: 0.1', "- id: rise", "for a value of 0 only 'atol'"),
    (ATOL, "  atol: .nan", "  atol: .nan", ".nan is not a plain number"),
    ("  ask: {of: tenderness, at: 1 day, minus: baseline}\n", "", "- id: rise",
     "a number is either read from the model"),
    ("minus: baseline", "minus: before", "  ask", "cannot be 'before'; use 'baseline' or 'compare'"),
    ('{value: "295"', '{value: "121"', "- id: rise", "'level-not-change' lies within the tolerance, so it is right"),
    ('{value: "295"', '{value: "x"', "- id: rise", "does not begin with a number"),
    ("tag: level-not-change, ", "", SLIP[:5], "the field 'tag' is missing; add it"),
    (SLIP, SLIP + "\n" + SLIP.replace("295", "60"), "- id: rise", "two diagnoses have the tag 'level-not-change'"),
    (SLIP, SLIP + "\n" + SLIP.replace("295", "296").replace("level", "value"), "- id: rise",
     "cannot be told from another"),
    # entries to sort
    (NOW + "\n", "", SORTED, "2 entries under 'left'; give 3 to 12"),
    (NOW, NOW + MORE_ENTRIES, SORTED, "13 entries under 'left'; give 3 to 12"),
    (PLACES, "  right: [{id: gap, text: A gap}]", SORTED, "1 places under 'right'; give 2 to 6"),
    (PLACES, PLACES[:-1] + MORE_PLACES, SORTED, "7 places under 'right'; give 2 to 6"),
    ("{id: pain-later,", "{id: pain-now,", SORTED, "two entries have the id 'pain-now'; change one"),
    ("text: Pain weeks later", "text: PAIN  at once.", SORTED, "two entries have the text 'pain at once'; change one"),
    ("{id: even,", "{id: gap,", SORTED, "two places have the id 'gap'; change one"),
    ("text: Not pooled}", "text: no gap}", SORTED, "two places have the text 'no gap'; change one"),
    ("text: Not pooled}", f"text: {'x' * 33}}}", SORTED, "the place 'open' has 33 characters; shorten it to 32"),
    ("{pain-now: gap, ", "{pain-then: gap, ", SORTED,
     "the key names 'pain-then', which is no entry; use pain-now, pain-later, use"),
    ("use: even}", "use: none}", SORTED, "the key sends 'use' to 'none', which is no place; use gap, even, open"),
    ("{pain-now: gap, ", "{", SORTED, "the key says nothing of pain-now; give each entry its place"),
    ("{pain-now: gap, ", "{pain-now: even, ", SORTED, "the key sends all entries to one place; use at least two"),
    ("use: even}", "use: even, use: gap}", "  key: {pain-now", "the key 'use' stands here twice; remove one"),
    ("use: even}", "use: [even]}", "  key: {pain-now", "'use' must be text, not ['even']"),
    ("  key: {pain-now: gap, pain-later: even, use: even}\n", "", SORTED, "the field 'key' is missing; add it"),
    (", feedback: Six trials agree.", "", NOW[:17], "the field 'feedback' is missing; add it"),
    ("feedback: Six trials agree.", "feedback: Six trials found a  GAP.", SORTED,
     "the feedback of 'pain-now' names its place 'A gap'; say only what decides"),
    ("text: Use of the arm", "text: None of these", SORTED, "entry 'use' refers to the others, whose order changes"),
    ("misconception: m02-must-twitch, feedback: The interval", "misconception: m02-must, feedback: The interval",
     "  - {id: pain-later", "there is no misconception 'm02-must'; see misconceptions.yaml"),
    (FUEL_FALLS + "\n", "", "- id: compared",
     "entry 'fuel' has no truth for falls; say what the model would show if it belonged there"),
    (FUEL_FALLS, FUEL_FALLS.replace("falls:", "sinks:"), "- id: compared",
     "the truth of 'fuel' names 'sinks', which is no place; use rises, falls"),
    (FUEL_FALLS, FUEL_FALLS.replace("baseline", "compare"), "- id: compared", "a comparison needs both 'compare'"),
    (FUEL_FALLS, FUEL_FALLS.replace('"<"', '"<="'), FUEL_FALLS[:30], "'op' cannot be '<='"),
    ("  explanation: Read after", "  truth: none\n  evidence: [twitch-gap-now-none-later]\n  explanation: Read after",
     "- id: compared", "findings decide; list their ids under 'evidence' and no truth"),
    # the same in another situation
    (ATOL, ATOL + SOFTER, "  - id: softer", "the variant 'softer' asks for another quantity than the question; "
     "give it an explanation of its own"),
    (ATOL, ATOL + SOFTER + "\n    hints: [look at the band.]", "- id: rise",
     "the variant 'softer' is no sound question (the hint 'look at the band.' begins with a small letter"),
]  # fmt: skip


def test_the_good_file_becomes_bad_in_at_least_sixty_ways():
    assert len(BAD) >= 60
    assert all(GOOD.count(old) >= 1 for old, *_ in BAD)


@pytest.mark.parametrize(("old", "new", "stands", "says"), BAD, ids=[f"{i}-{bad[3][:40]}" for i, bad in enumerate(BAD)])
def test_a_mistake_is_answered_with_file_line_and_remedy(old, new, stands, says, write):
    text = GOOD.replace(old, new, 1)
    said = refusal(write(text))
    assert says in said
    assert f"quizzes/09_a_lesson.yaml, line {line_of(text, stands)}: " in said, said
    assert all(re.fullmatch(r"quizzes/09_a_lesson\.yaml, line \d+: .+", line) for line in said.splitlines())


HINTS = "\n  hints: [Subtract what was before.]"
ITS_EXPLANATION, ITS_HINTS = "\n    explanation: It has let go.", "\n    hints: [Look at the band.]"
LEVEL = SOFTER.replace("stiffness", "tenderness").replace('"7"', '"295"').replace("1 kPa", "20 kPa")
LATER = LEVEL.replace("1 day", "2 days, minus: baseline")
CURVE = """
- id: drawn
  type: curve
  claim: [T4a]
  stem: Draw the soreness.
  of: soreness
  label: Soreness
  at: [1 min, 6 h, 1 d, 7 d]
  low: 0
  high: 10
  key: [4.0, 3.0, 1.0, 0.0]
  band: 0.4
  explanation: It fades.
  variants:
  - id: drawn-fuel
    stem: Draw the fuel.
    of: phosphocreatine"""


@pytest.mark.parametrize(
    ("variant", "lacks"),
    [
        (HINTS + SOFTER, "an explanation and hints"),
        (HINTS + SOFTER + ITS_HINTS, "an explanation"),
        (HINTS + SOFTER + ITS_EXPLANATION, "hints"),
        (HINTS + LEVEL, "an explanation and hints"),
        (CURVE, "an explanation"),
    ],
)
def test_a_variant_on_another_quantity_is_not_told_what_belongs_to_the_question(variant, lacks, write):
    text = GOOD.rstrip() + variant + "\n" if variant is CURVE else GOOD.replace(ATOL, ATOL + variant)
    line = line_of(text, "  - id: " + ("drawn-fuel" if variant is CURVE else "softer"))
    said = refusal(write(text))
    assert said.startswith(f"quizzes/09_a_lesson.yaml, line {line}: the variant ")
    assert said.endswith(f"asks for another quantity than the question; give it {lacks} of its own")


@pytest.mark.parametrize(
    ("variant", "hints"),
    [
        (HINTS + SOFTER + ITS_EXPLANATION + ITS_HINTS, ("Look at the band.",)),
        (HINTS + SOFTER + ITS_EXPLANATION + "\n    hints: []", ()),
        (SOFTER + ITS_EXPLANATION, ()),
        (HINTS + LATER, ("Subtract what was before.",)),
    ],
)
def test_a_variant_shows_its_own_explanation_and_hints_and_else_those_of_the_question(variant, hints, write):
    form = bank("09", write(GOOD.replace(ATOL, ATOL + variant))).items["rise"].forms["softer"]
    assert form.explanation == ("It has let go." if ITS_EXPLANATION in variant else "After minus before.")
    assert form.hints == hints


def test_all_mistakes_of_all_files_are_told_at_once(write):
    write(GOOD.replace("claim: [T12a]", "claim: [T98]").replace("claim: [T5]", "claim: [T99]"))
    said = refusal(write('schema_version: 1\nlesson: "08"\nlanguage: en\nitems: []\n', "08_b.yaml"))
    assert "'T98'" in said and "'T99'" in said
    assert "quizzes/08_b.yaml, line 1: there is no question here; write one under 'items' or remove the file" in said


def test_an_id_may_not_be_used_in_two_lessons(write):
    write(GOOD)
    said = refusal(write(GOOD.replace('"09"', '"10"'), "10_b.yaml"))
    assert (
        "quizzes/10_b.yaml, line 5: the id 'beside' belongs to a question in 09_a_lesson.yaml; give it another" in said
    )


def test_a_lesson_has_one_file(write):
    write(GOOD)
    said = refusal(write(re.sub(r"- id: (beside|rise|found|compared|sorted)", r"- id: other-\1", GOOD), "09_b.yaml"))
    assert "quizzes/09_b.yaml, line 2: lesson 09 has two files; move the questions into one" in said


@pytest.mark.parametrize("text", ["[]", "3", "items", "items: 3", "items: [3, null, []]", "{}", "null"])
def test_a_file_of_another_shape_is_refused(text, write):
    assert refusal(write(text)).startswith("quizzes/09_a_lesson.yaml, line 1: ")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("m05-needle-out-over", "m04-longer-better", "'m04-longer-better' stands here twice; rename or remove one"),
        ("id: m05-needle-out-over", "id: M5", "'id' cannot be 'M5'"),
        ("belief: Endorphins explain it all.", 'belief: ""', "'belief' cannot be ''"),
        (", belief: Endorphins explain it all.", "", "the field 'belief' is missing; add it"),
    ],
)
def test_a_mistake_in_the_misconceptions_is_answered_too(old, new, says, folder):
    path = folder / "misconceptions.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    said = refusal(folder, misconceptions)
    assert says in said
    assert re.match(r"assets/misconceptions\.yaml, line \d+: ", said)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  stem: What did", "  safety: true\n  stem: What did", "only questions of the exam decide over passing"),
        ("- id: found", "- id: case-found", "'case-found' begins as the answers to a case do; begin it otherwise"),
    ],
)
def test_what_belongs_to_the_exam_or_to_cases_is_refused_in_a_lesson(write, old, new, says):
    assert says in refusal(write(GOOD.replace(old, new)))
