"""The teacher's side of a vote in class. What the room must not see yet does not reach the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import traitlets

from lessons.grading.items import Item
from lessons.grading.votes import every
from lessons.interface.chart import Drawn, source
from lessons.interface.packing import pack
from lessons.interface.reruns import replace_earlier

NAMES = {1: "First vote", 2: "Second vote", 3: "A similar question, alone"}


class ClassVote(Drawn):
    """A vote of a class on one question at a time.

    `start(id)` -> a poll (lessons.classroom.poll); `figures(poll)` -> name -> figure, of what may be shown now;
    `bands(low, high)` -> the limits of the poll's advice; `public`: question -> what a page may know of it; `refusals`:
    errors whose sentences the teacher reads; `questions`: those to choose from, each with id, lesson, number and stem.

    The class's votes, the key and its salt travel as messages, each at its step, and never as traits: a saved page
    holds none of them.
    """

    _esm = source("quick.js", "chart.js", "collecting.js", "class_vote.js")
    _css = source("course.css", "vote.css")
    questions = traitlets.List().tag(sync=True)

    def __init__(
        self,
        start: Callable[[str], Any],
        figures: Callable[[Any], Mapping[str, dict]],
        bands: Callable[[int, int], Any],
        public: Callable[[Item], dict],
        refusals: tuple[type[Exception], ...],
        questions: Sequence[Mapping[str, Any]],
        chosen: str = "",
    ):
        self._start, self._figures, self._bands = start, figures, bands
        self._public, self._refusals = public, refusals
        self._polls: dict[str, Any] = {}
        self._chosen = ""
        super().__init__(questions=list(questions))
        if chosen:
            self.choose(chosen)
        replace_earlier(self, "class vote")

    @property
    def poll(self) -> Any:
        """The vote that is on the page; None before a question was chosen."""
        return self._polls.get(self._chosen)

    def choose(self, name: str, anew: bool = False) -> None:
        """Ask a question, or go on with it; `anew`: with no votes and another salt. Raises LookupError."""
        if anew or name not in self._polls:
            self._polls[name] = self._start(name)
        self._chosen = name

    def heard(self, message: dict) -> None:
        kind = message.get("kind")
        if kind == "choose":
            if isinstance(message.get("id"), str) and message["id"] in every():
                self.choose(message["id"], message.get("anew") is True)
                self._show(arrived=message.get("anew") is True)
        elif self.poll is None:
            return
        elif kind == "hello":
            self._show()
        elif kind == "peek":
            self._peek(message)
        elif kind in ("codes", "folder", "hands", "go"):
            self._act(kind, message)

    def _act(self, kind: str, message: dict) -> None:
        poll, said, refused = self.poll, "", ()
        try:
            if kind == "go":
                poll.go(message.get("step"))
            else:
                taken = self._take(kind, message)
                said, refused = taken.sentence, taken.refused
        except self._refusals as error:
            self._show(error=str(error))
        else:
            self._show(said, refused, arrived=kind == "go")

    def _take(self, kind: str, message: dict) -> Any:
        given = message.get("given")
        if kind == "hands":
            return self.poll.take_hands(given if isinstance(given, dict) else {})
        text = given if isinstance(given, str) else ""
        return self.poll.take_codes(text) if kind == "codes" else self.poll.take_records(text)

    def _peek(self, message: dict) -> None:
        try:
            low, high = message.get("low"), message.get("high")
            if type(low) is int and type(high) is int:
                self.poll.bands = self._bands(low, high)
            split = self.poll.split()
        except self._refusals as error:
            self.send({"kind": "split", "error": str(error)})
            return
        counts, round_ = split.counts, self.poll.round or 1
        options = self._options(self.poll.asked.of(round_))
        chosen = [[text, counts.chosen[name]] for name, text in options]
        values = sorted(counts.values)
        numbers = (
            f"From {values[0]:g} to {values[-1]:g}, the middle one {values[len(values) // 2]:g}." if values else ""
        )
        sure = f"{counts.sure} of {counts.of_sure} said that they are sure, {counts.sure_and_wrong} of these wrongly."
        self.send(
            {
                "kind": "split",
                "right": split.right,
                "advice": split.advice,
                "reason": split.reason,
                "chosen": chosen,
                "numbers": numbers,
                "sure": sure if counts.of_sure else "",
                "limits": [self.poll.bands.low, self.poll.bands.high],
                "error": "",
            }
        )

    def _options(self, item: Item) -> list[tuple[str, str]]:
        """Id and text of each option, in the order in which pages show them."""
        return [(option["id"], option["text"]) for option in self._public(item).get("options", ())]

    def _show(self, said: str = "", refused: Sequence[Any] = (), error: str = "", arrived: bool = False) -> None:
        """`arrived`: another question or step has just come."""
        poll = self.poll
        on, opened = poll.asked, poll.opened() if poll.step == "opened" else None
        twin = on.twin if poll.step in ("similar", "opened") else None
        round_ = poll.round
        item = on.of(round_ or 1)
        self.send(
            {
                "kind": "poll",
                "id": on.item.id,
                "question": self._public(on.item),
                "twin": self._public(twin.item) if twin else None,
                "why": twin.why if twin else "",
                "step": poll.step,
                "round": round_,
                "rounds": {str(at): [NAMES[at], poll.tally.received(at)] for at in on.rounds},
                "ahead": list(poll.ahead),
                "letters": on.papers[round_].letters if round_ else "",
                "hands": dict(poll.tally.raised(round_)) if round_ else {},
                "by_hand": bool(round_) and item.type == "choice",
                "fingerprint": poll.sealed.fingerprint,
                "said": said,
                "refused": [[one.what, one.why] for one in refused],
                "error": error,
                "opened": opened and self._told(opened),
                "arrived": arrived,
            }
        )
        for name, figure in self._figures(poll).items():
            self.send_figure(pack(figure), which=name)

    def _told(self, opened: Any) -> dict:
        on = self.poll.asked
        told = [[NAMES[at], words] for at, words in opened.right.items()]
        items = [on.item, *([on.twin.item] if on.twin else [])]
        return {
            "text": opened.sealed.opened,
            "right": told,
            "changed": list(opened.changed),
            "explanation": list(dict.fromkeys(item.explanation for item in items)),
        }
