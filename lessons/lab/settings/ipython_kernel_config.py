"""Read by IPython as each kernel starts. No page has a debugger, which would take 8 MiB of every kernel."""

import sys

sys.modules["debugpy"] = None  # ipykernel asks whether it can be imported
