"""The server of the walkthrough: Voila with the course's own list of lessons, and visitors kept apart.

Import it only after the course's folders are in use (`server.start`): Jupyter reads its own when it is imported.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import webbrowser
from pathlib import Path
from urllib.parse import urlencode

from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.utils import url_path_join
from tornado import web
from tornado.ioloop import IOLoop, PeriodicCallback
from traitlets import Bool, Instance, Int, Unicode
from voila.app import Voila
from voila.handler import BaseVoilaHandler
from voila.tornado.handler import TornadoVoilaHandler

from lessons.pages import Front, page_files, read_front
from lessons.walkthrough.parts import parted
from lessons.walkthrough.server import STATIC
from lessons.walkthrough.visitors import COOKIE, HOURS_KEPT, Visitors

WAIT_FOR_ROOM = 8  # seconds
NOT_OURS = ("/voila/tree", "/voila/api/contents", "/voila/files", "/voila/render")


def shown() -> list[tuple[str, Front]]:
    """Name and front matter of lessons. Pages for teachers tell answers and read folders: no class is shown them."""
    fronts = [(path.stem, read_front(path)) for path in page_files()]
    return [(name, front) for name, front in fronts if front.readers == "learners"]


class Lessons(BaseVoilaHandler):
    """The list of lessons."""

    @web.authenticated
    def get(self) -> None:
        self.write(self.render_template("lessons.html", lessons=shown(), hours=HOURS_KEPT, **self.settings["walk"]))


class Lesson(TornadoVoilaHandler):
    """One lesson, run for whoever opens it."""

    @web.authenticated
    async def get(self, name: str) -> None:
        walkthrough: Walkthrough = self.settings["walkthrough"]
        for _ in range(WAIT_FOR_ROOM):  # a page that was left just now takes a moment to stop
            if not walkthrough.full:
                break
            await asyncio.sleep(1)
        else:
            self.set_status(503)
            self.set_header("Retry-After", "120")
            self.write(self.render_template("full.html", **self.settings["walk"]))
            return
        if walkthrough.visitors:
            known = self.get_signed_cookie(COOKIE)
            visitor = walkthrough.visitors.arrive(known.decode() if known else None)
            secure = self.request.protocol == "https"
            self.set_signed_cookie(
                COOKIE, visitor, None, path=self.base_url, httponly=True, samesite="Lax", secure=secure
            )
        _ = self.xsrf_token  # sets the cookie by which a page that is left may stop its kernel
        await super().get(name)


class Walkthrough(Voila):
    """Voila for this course. `answers`: the folder of answers, or of those of all visitors if `at_most` is above 0."""

    welcome = Unicode()
    answers = Instance(Path)
    first_page = Unicode()
    opens = Bool()
    at_most = Int()
    visitors: Visitors | None = None

    @property
    def full(self) -> bool:
        """Whether as many pages are open as there is room for."""
        return bool(self.at_most) and len(self.kernel_manager.list_kernel_ids()) >= self.at_most

    def initialize(self, argv: list[str] | None = None) -> None:
        super().initialize(argv)
        self.voila_configuration.prelaunch_hook = lambda request, notebook, cwd: parted(notebook)
        self.voila_configuration.page_config_hook = self._page
        if self.at_most:
            self.visitors = Visitors(self.answers)

    def load_config_file(self, *_: object, **__: object) -> None:
        """No file of the user's takes part."""

    def _page(self, page_config: dict, **_: object) -> dict:
        return {**page_config, "forVisitors": bool(self.at_most)}

    def init_settings(self) -> dict:
        course = url_path_join(self.base_url, "voila/course/")
        settings = super().init_settings()
        settings["allow_remote_access"] = bool(self.visitors)
        return {**settings, "walkthrough": self, "walk": {"course": course, "for_visitors": bool(self.visitors)}}

    def init_handlers(self) -> list:
        def at(path: str) -> str:
            return url_path_join(self.server_url, path)

        kept = [one for one in super().init_handlers() if not str(one[0]).startswith(tuple(map(at, NOT_OURS)))]
        lesson = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        names = "|".join(name for name, _ in shown())
        return [
            (self.server_url, Lessons, {"voila_configuration": self.voila_configuration}),
            (at(rf"/voila/render/((?:{names})\.ipynb)"), Lesson, lesson),
            (at(r"/voila/course/(.*)"), FileFindHandler, {"path": [str(folder) for folder in STATIC]}),
            *(one for one in kept if one[0] != self.server_url),
        ]

    def listen(self) -> None:
        # Jupyter counts pings of websockets in milliseconds, Tornado takes them for seconds and warns.
        logging.getLogger("tornado.general").setLevel(logging.ERROR)
        loop = IOLoop.current()
        loop.add_callback(self._say_where)
        if self.visitors:
            PeriodicCallback(self.visitors.forget_old, 600_000).start()
        super().listen()

    def _say_where(self) -> None:
        token = self.identity_provider.token
        query = f"?{urlencode({'token': token})}" if token else ""
        url = f"{self.connection_url.rstrip('/')}{url_path_join('/', self.first_page)}{query}"
        opens = "It opens in your browser. If you do not see it, go to" if self.opens else "Open it in a browser at"
        print(self.welcome.format(opens=opens, url=url, record=self.answers), flush=True)
        if self.opens:
            threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
