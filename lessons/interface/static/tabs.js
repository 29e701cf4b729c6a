// A row of tabs over the panels that stand beside it. Arrow keys move and choose, as tabs do elsewhere.

class TabRowView {
  constructor(model, el) {
    this.model = model;
    const tabs = model.get("tabs");
    const stem = fresh("tab");
    this.buttons = tabs.map(({ title }, i) => make("button", {
      type: "button", role: "tab", id: `${stem}-${i}`, "aria-controls": `${stem}-panel-${i}`, class: "ror-tab",
      onclick: () => this.choose(i), onkeydown: (event) => this.key(event, i),
    }, title));
    this.says = make("p", { class: "ror-tab-says" });
    this.node = make("div", { class: "ror" }, make("div", { class: "ror-tab-row", role: "tablist", "aria-label": model.get("name") }, ...this.buttons), this.says);
    el.append(this.node);
    // The panels are drawn by widgets of their own, which may come later than this row.
    this.watch = new MutationObserver(() => this.show());
    this.adopt();
    this.moved = () => this.show();
    model.on("change:current", this.moved);
  }

  adopt() {
    const box = this.node.closest(".ror-tabbed");
    if (!box) {
      this.soon = requestAnimationFrame(() => this.adopt());
      return;
    }
    this.box = box;
    this.watch.observe(box, { childList: true });
    this.show();
  }

  show() {
    const current = this.model.get("current");
    this.buttons.forEach((button, i) => {
      button.setAttribute("aria-selected", String(i === current));
      button.tabIndex = i === current ? 0 : -1;
    });
    this.says.textContent = this.model.get("tabs")[current].says;
    const panels = [...(this.box?.children ?? [])].filter((child) => child.classList.contains("ror-tab-panel"));
    panels.forEach((panel, i) => {
      panel.setAttribute("role", "tabpanel");
      panel.id = this.buttons[i].getAttribute("aria-controls");
      panel.setAttribute("aria-labelledby", this.buttons[i].id);
      panel.classList.toggle("ror-current", i === current);
    });
  }

  choose(i) {
    this.model.set("current", i);
    this.model.save_changes();
    this.show();
  }

  key(event, i) {
    const last = this.buttons.length - 1;
    const to = { ArrowRight: i === last ? 0 : i + 1, ArrowLeft: i ? i - 1 : last, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.choose(to);
    this.buttons[to].focus();
  }

  close() {
    cancelAnimationFrame(this.soon);
    this.watch.disconnect();
    this.model.off("change:current", this.moved);
  }
}

export default presented({
  render({ model, el }) {
    const view = new TabRowView(model, el);
    return () => view.close();
  },
});
