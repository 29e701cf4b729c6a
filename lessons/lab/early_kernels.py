"""A page's kernel, started as the browser asks for the page, seconds before JupyterLab has loaded and wants one."""

from __future__ import annotations

import asyncio
import contextlib
import posixpath
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from jupyter_server.services.sessions.sessionmanager import SessionManager
from tornado.web import RequestHandler

UNCLAIMED = 60.0  # s after which a kernel stops that no page has come for
PAGE = ".ipynb"


class EarlyKernels(AsyncMappingKernelManager):
    """Jupyter's own, except that a session may get a kernel that was started for its notebook already."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self._early: dict[str, asyncio.Task[str]] = {}  # notebook, as a kernel's environment names it -> kernel

    def expect(self, sessions: SessionManager, path: str) -> None:
        """Start a kernel for a notebook that is being opened, if it has none. `path`: its place, as in an address."""
        task = asyncio.ensure_future(self._expect(sessions, path))
        task.add_done_callback(lambda done: done.cancelled() or done.exception())  # whoever needs a kernel tries again

    async def _expect(self, sessions: SessionManager, path: str) -> None:
        if not await ensure_async(sessions.contents_manager.file_exists(path)) or await sessions.session_exists(path):
            return
        env = sessions.get_kernel_env(path, posixpath.basename(path))
        notebook = env["JPY_SESSION_NAME"]
        if notebook in self._early:
            return
        folder = await ensure_async(sessions.contents_manager.get_kernel_path(path=path))
        task = asyncio.ensure_future(super()._async_start_kernel(path=folder, env=env))
        self._early[notebook] = task
        await asyncio.sleep(UNCLAIMED)
        if self._early.get(notebook) is task:
            del self._early[notebook]
            await ensure_async(self.shutdown_kernel(await task))

    async def _async_start_kernel(self, *, kernel_id: str | None = None, path: str | None = None, **more: Any) -> str:
        notebook = (more.get("env") or {}).get("JPY_SESSION_NAME")
        ours = kernel_id is None and more.get("kernel_name") in (None, "", self.default_kernel_name)
        if ours and (early := self._early.pop(notebook, None)):
            with contextlib.suppress(Exception):  # it did not start; the usual way says why
                found = await early
                if found in self:
                    return found
        return await super()._async_start_kernel(kernel_id=kernel_id, path=path, **more)

    start_kernel = _async_start_kernel


def expect_kernel(handler: RequestHandler) -> None:
    """Tell the server's kernels which page is about to be opened."""
    path = (handler.path_kwargs.get("tree") or "").removeprefix("/tree/")
    if path.endswith(PAGE):
        handler.settings["kernel_manager"].expect(handler.settings["session_manager"], path)
