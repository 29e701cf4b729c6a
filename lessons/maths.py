"""Formulas in a text: where they are, and what stands in them without its partner."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Between single dollars on one line, or double ones without an empty line in between; \$ is a dollar sign.
FORMULA = re.compile(r"(?<!\\)(?:\$\$(?:(?!\n\s*\n).)*?(?<!\\)\$\$|\$(?:\\.|[^$\\\n])+\$)", re.DOTALL)
DOLLARS = re.compile(r"(?<!\\)\$+")
MARK = re.compile(r"\\\\|\\[{}]|\\(?P<does>begin|end)\{(?P<name>[^{}]*)\}|\\(?P<side>left|right)(?![a-zA-Z])|[{}]")
OPENS = {"}": "{", r"\right": r"\left"}
CLOSES = {"{": "}", r"\left": r"\right"}


def unbalanced(text: str) -> Iterator[tuple[int, str]]:
    """(place in the text, what is wrong and what to do) for every mark of a formula that has no partner.

    `text` is without its code spans, which may hold anything.
    """
    for dollars in DOLLARS.finditer(FORMULA.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)):
        yield dollars.start(), rf"this {dollars[0]} has no partner; close the formula, or write \$ for a dollar sign"
    for formula in FORMULA.finditer(text):
        for place, what in _inside(formula[0]):
            yield formula.start() + place, what


def _inside(formula: str) -> Iterator[tuple[int, str]]:
    waiting: list[tuple[int, str]] = []  # what was opened and not yet closed
    for mark in MARK.finditer(formula):
        if mark["does"] == "begin" or mark[0] in CLOSES:
            waiting.append((mark.start(), mark[0]))
        elif mark["does"] == "end" or mark[0] in OPENS:
            needed = OPENS.get(mark[0], rf"\begin{{{mark['name']}}}")
            if needed not in [opened for _, opened in waiting]:
                yield mark.start(), f"{mark[0]} has no {needed} before it; write that, or remove this"
                continue
            while (last := waiting.pop())[1] != needed:
                yield last[0], f"{last[1]} is not closed before {mark[0]}; write {_closing(last[1])}"
    for place, opened in waiting:
        yield place, f"{opened} is never closed in this formula; write {_closing(opened)}"


def _closing(opened: str) -> str:
    return CLOSES.get(opened) or opened.replace("begin", "end", 1)
