"""What page 09 says, asked of the published numbers and of what pooling makes of them."""

from __future__ import annotations

from lessons import statements
from lessons.benches import evidence_lab as bench
from lessons.data import findings
from lessons.models.matching_points import Rule, by_chance
from lessons.models.synthesis import Asked
from lessons.published_effects import published_effects


def lead(comparator):
    (group,) = bench.published(Asked(comparator=comparator)).groups
    return group.pooled.effect


def a_good_third():
    return 0.3 < lead(bench.SHAM) / lead(bench.NOTHING) < 0.45


def one_collection():
    """All that is pooled comes from one review, in which each number is about another complaint."""
    pooled = [effect for effect in published_effects().effects.values() if effect.pool]
    complaints = [effect.condition for effect in pooled if effect.against == "nothing or usual care"]
    return {effect.source for effect in pooled} == {"vickers-2012"} and len(set(complaints)) == len(complaints) == 3


def numbers_of(finding):
    return findings()[finding].number


EXPLORERS = {
    "what_trials_found": bench.what_trials_found,
    "points": bench.points,
}
PROSE = {
    "needles lead by half a standard deviation, and against sham by a fifth": lambda: (
        round(lead(bench.NOTHING), 1) == 0.5 and round(lead(bench.SHAM), 1) == 0.2
    ),
    "Both come from one collection of trials.": one_collection,
    "Other reviews count many of these trials again.": lambda: any(
        "counts the same trials again" in effect.apart for effect in published_effects().effects.values()
    ),
    "With a wide rule even random points match.": lambda: by_chance(Rule(), 1.0) < 10 and by_chance(Rule(), 6.0) > 85,
    "Below it stand points on a scale of 10.": lambda: (
        {effect.unit for effect in published_effects().effects.values() if effect.unit.startswith("points")}
        == {"points of 10"}
    ),
}
CITED = {
    "Vickers and colleagues read the fifth as real": "fifth-of-a-deviation-over-sham",
    "Madsen and colleagues could not tell such a fifth from bias.": "not-told-from-bias",
    "Colquhoun and Novella call it too small to matter.": "too-small-to-matter",
    "People who call themselves slightly better report one point less pain.": "one-point-is-slightly-better",
    "In one person even four points may be noise.": "change-beyond-noise",
    "A British one of 2016 on low back pain does not recommend acupuncture.": "guideline-against-in-the-back",
    "One of 2021, on lasting pain without a clear cause, says to consider a course.": "guideline-for-primary-pain",
    "Three comparisons of trigger points with acupuncture points found 71 %": "points-match-often",
    "18 to 19 %": "points-match-seldom",
    "likely 95 % or more": "points-match-nearly-always",
}
KEYS = {("needle-beside-sham", "half"): a_good_third}
STATEMENTS = statements.synthesis_statements, Asked, {}
