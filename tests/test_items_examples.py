"""What an author reads about the kinds of question is a sound bank with an example of every kind."""

import pytest
from examples import EXAMPLES, write_examples

from lessons.data import DataError, findings
from lessons.grading.bank import banks
from lessons.grading.items import TYPES
from lessons.lesson_models import MODELS
from lessons.truth import verify


def test_the_manual_has_an_example_of_every_kind_and_all_of_them_are_sound(tmp_path):
    read = banks(write_examples(tmp_path))["03"].items
    assert dict(read) == dict(EXAMPLES)
    assert {item.type for item in read.values()} == set(TYPES)


@pytest.mark.parametrize("name", list(EXAMPLES))
def test_the_model_confirms_every_example(name):
    assert verify(EXAMPLES[name], MODELS["03"], findings()) == []


@pytest.mark.parametrize("tag", ["m28-twitch-means-nothing", "m03-more-passes", "m40-acute-effect-is-lasting"])
def test_a_belief_that_nobody_described_is_refused_in_every_kind(tag, tmp_path):
    folder = write_examples(tmp_path)
    file = folder / "quizzes" / "03_examples.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    at = max(i for i, line in enumerate(lines) if tag in line)
    lines[at] = lines[at].replace(tag, "m99-nobody")
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(DataError, match=f"line {at + 1}: there is no misconception 'm99-nobody'; see misconceptions"):
        banks(folder)
