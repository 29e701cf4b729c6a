"""A record is its owner's alone: its folder, its files, and whatever the system's defaults would have made of them."""

import os
import stat
from datetime import date

import pytest

from lessons.grading import record, transfer
from lessons.lab import server


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


if os.name == "posix":  # where there are permissions of this kind

    @pytest.fixture(params=[0o000, 0o022, 0o077, 0o277], ids=oct)
    def home(request, tmp_path, monkeypatch):
        monkeypatch.delenv("RETAIN_OR_RELEASE_HOME")
        monkeypatch.setenv("HOME", str(tmp_path))
        before = os.umask(request.param)
        yield tmp_path
        os.umask(before)

    def test_whatever_the_umask_nobody_else_reads_what_is_kept(home):
        for _ in range(2):
            record.save_answer("03", "twitch", "a", "right")
        transfer.export(date(2026, 11, 28))
        own = home / "Retain or Release"
        kept = {one.name: mode(one) for one in own.iterdir()}
        assert mode(own) == 0o700 and {"lesson_03.json", "lesson_03.json.bak"} <= set(kept)
        assert {name: found for name, found in kept.items() if found & 0o077} == {}

    def test_a_folder_that_was_open_is_closed_by_the_next_answer(home):
        own = home / "Retain or Release"
        own.mkdir()
        own.chmod(0o755)
        record.save_answer("03", "twitch", "a", "right")
        assert mode(own) == 0o700

    def test_starting_the_course_closes_the_folder_too(home):
        server.own_folders(record.own_folder())
        assert mode(home / "Retain or Release") == 0o700

    def test_a_folder_that_was_chosen_and_shared_stays_shared_and_its_files_do_not(tmp_path, monkeypatch):
        shared = tmp_path / "shared"
        shared.mkdir()
        shared.chmod(0o770)
        monkeypatch.setenv("RETAIN_OR_RELEASE_HOME", str(shared))
        record.save_answer("03", "twitch", "a", "right")
        assert mode(shared) == 0o770 and mode(shared / "lesson_03.json") == 0o600
