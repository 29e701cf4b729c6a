// Answers that a run of the model decides: what rises and falls, sliders to set, a curve to draw.

const WAYS = [["up", "↑", "up"], ["same", "→", "no change"], ["down", "↓", "down"]];

class Cell {
  constructor(row, phase, changed) {
    Object.assign(this, { id: `${row.id}/${phase.id}`, row, phase });
    this.mark = new Mark();
    const group = fresh("cell");
    this.inputs = WAYS.map(([way]) => make("input", { type: "radio", name: group, value: way, onchange: () => (this.mark.clear(), changed()) }));
    const segments = WAYS.map(([, arrow, words], i) => make("label", {}, this.inputs[i], make("span", {}, make("span", { "aria-hidden": "true" }, `${arrow} `), words)));
    this.node = make("td", {}, make("fieldset", { class: "ror-cell", "aria-describedby": this.mark.id },
      make("legend", { class: "ror-unseen" }, `${row.text}, ${phase.text}`), make("div", { class: "ror-segments" }, ...segments), this.mark.node));
  }

  get raw() {
    return this.inputs.find((input) => input.checked)?.value ?? "";
  }

  set raw(way) {
    this.inputs.forEach((input) => (input.checked = input.value === way));
  }

  clear() {
    this.raw = "";
    this.mark.clear();
  }
}

class PredictionTable {
  constructor(question, card) {
    const changed = () => (this.count(), card.ready());
    const { rows, phases } = question;
    this.rows = rows.map((row) => ({ ...row, cells: phases.map((phase) => new Cell(row, phase, changed)), note: make("td", { colspan: phases.length + 1 }) }));
    this.cells = this.rows.flatMap((row) => row.cells);
    this.first = this.cells[0].inputs[0];
    this.counted = make("p", { class: "ror-source", "aria-live": "polite" });
    const head = make("tr", {}, make("td"), ...phases.map((phase) => make("th", { scope: "col" }, phase.text)));
    const body = this.rows.flatMap((row) => [
      make("tr", {}, make("th", { scope: "row" }, row.text), ...row.cells.map((cell) => cell.node)),
      (row.noted = make("tr", { class: "ror-row-note", hidden: true }, row.note)),
    ]);
    this.node = make("div", {}, make("div", { class: "ror-grid" }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...body))), this.counted);
    this.count();
  }

  get raw() {
    return Object.fromEntries(this.rows.map((row) => [row.id, Object.fromEntries(row.cells.map((cell) => [cell.phase.id, cell.raw]))]));
  }

  set raw(ways) {
    this.cells.forEach((cell) => (cell.raw = ways[cell.row.id]?.[cell.phase.id] ?? ""));
    this.count();
  }

  get left() {
    return this.cells.filter((cell) => cell.raw === "").length;
  }

  get complete() {
    return this.left === 0;
  }

  count() {
    const all = this.cells.length;
    this.counted.textContent = this.left ? `${this.left} of ${all} left to choose.` : `All ${all} chosen.`;
  }

  marked(message) {
    const marks = new Map(message.entries.map((mark) => [mark.entry, mark]));
    return this.rows.flatMap((row) => {
      // A mark of a way that was changed before the mark came says nothing of the one that is shown.
      const told = row.cells.filter((cell) => marks.get(cell.id)?.place === cell.raw);
      if (!told.length) return [];
      told.forEach((cell) => cell.mark.show(marks.get(cell.id).right, "", "Not so."));
      const { note } = marks.get(told[0].id);
      row.note.textContent = note;
      row.noted.hidden = false;
      const wrong = told.filter((cell) => !marks.get(cell.id).right).map((cell) => cell.phase.text);
      return wrong.length ? [`${row.text}: not so ${wrong.join(", ")}. ${note}`] : [];
    });
  }

  clear() {
    this.cells.forEach((cell) => cell.clear());
    this.rows.forEach((row) => {
      row.note.replaceChildren();
      row.noted.hidden = true;
    });
    this.count();
  }
}

// The controls of the figures, which call what stands under "a view's part".
class TargetSliders {
  constructor(question, card) {
    this.card = card;
    this.stays = "The slider still stands at";
    this.start = Object.fromEntries(question.sliders.map((control) => [control.name, control.start]));
    this.values = { ...this.start };
    this.rows = question.sliders.map((control) => rowFor(control, this));
    this.first = this.rows[0].inputs[0];
    this.trouble = make("p", { class: "ror-error", role: "alert" });
    this.goals = question.goals.map((goal) => ({ ...goal, mark: new Mark() }));
    this.node = make("div", { class: "ror-target" }, make("p", { class: "ror-source" }, this.goals.length > 1 ? "Reach all of these:" : "Reach this:"),
      make("ul", { class: "ror-goals" }, ...this.goals.map((goal) => make("li", {}, goal.text, goal.mark.node))),
      make("div", { class: "ror-sliders" }, ...this.rows.map((row) => row.node)), this.trouble);
    this.rows.forEach((row) => row.box?.addEventListener("keydown", (event) => this.hold(event)));
    this.show();
  }

  // ---- a view's part ----

  touched() {}

  settled() {}

  moved(row, value) {
    this.values[row.control.name] = value;
    this.refused = false;
    this.trouble.textContent = "";
    row.show(value);
    this.goals.forEach((goal) => goal.mark.clear());
    this.card.ready();
  }

  move(row, value) {
    if (value !== this.values[row.control.name]) this.moved(row, value);
    else {
      this.refused = false;
      row.show(value);
    }
  }

  flip(row, value) {
    this.moved(row, value);
  }

  fail(text) {
    this.refused = true;
    this.trouble.textContent = text;
  }

  // An Enter after a number that is not taken does not send the one before it.
  hold(event) {
    if (event.key !== "Enter" || !this.refused) return;
    event.preventDefault();
    event.stopPropagation();
  }

  // ---- an answer's part ----

  show() {
    this.rows.forEach((row) => row.show(this.values[row.control.name]));
  }

  get raw() {
    return { ...this.values };
  }

  set raw(values) {
    this.values = { ...this.start, ...values };
    this.show();
  }

  get complete() {
    return Object.keys(this.start).some((name) => this.values[name] !== this.start[name]);
  }

  marked(message) {
    if (this.card.stale) return [];
    const marks = new Map(message.entries.map((mark) => [mark.entry, mark]));
    const told = this.goals.filter((goal) => marks.has(goal.id));
    told.forEach((goal) => goal.mark.show(marks.get(goal.id).right, marks.get(goal.id).note, "Not reached.", "Reached."));
    return told.filter((goal) => !marks.get(goal.id).right).map((goal) => `Not reached: ${goal.text} ${marks.get(goal.id).note}`);
  }

  clear() {
    this.raw = {};
    this.refused = false;
    this.trouble.textContent = "";
    this.goals.forEach((goal) => goal.mark.clear());
  }
}

// About a hundred steps from low to high, of 1, 2 or 5 in their last digit.
function handyStep(low, high) {
  const least = (high - low) / 100;
  const power = 10 ** Math.floor(Math.log10(least));
  return Number(([1, 2, 5].find((digit) => digit * power >= least * 0.999) ?? 10) * power.toPrecision(1));
}

const plain = (number) => String(Number(number.toPrecision(3))).replace("-", "−");

// Points can be dragged, or typed in the boxes below; the two are one. A point is there only once it was set.
class DrawnCurve {
  constructor(question, card) {
    this.card = card;
    const { at, low, high, label } = question;
    Object.assign(this, { at, low, high });
    const step = handyStep(low, high);
    this.values = at.map(() => null);
    this.board = new Board({ names: at, low, high, step, title: label }, (i, value) => (this.write(i, value), this.put(i, value)));
    this.others = at.map(() => make("span", { id: fresh("model"), class: "ror-other" }));
    this.boxes = at.map((_, i) => {
      const box = make("input", { type: "number", class: "ror-number", min: low, max: high, step, autocomplete: "off", "aria-describedby": this.others[i].id });
      box.addEventListener("input", () => this.put(i, box.value.trim() === "" ? null : Number(box.value)));
      return box;
    });
    this.first = this.boxes[0];
    this.counted = make("p", { class: "ror-source", "aria-live": "polite" });
    this.key = make("p", { class: "ror-board-key", "aria-hidden": "true", hidden: true }, make("span", { class: "ror-own-line" }), "yours", make("span", { class: "ror-other-line" }), "the model's");
    this.shape = make("ul", { class: "ror-goals ror-shape", "aria-label": "The shape of your curve" });
    this.node = make("div", {}, make("p", { class: "ror-source" }, `Drag in the drawing, or write a number from ${plain(low)} to ${plain(high)} for each time.`), this.board.node, this.key,
      make("div", { class: "ror-points", role: "group", "aria-label": label }, ...at.map((time, i) => make("div", {}, make("label", {}, time, this.boxes[i]), this.others[i]))), this.counted, this.shape);
    this.draw();
  }

  write(i, value) {
    this.boxes[i].value = value ?? "";
  }

  put(i, value) {
    this.values[i] = value !== null && value >= this.low && value <= this.high ? value : null;
    this.shape.replaceChildren();
    this.draw();
    this.card.ready();
  }

  draw() {
    this.board.draw(this.values, this.model);
    const beyond = this.at.filter((_, i) => this.boxes[i].value !== "" && this.values[i] === null);
    const left = this.values.filter((value) => value === null).length;
    const text = beyond.length ? `Not within ${plain(this.low)} to ${plain(this.high)}: ${beyond.join(", ")}.`
      : left ? `${left} of ${this.at.length} left to set.` : `All ${this.at.length} set.`;
    if (this.counted.textContent !== text) this.counted.textContent = text; // unchanged, it is not read out again
  }

  get raw() {
    return [...this.values];
  }

  set raw(values) {
    this.values = this.at.map((_, i) => values[i] ?? null);
    this.values.forEach((value, i) => this.write(i, value));
    this.draw();
  }

  get complete() {
    return this.values.every((value) => value !== null);
  }

  marked(message) {
    const told = [];
    if (!this.card.stale) {
      const marks = message.entries.map((mark) => ({ ...mark, shown: new Mark() }));
      marks.forEach((mark) => mark.shown.show(mark.right, mark.note, "Not so."));
      this.shape.replaceChildren(...marks.map((mark) => make("li", {}, mark.shown.node)));
      told.push(...marks.filter((mark) => !mark.right).map((mark) => mark.note));
    }
    if (!message.curve?.length) return told;
    this.reveal(message.curve);
    return [...told, `The model: ${this.at.map((time, i) => `${time}, ${plain(message.curve[i])}`).join("; ")}.`];
  }

  // What was seen cannot be unseen, so the model's curve stays until the card is emptied.
  reveal(curve) {
    this.model = curve;
    this.key.hidden = !curve;
    this.others.forEach((other, i) => (other.textContent = curve ? `model ${plain(curve[i])}` : ""));
    this.draw();
  }

  clear() {
    this.raw = [];
    this.reveal(undefined);
    this.shape.replaceChildren();
  }
}
