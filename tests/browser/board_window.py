"""The decision board on a page of its own, with the real object behind it and no kernel."""

from __future__ import annotations

import base64
import json
from importlib.resources import files

from anywidget import AnyWidget

LOAD = """async ([code, style, traits]) => {
  document.head.append(Object.assign(document.createElement('style'), { textContent: style }));
  const module = await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  const hears = new Set();
  const view = (text) => new DataView(Uint8Array.from(atob(text), (one) => one.charCodeAt(0)).buffer);
  window.sent = [];
  window.tell = ([message, buffers]) => [...hears].forEach((hear) => hear(message, buffers.map(view)));
  const model = {
    get: (name) => traits[name], send: (message) => sent.push(message),
    on: (_, hear) => hears.add(hear), off: (_, hear) => hears.delete(hear),
  };
  const el = document.body.appendChild(document.createElement('main'));
  window.leave = module.default.render({ model, el });
}"""
DARK = "body { background: #111; color-scheme: dark; --jp-content-font-color1: #ddd; --jp-layout-color1: #111; }"
FOCUSED = """() => {
  const at = document.activeElement;
  const label = at.labels?.[0]?.textContent ?? at.textContent;
  return [at.tagName, label.trim(), at.closest('fieldset')?.querySelector('legend')?.textContent ?? ''];
}"""


class Keys:
    """Somebody with nothing but a keyboard. `page`: playwright's page."""

    def __init__(self, page):
        self.page = page

    def at(self):
        """Tag, label and legend of what has the focus."""
        return self.page.evaluate(FOCUSED)

    def go_to(self, label, legend="", tag="", most=80):
        """Press Tab until something with this label, inside this fieldset, has the focus."""
        for _ in range(most):
            here = self.at()
            if label in here[1] and legend in here[2] and tag in here[0]:
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never came to “{label}”; it ended at {self.at()}")

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def plan(self):
        """A plan for Mara as most of the panel has it, and how sure, from the first gauge to the button."""
        self.go_to("0", "Local driver", "INPUT").press(*["ArrowRight"] * 8)
        self.go_to("0", "Central driver", "INPUT").press("ArrowRight", "ArrowRight")
        self.go_to("Release the spot", "What do you choose?").press("Space")
        self.go_to("low", "How much?").press("ArrowRight")
        self.go_to("Over the chest: lift", "What do you change").press("Space")
        self.go_to("−6", "What do you expect").press(*["ArrowRight"] * 3)
        self.go_to("guessed", "How sure").press("ArrowRight")
        self.go_to("Commit", tag="BUTTON").press("Enter")


class BoardWindow:
    """The board in a window, which hears and answers whenever a test calls `exchange`."""

    def __init__(self, page, board, theme="light"):
        self.page, self.board, self.told = page, board, []
        self.keys = Keys(page)
        board.send = lambda content, buffers=None: self.told.append((content, buffers or []))
        page.set_content("<html lang='en'><title>Board</title><body></body></html>")
        page.evaluate("light => (document.body.dataset.jpThemeLight = light)", str(theme == "light").lower())
        if theme == "dark":
            page.add_style_tag(content=DARK)
        own = set(board.trait_names(sync=True)) - set(AnyWidget.class_trait_names())
        page.evaluate(LOAD, [board._esm, board._css, {name: getattr(board, name) for name in own}])
        self.exchange()

    def exchange(self):
        """Hand over what the page says and tell it the answers, until it has no more to say; gives what it said."""
        every = []
        while said := self.page.evaluate("sent.splice(0)"):
            every += said
            for message in said:
                self.board._handle_custom_msg(message, [])
            while self.told:
                content, buffers = self.told.pop(0)
                packed = [base64.b64encode(one).decode() for one in buffers]
                self.page.evaluate("told => tell(told)", [json.loads(json.dumps(content)), packed])
        return every

    def check(self, *labels):
        """Tick entries of the gate that is in sight, and confirm."""
        for label in labels:
            self.gate().get_by_role("checkbox", name=label).check()
        self.gate().get_by_role("button", name="Confirm what holds").click()
        return self.exchange()

    def gate(self):
        return self.page.locator(".ror-clinic-gate:visible").last

    def open(self, name):
        self.page.get_by_role("navigation", name="Cases").get_by_role("button", name=name).click()

    def violations(self):
        """axe-core's serious and critical findings."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run({ include: ['main'] }, { resultTypes: ['violations'] })")["violations"]
        grave = [one for one in found if one["impact"] in ("serious", "critical")]
        return [(one["id"], node["html"][:200]) for one in grave for node in one["nodes"]]
