"""Reads a lesson's text and refuses what a page must not contain, naming file, line and what to do.

A text is Markdown with a front matter, code cells and words of art:

    ---
    id: "03"
    title: "Release: the twitch and the reset"
    question: "What does the twitch buy, and for how long?"
    minutes: 20
    goals:
      - Explain why three twitches reset the knot and two do not
    ---
    Mara has a {term}`taut band`.

    ```{code-cell}
    :tags: [check]
    print("text that is stored and compared")
    ```

A code cell shows something and defines nothing; `check` marks one whose printed text is stored in the notebook.
A line `+++` starts a new cell of text.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from lessons.maths import FORMULA, unbalanced

LESSONS = Path(__file__).resolve().parent
WORDS_BETWEEN_INTERACTIONS = 120
LINES_OF_CODE = 5
TAGS = ("check",)

Text = Annotated[str, Field(min_length=1)]
Glossary = Mapping[str, tuple[str, str]]  # every term and alias in lower case -> (term, explanation)


class PageError(ValueError):
    """What an author has to mend: one line per mistake, each "file, line N: what is wrong; what to do"."""


class Front(BaseModel):
    """The front matter of a page. `id` is the two digits with which the file's name begins; `readers` says for whom it
    is: a page for teachers stands apart from the others, and no copy for a class has it."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^\d\d$")]
    title: Text
    question: Text
    minutes: Annotated[int, Field(ge=1, le=120)]
    goals: Annotated[list[Text], Field(min_length=1)]
    readers: Literal["learners", "teachers"] = "learners"


@dataclass(frozen=True)
class Block:
    """One cell to be: `kind` is "text" or "code"; `line` is where it begins in the file."""

    kind: str
    source: str
    line: int
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """A lesson's text, read and found sound. `words`: term of art -> explanation, for those it uses, in order."""

    path: Path
    front: Front
    blocks: tuple[Block, ...]
    words: Mapping[str, str]

    @property
    def name(self) -> str:
        """The stem that text and notebook share, such as "03_release"."""
        return self.path.stem


def page_files(folder: Path = LESSONS) -> list[Path]:
    """The texts of all lessons in the order of their numbers."""
    return sorted(folder.glob("[0-9][0-9]_*.md"))


def read_front(path: Path) -> Front:
    """Only the front matter of a page, for lists of contents. Raises PageError."""
    return _front(path, path.read_text(encoding="utf-8").splitlines())[0]


def read_page(path: Path, glossary: Glossary) -> Page:
    """Read one lesson. Raises PageError with all mistakes."""
    lines = path.read_text(encoding="utf-8").splitlines()
    front, first = _front(path, lines)
    mistakes: list[str] = []

    def stop(line: int, what: str) -> None:
        mistakes.append(f"{path.name}, line {line}: {what}")

    blocks = tuple(_blocks(lines, first, stop))
    for block in blocks:
        if block.kind == "code":
            _check_code(block, stop)
        else:
            _check_text(block, glossary, stop)
    _check_headings(blocks, stop)
    _check_length(blocks, stop)
    if mistakes:
        raise PageError("\n".join(mistakes))
    used = {glossary[meant.casefold()] for block in blocks if block.kind == "text" for meant in terms(block.source)}
    return Page(path, front, blocks, dict(sorted(used, key=lambda word: word[0].casefold())))


ROLE = re.compile(r"\{([a-z-]+)\}`([^`]*)`")
CODE_SPAN = re.compile(r"(?<!\})(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)  # not the backticks of a role
HEADING = re.compile(r"^(#{1,6})\s+(.*)$")


def terms(text: str) -> Iterator[str]:
    """The term that each {term}`...` role means."""
    return (shown_and_meant(role[2])[1] for role in ROLE.finditer(text) if role[1] == "term")


def shown_and_meant(inside: str) -> tuple[str, str]:
    """What stands in a role -> (words shown, term meant); `bands <taut band>` shows one and means the other."""
    both = re.fullmatch(r"(.+?)\s*<(.+)>", inside)
    return (both[1], both[2]) if both else (inside, inside)


def _front(path: Path, lines: list[str]) -> tuple[Front, int]:
    """The front matter and the number (from 0) of the line after it."""
    ends = [number for number, line in enumerate(lines) if line.rstrip() == "---"][:2]
    if len(ends) < 2 or ends[0] != 0:
        raise PageError(f"{path.name}, line 1: the page has no front matter; begin it with --- id, title, ... ---")
    try:
        data = YAML(typ="safe", pure=True).load("\n".join(lines[1 : ends[1]]))
        front = Front.model_validate(data)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        what = error.problem or "this is not YAML"
        raise PageError(f"{path.name}, line {line}: {what}; compare it with the front matter of another page") from None
    except ValidationError as error:
        parts = [(str(e["loc"][0]) if e["loc"] else "front matter", e["msg"]) for e in error.errors()]
        raise PageError(
            "\n".join(f"{path.name}, line {_line_of(lines, field)}: {field}: {what}" for field, what in parts)
        ) from None
    if front.id != path.name[:2]:
        line = _line_of(lines, "id")
        raise PageError(
            f"{path.name}, line {line}: id is '{front.id}'; make it '{path.name[:2]}', as in the file's name"
        )
    return front, ends[1] + 1


def _line_of(lines: list[str], field: str) -> int:
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"{field}:")), 1)


def _blocks(lines: list[str], first: int, stop) -> Iterator[Block]:
    text: list[str] = []
    begun = first

    def finished() -> Iterator[Block]:
        whole = "\n".join(text)
        if whole.strip():
            blank = len(whole) - len(whole.lstrip("\n"))
            yield Block("text", whole.strip("\n"), begun + blank + 1)

    at = first
    while at < len(lines):
        fence = re.match(r"^\s*(`{3,}|~{3,}|:{3,})\s*(.*)$", lines[at])
        if not fence:
            if lines[at].strip() == "+++":
                yield from finished()
                text, begun = [], at + 1
            else:
                text.append(lines[at])
            at += 1
            continue
        end = next((n for n in range(at + 1, len(lines)) if lines[n].strip() == fence[1]), None)
        if end is None:
            stop(at + 1, f"this fence is never closed; end it with a line {fence[1]}")
            break
        yield from finished()
        if not re.fullmatch(r"\{code-cell\}(\s+(python|ipython3))?", fence[2].strip()) or fence[1] != "```":
            stop(at + 1, f"'{fence[0].strip()}' means nothing here; write plain text or ```{{code-cell}}")
        else:
            yield _code_block(lines[at + 1 : end], at + 1, stop)
        text, begun, at = [], end + 1, end + 1
    yield from finished()


def _code_block(inside: list[str], fence: int, stop) -> Block:
    tags: tuple[str, ...] = ()
    skipped = 0
    for line in inside:
        option = re.match(r"^:([a-z-]+):\s*(.*)$", line)
        if not option:
            break
        skipped += 1
        tags = tuple(tag.strip() for tag in option[2].strip("[] ").split(",") if tag.strip())
        unknown = [tag for tag in tags if tag not in TAGS]
        if option[1] != "tags" or unknown:
            stop(fence + skipped, f"'{line}' means nothing here; the only option is :tags: [{', '.join(TAGS)}]")
    return Block("code", "\n".join(inside[skipped:]).strip("\n"), fence + skipped + 1, tags)


def _check_code(block: Block, stop) -> None:
    written = [line for line in block.source.splitlines() if line.strip()]
    if not written:
        stop(block.line, "this code cell is empty; remove it")
    if len(written) > LINES_OF_CODE:
        what = f"this code cell has {len(written)} lines, {LINES_OF_CODE} are allowed"
        stop(block.line, f"{what}; move the rest into the package")
    try:
        tree = ast.parse(block.source)
    except SyntaxError as error:
        stop(block.line + (error.lineno or 1) - 1, f"this is not Python ({error.msg}); correct it")
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            stop(block.line + node.lineno - 1, "a code cell defines nothing; move this into the package and import it")
    if block.source.rstrip().endswith(";"):
        stop(block.line + len(block.source.splitlines()) - 1, "the last ';' hides the output from the tests; remove it")


def _check_text(block: Block, glossary: Glossary, stop) -> None:
    def at(text: str, place: int) -> int:
        return block.line + text[:place].count("\n")

    for role in ROLE.finditer(block.source):
        if role[1] != "term":
            stop(at(block.source, role.start()), f"'{{{role[1]}}}' is not known here; only {{term}}`...` is")
            continue
        meant = shown_and_meant(role[2])[1]
        if meant.casefold() not in glossary:
            near = difflib.get_close_matches(meant.casefold(), glossary, 1)
            hint = f"; did you mean '{near[0]}'?" if near else "; add it to assets/glossary.yaml"
            stop(at(block.source, role.start()), f"'{meant}' is not in the glossary{hint}")
    for place, what in unbalanced(without(block.source, ROLE, CODE_SPAN)):
        stop(at(block.source, place), what)
    plain = without(block.source, ROLE, CODE_SPAN, FORMULA)
    for tag in re.finditer(r"<[a-zA-Z/!?]", plain):
        stop(at(plain, tag.start()), "HTML is not allowed in a text; write Markdown")
    for picture in re.finditer(r"!\[\s*\]", plain):
        stop(at(plain, picture.start()), "this picture has no text for those who cannot see it; write it into ![...]")


def without(text: str, *patterns: re.Pattern) -> str:
    """The text with every match blanked out, so that places and lines stay where they are."""
    for pattern in patterns:
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return text


def _check_headings(blocks: tuple[Block, ...], stop) -> None:
    level = 1
    for block in blocks:
        for number, line in enumerate(block.source.splitlines() if block.kind == "text" else ()):
            heading = HEADING.match(line)
            if not heading:
                continue
            deep = len(heading[1])
            if deep == 1:
                stop(block.line + number, "a page has one title, which stands in the front matter; begin with ##")
            elif deep > level + 1:
                what = f"a heading of level {deep} follows one of level {level}"
                stop(block.line + number, f"{what}; use level {level + 1}")
            level = max(deep, 2)


def _check_length(blocks: tuple[Block, ...], stop) -> None:
    words, begun = 0, 0
    for block in (*blocks, Block("code", "", 0)):
        if block.kind == "text":
            begun = begun or block.line
            words += len(re.findall(r"\w[\w'’.,/-]*", FORMULA.sub("x", ROLE.sub(r"\2", block.source))))
            continue
        if words > WORDS_BETWEEN_INTERACTIONS:
            what = f"{words} words between two interactions, {WORDS_BETWEEN_INTERACTIONS} are allowed"
            stop(begun, f"{what}; shorten the text or put an interaction between")
        words, begun = 0, 0
