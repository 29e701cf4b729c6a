"""What a class's answers can say by how many there are, against closed forms and by hand."""

import math
import random
import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from right_answers import right_answer
from whole_class import ITEMS, answer, export, files_of

from lessons import benches
from lessons.classroom import belief_report, intervals, item_statistics
from lessons.classroom.class_words import class_gain
from lessons.classroom.course import course
from lessons.classroom.hand_ins import histories_of
from lessons.classroom.intervals import FOR_FLAGS, FOR_INTERVALS, Z
from lessons.classroom.marks import Marker
from lessons.grading.bank import banks
from lessons.grading.report import Gain
from lessons.lesson_models import MODELS
from lessons.pages import LESSONS

DAY = date(2026, 11, 27)
MARKER = Marker(course(), DAY)
NEAR, TWITCH, REFLEX = "five-millimetres-beside", "must-it-twitch", "the-reflex-is-cut"
ITEM = {item.id: item for _, item in ITEMS}
LESSON = [(name, item) for name, item in ITEMS if name == "03"]
AROUND = (29, 30, 99, 100)


def learner(**answers):
    """The marks of whoever answered so; names of questions with underscores. A tuple says how sure, too."""
    events = []
    for i, (name, raw) in enumerate(answers.items()):
        raw, sure = raw if isinstance(raw, tuple) else (raw, None)
        events.append(answer(name.replace("_", "-"), raw, i, sure))
    return MARKER.marks({"03": events})


def near(choice, twitch="early", sure=None):
    return learner(five_millimetres_beside=(choice, sure), must_it_twitch=twitch)


def of_near(every):
    return next(one for one in item_statistics.item_statistics(MARKER.course, every) if one.question.item.id == NEAR)


def row_of(table, first):
    (row,) = [row for row in table.rows if row[0] == first]
    return dict(zip(table.heads, row, strict=True))


# ---- intervals ----


@pytest.mark.parametrize("n", [30, 31, 57, 100, 1000])
@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9, 1.0])
def test_a_share_s_interval_holds_the_shares_from_which_it_is_not_far(n, part):
    """Wilson's bounds are the p with |observed - p| = z sqrt(p (1 - p) / n)."""
    count = round(part * n)
    one = intervals.share(count, n)
    assert one.value == count / n and 0 <= one.low <= one.value <= one.high <= 1
    for bound in (one.low, one.high):
        if 0 < bound < 1:
            assert abs(count / n - bound) == pytest.approx(Z * math.sqrt(bound * (1 - bound) / n), rel=1e-9)
    assert (one.low == 0) == (count == 0) and (one.high == 1) == (count == n)


def test_wilson_s_interval_of_a_textbook():
    low, high = intervals.share(81, 263)[1:]  # Newcombe 1998, Statist. Med. 17:857, table I: 0.2553 to 0.3662
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


@pytest.mark.parametrize("seed", range(5))
def test_a_correlation_is_pearson_s_with_fisher_s_interval(seed):
    values = np.random.default_rng(seed).normal(size=(2, 40 + seed))
    one = intervals.correlation(*(row.tolist() for row in values))
    r = float(np.corrcoef(values)[0, 1])
    assert one.value == pytest.approx(r)
    for bound, side in ((one.low, -1), (one.high, 1)):
        z = 0.5 * math.log((1 + bound) / (1 - bound))
        assert z == pytest.approx(0.5 * math.log((1 + r) / (1 - r)) + side * 1.959964 / math.sqrt(37 + seed), abs=1e-6)


def test_where_all_are_alike_there_is_no_correlation_and_where_all_agree_no_interval():
    many = list(range(40))
    assert intervals.correlation([1.0] * 40, many) is intervals.correlation(many, [1.0] * 40) is None
    assert intervals.correlation(many, [2 * one for one in many]) == (1, 1, 1)


@pytest.mark.parametrize("n", AROUND)
def test_under_thirty_there_is_no_interval(n):
    enough = n >= FOR_INTERVALS == 30
    values = [float(i % 7) for i in range(n)]
    for one in (intervals.share(1, n), intervals.mean(values), intervals.correlation(values, [v * v for v in values])):
        assert (one is not None) == enough


def test_a_class_s_gain_is_that_of_its_means_with_an_interval_that_resampling_confirms():
    choose = random.Random(5)
    gains = []
    for _ in range(120):
        before = choose.randrange(2, 9)
        gains.append(Gain(12, _of_twelve(before), _of_twelve(min(12, before + choose.randrange(0, 5)))))
    before, after, gain = class_gain(gains)
    pairs = np.array([(float(one.before), float(one.after)) for one in gains])
    means = pairs.mean(axis=0)
    assert (before.value, after.value) == pytest.approx(tuple(means))
    assert gain.value == pytest.approx((means[1] - means[0]) / (1 - means[0]))
    picked = np.random.default_rng(1).integers(0, 120, size=(4000, 120))
    again = pairs[picked].mean(axis=1)
    low, high = np.quantile((again[:, 1] - again[:, 0]) / (1 - again[:, 0]), (0.025, 0.975))
    assert (gain.low, gain.high) == pytest.approx((low, high), abs=0.01)
    assert class_gain(gains[:29]) == (None, None, None)
    assert class_gain([Gain(12, _of_twelve(12), _of_twelve(12))] * 40)[2] is None


def _of_twelve(right):
    return Fraction(right, 12)


# ---- questions ----


@pytest.mark.parametrize("n", AROUND)
def test_a_question_has_counts_then_shares_with_intervals_then_a_word(n):
    every = [near("same" if i % 2 else "gone", "early" if i % 3 else "lasting") for i in range(n)]
    one = of_near(every)
    row = row_of(item_statistics.table([one]), NEAR)
    assert (one.answers, one.right, one.with_rest) == (n, n // 2, n)
    counts = ("answers", "right", "sure", "sure and wrong", "answers with others")
    assert all(isinstance(row[name], int) for name in counts)
    shares = ("share right", "from", "to", "r with the rest", "r from", "r to")
    assert all((row[name] is not None) == (n >= 30) for name in shares)
    assert bool(row["look at"]) == (n >= FOR_FLAGS == 100), "the two do not go together, and one option is never chosen"


def test_what_goes_with_the_rest_is_the_correlation_with_the_mean_of_the_others():
    choose = random.Random(3)
    every = []
    for _ in range(60):
        known = choose.random()
        given = {item.id: right_answer(item) if choose.random() < known else _wrong(item) for _, item in LESSON}
        given = {name: raw for name, raw in given.items() if choose.random() < 0.8}
        every.append(MARKER.marks({"03": [answer(name, raw, i) for i, (name, raw) in enumerate(given.items())]}))
    pairs = [
        (
            float(marks.first[NEAR].share),
            np.mean([float(one.share) for name, one in marks.first.items() if name != NEAR]),
        )
        for marks in every
        if NEAR in marks.first and len(marks.first) > 1
    ]
    one = of_near(every)
    assert one.with_rest == len(pairs) < 60
    assert one.rest.value == pytest.approx(np.corrcoef(np.array(pairs).T)[0, 1])


def _wrong(item):
    return "9999" if item.type == "numeric" else next(option.id for option in item.options if not option.correct)


def test_a_good_question_has_no_word_and_each_bad_one_its_own():
    third = next(o.id for o in ITEM[NEAR].options if not o.correct and o.id != "gone")
    good = [near("same", "early")] * 60 + [near("gone", "lasting")] * 30 + [near(third, "lasting")] * 30
    assert of_near(good).flags == () and of_near(good).rest.value > 0.9
    against = [near("same", "lasting")] * 60 + [near("gone", "early")] * 30 + [near(third, "early")] * 30
    assert [flag.split(":")[0] for flag in of_near(against).flags] == ["goes its own way"]
    idle = [near("same", "early")] * 60 + [near("gone", "lasting")] * 60
    assert of_near(idle).flags == (f"hardly anybody chooses {third}",)
    easy = of_near([near("same", "early")] * 119 + [near("gone", "lasting")])
    assert easy.flags[0] == "nearly everybody is right"
    hard = of_near([near("same", "early")] + [near("gone", "lasting")] * 60 + [near(third, "lasting")] * 60)
    assert hard.flags[0] == "hardly anybody is right; is the key sound?"


def test_distractors_are_counted_with_their_belief_the_most_chosen_first():
    row = row_of(item_statistics.table([of_near([near("gone")] * 3 + [near("same")])]), NEAR)
    assert row["wrong parts"] == "gone (m27-anywhere-in-the-muscle): 3"
    assert (row["asked in"], row["kind"], row["answers"], row["right"]) == ("03", "choice", 4, 1)


def test_confident_errors_are_counted_where_somebody_was_sure():
    every = [near("gone", sure=3), near("gone", sure=2), near("same", sure=3), near("gone")]
    one = of_near(every)
    assert (one.sure, one.sure_and_wrong) == (2, 1)
    assert [marks.sure_and_wrong for marks in every] == [1, 0, 0, 0]


# ---- beliefs ----

BELIEF = "m27-anywhere-in-the-muscle"


@pytest.mark.parametrize("n", AROUND)
def test_a_belief_has_counts_and_from_thirty_learners_its_share(n):
    every = [near("gone" if i % 2 else "same", sure=3 if i % 4 == 1 else 1) for i in range(n)]
    row = row_of(belief_report.table(belief_report.held(MARKER.course, every)), BELIEF)
    assert (row["learners asked"], row["learners"]) == (n, n // 2)
    assert row["sure"] == len([i for i in range(n) if i % 4 == 1])
    assert all((row[name] is not None) == (n >= 30) for name in ("share", "from", "to"))
    assert all((row[name] is not None) == (n // 2 >= 30) for name in ("share sure", "sure from", "sure to"))
    if n >= 30:
        assert (row["share"], row["from"], row["to"]) == intervals.share(n // 2, n)
    assert row["page that refutes it"] == "03"
    assert row["sliders to move there"] == "how far the needle passes from the spot"


def test_a_learner_counts_once_however_often_a_belief_shows_and_a_right_answer_betrays_none():
    twice = next(b for b in MARKER.course.beliefs if len(_tempting(b)) >= 2)
    names = _tempting(twice)[:2]
    betraying = [answer(name, _tempted(ITEM[name], twice), i) for i, name in enumerate(names)]
    first = MARKER.marks({"03": betraying})
    second = MARKER.marks({"03": [answer(name, right_answer(ITEM[name]), i) for i, name in enumerate(names)]})
    (one,) = [one for one in belief_report.held(MARKER.course, [first, second]) if one.belief == twice]
    assert (one.asked, one.learners) == (2, 1)
    assert belief_report.held(MARKER.course, [second]) == []


def _tempting(belief):
    return [
        item.id
        for _, item in ITEMS
        if item.type == "choice" and any(option.misconception == belief for option in item.options)
    ]


def _tempted(item, belief):
    return next(option.id for option in item.options if option.misconception == belief)


def test_before_and_after_the_course_are_told_apart():
    events = {name: [] for name in ("00", "10_closing")}
    for name in events:
        item = next(item for kept, item in ITEMS if kept == name and item.type == "choice")
        belief = next(option for option in item.options if option.misconception)
        events[name] = [answer(item.id, belief.id)]
        held = belief_report.held(MARKER.course, [MARKER.marks({name: events[name]})])
        (one,) = [one for one in held if one.belief == belief.misconception]
        assert (one.before, one.after) == ((1, 0) if name == "00" else (0, 1))


# ---- where a belief is refuted ----


@pytest.fixture(scope="module")
def sliders():
    """Page -> labels of the sliders on it."""
    found = {}
    for page in MODELS:
        (path,) = LESSONS.glob(f"{page}_*.md")
        for name in re.findall(r"^\w*[ =]*benches\.(\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE):
            make = getattr(benches, name)
            shown = make() if name not in ("quiz", "predict", "weigh", "explain_it", "report", "mara") else None
            found.setdefault(page, set()).update(one["label"] for one in getattr(shown, "controls", ()))
    return found


def test_each_slider_that_is_said_to_refute_a_belief_is_on_its_page(sliders):
    refuted = MARKER.course.refuted
    assert len([one for one in refuted.values() if one.sliders]) > 25
    named = [(belief, one.page, slider) for belief, one in refuted.items() for slider in one.sliders]
    assert [one for one in named if one[2] not in sliders[one[1]]] == []


def test_each_page_that_is_said_to_refute_a_belief_asks_about_it_or_runs_the_model_that_does():
    for belief, one in MARKER.course.refuted.items():
        asked = {item.model or home for home, item in _homes() if belief in item.misconceptions}
        assert one.page in asked
    known = {belief for _, item in _homes() for belief in item.misconceptions}
    for belief in MARKER.course.beliefs:
        assert belief in MARKER.course.refuted or belief not in known or not _on_a_page(belief)


def _homes():
    return [(question.home, question.item) for question in MARKER.course.questions.values()]


def _on_a_page(belief):
    return any(belief in item.misconceptions for bank in banks().values() for item in bank.items.values())


def test_a_whole_class_is_counted_as_by_hand():
    every = [MARKER.marks(histories_of(_export(seed))) for seed in range(35)]
    found = {one.question.item.id: one for one in item_statistics.item_statistics(MARKER.course, every)}
    assert list(found) == list(MARKER.course.questions)
    for name, one in found.items():
        given = [marks.first[name] for marks in every]
        assert (one.answers, one.right) == (35, sum(marked.share == 1 for marked in given))
        assert sum(count for _, count in one.wrong) >= 35 - one.right
    assert replace(every[0], odd_times=0) == replace(MARKER.marks(histories_of(_export(0))), odd_times=0)


def _export(seed):
    return export(files_of(seed))
