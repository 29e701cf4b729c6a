"""What a page costs: a class shares one computer's memory, and everybody waits for the same imports at the start."""

import asyncio
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from learner_kernel import LearnerKernel

from lessons.interface import explorer

ROOT = Path(__file__).resolve().parents[1]
MOST = 120  # MiB of a kernel that has run a page, what it shares with the others counted in shares
TOGETHER = 3
NO_DEBUGGER = "import sys; assert not {'debugpy', 'pydevd'} & {name for name, one in sys.modules.items() if one}"


async def a_few(folder):
    page = ROOT / "notebooks" / "03_release.ipynb"
    kernels = [LearnerKernel(page, folder / str(one)) for one in range(TOGETHER)]
    try:
        for one in kernels:
            await one.start()
        await asyncio.gather(*(one.run_page() for one in kernels))
        answered = [await one.move(*one.slider(), 2) for one in kernels]
        for one in kernels:
            told = await one.client.execute(NO_DEBUGGER, reply=True, timeout=60)
            assert told["content"]["status"] == "ok", "a debugger that no page has takes memory"
        return [one.pss() for one in kernels], answered, [said for one in kernels for said in one.went_wrong]
    finally:
        await asyncio.gather(*(one.stop() for one in kernels if hasattr(one, "listening")))


if sys.platform == "linux":  # which tells how much a program shares with others

    def test_a_kernel_that_has_run_a_page_takes_at_most_120_mib_beside_others(tmp_path):
        with ThreadPoolExecutor(1) as apart:  # a browser of other tests may have a loop of its own in this one
            memory, answered, wrong = apart.submit(lambda: asyncio.run(a_few(tmp_path))).result()
        assert max(memory) <= MOST, memory
        assert len(answered) == TOGETHER and wrong == []


def test_no_page_waits_for_libraries_that_it_does_not_need():
    look = "import sys; from lessons import benches; print(*(one for one in sys.argv[1:] if one in sys.modules))"
    heavy = ("scipy.stats", "scipy.ndimage", "plotly.graph_objects", "nbformat", "jsonschema", "matplotlib", "pandas")
    done = subprocess.run([sys.executable, "-c", look, *heavy], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_remembered_pictures_are_few_enough_for_a_class():
    from lessons import benches

    shown = benches.release()
    for position in range(200):
        shown._frame({**shown.values, "strength": position / 200})
    assert shown._remembered == sum(one.bytes for one in shown._frames.values()) <= explorer.REMEMBERED_BYTES
    assert len(shown._frames) > 40
