"""What a page would see of the board, without a browser; a plan to commit; and figures that stand in for the course."""

import json

import numpy as np

from lessons import benches
from lessons.benches.clinic import KEPT_AS
from lessons.grading.clinic import cases, safety
from lessons.interface.clinic import ClinicBoard
from lessons.treated_body import chart

PLAN = {"local": 8, "central": 2, "choice": "release", "dose": "usual", "adjust": ["pincer"], "expected": -3}
REFER = {"choice": "refer"}


def fan_of_three(case, plan):
    """A figure as the expected course will be one, of numbers that nobody computed."""
    weeks = np.linspace(0, 12, 25)
    return {
        "title": f"{case.name}: {plan['choice']}",
        "data": [{"type": "scatter", "mode": "lines", "x": weeks, "y": 6 - weeks / 4, "line": {"color": "@release"}}],
        "layout": {"height": 200, "xaxis": {"title": {"text": "weeks"}}},
        "twin": "Pain falls in the test.",
        "table": {"first": "week", "rows": ["0", "12"], "columns": ["pain"], "values": [[6.0, 3.0]], "digits": [1]},
    }


def board(fan=None, folder=None):
    """The board of page 10, with another fan or with the cases of another folder."""
    if fan is None and folder is None:
        return benches.clinic()
    found, listed = (cases(folder), safety(folder)) if folder else (cases(), safety())
    return ClinicBoard(found, listed, chart().regions.values(), KEPT_AS, details=chart().details, fan=fan)


class BoardPage:
    """Sends messages, keeps what comes back."""

    def __init__(self, **more):
        self.board = board(**more)
        self.heard = []
        self.board.send = lambda content, buffers=None: self.heard.append(json.loads(json.dumps(content)))

    def say(self, **message):
        """What comes back, in order."""
        self.heard.clear()
        self.board._handle_custom_msg(message, [])
        return list(self.heard)

    def case(self, name, **message):
        """How a case stands after a message, of all that come the last one."""
        return [told for told in self.say(**message) if told["kind"] == "case" and told["id"] == name][-1]

    def gate(self, name, *ticked, visit=0):
        return self.case(name, kind="gate", case=name, visit=visit, answer=list(ticked))

    def plan(self, name, plan, visit=0, **more):
        return self.case(name, kind="plan", case=name, visit=visit, answer=plan, **more)

    def progress(self):
        return [told for told in self.say(kind="hello") if told["kind"] == "progress"][-1]

    def state(self):
        """All that a saved page would hold."""
        return json.dumps(self.board.get_state(), default=str, ensure_ascii=False)
