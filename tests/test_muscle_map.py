"""The chart of muscles as an object: whom it shows, what it says of each, what it refuses."""

from __future__ import annotations

import json

import pytest
from traitlets import TraitError

from lessons import benches
from lessons.figures.body_shapes import segment_name
from lessons.interface.muscle_map import FREQUENCIES, FROM, MuscleMap
from lessons.treated_body import MUSCLE, chart

MUSCLES = list(chart().muscles.values())


@pytest.fixture(scope="module")
def charted():
    return benches.muscles()


@pytest.mark.parametrize("muscle", MUSCLES, ids=lambda muscle: muscle.id)
def test_a_muscle_is_named_with_its_side_nerves_referral_lung_and_how_far_each_is_known(muscle, charted):
    charted.chosen = muscle.id
    said, facts = charted.twin, dict(charted.facts)
    assert said.startswith(muscle.name[0].upper() + muscle.name[1:])
    assert facts["Side"] == f"the patient's {muscle.side}; needled {FROM[muscle.view]}"
    assert facts["Nerve supply"].endswith(f"({muscle.status['segments']})")
    for level in (muscle.segments[:1], muscle.segments[-1:]):
        assert all(segment_name(one) in facts["Nerve supply"] for one in level)
    assert ("lies over the lung" in facts["Lung"]) == (muscle.hazard == "lung")
    assert facts["Lung"].endswith(f"({muscle.status['hazard']})")
    for region, often in muscle.referral.items():
        felt = facts[f"Pain felt, {often}"]
        assert chart().regions[region].label in felt and felt.endswith(f"({muscle.status['referral']})")
    assert all(words in said for words in facts.values())


@pytest.mark.parametrize("muscle", MUSCLES, ids=lambda muscle: muscle.id)
def test_pain_is_shaded_in_the_steps_of_its_words_on_the_muscles_own_side(muscle, charted):
    charted.chosen = muscle.id
    assert {region: FREQUENCIES[step - 1] for region, step in charted.shades.items()} == dict(muscle.referral)
    assert {chart().regions[region].side for region in charted.shades} == {muscle.side}


def test_the_steps_rise_with_the_words():
    assert FREQUENCIES == ("occasional", "frequent", "usual")


def test_nerves_are_told_as_a_clinic_would():
    charted = benches.muscles()
    for name, nerves in (
        ("erectors_thoracic-l", "T1 to T12"),
        ("piriformis-r", "S1 and S2"),
        ("masseter-r", "a nerve of the head, not of the cord"),
    ):
        charted.chosen = name
        assert dict(charted.facts)["Nerve supply"].rpartition(" (")[0] == nerves


def test_it_opens_with_the_muscle_that_holds_maras_knot_and_can_show_none():
    charted = benches.muscles()
    assert charted.chosen == MUSCLE and charted.twin.startswith("Right upper trapezius.")
    charted.chosen = ""
    assert (charted.facts, charted.shades, charted.twin) == ([], {}, "No muscle is chosen.")
    assert benches.muscles("").facts == []


def test_an_unknown_muscle_is_refused_in_one_sentence_and_the_earlier_one_stays():
    charted = benches.muscles("soleus-l")
    for attempt in (
        lambda: setattr(charted, "chosen", "soleus"),
        lambda: charted.set_state({"chosen": "soleus"}),
        lambda: benches.muscles("soleus"),
    ):
        with pytest.raises(TraitError, match="no muscle 'soleus'; ids end in -r or -l, the patient's side.$"):
            attempt()
    assert charted.chosen == "soleus-l" and charted.twin.startswith("Left soleus.")


def test_the_smaller_of_two_muscles_lies_on_top():
    order = [muscle["id"] for muscle in benches.muscles().muscles]
    for below, above in (("gluteus_medius", "gluteus_minimus"), ("latissimus_dorsi", "quadratus_lumborum")):
        for side in ("-r", "-l"):
            assert order.index(below + side) < order.index(above + side)


def test_a_body_with_all_its_muscles_is_a_small_message():
    charted = benches.muscles()
    assert len(json.dumps([charted.areas, charted.muscles, charted.strokes], separators=(",", ":"))) < 50_000


def test_a_muscle_that_refers_to_no_region_of_the_chart_is_refused():
    lost = MUSCLES[0]._replace(referral={"tail-r": "usual"})
    with pytest.raises(KeyError, match="tail-r"):
        MuscleMap(chart().regions.values(), [lost], "Muscles", segment_name, chosen=lost.id)
