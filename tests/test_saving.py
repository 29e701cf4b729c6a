"""A saved page is never a dead widget, an untouched page is saved byte for byte, only the course is trusted."""

import copy
import json

import nbformat
import pytest
from nbformat.sign import MemorySignatureStore, NotebookNotary

from lessons.build import finished, read_pages
from lessons.lab.saving import WIDGET, CoursePages

LESSON = """---
id: "00"
title: "Start"
question: "What happens?"
minutes: 5
goals:
  - See it happen
---
Text.

```{code-cell}
:tags: [check]
print("two is", 1 + 1)
```

```{code-cell}
import ipywidgets
ipywidgets.IntSlider(description="dose")
```
"""
PATH = "notebooks/00_start.ipynb"
PICTURE = {
    "output_type": "display_data",
    "data": {WIDGET: {"model_id": "1"}, "text/plain": "IntSlider"},
    "metadata": {},
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A course of one page, and its notebook as text: its cells need to run once only."""
    folder = tmp_path_factory.mktemp("lessons")
    (folder / "00_start.md").write_text(LESSON, encoding="utf-8")
    pages = read_pages(folder)
    return pages, finished(pages[0], pages)


@pytest.fixture
def course(built, tmp_path):
    """The pages of that course, its notebook in a folder of its own."""
    pages, text = built
    folder = tmp_path / "notebooks"
    folder.mkdir()
    (folder / "00_start.ipynb").write_text(text, encoding="utf-8", newline="\n")
    return CoursePages(pages, folder)


@pytest.fixture
def notary():
    with NotebookNotary(store_factory=MemorySignatureStore, secret=b"secret") as notary:
        yield notary


def stored(course):
    return nbformat.read(course.folder / "00_start.ipynb", as_version=4)


def as_run_by_a_learner(course):
    """What JupyterLab sends when a page that has been run is saved."""
    content = json.loads(json.dumps(stored(course)))
    for count, cell in enumerate((cell for cell in content["cells"] if cell["cell_type"] == "code"), 5):
        cell["execution_count"] = count
        cell["metadata"]["trusted"] = True
        cell["metadata"]["collapsed"] = False
    content["cells"][3]["outputs"] = [copy.deepcopy(PICTURE)]
    content["metadata"]["language_info"]["version"] = "3.11.7"
    content["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {}}
    return content


def saved(course, content, path=PATH):
    """What would be written to disk."""
    course.before_saving(model={"type": "notebook", "content": content}, path=path)
    return nbformat.writes(nbformat.from_dict(content), version=nbformat.NO_CONVERT) + "\n"


def test_a_page_that_was_only_run_is_saved_byte_for_byte(course):
    before = (course.folder / "00_start.ipynb").read_text(encoding="utf-8")
    assert saved(course, as_run_by_a_learner(course)) == before


def test_a_learner_s_own_cell_keeps_its_text_and_loses_its_widget(course):
    content = as_run_by_a_learner(course)
    text = {"output_type": "stream", "name": "stdout", "text": "mine\n"}
    own = {"cell_type": "code", "id": "own", "metadata": {}, "source": "mine", "execution_count": 9}
    content["cells"].append({**own, "outputs": [text, copy.deepcopy(PICTURE)]})
    kept = nbformat.reads(saved(course, content), as_version=4).cells[-1]
    assert (kept.source, kept.outputs, kept.execution_count) == ("mine", [text], 9)


def test_a_course_cell_that_the_learner_changed_keeps_what_it_printed(course):
    content = as_run_by_a_learner(course)
    content["cells"][2]["source"] = "print('three')"
    content["cells"][2]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "three\n"}]
    kept = nbformat.reads(saved(course, content), as_version=4).cells[2]
    assert kept.outputs[0].text == "three\n"


def test_any_other_notebook_loses_its_widgets_and_nothing_else(course):
    content = as_run_by_a_learner(course)
    other = nbformat.reads(saved(course, content, "notebooks/copy.ipynb"), as_version=4)
    assert other.cells[3].outputs == [] and "widgets" not in other.metadata
    assert other.metadata.language_info.version == "3.11.7" and other.cells[2].execution_count == 5


def test_a_plain_file_is_saved_as_it_is(course):
    model = {"type": "file", "content": "text"}
    course.before_saving(model=model, path="notes.txt")
    assert model == {"type": "file", "content": "text"}


def test_a_page_as_built_is_trusted(course, notary):
    assert course.sign(notary) == [PATH]
    assert notary.check_signature(stored(course))


def test_code_of_somebody_else_is_not_trusted(course, notary):
    path = course.folder / "00_start.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("1 + 1", "2 + 0"), encoding="utf-8")
    assert course.sign(notary) == []
    assert not notary.check_signature(stored(course))


def test_an_output_that_is_more_than_text_is_not_trusted(course, notary):
    node = stored(course)
    html = {"text/html": "<script>alert(1)</script>"}
    node.cells[3].outputs = [nbformat.v4.new_output("display_data", data=html)]
    nbformat.write(node, course.folder / "00_start.ipynb")
    assert course.sign(notary) == []


def test_a_file_that_is_no_notebook_any_more_does_not_stop_the_course(course, notary):
    (course.folder / "00_start.ipynb").write_text("oops", encoding="utf-8")
    assert course.sign(notary) == []
