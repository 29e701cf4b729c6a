// Chips: what the paper claims, which way the evidence points and how strong it is; opened, the numbers on both sides.

export default presented({
  render({ model, el }) {
    const chips = model.get("chips").map((chip) => make("details", { class: "ror-chip" },
      make("summary", {}, make("span", {}, chip.claim), directionTag(chip.direction), strengthTag(chip.strength)),
      make("div", {}, ...bothSides(chip))));
    el.append(make("div", { class: "ror ror-chips" }, make("p", { class: "ror-source" }, "What does the evidence say, and how strong is it? Open a line for the numbers."), ...chips));
  },
});
