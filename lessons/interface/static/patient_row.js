// Two buttons under a picture that is about the patient: set it to how she is now, and keep for her what it shows.

class PatientRow {
  constructor(owner, { name, take, keep, hint }) {
    this.owner = owner;
    // Once the picture was set to her, all that it shares with her is hers; before, only what somebody moved.
    this.hers = false;
    this.hint = make("p", { class: "ror-patient-hint", id: fresh("patient") }, hint);
    this.told = make("p", { class: "ror-patient-told", role: "status" });
    this.wrong = make("p", { class: "ror-patient-wrong", role: "alert" });
    const button = (text, act) => make("button", { type: "button", "aria-describedby": this.hint.id, onclick: () => this.ask(act) }, text);
    this.node = make("div", { class: "ror-patient", role: "group", "aria-label": name },
      make("div", { class: "ror-buttons" }, button(take, "take"), button(keep, "keep")), this.hint, this.told, this.wrong);
  }

  ask(act) {
    this.owner.model.send({ kind: "patient", act, values: this.owner.values, hers: this.hers });
  }

  answered({ values, text, error }) {
    this.told.textContent = text ?? "";
    this.wrong.textContent = error ?? "";
    if (!values) return;
    this.owner.take(values);
    this.hers = true;
  }

  // The picture is as it opened, and no longer hers.
  leave() {
    this.hers = false;
    this.told.textContent = this.wrong.textContent = "";
  }
}
