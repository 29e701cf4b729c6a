"""Makes the Jupyter that Binder starts the course's own. Not yet run on Binder; see postBuild."""

from lessons.build import NOTEBOOKS
from lessons.grading.record import own_folder
from lessons.lab.server import FIRST_PAGE, course_settings, own_folders, signed_pages, use_own_folders

c = get_config()  # noqa: F821  (Jupyter puts it here)

folders = own_folders(own_folder())
use_own_folders(folders)
pages, _ = signed_pages(NOTEBOOKS, folders)
c.merge(course_settings(folders, pages))
c.FileContentsManager.pre_save_hook = pages.before_saving
c.ServerApp.default_url = f"/doc/tree/{NOTEBOOKS.name}/{FIRST_PAGE}"
