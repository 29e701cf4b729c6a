"""Runs of the models that a class's slider settings ask for, begun in other processes while this one reads and marks.

A third of the time that a large class takes is such runs, and no other answer has to wait for a model.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

from lessons.grading.grade import Run
from lessons.grading.items import Target

LARGE = 200  # files; fewer are marked before another Python has started
MOST_HELPERS = 3


class Ahead:
    """Settings that are begun by `begin` and told by `run`. Whatever fails elsewhere is run here, so that nothing but
    time depends on the helpers.

    `files`: how many a class has handed in. `helpers`: processes; without it, one for each idle processor.
    """

    def __init__(self, files: int, helpers: int | None = None):
        count = min(_processors() - 1, MOST_HELPERS) if helpers is None else helpers
        self._pool, self._ready = _pool(count) if files >= LARGE and count > 0 else (None, None)
        self._asked: dict[tuple, tuple] = {}  # key -> what to run, until the helpers are there
        self._begun: dict[tuple, Future] = {}

    @property
    def helps(self) -> bool:
        """Whether anything is run elsewhere."""
        return self._pool is not None

    def begin(self, run: Run, item: Target, setting: Mapping[str, float]) -> None:
        """Have a setting run elsewhere, if anybody is there to do it. `run`: as in `grade`, and sent there."""
        key = _key(item, setting)
        if not self.helps or key in self._begun:
            return
        self._asked[key] = (run, item, dict(setting))
        if not self._ready.done():
            return
        try:
            for one, what in self._asked.items():
                self._begun[one] = self._pool.submit(*what)
        except Exception:  # a helper has died
            self.close()
        self._asked.clear()

    def run(self, run: Run, item: Target, setting: Mapping[str, float]) -> Any:
        """What a setting reaches. One that nobody has begun yet is run here."""
        key = _key(item, setting)
        self._asked.pop(key, None)
        found = self._begun.pop(key, None)
        if found is None or found.cancel():
            return run(item, setting)
        try:
            return found.result()
        except Exception:  # the model's own complaint is raised again here
            return run(item, setting)

    def close(self) -> None:
        """Stop the helpers."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = None


def _key(item: Target, setting: Mapping[str, float]) -> tuple:
    return id(item), tuple(sorted(setting.items()))  # questions live as long as their course


def _pool(helpers: int) -> tuple[ProcessPoolExecutor, Future] | tuple[None, None]:
    """Helpers, and what is done when the first of them is there."""
    if not _can_be_started_again():
        return None, None
    try:  # a new Python and no fork, which would take a notebook's threads along half alive
        pool = ProcessPoolExecutor(helpers, multiprocessing.get_context("spawn"))
        return pool, pool.submit(os.getpid)
    except Exception:  # a computer that allows no processes, or no locks between them
        return None, None


def _can_be_started_again() -> bool:
    """Whether a helper may load what this Python runs: a script would grade its class a second time there."""
    main = sys.modules["__main__"]
    return getattr(main, "__spec__", None) is not None or not hasattr(main, "__file__")


def _processors() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
