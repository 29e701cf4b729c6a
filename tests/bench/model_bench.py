"""How fast the trigger-point model runs, beside scipy's general solver on the same equations in the same run.

    python tests/bench/model_bench.py

prints medians. Nothing here is asserted: times depend on the machine, the ratios much less.
"""

from __future__ import annotations

import runpy
import statistics
import sys
import time
from pathlib import Path

import numpy as np
from scipy.integrate import solve_ivp

from lessons.models.trigger_point import LOG_TIME, TriggerPoint, simulate, treatment_end
from lessons.models.trigger_point_branches import _branch, _crossings, folds
from lessons.models.trigger_point_cohort import run, virtual_patients
from lessons.models.trigger_point_equilibria import nullclines, separatrix
from lessons.models.trigger_point_reduction import start_loop

REFERENCE = runpy.run_path(str(Path(__file__).parents[1] / "trigger_point_reference.py"))
TWO_HOURS = np.linspace(0, 7200, 241)


def general_solver(parameters: TriggerPoint, stored: np.ndarray) -> np.ndarray:
    """The same treatment with `solve_ivp(LSODA)` and the equations on numpy scalars, at the same tolerance."""
    p, state = parameters, np.array(simulate(parameters, [0.0]).before)
    passes = [k * p.spacing for k in range(p.passes)]
    marks = sorted({*passes, treatment_end(p), float(stored[-1])})
    rows = []
    for start, stop in zip(marks, marks[1:], strict=False):
        if start in passes:
            state = REFERENCE["twitch"](state, p, p.strength)
        load = p.load if start < treatment_end(p) else p.load_after
        wanted = stored[(stored >= start) & ((stored < stop) | (stop == marks[-1]))]
        solution = solve_ivp(
            REFERENCE["rates"], (start, stop), state, "LSODA", np.union1d(wanted, [stop]), args=(p, load), rtol=1e-6,
            atol=1e-8,
        )  # fmt: skip
        rows += list(solution.y.T[: len(wanted)])
        state = solution.y[:, -1]
    return np.array(rows)


def median(task, times: int) -> float:
    """Median seconds of so many runs, after one that is not counted."""
    task()
    spent = []
    for _ in range(times):
        begin = time.perf_counter()
        task()
        spent.append(time.perf_counter() - begin)
    return statistics.median(spent)


def cold_start(parameters: TriggerPoint) -> None:
    start_loop.cache_clear()
    simulate(parameters, TWO_HOURS)


def picture(parameters: TriggerPoint) -> None:
    _crossings.cache_clear()
    nullclines(parameters)
    separatrix(parameters)


def continuation(parameters: TriggerPoint) -> None:
    _branch.cache_clear()
    folds(parameters)


def main() -> None:
    sys.stdout.reconfigure(encoding="utf-8")
    typical = TriggerPoint()
    alone, general = simulate(typical, TWO_HOURS), general_solver(typical, TWO_HOURS)
    order = np.array(alone.state).T
    apart = np.max(np.abs(order - general) / np.maximum(np.abs(general).max(axis=0), 1e-9))
    print(f"largest relative difference between the two, two hours: {apart:.1e}\n")
    print(f"{'one patient, six twitches':44}{'here':>10}{'target':>9}{'general':>10}{'ratio':>8}")
    for label, stored, target in (("120 minutes", TWO_HOURS, 8), ("six weeks, log axis", LOG_TIME, 12)):
        here = median(lambda stored=stored: simulate(typical, stored), 41)
        there = median(lambda stored=stored: general_solver(typical, np.append(0.0, stored[stored > 0])), 9)
        print(f"{label:44}{1e3 * here:7.2f} ms{target:6} ms{1e3 * there:7.1f} ms{there / here:7.1f}x")
    others = (
        ("120 minutes, its start not yet known", lambda: cold_start(typical), 8, 21),
        ("nullclines and separatrix", lambda: picture(typical), 60, 11),
        ("folds by continuation", lambda: continuation(typical), 300, 11),
    )
    for label, task, target, times in others:
        print(f"{label:44}{1e3 * median(task, times):7.2f} ms{target:6} ms")
    thousand = virtual_patients(np.random.default_rng(1), 1000)
    here = median(lambda: run(thousand, TWO_HOURS[::10]), 3)
    few = [thousand.patient(k) for k in range(12)]
    there = statistics.mean(median(lambda p=p: general_solver(p, TWO_HOURS), 1) for p in few) * 1000
    print(f"{'1,000 patients, 120 minutes':44}{here:8.2f} s{4:7} s{there:8.1f} s{there / here:7.1f}x")
    print("(general: mean of 12 patients, times 1,000)")


if __name__ == "__main__":
    main()
