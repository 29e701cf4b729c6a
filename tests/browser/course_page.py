"""The real course in a real browser: `python -m lessons` on a copy of the notebooks, opened in Chromium.

A test asks for `open_page` and gets a `CoursePage`:

    def test_something(open_page):
        page = open_page("03_release", width=800, theme="dark").wait_until_started()
        page.slider("Passes").press("ArrowRight")
        page.picture("03 after a step")

Every page that a test opens is watched to its end: a request to another host, or an error in the browser's console,
fails the test. Set PLAYWRIGHT_CHROMIUM to the path of a browser to choose one.
"""

import collections
import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROXY = ROOT / "serving" / "node_modules" / ".bin" / "configurable-http-proxy"
PICTURES = Path(__file__).resolve().parent / "pictures"
LESSONS = sorted(path.stem for path in (ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
BROWSERS = (
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
FLAGS = "--no-sandbox --disable-gpu --disable-background-networking --no-first-run --disable-component-update".split()
PICTURE = ".ror-plot .main-svg"
EXTENSION = "**/retain-or-release/static/remoteEntry.js*"
# A computer so slow that whatever may take only seconds takes longer.
SLOW = """(() => {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = milliseconds => timeout(milliseconds < 60_000 ? 0 : milliseconds);
})();"""
IDLE = collections.defaultdict(list)  # browser -> windows that show nothing and remember nothing
OURS = [".jp-MarkdownOutput", ".jp-OutputArea-output", ".course-bar", "#course-word"]


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Course:
    """A running `python -m lessons`. `notebooks`: its own copy of the pages; `record`: its own record folder."""

    module, ready = "lessons", "The course is ready."

    def __init__(self, folder):
        self.notebooks = folder / "notebooks"
        self.record = folder / "Retain or Release"
        self.home = folder / "home"
        self.home.mkdir(parents=True)
        shutil.copytree(ROOT / "notebooks", self.notebooks, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
        self._start()

    def _start(self):
        port = free_port()
        home = {name: str(self.home) for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "IPYTHON"))}
        self.process = subprocess.Popen(
            [sys.executable, "-m", self.module, "--no-browser", "--port", str(port), *self.options()],
            cwd=self.home,
            env={**kept, **home, "RETAIN_OR_RELEASE_HOME": str(self.record), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        said = []
        for line in self.process.stdout:
            said.append(line)
            found = re.search(r"^ +(http://127\.0\.0\.1:\d+)/(?:course/|doc/tree/[^?\s]+)?(?:\?token=(\w+))?$", line)
            if found and any(self.ready in earlier for earlier in said):
                self.address, self.token = found.groups()
                break
        else:
            pytest.fail("The course did not start:\n" + "".join(said))
        self.said = said
        threading.Thread(target=lambda: said.extend(self.process.stdout), daemon=True).start()  # keeps the pipe empty

    def options(self):
        return ["--notebooks", str(self.notebooks)]

    def stop(self):
        """Stop the server, which stops its kernels."""
        self.process.send_signal(signal.CTRL_BREAK_EVENT if os.name == "nt" else signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(15)
        self.process.kill()
        self.process.wait()

    def forget(self):
        """Empty the record."""
        for file in [*self.record.glob("lesson_*"), *self.record.glob("patient*")]:
            file.unlink()

    def address_of(self, lesson):
        return f"{self.address}/doc/tree/notebooks/{lesson}.ipynb?token={self.token}"

    def file_of(self, lesson):
        """The notebook on disk, as the course may have saved it."""
        return self.notebooks / f"{lesson}.ipynb"


class CoursePage:
    """One browser window on one page of the course. `page` is playwright's own object; `panel` the lesson in it."""

    def __init__(self, course, browser, lesson, width, height, theme, extension):
        self.course, self.lesson = course, lesson
        self.written = course.file_of(lesson).read_bytes()  # the notebook before this window opened it
        self.idle = IDLE[browser]
        self.page = self.idle.pop() if self.idle else browser.new_context().new_page()
        self.context = self.page.context
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        self.requests, self.errors = [], []
        self.hears = {
            "request": lambda request: self.requests.append(request.url),
            "websocket": lambda socket: self.requests.append(socket.url),
            "console": lambda said: self.errors.append(said.text) if said.type == "error" else None,
            "pageerror": lambda error: self.errors.append(str(error)),
        }
        for name, hear in self.hears.items():
            self.page.on(name, hear)
        self.scripted = self.left = False
        self.extension = extension
        if not extension:  # what somebody sees who opens a page in a JupyterLab without the course's settings
            self.page.route(EXTENSION, lambda route: route.abort())
        self.open()

    def open(self, lesson=None):
        """Go to a lesson, or load this one again."""
        self.lesson = lesson or self.lesson
        self.page.goto(self.course.address_of(self.lesson))
        self.panel = self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
        self.panel.locator(".jp-MarkdownOutput h1").first.wait_for(timeout=60_000)
        return self

    def state(self, *expected):
        """Wait until the page is in one of the states (waiting, started, ready, restarted, failed); gives which."""
        states = ", ".join(f".jp-NotebookPanel:not(.lm-mod-hidden)[data-course={one}]" for one in expected)
        found = self.page.locator(states)
        found.wait_for(timeout=60_000)
        return found.get_attribute("data-course")

    def wait_until_started(self):
        """Wait until every cell of the page has run."""
        assert self.state("started", "failed", "ready") == "started", self.panel.inner_text()[-2000:]
        return self

    def begun(self):
        """Wait until the page runs, leave its prediction open, and wait for the first picture."""
        self.wait_until_started()
        unsure = self.panel.get_by_role("button", name="Not sure, show me")
        if unsure.count():
            unsure.first.click()
        self.panel.locator(PICTURE).first.wait_for(timeout=30_000)
        return self

    def slider(self, name):
        """The slider with this accessible name."""
        return self.panel.get_by_role("slider", name=name)

    def restart_kernel(self):
        """Restart the kernel with the toolbar's button, as a learner would."""
        self.panel.locator('[data-command="notebook:restart-kernel"]').click()
        self.page.locator(".jp-Dialog .jp-mod-accept").click()

    def save(self):
        """Press Save and wait until the file is written."""
        with self.page.expect_response(
            lambda answer: answer.request.method == "PUT" and f"{self.lesson}.ipynb" in answer.url
        ):
            self.panel.locator('[data-command="docmanager:save"]').click()

    def picture(self, name):
        """Keep a screenshot in tests/browser/pictures for people to look at; gives its path."""
        PICTURES.mkdir(exist_ok=True)
        path = PICTURES / f"{name}.png"
        self.page.screenshot(path=path)
        return path

    def violations(self):
        """axe-core's serious and critical findings in what the course puts on the page, one line each."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
        found = self.page.evaluate("""scope => axe.run({include: scope}, {resultTypes: ['violations']})""", OURS)
        return [
            f"{one['impact']}: {one['id']}: {one['help']}: {node['html'][:200]}"
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]

    def other_hosts(self):
        """Addresses that were asked for outside the course's own server."""
        own = (self.course.address, self.course.address.replace("http", "ws"), "data:", "blob:")
        return [address for address in self.requests if not address.startswith(own)]

    def must_have_been_quiet(self):
        """Fail if the page asked another host, or if there were errors in the browser's console."""
        assert self.other_hosts() == [], "the page asked another host"
        assert not self.extension or self.errors == [], f"errors in the browser's console: {self.errors}"

    def first_of_all(self, script):
        """Have a script run before those of every page that this window opens from now on."""
        self.scripted = True
        self.page.add_init_script(script)

    def close(self):
        """Leave the page as a learner would, so that a question about unsaved work would show; gives its text.

        The window is kept for the next test: JupyterLab opens in half the time where its scripts are compiled already.
        """
        if self.left:
            return []
        self.left, asked = True, []
        for name, hear in self.hears.items():
            self.page.remove_listener(name, hear)
        leaving = lambda dialog: (asked.append(dialog.type), dialog.accept())  # noqa: E731
        self.page.on("dialog", leaving)
        if self.scripted:
            self.page.close(run_before_unload=True)
            time.sleep(0.3)
            self.context.close()
            return asked
        self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self.context.clear_cookies()
        self.page.mouse.move(0, 0)
        self.page.goto("about:blank")
        self.page.remove_listener("dialog", leaving)
        self.page.unroute_all()
        self.idle.append(self.page)
        return asked


@contextlib.contextmanager
def windows(browser, common):
    """open_page as the fixture of that name gives it; at the end each window is closed and has to have been quiet."""
    opened = []

    def open_page(lesson, width=1280, height=800, theme="light", course=None, extension=True):
        opened.append(CoursePage(course or common(), browser, lesson, width, height, theme, extension))
        return opened[-1]

    yield open_page
    for page in opened:
        page.close()
        page.must_have_been_quiet()


def browser_path():
    """A Chromium of this computer, or None for the one that playwright brings."""
    chosen = os.environ.get("PLAYWRIGHT_CHROMIUM")
    return chosen or next((path for path in BROWSERS if Path(path).exists()), None)
