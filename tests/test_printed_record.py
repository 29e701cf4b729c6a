"""The record on one sheet: everything is escaped, nothing is fetched, and it lies in the learner's folder."""

import datetime
import re

from test_report_page import BELIEF, TWITCH, WRONG, ReportPage, give

from lessons.grading import record
from lessons.interface.printed_record import LINES, printed_record

DAY = datetime.date(2026, 11, 27)
BAD = '<img src=x onerror=alert(1)> & "quotes" </section><script>x</script>'


def test_all_that_a_learner_wrote_is_text():
    told = {
        "known": {"told": BAD, "mastered": [BAD]},
        "beliefs": {"told": BAD, "list": [{"text": BAD, "right": True, "told": BAD}]},
        "sureness": {"told": BAD, "bars": [{"label": BAD, "share": 0.5, "told": BAD}]},
        "predictions": {"told": BAD, "list": [{"question": BAD, "yours": BAD, "outcome": BAD, "agreed": None}]},
    }
    page = printed_record(told, DAY)
    assert "<img" not in page and "<script" not in page and page.count("&lt;img") >= 6
    assert page.count("<section>") == page.count("</section>") == len(told)


def test_it_needs_nothing_from_anywhere():
    page = printed_record({"known": {"told": "Nothing yet."}}, DAY)
    assert not re.search(r"https?:|src=|href=|url\(|<script|@import", page)
    assert "27 November 2026" in page and 'lang="en"' in page and "not medical advice" in page


def test_a_long_list_is_cut_and_says_how_much_more_there_is():
    lines = [{"text": f"belief {k}", "right": False, "told": ""} for k in range(LINES + 5)]
    page = printed_record({"beliefs": {"told": "", "list": lines}}, DAY)
    assert page.count("<li>") == LINES + 1 and "and 5 more" in page


def test_the_button_writes_it_into_the_folder_and_hands_it_to_the_page():
    give(TWITCH, WRONG)
    sent = ReportPage().say(kind="print")
    assert sent["kind"] == "printable"
    (file,) = record.folder().glob("record-*.html")
    assert file.read_text("utf-8") == sent["html"] and file.name in sent["said"]
    assert BELIEF.split(",")[0][:20] in sent["html"]
    ReportPage().say(kind="print")
    assert len(list(record.folder().glob("record-*.html"))) == 2  # nothing is written over


def test_a_folder_that_cannot_be_written_still_gives_the_page(monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(record, "_write", full)
    sent = ReportPage().say(kind="print")
    assert sent["html"].startswith("<!DOCTYPE html>") and "make room" in sent["said"]


def test_exports_and_the_record_s_own_files_are_not_mistaken_for_it():
    give(TWITCH, WRONG)
    ReportPage().say(kind="print")
    assert not any("html" in name for name in ReportPage().say(kind="hello")["files"])
