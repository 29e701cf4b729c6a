"""What moves within a drawing comes to look as plotly, drawing it anew, makes it look; sliders only move."""

import base64
import importlib
import inspect
import pkgutil

import numpy as np
import pytest

import lessons.benches
from lessons.interface.chart import packaged_plotly, source
from lessons.interface.palette import COLOURS

LOAD = """async ([code, plotly]) => {
  const packed = new Blob([Uint8Array.from(atob(plotly), c => c.charCodeAt(0))]);
  const script = document.createElement('script');
  script.textContent = await new Response(packed.stream().pipeThrough(new DecompressionStream('gzip'))).text();
  document.head.append(script);
  Object.assign(window, new Function(`${code}; return {quick, coloured}`)());
}"""
# Draws `one`, moves it into `other`, draws `other` anew: how everything looks after each of the three.
MOVE = """async ([one, other, palette]) => {
  const arrays = v => {
    if (Array.isArray(v)) return v.map(arrays);
    if (!v || typeof v !== 'object') return v;
    if ('$' in v) return Float32Array.from(v.$, x => x ?? NaN);
    return Object.fromEntries(Object.entries(v).map(([key, inner]) => [key, arrays(inner)]));
  };
  const made = figure => coloured({data: arrays(figure.data), layout: {width: 900, ...figure.layout}}, palette);
  const plot = document.body.appendChild(document.createElement('div'));
  const draw = figure => Plotly.newPlot(plot, figure.data.map(t => ({...t})), structuredClone(figure.layout));
  const box = node => { const b = node.getBoundingClientRect(); return [b.x, b.y, b.width, b.height]; };
  const paint = (node, what) => {
    const style = getComputedStyle(node);
    const [r, g, b, opacity] = style[what].match(/[0-9.]+/g) ?? [];
    return r ? `${r} ${g} ${b} / ${((opacity ?? 1) * style[`${what}Opacity`]).toFixed(2)}` : style[what];
  };
  const looks = () => ({
    labels: [...plot.querySelectorAll('.annotation-text')].map(n => [n.textContent, paint(n, 'fill'), ...box(n)]),
    shapes: [...plot.querySelectorAll('.shapelayer path')].map(n => [paint(n, 'fill'), paint(n, 'stroke'), ...box(n)]),
    // Where a line has gaps plotly makes several paths of it, and a moved one is one path.
    lines: [...plot.querySelectorAll('.trace')].map(trace => ['.js-line', '.js-fill', '.points path'].flatMap(kind => {
      const parts = [...trace.querySelectorAll(kind)].filter(n => n.getAttribute('d') !== 'M0,0');
      if (!parts.length) return [kind];
      const [left, top, right, bottom] = [0, 1, 2, 3].map(i =>
        (i < 2 ? Math.min : Math.max)(...parts.map(box).map(b => i < 2 ? b[i] : b[i - 2] + b[i])));
      return [kind, paint(parts[0], 'fill'), paint(parts[0], 'stroke'), left, top, right, bottom];
    })),
  });
  const [a, b] = [made(one), made(other)];
  await draw(a);
  const before = looks();
  const moved = quick(plot, a, a, b.data, b.layout);
  const after = looks();
  await draw(b);
  const anew = looks();
  Plotly.purge(plot);
  plot.remove();
  return {moved, before, after, anew};
}"""
# Here the number of marks changes, or a map, so that plotly has to draw them.
DRAWN_ANEW = {
    ("weeks_after", "visits"),
    *(("where_and_when", name) for name in ("overlap", "sensitisation", "expectancy", "twitch")),
    ("points", "same_use"),
}


@pytest.fixture(scope="module")
def drawing(browser):
    """drawing(one, other): both drawn and one moved into the other; the browser must not complain."""
    page = browser.new_page()
    errors = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    code = source("quick.js", "chart.js")
    page.evaluate(LOAD, [code, base64.b64encode(packaged_plotly()).decode()])
    yield lambda one, other: page.evaluate(MOVE, [plain(one), plain(other), COLOURS["light"]])
    page.close()
    assert errors == []


def plain(value):
    if isinstance(value, np.ndarray) and value.ndim == 1:
        return {"$": [None if number != number else float(number) for number in value]}
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(inner) for inner in value]
    return value.item() if isinstance(value, np.generic) else value


def must_look_alike(told):
    for kind in ("labels", "shapes", "lines"):
        assert len(told["after"][kind]) == len(told["anew"][kind]), kind
        for after, anew in zip(told["after"][kind], told["anew"][kind], strict=True):
            # A pixel: plotly rounds some places to whole ones.
            assert after == [value if isinstance(value, str) else pytest.approx(value, abs=1.01) for value in anew]


def figure(scale, labels, value, words):
    """Labels beside the vertical axis, a line and a window across the horizontal one; both axes alike."""
    axis = {"type": scale, "range": [-1, 2] if scale == "log" else [0, 100]}
    line = {"type": "line", "xref": "x", "yref": "y domain", "x0": value, "x1": value, "y0": 0, "y1": 1}
    window = {**line, "type": "rect", "x0": 0.2, "fillcolor": "@release/0.2", "yref": "paper", "y1": 0.5}
    beside = [
        {"xref": "paper", "yref": "y", "x": 1, "y": y, "text": words, "showarrow": False, "align": "right"}
        for y in labels
    ]
    layout = {"height": 400, "xaxis": axis, "yaxis": axis, "shapes": [line, window], "annotations": beside}
    return {"data": [], "layout": layout}


@pytest.mark.parametrize(
    ("scale", "labels", "others"),
    [("linear", [10, 50, 80], [60, 20, 30]), ("log", [0, 0.3, 1.5], [-0.2, 0, 0.8])],
)
def test_labels_lines_and_windows_move_to_where_plotly_draws_them_on_axes_of_either_kind(
    scale, labels, others, drawing
):
    one = figure(scale, labels, 2.0, "<b>11</b> of 12<br>here")
    told = drawing(one, figure(scale, others, 0.5, "<b>7</b> of 12<br>there"))
    assert told["moved"]
    assert told["before"] != told["anew"]
    must_look_alike(told)


@pytest.mark.parametrize("words", ["one<br>two lines", "", "a & b", "a <a href='x'>link</a>"])
def test_words_that_are_built_otherwise_are_left_to_plotly(words, drawing):
    one = figure("linear", [10], 2.0, "one line")
    assert not drawing(one, figure("linear", [10], 2.0, words))["moved"]


def test_another_axis_another_mark_or_one_more_label_is_left_to_plotly(drawing):
    one = figure("linear", [10], 2.0, "here")
    marked = {"type": "scatter", "mode": "markers", "x": [1], "y": [1], "marker": {"size": 9}}
    one["data"] = [marked]
    longer = {**one, "layout": {**one["layout"], "xaxis": {"range": [0, 50]}}}
    larger = {**one, "data": [{**marked, "marker": {"size": 12}}]}
    more = {**figure("linear", [10, 20], 2.0, "here"), "data": [marked]}
    for other in (longer, larger, more):
        assert not drawing(one, other)["moved"]
    assert drawing(one, {**one, "data": [{**marked, "x": [3]}]})["moved"]


def explorers():
    """Every figure with sliders of the course: the functions of benches/ that say that they return one."""
    for module in pkgutil.iter_modules(lessons.benches.__path__):
        bench = importlib.import_module(f"lessons.benches.{module.name}")
        for name, function in inspect.getmembers(bench, inspect.isfunction):
            if function.__annotations__.get("return") == "Explorer" and function.__module__ == bench.__name__:
                yield pytest.param(function, id=f"{module.name}-{name}")


@pytest.mark.parametrize("made", list(explorers()))
def test_a_slider_moves_the_drawing_and_never_has_it_drawn_anew(made, drawing):
    explorer = made()

    def drawn(values):
        trajectory, view = explorer._run(values)
        return explorer._figure(trajectory, view) if view is not None else explorer._figure(trajectory)

    now = drawn(explorer.values)
    moved, sliders = set(), set()
    for control in explorer.controls:
        name, positions = control["name"], control["positions"]
        if control["folded"] or control.get("switch") or control.get("choices"):
            continue
        sliders.add(name)
        place = min(range(len(positions)), key=lambda i: abs(positions[i] - explorer.values[name]))
        step = positions[place - 1 if place else 1]
        told = drawing(now, drawn({**explorer.values, name: step}))
        if (made.__name__, name) in DRAWN_ANEW:
            assert not told["moved"]
            continue
        assert told["moved"], f"{name} from {explorer.values[name]} to {step} draws the whole picture anew"
        must_look_alike(told)
        moved.add(name)
    explorer.close()
    assert moved == {name for name in sliders if (made.__name__, name) not in DRAWN_ANEW}
