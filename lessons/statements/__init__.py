"""What the pages print of their models: short lines whose digits a relative change of 1e-4 cannot flip.

Every parameter of a model moves at least one of these numbers when it changes by 5 %; tests/test_statements.py shows
it, and lists those that do not, with the reason. There is one module for each page.
"""

from lessons.statements.brain_and_chemistry import chemistry, chemistry_statements
from lessons.statements.context import context, context_statements
from lessons.statements.evidence_lab import (
    evidence_lab,
    experiment_statements,
    rule_statements,
    synthesis_statements,
)
from lessons.statements.release import release, release_statements
from lessons.statements.retention import retention, retention_statements
from lessons.statements.side_by_side import side_by_side_printed, side_by_side_statements
from lessons.statements.signal_to_pain import circuit_statements, signal_to_pain
from lessons.statements.the_knot import knot, knot_statements
from lessons.statements.whole_body import course_statements, visit_statements, whole_body

__all__ = [
    "chemistry",
    "chemistry_statements",
    "circuit_statements",
    "context",
    "context_statements",
    "course_statements",
    "evidence_lab",
    "experiment_statements",
    "knot",
    "knot_statements",
    "release",
    "release_statements",
    "retention",
    "retention_statements",
    "rule_statements",
    "side_by_side_printed",
    "side_by_side_statements",
    "signal_to_pain",
    "synthesis_statements",
    "visit_statements",
    "whole_body",
]
