// Design an experiment, commit to what each account expects, run it. The picture comes after the commitment.

class ExperimentView {
  constructor(model, el) {
    this.model = model;
    this.values = { ...model.get("values") };
    this.said = {};
    this.root = make("div", { class: "ror ror-explorer" });
    el.append(this.root);
    this.build();
    this.heard = (message, buffers) => this.hear(message, buffers);
    model.on("msg:custom", this.heard);
    this.ticks = () => this.ticked();
    model.on("change:met", this.ticks);
    this.listed = () => this.list();
    model.on("change:lines", this.listed);
    this.ticked();
    this.list();
  }

  build() {
    const model = this.model;
    const stage = make("div", { class: "ror-stage" });
    this.picture = new Picture(model, stage);
    this.picture.waiting.textContent = "The picture comes once you have said what each account expects.";
    this.twin = make("p", { class: "ror-twin" });
    this.verdict = make("p", { class: "ror-verdict", role: "status" });
    this.picture.figure.append(this.twin, this.verdict);
    this.rows = model.get("controls").map((control) => rowFor(control, this));
    this.rows.forEach((row) => row.show(this.values[row.control.name]));
    this.asked = Object.entries(model.get("accounts")).map(([id, name]) => this.question(id, name));
    this.button = make("button", { type: "button", class: "ror-main", disabled: true, onclick: () => this.commit() }, "Commit and run");
    this.error = make("p", { class: "ror-error", role: "alert" });
    this.tasks = make("ol", { class: "ror-tasks", "aria-label": "Find these" });
    const side = make("div", { class: "ror-side" },
      make("div", { class: "ror-sliders" }, ...this.rows.map((row) => row.node), ...this.asked.map((one) => one.node)),
      make("div", { class: "ror-buttons" }, this.button), this.error,
      model.get("tasks").length ? make("h3", { class: "ror-small" }, "Can you find these?") : null, this.tasks);
    this.done = make("div", { class: "ror-table", tabindex: "0", role: "region", "aria-label": "Experiments so far", "data-lm-suppress-shortcuts": "true" });
    this.keep = keeping(this.picture, model.get("name"), (text) => (this.verdict.textContent = text));
    this.more = make("details", { class: "ror-more", hidden: true, ontoggle: () => this.keep.update() }, make("summary", {}, "More"), make("h3", { class: "ror-small" }, "Keep"), this.keep.buttons, this.keep.box);
    stage.append(this.done);
    this.root.append(make("div", { class: "ror-body" }, stage, side), this.more);
  }

  // Nothing is chosen beforehand: an expectation is somebody's own.
  question(id, name) {
    const group = fresh("expects");
    const answers = Object.entries(this.model.get("answers"));
    const inputs = answers.map(([answer], i) => make("input", { type: "radio", name: group, id: `${group}-${i}`, value: answer, onchange: () => this.say(id, answer) }));
    const labels = answers.map(([, text], i) => make("label", { for: inputs[i].id }, inputs[i], make("span", {}, text)));
    return { inputs, node: make("fieldset", { class: "ror-slider ror-choices" }, make("legend", { class: "ror-name" }, name), make("div", { class: "ror-segments" }, ...labels)) };
  }

  say(id, answer) {
    this.said[id] = answer;
    this.button.disabled = Object.keys(this.said).length < this.asked.length;
  }

  // What the rows of choices ask of their owner.
  touched() {}

  flip(row, value) {
    this.values[row.control.name] = value;
    row.show(value);
    this.begin();
  }

  // Another design needs expectations of its own.
  begin() {
    this.said = {};
    this.button.disabled = true;
    this.asked.forEach(({ inputs }) => inputs.forEach((input) => (input.checked = false)));
    this.error.textContent = "";
  }

  commit() {
    this.button.disabled = true;
    this.error.textContent = "";
    this.model.send({ kind: "run", values: this.values, said: this.said });
  }

  hear(message, buffers) {
    if (message.kind === "error") {
      this.error.textContent = message.text;
      this.button.disabled = false;
    }
    if (message.kind !== "frame") return;
    const figure = fill(message.skeleton, cut(floats(buffers[0]), message.lengths));
    this.twin.textContent = figure.twin;
    this.verdict.textContent = message.text;
    this.picture.draw({ ...figure, tag: { exact: true, whole: true } });
    this.more.hidden = false;
    if (this.more.open) this.keep.update();
  }

  ticked() {
    const met = this.model.get("met");
    this.tasks.replaceChildren(...this.model.get("tasks").map((text, i) =>
      make("li", { class: met[i] ? "ror-met" : "" }, make("span", { class: "ror-tick", "aria-hidden": "true" }, met[i] ? "✓" : ""), make("span", {}, text, met[i] ? make("strong", {}, " Found.") : null))));
  }

  list() {
    const lines = this.model.get("lines");
    this.done.hidden = !lines.length;
    const head = make("tr", {}, ...this.model.get("columns").map((name) => make("th", { scope: "col" }, name)));
    const rows = lines.map((line) => make("tr", {}, make("th", { scope: "row" }, line[0]), ...line.slice(1).map((cell) => make("td", {}, cell))));
    this.done.replaceChildren(make("table", {}, make("caption", {}, "Your experiments so far"), make("thead", {}, head), make("tbody", {}, ...rows)));
  }

  close() {
    this.model.off("msg:custom", this.heard);
    this.model.off("change:met", this.ticks);
    this.model.off("change:lines", this.listed);
    this.picture.close();
  }
}

export default presented({
  render({ model, el }) {
    const view = new ExperimentView(model, el);
    return () => view.close();
  },
});
