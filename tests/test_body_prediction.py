"""Shading as a prediction: what is kept, what is refused, how it is compared, and how it stays on the figure."""

from __future__ import annotations

import json

import numpy as np
import pytest
from traitlets import TraitError

from lessons import benches
from lessons.benches.side_by_side import run
from lessons.figures.body_chart import CENTRES, predicted
from lessons.figures.body_shapes import borders
from lessons.figures.two_bodies import Begun, reached, two_bodies
from lessons.grading import record
from lessons.grading.record import RecordError
from lessons.interface.prediction import UNSURE
from lessons.models.side_by_side import Mix
from lessons.treated_body import chart

ANSWER = {"release": {"nape-r": 1, "shin-r": 1}, "retention": {"nape-r": 1}}
KEPT = {"release": ["shin-r", "nape-r"], "retention": ["nape-r"]}


@pytest.fixture(scope="module")
def found():
    return run(Mix())


def test_it_waits_and_tells_nothing_of_the_model_before_the_commitment():
    asked = benches.where_will_it_act()
    assert asked.clickable and not asked.committed and asked.waits and asked.marks() == []
    assert asked.verdict == "" and asked.twin == "Release: nothing. Retain: nothing."
    assert [plan["name"] for plan in asked.plans] == ["Release", "Retain"] and asked.plan == "release"
    assert record.prediction("00", "where-each-acts") is None


def test_what_is_said_of_each_plan_is_what_the_model_does():
    release, retention = benches.where_will_it_act().plans
    mix = Mix()
    assert f"{mix.passes} times" in release["does"]
    assert retention["does"].startswith(f"{mix.needles} needles stay for {mix.minutes:.0f} minutes")
    assert retention["does"].count(";") == mix.needles - 1


def test_a_committed_shading_is_kept_and_is_there_when_the_page_is_opened_again():
    first = benches.where_will_it_act()
    first.commit(ANSWER)
    first.commit({"release": {"calf-l": 1}})
    assert first.committed and not first.clickable and first.waits == ""
    assert record.prediction("00", "where-each-acts") == KEPT
    again = benches.where_will_it_act()
    assert again.committed and not again.clickable and again.shadings == ANSWER
    assert again.twin == "Release: right shin; right side of the neck, back. Retain: right side of the neck, back."
    assert again.marks() == first.marks() != []


def test_not_sure_opens_the_figure_and_is_kept_and_draws_nothing(found):
    unsure = benches.where_will_it_act()
    unsure.shadings = ANSWER
    unsure.commit(UNSURE)
    assert unsure.committed and unsure.marks() == []
    assert benches.where_will_it_act().committed
    assert unsure.compare(found) == "In the model: Release reaches 4 regions; Retain reaches 74 regions of 74."


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({}, "Shade a region"),
        ({"release": {}, "retention": {"nape-r": 0}}, "Shade a region"),
        ({"tail": {"nape-r": 1}}, "no plan 'tail'"),
        ({"release": {"tail-r": 1}}, "no region 'tail-r'"),
        ({"release": {"nape-r": 2}}, "step from 0 to 1, not 2"),
    ],
)
def test_nonsense_is_refused_in_one_sentence_and_nothing_is_kept(answer, says):
    asked = benches.where_will_it_act()
    with pytest.raises((TraitError, ValueError), match=says) as refused:
        asked.commit(answer)
    assert "\n" not in str(refused.value)
    assert not asked.committed and asked.clickable and record.prediction("00", "where-each-acts") is None


@pytest.mark.parametrize(
    ("kept", "committed"),
    [
        ({"release": ["nape-r", "gone-r", 5, ["a"]], "former": ["nape-r"]}, True),
        ({"release": ["gone-r"]}, False),
        ({"release": "nape-r"}, False),
        ([1, 2], False),
        ("perhaps", False),
        (7, False),
    ],
)
def test_what_an_earlier_course_kept_is_taken_as_far_as_it_is_known(kept, committed):
    record.save_prediction("00", "where-each-acts", kept)
    again = benches.where_will_it_act()
    assert again.committed == committed
    assert again.shadings == {"release": {"nape-r": 1} if committed else {}, "retention": {}}


def test_the_comparison_gives_f1_for_each_plan_and_no_mark(found):
    asked = benches.where_will_it_act()
    asked.commit(ANSWER)
    said = asked.compare(found)
    model = reached(found, Begun().clock)
    assert "nape-r" in model["release"] and "shin-r" not in model["release"]
    for name, key, hits in (("Release", "release", 1), ("Retain", "retention", 1)):
        f1 = 2 * hits / (len(ANSWER[key]) + len(model[key]))
        assert f"{name}: you shaded {len(ANSWER[key])} region" in said
        assert f"the model reaches {len(model[key])} regions, {hits} of them yours: overlap {f1:.2f} of 1." in said
    assert asked.verdict == said == asked.compare(run(Mix(expectancy=0.0))), "another run does not change it"


def test_a_region_counts_as_reached_from_a_tenth_on(found):
    for name, ids in reached(found, 600.0).items():
        way = getattr(found.pair, name)
        relief = dict(zip(found.pair.chart.regions.names, way.at(way.relief, 600.0), strict=True))
        assert {one for one, value in relief.items() if value >= 10} == set(ids)


def test_a_record_that_cannot_be_written_or_read_costs_a_sentence_and_not_the_prediction(monkeypatch):
    def refuse(*_):
        raise RecordError("The folder cannot be written.")

    monkeypatch.setattr(record, "save_prediction", refuse)
    asked = benches.where_will_it_act()
    asked.commit(ANSWER)
    assert asked.committed and asked.trouble.startswith("The folder cannot be written.")
    monkeypatch.setattr(record, "prediction", refuse)
    assert benches.where_will_it_act().trouble == "The folder cannot be written."


def test_the_two_bodies_wait_for_the_shading_and_then_keep_it_drawn():
    asked = benches.where_will_it_act()
    bodies = benches.both_bodies(after=asked)
    sent = []
    bodies.send = lambda content, buffers=None: sent.append(content)
    assert bodies.waits
    asked.commit(ANSWER)
    assert bodies.waits == "" and asked.verdict.startswith("Release: you shaded 2 regions")
    assert sent[-1]["extra"] == asked.marks()
    before = asked.verdict
    bodies.set(clock=3600.0, release_begun=1)
    assert sent[-1]["extra"] == asked.marks() and asked.verdict == before


def test_each_prediction_is_drawn_on_its_own_body():
    asked = benches.where_will_it_act()
    asked.commit({"release": {"nape-r": 1}, "retention": {}})
    assert {trace["xaxis"] for trace in asked.marks()} == {"x"}
    other = {"release": ["nape-r"], "retention": ["shin-r"]}
    assert {trace["xaxis"] for trace in asked._traces(other)} == {"x", "x2"}
    assert json.loads(json.dumps(asked.marks(), allow_nan=False)) == asked.marks(), "a gap is no number"


def test_a_prediction_is_drawn_as_the_border_of_its_regions_dashed_over_a_pale_line():
    halo, dashes, key = predicted(chart(), ["nape-r", "nape-l", "shin-r"])
    assert halo["x"] == dashes["x"] and halo["line"]["color"] == "@paper" and "dash" in dashes["line"]
    assert halo["x"].count(None) == 2, "two neighbours are one line, the shin another"
    assert key["text"] == ["dashed:<br>you"]
    across = [x for x in dashes["x"] if x is not None]
    assert min(across) < CENTRES["front"] and max(across) > CENTRES["back"]


def _lengths(lines):
    return sum(float(np.hypot(*np.diff(line, axis=0).T).sum()) for line in lines)


def test_borders_of_all_regions_are_the_outline_and_neighbours_share_none():
    regions = chart().regions
    for view, outline in chart().outlines.items():
        lines = borders([region for region in regions.values() if region.view == view])
        assert len(lines) == 1 and lines[0][0].tolist() == lines[0][-1].tolist()
        assert _lengths(lines) == pytest.approx(_lengths([np.vstack([outline, outline[:1]])]))
    both, one, other = (borders([regions[i] for i in ids]) for ids in (["nape-r", "nape-l"], ["nape-r"], ["nape-l"]))
    assert len(both) == 1 and _lengths(both) < _lengths(one) + _lengths(other)
    assert _lengths(borders([regions["nape-r"], regions["calf-l"]])) == pytest.approx(
        _lengths(one) + _lengths(borders([regions["calf-l"]]))
    )
    assert borders([]) == []


@pytest.mark.parametrize(
    ("begun", "coloured", "says"),
    [
        ({}, set(), "without treatment nothing has changed"),
        ({"release_begun": 1}, {"x"}, "release reaches 4 regions (sham 0)"),
        ({"retention_begun": 1}, {"x2"}, "needles that stay reach 74 regions (sham 74)"),
        ({"release_begun": 1, "retention_begun": 1}, {"x", "x2"}, "release reaches 4 regions (sham 0), needles"),
    ],
)
def test_a_body_is_grey_until_its_treatment_begins(found, begun, coloured, says):
    figure = two_bodies(found, Begun(**begun))
    regions = [trace for trace in figure["data"] if "name" in trace]
    assert {t["xaxis"] for t in regions if not t["fillcolor"].startswith("@line")} == coloured
    assert says in figure["title"] and figure["title"].startswith("After 10 min")
    assert len(figure["table"]["columns"]) == len(figure["table"]["values"]) == 2 * len(begun)
    headings = [note["text"] for note in figure["layout"]["annotations"] if note["text"].startswith("<b>")]
    assert sum("has not begun" in words for words in headings) == 2 - len(begun)


def test_the_sentence_gives_the_numbers_of_what_has_begun(found):
    said = two_bodies(found, Begun(release_begun=1, retention_begun=1))["twin"]
    for name, whole in (("release", found.pair.release), ("retention", found.pair.retention)):
        own, middle = (f"{whole.at(whole.levels[i], 600.0):.0f}\u00a0%" for i in (0, -1))
        assert own in said and middle in said, name
    assert "retained" not in two_bodies(found, Begun(release_begun=1))["twin"]
    assert "Press Release or Retain" in two_bodies(found, Begun())["twin"]
