"""The command that shows the course's state: tables to read, JSON to process, an exit code to rely on."""

import json
import subprocess
import sys

import pytest

from lessons import check, check_claims, data
from lessons.lab import install


def run(capsys, *arguments):
    code = check.main(arguments)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_claims_as_json_have_the_agreed_shape(capsys):
    _, out, _ = run(capsys, "claims", "--json")
    found = json.loads(out)
    assert [row["id"] for row in found] == list(data.claims())
    for row in found:
        agreed = "id observables controls figures items lessons evidence complete"
        assert list(row) == agreed.split()
        assert list(row["evidence"]) == ["direction", "strength", "sources"]
        assert isinstance(row["complete"], bool)


def test_claims_as_a_table_fit_a_terminal_and_name_every_claim(capsys):
    _, out, _ = run(capsys, "claims")
    assert max(map(len, out.splitlines())) <= check.WIDTH
    for name in data.claims():
        assert f"\n{name} " in out


def test_a_claim_with_a_gap_exits_with_1_and_says_what_to_do(capsys, monkeypatch):
    monkeypatch.setattr(check_claims, "evidence", dict)
    code, _, err = run(capsys, "claims")
    assert code == 1
    assert "T5: its evidence is not weighed: add it to evidence.yaml." in err


def test_an_installation_without_faults_exits_with_0(capsys, monkeypatch):
    monkeypatch.setattr(install, "problems", list)
    assert run(capsys, "install") == (0, "Everything the course needs is installed.\n", "")
    assert json.loads(run(capsys, "install", "--json")[1]) == []


def test_a_faulty_installation_exits_with_1_and_a_sentence_per_cause(capsys, monkeypatch):
    monkeypatch.setattr(install, "problems", lambda: ["numpy is missing: run pip.", "Python is too old."])
    code, _, err = run(capsys, "install")
    assert code == 1
    assert err.splitlines() == ["numpy is missing: run pip.", "Python is too old."]


def test_an_unknown_check_names_those_that_exist(capsys):
    with pytest.raises(SystemExit) as stopped:
        check.main(["weather"])
    assert stopped.value.code == 2
    assert "calibration" in capsys.readouterr().err


def test_the_check_of_an_installation_needs_nothing_that_may_be_missing():
    code = "import sys, lessons.check; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"numpy", "scipy", "pydantic", "ruamel", "ipywidgets", "anywidget"} & set(loaded)


def test_a_long_text_is_wrapped_and_no_word_is_lost():
    text = check.table([("a", "many words " * 20), ("b", "few")], ("id", "text"), width=40)
    assert max(map(len, text.splitlines())) <= 40
    assert text.split().count("words") == 20
