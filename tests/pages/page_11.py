"""What the page for teachers shows that moves, and what it says of its own picture."""

from __future__ import annotations

from lessons import teaching
from lessons.teaching.class_answers import Shown

EXPLORERS = {"class_answers": teaching.class_answers}
PROSE = {
    "thirty virtual learners, so that you see how the picture works.": lambda: Shown().learners == 30,
    "and stays hidden until you show it.": lambda: "hidden" in teaching.class_answers().show_class(1, {}),
}
