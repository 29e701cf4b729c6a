"""Collects and grades what a class handed in: one result for each file, marks made anew, and what the class believes.

    from lessons import classroom
    classroom.grade("folder of exports")        # prints a summary, and writes tables into a new folder beside it

or `python -m lessons.classroom FOLDER`. Nothing leaves this computer, and nothing that was handed in is run.
"""

from lessons.classroom.graded import Graded, grade
from lessons.classroom.results import ClassroomError, Result

__all__ = ["ClassroomError", "Graded", "Result", "grade"]
