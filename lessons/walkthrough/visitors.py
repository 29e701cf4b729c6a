"""Visitors of the open web: each has a folder of answers of their own, and no more of them come in than there is room.

A kernel is told by its environment where answers are kept. So the folder of a visitor has to be known when the kernel
starts, which is why no kernel is started ahead of them.
"""

from __future__ import annotations

import contextvars
import re
import secrets
import shutil
import time
from pathlib import Path
from typing import Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

COOKIE = "retain-or-release-visitor"
HOURS_KEPT = 12
_folder: contextvars.ContextVar[Path | None] = contextvars.ContextVar("folder of the visitor", default=None)


class Visitors:
    """The folders of all visitors, below `root`; `seen`: visitor -> when a page was last opened, in seconds."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.seen: dict[str, float] = {}

    def arrive(self, known: str | None) -> str:
        """The name of a visitor: the one that the browser brought along if it is one of ours, else a new one.

        From now on, kernels started on behalf of this request keep answers in the visitor's folder.
        """
        name = known if known in self.seen else secrets.token_hex(16)
        self.seen[name] = time.monotonic()
        _folder.set(self.folder(name))
        return name

    def folder(self, name: str) -> Path:
        """Where the answers of a visitor lie; made if need be, for nobody else to read."""
        if not re.fullmatch(r"[0-9a-f]{32}", name):
            raise ValueError("This is not the name of a visitor.")
        folder = self.root / name
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def forget_old(self, now: float | None = None) -> None:
        """Remove the answers of those who opened no page for HOURS_KEPT hours. `now`: seconds, as time.monotonic."""
        now = time.monotonic() if now is None else now
        for name in [name for name, seen in self.seen.items() if now - seen > HOURS_KEPT * 3600]:
            del self.seen[name]
            shutil.rmtree(self.root / name, ignore_errors=True)


class VisitorsKernels(AsyncMappingKernelManager):
    """Starts each kernel with the answers' folder of the visitor for whom it is started, and never without one."""

    async def _async_start_kernel(self, *, env: dict[str, str] | None = None, **more: Any) -> str:
        folder = _folder.get()
        if folder is None:
            raise RuntimeError("A kernel was asked for on behalf of nobody, so its answers would have no place.")
        return await super()._async_start_kernel(env={**(env or {}), "RETAIN_OR_RELEASE_HOME": str(folder)}, **more)

    start_kernel = _async_start_kernel
