"""What page 09 prints of the experiment between two accounts."""

from __future__ import annotations

from lessons import statements
from lessons.models.experiment import Design

STATEMENTS = statements.experiment_statements, Design, {}
