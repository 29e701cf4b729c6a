"""Page 08: the parts of an improvement in three worlds, what trials find, belief, and a clinic that treats nobody."""

from __future__ import annotations

from lessons.models.three_arms import Found, ThreeArms, three_arms
from lessons.models.trial_readings import OBSERVABLES
from lessons.statements.shared import Statement

WHOLE = ("regression", "natural_course", "context", "needle", "improved_untreated", "improved_sham", "improved_real")
BETTER = ("better_untreated", "better_sham", "better_real")
TRIAL = ("trial_sham", "trial_sham_from", "trial_sham_to", "trial_real", "trial_real_from", "trial_real_to")
BELIEF = ("believing", "being_needled")
CLINIC = ("on_the_day", "weeks_later", "by_itself")
DECIMALS = {"points": 2, "%": 1}
LARGE = 500


def context_statements(parameters: ThreeArms | None = None) -> list[Statement]:
    """Numbers of the world as it opens; of two others; of a release, a large trial, belief, and a bad day."""
    p = parameters or ThreeArms()
    told = ("told_sham", "told_real")
    lines = _of("as the page opens", three_arms(p), (*WHOLE, *BETTER, *TRIAL, *told))
    for words, changes, names in (
        ("placebo does nothing", {"expectancy": 0.0, "sham": 2}, ("context", "told_real")),
        ("it is all placebo", {"needle_effect": 0.0, "blinding": 1.0}, ("context", "needle", "told_sham")),
        ("everybody is taken", {"enrolled_from": 0.0}, ("improved_untreated", "natural_course", "needle")),
        ("a release of one knot", {"real": 1, "local_share": 0.7, "weeks": 4}, ("natural_course", "context", "needle")),
        (f"{LARGE} in each arm", {"per_arm": LARGE}, told),
        ("who doubts hopes for nothing", {"expectancy": 0.8, "blinding": 0.5, "blinding_leak": 1.0}, BELIEF),
        ("they came on a bad day", {"enrolled_from": 6.0}, CLINIC),
    ):
        lines += _of(words, three_arms(p.changed(**changes)), names)
    return lines


def _of(words: str, found: Found, names: tuple[str, ...]) -> list[Statement]:
    read = (OBSERVABLES[name] for name in names)
    return [Statement(f"{words}, {o.label}", o.at(found, 0.0), DECIMALS[o.unit], o.unit) for o in read]


def context() -> str:
    """Page 08, printed."""
    return "\n".join(map(str, context_statements()))
