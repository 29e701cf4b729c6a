"""What an author can get wrong: each mistake, made in a copy of the course, fails the command that authors run, and is
told with its place and with what to do. The copy without the mistake passes."""

import contextlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lessons import check, compose, strict_yaml, truth
from lessons.data import references
from lessons.pages import PageError, page_files, read_page

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("assets", "lessons", "notebooks", "serving", "tests/pages")
FILES = ("README.md", "CONTRIBUTING.md", "LICENSE")
PAGE = "03_release"
PLACE = "## Check\n"


def copied(folder, link=shutil.copytree):
    """A copy of all that an author writes; `link` brings in each folder."""
    (folder / "tests").mkdir(parents=True)
    for name in FOLDERS:
        link(ROOT / name, folder / name)
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    return folder


def linked(source, there):
    try:
        there.symlink_to(source, target_is_directory=source.is_dir())
    except OSError:  # a system that lets nobody make links
        (shutil.copytree if source.is_dir() else shutil.copy)(source, there)


def own(root, name):
    """Put a copy of a file in place of the link that leads to it, so that it can be changed."""
    path = root / name
    for folder in list(reversed(path.relative_to(root).parents))[1:]:
        here = root / folder
        if here.is_symlink():
            source = here.resolve()
            here.unlink()
            here.mkdir()
            for inside in source.iterdir():
                linked(inside, here / inside.name)
    if path.is_symlink():
        source = path.resolve()
        path.unlink()
        shutil.copy(source, path)
    assert path.resolve().is_relative_to(root.resolve()), "the course itself would be changed"
    return path


def changed(root, name, before, after):
    """Change a file of a copy at one place; gives the line where the change begins."""
    path = own(root, name)
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{before!r} stands {text.count(before)} times in {name}"
    path.write_text(text.replace(before, after), encoding="utf-8", newline="\n")
    return 1 + text[: text.index(before)].count("\n")


def written(root, text):
    """Write a paragraph of one's own on a page and build it, unless the build refuses it; gives its line."""
    line = changed(root, f"lessons/{PAGE}.md", PLACE, f"{PLACE}\n{text}\n")
    with contextlib.suppress(PageError):
        built(root)
    return line + PLACE.count("\n") + 1


def built(root):
    """Build the page that was written to, with what its cells printed before."""
    path = own(root, f"notebooks/{PAGE}.ipynb")
    words = compose.known_words((root / "assets").resolve())
    pages = [read_page(one, words) for one in page_files(root / "lessons")]
    node = compose.composed(next(page for page in pages if page.name == PAGE), pages, words)
    kept = [cell["outputs"] for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell.get("outputs")]
    for cell in node["cells"]:
        if "check" in cell["metadata"].get("tags", ()):
            cell["outputs"] = kept.pop(0)
    path.write_text(json.dumps(node), encoding="utf-8")


@pytest.fixture(scope="module", autouse=True)
def files_read_once():
    """The same bytes hold the same data, in whichever copy they lie, and reading all of them takes seconds."""
    read, known = strict_yaml.read_yaml, {}

    def once(path):
        raw = path.read_bytes() if path.exists() else path
        if raw not in known:
            known[raw] = read(path)
        return known[raw]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strict_yaml, "read_yaml", once)
        yield


@pytest.fixture
def copy(tmp_path):
    """A copy of the course for one mistake; what stays as it is, is linked."""
    return copied(tmp_path / "course", linked)


@pytest.fixture
def found(capsys, copy, sound):
    """found() -> exit code of `python -m lessons.check pages` in the copy, and the lines that it prints as mistakes."""
    assert sound == (0, []), "the course has a mistake of its own: run python -m lessons.check"

    def found(*words):
        capsys.readouterr()
        code = check.main(words or ["pages"], copy)
        return code, capsys.readouterr().err.splitlines()

    return found


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """What the same copy without a mistake gives, looked at once for all tests."""
    root = copied(tmp_path_factory.mktemp("sound") / "course", linked)
    problems = check.pages(root)[2]
    return len(problems), problems


MISTAKES = {
    # dead links
    "a page that is not there": (
        "See [the twitch](04_twitch.ipynb).",
        "there is no page 04_twitch.ipynb; there are 00_",
    ),
    "a text instead of a notebook": (
        "See [it](04_retention.md).",
        "a learner opens notebooks; link 04_retention.ipynb",
    ),
    "a heading that is not there": ("See [it](#Plai).", "03_release.md has no heading #Plai; there are #Release"),
    "a heading of another page": ("See [it](02_the_knot.ipynb#Plai).", "02_the_knot.md has no heading #Plai"),
    "a file that is not there": (
        "See [it](../assets/pictures/old.png).",
        "there is no file ../assets/pictures/old.png",
    ),
    "a number of no page": ("More on page 77.", "there is no page 77; there are 00, 01"),
    "a link with spaces": ("See [it](the knot.ipynb).", "write [words](address) without spaces in the address"),
    "a link to nowhere": ("See [it]().", "leads nowhere; write where to"),
    "an address without https": ("See [it](http://example.org/a).", "write https://, a host and a path"),
    "an address that is broken": ("See https://example/needles now.", "write https://, a host and a path"),
    "an address that is no source": ("See [it](https://example.org/a).", "add it there or unlink"),
    "a source that is not listed": ("It helped (Nobody 2011).", "Nobody 2011 is no source of assets/references.bib"),
    "a word that is not explained": ("A {term}`taut bend`.", "is not in the glossary; did you mean 'taut band'?"),
    # formulas
    "a formula without an end": ("Pain is $p + 1.", "this $ has no partner; close the formula"),
    "a brace without a partner": (r"Half is $\frac{1}{2$.", "{ is never closed in this formula; write }"),
    "a left without a right": (r"It is $\left( x + 1$.", r"\left is never closed in this formula; write \right"),
    "a beginning without an end": (r"$$\begin{aligned} x$$", r"write \end{aligned}"),
    # what cannot be seen, asked or found
    "a picture without words": ("![](../assets/pictures/release.png)", "no text for those who cannot see it; write it"),
    "a claim that nobody made": (
        '```{code-cell}\nbenches.weigh("T5", "T99")\n```',
        "there is no 'T99' for benches.weigh",
    ),
    "a prediction that is not there": (
        '```{code-cell}\nbenches.predict("pain-after-relase")\n```',
        "did you mean 'pain-after-release'?",
    ),
    "a figure that is not there": ("```{code-cell}\nbenches.relaese()\n```", "did you mean 'release'?"),
    # what makes a page hard to read, or untrue
    "a number that no test owns": ("It helps 37 people.", "no test owns the number 37; put its sentence into PROSE"),
    "a long cell": ("```{code-cell}\n" + "print(1)\n" * 6 + "```", "6 lines, 5 are allowed; move the rest into"),
    "a heading too deep": ("#### Deeper", "a heading of level 4 follows one of level 2; use level 3"),
    "HTML": ("A <b>bold</b> word.", "HTML is not allowed in a text; write Markdown"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_on_a_page_is_told_with_its_line_and_what_to_do(copy, found, mistake):
    text, says = MISTAKES[mistake]
    line = written(copy, text) + text.startswith("```")  # a cell begins a line after its fence
    code, told = found()
    assert code == 1 and len(told) == 1, told
    assert told[0].startswith(f"{PAGE}.md, line {line}: ") and says in told[0]


def test_what_is_right_on_a_page_is_left_alone(copy, found):
    source = next(one for one in references().values() if one.doi)
    name = source.author.split(",")[0].split(" ")[0]
    written(
        copy,
        f'See [play](#Play), [page 04](04_retention.ipynb#Play "Stay"), [the knot](02_the_knot.ipynb) or page 02, and '
        f"https://doi.org/{source.doi} ({name} {source.year}).\n\n"
        "![A strip of muscle](../assets/pictures/release.png)\n\n"
        r"Dollars, \$, and $\left( \frac{a}{b} \right)$ are something of 10."
        '\n\n```{code-cell}\nbenches.weigh("T5")\n```',
    )
    assert found() == (0, [])


def test_a_text_that_was_changed_and_not_built_is_told_with_the_command(copy, found):
    line = changed(copy, f"lessons/{PAGE}.md", "That helped, too.", "That helped as well.")
    remedy = "the notebook does not say what stands here; run python -m lessons.build 03"
    assert found() == (1, [f"{PAGE}.md, line {line}: {remedy}"])
    built(copy)
    assert found() == (0, [])


def test_a_sentence_that_a_test_owns_and_no_page_says_is_told_with_the_place_in_the_test(copy, found):
    before = "Range of motion did not change** in pooled trials of neck pain"
    changed(copy, f"lessons/{PAGE}.md", before, before.replace("pooled", "some"))
    built(copy)
    code, (told,) = found()
    assert code == 1 and re.match(r"tests/pages/page_03\.py, line \d+: no page says '\*\*Range of motion", told)
    assert "write there what the page says now, and see whether it is still true" in told


def test_a_number_that_stands_in_no_finding_is_told(copy, found):
    changed(copy, "lessons/08_context.md", "47.6 % responded", "57.6 % responded")
    line = changed(copy, "tests/pages/page_08.py", "1162 people.** 47.6 %", "1162 people.** 57.6 %")
    code, told = found()
    what = "57.6 stands nowhere in the finding 'back-pain-equal-to-sham'; correct the page, or name the finding"
    assert code == 1 and any(one.startswith(f"tests/pages/page_08.py, line {line}: {what}") for one in told)


ASSETS = {
    "a claim that nobody made": (
        "quizzes/03_release.yaml",
        "claim: [T11]",
        "claim: [T99]",
        "there is no claim 'T99'; see claims.yaml",
    ),
    "a belief that nobody listed": (
        "quizzes/03_release.yaml",
        "misconception: m30-strong-irritates",
        "misconception: m30-strong",
        "there is no misconception 'm30-strong'; see misconceptions.yaml",
    ),
    "an id of another question": (
        "quizzes/03_release.yaml",
        "- id: freer-neck",
        "- id: load-lowered",
        "the id 'load-lowered' belongs to a question in 02_the_knot.yaml; give it another",
    ),
    "a finding that is not there": (
        "safety.yaml",
        "[chest-pain-now-is-an-emergency]",
        "[chest-pain-then]",
        "there is no finding 'chest-pain-then'",
    ),
    "a source that is not listed": (
        "published_effects.yaml",
        "source: linde-2010",
        "source: linde-2077",
        "there is no reference 'linde-2077'; add it to references.bib",
    ),
}


@pytest.mark.parametrize("mistake", ASSETS)
def test_a_mistake_in_a_file_of_assets_is_told_with_its_line_and_what_to_do(copy, found, mistake):
    file, before, after, says = ASSETS[mistake]
    line = changed(copy, f"assets/{file}", before, after)
    code, (told,) = found()
    folder = "" if "/" in file else "assets/"
    assert code == 1 and told.startswith(f"{folder}{file}, line {line}: ") and says in told


def test_a_wrong_key_is_told_with_file_line_and_question(copy, found, monkeypatch):
    every = truth.every
    monkeypatch.setattr(truth, "every", lambda folder: [pair for pair in every(folder) if pair[0] == "03"])
    assert found("--json") == (0, [])
    changed(copy, "assets/quizzes/03_release.yaml", 'value: "120"', 'value: "150"')
    code, (told,) = found("--json")
    line = 1 + (copy / "assets/quizzes/03_release.yaml").read_text("utf-8").split("- id: threshold-after-a-day")[
        0
    ].count("\n")
    assert code == 1 and told.startswith(f"quizzes/03_release.yaml, line {line}: threshold-after-a-day: the key is 150")
    assert told.endswith("correct the key, or undo what changed the model")


def test_a_figure_that_says_nothing_in_words_is_told(copy, found):
    changed(copy, "lessons/figures/bad_day.py", '        "twin": _sentence(clinic),\n', "")
    code, (told,) = found()
    assert code == 1 and re.match(r"figures/bad_day\.py, line \d+: this figure has no 'twin'; add the sentence", told)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("[LICENSE](LICENSE)", "[LICENSE](LICENCE)", "there is no LICENCE; correct the link"),
        ("(https://www.python.org/downloads/)", "(http://python.org)", "write https://, a host and a path"),
        (
            "![The page on release:",
            "![](assets/pictures/release.png) ![The page:",
            "no text for those who cannot see it",
        ),
    ],
)
def test_a_dead_link_or_a_picture_without_words_in_the_readme_is_told(copy, found, before, after, says):
    line = changed(copy, "README.md", before, after)
    code, (told,) = found()
    assert code == 1 and told.startswith(f"README.md, line {line}: ") and says in told


def test_a_notebook_without_a_text_is_told(copy, found):
    own(copy, f"notebooks/{PAGE}.ipynb").rename(copy / "notebooks/77_old.ipynb")
    remedies = [
        "77_old.ipynb: there is no text 77_old.md in lessons/; write it or remove the notebook",
        f"{PAGE}.md, line 1: its notebook is missing or cannot be read; run python -m lessons.build 03",
    ]
    assert found() == (1, remedies)


def test_a_changed_parameter_is_told_with_the_page_that_it_makes_untrue(tmp_path):
    """In a copy that runs by itself: what pages print is asked of the models of the copy."""
    assert check.pages()[2] == [], "the course has a mistake of its own: run python -m lessons.check"
    course = copied(tmp_path / "course")
    name = "lessons/models/trigger_point_parameters.py"
    changed(course, name, "strength: float = parameter(0.9, ", "strength: float = parameter(0.8, ")
    command = [sys.executable, "-m", "lessons.check", "pages"]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, timeout=240)
    told = done.stderr.splitlines()
    assert done.returncode == 1 and done.stdout == f"Looked at {len(page_files())} pages: {len(told)} to mend:\n"
    assert any(re.match(r"03_release\.md, line \d+: this cell now prints '.+' instead of '.+'", one) for one in told)
    assert all("undo what changed the model, or, if it was meant, run python -m lessons.build" in one for one in told)
