"""What page 09 prints of points that match by chance."""

from __future__ import annotations

from lessons import statements
from lessons.models.matching_points import Rule

STATEMENTS = statements.rule_statements, Rule, {}
