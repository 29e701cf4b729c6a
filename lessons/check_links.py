"""Links and pictures of the pages and of the guides: whether what they name is there. Nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lessons.bibliography import Reference
from lessons.pages import CODE_SPAN, HEADING, ROLE, Block, Page, shown_and_meant, without

LINK = re.compile(r"!?\[(?P<words>[^\[\]]*)\]\((?P<target>(?:[^()\s]|\([^()\s]*\))*)(?:\s+\"[^\"]*\")?\)")
UNREADABLE = re.compile(r"\]\(|\]\[|^\[[^\]]+\]:\s", re.MULTILINE)
BARE = re.compile(r"\b[a-z]+://[^\s<>\"')\]]+", re.IGNORECASE)
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
PAGE = re.compile(r"\bpages?\s+(\d\d)\b")
FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
PICTURE_WITHOUT_WORDS = re.compile(r"!\[\s*\]")
Found = Iterator[tuple[int, str]]  # (line, what is wrong and what to do)


def in_page(
    page: Page,
    headings: Mapping[str, Collection[str]],
    planned: Iterable[str],
    folder: Path,
    known: Iterable[Reference],
) -> Found:
    """Dead links of a page. `headings`: stem of each page -> its headings; `planned`: numbers of pages to come;
    `folder`: of the notebooks, where the page is read.

    An address outside must be that of a source in references.bib, so that somebody answers for it.
    """
    addresses = {address for one in known for address in (one.url, one.doi and f"https://doi.org/{one.doi}") if address}

    def outside(address: str) -> str:
        return _ill_formed(address) or (
            "" if address in addresses else f"{address} is no source of assets/references.bib; add it there or unlink"
        )

    def inside(target: str) -> str:
        name, _, heading = target.partition("#")
        stem = name.removesuffix(".ipynb") if name else page.name
        if re.fullmatch(r"\d\d_\w+\.md", name):
            return f"a learner opens notebooks; link {name.removesuffix('.md')}.ipynb"
        if name.endswith(".ipynb") and stem not in headings:
            return f"there is no page {name}; there are {', '.join(sorted(headings))}"
        if stem in headings:
            there = [heading.replace(" ", "-") for heading in headings[stem]]
            return _missing_heading(heading, there, f"{stem}.md")
        return "" if (folder / name).exists() else f"there is no file {name} seen from the folder notebooks; correct it"

    numbers = {*planned, *(stem[:2] for stem in headings)}
    for block in page.blocks:
        if block.kind == "text":
            text = without(block.source, ROLE, CODE_SPAN)
            yield from _dead(text, block.line, outside, inside)
            yield from _dead_numbers(text, block, numbers)


def in_guide(path: Path) -> Found:
    """Dead links and pictures without words in a text for those who work on the course (README, CONTRIBUTING)."""
    text = path.read_text(encoding="utf-8")

    def inside(target: str) -> str:
        name, _, heading = target.partition("#")
        other = path.parent / name if name else path
        if not other.exists():
            return f"there is no {name}; correct the link"
        if other.suffix != ".md":
            return ""
        return _missing_heading(heading, _slugs(other.read_text(encoding="utf-8")), other.name)

    plain = without(text, FENCED, CODE_SPAN)
    yield from _dead(plain, 1, _ill_formed, inside)
    for picture in PICTURE_WITHOUT_WORDS.finditer(plain):
        what = "this picture has no text for those who cannot see it; write it into ![...]"
        yield 1 + plain[: picture.start()].count("\n"), what


def headings(cells: Iterable[str]) -> list[str]:
    """The headings of a page as they are read, from the texts of its cells."""
    found = [HEADING.match(line) for cell in cells for line in without(cell, FENCED).splitlines()]
    return [_read(heading[2]) for heading in found if heading]


def _read(heading: str) -> str:
    bare = ROLE.sub(lambda role: shown_and_meant(role[2])[0], heading)
    return re.sub(r"<[^>]*>|[*`]", "", bare).strip()


def _slugs(text: str) -> list[str]:
    """How a site that shows the guides calls their headings."""
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings([text])]


def _dead(text: str, first: int, outside: Callable[[str], str], inside: Callable[[str], str]) -> Found:
    def line(place: int) -> int:
        return first + text[:place].count("\n")

    for link in LINK.finditer(text):
        target = unquote(link["target"])
        if not link["words"].strip() and not link[0].startswith("!"):
            yield line(link.start()), "this link has no words to press; write them into [...]"
        if not target:
            yield line(link.start()), f"[{link['words']}]() leads nowhere; write where to, or remove the brackets"
        elif what := (outside if re.match(r"[a-z][a-z0-9+.-]*:|//", target, re.IGNORECASE) else inside)(target):
            yield line(link.start()), f"the link '{link['words']}' is dead: {what}"
    rest = without(text, LINK)
    for broken in UNREADABLE.finditer(rest):
        yield line(broken.start()), "this link cannot be read; write [words](address) without spaces in the address"
    for address in BARE.finditer(rest):
        if what := outside(address[0].rstrip(".,;:!?")):
            yield line(address.start()), what


def _dead_numbers(text: str, block: Block, numbers: Collection[str]) -> Found:
    for named in PAGE.finditer(text):
        if named[1] not in numbers:
            what = f"there is no page {named[1]}; there are {', '.join(sorted(numbers))}"
            yield block.line + text[: named.start()].count("\n"), what


def _ill_formed(address: str) -> str:
    try:
        parts = urlsplit(address)
        well = (
            parts.scheme == "https" and HOST.fullmatch(parts.hostname or "") and not parts.username and not parts.port
        )
    except ValueError:
        well = False
    return "" if well else f"{address} is no address that a page may name; write https://, a host and a path"


def _missing_heading(heading: str, there: Iterable[str], name: str) -> str:
    if not heading or heading in there:
        return ""
    return f"{name} has no heading #{heading}; there are {', '.join('#' + one for one in there)}"
