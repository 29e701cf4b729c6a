"""A learner without a browser: a kernel that runs a page's cells, and the messages that the page would send it.

A page opens a slider with `ahead`, says where it is with `near`, and asks for the exact picture with `set`, which is
answered with a frame that carries the same ticket (lessons/interface/static/explorer.js).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager

from lessons.lab.server import KERNELS, own_folders

WIDGETS = "jupyter.widget"


class LearnerKernel:
    """One learner on one page. `record`: the learner's own folder of answers."""

    def __init__(self, page: Path, record: Path):
        self.page, self.record = page, record
        self.figures: dict[str, dict[str, Any]] = {}  # id -> what the page knows of a figure with sliders
        self.predictions: list[str] = []
        self.answered: dict[tuple[str, int], asyncio.Future] = {}
        self.closed: set[str] = set()
        self.went_wrong: list[str] = []
        self.ticket = 0
        self.touched: tuple[str, str] | None = None  # the slider whose travel the kernel computes ahead

    async def start(self) -> float:
        """Start the kernel; gives the seconds until it answers."""
        begun = time.perf_counter()
        self.manager = AsyncKernelManager(kernel_name="python3")
        folders = own_folders(self.record)
        own = {"RETAIN_OR_RELEASE_HOME": str(self.record), "IPYTHONDIR": str(folders["ipython"])}
        env = {**KERNELS, **os.environ, **own}
        await self.manager.start_kernel(env=env, cwd=str(self.page.parent))
        self.client: AsyncKernelClient = self.manager.client()
        self.client.start_channels()
        await self.client.wait_for_ready(timeout=300)
        self.listening = asyncio.create_task(self._listen())
        return time.perf_counter() - begun

    async def run_page(self) -> float:
        """Run every cell, draw what is in sight, and take "Not sure" for predictions; gives the seconds."""
        begun = time.perf_counter()
        for cell in nbformat.read(self.page, as_version=4).cells:
            if cell.cell_type == "code":
                reply = await self.client.execute(cell.source, reply=True, timeout=300)
                if reply["content"]["status"] != "ok":
                    raise AssertionError(f"{self.page.name}: {reply['content'].get('evalue')}")
        await asyncio.sleep(0)
        for one in self.predictions:
            self._say(one, {"kind": "commit", "answer": "unsure"})
        for number, (one, state) in enumerate(self.figures.items()):
            if not number:
                self._say(one, {"kind": "plotly"})
            if not state.get("under"):
                self._say(one, {"kind": "hello"})
        await self.until_idle()
        return time.perf_counter() - begun

    async def until_idle(self) -> None:
        """Wait until everything that was said so far has been answered."""
        await self.client.execute("", reply=True, timeout=300)

    def slider(self) -> tuple[str, dict[str, Any]]:
        """The first slider of the first figure in sight: id of the figure, and the slider as the page knows it."""
        for figure, state in self.figures.items():
            free = [one for one in state["controls"] if not one["folded"] and len(one.get("positions") or ()) > 3]
            if not state.get("under") and free:
                return figure, free[0]
        raise LookupError(f"No figure of {self.page.name} has a slider in sight.")

    async def move(self, figure: str, control: dict[str, Any], position: int, patience: float = 120) -> float:
        """Put a slider to a position as a learner does who touches it; gives the seconds to the exact picture."""
        self.ticket += 1
        values, positions = self.figures[figure]["values"], control["positions"]
        position %= len(positions)
        if self.touched == (figure, control["name"]):
            self._say(figure, {"kind": "near", "name": control["name"], "position": position, "direction": 1})
        else:
            self.touched = (figure, control["name"])
            self._say(figure, {"kind": "ahead", "name": control["name"], "values": dict(values)})
        values[control["name"]] = positions[position]
        answer = self.answered[figure, self.ticket] = asyncio.get_running_loop().create_future()
        begun = time.perf_counter()
        self._say(figure, {"kind": "set", "values": dict(values), "ticket": self.ticket})
        said = await asyncio.wait_for(answer, patience)
        taken = time.perf_counter() - begun
        if said["kind"] != "frame":
            self.went_wrong.append(said.get("text", str(said)))
        return taken

    def pss(self) -> float:
        """MiB of the kernel, what it shares with other processes counted in shares."""
        return self._memory("Pss:")

    def rss(self) -> float:
        """MiB of the kernel as if it shared nothing."""
        return self._memory("Rss:")

    def _memory(self, kind: str) -> float:
        pid = self.manager.provisioner.pid
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith(kind)) / 1024

    def processor_seconds(self) -> float:
        """Seconds of the processor that the kernel has taken."""
        stat = Path(f"/proc/{self.manager.provisioner.pid}/stat").read_text(encoding="ascii")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    async def stop(self) -> None:
        """Close the kernel and everything that belongs to it."""
        self.listening.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.listening
        self.client.stop_channels()
        await self.manager.shutdown_kernel(now=True)

    def _say(self, model: str, content: dict[str, Any]) -> None:
        message = {"comm_id": model, "data": {"method": "custom", "content": content}}
        self.client.shell_channel.send(self.client.session.msg("comm_msg", message))

    async def _listen(self) -> None:
        while True:
            message = await self.client.get_iopub_msg(timeout=None)
            kind, content = message["msg_type"], message["content"]
            if kind == "comm_open" and content["target_name"] == WIDGETS:
                self._opened(content["comm_id"], content["data"]["state"])
            elif kind == "comm_msg" and content["comm_id"] in self.figures:
                self._heard(content["comm_id"], content["data"])
            elif kind == "error":
                self.went_wrong.append(content["evalue"])

    def _opened(self, model: str, state: dict[str, Any]) -> None:
        if {"controls", "values", "presets"} <= set(state):
            self.figures[model] = state
        elif "committed" in state:
            self.predictions.append(model)

    def _heard(self, figure: str, data: dict[str, Any]) -> None:
        if data.get("method") == "update":
            self.figures[figure].update(data["state"])
        elif data.get("method") == "custom":
            said = data["content"]
            answer = self.answered.pop((figure, said.get("ticket", 0)), None)
            if answer is not None and not answer.done():
                answer.set_result(said)
