"""A trial of one's own beside a published one, and how many people it needs (page 09)."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.figures.own_trial import Published, how_many
from lessons.figures.own_trial import own_trial as a_trial
from lessons.interface.explorer import Challenge, Explorer
from lessons.models.own_trial import COMPARED, Finished, OwnTrial, finish
from lessons.published_effects import published_effects
from lessons.simulation import Parameters, parameter

SHAM, CARE = "needles that stay, sham", "needles that stay, usual care"
# Comparison -> the published number that such a trial found, and its name in the picture. Both are of one trial of low
# back pain after half a year; the trials of releases have no number of this kind at hand.
LIKE_IT = {
    SHAM: ("back-over-sham-at-6-months", "low back, half a year"),
    CARE: ("back-over-care-at-6-months", "low back, half a year"),
}
OPENS = OwnTrial(local_share=0.0, visits=10, weeks=26)


@dataclass(frozen=True, kw_only=True)
class Reveal(Parameters):
    """Whether the published result is shown."""

    revealed: int = parameter(
        0, 0, 1, "", "Show what was published", "set by the learner", "assumed", group="The picture"
    )


def published_trials() -> dict[int, Published]:
    """Number of a comparison -> what a trial of that kind found, in points of 10."""
    known = published_effects().effects
    names = list(COMPARED)
    found = {}
    for comparison, (effect, name) in LIKE_IT.items():
        one = known[effect]
        found[names.index(comparison)] = Published(name, one.citation, one.effect, one.low, one.high)
    return found


def own_trial() -> Explorer:
    """Run a trial of one's own, then set what was published beside it."""
    published = published_trials()
    return Explorer(
        OPENS,
        finish,
        lambda found, view: a_trial(found, view, published),
        ["comparison", "per_arm", "weeks", "expectancy", "seed"],
        folded=["enrolled_from", "visits", "blinding", "usual_care", "local_share", "needle_effect"],
        buttons=["revealed"],
        view=Reveal(),
        presets={
            "As the published trial against sham": {
                "comparison": list(COMPARED).index(SHAM),
                "per_arm": 380,
                "weeks": 26,
                "visits": 10,
            },
            "As the published trial against usual care": {
                "comparison": list(COMPARED).index(CARE),
                "per_arm": 370,
                "weeks": 26,
                "visits": 10,
            },
            "A small trial": {"per_arm": 20},
        },
        challenges=[
            Challenge(
                "Take the needle's effect away (behind More). Which of twenty trials still find one?", _by_chance
            ),
            Challenge("Let it miss a difference that is there.", _missed),
            Challenge(
                "Against usual care: give usual care less context (behind More), until the model agrees with what was "
                "published.",
                _agrees,
            ),
        ],
        name="own-trial",
    )


def how_many_people() -> Explorer:
    """How many people a trial needs to find what there is to find."""
    return Explorer(
        OPENS,
        finish,
        how_many,
        ["comparison", "per_arm", "weeks", "expectancy", "local_share"],
        folded=["enrolled_from", "visits", "blinding", "usual_care", "needle_effect", "seed"],
        challenges=[
            Challenge("Find a comparison that 150 people in each arm are enough for.", _enough),
            Challenge("Find one that 50 are enough for.", _few_enough),
        ],
        name="how-many-people",
    )


def _by_chance(found: Finished) -> bool:
    nothing = found.parameters.needle_effect == 0 and found.parameters.comparison == list(COMPARED).index(SHAM)
    return bool(nothing and (found.own.significant or found.others.significant.any()))


def _missed(found: Finished) -> bool:
    return bool(found.expected > 0.3 and not found.own.significant)


def _agrees(found: Finished) -> bool:
    p, known = found.parameters, published_trials()[list(COMPARED).index(CARE)]
    after_months = p.comparison == list(COMPARED).index(CARE) and p.weeks >= 20
    return bool(after_months and known.low <= found.expected <= known.high)


def _enough(found: Finished) -> bool:
    return bool(found.power.smallest and found.power.smallest <= 150)


def _few_enough(found: Finished) -> bool:
    return bool(found.power.smallest and found.power.smallest <= 50)
