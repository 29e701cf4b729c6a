// Shading a body: by click, or in lists of its regions.

// The keyboard's way to the same shading: native controls, by view and by the patient's side.
class RegionList {
  constructor(areas, words, put) {
    this.words = words;
    this.controls = new Map();
    this.counts = new Map();
    this.areas = areas;
    this.node = make("div", { class: "ror-body-list" }, ...VIEWS.map((view) => {
      const count = make("span", {});
      this.counts.set(view, count);
      const sides = Object.keys(LETTER).map((side) => make("fieldset", {}, make("legend", {}, `${capital(view)}, patient's ${side}`),
        ...areas.filter((area) => area.view === view && area.side === side).map((area) => this.row(area, put))));
      return make("details", { class: "ror-body-group" }, make("summary", {}, `List of the ${view}`, count), make("div", { class: "ror-body-sides" }, ...sides));
    }));
  }

  row(area, put) {
    const one = this.words.length === 1;
    const control = one
      ? make("input", { type: "checkbox", onchange: () => put(area.id, Number(control.checked)) })
      : make("select", { onchange: () => put(area.id, control.selectedIndex) }, ...["none", ...this.words].map((word) => make("option", {}, word)));
    this.controls.set(area.id, control);
    return make("label", { class: "ror-body-row", "data-region": area.id }, ...(one ? [control, area.label] : [area.label, control]));
  }

  show(shades) {
    for (const [id, control] of this.controls) {
      if (this.words.length === 1) control.checked = Boolean(shades[id]);
      else control.selectedIndex = shades[id] ?? 0;
    }
    for (const [view, count] of this.counts) {
      const here = this.areas.filter((area) => area.view === view && shades[area.id]).length;
      count.textContent = here ? ` (${here} shaded)` : "";
    }
  }
}

class BodyChart {
  constructor(model) {
    this.model = model;
    this.areas = model.get("areas");
    this.labels = new Map(this.areas.map((area) => [area.id, area.label]));
    this.words = model.get("words");
    this.views = VIEWS.map((view) => new BodyView(view, model));
    this.list = new RegionList(this.areas, this.words, (id, step) => this.put({ ...this.shades(), [id]: step }));
    this.title = make("p", { class: "ror-title ror-body-title", id: fresh("title") }, model.get("title"));
    this.name = make("p", { class: "ror-body-name", "aria-hidden": "true" });
    this.key = make("ul", { class: "ror-body-key" });
    this.count = make("p", { class: "ror-body-count", role: "status" });
    this.verdict = make("p", { class: "ror-agreement", role: "status" });
    this.twin = make("p", { class: "ror-twin ror-body-twin" });
    this.clear = make("button", { type: "button", onclick: () => this.ready(this.clear) && this.put({}) }, "Clear");
    this.mirror = make("button", { type: "button", onclick: () => this.ready(this.mirror) && this.copy() }, "Copy right to left");
    this.hint = make("p", { class: "ror-body-hint" }, this.words.length === 1
      ? "Click a region to shade it, click again to clear it. Or choose regions in the lists."
      : "Click a region to shade it; each click goes one step on, and after the last it is clear again. Or choose steps in the lists.");
    this.task = make("div", { class: "ror-body-task" }, this.count, make("div", { class: "ror-buttons" }, this.clear, this.mirror), this.list.node);
    this.drawing = make("div", { class: "ror-body-views" }, ...this.views.map((view) => view.node), this.name);
    const beside = make("div", { class: "ror-body-beside" }, this.hint, this.verdict, this.key, this.twin, this.task);
    this.node = make("section", { class: "ror ror-body-map", "aria-labelledby": this.title.id }, this.title, make("div", { class: "ror-body-both" }, this.drawing, beside));
    this.drawing.addEventListener("click", (event) => this.clicked(event.target.closest("polygon[data-region]")?.dataset.region));
    for (const [seen, left] of [["pointerover", "pointerleave"], ["focusin", "focusout"]]) {
      this.node.addEventListener(seen, (event) => this.point(event.target.closest("[data-region]")?.dataset.region));
      this.node.addEventListener(left, () => this.point());
    }
    this.themes = onThemeChange(() => paintBody(this.node, model));
  }

  // A button that has nothing to do keeps the focus that it may have.
  ready(button) {
    return button.getAttribute("aria-disabled") === "false";
  }

  clicked(id) {
    if (id && this.model.get("clickable")) {
      const shades = this.shades();
      this.put({ ...shades, [id]: ((shades[id] ?? 0) + 1) % (this.words.length + 1) });
    }
    this.point(id); // a finger that is lifted has left the chart
  }

  copy() {
    const right = Object.entries(this.shades()).filter(([id]) => id.endsWith("-r"));
    this.put(Object.fromEntries(right.flatMap(([id, step]) => [[id, step], [id.replace(/r$/, "l"), step]])));
  }

  // What is shaded now, and how it is kept.
  shades() {
    return this.model.get("shades");
  }

  put(shades) {
    this.keep(Object.fromEntries(Object.entries(shades).filter(([, step]) => step)));
    this.model.save_changes();
  }

  keep(shades) {
    this.model.set("shades", shades);
  }

  // Whose shading stands beside the learner's own; "" if nobody's.
  whose() {
    return this.model.get("whose") ?? "";
  }

  told(id) {
    const [shades, whose] = [this.shades(), this.whose()];
    const word = (step) => (step ? this.words[step - 1] : "none");
    if (whose) return `${this.labels.get(id)}: you ${word(shades[id])}, ${whose} ${word(this.model.get("against")[id])}`;
    return shades[id] ? `${this.labels.get(id)}: ${word(shades[id])}` : this.labels.get(id);
  }

  point(id) {
    this.pointed = id;
    this.views.forEach((view) => view.point(id));
    this.name.hidden = !id;
    if (!id) return;
    this.name.textContent = capital(this.told(id));
    placeBeside(this.name, this.drawing, this.views.find((view) => view.shapes.has(id)).shapes.get(id));
  }

  keys(whose) {
    const keys = this.words.map((word, i) => bodySwatch("", `var(--ror-fill-${i + 1})`, `${mark(i + 1, this.words.length)} ${word}${whose && `, ${whose}`}`));
    if (whose) keys.push(bodySwatch("ror-body-yours", "", this.words.length === 1 ? "hatched: you" : "hatched, denser with each step: you"));
    const muscle = this.model.get("muscle").name;
    if (muscle) keys.push(bodySwatch("ror-body-outlined", "", `outlined: ${muscle}`));
    this.key.replaceChildren(...keys);
  }

  show() {
    const [shades, whose, clickable] = [this.shades(), this.whose(), this.model.get("clickable")];
    paintBody(this.node, this.model);
    this.views.forEach((view) => view.show(whose ? this.model.get("against") : shades, whose ? shades : {}, !clickable, (id) => this.told(id)));
    this.list.show(shades);
    this.keys(whose);
    this.node.classList.toggle("ror-body-clickable", clickable);
    this.node.classList.toggle("ror-body-large", clickable || Boolean(whose));
    this.hint.hidden = this.task.hidden = !clickable;
    const many = Object.keys(shades);
    this.count.textContent = `${many.length} of ${this.areas.length} regions shaded`;
    this.clear.setAttribute("aria-disabled", String(!many.length));
    this.mirror.setAttribute("aria-disabled", String(!many.some((id) => id.endsWith("-r"))));
    this.verdict.textContent = this.model.get("verdict");
    this.twin.textContent = this.model.get("twin");
    this.point(this.pointed);
  }
}
