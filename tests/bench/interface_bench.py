"""How fast a picture follows a slider, in real JupyterLab and Chromium, beside `interact` with matplotlib.

    python tests/bench/interface_bench.py [03_release strength load_after]

The names are those of a page, of the slider that is moved, and of another slider of the same figure.

Prints medians and 95th percentiles in milliseconds, frames a second of a drag at 60 moves a second, the time from the
start of a warm page to its last picture, and the bytes that the page received. Nothing is asserted: machines differ.
"""

from __future__ import annotations

import re
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


SWEEP = """async (slider, seconds) => {
  // What the browser does while a pointer drags the knob: a new value, then an input event, sixty times a second.
  window.frames_ = [];
  const began = performance.now();
  let value = +slider.value, way = -1, moves = 0;
  slider.dispatchEvent(new PointerEvent('pointerenter'));
  slider.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}));
  while (performance.now() - began < 1000 * seconds) {
    const due = Math.floor((performance.now() - began) * 60 / 1000);
    if (due > moves) {
      value += way * (due - moves);
      moves = due;
      if (value <= 0 || value >= +slider.max) { value = Math.min(Math.max(value, 0), +slider.max); way = -way; }
      slider.value = value;
      slider.dispatchEvent(new Event('input', {bubbles: true}));
    }
    await new Promise(next => setTimeout(next, 2));
  }
  slider.dispatchEvent(new Event('change', {bubbles: true}));
  const released = performance.now();
  await new Promise(next => setTimeout(next, 1000));
  return {began, released, frames: window.frames_, value: slider.value};
}"""


def drag(page, slider, other=None) -> str:
    """A drag at 60 moves a second: frames and different frames in each second; ms from release to the exact answer.

    `other`: a slider that is changed just before, so that not one frame is known when the drag begins.
    """
    if other is not None:
        other.press("ArrowRight")
        page.wait_for_timeout(800)
    found = slider.evaluate(SWEEP, SECONDS)
    frames = found["frames"]
    painted, different = [], []
    for second in range(SECONDS):
        start = found["began"] + 1000 * second
        shown = [f.get("position", f.get("ticket", f["at"])) for f in frames if start <= f["at"] < start + 1000]
        painted.append(len(shown))
        different.append(sum(one != other for one, other in zip(shown, shown[1:], strict=False)) + bool(shown))
    exact = [f["painted"] - found["released"] for f in frames if f.get("exact") and f["painted"] > found["released"]]
    after = f"{exact[-1]:.0f} ms" if exact else "within the drag"
    return f"frames in each second {painted}, different {different}, exact after {after}"


def measure(page: CoursePage, name: str, other: str) -> float:
    received = []
    page.page.on("websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data))))
    page.open()
    page.wait_until_started()
    unsure = page.panel.get_by_role("button", name="Not sure, show me")
    if unsure.count():
        unsure.first.click()
    page.panel.locator(".ror-plot .main-svg").first.wait_for(timeout=60_000)
    page.page.wait_for_timeout(1000)
    print(f"{'websocket in, page opened and run':38} {sum(received) / 1e6:6.2f} MB")
    # Once more on a warm kernel: from "run all" until the picture of the hero figure is drawn anew.
    page.page.evaluate("document.querySelectorAll('.ror-plot .main-svg').forEach(e => e.classList.add('old'))")
    page.panel.locator(".jp-Notebook").first.click(position={"x": 4, "y": 4})
    begun = time.perf_counter()
    page.page.get_by_role("menuitem", name="Run", exact=True).click()
    page.page.get_by_role("menuitem", name=re.compile("^Run All Cells")).click()
    page.page.wait_for_function("document.querySelector('.ror-plot .main-svg:not(.old)')", timeout=60_000)
    print(f"{'run all to picture, warm kernel':38} {time.perf_counter() - begun:6.2f} s")
    slider = page.panel.locator(f"input[type=range][data-name={name}]").first
    another = page.panel.locator(f"input[type=range][data-name={other}]").first
    slider.wait_for()
    slider.scroll_into_view_if_needed()
    page.page.wait_for_timeout(1500)
    page.page.evaluate(WATCH)
    page.page.mouse.move(5, 5)
    first, exact = keys(page.page, slider, True)
    print(told("key to first painted frame, ms", first))
    print(told("key to exact answer, ms", exact))
    page.page.evaluate("document.activeElement.blur()")
    print(f"{'drag at 60/s, frames known':26} {drag(page.page, slider)}")
    print(f"{'drag at 60/s, none known':26} {drag(page.page, slider, another)}")
    return statistics.median(first)


def rival(page: CoursePage) -> float:
    page.page.locator(".jp-OutputArea-output img").first.wait_for(timeout=60_000)
    page.page.evaluate(WATCH)
    slider = page.page.get_by_role("slider").first
    first, _ = keys(page.page, slider, False)
    print(told("interact + matplotlib, key to picture", first))
    return statistics.median(first)


def main(lesson: str = "03_release", name: str = "strength", other: str = "load_after") -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        course = Course(Path(folder))
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        try:
            page = CoursePage(course, browser, lesson, 1280, 1000, "light", True)
            ours = measure(page, name, other)
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
