"""A learner's own copies of the pages: a new version replaces what nobody changed, and nothing else is lost."""

from datetime import date

import pytest

from lessons.lab.own_pages import lay_out

TODAY = date(2026, 11, 28)


@pytest.fixture
def folders(tmp_path):
    course, own = tmp_path / "notebooks", tmp_path / "home" / "notebooks"
    course.mkdir()
    (course / "00_start.ipynb").write_text("start", encoding="utf-8")
    (course / "01_next.ipynb").write_text("next", encoding="utf-8")
    assert lay_out(course, own, TODAY) == []
    return course, own


def there(own):
    return {one.name: one.read_text(encoding="utf-8") for one in own.glob("*.ipynb")}


def test_the_first_time_every_page_is_copied(folders):
    assert there(folders[1]) == {"00_start.ipynb": "start", "01_next.ipynb": "next"}


def test_a_page_that_nobody_changed_follows_the_course(folders):
    course, own = folders
    (course / "00_start.ipynb").write_text("start, second edition", encoding="utf-8")
    assert lay_out(course, own, TODAY) == []
    assert there(own)["00_start.ipynb"] == "start, second edition"


def test_a_changed_page_stays_while_the_course_s_is_the_same(folders):
    course, own = folders
    (own / "00_start.ipynb").write_text("mine", encoding="utf-8")
    assert lay_out(course, own, TODAY) == lay_out(course, own, TODAY) == []
    assert there(own)["00_start.ipynb"] == "mine"


def test_a_changed_page_gets_a_name_of_its_own_when_the_course_moves_on_however_often(folders):
    course, own = folders
    for edition in ("second", "third"):
        (own / "00_start.ipynb").write_text(f"mine, before the {edition}", encoding="utf-8")
        (course / "00_start.ipynb").write_text(edition, encoding="utf-8")
        assert len(lay_out(course, own, TODAY)) == 1
    found = there(own)
    assert found.pop("01_next.ipynb") == "next"
    assert found == {
        "00_start.ipynb": "third",
        "00_start (mine, 2026-11-28).ipynb": "mine, before the second",
        "00_start (mine, 2026-11-28, 2).ipynb": "mine, before the third",
    }


def test_a_page_that_left_the_course_goes_unless_it_was_changed(folders):
    course, own = folders
    (own / "01_next.ipynb").write_text("mine", encoding="utf-8")
    for one in course.iterdir():
        one.unlink()
    lay_out(course, own, TODAY)
    assert there(own) == {"01_next.ipynb": "mine"}


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"../../x.ipynb": "1"}'])
def test_a_damaged_list_of_what_was_given_loses_no_page(folders, text):
    course, own = folders
    (own / ".given.json").write_text(text, encoding="utf-8")
    (own / "00_start.ipynb").write_text("mine", encoding="utf-8")
    lay_out(course, own, TODAY)
    assert "mine" in there(own).values() and there(own)["00_start.ipynb"] == "start"


def test_a_page_that_was_deleted_comes_back(folders):
    course, own = folders
    (own / "00_start.ipynb").unlink()
    lay_out(course, own, TODAY)
    assert there(own)["00_start.ipynb"] == "start"
