"""Says in sentences what is wrong with an installation. Runs on old Pythons and without what may be missing."""

from __future__ import annotations

import importlib
import json
import os
import re
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlparse
from urllib.request import url2pathname

ROOT = Path(__file__).resolve().parents[2]
OLDEST, NEWEST = (3, 11), (3, 13)
AGAIN = "python -m pip install -r requirements.txt"
WIDGET_EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "anywidget")


def problems(root: Path = ROOT) -> list[str]:
    """What keeps the course from working here, one sentence per cause; an empty list when all is well."""
    found = _python()
    if found:
        return found  # whatever else is wrong follows from it
    found = _packages(root / "requirements.txt") + _course(root)
    if not found:
        found = _jupyter()
    return found + _folders(root)


def record_folder() -> Path:
    """Where answers are kept: a visible folder in the learner's home, moved by RETAIN_OR_RELEASE_HOME."""
    return Path(os.environ.get("RETAIN_OR_RELEASE_HOME") or Path.home() / "Retain or Release")


def pinned(requirements: Path) -> dict[str, str]:
    """Package -> version, of the lines `package==version` of a requirements file."""
    lines = requirements.read_text(encoding="utf-8").splitlines()
    matches = (re.fullmatch(r"([A-Za-z0-9._-]+)==([^\s;#]+)\s*", line) for line in lines)
    return {match[1]: match[2] for match in matches if match}


def _python() -> list[str]:
    here = sys.version_info[:2]
    if OLDEST <= here <= NEWEST:
        return []
    age = "old" if here < OLDEST else "new"
    return [
        f"This Python is {here[0]}.{here[1]}, which is too {age}; the course needs {OLDEST[0]}.{OLDEST[1]} to "
        f"{NEWEST[0]}.{NEWEST[1]}, which you get at python.org/downloads."
    ]


def _packages(requirements: Path) -> list[str]:
    from importlib.metadata import PackageNotFoundError, version

    if not requirements.exists():
        return [f"The file requirements.txt is missing in {requirements.parent}; get the whole course again."]
    found, missing = [], []
    for package, wanted in pinned(requirements).items():
        try:
            have = version(package)
        except PackageNotFoundError:
            missing.append(package)
            continue
        if have != wanted:
            found.append(f"The package {package} is version {have}, the course needs {wanted}; run: {AGAIN}")
    if missing:
        packages = f"package {missing[0]} is" if len(missing) == 1 else f"packages {', '.join(missing)} are"
        found.append(f"The {packages} not installed for this Python; run: {AGAIN}{_other_python(requirements.parent)}")
    return found


def _other_python(root: Path) -> str:
    """A hint for those who have made an environment and then forgot to use it."""
    for python in (root / ".venv/bin/python", root / ".venv/Scripts/python.exe"):
        if python.exists() and Path(sys.prefix) != root / ".venv":
            return f", or use the environment you made: {python} -m lessons"
    return ""


def _course(root: Path) -> list[str]:
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        origin = json.loads(distribution("retain-or-release").read_text("direct_url.json") or "{}")
    except PackageNotFoundError:
        return [f"The course itself is not installed; in the folder {root} run: {AGAIN}"]
    place = urlparse(origin.get("url", ""))
    folder = Path(url2pathname(place.path)) if place.scheme == "file" else None
    editable = origin.get("dir_info", {}).get("editable", False)
    if folder is None or not editable or not folder.exists() or not folder.samefile(root):
        other = folder or "somewhere else"
        return [f"The course is installed from {other}, not from {root}; in the second folder run: {AGAIN}"]
    return []


def _jupyter() -> list[str]:
    found = []
    for package in ("jupyterlab", "ipykernel", "ipywidgets", "anywidget", "plotly", "numpy", "scipy.integrate", "zmq"):
        try:
            importlib.import_module(package)
        except Exception as error:  # a broken binary raises whatever it likes
            found.append(
                f"The package {package} is installed but does not work ({error}); run: {AGAIN} --force-reinstall"
            )
    if found:
        return found
    from jupyter_core.paths import jupyter_path

    for extension in WIDGET_EXTENSIONS:
        if not any(Path(folder, extension, "package.json").exists() for folder in jupyter_path("labextensions")):
            found.append(f"JupyterLab does not see the widgets of {extension}; run: {AGAIN} --force-reinstall")
    return found


def _folders(root: Path) -> list[str]:
    found = []
    if not list((root / "notebooks").glob("[0-9][0-9]_*.ipynb")):
        found.append(f"There are no pages in {root / 'notebooks'}; run: python -m lessons.build")
    elif not _writable(root / "notebooks"):
        found.append(f"The folder {root / 'notebooks'} cannot be written to; copy the course to a folder of your own.")
    if not _writable(record_folder()):
        found.append(
            f"The folder {record_folder()} cannot be written to, so no answer could be kept; "
            "set RETAIN_OR_RELEASE_HOME to a folder of your own."
        )
    return found


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
