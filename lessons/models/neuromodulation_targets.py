"""More of what published experiments measured, measured on the model: comparisons that need two or more runs.

Like `neuromodulation_protocols`: each function takes a parameter set first and gives a float or a tuple to pick from.
"""

from __future__ import annotations

import math

import numpy as np

from lessons.models import neuromodulation_course as course
from lessons.models.neuromodulation import OBSERVABLES, Neuromodulation, sham_of, simulate
from lessons.models.neuromodulation_course import REAL, SHAM_ARM, Course, State
from lessons.models.neuromodulation_people import expectation, sleep_after
from lessons.models.neuromodulation_protocols import (
    BEFORE_THE_ACT,
    longer_less_brief,
    rat_sessions,
    reading,
    states,
    turned_against_untouched,
)
from lessons.models.neuromodulation_settings import BLINDED

DAY = 24 * 60.0  # min
HALF_A_YEAR = 180.0  # days
# Ten visits in three weeks, read on the day of the last one and four weeks later.
TEN_IN_THREE_WEEKS = (0, 2, 4, 7, 9, 11, 14, 16, 18, 21)
FOUR_WEEKS_LATER = TEN_IN_THREE_WEEKS[-1] + 28


def before_the_next_act(parameters: Neuromodulation) -> float:
    """Threshold (%) six seconds before the needles come out."""
    return reading(parameters, [parameters.retention - BEFORE_THE_ACT])[0]


def cold_over_needles(parameters: Neuromodulation) -> float:
    """Effect of painful cold at its end, divided by that of a blinded trial's real needles at theirs."""
    return reading(parameters, [parameters.retention])[0] / before_the_next_act(BLINDED)


def half_widths(parameters: Neuromodulation, minute: float, people: int, spread: float) -> float:
    """Effect at `minute`, in half-widths of the 95 % interval of one group of `people` measured twice.

    `spread`: standard deviation (points of %) of one person's change; assumed.
    """
    return reading(parameters, [minute])[0] / (1.96 * spread / math.sqrt(people))


def vagal_over_sham(parameters: Neuromodulation, minute: float) -> float:
    """Vagal shift (SD of ln RMSSD) of real needles less that of sham."""
    return float(states(parameters, [minute]).vagal_shift - states(sham_of(parameters), [minute]).vagal_shift)


def vagal_left(parameters: Neuromodulation, minutes: float) -> float:
    """Share of the vagal shift at removal that is left `minutes` later."""
    end = parameters.retention
    return float(states(parameters, [end + minutes]).vagal_shift / states(parameters, [end]).vagal_shift)


def longer_over_brief(parameters: Neuromodulation) -> float:
    """Effect of one needle turned for 21 min, divided by that of one turned for 1 min."""
    brief, longer, _, _ = turned_against_untouched(parameters)
    return longer / brief


def untouched_longer_less_brief(parameters: Neuromodulation) -> float:
    """One untouched needle: 21 min less 1 min (points of %)."""
    return longer_less_brief(parameters)[1]


def fast_over_slow_current(parameters: Neuromodulation, minute: float, slow: float = 4.0, fast: float = 32.0) -> float:
    """Effect of a current of `fast` Hz divided by that of one of `slow` Hz."""
    return (
        reading(parameters.changed(frequency=fast), [minute])[0]
        / (reading(parameters.changed(frequency=slow), [minute])[0])
    )


def segment_over_body(parameters: Neuromodulation, minute: float) -> float:
    """Threshold in the needle's own segment less that far away (points of %)."""
    here = parameters.changed(distance=0.0, opposite_side=0)
    return reading(here, [minute], "pain_threshold_region")[0] - reading(here, [minute])[0]


def last_daily_session(parameters: Neuromodulation, count: int = 5) -> float:
    """Slow inhibition at the end of the last of `count` daily sessions, as a share of the first."""
    found = rat_sessions(parameters, int(count), DAY)
    return found[-1] / found[0]


def anxiety_over_sham(parameters: Neuromodulation) -> float:
    """Change of state anxiety (points) by one treatment with real needles, less that by a sham without a needle."""
    of = OBSERVABLES["anxiety"].read
    return of(simulate(parameters)) - of(simulate(sham_of(parameters)))


def more_visits(parameters: Course, few: int, many: int) -> tuple[float, float]:
    """What `many` weekly visits add to `few`, twelve weeks after the first (SD): against nothing, against sham."""
    less, more = (expectation(parameters.changed(weeks=int(n))) for n in (few, many))
    return more.real_none - less.real_none, more.real_sham - less.real_sham


def longer_visits(parameters: Course, short: float, long: float) -> tuple[float, float]:
    """What visits of `long` minutes add to visits of `short` minutes (SD): against nothing, against sham."""
    less, more = (expectation(parameters.changed(retention=m)) for m in (short, long))
    return more.real_none - less.real_none, more.real_sham - less.real_sham


def responders_over_sham(parameters: Course, day: float = HALF_A_YEAR) -> float:
    """People (per cent) who feel at most half of their first pain: real needles less sham."""
    found = expectation(parameters, day)
    return found.responders_real - found.responders_sham


def sleep_over_sham(parameters: Course) -> tuple[float, float]:
    """Sleep problems (points), real needles less sham: on the day of the last of ten visits, and four weeks later."""
    arms = [parameters.changed(arm=arm) for arm in (REAL, SHAM_ARM)]
    return tuple(
        sleep_after(arms[0], list(TEN_IN_THREE_WEEKS), day) - sleep_after(arms[1], list(TEN_IN_THREE_WEEKS), day)
        for day in (TEN_IN_THREE_WEEKS[-1], FOUR_WEEKS_LATER)
    )


def course_state(parameters: Course, day: float) -> State:
    """Shifts of the set point and calm on a day of a course."""
    run = course.simulate(parameters, course.DAY * np.array([0.0, day]))
    return State(*(float(column[-1]) for column in run.state))
