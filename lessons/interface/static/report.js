// What a learner knows so far: blocks of plain text, made by the kernel from the record whenever they are asked for.

const SHOWN = 5; // lines of a list that lie open; the rest lies folded
const SILENT = "No answer yet. If the page was stopped, start it again.";

const item = (text, told, sign) =>
  make("li", {}, sign && make("span", { class: "ror-report-sign", "aria-hidden": "true" }, sign), make("span", {}, text),
    told ? make("span", { class: "ror-source" }, told) : null);

function list(lines, label) {
  if (!lines?.length) return [];
  const more = lines.slice(SHOWN);
  const named = { class: "ror-report-list", "aria-label": label };
  const open = [label && make("p", { class: "ror-source" }, label), make("ul", named, ...lines.slice(0, SHOWN))];
  if (!more.length) return open;
  return [...open, make("details", {}, make("summary", {}, `${more.length} more`), make("ul", named, ...more))];
}

// Each bar says in words beside it what it shows.
function bars(rows) {
  if (!rows) return [];
  return [make("ul", { class: "ror-bars" }, ...rows.map((row) => {
    const fill = make("span", {});
    fill.style.width = `${100 * (row.share ?? 0)}%`;
    return make("li", {}, make("span", {}, row.label), make("span", { class: row.share === null ? "ror-bar none" : "ror-bar", "aria-hidden": "true" }, fill),
      make("span", { class: "ror-bar-told" }, row.told));
  }))];
}

function block(title, told, ...parts) {
  const heading = make("h3", { id: fresh("block") }, title);
  return make("section", { class: "ror-report-block", "aria-labelledby": heading.id }, heading, told ? make("p", {}, told) : null, ...parts);
}

function prediction(one) {
  const word = one.agreed === null ? "You were not sure." : one.agreed ? "As you said." : "Not as you said.";
  return make("li", {},
    make("details", {}, make("summary", {}, make("strong", {}, word), ` ${one.question}`),
      make("p", {}, make("strong", {}, "You: "), one.yours), make("p", {}, make("strong", {}, `${one.by}: `), one.outcome)));
}

function blocks(found, pages) {
  const { known, beliefs, sureness, predictions, today, gain, exam, teacher, apart } = found;
  const back = (one) => {
    const page = pages[one.page];
    const where = page?.file ? link(page.file, "ror-go", `${page.id} ${page.title}`) : make("strong", {}, page ? `${page.id} ${page.title}` : one.page);
    return make("li", {}, where, make("span", {}, one.text), make("span", { class: "ror-source" }, one.told));
  };
  const all = [
    block("What you know", known.told, ...list(known.mastered?.map((text) => item(text, "", "✓")), "Understood"),
      ...list(known.coming?.map((one) => item(one.text, one.told, "○")), "On the way")),
    block("What you believed", beliefs.told, ...list(beliefs.list?.map((one) => item(`“${one.text}”`, one.told, one.right ? "✓" : "○")))),
    block("How sure, and how right", sureness.told, ...bars(sureness.bars)),
    block("What you predicted", predictions.told, ...list(predictions.list?.map(prediction))),
    block("Today", today.told, ...list(today.list?.map(back))),
  ];
  if (gain) all.push(block("Before and after", gain.told, ...bars(gain.bars)));
  if (exam) all.push(block("The final questions", exam.told, ...bars(exam.bars)));
  if (teacher) all.push(block("With your teacher", teacher.told));
  const rest = list(apart.list.map((one) => item(one.text, one.told)));
  if (rest.length || apart.told)
    all.push(block("Kept apart", apart.told, ...(rest.length ? [make("p", {}, "Answers to questions that this course no longer has. They are kept.")] : []), ...rest));
  return all;
}

export default presented({
  render({ model, el }) {
    const body = make("div", { class: "ror-report-blocks" });
    const said = make("p", { class: "ror-progress", role: "status" });
    const trouble = make("p", { class: "ror-error", role: "alert" });
    let waiting;
    const ask = (kind, more = {}) => {
      model.send({ kind, ...more });
      clearTimeout(waiting);
      waiting = setTimeout(() => (said.textContent = SILENT), 8000);
    };
    const refresh = make("button", { type: "button", onclick: () => ask("refresh") }, "Refresh");
    const save = make("button", { type: "button", onclick: () => ask("export") }, "Write everything into a file");
    const paper = make("button", { type: "button", onclick: () => ask("print") }, "Make a page to print");
    const sheet = make("p", { hidden: true }); // a link, since a page may not open a window by itself
    let address = "";
    const offer = (message) => {
      if (address) URL.revokeObjectURL(address);
      address = URL.createObjectURL(new Blob([message.html], { type: "text/html" }));
      sheet.replaceChildren(make("a", { href: address, target: "_blank", rel: "noopener" }, "Open the page to print"));
      sheet.hidden = false;
      said.textContent = `One page is ready. ${message.said}`;
    };
    const id = fresh("file");
    const file = make("select", { id });
    const bring = make("button", { type: "button", onclick: () => file.value && ask("import", { name: file.value }) }, "Add it to my record");
    const none = make("p", { class: "ror-source" }, "There is no such file in the folder yet. Put one there and press Refresh.");
    const choose = make("div", { class: "ror-buttons" }, make("label", { for: id }, "A file in the folder"), file, bring);
    const files = make("details", { class: "ror-more" }, make("summary", {}, "Keep it, or take it along"),
      make("p", {}, "The file holds all answers, predictions, what you wrote in your own words, and the patient. It lies in the folder Retain or Release of your home. Adding one loses nothing of what is there."),
      make("div", { class: "ror-buttons" }, save), choose, none);
    el.append(make("div", { class: "ror ror-report" }, body, make("div", { class: "ror-buttons" }, refresh, paper), sheet, files, said, trouble));
    const heard = (message) => {
      if (!["report", "printable"].includes(message.kind)) return;
      clearTimeout(waiting);
      if (message.kind === "printable") return offer(message);
      body.replaceChildren(...blocks(message, model.get("pages")));
      said.textContent = message.said;
      trouble.textContent = message.trouble.join(" ");
      const chosen = file.value;
      file.replaceChildren(...message.files.map((name) => make("option", { value: name }, name)));
      if (message.files.includes(chosen)) file.value = chosen;
      choose.hidden = !message.files.length;
      none.hidden = !choose.hidden;
    };
    model.on("msg:custom", heard);
    // Asks anew whenever it comes into sight, since questions may have been answered on other pages meanwhile.
    const sight = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && ask("hello"));
    sight.observe(el);
    ask("hello");
    return () => {
      clearTimeout(waiting);
      sight.disconnect();
      if (address) URL.revokeObjectURL(address);
      model.off("msg:custom", heard);
    };
  },
});
