"""No test touches the record of whoever runs it, and none fails because the machine is busy."""

import pytest
from hypothesis import settings

# A busy computer makes an example slow without anything being wrong; the suite has its own time limit.
settings.register_profile("course", deadline=None)
settings.load_profile("course")


@pytest.fixture(autouse=True)
def record_folder(tmp_path, monkeypatch):
    """An own, empty record for each test; its folder is made by the first save."""
    folder = tmp_path / "Retain or Release"
    monkeypatch.setenv("RETAIN_OR_RELEASE_HOME", str(folder))
    return folder
