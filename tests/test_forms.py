"""The forms before and after the course: the same cards, kept with a page, and nothing told before the course."""

import pytest
from forms import QUESTIONS, have
from quiz_page import FormPage
from test_record import signed

from lessons import benches
from lessons.grading import record
from lessons.grading.bank import bank, banks, kept_as, misconceptions, page_of
from lessons.interface.contents import Contents, Entry
from lessons.interface.quiz import Quiz

RIGHT = {"beside": "same", "threshold": "120 kPa", "gentle": {"passes": 4}}
WRONG = {"beside": "gone", "threshold": "295 kPa", "gentle": {"passes": 1}}


@pytest.fixture
def forms(monkeypatch, tmp_path):
    """The course with an opening and a closing form, and without an exam."""
    have(monkeypatch, tmp_path, "opening", "closing")


def test_a_form_has_its_questions_and_a_lesson_its_own(forms):
    assert [question["id"] for question in benches.quiz("closing").questions] == [f"closing-{q}" for q in QUESTIONS]
    assert list(bank("03").items) == list(banks()["03"].items)


@pytest.mark.parametrize(
    ("name", "kept", "page"),
    [("opening", "00", "00"), ("closing", "10_closing", "10"), ("exam", "10_exam", "10"), ("03", "03", "03")],
)
def test_answers_are_kept_by_lesson_and_by_set_and_the_file_tells_the_page(name, kept, page):
    assert (kept_as(name), page_of(name)) == (kept, page)
    assert record.page_of(kept) == page and record.path(kept).name == f"lesson_{kept}.json"


@pytest.mark.parametrize("answers", [RIGHT, WRONG])
@pytest.mark.parametrize("question", QUESTIONS)
def test_before_the_course_only_that_it_is_kept_is_told_right_or_wrong(forms, answers, question):
    page = FormPage("opening")
    told = page.say(kind="answer", id=f"opening-{question}", raw=answers[question], sure=2)["verdict"]
    silent = {
        "status": "kept",
        "note": "What you gained is told at the end of the course.",
        "hint": "",
        "explanation": "",
    }
    assert silent.items() <= told.items()
    assert told["entries"] == told["beliefs"] == told["sources"] == told["curve"] == []
    (kept,) = record.history("00")
    assert (kept["id"], kept["raw"], kept["status"], kept["sure"]) == (
        f"opening-{question}",
        answers[question],
        "kept",
        2,
    )


def test_right_and_wrong_answers_before_the_course_are_told_in_the_same_words(forms):
    page = FormPage("opening")
    told = [page.say(kind="answer", id="opening-beside", raw=raw)["verdict"] for raw in ("same", "gone")]
    assert told[0] == told[1]


def test_a_number_before_the_course_is_still_read_aloud_and_refused_if_it_is_none(forms):
    page = FormPage("opening")
    assert page.say(kind="answer", id="opening-threshold", raw="120")["verdict"]["echo"]
    assert page.say(kind="answer", id="opening-threshold", raw="about 5")["verdict"]["status"] == "invalid"
    assert len(record.history("00")) == 1


def test_before_the_course_there_are_no_hints_and_no_starting_over(forms):
    page = FormPage("opening")
    page.say(kind="answer", id="opening-beside", raw="gone")
    assert page.say(kind="hint", id="opening-beside") == {}
    assert page.say(kind="over") == {} and [event["kind"] for event in record.history("00")] == ["answer"]


def test_an_answer_before_the_course_is_shown_again_and_still_not_judged(forms):
    FormPage("opening").say(kind="answer", id="opening-beside", raw="gone", sure=3)
    told = FormPage("opening").say(kind="hello")
    assert (told["verdict"]["raw"], told["verdict"]["sure"], told["verdict"]["status"]) == ("gone", 3, "kept")
    assert told["progress"]["answered"] == 1


def test_after_the_course_answers_are_judged_as_ever(forms):
    page = FormPage("closing")
    told = page.say(kind="answer", id="closing-beside", raw="gone")["verdict"]
    assert told["status"] == "incorrect" and told["beliefs"] == [misconceptions()["m03-more-passes"].belief]
    assert record.answers("10_closing") == {"closing-beside": "gone"}


@pytest.mark.parametrize(("answers", "status"), [(RIGHT, "correct"), (WRONG, "incorrect")])
def test_sliders_of_a_form_are_judged_by_the_model_that_the_question_names(forms, answers, status):
    page = FormPage("closing")
    assert page.quiz.questions[2]["sliders"][0]["name"] == "passes"
    assert page.say(kind="answer", id="closing-gentle", raw=answers["gentle"])["verdict"]["status"] == status


def test_from_a_cell_nothing_is_told_before_the_course_either(forms):
    said = repr(benches.answer("opening-beside", "gone"))
    assert said == "Kept. What you gained is told at the end of the course."
    assert "120" in repr(benches.answer("opening-threshold", "120"))
    assert "Not quite." in repr(benches.answer("closing-beside", "gone"))
    assert benches.answer("closing-gentle", {"passes": 4}).verdict.status == "correct"
    assert [record.answers(lesson).keys() for lesson in ("00", "10_closing")] == [
        {"opening-beside", "opening-threshold"},
        {"closing-beside", "closing-gentle"},
    ]


@pytest.mark.parametrize("name", ["opening", "closing", "exam"])
def test_a_form_that_is_not_written_is_an_empty_card(monkeypatch, tmp_path, name):
    have(monkeypatch, tmp_path)
    page = FormPage(name)
    assert page.quiz.questions == [] and page.say(kind="hello")["progress"]["total"] == 0


def test_a_lesson_without_questions_is_still_a_mistake_of_the_author(forms):
    with pytest.raises(LookupError, match="has no questions"):
        Quiz("99")


def test_no_key_is_in_what_a_saved_form_would_hold(forms):
    page = FormPage("opening")
    page.say(kind="answer", id="opening-beside", raw="gone")
    assert not any(secret in page.state() for secret in ("Only told after", "Needling the muscle", "m03-", '"correct"'))


# ---- two forms on one page ----


@pytest.fixture
def closing_and_exam(monkeypatch, tmp_path):
    """The course with two forms on one page, each with its first question answered wrong."""
    have(monkeypatch, tmp_path, "closing", "exam")
    pages = FormPage("closing"), FormPage("exam")
    for page in pages:
        name = page.quiz.questions[0]["id"]
        page.say(kind="answer", id=name, raw="gone", sure=3)
    return pages


def restored(name):
    """Question -> (answer, how sure) that a form shows when its page is opened anew."""
    page = FormPage(name)
    page.say(kind="hello")
    return {told["id"]: (told["raw"], told["sure"]) for told in page.heard if told["kind"] == "verdict"}


@pytest.mark.parametrize(("one", "other"), [("closing", "exam"), ("exam", "closing")])
def test_starting_one_form_over_leaves_the_other_on_its_page_as_it_is(closing_and_exam, one, other):
    FormPage(one).say(kind="over")
    assert restored(one) == {} and restored(other) == {f"{other}-beside": ("gone", 3)}
    assert record.progress() == {"10": (f"{other}-beside",)}
    assert [event["kind"] for event in record.history(f"10_{one}")] == ["answer", "start over"]


def test_a_page_is_done_when_its_forms_are_each_in_a_file_of_their_own(closing_and_exam):
    entry = Entry("10", "Clinic", "Which?", "10.ipynb", questions=("closing-beside", "exam-beside"))
    (shown,) = Contents([entry]).pages
    assert shown["done"] and shown["answered"] == "2 of 2 questions"
    FormPage("exam").say(kind="over")
    (shown,) = Contents([entry]).pages
    assert not shown["done"] and shown["answered"] == "1 of 2 questions"


def test_a_page_that_was_opened_is_gone_on_with_whatever_its_forms_hold(closing_and_exam):
    record.visit("10")
    assert record.last_visited() == "10" and record.lessons() == ["10", "10_closing", "10_exam"]


def test_the_report_names_the_page_of_an_answer_and_not_its_file(closing_and_exam):
    record.save_answer("10_exam", "of-long-ago", "x", "correct")
    told = benches.report().told()
    (belief,) = told["beliefs"]["list"]
    assert belief["told"].startswith("2 times, last on ") and ", page 10. " in belief["told"]
    assert [one["text"] for one in told["apart"]["list"]] == ["of-long-ago (page 10)"]


def test_damage_to_the_file_of_a_form_is_said_by_page_and_form(closing_and_exam):
    record.save_answer("10_exam", "exam-threshold", "120 kPa", "correct")
    record.path("10_exam").write_bytes(b"{")
    assert "The answers of lesson 10 (exam questions) were damaged" in record.notice("10_exam")
    assert restored("closing") == {"closing-beside": ("gone", 3)}
    record.visit("10_exam")
    assert record.notice("10_exam").startswith("An earlier file of lesson 10 (exam questions) was damaged")
    assert record.notice("10") == record.notice("10_closing") == ""


def test_what_was_answered_when_both_forms_shared_the_file_of_their_page_is_not_lost(monkeypatch, tmp_path):
    have(monkeypatch, tmp_path, "closing", "exam")
    record.save_answer("10", "closing-beside", "gone", "incorrect", 3)
    record.save_answer("10", "closing-threshold", "300 kPa", "incorrect", 2)
    record.save_answer("10", "exam-beside", "same", "correct", 1)
    assert restored("closing") == {"closing-beside": ("gone", 3), "closing-threshold": ("300 kPa", 2)}
    assert restored("exam") == {"exam-beside": ("same", 1)}
    FormPage("closing").say(kind="answer", id="closing-beside", raw="same")
    assert restored("closing") == {"closing-beside": ("same", None), "closing-threshold": ("300 kPa", 2)}
    assert len(benches.report().told()["beliefs"]["list"]) == 1
    FormPage("closing").say(kind="over")
    assert restored("closing") == {} and restored("exam") == {"exam-beside": ("same", 1)}
    assert [event["raw"] for event in record.history("10")] == ["gone", "300 kPa", "same"]


def test_a_file_of_the_page_that_cannot_be_read_hides_no_answer_of_its_forms(closing_and_exam):
    record.folder().joinpath("lesson_10.json").write_bytes(signed({"schema_version": 99}))
    assert restored("closing") == {"closing-beside": ("gone", 3)}


# ---- of the course itself ----


def test_both_forms_ask_the_same_kinds_of_question_in_the_same_order():
    before, after = ([item.type for item in bank(name).items.values()] for name in ("opening", "closing"))
    assert before == after != []
