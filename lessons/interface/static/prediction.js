// A question to commit to before the figure opens: options, one number, or a few points of a curve.

class Curve {
  // Points can be dragged, or typed in the boxes below; the two are one.
  constructor(asked, changed) {
    this.asked = asked;
    this.changed = changed;
    this.values = asked.at.map(() => null);
    if (asked.start !== undefined) this.values[0] = asked.start;
    const fixed = asked.start !== undefined ? 0 : -1;
    const { low, high, step, unit, label } = asked;
    const title = `${label}${unit ? ` (${unit})` : ""}`;
    this.board = new Board({ names: asked.at.map((at) => at.name), low, high, step, title }, (i, value) => this.put(i, value, true), fixed);
    this.boxes = asked.at.map((at, i) => {
      const box = make("input", { type: "number", class: "ror-number", min: low, max: high, step, disabled: i === fixed });
      if (this.values[i] !== null) box.value = this.values[i];
      box.addEventListener("input", () => this.put(i, box.value === "" ? null : Number(box.value), false));
      return box;
    });
    this.node = make("div", {}, this.board.node,
      make("div", { class: "ror-points" }, ...asked.at.map((at, i) => make("label", {}, at.name, this.boxes[i]))));
    this.board.draw(this.values);
  }

  put(i, value, write) {
    const { low, high } = this.asked;
    this.values[i] = value !== null && value >= low && value <= high ? value : null;
    if (write) this.boxes[i].value = value;
    this.board.draw(this.values);
    this.changed();
  }

  answer() {
    return this.values.every((v) => v !== null) ? this.values : undefined;
  }

  freeze(answer) {
    this.board.frozen = true;
    if (Array.isArray(answer)) answer.forEach((v, i) => ((this.values[i] = v), (this.boxes[i].value = v)));
    this.boxes.forEach((box) => (box.disabled = true));
    this.board.draw(this.values);
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
    const code = make("output", { class: "ror-code" });
    const inClass = make("details", { class: "ror-vote-fold", hidden: true }, make("summary", {}, "For a class"),
      make("p", {}, "Your prediction as a code, to read out or to paste: ", code),
      make("p", { class: "ror-source" }, "It says what you predicted, not who you are."));
    const root = make("div", { class: "ror" }, make("form", { class: "ror-card", onsubmit: (event) => event.preventDefault() },
      make("fieldset", {}, make("legend", {}, asked.question), kind.node, buttons), verdict, trouble, inClass));
    el.append(root);
    const update = () => {
      trouble.textContent = model.get("trouble");
      if (!model.get("committed")) return;
      kind.freeze(model.get("answer"));
      buttons.hidden = true;
      code.textContent = model.get("code");
      inClass.hidden = !model.get("code");
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
