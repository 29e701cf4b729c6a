"""What the tests know about each page, one module `page_NN` for each; here they are put together.

A module may offer EXPLORERS (name -> bench function), PROSE (phrase of the page -> check), CITED (phrase of the page ->
id of a finding), FEEDBACK (phrase of a question -> check), SLIPS (tag of a declared slip -> function of question and
model that gives what somebody who makes it reads off), KEYS ((prediction, option) -> check), POINTS ((explanation, its
point) -> check), and STATEMENTS (function that gives the printed numbers, parameter set that it takes, {parameter that
moves none of them: why}).
"""

from __future__ import annotations

import importlib
from pathlib import Path

PAGES = [importlib.import_module(f"pages.{path.stem}") for path in sorted(Path(__file__).parent.glob("page_*.py"))]


def _together(name: str) -> dict:
    found: dict = {}
    for page in PAGES:
        table = getattr(page, name, {})
        assert not (twice := found.keys() & table.keys()), f"{page.__name__}: {name} has {twice} twice"
        found.update(table)
    return found


EXPLORERS = _together("EXPLORERS")
PROSE = _together("PROSE")
CITED = _together("CITED")
FEEDBACK = _together("FEEDBACK")
KEYS = _together("KEYS")
POINTS = _together("POINTS")
SLIPS = _together("SLIPS")
STATEMENTS = [page.STATEMENTS for page in PAGES if hasattr(page, "STATEMENTS")]
