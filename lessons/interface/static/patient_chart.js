// The patient's chart, and with it how she is now: beside the body where there is room, else under it.

class PatientLine {
  constructor(model) {
    this.model = model;
    this.now = make("p", {});
    this.done = make("p", {});
    this.said = make("p", { class: "ror-said", role: "status" });
    this.wrong = make("p", { class: "ror-patient-wrong", role: "alert" });
    this.back = make("button", { type: "button", onclick: () => this.goBack() }, "Back to how she came");
    this.note = make("details", { class: "ror-more ror-patient-note" }, make("summary", {}, "What this line means"), make("p", {}, model.get("about").note));
    this.node = make("section", { class: "ror-patient", "aria-label": "How she is now" }, this.now, this.done, make("div", { class: "ror-buttons" }, this.back), this.wrong, this.said, this.note);
  }

  // A button that has nothing to do keeps the focus that it may have.
  goBack() {
    if (this.back.getAttribute("aria-disabled") === "true") return;
    this.asked = true;
    this.model.send({ kind: "back" });
  }

  show() {
    const about = this.model.get("about");
    this.now.replaceChildren(make("strong", {}, `${about.who}: `), `${about.now}.`);
    this.done.replaceChildren(make("strong", {}, "Treatments so far: "), `${about.done}.`);
    this.back.setAttribute("aria-disabled", String(about.came));
    this.wrong.textContent = this.model.get("trouble");
    if (this.asked && about.came) this.said.textContent = this.now.textContent;
    this.asked = this.asked && !about.came;
  }
}

export default presented({
  render({ model, el }) {
    const chart = new BodyChart(model);
    const line = new PatientLine(model);
    chart.node.querySelector(".ror-body-beside").append(line.node);
    el.append(chart.node);
    const show = () => (chart.show(), line.show());
    const told = ["shades", "twin", "about", "trouble"].map((name) => `change:${name}`);
    told.forEach((change) => model.on(change, show));
    show();
    // Asks anew whenever it comes into sight, since another page may have kept something meanwhile.
    const sight = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && model.send({ kind: "hello" }));
    sight.observe(line.node);
    return () => {
      sight.disconnect();
      told.forEach((change) => model.off(change, show));
      chart.themes.disconnect();
    };
  },
});
