"""Page 09: published numbers side by side, an experiment between two accounts, points on a map, and all claims."""

from __future__ import annotations

from collections.abc import Mapping

from ipywidgets import VBox

from lessons.benches.own_trial import how_many_people, own_trial
from lessons.data import claims, evidence, findings
from lessons.figures.experiment import NAMES, WORDS, experiment, title
from lessons.figures.forest import forest
from lessons.figures.point_or_acupoint import point_or_acupoint
from lessons.interface.claims_table import ClaimsTable
from lessons.interface.experiment import Experiment, Report
from lessons.interface.explorer import Challenge, Explorer
from lessons.interface.prediction import Prediction
from lessons.interface.tabs import Task, tabbed
from lessons.models.experiment import ACCOUNTS, CLEARLY, DONE, READINGS, TIMES, Design, Outcome, carry_out
from lessons.models.matching_points import Matches, Rule, matches
from lessons.models.synthesis import COMPARATORS, TREATMENTS, Asked, Synthesis, ask
from lessons.published_effects import published_effects

NOTHING, SHAM, _, _, OTHER, *_ = range(len(COMPARATORS))
SPOTS = list(TREATMENTS).index("trigger points needled")
# Finding -> name in the picture, and the per cent that it tells (the middle, where it tells two).
COMPARED = {
    "points-match-often": ("first paper", 71.0),
    "points-match-seldom": ("second paper", 18.5),
    "points-match-nearly-always": ("third paper", 95.0),
}
NEAR = 1.5  # per cent: as often as in a paper


def the_lab(after: Prediction | None = None) -> VBox:
    """All tasks of the page, one a tab."""
    return tabbed(
        "Tasks of the evidence lab",
        [
            Task(
                "What trials found",
                "Each line is a published number with its interval. Filled ones are pooled. Change one at a time.",
                what_trials_found(after),
            ),
            Task(
                "Your own trial",
                "Run a trial between two arms of virtual people. Then show what was published, on the same axis.",
                own_trial(),
            ),
            Task(
                "How many people?",
                "The same trial, a thousand times over at every size. How many of them find what there is to find?",
                how_many_people(),
            ),
            Task(
                "Two accounts",
                "The knot, or a sensitised cord? Design an experiment that could tell. Say first what each expects.",
                knot_or_cord(),
            ),
            Task(
                "Point or acupoint",
                "Here both kinds of points are thrown onto skin at random. Move the rule for what counts as a match.",
                points(),
            ),
            Task(
                "All claims",
                "All that the paper claims, with direction and strength of the evidence. Open a line for its numbers.",
                all_claims(),
            ),
        ],
    )


# ---- what trials found ----


def published(asked: Asked) -> Synthesis:
    """What was published, asked so."""
    return ask(asked, published_effects())


def what_trials_found(after: Prediction | None = None) -> Explorer:
    """The forest plot: published numbers by comparator, time, risk of bias and treatment."""
    return Explorer(
        Asked(),
        published,
        forest,
        ["noticed", "comparator", "follow_up", "risk_of_bias", "treatment"],
        folded=["spread", "way"],
        presets={
            "Does it help, against nothing?": {"comparator": NOTHING},
            "Is it the needle, against sham?": {"comparator": SHAM},
            "A spot needled, or something else done": {"comparator": OTHER, "treatment": SPOTS},
        },
        challenges=[
            Challenge("Change only the comparator, until the answer falls from 0.5 to 0.2 SD.", _comparator_alone),
            Challenge("Against nothing, move the line until the whole pooled interval lies on one side.", _one_side),
            Challenge("Find two or more numbers that are all about the first week.", _first_week),
        ],
        unavailable=_idle,
        after=after,
        name="forest",
    )


def _comparator_alone(found: Synthesis) -> bool:
    return found.asked == Asked(comparator=SHAM)


def _one_side(found: Synthesis) -> bool:
    if found.asked.comparator != NOTHING or not found.groups:
        return False
    low, high = found.groups[0].pooled.interval
    return not low <= found.line <= high


def _first_week(found: Synthesis) -> bool:
    return len(found.rows) > 1 and all(row.published.follow_up == "at once" for row in found.rows)


def _idle(asked: Asked) -> dict[str, str]:
    return {} if published(asked).groups else {"way": "Does nothing where nothing is pooled."}


# ---- two accounts ----


def knot_or_cord() -> Experiment:
    """An experiment to design between the knot and its rival."""
    return Experiment(
        Design(),
        carry_out,
        experiment,
        {which: f"With {NAMES[which]}, the reading ..." for which in ACCOUNTS},
        judged,
        ["done", "read", "after", "the knot", "the rival", "apart (tolerances)", "foreseen"],
        tasks=[
            Challenge("An experiment that separates the two clearly.", lambda found: found.separation >= CLEARLY),
            Challenge("One in which both expect a change, and in the same direction.", _both_change),
            Challenge("One in which the rival alone expects a change.", _rival_alone),
        ],
        name="knot-or-cord",
    )


def judged(found: Outcome, said: Mapping[str, str]) -> Report:
    """What a run is told: how many expectations came true, and whether the experiment tells the accounts apart."""
    expected = {which: getattr(found, which).direction for which in ACCOUNTS}
    right = sum(said[which] == expected[which] for which in ACCOUNTS)
    wrong = [
        f"With {NAMES[which]} it {WORDS[expected[which]]}, not {WORDS[said[which]]}."
        for which in ACCOUNTS
        if said[which] != expected[which]
    ]
    head = "You foresaw both." if right == len(ACCOUNTS) else f"You foresaw {('neither', 'one of two')[right]}."
    line = (
        list(DONE)[found.design.done],
        list(READINGS)[found.design.reading],
        list(TIMES)[found.design.when],
        WORDS[expected["knot"]],
        WORDS[expected["cord"]],
        f"{found.separation:.1f}",
        f"{right} of {len(ACCOUNTS)}",
    )
    return Report(" ".join([head, *wrong, f"{title(found)}."]), line)


def _both_change(found: Outcome) -> bool:
    return found.knot.direction == found.cord.direction != "same"


def _rival_alone(found: Outcome) -> bool:
    return found.knot.direction == "same" != found.cord.direction


# ---- points ----


def compared() -> list[tuple[str, float]]:
    """The comparisons made in books: name, and per cent that matched."""
    known = findings()
    return [(name, share) for finding, (name, share) in COMPARED.items() if finding in known]


def points() -> Explorer:
    """How often two kinds of points match by chance alone, by the rule for a match."""
    return Explorer(
        Rule(),
        matches,
        lambda found: point_or_acupoint(found, compared()),
        ["radius", "same_use", "points"],
        folded=["skin"],
        challenges=[
            Challenge(
                f"Find a rule by which chance alone matches as often as the {name} ({share:g} %).", as_often_as(share)
            )
            for name, share in compared()
        ],
        name="point-or-acupoint",
    )


def as_often_as(share: float):
    def met(found: Matches) -> bool:
        return abs(found.share - share) <= NEAR

    return met


# ---- all claims ----


def all_claims() -> ClaimsTable:
    """Every claim of the paper, with what was found for and against it."""
    return ClaimsTable(claims(), evidence(), "This claim has not been weighed in the course yet.")
