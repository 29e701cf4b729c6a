"""The course's state at a glance, and what an author has to mend.

    python -m lessons.check                what an author can get wrong: all of `pages`, and whether the keys of
                                           questions hold (takes about half a minute)
    python -m lessons.check pages          texts, links, notebooks, files of assets/, figures (takes seconds)
    python -m lessons.check calibration    what the models say against what was measured
    python -m lessons.check claims         what serves each claim of the paper, and what is missing
    python -m lessons.check quizzes        the questions, whether the models confirm their keys, and whether wrong keys
                                           and changed models would be noticed (takes minutes; less with --quick)
    python -m lessons.check install        what is wrong with this installation

Each prints a table or a line, or with --json a list or dictionary. The exit code is 0 if all is well, 1 if something
has to be mended; what and how is then said on the last lines (on the error stream).
"""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

WIDTH = 118


def main(arguments: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Run one check. Returns the exit code. `root`: another copy of the course, for what an author gets wrong."""
    parser = argparse.ArgumentParser(prog="python -m lessons.check", description="The course's state at a glance.")
    parser.add_argument("what", nargs="?", choices=CHECKS, help="what to look at; without it, what authors get wrong")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--quick", action="store_true", help="quizzes: the keys alone, without changed models")
    chosen = parser.parse_args(arguments)
    more: dict[str, Any] = {"quick": True} if chosen.quick and chosen.what == "quizzes" else {}
    if root and chosen.what in (None, "pages"):
        more["root"] = root
    data, text, problems = CHECKS.get(chosen.what, everything)(**more)
    sys.stdout.reconfigure(errors="replace")  # an old Windows console has no "µ"
    print(json.dumps(data, indent=1) if chosen.json else text)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def pages(root: Path | None = None) -> tuple[Any, str, list[str]]:
    """What an author can get wrong on the pages and in the files that they rest on: JSON, a line, problems."""
    found, _ = _looked(root)
    return _told(found.pages, "pages", found.problems)


def everything(root: Path | None = None) -> tuple[Any, str, list[str]]:
    """What `pages` finds, and whether the keys of questions hold: JSON, a line, problems."""
    from lessons import check_quizzes

    found, course = _looked(root)
    problems = list(found.problems)
    if found.read:
        _progress("asking the models for the keys of questions")
        problems += check_quizzes.wrong_keys(course.assets)
        _progress("")
    return _told(found.pages, "pages and the questions", problems)


def _looked(root: Path | None):
    from lessons.check_pages import Course, look

    course = Course(root) if root else Course()
    _progress("reading the pages")
    found = look(course)
    _progress("")
    return found, course


def _told(count: int, what: str, problems: Iterable[str]) -> tuple[Any, str, list[str]]:
    mended = list(problems)
    end = f"{len(mended)} to mend:" if mended else "nothing to mend."
    return {"pages": count, "problems": mended}, f"Looked at {count} {what}: {end}", mended


def calibration() -> tuple[Any, str, list[str]]:
    """Measure the models: JSON rows, a table, problems."""
    from lessons import check_calibration, data
    from lessons.models import guard_rails

    targets = data.calibration().values()
    found = check_calibration.results(targets, _progress)
    _progress("simulating trials that found nothing")
    rails = list(guard_rails.found())
    _progress("")
    problems = [*check_calibration.problems(found), *check_calibration.crossed(rails)]
    return [r.as_json() for r in found], f"{_calibration_text(found, targets)}\n\n{_rails_text(rails)}", problems


def _rails_text(rails: Sequence) -> str:
    rows = [
        (
            one.rail.target,
            one.rail.what,
            f"{one.rail.people} ({one.rail.like})",
            f"{one.difference:.3g} {one.rail.unit}" + (", built in" if one.rail.built_in else ""),
            f"{one.rate:.1%}",
            f"{one.bound[0]:.0%} to {one.bound[1]:.0%}",
            "ok" if one.holds else "CROSSED",
        )
        for one in rails
    ]
    heads = ("id", "what trials did not find", "people", "in the model", "significant", "allowed", "")
    return f"Guard rails: trials of the published size, simulated again and again\n{table(rows, heads)}"


def _calibration_text(found: Sequence, targets: Iterable) -> str:
    parts = []
    models = list(dict.fromkeys(r.target.model for r in found))
    for kind, title in (("published", "Published values"), ("regression", "Regression numbers (no evidence)")):
        for model in models:
            rows = [r for r in found if (r.target.kind, r.target.model) == (kind, model)]
            if rows:
                parts += [f"{title}: {model.replace('_', ' ')}", _measured(rows, kind), _counted(rows, kind) + "\n"]
    misfits = [(r.target.id, r.target.misfit) for r in found if r.target.misfit]
    if misfits:
        parts += ["Misfits, in the open", table(misfits, ("id", "reason")), ""]
    remarks = [(t.id, t.soft or t.reason) for t in targets if t.state == "modelled" and (t.soft or t.reason)]
    if remarks:
        parts += ["Remarks (why a target does not bind, or what its agreement is worth)"]
        parts += [table(remarks, ("id", "remark")), ""]
    absent = [(t.id, t.quantity, t.state, t.reason) for t in targets if t.state != "modelled"]
    parts += ["Not measured, not counted", table(absent, ("id", "quantity", "state", "reason"))]
    return "\n".join(parts)


def _measured(found: Sequence, kind: str) -> str:
    rows = [
        (
            r.target.id,
            r.target.quantity,
            f"{r.value:.4g}",
            "" if r.target.published is None else f"{r.target.published:.4g}",
            f"{r.target.low:.4g} to {r.target.high:.4g}",
            r.target.unit,
            "ok" if r.passed else "misfit" if r.target.misfit else "OUT",
            "hard" if r.target.hard else "",
            r.target.grade,
            r.target.agreement,
        )
        for r in found
    ]
    heads = ("id", "quantity", "model", "measured", "range", "unit", "", "", "grade", "agreement")
    shown = range(len(heads)) if kind == "published" else (0, 1, 2, 4, 5, 6)
    return table([[row[i] for i in shown] for row in rows], [heads[i] for i in shown])


def _counted(found: Sequence, kind: str) -> str:
    said = f"{sum(r.passed for r in found)} of {len(found)} in range."
    free = [r for r in found if not r.target.agreement]
    if kind == "published":
        said += f" Neither fitted nor built in: {sum(r.passed for r in free)} of {len(free)}."
    return said


def claims() -> tuple[Any, str, list[str]]:
    """The matrix of claims: JSON rows, a table, problems."""
    from lessons import check_claims

    rows = check_claims.rows(check_claims.questions())
    lines = [
        (
            row.claim.id,
            row.claim.text,
            f"{row.evidence.direction}; {row.evidence.strength_words}" if row.evidence else "",
            ", ".join(row.claim.observables),
            ", ".join(row.claim.controls),
            ", ".join(row.claim.figures),
            str(len(row.items)),
            " ".join(row.claim.lessons),
            "complete" if row.complete else "gaps" if row.due else "later",
        )
        for row in rows
    ]
    heads = ("id", "claim", "evidence", "observables", "controls", "figures", "asked", "page", "")
    done = sum(row.complete for row in rows)
    text = f"{table(lines, heads)}\n{done} of {len(rows)} claims complete."
    return [row.as_json() for row in rows], text, check_claims.problems(rows)


def quizzes(quick: bool = False) -> tuple[Any, str, list[str]]:
    """The questions, whether model or findings confirm their keys, and what would be noticed: JSON, a table, problems.

    `quick`: without what takes minutes, the changed models.
    """
    from lessons import check_quizzes, truth

    found = truth.report()
    text, problems = check_quizzes.keys(found), [*truth.problems(), *check_quizzes.unnoticed_keys(found)]
    if not quick:
        found["models"] = truth.audits(_progress)
        _progress("")
        text = f"{text}\n\n{check_quizzes.models(found['models'])}"
        problems += check_quizzes.unnoticed_changes(found["models"])
    return found, text, problems


def install() -> tuple[Any, str, list[str]]:
    """What is wrong with this installation, a sentence per cause."""
    from lessons.lab.install import problems

    found = problems()
    return found, "" if found else "Everything the course needs is installed.", found


CHECKS = {
    "pages": pages,
    "calibration": calibration,
    "claims": claims,
    "quizzes": quizzes,
    "install": install,
}


def table(rows: Iterable[Sequence[str]], heads: Sequence[str], width: int = WIDTH) -> str:
    """Columns of text, wrapped so that a terminal of `width` characters can show them."""
    cells = [[str(cell) for cell in row] for row in (heads, *rows)]
    wanted = [max(len(row[i]) for row in cells) for i in range(len(heads))]
    least = [
        min(w, max(max((len(word) for word in row[i].split()), default=0) for row in cells))
        for i, w in enumerate(wanted)
    ]
    room = width - 2 * (len(heads) - 1)
    while sum(wanted) > room and any(w > m for w, m in zip(wanted, least, strict=True)):
        widest = max((i for i in range(len(heads)) if wanted[i] > least[i]), key=lambda i: wanted[i])
        wanted[widest] -= 1
    while sum(wanted) > room and max(wanted) > 1:  # words alone are too wide: the longest of them are broken
        wanted[wanted.index(max(wanted))] -= 1
    lines = []
    for row in cells:
        parts = [textwrap.wrap(cell, max(w, 1)) or [""] for cell, w in zip(row, wanted, strict=True)]
        for k in range(max(map(len, parts))):
            line = "  ".join((part[k] if k < len(part) else "").ljust(w) for part, w in zip(parts, wanted, strict=True))
            lines.append(line.rstrip())
        if row is cells[0]:
            lines.append("  ".join("-" * w for w in wanted))
    return "\n".join(lines)


def _progress(text: str) -> None:
    """On the error stream: one line that replaces itself where somebody looks on, else nothing."""
    if sys.stderr.isatty():
        print(f"\r{text:<60}", end="" if text else "\r", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
