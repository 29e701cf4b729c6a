// The steps of a case that are answered: the safety gate and the plan. Each is confirmed once and then stays.

const GAUGE = Array.from({ length: 11 }, (_, i) => i);
const EXPECTED = Array.from({ length: 9 }, (_, i) => i - 6);
const SURE = ["guessed", "fairly sure", "sure"];
const NEEDLED = ["release", "retain", "both"];
const signed = (number) => (number > 0 ? `+${number}` : String(number).replace("-", "−"));

// Within JupyterLab, Enter does not submit a form by itself.
function submitOnEnter(form) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    form.requestSubmit();
  });
}

// One of several, none chosen at first: native radio buttons, drawn as a row of segments or as lines.
class OneOf {
  constructor(legend, options, changed, { kind = "segments", ends } = {}) {
    const group = fresh("one-of");
    this.values = options.map(({ value }) => value);
    this.inputs = options.map(({ value }) => make("input", { type: "radio", name: group, value: String(value), onchange: changed }));
    const labels = options.map(({ text }, i) => make("label", {}, this.inputs[i], make("span", {}, text)));
    this.name = legend;
    this.node = make("fieldset", { class: `ror-clinic-one ror-clinic-${kind}` }, make("legend", {}, legend),
      make("div", { class: kind === "rows" ? "ror-options" : "ror-segments" }, ...labels),
      ends ? make("p", { class: "ror-clinic-ends", "aria-hidden": "true" }, ...ends.map((end) => make("span", {}, end))) : null);
  }

  get value() {
    const i = this.inputs.findIndex((input) => input.checked);
    return i < 0 ? undefined : this.values[i];
  }

  set value(value) {
    this.inputs.forEach((input, i) => (input.checked = this.values[i] === value));
  }

  able(able) {
    this.inputs.forEach((input) => (input.disabled = !able));
    this.node.classList.toggle("ror-off", !able);
  }
}

// Any of several: native checkboxes; what is said of each stands below it.
class AnyOf {
  constructor(entries, changed) {
    this.ids = entries.map(({ id }) => id);
    this.inputs = entries.map(() => make("input", { type: "checkbox", onchange: changed }));
    this.notes = entries.map(() => make("p", { class: "ror-mark", id: fresh("note") }));
    this.inputs.forEach((input, i) => input.setAttribute("aria-describedby", this.notes[i].id));
    this.lines = entries.map(({ text }, i) => make("div", { class: "ror-clinic-tick" }, make("label", {}, this.inputs[i], make("span", {}, text)), this.notes[i]));
  }

  get value() {
    return this.ids.filter((_, i) => this.inputs[i].checked);
  }

  set value(ids) {
    this.inputs.forEach((input, i) => (input.checked = ids.includes(this.ids[i])));
  }

  able(able) {
    this.inputs.forEach((input) => (input.disabled = !able));
  }
}

class GateForm {
  constructor(model, who, send) {
    const changed = () => this.changed();
    this.ticks = model.get("steps").map(({ entries }) => new AnyOf(entries.map(({ id, ask }) => ({ id, text: ask })), changed));
    this.none = make("input", { type: "checkbox", onchange: () => this.changed(true) });
    this.confirm = make("button", { type: "submit", class: "ror-main", disabled: true }, "Confirm what holds");
    this.keep = make("p", { class: "ror-source" }, "What you confirm stays, until you start this case over.");
    const steps = model.get("steps").map(({ title }, i) => make("fieldset", { class: "ror-clinic-step" }, make("legend", {}, title), ...this.ticks[i].lines));
    this.node = make("form", { class: "ror-card ror-clinic-gate", novalidate: true },
      make("fieldset", {}, make("legend", {}, `Safety gate: what on this list holds for ${who}?`), make("div", { class: "ror-clinic-list" }, ...steps),
        make("div", { class: "ror-clinic-tick ror-clinic-none" }, make("label", {}, this.none, make("strong", {}, "Nothing on this list holds here"))),
        make("div", { class: "ror-buttons" }, this.confirm, this.keep)));
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.confirm.disabled && !this.confirm.hidden) send(this.value);
    });
    submitOnEnter(this.node);
  }

  get value() {
    return this.ticks.flatMap((ticks) => ticks.value);
  }

  // "Nothing" and everything else exclude one another.
  changed(none = false) {
    if (none && this.none.checked) this.ticks.forEach((ticks) => (ticks.value = []));
    if (!none && this.value.length) this.none.checked = false;
    this.confirm.disabled = !this.none.checked && !this.value.length;
  }

  show(gate) {
    const open = !gate;
    this.ticks.forEach((ticks) => {
      if (gate) ticks.value = gate.ticked;
      ticks.able(open);
      ticks.notes.forEach((note) => note.replaceChildren());
    });
    if (gate) this.none.checked = !gate.ticked.length;
    this.none.disabled = !open;
    this.confirm.hidden = this.keep.hidden = !open;
    this.node.classList.toggle("ror-clinic-confirmed", !open);
    gate?.entries.forEach((entry) => {
      const ticks = this.ticks.find(({ ids }) => ids.includes(entry.id));
      ticks.notes[ticks.ids.indexOf(entry.id)].replaceChildren(...entryNote(entry));
    });
    if (open) this.changed();
  }

  clear() {
    this.ticks.forEach((ticks) => (ticks.value = []));
    this.none.checked = false;
  }
}

class PlanForm {
  constructor(model, send) {
    const changed = () => this.changed();
    const numbers = (values, written = String) => values.map((value) => ({ value, text: written(value) }));
    const named = (options) => options.map(({ id, text }) => ({ value: id, text }));
    const ends = ["none of it", "all of it"];
    this.local = new OneOf("Local driver: how much comes from this place?", numbers(GAUGE), changed, { kind: "gauge", ends });
    this.central = new OneOf("Central driver: how much comes from cord and brain?", numbers(GAUGE), changed, { kind: "gauge", ends });
    this.choice = new OneOf("What do you choose?", named(model.get("choices")), changed, { kind: "rows" });
    this.dose = new OneOf("How much?", named(model.get("doses")), changed);
    this.adjust = new AnyOf(model.get("adjustments"), changed);
    this.adjusting = make("fieldset", { class: "ror-clinic-one" }, make("legend", {}, model.get("adjusted")), make("div", { class: "ror-clinic-list" }, ...this.adjust.lines));
    this.unneeded = make("p", { class: "ror-source" }, "Without a needle there is no dose, and nothing to adjust.");
    this.expected = new OneOf("What do you expect of the pain in four weeks, in points of 10?", numbers(EXPECTED, signed), changed, { ends: ["better", "worse"] });
    this.sure = new OneOf("How sure are you of your choice?", SURE.map((text, i) => ({ value: i + 1, text })), changed);
    this.missing = make("p", { class: "ror-source", id: fresh("missing") });
    this.commit = make("button", { type: "submit", class: "ror-main", disabled: true, "aria-describedby": this.missing.id }, "Commit this plan");
    this.node = make("form", { class: "ror-card ror-clinic-plan", novalidate: true },
      make("fieldset", {}, make("legend", {}, "Two drivers, one plan"), this.local.node, this.central.node, this.choice.node, this.dose.node, this.adjusting,
        this.unneeded, this.expected.node, this.sure.node, make("div", { class: "ror-buttons" }, this.commit, this.missing)));
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.commit.disabled && !this.commit.hidden) send(this.value, this.sure.value);
    });
    submitOnEnter(this.node);
  }

  get needled() {
    return NEEDLED.includes(this.choice.value);
  }

  get value() {
    const plan = { local: this.local.value, central: this.central.value, choice: this.choice.value, expected: this.expected.value };
    return this.needled ? { ...plan, dose: this.dose.value, adjust: this.adjust.value } : plan;
  }

  // What is still to be answered. "none" is the dose of a plan without a needle, and of no other.
  get open() {
    const dose = this.dose.value;
    const parts = [[this.local, "local driver"], [this.central, "central driver"], [this.choice, "choice"], [this.expected, "what you expect"], [this.sure, "how sure"]];
    const open = parts.filter(([part]) => part.value === undefined).map(([, name]) => name);
    return this.needled && (dose === undefined || dose === "none") ? [...open, "dose"] : open;
  }

  changed() {
    const without = this.choice.value !== undefined && !this.needled;
    if (without) this.dose.value = "none";
    else if (this.needled && this.dose.value === "none") this.dose.value = undefined;
    this.dose.able(!without);
    this.dose.inputs[0].disabled = true; // "none" follows from the choice
    this.adjust.able(!without);
    this.adjusting.classList.toggle("ror-off", without);
    this.unneeded.hidden = !without;
    this.commit.disabled = this.open.length > 0;
    this.missing.textContent = this.open.length ? `Still open: ${this.open.join(", ")}.` : "What you commit stays, until you start this case over.";
  }

  // `plan`: what was committed; `locked`: a red flag holds, so nothing here can be chosen.
  show(plan, locked) {
    const open = !plan && !locked;
    if (plan && !locked) {
      for (const part of ["local", "central", "choice", "expected"]) this[part].value = plan.raw[part];
      this.dose.value = plan.raw.dose ?? "none";
      this.adjust.value = plan.raw.adjust ?? [];
      this.sure.value = plan.sure ?? undefined;
    }
    this.changed();
    for (const part of [this.local, this.central, this.choice, this.dose, this.expected, this.sure, this.adjust]) if (!open) part.able(false);
    if (open) for (const part of [this.local, this.central, this.choice, this.expected, this.sure]) part.able(true);
    this.adjusting.classList.toggle("ror-off", !open);
    this.commit.hidden = this.missing.hidden = !open;
    this.node.classList.toggle("ror-clinic-locked", locked);
    this.node.classList.toggle("ror-clinic-confirmed", Boolean(plan));
  }

  clear() {
    for (const part of [this.local, this.central, this.choice, this.dose, this.expected, this.sure]) part.value = undefined;
    this.adjust.value = [];
  }
}
