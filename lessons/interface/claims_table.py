"""All claims in one table: which way the evidence points and how strong it is; a line opens its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import anywidget
import traitlets

from lessons.interface.chart import source
from lessons.interface.evidence import chip
from lessons.interface.reruns import replace_earlier

UNWEIGHED = "not weighed"


class ClaimsTable(anywidget.AnyWidget):
    """`claims`: id -> entry with `text`; `evidence`: id -> entry as for EvidenceChips. Claims without are said to be.

    Two lists narrow the table by direction and by strength. Each line is a button that opens what was found, with
    source, number of people and caution, in a row of its own below.
    """

    _esm = source("quick.js", "chart.js", "findings.js", "claims_table.js")
    _css = source("course.css")
    rows = traitlets.List().tag(sync=True)
    directions = traitlets.List().tag(sync=True)
    strengths = traitlets.List().tag(sync=True)

    def __init__(self, claims: Mapping[str, Any], evidence: Mapping[str, Any], waiting: str = ""):
        rows = [_row(name, claim, evidence.get(name), waiting) for name, claim in claims.items()]
        super().__init__(
            rows=rows,
            directions=list(dict.fromkeys(row["direction"] for row in rows)),
            strengths=list(dict.fromkeys(row["strength"] for row in rows if row["strength"])),
        )
        replace_earlier(self, "claims")


def _row(name: str, claim: Any, weighed: Any, waiting: str) -> dict:
    if weighed is None:
        unweighed = {"claim": claim.text, "direction": UNWEIGHED, "strength": "", "sentence": waiting}
        return {"id": name, **unweighed, "supporting": [], "opposing": []}
    return {"id": name, **chip(claim, weighed)}
