// The decision board: one case at a time, one step after the other. Everything that is told comes from the kernel.

const MARKS = { done: ["✓", "done"], failed: ["✗", "failed"], begun: ["◐", "begun"], fresh: ["", ""] };

class VisitView {
  constructor(model, about, visit, send, first) {
    const plan = (answer, sure) => send("plan", { visit, answer, ...(sure && { sure }) });
    this.visit = visit;
    this.when = make("h4", { class: "ror-clinic-arrival", tabindex: "-1" });
    this.story = make("p", { class: "ror-clinic-story" });
    this.examination = make("ul", { class: "ror-clinic-lines" });
    this.told = make("div", { class: "ror-clinic-told" }, this.when, this.story, make("p", { class: "ror-clinic-small" }, "Examination"), this.examination);
    this.gate = new GateForm(model, about.name, (answer) => send("gate", { visit, answer }));
    this.result = new GateResult(() => plan({ choice: "refer" }));
    this.plan = new PlanForm(model, plan);
    this.panel = new PanelResult(model);
    this.steps = make("div", { class: "ror-clinic-steps" }, this.gate.node, this.result.node, this.plan.node, this.panel.node);
    this.node = first ? this.steps : make("section", { class: "ror-clinic-later" }, this.told, this.steps);
  }

  // `state`: what the kernel says of this visit; nothing before the first one is begun, or once a case is empty again.
  show(state, about) {
    this.node.hidden = this.visit > 0 && !state.public;
    if (this.node.hidden) return;
    this.introduce(state.public ?? about.visit);
    this.gate.show(state.gate);
    this.result.show(state.gate, Boolean(state.plan));
    this.plan.node.hidden = !state.gate;
    this.plan.show(state.plan, Boolean(state.gate?.locked));
    this.panel.show(state.plan);
  }

  introduce({ when, story, examination }) {
    this.when.textContent = when;
    this.when.hidden = !when;
    this.story.textContent = story;
    this.examination.replaceChildren(...examination.map((line) => make("li", {}, line)));
  }

  clear() {
    this.gate.clear();
    this.plan.clear();
  }

  arrive(part) {
    (part === "gate" ? this.result : this.panel).heading.focus({ preventScroll: true });
    (part === "gate" ? this.result : this.panel).node.scrollIntoView({ block: "nearest" });
  }
}

class CaseView {
  constructor(model, about, number) {
    this.about = about;
    this.model = model;
    this.state = { done: false, failed: false, begun: false, visits: [{}] };
    this.labels = new Map(model.get("areas").map((area) => [area.id, area.label]));
    this.heading = make("h3", { id: fresh("case"), tabindex: "-1" }, `${number}. ${about.title}`);
    this.views = VIEWS.map((view) => new BodyView(view, model));
    const words = model.get("words");
    this.key = make("ul", { class: "ror-body-key" }, ...words.map((word, i) => bodySwatch("", `var(--ror-fill-${i + 1})`, `${mark(i + 1, words.length)} ${word}`)));
    const send = (kind, more) => {
      this.asked = true;
      model.send({ kind, case: about.id, ...more });
    };
    this.anew = (visit) => new VisitView(model, about, visit, send, visit === 0);
    this.visits = [this.anew(0)];
    this.later = make("div", {});
    const chart = make("div", { class: "ror-clinic-chart ror-body-map" }, make("div", { class: "ror-body-views" }, ...this.views.map((view) => view.node)), this.key);
    this.over = make("button", { type: "button", onclick: () => this.sure(true) }, "Start this case over");
    const yes = make("button", { type: "button", onclick: () => (this.sure(false), send("over", {})) }, "Yes, start over");
    this.no = make("button", { type: "button", onclick: () => this.sure(false) }, "No, keep it");
    this.question = make("div", { role: "group", "aria-label": "Start this case over?", hidden: true },
      make("p", {}, "Empty this case? What you answered stays in your record."), make("div", { class: "ror-buttons" }, yes, this.no));
    this.question.addEventListener("keydown", (event) => event.key === "Escape" && this.sure(false));
    this.node = make("section", { class: "ror-clinic-case", "aria-labelledby": this.heading.id }, this.heading,
      make("div", { class: "ror-clinic-patient" }, chart, this.visits[0].told), this.visits[0].node, this.later,
      make("div", { class: "ror-buttons" }, this.over), this.question);
    this.paint();
    this.show();
  }

  sure(wanted) {
    this.question.hidden = !wanted;
    this.over.hidden = wanted;
    (wanted ? this.no : this.over).focus();
  }

  paint() {
    paintBody(this.node, this.model);
    const told = (id) => `${this.labels.get(id)}: ${this.model.get("words")[this.about.pain[id] - 1]}`;
    this.views.forEach((view) => view.show(this.about.pain, {}, true, told));
  }

  // That there is a second visit nobody knows before it comes.
  show() {
    const { visits } = this.state;
    for (let i = this.visits.length; i < visits.length && visits[i].public; i++) this.later.append((this.visits[i] = this.anew(i)).node);
    this.visits.forEach((visit, i) => visit.show(visits[i] ?? {}, this.about));
    this.over.disabled = !this.state.begun;
  }

  // What the kernel says; gives what a listener has to know, and moves on if this window asked for it.
  hear(message) {
    const emptied = this.state.begun && !message.begun;
    this.state = message;
    if (emptied) this.visits.forEach((visit) => visit.clear());
    this.show();
    const asked = this.asked;
    this.asked = false;
    if (!asked) return "";
    if (emptied) {
      this.heading.focus();
      return "The case is empty again.";
    }
    const { visit, part } = message.news ?? {};
    const told = message.visits[visit]?.[part];
    if (!told) return "";
    this.visits[visit].arrive(part);
    const locked = part === "gate" && told.locked ? `Stop. All treatment controls are locked. ${told.locks.map((lock) => lock.do).join(" ")}` : "";
    return `${told.note} ${locked}`;
  }

  get mark() {
    return this.state.failed ? "failed" : this.state.done ? "done" : this.state.begun ? "begun" : "fresh";
  }

  close() {
    this.visits.forEach((visit) => visit.panel.close());
  }
}

// The whole list with what to do and where that stands, to read at any time.
function safetyList(steps) {
  const source = ({ sources }) => (sources.length ? `${sources.join("; ")}.` : "From general teaching, not checked.");
  return make("details", { class: "ror-more" }, make("summary", {}, "The safety list, with what to do and where it comes from"),
    ...steps.flatMap(({ title, entries }) => [make("p", { class: "ror-clinic-small" }, title), make("ul", { class: "ror-clinic-lines" },
      ...entries.map((entry) => make("li", {}, make("strong", {}, `${entry.ask}. `), entry.do, " ", make("span", { class: "ror-source" }, source(entry)))))]));
}

export default presented({
  render({ model, el }) {
    const abouts = model.get("cases");
    const cases = new Map(abouts.map((about, i) => [about.id, new CaseView(model, about, i + 1)]));
    const place = make("div", {});
    const said = make("p", { class: "ror-said", role: "status" });
    const progress = make("p", { class: "ror-progress" });
    const trouble = make("p", { class: "ror-error", role: "alert" });
    const tabs = new Map(abouts.map((about, i) => [about.id, make("button", { type: "button", class: "ror-clinic-tab", onclick: () => open(about.id, true) }, `${i + 1} ${about.name}`)]));
    const listed = (reserve) => abouts.filter((about) => about.reserve === reserve).map(({ id }) => tabs.get(id));
    const nav = make("nav", { class: "ror-clinic-cases", "aria-label": "Cases" }, ...listed(false),
      ...(listed(true).length ? [make("span", { class: "ror-source" }, "In reserve:"), ...listed(true)] : []));
    const all = make("button", { type: "button", onclick: () => model.send({ kind: "over" }) }, "Start all cases over");
    const more = make("details", { class: "ror-more" }, make("summary", {}, "Start over"),
      make("p", {}, "Empties all cases. What you answered stays in your record."), make("div", { class: "ror-buttons" }, all));
    el.append(make("div", { class: "ror ror-clinic" }, nav, place, progress, trouble, said, safetyList(model.get("steps")), more));
    let shown;
    const open = (id, moved) => {
      shown = id;
      place.replaceChildren(cases.get(id).node);
      tabs.forEach((tab, name) => (name === id ? tab.setAttribute("aria-current", "true") : tab.removeAttribute("aria-current")));
      if (moved) cases.get(id).heading.focus({ preventScroll: true });
    };
    const marked = (id) => {
      const [mark, word] = MARKS[cases.get(id).mark];
      const { name } = abouts.find((about) => about.id === id);
      const number = abouts.findIndex((about) => about.id === id) + 1;
      tabs.get(id).replaceChildren(`${number} ${name}`, ...(mark ? [make("span", { class: "ror-clinic-mark", "aria-hidden": "true" }, ` ${mark}`), make("span", { class: "ror-unseen" }, `, ${word}`)] : []));
    };
    open(abouts[0].id);
    const heard = (message, buffers) => {
      const view = cases.get(message.kind === "case" ? message.id : message.case);
      if (message.kind === "case") {
        const news = view.hear(message);
        if (news) said.textContent = news;
        marked(message.id);
      } else if (message.kind === "frame") {
        view.visits[message.visit].panel.draw(fill(message.skeleton, cut(floats(buffers[0]), message.lengths)));
      } else if (message.kind === "no fan") {
        view.visits[message.visit].panel.undrawn(message.text);
      } else if (message.kind === "progress") {
        progress.textContent = `${message.text} ${message.saved}`;
        trouble.textContent = message.trouble;
      }
    };
    model.on("msg:custom", heard);
    model.send({ kind: "hello" });
    const themes = onThemeChange(() => cases.forEach((view) => view.paint()));
    // Looks anew whenever it comes into sight: the cases may stand in another window, too.
    const sight = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && model.send({ kind: "look" }));
    sight.observe(nav);
    return () => {
      sight.disconnect();
      themes.disconnect();
      cases.forEach((view) => view.close());
      model.off("msg:custom", heard);
    };
  },
});
