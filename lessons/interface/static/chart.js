// Drawing: plotly.js once a page, figures from a skeleton and float32, colours by name, pictures and tables to keep.

const shared = (globalThis.__retainOrRelease ??= {});

function plotly(model) {
  shared.plotly ??= new Promise((resolve, reject) => {
    const ask = () => model.send({ kind: "plotly" });
    const timer = setInterval(ask, 8000);
    const heard = async (message, buffers) => {
      if (message.kind !== "plotly") return;
      clearInterval(timer);
      model.off("msg:custom", heard);
      try {
        const packed = new Blob([buffers[0]]).stream().pipeThrough(new DecompressionStream("gzip"));
        const text = await new Response(packed).text();
        const script = document.createElement("script");
        script.textContent = text;
        document.head.appendChild(script);
        resolve(globalThis.Plotly);
      } catch (error) {
        shared.plotly = undefined;
        reject(error);
      }
    };
    model.on("msg:custom", heard);
    ask();
  });
  return shared.plotly;
}

// What a widget exports. Its window says that it shows the widget, and says so again when it is asked: what a cell
// showed before is closed only once no other window shows it (reruns.py).
const presented = (widget) => ({
  render({ model, el }) {
    const here = () => model.send({ kind: "here" });
    const heard = (message) => message.kind === "here?" && here();
    model.on("msg:custom", heard);
    here();
    const leave = widget.render({ model, el });
    return () => {
      model.off("msg:custom", heard);
      leave?.();
    };
  },
});

// ---- figures -------------------------------------------------------------------------------------------------

const size = (length) => (Array.isArray(length) ? length[0] * length[1] : length);

function floats(buffer) {
  if (buffer instanceof ArrayBuffer) return new Float32Array(buffer);
  const start = buffer.byteOffset;
  return start % 4 === 0
    ? new Float32Array(buffer.buffer, start, buffer.byteLength / 4)
    : new Float32Array(buffer.buffer.slice(start, start + buffer.byteLength));
}

// A list as it is, a table as its rows.
const shaped = (flat, length) =>
  Array.isArray(length) ? Array.from({ length: length[0] }, (_, i) => flat.subarray(i * length[1], (i + 1) * length[1])) : flat;

// The arrays of one frame, by slot: shared ones from `fixed`, all others cut from `row` in order.
function cut(row, lengths, fixed = new Map()) {
  const arrays = [];
  let at = 0;
  lengths.forEach((length, slot) => {
    if (fixed.has(slot)) {
      arrays.push(fixed.get(slot));
      return;
    }
    arrays.push(shaped(row.subarray(at, at + size(length)), length));
    at += size(length);
  });
  return arrays;
}

function fill(value, arrays) {
  if (Array.isArray(value)) return value.map((inner) => fill(inner, arrays));
  if (value && typeof value === "object") {
    if ("$" in value) return arrays[value.$];
    const out = {};
    for (const key in value) out[key] = fill(value[key], arrays);
    return out;
  }
  return value;
}

// A figure with other plain values in some places. It must be its own: what fill() made shares nothing but arrays.
function patched(figure, patch) {
  for (const [path, value] of patch) {
    let place = figure;
    for (let i = 0; i < path.length - 1; i++) place = place[path[i]];
    place[path[path.length - 1]] = value;
  }
  return figure;
}

// ---- theme ---------------------------------------------------------------------------------------------------

const themeName = () => (document.body.dataset.jpThemeLight === "false" ? "dark" : "light");
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function tint(name, palette) {
  const [key, opacity] = name.slice(1).split("/");
  const hex = palette[key] ?? palette.ink;
  if (opacity === undefined) return hex;
  const channel = (i) => parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);
  return `rgba(${channel(0)},${channel(1)},${channel(2)},${opacity})`;
}

function coloured(value, palette) {
  if (typeof value === "string") return value.startsWith("@") ? tint(value, palette) : value;
  if (Array.isArray(value)) return value.map((inner) => coloured(inner, palette));
  if (value && typeof value === "object" && !ArrayBuffer.isView(value)) {
    const out = {};
    for (const key in value) out[key] = coloured(value[key], palette);
    return out;
  }
  return value;
}

// ---- small pieces of page ------------------------------------------------------------------------------------

// JupyterLab takes arrow keys and letters for its own commands unless the focused element itself forbids it.
const TAKES_KEYS = ["input", "textarea", "button", "summary", "select", "a"];

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  if (TAKES_KEYS.includes(tag)) node.setAttribute("data-lm-suppress-shortcuts", "true");
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function svg(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// Each widget loads this code anew, so what is counted stands in what all of them share: no two ids on a page are alike.
const fresh = (stem) => `ror-${stem}-${(shared.count = (shared.count ?? 0) + 1)}`;

const shown = (number, digits) =>
  number === null || Number.isNaN(number) ? "–" : Number(number).toFixed(digits ?? 1).replace(/^-(?=0(\.0*)?$)/, "").replace("-", "−");

// ---- the picture ---------------------------------------------------------------------------------------------

class Picture {
  constructor(model, root) {
    this.model = model;
    this.ghosts = [];
    this.extra = [];
    this.title = make("p", { class: "ror-title", id: fresh("title") });
    this.plot = make("div", { class: "ror-plot" });
    this.waiting = make("p", { class: "ror-waiting" }, "Drawing the first picture …");
    this.plot.append(this.waiting);
    this.figure = make("figure", { class: "ror-figure", "aria-labelledby": this.title.id }, this.title, this.plot);
    root.append(this.figure);
    this.sizes = new ResizeObserver((entries) => this.resized(entries[entries.length - 1].contentRect.width));
    this.sizes.observe(this.plot);
    this.themes = new MutationObserver(() => this.theme !== themeName() && this.draw());
    this.themes.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  }

  close() {
    clearTimeout(this.settling);
    this.sizes.disconnect();
    this.themes.disconnect();
    if (this.drawn) globalThis.Plotly?.purge(this.plot);
  }

  // The width is told by the observer: asking for it while text changes would lay out the whole page at every frame.
  resized(width) {
    this.room = Math.floor(width);
    if (this.current && this.room && this.room !== this.width) this.draw();
  }

  async draw(figure = this.current) {
    this.current = figure;
    if (!figure) return;
    const Plotly = globalThis.Plotly ?? (await plotly(this.model));
    if (this.current !== figure || !this.plot.isConnected) return;
    if (!this.drawn) {
      this.waiting.remove();
      // Not before it has a title: until then it is a line of text to read.
      this.plot.setAttribute("role", "img");
      this.plot.setAttribute("aria-labelledby", this.title.id);
      this.drawn = true;
    }
    this.paint(Plotly, figure);
  }

  paint(Plotly, figure) {
    const width = this.room ?? this.plot.clientWidth;
    if (!width) return;
    this.width = width;
    this.theme = themeName();
    const palette = this.model.get("colours")[this.theme];
    if (this.title.textContent !== figure.title) this.title.textContent = figure.title;
    const narrow = width < 560 && figure.narrow ? figure.narrow : {};
    const layout = coloured({ ...figure.layout, ...narrow, width }, palette);
    const data = coloured([...this.ghosts.flat(), ...figure.data, ...this.extra], palette);
    const key = `${width} ${this.theme} ${this.ghosts.length}`;
    clearTimeout(this.settling);
    const moved = figure.tag && !figure.tag.settle && !figure.tag.whole && this.key === key && quick(this.plot, this.whole, this.last, data, layout);
    if (moved) {
      this.last = { data, layout };
      // What lies under the pointer is plotly's own record: bring it up to date once nothing moves.
      this.settling = setTimeout(() => this.current === figure && this.paint(Plotly, { ...figure, tag: { ...figure.tag, settle: true } }), 400);
    } else {
      this.plot.style.height = `${layout.height}px`;
      // Plotly draws anew what differs from its own last drawing, so what was moved since goes back there first.
      if (this.last !== this.whole) quick(this.plot, this.whole, this.last, this.whole.data, this.whole.layout);
      // Plotly writes into what it is given; it gets copies, for the next figure is compared with ours.
      Plotly.react(this.plot, data.map((trace) => ({ ...trace })), structuredClone(layout), { displayModeBar: false, responsive: false, staticPlot: false, doubleClick: false });
      this.whole = this.last = { data, layout };
      this.key = key;
    }
    this.frames = (this.frames ?? 0) + 1;
    this.plot.dispatchEvent(new CustomEvent("ror-painted", { bubbles: true, detail: { frames: this.frames, tag: figure.tag, moved: Boolean(moved) } }));
  }

  pin() {
    if (!this.current) return 0;
    const number = this.ghosts.length + 1;
    const ghost = this.current.data
      .filter((trace) => trace.meta === "pin")
      .map((trace) => ({
        ...trace,
        x: trace.x.slice(),
        y: trace.y.slice(),
        opacity: 0.75,
        mode: "lines+text",
        text: Array.from(trace.x, (_, i) => (i === Math.floor(trace.x.length * (0.2 + 0.12 * number)) ? `${number}` : "")),
        textfont: { size: 12, color: "@muted" },
        textposition: "top center",
        line: { color: "@line", width: 1.75, dash: ["solid", "dot", "dash", "dashdot"][number - 1] },
        fill: "none",
        hoverinfo: "skip",
      }));
    this.ghosts.push(ghost);
    this.draw();
    return number;
  }

  unpin() {
    this.ghosts = [];
    this.draw();
  }

  async save(format, name) {
    const Plotly = globalThis.Plotly;
    const palette = this.model.get("colours")[this.theme];
    const layout = { ...this.plot.layout, paper_bgcolor: palette.paper, title: { text: this.current.title, font: { size: 17 }, x: 0.02, xanchor: "left" } };
    layout.margin = { ...layout.margin, t: (layout.margin?.t ?? 20) + 36 };
    layout.height += 36;
    const url = await Plotly.toImage({ data: this.plot.data, layout, config: {} }, { format, width: layout.width, height: layout.height, scale: format === "png" ? 2 : 1 });
    make("a", { href: url, download: `${name}.${format}` }).click();
  }
}

// ---- the table under a picture -------------------------------------------------------------------------------

function tableRows(table) {
  const count = table.rows.length;
  const cell = (value, digits) => (typeof value === "string" ? value : shown(value, digits));
  return Array.from({ length: count }, (_, i) => [table.rows[i], ...table.values.map((column, k) => cell(column[i], table.digits?.[k]))]);
}

function tableNode(table) {
  // Columns of words are read from the left, columns of numbers compared from the right.
  const words = table.values.map((column) => Array.from(column).some((cell) => typeof cell === "string"));
  const head = make("tr", {}, ...[table.first, ...table.columns].map((name, k) => make("th", { scope: "col", class: k > 0 && words[k - 1] && "ror-in-words" }, name)));
  const body = tableRows(table).map((row) =>
    make("tr", {}, make("th", { scope: "row" }, row[0]), ...row.slice(1).map((cell, k) => make("td", { class: words[k] && "ror-in-words" }, cell))),
  );
  return make("table", { class: words.some(Boolean) && "ror-worded" }, make("thead", {}, head), make("tbody", {}, ...body));
}

function tableText(table) {
  const quote = (cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const rows = [[table.first, ...table.columns], ...tableRows(table).map((row) => row.map((cell) => cell.replace("−", "-").replace("–", "")))];
  return rows.map((row) => row.map(quote).join(",")).join("\n");
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = make("textarea", { class: "ror-hidden" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

// What can be kept of a figure: both pictures, the table, the table's text.
function keeping(picture, name, say) {
  // A table that is wider than its place scrolls: by keyboard, too.
  const box = make("div", { class: "ror-table", tabindex: "0", role: "region", "aria-label": "Numbers of the figure", "data-lm-suppress-shortcuts": "true" });
  const buttons = make(
    "div",
    { class: "ror-buttons" },
    make("button", { type: "button", onclick: () => picture.save("png", name) }, "Save picture (PNG)"),
    make("button", { type: "button", onclick: () => picture.save("svg", name) }, "Save picture (SVG)"),
    make("button", { type: "button", onclick: async () => (await copy(tableText(picture.current.table)), say("Table copied as CSV.")) }, "Copy table (CSV)"),
  );
  return {
    buttons,
    box,
    update: () => picture.current?.table && box.replaceChildren(tableNode(picture.current.table)),
  };
}
