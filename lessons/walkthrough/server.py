"""Voila as the course shows it: own templates, own list of lessons, nobody else asked."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import zmq
from traitlets.config import Config

from lessons.build import NOTEBOOKS
from lessons.lab.install import WIDGET_EXTENSIONS, record_folder
from lessons.lab.server import HERE as LAB
from lessons.lab.server import own_folders, use_own_folders

HERE = Path(__file__).resolve().parent
STATIC = (HERE / "static", LAB / "extensions" / "retain-or-release" / "static")
TEMPLATE = "retain-or-release"
# What our widgets are made of, and no other extension of the computer's JupyterLab.
EXTENSIONS = ["@voila-dashboards/widgets-manager8", *WIDGET_EXTENSIONS]
WELCOME = """
The walkthrough is ready. {opens}

    {url}

Leave this window open while you teach. To stop, press Ctrl and C here; answers are kept in
{record}
"""


@dataclass(frozen=True)
class OpenWeb:
    """How visitors are served. `at_most`: pages open at once; `minutes`: after which an unused page is stopped."""

    ip: str
    base_url: str
    at_most: int
    minutes: int


def configuration(port: int, visitors: OpenWeb | None) -> Config:
    """The whole configuration of Voila, so that no file of the user's takes part."""
    config = Config()
    config.Voila.root_dir = str(NOTEBOOKS)
    config.Voila.port = port
    config.Voila.open_browser = False  # the course opens its own address, which carries the token
    config.Voila.log_level = "ERROR"
    config.Voila.ip = visitors.ip if visitors else "127.0.0.1"
    config.VoilaConfiguration.template = TEMPLATE
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.strip_sources = True
    config.VoilaConfiguration.show_tracebacks = False
    config.VoilaConfiguration.file_allowlist = []
    config.VoilaConfiguration.extension_allowlist = EXTENSIONS
    config.VoilaExecutor.timeout = 120
    # A page that is left stops its kernel itself; these are for those that could not.
    config.MappingKernelManager.cull_interval = 60
    config.MappingKernelManager.cull_idle_timeout = 60 * (visitors.minutes if visitors else 20)
    config.MappingKernelManager.cull_connected = visitors is not None
    if zmq.has("curve"):
        config.KernelManager.transport_encryption = "auto"
    if visitors:
        config.Voila.base_url = visitors.base_url
        config.VoilaConfiguration.multi_kernel_manager_class = "lessons.walkthrough.visitors.VisitorsKernels"
    else:
        config.Voila.auto_token = True  # others who use this computer do not answer in this name
    return config


def start(lesson: str, port: int, browser: bool, visitors: OpenWeb | None) -> None:
    """Serve the lessons until stopped. `lesson`: the name of the page to open first, or "" for the list of all."""
    with tempfile.TemporaryDirectory(prefix="retain-or-release-") as temporary:
        answers = Path(temporary) / "visitors" if visitors else record_folder()
        answers.mkdir(mode=0o700, parents=True, exist_ok=True)
        use_own_folders(own_folders(Path(temporary) if visitors else answers))
        os.environ["JUPYTER_PATH"] = str(HERE / "share")
        from lessons.walkthrough.application import Walkthrough

        said = WELCOME.replace("answers are kept in\n{record}\n", "with it go all answers of visitors.\n")
        application = Walkthrough.instance(
            config=configuration(port, visitors),
            welcome=said if visitors else WELCOME,
            answers=answers,
            first_page=f"voila/render/{lesson}.ipynb" if lesson else "",
            opens=browser,
            at_most=visitors.at_most if visitors else 0,
        )
        application.initialize(argv=[])
        application.start()
