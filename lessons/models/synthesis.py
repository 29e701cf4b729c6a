"""A question put to published numbers: which of them answer it, what the poolable ones give, where patients notice.

What is asked decides what is read. The same trials answer "does it help, against nothing?" and "is it the needle,
against sham?", so the comparator is never mixed. Numbers are pooled only within a pool, whose members are known to
share no trials; all others are shown beside them. No number is stored here: all of them are handed in.

    effect in SD = effect in points / spread        what patients notice, in SD = noticed points / spread

What is left out: publication bias, the certainty of the evidence, and whoever is not like the patients in the trials.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from lessons.models.pooling import Pooled, common_effect, random_effects, standard_error
from lessons.simulation import Parameters, parameter

LEARNER = "set by the learner"
SHAMS = ("sham of any kind", "penetrating sham", "other sham")
# Choice -> comparators of published numbers, and how a sentence names it.
COMPARATORS = {
    "nothing or usual care": (("nothing or usual care",), "nothing or usual care"),
    "sham of any kind": (SHAMS, "sham"),
    "only sham that goes in": (SHAMS[1:2], "sham that goes in"),
    "only other sham": (SHAMS[2:], "other sham"),
    "another treatment": (("another treatment",), "another treatment"),
    "added to other care": (("added to other care",), "other care alone"),
    "mixed": (("mixed comparators",), "mixed comparators"),
}
TIMES = {"any": None, "first week": "at once", "up to 12 weeks": "weeks", "later": "months"}
BIAS = {"any, or not told": None, "low or some": ("low", "some"), "only low": ("low",)}
TREATMENTS = {
    "all": None,
    "retained needles": ("retained needles", "sham needles"),
    "trigger points needled": ("trigger point needling",),
    "pressure": ("pressure",),
}
WAYS = ("effects differ (random)", "one common effect")


@dataclass(frozen=True, kw_only=True)
class Asked(Parameters):
    """What is asked of the published numbers."""

    noticed: float = parameter(1.0, 0, 1.5, "of 10", "what patients notice", LEARNER, "assumed", step=0.05)
    comparator: int = parameter(0, 0, 6, "", "compared with", LEARNER, "assumed", choices=tuple(COMPARATORS))
    follow_up: int = parameter(0, 0, 3, "", "when", LEARNER, "assumed", choices=tuple(TIMES))
    risk_of_bias: int = parameter(0, 0, 2, "", "risk of bias", LEARNER, "assumed", choices=tuple(BIAS))
    treatment: int = parameter(0, 0, 3, "", "treatment", LEARNER, "assumed", choices=tuple(TREATMENTS))
    spread: float = parameter(
        2.2, 1.5, 3, "points of 10", "usual spread (1 SD) of pain between patients",
        "Haake 2007, three groups at six months", "checked", step=0.05,
    )  # fmt: skip
    way: int = parameter(0, 0, 1, "", "pooled as if", LEARNER, "assumed", choices=WAYS)


class Shown(NamedTuple):
    """A published number that answers the question, in SD (None without a size). `weight`: its share of a pool."""

    published: Any
    effect: float | None
    low: float | None
    high: float | None
    weight: float = 0.0


class Group(NamedTuple):
    """What a pool gives, in SD: its name, why it may be pooled, and its members."""

    name: str
    why: str
    pooled: Pooled
    members: tuple[Shown, ...]


@dataclass(frozen=True)
class Synthesis:
    """The answer to a question. `apart`: numbers that stand beside the pools."""

    asked: Asked
    groups: tuple[Group, ...]
    apart: tuple[Shown, ...]

    @property
    def against(self) -> str:
        """The comparator, as a sentence names it."""
        return list(COMPARATORS.values())[self.asked.comparator][1]

    @property
    def line(self) -> float:
        """What patients notice, in SD."""
        return self.asked.noticed / self.asked.spread

    @property
    def rows(self) -> tuple[Shown, ...]:
        return (*(one for group in self.groups for one in group.members), *self.apart)


def ask(asked: Asked, published: Any) -> Synthesis:
    """Which numbers answer the question, pooled where they may be.

    `published`: what lessons.published_effects reads, with `effects` (id -> object with treatment, against, follow_up,
    risk_of_bias, effect, low, high, unit and pool) and `pools` (id -> object with id, name and why).
    """
    rows = [_in_sd(one, asked.spread) for one in published.effects.values() if _answers(one, asked)]
    groups, together = [], []
    for pool in published.pools.values():
        members = [row for row in rows if row.published.pool == pool.id]
        if len(members) > 1:
            groups.append(_pooled(pool, members, asked))
            together += members
    return Synthesis(asked, tuple(groups), tuple(row for row in rows if row not in together))


def _answers(one: Any, asked: Asked) -> bool:
    comparators, _ = list(COMPARATORS.values())[asked.comparator]
    time, bias = list(TIMES.values())[asked.follow_up], list(BIAS.values())[asked.risk_of_bias]
    treatments = list(TREATMENTS.values())[asked.treatment]
    return (
        one.against in comparators
        and (time is None or one.follow_up == time)
        and (bias is None or one.risk_of_bias in bias)
        and (treatments is None or one.treatment in treatments)
    )


def _in_sd(one: Any, spread: float) -> Shown:
    scale = {"SD": 1.0, "points of 10": 1 / spread}.get(one.unit)
    if scale is None:
        return Shown(one, None, None, None)
    return Shown(one, one.effect * scale, one.low * scale, one.high * scale)


def _pooled(pool: Any, members: list[Shown], asked: Asked) -> Group:
    together = common_effect if WAYS[asked.way] == "one common effect" else random_effects
    found = together([m.effect for m in members], [standard_error(m.low, m.high) for m in members])
    weighed = tuple(m._replace(weight=float(w)) for m, w in zip(members, found.weights, strict=True))
    return Group(pool.name, pool.why, found, weighed)
