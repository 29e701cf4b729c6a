"""Whether every figure says in words what it shows, read from its code without drawing it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PARTS = ("body_chart",)  # modules that draw what stands inside other figures
DRAWN = {"data", "layout"}  # a dictionary with these keys is a figure
IN_WORDS = {
    "title": "the finding above it",
    "twin": "the sentence below it, for those who cannot see it",
    "table": "its numbers behind More",
}


def without_words(path: Path) -> Iterator[tuple[int, str]]:
    """(line, what is missing and what to do) for each figure of a module that lacks title, sentence or table."""
    if path.stem in PARTS:
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Dict):
            continue
        fields = {k.value: v for k, v in zip(node.keys, node.values, strict=True) if isinstance(k, ast.Constant)}
        if not fields.keys() >= DRAWN:
            continue
        for name, what in IN_WORDS.items():
            if name not in fields:
                yield node.lineno, f"this figure has no '{name}'; add {what}"
            elif isinstance(fields[name], ast.Constant) and not str(fields[name].value or "").strip():
                yield fields[name].lineno, f"the '{name}' of this figure is empty; write {what}"
