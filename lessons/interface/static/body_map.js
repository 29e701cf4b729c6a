// The body chart: front and back of one shading. Chart and list both show what the model says, and nothing else.

const VIEWS = ["front", "back"];
const FRAME = [-2330, -10060, 4660, 10130]; // tenths of a thousandth of the body's height
const LETTERS = [1820, -8350]; // from the midline and from the ground: the free corner above the arm
const LETTER = { right: "R", left: "L" };
const HATCHES = { 1: [130], 2: [80], 3: [80, 80] }; // spaces between lines, one direction or two

const mark = (step, steps) => (steps === 1 ? "●" : String(step));
const capital = (text) => text[0].toUpperCase() + text.slice(1);

// Lines at one slant, or crossed: denser for a higher step, legible on any fill.
function hatch(id, step, stem) {
  const [space, across] = HATCHES[step];
  const lines = [svg("line", { x1: 0, y1: 0, x2: 0, y2: space, class: stem })];
  if (across) lines.push(svg("line", { x1: 0, y1: 0, x2: space, y2: 0, class: stem }));
  return svg("pattern", { id, width: space, height: space, patternUnits: "userSpaceOnUse", patternTransform: "rotate(35)" }, ...lines);
}

class BodyView {
  constructor(name, model) {
    this.name = name;
    this.stem = fresh("body");
    this.steps = model.get("words").length;
    this.areas = new Map(model.get("areas").filter((area) => area.view === name).map((area) => [area.id, area]));
    this.shapes = new Map();
    this.own = svg("g", { class: "ror-body-own" });
    this.marks = svg("g", { class: "ror-body-marks" });
    this.pointed = svg("polygon", { class: "ror-body-pointed" });
    for (const area of this.areas.values())
      this.shapes.set(area.id, svg("polygon", { id: `${this.stem}-${area.id}`, points: area.points.join(" "), "data-region": area.id }));
    const hatches = Array.from({ length: this.steps }, (_, i) => hatch(`${this.stem}-hatch-${i + 1}`, i + 1, "ror-body-hatch"));
    const strokes = model.get("strokes")[name].map((line) => svg("polyline", { points: line.join(" ") }));
    this.desc = svg("desc", { id: `${this.stem}-desc` });
    this.board = svg("svg", { id: this.stem, viewBox: FRAME.join(" "), class: "ror-body-board" }, this.desc, svg("defs", {}, ...hatches),
      svg("g", { class: "ror-body-regions" }, ...this.shapes.values()), svg("g", { class: "ror-body-strokes" }, ...strokes),
      this.own, this.muscle(model.get("muscle")), this.pointed, this.marks, this.letters());
    this.caption = make("figcaption", { id: `${this.stem}-caption` }, capital(name));
    this.node = make("figure", { class: "ror-body-view" }, this.caption, this.board);
  }

  muscle({ view, points }) {
    if (view !== this.name) return svg("g", {});
    const outline = { points: points.join(" ") };
    return svg("g", { class: "ror-body-muscle" }, svg("polygon", { ...outline, class: "ror-body-halo" }), svg("polygon", outline));
  }

  // Where the patient's right is, the regions say: it is on the viewer's left in front and on the viewer's right behind.
  letters() {
    const letters = Object.entries(LETTER).map(([side, letter]) => {
      const here = [...this.areas.values()].find((area) => area.side === side);
      const text = svg("text", { x: Math.sign(here.point[0]) * LETTERS[0], y: LETTERS[1] });
      text.textContent = letter;
      return text;
    });
    return svg("g", { class: "ror-body-letters" }, ...letters);
  }

  // `fills` are drawn as colours, `own` as a pattern with an outline over them.
  show(fills, own, readable, told) {
    for (const [id, shape] of this.shapes) shape.style.fill = `var(--ror-fill-${fills[id] ?? 0})`;
    const here = (shades) => Object.entries(shades).filter(([id]) => this.areas.has(id));
    this.marks.replaceChildren(...here(fills).map(([id, step]) => {
      const [x, y] = this.areas.get(id).point;
      const text = svg("text", { x, y });
      text.textContent = mark(step, this.steps);
      return text;
    }));
    this.own.replaceChildren(...here(own).flatMap(([id, step]) => {
      const points = this.areas.get(id).points.join(" ");
      const filled = svg("polygon", { points, class: "ror-body-halo" });
      filled.style.fill = `url(#${this.stem}-hatch-${step})`;
      return [filled, svg("polygon", { points })];
    }));
    const said = readable
      ? { role: "img", "aria-labelledby": this.caption.id, "aria-describedby": this.desc.id, "aria-hidden": null }
      : { role: null, "aria-labelledby": null, "aria-describedby": null, "aria-hidden": "true" };
    for (const [name, value] of Object.entries(said)) value === null ? this.board.removeAttribute(name) : this.board.setAttribute(name, value);
    const parts = [...this.areas.keys()].filter((id) => fills[id] || own[id]).map(told);
    this.desc.textContent = `R and L are the patient's sides. ${parts.length ? parts.join("; ") : "No region is shaded"}.`;
  }

  point(id) {
    this.pointed.setAttribute("points", this.areas.get(id)?.points.join(" ") ?? "");
  }
}

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
    this.list = new RegionList(this.areas, this.words, (id, step) => this.put({ ...model.get("shades"), [id]: step }));
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
    this.themes = new MutationObserver(() => this.paint());
    this.themes.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  }

  // A button that has nothing to do keeps the focus that it may have.
  ready(button) {
    return button.getAttribute("aria-disabled") === "false";
  }

  clicked(id) {
    if (id && this.model.get("clickable")) {
      const shades = this.model.get("shades");
      this.put({ ...shades, [id]: ((shades[id] ?? 0) + 1) % (this.words.length + 1) });
    }
    this.point(id); // a finger that is lifted has left the chart
  }

  copy() {
    const right = Object.entries(this.model.get("shades")).filter(([id]) => id.endsWith("-r"));
    this.put(Object.fromEntries(right.flatMap(([id, step]) => [[id, step], [id.replace(/r$/, "l"), step]])));
  }

  put(shades) {
    this.model.set("shades", Object.fromEntries(Object.entries(shades).filter(([, step]) => step)));
    this.model.save_changes();
  }

  told(id) {
    const shades = this.model.get("shades");
    const whose = this.model.get("whose");
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
    const room = this.drawing.getBoundingClientRect();
    const region = this.views.find((view) => view.shapes.has(id)).shapes.get(id).getBoundingClientRect();
    const middle = (region.left + region.right - this.name.offsetWidth) / 2 - room.left;
    this.name.style.left = `${Math.max(0, Math.min(middle, room.width - this.name.offsetWidth))}px`;
    const above = region.top - room.top - this.name.offsetHeight - 6;
    this.name.style.top = `${above < 0 ? region.bottom - room.top + 6 : above}px`;
  }

  paint() {
    const palette = this.model.get("colours")[themeName()];
    for (const name of ["paper", "ink", "muted"]) this.node.style.setProperty(`--ror-${name}`, palette[name]);
    this.model.get("fills").forEach((fill, step) => this.node.style.setProperty(`--ror-fill-${step}`, tint(fill, palette)));
  }

  keys(whose) {
    const swatch = (kind, fill, ...text) => {
      const colour = make("span", { class: `ror-body-swatch ${kind}`, "aria-hidden": "true" });
      colour.style.background = fill;
      return make("li", {}, colour, ...text);
    };
    const keys = this.words.map((word, i) => swatch("", `var(--ror-fill-${i + 1})`, `${mark(i + 1, this.words.length)} ${word}${whose && `, ${whose}`}`));
    if (whose) keys.push(swatch("ror-body-yours", "", this.words.length === 1 ? "hatched: you" : "hatched, denser with each step: you"));
    const muscle = this.model.get("muscle").name;
    if (muscle) keys.push(swatch("ror-body-outlined", "", `outlined: ${muscle}`));
    this.key.replaceChildren(...keys);
  }

  show() {
    const [shades, against, whose, clickable] = ["shades", "against", "whose", "clickable"].map((name) => this.model.get(name));
    this.paint();
    this.views.forEach((view) => view.show(whose ? against : shades, whose ? shades : {}, !clickable, (id) => this.told(id)));
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

export default presented({
  render({ model, el }) {
    const chart = new BodyChart(model);
    el.append(chart.node);
    const show = () => chart.show();
    const told = ["shades", "against", "fills", "whose", "clickable", "verdict", "twin"].map((name) => `change:${name}`);
    told.forEach((change) => model.on(change, show));
    show();
    return () => {
      told.forEach((change) => model.off(change, show));
      chart.themes.disconnect();
    };
  },
});
