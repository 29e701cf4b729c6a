"""The forest plot: which numbers answer a question, what is pooled, and what the picture says."""

from __future__ import annotations

import json

import numpy as np
import pytest

from lessons.benches.evidence_lab import NOTHING, SHAM, published
from lessons.figures import forest as figure
from lessons.figures.forest import HIGH, LOW, ROWS, forest
from lessons.interface.packing import pack
from lessons.models.pooling import common_effect, random_effects, standard_error
from lessons.models.synthesis import BIAS, COMPARATORS, TIMES, TREATMENTS, WAYS, Asked

EVERY = [
    Asked(comparator=c, follow_up=t, risk_of_bias=b, treatment=k)
    for c in range(len(COMPARATORS))
    for t in range(len(TIMES))
    for b in range(len(BIAS))
    for k in range(len(TREATMENTS))
]


def test_flipping_only_the_comparator_changes_the_answer_from_a_half_to_a_fifth():
    first, second = forest(published(Asked(comparator=NOTHING))), forest(published(Asked(comparator=SHAM)))
    assert first["title"].startswith("Against nothing or usual care: 0.5 SD")
    assert second["title"].startswith("Against sham: 0.2 SD")


def test_what_is_pooled_is_pooled_as_the_formulas_say():
    (group,) = published(Asked()).groups
    effects, errors = [0.55, 0.57, 0.42], [standard_error(*pair) for pair in ((0.51, 0.58), (0.50, 0.64), (0.37, 0.46))]
    assert group.pooled.effect == random_effects(effects, errors).effect
    (group,) = published(Asked(way=WAYS.index("one common effect"))).groups
    assert group.pooled.effect == common_effect(effects, errors).effect
    assert sum(member.weight for member in group.members) == pytest.approx(1)


def test_points_become_standard_deviations_by_the_usual_spread():
    found = published(Asked(spread=2.0, noticed=1.0))
    row = next(row for row in found.rows if row.published.id == "back-over-care-at-6-months")
    assert row.effect == row.published.effect / 2 and found.line == 0.5


@pytest.mark.parametrize("asked", EVERY, ids=lambda a: f"{a.comparator}{a.follow_up}{a.risk_of_bias}{a.treatment}")
def test_every_question_has_a_picture_whose_rows_fit_and_whose_numbers_answer_it(asked):
    found = published(asked)
    drawn = forest(found)
    json.dumps(pack(drawn).skeleton)
    comparators, _ = list(COMPARATORS.values())[asked.comparator]
    assert all(row.published.against in comparators for row in found.rows)
    assert len(found.rows) + len(found.groups) + figure.GAP <= ROWS - 1
    assert drawn["twin"].endswith(".") and len(drawn["table"]["rows"]) == len(found.rows) + len(found.groups)
    for trace in drawn["data"]:
        if trace["mode"] == "lines" and "fill" not in trace:
            assert LOW <= np.min(trace["x"]) <= np.max(trace["x"]) <= HIGH


def test_each_filter_leaves_out_what_it_says():
    later = published(Asked(comparator=SHAM, follow_up=list(TIMES).index("later")))
    assert {row.published.follow_up for row in later.rows} == {"months"} and not later.groups
    low = published(Asked(comparator=SHAM, risk_of_bias=list(BIAS).index("only low")))
    assert {row.published.risk_of_bias for row in low.rows} == {"low"} and low.groups
    spots = published(Asked(comparator=SHAM, treatment=list(TREATMENTS).index("trigger points needled")))
    assert {row.published.treatment for row in spots.rows} == {"trigger point needling"} and not spots.groups


def test_the_two_kinds_of_sham_are_told_apart_and_both_are_sham():
    each = [
        {row.published.id for row in published(Asked(comparator=list(COMPARATORS).index(name))).rows}
        for name in ("sham of any kind", "only sham that goes in", "only other sham")
    ]
    assert each[1] and each[2] and not each[1] & each[2] and each[1] | each[2] < each[0]


def test_the_sentence_says_on_which_side_of_the_line_the_pooled_interval_lies():
    said = [forest(published(Asked(noticed=noticed)))["twin"] for noticed in (0.5, 1.0)]
    assert "lies above what patients notice" in said[0] and "lies on both sides of what patients notice" in said[1]
    assert "lies below what patients notice" in forest(published(Asked(comparator=SHAM)))["twin"]


def test_why_a_number_stands_apart_is_in_its_line_of_the_table():
    table = forest(published(Asked()))["table"]
    reasons = dict(zip(table["rows"], table["values"][-2], strict=True))
    assert "weight" in reasons["Vickers et al. 2012: headache"]
    assert "in the first review, too" in reasons["Haake et al. 2007: low back, after 6 weeks"]


def test_every_line_of_the_table_tells_source_and_status():
    for comparator in range(len(COMPARATORS)):
        found = published(Asked(comparator=comparator))
        told = forest(found)["table"]["values"][-1]
        assert sum("; checked, seen in" in text or "; derived, seen in" in text for text in told) == len(found.rows)


def test_a_number_without_a_size_is_told_and_not_drawn():
    found = published(Asked(comparator=SHAM))
    sizes = [label["text"] for label in forest(found)["layout"]["annotations"]]
    assert "<i>P = .37</i>" in sizes and "<i>see table</i>" in sizes


def test_an_interval_that_leaves_the_axis_goes_on_with_a_triangle():
    asked = Asked(comparator=list(COMPARATORS).index("mixed"), spread=1.5)
    symbols = [t["marker"]["symbol"] for t in forest(published(asked))["data"] if t["mode"] == "markers"]
    assert "triangle-right" in symbols
