// A figure without sliders: picture, sentence, and what can be kept of it.

export default presented({
  render({ model, el }) {
    const root = make("div", { class: "ror ror-alone" });
    el.append(root);
    const picture = new Picture(model, root);
    const twin = make("p", { class: "ror-twin" });
    const status = make("p", { class: "ror-said", role: "status" });
    const keep = keeping(picture, "picture", (text) => (status.textContent = text));
    const more = make("details", { class: "ror-more", ontoggle: keep.update }, make("summary", {}, "Table and picture"), keep.buttons, keep.box);
    picture.figure.append(twin);
    root.append(more, status);
    const heard = (message, buffers) => {
      if (message.kind !== "frame") return;
      const figure = fill(message.skeleton, cut(floats(buffers[0]), message.lengths));
      twin.textContent = figure.twin;
      picture.draw(figure).then(keep.update);
    };
    model.on("msg:custom", heard);
    model.send({ kind: "hello" });
    return () => {
      model.off("msg:custom", heard);
      picture.close();
    };
  },
});
