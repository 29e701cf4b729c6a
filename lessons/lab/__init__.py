"""JupyterLab as the course shows it: own settings, pages that start by themselves, saved pages that are never dead."""
