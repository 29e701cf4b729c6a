"""The code cells of the pages: whether what they call and name exists, and still prints what the notebook keeps."""

from __future__ import annotations

import ast
import contextlib
import difflib
import io
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from lessons.pages import Page

SHOWN = 3  # lines that differ, of one cell
Found = Iterator[tuple[int, str]]  # (line, what is wrong and what to do)


def unknown_names(
    page: Page, offered: Mapping[str, Collection[str]], ids: Mapping[str, tuple[str, Collection]]
) -> Found:
    """What the cells of a page call or name and what does not exist.

    `offered`: package ("benches") -> what it offers; `ids`: bench ("weigh") -> (file, ids that may be handed to it).
    """
    for block in page.blocks:
        if block.kind != "code":
            continue
        for node in ast.walk(ast.parse(block.source)):
            if not isinstance(node, ast.Attribute | ast.Call):
                continue
            line, called = block.line + node.lineno - 1, node.func if isinstance(node, ast.Call) else node
            if not isinstance(called, ast.Attribute) or not isinstance(called.value, ast.Name):
                continue
            package, name = called.value.id, called.attr
            if isinstance(node, ast.Attribute):
                if package in offered and name not in offered[package]:
                    yield line, f"there is no {package}.{name}{_near(name, offered[package])}"
            elif package == "benches" and name in ids:
                file, known = ids[name]
                given = [one.value for one in node.args if isinstance(one, ast.Constant)]
                for one in (one for one in given[: None if name == "weigh" else 1] if one not in known):
                    yield line, f"there is no '{one}' for benches.{name} in {file}{_near(str(one), known)}"


def _near(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, list(known), 1)
    return f"; did you mean '{near[0]}'?" if near else f"; there are {', '.join(known)}"


def offers(package: Path) -> list[str]:
    """What a package lists under __all__, read without running it."""
    for node in ast.parse((package / "__init__.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return [element.value for element in node.value.elts]
    return []


def changed_numbers(page: Page, kept: Mapping[int, str]) -> Found:
    """Check cells that print something else than the notebook keeps. `kept`: line of a cell -> what it printed.

    Runs them here, each by itself, which takes a second for a page; the build runs the whole page.
    """
    for block in page.blocks:
        if "check" not in block.tags:
            continue
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed):
                exec(compile(block.source, page.path.name, "exec"), {"__name__": "__main__"})  # the course's own cell
        except Exception as error:  # whatever it is, the author has to see it
            said = f"{type(error).__name__}: {error}"
            yield block.line, f"this cell fails by itself ({said}); correct it, and import here what it needs"
            continue
        if printed.getvalue() != kept[block.line]:
            yield block.line, f"{_difference(kept[block.line], printed.getvalue())}; {_remedy(page)}"


def _difference(before: str, now: str) -> str:
    lines = difflib.ndiff(before.splitlines(), now.splitlines())
    changed = [line for line in lines if line[:2] in ("- ", "+ ")]
    was = [line[2:].strip() for line in changed if line[0] == "-"]
    new = [line[2:].strip() for line in changed if line[0] == "+"]
    pairs = [f"'{b}' instead of '{a}'" for a, b in zip(was, new, strict=False)] or [f"'{one}'" for one in new or was]
    more = f" and {len(pairs) - SHOWN} more" if len(pairs) > SHOWN else ""
    return f"this cell now prints {', '.join(pairs[:SHOWN])}{more}"


def _remedy(page: Page) -> str:
    build = f"python -m lessons.build {page.front.id}"
    return f"undo what changed the model, or, if it was meant, run {build} and read whether the page is still true"
