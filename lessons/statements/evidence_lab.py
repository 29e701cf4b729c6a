"""Page 09: what pooling gives, what two accounts expect of an experiment, and how often random points match."""

from __future__ import annotations

from lessons.models.experiment import Design, carry_out
from lessons.models.matching_points import Rule, by_chance
from lessons.models.synthesis import COMPARATORS, Asked, Synthesis, ask
from lessons.published_effects import published_effects
from lessons.statements.shared import Statement

SHAM = list(COMPARATORS).index("sham of any kind")
NONE = float("nan")


def synthesis_statements(parameters: Asked | None = None) -> list[Statement]:
    """The pooled lead as asked and against sham, with what answers the question and where patients notice."""
    asked = parameters or Asked()
    found, sham = (ask(one, published_effects()) for one in (asked, asked.changed(comparator=SHAM)))
    return [
        *_pooled("against nothing or usual care", found),
        *_pooled("against sham", sham),
        Statement("numbers that answer the first question", len(found.rows), 0),
        Statement("numbers that answer the second", len(sham.rows), 0),
        Statement("what patients notice", found.line, 3, "SD"),
        Statement("the first lead on a scale of 10", _lead(found) * asked.spread, 2, "points"),
    ]


def _pooled(words: str, found: Synthesis) -> list[Statement]:
    low, high = found.groups[0].pooled.interval if found.groups else (NONE, NONE)
    return [
        Statement(f"pooled lead {words}", _lead(found), 3, "SD"),
        Statement(f"pooled lead {words}, interval from", low, 3, "SD"),
        Statement(f"pooled lead {words}, interval to", high, 3, "SD"),
    ]


def _lead(found: Synthesis) -> float:
    return found.groups[0].pooled.effect if found.groups else NONE


def experiment_statements(parameters: Design | None = None) -> list[Statement]:
    """What both accounts expect of an experiment, and how far apart they lie."""
    found = carry_out(parameters or Design())
    return [
        Statement("needle on the spot, pain after 10 min, change with the knot", found.knot.change, 2, "points"),
        Statement("needle on the spot, pain after 10 min, change with the rival", found.cord.change, 2, "points"),
        Statement("how far apart they lie", found.separation, 2, "tolerances"),
    ]


def rule_statements(parameters: Rule | None = None) -> list[Statement]:
    """Random points that match, by how far apart still counts."""
    rule = parameters or Rule()
    return [
        Statement(f"random points that match, {words}", float(by_chance(rule, times * rule.radius)), 1, "%")
        for words, times in (("within 1 cm", 1), ("within 3 cm", 3), ("within 5 cm", 5))
    ]


def evidence_lab() -> str:
    """Page 09, printed."""
    return "\n".join(map(str, [*synthesis_statements(), *experiment_statements(), *rule_statements()]))
