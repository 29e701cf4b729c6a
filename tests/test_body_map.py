"""The body chart as an object: what it refuses, what it says, how far two shadings agree."""

from __future__ import annotations

import json
from typing import NamedTuple

import numpy as np
import pytest
from body_to_shade import to_shade
from hypothesis import given
from hypothesis import strategies as st
from traitlets import TraitError

from lessons.benches.the_body import mara
from lessons.figures.body_chart import fill
from lessons.interface.body_map import BodyMap, overlap, shaded
from lessons.treated_body import chart

REGIONS = tuple(chart().regions.values())
IDS = st.sampled_from([region.id for region in REGIONS])
SHADES = st.dictionaries(IDS, st.integers(0, 3), max_size=12)


class Square(NamedTuple):
    """The least that the chart has to be handed."""

    id: str
    label: str
    side: str
    view: str
    label_point: tuple[float, float]
    polygon: np.ndarray


def square(name, side):
    across = -100 if side == "right" else 100
    corners = np.array([(0, 0), (across, 0), (across, 99.96), (0, 99.96)])
    return Square(f"{name}-{side[0]}", f"{side} {name}", side, "front", (across / 2, 50), corners)


SQUARES = [square("toe", "right"), square("toe", "left")]


def test_it_is_drawn_from_whatever_has_the_shape_of_a_region():
    body = BodyMap(SQUARES, "Toes", {"toe-r": 1})
    assert body.areas[0]["points"] == [0, 0, -1000, 0, -1000, -1000, 0, -1000], "whole tenths, y downwards"
    assert body.areas[1]["point"] == [500, -500]
    assert body.twin == "Shaded: right toe (mild)."


@pytest.mark.parametrize(
    ("shades", "says"),
    [
        ({"tail-r": 1}, "no region 'tail-r'"),
        ({"toe-r": 4}, "step from 0 to 3, not 4"),
        ({"toe-r": -1}, "step from 0 to 3, not -1"),
        ({"toe-r": True}, "step from 0 to 3, not True"),
        ({"toe-r": "2"}, "step from 0 to 3, not '2'"),
        ({"toe-r": 1.5}, "step from 0 to 3, not 1.5"),
    ],
)
def test_unknown_regions_and_steps_are_refused_in_one_sentence_and_the_chart_stays(shades, says):
    body = BodyMap(SQUARES, "Toes", {"toe-l": 2}, clickable=True)
    for attempt in (
        lambda: setattr(body, "shades", shades),
        lambda: body.compare(shades),
        lambda: body.set_state({"shades": shades}),
    ):
        with pytest.raises(TraitError, match=says) as refused:
            attempt()
        assert "\n" not in str(refused.value) and str(refused.value).endswith(".")
    assert body.shades == {"toe-l": 2} and body.against == {} and body.clickable
    with pytest.raises(TraitError, match=says):
        BodyMap(SQUARES, "Toes", shades)


def test_a_region_without_its_mirror_image_and_more_than_three_words_are_refused():
    with pytest.raises(ValueError, match="twice, as 'toe-r' and 'toe-l'"):
        BodyMap(SQUARES[:1], "Toe")
    for words in ((), ("a", "b", "c", "d")):
        with pytest.raises(ValueError, match="one to three words"):
            BodyMap(SQUARES, "Toes", words=words)


def test_with_one_word_a_region_is_shaded_or_not():
    body = BodyMap(SQUARES, "Toes", words=("expected",), clickable=True)
    assert body.twin == "No region is shaded."
    body.shades = {"toe-l": 1, "toe-r": 1}
    assert body.twin == "Expected: right toe; left toe."
    with pytest.raises(TraitError, match="step from 0 to 1, not 2"):
        body.shades = {"toe-l": 2}


def test_what_the_page_shades_is_kept_in_the_charts_order_without_regions_at_rest():
    body = to_shade()
    assert body.clickable and body.shades == {}, "nothing is shaded before the learner does it"
    body.set_state({"shades": {"calf-l": 1, "nape-r": 0, "face-r": 2}})
    assert list(body.shades.items()) == [("face-r", 2), ("calf-l", 1)]
    assert body.twin == "Shaded: right side of the face and jaw (clearly); left calf (a little)."


def test_maras_pain_is_on_her_right_and_told_strongest_first():
    body = mara()
    assert not body.clickable
    assert {region[-2:] for region in body.shades} == {"-r"}
    assert body.twin == (
        "Shaded: top of the right shoulder, back (strong); right side of the neck, back (moderate); "
        "back of the head, right side (mild)."
    )


def test_the_page_shades_in_the_same_colours_as_the_figures():
    assert mara().fills == [fill(step, "@blood") for step in range(4)]


def test_a_whole_body_is_a_small_message():
    body = to_shade()
    assert len(json.dumps([body.areas, body.strokes, body.muscle], separators=(",", ":"))) < 25_000


def test_rounding_leaves_no_gap_between_neighbours():
    corners = {a["id"]: set(zip(a["points"][::2], a["points"][1::2], strict=True)) for a in mara().areas}
    for region in REGIONS:
        for neighbour in region.neighbours:
            assert corners[region.id] & corners[neighbour]


@given(SHADES, SHADES)
def test_overlap_is_the_same_both_ways_and_lies_from_0_to_1(one, other):
    assert 0 <= overlap(one, other) == overlap(other, one) <= 1
    assert (overlap(one, other) == 1) == (shaded(one) == shaded(other))
    if shaded(one) or shaded(other):
        assert (overlap(one, other) == 0) == (not shaded(one) & shaded(other))


@given(SHADES, SHADES)
def test_overlap_is_the_harmonic_mean_of_precision_and_recall(one, other):
    hits = len(shaded(one) & shaded(other))
    if hits:
        precision, recall = hits / len(shaded(one)), hits / len(shaded(other))
        assert overlap(one, other) == pytest.approx(2 * precision * recall / (precision + recall))


@given(SHADES, SHADES)
def test_overlap_knows_regions_and_no_steps(one, other):
    strongest = {region: 3 if step else 0 for region, step in one.items()}
    assert overlap(strongest, other) == overlap(one, other)


@given(SHADES, SHADES, IDS)
def test_one_more_region_in_common_never_lowers_overlap(one, other, region):
    assert overlap(one | {region: 1}, other | {region: 2}) >= overlap(one, other)


def test_the_prediction_stays_when_it_is_compared():
    body = to_shade()
    body.shades = {"nape-r": 2, "shin-r": 1}
    said = body.compare({"nape-r": 1, "head_back-r": 1, "calf-l": 0}, hue="@retention")
    assert (
        said == body.verdict == ("1 region is shaded by both, 1 only by you, 1 only by the model: overlap 0.50 of 1.")
    )
    assert body.overlap(body.against) == 0.5
    assert body.shades == {"nape-r": 2, "shin-r": 1} and not body.clickable
    assert body.against == {"head_back-r": 1, "nape-r": 1}
    assert body.fills == [fill(step, "@retention") for step in range(4)]
    assert body.twin == (
        "You: right side of the neck, back (clearly); right shin (a little). "
        "The model: back of the head, right side (a little); right side of the neck, back (a little)."
    )


def test_an_empty_prediction_can_be_compared_too():
    body = to_shade()
    assert body.compare({}).endswith("overlap 1.00 of 1.")
    assert body.twin == "You: nothing. The model: nothing."
