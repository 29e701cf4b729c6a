"""What to do after a first vote, by how many were right.

The two limits are a rule of thumb among those who teach with votes, and no finding: they could not be traced to a
measurement, so each teacher sets them.
"""

from __future__ import annotations

from dataclasses import dataclass

LOW, HIGH = 35, 70  # per cent right
TEACH, DISCUSS, EXPLAIN = "teach", "discuss", "explain"
SAID = {
    TEACH: "Few are right. Teach it once more, then let them vote again.",
    DISCUSS: "Opinions differ. Let them talk to a neighbour who chose otherwise, then vote again.",
    EXPLAIN: "Most are right. Explain it briefly and go on.",
}


@dataclass(frozen=True)
class Bands:
    """`low`, `high`: per cent right, below which to teach and above which to explain. Raises ValueError."""

    low: int = LOW
    high: int = HIGH

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= 100:
            raise ValueError("The lower limit lies between 0 and the upper one, which is 100 at most.")

    def advice(self, right: int, votes: int) -> str:
        """TEACH, DISCUSS or EXPLAIN; "" without a vote."""
        if not votes:
            return ""
        if 100 * right < self.low * votes:
            return TEACH
        return EXPLAIN if 100 * right > self.high * votes else DISCUSS
