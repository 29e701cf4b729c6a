"""What an author may write into a lesson, and the sentence that says what to mend."""

import re

import pytest

from lessons.pages import PageError, page_files, read_front, read_page

GLOSSARY = {
    "taut band": ("taut band", "A tight strand of muscle."),
    "taut bands": ("taut band", "A tight strand of muscle."),
    "acidity": ("acidity", "How sour: 1 & 2 < 3."),
}
FRONT = """---
id: "03"
title: "Release"
question: "What does it buy?"
minutes: 20
goals:
  - Explain one thing
---
"""


def page(folder, body, front=FRONT, name="03_release.md"):
    path = folder / name
    path.write_text(front + body, encoding="utf-8")
    return path


def mistakes(folder, body, **more):
    with pytest.raises(PageError) as error:
        read_page(page(folder, body, **more), GLOSSARY)
    return str(error.value)


def test_a_page_is_read_into_text_and_code_with_their_lines(tmp_path):
    body = "Mara has {term}`taut bands`.\n\n```{code-cell}\n:tags: [check]\nprint(1)\n```\n\n## Play\n\n+++\nMore.\n"
    read = read_page(page(tmp_path, body), GLOSSARY)
    assert [(b.kind, b.source, b.line, b.tags) for b in read.blocks] == [
        ("text", "Mara has {term}`taut bands`.", 9, ()),
        ("code", "print(1)", 13, ("check",)),
        ("text", "## Play", 16, ()),
        ("text", "More.", 19, ()),
    ]
    assert read.words == {"taut band": "A tight strand of muscle."}
    assert (read.name, read.front.minutes) == ("03_release", 20)


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("Text.\n\n```{code-cell}\ndef f():\n    pass\n```", 12, "defines nothing"),
        ("```{code-cell}\nf = lambda x: x\n```", 10, "defines nothing"),
        ("```{code-cell}\na = 1\nb = 1\nc = 1\nd = 1\ne = 1\nf = 1\n```", 10, "6 lines, 5 are allowed"),
        ("```{code-cell}\nprint(1\n```", 10, "not Python"),
        ("```{code-cell}\nprint(1);\n```", 10, "';'"),
        ("```{code-cell}\n:tags: [chekc]\nprint(1)\n```", 10, "check"),
        ("```{code-cell}\n\n```", 10, "empty"),
        ("```{code-cell}\nprint(1)", 9, "never closed"),
        ("```{note}\nHello\n```", 9, "means nothing here"),
        (":::note\nHello\n:::", 9, "means nothing here"),
        ("Line.\nA {term}`tautt band`.", 10, "did you mean 'taut band'"),
        ("A {term}`wibble`.", 9, "assets/glossary.yaml"),
        ("A {evidence}`T5`.", 9, "only {term}"),
        ("Line.\n\nA <b>bold</b> word.", 11, "HTML"),
        ("![](picture.png)", 9, "picture"),
        ("# Title", 9, "begin with ##"),
        ("## Two\n\n#### Four", 11, "use level 3"),
        ("word " * 121, 9, "121 words"),
        ("One.\n\nIt costs $x + 1.", 11, "this $ has no partner"),
        ("$$\nx = 1\n\nMore.", 9, "this $$ has no partner"),
        ("Line.\n$\\frac{1}{2$ of it.", 10, "{ is never closed in this formula; write }"),
        ("Line.\n$x}$", 10, "} has no { before it"),
        ("$\\left( x$", 9, "\\left is never closed in this formula; write \\right"),
        ("$\\left( {x \\right)$", 9, "{ is not closed before \\right; write }"),
        ("$$\n\\begin{aligned}\nx\n$$", 10, "write \\end{aligned}"),
        ("$$\n\\begin{aligned}\nx\n\\end{align}\n$$", 12, "\\end{align} has no \\begin{align} before it"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_remedy(tmp_path, body, line, words):
    said = mistakes(tmp_path, body)
    assert said.startswith(f"03_release.md, line {line}: ")
    assert words in said


def test_all_mistakes_of_a_page_are_named_at_once(tmp_path):
    assert len(mistakes(tmp_path, "# One\n\n<b>\n\n```{code-cell}\n\n```\n").splitlines()) == 3


def test_words_are_counted_between_interactions_and_not_over_the_whole_page(tmp_path):
    body = ("word " * 100 + "\n\n```{code-cell}\nprint(1)\n```\n\n") * 3
    assert len(read_page(page(tmp_path, body), GLOSSARY).blocks) == 6


@pytest.mark.parametrize(
    "text",
    [
        "It costs \\$5, and $x_{a}$ is $\\left( \\frac{1}{2} \\right)$.",
        "$$\n\\begin{aligned}\na &= \\{b\\} \\\\\nc &= d\n\\end{aligned}\n$$",
        "An arrow $a \\leftarrow b$, and `$HOME` in code.",
    ],
)
def test_sound_formulas_dollar_signs_and_code_are_left_alone(tmp_path, text):
    assert read_page(page(tmp_path, text), GLOSSARY).blocks[0].source == text


def test_code_and_formulas_may_contain_what_looks_like_html(tmp_path):
    body = "If $a <b$ then `<b>` and 2 < 3.\n"
    assert read_page(page(tmp_path, body), GLOSSARY).blocks[0].source == body.strip()


@pytest.mark.parametrize(
    ("front", "words"),
    [
        ("Hello\n", "no front matter"),
        (FRONT.replace('"03"', '"04"'), "line 2: id is '04'"),
        (FRONT.replace("minutes: 20", "minutes: soon"), "line 5: minutes"),
        (FRONT.replace("minutes: 20\n", ""), "minutes: Field required"),
        (FRONT.replace("minutes", "minute"), "minute"),
        (FRONT.replace('question: "', "question: '"), "compare it with the front matter of another page"),
    ],
)
def test_a_wrong_front_matter_is_named(tmp_path, front, words):
    assert words in mistakes(tmp_path, "Text.\n", front=front)


def test_the_front_matter_alone_serves_a_list_of_contents():
    fronts = [read_front(path) for path in page_files()]
    assert [front.id for front in fronts] == [path.name[:2] for path in page_files()]
    assert all(re.search(r"\w", front.title) and front.goals for front in fronts)
