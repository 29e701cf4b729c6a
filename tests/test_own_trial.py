"""A trial of one's own: signed so that more is better, differing by luck, with the published result hidden at first."""

from types import SimpleNamespace

import numpy as np
import pytest

from lessons.figures.own_trial import Published, how_many, own_trial
from lessons.interface.packing import pack
from lessons.models.own_trial import ALIKE, COMPARED, OwnTrial, finish

PUBLISHED = {0: Published("a trial", "somebody 2000", 0.31, -0.01, 0.63)}
SHOWN, HIDDEN = SimpleNamespace(revealed=1), SimpleNamespace(revealed=0)


@pytest.fixture(scope="module")
def found():
    return finish(OwnTrial(comparison=1))


def test_needles_that_stay_are_better_than_usual_care_and_the_sign_says_so(found):
    assert list(COMPARED)[1] == "needles that stay, usual care"
    assert found.expected > 0.4
    assert np.mean(found.others.difference) == pytest.approx(found.expected, abs=0.5)
    assert found.own.low < found.own.difference < found.own.high


def test_twenty_others_have_other_people(found):
    assert len(found.others.difference) == ALIKE == len(set(found.others.difference))
    assert np.all(found.others.low < found.others.high)


def test_another_seed_is_another_trial_of_the_same_thing(found):
    again = finish(OwnTrial(comparison=1, seed=5))
    assert again.own.difference != found.own.difference
    assert again.expected == pytest.approx(found.expected, abs=0.25)


def test_more_people_find_more_often(found):
    share = found.power.share
    assert share[0] < 0.3 < 0.9 < share[-1]


def test_the_published_result_stays_hidden_until_it_is_asked_for():
    trial = finish(OwnTrial())
    hidden, shown = (own_trial(trial, view, PUBLISHED) for view in (HIDDEN, SHOWN))
    assert "0.31" not in str(hidden) and "somebody" not in str(hidden)
    assert "Published: 0.3 (0.0 to 0.6)" in shown["twin"]
    assert shown["table"]["values"][0][2] == 0.31 and "somebody 2000" in shown["table"]["rows"][2]
    assert len(hidden["data"]) == len(shown["data"])  # so that a press moves what is drawn
    pack(shown), pack(hidden)


def test_without_a_published_trial_of_the_kind_the_picture_says_so(found):
    drawn = own_trial(found, SHOWN, PUBLISHED)
    assert any("none at hand" in label["text"] for label in drawn["layout"]["annotations"])


def test_the_share_at_the_learner_s_size_is_told(found):
    drawn = how_many(found)
    place = list(found.power.sizes).index(50)
    told = 100 * found.power.share[place]
    assert drawn["table"]["values"][0][place] == pytest.approx(told)
    assert f"With {found.parameters.per_arm} people in each arm" in drawn["twin"]
    pack(drawn)


def test_axes_stay_where_they_are(found):
    other = finish(OwnTrial(comparison=2, per_arm=200))
    for drawing in (how_many, lambda f: own_trial(f, SHOWN, PUBLISHED)):
        one, two = (drawing(f)["layout"] for f in (found, other))
        assert {k: v for k, v in one.items() if "axis" in k} == {k: v for k, v in two.items() if "axis" in k}
