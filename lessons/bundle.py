"""Makes what a class receives: the course as it is used, with the questions that are marked by the teacher sealed.

    python -m lessons.bundle class.zip              seals the exam and the questions before and after the course
    python -m lessons.bundle class.zip --seal exam  seals the exam alone
    python -m lessons.bundle folder                 the same, as a folder

A sealed question holds what a page shows before an answer (see `lessons.grading.sealed`), no key and nothing of what
would be said to an answer. The same course gives the same bytes. What this stops and what it does not stands in
CONTRIBUTING.md.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lessons.data import ASSETS, DataError
from lessons.grading.bank import FOLDER, SETS, Bank, banks, misconceptions, sets
from lessons.grading.items import Item
from lessons.grading.sealed import seal
from lessons.lesson_models import MODELS
from lessons.pages import PageError, page_files, read_front
from lessons.strict_yaml import Entry

ROOT = ASSETS.parent
TOP = "retain-or-release"  # the folder that the zip unpacks to
FILES = ("LICENSE", "README.md", "pyproject.toml", "requirements.txt")
FOLDERS = ("assets", "lessons", "notebooks")
# Only what the course is made of: an editor's copy of a file with keys is of no kind that stands here.
KINDS = {".bib", ".css", ".gif", ".ipynb", ".js", ".json", ".md", ".png", ".py", ".yaml"}
TEACHING = ("assets/teaching.yaml", "lessons/teaching")  # what the pages for teachers are made of
FORMS = {"opening", "closing"}  # about the same ideas, and one may tell nothing without the other
NOT_FOR_LEARNERS = ("For teachers", "Test", "See the state of the course", "Add something")  # parts of the README
KEY_TEXTS = ("explanation", "feedback", "hints", "say")  # fields that say what is right
TELLING = 20  # characters from which on a text is nobody's but its question's
EARLIEST = (1980, 1, 1, 0, 0, 0)
NOTE = """## This copy

It was made for a class. The questions {sets} carry no answers here: what you answer is kept on your
computer, and your teacher marks it. To hand it in, press *Write everything into a file* on the first page and give that
file to your teacher. All other questions tell you at once what was right and why.

"""
NAMES = {"opening": "before the course", "closing": "after the course", "exam": "in the exam"}
GET_IT = re.compile(r" Then get the\s+course: .*?unpack it\.", re.DOTALL)  # which has all keys


class BundleError(Exception):
    """Why no bundle was made. One sentence, or one line for each cause, that says what to do."""


def bundle(sealed: Collection[str], root: Path = ROOT) -> dict[str, bytes]:
    """Path in the bundle -> content. `sealed`: names of sets. Raises BundleError and DataError."""
    assets = root / "assets"
    known = sets(assets)
    if missing := sorted(set(sealed) - set(known)):
        there = f"this copy of the course has {', '.join(known)}" if known else "this copy of the course has no keys"
        raise BundleError(f"There is no set {' or '.join(missing)} to seal; {there}.")
    if len(FORMS & set(sealed)) == 1:
        raise BundleError("Opening and closing ask the same ideas, so one would give away the other; seal both.")
    members = {name: (root / name).read_bytes() for name in _paths(root)}
    for name in known:
        if name not in sealed:
            path = f"assets/{FOLDER}/{SETS}/{name}.yaml"
            members[path] = (root / path).read_bytes()
    for name in sealed:
        members[f"assets/{FOLDER}/{SETS}/{name}.json"] = _sealed(known[name])
    members["assets/misconceptions.yaml"] = _beliefs(assets, sealed)
    members["README.md"] = _for_learners(members["README.md"].decode(), sealed).encode()
    if found := leaks(members, sealed, assets):
        raise BundleError("\n".join(found))
    return dict(sorted(members.items()))


def _paths(root: Path) -> Iterator[str]:
    """What a class uses, but for the sets of questions: no tests, caches, hidden files, notebooks of one's own, and
    nothing of the pages for teachers, which show answers."""
    if missing := [name for name in (*FILES, *FOLDERS) if not (root / name).exists()]:
        raise BundleError(f"{', '.join(missing)} is missing in {root}; make the bundle from the whole course.")
    yield from FILES
    kept_back = (*TEACHING, *_pages_for_teachers(root / "lessons"))
    for folder in FOLDERS:
        for path in (root / folder).rglob("*"):
            parts = path.relative_to(root).parts
            if path.suffix not in KINDS or not path.is_file() or "__pycache__" in parts:
                continue
            name = "/".join(parts)
            of_ones_own = folder == "notebooks" and not (root / "lessons" / f"{path.stem}.md").exists()
            kept = of_ones_own or parts[:3] == ("assets", FOLDER, SETS) or any(p.startswith(".") for p in parts)
            if not kept and not any(name == one or name.startswith(f"{one}/") for one in kept_back):
                yield name


def _pages_for_teachers(lessons: Path) -> Iterator[str]:
    """The texts and notebooks of such pages. Raises BundleError for a page that does not say for whom it is."""
    for path in page_files(lessons):
        try:
            front = read_front(path)
        except PageError as error:
            raise BundleError(
                f"{error}. Mend the page; without its front matter nobody knows for whom it is."
            ) from None
        if front.readers == "teachers":
            yield from (f"lessons/{path.name}", f"notebooks/{path.stem}.ipynb")


def _sealed(bank: Bank) -> bytes:
    items = [seal(item, _ranges(item)).model_dump(mode="json", exclude_defaults=True) for item in bank.items.values()]
    return _written({"schema_version": 1, "set": bank.lesson, "items": items})


def _ranges(item: Item) -> Mapping[str, Any]:
    return MODELS[item.model].parameters.described() if item.model else {}


def _beliefs(assets: Path, sealed: Collection[str]) -> bytes:
    """The beliefs behind the wrong answers of questions that tell them; those of sealed ones would rule answers out."""
    asked = [*banks(assets).values(), *(one for name, one in sets(assets).items() if name not in sealed)]
    told = {belief for one in asked for item in one.items.values() for belief in item.misconceptions}
    kept = [one.model_dump(mode="json") for name, one in misconceptions(assets).items() if name in told]
    return _written({"schema_version": 1, "misconceptions": kept})


def _written(content: Mapping[str, Any]) -> bytes:
    """As JSON, which the reader of YAML reads."""
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def _for_learners(readme: str, sealed: Collection[str]) -> str:
    """The README without what needs the tests or the keys, and with a word on this copy."""
    parts = re.split(r"^(?=## )", GET_IT.sub(" Unpack this copy.", readme), flags=re.MULTILINE)
    kept = [part for part in parts if not part.startswith(tuple(f"## {title}\n" for title in NOT_FOR_LEARNERS))]
    *others, last = (words for name, words in NAMES.items() if name in sealed)
    note = NOTE.format(sets=f"{', '.join(others)} and {last}" if others else last)
    return "".join([*kept[:-1], note, kept[-1]])


def leaks(members: Mapping[str, bytes], sealed: Collection[str], assets: Path) -> list[str]:
    """A sentence for each file that holds what only the answers to sealed questions may be told.

    Looks at each file for the ids of the questions and for the texts that tell them, written in any way that the
    course writes text.
    """
    known = sets(assets)
    open_ones = [one for name, one in [*banks(assets).items(), *known.items()] if name not in sealed]
    told_anyway = "\n".join(text for one in open_ones for item in one.items.values() for text in _key_texts(item))
    found = []
    for name in sealed:
        for item in known[name].items.values():
            texts = [text for text in _key_texts(item) if len(text) >= TELLING and text not in told_anyway]
            looked_for = {one for text in texts for one in _spellings(text)}
            for path, content in members.items():
                named = item.id.encode() in content and path != f"assets/{FOLDER}/{SETS}/{name}.json"
                if named or any(text in content for text in looked_for):
                    found.append(f"{path} holds what belongs to the question {item.id}; remove it from there.")
    return found


def _key_texts(part: Any, field: str = "") -> Iterator[str]:
    """The texts of a question, at any depth, that say what is right."""
    if isinstance(part, Entry):
        for name in type(part).model_fields:
            yield from _key_texts(getattr(part, name), name)
    elif isinstance(part, tuple):
        for one in part:
            yield from _key_texts(one, field)
    elif isinstance(part, str) and field in KEY_TEXTS:
        yield part


def _spellings(text: str) -> set[bytes]:
    """Plainly, and within quotes of JSON, once and twice (a notebook that holds JSON)."""
    once = json.dumps(text)[1:-1]
    as_it_is = json.dumps(text, ensure_ascii=False)[1:-1]
    return {one.encode() for one in (text, once, as_it_is, json.dumps(once)[1:-1])}


def packed(members: Mapping[str, bytes]) -> bytes:
    """A zip whose bytes depend on nothing but its content; not compressed, which each Python does in its own way."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            about = zipfile.ZipInfo(f"{TOP}/{name}", EARLIEST)
            about.create_system, about.external_attr = 3, 0o644 << 16  # also when it is made on Windows
            archive.writestr(about, members[name])
    return buffer.getvalue()


def write(members: Mapping[str, bytes], target: Path) -> None:
    """A zip, if the target is named so, else a folder, which has to be new or empty. Raises BundleError."""
    try:
        if target.suffix == ".zip":
            beside = target.with_name(f".{target.name}.part")
            beside.write_bytes(packed(members))
            os.replace(beside, target)
            return
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise BundleError(f"{target} is there already; name a new folder, or a file that ends in .zip.")
        for name, content in members.items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        raise BundleError(f"{target} cannot be written ({error.strerror}); name another place.") from None


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Make the bundle. Gives 0 when all is well."""
    parser = argparse.ArgumentParser(prog="python -m lessons.bundle", description="Make what a class receives.")
    parser.add_argument("target", type=Path, help="a file that ends in .zip, or a new folder")
    parser.add_argument("--seal", nargs="+", default=list(NAMES), metavar="SET", help=f"({' '.join(NAMES)})")
    chosen = parser.parse_args(arguments)
    sealed = list(dict.fromkeys(chosen.seal))
    try:
        members = bundle(sealed, root)
        write(members, chosen.target)
    except (BundleError, DataError) as error:
        print(error, file=sys.stderr)
        return 1
    count = sum(len(sets(root / "assets")[name].items) for name in sealed)
    print(f"{chosen.target}: {len(members)} files; {count} questions of {', '.join(sealed)} without their keys.")
    print(f"sha256 {hashlib.sha256(packed(members)).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
