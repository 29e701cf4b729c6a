"""A body chart on a page of its own, with the real object behind it and no kernel."""

from __future__ import annotations

import contextlib
from importlib.resources import files

from anywidget import AnyWidget

# The page's side of a widget: what it sets is kept in `sent` until the object was told, and `tell` is the answer.
LOAD = """async ([code, style, traits]) => {
  document.head.append(Object.assign(document.createElement('style'), { textContent: style }));
  const module = await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  const hears = {};
  window.sent = [];
  window.messages = [];
  let changed = {};
  const put = (name, value) => {
    traits[name] = value;
    hears['change:' + name]?.();
  };
  window.tell = (told) => Object.entries(told).forEach(([name, value]) => put(name, value));
  const model = {
    get: (name) => traits[name],
    set: (name, value) => { changed[name] = value; put(name, value); },
    save_changes: () => { sent.push(changed); changed = {}; },
    send: (message) => messages.push(message),
    on: (what, hear) => (hears[what] = hear), off: (what) => delete hears[what],
  };
  const el = document.body.appendChild(document.createElement('main'));
  window.leave = module.default.render({ model, el });
}"""
DARK = "body { background: #111; color-scheme: dark; --jp-content-font-color1: #ddd; --jp-layout-color1: #111; }"


class BodyWindow:
    """A body chart in a window, and the object behind it. `told`: the traits that the page hears of."""

    def __init__(self, page, widget, theme="light"):
        self.page, self.widget = page, widget
        page.set_content("<html lang='en'><title>Body</title><body></body></html>")
        self.follow(theme)
        self.load()

    def load(self):
        """Show the widget, once more if it is shown already."""
        self.page.evaluate(LOAD, [self.widget._esm, self.widget._css, self.traits()])

    def traits(self):
        own = set(self.widget.trait_names(sync=True)) - set(AnyWidget.class_trait_names())
        return {name: getattr(self.widget, name) for name in own}

    def tell(self):
        """What the object says now."""
        self.page.evaluate("told => tell(told)", self.traits())

    def follow(self, theme):
        self.page.evaluate("light => (document.body.dataset.jpThemeLight = light)", str(theme == "light").lower())
        if theme == "dark":
            self.page.add_style_tag(content=DARK)

    def answer(self):
        """Hand the object what the page set, and the page what the object says of it; gives the object."""
        for changed in self.page.evaluate("sent.splice(0)"):
            self.widget.set_state(changed)
        self.tell()
        return self.widget

    def violations(self):
        self.page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run({ include: ['main'] }, { resultTypes: ['violations'] })")["violations"]
        return [(one["id"], node["html"][:200]) for one in found for node in one["nodes"]]


@contextlib.contextmanager
def body_windows(browser, kind=BodyWindow, height=900):
    """open_body(widget, width=1280, theme="light") -> a window of that kind; at the end none may have had an error."""
    pages, errors = [], []

    def open_body(widget, width=1280, theme="light"):
        page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("dialog", lambda dialog: errors.append(dialog.message))
        pages.append(page)
        return kind(page, widget, theme)

    yield open_body
    for page in pages:
        page.close()
    assert errors == []
