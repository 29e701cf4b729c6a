"""The walkthrough in a real browser: `python -m lessons.walkthrough`, opened as a teacher or a visitor would."""

import contextlib
import socket
import subprocess
import time
from importlib.resources import files

import pytest
from course_page import PROXY, Course, CoursePage, free_port

TARGETS = "button, select, summary, input[type=range], input[type=text], input[type=number], .ror-segments label, nav a"
TOO_SMALL = """targets => [...document.querySelectorAll(targets)]
    .filter(e => e.checkVisibility({ visibilityProperty: true }))
    .map(e => [e, e.getBoundingClientRect()]).filter(([e, box]) => box.height > 0 && box.height < 43.9)
    .map(([e, box]) => `${e.tagName} ${e.className} "${e.textContent}" ${box.height}`)"""
TOO_WIDE = """() => [...document.querySelectorAll('main *, nav *')]
    .filter(e => !e.closest('svg, .ror-plot, .ror-table, .ror-grid'))
    .filter(e => e.checkVisibility({ visibilityProperty: true }))
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => `${e.tagName} ${e.className}`)"""


class Walk(Course):
    """A running `python -m lessons.walkthrough`."""

    module, ready = "lessons.walkthrough", "The walkthrough is ready."

    def options(self):
        return []

    def address_of(self, lesson):
        place = f"voila/render/{lesson}.ipynb" if lesson else ""
        return f"{self.address}/{place}" + (f"?token={self.token}" if self.token else "")


class OpenWalk(Walk):
    """The walkthrough for visitors, who share nothing; at most two pages are open.

    It lies under a path of its own, behind a proxy where one is installed, as on every Linux that serves a school.
    """

    def options(self):
        return ["--open-web", "--at-most", "2", "--base-url", "/course/"]

    def _start(self):
        super()._start()
        self.proxy = None
        if PROXY.exists():
            port, own = free_port(), free_port()
            kept = ["--ip", "127.0.0.1", "--api-ip", "127.0.0.1", "--api-port", str(own), "--log-level", "error"]
            self.proxy = subprocess.Popen([PROXY, "--port", str(port), "--default-target", self.address, *kept])
            _must_listen(port)
            self.address = f"http://127.0.0.1:{port}"
        self.address += "/course"

    def stop(self):
        if self.proxy:
            self.proxy.terminate()
            self.proxy.wait()
        super().stop()


def _must_listen(port):
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    pytest.fail("The proxy does not start.")


class WalkPage(CoursePage):
    """One window on the walkthrough. `extension=False`: the course's own script does not arrive."""

    def open(self, lesson=None):
        self.lesson = lesson or self.lesson
        if not self.extension:
            self.page.route("**/walkthrough.js", lambda route: route.abort())
        self.page.goto(self.course.address_of(self.lesson), wait_until="commit")
        self.panel = self.page.locator("main")
        self.panel.locator("h1").first.wait_for(timeout=60_000)
        return self

    def state(self, *expected):
        found = self.page.locator(", ".join(f"body[data-course={one}]" for one in expected))
        found.wait_for(timeout=90_000)
        return found.get_attribute("data-course")

    def wait_until_started(self):
        assert self.state("started", "failed") == "started", self.page.locator("body").inner_text()[-2000:]
        return self

    def position(self):
        return self.page.locator(".walk-says").inner_text()

    def part(self, name):
        return self.panel.get_by_role("heading", level=2, name=name)

    def violations(self):
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        return [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]]

    def too_small(self):
        """Controls lower than a finger is wide."""
        return self.page.evaluate(TOO_SMALL, TARGETS)

    def too_wide(self):
        """What reaches beyond the right edge of the window; tables scroll in their own place."""
        return self.page.evaluate(TOO_WIDE)


def lessons_of(page):
    """The names of the lessons that the list on the first page leads to."""
    links = page.locator("ol a").evaluate_all("links => links.map(link => link.pathname)")
    return [link.rsplit("/", 1)[1].removesuffix(".ipynb") for link in links]
