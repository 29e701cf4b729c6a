// A drawing with one point for each time: what a hand drags is told to `put(i, value)`; a second line can be laid over it.

const WIDE = 560, TALL = 190, LEFT = 44, BELOW = 30, ABOVE = 26;

class Board {
  // `asked`: names of the times, low, high, step, title; `fixed`: the index of a point that stands still, or -1.
  constructor(asked, put, fixed = -1) {
    this.asked = asked;
    this.put = put;
    this.fixed = fixed;
    this.node = svg("svg", { viewBox: `0 0 ${WIDE} ${TALL}`, class: "ror-board", "aria-hidden": "true" });
    this.node.addEventListener("pointerdown", (event) => this.grab(event));
    this.node.addEventListener("pointermove", (event) => this.held !== undefined && this.drag(event));
    for (const end of ["pointerup", "pointercancel"]) this.node.addEventListener(end, () => (this.held = undefined));
  }

  x(i) {
    return LEFT + ((i + 0.5) * (WIDE - LEFT)) / this.asked.names.length;
  }

  y(value) {
    const { low, high } = this.asked;
    return ABOVE + ((high - value) / (high - low)) * (TALL - ABOVE - BELOW);
  }

  place(event) {
    const box = this.node.getBoundingClientRect();
    return [((event.clientX - box.left) * WIDE) / box.width, ((event.clientY - box.top) * TALL) / box.height];
  }

  grab(event) {
    if (this.frozen) return;
    const [x] = this.place(event);
    const count = this.asked.names.length;
    const i = Math.max(0, Math.min(count - 1, Math.round(((x - LEFT) * count) / (WIDE - LEFT) - 0.5)));
    if (i === this.fixed) return;
    this.held = i;
    this.node.setPointerCapture(event.pointerId);
    this.drag(event);
  }

  drag(event) {
    const { low, high, step } = this.asked;
    const [, y] = this.place(event);
    const raw = high - ((y - ABOVE) / (TALL - ABOVE - BELOW)) * (high - low);
    const rounded = Math.round(Math.max(low, Math.min(high, raw)) / step) * step;
    this.put(this.held, Number(Math.max(low, Math.min(high, rounded)).toFixed(4)));
  }

  // Points that are null are not there yet; `beside` is the other line, if it may be seen.
  draw(values, beside) {
    const { low, high, names, title } = this.asked;
    const parts = [];
    for (const value of [low, (low + high) / 2, high])
      parts.push(svg("line", { x1: LEFT, x2: WIDE, y1: this.y(value), y2: this.y(value), class: "grid" }),
        svg("text", { x: LEFT - 6, y: this.y(value) + 4, "text-anchor": "end" }, String(value)));
    names.forEach((name, i) => {
      parts.push(svg("line", { x1: this.x(i), x2: this.x(i), y1: ABOVE, y2: TALL - BELOW, class: "grid" }),
        svg("text", { x: this.x(i), y: TALL - 10, "text-anchor": "middle" }, name));
      if (values[i] === null) parts.push(svg("text", { x: this.x(i), y: (ABOVE + TALL - BELOW) / 2 + 4, "text-anchor": "middle", class: "hint" }, "drag"));
    });
    const places = (line) => line.map((v, i) => (v === null ? null : [this.x(i), this.y(v)])).filter(Boolean);
    const path = (line, look) => svg("polyline", { points: places(line).map((p) => p.join(",")).join(" "), class: look });
    if (beside) parts.push(path(beside, "other"), ...places(beside).map(([x, y]) => svg("rect", { x: x - 4, y: y - 4, width: 8, height: 8, class: "other-point" })));
    parts.push(path(values, "line"));
    values.forEach((v, i) => {
      if (v !== null) parts.push(svg("circle", { cx: this.x(i), cy: this.y(v), r: i === this.fixed ? 5 : 8, class: i === this.fixed ? "fixed" : "point" }));
    });
    this.node.replaceChildren(...parts, svg("text", { x: LEFT, y: 15 }, title));
  }
}
