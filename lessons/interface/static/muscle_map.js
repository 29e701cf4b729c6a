// The needled muscles: chart and list choose the same one, and what is said of it comes from the model.

const SAME_PLACE = 6; // px: a click so near to the last one asks for what lies beneath

class MuscleView extends BodyView {
  constructor(name, model) {
    super(name, model);
    const here = model.get("muscles").filter((muscle) => muscle.view === name);
    this.muscles = new Map(here.map((muscle) => [muscle.id, svg("polygon", { points: muscle.points.join(" "), "data-muscle": muscle.id })]));
    this.halo = svg("polygon", { class: "ror-body-halo" });
    this.line = svg("polygon", {});
    const chosen = svg("g", { class: "ror-muscle-chosen" }, this.halo, this.line);
    this.board.insertBefore(svg("g", { class: "ror-muscle-shapes" }, ...this.muscles.values()), this.marks);
    this.board.insertBefore(chosen, this.marks);
  }

  choose(id) {
    const points = this.muscles.get(id)?.getAttribute("points") ?? "";
    for (const shape of [this.halo, this.line]) shape.setAttribute("points", points);
  }

  point(id) {
    this.pointed.setAttribute("points", this.muscles.get(id)?.getAttribute("points") ?? "");
  }
}

// One choice among all muscles: native radio buttons, by view and by the patient's side.
class MuscleList {
  constructor(muscles, choose) {
    const group = fresh("muscle");
    this.inputs = new Map();
    const row = ({ id, label }) => {
      const input = make("input", { type: "radio", name: group, value: id, onchange: () => choose(id) });
      this.inputs.set(id, input);
      return make("label", { class: "ror-body-row", "data-muscle": id }, input, label);
    };
    this.node = make("div", { class: "ror-body-list" }, ...VIEWS.map((view) => {
      const sides = Object.keys(LETTER).map((side) => {
        const here = muscles.filter((one) => one.view === view && one.side === side).sort((one, other) => one.label.localeCompare(other.label));
        return make("fieldset", {}, make("legend", {}, `${capital(view)}, patient's ${side}`), ...here.map(row));
      });
      return make("details", { class: "ror-body-group" }, make("summary", {}, `Muscles of the ${view}`), make("div", { class: "ror-body-sides" }, ...sides));
    }));
  }

  show(chosen) {
    for (const [id, input] of this.inputs) input.checked = id === chosen;
  }
}

class MuscleChart {
  constructor(model) {
    this.model = model;
    const muscles = model.get("muscles");
    this.labels = new Map(muscles.map((muscle) => [muscle.id, muscle.label]));
    this.words = model.get("words");
    this.regions = new Map(model.get("areas").map((area) => [area.id, area.label]));
    this.views = VIEWS.map((view) => new MuscleView(view, model));
    this.list = new MuscleList(muscles, (id) => this.choose(id));
    this.title = make("p", { class: "ror-title ror-body-title", id: fresh("title") }, model.get("title"));
    this.hint = make("p", { class: "ror-body-hint" },
      "Click a muscle, or choose one in the lists. A second click at the same place chooses the muscle that lies beneath.");
    this.heading = make("p", { class: "ror-muscle-name" });
    this.facts = make("dl", { class: "ror-muscle-facts" });
    this.said = make("div", { class: "ror-muscle-said", role: "status" }, this.heading, this.facts);
    this.key = make("ul", { class: "ror-body-key" },
      ...this.words.map((word, i) => bodySwatch("", `var(--ror-fill-${i + 1})`, `${mark(i + 1, this.words.length)} ${word}`)),
      bodySwatch("ror-body-outlined", "", "the muscle"));
    this.footing = make("p", { class: "ror-body-hint" }, "Checked: read in a source. Recalled: not looked up. Assumed: no study gives it.");
    this.clear = make("button", { type: "button", onclick: () => this.choose("") }, "Show all muscles");
    this.name = make("p", { class: "ror-body-name", "aria-hidden": "true" });
    this.drawing = make("div", { class: "ror-body-views" }, ...this.views.map((view) => view.node), this.name);
    this.node = make("section", { class: "ror ror-body-map ror-body-large ror-muscle-map", "aria-labelledby": this.title.id }, this.title,
      make("div", { class: "ror-muscle-both" },
        make("div", { class: "ror-muscle-told" }, this.hint, this.said, this.key, this.footing),
        this.drawing,
        make("div", { class: "ror-muscle-choice" }, make("div", { class: "ror-buttons" }, this.clear), this.list.node)));
    this.drawing.addEventListener("click", (event) => this.clicked(event));
    this.drawing.addEventListener("pointermove", (event) => this.over(event));
    this.drawing.addEventListener("pointerleave", () => this.point());
    this.list.node.addEventListener("pointerover", (event) => this.point(event.target.closest("[data-muscle]")?.dataset.muscle));
    this.list.node.addEventListener("pointerleave", () => this.point());
    this.list.node.addEventListener("focusin", (event) => this.point(event.target.closest("[data-muscle]")?.dataset.muscle));
    this.list.node.addEventListener("focusout", () => this.point());
    this.themes = onThemeChange(() => this.paint());
  }

  paint() {
    paintBody(this.node, this.model, ["muscle", "muscle-deep"]);
  }

  // The muscles under a point of the page, the uppermost first.
  under({ clientX, clientY }) {
    return document.elementsFromPoint(clientX, clientY).filter((node) => this.drawing.contains(node) && node.dataset.muscle).map((node) => node.dataset.muscle);
  }

  clicked(event) {
    const here = this.under(event);
    if (!here.length) return;
    const again = this.last && Math.hypot(event.clientX - this.last.clientX, event.clientY - this.last.clientY) < SAME_PLACE;
    this.last = { clientX: event.clientX, clientY: event.clientY };
    const id = here[again ? (here.indexOf(this.model.get("chosen")) + 1) % here.length : 0];
    this.choose(id);
    this.point(id);
  }

  over(event) {
    const here = this.under(event);
    // Right after a click the one that was chosen keeps its name.
    const chosen = this.model.get("chosen");
    const still = this.last && Math.hypot(event.clientX - this.last.clientX, event.clientY - this.last.clientY) < SAME_PLACE;
    const id = still && here.includes(chosen) ? chosen : here[0];
    this.point(id, here.length - 1);
  }

  choose(id) {
    this.model.set("chosen", id);
    this.model.save_changes();
  }

  point(id, others = 0) {
    this.views.forEach((view) => view.point(id));
    this.name.hidden = !id;
    if (!id) return;
    this.name.textContent = capital(this.labels.get(id)) + (others > 0 ? ` (and ${others} more here)` : "");
    placeBeside(this.name, this.drawing, this.views.find((view) => view.muscles.has(id)).muscles.get(id));
  }

  show() {
    const [chosen, shades, facts] = ["chosen", "shades", "facts"].map((name) => this.model.get(name));
    this.paint();
    const told = (id) => `${this.regions.get(id)}: ${this.words[shades[id] - 1]}`;
    this.views.forEach((view) => (view.show(shades, {}, false, told), view.choose(chosen)));
    this.list.show(chosen);
    this.node.classList.toggle("ror-muscle-some", Boolean(chosen));
    this.heading.textContent = chosen ? capital(this.labels.get(chosen)) : "No muscle is chosen.";
    this.facts.replaceChildren(...facts.flatMap(([what, words]) => [make("dt", {}, what), make("dd", {}, words)]));
    this.clear.hidden = !chosen;
    this.key.hidden = this.footing.hidden = !chosen;
  }
}

export default presented({
  render({ model, el }) {
    const chart = new MuscleChart(model);
    el.append(chart.node);
    const show = () => chart.show();
    const told = ["chosen", "shades", "facts"].map((name) => `change:${name}`);
    told.forEach((change) => model.on(change, show));
    show();
    chart.point();
    return () => {
      told.forEach((change) => model.off(change, show));
      chart.themes.disconnect();
    };
  },
});
