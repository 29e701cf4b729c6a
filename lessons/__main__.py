"""python -m lessons: opens the course in the browser. Works, down to its first line, on Pythons that are too old."""

import sys

if sys.version_info[:2] < (3, 11):  # noqa: UP036 (that is the point)
    sys.exit("This Python is too old; the course needs 3.11, 3.12 or 3.13, which you get at python.org/downloads.")


def main():
    """Check the installation, then start JupyterLab; when it cannot start, say why and leave with code 1."""
    import argparse
    from pathlib import Path

    from lessons.lab.install import problems

    parser = argparse.ArgumentParser(prog="python -m lessons", description="Open the course in the browser.")
    parser.add_argument("--port", type=int, default=8888, help="first port to try (8888)")
    parser.add_argument("--no-browser", action="store_true", help="print the address instead of opening it")
    parser.add_argument("--notebooks", type=Path, help="open a copy of the folder notebooks, to try things in")
    chosen = parser.parse_args()
    wrong = problems()
    if wrong:
        sys.exit("The course cannot start yet:\n- " + "\n- ".join(wrong))
    from lessons.lab.server import start

    start(chosen.port, not chosen.no_browser, *([chosen.notebooks] if chosen.notebooks else []))


if __name__ == "__main__":
    main()
