"""Whatever is wrong with an installation is said in a sentence that names the remedy."""

import os
import subprocess
import sys

import pytest

from lessons.grading import record
from lessons.lab import install


@pytest.fixture
def checkout(tmp_path):
    """A folder that looks like the course, but from which nothing was installed."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "00_start_here.ipynb").write_text("{}", encoding="utf-8")
    (tmp_path / "requirements.txt").write_text("numpy==2.4.6\n-e .\n", encoding="utf-8")
    return tmp_path


def test_this_installation_is_whole():
    assert install.problems() == []


@pytest.mark.parametrize(("version", "word"), [((3, 10, 1), "old"), ((2, 7, 18), "old"), ((3, 14, 0), "new")])
def test_a_python_that_does_not_fit_is_the_only_thing_said(monkeypatch, version, word):
    monkeypatch.setattr(sys, "version_info", version)
    (sentence,) = install.problems()
    assert sentence.startswith(f"This Python is {version[0]}.{version[1]}, which is too {word};")
    assert "3.11 to 3.13" in sentence and "python.org" in sentence


def test_missing_and_wrong_packages_are_named(checkout):
    (checkout / "requirements.txt").write_text("numpy==1.0\nno-such-package==1\nnor-this==2.0\n", encoding="utf-8")
    said = install.problems(checkout)
    assert any("The package numpy is version" in one and "needs 1.0" in one for one in said)
    assert any(one.startswith("The packages no-such-package, nor-this are not installed") for one in said)
    assert all("pip install -r requirements.txt" in one for one in said[:2])


def test_an_environment_that_was_made_but_not_used_is_pointed_at(checkout):
    (checkout / "requirements.txt").write_text("no-such-package==1\n", encoding="utf-8")
    python = checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    assert f"{python} -m lessons" in install.problems(checkout)[0]


def test_a_course_that_was_installed_from_another_folder_is_named(checkout):
    (sentence,) = install.problems(checkout)
    assert str(install.ROOT) in sentence and str(checkout) in sentence


def test_a_folder_without_requirements_is_not_the_whole_course(checkout):
    (checkout / "requirements.txt").unlink()
    assert "requirements.txt is missing" in install.problems(checkout)[0]


def test_widgets_that_jupyterlab_does_not_see_are_named(monkeypatch):
    monkeypatch.setattr("jupyter_core.paths.jupyter_path", lambda *names: [])
    said = install.problems()
    assert len(said) == 2 and all("JupyterLab does not see the widgets of" in one for one in said)


def test_a_package_that_is_broken_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "anywidget", None)  # makes `import anywidget` fail
    (sentence,) = install.problems()
    assert "anywidget is installed but does not work" in sentence


def test_missing_pages_are_named(checkout):
    (checkout / "notebooks" / "00_start_here.ipynb").unlink()
    assert any("run: python -m lessons.build" in one for one in install.problems(checkout))


def test_a_record_folder_that_cannot_be_written_to_is_named(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("RETAIN_OR_RELEASE_HOME", str(tmp_path / "file" / "below"))
    (sentence,) = install.problems()
    assert "RETAIN_OR_RELEASE_HOME" in sentence and "no answer could be kept" in sentence


@pytest.mark.parametrize("place", ["", "elsewhere"])
def test_the_folder_that_is_looked_at_is_the_one_that_answers_are_kept_in(monkeypatch, place):
    """Told twice, because the check must run where a package that the record needs is missing."""
    monkeypatch.setenv("RETAIN_OR_RELEASE_HOME", place)
    assert install.record_folder() == record.folder()


def test_the_course_does_not_start_on_a_broken_installation_and_says_why(tmp_path):
    (tmp_path / "file").touch()
    done = subprocess.run(
        [sys.executable, "-m", "lessons", "--no-browser"],
        env={**os.environ, "RETAIN_OR_RELEASE_HOME": str(tmp_path / "file" / "below")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith("The course cannot start yet:\n- The folder ")
    assert "Traceback" not in done.stderr
