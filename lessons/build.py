"""Turns lessons/NN_name.md into notebooks/NN_name.ipynb, one way and always the same.

    python -m lessons.build              writes every notebook whose text has changed
    python -m lessons.build --check      writes nothing, names the notebooks that differ from their texts

A learner sees text and controls: code cells are folded and no picture is stored. Cells marked `check` are run here and
keep their printed text, so that the notebook tests compare it.
"""

from __future__ import annotations

import argparse
import copy
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from lessons.compose import composed, known_words
from lessons.data import DataError
from lessons.pages import LESSONS, Page, PageError, page_files, read_page

NOTEBOOKS = LESSONS.parent / "notebooks"
COMMAND = "python -m lessons.build"


def read_pages(folder: Path = LESSONS) -> list[Page]:
    """All lessons in order. Raises PageError with every mistake on every page."""
    pages, mistakes = sound_pages(folder)
    if mistakes:
        raise PageError("\n".join(mistakes))
    return pages


def sound_pages(folder: Path = LESSONS) -> tuple[list[Page], list[str]]:
    """The lessons that can be read, in order, and the mistakes in the others."""
    pages, mistakes = [], []
    words = known_words()
    for path in page_files(folder):
        try:
            pages.append(read_page(path, words))
        except PageError as error:
            mistakes.append(str(error))
    return pages, mistakes


def notebook(page: Page, pages: Sequence[Page]) -> NotebookNode:
    """The notebook of a page, its cells not yet run. `pages` are all pages in order, for the links between them."""
    return nbformat.from_dict(composed(page, pages, known_words()))


def code_of(node: NotebookNode) -> list[tuple[str, str]]:
    """(id, source) of every code cell: what makes a notebook do what it does."""
    return [(cell.get("id", ""), cell["source"]) for cell in node["cells"] if cell["cell_type"] == "code"]


def finished(page: Page, pages: Sequence[Page]) -> str:
    """The text of the notebook's file, with the stored output of its `check` cells. Raises PageError."""
    node = notebook(page, pages)
    if any("check" in block.tags for block in page.blocks):
        _store_outputs(node, page)
    return written(node)


def written(node: NotebookNode) -> str:
    """A notebook exactly as JupyterLab writes it to disk."""
    return nbformat.writes(node, version=nbformat.NO_CONVERT) + "\n"


def _store_outputs(node: NotebookNode, page: Page) -> None:
    """Run the whole notebook in its own kernel and keep what its `check` cells printed."""
    run = copy.deepcopy(node)
    with tempfile.TemporaryDirectory() as record:
        client = NotebookClient(
            run, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(LESSONS.parent)}}
        )
        try:
            # The kernel's own log is no part of building; what a cell prints is stored, not logged.
            client.execute(env={**os.environ, "RETAIN_OR_RELEASE_HOME": record}, stderr=subprocess.DEVNULL)
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            line = next(block.line for block, cell in _blocks_and_cells(page, run) if _failed(cell))
            if isinstance(error, CellExecutionError):
                what = f"{error.ename}: {error.evalue}"
            else:
                what = "it takes too long" if isinstance(error, CellTimeoutError) else "the kernel died"
            raise PageError(f"{page.path.name}, line {line}: this cell fails ({what}); correct it") from None
    count = 0
    for (block, done), (_, kept) in zip(_blocks_and_cells(page, run), _blocks_and_cells(page, node), strict=True):
        if block.kind != "code":
            continue
        count += 1
        if "check" in block.tags:
            kept["execution_count"] = count
            kept["outputs"] = [nbformat.v4.new_output("stream", name="stdout", text=_printed(done, block, page))]


def _blocks_and_cells(page: Page, node: NotebookNode):
    return zip(page.blocks, node["cells"][1:-1], strict=True)


def _failed(cell: NotebookNode) -> bool:
    """The cell that raised an error, or that the kernel never came back from."""
    raised = any(output["output_type"] == "error" for output in cell.get("outputs", ()))
    answered = "shell.execute_reply" in cell["metadata"].get("execution", {})
    return cell["cell_type"] == "code" and (raised or not answered)


def _printed(cell: NotebookNode, block, page: Page) -> str:
    place = f"{page.path.name}, line {block.line}"
    for output in cell["outputs"]:
        if output["output_type"] != "stream" or output["name"] != "stdout":
            kind = "a warning" if output["output_type"] == "stream" else "something that is not text"
            raise PageError(f"{place}: this check cell shows {kind}; let it print text and nothing else")
    text = "".join(output["text"] for output in cell["outputs"])
    if not text.strip():
        raise PageError(f"{place}: this check cell prints nothing, so there is nothing to compare; print the numbers")
    return text


def main(arguments: Sequence[str] | None = None, lessons: Path = LESSONS, notebooks: Path = NOTEBOOKS) -> int:
    """Build, or with --check compare. Gives 0 when all is well."""
    parser = argparse.ArgumentParser(prog=COMMAND, description="Build the notebooks from the texts of the lessons.")
    parser.add_argument("pages", nargs="*", metavar="NN", help="numbers of pages; without any, all")
    parser.add_argument("--check", action="store_true", help="write nothing; say which notebooks differ")
    chosen = parser.parse_args(arguments)
    try:
        pages = read_pages(lessons)
        wanted = [page for page in pages if not chosen.pages or page.front.id in chosen.pages]
        texts = {notebooks / f"{page.name}.ipynb": finished(page, pages) for page in wanted}
    except (PageError, DataError) as error:
        print(error, file=sys.stderr)
        return 1
    for number in set(chosen.pages) - {page.front.id for page in pages}:
        print(f"There is no page {number}; there are {', '.join(page.front.id for page in pages)}.", file=sys.stderr)
        return 1
    different = [path for path, text in texts.items() if not path.exists() or path.read_bytes() != text.encode()]
    orphans = [] if chosen.pages else sorted(set(notebooks.glob("[0-9][0-9]_*.ipynb")) - set(texts))
    for path in orphans:
        print(f"{path.name} has no text in lessons/; remove it or write {path.stem}.md.", file=sys.stderr)
    if chosen.check:
        for path in different:
            print(f"{path.name} differs from its text; run {COMMAND}", file=sys.stderr)
        return 1 if different or orphans else 0
    notebooks.mkdir(exist_ok=True)
    for path in different:
        path.write_bytes(texts[path].encode())
        print(f"wrote {path.name}")
    print(f"{len(texts)} pages, {len(different)} changed.")
    return 1 if orphans else 0


if __name__ == "__main__":
    sys.exit(main())
