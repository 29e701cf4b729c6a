"""The report on one sheet of paper: an HTML file that needs nothing but itself, made from the report's own words."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

LINES = 8  # of a list; more would not fit on one sheet
LONGEST = 160  # characters of a line

LOOK = """
@page { size: A4; margin: 14mm; }
body { font: 10.5pt/1.35 system-ui, sans-serif; color: #16202a; background: #fff; max-width: 182mm; margin: 8mm auto; }
h1 { font-size: 16pt; margin: 0; }
h2 { font-size: 11.5pt; margin: 4mm 0 1mm; border-bottom: 0.3mm solid #9aa5ac; }
p, ul, table { margin: 0 0 1mm; }
ul { padding-left: 5mm; }
main { columns: 2; column-gap: 8mm; }
section { break-inside: avoid; }
td { padding: 0 3mm 0 0; vertical-align: top; }
footer { margin-top: 4mm; font-size: 8.5pt; color: #4a555c; }
@media print { body { margin: 0; } }
"""
FOOT = (
    "Made by the course Retain or Release from answers on the learner's own computer. It proves neither who answered "
    "nor any skill with a needle. Education, not medical advice."
)
BLOCKS = (
    ("known", "What I know"),
    ("beliefs", "What I believed"),
    ("sureness", "How sure, and how right"),
    ("gain", "Before and after the course"),
    ("exam", "The exam"),
    ("predictions", "What I predicted"),
    ("today", "To look at again"),
    ("teacher", "With my teacher"),
)


def printed_record(told: Mapping[str, Any], day: datetime.date) -> str:
    """The page. `told`: block -> what `report_words.told` says. All text is escaped; no script, no address."""
    sections = [_section(title, told.get(name)) for name, title in BLOCKS]
    body = "\n".join(section for section in sections if section)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        "<title>Retain or Release: my record</title>"
        f"<style>{LOOK}</style></head>\n<body><header><h1>Retain or Release: my record</h1>"
        f"<p>{day.day} {day:%B %Y}. Name: ______________________________</p></header>\n"
        f"<main>\n{body}\n</main>\n<footer>{escape(FOOT)}</footer></body></html>\n"
    )


def _section(title: str, block: Mapping[str, Any] | None) -> str:
    if not block:
        return ""
    parts = [f"<h2>{escape(title)}</h2>"]
    if block.get("told"):
        parts.append(f"<p>{escape(block['told'])}</p>")
    if block.get("bars"):
        rows = (f"<tr><td>{escape(bar['label'])}</td><td>{escape(bar['told'])}</td></tr>" for bar in block["bars"])
        parts.append(f"<table>{''.join(rows)}</table>")
    lines = list(_lines(block))
    if lines:
        parts.append(_list(lines))
    return f"<section>{''.join(parts)}</section>"


def _lines(block: Mapping[str, Any]) -> Iterator[str]:
    for text in block.get("mastered", ()):
        yield f"✓ {text}"
    for one in block.get("list", ()):
        if "question" in one:
            word = {True: "as predicted", False: "otherwise", None: "not sure"}[one["agreed"]]
            yield f"{one['question']} ({word})"
        else:
            sign = "✓ " if one.get("right") else ""
            yield f"{sign}{one['text']}"


def _list(lines: Sequence[str]) -> str:
    shown = [line if len(line) <= LONGEST else f"{line[:LONGEST]} …" for line in lines[:LINES]]
    more = [f"and {len(lines) - LINES} more"] if len(lines) > LINES else []
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in (*shown, *more))}</ul>"
