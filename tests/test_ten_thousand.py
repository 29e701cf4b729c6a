"""What happens in 10,000 treatments: every square counted, and nothing that is rare left out of sight."""

import numpy as np
import pytest

from lessons.benches.clinic import _harm, ten_thousand_treatments
from lessons.data import surveys
from lessons.figures.ten_thousand import ASKED, HUES, SIDE, TREATMENTS, Harm, ten_thousand

HARMS = {name: _harm(survey) for name, survey in surveys().items()}
FIGURES = {name: ten_thousand(harm) for name, harm in HARMS.items()}


def squares(figure):
    """How many squares each row of the table has in the picture."""
    table, counts = figure["table"]["rows"], np.bincount(figure["data"][0]["z"].astype(int).ravel(), minlength=9)
    return dict(zip(table, counts.tolist(), strict=False))


def marked(figure):
    """How many squares are marked as serious, and as serious ones that cannot be excluded."""
    return tuple(len(trace["x"]) for trace in figure["data"][1:])


def labels(figure):
    return " ".join(one["text"] for one in figure["layout"]["annotations"])


@pytest.mark.parametrize("name", list(FIGURES))
def test_there_are_ten_thousand_squares_and_every_band_has_as_many_as_its_row_says(name):
    figure, table = FIGURES[name], FIGURES[name]["table"]
    found = squares(figure)
    assert figure["data"][0]["z"].shape == (SIDE, SIDE) and sum(found.values()) == TREATMENTS
    assert np.abs(table["values"][0] - list(found.values())).max() <= 0.51
    assert table["values"][1].sum() == pytest.approx(100) and table["values"][0].min() >= 0


def test_what_is_drawn_is_what_the_surveys_told():
    many = squares(FIGURES["many-therapists"])
    assert (many["serious"], many["bleeding"], many["bruise"], many["pain"]) == (10, 1600, 770, 590)
    assert TREATMENTS - many["nothing reported"] - many["serious"] == 3670
    assert squares(FIGURES["few-therapists"])["bruise"] == 755
    assert squares(FIGURES["acupuncture"])["minor"] == 757


def test_rare_events_are_marked_and_named_also_where_none_was_seen_or_they_fill_no_square():
    assert [marked(figure) for figure in FIGURES.values()] == [(0, 4), (10, 0), (0, 0)]
    assert "serious: none seen, up to 4" in labels(FIGURES["few-therapists"])
    assert "serious: about 10" in labels(FIGURES["many-therapists"])
    assert "serious: about 8 in a million" in labels(FIGURES["acupuncture"])
    assert all("collapsed lung" in figure["twin"] for figure in FIGURES.values())


def test_every_figure_says_who_reported_and_where_that_stands():
    for name, figure in FIGURES.items():
        assert "doi:" in figure["twin"], name
    assert "Reported by those who needled" in FIGURES["few-therapists"]["twin"]


def test_a_tenth_is_marked_after_ten_rows():
    assert [shape["y0"] for shape in FIGURES["many-therapists"]["layout"]["shapes"]] == [9.5]


def test_the_control_names_the_surveys_in_their_order():
    assert ASKED == tuple(survey.name for survey in surveys().values())
    explorer = ten_thousand_treatments()
    titles = []
    for survey in range(len(ASKED)):
        explorer.set(survey=survey)
        titles.append(explorer.twin)
    assert titles == [figure["twin"] for figure in FIGURES.values()]


def test_every_kind_has_a_colour_of_its_own():
    kinds = {kind.name.split()[0] for survey in surveys().values() for kind in survey.kinds}
    assert kinds == set(HUES) and len(set(HUES.values())) == len(HUES)


def test_a_survey_of_nothing_but_nothing_is_drawn_too():
    figure = ten_thousand(Harm(0.0, (), 0.0, 100, 3.0, "", ""))
    assert squares(figure)["nothing reported"] == TREATMENTS and marked(figure) == (0, SIDE)


def test_a_survey_in_which_everybody_was_hurt_is_drawn_too():
    figure = ten_thousand(Harm(90.0, (("bruise", 90.0),), 10.0, 100, None, "", ""))
    assert squares(figure) == {"serious": 1000, "bruise": 9000, "other minor": 0, "nothing reported": 0}
