// What was found for and against a claim: signs, tags and lists, for chips and for the table of all claims.

// A sign and words, never red or green: a finding of nothing is no harm, and support is no advice.
const SIGNS = { supports: "●", mixed: "◐", "finds nothing": "○", against: "✕" };

const directionTag = (direction) =>
  make("span", { class: `ror-tag ${direction.replaceAll(" ", "-")}` }, SIGNS[direction] ? `${SIGNS[direction]} ${direction}` : direction);
const strengthTag = (strength) => (strength ? make("span", { class: "ror-tag strength" }, strength) : null);

function findings(title, list) {
  if (!list.length) return [];
  return [make("strong", {}, title), make("ul", {}, ...list.map((f) => make("li", {},
    f.says, " ", f.number ? make("strong", {}, f.number) : null, " ",
    make("span", { class: "ror-source" }, `${f.who}. ${f.source}.${f.caution ? ` Caution: ${f.caution}` : ""}`))))];
}

const bothSides = (claim) => [make("p", {}, claim.sentence), ...findings("For", claim.supporting), ...findings("Against, or finding nothing", claim.opposing)];
