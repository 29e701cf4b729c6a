"""What questions say after an answer holds: each printed number, and each experiment that a learner is sent to."""

import functools
import json
import re

import pytest
from pages import FEEDBACK, SLIPS

from lessons import truth
from lessons.grading import numbers as units
from lessons.grading.items import Item, Numeric
from lessons.truth import values as truth_values

ASKED = [(item.model or lesson, form) for lesson, item in truth.every() for form in item.forms.values()]
BY_MODEL = [(lesson, item) for lesson, item in ASKED if item.by_model]
# What a learner chooses, sorts or sets, with what is said of it.
PARTS = ("options", "because", "left", "right", "steps", "phases", "rows", "goals")
# Fields whose numbers own nothing: they are said to the learner, or true of wrong answers as well.
SAYS_ITSELF = {"id", "stem", "explanation", "hints", "options", "because", "left", "right", "diagnoses"}


def texts(item: Item) -> list[str]:
    """All that a learner reads of a question."""
    parts = [part for field in PARTS for part in getattr(item, field, ())]
    said = [text for part in parts for text in (getattr(part, "text", ""), getattr(part, "feedback", "")) if text]
    slips = [slip.say for slip in item.diagnoses] if isinstance(item, Numeric) else []
    return [item.stem, *said, *slips, item.explanation, *item.hints]


@pytest.mark.parametrize("phrase", FEEDBACK)
def test_what_a_question_says_holds_in_the_model(phrase):
    said = [text for _, item in ASKED for text in texts(item)]
    assert any(phrase in text for text in said), "no question says so any more; correct or remove it here"
    assert FEEDBACK[phrase]()


def without_texts(data):
    """What a question is made of beside its words: settings, times, keys and goals."""
    if isinstance(data, dict):
        return {name: without_texts(value) for name, value in data.items() if name not in ("id", "text", "feedback")}
    return [without_texts(value) for value in data] if isinstance(data, list) else data


def numbers(text):
    return {float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)}


@pytest.mark.parametrize(("lesson", "item"), BY_MODEL, ids=[item.id for _, item in BY_MODEL])
def test_every_number_that_a_question_about_the_model_prints_is_owned(lesson, item):
    """By its scenario or key, which are verified; by the model's defaults; or by a phrase that is checked here."""
    owned = numbers(json.dumps(without_texts(item.model_dump(mode="json", exclude=SAYS_ITSELF))))
    defaults = {float(about.default) for about in truth.MODELS[lesson].parameters.described().values()}
    scenario = {number for value in item.scenario.set.values() for number in (value, 100 * value)}
    for text in texts(item):
        left = text
        for phrase in FEEDBACK:
            left = left.replace(phrase, "")
        assert numbers(left) <= owned | defaults | scenario, text


@pytest.mark.parametrize(("lesson", "item"), [(a, b) for a, b in BY_MODEL if isinstance(b, Numeric) and b.diagnoses])
def test_a_declared_slip_is_what_the_model_shows_to_who_makes_it(lesson, item):
    """Each slip is named for what was read off instead: a level, the level before, another muscle, a share in %."""
    model, (name, at) = truth.MODELS[lesson], (item.ask.of, item.ask.at)
    reading = model.observables[name]

    def run(**changes):
        return truth_values.run({**item.scenario.set, **changes}, model)

    def read(**changes):
        return reading.at(run(**changes), float(units.seconds(at)) if at else 0.0)

    there = read()
    shown = {"difference-not-level": lambda: there - read(knot=0), "healthy-not-knot": lambda: read(knot=0)}
    if reading.over_time:
        start = reading.before(run())
        shown["level-not-change"] = lambda: there
        shown["before-not-change"] = lambda: start
        shown["percent-not-kpa"] = lambda: 100 * (there - start) / start
    shown |= {tag: functools.partial(said, item, model) for tag, said in SLIPS.items()}
    for slip in item.diagnoses:
        assert shown[slip.tag]() == pytest.approx(float(slip.value), rel=0.015)
