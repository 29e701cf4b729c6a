// Taking in what a class says: pasted codes, a folder of records, and what came of them.

class Collecting {
  // `send(kind, given)` tells the kernel.
  constructor(send) {
    const [box, path, note] = [fresh("codes"), fresh("folder"), fresh("note")];
    this.send = send;
    this.box = make("textarea", { id: box, rows: 3, autocomplete: "off", spellcheck: "false", "aria-describedby": note });
    this.path = make("input", { type: "text", id: path, class: "ror-path", autocomplete: "off", spellcheck: "false" });
    const paste = make("form", { novalidate: true }, make("label", { class: "ror-words-label", for: box }, "Codes of the class"), this.box,
      make("p", { class: "ror-source", id: note }, "As many as you like, with anything between them. Control and Enter counts them."),
      make("div", { class: "ror-buttons" }, make("button", { type: "submit" }, "Count the codes")));
    const folder = make("form", { novalidate: true }, make("label", { class: "ror-words-label", for: path }, "Folder or zip of records, on this computer"), this.path,
      make("div", { class: "ror-buttons" }, make("button", { type: "submit" }, "Read the folder")));
    paste.addEventListener("submit", (event) => (event.preventDefault(), this.paste()));
    folder.addEventListener("submit", (event) => (event.preventDefault(), this.send("folder", this.path.value)));
    // The notebook around it takes Enter for itself.
    this.box.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.paste();
    });
    this.path.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.send("folder", this.path.value);
    });
    this.said = make("p", { role: "status" });
    this.error = make("p", { class: "ror-error", role: "alert" });
    this.list = make("ul");
    this.count = make("summary");
    this.refused = make("details", { class: "ror-more", hidden: true }, this.count, this.list);
    this.more = make("details", { class: "ror-more" }, make("summary", {}, "Other ways: a folder of records"), folder);
    this.node = make("div", { class: "ror-collecting" }, paste, this.said, this.error, this.refused, this.more);
  }

  paste() {
    this.send("codes", this.box.value);
    this.box.value = "";
  }

  show({ said, error, refused }) {
    this.said.replaceChildren(...(said ? [make("span", {}, said)] : []));
    this.error.textContent = error;
    this.refused.hidden = !refused.length;
    this.count.textContent = `What could not be read (${refused.length})`;
    this.list.replaceChildren(...refused.map(([what, why]) => make("li", {}, make("b", {}, what), ` ${why}.`)));
  }
}
