"""The report as the page gets it: in words, by message and never in what is saved; what came of each prediction."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from forms import QUESTIONS, have
from right_answers import right_answer

from lessons import benches
from lessons.benches.what_you_know import outcome
from lessons.data import claims
from lessons.grading import record
from lessons.grading.attempts import Predicted
from lessons.grading.bank import banks, misconceptions, sets
from lessons.predictions import predictions

TWITCH, REFLEX = (banks()["03"].items[name] for name in ("must-it-twitch", "the-reflex-is-cut"))  # both on T5
WRONG = next(option for option in TWITCH.options if not option.correct)
BELIEF = misconceptions()[WRONG.misconception].belief
BLOCKS = ("known", "beliefs", "sureness", "predictions", "today", "gain", "apart")


class ReportPage:
    """What a page sees of the report."""

    def __init__(self):
        self.report = benches.report()
        self.heard = []
        self.report.send = lambda content, buffers=None: self.heard.append(json.loads(json.dumps(content)))

    def say(self, **message):
        self.heard.clear()
        self.report._handle_custom_msg(message, [])
        return self.heard[-1] if self.heard else None


@pytest.fixture
def ago(monkeypatch):
    """ago(days): from now on the record's clock shows so many days ago."""

    def ago(days):
        moment = datetime.now(UTC) - timedelta(days)
        monkeypatch.setattr(record, "_now", lambda: moment.isoformat(timespec="milliseconds"))

    return ago


def give(item, option, sure=None, **more):
    record.save_answer("03", item.id, option.id, "kept", sure, **more)


def told():
    return ReportPage().say(kind="hello")


# ---- what stands in it ----


def test_with_an_empty_record_each_block_says_what_will_stand_there():
    found = told()
    assert all(found[name]["told"].endswith((".", "days.")) and "here" in found[name]["told"] for name in BLOCKS[:5])
    assert found["gain"] is None and found["apart"] == {"told": "", "list": []} and found["trouble"] == []
    assert not record.folder().exists(), "looking makes no file"


def test_a_claim_is_understood_after_two_forms_on_two_days_and_on_the_way_before(ago):
    ago(2)
    give(TWITCH, TWITCH.correct)
    text = claims()["T5"].text
    assert {"text": text, "told": "Right so far; once more in another form, on another day."} in told()["known"][
        "coming"
    ]
    give(REFLEX, REFLEX.correct)
    assert {"text": text, "told": "Right so far; once more on another day."} in told()["known"]["coming"]
    ago(1)
    give(REFLEX, REFLEX.correct)
    found = told()["known"]
    assert text in found["mastered"] and found["told"].startswith("1 claim of the paper understood, ")


def test_a_belief_is_told_in_words_with_its_page_and_whether_it_was_put_right(ago):
    ago(1)
    give(TWITCH, WRONG)
    (found,) = told()["beliefs"]["list"]
    assert (found["text"], found["right"]) == (BELIEF, False)
    assert "page 03. Not yet put right." in found["told"]
    give(TWITCH, TWITCH.correct)
    assert told()["beliefs"]["told"] == "1 belief showed in your answers; 1 put right since."


def test_each_bar_says_in_words_what_it_shows():
    give(TWITCH, WRONG, 3)
    give(REFLEX, REFLEX.correct, 3)
    found = told()["sureness"]
    assert [(bar["label"], bar["share"], bar["told"]) for bar in found["bars"]] == [
        ("Guessed", None, "no answer yet"),
        ("Fairly sure", None, "no answer yet"),
        ("Sure", 0.5, "1 of 2 right"),
    ]
    assert found["told"] == "1 answer wrong although you were sure: those teach the most."


def test_what_was_missed_yesterday_is_for_today_and_leads_to_its_page(ago):
    ago(1)
    give(TWITCH, WRONG, 3)
    (found,) = told()["today"]["list"]
    assert found == {"page": "03", "text": TWITCH.stem, "told": "You were sure, and it was not so."}
    assert ReportPage().report.pages["03"]["file"] == "03_release.ipynb"


def test_what_was_missed_today_comes_back_tomorrow():
    give(TWITCH, WRONG)
    tomorrow = datetime.now(UTC).date() + timedelta(1)
    found = told()["today"]
    assert "list" not in found
    assert found["told"] == f"Nothing for today. 1 question later, the next on {tomorrow.day} {tomorrow:%B %Y}."


def test_answers_to_questions_that_are_gone_are_shown_as_they_were_given():
    record.save_answer("03", "old", "<b>" + "x" * 500, "correct")
    record.save_answer("03", "older", {"a": 1}, "correct")
    first, second = told()["apart"]["list"]
    assert first["text"] == "old (page 03)" and first["told"].startswith("<b>x") and len(first["told"]) < 210
    assert second["told"] == '{"a": 1}'


def test_times_that_cannot_be_are_said(ago):
    ago(-40)
    give(TWITCH, WRONG)
    assert told()["apart"]["told"].startswith("1 answer kept with a time that cannot be")


def test_a_damaged_file_is_said_and_the_other_lessons_are_reported(record_folder):
    give(TWITCH, WRONG)
    record.save_answer("02", "two-examiners", "x", "kept")
    record.path("02").write_bytes(b"\x00")
    (record_folder / "lesson_01.json").write_bytes(b'{"schema_version": 1}')
    found = told()
    assert found["beliefs"]["list"] and any("lesson 02 were damaged" in said for said in found["trouble"])


def test_the_gain_stands_there_once_both_forms_are_answered(monkeypatch, tmp_path, ago):
    have(monkeypatch, tmp_path, "opening", "closing")
    before, after = {"beside": "gone", "threshold": "120", "gentle": {"passes": 1}}, {"gentle": {"passes": 4}}
    page = ReportPage()
    for question in QUESTIONS:
        record.save_answer("00", f"opening-{question}", before[question], "kept", 3)
    found = page.say(kind="refresh")
    assert found["gain"] is None and "list" not in found["beliefs"] and "bars" not in found["sureness"]
    for question in QUESTIONS:
        record.save_answer("10", f"closing-{question}", {**before, **after}[question], "correct")
    found = page.say(kind="refresh")
    assert found["gain"]["told"] == (
        "33 % right before the course, 67 % after it (3 questions answered both times). "
        "You learnt 50 % of what was still to learn."
    )
    assert found["beliefs"]["list"] and "list" not in found["today"], "a form is not practised"


# ---- the final questions ----

EXAM = sets()["exam"].items
SAFETY = [name for name, item in EXAM.items() if item.safety]


def sit(*left_out):
    for name, item in EXAM.items():
        if name not in left_out:
            record.save_answer("10_exam", name, right_answer(item), "correct", 3)
    return told()["exam"]


def test_without_an_answer_to_the_final_questions_nothing_stands_there():
    assert told()["exam"] is None


def test_who_answers_all_of_them_has_passed():
    found = sit()
    assert found["told"] == "Passed: 100 % right, 8 of 8 on safety. First answers count."
    assert [bar["told"] for bar in found["bars"]] == ["100 %, 70 % to pass", "8 of 8, all to pass"]


def test_one_that_is_missed_on_safety_is_enough_not_to_pass():
    record.save_answer("10_exam", SAFETY[0], "muscles", "incorrect", 3)
    found = sit()
    assert found["told"].startswith("Not passed, for that takes 70 % and all on safety. “Start over” sits it again.")
    assert found["told"].endswith("This time: 96 % right, 7 of 8 on safety. First answers count.")


def test_what_is_still_open_is_no_failure():
    assert sit(*SAFETY)["told"].startswith("22 of 30 answered so far: 73 % right, 0 of 8 on safety.")


def test_cases_of_the_clinic_are_no_questions_that_are_gone():
    record.save_answer("10_cases", "case-mara-gate", ["over-the-lung"], "correct")
    assert told()["apart"]["list"] == []


# ---- predictions ----


@pytest.mark.parametrize("name", [name for name, one in predictions().items() if one.kind == "choice"])
def test_a_choice_is_set_beside_what_the_model_does(name):
    question = predictions()[name]
    for option in question.options:
        found = outcome(Predicted(question.lesson, name, option.id))
        assert (found.yours, found.agreed) == (option.text, option.correct)
        assert found.outcome == next(other.text for other in question.options if other.correct)
    assert outcome(Predicted(question.lesson, name, "unsure")).agreed is None


@pytest.mark.parametrize("name", [name for name, one in predictions().items() if one.kind != "choice"])
def test_numbers_are_set_beside_those_of_the_model(name):
    question = predictions()[name]
    unsure = outcome(Predicted(question.lesson, name, "unsure"))
    assert unsure.agreed is None and unsure.outcome.count(" at ") == len(question.at)
    model = [float(part.split(" at ")[0]) for part in unsure.outcome.split(", ")]
    as_kept = model if question.kind == "curve" else model[0]
    assert outcome(Predicted(question.lesson, name, as_kept)).agreed
    far = [question.low if value > (question.low + question.high) / 2 else question.high for value in model]
    assert not outcome(Predicted(question.lesson, name, far if question.kind == "curve" else far[0])).agreed


@pytest.mark.parametrize(
    "one",
    [
        Predicted("00", "where-each-acts", {"release": []}),
        Predicted("03", "none", 1),
        Predicted("02", "pain-after-release", [1, 2, 3, 4, 5]),
        Predicted("03", "pain-after-release", [1, 2]),
        Predicted("03", "pain-after-release", [1, 2, "3", 4, 5]),
        Predicted("03", "pain-after-release", "anything"),
        Predicted("03", "pain-after-release", None),
        Predicted("02", "knot-after-overload", ["recovered"]),
    ],
)
def test_a_prediction_that_this_course_cannot_compare_has_no_outcome(one):
    assert outcome(one) is None


def test_predictions_are_counted_and_the_uncompared_are_not_forgotten():
    record.save_prediction("02", "knot-after-overload", "knotted")
    record.save_prediction("04", "twenty-minutes-more", "longer")
    record.save_prediction("01", "rub-it", "unsure")
    record.save_prediction("00", "where-each-acts", {})
    found = told()["predictions"]
    assert found["told"] == (
        "1 of 2 predictions came as you said. 1 time you were not sure. 1 more compared on the page where you made it."
    )
    assert len(found["list"]) == 3


# ---- the widget ----


def test_nothing_of_a_learner_is_in_what_a_saved_page_would_hold():
    record.save_answer("03", "old", "my own words", "kept")
    page = ReportPage()
    assert "my own words" in json.dumps(page.say(kind="hello"))
    assert "my own words" not in json.dumps(page.report.get_state(), default=str)


def test_the_report_is_made_anew_whenever_it_is_asked_for():
    page = ReportPage()
    assert "list" not in page.say(kind="hello")["beliefs"]
    give(TWITCH, WRONG)
    assert page.say(kind="refresh")["beliefs"]["list"]


def test_an_answer_by_sliders_is_run_once_however_often_the_report_is_shown(monkeypatch, tmp_path):
    have(monkeypatch, tmp_path, "closing")
    runs = []
    monkeypatch.setattr("lessons.benches.what_you_know._met_before", {})
    monkeypatch.setattr("lessons.benches.what_you_know.meets", lambda *_: runs.append(1) or [True])
    record.save_answer("10", "closing-gentle", {"passes": 4}, "kept")
    page = ReportPage()
    for _ in range(3):
        assert page.say(kind="refresh")["known"]["coming"]
    assert len(runs) == 1


def test_a_record_is_exported_and_brought_back_from_the_page(record_folder):
    page = ReportPage()
    assert "nothing to write" in page.say(kind="export")["said"]
    give(TWITCH, WRONG)
    said = page.say(kind="export")
    name = f"export-{date.today().isoformat()}.json"
    assert said["files"] == [name] and str(record_folder / name) in said["said"]
    for path in record_folder.glob("lesson_*"):
        path.unlink()
    assert "list" not in page.say(kind="refresh")["beliefs"]
    back = page.say(kind="import", name=name)
    assert back["said"].startswith("1 entry added") and back["beliefs"]["list"][0]["text"] == BELIEF


def test_adding_a_file_on_the_page_says_and_lists_the_safety_copy_that_was_made_first(record_folder):
    page = ReportPage()
    give(TWITCH, WRONG)
    name = page.say(kind="export")["files"][0]
    for path in record_folder.glob("lesson_*"):
        path.unlink()
    give(REFLEX, REFLEX.correct)
    found = page.say(kind="import", name=name)
    copy = f"safety-copy-{date.today().isoformat()}.json"
    assert found["said"].endswith(f"What you had before is also in {copy}.") and found["files"] == [name, copy]


@pytest.mark.parametrize("name", ["../x.json", "none.json", None, {}])
def test_a_file_that_cannot_be_brought_in_is_said_and_the_report_stays(name):
    give(TWITCH, WRONG)
    found = ReportPage().say(kind="import", name=name)
    assert found["said"].endswith(".") and found["beliefs"]["list"]


@pytest.mark.parametrize("message", [{}, {"kind": None}, {"kind": "answer"}, {"kind": ["hello"]}])
def test_other_messages_are_left_alone(message):
    assert ReportPage().say(**message) is None
