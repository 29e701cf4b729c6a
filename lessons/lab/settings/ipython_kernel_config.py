"""Read by IPython as each kernel starts, which is some seconds before a page wants anything of it."""

import sys

sys.modules["debugpy"] = None  # ipykernel asks whether it can be imported; it would take 8 MiB of every kernel
# Every page's first line needs a second for this, while JupyterLab is still loading.
get_config().IPKernelApp.exec_lines = ["import lessons.benches; del lessons"]  # noqa: F821
