"""The inventory's two forms are alike; the exam has every kind of question; neither gives its answers away."""

import itertools
from collections import Counter

import pytest

from lessons import truth
from lessons.grading.bank import sets
from lessons.grading.items import TYPES, Many, TwoTier
from lessons.lesson_models import MODELS

OPENING, CLOSING, EXAM = (list(sets()[name].items.values()) for name in ("opening", "closing", "exam"))
EVERY = [item for _, item in truth.every()]
OF_SETS = [*OPENING, *CLOSING, *EXAM]
SAFETY = [item for item in EXAM if item.safety]


def test_the_inventory_asks_twelve_ideas_twice():
    assert len(OPENING) == len(CLOSING) == 12
    for before, after in zip(OPENING, CLOSING, strict=True):
        assert (before.id.split("-")[0], after.id.split("-")[0]) == ("opening", "closing")
        assert (before.type, before.objective) == (after.type, after.objective)
        assert set(before.claim) & set(after.claim) or before.claim == after.claim or before.objective == 14
        assert len(before.options) == len(after.options)


def test_no_two_questions_of_the_forms_ask_the_same_run():
    for before, after in zip(OPENING, CLOSING, strict=True):
        assert before.stem != after.stem
        if before.by_model:
            asked = [(item.scenario, [o.truth for o in item.options]) for item in (before, after)]
            assert asked[0] != asked[1]


def test_half_of_the_inventory_asks_for_a_reason():
    assert Counter(item.type for item in OPENING) == {"two_tier": 6, "choice": 6}


def test_the_inventory_is_spread_over_all_models():
    assert {MODELS[item.model] for item in OPENING if item.model} == set(MODELS.values())


def test_the_exam_has_thirty_questions_of_every_kind_and_eight_of_them_are_on_safety():
    assert (len(EXAM), len(SAFETY)) == (30, 8)
    assert {item.objective for item in SAFETY} == {15} and len({item.type for item in SAFETY}) >= 4
    kinds = Counter(item.type for item in EXAM)
    assert set(kinds) == set(TYPES) and min(kinds.values()) >= 2
    assert all(item.id.startswith("exam-") for item in EXAM)


def test_most_of_the_exam_but_for_safety_is_decided_by_a_model():
    """What to do about a red flag is decided by findings and by nothing that is simulated."""
    others = [item for item in EXAM if not item.safety]
    assert sum(item.by_model for item in others) >= 0.6 * len(others)
    assert not any(item.by_model for item in SAFETY)


def test_the_exam_serves_every_objective_that_a_mark_of_questions_can_serve():
    """Not 6, which page 04 asks (see below), and 16 to 18 are for the cases and for own words."""
    served = {item.objective for item in OF_SETS} - {None}
    assert served == {1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15}


def test_telling_apart_what_moves_under_the_needle_is_asked_on_a_page():
    asked = [(lesson, item.id) for lesson, item in truth.every() if item.objective == 6]
    assert asked == [("04", "what-moves-under-the-needle")]


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item.id)
def test_a_question_has_two_hints_that_do_not_say_its_answer(item):
    assert len(item.hints) >= 2
    right = [o.text for field in ("options", "because") for o in getattr(item, field, ()) if o.correct]
    right += [item.value + " " + item.unit] if item.type == "numeric" and item.unit else []
    assert not [text for text in right for hint in item.hints if text.casefold() in hint.casefold()]


@pytest.mark.parametrize("item", OF_SETS, ids=lambda item: item.id)
def test_a_stem_has_no_quotes_and_asks_or_sets_a_task(item):
    assert '"' not in item.stem
    assert "?" in item.stem or item.stem.endswith(".")


def test_neither_answers_nor_reasons_are_known_by_being_the_longest():
    tiers = [(item.options, item.because) for item in OF_SETS if isinstance(item, TwoTier)]
    for lists in zip(*tiers, strict=True):
        longest = [max(options, key=lambda option: len(option.text)).correct for options in lists]
        assert sum(longest) / len(longest) <= 0.6


def test_what_is_to_be_ticked_is_not_known_by_being_longer():
    for item in EVERY:
        if isinstance(item, Many):
            right, wrong = ([len(o.text) for o in item.options if o.correct is tick] for tick in (True, False))
            assert sum(right) / len(right) <= 1.5 * sum(wrong) / len(wrong)


def test_the_right_answer_is_not_always_written_in_one_place():
    """Options are shuffled on the card; a bank with a habit still teaches its readers to guess."""
    places = Counter(
        next(i for i, option in enumerate(options) if option.correct)
        for item in OF_SETS
        for options in (getattr(item, "options", ()), getattr(item, "because", ()))
        if options and not isinstance(item, Many)
    )
    assert max(places.values()) <= 0.5 * places.total()


def test_no_two_questions_have_one_stem():
    stems = [item.stem for item in EVERY]
    assert not [a for a, b in itertools.pairwise(sorted(stems)) if a == b]
