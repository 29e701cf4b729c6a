"""What an author can get wrong, found in seconds: each with its place and what to do.

Looks at the texts of the pages, the files in assets/, the figures, the guides, the tables of the tests, and whether the
notebooks are what the texts say and print what the models say. Whether the keys of questions hold is `check_quizzes`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lessons import body_data, check_cells, check_figures, check_links, check_prose, compose, data
from lessons.explanations import explanations
from lessons.grading import bank
from lessons.grading.clinic import cases, safety
from lessons.pages import Page, PageError, page_files, read_page
from lessons.predictions import predictions
from lessons.published_effects import published_effects
from lessons.strict_yaml import DataError

ROOT = Path(__file__).resolve().parents[1]
GUIDES = ("README.md", "CONTRIBUTING.md")
FILES: Sequence[Callable[[Path], object]] = (
    data.references, data.claims, data.evidence, data.calibration, data.glossary, data.surveys, data.planned,
    bank.banks, bank.sealed, bank.misconceptions, predictions, explanations, published_effects, safety, cases,
    body_data.regions, body_data.muscles,
)  # fmt: skip


@dataclass(frozen=True)
class Course:
    """A copy of the course: the folder that holds lessons, assets, notebooks, and, but in a class's copy, tests."""

    root: Path = ROOT

    @property
    def lessons(self) -> Path:
        return self.root / "lessons"

    @property
    def assets(self) -> Path:
        return (self.root / "assets").resolve()  # what was read of it once is remembered under this name

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def tables(self) -> Path:
        """Of the sentences that tests own."""
        return self.root / "tests" / "pages"

    @property
    def runs(self) -> bool:
        """Whether it is the copy whose code is running, so that its models can be asked."""
        return self.root.resolve() == ROOT


@dataclass(frozen=True)
class Looked:
    """What was looked at, and every problem: "place: what is wrong; what to do". `read`: whether all of assets/ was."""

    pages: int
    problems: tuple[str, ...]
    read: bool = True


def look(course: Course) -> Looked:
    """Look at a whole course. Where a file of assets/ cannot be read, pages are only read: most else rests on it."""
    unread = _unread(course)
    pages, mistakes = _pages(course)
    problems = [*unread, *mistakes, *_guides(course), *_figures(course)]
    if not unread:
        problems += _of_pages(course, pages, whole=not mistakes)
    return Looked(len(page_files(course.lessons)), tuple(dict.fromkeys(problems)), read=not unread)


def _unread(course: Course) -> list[str]:
    found = []
    for read in FILES:
        try:
            read(course.assets)
        except DataError as error:
            found += str(error).splitlines()
    return found


def _pages(course: Course) -> tuple[list[Page], list[str]]:
    try:
        words = compose.known_words(course.assets)
    except DataError:
        return [], []  # told already
    pages, mistakes = [], []
    for path in page_files(course.lessons):
        try:
            pages.append(read_page(path, words))
        except PageError as error:
            mistakes += str(error).splitlines()
    return pages, mistakes


def _guides(course: Course) -> Iterator[str]:
    for name in GUIDES:
        if (course.root / name).exists():
            yield from _placed(name, check_links.in_guide(course.root / name))


def _figures(course: Course) -> Iterator[str]:
    for path in sorted((course.lessons / "figures").glob("*.py")):
        yield from _placed(f"figures/{path.name}", check_figures.without_words(path))


def _placed(name: str, found: Iterator[tuple[int, str]]) -> Iterator[str]:
    return (f"{name}, line {line}: {what}" for line, what in found)


def _of_pages(course: Course, pages: Sequence[Page], whole: bool) -> Iterator[str]:
    """Problems of sound pages. `whole`: whether all could be read, so that what they say together can be told."""
    words = compose.known_words(course.assets)
    built = {page.name: compose.composed(page, pages, words) for page in pages}
    read = {name: [c["source"] for c in node["cells"] if c["cell_type"] == "markdown"] for name, node in built.items()}
    headings = {name: check_links.headings(texts) for name, texts in read.items()}
    headings |= {path.stem: [] for path in page_files(course.lessons) if path.stem not in headings}
    planned = [one.id for one in data.planned(course.assets)]
    sources, findings = data.references(course.assets).values(), data.findings(course.assets)
    offered = {name: check_cells.offers(course.lessons / name) for name in ("benches", "statements")}
    ids = _ids(course)
    phrases = check_prose.owned(course.tables)
    for page in pages:
        name = page.path.name
        yield from _placed(name, check_links.in_page(page, headings, planned, course.notebooks, sources))
        yield from _placed(name, check_cells.unknown_names(page, offered, ids))
        if course.tables.is_dir():
            yield from _placed(name, check_prose.unowned(page, phrases, sources))
    if whole:
        yield from check_prose.lost(phrases, pages, findings)
        yield from _stale(course, pages, built)


def _ids(course: Course) -> Mapping[str, tuple[str, Sequence[str]]]:
    """Bench that is handed ids -> the file they stand in, and those that there are."""
    assets = course.assets
    asked = {**bank.banks(assets), **bank.sets(assets), **bank.sealed(assets)}
    return {
        "predict": ("assets/predictions.yaml", list(predictions(assets))),
        "explain_it": ("assets/explanations.yaml", list(explanations(assets))),
        "weigh": ("assets/claims.yaml", list(data.claims(assets))),
        "quiz": ("assets/quizzes", list(asked)),
        "answer": ("assets/quizzes", [item for one in asked.values() for item in one.items]),
    }


def _stale(course: Course, pages: Sequence[Page], built: Mapping[str, dict]) -> Iterator[str]:
    """Notebooks that are not what their texts say, or print what the models no longer say."""
    for path in sorted(set(course.notebooks.glob("[0-9][0-9]_*.ipynb"))):
        if path.stem not in built:
            yield f"{path.name}: there is no text {path.stem}.md in lessons/; write it or remove the notebook"
    for page in pages:
        remedy = f"run python -m lessons.build {page.front.id}"
        try:
            cells = _stored(course.notebooks / f"{page.name}.ipynb")
        except (OSError, ValueError, LookupError, TypeError):
            yield f"{page.path.name}, line 1: its notebook is missing or cannot be read; {remedy}"
            continue
        lines = [1, *(block.line for block in page.blocks), 1]
        made = [(cell["cell_type"], cell["source"], cell["metadata"], cell["id"]) for cell in built[page.name]["cells"]]
        different = [(line, new, old) for line, new, (old, _) in zip(lines, made, cells, strict=False) if new != old]
        if different:
            line = _first_difference(*different[0])
            yield f"{page.path.name}, line {line}: the notebook does not say what stands here; {remedy}"
        elif len(made) != len(cells):
            yield f"{page.path.name}, line 1: the notebook has {len(cells)} cells, not {len(made)}; {remedy}"
        elif course.runs:
            kept = {line: printed for line, (_, printed) in zip(lines, cells, strict=True)}
            yield from _placed(page.path.name, check_cells.changed_numbers(page, kept))


def _first_difference(begun: int, new: tuple, old: tuple) -> int:
    """The line of the page where a cell first differs from the notebook's; `begun`: where the cell begins."""
    if begun == 1 or new[0] != old[0]:  # put together from more than the text, or another cell altogether
        return begun
    pairs = zip(new[1].splitlines(), old[1].splitlines(), strict=False)
    return begun + next((number for number, (a, b) in enumerate(pairs) if a != b), 0)


def _stored(path: Path) -> list[tuple[tuple, str]]:
    """(kind, source, metadata, id) of each cell of a notebook, and what is kept of what it printed."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [
        (
            (cell["cell_type"], "".join(cell["source"]), cell["metadata"], cell["id"]),
            "".join(text for output in cell.get("outputs", ()) for text in output["text"]),
        )
        for cell in cells
    ]
