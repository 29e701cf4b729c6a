"""Each of the twenty beliefs that the course sets out to test tempts somebody in at least two places."""

from collections import Counter

import pytest

from lessons import truth
from lessons.grading.bank import misconceptions, sets

TWENTY = [name for name in misconceptions() if int(name[1:3]) <= 20]
AT_LEAST = 2
# Belief -> why no question can tempt with it yet, and on which page it will be. None waits at present.
WAITING: dict[str, str] = {}


def distractors(item):
    """The beliefs behind the wrong options of a question, in its answers and in its reasons."""
    return [o.misconception for field in ("options", "because") for o in getattr(item, field, ()) if o.misconception]


def counted(items):
    return Counter(belief for item in items for belief in distractors(item))


HITS = counted(item for _, item in truth.every())


def test_there_are_twenty():
    assert [int(name[1:3]) for name in TWENTY] == list(range(1, 21))


@pytest.mark.parametrize("name", TWENTY)
def test_a_belief_stands_behind_at_least_two_wrong_options_or_waits_with_a_reason(name):
    if name in WAITING:
        assert WAITING[name] and HITS[name] < AT_LEAST, "it no longer waits; remove it"
    else:
        assert HITS[name] >= AT_LEAST


def test_no_belief_of_the_inventory_is_hit_in_one_form_only_by_chance():
    """Both forms are about the same ideas, so most of their wrong options rest on the same beliefs."""
    opening, closing = (counted(sets()[name].items.values()) for name in ("opening", "closing"))
    shared = sum((opening & closing).values())
    assert shared >= 0.6 * max(opening.total(), closing.total())


def test_every_wrong_answer_that_has_a_name_for_its_belief_uses_a_known_one():
    assert set(HITS) <= set(misconceptions())
