"""No test touches the record of whoever runs it, and none fails because the machine is busy."""

import pytest
from hypothesis import settings

# A busy computer makes an example slow without anything being wrong; the suite has its own time limit.
settings.register_profile("course", deadline=None)
settings.load_profile("course")


LONGEST = (
    "test_pages_in_use",
    "test_walkthrough",
    "test_first_minute",
    "test_mutants",
    "test_questions",
    "test_notebooks",
    "test_shading_the_body",
    "test_statements",
    "test_moving",
    "test_explorer",
    "test_needle_benches",
    "test_trigger_point_cohort",
)


def pytest_collection_modifyitems(items):
    """The longest files first, then what else needs a browser, so that the workers finish together (a file each)."""

    def place(item):
        name = item.path.stem
        return LONGEST.index(name) if name in LONGEST else len(LONGEST) + (item.path.parent.name != "browser")

    items.sort(key=place)


@pytest.fixture(autouse=True)
def record_folder(tmp_path, monkeypatch):
    """An own, empty record for each test; its folder is made by the first save."""
    folder = tmp_path / "Retain or Release"
    monkeypatch.setenv("RETAIN_OR_RELEASE_HOME", str(folder))
    return folder
