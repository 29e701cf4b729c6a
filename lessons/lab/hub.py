"""python -m lessons.lab.hub: the course as one learner's server under JupyterHub, which starts it and says where.

The course can be read and not written to. What is the learner's lies in the learner's home: the answers, copies of the
pages (`own_pages.py`), and what Jupyter keeps.
"""

from __future__ import annotations

import sys
from pathlib import Path

from lessons.build import NOTEBOOKS
from lessons.grading import record
from lessons.lab.own_pages import lay_out
from lessons.lab.server import FIRST_PAGE, course_settings, own_folders, signed_pages, use_own_folders

PAGES = "notebooks"  # in the folder of the answers, so that a learner finds both in one place
IDLE_KERNEL = 20 * 60  # s after which a page that nobody looks at gives its memory back; what was answered is on disk


def prepare() -> tuple[Path, dict[str, Path]]:
    """The learner's own pages and Jupyter's folders, both ready. Raises OSError if the home cannot be written to."""
    own = record.own_folder()
    folders = own_folders(own)
    use_own_folders(folders)
    for name in lay_out(NOTEBOOKS, own / PAGES):
        print(f"A page that you had changed is now called: {name}", file=sys.stderr)
    return own / PAGES, folders


def main() -> None:
    """Serve the course to the learner for whom JupyterHub started this."""
    notebooks, folders = prepare()
    from jupyter_server.serverapp import ServerApp
    from jupyterhub.singleuser.extension import JupyterHubSingleUser

    pages, _ = signed_pages(notebooks, folders)
    config = course_settings(folders, pages)
    config.ServerApp.default_url = f"/doc/tree/{PAGES}/{FIRST_PAGE}"
    config.MappingKernelManager.cull_idle_timeout = IDLE_KERNEL
    config.MappingKernelManager.cull_interval = 60
    JupyterHubSingleUser.load_other_extensions = False  # terminals and language servers are no part of a course
    ServerApp.instance(config=config, jpserver_extensions={"jupyterhub": True, "jupyterlab": True})
    server = JupyterHubSingleUser.initialize_server(argv=[])
    server.contents_manager.register_pre_save_hook(pages.before_saving)
    server.start()


if __name__ == "__main__":
    main()
