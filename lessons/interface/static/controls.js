// The controls beside a picture: a slider with a number, a switch, a row of named choices.

function clockWords(seconds) {
  for (const [length, one, many] of [[604800, "week", "weeks"], [86400, "day", "days"], [3600, "h", "h"], [60, "min", "min"]])
    if (seconds >= length && (length > 60 || seconds >= 120 || seconds === 60)) {
      const number = seconds / length;
      const text = number >= 10 || Math.abs(number - Math.round(number)) < 0.05 ? number.toFixed(0) : number.toFixed(1);
      return `${text} ${text === "1" ? one : many}`;
    }
  return `${seconds.toFixed(0)} s`;
}

const LIT_MS = 1200;

// Show for a moment that this was changed by something else than a hand on it.
function lightUp(node) {
  clearTimeout(node.dataset.lit);
  node.classList.remove("ror-lit");
  void node.offsetWidth; // starts the fading anew
  node.classList.add("ror-lit");
  node.dataset.lit = setTimeout(() => node.classList.remove("ror-lit"), LIT_MS);
}

// What all controls share. `owner` is the view that holds the values.
class Row {
  constructor(control, owner) {
    this.control = control;
    this.owner = owner;
    this.reason = make("span", { class: "ror-reason", id: fresh("reason") });
  }

  index(value) {
    let best = 0;
    this.control.positions.forEach((position, i) => {
      if (Math.abs(position - value) < Math.abs(this.control.positions[best] - value)) best = i;
    });
    return best;
  }

  position() {
    return this.index(this.owner.values[this.control.name]);
  }

  // A control that does nothing now is disabled and says why.
  able(reason) {
    this.off = Boolean(reason);
    this.inputs.forEach((input) => (input.disabled = this.off));
    this.reason.textContent = reason ?? "";
    this.node.classList.toggle("ror-off", this.off);
    for (const node of this.described)
      if (this.off) node.setAttribute("aria-describedby", this.reason.id);
      else node.removeAttribute("aria-describedby");
  }
}

class SliderRow extends Row {
  constructor(control, owner) {
    super(control, owner);
    const { positions, label, unit } = control;
    const id = fresh("slider");
    this.range = make("input", { type: "range", id, min: 0, max: positions.length - 1, step: 1, "data-name": control.name });
    this.box = control.clock
      ? make("output", { for: id, class: "ror-clock" })
      : make("input", {
          type: "number", class: "ror-number", "aria-label": `${label}${unit ? `, ${unit}` : ""}, number`,
          min: positions[0], max: positions[positions.length - 1], step: "any",
        });
    this.inputs = control.clock ? [this.range] : [this.range, this.box];
    this.described = [this.range];
    this.typical = make("span", { class: "ror-typical", "aria-hidden": "true", title: `typical: ${this.text(control.typical)}` });
    const name = make("label", { for: id, class: "ror-name" }, label);
    const value = make("span", { class: "ror-value" }, this.box, unit && !control.clock ? make("span", { class: "ror-unit" }, unit) : null);
    const buttons = control.play ? this.player() : null;
    this.node = make("div", { class: "ror-slider" }, name, value, make("div", { class: "ror-track" }, this.range, this.typical), buttons, this.reason);
    this.typical.style.setProperty("--at", this.index(control.typical) / (positions.length - 1));
    this.range.addEventListener("input", () => owner.moved(this, positions[this.range.valueAsNumber]));
    this.range.addEventListener("change", () => owner.settled());
    for (const touch of ["pointerenter", "focus", "pointerdown"]) this.range.addEventListener(touch, () => owner.touched(this));
    this.box.addEventListener("change", () => this.typed());
    // Outside a form Enter changes nothing by itself.
    this.box.addEventListener("keydown", (event) => event.key === "Enter" && this.typed());
  }

  player() {
    const step = (by) => this.owner.move(this, this.control.positions[Math.max(0, Math.min(this.control.positions.length - 1, this.position() + by))]);
    this.play = make("button", { type: "button", class: "ror-play", "aria-pressed": "false", onclick: () => this.toggle() }, "▶ Play");
    return make("div", { class: "ror-player" },
      make("button", { type: "button", "aria-label": "one step back", onclick: () => step(-4) }, "◀"), this.play,
      make("button", { type: "button", "aria-label": "one step on", onclick: () => step(4) }, "▶"));
  }

  toggle() {
    if (this.running) return this.stop();
    const last = this.control.positions.length - 1;
    if (this.position() >= last) this.owner.move(this, this.control.positions[0]);
    this.owner.touched(this);
    this.play.textContent = "❚❚ Pause";
    this.play.setAttribute("aria-pressed", "true");
    const [by, every] = calm() ? [10, 900] : [1, 70];
    this.running = setInterval(() => {
      const next = Math.min(last, this.position() + by);
      this.owner.moved(this, this.control.positions[next]);
      if (next === last) this.stop();
    }, every);
  }

  stop() {
    clearInterval(this.running);
    this.running = undefined;
    if (this.play) {
      this.play.textContent = "▶ Play";
      this.play.setAttribute("aria-pressed", "false");
    }
    this.owner.settled();
  }

  number(value) {
    return this.control.log ? String(Number(value.toPrecision(3))) : value.toFixed(this.control.digits);
  }

  text(value) {
    return this.control.clock ? clockWords(value) : `${this.number(value)}${this.control.unit ? ` ${this.control.unit}` : ""}`;
  }

  typed() {
    const { positions, label, unit } = this.control;
    const low = positions[0], high = positions[positions.length - 1];
    const value = this.box.value.trim() === "" ? NaN : Number(this.box.value.replace(",", "."));
    if (Number.isFinite(value) && value >= low && value <= high) {
      this.owner.move(this, Number(this.number(value)));
      return;
    }
    this.owner.fail(`${label} goes from ${low} to ${high}${unit ? ` ${unit}` : ""}. ${this.owner.stays ?? "The picture still shows"} ${this.text(this.owner.values[this.control.name])}.`);
    this.show(this.owner.values[this.control.name]);
  }

  show(value) {
    this.range.value = this.index(value);
    this.range.setAttribute("aria-valuetext", this.text(value));
    if (this.control.clock) this.box.textContent = clockWords(value);
    else this.box.value = this.number(value);
    this.node.style.setProperty("--at", this.index(value) / (this.control.positions.length - 1));
  }
}

class SwitchRow extends Row {
  constructor(control, owner) {
    super(control, owner);
    const id = fresh("switch");
    this.check = make("input", { type: "checkbox", id, "data-name": control.name, onchange: () => owner.flip(this, this.check.checked ? 1 : 0) });
    this.inputs = this.described = [this.check];
    this.node = make("div", { class: "ror-slider ror-switch" }, this.check, make("label", { for: id, class: "ror-name" }, control.label), this.reason);
  }

  text(value) {
    return value >= 0.5 ? "on" : "off";
  }

  show(value) {
    this.check.checked = value >= 0.5;
  }
}

// Kinds instead of amounts: native radios, drawn as one row of segments.
class ChoiceRow extends Row {
  constructor(control, owner) {
    super(control, owner);
    const group = fresh("choice");
    this.inputs = control.choices.map((name, value) =>
      make("input", { type: "radio", name: group, id: `${group}-${value}`, value, "data-name": control.name, onchange: () => owner.flip(this, value) }));
    const segments = control.choices.map((name, value) => make("label", { for: this.inputs[value].id }, this.inputs[value], make("span", {}, name)));
    this.node = make("fieldset", { class: "ror-slider ror-choices" },
      make("legend", { class: "ror-name" }, control.label), make("div", { class: "ror-segments" }, ...segments), this.reason);
    this.described = [this.node];
    for (const touch of ["pointerenter", "focusin"]) this.node.addEventListener(touch, () => owner.touched(this));
  }

  text(value) {
    return this.control.choices[this.index(value)];
  }

  show(value) {
    this.inputs[this.index(value)].checked = true;
  }
}

// A switch that begins something: a button over the picture that stays pressed.
class ButtonRow extends Row {
  constructor(control, owner) {
    super(control, owner);
    this.button = make("button", { type: "button", class: "ror-begin", "data-name": control.name, onclick: () => owner.flip(this, this.on ? 0 : 1) }, control.label);
    this.inputs = this.described = [this.button];
    this.node = make("div", {}, this.button, this.reason);
  }

  text(value) {
    return value >= 0.5 ? "on" : "off";
  }

  show(value) {
    this.on = value >= 0.5;
    this.button.setAttribute("aria-pressed", String(this.on));
  }
}

const rowFor = (control, owner) => new (control.button ? ButtonRow : control.choices?.length ? ChoiceRow : control.switch ? SwitchRow : SliderRow)(control, owner);
