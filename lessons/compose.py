"""What a page's notebook says, from its text: cells of text and code, links between pages, words explained.

Plain dictionaries, without the library for notebooks, which takes seconds to load.
"""

from __future__ import annotations

import copy
import html
import re
from collections.abc import Sequence
from pathlib import Path

from lessons.data import ASSETS, glossary
from lessons.pages import ROLE, Glossary, Page, shown_and_meant

WORDS_HEADING = "Words on this page"
START = (
    "To start, press **Start this page** above, or **Run ▸ Run All Cells** in the menu if there is no such button: "
    "pictures to play with and questions will appear between the paragraphs, and nothing you do can break them."
)
NOT_ADVICE = "Education, not medical advice."
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def known_words(assets: Path = ASSETS) -> Glossary:
    """Every term and alias of the glossary, in lower case -> (term, explanation)."""
    terms = glossary(assets).values()
    return {word.casefold(): (term.term, term.plain) for term in terms for word in (term.term, *term.aliases)}


def composed(page: Page, pages: Sequence[Page], words: Glossary) -> dict:
    """The notebook of a page, its cells not yet run. `pages` are all pages in order, for the links between them."""
    texts_and_code = [_cell(block.kind, linked(block.source, page, words), block.tags) for block in page.blocks]
    way = navigation(page, pages)
    cells = [_cell("text", first_cell(page, way)), *texts_and_code, _cell("text", last_cell(page, way))]
    for number, cell in enumerate(cells):
        cell["id"] = f"page-{page.front.id}-cell-{number:02d}"
    return {
        "cells": cells,
        "metadata": {**copy.deepcopy(METADATA), "retain_or_release": {"page": page.front.id}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def first_cell(page: Page, way: str) -> str:
    """Title, links, question, how to start in large type, what it is good for."""
    front = page.front
    start = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", START)
    return "\n\n".join(
        [
            f"# {front.title}",
            way,
            f"**{front.question}** About {front.minutes} minutes. {NOT_ADVICE}",
            f'<p class="course-start"><big>{start}</big></p>',
            "After this page you can:",
            "\n".join(f"- {goal}" for goal in front.goals),
        ]
    )


def last_cell(page: Page, way: str) -> str:
    """The folded list of words, links, and what this is not."""
    parts = [f"{way}", NOT_ADVICE]
    if page.words:
        listed = "\n".join(f"- **{term}**: {plain}" for term, plain in page.words.items())
        summary = f"<summary>{len(page.words)} explained</summary>"
        parts = [f"## {WORDS_HEADING}", f"<details>\n{summary}\n\n{listed}\n\n</details>", *parts]
    return "\n\n".join(parts)


def navigation(page: Page, pages: Sequence[Page]) -> str:
    """Links to the previous page, the contents and the next page; to a page for teachers only the contents lead."""
    if page.front.readers == "teachers":
        return f"[Contents]({pages[0].name}.ipynb)"
    pages = [one for one in pages if one.front.readers == "learners"]
    at = pages.index(page)
    links = []
    if at > 0:
        before = pages[at - 1]
        links.append(f"[◂ Previous: {before.front.title}]({before.name}.ipynb)")
    if at > 1:
        links.append(f"[Contents]({pages[0].name}.ipynb)")
    if at + 1 < len(pages):
        after = pages[at + 1]
        links.append(f"[Next: {after.front.title} ▸]({after.name}.ipynb)")
    return " · ".join(links) if links else "This is the only page so far."


def linked(source: str, page: Page, words: Glossary) -> str:
    """Text with every {term} role turned into a link that carries the explanation and leads to the list of words."""
    plain = {term.casefold(): explanation for term, explanation in page.words.items()}

    def link(role: re.Match) -> str:
        shown, meant = shown_and_meant(role[2])
        term = words[meant.casefold()][0]
        title = html.escape(plain[term.casefold()]).replace("$", "&#36;").replace("\n", " ")
        return f'<a class="term" href="#{WORDS_HEADING.replace(" ", "-")}" title="{title}">{shown}</a>'

    return ROLE.sub(link, source)


def _cell(kind: str, source: str, tags: Sequence[str] = ()) -> dict:
    if kind == "text":  # a double click must not turn a text into its source, nor a key press delete a cell
        return {"cell_type": "markdown", "metadata": {"deletable": False, "editable": False}, "source": source}
    metadata = {"deletable": False, "jupyter": {"source_hidden": True}, **({"tags": list(tags)} if tags else {})}
    return {"cell_type": "code", "execution_count": None, "metadata": metadata, "outputs": [], "source": source}
