"""Who may know whom: a model knows no screen, grading knows no model. Read from the imports, without running them."""

import ast
import sys
from pathlib import Path

import pytest

LESSONS = Path(__file__).resolve().parents[1] / "lessons"
READERS = {"lessons.body_data", "lessons.data", "lessons.entries", "lessons.bibliography", "lessons.strict_yaml"}

# Layer -> what it may import beyond the standard library and itself. A name allows what lies below it.
MAY_IMPORT = {
    "parts_of_scipy": {"scipy"},
    "simulation": {"numpy", "lessons.parts_of_scipy"},
    "models": {"numpy", "lessons.simulation", "lessons.parts_of_scipy"},
    "figures": {"numpy", "lessons.simulation", "lessons.models"},
    "grading": {"pydantic", "filelock", *READERS},
    "data": {"pydantic", "ruamel", *READERS},
    "interface": {"IPython", "ipywidgets", "anywidget", "traitlets", "numpy", "lessons.grading", "lessons.simulation"},
    "classroom": {"lessons.grading", "lessons.data", "lessons.lesson_models", "lessons.truth"},
    "maths": set(),
    "pages": {"pydantic", "ruamel", "lessons.maths"},
}
READS_DATA = {
    "body_data",
    "data",
    "entries",
    "explanations",
    "bibliography",
    "predictions",
    "presets",
    "published_effects",
    "strict_yaml",
}
# What puts pages together, builds, checks and starts the course may know everything. Models and quiz keys meet in
# `truth`, `check` and, for marks, `classroom` only.
MAY_IMPORT_ALL = {
    "__init__",
    "__main__",
    "benches",
    "build",
    "bundle",
    "compose",
    "draw_body",
    "lab",
    "lesson_models",
    "statements",
    "teaching",
    "treated_body",
    "truth",
    "walkthrough",
}


def layer_of(path):
    """The layer of a file of the package: its folder, or its own name at the top."""
    first = path.relative_to(LESSONS).parts[0].removesuffix(".py")
    if first in READS_DATA:
        return "data"
    return "check" if first == "check" or first.startswith("check_") else first


def imports(path):
    """(line, full name) of everything a file imports, wherever in the file it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = ["lessons", *path.relative_to(LESSONS).parent.parts]
            above = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            origin = ".".join(part for part in (above, node.module) if part)
            if origin == "lessons" or (node.level and not node.module):
                yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, origin


def forbidden(path):
    """Sentences about every import that the file's layer may not make."""
    layer = layer_of(path)
    if layer in MAY_IMPORT_ALL or layer == "check":
        return []
    allowed = MAY_IMPORT[layer] | {f"lessons.{layer}"}
    return [
        f"{path.relative_to(LESSONS.parent)}, line {line}: the layer '{layer}' may not import {name}"
        for line, name in imports(path)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not any(name == one or name.startswith(f"{one}.") for one in allowed)
    ]


FILES = sorted(LESSONS.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(LESSONS).as_posix())
def test_a_file_imports_only_what_its_layer_may_know(path):
    assert forbidden(path) == []


def test_every_layer_of_the_package_has_a_rule():
    layers = {layer_of(path) for path in FILES}
    assert layers <= {*MAY_IMPORT, *MAY_IMPORT_ALL, "check"}


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("models/knee.py", "import plotly"),
        ("models/knee.py", "from lessons.figures import style"),
        ("models/knee.py", "def draw():\n    import ipywidgets"),
        ("models/knee.py", "from ..interface import chart"),
        ("figures/knee.py", "import plotly.graph_objects"),
        ("grading/knee.py", "import numpy"),
        ("grading/knee.py", "from lessons import models"),
        ("interface/knee.py", "from lessons.models.trigger_point import simulate"),
        ("interface/knee.py", "from lessons import figures"),
        ("simulation.py", "from lessons.models import trigger_point"),
        ("entries.py", "import ipywidgets"),
        ("classroom/knee.py", "import numpy"),
        ("classroom/knee.py", "from lessons.interface import quiz"),
        ("grading/knee.py", "from lessons.classroom import tables"),
    ],
)
def test_a_forbidden_import_is_found(place, line, monkeypatch, tmp_path):
    monkeypatch.setattr(sys.modules[__name__], "LESSONS", tmp_path / "lessons")
    path = tmp_path / "lessons" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(line, encoding="utf-8")
    assert len(forbidden(path)) == 1
