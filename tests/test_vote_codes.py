"""Codes of votes: what goes in comes out, any slip is refused, and no code tells the key or a name."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_leaks import rekeyed

from lessons.grading import record, votes
from lessons.grading.attempts import attempts, dated, predicted
from lessons.grading.bank import banks
from lessons.grading.grade import grade
from lessons.grading.vote_codes import (
    BASE,
    FIRST,
    LETTERS,
    SECOND,
    TAG,
    TWIN,
    UNSURE,
    CodeError,
    Vote,
    bare,
    code,
    is_tag,
    paper,
    paper_of_a_prediction,
    tag,
    vote,
)
from lessons.predictions import predictions

ASKED = {name: votes.asked(name) for name in votes.every()}
LESSONS = [item for bank in banks().values() for item in bank.items.values()]
TAGS = st.text(LETTERS, min_size=TAG, max_size=TAG)


def answers(item):
    """Any answer to a question that a card can give."""
    names = [option.id for option in getattr(item, "options", ())]
    if item.type == "choice":
        return st.sampled_from(names)
    if item.type == "many":
        return st.lists(st.sampled_from(names), min_size=1, unique=True)
    if item.type == "two_tier":
        reasons = st.sampled_from([option.id for option in item.because])
        return st.fixed_dictionaries({"answer": st.sampled_from(names), "because": reasons})
    return st.integers(-9999, 9999).flatmap(lambda n: st.integers(-8, 8).map(lambda power: f"{n}e{power}"))


@st.composite
def any_votes(draw):
    """A question, and a vote on it."""
    on = ASKED[draw(st.sampled_from(sorted(ASKED)))]
    at = draw(st.sampled_from(on.rounds))
    return on, Vote(at, draw(answers(on.of(at))), draw(st.sampled_from([None, 1, 2, 3])), draw(TAGS))


def same(item, one, other):
    if item.type == "numeric":
        return abs(float(one) - float(other)) <= 5.1e-4 * abs(float(one))
    return sorted(one) == sorted(other) if item.type == "many" else one == other


@given(any_votes(), st.sampled_from([str, str.lower, lambda text: text.replace("-", " \u2013 ")]))
def test_a_vote_comes_out_of_its_code_as_it_went_in_however_the_code_is_written(one, as_typed):
    on, given_vote = one
    found = vote(as_typed(code(on.papers[given_vote.round], given_vote)).replace(" ", ""), on.papers)
    assert (found.round, found.sure, found.tag) == (given_vote.round, given_vote.sure, given_vote.tag)
    assert same(on.of(found.round), given_vote.raw, found.raw)
    assert grade(on.of(found.round), found.raw).status in ("correct", "partial", "incorrect")


@given(any_votes(), st.data())
def test_a_letter_that_is_wrong_and_letters_that_were_swapped_are_refused(one, data):
    on, given_vote = one
    whole = bare(code(on.papers[given_vote.round], given_vote))
    at, other = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.sampled_from(LETTERS))
    swapped = "".join([*whole[:at], *reversed(whole[at : at + 2]), *whole[at + 2 :]])
    for slip in (whole[:at] + other + whole[at + 1 :], swapped):
        if slip != whole:
            with pytest.raises(CodeError):
                vote(slip, on.papers)


def test_every_wrong_letter_and_every_two_of_one_code_are_refused_by_its_sums_alone():
    """Also where the question that a slip names would let anything pass."""
    on = ASKED["five-millimetres-beside"]
    whole = bare(code(on.papers[FIRST], Vote(FIRST, "half", 2, "7QXA")))
    slips = {whole[:i] + letter + whole[i + 1 :] for i in range(len(whole)) for letter in LETTERS} - {whole}
    two = {slip[:i] + "K" + slip[i + 1 :] for slip in slips for i in range(len(whole))} - {whole}
    assert len(slips) == len(whole) * (BASE - 1) and len(two) > 2000
    for slip in slips | two:
        with pytest.raises(CodeError, match="does not add up|another question|no question"):
            vote(slip, on.papers)
        assert not sums_to_nothing(slip)
    assert sums_to_nothing(whole)


def sums_to_nothing(text):
    digits = [LETTERS.index(letter) for letter in text]
    return sum(digits) % 31 == 0 == sum(digit * 3**i for i, digit in enumerate(digits)) % 31


@given(
    st.one_of(
        st.text(max_size=40), st.text(LETTERS + "-", max_size=20), st.text(LETTERS, max_size=7).map("ZVRB".__add__)
    )
)
def test_any_text_is_a_code_or_refused_in_words(text):
    on = ASKED["five-millimetres-beside"]
    try:
        assert vote(text, on.papers).round in on.rounds
    except CodeError as error:
        assert str(error) and "<" not in str(error)


def test_each_slip_is_told_in_words_that_say_what_to_do():
    on, others = ASKED["must-it-twitch"], {ASKED["freer-neck"].papers[FIRST].letters: "freer-neck"}
    right = code(on.papers[FIRST], Vote(FIRST, names(on)[0], None, "7QXA"))
    elsewhere = code(ASKED["freer-neck"].papers[FIRST], Vote(FIRST, names(ASKED["freer-neck"])[0], None, "7QXA"))
    twin = code(ASKED[on.twin.item.id].papers[FIRST], Vote(FIRST, names(ASKED[on.twin.item.id])[0], None, "7QXA"))
    for text, why in {
        right[:-1]: "has 11 letters; a code on this question has 12",
        right.replace("-", "", 1)[:-1] + "0": "has “0”, which no code has",
        "Anna": "is too short for a code",
        elsewhere: r"is on another question \(freer-neck\)",
        twin: "in the wrong round; choose the round",
        right[:-1] + ("K" if right[-1] != "K" else "L"): "does not add up",
    }.items():
        with pytest.raises(CodeError, match=why):
            vote(text, on.papers, others)
    with pytest.raises(CodeError, match="is on no question of this course"):
        vote(elsewhere, on.papers)


def names(on):
    return [option.id for option in on.item.options]


@pytest.mark.parametrize(
    "raw", [None, 3, "", "nobody", [], ["nobody"], {}, {"answer": "x"}, "1e400", "2 days", "x" * 999, True]
)
def test_what_is_no_answer_has_no_code(raw):
    for on in (
        ASKED["must-it-twitch"],
        ASKED["a-lead-of-doubt"],
        ASKED["clinic-without-treatment"],
        ASKED["gap-in-sleep"],
    ):
        with pytest.raises(CodeError):
            code(on.papers[FIRST], Vote(FIRST, raw, None, tag()))


def test_numbers_keep_four_decimals_that_count_and_their_unit_is_the_questions():
    on = ASKED["threshold-after-a-day"]
    for text, held in {"120 kPa": "120", "900 mmHg": "120", "0": "0", "-3.14159": "-3.142", "99999": "100000"}.items():
        assert vote(code(on.papers[FIRST], Vote(FIRST, text, None, "7QXA")), on.papers).raw == held


def test_no_two_questions_or_predictions_begin_their_codes_alike_and_no_code_is_long():
    papers = [on.papers[at] for on in ASKED.values() for at in (FIRST, TWIN) if at in on.papers]
    papers += [paper_of_a_prediction(question) for question in predictions().values()]
    forms = {(one.name, one.letters) for one in papers}
    assert len({letters for _, letters in forms}) == len(forms) > 60
    assert max(one.whole for one in papers) <= 16 and {one.whole for one in papers if one.length == 1} == {12}


def test_another_question_under_the_same_name_has_other_codes():
    item = ASKED["must-it-twitch"].item
    fewer = item.model_copy(update={"options": item.options[:2]})
    assert paper(fewer).letters != paper(item).letters != paper(item, "another-form").letters


@pytest.mark.parametrize("item", [one for one in LESSONS if votes.votable(one)], ids=lambda item: item.id)
def test_a_code_does_not_depend_on_the_key(item):
    other, raw = rekeyed(item), sample(item)
    assert code(paper(item), Vote(FIRST, raw, 3, "7QXA")) == code(paper(other), Vote(FIRST, raw, 3, "7QXA"))


def sample(item):
    if item.type == "numeric":
        return "4.8"
    first = item.options[0].id
    return {
        "choice": first,
        "many": [first],
        "two_tier": {"answer": first, "because": getattr(item, "because", item.options)[0].id},
    }[item.type]


# ---- predictions ----


@given(st.sampled_from(sorted(predictions())), st.data(), TAGS)
def test_a_prediction_comes_out_of_its_code_rounded_to_a_step(name, data, lot):
    question = predictions()[name]
    on = paper_of_a_prediction(question)
    numbers = st.floats(question.low, question.high)
    count = len(question.at)
    some = {
        "choice": st.sampled_from([option.id for option in question.options] or [UNSURE]),
        "value": numbers,
        "curve": st.lists(numbers, min_size=count, max_size=count),
    }[question.kind]
    answer = data.draw(st.one_of(some, st.just(UNSURE)))
    found = vote(code(on, Vote(FIRST, answer, None, lot)), {FIRST: on}).raw
    if answer == UNSURE or question.kind == "choice":
        assert found == answer
    else:
        pairs = zip(answer if count > 1 else [answer], found if count > 1 else [found], strict=True)
        assert all(abs(one - other) <= question.step / 2 + 1e-9 for one, other in pairs)


# ---- what the record keeps ----


def test_votes_are_kept_under_the_question_and_are_neither_answers_nor_predictions():
    voted = votes.Voted(tag()).with_vote(FIRST, "half", 2).with_vote(SECOND, "same", None)
    votes.keep("03", "five-millimetres-beside", voted)
    assert votes.kept("03", "five-millimetres-beside") == voted and votes.kept("03", "must-it-twitch") is None
    events = dated({"03": record.history("03")}, date.max)
    assert predicted(events) == () and attempts(events, banks()["03"].items) == ((), ())
    record.start_over("03")
    assert votes.kept("03", "five-millimetres-beside") is None
    assert votes.kept_in(record.history("03"), "five-millimetres-beside") is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["tag", "votes", "round", "raw", "sure", "told"]), inner, max_size=6)
        ),
        max_leaves=12,
    )
)
def test_whatever_stands_in_a_record_in_place_of_votes_is_read_or_left(answer):
    found = votes.read(answer)
    assert found is None or is_tag(found.tag)
    sound = votes.read({"tag": "7QXA", "votes": [answer, {"round": 1, "raw": answer, "sure": answer}]})
    assert sound.given[1][0] == answer and json.dumps(sound.given[1][0]) == json.dumps(answer)


def test_every_question_has_a_twin_on_the_same_matter_in_another_form():
    assert [name for name, on in ASKED.items() if on.twin is None] == []
    for name, on in ASKED.items():
        if on.twin.item.id != name:
            shared = set(on.item.claim) & set(on.twin.item.claim) or set(on.item.misconceptions) & set(
                on.twin.item.misconceptions
            )
            assert shared, name
        else:
            assert on.twin.item.stem != on.item.stem and on.papers[TWIN].letters != on.papers[FIRST].letters
    with pytest.raises(LookupError, match="cannot be voted on. These can: "):
        votes.asked("exam-how-long")


def test_the_letters_of_a_prediction_come_from_its_moment_and_do_not_tell_it():
    events = [{"kind": "prediction", "id": "rub-it", "answer": "less", "time": "2026-11-23T17:00:00.123+00:00"}]
    answer, lot = votes.guess_in(events, "rub-it")
    assert answer == "less" and is_tag(lot) and votes.guess_in(events, "rub-it") == (answer, lot)
    later = [{**events[0], "time": "2026-11-23T17:00:00.124+00:00"}]
    assert votes.guess_in(later, "rub-it")[1] != lot
    assert votes.guess_in([*events, {"kind": "start over", "time": ""}], "rub-it") is None
