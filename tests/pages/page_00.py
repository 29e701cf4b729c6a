"""What page 00 says, asked of the model and of the findings."""

from __future__ import annotations

from lessons import benches
from lessons.models.trigger_point import TriggerPoint
from lessons.models.trigger_point_protocols import is_released

EXPLORERS = {
    "first_touch": benches.first_touch,
}
PROSE = {
    "A smaller number of passes is a different story. Try two, then one.": lambda: (
        is_released(TriggerPoint(passes=2)) and not is_released(TriggerPoint(passes=1))
    ),
}
