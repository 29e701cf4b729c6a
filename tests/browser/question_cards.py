"""Question cards on a page of their own, with a kernel that says what a test wants it to say."""

import json
from importlib.resources import files

from lessons.interface.quiz import Quiz

LOAD = """async ([code, style, questions]) => {
  document.head.append(Object.assign(document.createElement('style'), { textContent: style }));
  const module = await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  window.sent = [];
  const on = (_, heard) => (window.tell = heard);
  const model = { get: () => questions, send: (said) => sent.push(said), on, off: () => {} };
  const el = document.body.appendChild(document.createElement('main'));
  module.default.render({ model, el });
}"""

DARK = """document.body.dataset.jpThemeLight = 'false';
const colours = { 'content-font-color1': '#eee', 'layout-color1': '#111', 'layout-color2': '#424242',
  'border-color2': '#444' };
for (const [name, value] of Object.entries(colours))
  document.body.style.setProperty(`--jp-${name}`, value);
document.body.style.background = '#111';"""
GRAVE = """async () => (await axe.run(document.querySelector('main'), {resultTypes: ['violations']})).violations
  .filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => `${one.id}: ${one.nodes[0].html}`)"""


class Cards:
    """Question cards; `form` is the first of them, `tell` what the kernel says, `sent` what it hears."""

    def __init__(self, page, questions):
        self.page = page
        self.questions = questions
        page.evaluate(LOAD, [Quiz._esm, Quiz._css, questions])
        self.form = page.locator("form").first
        self.status = self.form.get_by_role("status")
        self.hint = self.form.get_by_role("button").nth(1)

    def tell(self, kind, **more):
        """A message of the kernel; who starts over is asked the same questions, unless `questions` says otherwise."""
        if kind == "cleared":
            more.setdefault("questions", self.questions)
        self.page.evaluate("message => tell(message)", {"kind": kind, **more})

    def verdict(self, status="incorrect", **more):
        """A verdict on the first question, unless `id` says otherwise."""
        empty = {"raw": None, "echo": "", "note": "", "beliefs": [], "explanation": "", "sources": [], "hint": ""}
        about = {"id": self.questions[0]["id"], "status": status, "entries": [], "restored": False}
        self.tell("verdict", **{**empty, **about, **more})

    def sent(self):
        """What was sent since the last time."""
        return self.page.evaluate("sent.splice(0)")

    def focused(self):
        return self.page.evaluate("document.activeElement.textContent || document.activeElement.value")

    def asked_how_sure(self):
        """Whether the focus is on the question how sure the answer is."""
        return self.page.evaluate("document.activeElement.closest('.ror-sure') !== null")

    def violations(self):
        """axe-core's serious and critical findings."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
        return self.page.evaluate(GRAVE)


class LiveCards(Cards):
    """Cards with a real quiz behind them, which hears and answers whenever the test calls `exchange`."""

    def __init__(self, page, quiz):
        self.quiz, self.told = quiz, []
        quiz.send = lambda content, buffers=None: self.told.append(json.loads(json.dumps(content)))
        super().__init__(page, quiz.questions)
        self.exchange()

    def exchange(self):
        """Hand over what the page said and tell it the answers; gives what the page said."""
        said = self.sent()
        for message in said:
            self.quiz._handle_custom_msg(message, [])
        while self.told:
            self.page.evaluate("message => tell(message)", self.told.pop(0))
        return said
