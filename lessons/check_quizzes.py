"""What `check quizzes` prints: keys, wrong keys, changed models, and for whom each key is true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

LEAST_NOTICED = 0.85  # share of the changes of a model that its questions have to notice
SHOWN = 3  # shifts by name


def keys(found: Mapping[str, Any]) -> str:
    """Every question with what verified it, and how many wrong keys are found out."""
    from lessons.check import table

    lines = [
        (
            row["id"],
            row["lesson"],
            row["type"],
            " ".join(row["claims"]),
            {True: "model", "fact": "fact", False: "DOES NOT HOLD"}[row["key_verified"]],
            " ".join(row["misconceptions"]),
        )
        for row in found["items"]
    ]
    heads = ("id", "lesson", "type", "claims", "key", "misconceptions and slips")
    by_model = sum(row["key_verified"] is True for row in found["items"])
    facts = [row for row in found["items"] if row["key_verified"] == "fact"]
    unread = sum(row["reviewed_by"] == "unreviewed" for row in facts)
    wrong = found["mutation"]
    return (
        f"{table(lines, heads)}\n{by_model} of {len(lines)} keys are confirmed by a model, {len(facts)} rest on "
        f"findings ({unread} of these without a second reader).\n"
        f"{wrong['killed']} of {wrong['mutants']} wrong keys are found out."
    )


def wrong_keys(assets: Path) -> Iterator[str]:
    """A sentence with file and line for each key that its model or its findings do not bear out.

    Chance is not looked at, which takes seconds for each question with sliders to set; `keys` does.
    """
    from lessons import truth
    from lessons.data import findings
    from lessons.grading.bank import FOLDER
    from lessons.lesson_models import MODELS
    from lessons.strict_yaml import mistake, read_yaml

    wrong: dict[str, list[str]] = {}
    for lesson, item in truth.every(assets):
        if found := truth.verify(item, MODELS.get(item.model or lesson), findings(assets), by_luck=False):
            wrong[item.id] = found
    for path in sorted((assets / FOLDER).rglob("*.yaml")) if wrong else ():
        data, line = read_yaml(path)
        for number, item in enumerate(data["items"]):
            for what in wrong.get(item["id"], ()):
                yield mistake(path, line(("items", number)), f"{what}; correct the key, or undo what changed the model")


def unnoticed_keys(found: Mapping[str, Any]) -> list[str]:
    """A sentence per wrong key that would pass."""
    return [f"A wrong key would go unnoticed: {name}." for name in found["mutation"]["survivors"]]


def models(found: Sequence[Mapping[str, Any]]) -> str:
    """The changes of each model that no question notices, and the questions whose key a fifth more or less turns."""
    from lessons.check import table

    survivors = [(_of(each), s["reading"], s["mutant"]) for each in found for s in each["survivors"]]
    turned = [
        (key["id"], f"{len(key['turned_by'])} of {key['of']}", _some(key["turned_by"]))
        for each in found
        for key in each["keys"]
        if key["turned_by"]
    ]
    told = [
        f"Lessons {_of(each)}: {each['killed']} of {each['mutants']} changes of the model are noticed "
        f"({each['killed'] / each['mutants']:.0%})."
        for each in found
    ]
    every = sum(len(each["keys"]) for each in found)
    return "\n".join(
        [
            table(survivors, ("lessons", "reading that nobody asks about", "changed")),
            *told,
            "",
            table(turned, ("true only for this patient", "turned by", "among them")),
            f"{every - len(turned)} of {every} keys hold with any number of their model a fifth more or less.",
        ]
    )


def unnoticed_changes(found: Sequence[Mapping[str, Any]]) -> list[str]:
    """A sentence per model of which too little is asked."""
    return [
        f"The questions of lessons {_of(each)} notice {each['killed']} of {each['mutants']} changes of their model; "
        f"ask about {', '.join(dict.fromkeys(s['reading'] for s in each['survivors']))}."
        for each in found
        if each["killed"] < LEAST_NOTICED * each["mutants"]
    ]


def _of(each: Mapping[str, Any]) -> str:
    return " ".join(each["lessons"])


def _some(names: Sequence[str]) -> str:
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")
