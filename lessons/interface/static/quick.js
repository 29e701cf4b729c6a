// Moving what is already drawn. A full redraw by plotly takes 20 ms and more; while a slider moves only coordinates,
// colours and places of labels change, so those are written into the drawing that plotly made. At rest plotly draws
// the exact answer anew.

const axisOf = (layout, name, letter) => layout[`${letter}axis${(name ?? letter).slice(1)}`];

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
    d += `${open ? "L" : "M"}${px.toFixed(1)},${py.toFixed(1)}`;
    open = true;
  }
  return d;
}

// Writing what stands there already would make the browser paint it again.
function write(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

function sameShape(old, now) {
  return old.type === now.type && (old.mode ?? "lines") === (now.mode ?? "lines") && old.xaxis === now.xaxis && old.yaxis === now.yaxis;
}

// Short plain lists (a drawn prediction) are made anew for each frame; they are the same if they hold the same.
const alike = (one, other) =>
  one === other || (Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((value, i) => value === other[i]));

function unmoved(old, now) {
  return alike(old.x, now.x) && alike(old.y, now.y) && alike(old.text, now.text) && old.fillcolor === now.fillcolor
    && old.line?.color === now.line?.color && old.line?.width === now.line?.width;
}

function moveTrace(plot, full, old, now) {
  if (unmoved(old, now)) return true;
  if (now.type !== "scatter" || !sameShape(old, now) || now.text) return false;
  const group = plot.querySelector(`.trace${full.uid}`);
  if (!group) return false;
  const xa = axisOf(plot._fullLayout, now.xaxis, "x");
  const ya = axisOf(plot._fullLayout, now.yaxis, "y");
  const mode = now.mode ?? "lines";
  if (mode.includes("lines")) {
    const d = pathOf(now.x, now.y, xa, ya);
    const lines = group.querySelectorAll("path.js-line");
    if (!lines.length && now.line?.width !== 0) return false;
    lines.forEach((line, i) => {
      write(line, "d", i ? "M0,0" : d);
      if (now.line?.color !== old.line?.color) line.style.stroke = now.line.color;
      if (now.line?.width !== old.line?.width) line.style.strokeWidth = `${now.line.width}px`;
    });
    if (now.fill && now.fill !== "none") {
      const area = group.querySelector("path.js-fill");
      if (!area || now.fill !== "toself") return false;
      write(area, "d", `${d}Z`);
      if (now.fillcolor !== old.fillcolor) {
        area.style.fill = now.fillcolor;
        area.style.fillOpacity = 1;
      }
    }
  }
  if (mode.includes("markers")) {
    const points = group.querySelectorAll(".points path.point");
    if (points.length !== now.x.length) return false;
    points.forEach((point, i) => write(point, "transform", `translate(${xa.c2p(now.x[i])},${ya.c2p(now.y[i])})`));
  }
  return true;
}

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

function shift(plot, node, old, now, keys, scale) {
  const [kx, ky] = keys;
  const dx = pixel(plot, now.xref, now[kx], "x", scale) - pixel(plot, old.xref, old[kx], "x", scale);
  const dy = pixel(plot, now.yref, now[ky], "y", scale) - pixel(plot, old.yref, old[ky], "y", scale);
  write(node, "transform", `translate(${dx.toFixed(2)},${dy.toFixed(2)})`);
}

function moveLayout(plot, drawn, now) {
  const labels = now.annotations ?? [];
  if (labels.length !== (drawn.annotations ?? []).length || (now.shapes ?? []).length !== (drawn.shapes ?? []).length) return false;
  for (let i = 0; i < labels.length; i++) {
    const node = plot.querySelector(`.annotation[data-index="${i}"]`);
    if (!node) return false;
    const was = drawn.annotations[i];
    if (was.text !== labels[i].text) {
      const words = node.querySelector(".annotation-text");
      if (!words || words.children.length || /[<&]/.test(labels[i].text)) return false;
      if (words.textContent !== labels[i].text) words.textContent = labels[i].text;
    }
    shift(plot, node, was, labels[i], ["x", "y"], "r2p");
  }
  for (let i = 0; i < (now.shapes ?? []).length; i++) {
    const was = drawn.shapes[i], is = now.shapes[i];
    const node = plot.querySelector(`.shapelayer [data-index="${i}"]`);
    if (!node) return false;
    // Only a whole shape that moves, not one that grows.
    const wide = (shape) => pixel(plot, shape.xref, shape.x1, "x", "c2p") - pixel(plot, shape.xref, shape.x0, "x", "c2p");
    const tall = (shape) => pixel(plot, shape.yref, shape.y1, "y", "c2p") - pixel(plot, shape.yref, shape.y0, "y", "c2p");
    if (Math.abs(wide(is) - wide(was)) > 0.5 || Math.abs(tall(is) - tall(was)) > 0.5) return false;
    shift(plot, node, was, is, ["x0", "y0"], "c2p");
  }
  return true;
}

// Draw `data` and `layout` into what plotly drew as `drawn`; false if that takes a full redraw.
function quick(plot, drawn, last, data, layout) {
  if (!drawn || data.length !== drawn.data.length || !plot._fullData) return false;
  for (let i = 0; i < data.length; i++) {
    const hidden = plot._fullData[i]?.visible === false;
    if (hidden || !moveTrace(plot, plot._fullData[i], last.data[i], data[i])) return false;
  }
  return moveLayout(plot, drawn.layout, layout);
}
