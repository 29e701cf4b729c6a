"""How fast virtual trials are: three arms of 200 people over twelve weeks, against a loop over people one by one; and
what one step of each slider of the page on context costs."""

from __future__ import annotations

import statistics
import time

from lessons.figures.three_arms import three_arms as figure
from lessons.models.three_arms import ThreeArms, three_arms
from lessons.models.trial import run_trial
from lessons.models.trial_parameters import Trial
from lessons.models.trial_power import large_arm, power
from lessons.models.trigger_point_course import Weeks, course


def main() -> None:
    run_trial(Trial(per_arm=10))  # fills the tables of the muscle
    spent = []
    for seed in range(5):
        began = time.perf_counter()
        run_trial(Trial(per_arm=200, seed=seed))
        spent.append(time.perf_counter() - began)
    ours = statistics.median(spent)
    began = time.perf_counter()
    for seed in range(3):
        course(Weeks(seed=seed))
    rival = (time.perf_counter() - began) / 3 * 600
    print(
        f"3 arms x 200 people x 12 weeks: {ours:.2f} s; one person after another {rival:.0f} s ({rival / ours:.0f} x)"
    )
    large_arm.cache_clear()
    began = time.perf_counter()
    power(Trial())
    print(f"11,000 trials of eleven sizes: {time.perf_counter() - began:.2f} s")
    figure(three_arms(ThreeArms(enrolled_from=6.5)))  # the second wave of people, which a page draws once
    for name, values in (
        ("expectancy", (0.2, 0.3, 0.4)),
        ("needle_effect", (0.2, 0.3, 0.4)),
        ("enrolled_from", (4.0, 4.5, 6.0)),
        ("per_arm", (100, 300, 500)),
        ("seed", (2, 3, 4)),
        ("weeks", (4, 12, 26)),
    ):
        steps = []
        for value in values:
            began = time.perf_counter()
            figure(three_arms(ThreeArms(**{name: value})))
            steps.append(f"{1000 * (time.perf_counter() - began):.0f}")
        print(f"three arms, {name} {', '.join(map(str, values))}: {', '.join(steps)} ms")


if __name__ == "__main__":
    main()
