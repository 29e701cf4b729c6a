"""python -m lessons.teaching handouts FOLDER: writes the printed pages of the lessons."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from lessons.data import DataError
from lessons.teaching.handouts import write


def main(arguments: Sequence[str] | None = None) -> int:
    """Write handouts. Gives 0 when all of them are written."""
    parser = argparse.ArgumentParser(prog="python -m lessons.teaching", description="What a class is given on paper.")
    parser.add_argument("what", choices=["handouts"])
    parser.add_argument("folder", type=Path, help="where to put them")
    parser.add_argument("pages", nargs="*", metavar="NN", help="numbers of pages; without any, all")
    chosen = parser.parse_args(arguments)
    try:
        paths = write(chosen.folder.expanduser(), chosen.pages)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{chosen.folder} cannot be written ({error.strerror}); name another folder.", file=sys.stderr)
        return 1
    print(f"{len(paths)} handouts in {chosen.folder}, one sheet of A4 each.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
