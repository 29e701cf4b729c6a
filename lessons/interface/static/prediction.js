// A question to commit to before the figure opens: options, one number, or a few points of a curve.

const WIDE = 560, TALL = 190, LEFT = 44, BELOW = 30, ABOVE = 26;

class Curve {
  // Points can be dragged, or typed in the boxes below; the two are one.
  constructor(asked, changed) {
    this.asked = asked;
    this.changed = changed;
    this.values = asked.at.map(() => null);
    if (asked.start !== undefined) this.values[0] = asked.start;
    this.fixed = asked.start !== undefined ? 0 : -1;
    this.board = svg("svg", { viewBox: `0 0 ${WIDE} ${TALL}`, class: "ror-board", "aria-hidden": "true" });
    this.boxes = asked.at.map((at, i) => {
      const box = make("input", { type: "number", class: "ror-number", min: asked.low, max: asked.high, step: asked.step, disabled: i === this.fixed });
      if (this.values[i] !== null) box.value = this.values[i];
      box.addEventListener("input", () => this.put(i, box.value === "" ? null : Number(box.value), false));
      return box;
    });
    this.node = make("div", {}, this.board,
      make("div", { class: "ror-points" }, ...asked.at.map((at, i) => make("label", {}, at.name, this.boxes[i]))));
    this.board.addEventListener("pointerdown", (event) => this.grab(event));
    this.board.addEventListener("pointermove", (event) => this.held !== undefined && this.drag(event));
    for (const end of ["pointerup", "pointercancel"]) this.board.addEventListener(end, () => (this.held = undefined));
    this.draw();
  }

  x(i) {
    return LEFT + ((i + 0.5) * (WIDE - LEFT)) / this.asked.at.length;
  }

  y(value) {
    const { low, high } = this.asked;
    return ABOVE + ((high - value) / (high - low)) * (TALL - ABOVE - BELOW);
  }

  place(event) {
    const box = this.board.getBoundingClientRect();
    return [((event.clientX - box.left) * WIDE) / box.width, ((event.clientY - box.top) * TALL) / box.height];
  }

  grab(event) {
    if (this.frozen) return;
    const [x] = this.place(event);
    const i = Math.max(0, Math.min(this.asked.at.length - 1, Math.round(((x - LEFT) * this.asked.at.length) / (WIDE - LEFT) - 0.5)));
    if (i === this.fixed) return;
    this.held = i;
    this.board.setPointerCapture(event.pointerId);
    this.drag(event);
  }

  drag(event) {
    const { low, high, step } = this.asked;
    const [, y] = this.place(event);
    const raw = high - ((y - ABOVE) / (TALL - ABOVE - BELOW)) * (high - low);
    this.put(this.held, Number((Math.round(Math.max(low, Math.min(high, raw)) / step) * step).toFixed(4)), true);
  }

  put(i, value, write) {
    const { low, high } = this.asked;
    this.values[i] = value !== null && value >= low && value <= high ? value : null;
    if (write) this.boxes[i].value = value;
    this.draw();
    this.changed();
  }

  draw() {
    const { low, high, unit, label } = this.asked;
    const parts = [];
    for (const value of [low, (low + high) / 2, high]) {
      parts.push(svg("line", { x1: LEFT, x2: WIDE, y1: this.y(value), y2: this.y(value), class: "grid" }));
      const text = svg("text", { x: LEFT - 6, y: this.y(value) + 4, "text-anchor": "end" });
      text.textContent = value;
      parts.push(text);
    }
    this.asked.at.forEach((at, i) => {
      parts.push(svg("line", { x1: this.x(i), x2: this.x(i), y1: ABOVE, y2: TALL - BELOW, class: "grid" }));
      const text = svg("text", { x: this.x(i), y: TALL - 10, "text-anchor": "middle" });
      text.textContent = at.name;
      parts.push(text);
      if (this.values[i] === null) {
        const hint = svg("text", { x: this.x(i), y: (ABOVE + TALL - BELOW) / 2 + 4, "text-anchor": "middle", class: "hint" });
        hint.textContent = "drag";
        parts.push(hint);
      }
    });
    const points = this.values.map((v, i) => (v === null ? null : [this.x(i), this.y(v)])).filter(Boolean);
    parts.push(svg("polyline", { points: points.map((p) => p.join(",")).join(" "), class: "line" }));
    this.values.forEach((v, i) => {
      if (v !== null) parts.push(svg("circle", { cx: this.x(i), cy: this.y(v), r: i === this.fixed ? 5 : 8, class: i === this.fixed ? "fixed" : "point" }));
    });
    const title = svg("text", { x: LEFT, y: 15 });
    title.textContent = `${label}${unit ? ` (${unit})` : ""}`;
    this.board.replaceChildren(...parts, title);
  }

  answer() {
    return this.values.every((v) => v !== null) ? this.values : undefined;
  }

  freeze(answer) {
    this.frozen = true;
    if (Array.isArray(answer)) answer.forEach((v, i) => ((this.values[i] = v), (this.boxes[i].value = v)));
    this.boxes.forEach((box) => (box.disabled = true));
    this.draw();
  }
}

class Value {
  constructor(asked, changed) {
    this.asked = asked;
    this.box = make("input", { type: "number", class: "ror-number", min: asked.low, max: asked.high, step: asked.step, oninput: changed });
    this.node = make("div", { class: "ror-points" },
      make("label", {}, `${asked.label} at ${asked.at[0].name}, ${asked.low} to ${asked.high}${asked.unit ? ` ${asked.unit}` : ""}`, this.box));
  }

  answer() {
    const value = this.box.value.trim() === "" ? NaN : Number(this.box.value);
    return value >= this.asked.low && value <= this.asked.high ? value : undefined;
  }

  freeze(answer) {
    if (typeof answer === "number") this.box.value = answer;
    this.box.disabled = true;
  }
}

class Choice {
  constructor(asked, changed) {
    const group = fresh("choice");
    this.inputs = asked.options.map((option) => make("input", { type: "radio", name: group, value: option.id, onchange: changed }));
    this.node = make("div", { class: "ror-options" }, ...asked.options.map((option, i) => make("label", {}, this.inputs[i], make("span", {}, option.text))));
  }

  answer() {
    return this.inputs.find((input) => input.checked)?.value;
  }

  freeze(answer) {
    this.inputs.forEach((input) => {
      input.checked = input.value === answer;
      input.disabled = true;
    });
  }
}

export default presented({
  render({ model, el }) {
    const asked = model.get("asked");
    const send = (answer) => model.send({ kind: "commit", answer });
    const commit = make("button", { type: "button", class: "ror-main", disabled: true, onclick: () => send(kind.answer()) }, "Commit my prediction");
    const unsure = make("button", { type: "button", onclick: () => send("unsure") }, "Not sure, show me");
    const kind = new { curve: Curve, value: Value, choice: Choice }[asked.kind](asked, () => (commit.disabled = kind.answer() === undefined));
    const verdict = make("p", { class: "ror-verdict", role: "status" });
    const trouble = make("p", { class: "ror-error", role: "alert" });
    const buttons = make("div", { class: "ror-buttons" }, commit, unsure);
    const root = make("div", { class: "ror" }, make("form", { class: "ror-card", onsubmit: (event) => event.preventDefault() },
      make("fieldset", {}, make("legend", {}, asked.question), kind.node, buttons), verdict, trouble));
    el.append(root);
    const update = () => {
      trouble.textContent = model.get("trouble");
      if (!model.get("committed")) return;
      kind.freeze(model.get("answer"));
      buttons.hidden = true;
      verdict.textContent = model.get("verdict") || "Your prediction is kept. The picture is open.";
    };
    model.on("change:committed", update);
    model.on("change:verdict", update);
    model.on("change:trouble", update);
    update();
    return () => {
      model.off("change:committed", update);
      model.off("change:verdict", update);
      model.off("change:trouble", update);
    };
  },
});
