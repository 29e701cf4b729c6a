"""What to do after a first vote, by how many were right.

The two limits are those of the flow chart in a review of research on teaching with votes (Vickrey and others 2015, CBE
Life Sciences Education 14, es3, doi 10.1187/cbe.14-11-0198; read in a summary of it). They are a guide and no measured
border, so each teacher sets them.
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
