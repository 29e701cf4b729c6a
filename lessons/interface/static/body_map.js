// The body chart: front and back of one shading. Chart and list both show what the model says, and nothing else.

export default presented({
  render({ model, el }) {
    const chart = new BodyChart(model);
    el.append(chart.node);
    const show = () => chart.show();
    const told = ["shades", "against", "fills", "whose", "clickable", "verdict", "twin"].map((name) => `change:${name}`);
    told.forEach((change) => model.on(change, show));
    show();
    return () => {
      told.forEach((change) => model.off(change, show));
      chart.themes.disconnect();
    };
  },
});
