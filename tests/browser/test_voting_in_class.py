"""A whole vote in class by keyboard alone: a learner's three codes, and the teacher's board from seal to key."""

import pytest
from board_window import BoardWindow

from lessons import benches
from lessons.grading import votes
from lessons.grading.vote_codes import FIRST, SECOND, TWIN, Vote, code, tag

NAME = "five-millimetres-beside"
ON = votes.asked(NAME)
RIGHT = ON.item.correct
WRONG = next(option for option in ON.item.options if not option.correct)
NASTY = "<img src=x onerror=alert(1)> Anna"
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def two_pages(browser):
    """A learner's page and the teacher's; what went wrong on either fails the test."""
    pages, wrong = [browser.new_page(viewport={"width": 800, "height": 900}) for _ in range(2)], []
    for page in pages:
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    yield pages
    for page in pages:
        page.close()
    assert wrong == []


class Learner:
    """Somebody who votes with a keyboard, in the dark theme."""

    def __init__(self, page):
        self.window = BoardWindow(page, benches.vote(NAME), "dark")
        self.page, self.keys = page, self.window.keys

    def votes(self, question, option, steps=0):
        """Turn to another vote by so many arrows, choose, vote; gives the code."""
        if steps:
            self.keys.go_to("vote", "Which vote is it?", "INPUT").press("ArrowRight")
        self.keys.go_to("", question.stem, "INPUT")
        while option.text != self.keys.at()[1]:
            self.keys.press("ArrowDown")
        self.keys.press("Space").go_to("guessed").press("ArrowRight").go_to("Vote", tag="BUTTON").press("Enter")
        self.window.exchange()
        assert self.keys.at()[1] == "Vote again", "the focus was lost"
        return self.page.locator("output:visible").inner_text()


class Teacher:
    """Somebody who runs the vote with a keyboard."""

    def __init__(self, page):
        self.window = BoardWindow(page, benches.class_vote())
        self.page, self.keys = page, self.window.keys
        self.keys.go_to("The question to vote on", tag="SELECT")
        page.keyboard.type(f"1. {ON.item.stem[:20]}")
        self.window.exchange()
        assert self.keys.at()[0] == "SELECT", "whoever looks through the list stays in it"

    def takes(self, *texts):
        """Paste what a class says."""
        self.keys.go_to("Codes of the class", tag="TEXTAREA")
        self.page.keyboard.insert_text("\n".join(texts))
        self.keys.press("Control+Enter")
        self.window.exchange()

    def goes(self, label):
        """Go on by a button; the heading of the next step then has the focus."""
        self.keys.go_to(label, tag="BUTTON").press("Enter")
        self.window.exchange()
        assert self.keys.at()[0] == "H3"
        return self.keys.at()[1]

    def reads(self, text):
        self.page.locator("main").get_by_text(text).first.wait_for(timeout=20_000)

    def drawn(self, pictures):
        """Wait until so many pictures are drawn."""
        for _ in range(100):
            self.window.exchange()
            if self.page.locator(".ror-plot .main-svg:first-child").count() == pictures:
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("the pictures were not drawn")


def others(at, right, wrong, tags):
    raws = [RIGHT.id] * right + [WRONG.id] * wrong
    if at == TWIN:
        raws = [ON.twin.item.correct.id] * (right + wrong)
    return [code(ON.papers[at], Vote(at, raw, 2, lot)) for raw, lot in zip(raws, tags, strict=True)]


def test_a_vote_goes_from_silence_to_the_key_by_keyboard_alone(two_pages):
    learner, teacher = Learner(two_pages[0]), Teacher(two_pages[1])
    tags, page = [tag() for _ in range(7)], two_pages[1]

    first = learner.votes(ON.item, WRONG)
    assert learner.page.get_by_text("Your vote is kept. Nothing is told yet.").count() == 1
    assert WRONG.feedback not in learner.page.content() and learner.window.violations() == []
    slip = first[:-1] + ("K" if first[-1] != "K" else "L")
    teacher.takes(slip, NASTY, *others(FIRST, 2, 5, tags))
    teacher.reads("7 have voted.")
    teacher.reads("7 new votes.")
    teacher.takes(first)
    teacher.reads("8 have voted.")
    assert page.locator("main img").count() == 0 and page.locator(".ror-plot").count() == 0

    teacher.keys.go_to("Let me see the split").press("Enter")
    teacher.window.exchange()
    teacher.reads("2 of 8 right.")
    assert "Few are right." in page.locator(".ror-peek").inner_text() and teacher.window.violations() == []
    teacher.keys.go_to("teach below", tag="INPUT").press("ArrowDown").press("Tab", "Shift+Tab")
    teacher.window.exchange()
    assert (
        teacher.keys.at()[1].startswith("teach below") and page.locator(".ror-peek input").first.input_value() == "34"
    )
    teacher.keys.press("Escape")
    assert teacher.keys.at()[1] == "Let me see the split" and "of 8 right" not in page.content()

    assert teacher.goes("They have talked") == "Second vote, after talking"
    second = learner.votes(ON.item, RIGHT, steps=1)
    teacher.takes(second, *others(SECOND, 6, 1, tags))
    assert page.locator(".ror-plot").count() == 0, "the votes are hidden until the second one is in"
    assert teacher.goes("Show the votes to all") == "The votes"
    teacher.drawn(1)
    teacher.reads("First vote: 8 voted; second vote: 8 voted")
    assert "7 second vote" in page.locator(".ror-plot").inner_text() and "✓" not in page.content()
    assert teacher.window.violations() == []

    assert teacher.goes("Ask a similar question") == "A similar question: each alone, in silence"
    teacher.takes(learner.votes(ON.twin.item, ON.twin.item.correct, steps=1), *others(TWIN, 6, 1, tags))
    assert RIGHT.feedback not in page.content() and ON.item.explanation not in page.content()
    assert teacher.goes("Open the key") == "The key"
    teacher.drawn(2)
    teacher.reads(
        "Of 8 who voted twice, 5 went from wrong to right, 0 from right to wrong, 2 stayed right and 1 stayed wrong."
    )
    teacher.reads(ON.item.explanation)
    assert page.locator(".ror-opened code").nth(1).inner_text() == teacher.window.board.poll.sealed.salt
    assert teacher.window.violations() == []
    page.set_viewport_size({"width": 390, "height": 900})
    page.wait_for_timeout(300)
    assert not page.evaluate(TOO_WIDE)

    learner.keys.go_to("The vote is over", tag="BUTTON").press("Enter")
    learner.window.exchange()
    assert "First vote: Not quite." in learner.page.content() and "Second vote: Right." in learner.page.content()
    assert learner.window.violations() == []
    learner.page.set_viewport_size({"width": 390, "height": 900})
    assert not learner.page.evaluate(TOO_WIDE)
