"""The report on a class as one page that needs nothing but itself: no script, no address, every text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from lessons.classroom.tables import Table, cells

LOOK = """
body { font: 15px/1.45 system-ui, sans-serif; color: #16202a; background: #fff; }
body { margin: 0 auto; padding: 1rem; max-width: 90rem; }
h1 { font-size: 1.6rem; margin: 0 0 0.3rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 0.3rem; }
p, ul { margin: 0.2rem 0 0.6rem; max-width: 60rem; }
.scroll { overflow-x: auto; border: 1px solid #6b7781; }
.scroll:focus-visible, a:focus-visible { outline: 3px solid #c24e00; outline-offset: 2px; }
table { border-collapse: collapse; font-size: 0.9rem; }
th, td { padding: 0.25rem 0.5rem; border-bottom: 1px solid #d3dae0; }
th, td { vertical-align: top; text-align: left; overflow-wrap: break-word; }
thead th { background: #eef1f4; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
td.long { min-width: 15rem; }
td, th { max-width: 26rem; }
a { color: #a83f00; }
footer { margin-top: 2rem; color: #4a555c; }
@media print { .scroll { overflow: visible; border: 0; } }
"""
LONG = 40  # characters of a cell that wants room
FOOT = (
    "Made by the course Retain or Release from answers that learners handed in. It lies on this computer alone. It "
    "proves neither who answered nor any skill with a needle."
)


def page(title: str, day: date, said: Iterable[str], tables: Sequence[Table]) -> str:
    """The page. `said`: sentences on the whole class."""
    links = "".join(
        f'<li><a href="#{table.name}">{escape(table.title)}</a> ({len(table.rows)})</li>' for table in tables
    )
    lines = "".join(f"<li>{escape(line)}</li>" for line in said)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{LOOK}</style></head>\n<body>"
        f"<header><h1>{escape(title)}</h1><p>{day.day} {day:%B %Y}</p></header>\n"
        f'<nav aria-label="Tables"><ul>{links}</ul></nav>\n'
        f'<main><section><h2 id="class">The class</h2><ul>{lines}</ul></section>\n'
        f"{''.join(map(_section, tables))}</main>\n<footer><p>{escape(FOOT)}</p></footer></body></html>\n"
    )


def _section(table: Table) -> str:
    note = f"<p>{escape(table.note)}</p>" if table.note else ""
    head = f'<section><h2 id="{table.name}">{escape(table.title)}</h2>{note}'
    if not table.rows:
        return f"{head}<p>None.</p></section>\n"
    names = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.heads)
    rows = "\n".join(_row(row) for row in table.rows)
    named = f'aria-labelledby="{table.name}"'
    return (
        f'{head}<div class="scroll" role="region" tabindex="0" {named}><table {named}>'
        f"<thead><tr>{names}</tr></thead><tbody>\n{rows}\n</tbody></table></div></section>\n"
    )


def _row(row: Sequence) -> str:
    first, *others = zip(row, cells(row), strict=True)
    return f'<tr><th scope="row">{escape(first[1])}</th>{"".join(map(_cell, others))}</tr>'


def _cell(pair: tuple) -> str:
    cell, text = pair
    kind = "number" if cell is not None and not isinstance(cell, str) else "long" if len(text) > LONG else ""
    return f'<td class="{kind}">{escape(text)}</td>' if kind else f"<td>{escape(text)}</td>"
