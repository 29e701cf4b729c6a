// A prediction that is shaded, for one plan after the other, and committed once for all of them.

class ShadedPlans extends BodyChart {
  constructor(model) {
    super(model);
    const group = fresh("plan");
    this.plans = model.get("plans");
    this.inputs = this.plans.map(({ id }) => make("input", { type: "radio", name: group, id: `${group}-${id}`, value: id, onchange: () => this.turn(id) }));
    this.sizes = this.plans.map(() => make("span", { class: "ror-plan-size" }));
    const choices = this.plans.map(({ name }, i) => make("label", { for: this.inputs[i].id }, this.inputs[i], make("span", {}, name, this.sizes[i])));
    this.all = make("button", { type: "button", onclick: () => this.put(Object.fromEntries(this.areas.map(({ id }) => [id, 1]))) }, "Shade the whole body");
    this.mirror.after(this.all);
    this.legend = make("legend", {});
    this.does = make("p", { class: "ror-plan-does" });
    this.switch = make("fieldset", { class: "ror-plans" }, this.legend, make("div", { class: "ror-segments" }, ...choices));
    this.commit = make("button", { type: "button", class: "ror-main", disabled: true, onclick: () => this.send(model.get("shadings")) }, "Commit my prediction");
    this.unsure = make("button", { type: "button", onclick: () => this.send("unsure") }, "Not sure, show me");
    this.buttons = make("div", { class: "ror-buttons" }, this.commit, this.unsure);
    this.trouble = make("p", { class: "ror-error", role: "alert" });
    this.title.after(this.switch, this.does);
    this.hint.after(this.buttons, this.trouble);
  }

  // The answer goes with the message: what was set a moment ago may still be on its way.
  send(answer) {
    this.model.send({ kind: "commit", answer });
  }

  turn(id) {
    this.model.set("plan", id);
    this.model.save_changes();
  }

  shades() {
    return this.model.get("shadings")[this.model.get("plan")] ?? {};
  }

  keep(shades) {
    this.model.set("shadings", { ...this.model.get("shadings"), [this.model.get("plan")]: shades });
  }

  show() {
    super.show();
    const [plan, shadings, committed] = ["plan", "shadings", "committed"].map((name) => this.model.get(name));
    this.plans.forEach(({ id }, i) => {
      const many = Object.keys(shadings[id] ?? {}).length;
      this.inputs[i].checked = id === plan;
      this.sizes[i].textContent = ` (${many || "nothing"} shaded)`;
    });
    this.does.textContent = this.plans.find(({ id }) => id === plan).does;
    this.commit.disabled = !Object.values(shadings).some((shades) => Object.keys(shades).length);
    this.buttons.hidden = committed;
    this.legend.textContent = committed ? "You shaded for" : "Shade for";
    if (committed && !this.model.get("verdict")) this.verdict.textContent = "Your prediction is kept. The picture is open.";
    this.trouble.textContent = this.model.get("trouble");
  }
}

export default presented({
  render({ model, el }) {
    const chart = new ShadedPlans(model);
    el.append(chart.node);
    const show = () => chart.show();
    const told = ["plan", "shadings", "committed", "clickable", "verdict", "twin", "trouble"].map((name) => `change:${name}`);
    told.forEach((change) => model.on(change, show));
    show();
    return () => {
      told.forEach((change) => model.off(change, show));
      chart.themes.disconnect();
    };
  },
});
