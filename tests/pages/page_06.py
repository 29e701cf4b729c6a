"""What page 06 says, asked of the models of a course and of one visit, and of the findings."""

from __future__ import annotations

import numpy as np

from lessons import benches, statements
from lessons.benches.whole_body import THREE_WEEKS
from lessons.grading import numbers
from lessons.models import neuromodulation_course as course
from lessons.models.neuromodulation_course import DAY, NOTHING, OBSERVABLES, REAL, SHAM_ARM, Course
from lessons.models.neuromodulation_people import persistence
from lessons.models.neuromodulation_whole_body import compare, compare_visit
from lessons.truth import values as truth_values

WEEKS = compare(THREE_WEEKS)
VISIT = compare_visit(THREE_WEEKS)


def at(name, day, **changes):
    return OBSERVABLES[name].at(course.simulate(Course(**changes)), DAY * day)


def summed(name, **changes):
    return float(OBSERVABLES[name].read(course.simulate(Course(**changes))))


def later(days, name="sleep"):
    """The gap to sham so many days after the last of nine visits."""
    return WEEKS.gap(name, WEEKS.end + days)


def a_trial_of_three_weeks():
    """Ahead of sham after the last visit, most of the change in sham as well; half in ten days, level in two months."""
    sham, real = (WEEKS.at("sleep", arm, WEEKS.end) for arm in (SHAM_ARM, REAL))
    halves = abs(later(10) / later(0) - 0.5) < 0.03
    return real < sham < 0.5 * real < 0 and later(0) > 0.5 and abs(later(56)) < 0.05 and halves


def lying_makes_most():
    before, alone, sham, real = VISIT.steps("rmssd")
    return alone - before > 0.75 * (real - before) and sham > alone and abs(real - sham) < 0.05 * (real - before)


def tone_at_its_lowest():
    """The furthest that the sliders of one visit bring the reflex down."""
    far = compare_visit(THREE_WEEKS.changed(strength=20.0, needles=12, expectancy=1.0, interval=1.0, retention=60.0))
    return min(
        far.read("muscle_tone", REAL).min(), compare_visit(THREE_WEEKS.changed(strength=20.0)).steps("muscle_tone")[3]
    )


def shrunk(day, against=SHAM_ARM):
    """What is left on a day of the lead at the last of ten weekly visits, as a share."""
    lead = [
        at("baseline_shift", d, weeks_shown=60) - at("baseline_shift", d, weeks_shown=60, arm=against)
        for d in (63, day)
    ]
    return lead[1] / lead[0]


def an_arm_instead(item, model, arm):
    """What is read on the day of a question in one arm alone, as a fall."""
    run = truth_values.run({**item.scenario.set, "arm": arm}, model)
    return -model.observables[item.ask.of].at(run, float(numbers.seconds(item.ask.at)))


EXPLORERS = {
    "whole_body": benches.whole_body,
    "one_visit": benches.one_visit,
}
PROSE = {
    "The trial found 2.1 points; the model gives 0.7": lambda: abs(later(0) - 0.7) < 0.05,
    "Blue is what the needle adds to sham.": lambda: later(0) > 0.5,
    "both leave some calm": lambda: all(
        at("sleep", 0, arm=REAL, expectancy=e, needles=n) < -0.1 for e, n in ((0.0, 8), (1.0, 0))
    ),
    "which fades by half in ten days": lambda: abs(Course().calm_memory * np.log(2) - 10) < 0.5,
    "So they rise and fade together, and the gap to sham fades with them.": lambda: (
        np.allclose(
            WEEKS.read("mood", REAL) * Course().sleep_per_calm, WEEKS.read("sleep", REAL) * Course().anxiety_per_calm
        )
        and abs(later(10) / later(0) - 0.5) < 0.03
    ),
    "Each visit moves it a little, and less, the less room is left.": lambda: (
        (steps := np.diff([0.0, *(at("baseline_shift", day) for day in (0, 7, 14, 21, 28, 35))])).max() < 0.15
        and np.all(np.diff(steps) < 0)
    ),
    "The {term}`set point` of pain is slower.": lambda: (
        WEEKS.at("baseline_shift", REAL, WEEKS.end + 56) > 0.9 * WEEKS.at("baseline_shift", REAL, WEEKS.end)
        and WEEKS.at("sleep", REAL, WEEKS.end + 56) > 0.05 * WEEKS.at("sleep", REAL, WEEKS.end)
    ),
    "Lying down makes most of it, and the context some.": lying_makes_most,
    "That the needle adds next to nothing is so because we set it so, after the trials.": lying_makes_most,
    "In the model about three quarters of the gain is kept for a year, less than was found.": lambda: (
        abs(persistence(Course())[0] - 75) < 5
    ),
}
CITED = {
    "In a trial of insomnia (82 people) the sleep score fell by 5.04 points with needles and by 2.92 with sham": (
        "sleep-better-than-sham"
    ),
    "At the follow-ups there was no difference.": "sleep-gap-closes",
    "A second trial found a lead for some weeks.": "insomnia-better-than-sham",
    "no consistent effect** against sham, in reviews of heart rate variability": "heart-rhythm-no-clear-effect",
    "and of cortisol. Lying still changes the heart by itself.": "cortisol-no-difference",
    "In healthy people a needle *raised* a reflex that vibration had lowered.": "needle-raised-the-reflex",
    "about 90 % of the gain was kept against no treatment": "persists-against-none",
    "Against sham it was about half, with an interval from none to all": "half-lost-against-sham",
}
KEYS = {("sleep-gap-to-sham", "ahead-then-level"): a_trial_of_three_weeks}
FEEDBACK = {
    "Upright her heart rate variability was 35 ms": lambda: abs(VISIT.steps("rmssd")[0] - 35) < 0.01,
    "About 35 ms, for nothing was done": lambda: VISIT.steps("rmssd")[1] > 42,
    "state anxiety has fallen by about ten points": lambda: abs(summed("session_anxiety") + 10) < 1,
    "Tone never falls by more than a few per cent": lambda: tone_at_its_lowest() > 0.94,
    "At strength 3 that is nearly so": lambda: (
        abs(summed("session_muscle_tone") - summed("session_muscle_tone", arm=SHAM_ARM)) < 0.003
    ),
    "About four fifths of it. Belief carries the larger part": lambda: (
        abs(VISIT.anxiety()[SHAM_ARM] / VISIT.anxiety()[REAL] - 0.8) < 0.02
        and THREE_WEEKS.calm_context * 0.6 > 0.5 * -VISIT.anxiety()[REAL] / THREE_WEEKS.anxiety_per_calm
    ),
    "Choose no needles on the slider of one visit and compare. Hardly anything is missing": lambda: (
        abs(compare_visit(THREE_WEEKS.changed(needles=0)).steps("rmssd")[3] - VISIT.steps("rmssd")[3]) < 0.5
    ),
    "Where is the set point of pain in week 52": lambda: at("baseline_shift", 364, weeks_shown=60) > 0.4,
    "Sleep is back by then": lambda: abs(at("sleep", 364, weeks_shown=60)) < 0.01,
    "What needles are ahead of sham has shrunk more": lambda: shrunk(364) < shrunk(364, NOTHING) - 0.1,
    "Most of the shift is still there, with sham as well": lambda: all(
        at("baseline_shift", 364, weeks_shown=60, arm=arm) > 0.7 * at("baseline_shift", 63, weeks_shown=60, arm=arm)
        for arm in (SHAM_ARM, REAL)
    ),
}
POINTS = {
    ("will-she-sleep", "much-with-sham"): a_trial_of_three_weeks,
    ("will-she-sleep", "lead-fades"): lambda: later(0) > 0.5 and abs(later(56)) < 0.05,
}
SLIPS = {
    "needles-not-gap": lambda item, model: an_arm_instead(item, model, REAL),
    "sham-not-gap": lambda item, model: an_arm_instead(item, model, SHAM_ARM),
}
# What only the statements set, arm by arm.
STATEMENTS = statements.course_statements, Course, {"arm": "the statements set it themselves, run by run"}
