"""Question cards on a page of their own, with a kernel that says what a test wants it to say."""

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
