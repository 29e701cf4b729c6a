"""What page 10 says, asked of the surveys, the cases and the findings."""

from __future__ import annotations

from lessons import benches
from lessons.data import surveys


def ten_serious_events():
    """One of the two surveys of needling saw about ten, the other none."""
    many, few = (surveys()[name].serious.in_ten_thousand for name in ("many-therapists", "few-therapists"))
    return round(many) == 10 and few == 0


EXPLORERS = {"ten_thousand_treatments": benches.ten_thousand_treatments}
KEYS = {("serious-in-ten-thousand", "ten"): ten_serious_events}
