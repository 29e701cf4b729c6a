"""Own words: kept with their ticks, never marked or counted, and nothing is shown before something was written."""

import json
from datetime import date

import pytest

from lessons import benches
from lessons.explanations import explanations
from lessons.grading import own_words, record, transfer
from lessons.grading.attempts import dated, predicted
from lessons.grading.own_words import LONGEST, PREFIX, Words
from lessons.grading.record import RecordError
from lessons.interface.own_words import EMPTY, OwnWords
from lessons.interface.quiz import Quiz
from lessons.predictions import predictions

NAME = "what-a-release-brings"
ASKED = explanations()[NAME]
POINTS = [point.id for point in ASKED.points]
TEXT = "It may hurt <b>less</b> soon.\nIt will be sore. \u202e\x00 é🙂"


class WordsPage:
    """What a page sees of the card."""

    def __init__(self):
        self.card = benches.explain_it(NAME)
        self.heard = []
        self.card.send = lambda content, buffers=None: self.heard.append(json.loads(json.dumps(content)))

    def say(self, **message):
        """What comes back, by kind."""
        self.heard.clear()
        self.card._handle_custom_msg(message, [])
        return {found["kind"]: found for found in self.heard}


@pytest.fixture
def page():
    return WordsPage()


def events():
    return record.history("03")


# ---- on the page ----


def test_the_page_knows_neither_points_nor_example_before_something_was_written(page):
    shown = page.say(kind="hello")["words"]
    assert (shown["text"], shown["points"], shown["said"], shown["example"]) == ("", [], [], "")
    state = json.dumps(page.card.get_state(), default=str)
    assert ASKED.prompt in state
    assert not [point.text for point in ASKED.points if point.text in state] and ASKED.example not in state


@pytest.mark.parametrize("text", ["", " ", "\n\t "])
def test_who_compares_without_having_written_is_told_what_to_do_and_nothing_is_kept(page, text):
    assert page.say(kind="compare", text=text) == {"refused": {"kind": "refused", "text": EMPTY}}
    assert events() == () and page.card.words == Words()


def test_what_is_too_long_is_refused_in_a_sentence_and_what_was_there_stays(page):
    page.say(kind="compare", text="Short.")
    for kind in ("compare", "write"):
        said = page.say(kind=kind, text="x" * (LONGEST + 1))
        assert said["refused"]["text"] == f"Shorten it to {LONGEST} characters; there are {LONGEST + 1}."
    assert page.card.words.text == "Short."


@pytest.mark.parametrize("text", ["🙂" * LONGEST, "\ud800" * LONGEST, "x" * LONGEST])
def test_the_longest_words_can_be_kept_however_they_are_written(page, text):
    assert page.say(kind="compare", text=text)["words"]["trouble"] == ""
    assert own_words.kept("03", NAME) == Words(text, ())


def test_comparing_shows_points_unticked_and_an_example_and_says_of_none_whether_it_is_right(page):
    shown = page.say(kind="compare", text=TEXT)["words"]
    assert [point["id"] for point in shown["points"]] == POINTS and shown["said"] == []
    assert shown["example"] == ASKED.example
    assert set(shown) == {"kind", "restored", "text", "points", "said", "example", "trouble"}


def test_words_and_ticks_come_back_when_the_page_runs_again(page):
    page.say(kind="compare", text=TEXT)
    page.say(kind="tick", said=[POINTS[2], POINTS[0]])
    shown = WordsPage().say(kind="hello")["words"]
    assert shown["restored"] and shown["text"] == TEXT
    assert shown["said"] == [POINTS[0], POINTS[2]] and len(shown["points"]) == len(POINTS)
    page.say(kind="tick", said=[])
    assert WordsPage().say(kind="hello")["words"]["said"] == []


def test_what_was_written_and_not_yet_compared_comes_back_without_points(page):
    page.say(kind="write", text="Half a sent")
    shown = WordsPage().say(kind="hello")["words"]
    assert (shown["text"], shown["points"], shown["example"]) == ("Half a sent", [], "")


def test_words_that_change_after_comparing_keep_their_ticks(page):
    page.say(kind="compare", text="One.")
    page.say(kind="tick", said=POINTS[:1])
    page.say(kind="write", text="One. Two.")
    page.say(kind="compare", text="One. Two. Three.")
    assert own_words.kept("03", NAME) == Words("One. Two. Three.", (POINTS[0],))


def test_an_emptied_box_empties_the_card_and_an_empty_one_keeps_nothing(page):
    page.say(kind="write", text=" ")
    assert events() == ()
    page.say(kind="compare", text="One.")
    shown = page.say(kind="write", text="")["words"]
    assert shown["points"] == [] and shown["text"] is None
    assert own_words.kept("03", NAME) == Words("", None)
    assert WordsPage().say(kind="hello")["words"]["points"] == []


def test_the_same_thing_is_kept_once(page):
    for _ in range(3):
        page.say(kind="compare", text="One.")
        page.say(kind="write", text="One.")
        page.say(kind="tick", said=POINTS[:1])
    assert [event["answer"]["said"] for event in events()] == [None, [], POINTS[:1]]


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"kind": "compare"},
        {"kind": "compare", "text": 3},
        {"kind": "write", "text": None},
        {"kind": "tick", "said": "early-ease"},
        {"kind": "tick"},
        {"kind": "commit", "answer": "x"},
    ],
)
def test_other_messages_change_nothing(page, message):
    page.say(kind="compare", text="One.")
    before = events()
    assert page.say(**message) == {}
    assert events() == before


def test_a_tick_for_what_is_no_point_and_one_before_the_points_are_shown_are_left_out(page):
    page.say(kind="tick", said=POINTS)
    assert events() == ()
    page.say(kind="compare", text="One.")
    page.say(kind="tick", said=[POINTS[1], "no-such-point", 7, ["x"], POINTS[1]])
    assert page.card.words.said == (POINTS[1],)


def test_a_record_that_cannot_be_written_costs_a_sentence_and_the_words_are_kept_with_the_next_try(page, monkeypatch):
    def refuse(*_):
        raise RecordError("The folder cannot be written.")

    with monkeypatch.context() as full_disk:
        full_disk.setattr(record, "save_prediction", refuse)
        shown = page.say(kind="compare", text="One.")
        assert shown["words"]["points"] and page.card.words.text == "One."
        assert shown["words"]["trouble"] == shown["trouble"]["text"]
        assert shown["trouble"]["text"].startswith("The folder cannot be written. Your words stay on this page")
        assert "trouble" not in page.say(kind="tick", said=[]), "the same sentence is said twice"
    assert own_words.kept("03", NAME) == Words()
    assert page.say(kind="compare", text="One.")["trouble"]["text"] == ""
    assert own_words.kept("03", NAME) == Words("One.", ())


def test_a_record_that_cannot_be_read_is_told_on_an_empty_card(monkeypatch):
    def refuse(*_):
        raise RecordError("The file cannot be read.")

    monkeypatch.setattr(record, "prediction", refuse)
    shown = WordsPage().say(kind="hello")["words"]
    assert shown["trouble"] == "The file cannot be read." and shown["text"] == ""


def test_nothing_that_was_written_is_in_what_a_saved_page_would_hold(page):
    page.say(kind="compare", text="my own words")
    assert "my own words" not in json.dumps(page.card.get_state(), default=str)
    assert "my own words" not in json.dumps(OwnWords(ASKED).get_state(), default=str)


def test_an_unknown_explanation_is_named_with_those_that_exist():
    with pytest.raises(LookupError, match=f"There is no explanation 'x'. There are .*{NAME}"):
        benches.explain_it("x")


# ---- starting over ----


def test_starting_the_page_over_empties_its_card_in_every_window_and_no_other(page):
    other_window, other_page = WordsPage(), benches.explain_it("just-endorphins")
    page.say(kind="compare", text="One.")
    other_page.compare("Other.")
    Quiz("03").start_over()
    for one in (page, other_window):
        assert one.heard[-1] == {"kind": "cleared"} and one.card.words == Words()
    assert other_page.words.text == "Other."
    assert WordsPage().say(kind="hello")["words"]["text"] == ""
    assert [event["kind"] for event in events()] == ["prediction", "prediction", "start over"], "something was lost"


# ---- in the record ----


def test_an_older_course_can_read_what_is_kept(page):
    """It knows predictions with an id and an answer; with anything else it could not read the file."""
    page.say(kind="compare", text="One.")
    for event in events():
        assert set(event) == {"kind", "time", "id", "answer"}
        assert (event["kind"], event["id"]) == ("prediction", PREFIX + NAME)


def test_own_words_are_no_predictions_and_answer_no_question(page):
    record.save_prediction("03", "pain-after-release", "unsure")
    page.say(kind="compare", text="One.")
    page.say(kind="tick", said=POINTS)
    found = predicted(dated({"03": events()}, date.max))
    assert [one.id for one in found] == ["pain-after-release"]
    assert record.progress() == {"03": ()} and record.answers("03") == {}
    told = benches.report().told()
    assert told["predictions"]["told"] == "1 time you were not sure."
    assert told["apart"] == {"told": "", "list": []}
    assert not any(own_words.are_words(name) for name in predictions())


def test_own_words_go_into_the_export_and_come_back_from_it(page, record_folder):
    page.say(kind="compare", text=TEXT)
    page.say(kind="tick", said=POINTS[:2])
    transfer.export(date(2026, 11, 27))
    record.path("03").unlink()
    record.path("03").with_suffix(".json.bak").unlink()
    assert WordsPage().card.words == Words()
    transfer.bring_in("export-2026-11-27.json", date(2026, 11, 28))
    assert WordsPage().card.words == Words(TEXT, tuple(POINTS[:2]))


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ("text", Words()),
        ([1], Words()),
        ({}, Words()),
        ({"text": 3, "said": []}, Words()),
        ({"text": "One."}, Words("One.")),
        ({"text": "One.", "said": "all"}, Words("One.")),
        ({"text": "One.", "said": ["early-ease", 3, None, "gone"]}, Words("One.", ("early-ease", "gone"))),
    ],
)
def test_what_another_course_kept_otherwise_is_read_as_far_as_it_goes(kept, words):
    record.save_prediction("03", PREFIX + NAME, kept)
    assert own_words.kept("03", NAME) == words
    shown = WordsPage().say(kind="hello")["words"]
    assert shown["text"] == words.text and bool(shown["points"]) == (words.said is not None)
