"""The start page's list: what is done, where one left, and what is still to come, from what the record says."""

import json

import pytest

from lessons import benches
from lessons.data import planned
from lessons.grading import record
from lessons.grading.bank import banks
from lessons.interface.contents import Contents, Entry
from lessons.pages import page_files, read_front

RELEASE = tuple(banks()["03"].items)
PAGES = [
    Entry("00", "Start here", "Two jobs?", "00_start_here.ipynb", 10, ("Name the two",)),
    Entry("03", "Release", "What does it buy?", "03_release.ipynb", 20, ("Predict",), RELEASE),
    Entry("04", "Retention", "What does time add?"),
]


def looked_again(contents):
    """The list after its page asked anew."""
    contents._handle_custom_msg({"kind": "hello"}, [])
    return contents


def test_a_page_is_ticked_once_every_question_was_answered_rightly_or_not():
    for number, item in enumerate(RELEASE):
        assert [page["done"] for page in Contents(PAGES).pages] == [False, False, False]
        record.save_answer("03", item, "anything", ("correct", "incorrect")[number % 2])
    assert [page["done"] for page in Contents(PAGES).pages] == [False, True, False]


def test_a_page_that_is_begun_anew_is_no_longer_ticked():
    for item in RELEASE:
        record.save_answer("03", item, "anything", "correct")
    record.start_over("03")
    assert not any(page["done"] for page in Contents(PAGES).pages)


def test_a_question_that_is_added_later_takes_the_tick_away():
    for item in RELEASE:
        record.save_answer("03", item, "anything", "correct")
    grown = Entry("03", "Release", "What?", "03_release.ipynb", 20, (), (*RELEASE, "a-new-one"))
    (page,) = Contents([grown]).pages
    assert (page["done"], page["answered"]) == (False, f"{len(RELEASE)} of {len(RELEASE) + 1} questions")


@pytest.mark.parametrize("status", record.NOT_ANSWERED)
def test_what_could_not_be_read_is_no_answer(status):
    record.save_answer("03", RELEASE[0], "about 5", status)
    assert Contents(PAGES).pages[1]["answered"] == f"0 of {len(RELEASE)} questions"


def test_contents_say_how_far_one_is_and_where_one_left():
    assert Contents(PAGES).resume == {}
    record.visit("03")
    record.save_answer("03", RELEASE[0], "gone", "incorrect")
    contents = Contents(PAGES)
    assert contents.resume == {"id": "03", "title": "Release", "file": "03_release.ipynb"}
    assert [page["answered"] for page in contents.pages] == ["", f"1 of {len(RELEASE)} questions", ""]


def test_contents_look_again_when_the_page_is_shown_again():
    contents = Contents(PAGES)
    record.visit("03")
    assert looked_again(contents).resume["id"] == "03"
    record.save_answer("03", RELEASE[0], "gone", "incorrect")
    assert looked_again(contents).pages[1]["answered"].startswith("1 of ")


def test_a_page_that_is_still_to_come_has_no_link():
    record.visit("04")
    contents = Contents(PAGES)
    assert [page["file"] for page in contents.pages] == ["00_start_here.ipynb", "03_release.ipynb", ""]
    assert contents.resume == {}


def test_a_record_that_cannot_be_read_leaves_a_list_without_ticks(record_folder):
    record.save_answer("03", RELEASE[0], "gone", "incorrect")
    for file in record_folder.iterdir():
        file.write_bytes(b"\x00")
    contents = Contents(PAGES)
    assert contents.pages[1]["answered"].startswith("0 of ") and contents.resume == {}


@pytest.mark.parametrize("message", [{}, {"kind": "answer"}, {"kind": None}])
def test_other_messages_change_nothing(message):
    contents = Contents(PAGES)
    record.visit("03")
    contents._handle_custom_msg(message, [])
    assert contents.resume == {}


# ---- of the course itself ----


def test_the_list_shows_each_page_from_00_to_11_once():
    shown = benches.contents().pages
    assert [page["id"] for page in shown] == [f"{number:02}" for number in range(12)]
    assert len({page["title"] for page in shown}) == 12
    assert all(page["title"] and page["question"].endswith("?") for page in shown)


def test_written_pages_describe_themselves_and_planned_ones_are_only_announced():
    written = {read_front(path).id: (path, read_front(path)) for path in page_files()}
    for page in benches.contents().pages:
        if page["id"] in written:
            path, front = written[page["id"]]
            assert page["file"] == f"{path.stem}.ipynb"
            assert (page["title"], page["question"]) == (front.title, front.question)
            assert (page["minutes"], page["goals"]) == (front.minutes, list(front.goals))
        else:
            coming = next(one for one in planned() if one.id == page["id"])
            assert (page["title"], page["file"], page["minutes"]) == (coming.title, "", 0)


def test_written_pages_with_questions_can_be_finished():
    for lesson, bank in banks().items():
        for item in bank.items:
            record.save_answer(lesson, item, "anything", "incorrect")
    assert {page["id"] for page in benches.contents().pages if page["done"]} == set(banks())


def test_no_answer_is_in_what_a_saved_page_would_hold():
    record.save_answer("03", RELEASE[0], "my own words", "incorrect")
    assert "my own words" not in json.dumps(benches.contents().get_state(), default=str)
