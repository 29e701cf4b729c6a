"""What page 08 says, asked of three arms, of belief, of an untreated clinic, and of the findings."""

from __future__ import annotations

import functools

import numpy as np

from lessons import benches, statements
from lessons.benches.context import ALL_OR_NOTHING, WORLDS, WORST_DAY
from lessons.models.bad_day import bad_day
from lessons.models.three_arms import PEOPLE, ThreeArms, three_arms
from lessons.models.trial_belief import belief


@functools.cache
def arms(**changes):
    return three_arms(ThreeArms(**changes))


def world(name):
    return arms(**WORLDS[name])


def parts(**changes):
    return arms(**changes).parts


def doubt(**changes):
    return belief(three_arms(ALL_OR_NOTHING.changed(**changes)))


def clinic(**changes):
    return bad_day(WORST_DAY.changed(**changes))


def three_stairs():
    """No treatment, sham, needle: each step smaller than the one before, and none of them nothing."""
    found = arms()
    return found.anyway > found.improved[2] / 2 and found.anyway > found.parts[2] > found.parts[3] > 0.1


def only_luck():
    one, other = arms(), arms(seed=2)
    same = all(np.array_equal(getattr(one.people, name), getattr(other.people, name)) for name in one.people._fields)
    return same and abs(one.trial[1].difference - other.trial[1].difference) > 0.05


def two_beliefs_fall():
    """Each world lacks one of the two gaps that the course's own world has."""
    nothing, all_of_it = (world(name).parts for name in ("Placebo does nothing", "It is all placebo"))
    ours = arms().parts
    return abs(nothing[2]) < 0.01 < nothing[3] and abs(all_of_it[3]) < 0.01 < all_of_it[2] and min(ours[2:]) > 0.1


EXPLORERS = {
    "what_would_have_happened": benches.what_would_have_happened,
    "believed_or_doubted": benches.believed_or_doubted,
    "untreated_clinic": benches.untreated_clinic,
}
PROSE = {
    "A thousand people are followed three times": lambda: PEOPLE == 1000 == len(arms().people.screening),
    "The last slider draws another trial: nothing changes but luck.": only_luck,
    "Weeks and six visits later": lambda: ThreeArms().visits == 6,
    "Who is taken on a bad day is better on most others": lambda: (
        parts()[0] > 0.8 > 0.05 > abs(parts(enrolled_from=0.0)[0])
    ),
    "And pain changes by itself": lambda: parts(enrolled_from=0.0)[1] > 0.5,
    "here a thin needle that pricks a little": lambda: (
        parts(expectancy=0.0)[2] > 0.2 > abs(parts(expectancy=0.0, sham=2)[2])
    ),
    "Real needles add the smallest part.": lambda: min(parts()) == parts()[3] > 0.1,
    "If placebo did nothing, sham would be level with no treatment.": two_beliefs_fall,
    "If all were placebo, real needles would be level with sham.": two_beliefs_fall,
    "With 60 in each arm about one trial in ten finds the needle, and with 500 about half do.": lambda: (
        ThreeArms().per_arm == 60
        and abs(arms().told_apart(1) - 10) < 2
        and abs(arms(per_arm=500).told_apart(1) - 50) < 4
    ),
    '"No difference found" is not "no difference".': lambda: parts()[3] > 0.2 and arms().told_apart(1) < 20,
    "Half of those with sham doubt that it is real.": lambda: (
        ALL_OR_NOTHING.blinding == 0.5 and abs(doubt().count[0, 0] / PEOPLE - 0.5) < 0.05
    ),
    "Here believing adds more than the needle.": lambda: doubt().believing > doubt().needled + 0.1,
    "a doubter expects nothing": lambda: ALL_OR_NOTHING.blinding_leak == 1,
    "They were better before, too.": lambda: (
        clinic().pain[0].mean() < clinic().on_the_day - 1 and abs(clinic().pain[0].mean() - clinic().later) < 0.15
    ),
    "A third are better by two points or more": lambda: abs(clinic().better - 100 / 3) < 3,
    "In this model, too.": lambda: parts(expectancy=0.0)[3] > parts()[3] + 0.05 > parts(expectancy=1.0)[3] + 0.1,
    "Here chance decides who doubts.": lambda: (
        abs(np.corrcoef(arms(blinding=0.5).people.believed[1], arms(blinding=0.5).people.start)[0, 1]) < 0.1
    ),
    "Here it works in both.": lambda: np.all(doubt().less[:, 1] - doubt().less[:, 0] > 0.2),
}
CITED = {
    "Pooled trials found two gaps: a clear one": "sham-far-above-nothing",
    "a small one that its authors could not tell from bias": "not-told-from-bias",
    "After tooth surgery the same order was found in people.": "belief-in-two-dental-trials",
    "expected pain explained up to 69.8 % of the differences in pain": "expectation-explains-most",
    "untreated people who had begun with as much pain as treated ones were better by as much": "worst-day-in-jaw-pain",
    "With sham, pain lay 0.42 SD below that without treatment": "sham-far-above-nothing",
    "with real needles another 0.17 below": "not-told-from-bias",
    "Where sham did more, real needles added less.": "larger-sham-smaller-specific",
    "1162 people.** 47.6 % responded to real needles, 44.2 % to sham, 27.4 %": "back-pain-equal-to-sham",
    "About a quarter of the change came without any.": "three-arms-of-all-kinds",
    "Placebos *known* as placebos helped a little in what people report.": "placebo-told-as-such",
    "guesses did not depend on pain, but up to 68 % of patients guessed their treatment": "blind-needles-were-guessed",
    "it went with relief after sham and not after real current": "expectation-not-with-current",
}
KEYS = {("three-stacks", "stairs"): three_stairs}
FEEDBACK = {
    "Choose the world in which placebo does nothing, and look at the second stack.": lambda: (
        abs(world("Placebo does nothing").parts[2]) < 0.01
    ),
    "Choose the world in which it is all placebo, and compare the last two stacks": lambda: (
        world("It is all placebo").parts[3] == 0
    ),
    "Nobody touched these people, and most of the height is there.": lambda: arms().anyway > 0.6 * arms().improved[2],
    "The line comes down to what is usual for these people, and no further.": lambda: (
        abs(clinic().later - clinic().usual.mean()) < 0.15
    ),
    "On average they were better before that day as well.": lambda: clinic().pain[0].mean() < clinic().on_the_day - 1,
    "Set the ups and downs to nothing and look again.": lambda: (
        clinic(fluctuation=0.0).on_the_day - clinic(fluctuation=0.0).later < 0.3
    ),
    "Their usual pain is the same all the time.": lambda: clinic().usual.ndim == 1,
    "A gap as small as this one needs hundreds of people in each arm.": lambda: (
        arms(per_arm=200).told_apart(1) < 50 and arms(per_arm=500).told_apart(1) < 80
    ),
    "It reaches from below nothing to well above the truth.": lambda: (
        arms().trial[1].low < 0 < parts()[3] + 0.3 < arms().trial[1].high
    ),
    "with its thin needle": lambda: parts(expectancy=0.0)[2] > 0.2,
    "Look at the lowest row of dots, left and right of the dashed line.": lambda: arms().better[2] > 50,
}
SLIPS = {
    "whole-improvement": lambda item, model: float(arms(**item.scenario.set).improved[2]),
    "against-nothing": lambda item, model: float(np.ptp(arms(**item.scenario.set).improved)),
}
STATEMENTS = statements.context_statements, ThreeArms, {}
