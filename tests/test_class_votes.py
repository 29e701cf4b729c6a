"""A vote in class: who is counted, what is told at which step and not before, and no key before its own."""

import hashlib
import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from right_answers import right_answer

from lessons import benches
from lessons.classroom.poll import OPENED, REVOTE, SHOWN, SIMILAR, Poll, TooEarly
from lessons.classroom.results import ClassroomError
from lessons.classroom.vote_bands import DISCUSS, EXPLAIN, TEACH, Bands
from lessons.classroom.vote_key import key_of
from lessons.grading import record, transfer, votes
from lessons.grading.bank import banks
from lessons.grading.vote_codes import FIRST, SECOND, TWIN, UNSURE, Vote, code, paper_of_a_prediction, tag
from lessons.lesson_models import MODELS
from lessons.predictions import predictions

NAME, DAY = "five-millimetres-beside", date(2026, 11, 28)
ON = votes.asked(NAME)
WRONG = [option.id for option in ON.item.options if not option.correct]
TWIN_RIGHT, TWIN_WRONG = ON.twin.item.correct.id, next(o.id for o in ON.twin.item.options if not o.correct)


def codes(at, *raws, tags=None, sure=None):
    """The codes of some votes in a round, one learner each."""
    lots = tags or [tag() for _ in raws]
    return [code(ON.papers[at], Vote(at, raw, sure, lot)) for raw, lot in zip(raws, lots, strict=False)]


def poll_after(first, second=(), twin=()):
    """A poll in which these learners have voted, with its last step."""
    poll, tags = Poll(NAME), [tag() for _ in range(200)]
    poll.take_codes(" ".join(codes(FIRST, *first, tags=tags)))
    if second:
        poll.go(REVOTE)
        poll.take_codes(" ".join(codes(SECOND, *second, tags=tags)))
    poll.go(SHOWN)
    if twin:
        poll.go(SIMILAR)
        poll.take_codes(" ".join(codes(TWIN, *twin, tags=tags)))
    poll.go(OPENED)
    return poll


# ---- counting ----


@given(st.text(max_size=300))
def test_any_text_that_is_pasted_is_counted_or_listed(text):
    poll = Poll(NAME)
    taken = poll.take_codes(text)
    assert taken.counted == poll.tally.received(FIRST) + poll.tally.received(SECOND) + poll.tally.received(TWIN)
    assert all(one.what and one.why and one.what.isprintable() for one in taken.refused)


@given(st.permutations(range(12)), st.sampled_from([" ", "\n", ", ", " ; ", "|", "\t/ "]), st.booleans())
def test_codes_count_in_any_order_with_anything_between_them_and_with_spaces_within(order, between, spaced):
    some = codes(FIRST, *(["same"] * 5 + WRONG * 3 + ["same"]), tags=[f"7Q{letter}" for letter in "ABCDEFGHJKLM"])
    pasted = between.join(some[i].replace("-", " ").lower() if spaced else some[i] for i in order)
    poll = Poll(NAME)
    assert (poll.take_codes(pasted).counted, poll.take_codes(pasted).again) == (12, 12)
    assert poll.tally.counts(FIRST).right == 6


def test_a_learner_counts_once_in_a_round_and_the_last_vote_is_the_one():
    poll, (one, other) = Poll(NAME), ("7QX", "7QY")
    first = [*codes(FIRST, "same", tags=[one]), *codes(FIRST, "same", tags=[other])]
    taken = poll.take_codes("\n".join([*first, first[0], *codes(FIRST, WRONG[0], tags=[one])]))
    assert (taken.counted, taken.again, taken.changed) == (2, 1, 1)
    assert poll.tally.counts(FIRST).chosen == {"same": 1, WRONG[0]: 1, WRONG[1]: 0}
    assert taken.sentence == "2 new votes. 1 vote changed. 1 came twice and counts once."


def test_what_could_not_be_read_is_listed_as_it_was_written_a_slip_in_a_code_as_one():
    slip = codes(FIRST, "same")[0].replace("-", " ")
    slip = slip[:-1] + ("K" if slip[-1] != "K" else "L")
    listed = Poll(NAME).take_codes(f"Anna: {slip}\n<img src=x onerror=alert(1)> \u202e \x00").refused
    assert [one.what for one in listed][:2] == ["Anna", slip.replace(" ", "")]
    assert "ask for it again" in listed[1].why and {"img", "onerror"} <= {one.what for one in listed}
    assert len(Poll(NAME).take_codes("x " * 1000).refused) == 201
    assert "paste less" in Poll(NAME).take_codes("x" * 300_000).refused[0].why


def test_hands_are_counted_beside_codes_and_replace_what_was_typed_before():
    poll = Poll(NAME)
    poll.take_codes(codes(FIRST, "same")[0])
    poll.take_hands({"same": 30, WRONG[0]: 2})
    poll.take_hands({"same": 3, WRONG[0]: 2})
    counts = poll.tally.counts(FIRST)
    assert (counts.votes, counts.hands, counts.right, counts.of_sure) == (6, 5, 4, 0)
    for nonsense in ({"nobody": 1}, {"same": -1}, {"same": 10**9}, {"same": True}, {"same": "3"}, {"same": 1.5}):
        with pytest.raises(ValueError, match="Type how many hands"):
            poll.take_hands(nonsense)
    with pytest.raises(ValueError, match="use codes here"):
        Poll("threshold-after-a-day").take_hands({})


@pytest.fixture
def class_folder(tmp_path, monkeypatch):
    """Exports of three learners, one without a vote, a damaged one, and one that is no record."""
    folder = tmp_path / "class"
    folder.mkdir()
    for name, raws in {"anna": {1: "half", 2: "same"}, "ben": {1: "same"}, "cleo": {}}.items():
        monkeypatch.setenv("RETAIN_OR_RELEASE_HOME", str(tmp_path / name))
        voted = votes.Voted({"anna": "7QX", "ben": "7QY"}.get(name, "7QZ"))
        for at, raw in raws.items():
            voted = voted.with_vote(at, raw, 3)
            votes.keep("03", NAME, voted)
        record.save_prediction("03", "pain-after-release", UNSURE if name == "ben" else [8, 6, 3, 2, 1])
        (folder / f"{name}.json").write_bytes(transfer.export(DAY).read_bytes())
    (folder / "dora.json").write_bytes((folder / "anna.json").read_bytes()[:-40])
    (folder / "letter <b>.txt").write_text("Dear teacher", encoding="utf-8")
    return folder


def test_a_folder_of_records_is_counted_and_codes_of_the_same_learners_are_no_second_votes(class_folder):
    poll = Poll(NAME)
    taken = poll.take_records(str(class_folder))
    assert (taken.counted, taken.without, len(taken.refused)) == (3, 1, 2)
    assert {one.what for one in taken.refused} == {"dora.json", "letter <b>.txt"} and all(
        one.why for one in taken.refused
    )
    assert (poll.tally.counts(FIRST).right, poll.tally.counts(SECOND).right) == (1, 1)
    assert poll.tally.changes().to_right == 1
    again = poll.take_codes(codes(FIRST, "half", tags=["7QX"], sure=3)[0])
    assert (again.counted, again.again, poll.tally.received(FIRST)) == (0, 1, 2)
    for nowhere in ("", "  ", str(class_folder / "none"), str(class_folder / "anna.json")):
        with pytest.raises(ClassroomError):
            poll.take_records(nowhere)


def test_votes_in_a_record_that_fit_no_question_are_listed(tmp_path, monkeypatch):
    monkeypatch.setenv("RETAIN_OR_RELEASE_HOME", str(tmp_path / "odd"))
    votes.keep("03", NAME, votes.Voted("7QX").with_vote(1, {"x": ["<b>"]}, None).with_vote(2, "same", None))
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "odd.json").write_bytes(transfer.export(DAY).read_bytes())
    taken = Poll(NAME).take_records(str(tmp_path / "class"))
    assert (taken.counted, len(taken.refused)) == (1, 1) and "may have changed" in taken.refused[0].why


# ---- limits, small numbers, changes ----


def test_the_limits_part_teaching_talking_and_explaining():
    bands = Bands()
    said = {right: bands.advice(right, 100) for right in (0, 34, 35, 70, 71, 100)}
    assert said == {0: TEACH, 34: TEACH, 35: DISCUSS, 70: DISCUSS, 71: EXPLAIN, 100: EXPLAIN}
    assert (bands.advice(0, 0), Bands(0, 100).advice(0, 9), Bands(50, 50).advice(1, 2)) == ("", DISCUSS, DISCUSS)
    for low, high in ((-1, 50), (60, 50), (0, 101)):
        with pytest.raises(ValueError, match="lower limit"):
            Bands(low, high)


def test_under_thirty_votes_there_are_counts_and_from_thirty_shares_with_their_interval():
    few, many = (poll_after(["same"] * right + WRONG[:1] * (count - right)) for right, count in ((10, 29), (12, 30)))
    assert few.opened().right == {1: "10 of 29 right"}
    assert many.opened().right == {1: "12 of 30 right: 40 % (95 % interval 25 to 58)"}


def test_what_changed_is_told_of_pairs_and_only_totals_of_what_cannot_be_paired():
    poll = poll_after(
        ["same", "same", *WRONG, WRONG[0]],
        ["same", WRONG[0], "same", "same", WRONG[1]],
        [TWIN_RIGHT, TWIN_RIGHT, TWIN_WRONG, TWIN_RIGHT],
    )
    assert poll.opened().changed == (
        "Of 5 who voted twice, 2 went from wrong to right, 1 from right to wrong, 1 stayed right and 1 stayed wrong.",
        "In the similar question 2 of 3 were right who had been right in the second vote, and 1 of 1 who had not.",
    )
    hands = Poll(NAME)
    hands.take_hands({"same": 4})
    hands.go(REVOTE)
    hands.take_hands({"same": 5, WRONG[0]: 1})
    hands.go(SHOWN)
    hands.go(OPENED)
    assert "only the totals are known" in hands.opened().changed[0]


# ---- nothing too early ----


def test_each_thing_waits_for_its_step():
    poll = Poll(NAME)
    for early in (poll.split, poll.shown, poll.opened, lambda: poll.go(REVOTE), lambda: poll.go(OPENED)):
        with pytest.raises(TooEarly):
            early()
    poll.take_codes(codes(FIRST, "same")[0])
    assert poll.ahead == (REVOTE, SHOWN)
    poll.go(REVOTE)
    assert poll.ahead == ()
    with pytest.raises(TooEarly, match="nobody follows the crowd"):
        poll.shown()
    poll.take_codes(codes(SECOND, "same")[0])
    poll.go(SHOWN)
    assert set(poll.shown()) == {FIRST, SECOND}
    with pytest.raises(TooEarly):
        poll.opened()
    poll.go(OPENED)
    with pytest.raises(TooEarly, match="nothing counts as a vote any more"):
        poll.take_codes(codes(FIRST, "same")[0])


@pytest.mark.parametrize("name", ["threshold-after-a-day", "clinic-without-treatment", "a-lead-of-doubt", NAME])
def test_the_fingerprint_is_of_salt_and_key_and_another_one_each_time(name):
    poll, other = Poll(name), Poll(name)
    assert (
        poll.sealed.fingerprint == hashlib.sha256(poll.sealed.opened.encode()).hexdigest() != other.sealed.fingerprint
    )
    assert re.fullmatch(r"[0-9a-f]{32} .+", poll.sealed.opened) and key_of(poll.asked.item) in poll.sealed.opened
    assert poll.sealed.salt not in repr(poll) + repr(poll.sealed) + repr(poll.tally)
    twins = {one.sealed.key for one in (poll, other)}
    assert len(twins) == 1 and twins.pop().startswith(f"{name}={key_of(poll.asked.item)}")


class Board:
    """What a page sees of the board."""

    def __init__(self, widget):
        self.widget, self.heard = widget, []
        widget.send = lambda content, buffers=None: self.heard.append(json.loads(json.dumps(content)))

    def say(self, kind, **more):
        """The last message of each kind that comes back."""
        self.heard.clear()
        self.widget._handle_custom_msg({"kind": kind, **more}, [])
        return {found["kind"]: found for found in self.heard}

    def everything(self):
        return json.dumps(self.heard) + json.dumps(self.widget.get_state(), default=str)


def canaries(poll):
    """What tells a key, for every question whose key is sealed."""
    items = [item for item in (poll.asked.item, poll.asked.of(TWIN)) if item]
    texts = [part.feedback for item in items for part in getattr(item, "options", ())]
    return [*texts, *(item.explanation for item in items), poll.sealed.salt, poll.sealed.key]


@pytest.mark.parametrize("name", sorted(votes.every()))
def test_no_key_reaches_the_board_before_it_is_opened_and_then_it_does(name):
    board = Board(benches.class_vote(name))
    poll, on, told = board.widget.poll, votes.asked(name), []

    def say(kind, **more):
        board.say(kind, **more)
        told.append(board.everything())

    def votes_of(at):
        item = on.of(at)
        raw = right_answer(item)
        return " ".join(code(on.papers[at], Vote(at, raw, 2, tag())) for _ in range(3))

    say("hello")
    say("codes", given=votes_of(FIRST) + " <b>nonsense</b>")
    for step, at in (("revote", SECOND), ("shown", None), ("similar", TWIN)):
        if step in poll.ahead:
            say("go", step=step)
            say("codes", given=votes_of(at) if at else "")
        say("folder", given="/nowhere")
        say("hands", given={"x": "y"})
        say("go", step="opened" if step == "vote" else "nonsense")
    early = "".join(told)
    assert [text for text in canaries(poll) if json.dumps(text)[1:-1] in early] == []
    assert not re.search(r'"(correct|right|misconception|feedback)"', early)
    say("go", step="opened")
    assert all(json.dumps(text)[1:-1] in told[-1] for text in (poll.sealed.salt, poll.sealed.key, on.item.explanation))
    assert json.dumps(poll.sealed.salt) not in json.dumps(board.widget.get_state(), default=str)


def test_the_split_comes_only_when_asked_and_with_the_teachers_own_limits():
    board = Board(benches.class_vote())
    assert board.say("codes", given="x") == {} and board.say("choose", id="exam-how-long") == {}
    board.say("choose", id=NAME)
    assert board.say("peek")["split"]["error"] == "Nobody has voted yet."
    board.say("codes", given=" ".join(codes(FIRST, "same", "same", *WRONG, sure=3)))
    assert not re.search(r"\d of 4", board.everything())
    split = board.say("peek")["split"]
    assert split["right"] == "2 of 4 right" and split["advice"].startswith("Opinions differ")
    assert split["sure"] == "4 of 4 said that they are sure, 2 of these wrongly."
    mine = board.say("peek", low=60, high=80)["split"]
    assert mine["advice"].startswith("Few are right") and mine["limits"] == [60, 80]
    assert "lower limit" in board.say("peek", low=90, high=80)["split"]["error"]
    board.say("choose", id=NAME, anew=True)
    assert board.widget.poll.tally.received(FIRST) == 0 and board.widget.poll.bands == Bands()


@pytest.mark.parametrize("odd", [None, 3, [], {}, "x" * 10**6, "\ud800", {"same": None}, [["same", 1]], True])
def test_whatever_a_page_sends_the_board_answers_or_keeps_silent(odd):
    board, name = Board(benches.class_vote(NAME)), "must-it-twitch"
    for kind in ("choose", "codes", "folder", "hands", "go", "peek", "hello", "nonsense"):
        board.say(kind, id=odd, given=odd, step=odd, low=odd, high=odd, anew=odd)
        assert all(found["kind"] in ("poll", "split", "frame") for found in board.heard)
    board.say("choose", id=name)
    assert board.widget.poll.asked.item.id == name


# ---- the learner's side ----


class BallotPage(Board):
    def vote(self, at, raw, sure=None):
        return self.say("vote", id=NAME, round=at, raw=raw, sure=sure)["ballot"]


def test_a_vote_is_silent_until_the_learner_asks_and_ends_then():
    page = BallotPage(benches.quiz("03"))
    shown = page.say("ballot", id=NAME)["ballot"]
    assert set(shown["questions"]) == {"1", "3"} and shown["given"] == {} and shown["told"] == []
    assert page.say("vote told", id=NAME)["ballot"]["said"].startswith("Vote first")
    first, second = page.vote(1, WRONG[0], 3), page.vote(2, "same")
    page.vote(3, TWIN_WRONG)
    early = page.everything() + json.dumps([shown, first, second])
    assert [text for text in canaries(Poll(NAME))[:-2] if json.dumps(text)[1:-1] in early] == []
    found = votes.kept("03", NAME)
    assert [one.raw for one in found.votes()] == [WRONG[0], "same", TWIN_WRONG]
    poll = Poll(NAME)
    pasted = " ".join(second["given"][at]["code"] for at in ("1", "2"))
    assert poll.take_codes(pasted).counted == 2 and poll.tally.changes().to_right == 1
    told = page.say("vote told", id=NAME)["ballot"]["told"]
    assert told[0].startswith("First vote: Not quite.") and told[1].startswith("Second vote: Right.")
    assert ON.item.explanation in told and ON.twin.item.explanation in told
    assert page.vote(1, "same")["said"].startswith("You have seen what is right")
    assert votes.kept("03", NAME).given[1] == (WRONG[0], 3)
    again = BallotPage(benches.vote(NAME)).say("ballot", id=NAME)["ballot"]
    assert again["given"]["2"]["code"] == second["given"]["2"]["code"] and again["told"] == told
    page.say("over")
    assert page.say("ballot", id=NAME)["ballot"]["given"] == {}


@pytest.mark.parametrize("raw", [None, "nobody", {}, ["same"], 3, "x" * 10**5])
def test_what_is_no_vote_is_refused_in_a_sentence_and_not_kept(raw):
    page = BallotPage(benches.vote(NAME))
    assert page.vote(1, raw)["said"].endswith(".") and page.vote(9, "same")["said"] == "Choose the round first."
    assert votes.kept("03", NAME) is None


def test_a_vote_that_cannot_be_written_stays_on_the_page_and_has_its_code(record_folder):
    record_folder.parent.mkdir(exist_ok=True)
    record_folder.write_text("a file where the folder should be", encoding="utf-8")
    page = BallotPage(benches.vote(NAME))
    shown = page.vote(1, "same")
    assert "stays on this page" in shown["trouble"] and shown["given"]["1"]["code"]
    record_folder.unlink()
    shown = page.vote(2, "same")
    assert shown["trouble"] == "" and len(votes.kept("03", NAME).given) == 2


def test_sets_offer_no_vote_and_pages_do():
    assert [benches.quiz(name).voted for name in ("opening", "closing", "exam", "03")] == [False, False, False, True]
    page = Board(benches.quiz("exam"))
    assert page.say("ballot", id=NAME) == {}
    assert any(votes.votable(item) for item in banks()["04"].items.values())


# ---- what a class predicted ----


def test_predictions_are_told_once_they_are_opened_and_lie_over_the_figure(class_folder):
    question = predictions()["pain-after-release"]
    paper, widget = paper_of_a_prediction(question), benches.class_predictions(question.id)
    board = Board(widget)
    some = [code(paper, Vote(FIRST, answer, None, tag())) for answer in ([6, 5, 4, 3, 2], [10, 9, 8, 7, 6], UNSURE)]
    assert board.say("open") == {}, "there is nothing to open yet"
    board.say("codes", given=" ".join(some) + " Anna")
    board.say("folder", given=str(class_folder))
    state = board.say("hello")["guesses"]
    assert state["received"] == 6 and state["verdict"] == "" and widget.marks() == [] and widget.waits
    assert question.reply not in board.everything()
    board.say("open")
    assert widget.committed and widget.waits == ""
    ghosts, middle = widget.marks()
    assert ghosts["y"].count(None) == 4 and len(ghosts["y"]) == 24 and middle["y"] == [8, 6, 3.5, 2.5, 1.5]
    assert middle["text"][0].strip() == "middle of 4"
    model = MODELS["03"]
    said = widget.compare(model.simulate(model.parameters(passes=6, strength=0.9)))
    assert said.startswith("The middle of the class, 1 min: 8.0, in the model") and "2 were not sure." in said
    board.say("codes", given=some[0])
    assert widget._guesses.received == 6, "nothing is taken in once they were opened"
    json.dumps(widget.marks(), allow_nan=False)


def test_the_learners_page_and_the_record_give_one_prediction_the_same_letters(tmp_path):
    page = benches.predict("rub-it")
    assert page.code == ""
    page.commit(next(option.id for option in predictions()["rub-it"].options if option.correct))
    widget = Board(benches.class_predictions("rub-it"))
    widget.say("codes", given=page.code)
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "me.json").write_bytes(transfer.export(DAY).read_bytes())
    said = widget.say("folder", given=str(tmp_path / "class"))["guesses"]
    assert said["received"] == 1 and "came twice" in said["said"]
    assert benches.predict("rub-it").code == page.code
    assert widget.say("open")["frame"]["skeleton"]["title"] == "Predictions: 1 of 1 right, 0 not sure"
