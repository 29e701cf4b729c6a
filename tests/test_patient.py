"""One patient runs through all pages: figures take her as she is, keep what was moved, and open as she came."""

from __future__ import annotations

import ast
import errno
import os
from pathlib import Path

import pytest
from pages import EXPLORERS
from test_record import signed

from lessons import benches
from lessons.benches.patient import FAILED, MARA, PRESSED, QUALITIES, RELEASE, SHAM, STAY, TREATMENTS
from lessons.grading import record
from lessons.grading.record import PATIENT
from lessons.interface.patient import joined
from lessons.interface.patient_chart import PatientChart
from lessons.models.side_by_side import Mix

LESSONS = Path(__file__).resolve().parents[1] / "lessons"
# Figure -> page, what it has in common with Mara, and whether it treats her.
ABOUT_HER = {
    "both_bodies": ("00", {"load", "sympathetic_tone", "expectancy", "sensitisation"}, True),
    "signal_to_pain": ("01", {"sensitisation"}, False),
    "loop": ("02", {"load", "sympathetic_tone"}, False),
    "release": ("03", {"load", "sympathetic_tone"}, True),
    "retention": ("04", {"expectancy"}, True),
    "blocker_bench": ("05", {"expectancy"}, False),
    "whole_body": ("06", {"expectancy"}, True),
    "one_visit": ("06", {"expectancy"}, True),
    "where_and_when": ("07", {"load", "sympathetic_tone", "expectancy", "sensitisation"}, False),
    "the_best_mix": ("07", {"load", "sympathetic_tone", "expectancy", "sensitisation"}, True),
}
NOT_ABOUT_HER = (
    "first_touch", "touch_in_five_cords", "fuel_and_acid", "load_up_load_down", "cut_an_arrow", "duel", "one_pass_more",
    "over_the_border", "weeks_after", "minutes_and_turns", "which_frequency", "what_would_have_happened",
    "believed_or_doubted", "untreated_clinic", "ten_thousand_treatments", "planner",
)  # fmt: skip
CHANGED = {"load": 0.62, "sympathetic_tone": 0.3, "expectancy": 0.25, "sensitisation": 2.5}


class Page:
    """The page's side of a figure: what it asks, and the figure's answers."""

    def __init__(self, figure):
        self.figure, self.answers = figure, []
        figure.send = lambda content, buffers=None: self.answers.append(content)

    def ask(self, act, hers=False, **moved):
        values = {**self.figure.values, **moved}
        self.figure.heard({"kind": "patient", "act": act, "values": values, "hers": hers})
        return self.answers[-1]

    def take(self):
        answer = self.ask("take")
        self.figure.set(**answer["values"])
        return answer


@pytest.fixture
def figure():
    return lambda name: Page(getattr(benches, name)())


def refuse(*arguments):
    raise OSError(errno.EROFS, os.strerror(errno.EROFS))


# ---- how she is ----


def test_she_comes_with_the_defaults_of_the_models():
    assert MARA.came.values == {name: getattr(Mix(), name) for name in QUALITIES}
    assert MARA.now() == MARA.came and not record.folder().exists()


@pytest.mark.parametrize("name", QUALITIES)
def test_every_value_has_a_word_and_the_number_is_the_sliders(name):
    quality = QUALITIES[name]
    ends = [end for end, _ in quality.steps]
    assert ends == sorted(ends) and ends[-1] == float("inf")
    words = {quality.word(value) for value in (quality.about.low, quality.about.default, quality.about.high)}
    assert len(words) >= 2
    assert float(quality.number(quality.about.high)) == quality.about.high


def test_what_was_kept_last_holds_and_all_treatments_stay():
    MARA.keep("03", {"load": 0.6}, {RELEASE: 1}, {})
    MARA.keep("04", {"expectancy": 0.2}, {STAY: 1}, {})
    MARA.keep("03", {"load": 0.5}, {RELEASE: 1, STAY: 2}, {})
    now = MARA.now()
    assert now.values == {**MARA.came.values, "load": 0.5, "expectancy": 0.2}
    assert MARA.told_done(now.done) == (
        "two releases with the needle and two visits with needles that stay on page 03; "
        "one visit with needles that stay on page 04"
    )


def test_back_to_how_she_came_and_nothing_is_erased():
    MARA.keep("03", CHANGED, {RELEASE: 1}, {})
    MARA.back()
    assert MARA.now() == MARA.came
    assert [event["kind"] for event in record.history(PATIENT)] == ["patient", "start over"]


def test_what_another_version_kept_beyond_our_names_and_ranges_is_left_out():
    record.keep_patient("03", {"load": 7.0, "mood": 0.5, "expectancy": 0.3}, {"massage": 2, RELEASE: 1}, {})
    now = MARA.now()
    assert now.values == {**MARA.came.values, "expectancy": 0.3}
    assert now.done == (("03", RELEASE, 1),)


def test_an_impossible_number_is_refused_and_nothing_is_kept():
    with pytest.raises(ValueError, match="must lie within 0 to 1"):
        MARA.keep("03", {"load": 2.0}, {RELEASE: 1}, {})
    assert record.patient() == ()


@pytest.mark.parametrize(("parts", "told"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_parts_are_told_one_after_the_other(parts, told):
    assert joined(parts) == told


def test_counts_are_words_up_to_twelve():
    assert MARA.counted({STAY: 12}) == "twelve visits with needles that stay"
    assert MARA.counted({STAY: 13, SHAM: 1}) == "13 visits with needles that stay and one sham visit"


# ---- figures ----


@pytest.mark.parametrize("name", ABOUT_HER)
def test_a_figure_about_her_opens_as_ever_and_is_set_to_her_on_demand(name, figure):
    opening = figure(name).figure.values
    page_of_hers, common, treats = ABOUT_HER[name]
    MARA.keep("03", CHANGED, {RELEASE: 1}, {})
    page = figure(name)
    assert page.figure.values == opening
    assert page.figure.patient["keep"] == ("Treat Mara like this" if treats else "Keep for Mara")
    answer = page.take()
    shared = page.figure._shared
    assert (shared.page, set(shared.fields)) == (page_of_hers, common)
    in_sight = {control["name"] for control in page.figure.controls}
    for her, fields in shared.fields.items():
        assert [page.figure.values[one] for one in fields] == [CHANGED[her]] * len(fields)
        assert set(fields) <= in_sight, "only what a learner can see and move is set"
    taken = {one for fields in shared.fields.values() for one in fields}
    assert {one for one in opening if page.figure.values[one] != opening[one]} <= taken
    assert all(QUALITIES[her].word(CHANGED[her]) in answer["text"] for her in common)


@pytest.mark.parametrize("name", NOT_ABOUT_HER)
def test_a_figure_that_is_not_about_her_has_no_such_buttons(name, figure):
    page = figure(name)
    assert page.figure.patient == {}
    page.figure.heard({"kind": "patient", "act": "keep", "values": {}})
    assert page.answers == [] and record.patient() == ()


def test_all_figures_are_one_or_the_other():
    assert {name for name in EXPLORERS if hasattr(benches, name)} <= {*ABOUT_HER, *NOT_ABOUT_HER}


def test_what_is_kept_on_one_page_is_taken_on_another(figure):
    answer = figure("release").ask("keep", load_after=0.6, passes=4)
    assert answer["text"].startswith("Noted: one ") and "Mara now: load heavy (0.60); before: 0.35." in answer["text"]
    page = figure("where_and_when")
    page.take()
    assert page.figure.values["load"] == 0.6
    (event,) = record.patient()
    assert event["values"] == {"load": 0.6} and event["page"] == "03"
    assert event["settings"] == {"passes": 4, "strength": 0.9, "miss": 0.0}


def test_what_was_not_moved_stays_as_it_is_with_her(figure):
    """Page 03 opens at rest, page 04 with a laboratory's expectation: neither is hers unless somebody says so."""
    figure("release").ask("keep")
    figure("retention").ask("keep")
    assert MARA.now().values == MARA.came.values
    figure("release").ask("keep", sympathetic_tone=0.2)
    assert MARA.now().values == {**MARA.came.values, "sympathetic_tone": 0.2}


def test_once_the_figure_was_set_to_her_all_of_it_is_hers(figure):
    page = figure("release")
    page.take()
    page.ask("keep", hers=True, sympathetic_tone=0.0)
    assert MARA.now().values["sympathetic_tone"] == 0.0


def test_keeping_what_is_so_already_writes_nothing_where_nobody_is_treated(figure):
    assert figure("loop").ask("keep")["text"] == "Mara herself stays as she was."
    assert record.patient() == ()


@pytest.mark.parametrize(
    ("name", "moved", "done"),
    [
        ("release", {}, {RELEASE: 1}),
        ("release", {"miss": 5.0}, {FAILED: 1}),
        ("release", {"passes": 0, "pressure": 230.0, "pressure_seconds": 60.0}, {PRESSED: 1}),
        ("release", {"passes": 0, "pressure": 20.0, "pressure_seconds": 5.0}, {FAILED: 1}),
        ("retention", {}, {STAY: 1}),
        ("retention", {"needles": 0}, {SHAM: 1}),
        ("whole_body", {}, {STAY: 9}),
        ("one_visit", {}, {STAY: 1}),
        ("both_bodies", {"release_begun": 1}, {RELEASE: 1}),
        ("both_bodies", {"release_begun": 1, "retention_begun": 1}, {RELEASE: 1, STAY: 1}),
        ("the_best_mix", {}, {RELEASE: 1, STAY: 1}),
        ("the_best_mix", {"minutes": 0.0, "twitch": 0.1}, {FAILED: 1}),
        ("blocker_bench", {"expectancy": 0.9}, {}),
    ],
)
def test_what_was_done_is_noted_as_the_model_found_it(name, moved, done, figure):
    assert "error" not in figure(name).ask("keep", **moved)
    (event,) = record.patient()
    assert event["done"] == done and set(done) <= set(TREATMENTS)


@pytest.mark.parametrize(
    ("name", "moved"),
    [
        ("release", {"passes": 0}),
        ("retention", {"retention": 0.0}),
        ("whole_body", {"weeks": 0}),
        ("both_bodies", {}),
        ("the_best_mix", {"passes": 0, "minutes": 0.0}),
    ],
)
def test_where_nothing_is_done_that_is_one_sentence_and_nothing_is_kept(name, moved, figure):
    error = figure(name).ask("keep", **moved)["error"]
    assert error.startswith("Nothing ") and error.endswith(".") and "\n" not in error
    assert record.patient() == ()


@pytest.mark.parametrize("moved", [{"load_after": 3.0}, {"load_after": float("nan")}, {"passes": None}])
def test_nonsense_from_the_page_is_one_sentence(moved, figure):
    page = figure("release")
    before = dict(page.figure.values)
    assert "\n" not in page.ask("keep", **moved)["error"]
    assert page.figure.values == before and record.patient() == ()


def test_a_record_that_cannot_be_written_is_one_sentence_and_the_picture_stays(figure, monkeypatch):
    page = figure("release")
    twin = page.figure.twin
    with monkeypatch.context() as patch:
        patch.setattr("os.replace", refuse)
        error = page.ask("keep", load_after=0.6)["error"]
    assert error.startswith("The patient's notes cannot be kept in ") and "\n" not in error
    assert page.figure.twin == twin and MARA.now() == MARA.came


def test_a_record_that_cannot_be_read_is_one_sentence_and_the_picture_stays(figure):
    record.path(PATIENT).parent.mkdir()
    record.path(PATIENT).write_bytes(signed({"schema_version": 3, "lesson": PATIENT}))
    page = figure("release")
    answer = page.ask("take")
    assert "newer version of this course" in answer["error"] and "values" not in answer
    chart = benches.mara()
    assert "newer version" in chart.trouble and chart.about["who"] == "Mara as she came"


# ---- her chart ----


def test_her_chart_tells_how_she_is_and_follows_what_is_kept_on_its_page(figure):
    chart = benches.mara()
    assert isinstance(chart, PatientChart)
    assert chart.about["who"] == "Mara as she came" and chart.about["came"] and chart.about["done"] == "none"
    assert chart.about["now"] == (
        "load moderate (0.35), sympathetic tone a little raised (0.12), expectation of help fair (0.60), "
        "sensitisation none (1.0)"
    )
    figure("release").ask("keep", load_after=0.6)
    assert chart.about["who"] == "Mara now" and "load heavy (0.60)" in chart.about["now"]
    assert chart.about["done"].endswith(" on page 03") and not chart.about["came"]
    chart._heard(None, {"kind": "back"}, [])
    assert chart.about["came"] and MARA.now() == MARA.came


def test_a_treated_mara_is_not_as_she_came_although_her_numbers_are():
    MARA.keep("03", {}, {RELEASE: 1}, {})
    about = benches.mara().about
    assert about["who"] == "Mara as she came" and not about["came"]


def test_what_another_page_kept_is_told_when_the_chart_comes_into_sight():
    chart = benches.mara()
    record.keep_patient("05", {"expectancy": 0.9}, {}, {})
    assert "fair" in chart.about["now"]
    chart._heard(None, {"kind": "hello"}, [])
    assert "expectation of help high (0.90)" in chart.about["now"]


def test_back_on_a_full_disk_is_one_sentence_and_she_stays_as_she_is(monkeypatch):
    MARA.keep("03", {"load": 0.6}, {}, {})
    chart = benches.mara()
    with monkeypatch.context() as patch:
        patch.setattr("os.replace", refuse)
        chart.back()
    assert chart.trouble.startswith("The patient's notes cannot be kept")
    assert "load heavy" in chart.about["now"]


def test_a_closed_chart_no_longer_follows():
    chart = benches.mara()
    before = dict(chart.about)
    chart.close()
    MARA.keep("03", {"load": 0.6}, {}, {})
    assert chart.about == before


# ---- what is printed ----


@pytest.mark.parametrize("folder", ["statements", "models", "figures"])
def test_what_is_printed_and_drawn_cannot_read_the_record(folder):
    for path in sorted((LESSONS / folder).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = node.module if isinstance(node, ast.ImportFrom) else ""
            assert not (named or "").startswith(("lessons.grading", "lessons.interface", "lessons.benches")), path
