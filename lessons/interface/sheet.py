"""A sheet of text, tables, tags, formulas and buttons, drawn from plain blocks. Nothing of it is ever read as HTML.

A block is a dictionary with one of these keys:

    heading  text of a heading, below the headings of the page
    text     a paragraph: text, or a list of texts and of {"page": file, "text": ...}, {"strong": ...}, {"tags": [...]}
    list     paragraphs as a list
    table    {"caption", "heads", "rows"}: cells are paragraphs; `numbers` names columns that are set right
    maths    a tree of MathML elements: [name, attributes, children], a child being a text or such a tree
    formulas {"name", "rows"}: pairs of such a tree (or a text) and a remark
    code     lines of a file, `mark` the number (from 0) of one of them that is marked
    wrong    a message of an error, as it is printed
    fold     {"title", "blocks"}, or {"title", "asks"}: then its blocks come from the kernel, once it is opened
    button   {"label", "asks", "fields"}: what it asks for comes from the kernel and stands below it; `fields` are
             lines to fill in, {"name", "label", "hint"}

What `asks` names is asked of a function that is handed over, so that it is on the page, and in what is saved with it,
only once somebody has asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import anywidget
import traitlets

from lessons.interface.chart import source
from lessons.interface.reruns import replace_earlier

Block = Mapping[str, Any]
Ask = Callable[[str, Mapping[str, str]], Sequence[Block]]
LONGEST = 4096  # characters of what is filled in


class Sheet(anywidget.AnyWidget):
    """One or more sheets. `sheets`: title -> blocks; with more than one a list chooses. `label` names that list.

    `ask(what, values)` gives the blocks for what a fold or a button asks for. A ValueError or OSError that it raises is
    shown as a sentence.
    """

    _esm = source("quick.js", "chart.js", "links.js", "findings.js", "sheet.js")
    _css = source("course.css", "sheet.css")
    label = traitlets.Unicode().tag(sync=True)
    sheets = traitlets.List().tag(sync=True)

    def __init__(self, name: str, label: str, sheets: Mapping[str, Sequence[Block]], ask: Ask | None = None):
        self._ask = ask
        super().__init__(
            label=label, sheets=[{"title": title, "blocks": list(blocks)} for title, blocks in sheets.items()]
        )
        self.on_msg(lambda _, message, __: self.heard(message))
        replace_earlier(self, name)

    def heard(self, message: Mapping[str, Any]) -> None:
        """Answer what a fold or a button asks for; whatever else a page says is passed over."""
        if message.get("kind") != "ask" or self._ask is None:
            return
        what, said = message.get("what"), message.get("values")
        if not isinstance(what, str):
            return
        values = {
            str(name): text[:LONGEST]
            for name, text in (said.items() if isinstance(said, dict) else ())
            if isinstance(text, str)
        }
        self.send({"kind": "told", "what": what, "blocks": self.told(what, values)})

    def told(self, what: str, values: Mapping[str, str]) -> list[Block]:
        """The blocks of an answer, or why there is none."""
        try:
            return list(self._ask(what, values))
        except (ValueError, OSError) as error:
            return [{"wrong": line} for line in str(error).splitlines()]
