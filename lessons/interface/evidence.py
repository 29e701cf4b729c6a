"""Evidence at the claim: two words, direction and strength, that open the numbers for and against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import anywidget
import traitlets

from lessons.interface.chart import source
from lessons.interface.reruns import replace_earlier


class EvidenceChips(anywidget.AnyWidget):
    """Chips for some claims.

    `claims`: id -> entry with `text`; `evidence`: id -> entry with direction, strength_words, sentence, supporting,
    opposing and sources. The letter of the strength never stands alone: an "A" on a null result is no recommendation.
    """

    _esm = source("quick.js", "chart.js", "findings.js", "evidence.js")
    _css = source("course.css")
    chips = traitlets.List().tag(sync=True)

    def __init__(self, ids: Sequence[str], claims: Mapping[str, Any], evidence: Mapping[str, Any]):
        super().__init__(chips=[chip(claims[i], evidence[i]) for i in ids])
        replace_earlier(self, " ".join(ids))


def chip(claim: Any, weighed: Any) -> dict:
    """What a page shows of one claim: directions and strength in words, and the findings on both sides."""
    return {
        "claim": claim.text,
        "direction": weighed.direction,
        "strength": weighed.strength_words,
        "sentence": weighed.sentence,
        "supporting": [_finding(f, weighed) for f in weighed.supporting],
        "opposing": [_finding(f, weighed) for f in weighed.opposing],
    }


def _finding(finding: Any, weighed: Any) -> dict:
    source = next(s for s in weighed.sources if s.key == finding.source)
    number = " ".join(part for part in (finding.number, f"({finding.interval})" if finding.interval else "") if part)
    return {
        "says": finding.says,
        "number": number,
        "who": finding.n if finding.species in ("review", "model") else f"{finding.n}; {finding.species}",
        "source": source.short + (f", doi {source.doi}" if source.doi else ""),
        "caution": finding.caution,
    }
