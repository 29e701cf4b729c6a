"""The course's JupyterLab: its own settings, a small extension, nothing of the learner's touched, nobody asked."""

import json
import re

import pytest
from traitlets.config import Config

from lessons.lab import server
from lessons.lab.saving import CoursePages

EXTENSION = server.HERE / "extensions" / "retain-or-release"


@pytest.fixture
def configuration(tmp_path):
    folders = server.own_folders(tmp_path / "record")
    return server.configuration(folders, CoursePages([], tmp_path / "notebooks"), 8888, False), tmp_path


def test_the_extension_is_small_and_needs_no_build_step():
    script = (EXTENSION / "static" / "remoteEntry.js").read_text(encoding="utf-8")
    assert len(script.splitlines()) < 150
    assert max(len(line) for line in script.splitlines()) <= 120, "short lines would be cheating otherwise"
    package = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    assert (EXTENSION / package["jupyterlab"]["_build"]["load"]).exists()


def test_everything_jupyter_keeps_lies_beside_the_answers(configuration):
    config, folder = configuration
    kept = [
        config.LabApp.user_settings_dir,
        config.LabApp.workspaces_dir,
        config.NotebookNotary.db_file,
        config.NotebookNotary.secret_file,
    ]
    assert all(path.startswith(str(folder / "record" / ".jupyterlab")) for path in kept)


def test_the_server_listens_to_this_computer_only_and_asks_nobody(configuration):
    config, _ = configuration
    assert config.ServerApp.ip == "127.0.0.1"
    assert "token" not in config.get("IdentityProvider", Config())  # Jupyter's own random one stays
    assert (config.LabApp.news_url, config.LabApp.extension_manager) == (None, "readonly")
    settings = json.loads((server.HERE / "settings" / "overrides.json").read_text(encoding="utf-8"))
    notification = settings["@jupyterlab/apputils-extension:notification"]
    assert notification == {"fetchNews": "false", "checkForUpdates": False}


def test_no_page_asks_whether_jupyterlab_should_be_built(configuration):
    page = configuration[0].ServerApp.tornado_settings["page_config_data"]
    assert page["buildCheck"] is False and page["buildAvailable"] is False


def test_every_setting_that_the_course_changes_exists_in_this_jupyterlab(configuration):
    """A renamed setting would be ignored in silence."""
    from jupyterlab.commands import get_app_dir

    settings = json.loads((server.HERE / "settings" / "overrides.json").read_text(encoding="utf-8"))
    for plugin, values in settings.items():
        package, name = plugin.split(":")
        with open(f"{get_app_dir()}/schemas/{package}/{name}.json", encoding="utf-8") as file:
            schema = json.load(file)
        known = {*schema["properties"], *(["toolbar"] if "jupyter.lab.toolbars" in schema else [])}
        assert set(values) <= known, plugin


def test_the_style_of_course_pages_touches_course_pages_only():
    style = (EXTENSION / "static" / "course.css").read_text(encoding="utf-8")
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    selectors = [one.strip() for one in re.findall(r"([^{}]+)\{", style)]
    assert selectors
    assert all(one.startswith((".course-", "#course-")) for one in selectors)
