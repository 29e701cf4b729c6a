"""What happens to a page when it is saved and opened: no dead widgets in files, and trust by Jupyter's own rules.

A widget is drawn by a running kernel. Stored in a file it would be reopened as an error, so it is never stored.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.sign import NotebookNotary

from lessons.build import code_of, notebook
from lessons.pages import Page

WIDGET = "application/vnd.jupyter.widget-view+json"


class CoursePages:
    """The course's notebooks as they should lie on disk. `by_path`: path as Jupyter names it -> notebook.

    Made once, when the server starts, from the texts of the lessons; stored outputs are taken from the files, cell by
    cell where the code is the text's.
    """

    def __init__(self, pages: Sequence[Page], folder: Path) -> None:
        self.folder = folder
        self.by_path: dict[str, NotebookNode] = {}
        for page in pages:
            built = notebook(page, pages)
            stored = _read(folder / f"{page.name}.ipynb")
            if stored is not None:
                keep_course_cells(built, stored, only_outputs=True)
                self.by_path[f"{folder.name}/{page.name}.ipynb"] = built

    def code(self) -> dict[str, list[tuple[str, str]]]:
        """Path -> (id, source) of each code cell as the course wrote it."""
        return {path: code_of(built) for path, built in self.by_path.items()}

    def sign(self, notary: NotebookNotary) -> list[str]:
        """Tell Jupyter to trust the pages whose code is exactly the course's and whose outputs are plain text.

        Nothing else is signed: a page that somebody changed stays untrusted until its reader runs it. Gives the paths.
        """
        signed = []
        for path, built in self.by_path.items():
            stored = _read(self.folder / Path(path).name)
            if stored is not None and code_of(stored) == code_of(built) and _only_plain_text(stored):
                notary.sign(stored)
                signed.append(path)
        return signed

    def before_saving(self, model: Mapping[str, Any], path: str, **_: Any) -> None:
        """Hook of Jupyter's contents manager; changes `model["content"]` of notebooks in place."""
        if model.get("type") != "notebook" or not model.get("content"):
            return
        strip_widgets(model["content"])
        built = self.by_path.get(path.strip("/"))
        if built is not None:
            keep_course_cells(model["content"], built)
            model["content"]["metadata"] = copy.deepcopy(dict(built["metadata"]))


def strip_widgets(content: dict) -> None:
    """Remove every stored picture of a widget, and the widgets' stored state, from a notebook."""
    content.get("metadata", {}).pop("widgets", None)
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [output for output in cell["outputs"] if WIDGET not in output.get("data", {})]


def keep_course_cells(content: dict, course: NotebookNode, only_outputs: bool = False) -> None:
    """Give the cells of `content` that have the id and source of a cell of `course` what is stored with it there."""
    ours = {cell["id"]: cell for cell in course["cells"]}
    for cell in content["cells"]:
        same = ours.get(cell.get("id"))
        if same is None or same["source"] != cell["source"] or same["cell_type"] != cell["cell_type"]:
            continue
        for part in ("outputs", "execution_count") if only_outputs else ("outputs", "execution_count", "metadata"):
            if part in same:
                cell[part] = copy.deepcopy(same[part])


def _read(path: Path) -> NotebookNode | None:
    try:
        return nbformat.read(path, as_version=4)
    except (OSError, ValueError):  # missing, or not a notebook any more
        return None


def _only_plain_text(node: NotebookNode) -> bool:
    outputs = [output for cell in node["cells"] for output in cell.get("outputs", ())]
    return all(output["output_type"] == "stream" for output in outputs)
