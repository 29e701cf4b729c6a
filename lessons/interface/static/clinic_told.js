// What the kernel says of a step of a case: what holds at the gate, why all is locked, and the panel beside the plan.

const STATES = { found: ["✓", "Found."], missed: ["✗", "Missed."], extra: ["○", "Not here."] };
const STATUS = { correct: ["✓", "As the panel."], partial: ["◐", "In part."], incorrect: ["✗", "Not so."] };

const sign = (status, text) => make("span", { class: `ror-sign ${status}`, "aria-hidden": "true" }, text);

function entryNote({ state, words, why }) {
  const [mark, word] = STATES[state];
  return [sign(state === "found" ? "correct" : "incorrect", mark), make("strong", {}, word), words ? ` “${words}”. ` : " ", why];
}

// A heading that takes the focus when it comes, so that a key goes on from there.
function arrival(text) {
  return make("h4", { class: "ror-clinic-arrival", tabindex: "-1" }, text);
}

// What was found and missed, and, if a red flag holds, that everything is locked and what to do instead.
class GateResult {
  constructor(refer) {
    this.heading = arrival("");
    this.said = make("p", {});
    this.near = make("ul", { class: "ror-clinic-lines" });
    this.nearby = make("details", { class: "ror-more" }, make("summary", {}, "What looks like a warning here and is none"), this.near);
    this.button = make("button", { type: "button", class: "ror-main", onclick: refer }, "Refer");
    this.why = make("ul", { class: "ror-clinic-lines" });
    this.stop = make("div", { class: "ror-clinic-stop", role: "group", "aria-label": "All treatment is locked" },
      make("p", {}, make("strong", {}, "Stop. All treatment controls are locked.")), this.why, make("div", { class: "ror-buttons" }, this.button));
    this.node = make("div", { class: "ror-clinic-result" }, this.heading, this.said, this.nearby, this.stop);
  }

  show(gate, referred) {
    this.node.hidden = !gate;
    if (!gate) return;
    this.heading.textContent = gate.failed ? "Missed: this case has failed" : gate.locked ? "Seen: a red flag" : "The gate is passed";
    this.node.classList.toggle("ror-clinic-failed", gate.failed);
    this.said.textContent = gate.note;
    this.near.replaceChildren(...gate.near.map(({ ask, why }) => make("li", {}, make("strong", {}, `${ask}. `), why)));
    this.nearby.hidden = !gate.near.length;
    this.stop.hidden = !gate.locked;
    this.why.replaceChildren(...gate.locks.map((lock) => make("li", {}, make("strong", {}, `${lock.ask}. `), lock.do)));
    this.button.hidden = referred;
  }
}

// Bars that say in words beside them what they show; the learner's own is named.
function shareBar({ text, share, yours, most }) {
  const fill = make("span", {});
  fill.style.width = `${share}%`;
  const own = yours ? make("strong", { class: "ror-clinic-you" }, "you") : null;
  return make("li", { class: yours ? "ror-clinic-yours" : "" }, make("span", {}, text, own ? " " : "", own), make("span", { class: "ror-clinic-bar", "aria-hidden": "true" }, fill),
    make("span", { class: "ror-clinic-share" }, `${share} of 100${most ? ", most" : ""}`));
}

function gaugeLine({ name, yours, panel, inside }) {
  const [low, high] = panel;
  const cells = GAUGE.map((value) => make("span", { class: `${value >= low && value <= high ? "ror-clinic-in" : ""} ${value === yours ? "ror-clinic-own" : ""}` }));
  return make("li", {}, make("span", {}, capital(name)), make("span", { class: "ror-clinic-scale", "aria-hidden": "true" }, ...cells),
    make("span", { class: "ror-clinic-share" }, `you ${yours}, the panel ${low} to ${high}${inside ? "" : ": outside"}`));
}

class PanelResult {
  constructor(model) {
    this.model = model;
    this.heading = arrival("Beside the panel");
    this.said = make("p", { class: "ror-clinic-said" });
    this.wrong = make("ul", { class: "ror-clinic-lines" });
    this.shares = make("ul", { class: "ror-clinic-bars", "aria-label": "Shares of the panel" });
    this.gauges = make("ul", { class: "ror-clinic-bars ror-clinic-gauges", "aria-label": "Drivers" });
    this.dose = make("p", {});
    this.proposal = make("p", { class: "ror-source" });
    this.parts = make("dl", { class: "ror-clinic-parts" });
    this.sources = make("p", { class: "ror-source" });
    this.fan = make("div", { class: "ror-clinic-fan", hidden: true });
    this.unfanned = make("p", { class: "ror-error" });
    this.node = make("section", { class: "ror-clinic-panel" }, this.heading, this.said, this.wrong, this.shares, this.proposal, this.gauges, this.dose,
      this.fan, this.unfanned, this.parts, this.sources);
  }

  show(plan) {
    this.node.hidden = !plan;
    if (!plan) return this.hideFan();
    const [mark, word] = plan.failed ? ["✗", "Failed."] : STATUS[plan.status];
    this.said.replaceChildren(sign(plan.status, mark), make("strong", {}, word), ` ${plan.note} Worth ${plan.worth}.`);
    const against = plan.against.map((one) => make("li", {}, make("strong", {}, `Needled in spite of: ${one.ask}. `), one.do));
    const open = plan.open.map((one) => make("li", {}, make("strong", {}, `Left open, so worth half: ${one.ask}. `), one.do));
    this.wrong.replaceChildren(...against, ...open);
    this.wrong.hidden = !this.wrong.childElementCount;
    this.shares.replaceChildren(...plan.shares.map(shareBar));
    this.gauges.replaceChildren(...plan.gauges.map(gaugeLine));
    this.gauges.hidden = !plan.gauges.length;
    this.dose.textContent = plan.dose;
    this.dose.hidden = !plan.dose;
    this.proposal.textContent = plan.proposal;
    this.parts.replaceChildren(...plan.parts.flatMap(({ title, text }) => [make("dt", {}, title), make("dd", {}, text)]));
    this.sources.textContent = plan.sources.length ? `To look it up: ${plan.sources.join("; ")}.` : "";
  }

  // The expected course: a figure with its sentence and its table.
  draw(figure) {
    if (!this.picture) {
      this.fan.replaceChildren();
      this.picture = new Picture(this.model, this.fan);
      this.twin = make("p", { class: "ror-twin" });
      const status = make("p", { class: "ror-said", role: "status" });
      this.keep = keeping(this.picture, "course", (text) => (status.textContent = text));
      this.picture.figure.append(this.twin);
      this.fan.append(make("p", { class: "ror-source" }, "What a model makes of your gauges and your plan. It is a forecast for nobody."));
      this.fan.append(make("details", { class: "ror-more", ontoggle: this.keep.update }, make("summary", {}, "Table and picture"), this.keep.buttons, this.keep.box), status);
    }
    this.fan.hidden = false;
    this.unfanned.textContent = "";
    this.twin.textContent = figure.twin;
    this.picture.draw(figure).then(this.keep.update);
  }

  undrawn(text) {
    this.hideFan();
    this.unfanned.textContent = `The expected course could not be drawn: ${text}`;
  }

  hideFan() {
    this.fan.hidden = true;
    this.unfanned.textContent = "";
  }

  close() {
    this.picture?.close();
  }
}
