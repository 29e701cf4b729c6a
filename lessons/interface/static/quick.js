// Moving what is already drawn. A full redraw by plotly takes 20 ms and more; while a slider moves only coordinates,
// colours and words change, so those are written into the drawing that plotly made. At rest plotly draws the exact
// answer anew. Whatever else has changed takes the full redraw: every part below says false to what it cannot move.

// Plotly calls the first axis "xaxis", whether a figure names it "x" or "x1".
const axisOf = (layout, name, letter) => layout[`${letter}axis${(name ?? letter).slice(1).replace(/^1$/, "")}`];

const tenth = (p) => Math.round(10 * p) / 10;

function pathOf(x, y, xa, ya) {
  let d = "";
  let open = false;
  for (let i = 0; i < x.length; i++) {
    const px = xa.c2p(x[i]);
    const py = ya.c2p(y[i]);
    if (!Number.isFinite(px) || !Number.isFinite(py)) {
      open = false;
      continue;
    }
    d += `${open ? "L" : "M"}${tenth(px)},${tenth(py)}`;
    open = true;
  }
  return d;
}

// The nodes that plotly made for a drawing, looked up once: they last as long as it does.
function nodesOf(plot, drawn) {
  drawn.nodes ??= {
    traces: drawn.data.map((_, i) => {
      const group = plot._fullData[i]?.uid && plot.querySelector(`.trace${plot._fullData[i].uid}`);
      const all = (kind) => [...group.querySelectorAll(kind)];
      return group ? { lines: all("path.js-line"), area: all("path.js-fill")[0], points: all(".points path.point") } : null;
    }),
    labels: (drawn.layout.annotations ?? []).map((_, i) => plot.querySelector(`.annotation[data-index="${i}"]`)),
    shapes: (drawn.layout.shapes ?? []).map((_, i) => plot.querySelector(`.shapelayer path[data-index="${i}"]`)),
  };
  return drawn.nodes;
}

// Writing what stands there already would make the browser paint it again.
function write(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

// Plotly keeps the opacity of a colour apart from it.
function paint(node, what, colour) {
  node.style[what] = colour;
  node.style[`${what}Opacity`] = 1;
}

// Whether two parts are the same but for the named keys.
function otherwiseSame(old, now, moving) {
  const rest = (key, value) => (moving.has(key) || ArrayBuffer.isView(value) ? undefined : value);
  return old === now || JSON.stringify(old, rest) === JSON.stringify(now, rest);
}

// ---- lines, areas, markers -----------------------------------------------------------------------------------

// Lists are made anew for each frame; they are the same if they hold the same. (A gap, NaN, is like no other.)
const alike = (one, other) =>
  one === other || (one?.every && other?.every && one.length === other.length && one.every((value, i) => value === other[i]));

const LOOK = ["type", "mode", "fill", "opacity", "visible", "xaxis", "yaxis"];

const sameTable = (one, other) => one === other || (one?.length === other?.length && one.every((row, i) => alike(row, other[i])));
const sameColours = (old, now) => old.fillcolor === now.fillcolor && old.line?.color === now.line?.color && old.line?.width === now.line?.width;
// What is only said at the pointer may wait for the drawing at rest.
const sameText = (old, now) => !now.mode?.includes("text") || alike(old.text, now.text);
const inPlace = (old, now) => alike(old.x, now.x) && alike(old.y, now.y) && sameText(old, now) && sameTable(old.z, now.z);

function sameLook(old, now) {
  return LOOK.every((key) => old[key] === now[key]) && old.line?.dash === now.line?.dash && otherwiseSame(old.marker, now.marker, new Set());
}

function moveArea(area, now, d, xa, ya) {
  if (!area) return !d;
  if (now.fill === "tozeroy" && d.lastIndexOf("M") === 0) {
    const [first, last, zero] = [xa.c2p(now.x[0]), xa.c2p(now.x[now.x.length - 1]), ya.c2p(0)].map(tenth);
    write(area, "d", `${d}L${last},${zero}L${first},${zero}Z`);
  } else if (now.fill === "toself") write(area, "d", `${d}Z`);
  else return false;
  return true;
}

function recolour(nodes, old, now) {
  if (nodes.area && now.fillcolor !== old.fillcolor) paint(nodes.area, "fill", now.fillcolor);
  for (const line of nodes.lines) {
    if (now.line?.color !== old.line?.color) paint(line, "stroke", now.line.color);
    if (now.line?.width !== old.line?.width) line.style.strokeWidth = `${now.line.width}px`;
  }
}

function moveTrace(plot, nodes, old, now) {
  if (!sameLook(old, now)) return false;
  const still = inPlace(old, now);
  if ((still && sameColours(old, now)) || (!old.x?.length && !now.x?.length)) return true;
  const mode = now.mode ?? "lines";
  if (!nodes || now.type !== "scatter" || mode.includes("text")) return false;
  recolour(nodes, old, now);
  if (still) return true;
  const xa = axisOf(plot._fullLayout, now.xaxis, "x");
  const ya = axisOf(plot._fullLayout, now.yaxis, "y");
  if (mode.includes("lines")) {
    const d = pathOf(now.x, now.y, xa, ya);
    if (!nodes.lines.length && d && now.line?.width !== 0) return false;
    nodes.lines.forEach((line, i) => write(line, "d", i ? "M0,0" : d));
    if (now.fill && now.fill !== "none" && !moveArea(nodes.area, now, d, xa, ya)) return false;
  }
  if (mode.includes("markers")) {
    const places = Array.from(now.x, (x, i) => [xa.c2p(x), ya.c2p(now.y[i])]).filter((place) => place.every(Number.isFinite));
    if (nodes.points.length !== places.length) return false;
    nodes.points.forEach((point, i) => write(point, "transform", `translate(${places[i]})`));
  }
  return true;
}

// ---- labels --------------------------------------------------------------------------------------------------

// On a logarithmic axis plotly takes the place of a label as a logarithm ("r2p"), that of a shape as a value ("c2p").
function pixel(plot, reference, value, letter, scale) {
  const layout = plot._fullLayout;
  if (reference === "paper") return letter === "x" ? value * layout._size.w : -value * layout._size.h;
  if (reference?.endsWith(" domain")) {
    const axis = axisOf(layout, reference.split(" ")[0], letter);
    return letter === "x" ? value * axis._length : -value * axis._length;
  }
  return axisOf(layout, reference, letter)[scale](value);
}

// One line of a label as plotly writes it: plain words, and bold or slanted ones in a span of their own.
const STYLES = { b: "font-weight:bold", i: "font-style:italic" };

function spans(line) {
  return line.split(/(<[bi]>[^<]*<\/[bi]>)/).filter(Boolean).map((part) => {
    const styled = part.match(/^<([bi])>([^<]*)<\/\1>$/);
    if (!styled) return document.createTextNode(part);
    const span = document.createElementNS("http://www.w3.org/2000/svg", "tspan");
    span.setAttribute("style", STYLES[styled[1]]);
    span.textContent = styled[2];
    return span;
  });
}

function reword(node, was, is) {
  if (was === is) return true;
  const words = node.querySelector(".annotation-text");
  const before = was.split("<br>"), lines = is.split("<br>");
  if (!words || !is || !was || before.length !== lines.length || is.includes("&") || /<(?!\/?[bi]>)/.test(lines.join(""))) return false;
  const places = lines.length > 1 ? words.querySelectorAll("tspan.line") : [words];
  if (places.length !== lines.length) return false;
  lines.forEach((line, i) => line !== before[i] && places[i].replaceChildren(...spans(line)));
  return true;
}

const OF_A_LABEL = new Set(["x", "y", "text", "color"]);

function moveLabel(plot, node, first, was, is) {
  if (!node || !otherwiseSame(was, is, OF_A_LABEL) || !reword(node, was.text, is.text)) return false;
  const dx = pixel(plot, is.xref, is.x, "x", "r2p") - pixel(plot, first.xref, first.x, "x", "r2p");
  const dy = pixel(plot, is.yref, is.y, "y", "r2p") - pixel(plot, first.yref, first.y, "y", "r2p");
  write(node, "transform", `translate(${dx.toFixed(2)},${dy.toFixed(2)})`);
  if (is.font?.color !== was.font?.color) paint(node.querySelector(".annotation-text"), "fill", is.font.color);
  return true;
}

// ---- shapes --------------------------------------------------------------------------------------------------

const OF_A_SHAPE = new Set(["x0", "x1", "y0", "y1", "fillcolor", "color"]);

// Where plotly's own path of a shape would run: across the whole drawing, not within one axis.
function outline(plot, shape) {
  const layout = plot._fullLayout;
  const place = (reference, value, letter) => {
    const p = pixel(plot, reference, value, letter, "c2p");
    const axis = reference === "paper" ? null : axisOf(layout, reference?.split(" ")[0], letter);
    if (letter === "x") return p + (axis ? axis._offset : layout._size.l);
    return p + (axis ? axis._offset + (reference.endsWith(" domain") ? axis._length : 0) : layout._size.t + layout._size.h);
  };
  const [x0, x1] = [shape.x0, shape.x1].map((value) => place(shape.xref, value, "x").toFixed(2));
  const [y0, y1] = [shape.y0, shape.y1].map((value) => place(shape.yref, value, "y").toFixed(2));
  return shape.type === "line" ? `M${x0},${y0}L${x1},${y1}` : `M${x0},${y0}H${x1}V${y1}H${x0}Z`;
}

function moveShape(plot, node, was, is) {
  if (!node || !otherwiseSame(was, is, OF_A_SHAPE) || !["line", "rect"].includes(is.type)) return false;
  if ([was.x0, was.x1, was.y0, was.y1].some((value, i) => value !== [is.x0, is.x1, is.y0, is.y1][i])) write(node, "d", outline(plot, is));
  if (is.fillcolor !== was.fillcolor) paint(node, "fill", is.fillcolor);
  if (is.line?.color !== was.line?.color) paint(node, "stroke", is.line.color);
  return true;
}

const OF_A_LAYOUT = new Set(["annotations", "shapes"]);

function moveLayout(plot, nodes, drawn, last, now) {
  const labels = now.annotations ?? [], shapes = now.shapes ?? [];
  if (labels.length !== nodes.labels.length || shapes.length !== nodes.shapes.length) return false;
  if (!otherwiseSame(last, now, OF_A_LAYOUT)) return false;
  return labels.every((label, i) => moveLabel(plot, nodes.labels[i], drawn.annotations[i], last.annotations[i], label))
    && shapes.every((shape, i) => moveShape(plot, nodes.shapes[i], last.shapes[i], shape));
}

// Draw `data` and `layout` into what plotly drew as `drawn` and what was moved since to `last`; false if that takes a
// full redraw.
function quick(plot, drawn, last, data, layout) {
  if (!drawn || data.length !== drawn.data.length || !plot._fullData) return false;
  const nodes = nodesOf(plot, drawn);
  return data.every((trace, i) => moveTrace(plot, nodes.traces[i], last.data[i], trace)) && moveLayout(plot, nodes, drawn.layout, last.layout, layout);
}
