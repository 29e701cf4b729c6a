"""What was wrong with an answer, part by part: the distractors that were chosen, and the beliefs that tempt to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from lessons.grading.items import Choice, Item, Many, Match, Numeric, Prediction, TwoTier
from lessons.grading.verdict import Verdict


class Part(NamedTuple):
    """A distractor, an entry in a wrong place, a goal that was missed. `belief`: id, or the tag of a slip, or ""."""

    what: str
    belief: str = ""


def wrong_parts(item: Item, raw: Any, verdict: Verdict) -> tuple[Part, ...]:
    """The wrong parts of an answer that was marked and is not right."""
    return tuple(_parts(item, raw, verdict))


def _parts(item: Item, raw: Any, verdict: Verdict) -> Iterator[Part]:
    wrong = [mark for mark in verdict.entries if not mark.right]
    if isinstance(item, Choice):
        yield Part(raw, _beliefs(item.options)[raw])
    elif isinstance(item, Numeric):
        yield from [Part(tag, tag) for tag in verdict.tags] or [Part("another number")]
    elif isinstance(item, Many):
        yield from (Part(mark.entry, _beliefs(item.options)[mark.entry]) for mark in wrong)
        yield from (Part(f"without {name}") for name in sorted(item.right - set(raw)))
    elif isinstance(item, TwoTier):
        tiers = {"answer": _beliefs(item.options), "because": _beliefs(item.because)}
        yield from (Part(f"{mark.entry}: {mark.place}", tiers[mark.entry][mark.place]) for mark in wrong)
    elif isinstance(item, Match):
        yield from (Part(f"{mark.entry} to {mark.place}", _beliefs(item.left)[mark.entry]) for mark in wrong)
    elif isinstance(item, Prediction):
        rows = _beliefs(item.rows)
        yield from (Part(f"{mark.entry}: {mark.place or 'left out'}", rows[mark.entry.split("/")[0]]) for mark in wrong)
    else:
        yield from [Part(mark.entry, item.misconception) for mark in wrong] or [
            Part("another order", item.misconception)
        ]


def _beliefs(parts: Any) -> dict[str, str]:
    return {part.id: part.misconception for part in parts}
