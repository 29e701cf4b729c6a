"""How fast a picture follows a slider, in real JupyterLab and Chromium, beside `interact` with matplotlib.

    python tests/bench/interface_bench.py [03_release strength]

Prints medians and 95th percentiles in milliseconds, frames a second of a drag at 60 moves a second, the time from the
start of a warm page to its last picture, and the bytes that the page received. Nothing is asserted: machines differ.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "browser"))
from course_page import FLAGS, Course, CoursePage, browser_path  # noqa: E402

KEYS = 40
SECONDS = 3
RIVAL = """
import matplotlib.pyplot as plt
from ipywidgets import FloatSlider, interact
from lessons.models.trigger_point import OBSERVABLES, TriggerPoint, simulate

@interact(strength=FloatSlider(0.9, min=0, max=1, step=0.01))
def draw(strength):
    run = simulate(TriggerPoint(strength=strength))
    figure, axes = plt.subplots(2, 1, figsize=(8, 6))
    for name in ("pain", "referred_pain", "soreness"):
        axes[0].semilogx(run.time, OBSERVABLES[name].read(run))
    for name in ("stiffness", "range_of_motion", "tenderness", "oxygen_for_demand"):
        axes[1].semilogx(run.time, OBSERVABLES[name].read(run))
    plt.show()
"""
WATCH = """() => {
  window.frames_ = []; window.pressed = 0;
  const note = what => { const at = performance.now(); requestAnimationFrame(() => setTimeout(() =>
      window.frames_.push({at, painted: performance.now(), ...what}))); };
  document.addEventListener('ror-painted', e => e.detail.tag?.settle || note({...e.detail.tag}), true);
  document.addEventListener('keydown', () => window.pressed = performance.now(), true);
  const isImage = n => n.tagName === 'IMG' || n.querySelector?.('img');
  new MutationObserver(list => list.some(m => [...m.addedNodes].some(isImage))
      && note({image: true})).observe(document.body, {childList: true, subtree: true});
}"""


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def told(name: str, values: list[float]) -> str:
    if not values:
        return f"{name:38} none"
    return f"{name:38} median {statistics.median(values):6.0f}   95 % {quantile(values, 0.95):6.0f}   n {len(values)}"


def keys(page, slider, exact: bool) -> tuple[list[float], list[float]]:
    """Milliseconds from key press to the first painted frame, and to the kernel's own answer."""
    slider.focus()
    page.wait_for_timeout(2500)
    first, last = [], []
    for i in range(KEYS):
        page.evaluate("window.frames_ = []")
        page.keyboard.press("ArrowLeft" if i % 8 < 4 else "ArrowRight")
        page.wait_for_timeout(700)
        pressed, frames = page.evaluate("[window.pressed, window.frames_]")
        if frames:
            first.append(frames[0]["painted"] - pressed)
            answers = [f for f in frames if f.get("exact")] if exact else frames[-1:]
            last += [f["painted"] - pressed for f in answers[:1]]
    return first, last


def drag(page, slider) -> tuple[list[int], list[int], float, bool]:
    """Frames and different frames in each second of a drag; ms from release to the exact answer; whether it came."""
    box, count = slider.bounding_box(), int(slider.get_attribute("max"))
    left, width = box["x"] + 8, box["width"] - 16
    position, way = int(slider.input_value()), -1
    page.mouse.move(left + width * position / count, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.evaluate("window.frames_ = []")
    start, began = time.perf_counter(), page.evaluate("performance.now()")
    moves = 0
    while time.perf_counter() - start < SECONDS:
        due = int((time.perf_counter() - start) * 60) + 1
        position += way * max(1, due - moves)
        moves = max(due, moves + 1)
        if not 0 < position < count:
            position, way = min(max(position, 0), count), -way
        page.mouse.move(left + width * position / count, box["y"] + box["height"] / 2)
        time.sleep(max(0.0, start + moves / 60 - time.perf_counter()))
    page.mouse.up()
    released = page.evaluate("performance.now()")
    page.wait_for_timeout(1000)
    frames = page.evaluate("window.frames_")
    seconds = [[f for f in frames if began + 1000 * s <= f["at"] < began + 1000 * (s + 1)] for s in range(SECONDS)]
    different = []
    for second in seconds:
        shown = [f.get("position", f.get("ticket", f["at"])) for f in second]
        different.append(sum(one != other for one, other in zip(shown, shown[1:], strict=False)) + bool(shown))
    after = [f["painted"] - released for f in frames if f.get("exact") and f["painted"] > released - 50]
    return [len(s) for s in seconds], different, (after or [float("nan")])[-1], bool(after)


def measure(page: CoursePage, name: str) -> None:
    received = []
    page.page.on("websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data))))
    page.open()
    page.wait_until_started()
    # Once more on a warm kernel: from "run all" until every picture in sight is drawn.
    begun = time.perf_counter()
    page.page.evaluate("window.jupyterapp?.commands.execute('notebook:run-all-cells')")
    page.page.wait_for_timeout(50)
    page.page.wait_for_function(
        "() => [...document.querySelectorAll('.ror-body:not([hidden]) .ror-plot')].filter(p => p.offsetParent)"
        ".every(p => p.querySelector('.main-svg')) && document.querySelector('.ror-plot .main-svg')"
    )
    print(f"{'run all to last picture, warm kernel':38} {time.perf_counter() - begun:6.2f} s")
    unsure = page.panel.get_by_role("button", name="Not sure, show me")
    if unsure.count():
        unsure.first.click()
    slider = page.panel.locator(f"input[type=range][data-name={name}]").first
    slider.wait_for()
    slider.scroll_into_view_if_needed()
    page.page.wait_for_timeout(1500)
    print(f"{'websocket in, page opened and run twice':38} {sum(received) / 1e6:6.2f} MB")
    page.page.evaluate(WATCH)
    page.page.mouse.move(5, 5)
    first, exact = keys(page.page, slider, True)
    print(told("key to first painted frame, ms", first))
    print(told("key to exact answer, ms", exact))
    page.page.evaluate("document.activeElement.blur()")
    for _ in range(2):
        painted, different, after, _ends = drag(page.page, slider)
        print(
            f"{'drag at 60/s, frames in each second':38} {painted}, different {different}, exact after {after:.0f} ms"
        )
    return statistics.median(first)


def rival(page: CoursePage) -> float:
    page.page.locator(".jp-OutputArea-output img").first.wait_for(timeout=60_000)
    page.page.evaluate(WATCH)
    slider = page.page.get_by_role("slider").first
    first, _ = keys(page.page, slider, False)
    print(told("interact + matplotlib, key to picture", first))
    return statistics.median(first)


def main(lesson: str = "03_release", name: str = "strength") -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        course = Course(Path(folder))
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        try:
            page = CoursePage(course, browser, lesson, 1280, 1000, "light", True)
            ours = measure(page, name)
            page.context.close()
            notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(RIVAL)])
            notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
            nbformat.write(notebook, course.notebooks / "99_rival.ipynb")
            context = browser.new_context(viewport={"width": 1280, "height": 1000})
            window = context.new_page()
            window.goto(course.address_of("99_rival"))
            window.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=60_000)
            window.wait_for_timeout(4000)
            window.locator(".jp-CodeCell .cm-content").first.click()
            window.keyboard.press("Shift+Enter")
            theirs = rival(type("Page", (), {"page": window})())
            print(f"{'rival / ours, medians':38} {theirs / ours:6.1f} times")
        finally:
            browser.close()
            course.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
