"""A page's kernel starts as the page is asked for, once, and goes to whoever opens it; one that nobody wants stops."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

from lessons.lab import early_kernels
from lessons.lab.early_kernels import EarlyKernels, expect_kernel

PAGE = "notebooks/03_release.ipynb"


class Sessions:
    """Jupyter's sessions, as far as they are asked: which notebooks there are, and which of them have a kernel."""

    def __init__(self, *open_already):
        self.open = open_already
        self.contents_manager = SimpleNamespace(
            file_exists=lambda path: path == PAGE, get_kernel_path=lambda path: "notebooks"
        )

    async def session_exists(self, path):
        return path in self.open

    def get_kernel_env(self, path, name):
        return env(name)


def env(name):
    return {"JPY_SESSION_NAME": f"/somewhere/{name}"}


def run(tmp_path, use):
    """What an asynchronous use of the kernels gives. No loop of another test is in its way."""

    async def main():
        (tmp_path / "notebooks").mkdir(exist_ok=True)
        kernels = EarlyKernels(root_dir=str(tmp_path))
        try:
            return await asyncio.wait_for(use(kernels), 120)
        finally:
            await kernels.shutdown_all(now=True)

    with ThreadPoolExecutor(1) as apart:
        return apart.submit(lambda: asyncio.run(main())).result()


def open_page(kernels, sessions, path=PAGE):
    """A request for a page of JupyterLab, as its handler has it."""
    settings = {"kernel_manager": kernels, "session_manager": sessions}
    expect_kernel(SimpleNamespace(path_kwargs={"tree": f"/tree/{path}"} if path else {}, settings=settings))


async def started(kernels, count):
    while len(kernels) < count:
        await asyncio.sleep(0.05)


def test_the_kernel_of_a_page_is_there_before_jupyterlab_asks_and_no_second_one_starts(tmp_path):
    async def use(kernels):
        open_page(kernels, Sessions())
        open_page(kernels, Sessions())
        await started(kernels, 1)
        (early,) = kernels.list_kernel_ids()
        given = await kernels.start_kernel(path="notebooks", kernel_name="python3", env=env("03_release.ipynb"))
        again = await kernels.start_kernel(path="notebooks", kernel_name="python3", env=env("03_release.ipynb"))
        return early, given, again, len(kernels)

    early, given, again, count = run(tmp_path, use)
    assert given == early != again and count == 2, "a kernel was given to two sessions, or started for none"


def test_it_works_in_the_folder_of_its_page(tmp_path):
    async def use(kernels):
        open_page(kernels, Sessions())
        await started(kernels, 1)
        given = await kernels.start_kernel(path="notebooks", kernel_name=None, env=env("03_release.ipynb"))
        client = kernels.get_kernel(given).client()
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=60)
            where = {"where": "__import__('os').getcwd()"}
            told = await client.execute("", user_expressions=where, reply=True, timeout=60)
            return told["content"]["user_expressions"]["where"]["data"]["text/plain"]
        finally:
            client.stop_channels()

    assert run(tmp_path, use) == repr(str(tmp_path / "notebooks"))


def test_another_notebook_another_language_or_a_kernel_of_a_chosen_name_gets_its_own(tmp_path):
    async def use(kernels):
        open_page(kernels, Sessions())
        await started(kernels, 1)
        (early,) = kernels.list_kernel_ids()
        other = await kernels.start_kernel(path="notebooks", kernel_name="python3", env=env("04_retention.ipynb"))
        chosen = await kernels.start_kernel(kernel_id="chosen", path="notebooks", env=env("03_release.ipynb"))
        return early, other, chosen

    early, other, chosen = run(tmp_path, use)
    assert len({early, other, chosen}) == 3 and chosen == "chosen"


def test_no_kernel_starts_for_a_page_that_has_one_for_what_is_no_page_or_not_there(tmp_path):
    async def use(kernels):
        open_page(kernels, Sessions(PAGE))
        for path in ("", "notebooks", "notebooks/00.ipynb", "notebooks/picture.png", "../03_release.ipynb"):
            open_page(kernels, Sessions(), path)
        await asyncio.sleep(0.5)
        return len(kernels), kernels._early

    assert run(tmp_path, use) == (0, {})


def test_a_kernel_that_no_page_comes_for_stops(tmp_path, monkeypatch):
    monkeypatch.setattr(early_kernels, "UNCLAIMED", 0.5)

    async def use(kernels):
        open_page(kernels, Sessions())
        await started(kernels, 1)
        while len(kernels):
            await asyncio.sleep(0.05)
        later = await kernels.start_kernel(path="notebooks", env=env("03_release.ipynb"))
        return later in kernels, kernels._early

    assert run(tmp_path, use) == (True, {})


def test_a_kernel_that_was_claimed_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(early_kernels, "UNCLAIMED", 0.5)

    async def use(kernels):
        open_page(kernels, Sessions())
        await started(kernels, 1)
        given = await kernels.start_kernel(path="notebooks", env=env("03_release.ipynb"))
        await asyncio.sleep(1.5)
        return given in kernels, await kernels.is_alive(given) if asyncio.iscoroutinefunction(
            kernels.is_alive
        ) else True

    assert run(tmp_path, use) == (True, True)


def test_one_that_could_not_be_started_is_started_the_usual_way(tmp_path):
    async def use(kernels):
        kernels._early["/somewhere/03_release.ipynb"] = asyncio.ensure_future(broken())
        return await kernels.start_kernel(path="notebooks", env=env("03_release.ipynb")) in kernels

    async def broken():
        raise OSError("no room for another program")

    assert run(tmp_path, use)
