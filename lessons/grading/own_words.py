"""What a learner wrote in own words, and which points of a good explanation were ticked. Nothing of it is marked.

It lies among the predictions of a lesson's file, so that a course that knows of no own words reads the file, too, and
exports and imports it. To such a course it is a prediction that only its own page compares. This one does not count it
at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from lessons.grading import record

PREFIX = "words:"  # begins the id of such a prediction; no question has a colon in its id
LONGEST = 1500  # characters; a record's answer holds them however they are written


@dataclass(frozen=True)
class Words:
    """`text`: as it was written. `said`: ids of the points that were ticked; None as long as none were shown."""

    text: str = ""
    said: tuple[str, ...] | None = None


def keep(lesson: str, name: str, words: Words) -> None:
    """Keep the words under the explanation's id. Raises RecordError."""
    said = None if words.said is None else list(words.said)
    record.save_prediction(lesson, PREFIX + name, {"text": words.text, "said": said})


def kept(lesson: str, name: str) -> Words:
    """What was kept last since the lesson was begun anew; empty words if nothing was. Raises RecordError."""
    found = record.prediction(lesson, PREFIX + name)
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        return Words()
    said = found.get("said")
    if not isinstance(said, list):
        return Words(found["text"])
    return Words(found["text"], tuple(point for point in said if isinstance(point, str)))


def are_words(id: str) -> bool:
    """Whether a prediction of the record is none, but something that was written in own words."""
    return id.startswith(PREFIX)
