// What each kind of question is answered with, and how sure one is: for cards and for votes.

const ANSWERS = {
  choice: Choices,
  numeric: NumberBox,
  match: Sorting,
  many: Ticks,
  order: Ordering,
  two_tier: TwoTiers,
  prediction: PredictionTable,
  target: TargetSliders,
  curve: DrawnCurve,
};
const SURENESS = ["guessed", "fairly sure", "sure"];

// How sure an answer is: asked once there is one, and never needed.
class Sureness {
  constructor() {
    const [group, asks] = [fresh("sure"), fresh("asks")];
    this.inputs = SURENESS.map((_, i) => make("input", { type: "radio", name: group, value: i + 1 }));
    this.node = make("div", { class: "ror-sure", role: "radiogroup", "aria-labelledby": asks, hidden: true },
      make("span", { id: asks }, "How sure are you? ", make("span", { class: "ror-source" }, "(may be left out)")),
      make("div", { class: "ror-segments" }, ...SURENESS.map((words, i) => make("label", {}, this.inputs[i], make("span", {}, words)))));
  }

  get value() {
    const chosen = this.inputs.findIndex((input) => input.checked);
    return chosen < 0 ? undefined : chosen + 1;
  }

  set value(sure) {
    this.inputs.forEach((input, i) => (input.checked = i + 1 === sure));
  }
}
