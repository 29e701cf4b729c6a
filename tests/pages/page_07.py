"""What page 07 says, asked of both ways side by side and of the mixes."""

from __future__ import annotations

import functools

import numpy as np

from lessons import benches, statements
from lessons.grading.bank import banks
from lessons.lesson_models import BOTH_WAYS
from lessons.models import best_mix
from lessons.models.best_mix import HALF_AN_HOUR, mixes
from lessons.models.body import evenness
from lessons.models.neuromodulation import MINUTE
from lessons.models.side_by_side import Mix
from lessons.treated_body import maras_chart

HOUR, DAY = 3600.0, 86400.0


@functools.cache
def pair(**changes):
    return BOTH_WAYS.simulate(Mix(**changes))


def at(name, seconds, **changes):
    return BOTH_WAYS.observables[name].at(pair(**changes), seconds)


@functools.cache
def mixed(**changes):
    return mixes(Mix(**changes), maras_chart())


def lead(after=HALF_AN_HOUR, **changes):
    """What a release alone gives back more than needles alone, in per cent."""
    found = mixed(**changes)
    return found.now(found.release, after) - found.now(found.retention, after)


def what_is_left_after_an_hour():
    """At the knot and where it refers a tenth or more after a release, nowhere after needles."""
    near = all(at(f"release_{level}", HOUR) > 10 for level in ("knot", "referral"))
    return near and at("release_elsewhere", HOUR) < 3 and at("retention_reach", HOUR) == 0


def filled_while_they_stay():
    levels = ("knot", "referral", "segment", "elsewhere", "body")
    return all(at(f"retention_{level}", 20 * MINUTE) > 10 for level in levels) and all(
        at(f"retention_{level}", 90 * MINUTE) < 1 for level in levels
    )


def technique_moves_little():
    """The lead of a release over needles, by technique and by sensitisation, while every release works."""
    calm, sensitised = lead(), lead(sensitisation=3.0)
    ways = [lead(twitch=0.6), lead(twitch=1.0), lead(strength=9.0), lead(strength=1.5), lead(needles=12)]
    return sensitised < 0 < calm and all(abs(way - calm) < 0.5 * (calm - sensitised) for way in ways)


EXPLORERS = {
    "where_and_when": benches.where_and_when,
    "the_best_mix": benches.the_best_mix,
}
PROSE = {
    "the share of the 74 regions with a rise of a tenth or more": lambda: len(maras_chart().regions.names) == 74,
    "*Evenness* says how alike: 1 is the same everywhere.": lambda: (
        evenness(np.ones(74)) == 1 > evenness(np.eye(74)[0])
    ),
    "for a rise of one per cent everywhere is perfectly even": lambda: abs(evenness(np.ones(74)) - 1) < 1e-12,
    "is held down by soreness for hours, and is nearly whole again after a day": lambda: (
        at("release_knot", HOUR) < 20 and at("release_knot", DAY) > 0.75 * at("release_knot", 7 * DAY)
    ),
    "Where it referred, pain is gone within ten minutes.": lambda: (
        at("release_referred_pain", 10 * MINUTE)
        < 0.1
        < 3
        < BOTH_WAYS.observables["release_referred_pain"].before(pair())
    ),
    "Their map is filled from top to bottom while they stay, and empty an hour later.": filled_while_they_stay,
    "Each pass of a release is a short, weak needle for the cord, too.": lambda: (
        1 > at("release_elsewhere", 10 * MINUTE) > 2 * at("release_elsewhere", 10 * MINUTE, overlap=0.0)
    ),
    "Each retained needle also works where it is.": lambda: (
        at("retention_knot", 20 * MINUTE) > at("retention_knot", 20 * MINUTE, overlap=0.0) + 3
    ),
    "Sham fills the right map as well, with belief and rest.": lambda: (
        at("retention_sham_reach", 20 * MINUTE) == 100 and at("retention_sham_reach", 20 * MINUTE, expectancy=0.0) == 0
    ),
    "What needles add is the smaller part.": lambda: all(
        at("retention_elsewhere", minute * MINUTE) < 2 * at("retention_sham_elsewhere", minute * MINUTE)
        for minute in range(2, 30)
    ),
    "so one knot becomes a small part of what hurts": lambda: (
        mixed(sensitisation=3.0).now(mixed().release, DAY) < 25 < 90 < mixed().now(mixed().release, DAY)
    ),
    "see how little technique moves the lines while the release still works": technique_moves_little,
    "Half an hour after the visit the lines cross.": lambda: lead() > 10 and lead(sensitisation=2.0) < -10,
    "A day later only what a release gave back is left.": lambda: (
        mixed().now(mixed().retention, DAY) < 0.1 and mixed().now(mixed().release, DAY) > 90
    ),
}
CITED = {
    "Whether both together help patients more than either is hardly tested.": "both-together-in-back-pain",
}
POINTS = {
    ("the-same-thing-twice", "one-muscle"): what_is_left_after_an_hour,
    ("the-same-thing-twice", "after-soreness"): lambda: (
        at("release_knot", HOUR) < 0.3 * at("release_knot", DAY)
        and at("release_knot", 2 * DAY) > 0.8 * at("release_knot", 7 * DAY)
    ),
    ("the-same-thing-twice", "cord-and-brain"): filled_while_they_stay,
    ("the-same-thing-twice", "both-overlap"): lambda: (
        at("release_elsewhere", 10 * MINUTE) > 2 * at("release_elsewhere", 10 * MINUTE, overlap=0.0)
        and at("retention_knot", 20 * MINUTE) > at("retention_knot", 20 * MINUTE, overlap=0.0) + 3
    ),
    ("the-same-thing-twice", "sham-reaches"): lambda: (
        at("retention_sham_reach", 20 * MINUTE) == at("retention_reach", 20 * MINUTE) == 100
        and at("retention_sham_reach", 20 * MINUTE, expectancy=0.0) == 0
    ),
}
KEYS = {("what-is-left-after-an-hour", "corner-and-nowhere"): what_is_left_after_an_hour}
FEEDBACK = {
    "Needles may stay for 0, 20 or 60 minutes": lambda: best_mix.MINUTES == (0, 20, 60),
    "A release may have 0, 1, 2, 3, 4, 6 or 9 passes": lambda: best_mix.PASSES == (0, 1, 2, 3, 4, 6, 9),
    "20 min": lambda: sorted_at("20 min", "20 min"),
    "up from 35 to over 40 ms": lambda: (
        sorted_at("40 ms", "20 min")
        and all(one.vs == 40 for one in entries("40 ms")[1])
        and abs(BOTH_WAYS.observables["retention_rmssd"].before(pair()) - 35) < 0.1
    ),
    "five degrees further": lambda: all(
        abs(one.vs - BOTH_WAYS.observables[one.of].before(pair()) - 5) < 0.05 for one in entries("five degrees")[1]
    ),
    "What it adds is a few per cent, and most of that near the needles.": lambda: (
        at("retention_elsewhere", 15 * MINUTE) - at("retention_sham_elsewhere", 15 * MINUTE) < 6
        and at("retention_knot", 15 * MINUTE) - at("retention_sham_knot", 15 * MINUTE) > 7
    ),
    "One needle of four stands beside the knot.": lambda: (
        Mix().needles == 4 and maras_chart().places[0] == maras_chart().knot.region
    ),
    "Then set the expectation to 0 and read it again.": lambda: (
        at("retention_sham_reach", 15 * MINUTE, expectancy=0.0) == 0
    ),
    "Gone, while the shoulder itself is still sore": lambda: (
        pair().release.course.knot.notes["soreness_peak"] > 0 and at("release_knot", HOUR) < 20
    ),
    "heart rate variability has risen from 35 to 47 ms": lambda: (
        abs(BOTH_WAYS.observables["retention_rmssd"].before(pair()) - 35) < 0.1
        and abs(at("retention_rmssd", 29 * MINUTE) - 47) < 0.5
    ),
    "Ask a day later, and a part is given back.": lambda: (
        mixed(sensitisation=3.0, passes=12, minutes=0).at(mixed(sensitisation=3.0, passes=12, minutes=0).yours, DAY)
        > 10
    ),
    "Choose fewer passes and compare.": lambda: (
        np.interp(0.5 * HOUR, mixed().time, mixed(sensitisation=3.0, passes=2, minutes=0).yours)
        > np.interp(0.5 * HOUR, mixed().time, mixed(sensitisation=3.0, passes=12, minutes=0).yours) + 2
    ),
}


def entries(phrase):
    """The entries of the sorting question that say so, and every statement about them."""
    item = banks()["07"].items["twelve-effects"]
    found = [entry for entry in item.left if phrase in f"{entry.text} {entry.feedback}"]
    return found, [told for entry in found for statements_ in entry.truth.values() for told in statements_]


def sorted_at(phrase, when):
    found, told = entries(phrase)
    return found and all(one.at == when for one in told)


ITSELF = "both ways are run, each without the other, and set it themselves"
STATEMENTS = (
    statements.side_by_side_statements,
    Mix,
    {"retention": ITSELF, "release": ITSELF, "release_after": ITSELF},
)
