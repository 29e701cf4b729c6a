"""What a page costs: a class shares one computer's memory, and everybody waits for the same imports at the start."""

import asyncio
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from learner_kernel import LearnerKernel

from lessons.interface import explorer

ROOT = Path(__file__).resolve().parents[1]
MOST = 120  # MiB of a kernel that has run a page, even with no other kernel to share libraries with
MOVES = 10
READY = "import sys; assert 'lessons.benches' in sys.modules and 'lessons' not in globals()"
NO_DEBUGGER = "import sys; assert not {'debugpy', 'pydevd'} & {name for name, one in sys.modules.items() if one}"


async def used(page, folder):
    """MiB of a kernel with a page run and its first slider moved, seconds of each answer, and what went wrong."""
    kernel = LearnerKernel(ROOT / "notebooks" / page, folder)
    await kernel.start()
    try:
        told = await kernel.client.execute(READY, reply=True, timeout=60)
        assert told["content"]["status"] == "ok", "the first line of a page has to wait for what it imports"
        await kernel.run_page()
        answered = [await kernel.move(*kernel.slider(), position) for position in range(MOVES)]
        told = await kernel.client.execute(NO_DEBUGGER, reply=True, timeout=60)
        assert told["content"]["status"] == "ok", "a debugger that no page has takes memory"
        return kernel.rss(), answered, kernel.went_wrong
    finally:
        await kernel.stop()


if sys.platform == "linux":  # which tells how much memory a program has

    @pytest.mark.parametrize("page", ["02_the_knot.ipynb", "03_release.ipynb", "08_context.ipynb"])
    def test_a_kernel_that_has_run_a_page_takes_at_most_120_mib(page, tmp_path):
        with ThreadPoolExecutor(1) as apart:  # a browser of other tests may have a loop of its own in this one
            memory, answered, wrong = apart.submit(lambda: asyncio.run(used(page, tmp_path))).result()
        assert memory <= MOST, f"{memory:.0f} MiB"
        assert len(answered) == MOVES and wrong == []


def test_no_page_waits_for_libraries_that_it_does_not_need():
    look = "import sys; from lessons import benches; print(*(one for one in sys.argv[1:] if one in sys.modules))"
    heavy = (
        "scipy.integrate",
        "scipy.optimize",
        "scipy.special",
        "scipy.stats",
        "numpy.f2py",
        "plotly.graph_objects",
        "nbformat",
        "jsonschema",
        "matplotlib",
        "pandas",
    )
    done = subprocess.run([sys.executable, "-c", look, *heavy], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_remembered_pictures_are_few_enough_for_a_class():
    from lessons import benches

    shown = benches.release()
    for position in range(200):
        shown._frame({**shown.values, "strength": position / 200})
    assert shown._remembered == sum(one.bytes for one in shown._frames.values()) <= explorer.REMEMBERED_BYTES
    assert len(shown._frames) > 40
