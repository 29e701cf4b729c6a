"""One way from text to notebook: always the same bytes, and the committed notebooks are what the texts say."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from lessons import build, compose
from lessons.pages import PageError, page_files

LESSON = """---
id: "{number}"
title: "{title}"
question: "What happens?"
minutes: 5
goals:
  - See it happen
---
Mara has a {{term}}`taut band`.

```{{code-cell}}
:tags: [check]
print("two is", 1 + 1)
```

```{{code-cell}}
"a picture would stand here"
```
"""


@pytest.fixture
def folders(tmp_path):
    """A folder of two lessons and one for their notebooks."""
    return written(tmp_path)


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """The same, built once for all tests that only look at it."""
    lessons, notebooks = written(tmp_path_factory.mktemp("built"))
    assert build.main([], lessons, notebooks) == 0
    return lessons, notebooks


@pytest.fixture
def built(once, tmp_path):
    """A copy of what was built, for tests that change it."""
    return [Path(shutil.copytree(folder, tmp_path / folder.name)) for folder in once]


def written(folder):
    lessons, notebooks = folder / "lessons", folder / "notebooks"
    lessons.mkdir()
    for number, title in (("00", "Start"), ("03", "Release")):
        text = LESSON.format(number=number, title=title)
        (lessons / f"{number}_{title.lower()}.md").write_text(text, encoding="utf-8")
    return lessons, notebooks


def test_two_builds_give_the_same_bytes(once, tmp_path):
    lessons, notebooks = once
    again = tmp_path / "again"
    assert build.main([], lessons, again) == 0
    names = sorted(path.name for path in notebooks.iterdir())
    assert names == ["00_start.ipynb", "03_release.ipynb"]
    assert all((notebooks / name).read_bytes() == (again / name).read_bytes() for name in names)


def test_the_committed_notebooks_are_what_the_texts_say():
    """All but what their cells print: that is compared as they run, in test_notebooks.py."""
    pages = build.read_pages()
    assert {path.stem for path in build.NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")} == {page.name for page in pages}
    for page in pages:
        path = build.NOTEBOOKS / f"{page.name}.ipynb"
        made, text = build.notebook(page, pages), path.read_text(encoding="utf-8")
        for cell, stored in zip(made["cells"], nbformat.reads(text, as_version=4)["cells"], strict=True):
            if "check" in cell["metadata"].get("tags", ()):
                assert stored["outputs"], f"run python -m lessons.build {page.front.id}"
                cell["outputs"], cell["execution_count"] = stored["outputs"], stored["execution_count"]
        assert build.written(made) == text, f"run python -m lessons.build {page.front.id}"


def test_the_command_line_builds_too():
    done = subprocess.run(
        [sys.executable, "-m", "lessons.build", "--check", "00"], capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_notebook_that_differs_from_its_text_is_named_with_the_command_that_mends_it(built, capsys):
    lessons, notebooks = built
    path = notebooks / "03_release.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("two is 2", "two is 3"), encoding="utf-8", newline="\n")
    capsys.readouterr()
    assert build.main(["--check"], lessons, notebooks) == 1
    assert capsys.readouterr().err == "03_release.ipynb differs from its text; run python -m lessons.build\n"
    assert build.main(["03"], lessons, notebooks) == 0
    assert build.main(["--check"], lessons, notebooks) == 0


def test_a_notebook_without_a_text_is_named(built, capsys):
    lessons, notebooks = built
    (notebooks / "07_old.ipynb").write_text("{}", encoding="utf-8")
    assert build.main(["--check"], lessons, notebooks) == 1
    assert "07_old.ipynb has no text" in capsys.readouterr().err


def test_a_page_that_does_not_exist_is_named(folders, capsys):
    assert build.main(["09"], *folders) == 1
    assert "There is no page 09; there are 00, 03." in capsys.readouterr().err


def test_a_built_notebook_is_valid_and_shows_no_code_and_no_picture(once):
    _, notebooks = once
    node = nbformat.read(notebooks / "03_release.ipynb", as_version=4)
    nbformat.validate(node)
    assert [cell.id for cell in node.cells] == [f"page-03-cell-{number:02d}" for number in range(5)]
    code = [cell for cell in node.cells if cell.cell_type == "code"]
    assert all(cell.metadata.jupyter.source_hidden and cell.metadata.deletable is False for cell in code)
    assert [(cell.execution_count, len(cell.outputs)) for cell in code] == [(1, 1), (None, 0)]
    assert code[0].outputs[0].text == "two is 2\n"
    assert all(cell.metadata.editable is False for cell in node.cells if cell.cell_type == "markdown")


def test_every_page_begins_with_title_and_start_and_links_to_its_neighbours(once):
    _, notebooks = once
    cells = nbformat.read(notebooks / "03_release.ipynb", as_version=4).cells
    first, last = cells[0].source, cells[-1].source
    assert first.startswith("# Release\n")
    assert "Run ▸ Run All Cells" in first and "<big>" in first
    assert compose.NOT_ADVICE in first and compose.NOT_ADVICE in last
    for end in (first, last):
        assert "[◂ Previous: Start](00_start.ipynb)" in end
    assert "[Next: Release ▸](03_release.ipynb)" in json.dumps(
        json.loads((notebooks / "00_start.ipynb").read_text(encoding="utf-8")), ensure_ascii=False
    )


def test_a_word_of_art_becomes_a_link_that_carries_its_explanation(once):
    _, notebooks = once
    cells = nbformat.read(notebooks / "03_release.ipynb", as_version=4).cells
    plain = build.known_words()["taut band"][1]
    link = re.search(r'<a class="term" href="#Words-on-this-page" title="([^"]+)">taut band</a>', cells[1].source)
    assert link[1] == plain
    assert f"- **taut band**: {plain}" in cells[-1].source and "<details>" in cells[-1].source


def test_marks_that_html_or_formulas_would_swallow_are_written_safely(folders, monkeypatch):
    lessons, _ = folders
    monkeypatch.setattr(build, "known_words", lambda: {"taut band": ("taut band", 'cost $5 & "so" <on>\n$6')})
    page = build.read_pages(lessons)[1]
    link = compose.linked(page.blocks[0].source, page, build.known_words())
    assert 'title="cost &#36;5 &amp; &quot;so&quot; &lt;on&gt; &#36;6"' in link


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("x = 1", "prints nothing"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("import warnings\nwarnings.warn('careful')", "a warning"),
        ("[1, 2]", "something that is not text"),
        ("import os\nos._exit(1)", "the kernel died"),
    ],
)
def test_a_check_cell_that_cannot_be_compared_is_named_with_its_line(folders, cell, words):
    lessons, _ = folders
    path = lessons / "03_release.md"
    path.write_text(path.read_text(encoding="utf-8").replace('print("two is", 1 + 1)', cell), encoding="utf-8")
    pages = build.read_pages(lessons)
    with pytest.raises(PageError) as error:
        build.finished(pages[1], pages)
    assert str(error.value).startswith("03_release.md, line 13: ")
    assert words in str(error.value)


def test_mistakes_on_several_pages_are_all_named(folders, capsys):
    lessons, notebooks = folders
    for path in page_files(lessons):
        path.write_text(path.read_text(encoding="utf-8") + "\n# Title\n", encoding="utf-8")
    assert build.main([], lessons, notebooks) == 1
    said = capsys.readouterr().err
    assert "00_start.md, line 20" in said and "03_release.md, line 20" in said
    assert not notebooks.exists()
