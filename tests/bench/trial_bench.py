"""How fast virtual trials are: three arms of 200 people over twelve weeks, against a loop over people one by one."""

from __future__ import annotations

import statistics
import time

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


if __name__ == "__main__":
    main()
