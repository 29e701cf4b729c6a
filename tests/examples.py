"""The questions that the manual of the bank shows, one or more of each kind, for tests of what a kind is."""

import inspect
import re
import shutil
import tempfile
import textwrap
from pathlib import Path

from lessons.data import ASSETS
from lessons.grading import items
from lessons.grading.bank import banks

MANUAL = re.search(r"A bank of questions, complete:\n\n(.*?)\n\nThe feedback", inspect.getdoc(items), re.DOTALL)[1]


def write_examples(folder):
    """The examples as the only questions of a copy of the assets; gives that copy."""
    assets = Path(folder) / "assets"
    shutil.copytree(ASSETS, assets, ignore=shutil.ignore_patterns("quizzes", "pictures"))
    (assets / "quizzes").mkdir()
    (assets / "quizzes" / "03_examples.yaml").write_text(textwrap.dedent(MANUAL), encoding="utf-8")
    return assets


with tempfile.TemporaryDirectory() as _folder:
    EXAMPLES = banks(write_examples(_folder))["03"].items
BY_TYPE = {item.type: item for item in EXAMPLES.values()}
