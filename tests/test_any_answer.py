"""A hundred thousand answers that nobody should give: each has a result, at once, and none does anything else."""

import json
import random
import time

import pytest

from lessons import truth
from lessons.grading.grade import MARKED, STATUSES, grade
from lessons.grading.items import Target
from lessons.lesson_models import MODELS
from lessons.truth.runs import meets

ANSWERS = 100_000
SECONDS = 2.0  # the most that one answer may take
ITEMS = [(item.model or lesson, form) for lesson, item in truth.every() for form in item.forms.values()]
# From the list of bad inputs: what has broken graders of others.
TEXTS = (
    "", "  ",
    "4,8", "4,800", "1.234,5", "4 800", "4\u00a0800", "4\u2009800", "\uff14\uff0e\uff18", "\u0664\u066b\u0668",
    "\u22124.8", "+4.8", "--4.8", "1e999", "1e-999", "nan", "inf", "-Infinity", "9**9**9**9", "9" * 10_000, "(" * 3000,
    "5 5", "120/80", "about 5", ">5", "5-6", "4.8 bpm", "4.8 kg/ cm2", "kg·cm⁻²", "KG/CM2", "kgcm2", "120 mm Hg",
    "37 °C", "98.6 F", "140 mEq/L", "60 %", "-0.0", "True", "<img src=x onerror=alert(1)>", "</script>",
    "javascript:alert(1)", "$\\href{x}{y}$", "\u202e12", "\x00", "\ud800", "😀", "x" * 1_000_000, "efferent",
    "__import__('os').system('touch never')", "{}", "null", "0x10", "1_000", "٠", "½", "Ⅷ", "1e5 kPa", "=1+1",
)  # fmt: skip
ODD = (None, True, False, 0, -1, 3.7, 10**400, -(10**400), float("nan"), float("inf"), -0.0, [], {}, [[]], [None], ())


def strange(random_, depth=0):
    kind = random_.random()
    if kind < 0.45:
        return random_.choice(TEXTS)
    if kind < 0.7 or depth > 3:
        return random_.choice(ODD)
    if kind < 0.85:
        return [strange(random_, depth + 1) for _ in range(random_.randrange(6))]
    return {str(strange(random_, depth + 2))[:30]: strange(random_, depth + 1) for _ in range(random_.randrange(5))}


def nearly(item, random_):
    """An answer in the shape that the question wants, with something wrong in it, or nothing."""
    shape = json.loads(item.model_dump_json())
    ids = [part["id"] for name in ("options", "because", "left", "right", "steps", "rows", "phases", "sliders", "goals")
           for part in shape.get(name) or ()]  # fmt: skip
    one = lambda: random_.choice([*ids, random_.choice(TEXTS), random_.choice(ODD)]) if ids else strange(random_)  # noqa: E731
    return random_.choice(
        (
            lambda: one(),
            lambda: [one() for _ in range(random_.randrange(9))],
            lambda: {str(one())[:60]: one() for _ in range(random_.randrange(1, 13))},
            lambda: {str(one())[:60]: {str(one())[:60]: one()} for _ in range(random_.randrange(1, 6))},
            lambda: {name: random_.choice([0.5, 3, -4, 1e9, "3", None]) for name in ids},
            lambda: [
                random_.choice([0.0, 1, 50.5, -1e9, "2", None, float("nan")]) for _ in range(random_.randrange(9))
            ],
            lambda: {part["id"]: random_.choice(shape["right"])["id"] for part in shape.get("left") or ()},
            lambda: random_.sample(ids, random_.randrange(len(ids) + 1)) if ids else [],
        )
    )()


@pytest.mark.timeout(600)
def test_every_answer_has_one_of_six_results_and_never_costs_more_than_a_moment(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    random_ = random.Random(20261127)
    slowest, seen = 0.0, set()
    for i in range(ANSWERS):
        lesson, item = ITEMS[i % len(ITEMS)]
        answer = strange(random_) if random_.random() < 0.5 else nearly(item, random_)
        began = time.perf_counter()
        verdict = grade(item, answer, lambda target, setting, lesson=lesson: meets(target, setting, MODELS[lesson]))
        slowest = max(slowest, time.perf_counter() - began)
        assert verdict.status in STATUSES and verdict.status != "grader-error", (item.id, repr(answer)[:200], verdict)
        assert (verdict.fraction is not None) == (verdict.status in MARKED)
        assert verdict.fraction is None or 0 <= verdict.fraction <= 1
        seen.add(verdict.status)
    assert slowest < SECONDS
    assert seen == set(STATUSES) - {"grader-error"} and list(tmp_path.iterdir()) == []


def test_a_model_that_breaks_down_costs_no_mark_and_stops_nothing():
    targets = [(lesson, item) for lesson, item in ITEMS if isinstance(item, Target)]

    def broken(target, setting):
        raise RuntimeError("the solver stopped")

    for _, item in targets:
        verdict = grade(item, dict(item.solution), broken)
        assert (verdict.status, verdict.fraction) == ("grader-error", None) and "solver stopped" in verdict.note
