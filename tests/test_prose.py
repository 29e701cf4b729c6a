"""What the pages say in words, asked of the models: every number, and every rises, falls and lasts."""

from __future__ import annotations

import re

import pytest
from pages import CITED, PROSE

from lessons.data import findings
from lessons.pages import LESSONS

TEXT = {path.stem: re.sub(r"\s+", " ", path.read_text(encoding="utf-8")) for path in sorted(LESSONS.glob("[0-9]*.md"))}


@pytest.mark.parametrize("sentence", [*PROSE, *CITED])
def test_the_pages_still_say_it(sentence):
    assert any(sentence in text for text in TEXT.values()), "changed on the page: change it here, too"


@pytest.mark.parametrize("sentence", PROSE)
def test_the_model_does_what_the_page_says(sentence):
    assert PROSE[sentence]()


@pytest.mark.parametrize("sentence", CITED)
def test_a_finding_stands_behind_what_the_page_says(sentence):
    assert CITED[sentence] in findings()
