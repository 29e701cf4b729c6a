"""Writes the body chart as SVG, to look at while its points are edited: `python -m lessons.draw_body chart.svg`.

`--muscles` draws the muscles over the regions; `--shade nape-r=3` shades a region.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from lessons import body_data
from lessons.figures.body_chart import body_chart_svg, smallest_regions
from lessons.figures.body_shapes import body_shapes
from lessons.interface.palette import COLOURS
from lessons.strict_yaml import DataError


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m lessons.draw_body", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--height", type=int, default=900, help="pixels")
    parser.add_argument("--hue", default="@release")
    parser.add_argument("--theme", choices=tuple(COLOURS), default="light")
    parser.add_argument("--shade", action="append", default=[], metavar="REGION=STEP")
    parser.add_argument("--muscles", action="store_true")
    given = parser.parse_args(arguments)
    palette = COLOURS[given.theme]

    def colour(name: str) -> tuple[str, float]:
        key, _, opacity = name.removeprefix("@").partition("/")
        return palette[key], float(opacity or 1)

    try:
        shapes = body_shapes(body_data.regions(), body_data.muscles())
        shades = {name: int(step) for name, _, step in (shade.partition("=") for shade in given.shade)}
        picture = body_chart_svg(shapes, shades, given.hue, colour, "body", given.height, muscles=given.muscles)
    except (DataError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    given.file.write_text(picture, encoding="utf-8")
    size, name = smallest_regions(shapes)[0]
    print(f"{len(shapes.regions)} regions, {len(shapes.muscles)} muscles; the smallest, {name}, is {size:.0f} px wide")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
