// All claims as a table. Two lists narrow it; the button in each line opens what was found, in a line of its own.

class ClaimsTableView {
  constructor(model, el) {
    this.model = model;
    this.direction = this.list("Direction", model.get("directions"));
    this.strength = this.list("Strength", model.get("strengths"));
    this.said = make("p", { class: "ror-claims-said", role: "status" });
    this.lines = model.get("rows").map((row) => this.line(row));
    const head = make("tr", {}, ...["claim of the paper", "evidence", "strength"].map((name) => make("th", { scope: "col" }, name)));
    const table = make("table", {}, make("caption", { class: "ror-unseen" }, "All claims, with direction and strength of their evidence"),
      make("thead", {}, head), make("tbody", {}, ...this.lines.flatMap(({ line, opened }) => [line, opened])));
    el.append(make("div", { class: "ror ror-claims" },
      make("div", { class: "ror-claims-lists" }, this.direction.node, this.strength.node, this.said), table));
    this.narrow();
  }

  list(name, values) {
    const id = fresh("claims");
    const select = make("select", { id, onchange: () => this.narrow() }, make("option", { value: "" }, "all"), ...values.map((value) => make("option", { value }, value)));
    return { select, node: make("div", {}, make("label", { for: id }, name), select) };
  }

  line(row) {
    const id = fresh("claim");
    const opened = make("tr", { id, class: "ror-claim-opened", hidden: true }, make("td", { colspan: 3 }));
    const button = make("button", { type: "button", class: "ror-claim", "aria-expanded": "false", "aria-controls": id, onclick: () => this.toggle(row, button, opened) },
      make("span", { class: "ror-claim-id" }, row.id), make("span", {}, row.claim));
    const line = make("tr", {}, make("th", { scope: "row" }, button), make("td", {}, directionTag(row.direction)), make("td", {}, strengthTag(row.strength)));
    return { row, line, opened, button };
  }

  // What is behind a line is written only when somebody opens it.
  toggle(row, button, opened) {
    const cell = opened.firstChild;
    if (!cell.childElementCount) cell.append(...bothSides(row));
    opened.hidden = !opened.hidden;
    button.setAttribute("aria-expanded", String(!opened.hidden));
  }

  narrow() {
    const [direction, strength] = [this.direction, this.strength].map(({ select }) => select.value);
    let shown = 0;
    for (const { row, line, opened, button } of this.lines) {
      const fits = (!direction || row.direction === direction) && (!strength || row.strength === strength);
      line.hidden = !fits;
      opened.hidden = !fits || button.getAttribute("aria-expanded") === "false";
      shown += fits;
    }
    this.said.textContent = `${shown} of ${this.lines.length} claims shown.`;
  }
}

export default presented({
  render({ model, el }) {
    new ClaimsTableView(model, el);
  },
});
