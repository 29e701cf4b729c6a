// Question cards. Moving never marks; Enter or the button does. What is right is known only after the kernel says so.

const WORDS = {
  correct: ["✓", "Right."],
  incorrect: ["✗", "Not quite."],
  invalid: ["?", "Not read."],
  unanswered: ["?", "Nothing answered yet."],
  "grader-error": ["!", "Our mistake."],
};
const SILENT = "No answer yet. If the page was stopped, start it again; what you answered before is kept.";
const HINTS = { ready: "Hint", later: "Another hint after another answer", over: "No more hints" };

class Card {
  constructor(question, number, model) {
    this.question = question;
    this.model = model;
    this.answer = question.type === "choice" ? this.choices() : this.number();
    this.check = make("button", { type: "submit", class: "ror-main", disabled: true }, "Check");
    this.hint = make("button", { type: "button", hidden: true, onclick: () => this.send("hint") });
    this.said = make("div");
    this.hints = make("ul", { class: "ror-hints" });
    this.status = make("div", { class: "ror-status", role: "status", "aria-atomic": "false" }, this.said, this.hints);
    this.node = make("form", { class: "ror-card ror-item", novalidate: true },
      make("fieldset", {}, make("legend", {}, `${number}. ${question.stem}`), this.answer,
        make("div", { class: "ror-buttons" }, this.check, this.hint)), this.status);
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.check.disabled) return;
      this.send("answer", { raw: this.raw() });
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.said.replaceChildren(make("p", {}, SILENT)), 6000);
    });
    // Within JupyterLab, Enter does not submit a form by itself.
    this.node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      this.node.requestSubmit();
    });
  }

  send(kind, more = {}) {
    this.model.send({ kind, id: this.question.id, ...more });
  }

  choices() {
    const group = fresh("question");
    this.inputs = this.question.options.map((option) => make("input", { type: "radio", name: group, value: option.id, onchange: () => this.ready() }));
    return make("div", { class: "ror-options" }, ...this.question.options.map((option, i) => make("label", {}, this.inputs[i], make("span", {}, option.text))));
  }

  number() {
    const id = fresh("number");
    this.inputs = [make("input", { type: "text", id, class: "ror-number ror-wide", inputmode: "decimal", autocomplete: "off", spellcheck: "false", oninput: () => this.ready() })];
    this.box = this.inputs[0];
    this.heard = make("span", { class: "ror-source", "aria-live": "polite" });
    const unit = this.question.unit ? ` in ${this.question.unit}` : "";
    return make("div", { class: "ror-buttons" }, make("label", { for: id }, `Your answer${unit}`), this.box, this.heard);
  }

  raw() {
    return this.box ? this.box.value : this.inputs.find((input) => input.checked)?.value;
  }

  ready() {
    const raw = this.raw();
    this.check.disabled = !raw?.trim();
    if (!this.box) return;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.send("echo", { raw }), 250);
  }

  read(text) {
    if (this.heard) this.heard.textContent = text;
  }

  show(message) {
    clearTimeout(this.waiting);
    // What is only restored is not read out; an answer is.
    this.status.setAttribute("aria-live", message.restored ? "off" : "polite");
    if (message.restored) {
      if (this.box) this.box.value = message.raw;
      else this.inputs.forEach((input) => (input.checked = input.value === message.raw));
      this.check.disabled = false;
    }
    this.read(message.echo);
    const [sign, word] = WORDS[message.status];
    const beliefs = message.beliefs.map((belief) => make("p", { class: "ror-source" }, `The belief behind it: “${belief}”`));
    this.said.replaceChildren(
      make("p", {}, make("span", { class: `ror-sign ${message.status}`, "aria-hidden": "true" }, sign), make("strong", {}, word), " ", message.note),
      ...beliefs, ...(message.explanation ? [make("p", {}, message.explanation)] : []),
      ...(message.sources.length ? [make("p", { class: "ror-source" }, `To look it up: ${message.sources.join("; ")}.`)] : []));
    this.node.dataset.status = message.status;
    this.check.textContent = message.status === "correct" ? "Check" : "Check again";
    this.offer(message.hint);
  }

  // A button that is disabled would lose the focus, so it only says so.
  offer(next) {
    this.hint.hidden = !next;
    this.hint.textContent = HINTS[next] ?? "";
    this.hint.setAttribute("aria-disabled", String(next !== "ready"));
  }

  hinted(message) {
    this.status.setAttribute("aria-live", "polite");
    this.hints.append(make("li", {}, message.text));
    this.offer(message.next);
  }

  clear() {
    clearTimeout(this.typing);
    if (this.box) this.box.value = "";
    else this.inputs.forEach((input) => (input.checked = false));
    this.read("");
    this.check.disabled = true;
    this.check.textContent = "Check";
    this.offer("");
    this.hints.replaceChildren();
    this.said.replaceChildren();
    delete this.node.dataset.status;
  }
}

export default presented({
  render({ model, el }) {
    const cards = new Map(model.get("questions").map((question, i) => [question.id, new Card(question, i + 1, model)]));
    const first = cards.values().next().value.inputs[0];
    const progress = make("p", { class: "ror-progress", role: "status" });
    const trouble = make("p", { class: "ror-error", role: "alert" });
    const over = make("button", { type: "button", onclick: () => sure(true) }, "Start over");
    const yes = make("button", { type: "button", onclick: () => (model.send({ kind: "over" }), sure(false), first.focus()) }, "Yes, start over");
    const no = make("button", { type: "button", onclick: () => sure(false) }, "No, keep them");
    const question = make("div", { role: "group", "aria-label": "Start over?", hidden: true },
      make("p", {}, "Empty all cards of this page? What you answered stays in your record."), make("div", { class: "ror-buttons" }, yes, no));
    const sure = (asked) => {
      question.hidden = !asked;
      over.hidden = asked;
      (asked ? no : over).focus();
    };
    question.addEventListener("keydown", (event) => event.key === "Escape" && sure(false));
    el.append(make("div", { class: "ror ror-quiz" }, ...[...cards.values()].map((card) => card.node),
      make("div", { class: "ror-buttons" }, progress, over), question, trouble));
    const heard = (message) => {
      if (message.kind === "verdict") cards.get(message.id).show(message);
      else if (message.kind === "echo") cards.get(message.id).read(message.text);
      else if (message.kind === "hint") cards.get(message.id).hinted(message);
      else if (message.kind === "cleared") cards.forEach((card) => card.clear());
      else if (message.kind === "progress") {
        progress.textContent = `${message.answered} of ${message.total} answered. ${message.saved}`;
        trouble.textContent = message.trouble;
        over.disabled = !message.answered;
      }
    };
    model.on("msg:custom", heard);
    model.send({ kind: "hello" });
    return () => model.off("msg:custom", heard);
  },
});
