"""A number is read as its writer meant it, or refused with a sentence that says how to write it; never guessed."""

import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.grading import numbers
from lessons.grading.numbers import UNITS, NumberError, read, seconds, shown, unit, written

KPA, PLAIN, PERCENT = UNITS["kPa"], UNITS[""], UNITS["%"]


def refusal(text, expected=KPA):
    with pytest.raises(NumberError) as caught:
        read(text, expected)
    return str(caught.value)


# ---- what is read ----


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4.8", "4.8"),
        ("4,8", "4.8"),
        ("  4.8  ", "4.8"),
        ("4.8\n", "4.8"),
        ("\u00a04.8\u2009kPa", "4.8"),
        ("+4.8", "4.8"),
        ("-4.8", "-4.8"),
        ("\u22124.8", "-4.8"),
        ("\u20134.8", "-4.8"),
        ("\uff0d4.8", "-4.8"),
        ("4.8e0", "4.8"),
        ("48e-1", "4.8"),
        ("0,48E+1", "4.8"),
        (".5", "0.5"),
        (",5", "0.5"),
        ("5.", "5"),
        ("007", "7"),
        ("0,480", "0.48"),
        ("-0,480", "-0.48"),
        ("1234,567", "1234.567"),
        ("4.800", "4.8"),
        ("4,80", "4.8"),
        ("4,8000", "4.8"),
        ("-0.0", "0"),
        ("0e99", "0"),
        ("\uff14\uff0e\uff18", "4.8"),
        ("\u0664\u066b\u0668", "4.8"),
        ("\u096a.\u096e", "4.8"),
        ("4\u200e.8", "4.8"),
        ("\ufeff4.8", "4.8"),
        ("1000000000000", "1000000000000"),
        ("0.000000000001", "0.000000000001"),
    ],
)
def test_a_number_is_read_exactly(text, value):
    quantity = read(text, KPA)
    assert quantity.value == Fraction(value)
    assert quantity.unit == KPA


@pytest.mark.parametrize(
    ("text", "kilopascals"),
    [
        ("470 kPa", "470"),
        ("470kPa", "470"),
        ("470 KPA", "470"),
        ("470 k Pa", "470"),
        ("4.8 kg/cm2", "470.7192"),
        ("4.8 kg/ cm2", "470.7192"),
        ("4.8 kg/cm\u00b2", "470.7192"),
        ("4.8 kg/cm^2", "470.7192"),
        ("4.8 kg\u00b7cm\u207b\u00b2", "470.7192"),
        ("4.8 KG/CM2", "470.7192"),
        ("4,8 kgf/cm2", "470.7192"),
        ("4.8 N/cm2", "48"),
        ("4.8 N cm-2", "48"),
        ("120 mmHg", "15.9986864898"),
        ("120 mm Hg", "15.9986864898"),
        ("120 torr", "15.9986864898"),
    ],
)
def test_a_unit_is_recognised_in_the_ways_people_write_it(text, kilopascals):
    quantity = read(text, KPA)
    assert quantity.stated
    assert quantity.to(KPA) == Fraction(kilopascals)


def test_one_pressure_in_three_units_is_the_same_within_rounding():
    values = [float(read(text, KPA).to(KPA)) for text in ("120 mm Hg", "120 torr", "16 kPa")]
    assert values == pytest.approx([16, 16, 16], rel=1e-4)


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("s", "s sec second seconds S"),
        ("min", "min minute minutes Min"),
        ("h", "h hr hour hours"),
        ("d", "d day days"),
        ("wk", "wk week weeks"),
        ("Hz", "Hz hz HZ hertz"),
        ("°", "° deg degree degrees"),
        ("mm", "mm millimetre millimeters"),
        ("cm", "cm CM centimetre"),
        ("mM", "mM mmol/L mmol/l"),
        ("µV", "\u00b5V \u03bcV uV UV"),
        ("%", "% percent"),
        ("points", "points point pts"),
        ("mL/100 g/min", "mL/100g/min ml/100g/min mL/min/100g"),
    ],
)
def test_every_unit_of_the_closed_table_has_its_spellings(name, spellings):
    assert [unit(one).name for one in spellings.split()] == [name] * len(spellings.split())


def test_a_missing_unit_is_the_one_of_the_question_and_is_known_to_be_missing():
    assert not read("4.8", KPA).stated
    assert read("4.8", KPA).unit == KPA
    assert read("60", PERCENT).to(PLAIN) == Fraction("0.6")


def test_sixty_per_cent_is_a_share_of_point_six():
    assert read("60 %", PLAIN).to(PLAIN) == read("0.6", PLAIN).to(PLAIN)


def test_another_dimension_is_read_as_such_and_cannot_be_converted():
    quantity = read("4.8 bpm", KPA)
    assert quantity.unit.measures == "frequency"
    with pytest.raises(NumberError, match="do not measure the same"):
        quantity.to(KPA)


# ---- what is refused ----


@pytest.mark.parametrize(
    "text", ["4,800", "-4,800", "+120,000", "4,800 kPa", "\u0664\u066c\u0668\u0660\u0660", "4,800e0"]
)
def test_a_comma_before_three_digits_could_mean_two_things(text):
    said = refusal(text)
    assert "could mean" in said and "Write it without the comma, or with a point." in said


@pytest.mark.parametrize("text", ["1.234,5", "1,234.5", "1.2.3", "1,2,3", "4,,8", "4.,5"])
def test_two_decimal_marks_are_refused(text):
    assert "two decimal marks" in refusal(text)


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2009", "\u202f", "\u3000"])
def test_a_space_inside_a_number_is_refused_with_the_number_written_whole(space):
    assert "has a space inside the number. Write it without, such as 4800." in refusal(f"4{space}800")


@pytest.mark.parametrize(
    "text",
    [
        "", " ", ".", ",", "-", "+", "e5", "--4.8", "+-4.8", "- 4.8", "4.8-", "nan", "NaN", "inf", "-Infinity",
        "\u221e", "..5", "9**9**9**9", "(" * 30 + "1" + ")" * 30, "5 5", "120/80", "about 5", ">5", "~5", "5-6",
        "5\u20136", "5 to 6",
        "5+5", "5*5", "=5", "4.8;", "4'800", "True", "None", "1_000", "0x10", "\u00bd", "\u2168", "\u4e94", "\u00b2",
        "1e999", "1e-999", "1e13", "1e-13", "1e99999999999999999999", "4.8 kPa 5", "4.8 kPa/s", "kPa", "kPa 4.8",
        "<img src=x onerror=alert(1)>", "4.8</script>", "javascript:alert(1)", "$\\href{a}{4.8}$", "4.8 $x$",
        "1\u202e23", "\u202d4.8", "4\x008", "\x004.8", "\ud800", "4.8\ud800", "4.8 \U0001f642", "__import__('os')",
        "4.8 kgcm2", "4.8 efferent", "4.8 psi", "4.8 e0", "4.8 m", "\u66464.8",
    ],
)  # fmt: skip
def test_what_is_no_plain_number_is_refused_in_a_sentence(text):
    said = refusal(text)
    assert said.endswith(".")
    assert all(character.isprintable() for character in said)
    assert len(said) < 300


@pytest.mark.parametrize("text", ["9" * 10_000, "(" * 3_000, "x" * 1_000_000, "1" + " " * 64, "4.8" + "0" * 62])
def test_a_long_text_is_refused_unread(text):
    assert "longer than 64 characters" in refusal(text)


def test_refusing_takes_no_time():
    began = time.perf_counter()
    for text in (
        "9**9**9**9",
        "9" * 10_000,
        "(" * 3_000,
        "x" * 10**6,
        "1e99999999999999",
        "1," * 32,
        " " * 64,
        "9 " * 32,
    ):
        refusal(text)
    assert time.perf_counter() - began < 0.05 * 8


def test_an_unknown_unit_is_answered_with_those_that_would_do():
    with pytest.raises(NumberError, match=r"I do not know the unit “psi”. Write one of kPa, mmHg, kg/cm2, N/cm2\."):
        unit("psi", like=KPA)
    with pytest.raises(NumberError, match="kPa.*Hz.*mM"):
        unit("furlong")


def test_a_unit_in_capitals_that_could_be_two_is_refused():
    with pytest.raises(NumberError, match="could mean mM or mm. Write one of these."):
        unit("MM")


def test_look_alike_words_are_not_taken_for_units():
    for word in ("efferent", "kPas", "minn", "secs.", "hpa", "Pa", "mHg", "kg", "cm2", "percentage"):
        with pytest.raises(NumberError):
            unit(word)


# ---- times and printing ----


@pytest.mark.parametrize(
    ("text", "value"),
    [("0 s", 0), ("10 min", 600), ("6 h", 21600), ("1 day", 86400), ("1 d", 86400), ("4 wk", 2419200)],
)
def test_a_time_is_read_in_seconds(text, value):
    assert seconds(text) == value


@pytest.mark.parametrize("text", ["10", "10 kPa", "-1 h", "soon", "min", "", "1 month"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(NumberError):
        seconds(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [("4.8", "4.8"), ("-4.8", "\u22124.8"), ("0", "0"), ("470.7192", "470.719"), ("1e7", "1e7"), ("1e-9", "1e\u22129"),
     ("1/3", "0.333333"), ("120", "120"), ("1e12", "1e12")],
)  # fmt: skip
def test_a_value_is_written_with_six_digits_at_most(value, text):
    assert written(Fraction(value)) == text


def test_the_echo_names_value_and_unit():
    assert str(read("4,8", KPA)) == "4.8 kPa"
    assert str(read("4.8", PLAIN)) == "4.8"
    assert str(read("-12 DEG", UNITS["°"])) == "\u221212 °"


def test_what_is_quoted_is_short_and_shows_nothing_hidden():
    assert shown("a\u202eb\x00c\nd") == "a b c d"
    assert shown("x" * 100) == "x" * 40 + "…"


# ---- for any text ----

DIGITS = st.text("0123456789", min_size=1, max_size=8)


def plainly(text):
    """The rules for plain numbers, written a second time with Decimal: value, or None where it is refused."""
    sign, body = (text[0], text[1:]) if text[:1] in ("+", "-") else ("", text)
    body, _, exponent = body.lower().partition("e")
    if body.count(",") + body.count(".") > 1:
        return None
    whole, _, part = body.replace(",", ".").partition(".")
    if "," in body and len(part) == 3 and len(whole) <= 3 and whole.replace("0", ""):
        return None
    value = Decimal(f"{sign}{whole or 0}.{part or 0}").scaleb(int(exponent or 0))
    return value if not value or Decimal("1e-12") <= abs(value) <= Decimal("1e12") else None


@given(
    st.sampled_from(["", "+", "-"]),
    DIGITS,
    st.one_of(st.just(""), st.tuples(st.sampled_from(".,"), DIGITS).map("".join)),
    st.one_of(st.just(""), st.integers(-20, 20).map("e{}".format)),
)
def test_two_independent_readers_agree(sign, whole, part, exponent):
    text = sign + whole + part + exponent
    expected = plainly(text)
    try:
        found = read(text, KPA).value
    except NumberError:
        found = None
    assert found == (None if expected is None else Fraction(expected))


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_in_a_printable_sentence(text):
    try:
        quantity = read(text, KPA)
    except NumberError as error:
        assert str(error).isprintable() and str(error).endswith(".")
    else:
        assert quantity.unit in UNITS.values()
        assert quantity.value == 0 or numbers.SMALLEST <= abs(quantity.value) <= numbers.LARGEST


@given(st.text("0123456789.,-+eE %kPamgcH/\u2212\u00a0\u066b", max_size=24))
def test_texts_made_of_what_numbers_are_made_of_are_read_or_refused(text):
    try:
        quantity = read(text, KPA)
    except NumberError as error:
        assert str(error).isprintable()
    else:
        assert any(character.isdigit() for character in text)
        assert (quantity.value >= 0) or any(minus in text for minus in "-\u2212")


@given(st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**4), st.sampled_from(sorted(UNITS)))
def test_what_is_echoed_is_read_as_the_same_value(value, name):
    echo = str(numbers.Quantity(value, UNITS[name], True))
    again = read(echo, UNITS[name])
    assert again.unit == UNITS[name]
    assert abs(again.value - value) <= abs(value) * Fraction(1, 10**5)


@given(st.fractions(min_value=1, max_value=10**6), st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(UNITS)))
def test_converting_there_and_back_changes_nothing(value, one, other):
    if UNITS[one].measures == UNITS[other].measures:
        there = numbers.Quantity(value, UNITS[one], True).to(UNITS[other])
        assert numbers.Quantity(there, UNITS[other], True).to(UNITS[one]) == value


@given(DIGITS, st.sampled_from(["", " ", "\u00a0", "\u2009", "  "]), st.sampled_from(["kPa", "mmHg", "kg/cm2"]))
def test_spaces_round_the_unit_do_not_matter(digits, space, name):
    assert read(f"{digits}{space}{name}{space}", KPA) == read(f"{digits} {name}", KPA)


@pytest.mark.parametrize(
    ("inside", "outside"), [("1e12", "1.0001e12"), ("-1e12", "-1.0001e12"), ("1e-12", "0.9999e-12")]
)
def test_numbers_end_where_no_answer_can_be_meant(inside, outside):
    assert read(inside, UNITS["kPa"]).value == Fraction(inside)
    with pytest.raises(NumberError, match="too large or too small"):
        read(outside, UNITS["kPa"])


def test_an_answer_may_have_as_many_characters_as_are_allowed_and_no_more():
    assert read("1." + "0" * 62, UNITS["kPa"]).value == 1
    with pytest.raises(NumberError, match="longer than 64 characters"):
        read("1." + "0" * 63, UNITS["kPa"])
    assert shown("a" * 40) == "a" * 40 and shown("a" * 41) == "a" * 40 + "…"
