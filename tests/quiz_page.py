"""What a page would see of a quiz, without a browser."""

import json

from lessons import benches
from lessons.interface.quiz import Quiz


class Page:
    """What a page would see of a quiz: sends messages, keeps what comes back."""

    def __init__(self, lesson="03", fields=None, run=None):
        self.quiz = Quiz(lesson, fields, run)
        self.heard = []
        self.quiz.send = lambda content, buffers=None: self.heard.append(json.loads(json.dumps(content)))

    def say(self, **message):
        """What comes back, by kind."""
        self.heard.clear()
        self.quiz._handle_custom_msg(message, [])
        return {found["kind"]: found for found in self.heard}

    def state(self):
        return json.dumps(self.quiz.get_state(), default=str, ensure_ascii=False)


class FormPage(Page):
    """What a page sees of a form."""

    def __init__(self, name):
        self.quiz = benches.quiz(name)
        self.heard = []
        self.quiz.send = lambda content, buffers=None: self.heard.append(json.loads(json.dumps(content)))
