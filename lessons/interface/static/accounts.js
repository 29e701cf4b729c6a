// The switch above a picture: each account is a whole set of values, set at once.

const same = (one, other) => Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one));

class AccountRow {
  constructor(owner, accounts, last) {
    this.owner = owner;
    this.accounts = accounts;
    this.last = last;
    const group = fresh("account");
    this.inputs = Object.keys(accounts).map((name, i) =>
      make("input", { type: "radio", name: group, id: `${group}-${i}`, value: name, onchange: () => this.choose(name) }));
    this.labels = this.inputs.map((input) => make("label", { for: input.id }, input, make("span", {}, input.value)));
    this.state = make("p", { class: "ror-account-state", id: `${group}-state` });
    this.node = make("fieldset", { class: "ror-accounts", "aria-describedby": this.state.id },
      make("legend", {}, "Which account?"), make("div", { class: "ror-account-buttons" }, ...this.labels), this.state);
    this.spoken = this.held();
  }

  held() {
    const { values } = this.owner;
    return Object.keys(this.accounts).find((name) => Object.entries(this.accounts[name]).every(([field, value]) => same(value, values[field])));
  }

  choose(name) {
    this.last = name;
    this.owner.model.set("account", name);
    this.owner.model.save_changes();
    this.owner.take(this.accounts[name]);
  }

  show() {
    const held = this.held();
    this.last = held ?? this.last;
    // None is checked once something was changed: only then can a key, too, choose the same one again.
    this.inputs.forEach((input, i) => {
      input.checked = input.value === held;
      this.labels[i].classList.toggle("ror-account-changed", !held && input.value === this.last);
    });
    const text = held ? "The sliders stand as this account has them." : `Changed by you. Choose “${this.last}” again to bring it back.`;
    if (this.state.textContent !== text) this.state.textContent = text;
    this.node.classList.toggle("ror-changed", !held);
  }

  // What a listener has to know since the last time; "" if nothing.
  news() {
    const held = this.held();
    if (held === this.spoken) return "";
    this.spoken = held;
    return held ? `“${held}” holds now.` : "Changed by you.";
  }
}
