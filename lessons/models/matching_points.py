"""How often points would match by chance: two kinds of points thrown at random onto skin, and a rule for a match.

    matches = 1 - exp(-n u pi r^2 / A)     n points of the other kind on skin of area A, of which a share u is for the
                                           same complaint; they match if they lie within r

What is left out: anatomy. Both kinds of points are really dense where muscles and joints are, so real maps match more
often by chance than this says. It is a floor for what a rule finds, not a re-analysis of any map.

The number of points within r of a place is Poisson distributed if they are thrown at random, so none lies there with
probability exp(-mean).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lessons.simulation import Parameters, parameter

LEARNER = "set by the learner"
SQUARE = 30.0  # cm: the side of the piece of skin that is drawn
RADII = np.linspace(0.0, 8.0, 161)
RADII.flags.writeable = False
SEED = 9
MOST = 90  # points of a kind that a piece of skin can show


@dataclass(frozen=True, kw_only=True)
class Rule(Parameters):
    """What counts as a match, and how many points there are."""

    radius: float = parameter(1.0, 0, 8, "cm", "how far apart still counts as one place", LEARNER, "assumed", step=0.1)
    same_use: float = parameter(
        100.0, 5, 100, "%", "acupuncture points that are used for the same pain", LEARNER, "assumed", step=5
    )
    points: float = parameter(360.0, 100, 1000, "", "acupuncture points on the body", LEARNER, "assumed", step=10)
    skin: float = parameter(18_000.0, 14_000, 22_000, "cm²", "area of the skin", LEARNER, "assumed", step=500)


@dataclass(frozen=True)
class Matches:
    """Per cent that match by chance, at the rule's radius and over all `RADII`; and a piece of skin to look at.

    `there`: (n, 2) places of acupuncture points in cm, `used`: (n,) whether each is for the same pain; `spots`: (m, 2)
    places of trigger points, `matched`: (m,) whether each counts as a match.
    """

    rule: Rule
    share: float
    curve: np.ndarray
    there: np.ndarray
    used: np.ndarray
    spots: np.ndarray
    matched: np.ndarray


def matches(rule: Rule) -> Matches:
    """What chance alone does under a rule."""
    chance = np.random.default_rng(SEED)
    places, spots = chance.uniform(0, SQUARE, (MOST, 2)), chance.uniform(0, SQUARE, (14, 2))
    luck = chance.uniform(0, 1, MOST)
    there = places[: round(rule.points * SQUARE**2 / rule.skin)]
    used = luck[: len(there)] < rule.same_use / 100
    away = np.linalg.norm(spots[:, None] - there[used][None], axis=2).min(axis=1, initial=np.inf)
    share, curve = float(by_chance(rule, rule.radius)), by_chance(rule, RADII)
    return Matches(rule, share, curve, there, used, spots, away <= rule.radius)


def by_chance(rule: Rule, radius):
    """Per cent of trigger points that match, for a radius or an array of them in cm."""
    mean = rule.points * rule.same_use / 100 * np.pi * np.square(radius) / rule.skin
    return 100 * -np.expm1(-mean)
