"""Which mix gives most back: a comparison of honest runs, for whoever is treated and whenever they are asked."""

import numpy as np
import pytest

from lessons.figures.best_mix import AfterVisit, best_mix
from lessons.models import best_mix as model
from lessons.models import body
from lessons.models.best_mix import AFTER, HALF_AN_HOUR, MINUTES, PASSES, given_back, mixes, parts, visit
from lessons.models.side_by_side import Mix
from lessons.models.treatment import REAL, SHAM, simulate
from lessons.treated_body import maras_chart

MARA = mixes(Mix(), maras_chart())
SENSITISED = mixes(Mix(sensitisation=3.0), maras_chart())


def alone(passes, minutes, kind=REAL, **changes):
    patient, spread = parts(Mix(**changes))
    return given_back(visit(patient, passes, minutes, kind), spread, maras_chart())


def test_the_table_holds_what_each_mix_gives_back():
    by_hand = np.array([[alone(passes, float(minutes)) for minutes in MINUTES] for passes in PASSES])
    assert MARA.release[0] == pytest.approx(by_hand[1:, 0].max(axis=0))
    assert MARA.retention[0] == pytest.approx(by_hand[0, 1:].max(axis=0))
    assert MARA.both[0] == pytest.approx(by_hand[1:, 1:].reshape(-1, len(AFTER)).max(axis=0))
    place = np.unravel_index(by_hand[:, :, 5].argmax(), by_hand.shape[:2])
    assert MARA.best[0, 5].tolist() == [PASSES[place[0]], MINUTES[place[1]]]


def test_without_any_needle_nothing_is_given_back():
    assert np.all(alone(0, 0.0) == pytest.approx(0, abs=1e-3))


def test_where_nothing_is_lost_nothing_is_given_back():
    assert np.all(alone(6, 30.0, load=0.0) == 0)


def test_a_square_makes_the_sorest_place_weigh_most():
    patient, spread = parts(Mix())
    course = visit(patient, 6, 0.0)
    chart = maras_chart()
    after = body.thresholds(chart.regions, chart.knot, course.knot.before, spread) * (
        1 + body.relief(course, chart, spread) / 100
    )
    lost = np.maximum(0, 1 - after / 330)
    before = np.maximum(0, 1 - body.thresholds(chart.regions, chart.knot, course.knot.before, spread) / 330)
    own = chart.regions.names.index(chart.knot.region)
    assert before[0, own] ** 2 > 0.5 * (before**2).sum()
    assert given_back(course, spread, chart) == pytest.approx(100 * (1 - (lost**2).sum(axis=1) / (before**2).sum()))


def test_sensitisation_turns_the_lead_round_and_technique_does_not():
    """As long as the release works: then no technique moves the lead half as far as the cord does."""

    def lead(found):
        return found.now(found.release, HALF_AN_HOUR) - found.now(found.retention, HALF_AN_HOUR)

    calm, sensitised = lead(MARA), lead(SENSITISED)
    assert sensitised < 0 < calm
    for technique in ({"twitch": 0.6}, {"twitch": 1.0}, {"strength": 9.0}, {"strength": 1.5}, {"needles": 12}):
        assert abs(lead(mixes(Mix(**technique), maras_chart())) - calm) < 0.5 * (calm - sensitised)


def test_the_best_mix_of_a_sensitised_patient_has_no_release_soon_after_and_has_one_a_day_later():
    assert SENSITISED.best_at(HALF_AN_HOUR)[0] == 0
    assert SENSITISED.best_at(86400.0)[0] > 0
    assert MARA.best_at(HALF_AN_HOUR)[0] > 0


def test_a_sham_mix_gives_back_little_and_nothing_a_day_later():
    sham = alone(6, 30.0, SHAM)
    assert np.all(np.abs(sham) < 0.3 * MARA.both[0].max()) and abs(sham[-1]) < 2


def test_more_passes_flare_up_in_a_sensitised_cord_only():
    calm, sensitised = ([alone(n, 0.0, sensitisation=g)[0] for n in (4, 12)] for g in (1.0, 3.0))
    assert sensitised[1] < sensitised[0] < 0 < calm[0]


def test_a_patients_own_mix_and_sensitisation_need_no_new_table(monkeypatch):
    mixes(Mix(), maras_chart())
    runs = []
    monkeypatch.setattr(model, "simulate", lambda *plan: runs.append(plan) or simulate(*plan))
    moved = mixes(Mix(passes=5, minutes=11.0, sensitisation=2.0), maras_chart())
    assert len(runs) == 2  # the mix and its sham
    assert np.array_equal(moved.release, MARA.release)


@pytest.mark.parametrize("hours", [0.17, 0.5, 1.0, 24.0, 48.0])
def test_the_picture_says_what_the_table_holds(hours):
    shown = best_mix(SENSITISED, AfterVisit(hours_after=hours))
    seconds = 3600 * hours
    told = {kind: round(SENSITISED.now(getattr(SENSITISED, kind), seconds)) for kind in ("release", "retention")}
    for value in told.values():
        assert f"{value} %".replace("-", "−") in shown["twin"]
    first = "a release alone gives" if told["release"] > told["retention"] else "needles that stay alone give"
    assert first in shown["title"] or "neither way alone is ahead" in shown["title"]


def test_the_axes_of_the_picture_stand_still():
    ranges = [
        [best_mix(found, AfterVisit(hours_after=h))["layout"][axis]["range"] for axis in ("xaxis", "yaxis")]
        for found in (MARA, SENSITISED)
        for h in (0.17, 48.0)
    ]
    assert all(each == ranges[0] for each in ranges)
