// For a vote in class: a question is answered in silence, and the answer becomes a code. What is right comes when asked.

const VOTABLE = ["choice", "two_tier", "many", "numeric"];
const VOTE_ROUNDS = { 1: "First vote", 2: "Second vote, after talking", 3: "A similar question, alone" };
const VOTE_SILENT = "No answer yet. If the page was stopped, start it again; what you voted before is kept.";

// One round of one question: the answer, how sure, and its code.
class VoteRound {
  constructor(question, round, send) {
    this.answer = new ANSWERS[question.type](question, this);
    this.sure = new Sureness();
    this.button = make("button", { type: "submit", class: "ror-main", disabled: true }, "Vote");
    this.code = make("output", { class: "ror-code" });
    this.copied = make("span", { class: "ror-source", role: "status" });
    this.copy = make("button", { type: "button", onclick: async () => (await copy(this.code.textContent), (this.copied.textContent = "Copied.")) }, "Copy");
    this.coded = make("div", { class: "ror-coded", hidden: true },
      make("p", {}, "Your code: ", this.code, " ", this.copy, " ", this.copied),
      make("p", { class: "ror-source" }, "Read it out, or paste it where your teacher says. It says what you chose and how sure you are, not who you are."));
    this.node = make("form", { novalidate: true },
      make("fieldset", {}, make("legend", {}, question.stem), this.answer.node, this.sure.node, make("div", { class: "ror-buttons" }, this.button)), this.coded);
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.button.disabled) return;
      const sure = this.sure.value;
      send("vote", { round, raw: this.answer.raw, ...(sure && { sure }) });
    });
    this.node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      this.node.requestSubmit();
    });
  }

  // What answers say of themselves as they are given. A number is not read back here.
  send() {}

  ready() {
    const complete = this.answer.complete;
    this.button.disabled = !complete || this.over;
    this.sure.node.hidden = !complete;
    if (!this.filling && !this.coded.hidden) this.withhold();
  }

  // A code of another answer than the one that stands there would be read out by mistake.
  withhold() {
    this.coded.hidden = true;
    this.button.textContent = "Vote again";
  }

  show(given, restored, over) {
    this.over = over;
    if (given && restored) {
      this.filling = true;
      this.answer.raw = given.raw;
      this.sure.value = given.sure ?? undefined;
      this.ready();
      this.filling = false;
    }
    if (given) {
      this.code.textContent = given.code;
      this.copied.textContent = "";
      this.button.textContent = "Vote again";
    }
    this.coded.hidden = !given;
    this.button.disabled = over || !this.answer.complete;
  }
}

// A question with its rounds.
class Ballot {
  constructor(name, model) {
    this.send = (kind, more = {}) => {
      model.send({ kind, id: name, ...more });
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.say(VOTE_SILENT), 6000);
    };
    this.rounds = new Map();
    this.tabs = make("fieldset", { class: "ror-vote-rounds" });
    this.place = make("div");
    this.status = make("p", { class: "ror-vote-said", role: "status" });
    this.trouble = make("p", { class: "ror-error", role: "alert" });
    this.ask = make("button", { type: "button", onclick: () => this.send("vote told") }, "The vote is over: show me what is right");
    this.told = make("div", { class: "ror-status", role: "status" });
    this.node = make("div", { class: "ror-card ror-vote" }, this.tabs, this.place, this.status, make("div", { class: "ror-buttons" }, this.ask), this.told, this.trouble);
    this.send("ballot");
  }

  say(words) {
    this.status.replaceChildren(...(words ? [make("span", {}, words)] : []));
  }

  build(questions) {
    const group = fresh("round");
    const asked = { 1: questions[1], 2: questions[1], ...(questions[3] && { 3: questions[3] }) };
    this.rounds = new Map(Object.entries(asked).map(([round, question]) => [round, new VoteRound(question, Number(round), this.send)]));
    this.inputs = Object.keys(asked).map((round) => make("input", { type: "radio", name: group, value: round, onchange: () => this.turn(round) }));
    this.tabs.replaceChildren(make("legend", {}, "Which vote is it?"),
      make("div", { class: "ror-segments" }, ...this.inputs.map((input) => make("label", {}, input, make("span", {}, VOTE_ROUNDS[input.value])))));
    this.turn("1");
  }

  turn(round) {
    this.inputs.forEach((input) => (input.checked = input.value === round));
    this.place.replaceChildren(this.rounds.get(round).node);
    this.say("");
  }

  show(message) {
    clearTimeout(this.waiting);
    const first = !this.rounds.size;
    if (first) this.build(message.questions);
    const over = message.told.length > 0;
    for (const [round, one] of this.rounds) one.show(message.given[round], message.restored, over);
    if (first) this.turn(["3", "2", "1"].find((round) => message.given[round]) ?? "1");
    this.say(message.said || (message.restored || over ? "" : "Your vote is kept. Nothing is told yet."));
    this.ask.hidden = over || !Object.keys(message.given).length;
    this.told.replaceChildren(...message.told.map((text) => make("p", {}, text)));
    this.trouble.textContent = message.trouble;
  }
}

// Folded under the questions of a page: which of them is voted on, and its ballot.
class VoteFold {
  constructor(questions, model) {
    const ones = questions.map((question, i) => [question, i + 1]).filter(([question]) => VOTABLE.includes(question.type) && !question.sealed);
    this.model = model;
    this.ballots = new Map();
    this.place = make("div", { class: "ror-vote-place" });
    this.box = make("details", { class: "ror-vote-fold", ontoggle: () => this.list ?? this.unfold(ones) }, make("summary", {}, "For a vote in class"));
    this.node = ones.length ? this.box : make("div", { hidden: true });
  }

  unfold(ones) {
    const id = fresh("voted");
    this.list = make("select", { id, onchange: () => this.choose(this.list.value) },
      make("option", { value: "" }, "choose …"), ...ones.map(([question, number]) => make("option", { value: question.id }, `${number}. ${question.stem}`)));
    this.box.append(make("p", { class: "ror-source" }, "Your teacher says which question and which vote. A vote is no mark, and nothing is told until you ask for it."),
      make("div", { class: "ror-vote-which" }, make("label", { for: id }, "The question"), this.list), this.place);
    if (ones.length > 1) return;
    this.list.value = ones[0][0].id;
    this.choose(this.list.value);
  }

  choose(name) {
    if (name && !this.ballots.has(name)) this.ballots.set(name, new Ballot(name, this.model));
    this.place.replaceChildren(...(name ? [this.ballots.get(name).node] : []));
  }

  heard(message) {
    this.ballots.get(message.id)?.show(message);
  }

  // The page was begun anew, so what was voted counts no more.
  clear() {
    this.close();
    this.ballots.clear();
    if (this.list) this.list.value = "";
    this.place.replaceChildren();
  }

  close() {
    for (const ballot of this.ballots.values()) clearTimeout(ballot.waiting);
  }
}
