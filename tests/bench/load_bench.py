"""A class at once: kernels that run a page and move a slider every two seconds, as many as are asked for.

    python tests/bench/load_bench.py [learners] [page] [seconds]     (30, 03_release, 60)
    python tests/bench/load_bench.py pages                           memory and start of each page, one kernel alone

What a page would send is sent over Jupyter's protocol, without a browser (tests/learner_kernel.py). Prints start-up,
answers of sliders, memory, and what was short. Nothing is asserted: machines differ. Linux only: it reads /proc.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from learner_kernel import LearnerKernel  # noqa: E402

EVERY = 2.0  # s between two moves of one learner
AT_ONCE = 4  # kernels that start together; a hub lets the others wait as well


def told(name: str, values: list[float], unit: str) -> str:
    if not values:
        return f"{name:34} none"
    high = sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]
    return f"{name:34} median {statistics.median(values):8.2f} {unit}   95 % {high:8.2f} {unit}   n {len(values)}"


def processor() -> tuple[float, float]:
    """Seconds of all processors since the start of the system: in use, in all."""
    ticks = [int(one) for one in Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK"), sum(ticks) / os.sysconf("SC_CLK_TCK")


def memory() -> tuple[float, float]:
    """MiB that are free for programs, and of the whole machine."""
    lines = dict(line.split(":") for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines())
    return int(lines["MemAvailable"].split()[0]) / 1024, int(lines["MemTotal"].split()[0]) / 1024


async def learn(kernel: LearnerKernel, until: float, answers: list[float], late: list[float], seed: int) -> None:
    """Move a slider every two seconds; a move whose time has passed while the last one was answered is left out."""
    draw = random.Random(seed)
    figure, slider = kernel.slider()
    due = time.perf_counter() + draw.random() * EVERY
    position = 0
    while due < until:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        position += draw.randint(1, 3)
        answers.append(await kernel.move(figure, slider, position))
        due += EVERY
        while due < time.perf_counter():
            late.append(due)
            due += EVERY


async def a_class(learners: int, page: Path, seconds: float, folder: Path) -> None:
    kernels = [LearnerKernel(page, folder / str(one) / "record") for one in range(learners)]
    gate = asyncio.Semaphore(AT_ONCE)

    async def enter(kernel: LearnerKernel) -> tuple[float, float]:
        async with gate:
            return await kernel.start(), await kernel.run_page()

    free_before, in_all = memory()
    print(f"{learners} learners on {page.stem}, {os.cpu_count()} processors, {in_all / 1024:.0f} GiB")
    begun = time.perf_counter()
    try:
        entered = await asyncio.gather(*map(enter, kernels))
        ready = time.perf_counter() - begun
        print(f"{'everybody sees the page after':34} {ready:.1f} s ({AT_ONCE} start together)")
        print(told("start of a kernel", [one[0] for one in entered], "s"))
        print(told("its page", [one[1] for one in entered], "s"))
        print(told("processor for start and page", [one.processor_seconds() for one in kernels], "s"))
        print(told("memory, page run (PSS)", [one.pss() for one in kernels], "MiB"))
        answers, late = [], []
        busy, total = processor()
        own = sum(one.processor_seconds() for one in kernels)
        until = time.perf_counter() + seconds
        await asyncio.gather(*(learn(one, until, answers, late, seed) for seed, one in enumerate(kernels)))
        busy_after, total_after = processor()
        share = (busy_after - busy) / (total_after - total)
        ours = (sum(one.processor_seconds() for one in kernels) - own) / (total_after - total)
        print(told("a slider's exact picture", [1000 * one for one in answers], "ms"))
        print(f"{'moves that came too late':34} {len(late)} of {len(late) + len(answers)}")
        print(told("memory, sliders moved (PSS)", [one.pss() for one in kernels], "MiB"))
        left = memory()[0]
        print(
            f"{'processors':34} {100 * share:.0f} % in use, {100 * ours:.0f} % by kernels; memory left {left:.0f} MiB"
        )
        wrong = sorted({said for one in kernels for said in one.went_wrong})
        print(f"{'went wrong':34} {'; '.join(wrong) or 'nothing'}")
        print(bottleneck(share, ours, left, in_all, learners / EVERY, ready))
    finally:
        await asyncio.gather(*(one.stop() for one in kernels if hasattr(one, "listening")), return_exceptions=True)


def bottleneck(share: float, ours: float, left: float, in_all: float, moves: float, ready: float) -> str:
    """What is short, in a sentence."""
    if left < 0.1 * in_all:
        return f"Short: memory; {left:.0f} of {in_all:.0f} MiB are left."
    if share > 0.85:
        whose = f"{100 * share:.0f} % in use, {100 * ours:.0f} % by these kernels"
        return f"Short: the processor, {whose}, at {moves:.0f} moves a second; memory is not."
    return (
        f"Nothing is short while sliders move ({100 * share:.0f} % of the processors in use). Short at the "
        f"start of the class: the processor; imports and the first pictures of a page took {ready:.0f} s for everybody."
    )


async def each_page(folder: Path) -> None:
    for page in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
        kernel = LearnerKernel(page, folder / page.stem / "record")
        begun = await kernel.start()
        run = await kernel.run_page()
        pss, used = kernel.pss(), kernel.processor_seconds()
        try:
            figure, slider = kernel.slider()
            for position in range(10):
                await kernel.move(figure, slider, 2 * position)
            await asyncio.sleep(5)  # while positions are computed ahead
            moved = f"{kernel.pss():6.1f} MiB after ten moves"
        except LookupError:
            moved = "no slider in sight"
        taken = f"start {begun:4.1f} s   page {run:5.1f} s   processor {used:4.1f} s"
        print(f"{page.stem:28} {taken}   {pss:6.1f} MiB   {moved}")
        await kernel.stop()


def main(arguments: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        if arguments[:1] == ["pages"]:
            return asyncio.run(each_page(Path(folder)))
        learners, page, seconds = (*arguments, *("30", "03_release", "60")[len(arguments) :])
        path = ROOT / "notebooks" / f"{page}.ipynb"
        asyncio.run(a_class(int(learners), path, float(seconds), Path(folder)))


if __name__ == "__main__":
    main(sys.argv[1:])
