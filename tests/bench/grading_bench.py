"""How fast answers are marked: 10,000 records of 60 answers each, and one setting of sliders on its model.

    python tests/bench/grading_bench.py

Every question of the course is answered by its key, by a wrong answer or by nonsense in turn. The rival is a comparison
of each answer's text with the key's text, which reads no unit and knows no tolerance. Nothing is asserted.
"""

from __future__ import annotations

import itertools
import json
import statistics
import time

from lessons import truth
from lessons.grading.grade import grade
from lessons.grading.items import Choice, Many, Match, Numeric, Order, Prediction, Target, TwoTier
from lessons.lesson_models import MODELS
from lessons.truth.runs import meets
from lessons.truth.values import run

RECORDS, ANSWERS = 10_000, 60


def answers(item) -> tuple:
    """The right answer, a wrong one and nonsense."""
    if isinstance(item, Choice):
        return item.correct.id, item.options[0].id, "7"
    if isinstance(item, Numeric):
        return f"{item.value} {item.unit}", "1", "about 5"
    if isinstance(item, Match):
        return dict(item.key), dict.fromkeys(item.key, item.right[0].id), {"x": 1}
    if isinstance(item, Many):
        return sorted(item.right), [option.id for option in item.options], ["x"]
    if isinstance(item, Order):
        return list(item.key), list(reversed(item.key)), [1]
    if isinstance(item, TwoTier):
        right = {"answer": item.correct.id, "because": item.reason.id}
        return right, {**right, "because": item.because[0].id}, {"answer": 3}
    if isinstance(item, Prediction):
        right = {row.id: dict(zip([p.id for p in item.phases], row.key, strict=True)) for row in item.rows}
        return right, {row: dict.fromkeys(cells, "up") for row, cells in right.items()}, {"x": {}}
    return list(item.key), [item.low] * len(item.key), ["x"]


def main() -> None:
    items = [item for _, item in truth.every() if not isinstance(item, Target)]
    given = [(item, answer) for item in items for answer in answers(item)]
    many = itertools.islice(itertools.cycle(given), RECORDS * ANSWERS)
    began = time.perf_counter()
    marks = sum(1 for item, answer in many if grade(item, answer).status)
    ours = time.perf_counter() - began
    keys = [(json.dumps(answers(item)[0]), json.dumps(answer)) for item, answer in given]
    began = time.perf_counter()
    _ = sum(1 for key, answer in itertools.islice(itertools.cycle(keys), RECORDS * ANSWERS) if key == answer)
    rival = time.perf_counter() - began
    print(f"{marks:,} answers marked in {ours:.1f} s ({1e6 * ours / marks:.0f} µs each); comparing texts {rival:.1f} s")
    for lesson, item in truth.every():
        if not isinstance(item, Target):
            continue
        model = MODELS[item.model or lesson]
        about, spent = model.parameters.described(), []
        for i in range(20):  # each setting another, so that none is answered from the cache
            setting = {n: v + 1e-3 * i * (item.start[n] - v) for n, v in item.solution.items() if not about[n].whole}
            began = time.perf_counter()
            meets(item, {**item.solution, **setting}, model)
            spent.append(time.perf_counter() - began)
        print(
            f"slider target {item.id}: median {1000 * statistics.median(spent):.1f} ms, most {1000 * max(spent):.1f} ms"
        )
    run.__globals__["_cached_run"].cache_clear()


if __name__ == "__main__":
    main()
