"""A cell that runs again replaces what it showed: its earlier widgets are closed.

An open widget lives as long as its kernel, and JupyterLab fetches every one of them whenever the page is loaded anew.
What another window shows stays: two windows on one page share a kernel, and the second one runs all cells again. A
window that was closed or loaded anew does not say so. Therefore a window that showed something is asked whether it
still does, and what no window has spoken up for is closed when the cell runs the next time.
"""

from __future__ import annotations

from typing import NamedTuple

from IPython import get_ipython
from ipywidgets import DOMWidget


class Place(NamedTuple):
    """Where code runs now: `cell` is the cell's id ("" where the page does not tell), `run` this one execution, and
    `window` the window that asked for it, another one after each loading."""

    cell: str
    run: str
    window: str = ""


class Showing:
    """What one run of a cell showed, and the windows that spoke up for it since they were last asked."""

    def __init__(self, run: str):
        self.run = run
        self._widgets: list[DOMWidget] = []
        self._windows: set[str] = set()

    def add(self, widget: DOMWidget) -> None:
        self._widgets.append(widget)
        widget.on_msg(lambda *_: self._windows.add(here().window))

    def stays(self, window: str) -> bool:
        """Whether another window than this one, in which the cell runs again, showed it; if none did, it is closed."""
        others = self._windows - {window}
        self._windows.clear()
        for widget in self._widgets:
            if others:
                widget.send({"kind": "here?"})
            else:
                layout = widget.layout
                widget.close()
                layout.close()
        return bool(others)


_shown: dict[str, list[Showing]] = {}


def here() -> Place:
    """The cell that runs now; empty texts outside a notebook."""
    asked = getattr(get_ipython(), "parent_header", None) or {}
    header = asked.get("header", {})
    cell = asked.get("metadata", {}).get("cellId") or ""
    return Place(cell, header.get("msg_id", ""), header.get("session", ""))


def replace_earlier(widget: DOMWidget, name: str) -> None:
    """Close what the same cell showed when it ran before; without a cell's id, what has the same kind and `name`."""
    place = here()
    if not place.run:
        return
    shown = _shown.setdefault(place.cell or f"{type(widget).__name__} {name}", [])
    if not shown or shown[-1].run != place.run:
        shown[:] = [earlier for earlier in shown if earlier.stays(place.window)]
        shown.append(Showing(place.run))
    shown[-1].add(widget)
