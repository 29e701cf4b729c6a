// The ballots of some questions on a page of their own.

export default presented({
  render({ model, el }) {
    const fold = new VoteFold(model.get("questions"), model);
    const heard = (message) => message.kind === "ballot" && fold.heard(message);
    model.on("msg:custom", heard);
    el.append(make("div", { class: "ror" }, fold.node));
    fold.box.open = true;
    return () => {
      fold.close();
      model.off("msg:custom", heard);
    };
  },
});
