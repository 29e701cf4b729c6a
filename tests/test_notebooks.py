"""Every page runs from top to bottom, and what it prints of the models is compared with what it printed before."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lessons.grading import record

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
PAGES = sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
SECONDS = 20


def strict(notebook, record):
    """Run one notebook with strict nbval; gives the finished process."""
    return subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "addopts="),
            *("-p", "nbval.plugin", "--nbval", "--nbval-current-env", str(notebook)),
        ],
        cwd=notebook.parent,
        # Other plugins have nothing to do there and take a second to load.
        env={**os.environ, "RETAIN_OR_RELEASE_HOME": str(record), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_there_are_pages():
    assert PAGES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_runs_and_prints_what_it_printed_before(page, tmp_path):
    begun = os.times()
    done = strict(page, tmp_path)
    ended = os.times()
    # Of the processor: the time on the wall grows with whatever else the computer does.
    taken = ended.children_user + ended.children_system - begun.children_user - begun.children_system
    assert done.returncode == 0, done.stdout
    assert taken < SECONDS, f"{page.name} took {taken:.1f} s of the processor, at most {SECONDS} s are allowed"


def test_a_page_prints_the_same_whatever_was_kept_for_the_patient(tmp_path, monkeypatch):
    monkeypatch.setenv("RETAIN_OR_RELEASE_HOME", str(tmp_path))
    record.keep_patient("03", {"load": 0.9, "expectancy": 0.0, "sensitisation": 4.0}, {"release": 1}, {})
    before = record.path(record.PATIENT).read_bytes()
    page = next(page for page in PAGES if page.stem.startswith("07"))
    done = strict(page, tmp_path)
    assert done.returncode == 0, done.stdout
    assert record.path(record.PATIENT).read_bytes() == before


def test_a_changed_digit_on_a_page_is_found(tmp_path):
    """Without this, a page whose outputs are never compared would look as good."""
    page = next(page for page in PAGES if '"output_type"' in page.read_text(encoding="utf-8"))
    text = page.read_text(encoding="utf-8")
    copy = tmp_path / "notebooks" / page.name
    copy.parent.mkdir()
    shutil.copy(page, copy)
    stored = text.index('"output_type": "stream"')
    line = text.index('"text": [', stored) + len('"text": [')
    copy.write_text(text[:line] + text[line:].replace('      "', '      "9', 1), encoding="utf-8")
    done = strict(copy, tmp_path)
    assert done.returncode == 1 and "9" in done.stdout
