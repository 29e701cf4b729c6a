"""The commands of README and CONTRIBUTING are the ones that are run, and what they point at is there."""

import importlib.util
import re
from pathlib import Path

import pytest

from lessons import check, check_links

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SPANS = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", re.sub(r"^```.*?^```", "", CONTRIBUTING, flags=re.DOTALL | re.MULTILINE))
COMMANDS = sorted(
    {
        command.split("  ")[0].strip()
        for text in (README, CONTRIBUTING)
        for command in re.findall(r"(?:^|`|\| )(python -m [^`\n]+)", text, re.MULTILINE)
    }
)


def test_each_command_is_one_line_for_each_system():
    lines = README.splitlines()
    for start in ("python3 -m venv .venv && .venv/bin/python", "py -3 -m venv .venv; .venv\\Scripts\\python"):
        commands = [line for line in lines if line.startswith(start)]
        assert [line.rsplit(" ", 2)[1:] for line in commands] == [["-m", "lessons"], ["-m", "pytest"]]


def test_continuous_integration_runs_the_readme_s_own_lines():
    for file, start in ((".ci/run", "^python3 -m venv .* -m pytest$"), (".github/workflows/ci.yml", "^py -3 -m venv")):
        assert start in (ROOT / file).read_text(encoding="utf-8")
        (line,) = [line for line in README.splitlines() if re.match(start, line) and line.endswith("pytest")]
        assert "tests/requirements.txt" in line.replace("\\", "/")


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_what_is_linked_is_there(page):
    """Files and headings; `tests/test_author_mistakes.py` shows that others are found."""
    assert list(check_links.LINK.finditer((ROOT / page).read_text(encoding="utf-8")))
    assert list(check_links.in_guide(ROOT / page)) == []


def test_what_a_learner_installs_is_pinned_to_exact_versions():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    packages = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+|-e \.", line) for line in packages)
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("dependencies = [")[1].split("]")[0]
    names = {line.split("==")[0] for line in packages}
    assert set(re.findall(r'"([\w.-]+)"', declared)) <= names


def exists(name):
    """Whether a file that CONTRIBUTING names is there, as it stands or below one of the folders that it speaks of."""
    pattern = name.replace("NN", "[0-9][0-9]").replace("name", "*")
    folders = ("", "lessons", "lessons/grading", "lessons/interface", "lessons/interface/static")
    folders += ("lessons/classroom", "tests", "assets")
    return any(next(iter((ROOT / folder).glob(pattern)), None) for folder in folders)


@pytest.mark.parametrize(
    "name", sorted({one for one in SPANS if re.fullmatch(r"[\w./*-]+(?:\.(?:py|js|yaml|md|bib|yml)|/)", one)})
)
def test_each_file_that_contributing_names_is_there(name):
    assert exists(name.rstrip("/")), f"CONTRIBUTING.md names {name}"


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_of_the_guides_can_be_run(command):
    module, *words = command.removeprefix("python -m ").split()
    found = importlib.util.find_spec(module)
    assert found, f"there is no module {module}"
    if found.submodule_search_locations:
        assert importlib.util.find_spec(f"{module}.__main__"), f"{module} is no command"
    source = "" if module == "pytest" else Path(importlib.util.find_spec(module).origin).parent
    for word in words:
        if module == "pytest" and not word.startswith("-"):
            assert (ROOT / word).exists(), f"there is no {word}"
        elif module == "lessons.build" and word.isdigit():
            assert list((ROOT / "lessons").glob(f"{word}_*.md")), f"there is no page {word}"
        elif module == "lessons.check" and word.isalpha():
            assert word in check.CHECKS
        elif re.match(r"\[?--", word) and module != "pytest":
            option = re.search(r"--[a-z-]+", word)[0]
            assert any(option in path.read_text("utf-8") for path in source.glob("*.py")), f"{module} knows no {option}"


def test_each_message_that_contributing_explains_is_one_that_the_course_gives():
    table = CONTRIBUTING.split("## What a message means")[1].split("## What you can add")[0]
    rows = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    said = "".join(path.read_text("utf-8") for path in (ROOT / "lessons").rglob("*.py"))
    pieces = [re.sub(r"\\\\", r"\\", piece) for row in rows for piece in re.findall(r"`([^`]+)`", row)]
    assert len(rows) > 20 and [piece for piece in pieces if piece not in said] == []
