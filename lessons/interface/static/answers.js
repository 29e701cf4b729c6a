// What a question is answered with. Each kind has a `node`, its `first` input, `raw` to read and to fill in, and says
// whether it is `complete`; `marked` shows what the kernel says of its parts, and may give the sentences that are to be
// read out with the verdict because they stand further up.

class Choices {
  constructor(question, card) {
    const group = fresh("question");
    this.inputs = question.options.map((option) => make("input", { type: "radio", name: group, value: option.id, onchange: () => card.ready() }));
    this.first = this.inputs[0];
    this.node = make("div", { class: "ror-options" }, ...question.options.map((option, i) => make("label", {}, this.inputs[i], make("span", {}, option.text))));
  }

  get raw() {
    return this.inputs.find((input) => input.checked)?.value;
  }

  set raw(chosen) {
    this.inputs.forEach((input) => (input.checked = input.value === chosen));
  }

  get complete() {
    return this.raw !== undefined;
  }

  marked() {}

  clear() {
    this.raw = undefined;
  }
}

class NumberBox {
  constructor(question, card) {
    const id = fresh("number");
    this.card = card;
    this.first = make("input", { type: "text", id, class: "ror-number ror-wide", inputmode: "decimal", autocomplete: "off", spellcheck: "false", oninput: () => this.typed() });
    this.heard = make("span", { class: "ror-source", "aria-live": "polite" });
    const unit = question.unit ? ` in ${question.unit}` : "";
    this.node = make("div", { class: "ror-buttons" }, make("label", { for: id }, `Your answer${unit}`), this.first, this.heard);
  }

  get raw() {
    return this.first.value;
  }

  set raw(text) {
    this.first.value = text;
  }

  get complete() {
    return this.raw.trim() !== "";
  }

  typed() {
    this.card.ready();
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.card.send("echo", { raw: this.raw }), 250);
  }

  read(text) {
    this.heard.textContent = text;
  }

  marked(message) {
    this.read(message.echo);
  }

  clear() {
    clearTimeout(this.typing);
    this.raw = "";
    this.read("");
  }
}

// What the kernel says of a part of an answer, beside that part: a sign, a word, and why.
class Mark {
  constructor() {
    this.id = fresh("mark");
    this.node = make("p", { id: this.id, class: "ror-mark" });
  }

  show(right, note, wrong, good = "Right.") {
    const [kind, sign, word] = right ? ["correct", "✓", good] : ["incorrect", "✗", wrong];
    this.node.replaceChildren(make("span", { class: `ror-sign ${kind}`, "aria-hidden": "true" }, sign), make("strong", {}, word), ...(note ? [" ", note] : []));
  }

  clear() {
    this.node.replaceChildren();
  }
}

class SortedEntry {
  constructor(entry, places, changed) {
    const id = fresh("entry");
    this.id = entry.id;
    this.mark = new Mark();
    this.select = make("select", { id, "aria-describedby": this.mark.id, autocomplete: "off", onchange: () => (this.mark.clear(), changed()) },
      make("option", { value: "" }, "choose …"), ...places.map((place) => make("option", { value: place.id }, place.text)));
    this.node = make("div", { class: "ror-entry" }, make("label", { for: id }, entry.text), this.select, this.mark.node);
  }

  // A mark of a place that was left before the mark came says nothing of the one that is shown.
  show(mark) {
    if (mark.place === this.select.value) this.mark.show(mark.right, mark.note, "Not there.");
  }
}

class Sorting {
  constructor(question, card) {
    const changed = () => (this.count(), card.ready());
    this.entries = question.left.map((entry) => new SortedEntry(entry, question.right, changed));
    this.first = this.entries[0].select;
    this.counted = make("p", { class: "ror-source", "aria-live": "polite" });
    this.node = make("div", { class: "ror-sorting" }, ...this.entries.map((entry) => entry.node), this.counted);
    this.count();
  }

  get raw() {
    return Object.fromEntries(this.entries.map((entry) => [entry.id, entry.select.value]));
  }

  set raw(places) {
    this.entries.forEach((entry) => (entry.select.value = places[entry.id] ?? ""));
    this.count();
  }

  get left() {
    return this.entries.filter((entry) => entry.select.value === "").length;
  }

  get complete() {
    return this.left === 0;
  }

  count() {
    const all = this.entries.length;
    this.counted.textContent = this.left ? `${this.left} of ${all} left to choose.` : `All ${all} chosen.`;
  }

  marked(message) {
    const marks = new Map(message.entries.map((mark) => [mark.entry, mark]));
    this.entries.forEach((entry) => marks.has(entry.id) && entry.show(marks.get(entry.id)));
  }

  clear() {
    this.raw = {};
    this.entries.forEach((entry) => entry.mark.clear());
  }
}
