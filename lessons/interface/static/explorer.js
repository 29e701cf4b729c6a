// Sliders, picture, sentence. While a slider moves the page draws from frames that the kernel computed ahead.

const REST_MS = 35;
const SLOW = 300; // ms: an answer that takes longer says that it is on its way

class Stack {
  constructor(name, last) {
    this.name = name;
    this.last = last;
    this.frames = new Map();
  }

  add(message, buffers) {
    const queue = buffers.map(floats);
    if (message.base) {
      this.base = message.base;
      const fixed = queue.shift();
      this.fixed = new Map();
      let at = 0;
      for (const slot of message.base.fixed) {
        const length = message.base.lengths[slot];
        this.fixed.set(slot, shaped(fixed.subarray(at, at + size(length)), length));
        at += size(length);
      }
      this.width = message.base.lengths.reduce((sum, length, slot) => sum + (this.fixed.has(slot) ? 0 : size(length)), 0);
    }
    const rows = queue.pop();
    let at = 0;
    for (const frame of message.frames) {
      if (frame.whole) this.frames.set(frame.position, { ...frame, row: queue.shift() });
      else {
        this.frames.set(frame.position, { ...frame, row: rows.subarray(at, at + this.width) });
        at += this.width;
      }
    }
  }

  figure(position) {
    const frame = this.frames.get(position);
    if (!frame) return null;
    if (frame.whole) return fill(frame.whole.skeleton, cut(frame.row, frame.whole.lengths));
    return patched(fill(this.base.skeleton, cut(frame.row, this.base.lengths, this.fixed)), frame.patch);
  }

  // Nothing is left to compute near here.
  knows(position) {
    for (let one = Math.max(0, position - 6); one <= Math.min(this.last, position + 6); one++) if (!this.frames.has(one)) return false;
    return true;
  }

  nearest(position) {
    for (let away = 1; away <= 4; away++)
      for (const side of [position - away, position + away]) if (this.frames.has(side)) return side;
    return null;
  }
}

class ExplorerView {
  constructor(model, el) {
    this.model = model;
    this.begin = { ...model.get("start") };
    this.past = [];
    this.ticket = 0;
    this.root = make("div", { class: "ror ror-explorer" });
    const under = model.get("under");
    if (under) {
      // Folded figures are computed and drawn only when somebody opens them.
      const fold = make("details", { class: "ror-under", ontoggle: () => fold.open && this.start() }, make("summary", {}, under), this.root);
      el.append(make("div", { class: "ror" }, fold));
    } else {
      el.append(this.root);
      // Behind a tab there is nothing to compute until somebody opens it.
      this.sight = new ResizeObserver(() => this.root.offsetWidth && this.start());
      if (this.root.offsetWidth) this.start();
      else this.sight.observe(this.root);
    }
  }

  start() {
    if (this.heard) return;
    this.sight?.disconnect();
    const model = this.model;
    this.values = { ...model.get("values") };
    this.build();
    this.heard = (message, buffers) => this.hear(message, buffers);
    model.on("msg:custom", this.heard);
    this.gate = () => this.gated();
    model.on("change:waits", this.gate);
    this.kernelMoved = () => this.follow();
    model.on("change:values", this.kernelMoved);
    this.ticks = () => this.ticked();
    model.on("change:met", this.ticks);
    this.gated();
    this.ticked();
    model.send({ kind: "hello" });
  }

  ticked() {
    const met = this.model.get("met");
    this.tasks.replaceChildren(...this.model.get("challenges").map((text, i) =>
      make("li", { class: met[i] ? "ror-met" : "" }, make("span", { class: "ror-tick", "aria-hidden": "true" }, met[i] ? "✓" : ""), make("span", {}, text, met[i] ? make("strong", {}, " Found.") : null))));
  }

  build() {
    const model = this.model;
    const side = make("div", { class: "ror-side" });
    const begin = make("div", { class: "ror-begins" });
    const stage = make("div", { class: "ror-stage" }, begin);
    this.picture = new Picture(model, stage);
    this.twin = make("p", { class: "ror-twin" });
    this.picture.figure.append(this.twin);
    this.said = make("p", { class: "ror-said", role: "status" });
    this.error = make("p", { class: "ror-error", role: "alert" });
    this.lock = make("p", { class: "ror-lock" });
    this.running = make("div", { class: "ror-running", role: "status", hidden: true },
      make("progress", { "aria-label": "The model is running" }), make("span", {}, "Running the model …"),
      make("button", { type: "button", onclick: () => this.stop() }, "Stop"));
    stage.append(this.running);
    this.rows = model.get("controls").map((control) => rowFor(control, this));
    this.rows.forEach((row) => (row.start = this.begin[row.control.name]));
    const shownRows = make("div", { class: "ror-sliders" }, ...this.rows.filter((row) => !row.control.folded && !row.control.button).map((row) => row.node));
    begin.append(...this.rows.filter((row) => row.control.button).map((row) => row.node));
    begin.hidden = !begin.childElementCount;
    const folded = make("div", { class: "ror-sliders" }, ...this.rows.filter((row) => row.control.folded).map((row) => row.node));
    this.keep = keeping(this.picture, model.get("name"), (text) => (this.said.textContent = text));
    this.pins = make("span", { class: "ror-pins" });
    this.undo = make("button", { type: "button", onclick: () => this.back(), disabled: true }, "Undo");
    const presets = Object.entries(model.get("presets")).map(([name, values]) =>
      make("button", { type: "button", onclick: () => this.change(values) }, name));
    const backs = make("div", { class: "ror-buttons" }, ...this.rows.filter((r) => !r.control.switch).map((row) =>
      make("button", { type: "button", onclick: () => this.move(row, row.start) }, `↺ ${row.control.label}`)));
    this.more = make("details", { class: "ror-more", ontoggle: () => this.keep.update() },
      make("summary", {}, "More"),
      presets.length ? make("h3", { class: "ror-small" }, "Start from") : null,
      presets.length ? make("div", { class: "ror-buttons" }, ...presets) : null,
      folded.childElementCount ? make("h3", { class: "ror-small" }, "More sliders") : null,
      folded.childElementCount ? folded : null,
      make("h3", { class: "ror-small" }, "Compare and go back"),
      make("div", { class: "ror-buttons" },
        make("button", { type: "button", class: "ror-pin", onclick: () => this.pin() }, "Pin this run"),
        make("button", { type: "button", onclick: () => (this.picture.unpin(), (this.pins.textContent = "")) }, "Remove pins"), this.undo, this.pins),
      make("details", { class: "ror-backs" }, make("summary", {}, "Reset one slider"), backs),
      make("h3", { class: "ror-small" }, "Keep"), this.keep.buttons, this.keep.box);
    const reset = make("button", { type: "button", class: "ror-reset", onclick: () => this.reset() }, "Reset");
    this.tasks = make("ol", { class: "ror-tasks", "aria-label": "Find these" });
    side.append(...[this.modes(), shownRows, make("div", { class: "ror-buttons" }, reset), this.error, model.get("challenges").length ? make("h3", { class: "ror-small" }, "Can you find these?") : null, this.tasks].filter(Boolean));
    this.body = make("div", { class: "ror-body" }, stage, side);
    const accounts = model.get("accounts");
    this.accounts = Object.keys(accounts).length ? new AccountRow(this, accounts, model.get("account")) : null;
    this.patient = model.get("patient").name ? new PatientRow(this, model.get("patient")) : null;
    this.root.append(...[this.lock, this.accounts?.node, this.body, this.patient?.node, this.more, this.said].filter(Boolean));
    this.showValues();
  }

  modes() {
    const modes = this.model.get("modes");
    const names = Object.keys(modes);
    if (!names.length) return null;
    this.mode = this.model.get("mode");
    this.mode = this.modeOf(this.values);
    const group = fresh("mode");
    this.modeInputs = names.map((name) => make("input", { type: "radio", name: group, id: `${group}-${name}`, value: name, onchange: () => this.choose(name) }));
    this.modeInputs.forEach((input) => (input.checked = input.value === this.mode));
    return make("fieldset", { class: "ror-modes" }, make("legend", {}, "Treat with"),
      ...this.modeInputs.map((input) => make("label", { for: input.id }, input, input.value)));
  }

  choose(name) {
    this.mode = name;
    this.change(this.model.get("modes")[name].set);
  }

  showValues() {
    const inMode = this.mode ? this.model.get("modes")[this.mode].sliders : null;
    for (const row of this.rows) {
      row.show(this.values[row.control.name]);
      row.node.hidden = inMode ? !inMode.includes(row.control.name) : false;
    }
    if (this.modeInputs) this.modeInputs.forEach((input) => (input.checked = input.value === this.mode));
    this.accounts?.show();
  }

  // The mode that these values belong to; if to none, the one that is chosen.
  modeOf(values) {
    const modes = this.model.get("modes");
    return Object.keys(modes).find((name) => Object.entries(modes[name].set).every(([k, v]) => values[k] === v)) ?? this.mode;
  }

  // ---- moving ----

  touched(row) {
    const name = row.control.name;
    if (row.off || (this.stack?.name === name && this.stack.others === this.others(name))) return;
    this.stack = new Stack(name, row.control.positions.length - 1);
    this.stack.others = this.others(name);
    this.model.send({ kind: "ahead", name, values: this.values });
  }

  others(name) {
    return JSON.stringify({ ...this.values, [name]: null });
  }

  moved(row, value) {
    const name = row.control.name;
    if (!this.before) this.before = { ...this.values };
    const from = row.position();
    this.values[name] = value;
    row.show(value);
    this.accounts?.show();
    this.error.textContent = "";
    const position = row.position();
    const own = this.stack?.name === name && this.stack.others === this.others(name) ? this.stack : null;
    if (!own) this.stack = undefined;
    const here = own && (own.frames.has(position) ? position : own.nearest(position));
    if (own && !own.knows(position)) this.tell(name, position, Math.sign(position - from));
    if (own && here !== null && here !== undefined) this.later(() => own.figure(here), { name, position: here, ahead: true });
    clearTimeout(this.rest);
    if (own?.frames.has(position)) this.rest = setTimeout(() => this.ask(), REST_MS);
    else this.ask();
  }

  tell(name, position, direction) {
    const now = performance.now();
    if (now - (this.told ?? 0) < 45) return;
    this.told = now;
    this.model.send({ kind: "near", name, position, direction });
  }

  settled() {
    if (this.before && JSON.stringify(this.before) !== JSON.stringify(this.values)) {
      this.past.push(this.before);
      this.undo.disabled = false;
    }
    this.before = undefined;
    this.announce = true;
    if (!this.waiting && !this.rest) this.speak();
  }

  move(row, value) {
    this.moved(row, value);
    this.settled();
  }

  // What is switched, not dragged, changes colours too: it is drawn anew.
  flip(row, value) {
    this.whole = true;
    this.move(row, value);
  }

  change(values) {
    this.whole = true;
    this.before = { ...this.values };
    Object.assign(this.values, values);
    this.stack = undefined;
    this.showValues();
    this.ask();
    this.settled();
    this.rows.forEach((row) => row.running && this.touched(row));
  }

  // Everything as an account has it: what jumps is lit up for a moment.
  take(values) {
    this.rows.forEach((row) => row.running && row.control.name in values && row.stop());
    const jumped = this.rows.filter((row) => row.control.name in values && row.text(values[row.control.name]) !== row.text(this.values[row.control.name]));
    if (this.mode) this.mode = this.modeOf({ ...this.values, ...values });
    this.change(values);
    jumped.forEach((row) => lightUp(row.node));
    if (!this.more.open && jumped.some((row) => row.control.folded)) lightUp(this.more.querySelector("summary"));
  }

  reset() {
    this.rows.forEach((row) => row.running && row.stop());
    if (this.mode) this.mode = this.modeOf(this.begin);
    this.patient?.leave();
    this.change(this.begin);
  }

  back() {
    const values = this.past.pop();
    this.undo.disabled = !this.past.length;
    if (!values) return;
    Object.assign(this.values, values);
    if (this.mode) this.mode = this.modeOf(this.values);
    this.stack = undefined;
    this.whole = true;
    this.showValues();
    this.ask();
  }

  pin() {
    if (this.picture.ghosts.length >= 4) {
      this.said.textContent = "Four runs are pinned; remove them to pin others.";
      return;
    }
    const number = this.picture.pin();
    this.pins.textContent = `${number} pinned`;
    this.said.textContent = `Run ${number} pinned: ${this.twin.textContent}`;
  }

  // ---- asking the kernel ----

  ask() {
    clearTimeout(this.rest);
    this.rest = undefined;
    if (this.waiting) {
      this.again = true;
      return;
    }
    this.waiting = ++this.ticket;
    this.slow ??= setTimeout(() => (this.running.hidden = false), SLOW);
    this.model.send({ kind: "set", values: this.values, ticket: this.ticket });
  }

  // A run that takes long says so, and can be given up: the sliders go back to what is drawn.
  stop() {
    if (!this.drawn) return;
    this.again = false;
    Object.assign(this.values, this.drawn);
    if (this.mode) this.mode = this.modeOf(this.values);
    this.whole = true;
    this.showValues();
    this.waiting = undefined;
    this.ask();
    this.said.textContent = "Given up. The sliders are back where the picture is.";
  }

  arrived() {
    if (this.waiting) return;
    clearTimeout(this.slow);
    this.slow = undefined;
    this.running.hidden = true;
  }

  hear(message, buffers) {
    if (message.kind === "stack" && message.name === this.stack?.name) {
      this.stack.add(message, buffers);
      return;
    }
    if (message.kind === "patient") this.patient.answered(message);
    if (message.kind !== "frame" && message.kind !== "error") return;
    const mine = message.ticket === undefined || message.ticket === this.waiting;
    if (message.ticket === this.waiting) this.waiting = undefined;
    if (this.again) {
      this.again = false;
      this.ask();
    }
    this.arrived();
    if (message.kind === "error") {
      if (mine) this.fail(message.text);
      return;
    }
    if (!mine || this.waiting) return;
    this.drawn = { ...this.values };
    this.picture.extra = message.extra ?? [];
    const figure = fill(message.skeleton, cut(floats(buffers[0]), message.lengths));
    this.rows.forEach((row) => row.able(message.disabled?.[row.control.name]));
    this.later(() => figure, { exact: true, ticket: message.ticket });
    if (this.more.open) this.keepSoon();
  }

  fail(text) {
    this.error.textContent = text;
  }

  follow() {
    if (this.waiting || this.before) return;
    this.values = { ...this.model.get("values") };
    this.showValues();
  }

  // ---- drawing ----

  later(figure, tag) {
    this.next = { figure, tag };
    this.drawing ??= requestAnimationFrame(() => {
      this.drawing = undefined;
      const { figure: build, tag: mark } = this.next;
      const figure = build();
      if (!figure) return;
      figure.tag = { ...mark, whole: this.whole };
      if (mark.exact) this.whole = false;
      this.twin.textContent = figure.twin;
      this.picture.draw(figure);
      if (mark.exact) this.speak();
    });
  }

  keepSoon() {
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keep.update(), 150);
  }

  speak() {
    if (!this.announce) return;
    this.announce = false;
    this.said.textContent = [this.accounts?.news(), this.twin.textContent].filter(Boolean).join(" ");
  }

  gated() {
    const waits = this.model.get("waits");
    this.lock.textContent = waits;
    this.lock.hidden = !waits;
    this.body.hidden = Boolean(waits);
    if (this.accounts) this.accounts.node.hidden = Boolean(waits);
    if (this.patient) this.patient.node.hidden = Boolean(waits);
    this.more.hidden = Boolean(waits);
  }

  close() {
    this.sight?.disconnect();
    if (!this.heard) return;
    this.model.off("change:met", this.ticks);
    this.model.off("msg:custom", this.heard);
    this.model.off("change:waits", this.gate);
    this.model.off("change:values", this.kernelMoved);
    this.rows.forEach((row) => clearInterval(row.running));
    clearTimeout(this.slow);
    this.picture.close();
  }
}

export default presented({
  render({ model, el }) {
    const view = new ExplorerView(model, el);
    return () => view.close();
  },
});
