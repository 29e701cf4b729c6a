// Front and back of the body as drawings: what all body charts share.

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

// The name of what is pointed at, above its shape or below it, within the drawing.
function placeBeside(name, drawing, shape) {
  const room = drawing.getBoundingClientRect();
  const box = shape.getBoundingClientRect();
  const middle = (box.left + box.right - name.offsetWidth) / 2 - room.left;
  name.style.left = `${Math.max(0, Math.min(middle, room.width - name.offsetWidth))}px`;
  const above = box.top - room.top - name.offsetHeight - 6;
  name.style.top = `${above < 0 ? box.bottom - room.top + 6 : above}px`;
}

// The palette's colours of this theme, as the style sheet names them.
function paintBody(node, model, names = []) {
  const palette = model.get("colours")[themeName()];
  for (const name of ["paper", "ink", "muted", ...names]) node.style.setProperty(`--ror-${name}`, palette[name]);
  model.get("fills").forEach((fill, step) => node.style.setProperty(`--ror-fill-${step}`, tint(fill, palette)));
}

function onThemeChange(act) {
  const themes = new MutationObserver(act);
  themes.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  return themes;
}

function bodySwatch(kind, fill, ...text) {
  const colour = make("span", { class: `ror-body-swatch ${kind}`, "aria-hidden": "true" });
  colour.style.background = fill;
  return make("li", {}, colour, ...text);
}
