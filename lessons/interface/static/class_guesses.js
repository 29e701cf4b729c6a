// The predictions of a class: how many there are, and, once they are opened, what they were.

export default presented({
  render({ model, el }) {
    const asked = model.get("asked");
    const collecting = new Collecting((kind, given) => model.send({ kind, given }));
    const received = make("p", { class: "ror-voted", role: "status" });
    const open = make("button", { type: "button", class: "ror-main", onclick: () => model.send({ kind: "open" }) }, "Open the predictions");
    const verdict = make("p", { class: "ror-verdict", role: "status" });
    const place = make("div", { class: "ror-alone" });
    const buttons = make("div", { class: "ror-buttons" }, open);
    let picture;
    el.append(make("div", { class: "ror ror-class-vote" }, make("div", { class: "ror-posed" }, make("p", { class: "ror-posed-stem" }, asked.question),
      ...(asked.options.length ? [make("ol", { class: "ror-posed-options" }, ...asked.options.map((text) => make("li", {}, text)))] : [])),
      make("p", {}, `Each predicts on page ${asked.lesson} and reads out the code there. Codes begin with ${asked.letters}.`), received, collecting.node, buttons, verdict, place));
    const heard = (message, buffers) => {
      if (message.kind === "guesses") {
        received.textContent = `${message.received} have predicted.`;
        collecting.show(message);
        open.disabled = !message.received;
        verdict.textContent = message.verdict;
        collecting.node.hidden = buttons.hidden = model.get("committed");
      } else if (message.kind === "frame") {
        const figure = fill(message.skeleton, cut(floats(buffers[0]), message.lengths));
        picture ??= new Picture(model, place);
        picture.draw(figure);
      }
    };
    model.on("msg:custom", heard);
    model.send({ kind: "hello" });
    return () => {
      picture?.close();
      model.off("msg:custom", heard);
    };
  },
});
