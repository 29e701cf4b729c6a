"""A notebook, cut into the parts that are shown one by one: what stands before the first heading, then each section."""

from __future__ import annotations

import copy
import re

from nbformat import NotebookNode

HEADING = re.compile(r"^(?=## )", re.MULTILINE)


def parted(node: NotebookNode) -> NotebookNode:
    """A copy whose cells say in `metadata.part` to which part they belong, from 0; its title stands in its metadata.

    A new part begins at each heading of level 2. A cell with a heading further down is cut there.
    """
    shown = copy.deepcopy(node)
    cells, part = [], 0
    for cell in node["cells"]:
        if cell["cell_type"] != "markdown":
            cells.append(_of(cell, part, cell["source"], cell["id"]))
            continue
        pieces = [piece for piece in HEADING.split(cell["source"]) if piece.strip()]
        for number, source in enumerate(pieces):
            part += source.startswith("## ")
            cells.append(_of(cell, part, source, cell["id"] if number == 0 else f"{cell['id']}-{number}"))
    shown["cells"] = cells
    shown["metadata"]["title"] = _title(node)
    return shown


def _of(cell: NotebookNode, part: int, source: str, name: str) -> NotebookNode:
    own = copy.deepcopy(cell)
    own["source"], own["id"] = source, name
    own["metadata"]["part"] = part
    return own


def _title(node: NotebookNode) -> str:
    lines = (line for cell in node["cells"] if cell["cell_type"] == "markdown" for line in cell["source"].splitlines())
    return next((line.removeprefix("# ") for line in lines if line.startswith("# ")), "Retain or Release")
