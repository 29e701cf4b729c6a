// The board of a vote in class. It is projected, so it shows how many have voted, and what they voted only when it may.

const STEPS = {
  revote: "They have talked: open the second vote",
  shown: "Show the votes to all",
  similar: "Ask a similar question, alone",
  opened: "Open the key",
};
const LETTERS_OF_OPTIONS = "ABCDEFGH";
const HEADS = {
  vote: "First vote: each alone, in silence",
  revote: "Second vote, after talking",
  shown: "The votes",
  similar: "A similar question: each alone, in silence",
  opened: "The key",
};

// Taking a peek: only the teacher should look, so it opens on demand and leaves nothing behind when it closes.
class Peek {
  constructor(model) {
    this.model = model;
    this.panel = make("div", { class: "ror-peek", hidden: true, tabindex: "-1", role: "region", "aria-label": "The split" });
    this.button = make("button", { type: "button", "aria-expanded": "false", onclick: () => (this.panel.hidden ? this.ask() : this.close()) }, "Let me see the split");
    this.note = make("span", { class: "ror-source" }, "For your eyes: cover the projector first.");
    this.node = make("div", {}, make("div", { class: "ror-buttons" }, this.button, this.note), this.panel);
    this.panel.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  ask(more = {}) {
    this.asked = true;
    this.model.send({ kind: "peek", ...more });
  }

  close(back = true) {
    this.asked = false;
    this.panel.replaceChildren();
    this.panel.hidden = true;
    this.button.textContent = "Let me see the split";
    this.button.setAttribute("aria-expanded", "false");
    if (back) this.button.focus();
  }

  limit(name, value, low, high) {
    const id = fresh("limit");
    const box = make("input", { type: "number", id, class: "ror-number", min: 0, max: 100, step: 1, value });
    box.addEventListener("change", () => this.ask({ ...this.limits(), [low]: Number(box.value) }));
    this.boxes[low] = box;
    return make("label", { for: id }, `${name} `, box, " % right");
  }

  limits() {
    return { low: Number(this.boxes.low.value), high: Number(this.boxes.high.value) };
  }

  show(message) {
    if (!this.asked) return;  // closed in the meantime
    const fresh = this.panel.hidden;
    this.panel.hidden = false;
    this.button.textContent = "Hide the split";
    this.button.setAttribute("aria-expanded", "true");
    if (message.error && !fresh) {
      this.wrong.textContent = message.error;
      return;
    }
    const keep = document.activeElement === this.boxes?.low ? "low" : document.activeElement === this.boxes?.high ? "high" : "";
    this.boxes = {};
    this.wrong = make("p", { class: "ror-error", role: "alert" }, message.error);
    const rows = (message.chosen ?? []).map(([text, count], i) => make("li", {}, make("b", {}, `${count} `), `${LETTERS_OF_OPTIONS[i]}. ${text}`));
    this.panel.replaceChildren(
      ...(message.error ? [] : [
        make("p", {}, make("strong", {}, `${message.right}. `), message.advice), make("ul", {}, ...rows), make("p", {}, message.numbers), make("p", {}, message.sure),
        make("p", { class: "ror-source" }, message.reason, " The limits come from a review of teaching with votes (Vickrey and others, 2015): a guide, not a measured border. Set your own:"),
        make("div", { class: "ror-buttons" }, this.limit("teach below", message.limits[0], "low"), this.limit("explain above", message.limits[1], "high"))]), this.wrong);
    if (fresh) this.panel.focus();
    else if (keep) this.boxes[keep].focus();
  }
}

// Hands that were counted in the room.
class Hands {
  constructor(send) {
    this.send = send;
    this.rows = make("div", { class: "ror-hands" });
    const form = make("form", { novalidate: true }, make("p", { class: "ror-source" }, "Count only hands of those who gave no code."), this.rows,
      make("div", { class: "ror-buttons" }, make("button", { type: "submit" }, "Count the hands")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send("hands", Object.fromEntries([...this.boxes].map(([name, box]) => [name, box.value === "" ? 0 : Number(box.value)])));
    });
    this.node = make("details", { class: "ror-more" }, make("summary", {}, "Other ways: a show of hands"), form);
  }

  show(options, raised, possible, round) {
    this.node.hidden = !possible;
    const key = JSON.stringify([options, possible, round]);
    if (this.key === key) return;
    this.key = key;
    this.boxes = new Map(options.map((option) => [option.id, make("input", { type: "number", id: fresh("hands"), class: "ror-number", min: 0, max: 999, step: 1, value: raised[option.id] })]));
    this.rows.replaceChildren(...options.map((option, i) => {
      const box = this.boxes.get(option.id);
      return make("div", {}, box, make("label", { for: box.id }, `${LETTERS_OF_OPTIONS[i]}. ${option.text}`));
    }));
  }
}

// A question as the room reads it.
function posed(question) {
  const tier = (options, name) => [...(name ? [make("p", { class: "ror-source" }, name)] : []),
    make("ol", { class: "ror-posed-options" }, ...options.map((option) => make("li", {}, option.text)))];
  const parts = question.options ? tier(question.options, question.type === "many" ? "All that apply" : question.because && "Answer") : [];
  if (question.because) parts.push(...tier(question.because, "Because"));
  if (question.type === "numeric") parts.push(make("p", {}, `A number${question.unit ? ` in ${question.unit}` : ""}.`));
  return [make("p", { class: "ror-posed-stem" }, question.stem), ...parts];
}

class VoteBoard {
  constructor(model) {
    this.model = model;
    const send = (kind, given) => model.send({ kind, given });
    this.stem = make("div", { class: "ror-posed" });
    this.where = make("p");
    this.head = make("h3", { tabindex: "-1", class: "ror-vote-head" });
    this.voted = make("p", { class: "ror-voted", role: "status" });
    this.collecting = new Collecting(send);
    this.hands = new Hands(send);
    this.collecting.more.after(this.hands.node);
    this.peek = new Peek(model);
    this.next = make("div", { class: "ror-buttons" });
    this.told = make("div", { class: "ror-opened" });
    this.short = make("code");
    this.seal = make("code", { class: "ror-seal" });
    this.anew = make("button", { type: "button", onclick: () => model.send({ kind: "choose", id: this.id, anew: true }) }, "Ask it anew, without these votes");
    this.pictures = make("div");
    this.drawn = new Map();
    this.node = make("div", { class: "ror-poll" }, this.stem, this.head, this.where, make("p", { class: "ror-source" }, "Fingerprint of the sealed key: ", this.short), this.voted, this.pictures, this.told, this.collecting.node, this.peek.node, this.next,
      make("details", { class: "ror-more" }, make("summary", {}, "How the key is sealed"),
        make("p", {}, "This fingerprint is of the key and a secret number. Write it on the board before the vote. At the end both are shown, and everybody can work the fingerprint out again (SHA-256): the key was not moved."),
        make("p", {}, this.seal)),
      make("details", { class: "ror-more" }, make("summary", {}, "Begin this question anew"), make("div", { class: "ror-buttons" }, this.anew)));
  }

  show(message) {
    const moved = this.id !== message.id || this.step !== message.step;
    if (moved) {
      this.close();
      this.peek.close(false);
    }
    [this.id, this.step] = [message.id, message.step];
    const asked = message.step === "similar" ? message.twin : message.question;
    this.stem.replaceChildren(...posed(asked));
    this.head.textContent = HEADS[message.step];
    this.about(message);
    this.voted.textContent = message.round ? `${message.rounds[message.round][1]} have voted.` : "";
    this.collecting.show(message);
    this.collecting.node.hidden = this.peek.node.hidden = !message.round;
    this.hands.show(asked.options ?? [], message.hands, message.by_hand, message.round);
    this.seal.textContent = message.fingerprint;
    this.short.textContent = `${message.fingerprint.slice(0, 16).match(/..../g).join(" ")} …`;
    this.twin = message.twin?.stem ?? "";
    this.next.replaceChildren(...message.ahead.map((step, i) => make("button", { type: "button", class: i === 0 && "ror-main", onclick: () => this.model.send({ kind: "go", step }) },
      message.step === "vote" && step === "shown" ? "Go on without a second vote" : STEPS[step])));
    this.tell(message);
    if (message.arrived) this.head.focus();
  }

  about(message) {
    const place = this.model.get("questions").find((one) => one.id === message.id);
    const twin = message.step === "similar";
    const which = twin ? "the same question again, and there “A similar question, alone”" : `question ${place.number}`;
    this.where.textContent = message.round
      ? `On page ${place.lesson}, under the questions: “For a vote in class”, ${which}. Codes begin with ${message.letters}.`
      : "";
  }

  tell({ opened }) {
    this.told.replaceChildren();
    if (!opened) return;
    const [salt, ...key] = opened.text.split(" ");
    this.told.append(
      make("ul", {}, ...opened.right.map(([name, words]) => make("li", {}, make("b", {}, `${name}: `), `${words}.`))),
      ...opened.changed.map((text) => make("p", {}, text)),
      ...opened.explanation.map((text) => make("p", {}, text)),
      make("p", { class: "ror-source" }, "Key: ", make("code", {}, key.join(" ")), ". Secret number: ", make("code", {}, salt),
        ". The fingerprint is SHA-256 of secret number, one space and key."));
  }

  // Pictures last as long as their step.
  draw(name, figure) {
    if (!this.drawn.has(name)) {
      const place = make("div", { class: "ror-alone" }, name === "similar" ? make("p", { class: "ror-posed-stem" }, this.twin) : null);
      this.pictures.append(place);
      const picture = new Picture(this.model, place);
      const twin = make("p", { class: "ror-twin" });
      picture.figure.append(twin);
      this.drawn.set(name, { picture, twin });
    }
    const { picture, twin } = this.drawn.get(name);
    twin.textContent = figure.twin;
    picture.draw(figure);
  }

  close() {
    for (const { picture } of this.drawn.values()) picture.close();
    this.drawn.clear();
    this.pictures.replaceChildren();
  }
}

export default presented({
  render({ model, el }) {
    const id = fresh("asked");
    const board = new VoteBoard(model);
    const pages = grouped(model.get("questions"));
    const list = make("select", { id, onchange: () => list.value && model.send({ kind: "choose", id: list.value }) }, make("option", { value: "" }, "choose …"),
      ...[...pages].map(([lesson, ones]) => make("optgroup", { label: `Page ${lesson}` }, ...ones.map((one) => make("option", { value: one.id }, `${one.number}. ${one.stem}`)))));
    board.node.hidden = true;
    el.append(make("div", { class: "ror ror-class-vote" }, make("div", { class: "ror-vote-which" }, make("label", { for: id }, "The question to vote on"), list), board.node));
    const heard = (message, buffers) => {
      if (message.kind === "poll") {
        board.node.hidden = false;
        list.value = message.id;
        board.show(message);
      } else if (message.kind === "split") board.peek.show(message);
      else if (message.kind === "frame") board.draw(message.which, fill(message.skeleton, cut(floats(buffers[0]), message.lengths)));
    };
    model.on("msg:custom", heard);
    model.send({ kind: "hello" });
    return () => {
      board.close();
      model.off("msg:custom", heard);
    };
  },
});

function grouped(questions) {
  const pages = new Map();
  for (const one of questions) pages.set(one.lesson, [...(pages.get(one.lesson) ?? []), one]);
  return pages;
}
