"""An answer gets the mark it earned and no other; whatever is sent, there is a verdict."""

import json
import string
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from lessons.grading.grade import MARKED, STATUSES, Verdict, echo, grade
from lessons.grading.items import Item
from lessons.grading.numbers import UNITS, NumberError

ITEM = TypeAdapter(Item)

CHOICE = {
    "id": "twitch-later",
    "type": "choice",
    "claim": ["T5"],
    "stem": "How does the pain compare after four weeks?",
    "options": [
        {
            "id": "higher",
            "text": "Higher",
            "misconception": "m02-must-twitch",
            "feedback": "Move the clock.",
            "truth": [],
        },
        {"id": "same", "text": "About the same", "correct": True, "feedback": "Yes.", "truth": []},
        {
            "id": "lower",
            "text": "Lower",
            "misconception": "m15-soreness-signal",
            "feedback": "Uncouple it.",
            "truth": [],
        },
    ],
    "explanation": "Six trials.",
}
NUMERIC = {
    "id": "rise",
    "type": "numeric",
    "claim": ["T12a"],
    "stem": "By how much has it risen?",
    "ask": {"of": "tenderness", "at": "1 d", "minus": "baseline"},
    "unit": "kPa",
    "value": "40",
    "atol": "4 kPa",
    "diagnoses": [
        {"value": "240", "tag": "level-not-change", "say": "Subtract what it was before."},
        {"value": "20", "tag": "percent-not-kpa", "say": "The question asks for kPa."},
    ],
    "explanation": "After minus before.",
}
STATEMENT = {"of": "pain", "at": "1 h", "op": "<", "vs": 1, "abs": 0}


def item(of, **changes):
    entry = {**of, **changes}
    if entry["type"] == "choice":
        entry["options"] = [{**option, "truth": [STATEMENT]} for option in entry["options"]]
    return ITEM.validate_json(json.dumps(entry))


choice, numeric = item(CHOICE), item(NUMERIC)


def number(value, unit, atol="", **changes):
    return item(NUMERIC, value=value, unit=unit, atol=atol, diagnoses=[], **changes)


# ---- a choice ----


def test_the_right_option_is_correct_and_has_no_tag():
    assert grade(choice, "same") == Verdict("correct", Fraction(1), (), "Yes.")


def test_a_wrong_option_is_incorrect_and_names_its_misconception():
    assert grade(choice, "higher") == Verdict("incorrect", Fraction(0), ("m02-must-twitch",), "Move the clock.")


@pytest.mark.parametrize("response", [None, "", "   ", "\n\t\u2009"])
@pytest.mark.parametrize("asked", [choice, numeric])
def test_nothing_is_unanswered_and_no_mark(asked, response):
    assert (grade(asked, response).status, grade(asked, response).fraction) == ("unanswered", None)


@pytest.mark.parametrize(
    "response", ["other", "About the same", "SAME", "same ", ["same"], {"same": 1}, 1, True, 0.5, b"same", "\ud800", ()]
)
def test_what_is_no_id_of_an_option_is_invalid(response):
    verdict = grade(choice, response)
    assert (verdict.status, verdict.fraction) == ("invalid", None)
    assert verdict.note == "Choose one of higher, same, lower."


def test_all_options_together_earn_nothing():
    assert grade(choice, ["higher", "same", "lower"]).fraction is None


def test_the_order_of_the_options_changes_no_mark():
    turned = item(CHOICE, options=CHOICE["options"][::-1])
    for option in ("higher", "same", "lower"):
        assert grade(turned, option) == grade(choice, option)


@pytest.mark.parametrize(
    ("right", "typed"),
    [("afferent", "efferent"), ("hyperalgesia", "hypoalgesia"), ("allodynia", "analgesia"), ("adduction", "abduction")],
)
def test_a_word_that_only_looks_alike_is_never_accepted(right, typed):
    options = [{**CHOICE["options"][1], "id": right}, {**CHOICE["options"][0], "id": "other"}]
    assert grade(item(CHOICE, options=options), typed).status == "invalid"


# ---- a number ----


@pytest.mark.parametrize(
    "text", ["40", "40 kPa", "40,0", "4e1", "٤٠", "0.41 kg/cm2", "300 mmHg", "4 N/cm2", "36", "44"]
)
def test_a_value_within_the_tolerance_is_correct_in_any_unit(text):
    assert grade(numeric, text).status == "correct"


@pytest.mark.parametrize("text", ["35.9", "44.1", "0", "1000"])
def test_a_value_outside_the_tolerance_is_incorrect(text):
    assert (grade(numeric, text).status, grade(numeric, text).fraction) == ("incorrect", Fraction(0))


def test_the_printed_bound_passes_and_the_next_visible_number_does_not():
    for bound, outside in (("44", "44.000001"), ("36", "35.999999")):
        assert grade(numeric, bound).status == "correct"
        assert grade(numeric, f"{bound}.00000000001" if bound == "44" else "35.99999999999").status == "correct"
        assert grade(numeric, outside).status == "incorrect"


def test_the_allowance_at_the_bound_is_a_billionth_of_the_key():
    assert grade(numeric, "44.00000003").status == "correct"
    assert grade(numeric, "44.00000005").status == "incorrect"


def test_a_relative_tolerance_is_of_the_key_and_the_wider_one_counts():
    asked = number("200", "kPa", atol="2 kPa", rtol=0.1)
    assert [grade(asked, text).status for text in ("180", "220", "179", "221")] == ["correct"] * 2 + ["incorrect"] * 2


def test_a_key_of_zero_is_met_by_its_absolute_tolerance_only():
    asked = number("0", "kPa", atol="1e-6 kPa")
    assert grade(asked, "1e-12").status == "correct"
    assert grade(asked, "-0").status == "correct"
    assert grade(asked, "1e-5").status == "incorrect"


def test_the_tolerance_may_come_in_another_unit_of_the_same_kind():
    asked = number("98.0665", "kPa", atol="0.1 kg/cm2")
    assert grade(asked, "1.1 kg/cm2").status == "correct"
    assert grade(asked, "1.11 kg/cm2").status == "incorrect"


@pytest.mark.parametrize(("text", "status"), [("60 %", "correct"), ("0.6", "correct"), ("60", "incorrect")])
def test_a_share_may_be_written_as_per_cent(text, status):
    assert grade(number("0.6", "", atol="0.01"), text).status == status


@pytest.mark.parametrize("text", ["4,800", "--4", "nan", "1e999", "about 40", "40 kgcm2", "9**9", "40 40", "4" * 70])
def test_what_cannot_be_read_is_invalid_and_says_how_to_write_it(text):
    verdict = grade(numeric, text)
    assert (verdict.status, verdict.fraction, verdict.tags, verdict.echo) == ("invalid", None, (), "")
    assert len(verdict.note) > 20


@pytest.mark.parametrize("response", [True, 40, 40.0, ["40"], {"value": 40}, b"40", Fraction(40)])
def test_a_number_that_is_no_text_is_invalid(response):
    assert grade(numeric, response).status == "invalid"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("40 mm", "wrong-dimension"),
        ("40 bpm", "wrong-dimension"),
        ("40 %", "wrong-dimension"),
        ("240", "level-not-change"),
        ("238 kPa", "level-not-change"),
        ("20", "percent-not-kpa"),
        ("-40", "sign"),
        ("400", "power-of-ten"),
        ("0.04 kPa", "power-of-ten"),
        ("4 kPa", "power-of-ten"),
        ("0.41", "unit-slip"),
        ("300", "unit-slip"),
    ],
)
def test_a_slip_is_named(text, tag):
    verdict = grade(numeric, text)
    assert (verdict.status, verdict.tags) == ("incorrect", (tag,))
    assert verdict.note


@pytest.mark.parametrize("power", range(1, 7))
def test_a_decimal_point_in_the_wrong_place_is_named_up_to_six_places(power):
    asked = number("40", "kPa", atol="0.01 kPa")
    for text in (f"40e{power} kPa", f"40e-{power} kPa"):
        assert grade(asked, text).tags == ("power-of-ten",)
    assert grade(asked, "40e7 kPa").tags == grade(asked, "40e-7 kPa").tags == ()


def test_a_share_written_as_a_part_of_one_is_a_slip_of_the_unit():
    verdict = grade(number("60", "%", atol="1 %"), "0.6")
    assert verdict.tags == ("unit-slip",) and "a share of 1" in verdict.note


def test_a_unit_that_was_written_is_no_slip_of_the_unit():
    assert grade(numeric, "300 kPa").tags == ()


def test_a_diagnosis_catches_its_own_value_and_not_its_neighbourhood():
    slip = [{"value": "0.41", "tag": "small", "say": "Small."}]
    asked = item(NUMERIC, diagnoses=slip)
    assert grade(asked, "0.41 kPa").tags == ("small",)
    assert grade(asked, "3 kPa").tags == ()


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("38,5", "Read as 38.5 kPa."),
        ("-4", "Read as \u22124 kPa."),
        ("0.5 kg/cm2", "Read as 0.5 kg/cm2, which is 49.0333 kPa."),
        ("5 mm", "Read as 5 mm."),
    ],
)
def test_a_number_is_echoed_as_it_was_read(text, heard):
    assert echo(numeric, text) == heard == grade(numeric, text).echo


def test_what_cannot_be_read_has_no_echo():
    with pytest.raises(NumberError):
        echo(numeric, "4,800")


# ---- anything at all ----

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(ANYTHING)
def test_any_response_has_a_verdict_and_only_the_right_one_earns_a_mark(response):
    for asked in (choice, numeric):
        verdict = grade(asked, response)
        assert verdict.status in STATUSES and verdict.status != "grader-error"
        assert (verdict.fraction is None) == (verdict.status not in MARKED)
        assert verdict.fraction in (None, 0, 1)
        if asked is choice:
            assert (verdict.fraction == 1) == (response == "same" and isinstance(response, str))


@given(st.decimals(-1000, 1000, places=3), st.decimals("0.001", 100, places=3), st.decimals(-2000, 2000, places=3))
def test_the_tolerance_is_that_of_exact_decimals(key, width, answer):
    width = min(width, abs(key) / 5).quantize(Decimal("0.001"), rounding="ROUND_DOWN")
    if width <= 0:
        return
    asked = number(str(key), "kPa", atol=f"{width} kPa")
    distance = abs(Fraction(answer) - Fraction(key))
    assert (grade(asked, str(answer)).status == "correct") == (distance <= Fraction(width))


@given(st.sampled_from(["kPa", "mmHg", "kg/cm2", "N/cm2"]), st.fractions(1, 1000))
def test_the_unit_in_which_an_answer_is_written_changes_no_mark(name, value):
    there = value * UNITS["kPa"].size / UNITS[name].size
    text = f"{float(there)!r} {name}"
    away = abs(value - 40)
    if abs(away - 4) > Fraction(1, 1000):
        assert (grade(numeric, text).status == "correct") == (away < 4)


@given(st.text(alphabet=string.whitespace, max_size=5), st.text(alphabet=" \t\u00a0\u2009", max_size=5))
def test_white_space_around_an_answer_changes_no_mark(before, between):
    assert grade(numeric, f"{before}40{between}kPa{before}").status == "correct"


def test_a_mistake_of_ours_is_no_mark_and_says_so():
    broken = numeric.model_copy(update={"value": "no number"})
    verdict = grade(broken, "40")
    assert (verdict.status, verdict.fraction) == ("grader-error", None)
    assert "could not be marked" in verdict.note
