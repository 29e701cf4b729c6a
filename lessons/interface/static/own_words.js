// A card to explain something in own words. Points to compare with come once something was written; nothing is marked.

const UNCOUNTED = "Nobody marks or counts this. Your words stay on this computer, with your answers.";
const COMPARE = "Now compare. Tick what you said, too.";
const SILENT = "No answer yet. If the page was stopped, start it again. Your words stay in the box.";

class WordsCard {
  constructor(model) {
    this.model = model;
    const { prompt, longest } = model.get("asked");
    const [id, note] = [fresh("words"), fresh("note")];
    this.box = make("textarea", { id, class: "ror-words", rows: 3, maxlength: longest, autocomplete: "off", "aria-describedby": note,
      onchange: () => this.send("write", { text: this.box.value }) });
    this.button = make("button", { type: "submit", class: "ror-main" }, "Compare");
    this.status = make("p", { class: "ror-words-said", role: "status" });
    this.trouble = make("p", { class: "ror-error", role: "alert" });
    this.points = make("div", { class: "ror-options" });
    this.example = make("p", { class: "ror-example" });
    this.shown = make("div", { class: "ror-compared", hidden: true },
      make("fieldset", {}, make("legend", {}, "A good explanation says this. What did you say?"), this.points), this.example);
    this.node = make("form", { class: "ror-card ror-own-words", novalidate: true },
      make("fieldset", {}, make("legend", {}, prompt), make("p", { class: "ror-source", id: note }, UNCOUNTED),
        make("label", { class: "ror-words-label", for: id }, "Your words"), this.box, make("div", { class: "ror-buttons" }, this.button, this.status)),
      this.shown, this.trouble);
    this.node.addEventListener("submit", (event) => (event.preventDefault(), this.compare()));
    this.box.addEventListener("keydown", (event) => {
      event.stopPropagation();  // the notebook around it takes Enter for itself, and no new line would come
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.compare();
    });
  }

  send(kind, more) {
    this.model.send({ kind, ...more });
  }

  compare() {
    const text = this.box.value;
    if (!text.trim()) return this.say(this.model.get("asked").empty);
    this.send("compare", { text });
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.say(SILENT), 6000);
  }

  // A node of its own is read out even if it says what the one before it said.
  say(words) {
    this.status.replaceChildren(make("span", {}, words));
  }

  refuse(reason) {
    clearTimeout(this.waiting);
    this.say(reason);
  }

  show(message) {
    clearTimeout(this.waiting);
    this.trouble.textContent = message.trouble;
    // What is restored never replaces what somebody has begun to write.
    if (message.restored && !this.box.value) this.box.value = message.text;
    if (!message.points.length) return this.fold();
    this.points.replaceChildren(...message.points.map((point) => make("label", { class: "ror-said-point" },
      make("input", { type: "checkbox", value: point.id, checked: message.said.includes(point.id), onchange: () => this.tick() }),
      make("span", { class: "ror-source" }, "I said this"), make("span", {}, point.text))));
    this.example.replaceChildren(make("strong", {}, "For example: "), message.example);
    this.shown.hidden = false;
    this.button.textContent = "Compare again";
    if (!message.restored) this.say(COMPARE);
  }

  tick() {
    this.send("tick", { said: [...this.points.querySelectorAll(":checked")].map((box) => box.value) });
  }

  fold() {
    this.points.replaceChildren();
    this.example.replaceChildren();
    this.shown.hidden = true;
    this.button.textContent = "Compare";
  }

  clear() {
    clearTimeout(this.waiting);
    this.box.value = "";
    this.status.replaceChildren();
    this.trouble.textContent = "";
    this.fold();
  }
}

export default presented({
  render({ model, el }) {
    const card = new WordsCard(model);
    el.append(make("div", { class: "ror" }, card.node));
    const heard = (message) => {
      if (message.kind === "words") card.show(message);
      else if (message.kind === "cleared") card.clear();
      else if (message.kind === "refused") card.refuse(message.text);
      else if (message.kind === "trouble") card.trouble.textContent = message.text;
    };
    model.on("msg:custom", heard);
    model.send({ kind: "hello" });
    return () => {
      clearTimeout(card.waiting);
      model.off("msg:custom", heard);
    };
  },
});
