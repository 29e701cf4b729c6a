"""What page 00 says, asked of the model and of the findings."""

from __future__ import annotations

from lessons import benches
from lessons.benches.side_by_side import run
from lessons.figures.two_bodies import Begun
from lessons.interface.explorer import Explorer
from lessons.models.side_by_side import Mix
from lessons.models.trigger_point import TriggerPoint
from lessons.models.trigger_point_protocols import is_released

EXPLORERS = {
    "first_touch": benches.first_touch,
    "both_bodies": benches.both_bodies,
    "both_bodies_begun": lambda: _begun(release_begun=1, retention_begun=1),
}
PROSE = {
    "A smaller number of passes is a different story. Try two, then one.": lambda: (
        is_released(TriggerPoint(passes=2)) and not is_released(TriggerPoint(passes=1))
    ),
    "on the right needles stay for half an hour": lambda: Mix().minutes == 30,
    "sham of the needles, with nothing but belief and rest, reaches as far": lambda: (
        _reach("retention") == 1 and _reach("retention_sham") == 1
    ),
    "That one way acts everywhere and the other in one place": lambda: _reach("release") < 0.1,
}


def _begun(**buttons: int) -> Explorer:
    bodies = benches.both_bodies()
    bodies.set(**buttons)
    return bodies


def _reach(way: str) -> float:
    """Share of the regions that one of the four ways reaches when the two bodies open."""
    found = getattr(run(Mix()).pair, way)
    return float(found.at(found.reach, Begun().clock))
