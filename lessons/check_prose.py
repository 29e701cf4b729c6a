"""The sentences that tests own: every number of a page belongs to one, and each still stands on a page.

Which sentences a model or a finding answers for is written in the tables PROSE and CITED of tests/pages/page_NN.py.
They are read here without running them, so that an author hears of a sentence that nobody owns before any test runs.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lessons.bibliography import Reference
from lessons.check_links import BARE
from lessons.entries import Finding
from lessons.maths import FORMULA
from lessons.pages import CODE_SPAN, ROLE, Page, without

NUMBER = re.compile(r"(?<![A-Za-z\d.,])\d+(?:[.,]\d+)*|\b(?:hundred|thousand|million)s?\b")
# What is a number to read by and no fact: "of 10" is the scale of pain, "page 04" a link, "1." a place in a list.
NOT_A_FACT = re.compile(r"\b(?:of|to) 10\b(?! ?%)|\bpages?\s+\d\d\b|^\s*\d+\.\s", re.MULTILINE)
TARGET = re.compile(r"\]\([^)]*\)")
YEAR = re.compile(r"\b([A-ZÀ-Þ][\w'-]+)(?: (?:and|&) [A-ZÀ-Þ][\w'-]+| et al\.)? ((?:19|20)\d\d)\b")
SHOWN = 60  # characters of a sentence


@dataclass(frozen=True)
class Owned:
    """A phrase of a page that a test answers for. `finding`: the id of what stands behind it, "" where a model does."""

    phrase: str
    place: str
    finding: str = ""

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where it stands in a text, whatever its line breaks."""
        words = r"\s+".join(map(re.escape, self.phrase.split()))
        return [found.span() for found in re.finditer(words, text)]


def owned(folder: Path) -> list[Owned]:
    """All phrases in the tables of a folder tests/pages."""
    found = []
    for path in sorted(folder.glob("page_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            table = getattr(node.targets[0], "id", "") if isinstance(node, ast.Assign) else ""
            if table in ("PROSE", "CITED") and isinstance(node.value, ast.Dict):
                for key, value in zip(node.value.keys, node.value.values, strict=True):
                    finding = value.value if table == "CITED" and isinstance(value, ast.Constant) else ""
                    found.append(Owned(key.value, f"tests/pages/{path.name}, line {key.lineno}", finding))
    return found


def lost(phrases: Iterable[Owned], pages: Iterable[Page], findings: Mapping[str, Finding]) -> Iterator[str]:
    """Sentences about phrases that no page says any more, and about findings that do not say what a page cites."""
    texts = [page.path.read_text(encoding="utf-8") for page in pages]
    for one in phrases:
        if not any(one.spans(text) for text in texts):
            yield (
                f"{one.place}: no page says '{_short(one.phrase)}' any more; write there what the page says now, and "
                "see whether it is still true"
            )
        if not one.finding:
            continue
        if one.finding not in findings:
            yield f"{one.place}: there is no finding '{one.finding}'; see assets/evidence.yaml"
            continue
        for number in NUMBER.findall(YEAR.sub("", _facts(one.phrase))):
            if number[0].isdigit() and _value(number) not in _told(findings[one.finding]):
                what = f"{number} stands nowhere in the finding '{one.finding}'"
                yield f"{one.place}: {what}; correct the page, or name the finding that has it"


def unowned(page: Page, phrases: Iterable[Owned], known: Collection[Reference]) -> Iterator[tuple[int, str]]:
    """(line, sentence) for each number of a page that no test owns, and each source that is not in the references."""
    whole = page.path.read_text(encoding="utf-8")
    lines = whole.splitlines(keepends=True)
    spans = [span for one in phrases for span in one.spans(whole)]
    where = f"PROSE (a model shows it) or CITED (a finding says it) of tests/pages/page_{page.front.id}.py"
    cited = {(name.split(",")[0], one.year) for one in known for name in one.author.split(" and ")[:1]}
    for block in page.blocks:
        if block.kind != "text":
            continue
        before = sum(map(len, lines[: block.line - 1]))
        text = _facts(block.source)
        for source in YEAR.finditer(text):
            if (source[1], source[2]) not in cited:
                what = f"{source[0]} is no source of assets/references.bib; add it there or correct name and year"
                yield block.line + text[: source.start()].count("\n"), what
        for number in NUMBER.finditer(YEAR.sub(lambda found: " " * len(found[0]), text)):
            start, end = before + number.start(), before + number.end()
            if not any(low <= start and end <= high for low, high in spans):
                what = f"no test owns the number {number[0]}; put its sentence into {where}, or leave the number out"
                yield block.line + text[: number.start()].count("\n"), what


def _facts(text: str) -> str:
    """The text with what is no fact blanked out: terms, code, formulas, addresses, and numbers to read by."""
    return without(text, ROLE, CODE_SPAN, FORMULA, TARGET, BARE, NOT_A_FACT)


def _told(finding: Finding) -> set[float]:
    told = " ".join((finding.says, finding.number, finding.interval, finding.n, finding.caution))
    return {_value(number) for number in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", told)}


def _value(number: str) -> float:
    return float(number.replace(",", ""))


def _short(phrase: str) -> str:
    return phrase if len(phrase) <= SHOWN else f"{phrase[:SHOWN].rsplit(' ', 1)[0]} ..."
