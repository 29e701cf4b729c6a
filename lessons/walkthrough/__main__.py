"""python -m lessons.walkthrough: the lessons as pages, without code, part by part."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Check the installation, then start the server; when it cannot start, say why and leave with code 1."""
    from lessons.lab.install import problems
    from lessons.pages import page_files, read_front

    parser = argparse.ArgumentParser(
        prog="python -m lessons.walkthrough", description="Walk a class through the lessons: no code, part by part."
    )
    parser.add_argument(
        "lesson", nargs="?", help="number or name of a lesson to open, such as 03; else the list of all"
    )
    parser.add_argument("--port", type=int, default=8866, help="first port to try (8866)")
    parser.add_argument("--no-browser", action="store_true", help="print the address instead of opening it")
    parser.add_argument("--open-web", action="store_true", help="serve visitors, each with a record of their own")
    parser.add_argument("--ip", default="127.0.0.1", help="with --open-web: the address to listen on (127.0.0.1)")
    parser.add_argument("--base-url", default="/", help="with --open-web: the path under which the course lies (/)")
    parser.add_argument("--at-most", type=int, default=40, help="with --open-web: pages that may be open at once (40)")
    parser.add_argument(
        "--minutes", type=int, default=20, help="with --open-web: an unused page stops after these (20)"
    )
    chosen = parser.parse_args(arguments)
    wrong = problems()
    if wrong:
        sys.exit("The walkthrough cannot start yet:\n- " + "\n- ".join(wrong))
    lesson = ""
    if chosen.lesson:
        names = [path.stem for path in page_files() if read_front(path).readers == "learners"]
        lesson = next((name for name in names if chosen.lesson in (name, name[:2], name[3:])), "")
        if not lesson:
            sys.exit(f"There is no lesson '{chosen.lesson}'; there are {', '.join(names)}.")
    if not chosen.open_web and (chosen.ip, chosen.base_url) != ("127.0.0.1", "/"):
        sys.exit("--ip and --base-url are for visitors who each have a record of their own; add --open-web.")
    from lessons.walkthrough.server import OpenWeb, start

    visitors = OpenWeb(chosen.ip, chosen.base_url, chosen.at_most, chosen.minutes) if chosen.open_web else None
    start(lesson, chosen.port, not chosen.no_browser, visitors)


if __name__ == "__main__":
    main()
