// Answers that are chosen: all that apply, an answer with its reason, and steps in order.

class Tick {
  constructor(option, changed) {
    Object.assign(this, option);
    this.mark = new Mark();
    this.input = make("input", { type: "checkbox", value: option.id, "aria-describedby": this.mark.id, autocomplete: "off", onchange: () => (this.mark.clear(), changed()) });
    this.node = make("div", {}, make("label", {}, this.input, make("span", {}, option.text)), this.mark.node);
  }
}

class Ticks {
  constructor(question, card) {
    this.ticks = question.options.map((option) => new Tick(option, () => card.ready()));
    this.first = this.ticks[0].input;
    this.node = make("div", {}, make("p", { class: "ror-source" }, "Tick all that apply."), make("div", { class: "ror-options" }, ...this.ticks.map((tick) => tick.node)));
  }

  get raw() {
    return this.ticks.filter((tick) => tick.input.checked).map((tick) => tick.id);
  }

  set raw(ids) {
    this.ticks.forEach((tick) => (tick.input.checked = ids.includes(tick.id)));
  }

  get complete() {
    return this.raw.length > 0;
  }

  // Only what is ticked is told of: what is still missing is for the learner to find.
  marked(message) {
    const marks = new Map(message.entries.map((mark) => [mark.entry, mark]));
    const told = this.ticks.filter((tick) => tick.input.checked && marks.has(tick.id));
    told.forEach((tick) => tick.mark.show(marks.get(tick.id).right, marks.get(tick.id).note, "Not this one."));
    return told.filter((tick) => !marks.get(tick.id).right).map((tick) => `Not this one: “${tick.text}” ${marks.get(tick.id).note}`);
  }

  clear() {
    this.raw = [];
    this.ticks.forEach((tick) => tick.mark.clear());
  }
}

class Tier extends Choices {
  constructor(name, options, changed) {
    super({ options }, { ready: () => (this.mark.clear(), changed()) });
    this.name = name;
    this.mark = new Mark(); // stands under what was chosen
    this.node.append(this.mark.node);
    this.node = make("fieldset", { class: "ror-tier", "aria-describedby": this.mark.id }, make("legend", {}, name), this.node);
  }

  show(mark) {
    if (mark?.place !== this.raw) return [];
    this.inputs.find((input) => input.checked).parentNode.after(this.mark.node);
    this.mark.show(mark.right, mark.note, "Not so.");
    return mark.right ? [] : [`${this.name}: not so. ${mark.note}`];
  }

  clear() {
    super.clear();
    this.mark.clear();
  }
}

class TwoTiers {
  constructor(question, card) {
    const changed = () => card.ready();
    this.answer = new Tier("Your answer", question.options, changed);
    this.because = new Tier("Because", question.because, changed);
    this.first = this.answer.first;
    this.node = make("div", { class: "ror-tiers" }, this.answer.node, this.because.node);
  }

  get raw() {
    return { answer: this.answer.raw ?? "", because: this.because.raw ?? "" };
  }

  set raw(chosen) {
    this.answer.raw = chosen.answer;
    this.because.raw = chosen.because;
  }

  get complete() {
    return this.answer.complete && this.because.complete;
  }

  marked(message) {
    return ["answer", "because"].flatMap((tier) => this[tier].show(message.entries.find((mark) => mark.entry === tier)));
  }

  clear() {
    this.answer.clear();
    this.because.clear();
  }
}

const listed = (numbers) => (numbers.length > 1 ? `${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}` : String(numbers[0]));

// Each step names its place in a native list. Rows that are moved by buttons would stand in an order from the start,
// which nobody gave, and would be read out anew at every move; a list says step and place wherever one comes to it.
class Ordering {
  constructor(question, card) {
    this.steps = question.steps;
    const places = this.steps.map((_, i) => String(i + 1));
    this.selects = this.steps.map(() => make("select", { id: fresh("step"), autocomplete: "off", onchange: () => (this.count(), card.ready()) },
      make("option", { value: "" }, "…"), ...places.map((place) => make("option", { value: place }, place))));
    this.first = this.selects[0];
    this.counted = make("p", { class: "ror-source", "aria-live": "polite" });
    this.chain = make("ol", { class: "ror-chain", "aria-label": "Your order", hidden: true });
    this.node = make("div", { class: "ror-sorting" }, make("p", { class: "ror-source" }, "Give each step its place; 1 comes first."),
      ...this.steps.map((step, i) => make("div", { class: "ror-entry ror-step" }, this.selects[i], make("label", { for: this.selects[i].id }, step.text))),
      this.counted, this.chain);
    this.count();
  }

  // The steps at a place, counted from 1.
  at(place) {
    return this.steps.filter((_, i) => this.selects[i].value === String(place));
  }

  get taken() {
    return this.steps.map((_, i) => this.at(i + 1));
  }

  get raw() {
    return this.taken.flat().map((step) => step.id);
  }

  set raw(ids) {
    this.steps.forEach((step, i) => (this.selects[i].value = ids.includes(step.id) ? String(ids.indexOf(step.id) + 1) : ""));
    this.count();
  }

  get complete() {
    return this.taken.every((steps) => steps.length === 1);
  }

  count() {
    const places = this.taken.map((steps, i) => [i + 1, steps.length]);
    const free = places.filter(([, count]) => count === 0).map(([place]) => place);
    const twice = places.filter(([, count]) => count > 1).map(([place]) => place);
    const said = [free.length ? `Free: ${listed(free)}.` : "", twice.length ? `Taken more than once: ${listed(twice)}.` : ""];
    this.counted.textContent = this.complete ? "Every place is taken once. Read it through:" : said.filter(Boolean).join(" ");
    this.chain.hidden = !this.complete;
    this.chain.replaceChildren(...(this.complete ? this.taken.flat().map((step) => make("li", {}, step.text)) : []));
  }

  marked() {}

  clear() {
    this.raw = [];
  }
}
