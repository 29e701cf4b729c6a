"""Starts JupyterLab for the course, with its own settings and without touching the learner's."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import zmq
from nbformat.sign import NotebookNotary
from tornado.web import RequestHandler
from traitlets.config import Config

from lessons.build import NOTEBOOKS, sound_pages
from lessons.grading.record import own_folder
from lessons.lab.install import WIDGET_EXTENSIONS, record_folder
from lessons.lab.saving import CoursePages

HERE = Path(__file__).resolve().parent
SETTINGS = HERE / "settings"
KERNEL_SETTINGS = "ipython_kernel_config.py"
EXTENSIONS = (*WIDGET_EXTENSIONS, "retain-or-release")
FIRST_PAGE = "00_start_here.ipynb"
WELCOME = """
The course is ready. {opens}

    {url}

Leave this window open while you learn. To stop, press Ctrl and C here; your answers are kept in
{record}
"""


# For the kernels. Memory that a page has used goes back to the system, where glibc would keep it for later, and nothing
# here is so large that more than one thread of the processor would help; on a server they would be in each other's way.
KERNELS = {
    "MALLOC_MMAP_THRESHOLD_": str(256 * 1024),
    "MALLOC_TRIM_THRESHOLD_": str(256 * 1024),
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}


def own_folders(record: Path) -> dict[str, Path]:
    """Where Jupyter keeps settings, layout and trust for this course: a folder of its own beside the answers."""
    hidden = record / ".jupyterlab"
    folders = {name: hidden / name for name in ("config", "data", "ipython", "settings", "workspaces")}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    profile = folders["ipython"] / "profile_default"
    profile.mkdir(exist_ok=True)
    (profile / KERNEL_SETTINGS).write_bytes((SETTINGS / KERNEL_SETTINGS).read_bytes())
    return folders


def use_own_folders(folders: Mapping[str, Path]) -> None:
    """Point Jupyter and its kernels at them. Must run before jupyterlab is imported, which reads them once."""
    os.environ["JUPYTER_CONFIG_DIR"] = str(folders["config"])
    os.environ["JUPYTER_DATA_DIR"] = str(folders["data"])
    os.environ["IPYTHONDIR"] = str(folders["ipython"])
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"  # this Python's kernel and widgets, not those of another one
    for name, value in KERNELS.items():
        os.environ.setdefault(name, value)


def configuration(folders: Mapping[str, Path], pages: CoursePages, port: int, browser: bool) -> Config:
    """The whole configuration of the server, so that no file of the learner's takes part."""
    config = course_settings(folders, pages)
    config.ServerApp.ip = "127.0.0.1"
    config.ServerApp.port = port
    config.ServerApp.open_browser = browser
    config.ServerApp.allow_root = True  # it listens to this computer only; class rooms run it in containers
    return config


def course_settings(folders: Mapping[str, Path], pages: CoursePages) -> Config:
    """What makes a Jupyter server this course's, whoever starts it and wherever it listens."""
    config = Config()
    config.ServerApp.root_dir = str(pages.folder.parent)
    config.ServerApp.answer_yes = True
    config.ServerApp.log_level = config.LabApp.log_level = "ERROR"
    config.ServerApp.terminals_enabled = False
    # Nobody builds JupyterLab here, so no page needs to start Node to ask whether it should be built.
    page = {"coursePages": json.dumps(pages.code()), "buildAvailable": False, "buildCheck": False}
    config.ServerApp.tornado_settings = {"page_config_data": page, "page_config_hook": opened}
    config.ServerApp.kernel_manager_class = "lessons.lab.early_kernels.EarlyKernels"
    config.LabApp.default_url = f"/doc/tree/{pages.folder.name}/{FIRST_PAGE}"
    config.LabApp.app_settings_dir = str(SETTINGS)
    config.LabApp.user_settings_dir = str(folders["settings"])
    config.LabApp.workspaces_dir = str(folders["workspaces"])
    config.LabApp.extra_labextensions_path = [str(HERE / "extensions")]
    config.LabApp.extension_manager = "readonly"  # the other one asks a package index
    config.LabApp.news_url = None
    config.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
    config.NotebookNotary.db_file = str(folders["data"] / "trust.db")
    config.NotebookNotary.secret_file = str(folders["data"] / "trust_secret")
    if zmq.has("curve"):
        config.KernelManager.transport_encryption = "auto"
    return config


def opened(handler: RequestHandler, page: dict[str, Any]) -> dict[str, Any]:
    """A page's configuration without what else is installed in JupyterLab: plotly's renderer alone has 4.8 MB.

    JupyterLab asks for it as it sends a page, so this is also when its kernel is started.
    """
    from lessons.lab.early_kernels import expect_kernel

    expect_kernel(handler)
    page["federated_extensions"] = [one for one in page["federated_extensions"] if one["name"] in EXTENSIONS]
    return page


def signed_pages(notebooks: Path, folders: Mapping[str, Path]) -> tuple[CoursePages, list[str]]:
    """The course's pages in a folder, those as written signed for Jupyter; and what is wrong with the texts."""
    texts, mistakes = sound_pages()
    pages = CoursePages(texts, notebooks.resolve())
    with NotebookNotary(config=course_settings(folders, pages)) as notary:
        pages.sign(notary)
    return pages, mistakes


def start(port: int = 8888, browser: bool = True, notebooks: Path = NOTEBOOKS) -> None:
    """Open the course and return when the learner stops it. `notebooks`: the folder of pages, or a copy of it."""
    folders = own_folders(own_folder())
    use_own_folders(folders)
    from jupyter_server.serverapp import ServerApp
    from jupyterlab.labapp import LabApp

    pages, mistakes = signed_pages(notebooks, folders)
    for mistake in mistakes:  # an author at work; the other pages are as good as ever
        print(f"This page does not start by itself: {mistake}")
    config = configuration(folders, pages, port, browser)
    LabApp.load_other_extensions = False  # terminals and language servers are no part of a course
    ServerApp.instance(config=config, jpserver_extensions={"jupyterlab": True})
    server = LabApp.initialize_server(argv=[])
    server.contents_manager.register_pre_save_hook(pages.before_saving)
    place = f"{server.base_url}doc/tree/{notebooks.name}/{FIRST_PAGE}"
    url = f"http://127.0.0.1:{server.port}{place}?token={server.identity_provider.token}"
    opens = "It opens in your browser. If you do not see it, go to" if browser else "Open it in a browser at"
    welcome = WELCOME.format(opens=opens, url=url, record=record_folder())
    server.io_loop.add_callback(print, welcome, flush=True)
    server.start()
