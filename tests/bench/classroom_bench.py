"""How long 1,000 records take from the folder to the tables: 150 of them damaged, as a class hands them in.

    python tests/bench/classroom_bench.py            sliders at their steps
    python tests/bench/classroom_bench.py --apart    no two settings of sliders alike, each run on its model

The course is read, every answer marked, every table written. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import whole_class  # noqa: E402
from damage import damaged_class  # noqa: E402

LEARNERS, DAMAGED = 1000, 150


def main() -> None:
    parser = argparse.ArgumentParser(description="How long a class of 1,000 takes.")
    parser.add_argument("--apart", action="store_true", help="no two settings of sliders alike")
    if parser.parse_args().apart:
        whole_class.FINER = 1000
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "class"
        damaged_class(folder, LEARNERS, DAMAGED)
        print(f"{LEARNERS} records, {DAMAGED} of them damaged")
        began, used = time.perf_counter(), os.times()
        done = subprocess.run(
            [sys.executable, "-m", "lessons.classroom", str(folder)], capture_output=True, text=True, check=True
        )
        spent, now = time.perf_counter() - began, os.times()
        busy = now.children_user + now.children_system - used.children_user - used.children_system
        print(f"the whole command, start of Python included: {spent:.1f} s, of which the processor worked {busy:.1f} s")
        print(done.stdout)


if __name__ == "__main__":
    main()
