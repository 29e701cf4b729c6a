"""The walkthrough's own pieces: how a lesson is cut into parts, and how visitors are kept apart."""

import re

import nbformat
import pytest
from traitlets.config import Config

from lessons.build import NOTEBOOKS
from lessons.pages import page_files, read_front
from lessons.walkthrough import server
from lessons.walkthrough.__main__ import main
from lessons.walkthrough.parts import parted
from lessons.walkthrough.server import OpenWeb, configuration
from lessons.walkthrough.visitors import HOURS_KEPT, Visitors

LESSONS = [NOTEBOOKS / f"{path.stem}.ipynb" for path in page_files() if read_front(path).readers == "learners"]
FOR_ALL = OpenWeb("127.0.0.1", "/course/", at_most=5, minutes=7)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_is_cut_at_each_of_its_headings_and_loses_nothing(path):
    node = nbformat.read(path, as_version=4)
    shown = parted(node)
    for kind in ("markdown", "code"):
        texts = ["".join(c["source"] for c in one["cells"] if c["cell_type"] == kind) for one in (node, shown)]
        assert texts[0] == texts[1]
    parts = [cell["metadata"]["part"] for cell in shown["cells"]]
    assert parts == sorted(parts) and parts[0] == 0
    headings = re.findall(r"^## ", "\n".join(c["source"] for c in node["cells"] if c["cell_type"] == "markdown"), re.M)
    assert parts[-1] == len(headings) >= 6
    assert shown["metadata"]["title"] in node["cells"][0]["source"]


def test_a_cell_with_two_headings_becomes_two_with_ids_of_their_own():
    cell = nbformat.v4.new_markdown_cell("before\n\n## One\n\na\n\n## Two\n\nb", id="only")
    shown = parted(nbformat.v4.new_notebook(cells=[cell]))
    assert [(c["id"], c["metadata"]["part"]) for c in shown["cells"]] == [("only", 0), ("only-1", 1), ("only-2", 2)]


def test_a_visitor_is_known_again_by_a_name_that_was_given_out_and_by_no_other(tmp_path):
    visitors = Visitors(tmp_path)
    anna = visitors.arrive(None)
    assert visitors.arrive(anna) == anna
    invented = "0" * 32
    assert visitors.arrive(invented) not in (anna, invented)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(visitors.seen)
    with pytest.raises(ValueError, match="not the name"):
        visitors.folder("../elsewhere")


def test_the_answers_of_a_visitor_who_stayed_away_are_removed(tmp_path):
    visitors = Visitors(tmp_path)
    gone, here = visitors.arrive(None), visitors.arrive(None)
    (tmp_path / gone / "lesson_01.json").write_text("{}", encoding="utf-8")
    visitors.seen[gone] -= HOURS_KEPT * 3600 + 1
    visitors.forget_old()
    assert [path.name for path in tmp_path.iterdir()] == [here]


def test_a_teacher_s_pages_are_for_this_computer_and_behind_a_token_and_a_visitor_s_stop_when_unused():
    own, open_web = configuration(8866, None), configuration(8866, FOR_ALL)
    assert own.Voila.ip == "127.0.0.1" and own.Voila.auto_token is True
    assert "auto_token" not in open_web.Voila and open_web.Voila.base_url == "/course/"
    culling = open_web.MappingKernelManager
    assert (culling.cull_idle_timeout, culling.cull_connected) == (420, True)
    for config in (own, open_web):
        assert config.VoilaConfiguration.allow_template_override == "NO"
        assert config.VoilaConfiguration.show_tracebacks is False


def test_every_setting_of_the_walkthrough_exists_in_this_voila():
    """A renamed setting would be ignored in silence."""
    from jupyter_client.manager import KernelManager
    from jupyter_server.services.kernels.kernelmanager import MappingKernelManager
    from voila.app import Voila
    from voila.configuration import VoilaConfiguration
    from voila.execute import VoilaExecutor

    known = {
        one.__name__: one for one in (Voila, VoilaConfiguration, VoilaExecutor, MappingKernelManager, KernelManager)
    }
    for config in (configuration(8866, None), configuration(8866, FOR_ALL)):
        for name, settings in config.items():
            assert isinstance(settings, Config)
            assert set(settings) <= set(known[name].class_trait_names()), name


def test_no_file_of_the_walkthrough_names_another_host():
    files = [path for path in server.HERE.rglob("*") if path.suffix in {".j2", ".html", ".css", ".js"}]
    assert len(files) >= 6
    for path in files:
        assert "//" not in re.sub(r"(?m)^\s*//.*$|/\*.*?\*/|; // .*$| // .*$", "", path.read_text(encoding="utf-8")), (
            path
        )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["17"], "There is no lesson '17'"),
        (["for_teachers"], "There is no lesson 'for_teachers'"),
        (["--ip", "0.0.0.0"], "add --open-web"),
        (["--base-url", "/x/"], "add --open-web"),
    ],
)
def test_what_cannot_be_opened_is_said_in_a_sentence(arguments, says):
    with pytest.raises(SystemExit, match=re.escape(says)):
        main(arguments)
