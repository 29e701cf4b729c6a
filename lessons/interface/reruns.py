"""A cell that runs again replaces what it showed: its earlier widgets are closed.

An open widget lives as long as its kernel, and JupyterLab fetches every one of them whenever the page is loaded anew.
"""

from __future__ import annotations

from typing import NamedTuple

from IPython import get_ipython
from ipywidgets import DOMWidget


class Place(NamedTuple):
    """Where code runs now: `cell` is the cell's id ("" where the page does not tell), `run` this one execution."""

    cell: str
    run: str


_shown: dict[str, tuple[str, list[DOMWidget]]] = {}


def here() -> Place:
    """The cell that runs now; two empty texts outside a notebook."""
    asked = getattr(get_ipython(), "parent_header", None) or {}
    run = asked.get("header", {}).get("msg_id", "")
    return Place(asked.get("metadata", {}).get("cellId") or "", run)


def replace_earlier(widget: DOMWidget, name: str) -> None:
    """Close what the same cell showed when it ran before; without a cell's id, what has the same kind and `name`."""
    place = here()
    if not place.run:
        return
    key = place.cell or f"{type(widget).__name__} {name}"
    run, widgets = _shown.get(key, ("", []))
    if run != place.run:
        for earlier in widgets:
            layout = earlier.layout
            earlier.close()
            layout.close()
        widgets = []
    _shown[key] = (place.run, [*widgets, widget])
