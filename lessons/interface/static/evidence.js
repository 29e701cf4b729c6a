// Chips: what the paper claims, which way the evidence points and how strong it is; opened, the numbers on both sides.

// A sign and words, never red or green: a finding of nothing is no harm, and support is no advice.
const SIGNS = { supports: "●", mixed: "◐", "finds nothing": "○", against: "✕" };

function findings(title, list) {
  if (!list.length) return [];
  return [make("strong", {}, title), make("ul", {}, ...list.map((f) => make("li", {},
    f.says, " ", f.number ? make("strong", {}, f.number) : null, " ",
    make("span", { class: "ror-source" }, `${f.who}. ${f.source}.${f.caution ? ` Caution: ${f.caution}` : ""}`))))];
}

export default presented({
  render({ model, el }) {
    const chips = model.get("chips").map((chip) => make("details", { class: "ror-chip" },
      make("summary", {}, make("span", {}, chip.claim),
        make("span", { class: `ror-tag ${chip.direction.replace(" ", "-")}` }, `${SIGNS[chip.direction]} ${chip.direction}`),
        make("span", { class: "ror-tag strength" }, chip.strength)),
      make("div", {}, make("p", {}, chip.sentence), ...findings("For", chip.supporting), ...findings("Against, or finding nothing", chip.opposing))));
    el.append(make("div", { class: "ror ror-chips" }, make("p", { class: "ror-source" }, "What does the evidence say, and how strong is it? Open a line for the numbers."), ...chips));
  },
});
