"""What the questions on the whole course say of the models, beside their keys."""

from __future__ import annotations

import re

import numpy as np

from lessons.grading.bank import sets
from lessons.lesson_models import CIRCUIT, COURSE
from lessons.models.neuromodulation_course import NOTHING, SHAM_ARM
from lessons.truth import values as truth_values
from pages.knots import DAY, HOUR, before
from pages.knots import read as knot
from pages.needles import BLINDED, BLINDED_SHAM, STRONG_LABORATORY, Neuromodulation, read

CURRENT = Neuromodulation(stimulation=3, strength=6.0)
STRONG_CURRENT = Neuromodulation(stimulation=3, strength=8.0, needles=2)


def asked(name):
    return next(bank.items[name] for bank in sets().values() if name in bank.items)


def times_of(name):
    """All times at which a question reads its model, but for words about them."""
    return set(re.findall(r"at='([^']+)'", repr([option.truth for option in asked(name).options])))


def circuit(name, **changes):
    return float(CIRCUIT.observables[name].read(truth_values.run(changes, CIRCUIT)))


def visit(name, **changes):
    return float(COURSE.observables[name].read(truth_values.run(changes, COURSE)))


def weeks(name, day, **changes):
    return COURSE.observables[name].at(truth_values.run(changes, COURSE), DAY * day)


def every_value_of_touch():
    effects = np.array([circuit("touch_effect", touch=float(t)) for t in range(0, 41, 4)])
    return np.all(np.diff(effects) < 0) and np.max(-np.diff(effects)) < 6


def overloaded(minutes):
    return knot("stiffness", 12 * HOUR, knot=0, passes=0, acute_overload=0.2, overload_minutes=float(minutes))


def most_of_it_is_context():
    met = asked("exam-more-in-twenty-minutes").solution
    real, sham = (read(base.changed(**met), met["retention"] - 0.1) for base in (BLINDED, BLINDED_SHAM))
    return sham > 0.5 * real


def a_brake_cut():
    return max(knot("stiffness", DAY, passes=0, **{cut: 1}) for cut in ("cut_phosphate", "cut_calcium_release"))


def heart():
    real, sham, alone = (visit("session_rmssd", arm=arm) for arm in (2, SHAM_ARM, NOTHING))
    return real - 35, sham - 35, alone - 35


FEEDBACK = {
    # two forms of the inventory
    "have raised the pressure pain threshold by 21.5 %": lambda: abs(read(BLINDED, 29.9) - 21.5) < 0.05,
    "heart rate variability rises by about 12 ms": lambda: abs(heart()[0] - 12) < 0.5,
    "shifted the set point of pain by about 0.65 SD": lambda: abs(weeks("baseline_shift", 64) - 0.65) < 0.01,
    "still send after 19 minutes": lambda: times_of("closing-turned-and-left-alone") == {"19 min"},
    "Try five minutes and thirty on the page of the knot. The end is the same": lambda: (
        abs(overloaded(5) - overloaded(30)) < 0.1 and overloaded(5) > 10
    ),
    "Between 0 and 40 Hz you find every value": every_value_of_touch,
    "Take the inhibition away on that page, and then it does add up": lambda: (
        circuit("touch_effect", touch=40.0, inhibition_lost=100.0) > 50
    ),
    "Set the expectation to 0, and a small part stays in the arm with needles": lambda: (
        1 < read(BLINDED.changed(expectancy=0.0), 29.9) < 0.3 * read(BLINDED, 29.9)
    ),
    "Set the expectation to 0 on that page. A part stays with needles": lambda: (
        weeks("baseline_shift", 64, expectancy=0.0) > 0.1 > weeks("baseline_shift", 64, expectancy=0.0, arm=NOTHING)
    ),
    "About half in this model": lambda: 0.4 < read(CURRENT.changed(naloxone=1.0), 29.9) / read(CURRENT, 29.9) < 0.6,
    "Look at the column of sham on that page. A part of it survives as well": lambda: (
        read(BLINDED_SHAM.changed(naloxone=2.0), 29.9) > 5
    ),
    "The bar hardly shrinks further": lambda: (
        read(BLINDED.changed(naloxone=2.0), 29.9) > 0.9 * read(BLINDED.changed(naloxone=1.0), 29.9)
    ),
    "The slow brake falls by half in about a quarter of an hour": lambda: all(
        13 < minutes < 19 for minutes in (STRONG_LABORATORY.opioid_half_life, STRONG_LABORATORY.monoamine_half_life)
    ),
    "Let Mara sit up and look again. The couch does most of it": lambda: (
        visit("session_blood_pressure", posture=0) > 0.5 * visit("session_blood_pressure")
    ),
    # exam
    "light touch (20 Hz) already makes it worse": lambda: circuit("touch_effect", spinal_gain=3.0, touch=20.0) > 10,
    "a quarter of an hour later (45 min)": lambda: (
        times_of("exam-why-it-outlasts") == {"45 min"} and STRONG_CURRENT.retention == 30
    ),
    "The part of belief goes within minutes here. Set the expectation to 0, and most of the curve stays": lambda: (
        read(STRONG_CURRENT.changed(expectancy=0.0), 45) > 0.8 * read(STRONG_CURRENT, 45)
    ),
    "It is as soft as the healthy muscle.": lambda: (
        abs(knot("stiffness", DAY, passes=0, cut_release=1) - knot("stiffness", DAY, passes=0, knot=0)) < 0.1
    ),
    "Cut one of those, and the band gets stiffer": lambda: a_brake_cut() > knot("stiffness", DAY, passes=0) + 1,
    "Soreness never passes 2 of 10": lambda: asked("exam-gentle-release").goals[1].holds.vs == 2,
    "Two or three passes on the spot do what twelve do": lambda: all(
        knot("pain", DAY, passes=n) < 0.1 and knot("tenderness", DAY, passes=n) > 1.6 * before("tenderness")
        for n in (2, 3, 12)
    ),
    "Half of this rise and more is context": most_of_it_is_context,
    "Before, it bore 175 kPa": lambda: abs(before("tenderness") - 175) < 0.5,
    "About a sixth of the rise": lambda: abs(1 - read(BLINDED_SHAM, 29.9) / read(BLINDED, 29.9) - 1 / 6) < 0.01,
    "Heart rate variability (upright 35 ms)": lambda: Neuromodulation().rmssd_rest == 35,
    "It moves by a third, and most of that with nobody treating at all": lambda: (
        abs(heart()[0] / 35 - 1 / 3) < 0.03 and heart()[2] > 0.7 * heart()[0]
    ),
    "Cortisol (12 at first)": lambda: Neuromodulation().cortisol_rest == 12,
}


def no_arrow_cut(item, model):
    run = truth_values.run({**item.scenario.set, "cut_release": 0}, model)
    return model.observables[item.ask.of].at(run, DAY)


def one_arm(which):
    def shown(item, model):
        run = truth_values.run(getattr(item.scenario, which), model)
        return model.observables[item.ask.of].at(run, 60 * 29.9)

    return shown


SLIPS = {
    "loop-goes-on": no_arrow_cut,
    "half-way": lambda item, model: (no_arrow_cut(item, model) + knot("stiffness", DAY, passes=0, knot=0)) / 2,
    "whole-rise": one_arm("set"),
    "rise-in-sham": one_arm("compare"),
}
