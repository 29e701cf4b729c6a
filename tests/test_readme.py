"""The README's commands are the ones that are run, and what it points at is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINKED = [
    (page, target)
    for page in ("README.md", "CONTRIBUTING.md")
    for target in re.findall(r"\]\(([^)]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    if "://" not in target
]


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


@pytest.mark.parametrize(("page", "target"), LINKED)
def test_what_is_linked_is_there(page, target):
    assert (ROOT / target).exists(), f"{page} points at {target}"


def test_what_a_learner_installs_is_pinned_to_exact_versions():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    packages = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+|-e \.", line) for line in packages)
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("dependencies = [")[1].split("]")[0]
    names = {line.split("==")[0] for line in packages}
    assert set(re.findall(r'"([\w.-]+)"', declared)) <= names
