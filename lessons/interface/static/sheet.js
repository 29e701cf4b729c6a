// A sheet: blocks of text, tables, tags, formulas and buttons. Every text is set as text, never as HTML.

const MATHS = "http://www.w3.org/1998/Math/MathML";

function mathml(tree) {
  if (typeof tree === "string") return document.createTextNode(tree);
  const [name, attributes, children] = tree;
  const node = document.createElementNS(MATHS, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children.map(mathml));
  return node;
}

const parts = (text) => (Array.isArray(text) ? text : [text]).map((part) => {
  if (typeof part === "string") return part;
  if (part.page) return link(part.page, "ror-go", part.text);
  if (part.strong) return make("strong", {}, part.strong);
  if (part.tags) return make("span", { class: "ror-sheet-tags" }, directionTag(part.tags[0]), " ", strengthTag(part.tags[1]));
  return "";
});

class SheetView {
  constructor(model, el) {
    this.model = model;
    this.waiting = new Map();
    const sheets = model.get("sheets");
    this.body = make("div", { class: "ror-sheet-body" });
    this.root = make("div", { class: "ror ror-sheet" });
    if (sheets.length > 1) {
      const id = fresh("sheet");
      const select = make("select", { id, onchange: () => this.show(Number(select.value)) },
        ...sheets.map(({ title }, i) => make("option", { value: i }, title)));
      this.root.append(make("div", { class: "ror-sheet-choice" }, make("label", { for: id }, model.get("label")), select));
    }
    this.root.append(this.body);
    el.append(this.root);
    this.heard = (message) => message.kind === "told" && this.told(message);
    model.on("msg:custom", this.heard);
    this.show(0);
  }

  show(i) {
    this.body.replaceChildren(...this.blocks(this.model.get("sheets")[i].blocks));
  }

  blocks(list) {
    return list.map((block) => this.block(block));
  }

  block(block) {
    if (block.heading) return make("h3", {}, block.heading);
    if (block.text) return make("p", {}, ...parts(block.text));
    if (block.list) return make("ul", {}, ...block.list.map((text) => make("li", {}, ...parts(text))));
    if (block.table) return this.table(block.table);
    if (block.maths) return mathml(["math", { display: "block" }, [block.maths]]);
    if (block.formulas) return this.formulas(block.formulas);
    if (block.code) return this.code(block);
    if (block.wrong) return make("p", { class: "ror-sheet-wrong" }, block.wrong);
    if (block.fold) return this.fold(block.fold);
    if (block.button) return this.button(block.button);
    return make("p", {});
  }

  table({ caption, heads, rows, numbers = [] }) {
    const side = (i) => (numbers.includes(i) ? "ror-right" : "");
    const line = (row) => make("tr", {}, ...row.map((cell, i) =>
      i ? make("td", { class: side(i) }, ...parts(cell)) : make("th", { scope: "row", class: side(i) }, ...parts(cell))));
    return make("div", { class: "ror-sheet-scroll", role: "region", tabindex: 0, "aria-label": caption },
      make("table", {}, make("caption", {}, caption),
        make("thead", {}, make("tr", {}, ...heads.map((head, i) => make("th", { scope: "col", class: side(i) }, head)))),
        make("tbody", {}, ...rows.map(line))));
  }

  formulas({ name, rows }) {
    const formula = (tree) => (typeof tree === "string" ? tree : mathml(["math", { display: "inline", displaystyle: "true" }, [tree]]));
    return make("div", { class: "ror-sheet-scroll", role: "region", tabindex: 0, "aria-label": name },
      ...rows.map(([tree, remark]) => make("div", { class: "ror-formula" }, make("span", {}, formula(tree)), remark ? make("span", { class: "ror-source" }, remark) : null)));
  }

  code({ code, mark, name }) {
    return make("pre", { class: "ror-sheet-code", tabindex: 0, "aria-label": name }, ...code.map((line, i) => make(i === mark ? "mark" : "span", {}, `${line}\n`)));
  }

  fold({ title, blocks, asks }) {
    const inside = make("div", { class: "ror-sheet-inside" });
    const fold = make("details", { class: "ror-sheet-fold" }, make("summary", {}, title), inside);
    if (blocks) inside.append(...this.blocks(blocks));
    else fold.addEventListener("toggle", () => fold.open && !inside.childElementCount && this.ask(asks, {}, inside));
    return fold;
  }

  button({ label, asks, fields = [] }) {
    const below = make("div", { class: "ror-sheet-inside", role: "status" });
    const boxes = fields.map((field) => {
      const id = fresh("field");
      const hint = field.hint ? make("span", { class: "ror-source", id: `${id}-hint` }, field.hint) : null;
      const input = make("input", { id, type: "text", class: "ror-wide", name: field.name, autocomplete: "off", spellcheck: "false", "aria-describedby": hint && hint.id });
      return { field, input, node: make("p", { class: "ror-sheet-field" }, make("label", { for: id }, field.label), input, hint) };
    });
    const press = () => this.ask(asks, Object.fromEntries(boxes.map(({ field, input }) => [field.name, input.value])), below);
    const button = make("button", { type: "button", onclick: press }, label);
    return make("div", { class: "ror-sheet-asks" }, ...boxes.map(({ node }) => node), button, below);
  }

  ask(what, values, place) {
    place.replaceChildren(make("p", { class: "ror-source" }, "One moment …"));
    this.waiting.set(what, place);
    this.model.send({ kind: "ask", what, values });
  }

  told({ what, blocks }) {
    this.waiting.get(what)?.replaceChildren(...this.blocks(blocks));
    this.waiting.delete(what);
  }

  close() {
    this.model.off("msg:custom", this.heard);
  }
}

export default presented({
  render({ model, el }) {
    const view = new SheetView(model, el);
    return () => view.close();
  },
});
