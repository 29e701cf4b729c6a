"""One printed page for each lesson: question, picture, what is known, what the page cannot tell, three questions.

    python -m lessons.teaching handouts FOLDER            one file for each lesson
    python -m lessons.teaching handouts FOLDER 03 07      only these

Each file needs nothing but itself, has no script, and prints on one sheet of A4. No key is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from lessons.data import DataError, claims, evidence
from lessons.grading.bank import bank
from lessons.grading.question import Question
from lessons.interface.printed_record import LOOK
from lessons.teaching.guide import Lesson, guide, written_pages
from lessons.teaching.handout_picture import caption, picture

QUESTIONS, LIMITS, SOURCES = 3, 4, 8
ANSWERED = ("choice", "two_tier", "many", "numeric")  # kinds that can be asked on paper
MORE = """
body { font-size: 9.2pt; line-height: 1.27; }
h1 { font-size: 15pt; }
h2 { font-size: 11pt; margin: 0 0 0.8mm; break-after: avoid; }
p.asks { font-size: 11.5pt; font-weight: 600; margin: 1mm 0 0; }
main { columns: 2; column-gap: 8mm; column-fill: balance; }
section { break-inside: auto; margin: 0 0 2.5mm; }
header { margin-bottom: 3mm; }
figure { margin: 0 0 1mm; }
figure svg { width: 100%; height: auto; display: block; }
figcaption { font-size: 8.5pt; color: #4a555c; }
ol { margin: 0; padding-left: 5mm; }
ol ol { list-style: none; padding-left: 2mm; }
ol ol li::before { content: "\\2610  "; }
li { margin: 0 0 0.6mm; break-inside: avoid; }
b.tag { font-weight: 400; border: 0.2mm solid #4a555c; border-radius: 2mm; padding: 0 1.4mm; white-space: nowrap; }
.sources { font-size: 8pt; color: #4a555c; }
"""
FOOT = "From the course Retain or Release. Text and pictures CC BY 4.0. Education, not medical advice."
# From a page's Markdown to plain words: {term}`a <b>` shows a, emphasis and links lose their marks.
ROLE = re.compile(r"\{[a-z-]+\}`(.+?)(?:\s*<[^`>]*>)?`")
MARKS = re.compile(r"[*`]|\[|\]\([^)]*\)")


def handout(page: str) -> str:
    """The page of a lesson. Raises DataError for one that has no guide."""
    lessons = guide().lessons
    if page not in lessons:
        raise DataError(f"There is no handout for page '{page}'; choose one of {', '.join(lessons)}.")
    lesson, front = lessons[page], written_pages()[page].front
    sections = "\n".join(_sections(lesson))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>Retain or Release {escape(page)}: {escape(front.title)}</title><style>{LOOK}{MORE}</style></head>\n"
        f"<body><header><h1>{escape(page)} {escape(front.title)}</h1>"
        f'<p class="asks">{escape(front.question)}</p></header>\n'
        f"<main>\n{sections}\n</main>\n<footer>{escape(FOOT)}</footer></body></html>\n"
    )


def _sections(lesson: Lesson) -> Iterator[str]:
    yield (
        f"<section><h2>In one picture</h2><figure>{picture(lesson.chart)}"
        f"<figcaption>{escape(caption(lesson.chart))}</figcaption></figure></section>"
    )
    yield _section("What is known", (_weighed(name) for name in lesson.claims))
    questions = [_question(item) for item in bank(lesson.bank).items.values() if item.type in ANSWERED]
    yield f"<section><h2>Three questions</h2><ol>{''.join(questions[:QUESTIONS])}</ol></section>"
    yield _section("What this page cannot tell you", map(escape, _limits(lesson)[:LIMITS]))
    cited = _sources(lesson)
    more = (
        f"; and {len(cited) - SOURCES} more, behind the lines of evidence on the page" if len(cited) > SOURCES else ""
    )
    sources = "; ".join(escape(one) for one in cited[:SOURCES])
    yield f'<section class="sources"><h2>Sources</h2><p>{sources}{more}.</p></section>'


def _section(title: str, lines) -> str:
    return f"<section><h2>{escape(title)}</h2><ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul></section>"


def _weighed(name: str) -> str:
    weighed = evidence()[name]
    tags = f'<b class="tag">{escape(weighed.direction)}</b> <b class="tag">{escape(weighed.strength_words)}</b>'
    return f"<b>{escape(claims()[name].text)}</b> {tags} {escape(weighed.sentence)}"


def _question(item: Question) -> str:
    options = getattr(item, "options", ())
    blank = "" if options else " ______________"
    listed = f"<ol>{''.join(f'<li>{escape(one.text)}</li>' for one in options)}</ol>" if options else ""
    because = "<br>Because: ______________________________" if getattr(item, "because", ()) else ""
    return f"<li>{escape(item.stem)}{blank}{listed}{because}</li>"


def _limits(lesson: Lesson) -> list[str]:
    """Those of the page; where it has none, those of the page whose model its picture shows."""
    return limits(lesson.page) or limits(lesson.chart.model)


def limits(page: str) -> list[str]:
    """The points under a page's last heading on what it cannot tell, in plain words; none if it has none."""
    text = written_pages()[page].text
    found = re.search(r"^## What (?:this|these) .*?cannot tell you$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    points = re.findall(r"^- (.+)$", found[1], re.MULTILINE) if found else []
    return [MARKS.sub("", ROLE.sub(r"\1", point)) for point in points]


def _sources(lesson: Lesson) -> list[str]:
    cited = [source.short for name in lesson.claims for source in evidence()[name].sources]
    return list(dict.fromkeys(cited))


def write(folder: Path, pages: Sequence[str] = ()) -> list[Path]:
    """Write handouts into a folder, which is made if it is not there. Raises DataError and OSError."""
    wanted = list(pages) or list(guide().lessons)
    texts = {page: handout(page) for page in wanted}
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for page, text in texts.items():
        path = folder / f"handout-{written_pages()[page].name}.html"
        path.write_text(text, encoding="utf-8", newline="\n")
        paths.append(path)
    return paths
