"""What page 06 prints of one visit: heart, cortisol, tone and anxiety of the model that pages 04 and 05 share."""

from __future__ import annotations

from lessons import statements
from lessons.models.neuromodulation import Neuromodulation

STATEMENTS = statements.visit_statements, Neuromodulation, {}
