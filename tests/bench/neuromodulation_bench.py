"""How fast the models of the retained needle and of the dorsal horn run, beside scipy's general solver in the same run.

    python tests/bench/neuromodulation_bench.py

prints medians. Nothing here is asserted: times depend on the machine, the ratios much less.
"""

from __future__ import annotations

import runpy
import statistics
import sys
from pathlib import Path

import numpy as np
from model_bench import median
from scipy.integrate import solve_ivp

from lessons.models import dorsal_horn
from lessons.models import neuromodulation_course as course
from lessons.models.dorsal_horn_series import touch_curves
from lessons.models.neuromodulation import MINUTE, simulate, two_hours
from lessons.models.neuromodulation_people import cohort
from lessons.models.neuromodulation_series import surface
from lessons.models.neuromodulation_settings import BLINDED, CURRENT_FLUID, ONE_NEEDLE_TURNED, STRONG_LABORATORY

REFERENCE = runpy.run_path(str(Path(__file__).parents[1] / "neuromodulation_reference.py"))
TWELVE_WEEKS = course.Course(visits_per_week=1.0, weeks=12, weeks_shown=12)


def general_treatment(p) -> np.ndarray:
    """The same two hours with `solve_ivp(LSODA)` and the equations on numpy scalars, at the same tolerance."""
    return REFERENCE["treatment"](p, two_hours(p) / MINUTE, rtol=1e-6, atol=1e-9)


def general_course(c: course.Course) -> np.ndarray:
    """The same weeks with `solve_ivp(LSODA)` between the visits; what a visit adds is known in both."""
    days = np.arange(7 * c.weeks_shown + 1.0)
    after = course.after_each_visit(c, course.dose(c), course.effective_expectancy(c), c.responsiveness)
    fading = 1 / np.array([c.memory_needle, c.memory_context, c.calm_memory])
    when, rows = course.visit_days(c), []
    for k, start in enumerate(when):
        end = when[k + 1] if k + 1 < len(when) else days[-1] + 1
        wanted = days[(days >= start) & (days < end)]
        rows.append(solve_ivp(lambda _, y: -fading * y, (start, end), after[:, k], "LSODA", wanted, rtol=1e-6).y.T)
    return np.concatenate(rows)


def general_circuit(p: dorsal_horn.DorsalHorn) -> None:
    """Eight seconds of the circuit with `solve_ivp(LSODA)`, numpy functions on numpy scalars."""
    taus = np.array([p.fast_time, p.fast_time, p.fast_time, p.slow_time, p.brainstem_time]) / 1000
    y = np.array(dorsal_horn.simulate(p, [0.0]).before[:5])
    for start, end, c, b in ((0, 1, 0, 0), (1, 3, p.c_fibre_input, 0), (3, 6, p.c_fibre_input, p.touch),
                             (6, 8, p.c_fibre_input, 0)):  # fmt: skip
        of = dorsal_horn.targets(p, c, b, np.tanh, np.maximum)
        run = solve_ivp(
            lambda t, y, of=of: (np.array(of(y)) - y) / taus, (start, end), y, "LSODA", np.linspace(start, end, 60),
            rtol=1e-7, atol=1e-9,
        )  # fmt: skip
        y = run.y[:, -1]


def row(label: str, task, target: float, times: int, rival=None) -> None:
    here = median(task, times)
    told = f"{label:44}{1e3 * here:8.2f} ms{target:6g} ms"
    if rival is not None:
        there = rival()
        told += f"{1e3 * there:9.1f} ms{there / here:8.1f}x"
    print(told)


def main() -> None:
    sys.stdout.reconfigure(encoding="utf-8")
    print(f"{'':44}{'here':>11}{'target':>9}{'general':>12}{'ratio':>9}")
    for label, p in (("a blinded trial's", BLINDED), ("a strong", STRONG_LABORATORY), ("a current's", CURRENT_FLUID)):
        row(f"two hours of {label} treatment", lambda p=p: simulate(p), 5, 41, lambda p=p: median(
            lambda: general_treatment(p), 9))  # fmt: skip
    row("a course of twelve weeks", lambda: course.simulate(TWELVE_WEEKS), 1, 41, lambda: median(
        lambda: general_course(TWELVE_WEEKS), 9))  # fmt: skip
    few = [TWELVE_WEEKS.changed(responsiveness=r) for r in np.linspace(0.5, 1.5, 12)]
    row("1,000 people, twelve weeks", lambda: cohort(TWELVE_WEEKS), 50, 11, lambda: 1000 * statistics.mean(
        median(lambda c=c: general_course(c), 3) for c in few))  # fmt: skip
    row("the surface of minutes and turns", lambda: surface(ONE_NEEDLE_TURNED), 250, 11)
    touched = dorsal_horn.DorsalHorn(spinal_gain=3.0, touch=40.0)
    row("eight seconds of the dorsal horn", lambda: dorsal_horn.simulate(touched), 10, 21, lambda: median(
        lambda: general_circuit(touched), 5))  # fmt: skip
    row("touch in five cords", lambda: touch_curves(touched), 40, 21)
    print("(general, 1,000 people: mean of 12 people, times 1,000; noise of ratings not included)")


if __name__ == "__main__":
    main()
