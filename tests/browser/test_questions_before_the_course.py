"""The questions before the course: folded, kept without a word of right or wrong, with no starting over."""

import json

import pytest
from forms import have

from lessons import benches
from lessons.interface.quiz import Quiz

LOAD = """async ([code, style, state]) => {
  document.head.append(Object.assign(document.createElement('style'), { textContent: style }));
  const module = await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  window.sent = [];
  const on = (_, heard) => (window.tell = heard);
  const model = { get: (name) => state[name], send: (said) => sent.push(said), on, off: () => {} };
  module.default.render({ model, el: document.body.appendChild(document.createElement('main')) });
}"""


class LiveForm:
    """A form with a real quiz behind it, which hears and answers whenever the test calls `exchange`."""

    def __init__(self, page, name):
        self.page, self.quiz, self.said = page, benches.quiz(name), []
        self.quiz.send = lambda content, buffers=None: self.said.append(json.loads(json.dumps(content)))
        state = {"questions": self.quiz.questions, "told": self.quiz.told}
        page.evaluate(LOAD, [Quiz._esm, Quiz._css, state])
        self.exchange()

    def exchange(self):
        """Hand over what the page said and tell it the answers."""
        for message in self.page.evaluate("sent.splice(0)"):
            self.quiz._handle_custom_msg(message, [])
        while self.said:
            self.page.evaluate("message => tell(message)", self.said.pop(0))


@pytest.fixture
def live(empty_page, monkeypatch, tmp_path):
    """live(name, *written) -> the form of that name, where these forms are written."""

    def live(name, *written):
        have(monkeypatch, tmp_path, *written)
        return LiveForm(empty_page, name)

    return live


def test_they_lie_folded_and_are_kept_without_a_word_of_right_or_wrong(live):
    form = live("opening", "opening")
    page = form.page
    assert not page.locator("form").first.is_visible()
    page.get_by_text("3 questions before the course").press("Enter")
    for option in ("Gone as well", "As before"):
        page.get_by_role("radio", name=option).check()
        page.locator("form").first.get_by_role("button", name="Keep").click()
        form.exchange()
        said = page.locator("form").first.get_by_role("status").inner_text()
        assert " ".join(said.split()) == "•Kept. What you gained is told at the end of the course."
    assert page.locator("form").first.get_by_role("button").all_inner_texts()[:1] == ["Keep"]
    assert page.get_by_role("button", name="Start over").count() == 0
    assert page.get_by_role("button", name="Hint").count() == 0


def test_sliders_and_numbers_are_kept_in_the_same_way(live):
    form = live("opening", "opening")
    page = form.page
    page.get_by_text("3 questions before the course").click()
    number, sliders = page.locator("form").nth(1), page.locator("form").nth(2)
    number.get_by_role("textbox").fill("120 kPa")
    number.get_by_role("button", name="Keep").click()
    sliders.get_by_role("slider").press("ArrowRight")
    sliders.get_by_role("button", name="Keep").click()
    form.exchange()
    for one in (number, sliders):
        assert "Kept." in one.get_by_role("status").inner_text()
    assert page.locator("text=Reached").count() + page.locator("text=Not reached").count() == 0
    assert page.get_by_text("2 of 3 answered.").is_visible()


def test_after_the_course_the_cards_are_as_ever(live):
    form = live("closing", "opening", "closing")
    page = form.page
    page.get_by_role("radio", name="Gone as well").check()
    page.locator("form").first.get_by_role("button", name="Check").click()
    form.exchange()
    assert "Not quite." in page.locator("form").first.get_by_role("status").inner_text()
    assert page.get_by_role("button", name="Start over").is_visible()


def test_a_form_that_is_not_written_says_so(live):
    form = live("opening")
    assert form.page.get_by_text("These questions are not written yet.").is_visible()
    assert form.page.locator("form").count() == 0
