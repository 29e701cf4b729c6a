"""What moves within a drawing comes to stand where plotly, drawing it anew, puts it."""

import base64

import pytest

from lessons.interface.chart import packaged_plotly, source

# Draws `one`, moves it into `other`, draws `other` anew: where labels and lines stand after each of the three.
MOVE = """async ([code, plotly, one, other]) => {
  const packed = new Blob([Uint8Array.from(atob(plotly), c => c.charCodeAt(0))]);
  const script = document.createElement('script');
  script.textContent = await new Response(packed.stream().pipeThrough(new DecompressionStream('gzip'))).text();
  document.head.append(script);
  const quick = new Function(`${code}; return quick`)();
  const plot = document.body.appendChild(document.createElement('div'));
  const places = () => [...plot.querySelectorAll('.annotation, .shapelayer [data-index]')]
    .map(node => node.getBoundingClientRect()).map(box => [box.x, box.y]);
  await Plotly.newPlot(plot, one.data, one.layout);
  const before = places();
  const all = quick(plot, one, one, other.data, other.layout);
  const moved = places();
  await Plotly.newPlot(plot, other.data, other.layout);
  return { all, before, moved, anew: places() };
}"""


def figure(scale, labels, value):
    """Labels beside the vertical axis, and a line across the horizontal one at a value; both axes alike."""
    axis = {"type": scale, "range": [-1, 2] if scale == "log" else [0, 100]}
    line = {"type": "line", "xref": "x", "yref": "y domain", "x0": value, "x1": value, "y0": 0, "y1": 1}
    beside = [{"xref": "paper", "yref": "y", "x": 1, "y": y, "text": "here", "showarrow": False} for y in labels]
    layout = {"width": 600, "height": 400, "xaxis": axis, "yaxis": axis, "shapes": [line], "annotations": beside}
    return {"data": [], "layout": layout}


@pytest.mark.parametrize(
    ("scale", "labels", "others"),
    [("linear", [10, 50, 80], [60, 20, 30]), ("log", [0, 0.3, 1.5], [-0.2, 0, 0.8])],
)
def test_labels_and_lines_move_to_where_plotly_draws_them_on_axes_of_either_kind(scale, labels, others, browser):
    page = browser.new_page()
    errors = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    plotly = base64.b64encode(packaged_plotly()).decode()
    one, other = figure(scale, labels, 2.0), figure(scale, others, 0.5)
    told = page.evaluate(MOVE, [source("quick.js"), plotly, one, other])
    page.close()
    assert told["all"] and errors == []
    for before, moved, anew in zip(told["before"], told["moved"], told["anew"], strict=True):
        assert before != moved == pytest.approx(anew, abs=1)
