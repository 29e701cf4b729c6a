// Table of contents.

function row(page) {
  const tick = page.done ? make("span", { class: "ror-tick", title: "all questions answered" }, "✓") : make("span", {}, page.id);
  if (!page.file)
    return make("li", { class: "ror-coming" }, tick, make("span", { class: "ror-page" }, page.title), make("span", { class: "ror-side-note" }, "coming"),
      make("span", { class: "ror-asks" }, page.question));
  const here = decodeURIComponent(location.pathname).endsWith(`/${page.file}`);
  const note = [page.readers && `for ${page.readers}`, here && "you are here", page.done ? "done" : page.answered, `${page.minutes} min`].filter(Boolean).join(" · ");
  return make("li", { class: page.done ? "ror-met" : "", "data-readers": page.readers || "learners" }, tick,
    here ? make("span", { class: "ror-page", "aria-current": "page" }, page.title) : link(page.file, "ror-page", page.title),
    make("span", { class: "ror-side-note" }, note), make("span", { class: "ror-asks" }, page.question),
    make("details", {}, make("summary", {}, "What you will be able to do"), make("ul", {}, ...page.goals.map((goal) => make("li", {}, goal)))));
}

export default presented({
  render({ model, el }) {
    const resume = make("p", { class: "ror-resume" });
    const list = make("ol", { class: "ror-pages" });
    el.append(make("div", { class: "ror" }, resume, list));
    const show = () => {
      const last = model.get("resume");
      resume.hidden = !last.file;
      if (last.file) resume.replaceChildren("Continue where you left: ", link(last.file, "ror-go", `${last.id} ${last.title}`));
      list.replaceChildren(...model.get("pages").map(row));
    };
    model.on("change:pages", show);
    model.on("change:resume", show);
    show();
    // Asks anew whenever the list comes into sight, since pages may have been finished meanwhile.
    const sight = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && model.send({ kind: "hello" }));
    sight.observe(el);
    return () => {
      sight.disconnect();
      model.off("change:pages", show);
      model.off("change:resume", show);
    };
  },
});
