"""What every test gets."""

import pytest


@pytest.fixture(autouse=True)
def record_home(tmp_path, monkeypatch):
    """A folder of its own for the learner's record, so that no test reads or writes a real one."""
    home = tmp_path / "Retain or Release"
    monkeypatch.setenv("RETAIN_OR_RELEASE_HOME", str(home))
    return home
