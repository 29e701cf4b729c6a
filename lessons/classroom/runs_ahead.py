"""Settings of sliders that other processors run while this one reads and marks.

A run of a model takes longer than all else that is done for a learner. Each helper is this file as a process of its
own: it hears a question with settings in a line of JSON, and says in another which goals each of them meets. What no
helper has run, or if there is none, is run here, with the same result.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from lessons.grading.grade import Run
from lessons.grading.items import Target
from lessons.grading.reading import unread
from lessons.lesson_models import MODELS
from lessons.truth.runs import meets

MOST_HELPERS, BATCH = 2, 20  # settings in a line
SECONDS = 60.0  # for a batch; a helper that takes longer is given up
Setting = Mapping[str, float]


def helpers_here() -> int:
    """How many helpers this computer has room for: a processor is left to the rest."""
    return max(0, min(MOST_HELPERS, (os.cpu_count() or 1) - 1))


class RunsAhead:
    """As `run`, which it asks for whatever no helper has run. `count`: of helpers."""

    def __init__(self, run: Run, count: int):
        self._run, self._count = run, count
        self._pool: ThreadPoolExecutor | None = None
        self._own, self._helpers = threading.local(), []
        self._asked: dict[tuple[int, str], tuple[Future, int]] = {}

    def start(self) -> None:
        """Start the helpers, which takes them a second that this process can use."""
        if self._count and self._pool is None:
            self._pool = ThreadPoolExecutor(self._count, initializer=self._start_own)
            together = threading.Barrier(self._count)
            for _ in range(self._count):  # a thread for each
                self._pool.submit(together.wait, SECONDS)

    def _start_own(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._own.helper = _start()
            self._helpers.append(self._own.helper)

    def ask(self, page: str, item: Target, settings: Iterable[Any]) -> None:
        """Have settings run that can be read and that nobody has asked for yet. `page`: whose model decides."""
        new = {}
        for setting in settings if self._pool else ():
            if unread(item, setting) is None:
                new.setdefault(_key(item, setting), setting)
        new = [(key, setting) for key, setting in new.items() if key not in self._asked]
        for start in range(0, len(new), BATCH):
            batch = new[start : start + BATCH]
            told = json.dumps([page, item.model_dump_json(), [setting for _, setting in batch]])
            future = self._pool.submit(self._hand_over, told)
            self._asked.update({key: (future, place) for place, (key, _) in enumerate(batch)})

    def __call__(self, item: Target, setting: Setting) -> Sequence[bool]:
        future, place = self._asked.get(_key(item, setting), (None, 0))
        found = future and future.result()
        return self._run(item, setting) if not found or found[place] is None else found[place]

    def _hand_over(self, told: str) -> list[list[bool] | None] | None:
        """What a helper says to a line; None if it fails."""
        if (helper := getattr(self._own, "helper", None)) is None:
            return None
        impatient = threading.Timer(SECONDS, helper.kill)
        impatient.start()
        try:
            helper.stdin.write(f"{told}\n")
            helper.stdin.flush()
            return json.loads(helper.stdout.readline())
        except (OSError, ValueError):
            return None
        finally:
            impatient.cancel()

    def close(self) -> None:
        """End the helpers."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
        for helper in self._helpers:
            helper.kill()
            with contextlib.suppress(OSError):
                helper.communicate()


def _key(item: Target, setting: Any) -> tuple[int, str]:
    return id(item), json.dumps(setting, sort_keys=True)  # forms of questions live as long as their course


def _start() -> subprocess.Popen:
    """A helper that imports the same course as this process."""
    above = str(Path(__file__).resolve().parents[2])
    paths = os.pathsep.join(filter(None, (above, os.environ.get("PYTHONPATH", ""))))
    return subprocess.Popen(
        [sys.executable, "-m", "lessons.classroom.runs_ahead"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": paths},
    )


def answered(line: str) -> list[list[bool] | None]:
    """What a helper says to a line: for each setting the goals that it meets, None where the model refuses it."""
    page, item, settings = json.loads(line)
    target = Target.model_validate_json(item)
    return [_met(target, setting, page) for setting in settings]


def _met(target: Target, setting: Setting, page: str) -> list[bool] | None:
    try:
        return [bool(one) for one in meets(target, setting, MODELS[page])]
    except Exception:  # the one who asked runs it again, and hears what is wrong
        return None


def lines() -> Iterator[str]:
    """Until the one who asks is gone."""
    while line := sys.stdin.readline():
        yield line


if __name__ == "__main__":
    for heard in lines():
        print(json.dumps(answered(heard)), flush=True)
