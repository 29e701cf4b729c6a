"""What a model's docstring says of it: equations, remarks on them, limits. It is written nowhere else."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from lessons.teaching.equations import NotAnEquation, Tree, read

INDENT = "    "
APART = re.compile(r"\s{3,}+(?![=:]|->)")  # between an equation and a remark on it, or another equation
IN_BRACKETS = re.compile(r"\[[^]]*\]")
SAID = re.compile(r"\b(and|else|in|is|it|its|than|the|their|under|which|while)\b")  # a line with one is said in words
LIMITS = ("Left out", "What is left out", "Limits")
PAPERS = ("Papers", "Symbols")


@dataclass(frozen=True)
class Equation:
    """One line: `maths` is its tree, or None where `text` is said in words. `remark`: what stands beside it."""

    maths: Tree | None
    text: str
    remark: str = ""


@dataclass(frozen=True)
class ModelText:
    """`about`: the first paragraph. `equations` in order. `words`: paragraphs between them. `limits` and `papers`."""

    about: str
    equations: tuple[Equation, ...]
    words: tuple[str, ...]
    limits: tuple[str, ...]
    papers: tuple[str, ...]


def text_of(module: ModuleType) -> ModelText:
    """The parts of a model's docstring."""
    paragraphs = inspect.cleandoc(module.__doc__ or "").split("\n\n")
    first, *others = paragraphs
    equations: list[Equation] = []
    words: list[str] = []
    limits: list[str] = []
    papers: list[str] = []
    for paragraph in others:
        lines = paragraph.splitlines()
        plain = " ".join(line for line in lines if not line.startswith(INDENT)).strip()
        equations += _equations([line for line in lines if line.startswith(INDENT)])
        if plain.startswith(LIMITS):
            limits.append(plain)
        elif plain.startswith(PAPERS):
            papers.append(plain)
        elif plain:
            words.append(plain)
    return ModelText(" ".join(first.split()), tuple(equations), tuple(words), tuple(limits), tuple(papers))


def _equations(lines: list[str]) -> Iterator[Equation]:
    joined: list[str] = []
    for line in lines:
        bare = line.strip()
        if joined and bare.startswith(("+ ", "/ ")):  # goes on from the line before
            joined[-1] = f"{joined[-1]} {bare}"
        else:
            joined.append(bare)
    for line in joined:
        found: list[Equation] = []
        for part in APART.split(line):
            tree = _tree(part)
            if tree is None and found:
                found[-1] = Equation(found[-1].maths, found[-1].text, f"{found[-1].remark} {part}".strip())
            else:
                found.append(Equation(tree, " ".join(part.split())))
        yield from found


def _tree(text: str) -> Tree | None:
    """The equation, or None for what is said in words."""
    if not re.search(r"=|->", text) or SAID.search(IN_BRACKETS.sub("", text)):
        return None
    try:
        return read(text)
    except NotAnEquation:
        return None
