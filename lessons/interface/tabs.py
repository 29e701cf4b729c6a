"""Several tasks in one place, one a tab: a row of tabs over panels, of which one is in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import anywidget
import traitlets
from ipywidgets import VBox, Widget

from lessons.interface.chart import source
from lessons.interface.reruns import replace_earlier


@dataclass(frozen=True)
class Task:
    """One tab: its title, a sentence or two on what to do there, and what stands in it."""

    title: str
    says: str
    shows: Widget


class TabRow(anywidget.AnyWidget):
    """The row of tabs. The page turns the panels beside it into its panels; nothing asks the kernel.

    ipywidgets has tabs of its own. Theirs are lower than a finger, cut long titles off, and do not tell a screen reader
    which panel belongs to which tab.
    """

    _esm = source("quick.js", "chart.js", "tabs.js")
    _css = source("course.css")
    name = traitlets.Unicode().tag(sync=True)
    tabs = traitlets.List().tag(sync=True)
    current = traitlets.Int(0).tag(sync=True)


def tabbed(name: str, tasks: Sequence[Task]) -> VBox:
    """Tasks behind tabs, the first one open. `name` says what they have in common. Raises ValueError for one task."""
    titles = [task.title for task in tasks]
    if len(titles) < 2 or len(set(titles)) < len(titles):
        raise ValueError(f"Tabs need two tasks or more, each with a title of its own, not {', '.join(titles)}.")
    row = TabRow(name=name, tabs=[{"title": task.title, "says": task.says} for task in tasks])
    panels = [VBox([task.shows]).add_class("ror-tab-panel") for task in tasks]
    box = VBox([row, *panels]).add_class("ror-tabbed")
    for widget in (row, *panels, box):
        replace_earlier(widget, name)
    return box
