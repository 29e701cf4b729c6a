"""The course as a class receives it, and a course whose keys can be recognised wherever they turn up, for tests."""

import io
import json
import shutil
import zipfile
import zlib
from pathlib import Path

from quiz_page import Page

from lessons import benches
from lessons.bundle import FILES, FOLDERS, ROOT
from lessons.data import ASSETS
from lessons.grading import bank as banks_of_questions
from lessons.grading.bank import misconceptions, sealed, sets
from lessons.strict_yaml import read_yaml

SETS = ("opening", "closing", "exam")
CANARY = "KEYCANARY"
SAID = ("explanation", "feedback", "say", "source", "reviewed_by")  # fields of text, of which a page knows none
USED_BY = ("lessons.grading.bank", "lessons.benches.what_you_know")


class SetPage(Page):
    """What a page sees of the questions of a set, as the course asks them."""

    def __init__(self, name):
        self.quiz = benches.quiz(name)
        self.heard = []
        self.quiz.send = lambda content, buffers=None: self.heard.append(json.loads(json.dumps(content)))


def use(monkeypatch, assets):
    """Let the course have the sets of another folder of assets, sealed or not."""
    assets = Path(assets)
    for module in USED_BY:
        monkeypatch.setattr(f"{module}.sets", lambda _=ASSETS: sets(assets))
        monkeypatch.setattr(f"{module}.sealed", lambda _=ASSETS: sealed(assets))
    monkeypatch.setattr("lessons.interface.quiz.misconceptions", lambda: misconceptions(assets))
    assert banks_of_questions.sets() is sets(assets)


# ---- a course with canaries ----


def copy_course(folder):
    """What the bundle is made from, without what it leaves out anyway; gives the folder."""
    folder.mkdir(parents=True)
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def plant(folder):
    """Put KEYCANARY-<item> into all that tells the keys of the sets in a copy of the course; gives the copy."""
    assets = folder / "assets"
    beliefs, _ = read_yaml(assets / "misconceptions.yaml")
    for name in SETS:
        path = assets / "quizzes" / "sets" / f"{name}.yaml"
        content, _ = read_yaml(path)
        for item in content["items"]:
            _mark(item, f"{CANARY}-{item['id']}")
            item.setdefault("source", f"{CANARY}-{item['id']}")
            item.setdefault("reviewed_by", f"{CANARY}-{item['id']}")
            beliefs["misconceptions"].append({"id": _belief(item["id"]), "belief": f"{CANARY}-{item['id']}"})
        path.write_text(json.dumps(content), encoding="utf-8")
    (assets / "misconceptions.yaml").write_text(json.dumps(beliefs), encoding="utf-8")
    return folder


def _belief(name):
    return f"m99-{CANARY.lower()}-{name}"


def _mark(part, canary):
    """Texts that are read after an answer, beliefs, slips, and the readings that statements of truth are about."""
    if isinstance(part, list):
        for one in part:
            _mark(one, canary)
        return
    for field, value in part.items() if isinstance(part, dict) else ():
        if field in SAID:
            part[field] = f"{value} {canary}"
        elif field == "hints":
            part[field] = [f"{hint} {canary}" for hint in value]
        elif field == "misconception":
            part[field] = _belief(canary.removeprefix(f"{CANARY}-"))
        elif field == "tag":
            part[field] = f"{value}-{CANARY.lower()}"
        elif field == "of":
            part[field] = canary
        else:
            _mark(value, canary)


def hits(content, name=""):
    """Where canaries stand in bytes or a text, in whatever case, and in archives inside."""
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    found = [name] if CANARY.lower().encode() in raw.lower() else []
    if raw[:2] == b"\x1f\x8b":
        found += hits(zlib.decompressobj(wbits=31).decompress(raw), f"{name}, unpacked")
    if raw[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for member in archive.namelist():
                found += hits(archive.read(member), f"{name}, {member}") + hits(member, f"the name {member}")
    return found
