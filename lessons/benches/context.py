"""Page 08: what would have happened anyway, what the context does, and what is the needle's own."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lessons.figures import bad_day as untreated
from lessons.figures import belief as groups
from lessons.figures import three_arms as stacks
from lessons.interface.explorer import Challenge, Explorer
from lessons.interface.prediction import Prediction
from lessons.models.bad_day import Clinic
from lessons.models.bad_day import bad_day as run_clinic
from lessons.models.three_arms import REAL, Found, ThreeArms
from lessons.models.three_arms import three_arms as run_arms
from lessons.models.trial_belief import Belief
from lessons.models.trial_belief import belief as read_belief
from lessons.presets import added

NO_NEEDLE = 2  # of the shams
# The world as the course has it, and as two beliefs have it.
WORLDS = {
    "As this course models it": {},
    "Placebo does nothing": {"expectancy": 0.0, "sham": NO_NEEDLE},
    "It is all placebo": {"needle_effect": 0.0, "blinding": 1.0},
}
ONE_KNOT = {"real": 1, "local_share": 0.7, "weeks": 4}
# After a tooth was pulled, say: people expect much, half of them guess sham, and who doubts expects nothing.
ALL_OR_NOTHING = ThreeArms(expectancy=0.8, blinding=0.5, blinding_leak=1.0)
WORST_DAY = ThreeArms(enrolled_from=6.0)
NOBODY_EXPECTS = "Does nothing while nobody expects help."
NOBODY_DOUBTS = "Does nothing while everybody believes."
NOTHING_LOST = "Does nothing while doubt takes nothing away."
NO_EFFECT = "Does nothing while the needle itself does nothing."
EIGHT_OF_TEN = (77.0, 86.0)  # per cent: chance in a thousand trials, and the steps of the slider


def what_would_have_happened(after: Prediction | None = None) -> Explorer:
    """Three arms in parts, one trial that looks for them, and the people."""
    return Explorer(
        ThreeArms(),
        run_arms,
        stacks.three_arms,
        ["needle_effect", "expectancy", "enrolled_from", "per_arm", "seed"],
        folded=[
            "blinding", "blinding_leak", "sham", "real", "local_share", "weeks", "visits", "fluctuation", "trend",
            "rating_noise",
        ],
        accounts=WORLDS,
        presets={
            "As the page opens": _from_the_start(),
            "Everybody is taken, whatever the pain": _from_the_start(enrolled_from=0.0),
            "A release of one knot": _from_the_start(**ONE_KNOT),
            "A large trial": _from_the_start(per_arm=500),
            "A sham without a needle": _from_the_start(sham=NO_NEEDLE),
            **added("what_would_have_happened", ThreeArms.described()),
        },
        challenges=[
            Challenge("Choose whom you take so that the untreated arm is better by 1.5 points.", _as_if_treated),
            Challenge(
                "Bring sham to within 0.15 points of real needles, with half of the needle's effect left or more.",
                _near,
            ),
            Challenge(
                "Find the smallest trial of which eight in ten tell real from sham. With the sham that the page opens "
                "with, 500 in each arm are not enough.",
                _large_enough,
            ),
            Challenge("With 60 in each arm, and by luck alone, find a trial that tells real from sham.", _lucky),
        ],
        unavailable=_idle,
        after=after,
        name="three-arms",
    )  # fmt: skip


def believed_or_doubted() -> Explorer:
    """Real or sham, believed or doubted."""
    return Explorer(
        ALL_OR_NOTHING,
        lambda parameters: read_belief(run_arms(parameters)),
        groups.belief,
        ["expectancy", "blinding_leak", "blinding", "needle_effect"],
        folded=["sham", "real", "local_share", "weeks", "visits"],
        presets={
            "All or nothing": {"expectancy": 0.8, "blinding": 0.5, "blinding_leak": 1.0, "needle_effect": 1.0},
            "Doubt takes half away": {"expectancy": 0.6, "blinding": 0.5, "blinding_leak": 0.5, "needle_effect": 1.0},
            "It is all placebo": {"expectancy": 0.8, "blinding": 0.5, "blinding_leak": 1.0, "needle_effect": 0.0},
        },
        challenges=[
            Challenge("Let what people got count more than what they believe they got.", _given_counts),
            Challenge("Let believing count three times as much as a needle that still does something.", _belief_counts),
        ],
        unavailable=_idle,
        name="belief",
    )


def untreated_clinic() -> Explorer:
    """People who came on a bad day, and whom nobody treated."""
    return Explorer(
        WORST_DAY,
        run_clinic,
        untreated.bad_day,
        ["enrolled_from", "fluctuation", "rating_noise"],
        presets={
            "They came on a very bad day": {"enrolled_from": 7.0, "fluctuation": 1.5, "rating_noise": 0.6},
            "They came on any day": {"enrolled_from": 0.0, "fluctuation": 1.5, "rating_noise": 0.6},
            "Pain that stays as it is": {"enrolled_from": 6.0, "fluctuation": 0.0, "rating_noise": 0.0},
        },
        challenges=[
            Challenge("Let four of ten be better by two points or more, with nothing done.", _four_of_ten),
            Challenge("Take people so that nothing changes on average.", _unchanged),
        ],
        name="untreated-clinic",
    )


def _from_the_start(**changes: float) -> dict[str, float]:
    """Everything but the luck as the page opens, with some of it changed."""
    start = ThreeArms()
    values = {name: getattr(start, name) for name in ThreeArms.described() if name != "seed"}
    return {**values, **changes}


def _idle(p: ThreeArms) -> Mapping[str, str]:
    idle = {}
    if p.needle_effect == 0:
        idle["sham"] = NO_EFFECT
    if p.expectancy == 0:
        return idle | dict.fromkeys(("blinding", "blinding_leak"), NOBODY_EXPECTS)
    if p.blinding == 1:
        idle["blinding_leak"] = NOBODY_DOUBTS
    return idle


def _as_if_treated(found: Found) -> bool:
    """By the choice of people alone."""
    p = found.parameters
    chosen = p.changed(enrolled_from=ThreeArms().enrolled_from, per_arm=ThreeArms().per_arm, seed=ThreeArms().seed)
    return chosen == ThreeArms() and abs(float(found.improved[0]) - 1.5) < 0.05


def _near(found: Found) -> bool:
    return found.parameters.needle_effect >= 0.5 and abs(found.parts[REAL + 1]) < 0.15


def _large_enough(found: Found) -> bool:
    low, high = EIGHT_OF_TEN
    return found.parameters.needle_effect > 0 and low <= found.told_apart(1) <= high


def _lucky(found: Found) -> bool:
    one, p = found.trial[1], found.parameters
    return p.changed(seed=ThreeArms().seed) == ThreeArms() and bool(one.significant and one.difference > 0)


def _given_counts(found: Belief) -> bool:
    return bool(np.isfinite(found.believing) and found.needled > found.believing + 0.1)


def _belief_counts(found: Belief) -> bool:
    return bool(found.needled > 0.05 and found.believing >= 3 * found.needled)


def _four_of_ten(clinic: Clinic) -> bool:
    return clinic.better >= 40


def _unchanged(clinic: Clinic) -> bool:
    p = clinic.parameters
    return p.fluctuation > 0 and abs(clinic.on_the_day - clinic.later) < 0.1
