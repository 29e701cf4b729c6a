"""Where a belief is refuted, for who teaches a lesson: on its own page if a slider there does it, else elsewhere."""

from __future__ import annotations

import functools

from lessons.classroom.course import course
from lessons.classroom.refuting import Refuted, refuted
from lessons.grading.bank import banks, sets


@functools.cache
def _of_a_lesson(name: str) -> dict[str, Refuted]:
    questions = {**banks(), **sets()}.get(name)
    return refuted({name: dict(questions.items)}) if questions else {}


@functools.cache
def _of_the_course() -> dict[str, Refuted]:
    return dict(course().refuted)


def refutation(lesson: str, belief: str) -> Refuted:
    """`lesson`: its number, or the name of a set. Without sliders where nothing that can be moved refutes it."""
    page = lesson if lesson.isdigit() else "00"
    own = _of_a_lesson(lesson).get(belief)
    if own and own.sliders:
        return own
    return _of_the_course().get(belief) or own or Refuted(page)
