"""A question to vote on, by itself: for pages that do not have the questions of its lesson."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import anywidget
import traitlets

from lessons.grading.items import Item
from lessons.interface.ballot import Ballot
from lessons.interface.chart import source
from lessons.interface.reruns import replace_earlier


class VoteCard(anywidget.AnyWidget):
    """What stands under the questions of a page as "For a vote in class", for one question or for several.

    `items`: the questions; `public`: see `Ballot`. Votes travel as messages, so that a saved page holds none.
    """

    _esm = source(
        "quick.js", "chart.js", "controls.js", "board.js", "answers.js", "answers_chosen.js", "answers_of_a_run.js",
        "question_kinds.js", "vote.js", "vote_alone.js",
    )  # fmt: skip
    _css = source("course.css", "vote.css")
    questions = traitlets.List().tag(sync=True)

    def __init__(self, items: Sequence[Item], public: Callable[[Item], dict]):
        super().__init__(questions=[public(item) for item in items])
        self._ballot = Ballot(lambda message: self.send(message), public)
        self.on_msg(lambda _, message, buffers: self._ballot.heard(message))
        replace_earlier(self, " ".join(item.id for item in items))
