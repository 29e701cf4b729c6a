"""python -m lessons.classroom: grades what a class handed in."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence

from lessons.classroom import ClassroomError, grade
from lessons.data import DataError


def main(arguments: Sequence[str] | None = None) -> int:
    """Grade a class. Gives 0 when every file has its result, 1 when nothing could be graded."""
    parser = argparse.ArgumentParser(
        prog="python -m lessons.classroom",
        description="Grade the records of a class: exports or whole record folders, in a folder or a zip.",
    )
    parser.add_argument("folder", help="a folder or a zip of what learners handed in")
    parser.add_argument("--names", metavar="ROSTER.CSV", help="names for the gradebook: id, name")
    parser.add_argument("--out", metavar="FOLDER", help="a new folder for the results (else one beside the input)")
    parser.add_argument("--against", metavar="MARKS.JSON", help="an earlier grading, to say which marks have changed")
    chosen = parser.parse_args(arguments)
    sys.stdout.reconfigure(errors="replace")  # an old Windows console has no "é"
    sys.stderr.reconfigure(errors="replace")
    try:
        print(grade(chosen.folder, chosen.names, chosen.out, chosen.against))
    except (ClassroomError, DataError) as error:
        print(error, file=sys.stderr)
        return 1
    gc.freeze()  # a class is a million objects, which Python would look through once more as it ends
    return 0


if __name__ == "__main__":
    sys.exit(main())
