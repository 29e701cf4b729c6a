// Question cards. Moving never marks; Enter or the button does. What is right is known only after the kernel says so.

const WORDS = {
  kept: ["•", "Kept."],
  correct: ["✓", "Right."],
  partial: ["◐", "Partly right."],
  incorrect: ["✗", "Not quite."],
  invalid: ["?", "Not read."],
  unanswered: ["?", "Nothing answered yet."],
  "grader-error": ["!", "Our mistake."],
};
const SILENT = "No answer yet. If the page was stopped, start it again; what you answered before is kept.";
const UNWRITTEN = "These questions are not written yet. Nothing is missing from your record, and no page waits for them.";
const HINTS = { ready: "Hint", later: "Another hint after another answer", over: "No more hints" };

class Card {
  constructor(question, number, model) {
    this.question = question;
    this.model = model;
    this.answer = new ANSWERS[question.type](question, this);
    this.sure = new Sureness();
    // Where nothing is told, before the course or in a class's copy, there is nothing to check.
    this.asks = model.get("told") && !question.sealed ? "Check" : "Keep";
    this.check = make("button", { type: "submit", class: "ror-main", disabled: true }, this.asks);
    this.hint = make("button", { type: "button", hidden: true, onclick: () => this.send("hint") });
    this.said = make("div");
    this.hints = make("ul", { class: "ror-hints" });
    this.status = make("div", { class: "ror-status", role: "status", "aria-atomic": "false" }, this.said, this.hints);
    this.node = make("form", { class: "ror-card ror-item", novalidate: true },
      make("fieldset", {}, make("legend", {}, `${number}. ${question.stem}`), this.answer.node, this.sure.node,
        make("div", { class: "ror-buttons" }, this.check, this.hint)), this.status);
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.check.disabled) return;
      this.stale = false;
      const sure = this.sure.value;
      this.send("answer", { raw: this.answer.raw, ...(sure && { sure }) });
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

  // The answer was changed. How sure the one before was says nothing of this one.
  ready() {
    this.stale = true;
    if (this.judged) this.sure.value = undefined;
    this.judged = false;
    this.able(this.answer.complete);
  }

  able(complete) {
    this.check.disabled = !complete;
    this.sure.node.hidden = !complete;
  }

  show(message) {
    clearTimeout(this.waiting);
    // What is only restored is not read out; an answer is.
    this.status.setAttribute("aria-live", message.restored ? "off" : "polite");
    if (message.restored) {
      this.answer.raw = message.raw;
      this.sure.value = message.sure;
      this.stale = false;
      this.able(true);
    }
    this.judged = true;
    const told = this.answer.marked(message) ?? [];
    const [sign, word] = WORDS[message.status];
    const beliefs = message.beliefs.map((belief) => make("p", { class: "ror-source" }, `The belief behind it: “${belief}”`));
    this.said.replaceChildren(
      make("p", {}, make("span", { class: `ror-sign ${message.status}`, "aria-hidden": "true" }, sign), make("strong", {}, word), " ", message.note),
      ...told.map((text) => make("p", { class: "ror-unseen" }, text)), ...beliefs, ...(message.explanation ? [make("p", {}, message.explanation)] : []),
      ...(message.sources.length ? [make("p", { class: "ror-source" }, `To look it up: ${message.sources.join("; ")}.`)] : []));
    this.node.dataset.status = message.status;
    this.check.textContent = message.status === "correct" || message.status === "kept" ? this.asks : `${this.asks} again`;
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
    this.answer.clear();
    this.sure.value = undefined;
    this.judged = false;
    this.able(false);
    this.check.textContent = this.asks;
    this.offer("");
    this.hints.replaceChildren();
    this.said.replaceChildren();
    delete this.node.dataset.status;
  }
}

export default presented({
  render({ model, el }) {
    const cards = new Map(model.get("questions").map((question, i) => [question.id, new Card(question, i + 1, model)]));
    let asked = false;
    if (!cards.size) {
      el.append(make("div", { class: "ror" }, make("p", { class: "ror-card" }, UNWRITTEN)));
      return undefined;
    }
    const focusFirst = () => cards.values().next().value.answer.first.focus();
    const progress = make("p", { class: "ror-progress", role: "status" });
    const trouble = make("p", { class: "ror-error", role: "alert" });
    const over = make("button", { type: "button", onclick: () => sure(true) }, "Start over");
    const yes = make("button", { type: "button", onclick: () => ((asked = true), model.send({ kind: "over" }), sure(false), focusFirst()) }, "Yes, start over");
    const no = make("button", { type: "button", onclick: () => sure(false) }, "No, keep them");
    const question = make("div", { role: "group", "aria-label": "Start over?", hidden: true },
      make("p", {}, "Empty all cards of this page? What you answered stays in your record."), make("div", { class: "ror-buttons" }, yes, no));
    const sure = (wanted) => {
      question.hidden = !wanted;
      over.hidden = wanted;
      (wanted ? no : over).focus();
    };
    question.addEventListener("keydown", (event) => event.key === "Escape" && sure(false));
    const fold = new VoteFold(model.get("voted") ? model.get("questions") : [], model);
    const quiz = make("div", { class: "ror ror-quiz" }, ...[...cards.values()].map((card) => card.node),
      make("div", { class: "ror-buttons" }, progress, over), question, trouble, fold.node);
    // First answers count before the course, so there is no starting over, and all of it lies folded.
    over.hidden = !model.get("told");
    el.append(over.hidden ? make("div", { class: "ror" }, make("details", { class: "ror-before" }, make("summary", {}, `${cards.size} questions before the course`), quiz)) : quiz);
    // Another variant of a question is another card.
    const anew = (questions) => {
      fold.clear();
      questions.forEach((question, i) => {
        const card = cards.get(question.id);
        if (card.question.stem === question.stem) return card.clear();
        cards.set(question.id, new Card(question, i + 1, model));
        card.node.replaceWith(cards.get(question.id).node);
      });
      if (asked) focusFirst();  // not in another window that shows the same page
      asked = false;
    };
    const heard = (message) => {
      if (message.kind === "verdict") cards.get(message.id).show(message);
      else if (message.kind === "echo") cards.get(message.id).answer.read?.(message.text);
      else if (message.kind === "hint") cards.get(message.id).hinted(message);
      else if (message.kind === "ballot") fold.heard(message);
      else if (message.kind === "cleared") anew(message.questions);
      else if (message.kind === "progress") {
        progress.textContent = `${message.answered} of ${message.total} answered. ${message.saved}`;
        trouble.textContent = message.trouble;
        over.disabled = !message.answered;
      }
    };
    model.on("msg:custom", heard);
    model.send({ kind: "hello" });
    return () => {
      fold.close();
      model.off("msg:custom", heard);
    };
  },
});
