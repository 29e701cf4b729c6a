"""What page 03 prints."""

from __future__ import annotations

from lessons.models.trigger_point import TriggerPoint, simulate
from lessons.statements.shared import DAY, HOUR, MINUTE, TIMES, Statement, at


def release_statements(parameters: TriggerPoint | None = None) -> list[Statement]:
    """Page 03: six twitches a millimetre beside the spot, a thumb, and the same with a rival of rest."""
    p = parameters or TriggerPoint()
    lines = []
    needle = simulate(p.changed(miss=1.0, passes=6, strength=0.9), TIMES)
    for seconds, names in (
        (MINUTE, ("stiffness", "oxygen", "endplate_noise", "pain", "referred_pain")),
        (2 * MINUTE, ("stiffness",)),
        (3 * MINUTE, ("pain", "range_of_motion")),
        (10 * MINUTE, ("pain", "tenderness", "soreness")),
        (HOUR, ("tenderness", "soreness", "blood_flow")),
        (6 * HOUR, ("tenderness",)),
        (DAY, ("tenderness", "soreness")),
    ):
        lines += [at("six twitches", name, needle, seconds) for name in names]
    one = simulate(p.changed(miss=0.5, passes=1), TIMES)
    lines += [at("one twitch", name, one, 30.0) for name in ("phosphocreatine", "oxygen", "soreness")]
    thumb = simulate(p.changed(passes=0, pressure=230.0, pressure_seconds=60.0), TIMES)
    lines += [
        at("a thumb of 230 kPa for 60 s", name, thumb, s)
        for s in (30.0, 3 * MINUTE, 10 * MINUTE)
        for name in ("stiffness", "oxygen", "pain")
    ]
    return lines


def release() -> str:
    """Page 03, printed."""
    return "\n".join(map(str, release_statements()))
