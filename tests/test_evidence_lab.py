"""Page 09 beside its numbers: tabs, the table of all claims, the experiment between two accounts, random points."""

from __future__ import annotations

import json

import numpy as np
import pytest
from ipywidgets import VBox

from lessons import benches
from lessons.benches import evidence_lab as bench
from lessons.data import claims, evidence, findings
from lessons.figures.experiment import experiment
from lessons.figures.point_or_acupoint import point_or_acupoint
from lessons.interface.claims_table import UNWEIGHED
from lessons.interface.packing import pack
from lessons.interface.tabs import Task, tabbed
from lessons.models.experiment import BARELY, CLEARLY, DONE, READINGS, TIMES, Design, carry_out, tolerance
from lessons.models.matching_points import SQUARE, Rule, by_chance, matches
from lessons.simulation import ParameterError

EVERY = [Design(done=d, reading=r, when=w) for d in range(len(DONE)) for r in range(len(READINGS)) for w in range(4)]
RUNS = {design: carry_out(design) for design in EVERY}


# ---- tabs ----


def test_each_task_has_a_tab_and_a_panel_in_one_order():
    box = benches.the_lab()
    row, *panels = box.children
    assert len(row.tabs) == len(panels) >= 4
    assert all("ror-tab-panel" in panel._dom_classes and len(panel.children) == 1 for panel in panels)
    assert [tab["title"] for tab in row.tabs][0] == "What trials found" and row.current == 0


@pytest.mark.parametrize("titles", [["one"], ["same", "same"], []])
def test_tabs_that_tell_nothing_apart_are_refused(titles):
    with pytest.raises(ValueError, match="two tasks or more"):
        tabbed("tasks", [Task(title, "", VBox()) for title in titles])


# ---- all claims ----


def test_every_claim_has_a_line_with_direction_and_strength_in_words():
    rows = {row["id"]: row for row in bench.all_claims().rows}
    assert list(rows) == list(claims())
    for name, row in rows.items():
        if name in evidence():
            weighed = evidence()[name]
            assert (row["direction"], row["strength"]) == (weighed.direction, weighed.strength_words)
            assert len(row["supporting"]) == len(weighed.supporting) and len(row["opposing"]) == len(weighed.opposing)
        else:
            assert row["direction"] == UNWEIGHED and row["sentence"]
    shown = json.dumps(list(rows.values()))
    assert "verified" not in shown and '"A"' not in shown  # the letter of a strength never stands alone


def test_the_lists_over_the_table_offer_what_occurs_in_it():
    table = bench.all_claims()
    assert set(table.directions) == {row["direction"] for row in table.rows}
    assert set(table.strengths) == {row["strength"] for row in table.rows} - {""}


def test_each_finding_of_a_line_tells_its_source_and_whom_it_is_about():
    for row in bench.all_claims().rows:
        for finding in (*row["supporting"], *row["opposing"]):
            assert finding["source"] and finding["who"] and finding["says"]


# ---- an experiment between two accounts ----


@pytest.mark.parametrize("design", EVERY, ids=lambda d: f"{d.done}{d.reading}{d.when}")
def test_an_experiment_is_graded_by_what_both_models_do(design):
    found = RUNS[design]
    least = found.tolerance
    assert least == pytest.approx(0.1 * (found.axis[1] - found.axis[0]))
    assert found.separation == pytest.approx(abs(found.knot.change - found.cord.change) / least)
    for expected in (found.knot, found.cord):
        change = expected.change
        assert expected.direction == ("up" if change > least else "down" if change < -least else "same")
    drawn = experiment(found)
    json.dumps(pack(drawn).skeleton)
    clearly, barely = found.separation >= CLEARLY, found.separation >= BARELY
    words = "clearly" if clearly else "barely" if barely else "does not separate"
    assert words in drawn["title"]
    low, high = drawn["layout"]["yaxis"]["range"]
    leave = [t for t in drawn["data"] if np.min(t["y"]) < low or np.max(t["y"]) > high]
    assert all(t["mode"] == "lines" for t in leave), "what is read lies outside the picture"
    told = [label["text"] for label in drawn["layout"]["annotations"] if label["text"][0] in "▲▼"]
    assert len(told) == len(leave), "a line leaves the picture without a word"


def test_some_experiments_tell_the_accounts_apart_and_others_cannot():
    apart = [found.separation for found in RUNS.values()]
    assert sum(value >= CLEARLY for value in apart) > 20 and sum(value < BARELY for value in apart) > 20


def test_the_reflex_matters_to_the_knot_and_not_to_the_rival():
    cut = RUNS[Design(done=list(DONE).index("needle, the twitch reflex cut"))]
    whole = RUNS[Design(done=list(DONE).index("needle on the spot"))]
    assert cut.knot.direction == "same" and whole.knot.direction == "down"
    assert cut.cord.change == pytest.approx(whole.cord.change)


def test_every_task_can_be_met_and_none_is_met_by_the_first_design_alone():
    lab = bench.knot_or_cord()
    for k, task in enumerate(lab._tasks):
        assert any(task.met(found) for found in RUNS.values()), lab.tasks[k]
        assert not all(task.met(found) for found in RUNS.values())


def test_nothing_of_an_outcome_is_known_before_both_expectations():
    lab = bench.knot_or_cord()
    sent = []
    lab.send = lambda content, buffers=None: sent.append(content)
    for said in ({}, {"knot": "down"}, {"knot": "down", "cord": "sideways"}, {"knot": "down", "cord": "up", "x": "up"}):
        lab.heard({"kind": "run", "values": lab.values, "said": said})
    assert [content["kind"] for content in sent] == ["error"] * 4 and not lab.lines and not any(lab.met)


def test_a_run_says_what_was_foreseen_and_is_kept_in_the_list():
    lab = bench.knot_or_cord()
    day = list(TIMES).index("1 day")
    assert lab.run({"knot": "down", "cord": "same"}, when=day).startswith("You foresaw both. ")
    said = lab.run({"knot": "down", "cord": "down"}, when=day)
    assert said.startswith("You foresaw one of two. With the rival it stays as it was, not falls.")
    assert [line[-1] for line in lab.lines] == ["2 of 2", "1 of 2"] and lab.met[0]


@pytest.mark.parametrize("values", [{"done": 17}, {"reading": -1}])
def test_a_design_that_cannot_be_gets_one_sentence(values):
    lab = bench.knot_or_cord()
    with pytest.raises(ParameterError, match="must lie within"):
        lab.run({"knot": "down", "cord": "same"}, **values)
    assert not lab.lines


def test_the_tolerance_is_a_share_of_the_axis():
    assert tolerance((100, 350)) == pytest.approx(25)


# ---- points at random ----


def test_the_share_by_chance_is_that_of_points_thrown_at_random():
    """A large square of skin whose edges meet, so that no place is special."""
    chance, rule = np.random.default_rng(1), Rule(radius=2.5)
    count = round(rule.points * SQUARE**2 / rule.skin)
    hits = 0
    for _ in range(1500):
        there, spot = chance.uniform(0, SQUARE, (chance.poisson(count), 2)), chance.uniform(0, SQUARE, 2)
        gap = np.abs(there - spot)
        gap = np.minimum(gap, SQUARE - gap)
        hits += bool(np.any(np.hypot(*gap.T) <= rule.radius))
    assert 100 * hits / 1500 == pytest.approx(by_chance(rule, rule.radius), abs=4)


def test_a_wider_rule_more_points_and_less_skin_match_more_often():
    usual = matches(Rule()).share
    assert matches(Rule(radius=2.0)).share > usual and matches(Rule(points=720.0)).share > usual
    assert matches(Rule(skin=14_000.0)).share > usual > matches(Rule(same_use=50.0)).share
    assert matches(Rule(radius=0.0)).share == 0


def test_a_spot_counts_as_a_match_if_a_point_for_the_same_pain_lies_near():
    found = matches(Rule(radius=3.0, same_use=60.0))
    for spot, matched in zip(found.spots, found.matched, strict=True):
        away = np.linalg.norm(found.there[found.used] - spot, axis=1)
        assert matched == bool(away.min() <= 3.0)
    assert 0 < found.matched.sum() < len(found.matched) and not found.used.all()


def test_the_comparisons_that_are_drawn_are_the_published_ones():
    for name, (_, share) in bench.COMPARED.items():
        number = findings()[name].number
        assert f"{share:g} %" in number or "18-19 %" in number and share == 18.5


def test_each_comparison_can_be_reached_by_chance_under_some_rule():
    for k, (_, share) in enumerate(bench.compared()):
        explorer = bench.points()
        radius = next(r for r in np.arange(0, 8.01, 0.1) if abs(by_chance(Rule(), r) - share) <= bench.NEAR)
        explorer.set(radius=round(float(radius), 1))
        assert explorer.met[k]


def test_the_picture_of_points_says_the_share_and_names_every_comparison():
    drawn = point_or_acupoint(matches(Rule(radius=3.0)), bench.compared())
    assert drawn["title"] == "By chance alone 43 % would match"
    said = " ".join(label["text"] for label in drawn["layout"]["annotations"])
    assert "71 %: first paper" in said and "95 %: third paper" in said
