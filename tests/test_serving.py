"""What is written for Kubernetes and Binder and not yet run: its fields, their kinds, and the files that it names."""

import json
import os
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest

from lessons.lab.install import pinned
from lessons.strict_yaml import read_yaml

ROOT = Path(__file__).resolve().parents[1]
KUBERNETES = ROOT / "serving" / "kubernetes"
SCHEMA = json.loads((KUBERNETES / "values.schema.json").read_text(encoding="utf-8"))


def values():
    return read_yaml(KUBERNETES / "values.yaml")[0]


def test_the_chart_s_values_have_the_names_and_kinds_that_the_chart_knows():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(values(), SCHEMA)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("singleuser", "memory", "limits"), "1G"),
        (("singleuser", "memory", "limit"), "a lot"),
        (("singleuser", "storage", "homeMountPath"), "home"),
        (("singleuser", "image", "tag"), 1.0),
        (("cull", "timeout"), "an hour"),
        (("Hub",), {}),
    ],
)
def test_a_misspelt_field_or_a_value_of_another_kind_is_refused(place, value):
    changed = values()
    inner = changed
    for part in place[:-1]:
        inner = inner[part]
    inner[place[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(changed, SCHEMA)


def test_the_image_holds_what_the_course_needs_and_starts_what_the_values_start():
    lines = (KUBERNETES / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = {name for line in lines if line.startswith("COPY") for name in line.split()[1:-1]}
    assert {"lessons", "assets", "notebooks", "requirements.txt", "pyproject.toml"} <= copied
    assert all((ROOT / name).exists() for name in copied)
    assert f"CMD {json.dumps(values()['singleuser']['cmd'])}" in lines
    assert values()["singleuser"]["storage"]["homeMountPath"] == "/home/learner"


def test_binder_gets_a_python_that_the_course_takes_and_the_course_s_own_settings(tmp_path, monkeypatch):
    binder = ROOT / ".binder"
    version = re.fullmatch(r"python-3\.(\d+)\n", (binder / "runtime.txt").read_text(encoding="utf-8"))[1]
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    low, high = map(int, re.fullmatch(r">=3\.(\d+),<3\.(\d+)", needs).groups())
    assert low <= int(version) < high
    assert "-r ../requirements.txt" in (binder / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert os.name == "nt" or os.access(binder / "postBuild", os.X_OK)
    from traitlets.config.loader import PyFileConfigLoader

    before = dict(os.environ)
    config = PyFileConfigLoader("jupyter_server_config.py", path=str(binder)).load_config()
    for name in os.environ.keys() - before.keys():
        monkeypatch.delenv(name)
    assert config.ServerApp.root_dir == str(ROOT)
    assert config.ServerApp.default_url == "/doc/tree/notebooks/00_start_here.ipynb"
    assert callable(config.FileContentsManager.pre_save_hook) and "coursePages" in str(
        config.ServerApp.tornado_settings
    )


def test_what_has_not_been_run_says_so():
    for name in ("serving/kubernetes/values.yaml", "serving/kubernetes/Dockerfile", ".binder/jupyter_server_config.py"):
        assert "Not yet run" in (ROOT / name).read_text(encoding="utf-8").split("\nhub:")[0]


def test_the_proxy_and_the_hub_are_pinned():
    package = json.loads((ROOT / "serving" / "package.json").read_text(encoding="utf-8"))
    assert re.fullmatch(r"\d+\.\d+\.\d+", package["dependencies"]["configurable-http-proxy"])
    assert {"jupyterhub", "jupyterhub-idle-culler"} <= set(pinned(ROOT / "serving" / "requirements.txt"))
