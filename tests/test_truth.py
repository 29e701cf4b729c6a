"""A key that the model or the cited findings do not bear out is found, and the sentence names question and reason."""

import json
from dataclasses import dataclass, replace

import numpy as np
import pytest
from pydantic import TypeAdapter

from lessons import truth
from lessons.entries import Finding
from lessons.grading.bank import Bank
from lessons.grading.items import Item
from lessons.simulation import Observable, Parameters, Trajectory, parameter
from lessons.truth import Model, verify

ITEM = TypeAdapter(Item)


@dataclass(frozen=True, kw_only=True)
class Tub(Parameters):
    """A tub that fills or empties at a steady rate."""

    start: float = parameter(10.0, 0, 100, "mM", "level at the start", "this test", "assumed")
    rate: float = parameter(1.0, -5, 5, "mM/h", "change of the level", "this test", "assumed")
    taps: int = parameter(1, 0, 4, "", "open taps", "this test", "assumed")


def fill(p):
    time = np.linspace(0.0, 36_000.0, 11)
    return Trajectory(time, (p.start + p.rate * p.taps * time / 3600,), (p.start,), p, notes={"taps": [0] * p.taps})


def level(unit="mM", factor=1.0):
    return Observable("level", "level", unit, lambda run: factor * run.state[0], lambda run: factor * run.before[0])


OBSERVABLES = {
    "level": level(),
    "level_in_points": level(unit=""),
    "level_in_fathoms": level(unit="fathoms"),
    "open_taps": Observable("open_taps", "open taps", "", lambda run: float(len(run.notes["taps"]))),
    "nothing": Observable("nothing", "nothing", "", lambda run: float("nan")),
}
TUB = Model(Tub, fill, OBSERVABLES)
FINDINGS = {
    "gap": Finding(
        id="gap", says="A gap.", number="-2.03 at once, 0.20 later", interval="-3.77 to -0.29", n="6 trials",
        species="human", source="a-2022", grade="A", status="checked", verified="search",
    )
}  # fmt: skip


def choice(*truths, **changes):
    """A question whose first option is keyed; each option has one list of statements."""
    options = [
        {
            "id": f"option-{i}",
            "text": f"Text {i}",
            "feedback": "Move the slider.",
            **({"correct": True} if i == 0 else {"misconception": "m02-must-twitch"}),
            **({"truth": [truth] if isinstance(truth, dict) else truth} if truth else {}),
        }
        for i, truth in enumerate(truths)
    ]
    entry = {"id": "the-tub", "type": "choice", "claim": ["T1"], "stem": "What?", "explanation": "So."}
    return ITEM.validate_json(json.dumps({**entry, "options": options, **changes}))


def numeric(value, atol="1 mM", unit="mM", of="level", scenario=None, **ask):
    entry = {"id": "the-tub", "type": "numeric", "claim": ["T1"], "stem": "How much?", "explanation": "So."}
    asked = {"of": of, "at": "5 h", **ask}
    more = {"unit": unit, "value": value, "atol": atol, "ask": {k: v for k, v in asked.items() if v is not None}}
    return ITEM.validate_json(json.dumps({**entry, **more, "scenario": scenario or {}}))


def match(*places, **changes):
    """Three entries to sort to "up" or "same" by the key (up, same, up); each has a statement for both."""
    left = [
        {
            "id": f"entry-{i}",
            "text": f"Text {i}",
            "feedback": "Move the slider.",
            "truth": {name: [truth] for name, truth in zip(("up", "same"), truths, strict=True)},
        }
        for i, truths in enumerate(places)
    ]
    right = [{"id": "up", "text": "Up"}, {"id": "same", "text": "Same"}]
    entry = {"id": "the-tub", "type": "match", "claim": ["T1"], "stem": "What?", "explanation": "So."}
    key = {"entry-0": "up", "entry-1": "same", "entry-2": "up"}
    return ITEM.validate_json(json.dumps({**entry, "left": left, "right": right, "key": key, **changes}))


def is_(op, vs, margin=0.5, of="level", at="5 h", **kind):
    return {"of": of, "op": op, "vs": vs, **(kind or {"abs": margin}), **({"at": at} if at else {})}


def problems(item, model=TUB):
    return verify(item, model, FINDINGS)


# ---- choices: after five hours the level is 15, at the start 10 ----


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (is_(">", "baseline"), is_("~", "baseline")),
        (is_(">", "baseline"), is_("<", "baseline")),
        (is_("~", 15), is_("!~", 15)),
        (is_("!~", "baseline"), is_("~", "baseline", rel=0.2)),
        (is_(">", "baseline", rel=0.4), is_(">", "baseline", rel=0.6)),
        (is_("<", 16, at="300 min"), is_("<", 14, at="300 min")),
        (is_("~", 1, of="open_taps", at=None), is_(">", 1, of="open_taps", at=None)),
    ],
)
def test_a_key_that_holds_alone_is_sound_and_the_same_question_keyed_otherwise_is_not(right, wrong):
    assert problems(choice(right, wrong)) == []
    told = problems(choice(wrong, right))
    assert len(told) == 2
    assert told[0].startswith("the-tub: the keyed option 'option-0' does not hold: ")
    assert told[1].startswith("the-tub: the option 'option-1' is not keyed and holds: ")


def test_two_options_that_hold_are_found():
    (told,) = problems(choice(is_(">", "baseline"), is_(">", 12), is_("<", 12)))
    assert told == ("the-tub: the option 'option-1' is not keyed and holds: level at 5 h is 15, which is > 12 by 0.5")


def test_an_option_holds_only_if_all_its_statements_do():
    both = [is_(">", "baseline"), is_("~", 15)]
    half = [is_(">", "baseline"), is_("~", 12)]
    assert problems(choice(both, half)) == []
    (told, _) = problems(choice(half, both))
    assert told.endswith("level at 5 h is 15, which is not ~ 12 by 0.5")


def test_the_scenario_sets_parameters_and_the_run_to_compare_with():
    scenario = {"set": {"start": 20.0}, "compare": {"start": 20.0, "taps": 3.0}}
    assert problems(choice(is_("<", "compare"), is_("~", "compare"), scenario=scenario)) == []
    (told, _) = problems(choice(is_("~", "compare"), is_("<", "compare"), scenario=scenario))
    assert "level at 5 h is 25, which is not ~ 35 (compare) by 0.5" in told


def test_a_margin_in_shares_is_of_what_is_compared_with():
    assert problems(choice(is_("~", "baseline", rel=0.51), is_("~", "baseline", rel=0.49))) == []


@pytest.mark.parametrize(
    "statement",
    [
        is_(">", 15 - 1e-6, margin=0),
        is_(">", 10, margin=5 - 1e-6),
        is_("<", 20, margin=5 - 1e-6),
        is_("~", 10, margin=5 + 1e-6),
        is_("!~", 10, margin=5 - 1e-6),
    ],
)
def test_a_statement_that_holds_by_a_hair_is_no_key(statement):
    (told,) = problems(choice(statement, is_("<", 3)))
    assert told.endswith("only by a hair; change the margin or the scenario")


@pytest.mark.parametrize(
    ("statement", "changes", "says"),
    [
        (is_(">", 1, of="levle"), {}, "there is no observable 'levle'; did you mean 'level'?"),
        (is_(">", 1, of="zzz"), {}, "there is no observable 'zzz'; there are level, "),
        (is_(">", 1, at=None), {}, "'level' is read at a time; add 'at'"),
        (is_(">", 1, of="open_taps"), {}, "'open_taps' sums up a whole run; remove 'at'"),
        (is_(">", "baseline", of="open_taps", at=None), {}, "'open_taps' sums up a whole run and has no baseline"),
        (is_(">", 1, at="4 wk"), {}, "the run covers 0 to 36000 s"),
        (is_(">", 1, of="nothing", at=None), {}, "the model gives no number for 'nothing'; change the scenario"),
        (is_(">", 1), {"set": {"strat": 1.0}}, "There is no parameter 'strat' here; did you mean 'start'?"),
        (is_(">", 1), {"set": {"start": 101.0}}, "it must lie within 0 to 100 mM"),
        (is_(">", 1), {"set": {"taps": 1.5}}, "must be a whole number"),
    ],
)
def test_what_cannot_be_decided_says_what_to_do(statement, changes, says):
    (told,) = problems(choice(statement, is_("<", 1), scenario=changes))
    assert told.startswith("the-tub: ") and says in told


def test_a_question_whose_lesson_has_no_model_is_found():
    (told,) = problems(choice(is_(">", 1), is_("<", 1)), model=None)
    assert "its lesson has no model" in told


# ---- entries to sort: by the key the first and the last go up, the second stays ----

AT_5_H, AT_1_MIN, AT_2_H = (
    (is_(">", "baseline", at=at), is_("~", "baseline", at=at)) for at in ("5 h", "1 min", "2 h")
)


def test_entries_that_hold_where_the_key_sends_them_and_nowhere_else_are_sound():
    assert problems(match(AT_5_H, AT_1_MIN, AT_2_H)) == []


@pytest.mark.parametrize("entry", ["entry-0", "entry-1", "entry-2"])
def test_an_entry_that_the_key_sends_elsewhere_is_found(entry):
    item = match(AT_5_H, AT_1_MIN, AT_2_H)
    right = item.key[entry]
    wrong = "same" if right == "up" else "up"
    told = problems(item.model_copy(update={"key": {**item.key, entry: wrong}}))
    said = f"the-tub: for the entry '{entry}' the place"
    assert len(told) == 2
    assert any(one.startswith(f"{said} '{wrong}' is keyed and does not hold: ") for one in told)
    assert any(one.startswith(f"{said} '{right}' is not keyed and holds: ") for one in told)


def test_an_entry_that_holds_in_two_places_is_found():
    (told,) = problems(match((AT_5_H[0], is_("~", 15)), AT_1_MIN, AT_2_H))
    assert told.startswith(
        "the-tub: for the entry 'entry-0' the place 'same' is not keyed and holds: level at 5 h is 15"
    )


def test_a_number_in_an_entry_or_its_feedback_stands_in_a_cited_finding():
    item = json.loads(match(AT_5_H, AT_1_MIN, AT_2_H).model_dump_json(exclude_none=True))
    left = [{**entry, "truth": {}} for entry in item["left"]]
    left[0] |= {"text": "A gap of 2.03", "feedback": "It was 9.99."}
    (told,) = problems(ITEM.validate_json(json.dumps({**item, "left": left, "truth": "none", "evidence": ["gap"]})))
    assert told.startswith("the-tub: it prints 9.99, which stands in none of the findings")


# ---- numbers ----


@pytest.mark.parametrize(
    "item",
    [
        numeric("15"),
        numeric("15.25"),
        numeric("14.75"),
        numeric("5", minus="baseline"),
        numeric("10", minus="compare", atol="2 mM", scenario={"set": {"taps": 3}, "compare": {"taps": 1}}),
        numeric("15", of="level_in_points", unit="points", atol="1"),
        numeric("1500", of="level_in_points", unit="%", atol="100 %"),
        numeric("1", of="open_taps", at=None, unit="", atol="0.1"),
    ],
)
def test_a_number_near_the_model_is_sound(item):
    assert problems(item) == []


@pytest.mark.parametrize("value", ["15.26", "14.74", "-15", "150", "1.5"])
def test_a_number_farther_than_a_quarter_of_its_tolerance_is_found(value):
    (told,) = problems(numeric(value, atol="1 mM" if value != "1.5" else "0.2 mM"))
    margin = "0.25" if value != "1.5" else "0.05"
    said = (
        f"the-tub: the key is {value} mM and the model says 15; they may differ by {margin}, a quarter of the tolerance"
    )
    assert told == said


def test_a_number_in_a_unit_that_measures_something_else_is_found():
    (told,) = problems(numeric("15", unit="kPa", atol="1 kPa"))
    assert "mM and kPa do not measure the same" in told


def test_a_number_in_a_unit_that_no_answer_may_have_is_found():
    (told,) = problems(numeric("15", of="level_in_fathoms"))
    assert "I do not know the unit “fathoms”" in told


def test_a_model_that_changes_under_a_question_names_the_question():
    leaking = replace(TUB, simulate=lambda p: fill(p.changed(rate=-p.rate)))
    asked = [choice(is_(">", "baseline"), is_("<", "baseline")), numeric("15")]
    assert [problems(item) for item in asked] == [[], []]
    told = [problem for item in asked for problem in problems(item, leaking)]
    assert len(told) == 3 and all(problem.startswith("the-tub: ") for problem in told)


# ---- findings ----


def fact(*texts, **changes):
    item = json.loads(choice(None, None, truth="none", evidence=["gap"]).model_dump_json())
    for option, text in zip(item["options"], texts, strict=False):
        option["feedback"] = text
    return ITEM.validate_json(json.dumps({**item, **changes}))


@pytest.mark.parametrize(
    "text", ["A gap of 2.03 points.", "It was 0.2 later.", "From -3.77 to -0.29.", "Six trials, 14 days."]
)
def test_a_number_that_a_cited_finding_contains_may_be_printed(text):
    assert verify(fact(text, text), None, FINDINGS) == []


@pytest.mark.parametrize("text", ["A gap of 2.3 points.", "It was 0.29 or 0.25."])
def test_a_number_that_no_cited_finding_contains_is_found(text):
    (told,) = verify(fact("Yes.", text), None, FINDINGS)
    assert "which stands in none of the findings that it cites; correct it or cite another" in told
    assert verify(fact("Yes.", "No.", explanation=text), None, FINDINGS) == [told]


# ---- the report ----


def test_a_key_is_verified_by_the_model_or_is_a_fact_with_a_source_and_says_who_signed(monkeypatch):
    holds, fails = choice(is_(">", 12), is_("<", 12)), choice(is_("<", 12), is_(">", 12), id="wrong")
    signed, unsigned = (
        fact("Yes.", "No.", id="signed", reviewed_by="a second reader"),
        fact("Yes.", "No.", id="unsigned"),
    )
    unfounded = fact("It was 9.99.", "No.", id="unfounded", reviewed_by="a second reader")
    entries = match(AT_5_H, AT_1_MIN, AT_2_H, id="entries")
    items = {item.id: item for item in (holds, fails, signed, unsigned, unfounded, entries)}
    monkeypatch.setattr(truth, "banks", lambda folder: {"02": Bank("02", items, "")})
    monkeypatch.setattr(truth, "sets", lambda folder: {})
    monkeypatch.setattr(truth, "findings", lambda folder: FINDINGS)
    monkeypatch.setattr(truth, "MODELS", {"02": TUB})
    monkeypatch.setattr(truth, "sources", lambda item, folder: ("A source, 2020",) if item.evidence else ())
    rows = {row["id"]: row for row in truth.report()["items"]}
    assert {name: row["key_verified"] for name, row in rows.items()} == {
        "the-tub": True, "wrong": False, "signed": "fact", "unsigned": "fact", "unfounded": False, "entries": True
    }  # fmt: skip
    assert all(row["sources"] for row in rows.values() if row["key_verified"] == "fact")
    assert (rows["signed"]["reviewed_by"], rows["unsigned"]["reviewed_by"]) == ("a second reader", "unreviewed")
    assert [problem.split(":")[0] for problem in truth.problems()] == ["wrong", "wrong", "unfounded"]
